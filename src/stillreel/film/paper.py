"""Cut paper: plain shapes laid on a square, drawn large so that edges come out smooth."""

from __future__ import annotations

from math import cos, pi, sin
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

Rgb = tuple[int, int, int]
SCALE = 3
"""The paper is drawn this much larger and then reduced, for smooth edges."""


class Paper:
    """A square of paper with coordinates from 0 to 1, y down; its `pixels` are BGR."""

    def __init__(self, size: int) -> None:
        self.size = size * SCALE
        self.pixels = np.zeros((self.size, self.size, 3), dtype=np.uint8)

    def fill(self, points: Sequence[tuple[float, float]], colour: Rgb) -> None:
        """Cut out a shape: corners in order, each from 0 to 1."""
        import cv2

        corners = np.round(np.array(points) * self.size * 16).astype(np.int32)
        cv2.fillPoly(self.pixels, [corners], colour[::-1], cv2.LINE_AA, 4)

    def disc(self, at: tuple[float, float], radius: float, colour: Rgb) -> None:
        """Cut out a round shape."""
        self.fill(
            [
                (at[0] + radius * cos(turn * pi / 24), at[1] + radius * sin(turn * pi / 24))
                for turn in range(48)
            ],
            colour,
        )

    def hill(self, base: float, waves: Sequence[tuple[float, float, float]], colour: Rgb) -> None:
        """Fill everything below a line of waves: (height, waves across, shift)."""
        along = np.linspace(0, 1, 80)
        line = np.full(along.shape, base)
        for height, count, shift in waves:
            line -= height * np.sin((along * count + shift) * 2 * pi)
        top = [(float(x), float(y)) for x, y in zip(along, line, strict=True)]
        self.fill([*top, (1.0, 1.0), (0.0, 1.0)], colour)
