"""Bodies on the display list: joined volumes with one clean contour, spots on skin, inner lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.marks import Role, Shape
from stillreel.draw.prop.contour import capsules, hull, union
from stillreel.draw.prop.marker import plane
from stillreel.draw.prop.view import cross, rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from stillreel.draw.prop.view import Points, View

    Array = NDArray[np.float64]

Tone = tuple[int, int, int]


class Flesh:
    """Collects the shapes of one body, in the order they are painted.

    Args:
        view: Local units in, pixels out.
        owner: Id of the character.
    """

    def __init__(self, view: View, owner: str) -> None:
        self.view = view
        self.owner = owner
        self.shapes: list[Shape] = []

    def chain(self, points: Points, radii: ArrayLike | float) -> list[Array]:
        """Return the flat pieces of a chain of balls, (N, 3) local and (N,) or one radius."""
        line = rows(points)
        thick = np.broadcast_to(np.asarray(radii, dtype=np.float64), (len(line),))
        flat, size = self.view.circles(line, thick)
        return capsules(flat, np.maximum(size, 0.3))

    def oval_chain(self, points: Array, radii: Array, flat: float, up: Array) -> list[Array]:
        """Return the pieces of a chain whose section is `flat` times as wide as it is deep."""
        half = radii * flat
        spread = np.outer(radii - half, up)
        top, top_r = self.view.circles(points + spread, half)
        low, low_r = self.view.circles(points - spread, half)
        above, below = capsules(top, top_r), capsules(low, low_r)
        return [hull(np.concatenate(pair)) for pair in zip(above, below, strict=True)]

    def put(
        self,
        pieces: Sequence[Array],
        colour: Tone,
        role: Role = "fur",
        *,
        outline: float = 1.0,
        form: float = 0.0,
        shade: float = 0.0,
        fillet: float = 0.0,
        alpha: float = 1.0,
        glow: float = 0.0,
        keep: bool = True,
        fine: float = 288.0,
    ) -> Array:
        """Join pieces, put them down, and return the main contour in pixels."""
        if len(pieces) == 1 and not fillet:
            joined: list[tuple[Array, tuple[Array, ...]]] = [(pieces[0], ())]
        else:
            joined = union(pieces, fillet, fine)
        main = np.zeros((0, 2))
        for number, (line, holes) in enumerate(joined):
            if number and len(line) < 8:
                continue
            if not number:
                main = line
            if keep:
                self.shapes.append(
                    self._shape(line, colour, role, outline, form, shade, alpha, glow, holes)
                )
        return main

    def _shape(
        self,
        line: Array,
        colour: Tone,
        role: Role,
        outline: float,
        form: float = 0.0,
        shade: float = 0.0,
        alpha: float = 1.0,
        glow: float = 0.0,
        holes: tuple[Array, ...] = (),
    ) -> Shape:
        return Shape(
            line.astype(np.float32),
            role,
            colour,
            form=form,
            shade=shade,
            outline=outline,
            alpha=alpha,
            glow=glow,
            holes=tuple(hole.astype(np.float32) for hole in holes),
            owner=self.owner,
        )

    def polygon(
        self,
        flat: Array,
        colour: Tone,
        role: Role = "fur",
        *,
        outline: float = 0.0,
        shade: float = 0.0,
        form: float = 0.0,
        alpha: float = 1.0,
        glow: float = 0.0,
    ) -> None:
        """Put down a closed outline of (N, 2) pixels."""
        self.shapes.append(self._shape(flat, colour, role, outline, form, shade, alpha, glow))

    def line(
        self,
        flat: Array,
        width: float,
        colour: Tone,
        role: Role = "crease",
        *,
        outline: float = 0.0,
        shade: float = 0.0,
        alpha: float = 1.0,
    ) -> None:
        """Put down an open stroke of (N, 2) pixels, `width` pixels wide."""
        if len(flat) > 1:
            self.shapes.append(
                Shape(
                    flat.astype(np.float32),
                    role,
                    colour,
                    closed=False,
                    width=max(width, 0.6),
                    outline=outline,
                    shade=shade,
                    alpha=alpha,
                    owner=self.owner,
                )
            )

    def spot(
        self,
        at: Array,
        normal: Array,
        size: tuple[float, float],
        colour: Tone,
        role: Role = "fur",
        *,
        outline: float = 0.0,
        least: float = 0.06,
        up: Array | None = None,
    ) -> bool:
        """Put down an oval on a surface if it faces the camera; say whether it was seen."""
        if self.view.facing(normal, at) <= least:
            return False
        across, high = plane(normal)
        if up is not None:
            out = normal / np.linalg.norm(normal)
            high = up - out * float(up @ out)
            high /= max(float(np.linalg.norm(high)), 1e-9)
            across = cross(high, out)
        corners = 20 if self.view.pixels(max(size), at) < 24 else 56
        turn = np.linspace(0, 2 * np.pi, corners, endpoint=False)
        rim = at + np.outer(np.cos(turn) * size[0], across) + np.outer(np.sin(turn) * size[1], high)
        self.polygon(self.view.flat(rim), colour, role, outline=outline)
        return True

    def crease(
        self, contour: Array, over: Sequence[Array], keep: Array, width: float, colour: Tone
    ) -> None:
        """Put down the parts of a contour that lie on other pieces and where `keep` is true."""
        inside = np.zeros(len(contour), dtype=bool)
        for piece in over:
            inside |= within(contour, piece)
        chosen = inside & keep
        for run in runs(chosen):
            if len(run) > 3:
                self.line(contour[run], width, colour)


def within(points: Array, convex: Array) -> NDArray[np.bool_]:
    """Say which (N, 2) points lie inside a convex polygon."""
    edge = np.roll(convex, -1, axis=0) - convex
    side = edge[None, :, 0] * (points[:, None, 1] - convex[None, :, 1]) - edge[None, :, 1] * (
        points[:, None, 0] - convex[None, :, 0]
    )
    return np.asarray(np.all(side >= -1e-6, axis=1) | np.all(side <= 1e-6, axis=1))


def runs(chosen: NDArray[np.bool_]) -> list[list[int]]:
    """Return the runs of true places of a closed ring, each as indices in order."""
    count = len(chosen)
    if not chosen.any():
        return []
    if chosen.all():
        return [[*range(count), 0]]
    start = int(np.argmin(chosen))
    found: list[list[int]] = []
    current: list[int] = []
    for step in range(count):
        place = (start + step) % count
        if chosen[place]:
            current.append(place)
        elif current:
            found.append(current)
            current = []
    if current:
        found.append(current)
    return found
