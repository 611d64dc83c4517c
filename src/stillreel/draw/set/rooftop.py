"""On a roof high over a town: the leads, the chimneys, the sea of roofs beyond."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.marks import mix
from stillreel.draw.set import street
from stillreel.draw.set.shapes import box, plane, rect
from stillreel.draw.set.style import Style

if TYPE_CHECKING:
    from stillreel.draw.set.easel import Easel, Tone
    from stillreel.draw.set.tints import Tints
    from stillreel.values.scene import Setting

_BACK = -4.8
"""Where the roof ends behind the stage, metres."""
_SIDE = 9.5
_DEEP = -9.0
"""Height of the streets below, metres."""
_X = np.array([1.0, 0.0, 0.0])
_PAINTS: tuple[Tone, ...] = ((206, 174, 136), (178, 120, 96), (190, 178, 156), (150, 152, 164))
_RANKS = ((150.0, 30), (92.0, 24), (58.0, 20), (36.0, 15), (21.0, 11))
"""How far the ranks of roofs stand, and how many go round."""


def draw_rooftop(easel: Easel, setting: Setting, tints: Tints) -> None:
    """Draw the roof and the town below and around it."""
    city = street.modern(setting)
    street.skyline(easel, tints, city)
    easel.begin(None, "far", 4)
    below = mix(tints.roof, (110, 116, 140), 0.5)
    below = mix(tints.snow_shade, below, 0.3) if tints.white else below
    easel.face(
        [(-700, _DEEP, -700), (700, _DEEP, -700), (700, _DEEP, 700), (-700, _DEEP, 700)],
        Style("far", below, outline=0.0),
    )
    for rank, (away, count) in enumerate(_RANKS):
        rng = easel.rng("roofs", rank)
        for step in range(count):
            angle = (step + float(rng.uniform(-0.3, 0.3))) / count * 2 * np.pi
            spot = (float(np.sin(angle)) * away, _DEEP, -float(np.cos(angle)) * away)
            ridge = float(rng.uniform(-1.6, 1.5)) + away * 0.012
            wide = float(rng.uniform(0.075, 0.12)) * away + 1.6
            _house(easel, tints, spot, (wide, ridge), rng, city=city)
    if not city:
        street.spire(easel, tints, -84.0)
    _leads(easel, tints)


def _house(
    easel: Easel,
    tints: Tints,
    spot: tuple[float, float, float],
    size: tuple[float, float],
    rng: np.random.Generator,
    *,
    city: bool,
) -> None:
    """Draw one of the roofs: its gable or its slope, chimneys, a lit window or two."""
    wide, ridge = size
    paint = mix(_PAINTS[int(rng.integers(0, 4))], tints.plaster, 0.2)
    tile = mix(tints.roof, (164, 86, 64), float(rng.uniform(0.1, 0.8)))
    gabled, stack = rng.random() < 0.4, float(rng.uniform(-0.6, 0.6)) * wide
    if not easel.seen((spot[0], 0.0, spot[2]), wide * 2) or easel.depth(spot) < 12.0:
        return
    easel.begin(spot)
    top = ridge - _DEEP + (float(rng.uniform(2, 14)) if city else 0.0)
    eaves = top - wide * (0.0 if city else 0.62)
    wall = Style("wall", paint, outline=0.5, shade=0.25, to=mix(paint, (60, 60, 90), 0.4))
    cover = tints.snow if tints.white else tile
    style = Style(
        "snow" if tints.white else "roof",
        cover,
        outline=0.6,
        to=tints.snow_shade if tints.white else mix(tile, (60, 44, 66), 0.3),
    )
    easel.card(spot, rect(-wide, 0.0, wide, eaves), wall)
    if not city:
        brick = Style("wall", tints.brick, outline=0.5, shade=0.2)
        easel.card(spot, rect(stack - 0.4, eaves, stack + 0.4, top + 1.3), brick)
        easel.card(spot, rect(stack - 0.5, top + 1.1, stack + 0.5, top + 1.3), brick)
        if gabled:
            easel.card(spot, [(-wide, eaves), (wide, eaves), (0, top)], wall._replace(to=None))
            for end in (-1.0, 1.0):
                slope = [(end * wide * 1.06, eaves - 0.2), (0, top), (0, top + 0.4)]
                easel.card(spot, [*slope, (end * wide * 1.1, eaves + 0.1)], style._replace(to=None))
        else:
            slope = [(-wide * 1.04, eaves - 0.2), (wide * 1.04, eaves - 0.2)]
            easel.card(spot, [*slope, (wide * 0.86, top), (-wide * 0.86, top)], style)
    pane = Style(
        "glass",
        tints.window if tints.lit else (92, 106, 132),
        outline=0.3,
        glow=0.5 if tints.lit else 0.0,
    )
    for x in (-0.45, 0.4):
        if rng.random() < 0.6:
            high = eaves - 2.4
            easel.card(spot, rect(x * wide - 0.4, high, x * wide + 0.4, high + 1.3), pane)


def _leads(easel: Easel, tints: Tints) -> None:
    """Draw the roof underfoot: sheets of lead, the parapet, chimney stacks, a skylight."""
    lead = mix(tints.roof, (128, 132, 146), 0.6)
    lead = mix(tints.snow, lead, 0.12) if tints.white else lead
    easel.begin(None, "near", 0)
    easel.face(
        [(-_SIDE, 0, _BACK), (_SIDE, 0, _BACK), (_SIDE, 0, 40), (-_SIDE, 0, 40)],
        Style(
            "snow" if tints.white else "ground",
            mix(lead, (255, 255, 255), 0.08),
            outline=0.5,
            to=mix(lead, (50, 50, 70), 0.2),
        ),
    )
    seam = Style("crease", mix(lead, (40, 40, 58), 0.4), outline=0.3, alpha=0.7)
    for x in np.arange(-_SIDE + 0.9, _SIDE, 1.2):
        easel.line([(x, 0.01, _BACK), (x, 0.01, 14.0)], 0.05, seam, 0.9)
    stone = mix(tints.stone, (226, 214, 196), 0.2)
    cap = tints.snow if tints.white else mix(stone, (255, 250, 238), 0.4)
    wall = Style("wall", stone, outline=0.7)
    easel.begin((0.0, 0.3, _BACK), "near")
    box(easel, (0.0, 0.0, _BACK), (2 * _SIDE, 0.5, 0.3), 0.0, wall)
    box(easel, (0.0, 0.5, _BACK), (2 * _SIDE, 0.1, 0.42), 0.0, wall, top=cap)
    for side in (-1.0, 1.0):
        at = (side * _SIDE, 0.0, 4.0)
        easel.begin((at[0], 0.3, _BACK + 1), "near")
        box(easel, at, (0.3, 0.5, 17.0), 0.0, wall, top=cap)
    for x, z, tall in ((-3.9, -4.1, 2.2), (6.3, -3.0, 2.5), (-7.6, 7.5, 2.2), (7.2, 8.0, 2.0)):
        _stack(easel, tints, (x, 0.0, z), tall, cap)
    _skylight(easel, tints)


def _stack(
    easel: Easel, tints: Tints, at: tuple[float, float, float], tall: float, cap: Tone
) -> None:
    """Build a chimney stack with its pots."""
    deep = easel.depth(at)
    if deep < easel.stage - 3.4 and (deep < 2.5 or _central(easel, at)):
        return
    easel.begin(at, "near" if deep > easel.stage - 3.4 else None)
    brick = Style("wall", tints.brick, outline=0.8)
    box(easel, at, (1.5, tall, 0.8), 0.0, brick)
    if not easel.soft:
        seam = Style("crease", mix(tints.brick, (60, 40, 50), 0.4), outline=0.2, alpha=0.6)
        face = np.array([at[0], 0.0, at[2] + 0.41])
        for y in np.arange(0.25, tall, 0.25):
            easel.line(plane(face, _X, [(-0.74, y), (0.74, y)]), 0.012, seam, 0.6)
    box(easel, (at[0], tall, at[2]), (1.7, 0.14, 1.0), 0.0, brick, top=cap)
    pot = Style("wall", mix(tints.brick, (206, 120, 84), 0.5), outline=0.6)
    for x in (-0.5, 0.0, 0.5):
        box(easel, (at[0] + x, tall + 0.14, at[2]), (0.26, 0.5, 0.26), 0.0, pot)


def _central(easel: Easel, at: tuple[float, float, float]) -> bool:
    x = float(easel.project(at)[0][0, 0])
    return abs(x / easel.width - 0.5) < 0.42


def _skylight(easel: Easel, tints: Tints) -> None:
    """Set a slanting skylight into the leads."""
    at = np.array([3.1, 0.0, -3.6])
    easel.begin(at, "near")
    frame = Style("wood", mix(tints.wood, (90, 90, 100), 0.5), outline=0.7)
    box(easel, (3.1, 0.0, -3.6), (1.7, 0.24, 1.1), 0.0, frame)
    pane = tints.window if tints.lit else (126, 152, 172)
    quad = [(2.32, 0.26, -3.1), (3.88, 0.26, -3.1), (3.88, 0.62, -4.1), (2.32, 0.62, -4.1)]
    easel.face(
        quad,
        Style(
            "glass",
            pane,
            outline=0.6,
            glow=0.55 if tints.lit else 0.0,
            to=mix(pane, (255, 255, 255), 0.2),
        ),
    )
    easel.line([(3.1, 0.27, -3.1), (3.1, 0.63, -4.1)], 0.05, frame)
