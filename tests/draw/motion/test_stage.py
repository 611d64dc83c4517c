"""Sheets: put together only where something changed, sampled only where something shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.motion.camera import Placed
from stillreel.draw.motion.planar import Planar, frame_view, from_bgr, from_bgra, lay
from stillreel.draw.motion.sampling import Scratch
from stillreel.draw.motion.stage import Sheet, clear_rows, merged

if TYPE_CHECKING:
    from numpy.typing import NDArray

STAY = Placed(1.0, (0.0, 0.0))


def _noise(height: int, width: int, seed: int) -> NDArray[np.uint8]:
    return np.random.default_rng(seed).integers(0, 255, (height, width, 3), dtype=np.uint8)


def _sprite(left: int, top: int, level: int) -> Planar:
    pixels = np.zeros((20, 16, 4), np.uint8)
    pixels[4:16, 4:12] = (level, level, level, 255)
    return from_bgra(pixels, left, top)


class Walker:
    """Moves two pixels on every other frame."""

    def __init__(self) -> None:
        self.drawing = _sprite(10, 10, 200)

    def at(self, frame: int) -> Planar:
        if frame % 2 == 0:
            self.drawing = _sprite(10 + frame, 10, 200)
        return self.drawing


def test_mending_gives_the_same_picture_as_drawing_everything_afresh() -> None:
    bottom = from_bgr(_noise(60, 80, 1))
    front = from_bgra(np.dstack([_noise(60, 80, 2) // 2, np.full((60, 80), 128, np.uint8)]))
    sheet = Sheet(1.0, bottom, [Walker(), front])
    for frame in range(9):
        sheet.advance(frame)
        fresh = bottom.copy()
        lay(fresh, Walker().at(frame // 2 * 2))
        lay(fresh, front)
        assert np.array_equal(sheet.picture.y, fresh.y)
        assert np.array_equal(sheet.picture.u, fresh.u)


def test_a_sheet_says_when_nothing_changed() -> None:
    sheet = Sheet(1.0, from_bgr(_noise(60, 80, 1)), [Walker()])
    assert [bool(sheet.advance(frame)) for frame in range(4)] == [True, False, True, False]
    assert not Sheet(1.0, from_bgr(_noise(60, 80, 1))).advance(0)


def test_a_clear_sheet_over_an_opaque_one_looks_like_both_together() -> None:
    back = from_bgr(_noise(128, 96, 3))
    pixels = np.zeros((128, 96, 4), np.uint8)
    pixels[40:] = (30, 90, 160, 255)
    pixels[20:30, 30:50] = (100, 60, 20, 128)
    front = from_bgra(pixels)
    frame = frame_view(np.zeros((192, 96), np.uint8))
    sheets = (Sheet(0.2, back), Sheet(1.0, front, [Walker()]))
    sheets[1].advance(0)
    rows = clear_rows(sheets, (STAY, STAY), 128)
    assert 64 <= rows <= 68
    sheets[0].cover(STAY, frame, Scratch(), (0, 0, 96, rows))
    sheets[1].overlay(STAY, frame, Scratch(), frame.box)
    wanted = back.copy()
    lay(wanted, front)
    lay(wanted, Walker().at(0))
    assert np.abs(frame.y.astype(int) - wanted.y).max() <= 1
    assert np.abs(frame.v.astype(int) - wanted.v).max() <= 1


def test_boxes_that_touch_are_joined_until_none_do() -> None:
    assert merged([(0, 0, 4, 4), (10, 10, 12, 12), (3, 3, 11, 11)]) == [(0, 0, 12, 12)]
    assert len(merged([(0, 0, 4, 4), (6, 0, 8, 4)])) == 2
