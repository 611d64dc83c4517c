"""Cutting and rounding of outlines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

QUANTUM = 64.0
"""Points are kept to this part of a pixel, so that every machine draws the same."""


def quantise(screen: NDArray[np.float64]) -> NDArray[np.float32]:
    """Return (N, 2) pixels rounded to 1/64, as the display list keeps them."""
    return (np.round(screen * QUANTUM) / QUANTUM).astype(np.float32)


def cut(points: NDArray[np.float64], inside: NDArray[np.float64]) -> NDArray[np.float64]:
    """Clip a polygon to where `inside` (one signed distance per point) is not negative."""
    if (inside >= 0).all():
        return points
    kept: list[NDArray[np.float64]] = []
    for index in range(len(points)):
        here, before = inside[index], inside[index - 1]
        if (here >= 0) != (before >= 0):
            along = before / (before - here)
            kept.append(points[index - 1] + (points[index] - points[index - 1]) * along)
        if here >= 0:
            kept.append(points[index])
    return np.array(kept) if kept else np.empty((0, points.shape[1]))
