"""Putting parts of one body down as shapes, each with a depth, to be sorted back to front."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.figure.outline import Region, trace
from stillreel.draw.marks import Shape, mix

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from stillreel.draw.figure.view import View
    from stillreel.draw.marks import Role

    Array = NDArray[np.float64]

RGB = tuple[int, int, int]
_NOWHERE = Region(())


def darker(colour: RGB, amount: float) -> RGB:
    """Return the colour `amount` (0..1) of the way to a deep violet brown."""
    return mix(colour, (28, 18, 30), amount)


def lighter(colour: RGB, amount: float) -> RGB:
    """Return the colour `amount` (0..1) of the way to warm white."""
    return mix(colour, (255, 246, 232), amount)


@dataclass(slots=True)
class Slot:
    """A place in the order of painting for what is worked out later, together with its like."""

    made: tuple[Shape, ...] = ()
    inner: Slot | None = None
    """Another slot that stands for it."""


@dataclass(slots=True)
class Solid(Slot):
    """A shape whose outline is still to be traced."""

    region: Region = _NOWHERE
    role: Role = "cloth"
    colour: RGB = (0, 0, 0)
    form: float = 0.0
    outline: float = 1.0
    shade: float = 0.0
    alpha: float = 1.0


@dataclass(slots=True)
class Fold(Slot):
    """A crease whose two sides are still to be drawn."""

    points: Array = field(default_factory=lambda: np.zeros((0, 2)))
    colour: RGB = (0, 0, 0)
    pixels: float = 0.0


@dataclass(slots=True)
class Part:
    """Shapes that are painted together."""

    depth: float
    shapes: list[Shape | Slot] = field(default_factory=list["Shape | Slot"])


class Sketch:
    """A pad for one figure."""

    def __init__(self, view: View, owner: str) -> None:
        """Draw through `view`, for the character `owner`."""
        self.view = view
        self.owner = owner
        self.parts: list[Part] = []
        self._now = Part(0.0)
        self._solids: list[Solid] = []
        self._folds: list[Fold] = []

    def part(self, depth: float) -> None:
        """Start a part whose shapes lie `depth` metres away."""
        self._now = Part(depth)
        self.parts.append(self._now)

    def shapes(self) -> tuple[Shape, ...]:
        """Return everything, farthest part first."""
        return self.around(None)[0]

    def around(self, gap: Slot | None) -> tuple[tuple[Shape, ...], tuple[Shape, ...]]:
        """Return what is painted before a slot and what is painted after it."""
        self.trace()
        before: list[Shape] = []
        after: list[Shape] = []
        made = before
        for part in sorted(self.parts, key=lambda part: -part.depth):
            for shape in part.shapes:
                if shape is gap:
                    made = after
                elif isinstance(shape, Slot):
                    made.extend((shape.inner or shape).made)
                else:
                    made.append(shape)
        return tuple(before), tuple(after)

    def trace(self) -> None:
        """Work out all solids and creases put down since the last time."""
        found = trace(self.view, [solid.region for solid in self._solids])
        for solid, outlines in zip(self._solids, found, strict=True):
            solid.made = tuple(
                Shape(
                    line.points, solid.role, solid.colour, form=solid.form, shade=solid.shade,
                    outline=solid.outline, alpha=solid.alpha, holes=line.holes, owner=self.owner,
                )
                for line in outlines
            )  # fmt: skip
        self._solids.clear()
        _fold(self, self._folds)
        self._folds.clear()

    def slot(self) -> Slot:
        """Keep a place in the part being drawn."""
        slot = Slot()
        self._now.shapes.append(slot)
        return slot

    @property
    def now(self) -> Part:
        """The part being drawn."""
        return self._now

    def solid(
        self,
        groups: Sequence[Array],
        role: Role,
        colour: RGB,
        *,
        form: float = 0.0,
        outline: float = 1.0,
        soften: float = 0.0,
        shade: float = 0.0,
        every: bool = False,
        alpha: float = 1.0,
    ) -> None:
        """Put down the union of convex screen groups; `form` and `soften` are metres."""
        pixels = self.view.pixels
        region = Region(groups, soften * pixels, every)
        solid = Solid((), None, region, role, colour, form * pixels, outline, shade, alpha)
        self._now.shapes.append(solid)
        self._solids.append(solid)

    def flat(
        self,
        points: Array,
        role: Role,
        colour: RGB,
        *,
        form: float = 0.0,
        outline: float = 0.0,
        alpha: float = 1.0,
        shade: float = 0.0,
        slot: Slot | None = None,
    ) -> None:
        """Put down one closed outline of screen points as it is, or fill a slot with it."""
        if len(points) < 3 or self.view.outside(points):
            return
        shape = Shape(
            points.astype(np.float32), role, colour, form=form * self.view.pixels,
            outline=outline, alpha=alpha, shade=shade, owner=self.owner,
        )  # fmt: skip
        if slot is None:
            self._now.shapes.append(shape)
        else:
            slot.made = (shape,)

    def line(
        self,
        points: Array,
        colour: RGB,
        width: float,
        *,
        role: Role = "crease",
        alpha: float = 1.0,
        slot: Slot | None = None,
    ) -> None:
        """Put down an open stroke `width` metres wide, thinned out of sight below half a pixel."""
        pixels = width * self.view.pixels
        if len(points) < 2 or pixels < 0.3 or self.view.outside(points):
            return
        shape = Shape(
            points.astype(np.float32), role, colour, closed=False, width=max(pixels, 0.7),
            outline=0.5, alpha=alpha * min(1.0, pixels / 0.7), owner=self.owner,
        )  # fmt: skip
        if slot is None:
            self._now.shapes.append(shape)
        else:
            slot.made = (shape,)

    def crease(self, points: Array, colour: RGB, width: float, slot: Slot | None = None) -> None:
        """Put down a fold of cloth: a tapered stroke, `width` metres at its middle."""
        pixels = width * self.view.pixels
        if pixels < 1.4:
            self.line(points, colour, width, slot=slot)
            return
        if len(points) < 2:
            return
        fold = Fold((), None, points, colour, pixels)
        self._folds.append(fold)
        if slot is None:
            self._now.shapes.append(fold)
        else:
            slot.inner = fold


def _fold(pad: Sketch, folds: Sequence[Fold]) -> None:
    """Draw the two sides of creases, those with as many points each at once."""
    for count in sorted({len(fold.points) for fold in folds}):
        alike = [fold for fold in folds if len(fold.points) == count]
        bend, lead, swell = _bends(count)
        points = np.stack([fold.points for fold in alike])
        curve, along = bend @ points, lead @ points
        along /= np.maximum(np.sqrt((along * along).sum(axis=2, keepdims=True)), 1e-6)
        across = np.stack([-along[..., 1], along[..., 0]], axis=2)
        wide = np.array([fold.pixels / 2 for fold in alike])[:, None, None] * swell
        sides = np.concatenate([curve + across * wide, (curve - across * wide)[:, ::-1]], axis=1)
        for fold, side in zip(alike, sides, strict=True):
            pad.flat(side, "crease", fold.colour, slot=fold)


@lru_cache(maxsize=32)
def _bends(count: int) -> tuple[Array, Array, Array]:
    """Return what makes a curve of `count` points, its direction, and how it swells."""
    bend = _curve(count, 4) if count > 2 else np.linspace((1.0, 0.0), (0.0, 1.0), 7)
    swell = np.sin(np.pi * np.linspace(0.10, 1, len(bend)))[:, None] ** 0.8
    return bend, np.gradient(bend, axis=0), swell


def chain(view: View, centres: Sequence[Array], radii: Sequence[float]) -> list[Array]:
    """Return the convex screen groups of a chain of tapered capsules."""
    discs = view.discs(np.stack(centres), np.asarray(radii))
    return list(np.concatenate([discs[:-1], discs[1:]], axis=1))


def smooth(points: Array, steps: int = 6) -> Array:
    """Return a Catmull-Rom curve through (N, D) points, `steps` to each span."""
    if len(points) < 3:
        return points
    return _curve(len(points), steps) @ points


@lru_cache(maxsize=64)
def _curve(count: int, steps: int) -> Array:
    """Return the weights of `count` points in each place of a curve through them."""
    points = np.eye(count)
    full = np.concatenate([2 * points[:1] - points[1:2], points, 2 * points[-1:] - points[-2:-1]])
    t = np.linspace(0, 1, steps, endpoint=False)[None, :, None]
    a, b, c, d = (full[i : len(full) - 3 + i, None] for i in range(4))
    curve = 0.5 * (
        2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - 3 * c + d - a) * t**3
    )
    return np.concatenate([curve.reshape(-1, count), points[-1:]])
