"""How big four-legged bodies are, and the pose their mood gives them."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.animal.deed import pose_of
from stillreel.draw.animal.skeleton import build
from stillreel.draw.animal.species import quad_of
from stillreel.draw.body import Body

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.animal.acting import Acting
    from stillreel.draw.animal.pose import Pose
    from stillreel.draw.animal.quad import Quad
    from stillreel.values.scene import Action, Identity

    Array = NDArray[np.float64]


_HOOFED: dict[Action, Action] = {
    "sit": "lie",
    "wave": "point",
    "cry": "talk",
    "embrace": "look",
}
"""What hoofed kinds do where a dog would sit up."""
HUMAN_SKIN = "#c98d6b"
"""What `Identity.skin` says when nobody has chosen a coat."""


def kind_of(identity: Identity) -> tuple[str, Quad]:
    """Return the kind and measures of a four-legged character."""
    word = identity.species or identity.kind
    name, quad = quad_of(word)
    if name == "animal" and identity.kind in ("dog", "cat", "horse"):
        name, quad = quad_of(identity.kind)
    thick = {"slim": 0.92, "average": 1.0, "broad": 1.07, "heavy": 1.15}[identity.build]
    if identity.age == "child":
        quad = replace(quad, skull=quad.skull * 1.22, length=quad.length * 0.86, horns="")
    return name, replace(
        quad,
        chest=quad.chest * thick,
        waist=quad.waist * thick,
        rump=quad.rump * thick,
    )


@lru_cache(maxsize=256)
def unit(quad: Quad, height_m: float) -> float:
    """Return metres per height of the withers, for a body that stands `height_m` to its crown."""
    bones = build(quad, pose_of("stand", 0.0))
    return height_m / max(float(bones.head[1]) + quad.skull, 1.0)


def pose_for(quad: Quad, acting: Acting) -> Pose:
    """Return the pose of a moment, with the mood in ears and tail."""
    action = acting.action
    if acting.supported and action in ("stand", "walk", "run"):
        action = "sit"
    if quad.foot != "paw":
        action = _HOOFED.get(action, action)
    pose = pose_of(action, acting.phase)
    ears = {"afraid": -0.9, "angry": -0.8, "sad": -0.5, "surprised": 0.9, "determined": 0.5}
    tails = {"afraid": -55.0, "sad": -35.0, "happy": 22.0, "angry": 12.0}
    if acting.emotion in ears:
        pose = replace(pose, ears=ears[acting.emotion])
    if acting.emotion in tails and action not in ("sleep", "lie", "sit"):
        pose = replace(pose, flag=pose.flag + tails[acting.emotion])
    if acting.emotion == "sad":
        pose = replace(pose, neck=pose.neck - 14, nod=pose.nod - 8)
    if quad.squat and action in ("walk", "run"):
        hop = max(0.0, float(np.sin(2 * np.pi * acting.phase)))
        pose = replace(pose_of("run", acting.phase), rise=0.22 * hop)
    return pose


def body_of(identity: Identity, acting: Acting) -> Body:
    """Return the measures of a posed four-legged body in metres."""
    _, quad = kind_of(identity)
    scale = unit(quad, identity.height_m)
    bones = build(quad, pose_for(quad, acting))
    reach = quad.skull * 1.05
    muzzle = bones.head + bones.frame[2] * quad.skull * (quad.muzzle[-1][1] + quad.muzzle[-1][2])
    rise = quad.skull * (
        quad.ear_at[1] + quad.ear_size[0] if quad.ears in ("prick", "leaf", "long") else 1.0
    )
    if quad.horns:
        rise = max(rise, quad.skull * (4.1 if quad.horns == "antlers" else 2.3))
    crown = bones.head + bones.frame[1] * rise
    balls = [(bones.head, reach), (muzzle, reach * 0.5), (crown, reach * 0.4)]
    balls += [
        (spot, r * 1.1 + (0.06 if quad.pattern == "wool" else 0))
        for spot, r in zip(bones.trunk, bones.girth, strict=True)
    ]
    balls += [(spot, quad.foot_size) for leg in bones.legs for spot in leg]
    balls += [(spot, quad.tail_size[1] * 1.3) for spot in bones.tail]
    if quad.mane == "ruff":
        balls.append((bones.head, quad.skull * 2.2))
    if quad.ears == "fan":
        balls.append((bones.head, quad.skull * 2.4))
    if quad.horns:
        balls.append((bones.head, quad.skull * 2.6))
    if quad.wings:
        balls += [(bones.trunk[3] + [side * 1.5, 0.9, -0.3], 0.2) for side in (1.0, -1.0)]
    low = np.min([spot - r for spot, r in balls], axis=0)
    high = np.max([spot + r for spot, r in balls], axis=0)
    eye = bones.head + np.array(quad.eye) @ bones.frame * quad.skull
    head = bones.head * scale
    return Body(
        height=float(high[1]) * scale,
        eye_height=float(eye[1]) * scale,
        head=(float(head[0]), float(head[1]), float(head[2])),
        head_radius=quad.skull * scale * 1.3,
        half_width=float(max(high[0], -low[0])) * scale,
        depth=float(max(high[2], -low[2])) * scale,
        hip=float(bones.trunk[0][1] - quad.rump) * scale,
    )
