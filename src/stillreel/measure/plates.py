"""Single views cut out of a character sheet, by what stands apart on its plain page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.measure.figure import lab_of, page_of
from stillreel.measure.nouns import Box, Plate
from stillreel.measure.pictures import thumbnail

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from stillreel.measure.nouns import Image, PlateRole

_TURNS: dict[int, tuple[PlateRole, ...]] = {
    1: ("front",),
    2: ("front", "back"),
    3: ("front", "side", "back"),
    4: ("front", "three-quarter", "side", "back"),
    5: ("front", "three-quarter", "side", "other", "back"),
}
"""Roles of the views of a turnaround from left to right, by how many there are."""
_WORKING = 900
_FAR = 9.0
_SPECK = 0.002
_MARGIN = 0.04


def cut(image: Image) -> tuple[Plate, ...]:
    """Return the views found on a sheet: bodies left to right, then faces in reading order.

    Args:
        image: (height, width, 3) BGR pixels of a sheet on a plain page.
    """
    small = thumbnail(image, _WORKING)
    scale = image.shape[1] / small.shape[1]
    lab = lab_of(small)
    page, _ = page_of(lab)
    mask = np.linalg.norm(lab - page, axis=2) > _FAR
    boxes = _things(mask)
    bodies, heads = _sorted(boxes)
    roles = _TURNS.get(len(bodies), ("front", *("other",) * max(0, len(bodies) - 1)))
    named: list[tuple[PlateRole, Box]] = list(zip(roles, bodies, strict=True))
    named += [("face" if at == 0 else "other", box) for at, box in enumerate(heads)]
    return tuple(
        Plate(role, _grown(box, boxes, scale, image.shape), _is_clean(box, mask, boxes))
        for role, box in named
    )


def _things(mask: NDArray[np.bool_]) -> list[Box]:
    """Return the boxes of what stands apart on the page, specks dropped, pieces joined."""
    import cv2

    closed = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(closed, connectivity=8)
    least = mask.size * _SPECK
    found: list[Box] = []
    for row in stats[1:count]:
        left, top, width, height, area = (int(value) for value in row)
        if area >= least:
            found.append(Box(left, top, left + width, top + height))
    return found


def _sorted(boxes: Sequence[Box]) -> tuple[list[Box], list[Box]]:
    """Return whole bodies left to right, and heads in reading order."""
    if not boxes:
        return [], []
    tallest = max(box.height for box in boxes)
    bodies = sorted(box for box in boxes if box.height > 0.6 * tallest)
    heads = [
        box for box in boxes if box.height <= 0.6 * tallest and 0.4 < box.width / box.height < 2.5
    ]
    return bodies, sorted(heads, key=lambda box: (box.top // max(1, box.height), box.left))


def _grown(box: Box, others: Sequence[Box], scale: float, shape: tuple[int, ...]) -> Box:
    """Return the box in sheet pixels with a margin that takes nothing of its neighbours."""
    margin = round(box.height * _MARGIN)
    left, right = box.left - margin, box.right + margin
    for other in others:
        if other is box or other.bottom < box.top or other.top > box.bottom:
            continue
        if other.right <= box.left:
            left = max(left, (other.right + box.left) // 2)
        elif other.left >= box.right:
            right = min(right, (other.left + box.right) // 2)
    return Box(
        max(0, int(left * scale)),
        max(0, int((box.top - margin) * scale)),
        min(shape[1], round(right * scale)),
        min(shape[0], round((box.bottom + margin) * scale)),
    )


def _is_clean(box: Box, mask: NDArray[np.bool_], others: Sequence[Box]) -> bool:
    height, width = mask.shape
    inside = box.left > 0 and box.top > 0 and box.right < width and box.bottom < height
    alone = not any(other is not box and box.overlap(other) > 0 for other in others)
    return inside and alone
