"""Writing the mark into the luma of one frame after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.trail.mark.pattern import CELLS, TILE, tile

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from stillreel.trail.mark.nouns import Mark

    Luma = NDArray[np.uint8]

_FLAT, _BUSY = 0.4, 1.25
"""Gain where nothing happens, and where there is so much that the pattern is not seen."""
_BUSY_AT = 2.0
"""Levels by which a cell differs from its surroundings where the gain is half way."""
_BLACK, _LIT = 16, 48
"""Luma at which nothing is added, and from which on everything is."""


def writer(mark: Mark, width: int, height: int) -> Callable[[Luma], None]:
    """Return what writes `mark` into the luma plane of a frame, in place.

    The same mark and plane always give the same bytes. Black stays black, so bars and fades show
    nothing; flat places get less and busy ones more.

    Args:
        mark: what is written.
        width: of the film's frames, pixels.
        height: likewise; a plane handed over is (height, width).
    """
    import cv2

    cell = min(width, height) / CELLS
    columns, rows = max(1, round(width / cell)), max(1, round(height / cell))
    pattern = tile(mark.bits) * np.float32(mark.strength)
    pattern = np.tile(pattern, (-(-rows // TILE), -(-columns // TILE)))[:rows, :columns]

    def write(luma: Luma) -> None:
        small = cv2.resize(luma, (columns, rows), interpolation=cv2.INTER_AREA).astype(np.float32)
        added = cv2.resize(pattern * _gain(small), (width, height), interpolation=cv2.INTER_CUBIC)
        cv2.add(luma, added, dst=luma, dtype=cv2.CV_8U)

    return write


def _gain(small: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return how much of the pattern each cell takes."""
    import cv2

    busy = cv2.blur(np.abs(small - cv2.blur(small, (3, 3))), (5, 5))
    gain = _FLAT + (_BUSY - _FLAT) * busy / (busy + _BUSY_AT)
    return (gain * np.clip((small - _BLACK) / (_LIT - _BLACK), 0, 1)).astype(np.float32)
