"""Standing on a bridge: the deck, its parapets, the water that goes away between the banks."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.marks import mix
from stillreel.draw.set import street
from stillreel.draw.set.ground import ridge
from stillreel.draw.set.piece import Piece
from stillreel.draw.set.roster import draw_piece
from stillreel.draw.set.shapes import arch, box, plane, rect
from stillreel.draw.set.site import wooden
from stillreel.draw.set.style import Style
from stillreel.draw.set.terrace import Lot, draw_front
from stillreel.draw.set.wayside import draw_lamppost

if TYPE_CHECKING:
    from stillreel.draw.set.easel import Easel, Tone
    from stillreel.draw.set.tints import Tints
    from stillreel.values.scene import Setting

_BACK, _FRONT = -4.2, 4.8
"""Metres from the stage to the two parapets."""
_LEVEL = -1.7
"""Height of the water under the deck."""
_X = np.array([1.0, 0.0, 0.0])
_Z = np.array([0.0, 0.0, 1.0])
_BALUSTER = np.array(
    [
        (-0.09, 0.0),
        (-0.05, 0.08),
        (-0.1, 0.2),
        (-0.05, 0.4),
        (-0.08, 0.56),
        (0.08, 0.56),
        (0.05, 0.4),
        (0.1, 0.2),
        (0.05, 0.08),
        (0.09, 0.0),
    ]
)
_SHOAL = 32.0
"""Metres up and down the river where the far sheet begins."""


def draw_bridge_site(easel: Easel, setting: Setting, tints: Tints) -> None:
    """Draw the place seen from a bridge, in a town or out in the country."""
    timber = wooden(setting)
    town = setting.kind == "street" and not timber
    half = 11.0 if town else 7.5
    if town:
        street.skyline(easel, tints, street.modern(setting))
    else:
        ridge(easel, "back", 320.0, 46.0, mix(tints.hill, (120, 150, 190), 0.4))
        ridge(easel, "front", 150.0, 17.0, tints.hill, base=tints.grass_far)
    _water(easel, tints, half)
    if town:
        _quays(easel, setting, tints, half)
    else:
        _banks(easel, tints, half)
    _deck(easel, tints, timber=timber)
    for z, outward in ((_BACK, -1.0), (_FRONT, 1.0)):
        if (easel.camera.position[2] - z) * outward > 0:
            _flank(easel, tints, z, half, timber=timber)
        elif timber:
            _rail(easel, tints, z, half)
        else:
            _parapet(easel, tints, z, half)


def _water(easel: Easel, tints: Tints, half: float) -> None:
    """Lay the banks and the river between them, far and near."""
    ice = (200, 218, 238)
    deep = ice if tints.white else mix(tints.water, (40, 84, 112), 0.25)
    pale = (228, 238, 248) if tints.white else mix(tints.water, (206, 226, 230), 0.4)
    stone = mix(tints.stone, (70, 70, 84), 0.25)
    for band, reaches in (
        ("far", ((-600.0, -_SHOAL), (_SHOAL, 600.0))),
        ("mid", ((-_SHOAL, _SHOAL),)),
    ):
        easel.begin(None, band, 0)  # type: ignore[arg-type]
        for z0, z1 in reaches:
            ahead = z1 <= 0 or band == "mid"
            easel.face(
                _sheet(-half - 0.2, half + 0.2, z0, z1, _LEVEL),
                Style("water", pale if ahead else deep, outline=0.0, to=deep, alpha=1.0),
            )
            for side in (-1.0, 1.0):
                edge, away = side * half, side * 400.0
                easel.face(
                    _sheet(min(edge, away), max(edge, away), z0, z1, 0.0),
                    Style(
                        "snow" if tints.white else "ground",
                        tints.grass_far if band == "far" else tints.grass,
                        outline=0.0,
                    ),
                )
                if (easel.camera.position[0] - edge) * side < 0:
                    easel.face(
                        [(edge, _LEVEL, z0), (edge, _LEVEL, z1), (edge, 0.0, z1), (edge, 0.0, z0)],
                        Style("wall", stone, shade=0.35, outline=0.4, to=mix(stone, deep, 0.45)),
                    )
    _glitter(easel, tints, half)


def _glitter(easel: Easel, tints: Tints, half: float) -> None:
    """Draw the light on the water in short level strokes."""
    if tints.white:
        return
    rng = easel.rng("glitter")
    light = Style("water", mix(tints.water, (236, 246, 248), 0.55), outline=0.2, alpha=0.65)
    easel.begin(None, "mid", 0)
    for _ in range(60):
        z = float(rng.uniform(-_SHOAL, _SHOAL))
        x = float(rng.uniform(-0.9, 0.9)) * half
        wide = float(rng.uniform(0.3, 1.1))
        easel.line([(x - wide, _LEVEL + 0.01, z), (x + wide, _LEVEL + 0.01, z)], 0.06, light)


def _sheet(x0: float, x1: float, z0: float, z1: float, y: float) -> list[tuple[float, ...]]:
    return [(x0, y, z0), (x1, y, z0), (x1, y, z1), (x0, y, z1)]


def _quays(easel: Easel, setting: Setting, tints: Tints, half: float) -> None:
    """Line both banks with houses, trees and lamps, and close the view with another bridge."""
    city = street.modern(setting)
    for side in (-1.0, 1.0):
        rng = easel.rng("quay", int(side))
        for way, last in ((-1.0, 78.0), (1.0, 60.0)):
            z, index = 8.5, 0 if way < 0 else 40
            while z < last:
                wide = float(rng.uniform(4.6, 6.6))
                tall = float(rng.uniform(14, 26)) if city else float(rng.uniform(6.4, 9.8))
                at = (side * (half + 4.6), 0.0, way * (z + wide / 2))
                lot = Lot(at, -90.0 * side, wide, tall, index, modern=city, shop=False)
                draw_front(easel, tints, lot)
                z, index = z + wide, index + 1
        for step, z in enumerate((-13.0, -21.0, -30.0, 18.0, 28.0)):
            at = (side * (half + 1.7), 0.0, z + side)
            if easel.seen(at, 6.0):
                draw_piece(easel, Piece("tree", at, 4.6, 0, "round", 60 + step), tints)
            lamp = Piece("lamppost", (side * (half + 0.7), 0.0, z + 4.0 * side), 3.6, index=step)
            draw_lamppost(easel, lamp, tints)
    if not city:
        street.spire(easel, tints, -104.0)
    _second(easel, tints, half, -50.0)


def _second(easel: Easel, tints: Tints, half: float, z: float) -> None:
    """Let another bridge cross the river in the distance."""
    at = np.array([0.0, 0.0, z])
    if not easel.seen(at, half):
        return
    easel.begin(at)
    xs = np.linspace(-half, half, 15)
    top = [(float(x), 2.1 - 0.012 * float(x) ** 2) for x in xs]
    body = [(-half, _LEVEL), *top, (half, _LEVEL)]
    stone = mix(tints.stone, (120, 126, 150), 0.25)
    third = half * 2 / 3
    spans = [plane(at, _X, arch(x * third, _LEVEL, third * 0.4, 1.7, 0.4)) for x in (-1, 0, 1)]
    easel.pane(
        plane(at, _X, body),
        Style("wall", stone, outline=0.5, to=mix(stone, (70, 76, 96), 0.3)),
        spans,
    )


def _banks(easel: Easel, tints: Tints, half: float) -> None:
    """Grow trees, bushes and reeds along a country river."""
    rng = easel.rng("banks")
    for index in range(30):
        side = 1.0 if index % 2 else -1.0
        z = float(rng.uniform(9.0, 62.0)) * (-1.0 if index % 3 else 1.0)
        at = (side * (half + float(rng.uniform(1.6, 11.0))), 0.0, z)
        if not easel.seen((at[0], 3.0, at[2]), 6.0) or easel.depth(at) < 4.0:
            continue
        bushy = index % 5 == 0
        size = float(rng.uniform(0.8, 1.4)) if bushy else float(rng.uniform(5.0, 8.0))
        kind = "" if bushy else ("round", "oak", "poplar")[index % 3]
        draw_piece(easel, Piece("bush" if bushy else "tree", at, size, 0, kind, index), tints)


def _deck(easel: Easel, tints: Tints, *, timber: bool) -> None:
    """Lay the roadway from bank to bank."""
    easel.begin(None, "near", 0)
    if timber:
        plank = mix(tints.wood, (206, 176, 140), 0.3)
        tone = mix(plank, tints.snow, 0.8) if tints.white else plank
        easel.face(
            _sheet(-60, 60, _BACK, _FRONT, 0.0),
            Style("wood", tone, outline=0.5, to=mix(tone, (70, 50, 46), 0.2)),
        )
        seam = Style("crease", mix(tone, (50, 34, 30), 0.5), outline=0.25, alpha=0.7)
        for x in np.arange(-14.0, 14.0, 0.46):
            easel.line([(x, 0.004, _BACK), (x, 0.004, _FRONT)], 0.025, seam, 0.7)
        return
    road = mix(tints.stone, (96, 96, 108), 0.55)
    road = mix(tints.snow, (150, 154, 168), 0.25) if tints.white else road
    wet = tints.wet
    easel.face(
        _sheet(-80, 80, _BACK, _FRONT, 0.0),
        Style("water" if wet else "ground", road, outline=0.4, to=mix(road, (40, 40, 56), 0.18)),
    )
    walk = tints.snow if tints.white else mix(tints.stone, (214, 206, 194), 0.4)
    kerb = mix(walk, (60, 60, 74), 0.45)
    for z0, z1, lip in ((_BACK, _BACK + 1.5, _BACK + 1.5), (_FRONT - 1.5, _FRONT, _FRONT - 1.5)):
        easel.face(_sheet(-80, 80, z0, z1, 0.1), Style("ground", walk, outline=0.3))
        easel.face(
            plane(np.array([0.0, 0.0, lip]), _X, rect(-80, 0.0, 80, 0.1)),
            Style("rock", kerb, outline=0.2),
        )
    seam = Style("crease", mix(walk, (40, 40, 50), 0.35), outline=0.1, alpha=0.6)
    for x in np.arange(-14.0, 14.0, 1.3):
        easel.line([(x, 0.105, _BACK), (x, 0.105, _BACK + 1.5)], 0.02, seam)


def _parapet(easel: Easel, tints: Tints, z: float, half: float) -> None:
    """Raise a stone balustrade with its coping, piers and lamps; the water is seen through it."""
    stone = mix(tints.stone, (236, 226, 208), 0.2)
    top = tints.snow if tints.white else mix(stone, (255, 250, 238), 0.4)
    easel.begin((0.0, 0.5, z), "near")
    wall = Style("wall", stone, outline=0.7)
    box(easel, (0.0, 0.0, z), (2 * half + 2, 0.24, 0.34), 0.0, wall)
    face = np.array([0.0, 0.24, z])
    turned = wall._replace(outline=0.4, shade=0.1, to=mix(stone, (70, 70, 90), 0.3))
    for x in np.arange(-half + 0.3, half, 0.44):
        easel.face(plane(face, _X, _BALUSTER + np.array([float(x), 0.0])), turned)
    cap = mix(stone, (255, 250, 238), 0.3)
    box(easel, (0.0, 0.78, z), (2 * half + 2, 0.14, 0.46), 0.0, wall._replace(colour=cap), top=top)
    for x in (-half, -half / 2.6, half / 2.6, half):
        box(easel, (x, 0.0, z), (0.7, 1.14, 0.62), 0.0, wall)
        box(easel, (x, 1.14, z), (0.84, 0.12, 0.76), 0.0, wall._replace(colour=cap), top=top)
    for x in (-half / 2.6, half / 2.6):
        draw_lamppost(easel, Piece("lamppost", (x, 1.26, z), 2.3), tints)


def _rail(easel: Easel, tints: Tints, z: float, half: float) -> None:
    """Set up a wooden handrail on posts, braced crosswise."""
    easel.begin((0.0, 0.5, z), "near")
    wood = mix(tints.wood, (110, 80, 60), 0.3)
    style = Style("wood", wood, outline=0.6)
    brace = style._replace(colour=mix(wood, (60, 42, 40), 0.2))
    xs = np.arange(-half - 1.0, half + 1.1, 1.9)
    for x, after in pairwise(xs):
        easel.line([(x, 0.12, z), (after, 0.95, z)], 0.06, brace, 1.0)
        easel.line([(x, 0.95, z), (after, 0.12, z)], 0.06, brace, 1.0)
    for x in xs:
        box(easel, (float(x), 0.0, z), (0.15, 1.12, 0.15), 0.0, style)
    top = tints.snow if tints.white else mix(wood, (255, 236, 206), 0.3)
    box(easel, (0.0, 1.02, z), (2 * half + 2.4, 0.09, 0.2), 0.0, style, top=top)
    box(easel, (0.0, 0.1, z), (2 * half + 2.4, 0.1, 0.1), 0.0, style)


def _flank(easel: Easel, tints: Tints, z: float, half: float, *, timber: bool) -> None:
    """Show the bridge from the water: its arches or piles under the edge of the deck."""
    easel.begin((0.0, 0.0, z), "near")
    at = np.array([0.0, 0.0, z])
    if timber:
        wood = Style("wood", mix(tints.wood, (70, 50, 46), 0.3), outline=0.6)
        easel.face(plane(at, _X, rect(-half - 1, -0.4, half + 1, 0.0)), wood)
        for x in np.arange(-half, half + 0.1, half / 3):
            easel.face(plane(at, _X, rect(x - 0.16, _LEVEL, x + 0.16, -0.3)), wood)
        return
    stone: Tone = mix(tints.stone, (236, 226, 208), 0.15)
    third = half * 2 / 3
    spans = [plane(at, _X, arch(x * third, _LEVEL, third * 0.4, 1.2, 0.25)) for x in (-1, 0, 1)]
    for span in spans:
        easel.face(span, Style("wall", (64, 76, 98), outline=0.0, shade=0.8))
    easel.pane(
        plane(at, _X, rect(-half, _LEVEL, half, 0.16)),
        Style("wall", stone, outline=0.8, shade=0.2, to=mix(stone, (66, 70, 90), 0.45)),
        spans,
    )
    easel.face(
        plane(at + _Z * 0.05, _X, rect(-half - 1, 0.0, half + 1, 0.2)),
        Style("wall", mix(stone, (255, 250, 238), 0.35), outline=0.6),
    )
