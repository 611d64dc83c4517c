"""Where everything stands in the open air: the same for every camera."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.set.enclosure import enclosure, graves, leaning
from stillreel.draw.set.piece import Piece
from stillreel.draw.set.roster import known
from stillreel.draw.set.site import site_of
from stillreel.draw.set.words import nouns_in

if TYPE_CHECKING:
    from stillreel.draw.set.site import Site
    from stillreel.values.scene import PlaceKind, Setting

_FAR: dict[str, tuple[float, float, float]] = {
    "castle": (-11.0, -64.0, 27.0),
    "church": (11.0, -40.0, 13.0),
    "school": (10.0, -38.0, 12.0),
    "tower": (-14.0, -46.0, 20.0),
    "lighthouse": (15.0, -46.0, 18.0),
    "pyramid": (-16.0, -90.0, 30.0),
    "cliff": (16.0, -40.0, 15.0),
    "cave": (-8.5, -15.0, 5.0),
    "house": (9.5, -19.0, 5.6),
    "train": (0.0, -24.0, 1.0),
}
_SPOTS: tuple[tuple[float, float, float], ...] = (
    (3.4, -4.6, -16.0),
    (-3.7, -5.0, 18.0),
    (5.6, -5.6, -24.0),
    (-5.8, -6.6, 26.0),
    (1.6, -8.2, 0.0),
    (-1.8, -9.4, 0.0),
    (7.8, -8.4, -30.0),
    (-8.2, -9.2, 30.0),
)
_BELONGS: dict[Site, tuple[str, ...]] = {
    "graveyard": ("grave", "church"),
    "farm": ("house", "cart"),
    "platform": ("bench",),
}
"""What stands in a special place whether it is told or not."""
_STANDS_AT: dict[Site, tuple[tuple[float, float, float], ...]] = {
    "bridge": ((-3.4, -2.7, 12.0), (3.4, -2.8, -12.0)),
    "canal": ((-3.6, -4.6, 25.0), (-3.8, -7.8, 30.0)),
    "rooftop": ((-1.9, -3.6, 10.0), (5.0, -1.6, -24.0)),
    "cave": ((-2.9, -3.8, 16.0), (3.4, -4.2, -18.0)),
    "river": ((-3.6, -4.4, 18.0), (3.2, -3.0, -16.0)),
    "platform": ((3.3, -2.2, 0.0), (-3.6, -2.3, 0.0)),
    "deck": ((3.1, -4.6, -20.0), (-3.2, -4.2, 20.0)),
}
"""Firm ground for what is told of a place that is drawn whole by a hand of its own."""
_MOVABLE = frozenset(
    [
        "bench",
        "notice-board",
        "sign",
        "barrel",
        "cart",
        "statue",
        "fire",
        "stall",
        "tent",
        "table",
        "ladder",
    ]
)
_STANDS_FOR = {"lamp": "lamppost", "pine": "tree", "birch": "tree", "window": "", "picture": ""}
_STREET_HAS = frozenset({"house", "door", "stairs", "lamppost", "church", "tower", "wall"})
_SIZES = {
    "tent": 1.7,
    "boat": 1.5,
    "bridge": 2.6,
    "fire": 0.9,
    "rock": 0.9,
    "bush": 0.8,
    "lamppost": 3.4,
    "palm": 5.0,
    "cactus": 2.2,
    "fence": 4.0,
    "banner": 3.0,
    "statue": 2.4,
    "ladder": 2.8,
}
_PEACH = (
    (-4.9, -6.4),
    (5.0, -6.9),
    (-8.4, -8.8),
    (8.7, -9.6),
    (-2.3, -12.2),
    (3.3, -13.4),
    (-12.4, -12.4),
    (13.0, -13.0),
    (-6.9, -14.6),
    (7.6, -15.4),
    (-17.5, -9.0),
    (18.0, -9.6),
)
_BEHIND = (
    (-9.0, 5.5),
    (9.5, 6.5),
    (-6.5, 15.0),
    (6.0, 16.0),
    (0.5, 19.0),
    (-14.0, 12.0),
    (14.0, 13.0),
)


def pieces_of(setting: Setting, seed: int) -> tuple[Piece, ...]:
    """Return what stands in an open-air place; the same for every camera, hour and season."""
    site = site_of(setting)
    if site in _STANDS_AT:
        return _brought(site, nouns_in((*setting.features, *_BELONGS.get(site, ()))))
    more = _BELONGS.get(site, ())
    pieces = _placed(setting.kind, (*setting.features, *more), seed)
    wonder = setting.season == "winter" and setting.weather in {"clear", "fog"}
    return _one_blooms(pieces) if wonder and "blossom" in setting.features else pieces


def _one_blooms(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Return the pieces with the tree nearest to the stage in blossom, in the middle of winter."""
    trees = [piece for piece in pieces if piece.noun == "tree" and piece.at[2] < 0]
    near = min(trees, key=lambda piece: abs(piece.at[0]) - piece.at[2], default=None)
    return tuple(replace(piece, kind="blooming") if piece is near else piece for piece in pieces)


def _brought(site: Site, nouns: tuple[str, ...]) -> tuple[Piece, ...]:
    """Return the movable things a special place is told to have, where the stage can use them."""
    told = [noun for noun in nouns if noun in _MOVABLE]
    return tuple(
        Piece(noun, (x, 0.0, z), _SIZES.get(noun, 1.0), turn, "", index)
        for index, (noun, (x, z, turn)) in enumerate(zip(told, _STANDS_AT[site], strict=False))
    )


@lru_cache(maxsize=64)
def _placed(place: PlaceKind, features: tuple[str, ...], seed: int) -> tuple[Piece, ...]:
    nouns = nouns_in(features)
    rng = np.random.default_rng([seed & 0x7FFFFFFF, 41])
    pieces: list[Piece] = []
    match place:
        case "garden":
            pieces += _garden(nouns, rng)
        case "forest":
            pieces += _forest(nouns, rng)
        case "field" | "open":
            pieces += _field(place, nouns, rng)
        case "mountain":
            pieces += _mountain(rng)
        case "desert":
            pieces += _desert(nouns, rng)
        case "sea":
            pieces += _shore(nouns, rng)
        case "castle":
            pieces += _court(rng)
        case _:
            pass
    return tuple(pieces + _named(place, nouns, pieces))


def _named(place: PlaceKind, nouns: tuple[str, ...], there: list[Piece]) -> list[Piece]:
    """Place every feature that the kind of place did not bring by itself."""
    present = {piece.noun for piece in there}
    spots = iter(_SPOTS)
    added: list[Piece] = []
    street = place == "street"
    for word in nouns:
        noun = _STANDS_FOR.get(word, word)
        # Out of doors a door is the house's own.
        if noun in present or noun == "door" or not known(noun):
            continue
        if street and noun in _STREET_HAS:
            continue
        if noun in {"grave", "ladder"}:
            added += graves() if noun == "grave" else [leaning(there)]
            continue
        if noun in _FAR:
            x, z, size = _FAR[noun]
            added.append(Piece(noun, (x, 0.0, z), size, -12.0 if x > 0 else 12.0))
        elif noun == "wall":
            added += enclosure(nouns, -17.0)
        elif noun == "tree":
            added.append(Piece("tree", (-5.2, 0, -6.4), 5.0, 0, "oak", 77))
        elif noun in {"fence", "gate"}:
            places = (0.0,) if noun == "gate" else (-4.6, 4.6)
            added += [Piece(noun, (x, 0, -9.5), 6.0) for x in places]
        else:
            spot = next(spots, None)
            if spot is None:
                break
            x, z, turn = spot
            if street:
                x = float(np.sign(x)) * 5.3
            added.append(Piece(noun, (x, 0, z), _SIZES.get(noun, 1.0), turn, "", len(added)))
    return added


def _garden(nouns: tuple[str, ...], rng: np.random.Generator) -> list[Piece]:
    pieces: list[Piece] = []
    for index, (x, z) in enumerate((*_PEACH, *_BEHIND)):
        at = (x + float(rng.uniform(-0.5, 0.5)), 0.0, z + float(rng.uniform(-0.4, 0.4)))
        pieces.append(Piece("tree", at, float(rng.uniform(4.5, 5.7)), index=index))
    if "wall" in nouns:
        pieces += enclosure(nouns, -19.5)
    for index, x in enumerate(np.arange(-26, 27, 4.0)):
        if abs(x - 1.0) < 2.2 and "hole" in nouns:
            continue
        at = (float(x + rng.uniform(-1, 1)), 0.0, -18.2 + float(rng.uniform(-0.3, 0.3)))
        size = float(rng.uniform(0.6, 1.0)) * (1.0 if "wall" in nouns else 1.6)
        pieces.append(Piece("bush", at, size, index=index))
    if not {"castle", "house", "church"} & set(nouns):
        pieces.append(Piece("house", (-8.5, 0, -27.0), 7.0, 14.0, index=1))
    return pieces


def _forest(nouns: tuple[str, ...], rng: np.random.Generator) -> list[Piece]:
    pieces: list[Piece] = []
    pine = "pine" in nouns
    index = 0
    for ring, (radius, count) in enumerate(((6.6, 6), (10.5, 9), (16.0, 12), (24.0, 15))):
        for step in range(count):
            angle = (step + float(rng.uniform(-0.3, 0.3)) + ring * 0.4) / count * 2 * np.pi
            x = float(np.sin(angle)) * radius * 1.1
            z = -float(np.cos(angle)) * radius - 1.0
            if abs(x) < 4.4 and z > -5.0:
                continue
            kind = (
                "pine"
                if pine or (ring > 0 and rng.random() < 0.4)
                else ("birch" if rng.random() < 0.25 else "oak")
            )
            size = float(rng.uniform(7.5, 11.5))
            pieces.append(Piece("tree", (x, 0.0, z), size, 0.0, kind, index))
            index += 1
    for step in range(9):
        x, z = float(rng.uniform(-9, 9)), float(rng.uniform(-11, -5))
        pieces.append(Piece("bush", (x, 0, z), float(rng.uniform(0.35, 0.7)), index=step))
    for step, (x, z) in enumerate(((-3.9, -4.0), (4.3, -5.2))):
        pieces.append(Piece("rock", (x, 0, z), float(rng.uniform(0.5, 0.8)), index=step))
    return pieces


def _field(kind: str, nouns: tuple[str, ...], rng: np.random.Generator) -> list[Piece]:
    pieces = [Piece("tree", (-9.0, 0, -13.0), 7.0, 0, "oak", 3)]
    for step in range(9 if kind == "field" else 6):
        x = float(rng.uniform(-46, 46))
        pieces.append(
            Piece(
                "tree",
                (x, 0, float(rng.uniform(-52, -34))),
                float(rng.uniform(5, 8)),
                0,
                ("round", "poplar", "oak")[step % 3],
                step + 10,
            )
        )
    for step, (x, z) in enumerate(((14.0, 14.0), (-16.0, 18.0), (3.0, 30.0))):
        pieces.append(Piece("tree", (x, 0, z), 7.0, 0, "oak", step + 30))
    if kind == "field" and "fence" not in nouns:
        pieces += [
            Piece("fence", (x, 0, -10.5 - abs(x) * 0.06), 6.0, 0) for x in (-15.0, -9.0, 9.0, 15.0)
        ]
    return pieces


def _mountain(rng: np.random.Generator) -> list[Piece]:
    pieces: list[Piece] = []
    for step in range(26):
        angle = float(rng.uniform(0, 2 * np.pi))
        radius = float(rng.uniform(11, 40))
        x, z = float(np.sin(angle)) * radius, -float(np.cos(angle)) * radius
        if abs(x) < 4.5 and z > -10:
            continue
        pieces.append(Piece("tree", (x, 0, z), float(rng.uniform(4, 8)), 0, "pine", step))
    for step, (x, z, size) in enumerate(
        ((-4.6, -4.8, 1.3), (5.2, -5.6, 1.7), (-8.0, -8.0, 2.4), (8.6, -9.6, 2.0), (7.0, 6.0, 1.4))
    ):
        pieces.append(Piece("rock", (x, 0, z), size, index=step))
    return pieces


def _desert(nouns: tuple[str, ...], rng: np.random.Generator) -> list[Piece]:
    plant = "palm" if "palm" in nouns or "lake" in nouns else "cactus"
    spots = ((-6.0, -7.0), (7.4, -9.5), (-12.0, -15.0), (13.0, -18.0), (9.0, 9.0), (-9.0, 12.0))
    pieces = [
        Piece(
            plant,
            (x, 0, z),
            float(rng.uniform(1.6, 2.6)) * (2.2 if plant == "palm" else 1),
            index=i,
        )
        for i, (x, z) in enumerate(spots)
    ]
    for step, (x, z) in enumerate(((4.4, -5.0), (-4.0, -9.0), (-8.0, -5.0))):
        pieces.append(Piece("rock", (x, 0, z), float(rng.uniform(0.4, 0.9)), index=step))
    return pieces


def _shore(nouns: tuple[str, ...], rng: np.random.Generator) -> list[Piece]:
    pieces = [Piece("boat", (14.0, 0.05, -60.0), 3.2, 0, "sail", 1)]
    if "boat" in nouns:
        pieces.append(Piece("boat", (-4.6, 0.0, -4.6), 1.6, 0, "", 0))
    if "palm" in nouns or "island" in nouns:
        pieces += [
            Piece("palm", (x, 0, z), 5.5, index=i)
            for i, (x, z) in enumerate(((-6.0, -4.0), (-8.0, -6.0), (8.5, -4.6)))
        ]
    for step, (x, z) in enumerate(((4.6, -5.0), (5.8, -6.0), (-7.4, -6.6), (9.0, -7.4))):
        pieces.append(Piece("rock", (x, 0, z), float(rng.uniform(0.5, 1.2)), index=step))
    for step, (x, z) in enumerate(((-9.0, 16.0), (6.0, 18.0), (13.0, 14.0))):
        pieces.append(Piece("bush", (x, 0, z), 1.4, index=step))
    return pieces


def _court(rng: np.random.Generator) -> list[Piece]:
    pieces = [Piece("castle", (0.0, 0.0, -34.0), 24.0)]
    pieces += [piece for piece in enclosure((), -16.0) if abs(piece.at[0]) > 5 or piece.at[2] > 0]
    pieces.append(Piece("gate", (0.0, 0, -16.0), 6.0))
    pieces += [
        Piece("wall", (x, 0, -16.0), 4.4, 0.0, "", 90 + i, 3.2) for i, x in enumerate((-4.05, 4.05))
    ]
    for index, (x, z) in enumerate(((-5.4, -7.0), (5.6, -8.0), (-9.4, -11.0), (9.0, -12.0))):
        pieces.append(Piece("banner", (x, 0.9, z), 3.6, 0.0, "pole", index))
    pieces.append(Piece("barrel", (-7.4, 0, -6.0), 1.0, 20.0))
    pieces.append(Piece("tree", (9.5, 0, -10.0), 5.0 + float(rng.uniform(0, 1)), 0, "round", 5))
    return pieces
