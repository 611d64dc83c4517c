"""Seeing a body through the camera: fast projection."""

from __future__ import annotations

from functools import lru_cache
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.lens import NEAR

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.lens import Camera

    Array = NDArray[np.float64]


class View:
    """A camera with its axes worked out once."""

    def __init__(self, camera: Camera, centre: Array, height: float) -> None:
        """Prepare to draw something `height` metres tall around `centre`."""
        self.camera = camera
        self.axes, self._screen, self._shift, self.middle = _lens(camera)
        self.position = np.asarray(camera.position, dtype=np.float64)
        self.focal = camera.pixels_per_tangent
        depth = float((centre - self.position) @ self.axes[2])
        self.pixels = self.focal / max(depth, NEAR)
        """Pixels per metre at the centre of the figure."""
        self.tall = self.pixels * height
        """Pixels the whole figure is tall."""
        spread = 1.1 * self.tall + 2.0
        where = self.project(centre)
        edge = np.array([camera.width, camera.height]) / 2 + 0.6 * max(camera.width, camera.height)
        self.whole = bool(np.all(np.abs(where - self.middle) + spread < edge)) and depth > height
        """True when the figure lies so well inside the frame that nothing need be checked."""
        reach = 0.75 * max(camera.width, camera.height)
        self.low = self.middle - np.array([camera.width, camera.height]) / 2 - reach
        self.high = self.middle + np.array([camera.width, camera.height]) / 2 + reach

    def project(self, points: Array) -> Array:
        """Return (..., 2) screen pixels of (..., 3) world points."""
        local = points @ self._screen - self._shift
        flat = local[..., :2] * (self.focal / np.maximum(local[..., 2:], NEAR))
        flat += self.middle
        return flat

    def depth(self, point: Array) -> float:
        """Return metres along the optical axis."""
        return float((point - self.position) @ self.axes[2])

    def facing(self, points: Array, normals: Array) -> Array:
        """Return how squarely (..., 3) normals look at the camera: 1 full on, < 0 turned away."""
        toward = self.position - points
        return (toward * normals).sum(axis=-1) / np.sqrt((toward * toward).sum(axis=-1))

    def discs(self, centres: Array, radii: Array, sides: int = 14) -> Array:
        """Return (N, sides, 2) screen outlines of spheres, (N, 3) metres and (N,) metres."""
        local = centres @ self._screen - self._shift
        scale = self.focal / np.maximum(local[:, 2:], NEAR)
        flat = local[:, :2] * scale
        flat += self.middle
        if not self.whole:
            # What lies behind the camera would else fill the frame.
            scale = np.where(local[:, 2:] < NEAR, 0.0, scale)
        rings = (radii[:, None] * scale)[:, :, None] * _circle(sides)
        rings += flat[:, None]
        return rings

    def outside(self, points: Array) -> bool:
        """Say whether a group of screen points lies wholly away from the frame."""
        if self.whole:
            return False
        low, high = points.min(axis=0), points.max(axis=0)
        return bool(
            high[0] < self.low[0]
            or high[1] < self.low[1]
            or low[0] > self.high[0]
            or low[1] > self.high[1]
        )


def cross(first: Array, second: Array) -> Array:
    """Return the cross products of (..., 3) vectors."""
    made = np.empty(np.broadcast_shapes(first.shape, second.shape))
    a, b, c = first[..., 0], first[..., 1], first[..., 2]
    d, e, f = second[..., 0], second[..., 1], second[..., 2]
    made[..., 0] = b * f - c * e
    made[..., 1] = c * d - a * f
    made[..., 2] = a * e - b * d
    return made


def normalised(vector: Array) -> Array:
    """Return a (3,) vector at length one; what has no length stays as it is."""
    return vector / max(sqrt(vector @ vector), 1e-9)


def length(vector: Array) -> float:
    """Return the length of a (N,) vector."""
    return sqrt(vector @ vector)


@lru_cache(maxsize=64)
def _lens(camera: Camera) -> tuple[Array, Array, Array, Array]:
    """Return axes, the same as columns with y down, what that makes of the eye, and the middle."""
    axes = camera.axes()
    screen = axes.T * np.array([1.0, -1.0, 1.0])
    middle = [camera.width / 2 + camera.offset[0], camera.height / 2 + camera.offset[1]]
    return axes, screen, np.asarray(camera.position, np.float64) @ screen, np.array(middle)


@lru_cache(maxsize=8)
def _circle(sides: int) -> Array:
    turn = np.arange(sides) * (2 * np.pi / sides)
    return np.stack([np.cos(turn), np.sin(turn)], axis=1)


def faces(flat: Array) -> tuple[list[Array], list[Array]]:
    """Return the quads of a projected (R, C, 2) grid, row by row, that wind with and against it.

    Each is a list of (K, 4, 2) screen polygons; within a row none covers another.
    """
    quads = np.stack([flat[:-1, :-1], flat[1:, :-1], flat[1:, 1:], flat[:-1, 1:]], axis=2)
    one, two = quads[:, :, 2] - quads[:, :, 0], quads[:, :, 3] - quads[:, :, 1]
    winds = one[..., 0] * two[..., 1] - one[..., 1] * two[..., 0] > 0
    along = [row[keep] for row, keep in zip(quads, winds, strict=True)]
    against = [row[~keep] for row, keep in zip(quads, winds, strict=True)]
    return [row for row in along if len(row)], [row for row in against if len(row)]
