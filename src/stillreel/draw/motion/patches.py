"""Where a sheet with coverage has something to show: few rectangles, clear parts left out.

Laying one picture over another costs three times as much where it shows through as where it does
not, and nothing where it is clear. So a sheet is cut into solid and mixed rectangles on a coarse
grid; clear air between the leaves, or the inside of a body, is never blended.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from stillreel.draw.box import Box
    from stillreel.draw.motion.planar import Planar, Plane

    Sums = NDArray[np.int64]

BLOCK = 32
"""Pixels of one field of the grid."""
_CELL = 4
"""Pixels around a pixel that count with it: sampling mixes neighbours, and edges are rounded."""
_MIXED = 2.6
"""What a mixed field costs, in solid ones."""
_CALL = 240.0
"""What one more rectangle costs, in solid fields."""
CLEAR, MIXED, SOLID = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Patch:
    """One rectangle of a sheet."""

    box: Box
    """In sheet pixels, on the grid."""
    solid: bool
    """Whether nothing shows through anywhere in it."""


def grid(picture: Planar) -> NDArray[np.uint8]:
    """Return the fields of a picture, (ceil(h / 32), ceil(w / 32)): clear, mixed or solid."""
    import cv2
    import numpy as np

    high, wide = (-(-side // BLOCK) for side in picture.y.shape)
    if picture.through is None:
        return np.full((high, wide), SOLID, np.uint8)
    # light without coverage counts as ink too
    inked = _any(np.maximum(cv2.bitwise_not(picture.through), picture.y))
    loose = _any(picture.through)
    return np.where(inked, np.where(loose, MIXED, SOLID), CLEAR).astype(np.uint8)


def _any(plane: Plane) -> NDArray[np.bool_]:
    """Return for every field whether a pixel in it, or close to it, is more than nothing."""
    import cv2
    import numpy as np

    high, wide = (-(-side // BLOCK) * BLOCK for side in plane.shape)
    whole: Plane = np.zeros((high, wide), np.uint8)
    _, marked = cv2.threshold(plane, 0, 255, cv2.THRESH_BINARY)
    whole[: plane.shape[0], : plane.shape[1]] = marked
    # one set pixel of sixteen still averages to more than nothing, and so does one cell of 64
    cells = cv2.resize(whole, (wide // 2, high // 2), interpolation=cv2.INTER_AREA)
    cells = cv2.resize(cells, (wide // _CELL, high // _CELL), interpolation=cv2.INTER_AREA)
    near = cv2.dilate(np.asarray(cells), np.ones((3, 3), np.uint8))
    _, near = cv2.threshold(near, 0, 255, cv2.THRESH_BINARY)
    small = cv2.resize(near, (wide // BLOCK, high // BLOCK), interpolation=cv2.INTER_AREA)
    return np.asarray(small) > 0


def cut(
    fields: NDArray[np.uint8], left: int, top: int, right: int, bottom: int, *, deep: int = 7
) -> list[Patch]:
    """Return rectangles that hold every field with something to show, none twice.

    Args:
        fields: as `grid` gives them.
        left: of the sheet, in pixels.
        top: of the sheet.
        right: of the sheet; no rectangle reaches beyond.
        bottom: of the sheet.
        deep: how often a rectangle may be parted again.
    """
    inked, loose = _sums(fields != CLEAR), _sums(fields != SOLID)
    whole = (0, 0, fields.shape[1], fields.shape[0])
    _, areas = _best(fields, inked, loose, whole, deep)
    return [
        Patch(
            (
                left + x0 * BLOCK,
                top + y0 * BLOCK,
                min(right, left + x1 * BLOCK),
                min(bottom, top + y1 * BLOCK),
            ),
            _count(loose, (x0, y0, x1, y1)) == 0,
        )
        for x0, y0, x1, y1 in areas
    ]


def _best(
    fields: NDArray[np.uint8], inked: Sums, loose: Sums, area: Box, deep: int
) -> tuple[float, list[Box]]:
    """Return the cheapest rectangles found in an area, and what they cost."""
    tight = _trimmed(fields, area)
    if tight is None:
        return 0.0, []
    size = (tight[2] - tight[0]) * (tight[3] - tight[1])
    whole = _CALL + size * (_MIXED if _count(loose, tight) else 1.0)
    ink, solid = _count(inked, tight), size - _count(loose, tight)
    least = 2 * _CALL + solid + (ink - solid) * _MIXED
    halves = _parted(inked, loose, tight) if deep and least < whole else None
    if halves is not None:
        parts = [_best(fields, inked, loose, half, deep - 1) for half in halves]
        if parts[0][0] + parts[1][0] < whole:
            return parts[0][0] + parts[1][0], parts[0][1] + parts[1][1]
    return whole, [tight]


def _sums(mask: NDArray[np.bool_]) -> Sums:
    import numpy as np

    whole = np.zeros((mask.shape[0] + 1, mask.shape[1] + 1), np.int64)
    whole[1:, 1:] = mask.cumsum(axis=0).cumsum(axis=1)
    return whole


def _count(sums: Sums, area: Box) -> int:
    x0, y0, x1, y1 = area
    return int(sums[y1, x1] - sums[y0, x1] - sums[y1, x0] + sums[y0, x0])


def _trimmed(fields: NDArray[np.uint8], area: Box) -> Box | None:
    """Return the smallest rectangle around what is inked in `area`."""
    import numpy as np

    x0, y0, x1, y1 = area
    part = fields[y0:y1, x0:x1] != CLEAR
    rows, columns = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
    if not len(rows):
        return None
    return (
        x0 + int(columns[0]),
        y0 + int(rows[0]),
        x0 + int(columns[-1]) + 1,
        y0 + int(rows[-1]) + 1,
    )


def _parted(inked: Sums, loose: Sums, area: Box) -> tuple[Box, Box] | None:
    """Return the most promising halves of a rectangle, or None when it has but one field."""
    import numpy as np

    x0, y0, x1, y1 = area
    least = float("inf")
    found: tuple[Box, Box] | None = None
    for axis, low, high in ((0, x0, x1), (1, y0, y1)):
        at = np.arange(low + 1, high)
        if not len(at):
            continue
        prices = _prices(inked, loose, area, axis, at)
        first = int(prices.argmin())
        if prices[first] < least:
            least, place = float(prices[first]), int(at[first])
            found = (
                ((x0, y0, place, y1), (place, y0, x1, y1))
                if axis == 0
                else ((x0, y0, x1, place), (x0, place, x1, y1))
            )
    return found


def _prices(
    inked: Sums, loose: Sums, area: Box, axis: int, at: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return what both halves cost together for every cut across `axis` at `at`."""
    import numpy as np

    x0, y0, x1, y1 = area
    high = y1 - y0 if axis == 0 else x1 - x0
    sides = ((at - area[axis]) * high, (area[axis + 2] - at) * high)
    counts: list[tuple[NDArray[np.int64], NDArray[np.int64]]] = []
    for sums in (inked, loose):
        total = _count(sums, area)
        if axis == 0:
            first = sums[y1, at] - sums[y0, at] - sums[y1, x0] + sums[y0, x0]
        else:
            first = sums[at, x1] - sums[at, x0] - sums[y0, x1] + sums[y0, x0]
        counts.append((first, total - first))
    whole = np.zeros(len(at))
    for size, ink, open_ in zip(sides, *counts, strict=True):
        # clear fields count in part: cuts further down will take some of them out
        mixed = _MIXED * np.sqrt(ink * size)
        whole += np.where(ink == 0, 0.0, np.where(open_ == 0, size, mixed))
    return whole
