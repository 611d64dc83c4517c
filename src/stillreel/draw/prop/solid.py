"""Small solids of a thing, put down back to front: rods, tubes, lathes, boxes, plates."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.marks import Role, Shape, mix
from stillreel.draw.prop.contour import area, capsules, disc, hull, smooth, union
from stillreel.draw.prop.view import View, cross, rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from stillreel.draw.prop.view import Points

    Array = NDArray[np.float64]

Tone = tuple[int, int, int]
DARK: Tone = (38, 30, 34)
LIGHT: Tone = (250, 246, 236)
STEEL: Tone = (158, 166, 176)
BRASS: Tone = (206, 162, 72)
WOOD: Tone = (142, 104, 66)

_TINY = 0.35


def darker(colour: Tone, amount: float = 0.3) -> Tone:
    """Return the colour mixed toward a warm dark."""
    return mix(colour, DARK, amount)


def paler(colour: Tone, amount: float = 0.3) -> Tone:
    """Return the colour mixed toward a warm white."""
    return mix(colour, LIGHT, amount)


@dataclass(frozen=True, slots=True)
class Paint:
    """How a solid is painted; the fields mean what they mean in `Shape`."""

    colour: Tone
    role: Role = "wood"
    outline: float = 1.0
    glow: float = 0.0
    alpha: float = 1.0
    shade: float = 0.0


@dataclass(slots=True)
class _Group:
    depth: float
    shapes: list[Shape] = field(default_factory=list)


class Pen:
    """Collects the solids of one thing in its local frame and sorts them by depth.

    Args:
        view: Local units in, pixels out.
        owner: Id of the prop or its holder, for every shape.
    """

    def __init__(self, view: View, owner: str = "") -> None:
        self.view = view
        self.owner = owner
        self._groups: list[_Group] = []

    def shapes(self) -> tuple[Shape, ...]:
        """Return everything put down, farthest first."""
        ordered = sorted(self._groups, key=lambda group: -group.depth)
        return tuple(shape for group in ordered for shape in group.shapes)

    def within(self, origin: ArrayLike, basis: ArrayLike, scale: float = 1.0) -> Pen:
        """Return a pen in a frame inside this one that puts down into the same list."""
        inner = Pen(self.view.within(origin, basis, scale), self.owner)
        inner._groups = self._groups
        return inner

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

    def ball(self, at: ArrayLike, radius: float, paint: Paint, nearer: float = 0.0) -> None:
        """Put down a ball."""
        flat, size = self.view.circles(np.asarray(at).reshape(1, 3), [radius])
        r = float(size[0])
        self.polygon(disc(flat[0], r), paint, at=at, form=r * 0.35, nearer=nearer)

    def tube(
        self,
        points: Points,
        radii: ArrayLike | float,
        paint: Paint,
        *,
        nearer: float = 0.0,
        curve: bool = False,
        on: bool = False,
    ) -> None:
        """Put down a round rod through (N, 3) points; radii (N,) or one for all."""
        line = rows(points)
        thick = np.broadcast_to(np.asarray(radii, dtype=np.float64), (len(line),))
        if curve:
            both = smooth(np.column_stack([line, thick]), 4)
            line, thick = both[:, :3], both[:, 3]
        flat, size = self.view.circles(line, thick)
        at = None if on else line.mean(axis=0)
        widest = float(size.max())
        if widest < _TINY * 2:
            self._put(self._line(flat, widest * 2, paint), at, nearer)
            return
        links = capsules(flat, size)
        outline, holes = (links[0], ()) if len(links) == 1 else union(links)[0]
        self.polygon(outline, paint, at=at, form=widest * 0.5, holes=holes, nearer=nearer)

    def rod(self, start: ArrayLike, end: ArrayLike, radius: float, paint: Paint) -> None:
        """Put down a straight round rod."""
        self.tube([start, end], radius, paint)

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
        angle = np.linspace(0, 2 * np.pi, corners, endpoint=False)
        rim = (
            np.asarray(at)
            + np.outer(np.cos(angle) * wide, across)
            + np.outer(np.sin(angle) * high, up)
        )
        self.polygon(self.view.flat(rim), paint)

    def box(self, centre: ArrayLike, size: ArrayLike, paint: Paint, *, nearer: float = 0.0) -> None:
        """Put down the visible faces of a box; size is its x, y and z."""
        middle, half = np.asarray(centre, dtype=np.float64), np.asarray(size) / 2.0
        self._outline_of(
            middle
            + half * np.array([[x, y, z] for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)]),
            paint,
            nearer,
        )
        for axis in range(3):
            for sign in (-1.0, 1.0):
                normal = np.zeros(3)
                normal[axis] = sign
                spot = middle + normal * half
                if self.view.facing(normal, spot) <= 0:
                    continue
                u, v = (axis + 1) % 3, (axis + 2) % 3
                a, b = np.zeros(3), np.zeros(3)
                a[u], b[v] = half[u], half[v]
                corners = np.array([spot - a - b, spot + a - b, spot + a + b, spot - a + b])
                self.polygon(self.view.flat(corners), self._shaded(paint, normal, 0.45))

    def _outline_of(self, corners: Array, paint: Paint, nearer: float) -> None:
        self.polygon(
            hull(self.view.flat(corners)),
            paint,
            at=corners.mean(axis=0),
            nearer=nearer,
        )

    def _shaded(self, paint: Paint, normal: Array, outline: float) -> Paint:
        """Return the paint of a face: the top is lit, the sides less, below is in shade."""
        out = normal @ self.view.basis
        shade = 0.42 - 0.42 * float(out[1]) + 0.12 * float(out[0])
        return Paint(
            mix(paint.colour, DARK, min(max(shade, 0.0), 0.8) * 0.45),
            paint.role,
            paint.outline * outline,
            paint.glow,
            paint.alpha,
            min(max(shade, 0.0), 1.0),
        )

    def plate(
        self,
        outline: ArrayLike,
        thick: float,
        paint: Paint,
        *,
        at: ArrayLike = (0, 0, 0),
        normal: str = "x",
        nearer: float = 0.0,
        edge: Tone | None = None,
    ) -> None:
        """Put down a flat cut-out of some thickness.

        Args:
            outline: (N, 2) in the plane: for normal `x` pairs (z, y), for `z` pairs (x, y), for
                `y` pairs (x, z).
            thick: Thickness along the normal.
            paint: Paint of both faces.
            at: Place of the plane's origin.
            normal: Axis the faces look along.
            nearer: Local units by which it is sorted toward the camera.
            edge: Colour of the rim; darker than the face by default.
        """
        pairs = np.asarray(outline, dtype=np.float64)
        first, second, axis = {"x": (2, 1, 0), "z": (0, 1, 2), "y": (0, 2, 1)}[normal]
        front = np.zeros((len(pairs), 3))
        front[:, first], front[:, second] = pairs[:, 0], pairs[:, 1]
        front = front + np.asarray(at, dtype=np.float64)
        push = np.zeros(3)
        push[axis] = thick / 2
        if self.view.facing(push, front.mean(axis=0)) < 0:
            push = -push
        near, far = self.view.flat(front + push), self.view.flat(front - push)
        rim = Paint(edge or darker(paint.colour, 0.25), paint.role, paint.outline, shade=0.4)
        middle = front.mean(axis=0)
        quads = [
            np.array([near[i - 1], near[i], far[i], far[i - 1]])
            for i in range(len(pairs))
            if area(np.array([near[i - 1], near[i], far[i], far[i - 1]])) > 0.4
        ]
        if quads:
            whole, holes = union([*quads, near, far])[0]
            self.polygon(whole, rim, at=middle, holes=holes, nearer=nearer)
        inner = Paint(paint.colour, paint.role, paint.outline * 0.6, paint.glow, paint.alpha)
        self.polygon(near, inner, at=None if quads else middle, nearer=nearer)

    def lathe(
        self,
        profile: Sequence[tuple[float, float]],
        paint: Paint,
        *,
        at: ArrayLike = (0, 0, 0),
        mouth: Tone | None = None,
        lid: Tone | None = None,
        nearer: float = 0.0,
        sides: int = 20,
        curve: bool = False,
    ) -> None:
        """Put down a turned thing: (y, radius) pairs from bottom to top around local y.

        `mouth` paints the inside seen through an open top, `lid` a closed top; `curve` rounds
        the profile.
        """
        if curve:
            profile = [(float(y), max(float(r), 0.0)) for y, r in smooth(profile, 3)]
        base = np.asarray(at, dtype=np.float64)
        angle = np.linspace(0, 2 * np.pi, sides, endpoint=False)
        ring = np.stack([np.cos(angle), np.zeros(sides), np.sin(angle)], axis=1)
        rims = [self.view.flat(base + ring * r + np.array([0, y, 0])) for y, r in profile]
        bands = [hull(np.concatenate(pair)) for pair in itertools.pairwise(rims)]
        whole = bands[0] if len(bands) == 1 else union(bands)[0][0]
        middle = base + np.array([0, (profile[0][0] + profile[-1][0]) / 2, 0])
        widest = self.view.pixels(max(r for _, r in profile), middle)
        self.polygon(whole, paint, at=middle, form=widest * 0.4, nearer=nearer)
        top = mouth or lid
        y, r = profile[-1]
        if (
            top is not None
            and r > 0
            and self.view.facing((0, 1, 0), base + np.array([0, y, 0])) > 0.02
        ):
            inside = Paint(top, paint.role, paint.outline * 0.7, shade=0.5 if mouth else 0.0)
            self.polygon(rims[-1], inside)


def plane(normal: ArrayLike) -> tuple[Array, Array]:
    """Return two unit vectors, across and up, square to a normal."""
    out = np.asarray(normal, dtype=np.float64)
    out = out / max(float(np.linalg.norm(out)), 1e-9)
    up = np.array([0.0, 1.0, 0.0]) if abs(out[1]) < 0.95 else np.array([0.0, 0.0, -1.0])
    across = cross(up, out)
    across /= np.linalg.norm(across)
    return across, cross(out, across)
