"""One clean single view cut out of a sheet of many: the reference that holds one person once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from stillreel.measure.nouns import Box
from stillreel.measure.people.figure import lab_of
from stillreel.measure.people.instances import instances, look, somebody
from stillreel.measure.pictures import thumbnail

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.measure.nouns import Image
    from stillreel.measure.people.heads import Somebody
    from stillreel.measure.people.instances import Found

_WORKING = 1024
_MARGIN = 0.03
"""Page left round the figure, as a share of its box's middling side."""
_TALL = 0.4
"""Shortest figure, as a share of the tallest."""
_TRIES = 6
_NEAR = 3
"""Pixels round a figure that stay as they are."""


@dataclass(frozen=True, slots=True)
class Single:
    """One view of one character."""

    box: Box
    """Where it is on the sheet."""
    picture: Image
    """(height, width, 3) BGR pixels of the box; what belongs to others is painted as page."""
    clean: bool
    """True when the box itself holds nobody else; False when others had to be painted out."""


def single(image: Image) -> Single | None:
    """Return one whole figure with nobody else in it, or None where there is none.

    The count is taken again on what is returned, and must be one.

    Args:
        image: (height, width, 3) BGR pixels of a sheet.
    """
    small = thumbnail(image, _WORKING)
    lab = lab_of(small)
    found = look(small, lab, strict=False)
    people = _by_promise(somebody(found, lab))[:_TRIES]
    height, width = small.shape[:2]
    scale = image.shape[1] / width
    for one in people:
        box = grown(one.part.box, [], width, height)
        large = _scaled(box, scale)
        crop = large.crop(image)
        if instances(crop).count == 1:
            return Single(large, crop, clean=True)
        lifted = _lifted(crop, one, box, found)
        if instances(lifted).count == 1:
            return Single(large, lifted, clean=False)
    return None


def grown(box: Box, others: Sequence[Box], width: int, height: int) -> Box:
    """Return a box with a margin that takes nothing of the others and stays on the page."""
    return box.grown(max(3, round(_MARGIN * box.area**0.5)), others, width, height)


def _by_promise(people: Sequence[Somebody]) -> list[Somebody]:
    """Return who could stand for the sheet: whole, faced, tall, and apart from the others."""
    if not people:
        return []
    tall = max(one.part.box.height for one in people)
    most = max(one.part.area for one in people)
    large = [one for one in people if one.part.box.height > _TALL * tall]

    def promise(one: Somebody) -> tuple[float, Box]:
        box = one.part.box
        crowd = sum(box.shared(other.part.box) for other in people if other is not one)
        worth = (
            (box.height / tall)
            * (one.part.area / most) ** 0.25
            * (1 - min(1.0, 3 * crowd / box.area))
        )
        worth *= 1.0 if one.part.whole else 0.7
        worth *= 1.0 if one.face else 0.8
        worth *= min(1.0, box.height / box.width / 1.3)
        return (-worth, box)

    return sorted(large, key=promise)


def _lifted(crop: Image, one: Somebody, box: Box, found: Found) -> Image:
    """Return the crop with everything but somebody painted as the page beside it."""
    import cv2

    height, width = crop.shape[:2]
    own = np.zeros((box.height, box.width), np.uint8)
    inner = one.part.box
    top, left = inner.top - box.top, inner.left - box.left
    own[top : top + inner.height, left : left + inner.width] = one.part.shape
    own = cv2.dilate(own, np.ones((2 * _NEAR + 1, 2 * _NEAR + 1), np.uint8))
    drawn = cv2.dilate(box.crop(found.drawn).astype(np.uint8), np.ones((5, 5), np.uint8))
    clear = np.minimum(1 - np.asarray(drawn, np.uint8), 1 - np.asarray(own, np.uint8))
    size = (width, height)
    page = np.asarray(cv2.resize(clear, size, interpolation=cv2.INTER_NEAREST), np.uint8)
    keep = np.asarray(cv2.resize(own, size, interpolation=cv2.INTER_NEAREST), np.uint8)
    reach = (max(3, height // 4), max(3, width // 4))
    weight = cv2.blur(page.astype(np.float32), reach[::-1])
    colour = cv2.blur(crop.astype(np.float32) * page[:, :, None], reach[::-1])
    some = crop[page > 0] if page.any() else crop.reshape(-1, 3)
    paint = np.where(
        weight[:, :, None] > 0.01,
        colour / np.maximum(weight, 1e-3)[:, :, None],
        np.median(some, axis=0),
    )
    lifted = np.where((keep | page)[:, :, None] > 0, crop, paint.round())
    return lifted.astype(np.uint8)


def _scaled(box: Box, scale: float) -> Box:
    return Box(*(round(edge * scale) for edge in (box.left, box.top, box.right, box.bottom)))
