"""The front of the room: which rig draws whom, and where the body stands."""

from __future__ import annotations

from functools import lru_cache
from math import cos, radians, sin
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.animal import bird, fowl, perch, quadruped, spirit, stature, swimmer
from stillreel.draw.animal.acting import Acting
from stillreel.draw.animal.species import quad_of
from stillreel.draw.prop.view import View

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.animal.flesh import Still
    from stillreel.draw.body import Body
    from stillreel.draw.lens import Camera
    from stillreel.draw.marks import Shape
    from stillreel.values.scene import Action, Emotion, Identity, Prop

    Array = NDArray[np.float64]
    Triple = tuple[float, float, float]


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
    seed: int = 0,  # noqa: ARG001 - people and animals are drawn by one call
) -> tuple[Shape, ...]:
    """Return the shapes of one animal or acting thing, back to front.

    Args:
        identity: Who it is; `species` says what kind, in the story's own word.
        camera: Where we look from.
        action: What it does.
        phase: 0..1 of the action's cycle.
        origin: World metres of the ground under it (or of the seat, when `supported`).
        heading: Degrees turned to its own left; 0 faces +z.
        emotion: Shown by eyes, ears, mouth and tail.
        gaze: Pupils to the own left and up, -1..1.
        mouth: 0 shut to 1 wide open.
        blink: 0 open to 1 shut.
        holds: What it carries in mouth or beak.
        supported: Whether it rests on something at `origin`.
        seed: Not used: what a body looks like comes from its identity alone.
    """
    acting = Acting(action, phase, emotion, gaze, mouth, blink, holds, supported)
    posed = Acting(action, phase, emotion, holds=holds, supported=supported)
    # Frozen pydantic models hash, though their stubs do not say so.
    return _still(identity, camera, origin, heading, posed).at(acting)  # pyright: ignore[reportArgumentType]


@lru_cache(maxsize=96)
def _still(
    identity: Identity, camera: Camera, origin: Triple, heading: float, acting: Acting
) -> Still:
    """Return a body without what its face does: what a blink or a word leaves as it is."""
    turn = radians(heading)
    basis = np.array([[cos(turn), 0.0, -sin(turn)], [0.0, 1.0, 0.0], [sin(turn), 0.0, cos(turn)]])

    def view(scale: float) -> View:
        return View(camera, origin, basis, scale)

    coat = identity.skin if identity.skin != stature.HUMAN_SKIN else ""
    if _acts(identity):
        return spirit.still_of(identity, view(identity.height_m), acting, coat)
    kind = _fowl(identity)
    if kind is not None:
        near = view(perch.unit(kind, identity.height_m))
        return bird.still_of(identity, kind, near, acting, coat)
    if swimmer.knows(identity.species):
        return swimmer.still_of(identity, view(identity.height_m), acting, coat)
    _, quad = stature.kind_of(identity)
    return quadruped.still_of(identity, view(stature.unit(quad, identity.height_m)), acting)


def _acts(identity: Identity) -> bool:
    """Say whether it is a thing or force rather than an animal, whatever the cast calls it."""
    if identity.kind not in ("thing", "animal"):
        return False
    word = identity.species or identity.name
    beast = quad_of(word)[0] != "animal" or fowl.fowl_of(word) is not None or swimmer.knows(word)
    if identity.kind == "thing":
        return spirit.knows(word) or not beast
    return spirit.knows(word) and not beast


def _fowl(identity: Identity) -> fowl.Fowl | None:
    if identity.kind in ("dog", "cat", "horse"):
        return None
    found = fowl.fowl_of(identity.species)
    if found is None and identity.kind == "bird":
        return fowl.BIRDS["bird"]
    return found[1] if found else None


def body(identity: Identity, action: Action = "stand", phase: float = 0.0) -> Body:
    """Return the measures of a posed body."""
    acting = Acting(action, phase)
    if _acts(identity):
        return spirit.body_of(identity, acting)
    kind = _fowl(identity)
    if kind is not None:
        return perch.body_of(identity, kind, acting)
    if swimmer.knows(identity.species):
        return swimmer.body_of(identity)
    return stature.body_of(identity, acting)


def variant(identity: Identity, index: int) -> Identity:
    """Return the `index`-th body of a group: the same kind, a little different."""
    if not index:
        return identity
    grow = 1.0 + 0.07 * ((index * 5) % 3 - 1)
    tint = (0, -14, 12, -7, 18, 6, -20)[index % 7]
    base = identity.skin
    if base == stature.HUMAN_SKIN:
        kind = _fowl(identity)
        base = kind.coat if kind else stature.kind_of(identity)[1].coat
    parts = [min(max(int(base[n : n + 2], 16) + tint, 0), 255) for n in (1, 3, 5)]
    colour = "#{:02x}{:02x}{:02x}".format(*parts)
    if identity.kind == "thing":
        colour = identity.skin
    return identity.model_copy(update={"height_m": identity.height_m * grow, "skin": colour})


def usual_height(word: str) -> float:
    """Return the usual height in metres of a kind, given its species word."""
    found = fowl.fowl_of(word)
    if found is not None:
        return found[1].usual_m
    if swimmer.knows(word):
        return swimmer.usual_height(word)
    if spirit.knows(word):
        return spirit.usual_height(word)
    return quad_of(word)[1].usual_m
