"""Sheets that the camera moves: a bottom picture, and what acts or stands on it.

A sheet is put together at its own size and only where something changed; the camera then samples
the finished sheet once per frame. So a new drawing of a figure costs its own box, and a moving
camera costs one sampling per sheet, however many layers were merged into it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from stillreel.draw.motion.planar import Box, Planar, even, join, lay, meet, put
from stillreel.draw.motion.sampling import COARSE, FINE, sample

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.draw.motion.camera import Placed
    from stillreel.draw.motion.sampling import Scratch


class Actor(Protocol):
    """Something on a sheet that changes from frame to frame."""

    def at(self, frame: int) -> Planar | None:
        """Return its drawing in place; the same object as long as nothing changes."""
        ...


Item = Planar | Actor
_SEAM = 8
"""Frame rows above the solid ones that are blended over the whole width."""


@dataclass(slots=True)
class _Shown:
    """What an actor looked like when the sheet was last put together."""

    actor: Actor
    drawing: Planar | None = None


class Sheet:
    """One sheet: everything on it moves alike.

    Args:
        near: subject's distance divided by this sheet's; 1 moves with the subject.
        bottom: what never changes; opaque, or with coverage.
        items: drawings and actors over it, back to front.
    """

    def __init__(self, near: float, bottom: Planar, items: Sequence[Item] = ()) -> None:
        self.near = near
        self._bottom = bottom
        self._items: list[Planar | _Shown] = [
            item if isinstance(item, Planar) else _Shown(item) for item in items
        ]
        self._acted = any(isinstance(item, _Shown) for item in self._items)
        self.picture = bottom.copy() if items else bottom
        self._ink, self._solid = _extent(bottom)
        for item in self._items:
            if isinstance(item, Planar):
                lay(self.picture, item)

    @property
    def opaque(self) -> bool:
        """Whether nothing shows through anywhere."""
        return self._bottom.through is None

    @property
    def solid_from(self) -> int:
        """First row of the sheet below which nothing shows through."""
        return self._solid

    def advance(self, frame: int) -> bool:
        """Bring the sheet to a frame; return whether its picture changed."""
        if not self._acted:
            return False
        dirty: list[Box] = []
        for item in self._items:
            if isinstance(item, Planar):
                continue
            drawing = item.actor.at(frame)
            if drawing is item.drawing:
                continue
            dirty.extend(each.box for each in (item.drawing, drawing) if each is not None)
            item.drawing = drawing
        for box in merged(dirty):
            self._mend(box)
        return bool(dirty)

    def _mend(self, box: Box) -> None:
        place = meet(even(box), self.picture.box)
        if place is None:
            return
        under = self.picture.part(place)
        put(under, self._bottom.part(place))
        for item in self._items:
            drawing = item if isinstance(item, Planar) else item.drawing
            if drawing is not None:
                lay(under, drawing)

    def cover(self, placed: Placed, frame: Planar, scratch: Scratch, rows: int) -> None:
        """Sample an opaque sheet into the first `rows` rows of a frame."""
        if rows > 0:
            width = frame.y.shape[1]
            _fill(self.picture, placed, frame.part((0, 0, width, rows)), scratch)

    def overlay(self, placed: Placed, frame: Planar, scratch: Scratch) -> None:
        """Lay a sheet with coverage over a frame, only where it has something to show."""
        height, width = frame.y.shape
        solid = _row(self._solid, placed, height)
        # rows that are only just solid are blended across: sampling mixes them with what is above
        seam = max(0, solid - _SEAM) if self._solid < self.picture.box[3] else height
        if solid < height:
            _fill(self.picture, placed, frame.part((0, solid, width, height)), scratch)
        if seam < solid:
            self._blend((0, seam, width, solid), placed, frame, scratch)
        for box in self._regions():
            left = int(box[0] * placed.scale + placed.shift[0])
            top = int(box[1] * placed.scale + placed.shift[1])
            right = int(box[2] * placed.scale + placed.shift[0]) + 1
            bottom = int(box[3] * placed.scale + placed.shift[1]) + 1
            spot = meet(even((left, top, right, bottom)), (0, 0, width, seam))
            if spot is not None:
                self._blend(spot, placed, frame, scratch)

    def _blend(self, spot: Box, placed: Placed, frame: Planar, scratch: Scratch) -> None:
        high, wide = spot[3] - spot[1], spot[2] - spot[0]
        own = Planar(
            scratch.keep("y", high, wide),
            scratch.keep("u", high // 2, wide // 2),
            scratch.keep("v", high // 2, wide // 2),
            scratch.keep("t", high, wide),
            scratch.keep("h", high // 2, wide // 2),
            spot[0],
            spot[1],
        )
        _fill(self.picture, placed, own, scratch)
        lay(frame, own)

    def _regions(self) -> list[Box]:
        boxes = [] if self._ink is None else [self._ink]
        for item in self._items:
            drawing = item if isinstance(item, Planar) else item.drawing
            if drawing is not None:
                boxes.append(drawing.box)
        return merged(boxes)


def merged(boxes: Sequence[Box]) -> list[Box]:
    """Join boxes that overlap until none do."""
    left = list(dict.fromkeys(boxes))
    done: list[Box] = []
    while left:
        box = left.pop(0)
        touching = [other for other in left if meet(box, other) is not None]
        if not touching:
            done.append(box)
            continue
        left = [other for other in left if other not in touching]
        for other in touching:
            box = join(box, other)
        left = [box, *left, *done]
        done = []
    return done


def clear_rows(sheets: Sequence[Sheet], placed: Sequence[Placed], height: int) -> int:
    """Return how many rows of the backmost sheet can be seen at all, even, at most `height`."""
    rows = height
    for sheet, place in zip(sheets[1:], placed[1:], strict=True):
        rows = min(rows, _row(sheet.solid_from, place, height))
    return rows


def _row(sheet_row: int, placed: Placed, height: int) -> int:
    """Return the first even frame row that is wholly below a sheet row."""
    exact = sheet_row * placed.scale + placed.shift[1] + placed.scale
    return max(0, min(height, -(-int(exact + 1) // 2) * 2))


def _fill(picture: Planar, placed: Placed, out: Planar, scratch: Scratch) -> None:
    scale = (placed.scale, placed.scale)
    right = placed.shift[0] + picture.left * placed.scale - out.left
    down = placed.shift[1] + picture.top * placed.scale - out.top
    for (plane, step), (target, _) in zip(picture.planes(), out.planes(), strict=False):
        fine = FINE if step == 1 else COARSE
        sample(plane, scale, (right / step, down / step), target, scratch, fine=fine)


def _extent(picture: Planar) -> tuple[Box | None, int]:
    """Return the box of what is inked above the solid rows, and the first solid row."""
    import numpy as np

    bottom = picture.top + picture.y.shape[0]
    if picture.through is None:
        return None, picture.top
    through = picture.through
    loose = np.flatnonzero(through.max(axis=1) > 0)
    solid = int(loose[-1]) + 1 if len(loose) else 0
    upper = through[:solid]
    # light without coverage counts as ink too
    inked = (upper < 255) | (picture.y[:solid] > 0)
    rows, columns = np.flatnonzero(inked.any(axis=1)), np.flatnonzero(inked.any(axis=0))
    if not len(rows):
        return None, min(picture.top + solid, bottom)
    ink = (
        picture.left + int(columns[0]),
        picture.top + int(rows[0]),
        picture.left + int(columns[-1]) + 1,
        picture.top + int(rows[-1]) + 1,
    )
    return even(ink), picture.top + solid
