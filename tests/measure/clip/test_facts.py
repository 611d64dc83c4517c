"""Clips: size, rate, cuts, black and frozen runs, from files made for the purpose."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import pytest
from pages import film, picture

from stillreel.errors import MediaError
from stillreel.measure.clip.facts import cuts_in, facts
from stillreel.measure.nouns import Span

if TYPE_CHECKING:
    from pathlib import Path


def shot(seed: int, count: int, speed: int = 2) -> list[np.ndarray]:
    """Return frames of a camera that pans over a picture."""
    wide = picture(192 + speed * count, 108, seed)
    return [np.ascontiguousarray(wide[:, speed * at : speed * at + 192]) for at in range(count)]


def test_size_rate_and_length_are_exact() -> None:
    found = facts(film(shot(1, 30), rate=25))
    assert (found.width, found.height, found.fps, found.frames) == (192, 108, Fraction(25), 30)
    assert found.seconds == Fraction(6, 5)


def test_cuts_are_found_on_their_frames_and_a_pan_is_none() -> None:
    found = facts(film(shot(1, 20) + shot(2, 16, 4) + shot(3, 24, 1)))
    assert found.cuts == (20, 36)
    assert (found.black, found.frozen) == ((), ())


def test_a_file_is_measured_as_its_bytes_are(tmp_path: Path) -> None:
    data = film(shot(1, 12) + shot(2, 12))
    path = tmp_path / "clip.mp4"
    path.write_bytes(data)
    assert facts(path) == facts(data)


def test_black_frames_are_told_and_are_no_cuts() -> None:
    frames = shot(4, 40)
    frames[15:18] = [np.zeros_like(frames[0])] * 3
    found = facts(film(frames))
    assert found.black == (Span(15, 18),)
    assert found.cuts == ()


def test_a_cut_through_black_is_one_cut() -> None:
    frames = shot(4, 20) + [np.zeros((108, 192, 3), np.uint8)] * 4 + shot(5, 20)
    found = facts(film(frames))
    assert found.cuts == (24,)
    assert found.black == (Span(20, 24),)


def test_a_picture_that_stops_in_a_moving_shot_is_frozen() -> None:
    frames = shot(6, 60, 3)
    frames[20:32] = [frames[20]] * 12
    (span,) = facts(film(frames)).frozen
    assert abs(span.first - 20) <= 1
    assert abs(span.last - 32) <= 1


@pytest.mark.parametrize("held", [2, 3])
def test_drawings_held_for_two_or_three_frames_are_no_fault(held: int) -> None:
    frames = [frame for frame in shot(6, 24, 4) for _ in range(held)]
    assert facts(film(frames)).frozen == ()


def test_a_shot_that_never_moves_is_a_still_and_not_frozen() -> None:
    assert facts(film([picture(192, 108, 9)] * 40)).frozen == ()


def test_a_jump_stands_out_from_what_is_around_it() -> None:
    calm = np.full(40, 2.0)
    calm[20] = 12.0
    busy = np.full(40, 9.0)
    busy[20] = 14.0
    assert (cuts_in(calm), cuts_in(busy)) == ((20,), ())


@pytest.mark.parametrize("data", [b"", b"not a film", b"\0\0\0\x18ftypmp42" + bytes(40)])
def test_what_is_no_film_is_one_sentence(data: bytes) -> None:
    with pytest.raises(MediaError) as caught:
        facts(data, "a.mp4")
    assert caught.value.where == "a.mp4"
    assert caught.value.next_step
