"""All kinds of things by name: which one a noun means, held in a hand or standing in the place."""

from __future__ import annotations

from functools import lru_cache
from math import cos, radians, sin
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.marks import rgb
from stillreel.draw.prop import (
    desk,
    device,
    garden,
    house,
    play,
    supper,
    tools,
    travel,
    vessels,
    wear,
)
from stillreel.draw.prop.kind import Kind, Thing
from stillreel.draw.prop.solid import Pen
from stillreel.draw.prop.view import View, cross

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.lens import Camera
    from stillreel.draw.marks import Shape
    from stillreel.values.scene import Prop

    Array = NDArray[np.float64]

Triple = tuple[float, float, float]

KINDS: dict[str, Kind] = {
    **tools.KINDS,
    **vessels.KINDS,
    **supper.KINDS,
    **desk.KINDS,
    **device.KINDS,
    **wear.KINDS,
    **play.KINDS,
    **house.KINDS,
    **travel.KINDS,
    **garden.KINDS,
}
"""Every drawable kind by its own name."""

UNCHOSEN = "#8a6a45"
"""What `Prop.colour` says when nobody has chosen one."""
_PLAIN = "parcel"


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    return {word: name for name, kind in KINDS.items() for word in (*kind.words.split(), name)}


def _forms(word: str) -> tuple[str, ...]:
    forms = [word]
    for end, new in (("ies", "y"), ("ves", "f"), ("ves", "fe"), ("es", ""), ("s", "")):
        if word.endswith(end) and len(word) > len(end) + 1:
            forms.append(word.removesuffix(end) + new)
    return tuple(forms)


@lru_cache(maxsize=1024)
def known(kind: str) -> str:
    """Return the drawable kind a plain English noun means, or "" if there is none.

    Plurals, synonyms and phrases whose last word is known are understood: `old oak chest`.
    """
    words = _words()
    phrase = "-".join(kind.lower().replace("_", " ").replace("-", " ").split())
    for form in _forms(phrase):
        if form in words:
            return words[form]
    parts = phrase.split(" of ")[0].split("-") if phrase else []
    if "of" in parts:
        parts = parts[: parts.index("of")]
    for part in reversed(parts):
        for form in _forms(part):
            if form in words:
                return words[form]
    return ""


def _chosen(prop: Prop) -> tuple[Kind, Thing]:
    name = known(prop.kind) or known(prop.name)
    kind = KINDS[name or _PLAIN]
    colour = prop.colour if prop.colour != UNCHOSEN else kind.colour
    label = prop.name if not name or name == "notice-board" else ""
    return kind, Thing(rgb(colour), prop.text, label)


def shapes_at(
    prop: Prop,
    camera: Camera,
    *,
    origin: Triple,
    up: Triple,
    forward: Triple,
    owner: str = "",
) -> tuple[Shape, ...]:
    """Return the shapes of a thing held at `origin`, back to front.

    Args:
        prop: The thing.
        camera: Where we look from.
        origin: Where the hand takes it, world metres.
        up: Unit vector along its height: the haft of an axe, head upward.
        forward: Unit vector of its front: the edge of the axe, the cover of a book.
        owner: Id written on every shape.
    """
    kind, thing = _chosen(prop)
    basis = _frame(up, forward)
    place = np.asarray(origin, dtype=np.float64) - np.array(kind.grip) @ basis * prop.size_m
    return _built(kind, thing, View(camera, place, basis, prop.size_m), owner)


def standing(
    prop: Prop,
    camera: Camera,
    *,
    at: Triple,
    heading: float = 0.0,
    owner: str = "",
) -> tuple[Shape, ...]:
    """Return the shapes of a thing that nobody holds, as it rests on a surface.

    Long thin things are laid down across the view of `heading`; kites and balloons float.

    Args:
        prop: The thing.
        camera: Where we look from.
        at: Place on the surface, world metres.
        heading: Degrees it is turned to its own left; 0 shows its front to +z.
        owner: Id written on every shape.
    """
    kind, thing = _chosen(prop)
    turn = radians(heading)
    forward = np.array([sin(turn), 0.0, cos(turn)])
    side = np.array([cos(turn), 0.0, -sin(turn)])
    place, up = np.asarray(at, dtype=np.float64), np.array([0.0, 1.0, 0.0])
    if kind.rest in ("lean", "side"):
        high, toward = np.array([0.0, 1.0, 0.0]), forward
        up = side * cos(0.1) + high * sin(0.1)
        face = high * 0.66 + toward * 0.75
        forward = face if kind.rest == "lean" else cross(face, up)
        place = (
            place
            - up * prop.size_m / 2
            + high * prop.size_m * (0.09 if kind.rest == "lean" else 0.16)
        )
    elif kind.rest == "hang":
        place = place + np.array([0.0, prop.size_m * 0.6, 0.0])
    return _built(kind, thing, View(camera, place, _frame(up, forward), prop.size_m), owner)


def _built(kind: Kind, thing: Thing, view: View, owner: str) -> tuple[Shape, ...]:
    pen = Pen(view, owner)
    kind.build(pen, thing)
    return pen.shapes()


def reach(prop: Prop) -> tuple[float, float]:
    """Return metres from the grip down to the foot of a thing, and up to its top."""
    kind, _ = _chosen(prop)
    return kind.grip[1] * prop.size_m, (1.0 - kind.grip[1]) * prop.size_m


def _frame(up: object, forward: object) -> Array:
    """Return rows side, up, forward, square to each other, keeping up."""
    high = np.asarray(up, dtype=np.float64)
    high = high / max(float(np.linalg.norm(high)), 1e-9)
    ahead = np.asarray(forward, dtype=np.float64)
    ahead = ahead - high * float(ahead @ high)
    if float(np.linalg.norm(ahead)) < 1e-6:
        ahead = np.array([0.0, 0.0, 1.0]) if abs(high[2]) < 0.9 else np.array([1.0, 0.0, 0.0])
        ahead = ahead - high * float(ahead @ high)
    ahead /= float(np.linalg.norm(ahead))
    return np.array([cross(high, ahead), high, ahead])
