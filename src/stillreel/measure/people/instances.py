"""How often somebody is depicted in a picture.

The embedded tier counts what stands apart: on a plain page every thing that has a head, in a
grid of cells whatever each cell holds. In a busy scene it cannot exclude that somebody is there
twice, so it does not count there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from stillreel.measure.nouns import Box, Instances
from stillreel.measure.people.figure import lab_of
from stillreel.measure.people.ground import ground
from stillreel.measure.people.heads import Cast, Somebody
from stillreel.measure.people.parts import Part, parts
from stillreel.measure.people.touching import apart, has_twin
from stillreel.measure.pictures import thumbnail

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.measure.nouns import Image, Kind
    from stillreel.measure.people.ground import Lab, Mask

_WORKING = 1024
_CELLS_AT = 512
"""Longest side in pixels at which a grid of cells is looked for."""
_SMALLEST = 48
"""Shortest side in pixels of a picture that is looked at."""
_PLAIN = 0.55
"""How plain a page must be for what stands on it to be told apart."""
_SURE_ONE = 0.75
"""How plain it must be to say that somebody is there just once."""
_GRID = 0.6
"""How sure the cut must be for a page to be taken for a grid of cells."""
_FEW = 4
"""Fewer cells than this make no grid of pictures: a horizon cuts a picture in two as well."""
_TRUST = 0.2
"""How much surer a cut must be than the page is plain, to go through what stands on the page."""
_ONE_EACH = 0.4
"""How sure it is that a busy cell of a grid shows somebody, and once."""
_FACELESS = 0.7
"""How sure at most it is that things are people where not one of them has a face."""
_EDGE = 3
_RIM = 0.015
"""How much of a cell's rim is not looked at, as a share of its shorter side."""
_CUT_OFF = 0.25
"""Share of a cell's side from which what crosses it is cut off by the frame."""
_BAND = 0.15
"""Height of a band from which it is scenery, as a share of the page."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a page holds, before anything is decided."""

    things: tuple[Part, ...]
    pictures: tuple[Box, ...]
    """Cells that are busy pictures themselves."""
    plain: float
    """How plain the page is, 0..1."""
    kind: Kind
    drawn: Mask
    """(height, width), what is not page."""
    cells: tuple[Box, ...] = ()
    """The cells of a grid."""


def instances(image: Image, like: Image | None = None) -> Instances:
    """Count the depictions of characters in a sheet, a panel or a frame.

    Args:
        image: (height, width, 3) BGR pixels.
        like: the reference, one figure, (height, width, 3) BGR pixels: count also those that look
            like it.
    """
    import cv2

    cv2.setNumThreads(1)
    small = thumbnail(image, _WORKING)
    lab = lab_of(small)
    found = look(small, lab)
    scale = image.shape[1] / small.shape[1]
    people = somebody(found, lab)
    boxes = _reading([one.part.box for one in people] + list(found.pictures))
    count: int | None = len(boxes)
    if (
        found.kind == "busy scene"
        or not boxes
        or (count == 1 and not _just_one(found, people, lab))
    ):
        count = None
    sure = _confidence(found, people) if count is not None else 0.0
    large = tuple(_scaled(box, scale, image) for box in boxes)
    same = _same(image, large, like) if like is not None and count is not None else None
    return Instances(count, large, same, sure, "embedded", found.kind)


def _just_one(found: Found, people: Sequence[Somebody], lab: Lab) -> bool:
    """True when a second copy can be excluded.

    The page is plain and of one colour, nothing but the figure's own foot reaches its border, and
    the figure has one head.
    """
    if not people or found.pictures or people[0].heads > 1 or has_twin(people[0].part, lab):
        return False
    page = Box(0, 0, lab.shape[1], lab.shape[0])
    if max(_cut_off([people[0].part], page)[:3]) > _CUT_OFF:
        return False
    return found.plain >= _SURE_ONE


def somebody(found: Found, lab: Lab) -> list[Somebody]:
    """Return the things of a page that are depictions of somebody."""
    cast = Cast.of(found.things, lab)
    people = cast.among(found.things, lab)
    for cell in found.cells:
        if any(cell.shared(one.part.box) for one in people):
            continue
        inside = [thing for thing in found.things if cell.shared(thing.box)]
        people += cast.likely(inside, lab)
    return people


def look(image: Image, lab: Lab, *, strict: bool = True) -> Found:
    """Return what stands on a page or in its cells.

    Args:
        image: (height, width, 3) BGR pixels.
        lab: the same as CIE Lab.
        strict: take a page whose frame cuts off what is drawn on it for a scene.
    """
    height, width = lab.shape[:2]
    whole = Box(0, 0, width, height)
    if min(height, width) < _SMALLEST:
        return Found((), (), 0.0, "busy scene", np.ones((height, width), np.bool_))
    things, plain, drawn = _on_page(lab, whole)
    cells, sure = _cells(image)
    plainer = plain >= _PLAIN and sure < plain + _TRUST
    if len(cells) > 1 and not (plainer and _cut_through(things, cells)):
        gridded = _in_cells(lab, cells)
        if len(cells) >= _FEW or not gridded.pictures:
            return gridded
    cut_off = strict and len(things) > 1 and _is_framed(things, whole)
    if plain < _PLAIN or cut_off or _is_scenery(things, whole):
        return Found((), (), plain, "busy scene", drawn)
    return _with_cards(lab, things, plain, drawn)


def _on_page(lab: Lab, box: Box) -> tuple[list[Part], float, Mask]:
    """Return what stands in a part of the page, how plain the page is there, what is drawn."""
    seen = box.crop(lab)
    page = ground(seen)
    plain = page.plain
    if plain < _PLAIN:
        return [], plain, page.mask
    found: list[Part] = []
    for thing in parts(page.mask, seen):
        found += [thing] if thing.card else apart(thing, seen)
    moved = [
        Part(_moved(one.box, box.left, box.top), one.shape, one.card, one.whole) for one in found
    ]
    return moved, plain, page.mask


def _is_scenery(things: Sequence[Part], page: Box) -> bool:
    """True when a floor or a backdrop runs from one side of the picture to the other."""
    return any(
        thing.box.left <= page.left + _EDGE
        and thing.box.right >= page.right - _EDGE
        and thing.box.height > _BAND * page.height
        for thing in things
    )


def _is_framed(things: Sequence[Part], cell: Box) -> bool:
    """True when a cell is a picture whose frame cuts off what is drawn in it, such as a bust."""
    return max(_cut_off(things, cell)) > _CUT_OFF


def _cut_off(things: Sequence[Part], cell: Box) -> tuple[float, float, float, float]:
    """Return which shares of the left, right, upper and lower side things run across."""
    rows, cols = np.zeros((2, cell.height), np.bool_), np.zeros((2, cell.width), np.bool_)
    for thing in things:
        box = thing.box
        down = slice(box.top - cell.top, box.bottom - cell.top)
        across = slice(box.left - cell.left, box.right - cell.left)
        if box.left <= cell.left + _EDGE:
            rows[0, down] |= thing.shape[:, : 2 * _EDGE].any(axis=1)
        if box.right >= cell.right - _EDGE:
            rows[1, down] |= thing.shape[:, -2 * _EDGE :].any(axis=1)
        if box.top <= cell.top + _EDGE:
            cols[0, across] |= thing.shape[: 2 * _EDGE].any(axis=0)
        if box.bottom >= cell.bottom - _EDGE:
            cols[1, across] |= thing.shape[-2 * _EDGE :].any(axis=0)
    left, right, top, bottom = (float(side.mean()) for side in (*rows, *cols))
    return left, right, top, bottom


def _with_cards(lab: Lab, things: Sequence[Part], plain: float, drawn: Mask) -> Found:
    """Look into the cards of a plain page: pages of their own, or pictures."""
    loose = [thing for thing in things if not thing.card]
    pictures: list[Box] = []
    for card in (thing for thing in things if thing.card):
        inner = _inset(card.box, 0.02)
        held, calm, mask = _on_page(lab, inner)
        if calm >= _SURE_ONE and not _is_framed(held, inner):
            inner.crop(drawn)[:] = mask
            loose += [one for one in held if not one.card]
        else:
            pictures.append(card.box)
    kind: Kind = "grid of cells" if len(pictures) > len(loose) else "plain sheet"
    return Found(tuple(loose), tuple(pictures), plain, kind, drawn)


def _in_cells(lab: Lab, cells: Sequence[Box]) -> Found:
    loose: list[Part] = []
    pictures: list[Box] = []
    calm: list[float] = []
    drawn = np.ones(lab.shape[:2], np.bool_)
    for cell in cells:
        inner = _inset(cell, _RIM)
        held, plain, mask = _on_page(lab, inner)
        inner.crop(drawn)[:] = mask
        if plain >= _SURE_ONE and not _is_scenery(held, inner) and not _is_framed(held, inner):
            loose += held
            calm.append(plain)
        else:
            pictures.append(cell)
    plain = float(np.mean(calm)) if calm else 0.0
    return Found(tuple(loose), tuple(pictures), plain, "grid of cells", drawn, tuple(cells))


def _cells(image: Image) -> tuple[tuple[Box, ...], float]:
    """Return the cells of a grid, none where there is no grid, and how sure the cut is."""
    from stillreel.measure.page.panels import panels

    small = thumbnail(image, _CELLS_AT)
    cut = panels(small)
    if not cut.grid or cut.confidence < _GRID:
        return (), 0.0
    scale = image.shape[1] / small.shape[1]
    return tuple(_scaled(box, scale, image) for box in cut.boxes), cut.confidence


def _cut_through(things: Sequence[Part], cells: Sequence[Box]) -> bool:
    """True when the cells' borders run through what stands on the page."""
    cut = whole = 0
    for thing in things:
        held = max(thing.box.shared(cell) for cell in cells)
        whole += thing.area
        cut += thing.area if held < 0.85 * thing.box.area else 0
    return cut > 0.1 * whole


def _same(image: Image, boxes: Sequence[Box], like: Image) -> int:
    from stillreel.measure.likeness.identity import identity

    return sum(identity(like, box.crop(image)).same for box in boxes)


def _confidence(found: Found, people: Sequence[Somebody]) -> float:
    """Return how sure the count is: a plain page, and things that are clearly somebody or not."""
    clear = float(np.mean([one.sure for one in people])) if people else 0.5
    if not any(one.face for one in people):
        clear = min(clear, _FACELESS)
    pictures = len(found.pictures) / max(1, len(found.pictures) + len(people))
    return round((1 - pictures) * min(1.0, found.plain) * clear + pictures * _ONE_EACH, 4)


def _reading(boxes: Sequence[Box]) -> list[Box]:
    """Return boxes in reading order: rows of what overlaps in height, each left to right."""
    rows: list[list[Box]] = []
    for box in sorted(boxes, key=lambda one: (one.top, one.left)):
        if rows and (box.top + box.bottom) / 2 < rows[-1][0].bottom:
            rows[-1].append(box)
        else:
            rows.append([box])
    return [box for row in rows for box in sorted(row, key=lambda one: (one.left, one.top))]


def _scaled(box: Box, scale: float, image: Image) -> Box:
    height, width = image.shape[:2]
    return Box(
        round(box.left * scale),
        round(box.top * scale),
        min(width, round(box.right * scale)),
        min(height, round(box.bottom * scale)),
    )


def _moved(box: Box, right: int, down: int) -> Box:
    return Box(box.left + right, box.top + down, box.right + right, box.bottom + down)


def _inset(box: Box, share: float) -> Box:
    by = max(2, round(share * min(box.width, box.height)))
    return Box(box.left + by, box.top + by, box.right - by, box.bottom - by)
