"""A camera bound to one body or thing: local metres in, screen pixels out."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.lens import NEAR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from stillreel.draw.lens import Camera

    Array = NDArray[np.float64]
    Points = ArrayLike | Sequence[ArrayLike]

_QUANTUM = 64.0


class View:
    """The pinhole of a `Camera`, with its axes kept and a local frame in front of it.

    Args:
        camera: Where we look from.
        origin: World place of the local origin, metres.
        basis: Rows are the local x, y and z axes as world unit vectors, shape (3, 3).
        scale: World metres per local unit.
    """

    def __init__(
        self,
        camera: Camera,
        origin: ArrayLike = (0.0, 0.0, 0.0),
        basis: ArrayLike | None = None,
        scale: float = 1.0,
    ) -> None:
        self.camera = camera
        self.origin: Array = np.asarray(origin, dtype=np.float64)
        self.basis: Array = np.eye(3) if basis is None else np.asarray(basis, dtype=np.float64)
        self.scale = scale
        self._axes = camera.axes()
        self._turn: Array = self.basis @ self._axes.T * scale
        eye = np.asarray(camera.position, dtype=np.float64)
        self._shift: Array = (self.origin - eye) @ self._axes.T
        self._ppt = camera.pixels_per_tangent
        self._middle = np.array(
            [camera.width / 2 + camera.offset[0], camera.height / 2 + camera.offset[1]]
        )
        self.eye: Array = (eye - self.origin) @ self.basis.T / scale
        """Where the camera stands, in local units."""
        self._lens = np.array([self._ppt, -self._ppt])
        x, y, z = self._turn[:, 2].tolist()
        self._deep: tuple[float, float, float, float] = (x, y, z, float(self._shift[2]))
        self._eye: list[float] = self.eye.tolist()

    def world(self, points: ArrayLike) -> Array:
        """Return local points, (N, 3) or (3,), in world metres."""
        return np.asarray(points, dtype=np.float64) @ self.basis * self.scale + self.origin

    def project(self, points: ArrayLike) -> tuple[Array, Array]:
        """Return (N, 2) pixels and (N,) metres along the axis of (N, 3) local points."""
        local = np.asarray(points, dtype=np.float64).reshape(-1, 3) @ self._turn
        local += self._shift
        depth = local[:, 2]
        flat = local[:, :2] * (self._lens / np.maximum(depth, NEAR)[:, None])
        flat += self._middle
        flat *= _QUANTUM
        np.rint(flat, out=flat)
        flat /= _QUANTUM
        return flat, depth

    def flat(self, points: ArrayLike) -> Array:
        """Return the (N, 2) pixels of (N, 3) local points."""
        return self.project(points)[0]

    def depth(self, point: ArrayLike) -> float:
        """Return metres along the axis of one local point."""
        x, y, z = _three(point)
        a, b, c, d = self._deep
        return x * a + y * b + z * c + d

    def pixels(self, length: float, at: ArrayLike = (0.0, 0.0, 0.0)) -> float:
        """Return how many pixels a local length covers, square to the axis, at a local point."""
        return length * self.scale * self._ppt / max(self.depth(at), NEAR)

    def circles(self, points: ArrayLike, radii: ArrayLike) -> tuple[Array, Array]:
        """Return centres (N, 2) and radii (N,) in pixels of balls given in local units."""
        flat, depth = self.project(points)
        size = np.asarray(radii, dtype=np.float64).reshape(-1)
        return flat, size * self.scale * self._ppt / np.maximum(depth, NEAR)

    def facing(self, normal: ArrayLike, at: ArrayLike) -> float:
        """Return the cosine between a local normal and the way to the camera: above 0 is seen."""
        x, y, z = _three(at)
        x, y, z = self._eye[0] - x, self._eye[1] - y, self._eye[2] - z
        a, b, c = _three(normal)
        length = sqrt((x * x + y * y + z * z) * (a * a + b * b + c * c))
        return (x * a + y * b + z * c) / max(length, 1e-9)

    def within(self, origin: ArrayLike, basis: ArrayLike, scale: float = 1.0) -> View:
        """Return the view of a frame that lies inside this one, given in local units."""
        return View(
            self.camera,
            self.world(origin),
            np.asarray(basis, dtype=np.float64) @ self.basis,
            self.scale * scale,
        )


def _three(point: ArrayLike) -> tuple[float, float, float]:
    """Return a place or way as three plain numbers, which are quicker than arrays for one point."""
    x, y, z = np.asarray(point, dtype=np.float64).ravel().tolist()
    return x, y, z


def cross(first: ArrayLike, second: ArrayLike) -> Array:
    """Return the cross product of two vectors of three."""
    a, b, c = _three(first)
    x, y, z = _three(second)
    return np.array([b * z - c * y, c * x - a * z, a * y - b * x])


def rows(points: Points) -> Array:
    """Return places as an array of (N, 3)."""
    return np.asarray(points, dtype=np.float64).reshape(-1, 3)  # pyright: ignore[reportArgumentType, reportCallIssue] - rows may be arrays
