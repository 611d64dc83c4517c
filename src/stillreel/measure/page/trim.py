"""From cells to panels: margins, titles and captions taken off, edges read at full size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from stillreel.measure.nouns import Box
from stillreel.measure.page.paper import PAGE, paper_of, without_rules
from stillreel.measure.page.seams import evidence, steps
from stillreel.measure.people.figure import apart

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from stillreel.measure.page.seams import Evidence, Hits, Lab

    Rows = tuple[tuple[Box, ...], ...]
    Mask = NDArray[np.bool_]
    Pairs = Sequence[tuple[Box, Box | None]]

_CLEAN = 2.5
"""The same on a page without any noise."""
_SOLID = 0.8
"""Share of its own box that a panel fills."""
_FILLED = 0.5
"""Share of a panel's side that belongs to it; a balloon or arrow that sticks out has less."""
_WHOLE = 0.85
"""Share of the agreed panel from which what shows is taken as it is."""
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
    faint: Mask | None
    """The same with the slightest trace of drawing, which a drawn page shows cleanly."""

    @classmethod
    def of(cls, lab: Lab) -> Sheet:
        """Return the sheet of (height, width, 3) Lab pixels."""
        lab = without_rules(lab)
        drawn = faint = None
        paper = paper_of(lab)
        if paper:
            away = apart(lab, paper[0])
            drawn, faint = away > PAGE, away > min(PAGE, max(_CLEAN, 4 * paper[1]))
        return cls(lab, steps(lab), steps(lab.swapaxes(0, 1)), drawn, faint)

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

    def solids(self, region: Box, least: float, *, faint: bool) -> list[Box]:
        """Return the boxes of solid things on the page in a region, the largest first.

        Args:
            region: where to look.
            least: smallest area, as a share of the region's.
            faint: take the slightest trace of drawing for part of a thing.
        """
        import cv2

        drawn = self.faint if faint else self.drawn
        if drawn is None:
            return []
        mask = region.crop(drawn).astype(np.uint8)
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


def settle(sheet: Sheet, rows: Rows) -> Rows:
    """Return the panels inside the cells.

    What is solid in a cell is the panel, unless its row and column reach further out: then only
    a dark or a filled part of it showed.
    """
    if sheet.drawn is None:
        return rows
    found = [[_largest(sheet, cell) for cell in row] for row in rows]
    regular = len({len(row) for row in rows}) == 1
    settled: list[tuple[Box, ...]] = []
    for r, row in enumerate(rows):
        boxes: list[Box] = []
        in_row = list(zip(row, found[r], strict=True))
        for c, cell in enumerate(row):
            in_column = [(rows[k][c], found[k][c]) for k in range(len(rows))] if regular else []
            agreed, own = _agreed(cell, in_row, in_column), found[r][c]
            shows = own is not None and own.area > _WHOLE * agreed.area
            boxes.append(own if own is not None and shows else agreed)
        settled.append(tuple(boxes))
    return tuple(settled)


def _largest(sheet: Sheet, cell: Box) -> Box | None:
    """Return the largest solid thing in a cell that is not the cell itself."""
    for faint in (False, True):
        for box in sheet.solids(cell, 0.4, faint=faint)[:1]:
            return box
    return None


def _agreed(cell: Box, in_row: Pairs, in_column: Pairs) -> Box:
    """Return the panel of a cell as its row and column have theirs: as far out as any of them."""
    tops = [(box.top - peer.top, peer.bottom - box.bottom) for peer, box in in_row if box]
    sides = [(box.left - peer.left, peer.right - box.right) for peer, box in in_column if box]
    above, below = (int(one) for one in np.min(tops, axis=0)) if tops else (0, 0)
    near, far = (int(one) for one in np.min(sides, axis=0)) if sides else (0, 0)
    return Box(cell.left + near, cell.top + above, cell.right - far, cell.bottom - below)
