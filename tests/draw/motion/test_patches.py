"""Sheets cut into rectangles: nothing that shows is left out, nothing is laid twice."""

from __future__ import annotations

import numpy as np
import pytest

from stillreel.draw.motion.camera import Placed
from stillreel.draw.motion.patches import BLOCK, CLEAR, MIXED, SOLID, cut, grid
from stillreel.draw.motion.planar import frame_view, from_bgr, from_bgra
from stillreel.draw.motion.sampling import Scratch
from stillreel.draw.motion.stage import Sheet, framed

HIGH, WIDE = 6 * BLOCK, 8 * BLOCK


def _pixels() -> np.ndarray:
    return np.zeros((HIGH, WIDE, 4), np.uint8)


def test_fields_are_clear_mixed_or_solid() -> None:
    pixels = _pixels()
    pixels[3 * BLOCK :, :] = (40, 80, 120, 255)
    pixels[BLOCK // 2, BLOCK // 2] = (9, 9, 9, 255)
    fields = grid(from_bgra(pixels))
    assert fields[0, 0] == MIXED
    assert (fields[0, 1:] == CLEAR).all()
    assert (fields[4:] == SOLID).all()
    assert (grid(from_bgr(pixels[..., :3])) == SOLID).all()


def test_rectangles_hold_every_field_with_ink_once() -> None:
    rng = np.random.default_rng(5)
    for share in (0.02, 0.3, 0.9):
        fields = np.where(rng.random((34, 60)) < share, MIXED, CLEAR).astype(np.uint8)
        fields[20:, :30] = SOLID
        seen = np.zeros(fields.shape, int)
        for patch in cut(fields, 0, 0, 60 * BLOCK, 34 * BLOCK):
            left, top, right, bottom = (side // BLOCK for side in patch.box)
            seen[top:bottom, left:right] += 1
            if patch.solid:
                assert (fields[top:bottom, left:right] == SOLID).all()
        assert seen.max() == 1
        assert (seen[fields != CLEAR] == 1).all()


def test_a_large_clear_middle_is_left_out() -> None:
    fields = np.full((34, 60), CLEAR, np.uint8)
    fields[:, :4] = fields[:, 56:] = MIXED
    assert len(cut(fields, 0, 0, 60 * BLOCK, 34 * BLOCK)) == 2


@pytest.mark.parametrize("shift", [0.0, 3.4, 17.75])
@pytest.mark.parametrize("scale", [1.0, 1.043])
def test_touching_boxes_touch_in_the_frame(scale: float, shift: float) -> None:
    placed = Placed(scale, (shift, -shift))
    left = framed((0, 0, 5 * BLOCK, HIGH), placed)
    right = framed((5 * BLOCK, 0, WIDE, HIGH), placed)
    assert left[2] == right[0]
    assert all(side % 2 == 0 for side in (*left, *right))


def test_a_sheet_in_pieces_looks_like_the_sheet_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    pixels = _pixels()
    pixels[: 2 * BLOCK, : 2 * BLOCK] = (60, 120, 200, 255)
    pixels[4 * BLOCK :, 5 * BLOCK :] = (90, 40, 100, 130)
    placed = Placed(1.06, (-4.3, -2.6))
    shown = []
    for price in (240.0, 0.5):
        monkeypatch.setattr("stillreel.draw.motion.patches._CALL", price)
        sheet = Sheet(1.0, from_bgra(pixels))
        frame = frame_view(np.full((HIGH * 3 // 2, WIDE), 110, np.uint8))
        sheet.overlay(placed, frame, Scratch(), frame.box)
        shown.append((len(sheet.patches), frame.y.astype(int)))
    assert shown[0][0] < shown[1][0]
    assert np.abs(shown[0][1] - shown[1][1]).mean() < 0.3
