"""From cells to panels: margins, titles and captions taken off, edges read at full size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from stillreel.measure.nouns import Box
from stillreel.measure.seams import evidence, steps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from stillreel.measure.nouns import Image
    from stillreel.measure.seams import Evidence, Hits, Lab

    Rows = tuple[tuple[Box, ...], ...]
    Mask = NDArray[np.bool_]

_PAGE = 10.0
"""Distance in Lab units from the page's colour within which a pixel is page."""
_SOLID = 0.8
"""Share of its own box that a panel fills."""
_FILLED = 0.5
"""Share of a panel's side that belongs to it; a balloon or arrow that sticks out has less."""
_RULED = 0.8
"""Share of a panel's width on which a rule must show to be one."""
_PRINT = (0.01, 0.3)
"""Least and most that print covers of the strip it stands on."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page at working size, with its steps along both axes and what is not page."""

    lab: Lab
    down: Hits
    """(height + 1, width): steps from row to row."""
    across: Hits
    """(width + 1, height): steps from column to column."""
    drawn: Mask | None
    """(height, width): what is not the page; None when the picture has no page round it."""

    @classmethod
    def of(cls, lab: Lab) -> Sheet:
        """Return the sheet of (height, width, 3) Lab pixels."""
        return cls(lab, steps(lab), steps(lab.swapaxes(0, 1)), _drawn(lab))

    @property
    def whole(self) -> Box:
        """The box of all pixels."""
        return Box(0, 0, self.lab.shape[1], self.lab.shape[0])

    def evidence(self, region: Box, axis: int) -> Evidence:
        """Weigh the cuts of a region: between rows for axis 0, between columns for axis 1."""
        pixels = region.crop(self.lab)
        if axis == 0:
            hits = self.down[region.top : region.bottom + 1, region.left : region.right]
            return evidence(pixels, hits)
        hits = self.across[region.left : region.right + 1, region.top : region.bottom]
        return evidence(pixels.swapaxes(0, 1), hits)

    def solids(self, region: Box, least: float) -> list[Box]:
        """Return the boxes of solid things on the page in a region, the largest first.

        Args:
            region: where to look.
            least: smallest area, as a share of the region's.
        """
        import cv2

        if self.drawn is None:
            return []
        mask = region.crop(self.drawn).astype(np.uint8)
        outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        found: list[Box] = []
        for outline in outlines:
            left, top, width, height = cv2.boundingRect(outline)
            if width * height < least * mask.size:
                continue
            filled = np.zeros((height, width), np.uint8)
            cv2.drawContours(filled, [outline - (left, top)], -1, 1, cv2.FILLED)
            box = _core(filled > 0)
            if box and box.area >= least * mask.size and box.crop(filled).mean() >= _SOLID:
                x, y = region.left + left, region.top + top
                found.append(Box(x + box.left, y + box.top, x + box.right, y + box.bottom))
        return sorted(found, key=lambda box: (-box.area, box))


def without_captions(sheet: Sheet, rows: Rows) -> Rows:
    """Return panels without the strips ruled off at their feet, where most panels have one."""
    bare = tuple(tuple(_above_caption(sheet, box) for box in row) for row in rows)
    changed = sum(
        a != b for old, new in zip(rows, bare, strict=True) for a, b in zip(old, new, strict=True)
    )
    return bare if changed * 2 > sum(len(row) for row in rows) else rows


def _above_caption(sheet: Sheet, box: Box) -> Box:
    if sheet.drawn is None or box.height < 40:
        return box
    inset = box.width // 10
    inner = slice(box.left + inset, box.right - inset)
    share = sheet.down[box.top : box.bottom, inner].mean(axis=1)
    low = box.height - max(8, box.height // 14)
    for at in range(box.height // 2, low):
        if share[at] < _RULED or share[at] < share[at : at + 3].max():
            continue
        strip = sheet.drawn[box.top + at + 4 : box.bottom - 4, inner]
        if _PRINT[0] < strip.mean() < _PRINT[1]:
            return Box(box.left, box.top, box.right, box.top + at + 1)
    return box


def _drawn(lab: Lab) -> Mask | None:
    """Return what is not page, if the picture's whole border is one plain colour."""
    ring = [lab[:3].reshape(-1, 3), lab[-3:].reshape(-1, 3)]
    ring += [lab[:, :3].reshape(-1, 3), lab[:, -3:].reshape(-1, 3)]
    page = np.median(np.concatenate(ring), axis=0)
    if any((np.linalg.norm(side - page, axis=1) < _PAGE).mean() < 0.94 for side in ring):
        return None
    return np.linalg.norm(lab - page, axis=2) > _PAGE


def _core(filled: Mask) -> Box | None:
    """Return the box of a shape without what sticks out of it."""
    height, width = filled.shape
    box = Box(0, 0, width, height)
    for _ in range(2):
        inside = box.crop(filled)
        rows = np.flatnonzero(inside.mean(axis=1) >= _FILLED)
        columns = np.flatnonzero(inside.mean(axis=0) >= _FILLED)
        if not rows.size or not columns.size:
            return None
        box = Box(
            box.left + int(columns[0]),
            box.top + int(rows[0]),
            box.left + int(columns[-1]) + 1,
            box.top + int(rows[-1]) + 1,
        )
    return box


def settle(sheet: Sheet, rows: Rows) -> tuple[Rows, float]:
    """Return the panels inside the cells, and 0..1 for how well their edges show."""
    if sheet.drawn is None:
        return rows, 1.0
    found = [[next(iter(sheet.solids(cell, 0.2)), None) for cell in row] for row in rows]
    shown = [box is not None for row in found for box in row]
    regular = len({len(row) for row in rows}) == 1
    settled: list[tuple[Box, ...]] = []
    for r, row in enumerate(rows):
        in_row = [(rows[r][k], found[r][k]) for k in range(len(row))]
        boxes: list[Box] = []
        for c, cell in enumerate(row):
            in_column = [(rows[k][c], found[k][c]) for k in range(len(rows))] if regular else []
            boxes.append(found[r][c] or _by_neighbours(cell, in_row, in_column))
        settled.append(tuple(boxes))
    return tuple(settled), 0.5 + 0.5 * sum(shown) / len(shown)


_Pairs = "Sequence[tuple[Box, Box | None]]"


def _by_neighbours(cell: Box, in_row: _Pairs, in_column: _Pairs) -> Box:
    """Return the panel of a cell where it does not show, as its row and column have theirs."""
    tops = [(box.top - peer.top, peer.bottom - box.bottom) for peer, box in in_row if box]
    sides = [(box.left - peer.left, peer.right - box.right) for peer, box in in_column if box]
    above, below = (int(one) for one in np.median(tops, axis=0)) if tops else (0, 0)
    near, far = (int(one) for one in np.median(sides, axis=0)) if sides else (0, 0)
    return Box(cell.left + near, cell.top + above, cell.right - far, cell.bottom - below)


def sharpen(image: Image, rows: Rows, scale: float) -> Rows:
    """Return boxes in the full picture's pixels, every edge on the sharpest line nearby."""
    reach = int(np.ceil(scale)) + 1
    pixels = image.astype(np.int16)
    return tuple(tuple(_sharp(pixels, box, scale, reach) for box in row) for row in rows)


def _sharp(pixels: NDArray[np.int16], box: Box, scale: float, reach: int) -> Box:
    height, width = pixels.shape[:2]
    left, top = round(box.left * scale), round(box.top * scale)
    right, bottom = round(box.right * scale), round(box.bottom * scale)
    inner_x = slice(left + (right - left) // 10, right - (right - left) // 10)
    inner_y = slice(top + (bottom - top) // 10, bottom - (bottom - top) // 10)
    rows, columns = pixels[:, inner_x], pixels[inner_y].swapaxes(0, 1)
    return Box(
        _sharpest(columns, left, reach, width, first=True),
        _sharpest(rows, top, reach, height, first=True),
        _sharpest(columns, right, reach, width, first=False),
        _sharpest(rows, bottom, reach, height, first=False),
    )


def _sharpest(lines: NDArray[np.int16], at: int, reach: int, count: int, *, first: bool) -> int:
    """Return the cut near `at` where most of the line steps; the picture's border stays."""
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
    return low + int(step.argmax())
