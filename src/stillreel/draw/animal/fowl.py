"""Measures of birds: one rig, many kinds; lengths are in lengths of the trunk."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Fowl:
    """One kind of bird; lengths in lengths of the trunk."""

    coat: str = "#8d6e52"
    breast: str = "#d8c3a0"
    usual_m: float = 0.14
    upright: float = 42.0
    """Degrees the trunk is raised at rest."""
    girth: float = 0.3
    neck: float = 0.12
    neck_r: float = 0.17
    head: float = 0.22
    beak: Literal["cone", "hook", "flat", "dagger", "comb"] = "cone"
    beak_long: float = 0.22
    beak_tone: str = "#c98d3c"
    leg: float = 0.28
    tail: float = 0.5
    wing: float = 1.15
    """Length of the spread wing."""
    cap: str = ""
    throat: str = ""
    face: str = ""
    eye: float = 0.26
    tip: str = ""


_SONG = Fowl()


BIRDS: dict[str, Fowl] = {
    "bird": _SONG,
    "linnet": replace(_SONG, coat="#8a6244", breast="#dcc7a4", throat="#c2473c", cap="#b4423a"),
    "robin": replace(_SONG, coat="#7d6a52", breast="#e6dcc6", throat="#d0602c", face="#d0602c"),
    "sparrow": replace(_SONG, coat="#8c6640", breast="#d3c6ae", cap="#6b4a30"),
    "swallow": replace(
        _SONG, coat="#2f4468", breast="#ece2d0", throat="#a8442c", tail=0.85, wing=1.5, leg=0.14
    ),
    "bluebird": replace(_SONG, coat="#3f6fb0", breast="#e6d3b4", throat="#d48a4c"),
    "canary": replace(_SONG, coat="#e6c23e", breast="#f3dc78"),
    "dove": replace(
        _SONG,
        coat="#d9dadf",
        breast="#eeeef0",
        usual_m=0.3,
        upright=30,
        girth=0.28,
        head=0.17,
        beak="dagger",
        beak_long=0.13,
        neck=0.2,
        wing=1.3,
    ),
    "crow": replace(
        _SONG,
        coat="#2c2c36",
        breast="#2c2c36",
        usual_m=0.42,
        upright=32,
        beak="dagger",
        beak_long=0.28,
        beak_tone="#3c3a3e",
        wing=1.5,
        head=0.19,
    ),
    "magpie": replace(
        _SONG,
        coat="#26282f",
        breast="#ecebe6",
        usual_m=0.4,
        beak="dagger",
        beak_tone="#2c2a2e",
        tail=1.0,
        head=0.19,
    ),
    "gull": replace(
        _SONG,
        coat="#a9b4bf",
        breast="#f3f3ef",
        face="#f3f3ef",
        cap="#f3f3ef",
        usual_m=0.45,
        upright=22,
        beak="hook",
        beak_long=0.24,
        beak_tone="#e0b03c",
        wing=1.8,
        tip="#2c2e34",
    ),
    "eagle": replace(
        _SONG,
        coat="#5c4030",
        breast="#6b4c38",
        face="#e8dcc4",
        cap="#e8dcc4",
        usual_m=0.85,
        upright=46,
        girth=0.32,
        beak="hook",
        beak_long=0.26,
        beak_tone="#e0ae3c",
        wing=1.9,
        head=0.19,
        leg=0.26,
    ),
    "owl": replace(
        _SONG,
        coat="#8a6a48",
        breast="#d9c4a0",
        face="#e8dabc",
        usual_m=0.38,
        upright=74,
        girth=0.36,
        neck=0.02,
        neck_r=0.3,
        head=0.34,
        beak="hook",
        beak_long=0.12,
        beak_tone="#d0a03c",
        eye=0.4,
        tail=0.3,
        leg=0.16,
        wing=1.4,
    ),
    "duck": replace(
        _SONG,
        coat="#8c7658",
        breast="#b59a74",
        cap="#2f6a4a",
        face="#2f6a4a",
        throat="#2f6a4a",
        usual_m=0.42,
        upright=12,
        girth=0.31,
        neck=0.28,
        neck_r=0.13,
        head=0.2,
        beak="flat",
        beak_long=0.3,
        beak_tone="#e0a83c",
        leg=0.2,
        tail=0.3,
    ),
    "goose": replace(
        _SONG,
        coat="#c9c6bd",
        breast="#efece4",
        usual_m=0.75,
        upright=14,
        girth=0.32,
        neck=0.62,
        neck_r=0.115,
        head=0.165,
        beak="flat",
        beak_long=0.24,
        beak_tone="#e08a3c",
        leg=0.3,
        tail=0.26,
        wing=1.4,
    ),
    "swan": replace(
        _SONG,
        coat="#f1f0ec",
        breast="#faf9f5",
        usual_m=1.1,
        upright=8,
        girth=0.31,
        neck=0.86,
        neck_r=0.072,
        head=0.13,
        beak="flat",
        beak_long=0.25,
        beak_tone="#d9822f",
        leg=0.2,
        tail=0.26,
        wing=1.5,
    ),
    "hen": replace(
        _SONG,
        coat="#b4733c",
        breast="#c98a50",
        usual_m=0.42,
        upright=24,
        girth=0.35,
        neck=0.26,
        neck_r=0.15,
        head=0.17,
        beak="comb",
        beak_long=0.14,
        tail=0.46,
        leg=0.3,
    ),
    "peacock": replace(
        _SONG,
        coat="#2f5f9c",
        breast="#2f6fa8",
        usual_m=1.0,
        upright=24,
        neck=0.5,
        neck_r=0.1,
        head=0.14,
        tail=1.9,
        leg=0.36,
    ),
    "parrot": replace(
        _SONG,
        coat="#3f9a4c",
        breast="#c8443c",
        face="#c8443c",
        usual_m=0.34,
        upright=58,
        beak="hook",
        beak_long=0.22,
        beak_tone="#3a3632",
        tail=0.9,
        head=0.25,
    ),
    "stork": replace(
        _SONG,
        coat="#ecebe6",
        breast="#f3f2ee",
        usual_m=1.05,
        upright=20,
        girth=0.26,
        neck=0.62,
        neck_r=0.08,
        head=0.13,
        beak="dagger",
        beak_long=0.6,
        beak_tone="#d05a34",
        leg=1.15,
        wing=1.8,
        tip="#26262c",
    ),
    "penguin": replace(
        _SONG,
        coat="#2c333f",
        breast="#f1efe8",
        usual_m=0.75,
        upright=84,
        girth=0.3,
        neck=0.06,
        neck_r=0.19,
        head=0.22,
        beak="dagger",
        beak_long=0.22,
        beak_tone="#e09a3c",
        leg=0.1,
        tail=0.16,
        wing=0.62,
    ),
}


_SYNONYMS = {
    "bird": "nestling chick fledgling songbird cuckoo starling",
    "robin": "redbreast bullfinch",
    "sparrow": "wren finch lark skylark thrush nightingale",
    "swallow": "swift martin",
    "bluebird": "kingfisher jay bluetit tit",
    "canary": "goldfinch oriole budgerigar",
    "dove": "pigeon turtledove",
    "crow": "raven rook jackdaw blackbird",
    "gull": "seagull albatross tern",
    "eagle": "hawk falcon vulture kite buzzard phoenix condor",
    "owl": "owlet",
    "duck": "duckling mallard drake",
    "goose": "gosling geese gander",
    "swan": "cygnet",
    "hen": "chicken rooster cock cockerel turkey pheasant quail partridge",
    "peacock": "peahen",
    "parrot": "macaw cockatoo parakeet",
    "stork": "heron crane flamingo ibis ostrich egret",
    "penguin": "puffin auk",
}


_BY_WORD = {word: kind for kind, words in _SYNONYMS.items() for word in words.split()}


def fowl_of(word: str) -> tuple[str, Fowl] | None:
    """Return the kind and measures a species word means, or None if it is no bird."""
    for part in reversed(word.lower().replace("-", " ").split()):
        for form in (part, part.removesuffix("s")):
            kind = form if form in BIRDS else _BY_WORD.get(form, "")
            if kind:
                return kind, BIRDS[kind]
    return None
