"""Contact sheets: many pictures on one page, each with a label."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.measure.nouns import Image

_PAPER = (28, 26, 24)
_INK = (222, 226, 230)
_GAP = 12
_LABEL = 26


def contact_sheet(
    pictures: Sequence[tuple[str, Image]], *, columns: int = 3, cell: int = 400
) -> Image:
    """Return one page of pictures in reading order, each with its label under it.

    Args:
        pictures: label and (height, width, 3) BGR pixels; shapes may differ.
        columns: pictures in a row.
        cell: width of a picture on the page, in pixels; heights follow the tallest in a row.

    Returns:
        (height, width, 3) BGR pixels.
    """
    import cv2

    cv2.setNumThreads(1)
    font = cv2.FontFace("sans")
    columns = max(1, min(columns, len(pictures)))
    rows = [pictures[at : at + columns] for at in range(0, len(pictures), columns)]
    strips = [_strip(row, columns, cell, font) for row in rows]
    width = columns * (cell + _GAP) + _GAP
    edge = np.full((_GAP, width, 3), _PAPER, np.uint8)
    return np.vstack([edge, *strips])


def _strip(row: Sequence[tuple[str, Image]], columns: int, cell: int, font: object) -> Image:
    import cv2

    fitted = [(label, _fit(image, cell)) for label, image in row]
    tall = max(image.shape[0] for _, image in fitted)
    strip = np.full((tall + _LABEL + _GAP, columns * (cell + _GAP) + _GAP, 3), _PAPER, np.uint8)
    for at, (label, image) in enumerate(fitted):
        left = _GAP + at * (cell + _GAP)
        top = (tall - image.shape[0]) // 2
        strip[top : top + image.shape[0], left : left + image.shape[1]] = image
        words = label if len(label) * 8 < cell else label[: max(1, cell // 8 - 1)] + "…"
        cv2.putText(strip, words, (left, tall + 18), _INK, font, 14, 400)  # pyright: ignore[reportCallIssue, reportArgumentType]
    return strip


def _fit(image: Image, cell: int) -> Image:
    """Return the picture `cell` pixels wide, and no taller than twice that."""
    import cv2

    height, width = image.shape[:2]
    scale = min(cell / width, 2 * cell / height)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    return cast("Image", cv2.resize(image, size, interpolation=how))
