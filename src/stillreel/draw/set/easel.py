"""The easel a place is drawn on: world metres in, shapes on the sheet out.

Everything is clipped at the near plane and at the edge of the sheet, dropped when it cannot be
seen, and sorted into the few sheets (layers) that the motion moves.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.marks import Layer, Role, Shape
from stillreel.draw.set.edges import quantise
from stillreel.draw.set.view import FAR_FROM, MARGIN, MID_FROM, NEAR, View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from stillreel.draw.lens import Camera
    from stillreel.draw.marks import Light
    from stillreel.draw.set.view import Band, Point

Tone = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Style:
    """How one outline is to be painted: the fields of a Shape besides its points."""

    role: Role
    colour: Tone
    form: float = 0.0
    shade: float = 0.0
    outline: float = 1.0
    alpha: float = 1.0
    glow: float = 0.0
    to: Tone | None = None


@dataclass(slots=True)
class _Group:
    depth: float
    order: int
    shapes: list[Shape] = field(default_factory=list[Shape])


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
        screen = self.outline_of(points)
        if screen is not None:
            self.flat(screen, style)

    def pane(self, points: ArrayLike, style: Style, holes: Sequence[ArrayLike]) -> None:
        """Add a world polygon with world polygons cut out of it."""
        screen = self.outline_of(points)
        if screen is None:
            return
        cut = [self.outline_of(hole) for hole in holes]
        self.flat(screen, style, tuple(quantise(hole) for hole in cut if hole is not None))

    def card(self, base: Point | NDArray[np.float64], points: ArrayLike, style: Style) -> None:
        """Add a polygon of (N, 2) metres right and up, standing at `base`, turned to the camera."""
        self.face(self.lift(base, points), style)

    def line(self, points: ArrayLike, width: float, style: Style, least: float = 0.8) -> None:
        """Add a world stroke `width` metres thick, never thinner than `least` pixels at 1080."""
        screen, deep = self.project(points)
        ahead = deep > NEAR
        if not ahead.all():
            screen, deep = screen[ahead], deep[ahead]
        if len(screen) < 2 or not self.touches(screen):
            return
        pixels = width * self.focal / float(deep.mean())
        self._now.shapes.append(
            Shape(
                points=quantise(np.clip(screen, -4 * self.width, 5 * self.width)),
                role=style.role,
                colour=style.colour,
                closed=False,
                width=max(pixels, least * self.unit),
                shade=style.shade,
                outline=style.outline,
                alpha=style.alpha,
                glow=style.glow,
            )
        )

    def flat(
        self, screen: NDArray[np.float64], style: Style, holes: tuple[NDArray[np.float32], ...] = ()
    ) -> None:
        """Add a polygon of (N, 2) sheet pixels."""
        if len(screen) < 3 or not self.touches(screen):
            return
        self._now.shapes.append(
            Shape(
                points=quantise(screen),
                role=style.role,
                colour=style.colour,
                form=style.form,
                shade=style.shade,
                outline=style.outline,
                alpha=style.alpha,
                glow=style.glow,
                to=style.to,
                holes=holes,
            )
        )

    def ball(
        self,
        at: Point | NDArray[np.float64],
        radius: float,
        unit: NDArray[np.float64],
        style: Style,
        form: float = 0.0,
    ) -> None:
        """Add a round thing: `unit` (N, 2) is its outline for radius 1, y up; `form` in radii."""
        screen, deep = self.project(at)
        if deep[0] < NEAR * 2:
            return
        size = radius * self.focal / float(deep[0])
        outline = screen[0] + unit * (size, -size)
        if form:
            style = replace(style, form=size * form)
        self.flat(outline, style)

    def balls(
        self,
        at: NDArray[np.float64],
        radii: NDArray[np.float64],
        units: Sequence[NDArray[np.float64]],
        styles: Sequence[Style],
    ) -> None:
        """Add many round things at once: (N, 3) centres, (N,) metres; specks are left out."""
        screen, deep = self.project(at)
        sizes = radii * self.focal / np.maximum(deep, NEAR)
        reach = sizes + MARGIN
        keep = (
            (deep > NEAR * 2)
            & (sizes > 0.7 * self.unit)
            & (screen[:, 0] > -reach)
            & (screen[:, 0] < self.width + reach)
            & (screen[:, 1] > -reach)
            & (screen[:, 1] < self.height + reach)
        )
        add = self._now.shapes.append
        for index in np.flatnonzero(keep).tolist():
            style, size = styles[index], float(sizes[index])
            outline = screen[index] + units[index] * (size, -size)
            add(
                Shape(
                    quantise(outline),
                    style.role,
                    style.colour,
                    True,
                    0.0,
                    style.form * size,
                    style.shade,
                    style.outline,
                    style.alpha,
                    style.glow,
                    style.to,
                )
            )

    def layers(self) -> tuple[Layer, ...]:
        """Return what was drawn as layers, back to front."""
        depths = {
            "sky": 2000.0,
            "far": self.stage + FAR_FROM * 2.2,
            "mid": self.stage + FAR_FROM * 0.6,
            "near": self.stage + MID_FROM * 0.75,
        }
        done: list[Layer] = []
        for band in ("sky", "far", "mid", "near"):
            groups = sorted(self._bands.get(band, []), key=lambda g: (g.order > 0, -g.depth))
            shapes = tuple(shape for group in groups for shape in group.shapes)
            if shapes:
                done.append(Layer(band, "plate", depths[band], shapes, opaque=band == "sky"))
        front = sorted(self._bands.get("foreground", []), key=lambda g: -g.depth)
        shapes = tuple(shape for group in front for shape in group.shapes)
        if shapes:
            deep = max(min(group.depth for group in front if group.shapes), 0.4)
            done.append(Layer("foreground", "foreground", deep, shapes))
        return tuple(done)
