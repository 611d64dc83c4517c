"""Panels cut back out of a page, from its pixels alone.

A page is cut in every way that may be the right one; each cut is proved by how well the sides of
its panels show and how far the other cuts agree with it, and the best proved one is the answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.errors import MediaError, UsageError
from stillreel.measure.nouns import Box, PanelCut
from stillreel.measure.page import cuts
from stillreel.measure.page.edge import sharpen
from stillreel.measure.page.paper import laid_flat
from stillreel.measure.page.proof import agreements, likely, shown, worth
from stillreel.measure.page.trim import Sheet, settle, without_captions
from stillreel.measure.people.figure import lab_of
from stillreel.measure.pictures import thumbnail

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.measure.nouns import Image
    from stillreel.measure.page.trim import Rows

_WORKING = 1024
"""Longest side in pixels at which cuts are looked for; edges are then read at full size."""
_PAGE_SIDE = 48
"""Shortest side in pixels of anything that is taken for a page."""
_PROVED = 0.5
"""Worth from which a cut of unknown layout is believed, and the picture not left whole."""
_ALONE = 0.8
"""How far a cut of unknown layout is trusted that no second way of cutting can confirm."""


def panels(image: Image, layout: tuple[int, int] | None = None) -> PanelCut:
    """Return the panels of a page.

    Args:
        image: (height, width, 3) BGR pixels.
        layout: rows and columns the page was ordered with; None looks for panels, and leaves a
            single picture whole.

    Raises:
        UsageError: the layout has no rows or no columns.
        MediaError: the picture is too small for the layout.
    """
    import cv2

    cv2.setNumThreads(1)
    height, width = image.shape[:2]
    if layout == (1, 1) or (layout is None and min(height, width) < _PAGE_SIDE):
        return PanelCut((Box(0, 0, width, height),), 1, 1, grid=False, confidence=1.0)
    if layout and min(layout) < 1:
        raise UsageError(
            f"A page of {layout[0]} x {layout[1]} has no panels.",
            next_step="Write rows x columns, like 3x3.",
        )
    if layout and (height < 8 * layout[0] or width < 8 * layout[1]):
        raise MediaError(
            f"The picture is too small to hold {layout[0]} x {layout[1]} panels.",
            next_step="Order the board again.",
        )
    small = thumbnail(image, _WORKING)
    sheet = Sheet.of(lab_of(small))
    laid = laid_flat(small) if sheet.drawn is None else None
    if laid:
        rows, sure = _cut(laid[0], Sheet.of(lab_of(laid[0])), layout)
        if sum(len(row) for row in rows) > 1:
            scale = width / small.shape[1]
            return _answer(
                tuple(tuple(_in_photograph(box, laid[1], scale) for box in row) for row in rows),
                sure,
            )
    return _answer(*_cut(image, sheet, layout))


def _answer(rows: Rows, sure: float) -> PanelCut:
    flat = tuple(box for row in rows for box in row)
    widths = {len(row) for row in rows}
    grid = len(widths) == 1 and len(flat) > 1
    return PanelCut(flat, len(rows), max(widths), grid, round(sure, 4))


def _cut(image: Image, sheet: Sheet, layout: tuple[int, int] | None) -> tuple[Rows, float]:
    """Return the panels of a page that fills the picture, and how sure that is."""
    tries = _tries(sheet, layout)
    flat = [[box for row in rows for box in row] for rows in tries]
    proofs = [shown(sheet, boxes) for boxes in flat]
    worths = [worth(sheet, rows, seen) for rows, seen in zip(tries, proofs, strict=True)]
    if not layout and max(worths, default=0) < _PROVED:
        return ((Box(0, 0, image.shape[1], image.shape[0]),),), _whole(sheet)
    agreed = agreements(flat, alone=1.0 if layout else _ALONE)
    best = int(np.argmax(np.array(worths) * agreed))
    rows = without_captions(sheet, tries[best])
    sure = min(proofs[best]) * agreed[best]
    return sharpen(image, rows, image.shape[1] / sheet.whole.right), sure


def _tries(sheet: Sheet, layout: tuple[int, int] | None) -> list[Rows]:
    """Return all cuts that may be the right one; none for a single picture."""
    cells = [cuts.ordered(sheet, *layout)] if layout else [cuts.split(sheet), cuts.crossing(sheet)]
    found = [settle(sheet, rows) for rows in cells if rows]
    apart = (cuts.apart(sheet, layout, faint=faint) for faint in (False, True))
    tries = [rows for rows in (*found, *apart) if rows]
    return tries if layout else [rows for rows in tries if likely(sheet, rows)]


def _in_photograph(box: Box, back: NDArray[np.float64], scale: float) -> Box:
    """Return where a box of a sheet seen square on lies in its photograph."""
    import cv2

    left, top, right, bottom = box.left, box.top, box.right, box.bottom
    corners = np.array([[(left, top), (right, top), (right, bottom), (left, bottom)]], np.float32)
    x, y = np.sort(cv2.perspectiveTransform(corners, back)[0] * scale, axis=0).T
    sides = x[:2].mean(), y[:2].mean(), x[2:].mean(), y[2:].mean()
    return Box(*(round(float(side)) for side in sides))


def _whole(sheet: Sheet) -> float:
    """Return how sure it is that a picture is no page: how far its best cut is from being one."""
    best = max(
        float(sheet.evidence(sheet.whole, axis).seam[8:-8].max(initial=0.0)) for axis in (0, 1)
    )
    return round(min(1.0, max(0.0, 1.2 - best)), 4)
