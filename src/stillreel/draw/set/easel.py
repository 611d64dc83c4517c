"""The easel a place is drawn on: world metres in, shapes on the sheet out.

Everything is clipped at the near plane and at the edge of the sheet, dropped when it cannot be
seen, and sorted into the few sheets (layers) that the motion moves.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.marks import Layer
from stillreel.draw.set.edges import quantise
from stillreel.draw.set.style import Style, Tone
from stillreel.draw.set.survey import Ball, Face, Flat, Limb, Stroke, develop
from stillreel.draw.set.view import FAR_FROM, MID_FROM, View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from stillreel.draw.lens import Camera
    from stillreel.draw.marks import Light, Shape
    from stillreel.draw.set.survey import Note
    from stillreel.draw.set.view import Band, Point

__all__ = ["Easel", "Style", "Tone"]

_LEAST_BALL = 0.7
"""Pixels of a 1080-line sheet: round things with a smaller radius are left out."""


@dataclass(slots=True)
class _Group:
    depth: float
    order: int
    notes: list[Note] = field(default_factory=list["Note"])


class Easel(View):
    """Collects the shapes of one place as one camera sees it."""

    def __init__(self, camera: Camera, light: Light, width: int, height: int, seed: int) -> None:
        super().__init__(camera, light, width, height, seed)
        self._bands: dict[Band, list[_Group]] = {}
        self._now = _Group(0.0, 0)

    def begin(
        self, at: Point | NDArray[np.float64] | None, band: Band | None = None, order: int = 1
    ) -> None:
        """Start a piece that is painted whole, at the depth of `at`; ground has order 0."""
        depth = self.depth(at) if at is not None else 1e6
        where = band or self.band(depth)
        self._now = _Group(depth, order)
        self._bands.setdefault(where, []).append(self._now)

    def begin_ground(self, at: Point | NDArray[np.float64]) -> None:
        """Start something that lies flat on the ground sheet under `at`."""
        far = self.depth(at) > self.stage + MID_FROM - 0.5 and not self.inside
        self.begin(None, "mid" if far else "near", 0)

    def face(self, points: ArrayLike, style: Style) -> None:
        """Add a world polygon."""
        self._now.notes.append(Face(_world(points), style))

    def pane(self, points: ArrayLike, style: Style, holes: Sequence[ArrayLike]) -> None:
        """Add a world polygon with world polygons cut out of it."""
        screen = self.outline_of(points)
        if screen is None:
            return
        cut = [self.outline_of(hole) for hole in holes]
        self.flat(screen, style, tuple(quantise(hole) for hole in cut if hole is not None))

    def card(self, base: Point | NDArray[np.float64], points: ArrayLike, style: Style) -> None:
        """Add a polygon of (N, 2) metres right and up, standing at `base`, turned to the camera."""
        self._now.notes.append(Face(self.lift(base, points), style))

    def line(self, points: ArrayLike, width: float, style: Style, least: float = 0.8) -> None:
        """Add a world stroke `width` metres thick, never thinner than `least` pixels at 1080."""
        self._now.notes.append(Stroke(_world(points), style, width, least * self.unit))

    def limb(self, spine: NDArray[np.float64], radii: NDArray[np.float64], style: Style) -> None:
        """Add a tapering round limb along (N, 3) metres with (N,) radii, as one outline."""
        self._now.notes.append(Limb(spine, style, radii))

    def flat(
        self, screen: NDArray[np.float64], style: Style, holes: tuple[NDArray[np.float32], ...] = ()
    ) -> None:
        """Add a polygon of (N, 2) sheet pixels."""
        if len(screen) > 2:
            self._now.notes.append(Flat(screen, style, holes))

    def ball(
        self,
        at: Point | NDArray[np.float64],
        radius: float,
        unit: NDArray[np.float64],
        style: Style,
        form: float = 0.0,
    ) -> None:
        """Add a round thing: `unit` (N, 2) is its outline for radius 1, y up; `form` in radii."""
        spot = np.asarray(at, dtype=np.float64)
        self._now.notes.append(Ball(spot, style, radius, unit, form, 0.0))

    def balls(
        self,
        at: NDArray[np.float64],
        radii: Sequence[float] | NDArray[np.float64],
        units: Sequence[NDArray[np.float64]],
        styles: Sequence[Style],
    ) -> None:
        """Add many round things at once: (N, 3) centres, (N,) metres; specks are left out."""
        least = _LEAST_BALL * self.unit
        self._now.notes += [
            Ball(spot, style, radius, unit, style.form, least)
            for spot, radius, unit, style in zip(at, radii, units, styles, strict=True)
        ]

    def layers(self) -> tuple[Layer, ...]:
        """Return what was drawn as layers, back to front."""
        depths = {
            "sky": 2000.0,
            "far": self.stage + FAR_FROM * 2.2,
            "mid": self.stage + FAR_FROM * 0.6,
            "near": self.stage + MID_FROM * 0.75,
        }
        groups = [group for band in self._bands.values() for group in band]
        notes = [note for group in groups for note in group.notes]
        found = iter(develop(self, notes))
        shapes_of: dict[int, list[Shape]] = {
            id(group): [s for _, s in zip(group.notes, found, strict=False) if s is not None]
            for group in groups
        }
        done: list[Layer] = []
        for band in ("sky", "far", "mid", "near"):
            behind = sorted(self._bands.get(band, []), key=lambda g: (g.order > 0, -g.depth))
            shapes = tuple(shape for group in behind for shape in shapes_of[id(group)])
            if shapes:
                done.append(Layer(band, "plate", depths[band], shapes, opaque=band == "sky"))
        front = sorted(self._bands.get("foreground", []), key=lambda g: -g.depth)
        shapes = tuple(shape for group in front for shape in shapes_of[id(group)])
        if shapes:
            deep = max(min(group.depth for group in front if shapes_of[id(group)]), 0.4)
            done.append(Layer("foreground", "foreground", deep, shapes))
        return tuple(done)


def _world(points: ArrayLike) -> NDArray[np.float64]:
    return np.asarray(points, dtype=np.float64).reshape(-1, 3)
