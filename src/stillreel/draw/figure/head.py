"""The head put together: ears, skull, face, hair, beard, what is worn on it, in the right order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

import numpy as np

from stillreel.draw.figure.beard import beard, moustache
from stillreel.draw.figure.expression import EXPRESSIONS
from stillreel.draw.figure.eyes import brow, eye
from stillreel.draw.figure.face import Face, Features
from stillreel.draw.figure.hair import HairOf
from stillreel.draw.figure.headgear import Headgear, glasses
from stillreel.draw.figure.mouth import draw_mouth, ear
from stillreel.draw.figure.sketch import Sketch
from stillreel.draw.figure.skinmarks import face_marks
from stillreel.draw.figure.view import normalised
from stillreel.draw.marks import rgb

if TYPE_CHECKING:
    from stillreel.draw.figure.proportion import Proportion
    from stillreel.draw.figure.skeleton import Skeleton
    from stillreel.draw.figure.sketch import RGB, Slot
    from stillreel.draw.figure.skull import Skull
    from stillreel.draw.figure.view import View
    from stillreel.draw.figure.wardrobe import Wardrobe
    from stillreel.draw.marks import Shape
    from stillreel.values.scene import Emotion, Identity


_BULKY = ("curly", "wild", "bun", "ponytail")


class Head(Protocol):
    """What the head needs to know of its body."""

    identity: Identity
    shape: Proportion
    bones: Skeleton
    view: View
    pad: Sketch
    skin: RGB
    accent: RGB
    wear: Wardrobe
    skull: Skull
    depth: float


def draw_head(body: Head, emotion: Emotion, smile: float) -> Slot:
    """Draw the head of a posed body and return the place its features are painted at."""
    shape, view, pad, skull = body.shape, body.view, body.pad, body.skull
    face = _face_of(body, emotion, smile)
    hat = body.wear.head
    hair = _hair_of(body)
    bulk = hair.cut.lift if hair else 0.0
    worn = Headgear(pad, skull, hat, body.accent, bulk) if hat else None
    down = np.array([0.0, -0.55, 0.0]) - 0.45 * body.bones.chest[:, 1]
    down = normalised(down)
    middle = view.depth(skull.world(np.array([0.0, 0.5, 0.0])))
    pad.part(middle + 0.06 * shape.height)
    if worn:
        worn.behind()
    if hair:
        hair.behind()
        hair.tail(down, near=False)
    # Seen from below or above the head still covers the neck, unless the body lies along the view.
    if middle - body.depth < 0.32 * shape.height:
        middle = min(middle, body.depth)
    pad.part(middle - 0.03 * shape.height)
    _ears(face, near=False)
    pad.solid(
        [*skull.groups(view), *skull.nose_groups(view)], "skin", body.skin,
        form=0.055 * shape.head, soften=0.010 * shape.head, outline=0.9,
    )  # fmt: skip
    features = pad.slot()
    _ears(face, near=True)
    if hair:
        hair.front()
        hair.tail(down, near=True)
    if body.wear.glasses:
        glasses(face, body.wear.glasses.colour)
    if worn:
        worn.front()
    return features


def features_of(
    body: Head, emotion: Emotion, gaze: tuple[float, float], mouth: float, blink: float,
    smile: float,
) -> tuple[Shape, ...]:  # fmt: skip
    """Return the shapes of eyes, brows, nose, mouth and beard: all that moves in a still head."""
    pad = Sketch(body.view, body.identity.id)
    pad.part(0.0)
    face = _face_of(body, emotion, smile, pad)
    _features(face, body, gaze, mouth, blink)
    face.settle()
    return pad.shapes()


def _face_of(body: Head, emotion: Emotion, smile: float, pad: Sketch | None = None) -> Face:
    shape, who = body.shape, body.identity
    features = Features(
        body.skin, rgb(who.eyes), rgb(who.hair.colour), shape.soft, shape.young,
        1.0 if who.age == "elder" else 0.0,
    )  # fmt: skip
    mood = EXPRESSIONS[emotion]
    return Face(pad or body.pad, body.skull, features, replace(mood, smile=mood.smile + smile))


def _hair_of(body: Head) -> HairOf | None:
    look, hat = body.identity.hair, body.wear.head
    style = look.style
    if style == "bald":
        return None
    # Nothing stands off the head under a hood or a helmet.
    if hat is not None and hat.kind in ("hood", "helmet") and style in _BULKY:
        style = "short"
    hair = HairOf(body.pad, body.skull, style, rgb(look.colour))
    hair.accent = body.accent
    return hair


def _ears(face: Face, *, near: bool) -> None:
    if face.pixels < 16:
        return
    for side in (1.0, -1.0):
        if (face.camera[0] * side >= 0.25) == near:
            ear(face, side)


def _features(
    face: Face, body: Head, gaze: tuple[float, float], mouth: float, blink: float
) -> None:
    if face.pixels < 9 or face.camera[2] < -0.62:
        return
    look = body.identity.hair
    colour = rgb(look.colour)
    if face.pixels > 40:
        face.blush()
        face.age_lines()
    beard(face, look.beard, colour, mouth)
    draw_mouth(face, mouth)
    for side in (1.0, -1.0) if face.camera[0] < 0 else (-1.0, 1.0):
        eye(face, side, gaze, blink)
        brow(face, side)
    moustache(face, look.beard, colour)
    face.nose()
    face_marks(face, body.identity.marks)
