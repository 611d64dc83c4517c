"""Queues: the same seed gives the same times; medians are the published ones."""

from __future__ import annotations

import statistics

from stillreel.rehearsal.line import CALM, Line, Pace, Weather

PACE = Pace(wait=20.0, work=260.0)


def times(seed: int = 0, *, slots: int = 3, weather: Weather = CALM) -> list[tuple[float, float]]:
    line = Line("ark/x", PACE, slots, weather, seed)
    return [line.take(float(now), 5.0)[:2] for now in range(0, 40_000, 100)]


def test_the_same_seed_gives_the_same_times() -> None:
    assert times(1) == times(1) != times(2)


def test_medians_are_those_of_the_pace() -> None:
    line = Line("ark/x", PACE, 100_000, CALM, 0)
    taken = [line.take(0.0, 5.0) for _ in range(2000)]
    assert 18 < statistics.median(start for start, _, _ in taken) < 22
    assert 250 < statistics.median(end - start for start, end, _ in taken) < 270
    assert min(end - start for start, end, _ in taken) < 180
    assert max(end - start for start, end, _ in taken) > 400


def test_no_more_jobs_work_at_once_than_there_are_slots() -> None:
    line = Line("ark/x", PACE, 3, CALM, 0)
    taken = [line.take(0.0, 5.0) for _ in range(60)]
    for start, _, _ in taken:
        assert sum(1 for a, b, _ in taken if a <= start < b) <= 3
    assert [crowded for _, _, crowded in taken] == [False] * 3 + [True] * 57


def test_a_longer_clip_works_longer() -> None:
    def work(seconds: float) -> float:
        line = Line("ark/x", Pace(0.0, 90.0, 5.0, 0.0), 1, CALM, 0)
        start, end, _ = line.take(0.0, seconds)
        return end - start

    assert (work(5), work(10), work(15)) == (90.0, 150.0, 210.0)


def test_slow_days_and_bursts_are_seen() -> None:
    rough = Weather(slow_days=0.3, slow_by=3.0, bursts=0.2, burst_by=8.0)
    days = [Line("ark/x", PACE, 100_000, rough, 0).take(day * 86_400.0, 5.0) for day in range(60)]
    works = sorted(end - start for start, end, _ in days)
    assert works[-6] > 2 * works[30]


def test_a_slot_that_is_given_back_is_free() -> None:
    line = Line("ark/x", Pace(0.0, 100.0, 0.0, 0.0), 1, CALM, 0)
    _, end, _ = line.take(0.0, 5.0)
    line.give_back(end, 10.0)
    assert line.take(20.0, 5.0) == (20.0, 120.0, False)
