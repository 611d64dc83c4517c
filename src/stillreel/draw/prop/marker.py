"""Flat marks of a thing, put down back to front: outlines, faces, strokes, spots."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.marks import Shape
from stillreel.draw.prop.contour import circle
from stillreel.draw.prop.view import View, cross, rows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Self

    from numpy.typing import ArrayLike, NDArray

    from stillreel.draw.prop.paint import Paint
    from stillreel.draw.prop.view import Points

    Array = NDArray[np.float64]


@dataclass(slots=True)
class _Group:
    depth: float
    shapes: list[Shape] = field(default_factory=list)


class Marker:
    """Collects the marks of one thing in its local frame and sorts them by depth.

    Args:
        view: Local units in, pixels out.
        owner: Id of the prop or its holder, for every shape.
    """

    def __init__(self, view: View, owner: str = "", groups: list[_Group] | None = None) -> None:
        self.view = view
        self.owner = owner
        self._groups: list[_Group] = [] if groups is None else groups

    def shapes(self) -> tuple[Shape, ...]:
        """Return everything put down, farthest first."""
        ordered = sorted(self._groups, key=lambda group: -group.depth)
        return tuple(shape for group in ordered for shape in group.shapes)

    def within(self, origin: ArrayLike, basis: ArrayLike, scale: float = 1.0) -> Self:
        """Return a pen in a frame inside this one that puts down into the same list."""
        return type(self)(self.view.within(origin, basis, scale), self.owner, self._groups)

    def polygon(
        self,
        flat: Array,
        paint: Paint,
        *,
        at: ArrayLike | None = None,
        form: float = 0.0,
        holes: Sequence[Array] = (),
        nearer: float = 0.0,
    ) -> None:
        """Put down a closed outline in pixels; `at` starts a new part, None stays on the last."""
        self._put(
            Shape(
                flat.astype(np.float32),
                paint.role,
                paint.colour,
                form=form,
                shade=paint.shade,
                outline=paint.outline,
                alpha=paint.alpha,
                glow=paint.glow,
                holes=tuple(hole.astype(np.float32) for hole in holes),
                owner=self.owner,
            ),
            at,
            nearer,
        )

    def _put(self, shape: Shape, at: ArrayLike | None, nearer: float) -> None:
        if at is not None or not self._groups:
            place = (0.0, 0.0, 0.0) if at is None else at
            self._groups.append(_Group(self.view.depth(place) - nearer * self.view.scale))
        self._groups[-1].shapes.append(shape)

    def stroke(
        self, points: Points, width: float, paint: Paint, *, at: ArrayLike | None = None
    ) -> None:
        """Put down an open line of a local width, on the last part unless `at` is given."""
        line = rows(points)
        flat = self.view.flat(line)
        thick = self.view.pixels(width, line.mean(axis=0))
        self._put(self._line(flat, max(thick, 0.6), paint), at, 0.0)

    def _line(self, flat: Array, width: float, paint: Paint) -> Shape:
        return Shape(
            flat.astype(np.float32),
            paint.role,
            paint.colour,
            closed=False,
            width=width,
            shade=paint.shade,
            outline=paint.outline * 0.5,
            alpha=paint.alpha,
            glow=paint.glow,
            owner=self.owner,
        )

    def face(
        self,
        points: Points,
        paint: Paint,
        *,
        on: bool = False,
        both: bool = True,
        nearer: float = 0.0,
    ) -> None:
        """Put down a flat polygon of (N, 3) points; with `both` False only from its front."""
        line = rows(points)
        normal = cross(line[1] - line[0], line[2] - line[1])
        if not both and self.view.facing(normal, line.mean(axis=0)) <= 0:
            return
        self.polygon(
            self.view.flat(line), paint, at=None if on else line.mean(axis=0), nearer=nearer
        )

    def spot(
        self, at: ArrayLike, normal: ArrayLike, radius: float | tuple[float, float], paint: Paint
    ) -> None:
        """Put down a disc on the last part where its normal faces the camera."""
        if self.view.facing(normal, at) <= 0.04:
            return
        across, up = plane(normal)
        wide, high = radius if isinstance(radius, tuple) else (radius, radius)
        corners = 20 if self.view.pixels(max(wide, high), at) < 24 else 56
        rim = np.asarray(at) + circle(corners) @ np.array([across * wide, up * high])
        self.polygon(self.view.flat(rim), paint)


def plane(normal: ArrayLike) -> tuple[Array, Array]:
    """Return two unit vectors, across and up, square to a normal."""
    out = np.asarray(normal, dtype=np.float64)
    out = out / max(float(np.linalg.norm(out)), 1e-9)
    up = np.array([0.0, 1.0, 0.0]) if abs(out[1]) < 0.95 else np.array([0.0, 0.0, -1.0])
    across = cross(up, out)
    across /= np.linalg.norm(across)
    return across, cross(out, across)
