"""One human figure from start to end: measures, pose, bones, then every part back to front."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.figure.acts import pose_of
from stillreel.draw.figure.face import EXPRESSIONS, Face, Features
from stillreel.draw.figure.hair import HairOf
from stillreel.draw.figure.limbs import arm_skin, foot, leg_skin, sleeve, trouser_leg
from stillreel.draw.figure.proportion import measures_of
from stillreel.draw.figure.skeleton import build
from stillreel.draw.figure.sketch import Sketch, chain
from stillreel.draw.figure.skull import Skull
from stillreel.draw.figure.torso import Trunk
from stillreel.draw.figure.view import View
from stillreel.draw.figure.wardrobe import dressed
from stillreel.draw.marks import rgb

if TYPE_CHECKING:
    from stillreel.draw.lens import Camera
    from stillreel.draw.marks import Shape
    from stillreel.values.scene import Action, Emotion, Identity, Prop


def draw(
    identity: Identity,
    camera: Camera,
    *,
    action: Action = "stand",
    phase: float = 0.0,
    origin: tuple[float, float, float] = (0.0, 0.0, 0.0),
    heading: float = 0.0,
    emotion: Emotion = "neutral",
    gaze: tuple[float, float] = (0.0, 0.0),
    mouth: float = 0.0,
    blink: float = 0.0,
    holds: Prop | None = None,
    supported: bool = False,
    seed: int = 0,
) -> tuple[Shape, ...]:
    """Return the shapes of one person, back to front."""
    shape = measures_of(identity)
    pose = pose_of(action, phase, supported=supported)
    bones = build(shape, pose, origin, heading)
    view = View(camera, bones.neck * 0.5 + bones.pelvis * 0.5, shape.height)
    pad = Sketch(view, identity.id)
    skin = rgb(identity.skin)
    wardrobe = dressed(identity.outfit, identity.accent)
    for side in (0, 1):
        middle = (bones.hip[side] + bones.knee[side] + bones.ankle[side]) / 3
        pad.part(view.depth(middle) + 0.05 * shape.height)
        leg_skin(pad, shape, bones, side, skin)
        foot(pad, shape, bones, side, wardrobe, skin)
        if wardrobe.legs:
            trouser_leg(pad, shape, bones, side, wardrobe.legs, False)
    pad.part(view.depth(bones.neck * 0.5 + bones.pelvis * 0.5))
    skull = Skull(shape, bones)
    neck = chain(
        view,
        [
            bones.neck - bones.chest[:, 1] * 0.02 * shape.height,
            bones.skull + bones.head[:, 1] * 0.15 * shape.head,
        ],
        [shape.neck_radius * 1.1, shape.neck_radius],
    )
    pad.solid(neck, "skin", skin, form=0.01 * shape.height)
    trunk = Trunk(shape, bones, 0.005 * shape.height)
    pad.solid(
        trunk.groups(view, 0.0, 0.95),
        "cloth",
        wardrobe.top.colour,
        form=0.03 * shape.height,
        soften=0.008 * shape.height,
    )
    for side in (0, 1):
        middle = (bones.shoulder[side] + bones.elbow[side] + bones.wrist[side]) / 3
        pad.part(view.depth(middle) - 0.02 * shape.height)
        arm_skin(pad, shape, bones, side, skin)
        sleeve(pad, shape, bones, side, wardrobe.top, wardrobe.sleeve(wardrobe.top))
    features = Features(
        skin,
        rgb(identity.eyes),
        rgb(identity.hair.colour),
        shape.soft,
        shape.young,
        1.0 if identity.age == "elder" else 0.0,
    )
    face = Face(pad, skull, features, EXPRESSIONS[emotion])
    middle = view.depth(skull.world(np.array([0, 0.5, 0.0])))
    hair = (
        None
        if identity.hair.style == "bald"
        else HairOf(pad, skull, identity.hair.style, features.hair)
    )
    down = -(bones.chest[:, 1])
    pad.part(middle + 0.06 * shape.height)
    if hair:
        hair.behind()
        hair.tail(down, False)
    pad.part(middle - 0.02 * shape.height)
    for side in (1.0, -1.0):
        if face.camera[0] * side < 0.25:
            face.ear(side)
    pad.solid(
        [*skull.groups(view), *skull.nose_groups(view)],
        "skin",
        skin,
        form=0.05 * shape.head,
        soften=0.01 * shape.head,
    )
    face.blush()
    face.mouth(mouth)
    for side in (1.0, -1.0) if face.camera[0] < 0 else (-1.0, 1.0):
        face.eye(side, gaze, blink)
        face.brow(side)
    face.nose()
    face.age_lines()
    for side in (1.0, -1.0):
        if face.camera[0] * side >= 0.25:
            face.ear(side)
    if hair:
        hair.front()
        hair.tail(down, True)
    return pad.shapes()
