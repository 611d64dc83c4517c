"""The timing of bodies."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from stillreel.draw.motion.performance import STEPS, Beat, perform
from stillreel.draw.motion.walk import Ground, steps
from stillreel.values.scene import Action, Facing, Performer, ShotSize, words_of


def _beats(does: Action, size: ShotSize = "wide", frames: int = 36, **more: Any) -> list[Beat]:
    one = Performer(id="mara", does=does)
    return list(perform(one, 0, size=size, frames=frames, fps=24, **more))


@pytest.mark.parametrize("does", words_of(Action))
@pytest.mark.parametrize("size", ["wide", "medium", "close-up"])
def test_every_action_gives_a_beat_for_every_frame(does: Action, size: ShotSize) -> None:
    for frames in (1, 5, 24, 71):
        beats = _beats(does, size, frames)
        assert len(beats) == frames
        assert all(0 <= beat.pose.phase <= STEPS for beat in beats)


@pytest.mark.parametrize(("full", "drawings"), [(False, 8), (True, 12)])
def test_a_walk_takes_one_second_a_cycle_on_threes_or_twos(*, full: bool, drawings: int) -> None:
    beats = _beats("walk", frames=48, full=full)
    phases = [beat.pose.phase for beat in beats]
    assert phases[:24] == phases[24:]
    assert len(set(phases)) == drawings
    hold = 24 // drawings
    assert all(phases[i] == phases[i + hold - 1] for i in range(0, 48, hold))
    assert beats[-1].gone - beats[0].gone == pytest.approx(2, abs=0.15)


def test_a_body_too_small_to_be_read_only_moves_when_it_gets_on() -> None:
    one = Performer(id="mara", does="wave")
    still = perform(one, 0, size="wide", frames=48, fps=24, tall=0.08)
    assert len({beat.pose for beat in still}) == 1
    walker = perform(
        Performer(id="mara", does="walk"), 0, size="wide", frames=48, fps=24, tall=0.08
    )
    assert len({beat.pose for beat in walker}) == 4


def test_one_of_many_may_leave_the_acting_to_its_neighbours() -> None:
    one = Performer(id="mara", does="play")
    beats = perform(one, 0, size="full", frames=48, fps=24, bodies=6, rest=7, attends=True)
    assert {beat.pose.phase for beat in beats} == {7}


def test_nobody_is_seen_to_breathe_under_a_moving_camera() -> None:
    one = Performer(id="mara", does="stand")
    beats = perform(one, 0, size="medium", frames=48, fps=24, breathes=False)
    assert not any(beat.breath for beat in beats)


def test_a_crowd_is_drawn_with_fewer_drawings() -> None:
    one = {beat.pose.phase for beat in _beats("run", frames=48)}
    crowd = {beat.pose.phase for beat in _beats("run", frames=48, bodies=6)}
    assert len(crowd) < len(one)


def test_sitting_down_happens_once_and_stays() -> None:
    phases = [beat.pose.phase for beat in _beats("sit", "full")]
    assert phases[0] == 0
    assert phases == sorted(phases)
    assert set(phases[-8:]) == {STEPS}


def test_somebody_who_sits_already_stays_seated() -> None:
    one = Performer(id="mara", does="sit")
    beats = perform(one, 0, size="full", frames=30, fps=24, begin=None)
    assert {beat.pose.phase for beat in beats} == {STEPS}


def test_the_mouth_moves_while_words_are_spoken_and_rests_afterwards() -> None:
    mouths = [beat.pose.mouth for beat in _beats("talk", "close-up", 72, words=4)]
    speaking = mouths[4:36]
    assert {0, 1, 2} >= set(speaking)
    assert sum(a != b for a, b in itertools.pairwise(speaking)) > 8
    assert set(mouths[44:]) == {0}


def _blinks(size: ShotSize, frames: int, panel: str, member: int = 0, fps: int = 24) -> list[int]:
    one = Performer(id="mara", does="stand")
    beats = perform(one, member, size=size, frames=frames, fps=fps, panel=panel)
    return [beat.pose.blink for beat in beats]


def test_faces_blink_every_few_seconds_for_a_fifth_of_one_and_not_from_afar() -> None:
    lids = _blinks("close-up", 24 * 60, "C01.P1")
    runs = [(shut, len(list(group))) for shut, group in itertools.groupby(lids)]
    assert {long for shut, long in runs if shut} == {5}
    assert all(3 * 24 - 5 <= long <= 6 * 24 for shut, long in runs[1:-1] if not shut)
    assert not any(_blinks("wide", 24 * 60, "C01.P1"))


@pytest.mark.parametrize("fps", [24, 25, 30])
def test_no_blink_is_under_way_where_a_shot_begins_ends_or_is_shown_in_print(fps: int) -> None:
    blinked = 0
    for number in range(60):
        for frames in (1, 7, 24, 31, 53, 120):
            lids = _blinks("close-up", frames, f"C{number:02}.P1", fps=fps)
            assert not any(lids[: -(-fps // 2)])
            assert not lids[frames // 2]
            assert not lids[-1]
            blinked += frames < 40 and any(lids)
    assert 0 < blinked < 40


def test_who_sleeps_has_the_eyes_shut() -> None:
    assert all(beat.pose.blink for beat in _beats("sleep", "close-up"))


def test_two_of_a_group_do_not_blink_together() -> None:
    assert _blinks("medium", 240, "C01.P1", 0) != _blinks("medium", 240, "C01.P1", 1)


@pytest.mark.parametrize(("facing", "sign"), [("left", -1), ("right", 1), ("back-left", -1)])
def test_a_walker_goes_the_way_it_faces(facing: Facing, sign: int) -> None:
    one = Performer(id="mara", does="walk", facing=facing)
    path = steps(one, _beats("walk"), Ground(150, 12, 1.3), feet=True, width=1920)
    moved = [sign * (b.right - a.right) for a, b in itertools.pairwise(path)]
    assert all(step >= 0 for step in moved)
    assert sum(moved) > 100


def test_the_feet_stay_in_step_with_the_ground() -> None:
    """One cycle of drawings takes the body one stride: pixels per cycle = stride x scale."""
    one = Performer(id="mara", does="walk", facing="right")
    beats = _beats("walk", frames=48)
    path = steps(one, beats, Ground(180, 12, 1.3), feet=True, width=1920)
    assert path[24].right - path[0].right == pytest.approx(180 * 1.3, abs=1)
    for index in range(1, 48):
        changed = beats[index].pose != beats[index - 1].pose
        assert (path[index] != path[index - 1]) == changed


def test_who_comes_nearer_grows_and_who_goes_away_shrinks() -> None:
    for facing, sign in (("camera", 1), ("away", -1)):
        one = Performer(id="mara", does="walk", facing=facing)
        path = steps(one, _beats("walk"), Ground(150, 9, 1.3), feet=True, width=1920)
        sizes = [step.scale for step in path]
        assert sign * (sizes[-1] - sizes[0]) > 0.05
        assert max(sizes) < 1.3


def test_close_shots_of_walkers_drift_only_a_little() -> None:
    one = Performer(id="mara", does="run", facing="right")
    path = steps(one, _beats("run"), Ground(900, 2, 2.5), feet=False, width=1920)
    assert 0 < path[-1].right - path[0].right <= 0.081 * 1920
