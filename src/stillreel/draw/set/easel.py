"""The easel a place is drawn on: world metres in, shapes on the sheet out.

Everything is clipped at the near plane and at the edge of the sheet, dropped when it cannot be
seen, and sorted into the few sheets (layers) that the motion moves.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal
from zlib import crc32

import numpy as np

from stillreel.draw.lens import Camera
from stillreel.draw.marks import Layer, Role, Shape
from stillreel.draw.set.edges import cut, quantise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from stillreel.draw.marks import Light

Tone = tuple[int, int, int]
Point = tuple[float, float, float]
Band = Literal["sky", "far", "mid", "near", "foreground"]

NEAR = 0.12
MID_FROM = 9.0
"""Metres behind the stage centre where the middle distance begins."""
FAR_FROM = 30.0
SOFT_FROM_MM = 48.0
FRONT_TO = 3.2
"""A piece nearer the camera than the stage centre by more than this is foreground."""
_MARGIN = 48.0


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


class Easel:
    """Collects the shapes of one place as seen by one camera.

    Args:
        camera: the camera, its offset already that of the sheet.
        light: the light, for shading faces by the way they are turned.
        width: pixels of the whole sheet.
        height: pixels of the whole sheet.
        seed: the seed of the place; the same for every camera.
    """

    def __init__(self, camera: Camera, light: Light, width: int, height: int, seed: int) -> None:
        self.camera = camera
        self.light = light
        self.width = width
        self.height = height
        self.seed = seed
        self._axes = camera.axes()
        self._eye = np.asarray(camera.position, dtype=np.float64)
        self._focal = camera.pixels_per_tangent
        self._centre = np.array(
            [camera.width / 2 + camera.offset[0], camera.height / 2 + camera.offset[1]]
        )
        level = Camera(camera.position, camera.target, camera.focal_mm, 16, 9).axes()[0]
        self.right = level
        """Unit vector to the camera's right along the ground."""
        self.ahead = np.cross((0.0, 1.0, 0.0), level)
        """Unit vector ahead of the camera along the ground."""
        self.down = -float(self._axes[2][1])
        """Sine of the camera's pitch: 1 looks straight down."""
        self.key = np.asarray(light.key, dtype=np.float64)
        self.stage = max(float((-self._eye) @ self._axes[2]), 1.0)
        """Metres along the axis from the camera to the stage centre."""
        self._bands: dict[Band, list[_Group]] = {}
        self._now = _Group(0.0, 0)
        self.unit = height / 1080.0
        """Pixels of this sheet per pixel of a 1080-line one."""
        self.soft = camera.focal_mm >= SOFT_FROM_MM
        """True when the place will be out of focus: texture is left out."""
        self.inside = False
        """True for interiors, whose shell and fittings move as one sheet."""

    def rng(self, *names: str | int) -> np.random.Generator:
        """Return the generator that belongs to a named thing of this place."""
        return np.random.default_rng([self.seed & 0x7FFFFFFF, crc32(repr(names).encode())])

    def depth(self, at: Point | NDArray[np.float64]) -> float:
        """Return metres along the camera's axis to a world point."""
        return float((np.asarray(at) - self._eye) @ self._axes[2])

    def scale(self, at: Point | NDArray[np.float64]) -> float:
        """Return pixels per metre at a world point."""
        return self._focal / max(self.depth(at), NEAR)

    def band(self, depth: float) -> Band:
        """Return the layer in which something at `depth` metres belongs."""
        behind = depth - self.stage
        if self.inside and behind > -FRONT_TO:
            return "near"
        if behind > FAR_FROM:
            return "far"
        if behind > MID_FROM:
            return "mid"
        return "foreground" if behind < -FRONT_TO and depth < self.stage * 0.72 else "near"

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

    def project(self, points: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return (N, 2) pixels and (N,) metres of world points, clamped at the near plane."""
        local = (np.asarray(points, dtype=np.float64).reshape(-1, 3) - self._eye) @ self._axes.T
        deep = local[:, 2]
        scale = self._focal / np.maximum(deep, NEAR)
        screen = np.empty((len(local), 2))
        screen[:, 0] = self._centre[0] + local[:, 0] * scale
        screen[:, 1] = self._centre[1] - local[:, 1] * scale
        return screen, deep

    def seen(self, at: Point | NDArray[np.float64], radius: float) -> bool:
        """Return whether a ball of `radius` metres can touch the sheet."""
        screen, deep = self.project(at)
        if deep[0] < -radius:
            return False
        reach = radius * self._focal / max(float(deep[0]), NEAR) + _MARGIN
        x, y = float(screen[0, 0]), float(screen[0, 1])
        return -reach <= x <= self.width + reach and -reach <= y <= self.height + reach

    def facing(self, normal: Point | NDArray[np.float64]) -> float:
        """Return the shade (0 lit, 1 dark) of a face with this outward unit normal."""
        return min(max(0.5 - 0.62 * float(np.asarray(normal) @ self.key), 0.0), 0.92)

    def face(self, points: ArrayLike, style: Style) -> None:
        """Add a world polygon."""
        screen = self._outline(points)
        if screen is not None:
            self.flat(screen, style)

    def pane(self, points: ArrayLike, style: Style, holes: Sequence[ArrayLike]) -> None:
        """Add a world polygon with world polygons cut out of it."""
        screen = self._outline(points)
        if screen is None:
            return
        cut = [self._outline(hole) for hole in holes]
        self.flat(screen, style, tuple(quantise(hole) for hole in cut if hole is not None))

    def card(self, base: Point | NDArray[np.float64], points: ArrayLike, style: Style) -> None:
        """Add a polygon of (N, 2) metres right and up, standing at `base`, turned to the camera."""
        self.face(self.lift(base, points), style)

    def lift(self, base: Point | NDArray[np.float64], points: ArrayLike) -> NDArray[np.float64]:
        """Return the world points of (N, 2) metres right and up on a card at `base`."""
        flat = np.asarray(points, dtype=np.float64).reshape(-1, 2)
        world = np.asarray(base, dtype=np.float64) + flat[:, :1] * self.right
        world[:, 1] += flat[:, 1]
        return world

    def line(self, points: ArrayLike, width: float, style: Style, least: float = 0.8) -> None:
        """Add a world stroke `width` metres thick, never thinner than `least` pixels at 1080."""
        screen, deep = self.project(points)
        ahead = deep > NEAR
        if not ahead.all():
            screen, deep = screen[ahead], deep[ahead]
        if len(screen) < 2 or not self._touches(screen):
            return
        pixels = width * self._focal / float(deep.mean())
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
        if len(screen) < 3 or not self._touches(screen):
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
        size = radius * self._focal / float(deep[0])
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
        sizes = radii * self._focal / np.maximum(deep, NEAR)
        reach = sizes + _MARGIN
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

    def _outline(self, points: ArrayLike) -> NDArray[np.float64] | None:
        local = (np.asarray(points, dtype=np.float64).reshape(-1, 3) - self._eye) @ self._axes.T
        deep = local[:, 2]
        if deep.min() < NEAR:
            if deep.max() < NEAR:
                return None
            local = cut(local, local[:, 2] - NEAR)
            if len(local) < 3:
                return None
            deep = local[:, 2]
        scale = self._focal / deep
        screen = np.empty((len(local), 2))
        screen[:, 0] = self._centre[0] + local[:, 0] * scale
        screen[:, 1] = self._centre[1] - local[:, 1] * scale
        if not self._touches(screen):
            return None
        reach = 2.0 * self.width
        if np.abs(screen).max() > reach:
            screen = self._trim(screen)
        return screen if len(screen) >= 3 else None

    def _trim(self, screen: NDArray[np.float64]) -> NDArray[np.float64]:
        for axis, size in ((0, self.width), (1, self.height)):
            for sign, limit in ((1.0, -_MARGIN), (-1.0, size + _MARGIN)):
                if len(screen) < 3:
                    return screen
                screen = cut(screen, sign * (screen[:, axis] - limit))
        return screen

    def _touches(self, screen: NDArray[np.float64]) -> bool:
        low, high = screen.min(axis=0), screen.max(axis=0)
        return bool(
            high[0] > -_MARGIN
            and low[0] < self.width + _MARGIN
            and high[1] > -_MARGIN
            and low[1] < self.height + _MARGIN
        )
