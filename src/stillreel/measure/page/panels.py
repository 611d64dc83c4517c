"""Panels cut back out of a page, from its pixels alone.

With the layout known, the cuts of each axis are found together: the positions whose evidence is
best while the spacing stays even. Without it, a page is cut recursively wherever the evidence is
strong enough, and a picture that shows no such place stays whole.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from stillreel.errors import MediaError
from stillreel.measure.nouns import Box, PanelCut
from stillreel.measure.page.edge import sharpen
from stillreel.measure.page.trim import Sheet, settle, without_captions
from stillreel.measure.people.figure import lab_of
from stillreel.measure.pictures import thumbnail

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from stillreel.measure.nouns import Image
    from stillreel.measure.page.seams import Evidence

_WORKING = 1024
"""Longest side in pixels at which cuts are looked for; edges are then read at full size."""
_UNEVEN = 2.0
"""What a spacing that is off by its own length costs, in units of evidence."""
_CUT_FROM = 0.7
"""Evidence from which a place is cut when nothing is known."""
_CROSS_FROM = 0.6
"""The same where even rows and columns cross, which a single picture hardly ever shows."""
_PAGE_SIDE = 48
"""Shortest side in pixels of anything that is taken for a page."""
_MOST = 7
_SMALLEST = 0.07
"""Smallest panel, as a share of the side it is cut from."""


@dataclass(frozen=True, slots=True)
class _Cells:
    """Rows of cells, and the evidence of every cut that made them."""

    rows: tuple[tuple[Box, ...], ...]
    values: tuple[float, ...]


def panels(image: Image, layout: tuple[int, int] | None = None) -> PanelCut:
    """Return the panels of a page.

    Args:
        image: (height, width, 3) BGR pixels.
        layout: rows and columns the page was ordered with; None looks for panels, and leaves a
            single picture whole.

    Raises:
        MediaError: the picture is too small for the layout.
    """
    import cv2

    cv2.setNumThreads(1)
    height, width = image.shape[:2]
    if layout == (1, 1) or (layout is None and min(height, width) < _PAGE_SIDE):
        return PanelCut((Box(0, 0, width, height),), 1, 1, grid=False, confidence=1.0)
    if layout and (height < 8 * layout[0] or width < 8 * layout[1]):
        raise MediaError(
            f"The picture is too small to hold {layout[0]} x {layout[1]} panels.",
            next_step="Order the board again.",
        )
    small = thumbnail(image, _WORKING)
    sheet = Sheet.of(lab_of(small))
    solid = _standing(sheet, layout)
    cells = solid or (_ordered(sheet, *layout) if layout else _found(sheet))
    if sum(len(row) for row in cells.rows) < 2:
        return PanelCut((Box(0, 0, width, height),), 1, 1, grid=False, confidence=_whole(sheet))
    rows, trust = (cells.rows, 1.0) if solid else settle(sheet, cells.rows)
    boxes = sharpen(image, without_captions(sheet, rows), image.shape[1] / small.shape[1])
    widths = {len(row) for row in boxes}
    grid = len(widths) == 1
    flat = tuple(box for row in boxes for box in row)
    evened = _evenness(flat) if grid else 0.85
    sure = min(cells.values) / 0.9 * trust * evened
    return PanelCut(flat, len(boxes), max(widths), grid, round(float(min(1.0, sure)), 4))


def _standing(sheet: Sheet, layout: tuple[int, int] | None) -> _Cells | None:
    """Return panels that simply stand apart on a plain page, if that is how this one is made."""
    tries = [_apart(sheet, layout, faint=faint) for faint in (False, True)]
    found = [cells for cells in tries if cells]
    return max(found, key=lambda cells: sum(len(row) for row in cells.rows)) if found else None


def _apart(sheet: Sheet, layout: tuple[int, int] | None, *, faint: bool) -> _Cells | None:
    least = 0.2 / (layout[0] * layout[1]) if layout else 0.012
    width, height = sheet.whole.right, sheet.whole.bottom
    boxes = [
        box
        for box in sheet.solids(sheet.whole, least, faint=faint)
        if box.width > 0.05 * width and box.height > 0.05 * height
    ]
    drawn = sheet.faint if faint else sheet.drawn
    if len(boxes) < 2 or drawn is None:
        return None
    rows = _in_rows(boxes)
    if layout and (len(rows) != layout[0] or {len(row) for row in rows} != {layout[1]}):
        return None
    held = sum(int(box.crop(drawn).sum()) for box in boxes) / int(drawn.sum())
    return _Cells(rows, (0.9 * held,)) if held > 0.7 else None


def _ordered(sheet: Sheet, rows: int, cols: int) -> _Cells:
    """Cut a page that was ordered with `rows` by `cols` panels."""
    down, across = sheet.evidence(sheet.whole, 0), sheet.evidence(sheet.whole, 1)
    tops, lefts = _best(down, rows), _best(across, cols)
    values = [_peak(down, at) for at in tops[1:-1]] + [_peak(across, at) for at in lefts[1:-1]]
    bands, posts = _parts(down, tops), _parts(across, lefts)
    cells = tuple(
        tuple(Box(left, top, right, bottom) for left, right in posts) for top, bottom in bands
    )
    return _Cells(cells, tuple(values) or (1.0,))


def _parts(found: Evidence, cuts: Sequence[int]) -> list[tuple[int, int]]:
    """Return the parts between cuts, without the gutters the cuts lie in."""
    gutters = [
        (cuts[0], cuts[0]),
        *(found.gutter_at(at) for at in cuts[1:-1]),
        (cuts[-1], cuts[-1]),
    ]
    return [(near[1], far[0]) for near, far in itertools.pairwise(gutters)]


def _best(found: Evidence, parts: int) -> list[int]:
    """Return `parts + 1` positions: the margins' inner ends and the best cuts between them."""
    count = found.value.size - 1
    start, stop = _content(found, count)
    if parts == 1:
        return [start, stop]
    step = (stop - start) / parts
    at = np.arange(start, stop + 1)
    score = np.full(at.size, -np.inf)
    score[0] = 0.0
    back: list[NDArray[np.intp]] = []
    spread = (at[None, :] - at[:, None]) / step
    uneven = np.where(spread > 0.3, _UNEVEN * (spread - 1) ** 2, np.inf)
    for part in range(1, parts + 1):
        total = score[:, None] - uneven
        back.append(total.argmax(axis=0))
        score = total.max(axis=0)
        if part < parts:
            score = score + found.value[start : stop + 1]
    here = at.size - 1
    cuts = [int(at[here])]
    for choice in reversed(back):
        here = int(choice[here])
        cuts.append(int(at[here]))
    return cuts[::-1]


def _content(found: Evidence, count: int) -> tuple[int, int]:
    """Return where the plain margins of a page end, first and last."""
    start, stop = 0, count
    for run in found.runs:
        if run.start == 0 and run.stop < count * 0.4:
            start = run.stop
        if run.stop == count and run.start > count * 0.6:
            stop = run.start
    return start, stop


def _peak(found: Evidence, at: int) -> float:
    return float(found.value[max(0, at - 2) : at + 3].max())


def _found(sheet: Sheet) -> _Cells:
    """Cut a page nothing is known about."""
    cross = _crossing(sheet)
    if cross:
        return cross
    values: list[float] = []
    boxes = _split(sheet, sheet.whole, values, 0)
    return _Cells(_in_rows(boxes), tuple(values) or (1.0,))


def _crossing(sheet: Sheet) -> _Cells | None:
    """Return the finest even grid whose every cut shows, if there is one."""
    down, across = sheet.evidence(sheet.whole, 0), sheet.evidence(sheet.whole, 1)
    counts = [_even_counts(found) for found in (down, across)]
    if not (counts[0] and counts[1]):
        return None
    return _ordered(sheet, max(counts[0]), max(counts[1]))


def _even_counts(found: Evidence) -> list[int]:
    """Return the numbers of even parts whose cuts all show."""
    fitting: list[int] = []
    for parts in range(2, _MOST):
        cuts = _best(found, parts)
        gaps = np.diff(cuts)
        shown = min(_peak(found, at) for at in cuts[1:-1])
        if shown >= _CROSS_FROM and gaps.min() > 0.6 * gaps.max():
            fitting.append(parts)
    return fitting


def _split(sheet: Sheet, region: Box, values: list[float], depth: int) -> list[Box]:
    """Cut a region along the axis that shows the better cuts, then its parts."""
    options: list[tuple[float, int, list[int]]] = []
    for axis in (0, 1) if min(region.width, region.height) >= 40 else ():
        found = sheet.evidence(region, axis)
        cuts = _strong(found)
        if cuts:
            options.append((min(_peak(found, at) for at in cuts), axis, cuts))
    if not options or depth > 3:
        return [region]
    value, axis, cuts = max(options)
    values.append(value)
    start = region.top if axis == 0 else region.left
    stop = region.bottom if axis == 0 else region.right
    found = sheet.evidence(region, axis)
    parts: list[Box] = []
    for first, last in _parts(found, [0, *cuts, stop - start]):
        near, far = start + first, start + last
        part = (
            Box(region.left, near, region.right, far)
            if axis == 0
            else Box(near, region.top, far, region.bottom)
        )
        parts += _split(sheet, part, values, depth + 1)
    return parts


def _strong(found: Evidence) -> list[int]:
    """Return the places of one axis that are cut: strong, and no slivers between them."""
    count = found.value.size - 1
    least = max(24, round(count * _SMALLEST))
    start, stop = _content(found, count)
    value = found.value.copy()
    value[: start + least] = 0
    value[max(0, stop - least + 1) :] = 0
    cuts: list[int] = []
    while value.size and value.max() >= _CUT_FROM:
        best = int(np.flatnonzero(value >= value.max() - 1e-9).mean().round())
        best = best if value[best] >= _CUT_FROM else int(value.argmax())
        cuts.append(best)
        value[max(0, best - least) : best + least] = 0
    return sorted(cuts)


def _in_rows(boxes: Sequence[Box]) -> tuple[tuple[Box, ...], ...]:
    """Return boxes in reading order: rows by their tops, each from left to right."""
    rows: list[list[Box]] = []
    for box in sorted(boxes, key=lambda one: (one.top, one.left)):
        if rows and box.top < rows[-1][0].top + 0.5 * min(box.height, rows[-1][0].height):
            rows[-1].append(box)
        else:
            rows.append([box])
    return tuple(tuple(sorted(row, key=lambda one: one.left)) for row in rows)


def _evenness(boxes: Sequence[Box]) -> float:
    """Return 1 for panels of one size, less the more they differ."""
    sides = np.array([(box.width, box.height) for box in boxes], np.float64)
    spread = float((sides.std(axis=0) / sides.mean(axis=0)).max())
    return max(0.4, 1 - 1.5 * spread)


def _whole(sheet: Sheet) -> float:
    """Return how sure it is that a picture is no page: how far its best cut is from being one."""
    best = max(
        float(sheet.evidence(sheet.whole, axis).seam[8:-8].max(initial=0.0)) for axis in (0, 1)
    )
    return round(min(1.0, max(0.0, 1.2 - best)), 4)
