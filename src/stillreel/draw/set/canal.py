"""A street along a canal: the quay, the water, moored boats, the houses across."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.marks import mix
from stillreel.draw.set import street
from stillreel.draw.set.ground import draw_ground
from stillreel.draw.set.piece import Piece
from stillreel.draw.set.roster import draw_piece
from stillreel.draw.set.shapes import arch, column, plane
from stillreel.draw.set.style import Style
from stillreel.draw.set.terrace import Lot, draw_front
from stillreel.draw.set.wayside import draw_lamppost

if TYPE_CHECKING:
    from stillreel.draw.set.easel import Easel
    from stillreel.draw.set.tints import Tints
    from stillreel.draw.set.view import Band
    from stillreel.values.scene import Setting

_NEAR, _FAR = 3.9, 12.6
"""Metres to the right of the stage where the water begins and ends."""
_DROP = 0.8
"""Metres from the quay down to the water."""
_BRIDGE = -27.0
_X = np.array([1.0, 0.0, 0.0])


def draw_canal(easel: Easel, setting: Setting, tints: Tints) -> None:
    """Draw a street along a canal, far to near."""
    city = street.modern(setting)
    street.skyline(easel, tints, city)
    role = "snow" if tints.white else "ground"
    draw_ground(easel, tints.grass, tints.grass_far, role)
    for band, z0, z1 in (("mid", -260.0, _BRIDGE), ("near", _BRIDGE, 60.0)):
        _water(easel, tints, band, z0, z1)  # type: ignore[arg-type]
    _paved(easel, tints)
    for side, off in ((-1.0, street.HALF), (1.0, _FAR + 3.4)):
        rng = easel.rng("lots", int(side))
        z, index = 28.0, 0
        while z > -80.0:
            wide = float(rng.uniform(5.0, 7.5)) if side < 0 else float(rng.uniform(4.2, 6.0))
            tall = float(rng.uniform(11, 24)) if city else float(rng.uniform(6.4, 9.6))
            at = (side * off, 0.05, z - wide / 2)
            lot = Lot(at, -90.0 * side, wide, tall, index, modern=city, shop=side < 0)
            draw_front(easel, tints, lot)
            z, index = z - wide, index + 1
    if not city:
        street.spire(easel, tints)
    _bridge(easel, tints)
    _along(easel, tints)


def _water(easel: Easel, tints: Tints, band: Band, z0: float, z1: float) -> None:
    """Cut the canal into the ground: all of the opening is water but for the walls seen in it."""
    easel.begin(None, band, 0)
    deep = (198, 216, 236) if tints.white else mix(tints.water, (44, 92, 104), 0.3)
    pale = (226, 236, 248) if tints.white else mix(tints.water, (200, 220, 220), 0.35)
    easel.face(
        [(_NEAR, 0.012, z0), (_FAR, 0.012, z0), (_FAR, 0.012, z1), (_NEAR, 0.012, z1)],
        Style("water", pale, outline=0.4, to=deep),
    )
    eye = easel.camera.position
    stone = mix(tints.stone, (84, 84, 98), 0.2)
    for edge, other in ((_FAR, _NEAR), (_NEAR, _FAR)):
        inside = eye[0] < edge if edge > other else eye[0] > edge
        if not inside:
            continue
        hidden = eye[0] < other if other < edge else eye[0] > other
        drop = _DROP
        if hidden:
            # The near lip hides the foot of the wall from a low or distant camera.
            drop = min(drop, max(eye[1], 0.1) * abs(edge - other) / max(abs(other - eye[0]), 0.1))
        easel.face(
            [(edge, -drop, z0), (edge, -drop, z1), (edge, 0.0, z1), (edge, 0.0, z0)],
            Style("wall", stone, shade=0.3, outline=0.4, to=mix(stone, deep, 0.4)),
        )
    if tints.white:
        return
    rng = easel.rng("canal", band)
    light = Style("water", mix(tints.water, (236, 246, 246), 0.55), outline=0.2, alpha=0.6)
    for _ in range(34):
        z = float(rng.uniform(max(z0, -60.0), min(z1, 14.0)))
        x = float(rng.uniform(_NEAR + 2.6, _FAR - 1.4))
        wide = float(rng.uniform(0.25, 0.8))
        easel.line([(x - wide, -0.3, z), (x + wide, -0.3, z)], 0.05, light)


def _paved(easel: Easel, tints: Tints) -> None:
    """Pave the street and lay the coping of both quays."""
    easel.begin(None, "near", 0)
    stone = tints.grass
    walk = tints.snow if tints.white else mix(stone, (206, 196, 186), 0.5)
    road = mix(tints.snow, (130, 134, 150), 0.2) if tints.white else mix(stone, (46, 48, 62), 0.2)
    for x0, x1, tone in (
        (-4.1, _NEAR - 0.6, road),
        (-street.HALF, -4.1, walk),
        (_NEAR - 0.6, _NEAR, walk),
        (_FAR, _FAR + 0.6, walk),
    ):
        wet = tints.wet and tone == road
        easel.face(
            [(x0, 0.014, -260), (x1, 0.014, -260), (x1, 0.014, 60), (x0, 0.014, 60)],
            Style("water" if wet else "ground", tone, outline=0.3, alpha=0.92 if wet else 1.0),
        )
    seam = Style("crease", mix(walk, (40, 40, 50), 0.4), outline=0.15, alpha=0.6)
    for z in np.arange(9.0, -24.0, -1.4):
        easel.line([(_NEAR - 0.6, 0.02, z), (_NEAR, 0.02, z)], 0.02, seam)
        easel.line([(-street.HALF, 0.02, z), (-4.1, 0.02, z)], 0.02, seam)
    if not easel.soft:
        street.cobble(easel, road, 40, (-3.9, _NEAR - 1.2))


def _along(easel: Easel, tints: Tints) -> None:
    """Set boats on the water, bollards, lamps and trees on the quays."""
    boats = ((8.2, -8.0, 1.5), (10.6, -17.0, 1.7), (9.0, 7.0, 1.5))
    for index, (x, z, size) in enumerate(boats):
        if easel.seen((x, 0.0, z), 3.0):
            draw_piece(easel, Piece("boat", (x, -0.55, z), size, index=index), tints)
    iron = Style("metal", (52, 54, 66), outline=0.5)
    for z in (-2.6, -6.4, -10.2, -14.0, -18.0, 3.0):
        at = (_NEAR - 0.3, 0.0, z)
        if easel.depth(at) > 0.8:
            easel.begin(at, "near")
            column(easel, at, 0.12, 0.5, iron)
    for index, z in enumerate((-8.0, -17.0, -26.0, -36.0, -48.0, 10.0)):
        at = (_FAR + 1.6, 0.0, z)
        if easel.seen((at[0], 2.5, z), 5.0) and easel.depth(at) > 3.0:
            draw_piece(easel, Piece("tree", at, 4.8, 0, "round", 70 + index), tints)
        for x in (-4.7, _FAR + 0.7):
            lamp = Piece("lamppost", (x, 0.02, z + 3.0), 3.7, index=index)
            if easel.depth(lamp.at) > 3.0:
                draw_lamppost(easel, lamp, tints)


def _bridge(easel: Easel, tints: Tints) -> None:
    """Let a hump-backed bridge cross the canal."""
    at = np.array([0.0, 0.0, _BRIDGE])
    if not easel.seen((8.0, 1.0, _BRIDGE), 8.0):
        return
    easel.begin(at, "mid")
    x0, x1 = _NEAR - 1.6, _FAR + 1.6
    middle, half = (x0 + x1) / 2, (x1 - x0) / 2
    xs = np.linspace(x0, x1, 17)
    top = [(float(x), 0.9 + 1.5 * (1 - ((float(x) - middle) / half) ** 2)) for x in xs]
    stone = mix(tints.stone, (236, 222, 200), 0.2)
    span = arch(middle, -_DROP, (_FAR - _NEAR) * 0.36, 0.75, 0.4)
    face = plane(at, _X, [(x0, -0.1), *top, (x1, -0.1)])
    easel.face(plane(at, _X, span), Style("shadow", (34, 40, 56), outline=0.0, alpha=0.6))
    easel.pane(
        face,
        Style("wall", stone, outline=0.8, shade=0.15, to=mix(stone, (70, 74, 92), 0.4)),
        [plane(at, _X, span)],
    )
    rim = [(x, y + 0.2) for x, y in top]
    easel.face(
        plane(at, _X, [*top, *rim[::-1]]),
        Style(
            "snow" if tints.white else "wall",
            tints.snow if tints.white else mix(stone, (255, 250, 238), 0.4),
            outline=0.5,
        ),
    )
