"""People of whom everything is known: drawn by the pencil, changed by a known dose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeVar, get_args

import numpy as np

from stillreel.draw.marks import rgb
from stillreel.measure.people.figure import lab_of
from stillreel.values.scene import (
    Age,
    Build,
    Garment,
    Hair,
    HairStyle,
    Identity,
    Presentation,
    Worn,
)

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

    from stillreel.values.scene import Beard

_T = TypeVar("_T")

Part = Literal["hair", "skin", "upper", "lower", "feet"]
"""What can be changed by a dose of colour."""

LARGEST = 25.0
"""Largest dose a colour is moved by, Lab units."""
APART = 20.0
"""Lab units by which hair or skin of two different people differ at least."""
PARTS: tuple[Part, ...] = get_args(Part)
_TOPS: tuple[Garment, ...] = ("shirt", "t-shirt", "jumper", "tunic", "jacket", "coat")
_LEGS: tuple[Garment, ...] = ("trousers", "skirt", "shorts")
_FEET: tuple[Garment, ...] = ("shoes", "boots")
_ZONE: dict[Part, tuple[Garment, ...]] = {"upper": _TOPS, "lower": _LEGS, "feet": _FEET}
_HAIRS = ("#1f1a1c", "#3b2a20", "#6b4226", "#a5562c", "#c9a05a", "#8f8f94", "#7a3140", "#34506e")
_SKINS = ("#f0cdb4", "#e2b08e", "#c98d6b", "#a06a48", "#704630", "#4f3226")
_STYLES: tuple[HairStyle, ...] = tuple(style for style in get_args(HairStyle) if style != "bald")


def person(rng: Generator, name: str = "someone") -> Identity:
    """Return a person drawn by lot: age, build, hair, skin and a coloured outfit."""
    age = _one(rng, get_args(Age))
    presentation = _one(rng, get_args(Presentation))
    grown = age in {"adult", "elder"}
    beard: Beard = "none"
    if grown and presentation == "masculine":
        beard = _one(rng, ("none", "none", "short", "full", "moustache"))
    tall = {"child": 1.2, "teen": 1.58, "adult": 1.74, "elder": 1.68}[age]
    return Identity(
        id=name,
        name=name,
        age=age,
        presentation=presentation,
        height_m=round(tall * float(rng.uniform(0.92, 1.08)), 3),
        build=_one(rng, get_args(Build)),
        skin=_one(rng, _SKINS),
        hair=Hair(style=_one(rng, _STYLES), colour=_one(rng, _HAIRS), beard=beard),
        outfit=tuple(
            Worn(garment=_one(rng, kinds), colour=cloth(rng)) for kinds in (_TOPS, _LEGS, _FEET)
        ),
    )


def cloth(rng: Generator) -> str:
    """Return the colour of a cloth, `#rrggbb`: any hue, dull to strong, dark to light."""
    turn = rng.uniform(0, 2 * np.pi)
    chroma = rng.uniform(4, 52)
    return _hex(rng.uniform(24, 84), chroma * np.cos(turn), chroma * np.sin(turn))


def somebody_else(rng: Generator, one: Identity) -> Identity:
    """Return another person whose hair or skin is at least `APART` Lab units away from `one`'s."""
    while True:
        other = person(rng, "other")
        hair = _apart(other.hair.colour, one.hair.colour)
        if max(hair, _apart(other.skin, one.skin)) >= APART:
            return other


def dressed_as(other: Identity, one: Identity) -> Identity:
    """Return another person in the clothes of `one`."""
    return other.model_copy(update={"outfit": one.outfit})


def changed(identity: Identity, part: Part, dose: float, turn: float) -> Identity:
    """Return a person with one part's colour moved.

    Args:
        identity: who.
        part: what is moved.
        dose: how far, in Lab units; lightness stays. Colours outside sRGB are moved the other way.
        turn: direction in the a, b plane, radians.
    """
    if part == "hair":
        hair = identity.hair.model_copy(update={"colour": _moved(identity.hair.colour, dose, turn)})
        return identity.model_copy(update={"hair": hair})
    if part == "skin":
        return identity.model_copy(update={"skin": _moved(identity.skin, dose, turn)})
    outfit = tuple(
        Worn(garment=worn.garment, colour=_moved(worn.colour, dose, turn))
        if worn.garment in _ZONE[part]
        else worn
        for worn in identity.outfit
    )
    return identity.model_copy(update={"outfit": outfit})


def _moved(colour: str, dose: float, turn: float) -> str:
    """Return a colour moved by a dose, in the direction or a quarter turn on where sRGB ends.

    The way is chosen for the largest dose, so that growing doses go on in one direction.
    """
    base = _lab(colour)
    way = min(
        (turn + quarter * np.pi / 2 for quarter in range(4)),
        key=lambda one: round(_missed(base, LARGEST, one)),
    )
    return _hex(*(float(part) for part in _along(base, dose, way)))


def _missed(base: NDArray[np.float32], dose: float, way: float) -> float:
    """Return how far from the wanted colour sRGB ends, Lab units."""
    wanted = _along(base, dose, way)
    return float(np.linalg.norm(_lab(_hex(*(float(part) for part in wanted))) - wanted))


def _along(base: NDArray[np.float32], dose: float, way: float) -> NDArray[np.float32]:
    return base + np.array([0, dose * np.cos(way), dose * np.sin(way)], np.float32)


def _lab(colour: str) -> NDArray[np.float32]:
    red, green, blue = rgb(colour)
    return lab_of(np.array([[[blue, green, red]]], np.uint8))[0, 0]


def _apart(first: str, second: str) -> float:
    return float(np.linalg.norm(_lab(first) - _lab(second)))


def _hex(light: float, a: float, b: float) -> str:
    import cv2

    lab = np.array([[[light, a, b]]], np.float32)
    blue, green, red = np.clip(cv2.cvtColor(lab, cv2.COLOR_Lab2BGR)[0, 0] * 255, 0, 255)
    return f"#{round(float(red)):02x}{round(float(green)):02x}{round(float(blue)):02x}"


def _one(rng: Generator, among: tuple[_T, ...]) -> _T:
    return among[int(rng.integers(len(among)))]
