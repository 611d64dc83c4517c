"""Time that stands still, leaps, or runs fast."""

from __future__ import annotations

import asyncio

from stillreel.rehearsal.clock import Scaled, Virtual


def test_virtual_time_moves_only_when_it_is_told_to() -> None:
    clock = Virtual(100.0)
    assert clock.now() == 100.0
    clock.advance(5)
    assert clock.now() == 105.0


def test_a_leap_stops_at_each_mark_and_stays_at_the_last() -> None:
    clock = Virtual(0.0)
    for at in (7.0, 3.0, 3.0):
        clock.mark(at)
    assert [clock.leap() for _ in range(4)] == [3.0, 7.0, 7.0, 7.0]


def test_sleepers_wake_in_order_and_not_before_their_time() -> None:
    woken: list[str] = []

    async def sleeper(clock: Virtual, name: str, seconds: float) -> None:
        await clock.sleep(seconds)
        woken.append(name)

    async def played() -> None:
        clock = Virtual(0.0)
        tasks = [asyncio.ensure_future(sleeper(clock, *row)) for row in (("b", 2.0), ("a", 1.0))]
        await asyncio.sleep(0)
        clock.advance(1.5)
        await asyncio.sleep(0)
        assert woken == ["a"]
        assert clock.leap() == 2.0
        await asyncio.gather(*tasks)

    asyncio.run(played())
    assert woken == ["a", "b"]


def test_a_leaping_clock_never_waits() -> None:
    async def played() -> float:
        clock = Virtual(0.0, leaps=True)
        await asyncio.gather(clock.sleep(1e6), clock.sleep(2e6))
        return clock.now()

    assert asyncio.run(played()) == 2e6


def test_scaled_time_runs_ahead_and_can_change_its_pace() -> None:
    clock = Scaled(1_000_000.0)
    began = clock.now()
    asyncio.run(clock.sleep(1000.0))
    assert clock.now() - began >= 1000.0
    clock.pace(1.0)
    assert clock.now() - began >= 1000.0
