"""Measures of four-legged kinds: one rig, many animals.

Lengths are in units of the height of the withers; the head is in units of its skull radius.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Ears = Literal["prick", "flop", "round", "long", "leaf", "fan", "none"]
Tail = Literal["thin", "plume", "hair", "stub", "curl", "tuft", "scale"]
Horns = Literal["", "short", "curved", "ram", "antlers"]
Pattern = Literal["", "patches", "spots", "stripes", "wool", "saddle"]
Foot = Literal["paw", "hoof", "pad"]


@dataclass(frozen=True, slots=True)
class Quad:
    """One kind of four-legged animal."""

    coat: str = "#b98a56"
    usual_m: float = 0.62
    """Usual height to the top of the head, metres."""
    length: float = 0.98
    """Hip to shoulder."""
    chest: float = 0.215
    """Half the depth of the chest."""
    waist: float = 0.165
    rump: float = 0.185
    sag: float = 0.0
    """How far the belly hangs below the line from chest to rump."""
    flat: float = 0.74
    """Breadth of the trunk over its depth."""
    thigh: float = 0.13
    knee: float = 0.065
    cannon: float = 0.042
    foot: Foot = "paw"
    foot_size: float = 0.065
    wrist: float = 0.2
    """Height of the wrist; the hock is a third higher."""
    neck: float = 0.34
    neck_up: float = 50.0
    """Degrees above level."""
    neck_r: tuple[float, float] = (0.17, 0.125)
    skull: float = 0.155
    droop: float = 12.0
    """Degrees by which the nose points below level."""
    muzzle: tuple[tuple[float, float, float], ...] = (
        (-0.14, 0.75, 0.6),
        (-0.24, 1.3, 0.45),
        (-0.26, 1.68, 0.37),
    )
    """Nodes (up, forward, radius)."""
    jaw: tuple[tuple[float, float, float], ...] = (
        (-0.5, 0.45, 0.42),
        (-0.56, 1.1, 0.27),
        (-0.56, 1.42, 0.2),
    )
    nose: float = 0.23
    eye: tuple[float, float, float] = (0.5, 0.26, 0.82)
    eye_size: float = 0.2
    pupil: Literal["round", "slit", "bar"] = "round"
    ears: Ears = "flop"
    ear_at: tuple[float, float, float] = (0.66, 0.62, -0.1)
    ear_size: tuple[float, float] = (0.95, 0.42)
    tail: Tail = "plume"
    tail_size: tuple[float, float] = (0.55, 0.06)
    tail_up: float = 40.0
    horns: Horns = ""
    mane: Literal["", "crest", "ruff", "beard"] = ""
    pattern: Pattern = ""
    belly: float = 0.0
    """How much paler the underside is, 0..1."""
    face: float = 0.0
    """How much paler the muzzle is; negative is darker."""
    socks: float = 0.0
    """How much paler the feet are; negative is darker."""
    mark: str = ""
    """Colour of patches, spots, stripes or saddle; empty for a darker coat."""
    trunk: bool = False
    tusks: bool = False
    snout: bool = False
    wings: bool = False
    squat: float = 0.0
    """How far the hind legs are folded under at rest, 0..1."""
    graze: bool = False


_DOG = Quad(belly=0.35, face=0.25, socks=0.35, pattern="saddle", mark="#7a4f2c")
_CAT = replace(
    _DOG,
    coat="#8f8378",
    usual_m=0.34,
    length=1.12,
    chest=0.2,
    waist=0.19,
    rump=0.2,
    thigh=0.135,
    knee=0.062,
    cannon=0.047,
    foot_size=0.058,
    wrist=0.16,
    neck=0.24,
    neck_up=44.0,
    neck_r=(0.16, 0.135),
    skull=0.205,
    droop=6.0,
    muzzle=((-0.22, 0.55, 0.55), (-0.3, 0.86, 0.36)),
    jaw=((-0.42, 0.4, 0.45), (-0.5, 0.75, 0.27)),
    nose=0.11,
    eye=(0.46, 0.14, 0.87),
    eye_size=0.25,
    pupil="slit",
    ears="prick",
    ear_at=(0.55, 0.72, 0.0),
    ear_size=(0.85, 0.42),
    tail="thin",
    tail_size=(0.95, 0.05),
    tail_up=62.0,
    pattern="stripes",
    mark="",
    belly=0.5,
    face=0.6,
    socks=0.6,
)
_HORSE = replace(
    _DOG,
    coat="#7d4a2a",
    usual_m=2.05,
    length=0.86,
    chest=0.205,
    waist=0.18,
    rump=0.19,
    flat=0.68,
    thigh=0.125,
    knee=0.052,
    cannon=0.03,
    foot="hoof",
    foot_size=0.048,
    wrist=0.3,
    neck=0.47,
    neck_up=50.0,
    neck_r=(0.17, 0.095),
    skull=0.108,
    droop=42.0,
    muzzle=((-0.1, 0.8, 0.82), (-0.14, 1.8, 0.58), (-0.16, 2.65, 0.5), (-0.2, 3.0, 0.46)),
    jaw=((-0.62, 0.25, 0.66), (-0.5, 1.4, 0.42), (-0.5, 2.7, 0.34)),
    nose=0.0,
    eye=(0.74, 0.3, 0.62),
    eye_size=0.21,
    pupil="bar",
    ears="leaf",
    ear_at=(0.42, 0.9, -0.2),
    ear_size=(0.95, 0.26),
    tail="hair",
    tail_size=(0.62, 0.07),
    tail_up=-52.0,
    mane="crest",
    pattern="",
    mark="",
    belly=0.0,
    face=-0.3,
    socks=-0.45,
    graze=True,
)
_COW = replace(
    _HORSE,
    coat="#e9e2d6",
    usual_m=1.5,
    length=1.0,
    chest=0.25,
    waist=0.235,
    rump=0.21,
    sag=0.04,
    flat=0.8,
    thigh=0.12,
    cannon=0.04,
    foot_size=0.055,
    wrist=0.23,
    neck=0.32,
    neck_up=20.0,
    neck_r=(0.19, 0.135),
    skull=0.13,
    droop=40.0,
    muzzle=((-0.12, 0.75, 0.82), (-0.2, 1.5, 0.66), (-0.24, 2.1, 0.62)),
    jaw=((-0.55, 0.3, 0.55), (-0.6, 1.2, 0.4), (-0.6, 1.9, 0.36)),
    ears="leaf",
    ear_at=(0.9, 0.35, -0.25),
    ear_size=(0.9, 0.32),
    horns="short",
    tail="tuft",
    tail_size=(0.72, 0.026),
    tail_up=-82.0,
    mane="",
    pattern="patches",
    mark="#3a302c",
    face=-0.05,
    socks=0.0,
)
_SHEEP = replace(
    _COW,
    coat="#ece5d6",
    usual_m=0.95,
    length=0.78,
    chest=0.27,
    waist=0.27,
    rump=0.26,
    sag=0.0,
    flat=0.92,
    thigh=0.09,
    knee=0.05,
    cannon=0.036,
    wrist=0.2,
    neck=0.3,
    neck_up=40.0,
    neck_r=(0.16, 0.12),
    skull=0.125,
    droop=38.0,
    muzzle=((-0.1, 0.7, 0.74), (-0.2, 1.35, 0.55), (-0.24, 1.7, 0.48)),
    jaw=((-0.5, 0.3, 0.5), (-0.56, 1.0, 0.36), (-0.56, 1.5, 0.3)),
    horns="",
    tail="stub",
    tail_size=(0.16, 0.075),
    tail_up=-60.0,
    pattern="wool",
    mark="#4a403c",
)
_GOAT = replace(
    _SHEEP,
    coat="#d8d2c6",
    length=0.84,
    chest=0.215,
    waist=0.21,
    rump=0.18,
    flat=0.76,
    horns="curved",
    pattern="",
    mark="",
    mane="beard",
    neck=0.36,
    neck_up=54.0,
    tail="stub",
    tail_size=(0.14, 0.05),
    tail_up=50.0,
    face=-0.15,
    socks=-0.4,
)
_PIG = replace(
    _COW,
    coat="#e3a79c",
    usual_m=0.82,
    length=1.12,
    chest=0.34,
    waist=0.34,
    rump=0.31,
    sag=0.03,
    flat=0.88,
    thigh=0.14,
    knee=0.075,
    cannon=0.06,
    foot_size=0.066,
    wrist=0.17,
    neck=0.22,
    neck_up=12.0,
    neck_r=(0.27, 0.22),
    skull=0.22,
    droop=16.0,
    muzzle=((-0.15, 0.7, 0.66), (-0.2, 1.15, 0.46), (-0.2, 1.5, 0.42)),
    jaw=((-0.45, 0.4, 0.5), (-0.55, 1.0, 0.3)),
    eye=(0.56, 0.28, 0.78),
    eye_size=0.15,
    pupil="round",
    ears="prick",
    ear_at=(0.6, 0.72, 0.05),
    ear_size=(0.75, 0.4),
    horns="",
    tail="curl",
    tail_size=(0.2, 0.024),
    tail_up=30.0,
    pattern="",
    mark="",
    snout=True,
    face=0.0,
    socks=-0.2,
)
_WOLF = replace(
    _DOG,
    coat="#74757b",
    usual_m=0.98,
    skull=0.14,
    muzzle=((-0.1, 0.75, 0.62), (-0.22, 1.45, 0.4), (-0.26, 1.95, 0.3)),
    jaw=((-0.5, 0.45, 0.45), (-0.54, 1.2, 0.26), (-0.52, 1.65, 0.18)),
    ears="prick",
    ear_at=(0.52, 0.78, -0.1),
    ear_size=(0.8, 0.36),
    neck_up=34.0,
    neck_r=(0.2, 0.165),
    tail_size=(0.6, 0.085),
    tail_up=-48.0,
    mark="#4a4b52",
    belly=0.45,
    face=0.4,
)
_FOX = replace(
    _WOLF,
    coat="#c8622c",
    usual_m=0.52,
    length=1.05,
    chest=0.19,
    waist=0.16,
    rump=0.17,
    skull=0.155,
    muzzle=((-0.14, 0.72, 0.55), (-0.26, 1.35, 0.33), (-0.3, 1.8, 0.2)),
    jaw=((-0.48, 0.45, 0.4), (-0.5, 1.1, 0.22), (-0.48, 1.5, 0.14)),
    ear_size=(1.0, 0.44),
    tail_size=(0.8, 0.125),
    tail_up=-22.0,
    pattern="",
    belly=0.75,
    face=0.7,
    socks=-0.7,
)
_BEAR = replace(
    _DOG,
    coat="#5d4434",
    usual_m=1.35,
    length=1.08,
    chest=0.31,
    waist=0.29,
    rump=0.3,
    sag=0.02,
    flat=0.86,
    thigh=0.19,
    knee=0.125,
    cannon=0.1,
    foot_size=0.12,
    wrist=0.15,
    neck=0.28,
    neck_up=20.0,
    neck_r=(0.26, 0.21),
    skull=0.2,
    droop=14.0,
    muzzle=((-0.22, 0.75, 0.55), (-0.3, 1.3, 0.38)),
    jaw=((-0.5, 0.5, 0.42), (-0.58, 1.1, 0.26)),
    eye_size=0.13,
    ears="round",
    ear_at=(0.68, 0.72, -0.1),
    ear_size=(0.36, 0.36),
    tail="stub",
    tail_size=(0.1, 0.06),
    tail_up=-20.0,
    pattern="",
    belly=0.0,
    face=0.35,
    socks=-0.2,
)
_LION = replace(
    _CAT,
    coat="#c99a55",
    usual_m=1.2,
    chest=0.23,
    waist=0.185,
    rump=0.2,
    neck=0.3,
    neck_up=32.0,
    neck_r=(0.22, 0.18),
    skull=0.165,
    muzzle=((-0.2, 0.75, 0.6), (-0.28, 1.35, 0.45)),
    jaw=((-0.46, 0.45, 0.5), (-0.56, 1.15, 0.32)),
    nose=0.2,
    eye_size=0.17,
    pupil="round",
    ears="round",
    ear_at=(0.72, 0.66, -0.2),
    ear_size=(0.34, 0.34),
    tail="tuft",
    tail_size=(0.9, 0.034),
    tail_up=-40.0,
    mane="ruff",
    pattern="",
    belly=0.3,
    face=0.4,
    socks=0.2,
)
_RABBIT = replace(
    _CAT,
    coat="#a58b6e",
    usual_m=0.3,
    length=0.86,
    chest=0.26,
    waist=0.3,
    rump=0.34,
    flat=0.84,
    thigh=0.22,
    knee=0.08,
    cannon=0.06,
    foot_size=0.07,
    neck=0.26,
    neck_up=52.0,
    neck_r=(0.22, 0.2),
    skull=0.26,
    muzzle=((-0.2, 0.6, 0.6), (-0.26, 0.95, 0.4)),
    jaw=((-0.42, 0.4, 0.45), (-0.5, 0.75, 0.27)),
    eye=(0.8, 0.18, 0.56),
    pupil="round",
    ears="long",
    ear_at=(0.36, 0.84, -0.2),
    ear_size=(2.0, 0.33),
    tail="stub",
    tail_size=(0.16, 0.12),
    tail_up=30.0,
    pattern="",
    squat=0.9,
)
_MOUSE = replace(
    _RABBIT,
    coat="#93887e",
    usual_m=0.07,
    length=0.9,
    ears="round",
    ear_at=(0.68, 0.7, -0.15),
    ear_size=(0.62, 0.62),
    muzzle=((-0.16, 0.6, 0.55), (-0.24, 1.1, 0.3), (-0.26, 1.4, 0.17)),
    nose=0.14,
    tail="thin",
    tail_size=(1.5, 0.03),
    tail_up=-8.0,
)
_DEER = replace(
    _HORSE,
    coat="#a5713f",
    usual_m=1.45,
    chest=0.18,
    waist=0.145,
    rump=0.165,
    cannon=0.024,
    knee=0.042,
    foot_size=0.034,
    neck=0.46,
    neck_up=60.0,
    neck_r=(0.12, 0.075),
    skull=0.1,
    droop=26.0,
    muzzle=((-0.1, 0.75, 0.72), (-0.2, 1.5, 0.46), (-0.24, 2.1, 0.34)),
    jaw=((-0.5, 0.3, 0.5), (-0.5, 1.2, 0.32), (-0.48, 1.8, 0.24)),
    nose=0.2,
    eye_size=0.25,
    ears="leaf",
    ear_at=(0.75, 0.62, -0.3),
    ear_size=(1.2, 0.4),
    horns="antlers",
    mane="",
    tail="stub",
    tail_size=(0.12, 0.05),
    tail_up=-30.0,
    belly=0.55,
    face=0.1,
    socks=0.0,
)
_DONKEY = replace(
    _HORSE,
    coat="#8a8279",
    usual_m=1.45,
    ears="long",
    ear_at=(0.42, 0.9, -0.2),
    ear_size=(1.75, 0.3),
    neck=0.4,
    neck_up=42.0,
    skull=0.13,
    tail="tuft",
    tail_size=(0.55, 0.03),
    tail_up=-75.0,
    belly=0.5,
    face=0.6,
)
_ELEPHANT = replace(
    _COW,
    coat="#8b8b90",
    usual_m=3.1,
    length=0.82,
    chest=0.33,
    waist=0.33,
    rump=0.3,
    flat=0.82,
    thigh=0.16,
    knee=0.11,
    cannon=0.1,
    foot="pad",
    foot_size=0.11,
    wrist=0.16,
    neck=0.2,
    neck_up=24.0,
    neck_r=(0.24, 0.2),
    skull=0.22,
    droop=8.0,
    muzzle=((-0.25, 0.45, 0.6),),
    jaw=((-0.6, 0.3, 0.4), (-0.85, 0.55, 0.22)),
    eye=(0.68, 0.0, 0.72),
    eye_size=0.11,
    pupil="round",
    ears="fan",
    ear_at=(0.85, 0.35, -0.35),
    ear_size=(1.25, 1.1),
    horns="",
    tail_size=(0.5, 0.026),
    pattern="",
    mark="",
    trunk=True,
    tusks=True,
    face=0.0,
)
_DRAGON = replace(
    _LION,
    coat="#4d7a4a",
    usual_m=3.0,
    length=1.3,
    neck=0.75,
    neck_up=55.0,
    neck_r=(0.19, 0.11),
    skull=0.15,
    muzzle=((-0.1, 0.8, 0.66), (-0.2, 1.6, 0.5), (-0.16, 2.1, 0.44)),
    jaw=((-0.5, 0.5, 0.45), (-0.58, 1.4, 0.3), (-0.56, 1.9, 0.24)),
    nose=0.0,
    pupil="slit",
    ears="none",
    horns="curved",
    mane="",
    tail="scale",
    tail_size=(1.4, 0.13),
    tail_up=-16.0,
    wings=True,
    belly=0.55,
    face=0.0,
    socks=0.0,
)
_GENERIC = replace(_DOG, ears="round", ear_size=(0.4, 0.4), pattern="", tail_size=(0.5, 0.05))

QUADS: dict[str, Quad] = {
    "dog": _DOG,
    "cat": _CAT,
    "horse": _HORSE,
    "cow": _COW,
    "bull": replace(_COW, coat="#5b4033", pattern="", mark="", usual_m=1.6),
    "sheep": _SHEEP,
    "lamb": replace(_SHEEP, usual_m=0.5),
    "ram": replace(_SHEEP, horns="ram"),
    "goat": _GOAT,
    "pig": _PIG,
    "boar": replace(_PIG, coat="#5c4c42", tusks=True),
    "wolf": _WOLF,
    "fox": _FOX,
    "bear": _BEAR,
    "lion": _LION,
    "lioness": replace(_LION, mane=""),
    "tiger": replace(_LION, coat="#d98836", mane="", pattern="stripes", mark="#2e2622"),
    "leopard": replace(_LION, coat="#d9ab63", mane="", pattern="spots", mark="#43301f"),
    "rabbit": _RABBIT,
    "mouse": _MOUSE,
    "rat": replace(_MOUSE, coat="#6f655f", usual_m=0.1),
    "squirrel": replace(
        _MOUSE, coat="#a3562e", usual_m=0.2, tail="plume", tail_size=(1.3, 0.22), tail_up=85.0
    ),
    "deer": _DEER,
    "doe": replace(_DEER, horns=""),
    "donkey": _DONKEY,
    "elephant": _ELEPHANT,
    "dragon": _DRAGON,
    "animal": _GENERIC,
}

_SYNONYMS = {
    "dog": "hound puppy pup terrier spaniel collie sheepdog mastiff poodle cur mongrel bitch",
    "cat": "kitten tomcat tabby kitty puss",
    "horse": "pony mare stallion steed foal colt nag gelding unicorn charger",
    "cow": "calf heifer cattle",
    "bull": "ox bison buffalo bullock yak",
    "sheep": "ewe flock",
    "goat": "kid billy ibex",
    "pig": "hog sow piglet swine",
    "wolf": "werewolf coyote jackal hyena dingo",
    "fox": "vixen",
    "bear": "cub panda grizzly badger",
    "lion": "beast",
    "tiger": "tigress",
    "leopard": "panther jaguar cheetah lynx puma",
    "rabbit": "hare bunny",
    "mouse": "mice hamster vole shrew",
    "rat": "weasel otter ferret mole hedgehog beaver",
    "deer": "stag hart reindeer elk moose antelope buck caribou",
    "doe": "fawn gazelle hind roe llama camel giraffe",
    "donkey": "ass mule zebra",
    "elephant": "mammoth rhinoceros rhino hippopotamus hippo",
    "dragon": "wyvern lizard monster crocodile dinosaur",
}
_BY_WORD = {word: kind for kind, words in _SYNONYMS.items() for word in words.split()}


def quad_of(word: str) -> tuple[str, Quad]:
    """Return the kind and measures for a species word; a plain four-legged one if unknown."""
    for part in reversed(word.lower().replace("-", " ").split()):
        for form in (part, part.removesuffix("s"), part.removesuffix("es")):
            kind = form if form in QUADS else _BY_WORD.get(form, "")
            if kind:
                return kind, QUADS[kind]
    return "animal", _GENERIC
