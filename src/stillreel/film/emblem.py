"""A small round picture for the title card: the story's first place, as cut paper."""

from __future__ import annotations

from math import atan2, cos, hypot, pi, sin
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.marks import mix
from stillreel.film.paper import SCALE, Paper
from stillreel.film.sound.noise import generator

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from stillreel.film.paper import Rgb
    from stillreel.plan.nouns import Place

    Pixels = NDArray[np.uint8]

_SKIES: dict[str, tuple[Rgb, Rgb]] = {
    "dawn": ((243, 176, 145), (250, 224, 190)),
    "day": ((122, 178, 205), (216, 231, 224)),
    "dusk": ((94, 78, 128), (240, 150, 108)),
    "night": ((22, 30, 62), (66, 84, 130)),
}
_LEAVES: dict[str, Rgb] = {
    "spring": (150, 178, 104),
    "summer": (92, 138, 88),
    "autumn": (200, 128, 62),
    "winter": (222, 230, 236),
}


def emblem(place: Place, size: int, seed: int) -> tuple[Pixels, Pixels]:
    """Return the emblem of a place as (size, size, 3) BGR and its round coverage (size, size)."""
    import cv2

    paper = Paper(size)
    high, low = _SKIES[place.time]
    steps = np.linspace(0, 1.25, paper.size)[:, None].clip(0, 1)
    sky = np.array(high[::-1]) * (1 - steps) + np.array(low[::-1]) * steps
    paper.pixels[:] = sky[:, None, :].astype(np.uint8)
    rng = generator("emblem", place.id, seed)
    _heavens(paper, place, low, rng)
    _SCENES.get(place.kind, _hills)(paper, place, low, rng)
    if place.weather == "snow":
        for _ in range(60):
            spot = (float(rng.random()), float(rng.random()))
            paper.disc(spot, 0.004 + 0.005 * float(rng.random()), (250, 250, 252))
    picture = cv2.resize(paper.pixels, (size, size), interpolation=cv2.INTER_AREA)
    cover = np.zeros((paper.size, paper.size), dtype=np.uint8)
    middle = paper.size // 2
    cv2.circle(cover, (middle, middle), middle - SCALE, (255,), -1, cv2.LINE_AA)
    small = cv2.resize(cover, (size, size), interpolation=cv2.INTER_AREA)
    return np.asarray(picture, dtype=np.uint8), np.asarray(small, dtype=np.uint8)


def _heavens(paper: Paper, place: Place, low: Rgb, rng: np.random.Generator) -> None:
    if place.time == "night":
        for _ in range(38):
            spot = (float(rng.random()), 0.6 * float(rng.random()))
            paper.disc(spot, 0.003 + 0.004 * float(rng.random()), (238, 236, 220))
        paper.fill(_crescent((0.7, 0.25), 0.1), (246, 240, 214))
        return
    sun = {"dawn": (0.3, 0.56), "day": (0.68, 0.28), "dusk": (0.66, 0.55)}[place.time]
    paper.disc(sun, 0.15, mix(low, (255, 246, 214), 0.35))
    paper.disc(sun, 0.1, (255, 240, 200))


def _crescent(at: tuple[float, float], radius: float) -> list[tuple[float, float]]:
    """Return the outline of a young moon, open to the upper right: one disc bitten by another."""
    bite, reach = (0.42, -0.3), 0.86
    away = atan2(-bite[1], -bite[0])
    turns = [away + part * pi / 48 for part in range(-48, 49)]
    outer = [(cos(turn), sin(turn)) for turn in turns]
    outer = [spot for spot in outer if hypot(spot[0] - bite[0], spot[1] - bite[1]) > reach]
    inner = [(bite[0] + reach * cos(turn), bite[1] + reach * sin(turn)) for turn in turns]
    inner = [spot for spot in inner if hypot(*spot) < 1]
    return [(at[0] + radius * x, at[1] + radius * y) for x, y in (*outer, *reversed(inner))]


def _tint(place: Place, colour: Rgb, low: Rgb, away: float) -> Rgb:
    """Return a colour as it looks at that hour, and as far `away` (0..1) as it is."""
    dark = {"dawn": 0.12, "day": 0.0, "dusk": 0.34, "night": 0.6}[place.time]
    return mix(mix(colour, (24, 26, 52), dark), low, away)


def _ground(place: Place) -> Rgb:
    return _LEAVES[place.season]


def _hills(paper: Paper, place: Place, low: Rgb, rng: np.random.Generator) -> None:
    shift = float(rng.random())
    paper.hill(
        0.62, ((0.05, 1.1, shift), (0.015, 3.1, 0.2)), _tint(place, _ground(place), low, 0.6)
    )
    paper.hill(0.72, ((0.045, 0.9, shift + 0.4),), _tint(place, _ground(place), low, 0.28))
    paper.hill(0.83, ((0.03, 1.2, shift + 0.1),), _tint(place, _ground(place), low, 0.0))


def _tree(
    paper: Paper, at: tuple[float, float], size: float, place: Place, low: Rgb, away: float
) -> None:
    x, y = at
    trunk = _tint(place, (92, 68, 54), low, away)
    paper.fill(
        [
            (x - 0.05 * size, y),
            (x - 0.02 * size, y - 0.45 * size),
            (x + 0.02 * size, y - 0.45 * size),
            (x + 0.05 * size, y),
        ],
        trunk,
    )
    _branch(paper, (x, y - 0.36 * size), (-0.24, -0.36), size, trunk)
    _branch(paper, (x, y - 0.4 * size), (0.25, -0.33), size, trunk)
    _branch(paper, (x, y - 0.42 * size), (0.02, -0.42), size, trunk)
    if place.season == "winter":
        return
    leaf = _tint(place, _LEAVES[place.season], low, away)
    light = mix(leaf, (255, 250, 220), 0.22)
    blossom = place.season == "spring"
    crown = ((0.0, 0.78, 0.2), (-0.19, 0.66, 0.16), (0.19, 0.66, 0.17), (0.0, 0.6, 0.17))
    for dx, dy, radius in crown:
        colour = _tint(place, (240, 190, 200), low, away) if blossom else leaf
        paper.disc((x + dx * size, y - dy * size), radius * size, colour)
    for dx, dy, radius in crown[:3]:
        colour = _tint(place, (252, 224, 228), low, away) if blossom else light
        paper.disc((x + (dx - 0.04) * size, y - (dy + 0.05) * size), radius * 0.55 * size, colour)


def _branch(
    paper: Paper,
    root: tuple[float, float],
    reach: tuple[float, float],
    size: float,
    colour: Rgb,
) -> None:
    """Draw a bough with two twigs."""
    tip = (root[0] + reach[0] * size, root[1] + reach[1] * size)
    paper.fill([(root[0] - 0.024 * size, root[1]), tip, (root[0] + 0.024 * size, root[1])], colour)
    for part, lean in ((0.5, 0.1), (0.68, -0.08)):
        at = (root[0] + reach[0] * size * part, root[1] + reach[1] * size * part)
        end = (at[0] + lean * size, at[1] - 0.15 * size)
        thick = 0.011 * size
        paper.fill([(at[0] - thick, at[1]), end, (at[0] + thick, at[1] - thick)], colour)


def _garden(paper: Paper, place: Place, low: Rgb, rng: np.random.Generator) -> None:
    _hills(paper, place, low, rng)
    if "wall" in place.features:
        stone = _tint(place, (176, 160, 146), low, 0.25)
        paper.fill([(0.0, 0.64), (1.0, 0.6), (1.0, 0.73), (0.0, 0.75)], stone)
        paper.fill(
            [(0.0, 0.64), (1.0, 0.6), (1.0, 0.617), (0.0, 0.657)], mix(stone, (255, 250, 240), 0.3)
        )
        paper.hill(0.78, ((0.03, 1.2, 0.1),), _tint(place, _ground(place), low, 0.0))
    _tree(paper, (0.22, 0.74), 0.36, place, low, 0.35)
    _tree(paper, (0.62, 0.84), 0.66, place, low, 0.0)


def _forest(paper: Paper, place: Place, low: Rgb, rng: np.random.Generator) -> None:
    _hills(paper, place, low, rng)
    for row, (count, base, size) in enumerate(((9, 0.7, 0.3), (6, 0.78, 0.42), (4, 0.9, 0.6))):
        colour = _tint(place, mix(_ground(place), (30, 60, 50), 0.45), low, 0.5 - 0.25 * row)
        for place_in_row in range(count):
            x = (place_in_row + 0.5 * (row % 2) + 0.25 * float(rng.random())) / (count - 0.5)
            for part in range(3):
                top = base - size * (0.35 + 0.22 * part)
                half = size * (0.22 - 0.055 * part)
                paper.fill(
                    [
                        (x, top - size * 0.2),
                        (x - half, top + size * 0.16),
                        (x + half, top + size * 0.16),
                    ],
                    colour,
                )


def _castle(paper: Paper, place: Place, low: Rgb, rng: np.random.Generator) -> None:
    _hills(paper, place, low, rng)
    stone = _tint(place, (150, 140, 150), low, 0.12)
    roof = _tint(place, (150, 72, 70), low, 0.05)
    glow = (255, 214, 130) if place.time in {"night", "dusk"} else mix(stone, (30, 30, 50), 0.5)
    for x, wide, top in ((0.34, 0.07, 0.42), (0.5, 0.12, 0.5), (0.66, 0.08, 0.36)):
        paper.fill([(x - wide, 0.8), (x - wide, top), (x + wide, top), (x + wide, 0.8)], stone)
        if wide < 0.1:
            paper.fill([(x - wide * 1.25, top), (x, top - 0.17), (x + wide * 1.25, top)], roof)
        else:
            for tooth in range(4):
                left = x - wide + tooth * wide * 0.57
                paper.fill(
                    [
                        (left, top),
                        (left, top - 0.03),
                        (left + wide * 0.3, top - 0.03),
                        (left + wide * 0.3, top),
                    ],
                    stone,
                )
        paper.fill(
            [
                (x - 0.014, top + 0.12),
                (x - 0.014, top + 0.07),
                (x, top + 0.05),
                (x + 0.014, top + 0.07),
                (x + 0.014, top + 0.12),
            ],
            glow,
        )
    paper.hill(0.79, ((0.03, 1.0, 0.3),), _tint(place, _ground(place), low, 0.0))


def _street(paper: Paper, place: Place, low: Rgb, rng: np.random.Generator) -> None:
    lit = place.time in {"night", "dusk"}
    for row, (base, away) in enumerate(((0.66, 0.45), (0.84, 0.0))):
        x = -0.05
        while x < 1.0:
            wide = 0.13 + 0.07 * float(rng.random())
            top = base - 0.2 - 0.14 * float(rng.random()) - 0.05 * row
            wall = _tint(
                place, mix((196, 160, 130), (130, 140, 160), float(rng.random())), low, away
            )
            roof = mix(wall, (60, 40, 50), 0.45)
            paper.fill([(x, 1.0), (x, top), (x + wide, top), (x + wide, 1.0)], wall)
            paper.fill([(x - 0.01, top), (x + wide / 2, top - 0.09), (x + wide + 0.01, top)], roof)
            pane = (255, 216, 132) if lit else mix(wall, (40, 50, 70), 0.55)
            for column in (0.28, 0.66):
                left = x + wide * column - 0.015
                paper.fill(
                    [
                        (left, top + 0.1),
                        (left, top + 0.055),
                        (left + 0.03, top + 0.055),
                        (left + 0.03, top + 0.1),
                    ],
                    pane,
                )
            x += wide
    paper.hill(0.88, ((0.008, 1.0, 0.2),), _tint(place, (110, 104, 110), low, 0.0))


def _sea(paper: Paper, place: Place, low: Rgb, rng: np.random.Generator) -> None:
    for row in range(5):
        water = _tint(place, mix((120, 176, 186), (36, 92, 122), row / 4), low, 0.45 - 0.1 * row)
        waves = ((0.012 + 0.006 * row, 3.0 - 0.4 * row, float(rng.random())),)
        paper.hill(0.6 + 0.085 * row, waves, water)
    sail, hull = _tint(place, (250, 240, 220), low, 0.1), _tint(place, (110, 70, 56), low, 0.1)
    paper.fill([(0.36, 0.63), (0.36, 0.36), (0.53, 0.62)], sail)
    paper.fill([(0.345, 0.63), (0.345, 0.42), (0.25, 0.62)], mix(sail, (200, 180, 160), 0.3))
    paper.fill([(0.23, 0.645), (0.56, 0.645), (0.5, 0.7), (0.29, 0.7)], hull)


def _mountain(paper: Paper, place: Place, low: Rgb, rng: np.random.Generator) -> None:
    for x, top, half, away in (
        (0.2, 0.42, 0.36, 0.5),
        (0.82, 0.36, 0.4, 0.4),
        (0.5, 0.2, 0.46, 0.15),
    ):
        rock = _tint(place, (112, 118, 140), low, away)
        paper.fill([(x - half, 0.9), (x, top), (x + half, 0.9)], rock)
        paper.fill(
            [(x, top), (x + half, 0.9), (x + half * 0.2, 0.9)], mix(rock, (40, 44, 70), 0.22)
        )
        cap = (0.9 - top) * 0.3
        width = half * 0.3
        paper.fill(
            [
                (x - width, top + cap),
                (x, top),
                (x + width, top + cap),
                (x + width * 0.45, top + cap * 0.78),
                (x, top + cap * 1.1),
                (x - width * 0.5, top + cap * 0.8),
            ],
            mix(rock, (252, 252, 255), 0.86),
        )
    paper.hill(0.86, ((0.03, 1.1, float(rng.random())),), _tint(place, _ground(place), low, 0.0))


def _desert(paper: Paper, place: Place, low: Rgb, rng: np.random.Generator) -> None:
    shift = float(rng.random())
    for row in range(4):
        sand = _tint(place, mix((238, 206, 150), (196, 142, 88), row / 3), low, 0.4 - 0.13 * row)
        paper.hill(0.6 + 0.1 * row, ((0.05, 0.8 + 0.2 * row, shift + 0.37 * row),), sand)


def _window(paper: Paper, place: Place, low: Rgb, rng: np.random.Generator) -> None:
    _hills(paper, place, low, rng)
    frame = (112, 78, 60)
    wall = (236, 214, 184) if place.time != "night" else (92, 78, 92)
    paper.fill([(0, 0), (0.2, 0), (0.2, 1), (0, 1)], wall)
    paper.fill([(0.8, 0), (1, 0), (1, 1), (0.8, 1)], wall)
    paper.fill([(0, 0.74), (1, 0.74), (1, 1), (0, 1)], wall)
    paper.fill([(0, 0), (1, 0), (1, 0.16), (0, 0.16)], wall)
    for x in (0.2, 0.49, 0.78):
        paper.fill([(x, 0.16), (x + 0.022, 0.16), (x + 0.022, 0.74), (x, 0.74)], frame)
    for y in (0.16, 0.44, 0.72):
        paper.fill([(0.2, y), (0.8, y), (0.8, y + 0.022), (0.2, y + 0.022)], frame)
    paper.fill(
        [(0.15, 0.74), (0.85, 0.74), (0.85, 0.775), (0.15, 0.775)],
        mix(frame, (255, 255, 255), 0.15),
    )
    for side in (-1, 1):
        edge = 0.5 + side * 0.36
        paper.fill(
            [
                (edge, 0.1),
                (edge - side * 0.14, 0.1),
                (edge - side * 0.05, 0.5),
                (edge - side * 0.09, 0.8),
                (edge + side * 0.04, 0.8),
            ],
            (164, 84, 74),
        )


_SCENES: dict[str, Callable[[Paper, Place, Rgb, np.random.Generator], None]] = {
    "garden": _garden,
    "forest": _forest,
    "castle": _castle,
    "hall": _castle,
    "street": _street,
    "sea": _sea,
    "mountain": _mountain,
    "desert": _desert,
    "room": _window,
    "vehicle": _window,
}
