"""The camera: metres in, screen pixels out.

World axes are right-handed: x to the right of the stage, y up, z toward the audience. A camera in
front of the stage stands at positive z and looks toward negative z; a body that faces the camera
faces +z, and its own left hand is at +x, which is the right of the frame.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians, sin
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

SENSOR_WIDTH_MM = 36.0
NEAR = 0.05
_QUANTUM = 64.0


@dataclass(frozen=True, slots=True)
class Camera:
    """A pinhole camera with a full-frame sensor width."""

    position: tuple[float, float, float]
    """Metres."""
    target: tuple[float, float, float]
    """Point the optical axis passes through, metres."""
    focal_mm: float
    width: int
    """Frame width in pixels."""
    height: int
    """Frame height in pixels."""
    roll: float = 0.0
    """Degrees, positive turns the picture clockwise (the camera leans to its left)."""
    offset: tuple[float, float] = (0.0, 0.0)
    """Pixels added to every point: where the frame's corner lies on a larger sheet."""

    def axes(self) -> NDArray[np.float64]:
        """Return the rows right, up, forward of the camera in world axes, (3, 3), read-only."""
        return _axes(self.position, self.target, self.roll)

    @property
    def pixels_per_tangent(self) -> float:
        """Focal length in pixels: screen distance of a point at 45 degrees from the axis."""
        return self.focal_mm / SENSOR_WIDTH_MM * self.width

    def project(self, points: ArrayLike) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
        """Project world points.

        Args:
            points: (N, 3) metres.

        Returns:
            (N, 2) screen pixels quantised to 1/64, x right, y down, and (N,) metres along the axis.
            Points behind the camera are clamped to the near plane.
        """
        world = np.asarray(points, dtype=np.float64).reshape(-1, 3)
        local = (world - np.asarray(self.position, dtype=np.float64)) @ self.axes().T
        depth = np.maximum(local[:, 2], NEAR)
        scale = self.pixels_per_tangent / depth
        x = self.width / 2 + local[:, 0] * scale + self.offset[0]
        y = self.height / 2 - local[:, 1] * scale + self.offset[1]
        screen = np.round(np.stack([x, y], axis=1) * _QUANTUM) / _QUANTUM
        return screen.astype(np.float32), local[:, 2]

    def scale_at(self, point: ArrayLike) -> float:
        """Return pixels per metre, square to the axis, at a world point."""
        _, depth = self.project(np.asarray(point, dtype=np.float64))
        return self.pixels_per_tangent / max(float(depth[0]), NEAR)


@lru_cache(maxsize=256)
def _axes(
    position: tuple[float, float, float], target: tuple[float, float, float], roll: float
) -> NDArray[np.float64]:
    forward = np.subtract(target, position).astype(np.float64)
    forward /= np.linalg.norm(forward)
    up = np.array([0.0, 1.0, 0.0])
    if abs(forward[1]) > 0.999:  # looking straight down or up
        up = np.array([0.0, 0.0, -1.0])
    right = np.cross(forward, up)
    right /= np.linalg.norm(right)
    true_up = np.cross(right, forward)
    turn = radians(roll)
    rows = np.array(
        [
            right * cos(turn) + true_up * sin(turn),
            true_up * cos(turn) - right * sin(turn),
            forward,
        ]
    )
    rows.setflags(write=False)
    return rows
