"""Coverage: how much of each pixel an outline covers, sharp, soft or moved, 0..255."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from stillreel.draw.box import grown, meet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from stillreel.draw.box import Box
    from stillreel.draw.raster import Canvas

    Pixels = NDArray[np.uint8]
    Points = NDArray[np.float32]

SHIFT = 4
"""OpenCV's fixed point: sixteenths of a pixel."""
UNIT = np.float32(1 << SHIFT)
_FINE = 1.2
"""A soft edge is drawn small as long as it stays this many pixels soft."""


def fixed_points(points: Points, left: float, top: float) -> NDArray[np.int32]:
    """Return outline points in sixteenths of a pixel of a sheet that begins at `left`, `top`."""
    moved = points * UNIT
    moved -= np.array([(left + 0.5) * UNIT, (top + 0.5) * UNIT], np.float32)
    return np.rint(moved, out=moved).astype(np.int32)


def mask(
    box: Box,
    outlines: Sequence[Points],
    *,
    closed: bool = True,
    width: float = 1.0,
) -> Pixels:
    """Return the coverage 0..255 of outlines (or of an open stroke) inside `box`, (h, w)."""
    left, top, right, bottom = box
    cover = np.zeros((bottom - top, right - left), np.uint8)
    rings = [fixed_points(p, left, top) for p in outlines if len(p) > 1]
    if not rings:
        return cover
    if closed:
        cv2.fillPoly(cover, rings, (255,), cv2.LINE_AA, SHIFT)
    else:
        cv2.polylines(cover, rings, False, (255,), max(1, round(width)), cv2.LINE_AA, SHIFT)
    return cover


def covered(
    box: Box, rings: list[NDArray[np.int32]], shift: tuple[float, float] = (0.0, 0.0)
) -> Pixels:
    """Return the coverage 0..255 of a cel's outlines inside `box`, moved by `shift` pixels."""
    left, top, right, bottom = box
    cover = np.zeros((bottom - top, right - left), np.uint8)
    off = (round((shift[0] - left) * (1 << SHIFT)), round((shift[1] - top) * (1 << SHIFT)))
    cv2.fillPoly(cover, rings, (255,), cv2.LINE_AA, SHIFT, off)
    return cover


def blurred(
    box: Box, rings: list[NDArray[np.int32]], sigma: float, shift: tuple[float, float] = (0.0, 0.0)
) -> Pixels:
    """Return the coverage of a cel blurred by `sigma` pixels, drawn small where it may be."""
    more = 0
    while sigma / (2 << more) > _FINE:
        more += 1
    if more == 0:
        return soften(covered(box, rings, shift), sigma)
    step, unit = 1 << more, 1 << SHIFT
    # The coarse pixels lie on the sheet's own grid, so that a part comes out as the whole does.
    left, top = box[0] - box[0] % step, box[1] - box[1] % step
    wide, high = -(-(box[2] - left) // step), -(-(box[3] - top) // step)
    small = np.zeros((high, wide), np.uint8)
    half = (step - 1) * unit // 2
    off = (round((shift[0] - left) * unit) - half, round((shift[1] - top) * unit) - half)
    cv2.fillPoly(small, rings, (255,), cv2.LINE_AA, SHIFT + more, off)
    reach = 2 * round(sigma / step * 1.9) + 1
    soft = cv2.stackBlur(small, (reach, reach))
    soft = cv2.resize(soft, (wide * step, high * step), interpolation=cv2.INTER_LINEAR)
    return _u8(soft[box[1] - top : box[3] - top, box[0] - left : box[2] - left])


def soften(pixels: Pixels, sigma: float) -> Pixels:
    """Blur by about `sigma` pixels, at reduced size where that cannot be seen."""
    if sigma < 0.4:
        return pixels
    height, width = pixels.shape[:2]
    step = 1
    while sigma / step > 6 and min(height, width) // (step * 2) >= 16:
        step *= 2
    reach = 2 * round(sigma / step * 1.9) + 1
    if step == 1:
        return _u8(cv2.stackBlur(pixels, (reach, reach)))
    size = (-(-width // step), -(-height // step))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    small = cv2.stackBlur(small, (reach, reach))
    return _u8(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR))


def shifted(cover: Pixels, right: float, down: float) -> Pixels:
    """Return the mask moved by a sub-pixel offset, its edge pixels repeated."""
    height, width = cover.shape
    move = np.array([[1, 0, right], [0, 1, down]], np.float32)
    return _u8(
        cv2.warpAffine(
            cover,
            move,
            (width, height),
            flags=cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE,
        )
    )


def room(around_it: Box, canvas: Canvas, spill: float) -> tuple[Box, Box] | None:
    """Return the box a soft outline paints on a canvas, and the box it must be blurred in.

    The second reaches beyond the canvas, so that a part is painted exactly as the whole is.
    """
    extent = grown(around_it, int(spill + 1) + 1)
    inside = meet(extent, canvas.box)
    if inside is None:
        return None
    return inside, meet(extent, grown(canvas.box, int(spill) + 2)) or inside


def cut(cover: Pixels, wide: Box, inside: Box) -> Pixels:
    """Return the part `inside` of coverage that spans `wide`."""
    rows = slice(inside[1] - wide[1], inside[3] - wide[1])
    columns = slice(inside[0] - wide[0], inside[2] - wide[0])
    return np.ascontiguousarray(cover[rows, columns])


def _u8(pixels: object) -> Pixels:
    return np.asarray(pixels, dtype=np.uint8)
