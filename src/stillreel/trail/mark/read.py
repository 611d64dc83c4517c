"""Reading the mark out of a film, whatever was done to it since.

The frames that are looked at are spread over the film. Of each only what is finer than its
surroundings is kept, brought to the same strength everywhere so that edges do not drown the
pattern, and the mean is taken: what moves fades, what stands in every frame stays. Memory does not
grow with the film.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from stillreel.trail.mark.nouns import Reading, id_of
from stillreel.trail.mark.sample import spread
from stillreel.trail.mark.search import likeliest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    Luma = NDArray[np.uint8]

THRESHOLD = 6.0
"""Score below which a pilot is taken for chance."""
MARGIN = 1.8
"""Mean certainty of the bits below which they are taken for chance."""
_SIDE = 360
"""Pixels of the short side that frames are reduced to."""
_FAINT = 0.2
"""Levels below which a difference is not made larger."""


def read(source: Path | Iterable[Luma]) -> Reading:
    """Return the mark of a film, or of its luma frames.

    Args:
        source: a file, or planes of one size.

    Raises:
        MediaError: the file cannot be decoded as a film.
    """
    frames = spread(source) if isinstance(source, Path) else source
    total: NDArray[np.float32] | None = None
    count, shrunk = 0, 1.0
    for luma in frames:
        part, shrunk = _residual(luma)
        total = part if total is None else total + part
        count += 1
    best = Reading(None, 0.0, 0.0, (), 0.0, 0.0, mirrored=False, frames=count)
    if total is None:
        return best
    for found in likeliest((total / count).astype(np.float32)):
        bits = tuple(score > 0 for score in found.bits)
        margin = float(np.mean(np.abs(found.bits)))
        sure = found.score >= THRESHOLD and margin >= MARGIN
        number = id_of(bits) if sure else None
        pose = found.pose
        reading = Reading(
            number, found.score, margin, bits, pose.scale * shrunk, pose.angle, pose.mirrored, count
        )
        if number is not None:
            return reading
        if reading.score > best.score:
            best = reading
    return best


def _residual(luma: Luma) -> tuple[NDArray[np.float32], float]:
    """Return what is fine in a frame, reduced, and the pixels of the frame to one of it."""
    import cv2

    height, width = luma.shape
    shrunk = max(1.0, min(height, width) / _SIDE)
    size = round(width / shrunk), round(height / shrunk)
    small = cv2.resize(luma, size, interpolation=cv2.INTER_AREA).astype(np.float32)
    fine = small - cv2.GaussianBlur(small, (0, 0), max(1.0, min(size) / 180))
    around = cv2.blur(np.abs(fine), (9, 9))
    return (fine / (around + _FAINT)).astype(np.float32), shrunk
