"""A street in perspective: house fronts, shops, signs, lamps, the wet road."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.marks import mix
from stillreel.draw.set.easel import Style
from stillreel.draw.set.piece import Piece
from stillreel.draw.set.shapes import arch, rect
from stillreel.draw.set.terrace import Lot, draw_front
from stillreel.draw.set.wayside import draw_lamppost
from stillreel.draw.set.words import nouns_in

if TYPE_CHECKING:
    from stillreel.draw.set.easel import Easel, Tone
    from stillreel.draw.set.tints import Tints
    from stillreel.values.scene import Setting

HALF = 6.6
"""Metres from the middle of the road to the house fronts."""


def modern(setting: Setting) -> bool:
    """Return whether the street is that of a present-day city."""
    nouns = nouns_in(setting.features)
    name = setting.name.lower()
    return "neon" in nouns or any(word in name for word in ("avenue", "city", "downtown", "neon"))


def draw_street(easel: Easel, setting: Setting, tints: Tints) -> None:
    """Draw the road and both rows of houses, far to near."""
    tall_city = modern(setting)
    skyline(easel, tints, tall_city)
    _road(easel, setting, tints)
    for side in (-1.0, 1.0):
        rng = easel.rng("lots", int(side))
        z, index = 24.0, 0
        while z > -78.0:
            wide = float(rng.uniform(5.5, 8.5))
            tall = float(rng.uniform(11, 24)) if tall_city else float(rng.uniform(5.6, 8.6))
            draw_front(
                easel,
                tints,
                Lot(
                    (side * HALF, 0.1, z - wide / 2),
                    -90.0 * side,
                    wide,
                    tall,
                    index,
                    modern=tall_city,
                ),
            )
            z -= wide
            index += 1
    if not tall_city:
        spire(easel, tints)
    for index, z in enumerate(np.arange(10.0, -60.0, -9.0)):
        for side in (-1.0, 1.0):
            draw_lamppost(
                easel,
                Piece("lamppost", (side * 4.7, 0.12, float(z) + side), 3.9, index=index),
                tints,
            )


def _road(easel: Easel, setting: Setting, tints: Tints) -> None:
    stone = tints.grass
    walk = mix(stone, (206, 196, 186), 0.5) if not tints.white else tints.snow
    easel.begin(None, "near", 0)
    wet = setting.weather == "rain"
    road = (
        mix(stone, (46, 48, 62), 0.12 if setting.time == "night" else 0.35)
        if not tints.white
        else mix(tints.snow, (130, 134, 150), 0.3)
    )
    easel.face(
        [(-4.1, 0.01, -300), (4.1, 0.01, -300), (4.1, 0.01, 40), (-4.1, 0.01, 40)],
        Style(
            "water" if wet else "ground",
            road,
            outline=0.3,
            to=mix(road, (30, 32, 48), 0.25),
            alpha=0.92 if wet else 1.0,
        ),
    )
    _kerbs(easel, walk)
    _paving(easel, setting, road, wet=wet)


def _kerbs(easel: Easel, walk: Tone) -> None:
    """Lay pavements and kerbs on both sides."""
    for side in (-1.0, 1.0):
        easel.face(
            [
                (side * 4.1, 0.12, -300),
                (side * HALF, 0.12, -300),
                (side * HALF, 0.12, 40),
                (side * 4.1, 0.12, 40),
            ],
            Style("ground", walk, outline=0.3),
        )
        easel.face(
            [
                (side * 4.1, 0.0, -300),
                (side * 4.1, 0.12, -300),
                (side * 4.1, 0.12, 40),
                (side * 4.1, 0.0, 40),
            ],
            Style("rock", mix(walk, (60, 60, 70), 0.4), outline=0.3),
        )
    seam = Style("crease", mix(walk, (40, 40, 50), 0.35), outline=0.1, alpha=0.6)
    for z in np.arange(8, -24, -1.6):
        for side in (-1.0, 1.0):
            easel.line([(side * 4.1, 0.125, z), (side * HALF, 0.125, z)], 0.02, seam)


def _paving(easel: Easel, setting: Setting, road: Tone, *, wet: bool) -> None:
    """Mark the lanes of a city road, or cobble an old one."""
    if modern(setting):
        for z in np.arange(20, -60, -4.0):
            easel.face(
                [(-0.09, 0.02, z), (0.09, 0.02, z), (0.09, 0.02, z - 1.8), (-0.09, 0.02, z - 1.8)],
                Style("paper", (226, 222, 206), outline=0.0, alpha=0.8),
            )
        return
    if easel.soft and easel.down < 0.3:
        return
    line = Style("crease", mix(road, (24, 24, 36), 0.4), outline=0.0, alpha=0.3)
    for z in np.arange(9.0, -12.0, -0.75):
        if not wet and easel.depth((0.0, 0.0, float(z))) > 4.0:
            bow = [(x, 0.014, z - 0.05 * (4 - x * x / 4)) for x in np.linspace(-4, 4, 7)]
            easel.line(bow, 0.014, line, 0.6)
    cobble(easel, road, 36 if wet else 80, (-3.9, 3.5))


def cobble(easel: Easel, road: Tone, count: int, span: tuple[float, float]) -> None:
    """Let `count` odd cobbles stand out of an old road that reaches from x to x, metres."""
    rng = easel.rng("cobbles")
    for _ in range(count):
        z = 9.0 - 0.75 * int(rng.integers(0, 26))
        x = round(float(rng.uniform(*span)) / 0.42) * 0.42
        y = z - 0.05 * (4 - x * x / 4) - 0.08
        easel.face(
            [
                (x, 0.015, y),
                (x + 0.34, 0.015, y),
                (x + 0.36, 0.015, y - 0.58),
                (x + 0.02, 0.015, y - 0.6),
            ],
            Style(
                "rock",
                mix(road, (206, 196, 192) if rng.random() < 0.6 else (30, 30, 44), 0.16),
                outline=0.15,
                alpha=0.7,
            ),
        )


def skyline(easel: Easel, tints: Tints, tall_city: bool) -> None:
    """Close the distance all round with roofs, or with the towers of a city."""
    rng = easel.rng("skyline")
    heading = float(np.degrees(np.arctan2(easel.ahead[0], -easel.ahead[2])))
    easel.begin(None, "far", 3)
    for angle in np.arange(-180, 180, 5.0):
        tall = float(rng.uniform(22, 62)) if tall_city else float(rng.uniform(9, 19))
        wide = float(rng.uniform(5, 9))
        if abs((angle - heading + 180) % 360 - 180) > 70:
            continue
        a = np.radians(angle)
        at = np.array([np.sin(a) * 120, 0.0, -np.cos(a) * 120])
        tone = mix(tints.roof, (120, 126, 156), 0.45)
        top = (
            [(-wide, tall), (wide, tall)]
            if tall_city
            else [(-wide, tall), (0, tall * 1.4), (wide, tall)]
        )
        easel.card(
            at,
            [(-wide, -2), *top, (wide, -2)],
            Style("far", tone, outline=0.3, to=mix(tone, (170, 170, 190), 0.4)),
        )
        if tints.lit and tall_city:
            for _ in range(5):
                x, y = float(rng.uniform(-wide, wide)) * 0.8, float(rng.uniform(0.2, 0.9)) * tall
                easel.card(
                    at,
                    rect(x, y, x + 0.9, y + 1.4),
                    Style("glow", (255, 204, 130), outline=0.0, glow=0.4),
                )


def spire(easel: Easel, tints: Tints, z: float = -92.0) -> None:
    """Close the vista of an old town with a church spire."""
    at = np.array([1.5, 0.0, z])
    easel.begin(at, "far")
    stone = mix(tints.stone, (220, 206, 190), 0.3)
    easel.card(at, rect(-4, 0, 4, 18), Style("wall", stone, outline=0.5, shade=0.2))
    easel.card(
        at,
        [(-5, 17.5), (5, 17.5), (0, 31)],
        Style("roof", tints.snow if tints.white else tints.roof, outline=0.5),
    )
    easel.card(
        at,
        arch(0, 12.5, 1.0, 2.0),
        Style(
            "glass",
            tints.window if tints.lit else (80, 80, 100),
            outline=0.3,
            glow=0.6 if tints.lit else 0.0,
        ),
    )
