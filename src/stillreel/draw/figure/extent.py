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


_HEAD = np.array([(0.0, 0.5, 0.0), (0.0, 0.47, 0.35)])
"""Middle of the head and the eyes, head units."""


@lru_cache(maxsize=1024)
def body(
    identity: Identity, action: Action = "stand", phase: float = 0.0, *, supported: bool = False
) -> Body:
    """Return the measures of a posed person at the origin, facing +z."""
    shape = measures_of(identity)
    pose = pose_of(action, phase, supported=supported)
    bones = build(shape, pose, (0.0, 0.0, 0.0), 0.0)
    skull = Skull(shape, bones)
    radius = shape.head * 0.5
    centre, eyes = skull.world(_HEAD).tolist()
    hands, feet = np.array(bones.hand), np.array(bones.foot)
    joints = np.array(
        [
            *bones.wrist, *bones.ankle, *bones.elbow, *bones.knee, *bones.shoulder, bones.pelvis
        ]
    )  # fmt: skip
    joints[:2] += hands[:, :, 2] * shape.hand
    joints[2:4] += feet[:, :, 2] * (shape.foot * 0.8)
    widest, _, deepest = np.abs(joints).max(axis=0).tolist()
    thick = shape.levels[1][1]
    top = max(centre[1] + radius, float(joints[:, 1].max()))
    wide = max(widest + 0.02 * shape.height, thick, abs(centre[0]) + radius)
    deep = max(deepest, thick, abs(centre[2]) + radius)
    return Body(
        height=top,
        eye_height=eyes[1],
        head=(centre[0], centre[1], centre[2]),
        head_radius=radius,
        half_width=wide,
        depth=deep,
        hip=float(bones.pelvis[1]) - 0.07 * shape.height,
    )
