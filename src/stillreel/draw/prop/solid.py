"""Small solids of a thing, put down back to front: rods, tubes, lathes, boxes, plates."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.marks import mix
from stillreel.draw.prop.contour import capsules, circle, disc, hull, ribbon, smooth, union
from stillreel.draw.prop.marker import Marker
from stillreel.draw.prop.paint import DARK, Paint, Tone, darker
from stillreel.draw.prop.view import rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from stillreel.draw.prop.view import Points

    Array = NDArray[np.float64]

_TINY = 0.35
_SLIM = 8.0
"""Pixels of half width below which a curved rod is a plain ribbon."""
_TURNED = 20
"""Corners of the rim of a turned thing."""
_THIN = 0.8
"""Pixels of thickness below which a plate has no rim."""

_CORNERS = np.array(list(itertools.product((-1.0, 1.0), repeat=3)))


class Pen(Marker):
    """A marker that also knows solids; a solid is one part, sorted whole by its middle."""

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
        if curve and widest < _SLIM:
            self.polygon(ribbon(flat, size), paint, at=at, form=widest * 0.5, nearer=nearer)
            return
        links = capsules(flat, size)
        outline, holes = (links[0], ()) if len(links) == 1 else union(links)[0]
        self.polygon(outline, paint, at=at, form=widest * 0.5, holes=holes, nearer=nearer)

    def box(self, centre: ArrayLike, size: ArrayLike, paint: Paint, *, nearer: float = 0.0) -> None:
        """Put down the visible faces of a box; size is its x, y and z."""
        middle, half = np.asarray(centre, dtype=np.float64), np.asarray(size) / 2.0
        self._outline_of(
            middle + half * _CORNERS,
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
        quads = _walls(near, far)
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
        curve: bool = False,
    ) -> None:
        """Put down a turned thing: (y, radius) pairs from bottom to top around local y.

        `mouth` paints the inside seen through an open top, `lid` a closed top; `curve` rounds
        the profile.
        """
        if curve:
            profile = [(float(y), max(float(r), 0.0)) for y, r in smooth(profile, 3)]
        base = np.asarray(at, dtype=np.float64)
        rows_of = np.asarray(profile, dtype=np.float64)
        places = np.empty((len(rows_of), _TURNED, 3))
        places[:, :, [0, 2]] = circle(_TURNED) * rows_of[:, 1, None, None]
        places[:, :, 1] = rows_of[:, :1]
        rims = list(self.view.flat(base + places).reshape(len(rows_of), _TURNED, 2))
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


def _walls(near: Array, far: Array) -> list[Array]:
    """Return the walls between two faces, without those seen edge on; none of a thin plate."""
    if float(np.abs(near - far).max()) < _THIN:
        return []
    last, beyond = np.roll(near, 1, axis=0), np.roll(far, 1, axis=0)
    one, two = far - last, beyond - near
    wide = np.abs(one[:, 0] * two[:, 1] - one[:, 1] * two[:, 0]) / 2
    walls = np.stack([last, near, far, beyond], axis=1)
    return list(walls[wide > 0.4])
