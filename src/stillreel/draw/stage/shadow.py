"""Shadows on the ground: close contact, and what the key light throws."""

from __future__ import annotations

from dataclasses import dataclass
from math import atan2, cos, radians, sin
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.marks import Shape

if TYPE_CHECKING:
    from stillreel.draw.lens import Camera
    from stillreel.draw.light import Light
    from stillreel.draw.stage.block import Point

_TURN = np.linspace(0, 2 * np.pi, 29)[:-1]


@dataclass(frozen=True, slots=True)
class Bulk:
    """What stands in the light, in metres."""

    wide: float
    """Half the width."""
    deep: float
    """Half the depth."""
    tall: float


def under(
    camera: Camera, light: Light, at: Point, heading: float, bulk: Bulk, weight: float = 1.0
) -> tuple[Shape, ...]:
    """Return the shadow of something that touches the ground.

    Args:
        camera: of the shot.
        light: whose key throws it.
        at: the middle of where it stands.
        heading: degrees about the vertical that it is turned.
        bulk: of what stands there.
        weight: 1 for the shadow of a body.
    """
    x, y, z = at
    key, face = light.key, radians(heading)
    throw = min(0.22 * bulk.tall / max(key[1], 0.25), 0.7 * bulk.tall) + 0.1 * bulk.tall
    dx, dz = -key[0] * throw, -abs(key[2]) * throw * 0.4
    rings: list[Shape] = []
    for size, push, alpha in ((1.15, 1.0, 0.28), (0.92, 0.0, 0.52)):
        side, fore = np.cos(_TURN) * bulk.wide * size, np.sin(_TURN) * bulk.deep * size
        thrown = push * (0.5 + 0.5 * np.cos(_TURN - atan2(dz, dx)))
        ring = np.stack(
            [
                x + side * cos(face) + fore * sin(face) + dx * thrown,
                np.full_like(_TURN, y + 0.004),
                z + fore * cos(face) - side * sin(face) + dz * thrown,
            ],
            axis=1,
        )
        points, away = camera.project(ring)
        if away.min() > 0.1:
            rings.append(Shape(points, "shadow", (0, 0, 0), outline=0, alpha=alpha * weight))
    return tuple(rings)
