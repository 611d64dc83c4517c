"""How big a posed person is, for framing and staging."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.body import Body
from stillreel.draw.figure.acts import pose_of
from stillreel.draw.figure.proportion import measures_of
from stillreel.draw.figure.skeleton import build
from stillreel.draw.figure.skull import Skull

if TYPE_CHECKING:
    from stillreel.values.scene import Action, Identity


@lru_cache(maxsize=256)
def body(
    identity: Identity, action: Action = "stand", phase: float = 0.0, *, supported: bool = False
) -> Body:
    """Return the measures of a posed person at the origin, facing +z."""
    shape = measures_of(identity)
    pose = pose_of(action, phase, supported=supported)
    bones = build(shape, pose, (0.0, 0.0, 0.0), 0.0)
    skull = Skull(shape, bones)
    radius = shape.head * 0.5
    centre = skull.world(np.array([0.0, 0.5, 0.0]))
    eyes = skull.world(np.array([0.0, 0.47, 0.35]))
    fingers = [bones.wrist[i] + bones.hand[i][:, 2] * shape.hand for i in (0, 1)]
    toes = [bones.ankle[i] + bones.foot[i][:, 2] * shape.foot * 0.8 for i in (0, 1)]
    points = np.stack([*fingers, *toes, *bones.elbow, *bones.knee, *bones.shoulder, bones.pelvis])
    thick = shape.levels[1][1]
    top = max(float(centre[1]) + radius, float(points[:, 1].max()))
    wide = max(
        float(np.abs(points[:, 0]).max()) + 0.02 * shape.height,
        thick,
        float(abs(centre[0])) + radius,
    )
    deep = max(float(np.abs(points[:, 2]).max()), thick, float(abs(centre[2])) + radius)
    return Body(
        height=top,
        eye_height=float(eyes[1]),
        head=(float(centre[0]), float(centre[1]), float(centre[2])),
        head_radius=radius,
        half_width=wide,
        depth=deep,
        hip=float(bones.pelvis[1]) - 0.07 * shape.height,
    )
