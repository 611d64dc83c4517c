"""The hand of the line look: outlines that bend, and which way is out."""

from __future__ import annotations

import numpy as np

from stillreel.draw import nib

SQUARE = np.array([[10, 10], [30, 10], [30, 30], [10, 30]], np.float32)


def test_cutting_edges_keeps_corners_and_limits_the_length_of_edges() -> None:
    dense, _ = nib.bendable([SQUARE], [True], 6)
    steps = np.hypot(*(np.roll(dense, -1, axis=0) - dense).T)
    assert steps.max() <= 6
    for corner in SQUARE:
        assert (np.abs(dense - corner).sum(axis=1) < 1e-5).any()


def test_normals_point_outward_whichever_way_the_outline_runs() -> None:
    centre = SQUARE.mean(axis=0)
    for outline in (SQUARE, SQUARE[::-1]):
        side = nib.normals(np.ascontiguousarray(outline))
        assert ((outline - centre) * side).sum(axis=1).min() > 0
