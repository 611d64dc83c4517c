"""Single views cut out of a character sheet, by what stands apart on its plain page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.measure.nouns import Box, Plate
from stillreel.measure.people.figure import lab_of, page_of
from stillreel.measure.people.instances import look, somebody
from stillreel.measure.pictures import thumbnail

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from stillreel.measure.nouns import Image, PlateRole
    from stillreel.measure.people.figure import Lab

    Mask = NDArray[np.bool_]

_TURNS: dict[int, tuple[PlateRole, ...]] = {
    0: (),
    1: ("front",),
    2: ("front", "back"),
    3: ("front", "side", "back"),
    4: ("front", "three-quarter", "side", "back"),
    5: ("front", "three-quarter", "side", "other", "back"),
}
"""Roles of the views of a turnaround from left to right, by how many there are."""
_WORKING = 1024
_FAR = 7.0
"""Distance in Lab units from which a pixel is no longer the page."""
_SPECK = 0.0015
"""Smallest view, as a share of the sheet."""
_CARD = 0.93
"""Share of its box that a picture or a card fills."""
_SURE = 0.7
"""How sure it must be that a view is somebody, to be clean."""
_MARGIN = 0.03
_LEVEL = 0.04
"""How far feet of one row stand apart, as a share of the sheet's height."""
_FIELD = 0.4
"""Share of the sheet from which a thing is a field of it or several bodies, not one view."""
_FLAT = 6.0
"""Distance in Lab units within which the pixels of a swatch lie."""


def cut(image: Image) -> tuple[Plate, ...]:
    """Return the views found on a sheet: bodies left to right, then faces in reading order.

    The first calm face is `face`, the others are `other`. A sheet whose views simply stand apart
    on a plain page, as a turnaround was asked for, is cut at once; of any other the people are
    found first.

    Args:
        image: (height, width, 3) BGR pixels of a sheet.
    """
    small = thumbnail(image, _WORKING)
    scale = image.shape[1] / small.shape[1]
    lab = lab_of(small)
    page, plain = page_of(lab)
    mask = np.linalg.norm(lab - page, axis=2) > _FAR
    things = _things(mask)
    views = [box for box in things if not _is_swatch(box, lab, mask)]
    named = _named(views, mask.shape[0])
    clean = [plain > 0.6 and _is_view(box, things, mask) for _, box in named]
    bodies = sum(role not in {"face", "other"} for role, _ in named)
    if sum(clean[:bodies]) < 2:
        return _peopled(small, lab, scale)
    return tuple(
        Plate(role, _scaled(_grown(box, things, mask.shape), scale), good)
        for (role, box), good in zip(named, clean, strict=True)
    )


def _peopled(small: Image, lab: Lab, scale: float) -> tuple[Plate, ...]:
    """Cut a sheet on which other things stand too: garments, words, frames."""
    found = look(small, lab, strict=False)
    people = {one.part.box: one for one in somebody(found, lab)}
    named = _named(list(people), small.shape[0])
    plates: list[Plate] = []
    for role, box in named:
        one = people[box]
        grown = _grown(box, list(people), small.shape)
        alone = one.heads < 2 and one.part.whole and one.sure >= _SURE
        inside = found.plain > 0.6 and _is_clean(grown, box, found.drawn)
        plates.append(Plate(role, _scaled(grown, scale), alone and inside))
    return tuple(plates)


def _named(views: Sequence[Box], height: int) -> list[tuple[PlateRole, Box]]:
    """Return views with what they show: bodies left to right, then faces."""
    bodies = _bodies(views, height)
    heads = _heads([box for box in views if box not in bodies], bodies)
    roles = _TURNS.get(len(bodies), ("front",) + ("other",) * (len(bodies) - 1))
    named: list[tuple[PlateRole, Box]] = [*zip(roles, bodies, strict=True)]
    for at, box in enumerate(heads):
        named.append(("other" if at else "face", box))
    return named


def _is_view(box: Box, things: Sequence[Box], mask: Mask) -> bool:
    """True for a whole view on the plain page: no picture or card with corners of its own."""
    filled = float(box.crop(mask).mean()) > _CARD
    return not filled and _is_clean(_grown(box, things, mask.shape), box, mask)


def _things(mask: Mask) -> list[Box]:
    """Return the boxes of what stands apart on the page, specks dropped, pieces joined."""
    import cv2

    cv2.setNumThreads(1)
    closed = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    outlines, _ = cv2.findContours(closed, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    found: list[Box] = []
    for outline in outlines:
        left, top, width, height = cv2.boundingRect(outline)
        if cv2.contourArea(outline) >= mask.size * _SPECK:
            found.append(Box(left, top, left + width, top + height))
    return sorted(found)


def _is_swatch(box: Box, lab: Lab, mask: Mask) -> bool:
    """True for a patch of one colour, filled to its corners, with or without words under it."""
    patch = Box(box.left, box.top, box.right, box.top + max(1, box.height // 3))
    if patch.crop(mask).mean() < 0.85:
        return False
    colours = patch.crop(lab).reshape(-1, 3)
    near = np.linalg.norm(colours - np.median(colours, axis=0), axis=1) < _FLAT
    return float(near.mean()) > 0.8


def _bodies(views: Sequence[Box], height: int) -> list[Box]:
    """Return the views that stand side by side on one floor, left to right.

    Of all rows the one with the most drawing on it is the turnaround; a lone tall view counts.
    """
    best: list[Box] = []
    for floor in views:
        row = [box for box in views if abs(box.bottom - floor.bottom) <= _LEVEL * height]
        tall = max(box.height for box in row)
        row = [box for box in row if box.height > 0.6 * tall]
        if sum(box.area for box in row) > sum(box.area for box in best):
            best = row
    return sorted(best)


def _heads(views: Sequence[Box], bodies: Sequence[Box]) -> list[Box]:
    """Return faces in reading order: what is left and has about the size of the largest."""
    heads = [box for box in views if 0.6 < box.width / box.height < 2.5]
    if not heads or not bodies:
        return []
    large = max(box.height for box in heads)
    heads = [box for box in heads if box.height > 0.6 * large]
    return sorted(heads, key=lambda box: (box.bottom // max(1, large), box.left))


def _grown(box: Box, others: Sequence[Box], shape: tuple[int, ...]) -> Box:
    """Return the box with a margin that takes nothing of its neighbours."""
    margin = max(2, round(box.height * _MARGIN))
    return box.grown(margin, others, shape[1], shape[0])


def _scaled(box: Box, scale: float) -> Box:
    return Box(*(round(edge * scale) for edge in (box.left, box.top, box.right, box.bottom)))


def _is_clean(grown: Box, box: Box, mask: Mask) -> bool:
    """True when the figure is whole inside the sheet and nothing else is on the plate's rim."""
    height, width = mask.shape
    if box.left <= 0 or box.top <= 0 or box.right >= width or box.bottom >= height:
        return False
    if box.area > _FIELD * mask.size:
        return False
    plate = grown.crop(mask)
    rim = np.concatenate([plate[0], plate[-1], plate[:, 0], plate[:, -1]])
    return float(rim.mean()) < 0.02
