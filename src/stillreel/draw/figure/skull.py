"""The head as one surface: where any place of the face lies, and which way it looks.

Head units: 1 is chin to crown. Places are `x` (own left positive) and `v` (0 chin, 1 crown) for the
face, azimuth and `v` for the whole round.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.figure.view import cross

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.figure.proportion import Proportion
    from stillreel.draw.figure.skeleton import Skeleton
    from stillreel.draw.figure.view import View

    Array = NDArray[np.float64]

_ADULT = np.array(
    [
        # v, half width masculine, half width feminine, front, back
        (-0.02, 0.080, 0.060, 0.250, 0.160),
        (0.00, 0.125, 0.095, 0.325, 0.070),
        (0.04, 0.190, 0.150, 0.350, 0.000),
        (0.08, 0.232, 0.188, 0.355, -0.070),
        (0.125, 0.262, 0.222, 0.358, -0.130),
        (0.165, 0.284, 0.248, 0.360, -0.190),
        (0.20, 0.298, 0.268, 0.362, -0.260),
        (0.23, 0.308, 0.282, 0.364, -0.300),
        (0.28, 0.322, 0.302, 0.365, -0.360),
        (0.36, 0.338, 0.326, 0.364, -0.420),
        (0.44, 0.348, 0.342, 0.358, -0.455),
        (0.50, 0.354, 0.350, 0.358, -0.472),
        (0.57, 0.358, 0.355, 0.374, -0.485),
        (0.66, 0.358, 0.356, 0.376, -0.490),
        (0.76, 0.342, 0.340, 0.350, -0.470),
        (0.85, 0.300, 0.298, 0.292, -0.410),
        (0.92, 0.236, 0.234, 0.212, -0.325),
        (0.97, 0.155, 0.154, 0.118, -0.225),
        (1.00, 0.050, 0.050, -0.005, -0.105),
    ]
)
_CHILD = np.array(
    [
        (-0.02, 0.070, 0.070, 0.240, 0.150),
        (0.00, 0.115, 0.115, 0.308, 0.070),
        (0.04, 0.190, 0.190, 0.338, -0.010),
        (0.08, 0.245, 0.245, 0.346, -0.090),
        (0.125, 0.286, 0.286, 0.351, -0.160),
        (0.165, 0.316, 0.316, 0.355, -0.230),
        (0.20, 0.338, 0.338, 0.358, -0.290),
        (0.23, 0.352, 0.352, 0.360, -0.330),
        (0.28, 0.370, 0.370, 0.362, -0.390),
        (0.36, 0.386, 0.386, 0.362, -0.445),
        (0.44, 0.394, 0.394, 0.360, -0.475),
        (0.50, 0.398, 0.398, 0.366, -0.495),
        (0.57, 0.400, 0.400, 0.382, -0.505),
        (0.66, 0.396, 0.396, 0.386, -0.505),
        (0.76, 0.376, 0.376, 0.362, -0.485),
        (0.85, 0.328, 0.328, 0.304, -0.425),
        (0.92, 0.258, 0.258, 0.222, -0.340),
        (0.97, 0.168, 0.168, 0.122, -0.240),
        (1.00, 0.052, 0.052, -0.005, -0.110),
    ]
)


@lru_cache(maxsize=16)
def _rows(soft: float, young: float, heavy: float) -> Array:
    adult = np.stack(
        [
            _ADULT[:, 0], _ADULT[:, 1] * (1 - soft) + _ADULT[:, 2] * soft,
            _ADULT[:, 3], _ADULT[:, 4],
        ],
        axis=1,
    )  # fmt: skip
    child = _CHILD[:, (0, 1, 3, 4)]
    rows = adult * (1 - young) + child * young
    cheeks = np.exp(-(((rows[:, 0] - 0.17) / 0.2) ** 2))
    rows[:, 1] *= 1 + heavy * cheeks
    return rows


_SMALL = 60.0
"""Pixels of a head below which every second ring is enough."""


@lru_cache(maxsize=4)
def _net(small: bool, rows: int) -> tuple[Array, NDArray[np.intp]]:
    """Return azimuths around the rings of a skull, (R, N), and which rows they stand at."""
    kept = np.arange(rows)
    if small:
        kept = np.unique(np.concatenate([kept[::3], kept[-2:]]))
    around = np.radians(np.arange(0, 360, 24.0 if small else 15.0))
    return np.tile(around, (len(kept), 1)), kept


class Skull:
    """The surface of one head in the world."""

    def __init__(self, shape: Proportion, bones: Skeleton) -> None:
        """Set the head on its bones."""
        self.unit = shape.head
        self.young = shape.young
        self.frame = bones.head
        girth = shape.limb / shape.height
        self.rows = _rows(shape.soft, shape.young, min(max(girth - 1.02, -0.06), 0.14) * 0.9)
        self._toward: tuple[View, Array] | None = None
        self.origin = bones.skull - bones.head[:, 2] * (0.03 * self.unit)

    def world(self, points: Array) -> Array:
        """Return world metres of (..., 3) head units."""
        return self.origin + (points * self.unit) @ self.frame.T

    def _ring(self, v: Array) -> tuple[Array, Array, Array, Array]:
        rows = self.rows
        wide, front, back = (np.interp(v, rows[:, 0], rows[:, i]) for i in (1, 2, 3))
        middle = back + (front - back) * 0.5
        return wide, front, back, middle

    def around(self, azimuths: Array, v: Array, lift: float = 0.0) -> Array:
        """Return head-unit points at azimuths in radians (0 front, + own left)."""
        wide, front, back, middle = self._ring(v)
        s, c = np.sin(azimuths), np.cos(azimuths)
        ahead = np.where(
            c > 0,
            (front - middle + lift) * np.maximum(1 - np.abs(s) ** 2.4, 0) ** 0.45,
            (middle - back + lift) * c,
        )
        return np.stack([(wide + lift) * s, v + np.zeros_like(s), middle + ahead], axis=-1)

    def face(self, x: Array, v: Array, lift: float | Array = 0.0) -> Array:
        """Return head-unit points of the front half, by sideways place and height."""
        wide, front, _, middle = self._ring(v)
        s = np.minimum(np.maximum(x / wide, -0.999), 0.999)
        z = middle + (front - middle + lift) * np.maximum(1 - np.abs(s) ** 2.4, 0) ** 0.45
        return np.stack([x, v + np.zeros_like(x), z], axis=-1)

    def look(self, view: View, x: Array, v: Array) -> tuple[Array, Array]:
        """Return how squarely (N,) face places look at the camera, and their world points."""
        step, count = 0.012, len(x)
        near_x = np.concatenate([x, x + step, x - step, x, x])
        near_v = np.concatenate([v, v, v, v + step, v - step])
        points = self.face(near_x, near_v).reshape(5, count, 3)
        normal = cross(points[1] - points[2], points[3] - points[4])
        normal /= np.sqrt((normal * normal).sum(axis=1, keepdims=True))
        world = self.world(points[0])
        return view.facing(world, normal @ self.frame.T), world

    def side_on(self, view: View) -> Array:
        """Return the direction to the camera in head axes, unit (own left, up, forward)."""
        if self._toward is None or self._toward[0] is not view:
            toward = view.position - self.world(np.array([0.0, 0.5, 0.0]))
            local = self.frame.T @ toward
            self._toward = view, local / np.linalg.norm(local)
        return self._toward[1]

    def groups(self, view: View) -> list[Array]:
        """Return convex screen groups of skull, jaw and nose."""
        small = self.unit * view.pixels < _SMALL
        turns, rows = _net(small, len(self.rows))
        v = self.rows[rows, 0]
        points = self.around(turns, np.repeat(v[:, None], turns.shape[1], 1))
        flat = view.project(self.world(points))
        return list(np.concatenate([flat[:-1], flat[1:]], axis=1))

    def nose(self) -> tuple[Array, Array]:
        """Return centres (bridge, middle, tip, left and right wing) in head units, and radii."""
        y = self.young
        front = float(np.interp(0.36, self.rows[:, 0], self.rows[:, 2]))
        centres = np.array(
            [
                (0.0, 0.515, front - 0.028),
                (0.0, 0.42, front + 0.012 - 0.018 * y),
                (0.0, 0.338 - 0.01 * y, front + 0.062 - 0.03 * y),
                (0.040 - 0.004 * y, 0.318, front + 0.006 - 0.004 * y),
                (-0.040 + 0.004 * y, 0.318, front + 0.006 - 0.004 * y),
            ]
        )
        radii = np.array([0.024, 0.025, 0.038 + 0.002 * y, 0.030, 0.030])
        return centres, radii

    def nose_groups(self, view: View) -> list[Array]:
        """Return convex screen groups of nose, lips and chin: what stands out of the profile."""
        centres, radii = self.nose()
        y = self.young
        front = float(np.interp(0.2, self.rows[:, 0], self.rows[:, 2]))
        lips = np.array(
            [
                (0.0, 0.226, front - 0.022),
                (0.0, 0.172, front - 0.022),
                (0.022, 0.052, front - 0.048 - 0.012 * y),
                (-0.022, 0.052, front - 0.048 - 0.012 * y),
            ]
        )
        swell = np.array([0.036 - 0.004 * y, 0.034 - 0.004 * y, 0.054, 0.054])
        discs = view.discs(
            self.world(np.concatenate([centres, lips])),
            np.concatenate([radii, swell]) * self.unit,
        )
        b, m, t, left, right, upper, lower, chin, other = discs
        return [
            np.concatenate([b, m]),
            np.concatenate([m, t]),
            np.concatenate([t, left, right]),
            upper,
            lower,
            np.concatenate([chin, other]),
        ]
