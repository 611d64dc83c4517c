"""Whether a picture of somebody may pass for a photograph: drawn people have outlines and flats."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.measure import pictures

if TYPE_CHECKING:
    from pathlib import Path

    from stillreel.measure.nouns import Image

_SIDE = 256
"""Longest side in pixels at which lines are looked for."""
_INK = 25.0
"""How much darker than what is round it a line is, in levels of grey."""
_LINED = 0.03
"""Share of pixels in lines from which a picture is drawn."""
_STILL = 0.7
"""Change from pixel to pixel below which colour is flat, in levels of grey."""
_FLAT = 0.5
"""Share of flat pixels from which a picture is drawn, whether it has lines or not."""


def may_pass(path: Path) -> bool:
    """Say whether somebody's picture may pass for a photograph.

    It errs on the side of saying so: soft paintings are taken for photographs too.

    Raises:
        MediaError: the picture cannot be read.
    """
    return unlined(pictures.decode(path.read_bytes(), str(path)))


def unlined(image: Image) -> bool:
    """Say whether (h, w, 3) BGR pixels show neither drawn lines nor flat colour."""
    import cv2

    grey = cv2.cvtColor(pictures.thumbnail(image, _SIDE), cv2.COLOR_BGR2GRAY).astype(np.float32)
    soft = cv2.GaussianBlur(grey, (0, 0), 0.8)
    across, down = (cv2.Sobel(soft, cv2.CV_32F, *way, scale=1 / 8) for way in ((1, 0), (0, 1)))
    lines = cv2.morphologyEx(soft, cv2.MORPH_BLACKHAT, np.ones((5, 5), np.uint8))
    flat = float(np.mean(cv2.magnitude(across, down) < _STILL))
    return float(np.mean(lines > _INK)) < _LINED and flat < _FLAT
