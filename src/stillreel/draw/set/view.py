"""How a place is seen: the camera's projection, clipped to the sheet, and the layer of a depth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal
from zlib import crc32

import numpy as np

from stillreel.draw.lens import Camera
from stillreel.draw.set.edges import cut

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from stillreel.draw.marks import Light

Point = tuple[float, float, float]
Band = Literal["sky", "far", "mid", "near", "foreground"]

NEAR = 0.12
MID_FROM = 9.0
"""Metres behind the stage centre where the middle distance begins."""
FAR_FROM = 30.0
SOFT_FROM_MM = 48.0
FRONT_TO = 3.2
"""A piece nearer the camera than the stage centre by more than this is foreground."""
MARGIN = 48.0
"""Pixels beyond the sheet that are still drawn."""


class View:
    """A camera on a sheet, with the light of the place.

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
        self._rows = self._axes.tolist()
        self._aim = self._rows[2]
        self._aim_eye = float(self._eye @ self._axes[2])
        self.focal = camera.pixels_per_tangent
        self._middle = (
            camera.width / 2 + camera.offset[0],
            camera.height / 2 + camera.offset[1],
        )
        self._centre = np.array(self._middle)
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
        self.unit = height / 1080.0
        """Pixels of this sheet per pixel of a 1080-line one."""
        self.soft = camera.focal_mm >= SOFT_FROM_MM
        """True when the place will be out of focus: texture is left out."""
        self.inside = False
        """True for interiors, whose shell and fittings move as one sheet."""

    def rng(self, *names: str | int) -> np.random.Generator:
        """Return the generator that belongs to a named thing of this place."""
        return rng_of(self.seed, *names)

    def depth(self, at: Point | NDArray[np.float64]) -> float:
        """Return metres along the camera's axis to a world point."""
        x, y, z = self._aim
        return float(at[0]) * x + float(at[1]) * y + float(at[2]) * z - self._aim_eye

    def scale(self, at: Point | NDArray[np.float64]) -> float:
        """Return pixels per metre at a world point."""
        return self.focal / max(self.depth(at), NEAR)

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

    def project(self, points: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return (N, 2) pixels and (N,) metres of world points, clamped at the near plane."""
        local = (np.asarray(points, dtype=np.float64).reshape(-1, 3) - self._eye) @ self._axes.T
        deep = local[:, 2]
        scale = self.focal / np.maximum(deep, NEAR)
        screen = np.empty((len(local), 2))
        screen[:, 0] = self._centre[0] + local[:, 0] * scale
        screen[:, 1] = self._centre[1] - local[:, 1] * scale
        return screen, deep

    def seen(self, at: Point | NDArray[np.float64], radius: float) -> bool:
        """Return whether a ball of `radius` metres can touch the sheet."""
        deep = self.depth(at)
        if deep < -radius:
            return False
        scale = self.focal / max(deep, NEAR)
        reach = radius * scale + MARGIN
        eye, (right, up, _) = self.camera.position, self._rows
        off = (float(at[0]) - eye[0], float(at[1]) - eye[1], float(at[2]) - eye[2])
        x = self._middle[0] + (off[0] * right[0] + off[1] * right[1] + off[2] * right[2]) * scale
        y = self._middle[1] - (off[0] * up[0] + off[1] * up[1] + off[2] * up[2]) * scale
        return -reach <= x <= self.width + reach and -reach <= y <= self.height + reach

    def facing(self, normal: Point | NDArray[np.float64]) -> float:
        """Return the shade (0 lit, 1 dark) of a face with this outward unit normal."""
        return min(max(0.5 - 0.62 * _along(normal, self.light.key), 0.0), 0.92)

    def lift(self, base: Point | NDArray[np.float64], points: ArrayLike) -> NDArray[np.float64]:
        """Return the world points of (N, 2) metres right and up on a card at `base`."""
        flat = np.asarray(points, dtype=np.float64).reshape(-1, 2)
        world = np.asarray(base, dtype=np.float64) + flat[:, :1] * self.right
        world[:, 1] += flat[:, 1]
        return world

    def outline_of(self, points: ArrayLike) -> NDArray[np.float64] | None:
        """Return the pixels of a world polygon inside the sheet, or None when it is unseen."""
        local = (np.asarray(points, dtype=np.float64).reshape(-1, 3) - self._eye) @ self._axes.T
        deep = local[:, 2]
        if deep.min() < NEAR:
            if deep.max() < NEAR:
                return None
            local = cut(local, local[:, 2] - NEAR)
            if len(local) < 3:
                return None
            deep = local[:, 2]
        scale = self.focal / deep
        screen = np.empty((len(local), 2))
        screen[:, 0] = self._centre[0] + local[:, 0] * scale
        screen[:, 1] = self._centre[1] - local[:, 1] * scale
        if not self.touches(screen):
            return None
        reach = 2.0 * self.width
        if np.abs(screen).max() > reach:
            screen = self._trim(screen)
        return screen if len(screen) >= 3 else None

    def _trim(self, screen: NDArray[np.float64]) -> NDArray[np.float64]:
        for axis, size in ((0, self.width), (1, self.height)):
            for sign, limit in ((1.0, -MARGIN), (-1.0, size + MARGIN)):
                if len(screen) < 3:
                    return screen
                screen = cut(screen, sign * (screen[:, axis] - limit))
        return screen

    def touches(self, screen: NDArray[np.float64]) -> bool:
        """Return whether the box of (N, 2) pixels meets the sheet."""
        low, high = screen.min(axis=0), screen.max(axis=0)
        return bool(
            high[0] > -MARGIN
            and low[0] < self.width + MARGIN
            and high[1] > -MARGIN
            and low[1] < self.height + MARGIN
        )


def _along(normal: Point | NDArray[np.float64], key: Point) -> float:
    return float(normal[0]) * key[0] + float(normal[1]) * key[1] + float(normal[2]) * key[2]


def rng_of(seed: int, *names: str | int) -> np.random.Generator:
    """Return the generator that belongs to a named thing of the place with this seed."""
    return np.random.default_rng([seed & 0x7FFFFFFF, crc32(repr(names).encode())])
