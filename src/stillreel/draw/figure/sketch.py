"""Putting parts of one body down as shapes, each with a depth, to be sorted back to front."""

from __future__ import annotations

from dataclasses import dataclass, field
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


def darker(colour: RGB, amount: float) -> RGB:
    """Return the colour `amount` (0..1) of the way to a deep violet brown."""
    return mix(colour, (28, 18, 30), amount)


def lighter(colour: RGB, amount: float) -> RGB:
    """Return the colour `amount` (0..1) of the way to warm white."""
    return mix(colour, (255, 246, 232), amount)


@dataclass(slots=True)
class Solid:
    """A shape whose outline is still to be traced, together with all others."""

    region: Region
    role: Role
    colour: RGB
    form: float
    outline: float
    shade: float
    alpha: float
    made: tuple[Shape, ...] = ()


@dataclass(slots=True)
class Part:
    """Shapes that are painted together."""

    depth: float
    shapes: list[Shape | Solid] = field(default_factory=list["Shape | Solid"])


class Sketch:
    """A pad for one figure."""

    def __init__(self, view: View, owner: str) -> None:
        """Draw through `view`, for the character `owner`."""
        self.view = view
        self.owner = owner
        self.parts: list[Part] = []
        self._now = Part(0.0)
        self._waiting: list[Solid] = []

    def part(self, depth: float) -> None:
        """Start a part whose shapes lie `depth` metres away."""
        self._now = Part(depth)
        self.parts.append(self._now)

    def shapes(self) -> tuple[Shape, ...]:
        """Return everything, farthest part first."""
        self.trace()
        made: list[Shape] = []
        for part in sorted(self.parts, key=lambda part: -part.depth):
            for shape in part.shapes:
                if isinstance(shape, Solid):
                    made.extend(shape.made)
                else:
                    made.append(shape)
        return tuple(made)

    def trace(self) -> None:
        """Find the outlines of all solids put down since the last time."""
        found = trace(self.view, [solid.region for solid in self._waiting])
        for solid, outlines in zip(self._waiting, found, strict=True):
            solid.made = tuple(
                Shape(
                    line.points, solid.role, solid.colour, form=solid.form, outline=solid.outline,
                    shade=solid.shade, alpha=solid.alpha, holes=line.holes, owner=self.owner,
                )
                for line in outlines
            )  # fmt: skip
        self._waiting.clear()

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
        if not self.view.whole:
            groups = [g for g in groups if not self.view.outside(g.reshape(-1, 2))]
        pixels = self.view.pixels
        solid = Solid(
            Region(groups, soften * pixels, every), role, colour, form * pixels, outline, shade,
            alpha,
        )  # fmt: skip
        self._now.shapes.append(solid)
        self._waiting.append(solid)

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
    ) -> None:
        """Put down one closed outline of screen points as it is."""
        if len(points) < 3 or self.view.outside(points):
            return
        self._now.shapes.append(
            Shape(
                points.astype(np.float32), role, colour, form=form * self.view.pixels,
                outline=outline, alpha=alpha, shade=shade, owner=self.owner,
            )
        )  # fmt: skip

    def line(
        self,
        points: Array,
        colour: RGB,
        width: float,
        *,
        role: Role = "crease",
        alpha: float = 1.0,
    ) -> None:
        """Put down an open stroke `width` metres wide, thinned out of sight below half a pixel."""
        pixels = width * self.view.pixels
        if len(points) < 2 or pixels < 0.3 or self.view.outside(points):
            return
        self._now.shapes.append(
            Shape(
                points.astype(np.float32), role, colour, closed=False, width=max(pixels, 0.7),
                outline=0.5, alpha=alpha * min(1.0, pixels / 0.7), owner=self.owner,
            )
        )  # fmt: skip

    def crease(self, points: Array, colour: RGB, width: float) -> None:
        """Put down a fold of cloth: a tapered stroke, `width` metres at its middle."""
        pixels = width * self.view.pixels
        if pixels < 1.4:
            self.line(points, colour, width)
            return
        if len(points) < 2:
            return
        curve = (
            smooth(points, 4)
            if len(points) > 2
            else points[0] + np.outer(np.linspace(0, 1, 7), points[1] - points[0])
        )
        along = np.gradient(curve, axis=0)
        along /= np.maximum(np.sqrt((along * along).sum(axis=1, keepdims=True)), 1e-6)
        across = np.stack([-along[:, 1], along[:, 0]], axis=1)
        swell = np.sin(np.pi * np.linspace(0.10, 1, len(curve)))[:, None] ** 0.8 * pixels / 2
        sides = np.concatenate([curve + across * swell, (curve - across * swell)[::-1]])
        self.flat(sides, "crease", colour)


def chain(view: View, centres: Sequence[Array], radii: Sequence[float]) -> list[Array]:
    """Return the convex screen groups of a chain of tapered capsules."""
    discs = view.discs(np.stack(centres), np.asarray(radii))
    return [np.concatenate([discs[i], discs[i + 1]]) for i in range(len(discs) - 1)]


def smooth(points: Array, steps: int = 6) -> Array:
    """Return a Catmull-Rom curve through (N, D) points, `steps` to each span."""
    if len(points) < 3:
        return points
    full = np.concatenate([2 * points[:1] - points[1:2], points, 2 * points[-1:] - points[-2:-1]])
    t = np.linspace(0, 1, steps, endpoint=False)[None, :, None]
    a, b, c, d = (full[i : len(full) - 3 + i, None] for i in range(4))
    curve = 0.5 * (
        2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - 3 * c + d - a) * t**3
    )
    return np.concatenate([curve.reshape(-1, points.shape[1]), points[-1:]])
