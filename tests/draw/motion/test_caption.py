"""Burned-in words."""

from __future__ import annotations

import numpy as np
import pytest

from stillreel.draw.motion.caption import lettered, wrapped

LONG = "My own garden is my own garden; anyone can understand that, said the Giant."


def test_a_short_line_stays_one_line() -> None:
    assert wrapped("How selfish I have been!") == ("How selfish I have been!",)


def test_a_long_line_becomes_two_of_about_equal_length() -> None:
    first, second = wrapped(LONG)
    assert f"{first} {second}" == LONG
    assert max(len(first), len(second)) <= 42


def test_what_does_not_fit_two_lines_ends_in_dots() -> None:
    lines = wrapped(LONG + " " + LONG)
    assert len(lines) == 2
    assert lines[1].endswith("...")
    assert all(len(line) <= 42 for line in lines)


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (720, 1280), (1280, 548)])
def test_the_words_lie_low_in_the_frame_and_inside_it(width: int, height: int) -> None:
    caption = lettered(LONG, width, height)
    assert caption is not None
    left, top, right, bottom = caption.box
    assert 0 <= left < right <= width
    assert top > height * 0.6
    assert bottom <= height * 0.98
    assert caption.through is not None
    assert int(caption.y.max()) > 200
    assert (caption.through < 40).mean() > 0.03


def test_words_are_centred() -> None:
    caption = lettered("To the garden", 1280, 720)
    assert caption is not None
    assert (caption.box[0] + caption.box[2]) / 2 == pytest.approx(640, abs=6)


def test_no_words_no_caption() -> None:
    assert lettered("  ", 1280, 720) is None
    assert np.array_equal(wrapped(""), ())
