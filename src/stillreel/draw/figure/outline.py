"""Outlines of joined convex volumes: every region of a body traced from one sheet of cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from stillreel.draw.figure.view import View

    Array = NDArray[np.float64]

_SHIFT = 5
_GAP = 8
"""Cells kept free around a region, so that neighbours do not blur into each other."""
_FEWEST_CELLS = 26.0
_MOST_CELLS = 220.0
_MOST_HARD_CELLS = 150.0
"""Across a region whose corners are not softened: its blur is seen nowhere but at joints."""
_HARD = 1e-6
_CELLS_PER_PIXEL = 2.0
_SIGMA = 1.4
"""Blur of the sheet in cells; a region whose corners are softer has larger cells."""
_LEVEL = 176
"""Level of the blurred sheet at which the outline lies: painting spreads by most of a cell."""
_CONVEX = (4, 14)
"""Quads of a surface and single discs need no hull."""
_SHEET = 420
_AWAY = 1e7
_EVEN = (0.5, 0.5)


@dataclass(frozen=True, slots=True)
class Outline:
    """One region: its border and the holes in it, screen pixels."""

    points: NDArray[np.float32]
    holes: tuple[NDArray[np.float32], ...] = ()


@dataclass(frozen=True, slots=True)
class Region:
    """Convex groups to be joined.

    `groups` are (N, 2) pixels each, of which the hull is filled, or (K, N, 2) convex polygons that
    do not overlap. `soften` is the pixels by which inner corners are rounded. `every` keeps all
    parts of the region with their holes, else the largest part alone is kept.
    """

    groups: Sequence[Array]
    soften: float = 0.0
    every: bool = False


def trace(view: View, regions: Sequence[Region]) -> list[list[Outline]]:
    """Return the smooth outlines of each region, in the order given; empty where none is seen."""
    made: list[list[Outline]] = [[] for _ in regions]
    many: list[int] = []
    for index, region in enumerate(regions):
        if len(region.groups) == 1 and region.groups[0].ndim == 2:
            made[index] = _hull(view, region.groups[0])
        elif region.groups:
            many.append(index)
    if many:
        sheet = _Sheet(view, [regions[index] for index in many])
        for index, found in zip(many, sheet.outlines(), strict=True):
            made[index] = found
    return made


def _hull(view: View, group: Array) -> list[Outline]:
    import cv2

    if view.outside(group):
        return []
    flat = group if view.whole else np.minimum(np.maximum(group, view.low), view.high)
    hull = np.asarray(cv2.convexHull(flat.astype(np.float32)), np.float32).reshape(-1, 2)
    return [Outline(hull)] if len(hull) > 2 and cv2.contourArea(hull) > 0.05 else []


class _Sheet:
    """Regions side by side on one sheet of cells."""

    def __init__(self, view: View, regions: list[Region]) -> None:
        flat = [group for region in regions for group in region.groups]
        counts = np.array([len(region.groups) for region in regions])
        sizes = np.array([group.size // 2 for group in flat])
        points = np.concatenate([group.reshape(-1, 2) for group in flat])
        first = np.concatenate([[0], np.cumsum(counts)[:-1]])
        ends = np.cumsum(sizes)
        starts = ends - sizes
        lows, highs = np.minimum.reduceat(points, starts), np.maximum.reduceat(points, starts)
        near = np.asarray(((highs >= view.low) & (lows <= view.high)).all(axis=1))
        lows[~near], highs[~near] = _AWAY, -_AWAY
        self.near: list[bool] = near.tolist()
        low = np.maximum(np.minimum.reduceat(lows, first), view.low)
        high = np.minimum(np.maximum.reduceat(highs, first), view.high)
        self.span = np.maximum(high - low, 0.0)
        self.longest = np.maximum(self.span.max(axis=1), 1e-6)
        soft = np.maximum([region.soften for region in regions], _HARD)
        scale = np.minimum(_SIGMA / soft, _CELLS_PER_PIXEL) * self.longest
        most = np.where(soft > _HARD, _MOST_CELLS, _MOST_HARD_CELLS)
        self.scale = np.clip(scale, _FEWEST_CELLS, most) / self.longest
        self.start = low - _GAP / 2 / self.scale[:, None]
        self.seen = self.span.min(axis=1) > 0
        per_point = np.repeat(np.arange(len(regions)), np.add.reduceat(sizes, first))
        fixed = (points - self.start[per_point]) * (self.scale[per_point] * (1 << _SHIFT))[:, None]
        self.fixed = np.minimum(np.maximum(fixed, -3e6), 3e6).astype(np.int32)
        self.regions = regions
        self.shapes: list[tuple[int, ...]] = [group.shape for group in flat]
        self.ends: list[int] = ends.tolist()
        self._pack()

    def _pack(self) -> None:
        size = np.where(
            self.seen[:, None], np.ceil(self.span * self.scale[:, None]) + _GAP + 1, 0
        ).astype(int)
        cells: list[list[int]] = size.tolist()
        self.places: list[tuple[int, int, int, int]] = [(0, 0, 0, 0)] * len(cells)
        x = y = tall = 0
        for index in sorted(range(len(cells)), key=lambda i: -cells[i][1]):
            wide, high = cells[index]
            if x + wide > _SHEET and x:
                x, y, tall = 0, y + tall, 0
            self.places[index] = (x, y, x + wide, y + high)
            x, tall = x + wide, max(tall, high)
        self.wide = max(place[2] for place in self.places) + 2
        self.high = max(place[3] for place in self.places) + 2

    def _painted(self) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
        """Return the blurred sheet and whose cell each is."""
        import cv2

        mask = np.zeros((self.high, self.wide), np.uint8)
        whose = np.zeros((self.high, self.wide), np.uint8)
        at = k = 0
        for index, region in enumerate(self.regions):
            x0, y0, x1, y1 = self.places[index]
            part = mask[y0 : y1 - 2, x0 : x1 - 2]
            whose[y0:y1, x0:x1] = index
            for _ in region.groups:
                end = self.ends[k]
                polygon, shape = self.fixed[at:end], self.shapes[k]
                at, k = end, k + 1
                if not (part.size and self.near[k - 1]):
                    continue
                if len(shape) > 2:
                    cv2.fillPoly(part, polygon.reshape(shape), (255,), cv2.LINE_AA, _SHIFT)
                    continue
                if len(polygon) not in _CONVEX:
                    polygon = cv2.convexHull(polygon)
                cv2.fillConvexPoly(part, polygon, (255,), cv2.LINE_AA, _SHIFT)
        field = np.asarray(cv2.GaussianBlur(mask, (7, 7), _SIGMA), np.uint8)
        field[[0, -1]] = 0
        field[:, [0, -1]] = 0
        return field, whose

    def outlines(self) -> list[list[Outline]]:
        """Return the outlines of each region."""
        import cv2

        made: list[list[Outline]] = [[] for _ in self.regions]
        field, whose = self._painted()
        found, tree = cv2.findContours(
            (field > _LEVEL).view(np.uint8), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE
        )
        if not found:
            return made
        lengths = np.array([len(line) for line in found], np.int64)
        cells = np.concatenate([np.asarray(line, np.int32) for line in found]).reshape(-1, 2)
        ends = np.cumsum(lengths)
        starts = ends - lengths
        moved = _settled(field, cells, starts, ends)
        owner = whose[cells[starts, 1], cells[starts, 0]]
        corner = np.array([place[:2] for place in self.places])
        per_point = np.repeat(owner, lengths)
        places = (moved - corner[per_point]) / self.scale[per_point, None] + self.start[per_point]
        lines = np.split(places.astype(np.float32), ends[:-1])
        self._sort(made, lines, owner.tolist(), np.asarray(tree)[0, :, 3].tolist())
        return made

    def _sort(
        self,
        made: list[list[Outline]],
        lines: list[NDArray[np.float32]],
        owner: list[int],
        parents: list[int],
    ) -> None:
        """Give each region its borders and holes, leaving out what is too small to see."""
        import cv2

        holes: dict[int, list[NDArray[np.float32]]] = {}
        outer: list[list[int]] = [[] for _ in made]
        for k, parent in enumerate(parents):
            if parent < 0:
                outer[owner[k]].append(k)
            elif self.regions[owner[k]].every and cv2.contourArea(lines[k]) > self._least(owner[k]):
                holes.setdefault(parent, []).append(_thin(lines[k]))
        for index, region in enumerate(self.regions):
            if not region.every:
                best = max(outer[index], key=lambda k: len(lines[k]), default=-1)
                if best >= 0 and len(lines[best]) > 2:
                    made[index] = [Outline(_thin(lines[best]))]
                continue
            least = self._least(index)
            made[index] = [
                Outline(_thin(lines[k]), tuple(holes.get(k, ())))
                for k in outer[index]
                if len(lines[k]) > 2 and cv2.contourArea(lines[k]) > least
            ]

    def _least(self, index: int) -> float:
        return 2.0 if self.longest[index] < 60 else 12.0


def _settled(
    field: NDArray[np.uint8],
    cells: NDArray[np.int32],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
) -> NDArray[np.float32]:
    """Move whole-cell contour points onto the half level of the field, then even them out."""
    wide = field.shape[1]
    index = cells[:, 1] * wide + cells[:, 0]
    around = field.ravel()[index + np.array([[0], [1], [-1], [wide], [-wide]])].astype(np.float32)
    slope = np.stack([around[1] - around[2], around[3] - around[4]], axis=1) * np.float32(0.5)
    steep = np.maximum((slope * slope).sum(axis=1), np.float32(60.0))
    step = slope * ((np.float32(_LEVEL + 0.5) - around[0]) / steep)[:, None]
    moved = cells + np.minimum(np.maximum(step, np.float32(-1)), np.float32(1))
    # Evened out, swollen back and evened out again: waves of one cell go, corners stay.
    after, before = np.arange(1, len(cells) + 1), np.arange(-1, len(cells) - 1)
    after[ends - 1] = starts
    before[starts] = ends - 1
    for share in _EVEN:
        middle = (moved[after] + moved[before]) * np.float32(0.5)
        moved = moved + (middle - moved) * np.float32(share)
    return moved


def _thin(line: NDArray[np.float32]) -> NDArray[np.float32]:
    import cv2

    if len(line) < 8:
        return line
    return np.asarray(cv2.approxPolyDP(line, 0.12, closed=True), np.float32).reshape(-1, 2)
