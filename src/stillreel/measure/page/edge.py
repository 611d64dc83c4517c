"""Edges of panels at full size: the sharpest line nearby, and no drawn frame inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.measure.nouns import Box

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.measure.nouns import Image

    Pixels = NDArray[np.int16]
    Rows = tuple[tuple[Box, ...], ...]

_THICKEST = 0.015
"""Thickest frame that is taken off, as a share of the panel's longer side."""
_PLAIN = 30
"""Largest difference (0..255) between pixels of one frame."""
_STRONG = 0.55
"""Share of the sharpest step nearby from which a step may be a panel's outer edge."""
_STRAIGHT = 0.95
"""Share of a line that has the frame's colour."""


def sharpen(image: Image, rows: Rows, scale: float) -> Rows:
    """Return boxes in the full picture's pixels: sharp, and inside a thin drawn frame."""
    reach = int(np.ceil(scale)) + 1
    pixels = image.astype(np.int16)
    return tuple(
        tuple(_inside_frame(pixels, _sharp(pixels, box, scale, reach)) for box in row)
        for row in rows
    )


def _sharp(pixels: Pixels, box: Box, scale: float, reach: int) -> Box:
    height, width = pixels.shape[:2]
    left, top = round(box.left * scale), round(box.top * scale)
    right, bottom = round(box.right * scale), round(box.bottom * scale)
    inner_x = slice(left + (right - left) // 10, right - (right - left) // 10)
    inner_y = slice(top + (bottom - top) // 10, bottom - (bottom - top) // 10)
    rows, columns = pixels[:, inner_x], pixels[inner_y].swapaxes(0, 1)
    sharp = Box(
        _sharpest(columns, left, reach, width, first=True),
        _sharpest(rows, top, reach, height, first=True),
        _sharpest(columns, right, reach, width, first=False),
        _sharpest(rows, bottom, reach, height, first=False),
    )
    return sharp if sharp.width > 0 and sharp.height > 0 else Box(left, top, right, bottom)


def _sharpest(lines: Pixels, at: int, reach: int, count: int, *, first: bool) -> int:
    """Return the outermost cut near `at` where the line steps; the picture's border stays."""
    if at <= 1 and first:
        return 0
    if at >= count - 1 and not first:
        return count
    low, high = max(1, at - reach), min(count - 1, at + reach)
    if high < low or not lines.shape[1]:
        return at
    gaps = np.abs(lines[low : high + 1] - lines[low - 1 : high]).max(axis=2)
    step = np.minimum(gaps, 40).mean(axis=1)
    if step.max() < 4:
        return at
    strong = np.flatnonzero(step >= _STRONG * step.max())
    return low + int(strong[0] if first else strong[-1])


def _inside_frame(pixels: Pixels, box: Box) -> Box:
    """Return the picture inside a frame of one colour and one thickness, if there is one."""
    panel = box.crop(pixels)
    thickest = round(max(box.width, box.height) * _THICKEST)
    if min(box.width, box.height) < 8 * max(1, thickest):
        return box
    colour = np.median(np.concatenate([panel[0], panel[-1], panel[:, 0], panel[:, -1]]), axis=0)
    sides = (panel, panel[::-1], panel.swapaxes(0, 1), panel.swapaxes(0, 1)[::-1])
    depths = [_depth(side[: thickest + 2], colour) for side in sides]
    thin = min(depths)
    if thin < 1 or sum(depth <= min(thickest, thin + 1) for depth in depths) < 2:
        return box
    # A side where the picture itself has the frame's colour looks thicker than it is.
    even = depths.count(thin) >= 2
    top, bottom, left, right = (thin if even or depth > thin + 1 else depth for depth in depths)
    return Box(box.left + left, box.top + top, box.right - right, box.bottom - bottom)


def _depth(lines: Pixels, colour: NDArray[np.float64]) -> int:
    """Return how many of the outermost lines are all of the frame's colour."""
    inset = lines.shape[1] // 20
    inner = lines[:, inset : lines.shape[1] - inset]
    plain = (np.abs(inner - colour).max(axis=2) <= _PLAIN).mean(axis=1) >= _STRAIGHT
    return int(np.argmin(plain)) if not plain.all() else len(plain)
