"""Boards nobody wrote, for clips whose truth is known: each follows from its number."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, get_args

import numpy as np

from stillreel.draw.look import named
from stillreel.draw.motion.clip import Order, animate
from stillreel.values.scene import (
    Action,
    BoardScene,
    Hair,
    HairStyle,
    Identity,
    Move,
    PanelScene,
    Performer,
    Setting,
    Worn,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.values.scene import Facing, PlaceKind, Season, ShotSize, TimeOfDay, Weather

_T = TypeVar("_T")

SIZES = ((384, 216), (320, 180), (216, 384), (480, 270))
_COLOURS = ("#b02030", "#2050a0", "#e0b040", "#30804a", "#7a4a8a", "#d8d0b8", "#404850")
_PLACES: tuple[tuple[PlaceKind, tuple[str, ...]], ...] = (
    ("room", ("window", "bed")),
    ("street", ("lamp", "house")),
    ("garden", ("tree", "wall", "flowers")),
    ("forest", ("tree",)),
    ("field", ("fence",)),
    ("sea", ("boat",)),
    ("mountain", ("rock",)),
    ("desert", ("rock",)),
    ("castle", ("wall",)),
    ("hall", ("window",)),
    ("open", ()),
)
_TIMES: tuple[TimeOfDay, ...] = ("dawn", "day", "day", "dusk", "night")
_SEASONS: tuple[Season, ...] = ("spring", "summer", "autumn", "winter")
_WEATHERS: tuple[Weather, ...] = ("clear", "clear", "clear", "rain", "snow", "fog", "wind")
_SHOTS: tuple[ShotSize, ...] = (
    "wide",
    "full",
    "medium-wide",
    "medium",
    "medium-close-up",
    "close-up",
)
_DOES: tuple[Action, ...] = (
    "stand",
    "walk",
    "run",
    "talk",
    "talk",
    "wave",
    "look",
    "dance",
    "work",
    "laugh",
    "turn",
    "sit",
)
_FACING: tuple[Facing, ...] = ("camera", "front-left", "front-right", "left", "right")
_HAIR: tuple[HairStyle, ...] = ("short", "long", "bun", "curly", "bob")


def board(seed: int) -> BoardScene:
    """Return a board of three to five panels with two people in all kinds of places."""
    rng = np.random.default_rng([seed, 11])
    cast = tuple(_identity(rng, name) for name in ("mara", "tom"))
    where, size, panels = _setting(rng), "", list[PanelScene]()
    for number in range(int(rng.integers(3, 6))):
        if rng.random() < 0.35:
            where = _setting(rng)
        size = _one(rng, [shot for shot in _SHOTS if shot != size])
        does, both = _one(rng, _DOES), rng.random() < 0.35
        at = -0.4 if both else float(rng.uniform(-0.4, 0.4))
        facing = _one(rng, _FACING)
        people = [Performer(id="mara", does=does, facing=facing, at=at, speaks=does == "talk")]
        if both:
            people.append(Performer(id="tom", does=_one(rng, _DOES), facing="left", at=0.45))
        panel = PanelScene(
            id=f"P{number + 1}",
            size=size,
            move=_one(rng, ["static", "static", "static", *get_args(Move)]),
            frames=int(rng.integers(20, 72)),
            setting=where,
            performers=tuple(people) if rng.random() > 0.12 else (),
        )
        panels.append(panel)
    return BoardScene(id=f"S{seed:03d}", panels=tuple(panels), cast=cast)


def clip(seed: int) -> bytes:
    """Return the animatic of a board, in one of four sizes and either look."""
    width, height = SIZES[seed % len(SIZES)]
    quality = ("publish", "draft")[seed // 2 % 2]
    look = named(("lumen", "ink")[seed % 2])
    return animate(Order(board(seed), width, height, 24, quality, look=look))


def _identity(rng: np.random.Generator, name: str) -> Identity:
    return Identity(
        id=name,
        name=name,
        age=_one(rng, ("child", "teen", "adult", "elder")),
        hair=Hair(style=_one(rng, _HAIR), colour=_one(rng, ("#3b2a20", "#c09040", "#a04020"))),
        skin=_one(rng, ("#c98d6b", "#8a5a3a", "#f0c8a8")),
        outfit=(
            Worn(garment=_one(rng, ("shirt", "coat", "jumper")), colour=_one(rng, _COLOURS)),
            Worn(garment="trousers", colour=_one(rng, _COLOURS)),
        ),
    )


def _setting(rng: np.random.Generator) -> Setting:
    kind, features = _one(rng, _PLACES)
    return Setting(
        id=kind,
        name=kind,
        kind=kind,
        features=features,
        time=_one(rng, _TIMES),
        season=_one(rng, _SEASONS),
        weather=_one(rng, _WEATHERS),
    )


def _one(rng: np.random.Generator, choices: Sequence[_T]) -> _T:
    return choices[int(rng.integers(len(choices)))]
