"""Bodies on the display list: joined volumes with one clean contour, spots on skin, inner lines."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.marks import Role, Shape
from stillreel.draw.prop.contour import capsules, circle, covered, hull, links, ribbon, union
from stillreel.draw.prop.marker import plane
from stillreel.draw.prop.view import cross, rows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import ArrayLike, NDArray

    from stillreel.draw.animal.acting import Acting
    from stillreel.draw.prop.view import Points, View

    Array = NDArray[np.float64]
    Chain = tuple[Array, Array]
    """(N, 3) local centres and (N,) radii of a chain of balls."""

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
        self.lives: list[tuple[int, Callable[[Flesh, Acting], None]]] = []

    def chain(self, points: Points, radii: ArrayLike | float) -> list[Array]:
        """Return the flat pieces of a chain of balls, (N, 3) local and (N,) or one radius."""
        line = rows(points)
        thick = np.broadcast_to(np.asarray(radii, dtype=np.float64), (len(line),))
        flat, size = self.view.circles(line, thick)
        return capsules(flat, np.maximum(size, 0.3))

    def chains(self, specs: Sequence[Chain]) -> list[list[Array]]:
        """Return the flat pieces of many chains, projected together: one list for each."""
        counts = [len(points) for points, _ in specs]
        flat, size = self.view.circles(
            np.concatenate([points for points, _ in specs]),
            np.concatenate([radii for _, radii in specs]),
        )
        size = np.maximum(size, 0.3)
        firsts, seconds, cuts = [], [], [0]
        start = 0
        for count in counts:
            firsts.append(np.arange(start, start + max(count - 1, 1)))
            seconds.append(np.arange(start + min(count - 1, 1), start + count))
            cuts.append(cuts[-1] + max(count - 1, 1))
            start += count
        first, second = np.concatenate(firsts), np.concatenate(seconds)
        pieces = links(flat[first], flat[second], size[first], size[second])
        return [pieces[low:high] for low, high in itertools.pairwise(cuts)]

    def oval_chain(self, points: Array, radii: Array, flat: float, up: Array) -> list[Array]:
        """Return the pieces of a chain whose section is `flat` times as wide as it is deep."""
        return joined(*self.chains(oval(points, radii, flat, up)))

    def ribbon(self, points: Array, radii: Array) -> Array:
        """Return the (M, 2) outline of a thin body along a curve that does not cross itself."""
        return ribbon(*self.view.circles(points, radii))

    def live(self, draws: Callable[[Flesh, Acting], None]) -> None:
        """Keep this place in the order for what moves while the body is still, such as eyes."""
        self.lives.append((len(self.shapes), draws))

    def still(self) -> Still:
        """Return the body so far, to be finished for any gaze, mouth and lids."""
        return Still(self.view, self.owner, tuple(self.shapes), tuple(self.lives))

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
        fine: float = 288.0,
        rough: bool = False,
    ) -> Array:
        """Join pieces, put them down, and return the main contour in pixels.

        `rough` takes the hull around them: right for what is convex or very small.
        """
        if len(pieces) == 1 and not fillet:
            outlines: list[tuple[Array, tuple[Array, ...]]] = [(pieces[0], ())]
        elif rough:
            outlines = [(hull(np.concatenate(pieces)), ())]
        else:
            outlines = union(pieces, fillet, fine)
        main = np.zeros((0, 2))
        for number, (line, holes) in enumerate(outlines):
            if number and len(line) < 8:
                continue
            if not number:
                main = line
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
            drawn = self._shape(flat, colour, role, outline, 0.0, shade, alpha)
            self.shapes.append(replace(drawn, closed=False, width=max(width, 0.6)))

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
        rim = at + circle(corners) @ np.array([across * size[0], high * size[1]])
        self.polygon(self.view.flat(rim), colour, role, outline=outline)
        return True

    def crease(
        self,
        contour: Array,
        over: Sequence[Array],
        keep: NDArray[np.bool_],
        width: float,
        colour: Tone,
    ) -> None:
        """Put down the parts of a contour that lie on other pieces and where `keep` is true."""
        if not keep.any():
            return
        for run in runs(covered(contour, over) & keep):
            if len(run) > 6:
                self.line(contour[run], width, colour)


@dataclass(frozen=True, slots=True)
class Still:
    """A body that holds still while its face moves."""

    view: View
    owner: str
    shapes: tuple[Shape, ...]
    lives: tuple[tuple[int, Callable[[Flesh, Acting], None]], ...]
    """Places in the order, and what is drawn there anew for each gaze, mouth and blink."""

    def at(self, acting: Acting) -> tuple[Shape, ...]:
        """Return the shapes of one moment, back to front."""
        found: list[Shape] = []
        start = 0
        for place, draws in self.lives:
            found += self.shapes[start:place]
            flesh = Flesh(self.view, self.owner)
            draws(flesh, acting)
            found += flesh.shapes
            start = place
        return (*found, *self.shapes[start:])


def oval(points: Array, radii: Array, flat: float, up: Array) -> tuple[Chain, Chain]:
    """Return upper and lower chain of a body `flat` times as wide as it is deep; see `joined`."""
    half = radii * flat
    spread = np.outer(radii - half, up)
    return (points + spread, half), (points - spread, half)


def joined(above: Sequence[Array], below: Sequence[Array]) -> list[Array]:
    """Return the hulls around pairs of pieces, upper and lower."""
    return [hull(np.concatenate(pair)) for pair in zip(above, below, strict=True)]


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
