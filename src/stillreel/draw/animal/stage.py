"""The front of the room: which rig draws whom, and where the body stands."""

from __future__ import annotations

from math import cos, radians, sin
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.animal import quadruped
from stillreel.draw.animal.acting import Acting
from stillreel.draw.animal.species import quad_of
from stillreel.draw.prop.view import View

if TYPE_CHECKING:
    from stillreel.draw.body import Body
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
    """Return the shapes of one animal or acting thing, back to front."""
    acting = Acting(action, phase, emotion, gaze, mouth, blink, holds, supported, seed)
    turn = radians(heading)
    basis = np.array([[cos(turn), 0.0, -sin(turn)], [0.0, 1.0, 0.0], [sin(turn), 0.0, cos(turn)]])
    _, quad = quadruped.kind_of(identity)
    scale = quadruped.unit(quad, identity.height_m)
    return quadruped.shapes_of(identity, View(camera, origin, basis, scale), acting)


def body(identity: Identity, action: Action = "stand", phase: float = 0.0) -> Body:
    """Return the measures of a posed body."""
    return quadruped.body_of(identity, Acting(action, phase))


def variant(identity: Identity, index: int) -> Identity:
    """Return the `index`-th body of a group: the same kind, a little different."""
    if not index:
        return identity
    grow = 1.0 + 0.07 * ((index * 5) % 3 - 1)
    return identity.model_copy(update={"height_m": identity.height_m * grow})


def usual_height(word: str) -> float:
    """Return the usual height in metres of a kind, given its species word."""
    return quad_of(word)[1].usual_m
