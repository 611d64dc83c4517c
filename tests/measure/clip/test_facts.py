"""Whole clips: size, rate, cuts and every fault, from files made for the purpose."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from pages import figure, film, picture

from stillreel.measure.clip.facts import facts, joined
from stillreel.measure.clip.nouns import Ordered, Wrong
from stillreel.measure.nouns import Box, Span

if TYPE_CHECKING:
    from stillreel.measure.nouns import Image

STORED = Path(__file__).parents[4] / "shared" / "data" / "vision-public"


def shot(seed: int, count: int, speed: int = 2) -> list[Image]:
    """Return frames of a camera that pans over a picture."""
    wide = picture(192 + speed * count, 108, seed)
    return [np.ascontiguousarray(wide[:, speed * at : speed * at + 192]) for at in range(count)]


def talk(count: int, *, twin: range = range(0)) -> list[Image]:
    """Return frames of a body that sways before a still wall, and now and then its twin."""
    wall, frames = cv2.GaussianBlur(picture(320, 180, 3), (0, 0), 9), []
    for at in range(count):
        frame = wall.copy()
        body = 90 + round(3 * np.sin(at / 5))
        for x in (body, body + 130) if at in twin else (body,):
            figure(frame, x, 176, 150)
            cv2.circle(frame, (x, 90), 8, (240, 240, 240), 2)
        frames.append(frame)
    return frames


def test_size_rate_and_length_are_exact() -> None:
    found = facts(film(shot(1, 30), rate=25))
    assert (found.width, found.height, found.fps, found.frames) == (192, 108, Fraction(25), 30)
    assert found.seconds == Fraction(6, 5)


def test_cuts_are_found_on_their_frames_and_a_pan_is_none() -> None:
    found = facts(film(shot(1, 20) + shot(2, 16, 4) + shot(3, 24, 1)))
    assert found.cuts == (20, 36)
    assert (found.black, found.frozen, found.flicker, found.clones) == ((), (), (), ())
    assert (found.blur, found.letterbox, found.drifting, found.wrong) == ((), (), (), ())


def test_a_jump_in_one_place_is_a_cut() -> None:
    frames = shot(1, 60, 1)
    assert facts(film(frames[:20] + frames[38:])).cuts == (20,)


def test_a_file_is_measured_as_its_bytes_are(tmp_path: Path) -> None:
    data = film(shot(1, 12) + shot(2, 12))
    path = tmp_path / "clip.mp4"
    path.write_bytes(data)
    assert facts(path) == facts(data)


def test_the_number_of_decoding_threads_changes_nothing() -> None:
    data = film(shot(1, 30) + shot(2, 12))
    assert facts(data, cores=1) == facts(data, cores=3)


@pytest.mark.parametrize("length", [1, 3])
def test_black_frames_are_told_and_are_no_cuts(length: int) -> None:
    frames = shot(4, 40)
    frames[15 : 15 + length] = [np.zeros_like(frames[0])] * length
    found = facts(film(frames))
    assert found.black == (Span(15, 15 + length),)
    assert found.cuts == ()


def test_a_cut_through_black_is_one_cut() -> None:
    frames = shot(4, 20) + [np.zeros((108, 192, 3), np.uint8)] * 4 + shot(5, 20)
    found = facts(film(frames))
    assert found.cuts == (24,)
    assert found.black == (Span(20, 24),)


def test_long_black_does_not_hide_the_cut_after_it() -> None:
    frames = shot(4, 12) + [np.zeros((108, 192, 3), np.uint8)] * 60 + shot(5, 12)
    assert facts(film(frames)).cuts == (72,)


def test_a_picture_that_stops_in_a_moving_shot_is_frozen() -> None:
    frames = shot(6, 60, 3)
    frames[20:28] = [frames[20]] * 8
    found = facts(film(frames))
    (span,) = found.frozen
    assert abs(span.first - 20) <= 1
    assert abs(span.last - 28) <= 1
    assert found.cuts == ()


@pytest.mark.parametrize("held", [2, 3])
def test_drawings_held_for_two_or_three_frames_are_no_fault(held: int) -> None:
    frames = [frame for frame in shot(6, 24, 4) for _ in range(held)]
    found = facts(film(frames))
    assert (found.frozen, found.cuts) == ((), ())


def test_a_shot_that_never_moves_is_a_still_and_not_frozen() -> None:
    assert facts(film([picture(192, 108, 9)] * 40)).frozen == ()


def test_one_percent_of_flicker_is_told() -> None:
    frames = [
        np.clip(frame * (1.01 if at % 2 else 0.99), 0, 255).astype(np.uint8)
        for at, frame in enumerate(shot(7, 48, 1))
    ]
    (span,) = facts(film(frames)).flicker
    assert span.last - span.first > 30


def test_a_drift_of_eight_is_told_with_its_slope() -> None:
    frames: list[Image] = []
    for at, frame in enumerate(talk(72)):
        lab = cv2.cvtColor(frame.astype(np.float32) / 255, cv2.COLOR_BGR2Lab)
        lab[..., 2] -= 8 * at / 71
        back = cv2.cvtColor(lab, cv2.COLOR_Lab2BGR)
        frames.append(np.clip(back * 255 + 0.5, 0, 255).astype(np.uint8))
    found = facts(film(frames))
    assert found.drifting == (Span(0, 72),)
    assert found.creep == pytest.approx(8 / 71, rel=0.2)
    (drift,) = found.drift
    assert [gap for gap, _ in drift.apart] == [1, 2, 5, 10, 20, 50]
    assert dict(drift.apart)[50] == pytest.approx(50 * 8 / 71, rel=0.2)
    assert facts(film(talk(72))).drifting == ()


def test_bars_are_told_with_the_picture_inside_them() -> None:
    frames = shot(2, 20)
    for frame in frames:
        frame[:14] = frame[-14:] = 0
    (bars,) = facts(film(frames)).letterbox
    assert bars.shot == Span(0, 20)
    assert abs(bars.picture.top - 14) <= 1
    assert bars.picture.overlap(Box(0, 14, 192, 94)) > 0.95


def test_a_stretch_out_of_focus_is_blurred() -> None:
    frames = shot(2, 40)
    frames[16:26] = [cv2.GaussianBlur(frame, (0, 0), 6) for frame in frames[16:26]]
    (span,) = facts(film(frames)).blur
    assert abs(span.first - 16) <= 1
    assert abs(span.last - 26) <= 1


def test_a_twin_that_pops_up_for_a_second_is_a_clone() -> None:
    (span,) = facts(film(talk(60, twin=range(20, 44)))).clones
    assert abs(span.first - 20) <= 1
    assert abs(span.last - 44) <= 2
    assert facts(film(talk(60))).clones == ()


def test_more_heads_than_planned_are_clones_where_somebody_counts() -> None:
    def count(frame: Image) -> int | None:
        seen.append(frame.shape)
        return None if len(seen) == 1 else 2 if len(seen) in {4, 5} else 1

    seen: list[tuple[int, ...]] = []
    found = facts(film(shot(1, 96)), Ordered(heads=(1,)), count=count)
    assert len(seen) == 8
    assert [(one.count, one.span.first) for one in found.heads] == [
        (None, 0),
        (1, 12),
        (2, 36),
        (1, 60),
    ]
    assert found.clones == (Span(36, 60),)
    assert [one.what for one in found.wrong] == ["heads"]


def test_what_was_not_ordered_is_told_one_by_one() -> None:
    data = film(shot(1, 20) + shot(2, 20), rate=25)
    same = Ordered((192, 108), 25, 40, (20,))
    assert facts(data, same).wrong == ()
    assert facts(data, Ordered((1920, 1080))).wrong == (Wrong("size", "1920x1080", "192x108"),)
    assert facts(data, Ordered(fps=24)).wrong == (Wrong("fps", "24", "25"),)
    assert [one.what for one in facts(data, Ordered(frames=48)).wrong] == ["length"]
    assert [one.what for one in facts(data, Ordered(cuts=())).wrong] == ["jump"]
    assert [one.what for one in facts(data, Ordered(cuts=(20, 30))).wrong] == ["cut"]


def test_runs_that_touch_become_one() -> None:
    assert joined([Span(5, 9), Span(0, 3), Span(3, 5), Span(12, 14)]) == (Span(0, 9), Span(12, 14))


@pytest.mark.skipif(not STORED.exists(), reason="the stored clips are not here")
def test_stored_clips_have_their_cuts_and_no_fault() -> None:
    for clip in json.loads((STORED / "labels.json").read_text())["clips"]:
        found = facts(STORED / clip["file"], Ordered(frames=clip["frames"], fps=24))
        assert list(found.cuts) == clip["cuts"]
        told = found.black, found.frozen, found.flicker, found.blur, found.drifting, found.clones
        assert told == ((),) * 6
        assert found.wrong == ()
