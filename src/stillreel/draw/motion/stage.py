"""Sheets that the camera moves: a bottom picture, and what acts or stands on it.

A sheet is put together at its own size and only where something changed; the camera then samples
the finished sheet once per frame. So a new drawing of a figure costs its own box, and a moving
camera costs one sampling per sheet, however many layers were merged into it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Protocol

from stillreel.draw.box import Box, join, meet
from stillreel.draw.motion.patches import BLOCK, SOLID, Patch, cut, grid
from stillreel.draw.motion.planar import Planar, even, lay, put
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
        slack: pixels this sheet may lag behind the camera before it is sampled again.
    """

    def __init__(
        self, near: float, bottom: Planar, items: Sequence[Item] = (), slack: float = 0.0
    ) -> None:
        self.near = near
        self.slack = slack
        self._bottom = bottom
        self._items: list[Planar | _Shown] = [
            item if isinstance(item, Planar) else _Shown(item) for item in items
        ]
        self.acted = any(isinstance(item, _Shown) for item in self._items)
        self.picture = bottom.copy() if items else bottom
        for item in self._items:
            if isinstance(item, Planar):
                lay(self.picture, item)
        self._fields = grid(self.picture)
        self._patches: list[Patch] | None = None

    @property
    def solid_from(self) -> int:
        """First row of the sheet below which nothing shows through."""
        import numpy as np

        loose = np.flatnonzero((self._fields != SOLID).any(axis=1))
        rows = (int(loose[-1]) + 1) * BLOCK if len(loose) else 0
        return min(self.picture.top + rows, self.picture.box[3])

    @property
    def patches(self) -> list[Patch]:
        """Rectangles of the sheet that hold all there is to show."""
        if self._patches is None:
            # what acts is cut again at every drawing
            deep = 4 if self.acted else 7
            self._patches = cut(self._fields, *self.picture.box, deep=deep)
        return self._patches

    def advance(self, frame: int) -> list[Box]:
        """Bring the sheet to a frame; return the boxes in which its picture changed."""
        if not self.acted:
            return []
        dirty: list[Box] = []
        for item in self._items:
            if isinstance(item, Planar):
                continue
            drawing = item.actor.at(frame)
            if drawing is item.drawing:
                continue
            dirty.extend(each.box for each in (item.drawing, drawing) if each is not None)
            item.drawing = drawing
        places = [meet(even(box), self.picture.box) for box in merged(dirty)]
        mended = [place for place in places if place is not None]
        for place in mended:
            self._mend(place)
            if self.picture.through is not None:
                self._read(place)
        return mended

    def _mend(self, place: Box) -> None:
        under = self.picture.part(place)
        put(under, self._bottom.part(place))
        for item in self._items:
            drawing = item if isinstance(item, Planar) else item.drawing
            if drawing is not None:
                lay(under, drawing)

    def _read(self, place: Box) -> None:
        """Bring the fields in and around a mended box up to date."""
        import numpy as np

        left, top, right, bottom = self.picture.box
        # one field more on each side: ink near an edge counts for the neighbour as well
        x0, y0 = max(0, (place[0] - left) // BLOCK - 1), max(0, (place[1] - top) // BLOCK - 1)
        x1, y1 = -(-(place[2] - left) // BLOCK) + 1, -(-(place[3] - top) // BLOCK) + 1
        # and one beyond, which is only looked at
        ahead, above = min(1, x0), min(1, y0)
        seen = (
            left + (x0 - ahead) * BLOCK,
            top + (y0 - above) * BLOCK,
            min(right, left + (x1 + 1) * BLOCK),
            min(bottom, top + (y1 + 1) * BLOCK),
        )
        target = self._fields[y0:y1, x0:x1]
        fresh = grid(self.picture.part(seen))[above:, ahead:]
        fresh = fresh[: target.shape[0], : target.shape[1]]
        if not np.array_equal(target, fresh):
            target[:] = fresh
            self._patches = None

    def cover(self, placed: Placed, frame: Planar, scratch: Scratch, spot: Box) -> None:
        """Sample an opaque sheet into one even box of a frame."""
        _fill(self.picture, placed, frame.part(spot), scratch)

    def overlay(self, placed: Placed, frame: Planar, scratch: Scratch, spot: Box) -> None:
        """Lay a sheet with coverage over an even box of a frame, where it has something to show."""
        for patch in self.patches:
            inside = meet(framed(patch.box, placed), spot)
            if inside is None:
                continue
            if patch.solid:
                _fill(self.picture, placed, frame.part(inside), scratch)
            else:
                self._blend(inside, placed, frame, scratch)

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

    def extent(self, placed: Placed) -> Box | None:
        """Return the box of a frame outside which the sheet shows nothing."""
        boxes = [framed(patch.box, placed) for patch in self.patches]
        return None if not boxes else reduce(join, boxes)


def framed(box: Box, placed: Placed) -> Box:
    """Return where a box of a sheet is in the frame: every side at the nearest even pixel.

    Boxes that touch on the sheet touch in the frame, without overlap.
    """
    scale, (right, down) = placed.scale, placed.shift
    return (
        round((box[0] * scale + right) / 2) * 2,
        round((box[1] * scale + down) / 2) * 2,
        round((box[2] * scale + right) / 2) * 2,
        round((box[3] * scale + down) / 2) * 2,
    )


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
