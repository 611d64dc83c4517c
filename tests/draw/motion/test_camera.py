"""Camera moves: eased, in the right direction, and never off the sheet."""

from __future__ import annotations

import numpy as np
import pytest

from stillreel.draw.motion.camera import Placed, eased, overscan, place, rested, steadied, track
from stillreel.values.scene import Move, words_of

MOVES: tuple[Move, ...] = words_of(Move)
WIDE, HIGH, FPS = 1920, 1080, 24


def _placed(move: Move, near: float, frames: int = 32, follow: float = 0.0) -> list[Placed]:
    right, down = overscan(move, frames, WIDE, HIGH, FPS, follow=follow)
    visible = (right, down, right + WIDE, down + HIGH)
    centre = (right + WIDE / 2, down + HIGH / 2)
    whole = track(move, frames, WIDE, HIGH, FPS, seed=3, follow=follow)
    return [place(view, near, visible, centre) for view in whole.views]


def _middle(placed: Placed, visible: tuple[float, float]) -> tuple[float, float]:
    return (
        visible[0] * placed.scale + placed.shift[0],
        visible[1] * placed.scale + placed.shift[1],
    )


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("near", [0.0, 0.1, 1.0, 1.5])
def test_the_frame_never_leaves_the_sheet(move: Move, near: float) -> None:
    for frames in (12, 32, 60):
        right, down = overscan(move, frames, WIDE, HIGH, FPS)
        for placed in _placed(move, near, frames):
            left, top = placed.shift
            assert left <= 0.01
            assert top <= 0.01
            assert left + (WIDE + 2 * right) * placed.scale >= WIDE - 0.01
            assert top + (HIGH + 2 * down) * placed.scale >= HIGH - 0.01


@pytest.mark.parametrize("move", [m for m in MOVES if m != "static"])
def test_a_move_has_no_jumps(move: Move) -> None:
    corners = np.array(
        [
            (p.shift[0], p.shift[1], p.shift[0] + WIDE * p.scale, p.shift[1] + HIGH * p.scale)
            for p in _placed(move, 0.5, 48)
        ]
    )
    speed = np.diff(corners, axis=0)
    change = np.abs(np.diff(speed, axis=0)).max()
    assert np.abs(speed).max() > 0.2
    assert change < 0.16 * np.abs(speed).max() + 0.35


def test_the_camera_goes_where_the_plan_says() -> None:
    """What stands still in the world goes the other way in the picture."""
    ends = {move: (_placed(move, 1.0)[0], _placed(move, 1.0)[-1]) for move in MOVES}
    centre = (WIDE / 2, HIGH / 2)

    def gone(move: Move) -> tuple[float, float]:
        first, last = (_middle(p, centre) for p in ends[move])
        return last[0] - first[0], last[1] - first[1]

    assert gone("pan-left")[0] > 50
    assert gone("pan-right")[0] < -50
    assert gone("track-left")[0] > 50
    assert gone("track-right")[0] < -50
    assert gone("tilt-up")[1] > 30
    assert gone("tilt-down")[1] < -30
    assert gone("crane-up")[1] > 30
    assert gone("crane-down")[1] < -30
    assert ends["push"][1].scale > ends["push"][0].scale * 1.05
    assert ends["pull"][1].scale < ends["pull"][0].scale / 1.05


def test_tracking_moves_what_is_near_more_than_what_is_far() -> None:
    def gone(near: float) -> float:
        steps = _placed("track-right", near)
        return abs(steps[-1].shift[0] - steps[0].shift[0])

    assert gone(1.5) > gone(1.0) > 3 * gone(0.2) > 0


def test_a_pan_moves_near_and_far_alike() -> None:
    assert _placed("pan-left", 0.1) == _placed("pan-left", 1.5)


def test_an_orbit_keeps_the_subject_and_moves_the_distance() -> None:
    subject = _placed("orbit-left", 1.0)
    far = _placed("orbit-left", 0.1)
    assert subject[0].shift == pytest.approx(subject[-1].shift, abs=0.5)
    # the camera goes left round the subject: what lies behind goes left in the picture
    assert far[-1].shift[0] < far[0].shift[0] - 40


def test_a_push_brings_the_subject_closer_but_not_the_horizon() -> None:
    near, far = _placed("push", 1.0), _placed("push", 0.02)
    assert near[-1].scale / near[0].scale > 1.05
    assert far[-1].scale / far[0].scale < 1.01


def test_a_static_camera_is_truly_still() -> None:
    assert track("static", 40, WIDE, HIGH, FPS).held
    assert overscan("static", 40, WIDE, HIGH, FPS) == (0, 0)


def test_a_tracking_camera_keeps_level_with_a_walker() -> None:
    steps = _placed("track-right", 1.0, 32, follow=300.0)
    moved = np.diff([p.shift[0] for p in steps])
    assert moved.sum() == pytest.approx(-300, abs=1)
    assert np.ptp(moved) < 1e-6


def test_easing_starts_and_ends_gently_and_only_goes_forward() -> None:
    steps = np.diff([eased(i / 50) for i in range(51)])
    assert (eased(0), eased(1)) == (0, 1)
    assert (steps > 0).all()
    assert steps[0] < steps[25] / 1.8


def test_a_handheld_camera_is_the_same_for_the_same_seed() -> None:
    first = track("handheld", 30, WIDE, HIGH, FPS, seed=5)
    assert first == track("handheld", 30, WIDE, HIGH, FPS, seed=5)
    assert first != track("handheld", 30, WIDE, HIGH, FPS, seed=6)


@pytest.mark.parametrize("move", ["pan-left", "handheld", "track-right", "crane-up"])
@pytest.mark.parametrize("near", [0.15, 1.0])
def test_sliding_never_rests_between_two_pixels_all_over(move: Move, near: float) -> None:
    places = _placed(move, near)
    steady = steadied(places, (WIDE / 2, HIGH / 2))
    for before, after in zip(places, steady, strict=True):
        whole = all(value == round(value) for value in after.shift)
        assert whole or after.scale > 1.03
        # the centre of the frame is where it was, to half a pixel
        x, y = ((c - s) / before.scale for c, s in zip((960, 540), before.shift, strict=True))
        assert x * after.scale + after.shift[0] == pytest.approx(960, abs=0.51)
        assert y * after.scale + after.shift[1] == pytest.approx(540, abs=0.51)


def test_what_nobody_can_tell_apart_is_shown_again() -> None:
    slow = [(Placed(1.0, (0.1 * i, 0.0)),) for i in range(12)]
    shown = rested(slow, WIDE, HIGH)
    assert 3 < len(set(shown)) < 7
    for (wanted,), (got,) in zip(slow, shown, strict=True):
        assert abs(wanted.shift[0] - got.shift[0]) <= 0.25 + 1e-9
    quick = [(Placed(1.0 + 0.002 * i, (0.0, 0.0)),) for i in range(12)]
    assert rested(quick, WIDE, HIGH) == quick


def test_a_tilt_hardly_goes_below_the_framed_picture_so_that_hats_stay_in_it() -> None:
    moves: tuple[Move, ...] = ("tilt-up", "tilt-down")
    for move in moves:
        down = [view.turn[1] for view in track(move, 48, 1280, 720, 24).views]
        assert min(down) > -0.035 * 720
        assert max(down) > 0.09 * 720
