"""Ways to cut a page into cells: as it was ordered, wherever it shows, or by what stands apart.

With the layout known, the cuts of each axis are found together: the positions whose evidence is
best while the spacing stays even. Without it, a page is cut recursively wherever the evidence is
strong enough, and a picture that shows no such place stays whole.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np

from stillreel.measure.nouns import Box
from stillreel.measure.page.seams import GUTTER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from stillreel.measure.page.seams import Colour, Evidence
    from stillreel.measure.page.trim import Rows, Sheet

_UNEVEN = 2.0
"""What a spacing that is off by its own length costs, in units of evidence."""
_CUT_FROM = 0.7
"""Evidence from which a place is cut when nothing is known."""
_CROSS_FROM = 0.6
"""The same where even rows and columns cross, which a single picture hardly ever shows."""
_MOST = 7
"""Fewest even rows or columns that are not looked for."""
_SMALLEST = 0.07
"""Smallest panel, as a share of the side it is cut from."""
_HELD = 0.7
"""Share of all that is drawn that panels standing apart must hold."""


def ordered(sheet: Sheet, rows: int, cols: int) -> Rows:
    """Cut a page that was ordered with `rows` by `cols` panels."""
    down, across = sheet.evidence(sheet.whole, 0), sheet.evidence(sheet.whole, 1)
    tops, lefts = _best(down, rows), _best(across, cols)
    bands, posts = _parts(down, tops), _parts(across, lefts)
    return tuple(
        tuple(Box(left, top, right, bottom) for left, right in posts) for top, bottom in bands
    )


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
        if run.strength < GUTTER:
            continue
        if run.start == 0 and run.stop < count * 0.4:
            start = run.stop
        if run.stop == count and run.start > count * 0.6:
            stop = run.start
    return start, stop


def _peak(found: Evidence, at: int) -> float:
    return float(found.value[max(0, at - 2) : at + 3].max())


def split(sheet: Sheet) -> Rows:
    """Cut a page nothing is known about, first across or down, then each part."""
    return _in_rows(_split(sheet, sheet.whole, 0))


def crossing(sheet: Sheet) -> Rows | None:
    """Return the finest even grid whose every cut shows, if there is one."""
    down, across = sheet.evidence(sheet.whole, 0), sheet.evidence(sheet.whole, 1)
    counts = [_even_counts(found) for found in (down, across)]
    if not (counts[0] and counts[1]):
        return None
    return ordered(sheet, max(counts[0]), max(counts[1]))


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


def _split(sheet: Sheet, region: Box, depth: int, gutter: Colour | None = None) -> list[Box]:
    """Cut a region along the axis that shows the better cuts, then its parts.

    Where the page was first cut along wide gutters, its parts are cut along gutters of that colour.
    """
    options: list[tuple[float, int, list[int], Evidence]] = []
    for axis in (0, 1) if min(region.width, region.height) >= 40 and depth < 4 else ():
        found = sheet.evidence(region, axis)
        if gutter:
            found = found.along(gutter)
        cuts = _strong(found)
        if cuts:
            options.append((min(_peak(found, at) for at in cuts), axis, cuts, found))
    if not options:
        return [region]
    _, axis, cuts, found = max(options, key=lambda option: option[:2])
    gutter = gutter or found.colour_of(cuts)
    start, stop = (region.top, region.bottom) if axis == 0 else (region.left, region.right)
    parts: list[Box] = []
    for first, last in _parts(found, [0, *cuts, stop - start]):
        near, far = start + first, start + last
        part = (
            Box(region.left, near, region.right, far)
            if axis == 0
            else Box(near, region.top, far, region.bottom)
        )
        parts += _split(sheet, part, depth + 1, gutter)
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


def apart(sheet: Sheet, layout: tuple[int, int] | None, *, faint: bool) -> Rows | None:
    """Return panels that simply stand apart on a plain page, if that is how this one is made."""
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
    return rows if held > _HELD else None


def _in_rows(boxes: Sequence[Box]) -> tuple[tuple[Box, ...], ...]:
    """Return boxes in reading order: rows by their tops, each from left to right."""
    rows: list[list[Box]] = []
    for box in sorted(boxes, key=lambda one: (one.top, one.left)):
        if rows and box.top < rows[-1][0].top + 0.5 * min(box.height, rows[-1][0].height):
            rows[-1].append(box)
        else:
            rows.append([box])
    return tuple(tuple(sorted(row, key=lambda one: one.left)) for row in rows)
