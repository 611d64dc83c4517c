"""Soft edges are drawn small where that cannot be seen, and the same in a part as in the whole."""

from __future__ import annotations

import numpy as np
import pytest

from stillreel.draw import coverage, raster
from stillreel.draw.marks import Shape


def blob_cel() -> raster.Cel:
    turn = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    points = np.stack([60 + 40 * np.cos(turn), 55 + 30 * np.sin(turn)], axis=1).astype(np.float32)
    return raster.cels([Shape(points, "foliage", (10, 90, 40), form=8.0)])[0]


@pytest.mark.parametrize("sigma", [0.5, 3.0, 9.0])
def test_a_soft_edge_is_the_same_in_a_part_as_in_the_whole(sigma: float) -> None:
    cel = blob_cel()
    whole = coverage.blurred((-60, -60, 180, 180), cel.fixed, sigma, (3.0, -2.0))
    part = coverage.blurred((-37, -41, 150, 145), cel.fixed, sigma, (3.0, -2.0))
    inside = whole[19:205, 23:210]
    assert np.abs(part[: len(inside)].astype(int) - inside).max() <= 2
    plain = coverage.soften(coverage.covered((-60, -60, 180, 180), cel.fixed, (3.0, -2.0)), sigma)
    assert np.abs(whole.astype(int) - plain).mean() < 2
