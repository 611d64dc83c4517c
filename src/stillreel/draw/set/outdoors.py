"""Open-air places: sky, distance, ground and everything that stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.marks import mix
from stillreel.draw.set import street, terrain, water
from stillreel.draw.set.bridge import draw_bridge_site
from stillreel.draw.set.canal import draw_canal
from stillreel.draw.set.deck import draw_deck
from stillreel.draw.set.easel import Style
from stillreel.draw.set.flora import frame_leaves
from stillreel.draw.set.grotto import draw_grotto
from stillreel.draw.set.ground import (
    draw_ground,
    drifts,
    fireflies,
    flowers,
    litter,
    puddles,
    ridge,
    road,
    tufts,
)
from stillreel.draw.set.lands import pieces_of
from stillreel.draw.set.platform import draw_platform
from stillreel.draw.set.riverside import draw_riverside
from stillreel.draw.set.rooftop import draw_rooftop
from stillreel.draw.set.roster import draw_piece
from stillreel.draw.set.site import site_of
from stillreel.draw.set.sky import draw_sky
from stillreel.draw.set.words import nouns_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from stillreel.draw.set.easel import Easel
    from stillreel.draw.set.piece import Piece
    from stillreel.draw.set.site import Site
    from stillreel.draw.set.tints import Tints
    from stillreel.values.scene import Setting

_SITES: dict[Site, Callable[[Easel, Setting, Tints], None]] = {
    "bridge": draw_bridge_site,
    "canal": draw_canal,
    "deck": draw_deck,
    "river": draw_riverside,
    "platform": draw_platform,
    "rooftop": draw_rooftop,
    "cave": draw_grotto,
}
"""Places that are drawn whole by a hand of their own."""
_FLOWERS = ((255, 250, 240), (250, 196, 92), (238, 120, 140), (168, 140, 226))
_SHORE = -7.5
_ROLLING = frozenset({"garden", "forest", "field", "mountain", "desert", "open"})
_BULKY = frozenset(
    {
        "wall",
        "castle",
        "house",
        "church",
        "school",
        "cliff",
        "train",
        "gate",
        "fence",
        "pyramid",
        "bush",
    }
)

_HALF = {"tree": 0.5, "palm": 0.42, "rock": 0.7, "boat": 0.6, "cart": 0.6, "stall": 0.6}
"""Half the width of a piece, as a part of its size."""
_CLEAR = 0.2
"""How far from the middle of the frame, in frame widths, a piece before the stage must stay."""


def draw_outdoors(easel: Easel, setting: Setting, tints: Tints, *, wide: bool) -> None:
    """Draw a whole open-air place."""
    nouns = nouns_in(setting.features)
    draw_sky(easel, setting)
    painter = _SITES.get(site_of(setting))
    if painter is not None:
        painter(easel, setting, tints)
        _standing(easel, setting, tints)
        return
    _distance(easel, setting, tints, nouns)
    if setting.kind == "sky":
        terrain.draw_cloud_sea(easel, setting)
    else:
        draw_ground(
            easel,
            tints.grass,
            tints.grass_far,
            "snow" if tints.white else "ground",
            rolling=setting.kind in _ROLLING,
        )
        _lying(easel, setting, tints, nouns)
    if setting.kind == "street":
        street.draw_street(easel, setting, tints)
    _standing(easel, setting, tints)
    if setting.kind == "forest":
        terrain.draw_shafts(easel, setting)
    mild = setting.season in {"spring", "summer"} and setting.weather == "clear"
    if mild and setting.time == "night" and setting.kind in {"garden", "forest", "field"}:
        fireflies(easel, 40)
    if wide and setting.kind in {"garden", "forest", "field"}:
        frame_leaves(easel, tints, blossoming=tints.blooming)


def _standing(easel: Easel, setting: Setting, tints: Tints) -> None:
    for piece in pieces_of(setting, easel.seed):
        if not easel.seen(
            (piece.at[0], piece.at[1] + piece.size * 0.5, piece.at[2]), max(piece.size * 1.4, 4.0)
        ):
            continue
        if _between(easel, piece):
            continue
        easel.begin(piece.at)
        draw_piece(easel, piece, tints)


def _between(easel: Easel, piece: Piece) -> bool:
    """Return whether a piece would stand in the way of the stage."""
    deep = easel.depth(piece.at)
    if deep > easel.stage - 3.4:
        return False
    if deep <= 0:
        return piece.noun not in _BULKY
    if piece.noun == "wall" and abs(piece.turn) == 90.0:
        return deep < 1.0
    half = piece.size * _HALF.get(piece.noun, 0.25)
    if piece.noun in _BULKY or deep < max(1.5, 2.2 * half):
        return True
    x = float(easel.project(piece.at)[0][0, 0])
    off = abs(x / easel.width - 0.5)
    return off < 0.40 or off - half * easel.scale(piece.at) / easel.width < _CLEAR


def _distance(easel: Easel, setting: Setting, tints: Tints, nouns: tuple[str, ...]) -> None:
    hill = tints.hill
    if setting.kind == "street":
        return
    if setting.kind == "sea":
        if "island" in nouns or "cliff" in nouns:
            ridge(easel, "isle", 260.0, 24.0, mix(hill, (90, 130, 150), 0.4))
        return
    if setting.kind == "desert":
        sand = tints.grass_far
        ridge(easel, "dunes-far", 260.0, 30.0, mix(sand, (206, 160, 130), 0.35), base=sand)
        ridge(easel, "dunes", 110.0, 11.0, mix(sand, (232, 184, 128), 0.5), base=tints.grass)
        return
    if setting.kind == "mountain" or "mountain" in nouns:
        rock = (120, 128, 152)
        ridge(
            easel,
            "peaks",
            420.0,
            170.0,
            mix(rock, (196, 206, 226), 0.45),
            jag=0.35,
            base=tints.snow_shade,
            role="rock",
            snow=tints.snow,
        )
        ridge(
            easel,
            "shoulders",
            200.0,
            52.0,
            mix(rock, hill, 0.4),
            jag=0.18,
            role="rock",
            base=tints.grass_far,
            snow=tints.snow if tints.white else None,
        )
        return
    if setting.kind == "sky":
        return
    ridge(easel, "back", 320.0, 46.0, mix(hill, (120, 150, 190), 0.4))
    ridge(easel, "front", 150.0, 17.0, hill, base=tints.grass_far)
    _woods(easel, setting, tints)


def _woods(easel: Easel, setting: Setting, tints: Tints) -> None:
    """Close the view with two lines of tree tops."""
    if setting.kind == "forest":
        for name, distance, tone in (("wood-far", 70.0, 0.25), ("wood-near", 42.0, 0.0)):
            ridge(
                easel,
                name,
                distance,
                15.0 if distance > 50 else 11.0,
                mix(tints.foliage[0], (120, 150, 150), 0.3 + tone),
                jag=0.3,
                floor=0.6,
            )


def _lying(easel: Easel, setting: Setting, tints: Tints, nouns: tuple[str, ...]) -> None:
    """Draw what lies flat on the ground: paths, water, patches of sun, grass, flowers."""
    easel.begin(None, "near", 0)
    kind = setting.kind
    if kind == "sea":
        water.draw_sea(easel, setting, tints, _SHORE)
    if "lake" in nouns:
        water.draw_lake(easel, tints, 4.0, -9.6, 7.0, 3.4)
    if "river" in nouns or "bridge" in nouns:
        water.draw_river(easel, tints, -9.0, 2.6)
    easel.begin(None, "near", 0)
    if kind == "desert":
        terrain.draw_dunes(easel, tints)
        terrain.draw_ripples(easel, tints)
    elif kind == "castle":
        terrain.draw_flags(easel, tints)
    elif kind not in {"street", "sea"}:
        terrain.draw_swathes(easel, tints)
    if kind == "field":
        terrain.draw_fields(easel, setting, tints)
    if {"path", "road"} & set(nouns) or kind == "garden":
        zs = np.linspace(44, -19, 40)
        xs = 1.5 * np.sin(zs * 0.24) + 0.4 - zs * 0.03
        earth = mix(tints.earth, tints.grass_light, 0.35)
        easel.begin(None, "near", 0)
        road(
            easel,
            np.stack([xs, zs], axis=1),
            1.3 if "road" not in nouns else 3.0,
            Style("ground", earth, outline=0.25),
        )
    if tints.wet and kind not in {"street", "sea", "sky", "desert"}:
        puddles(easel, tints, 9)
    if tints.white and kind != "street":
        drifts(easel, tints, 40)
    if kind not in {"street", "sea", "desert", "castle"} and not tints.white:
        _growing(easel, setting, tints, nouns)


def _growing(easel: Easel, setting: Setting, tints: Tints, nouns: tuple[str, ...]) -> None:
    """Draw grass, flowers and what has fallen from the trees."""
    kind = setting.kind
    span = (-15.0, 15.0, -9.0, 17.0)
    easel.begin(None, "near", 0)
    tufts(easel, tints, 420, span)
    if "flowers" in nouns or (
        setting.season in {"spring", "summer"} and kind in {"garden", "field"}
    ):
        flowers(easel, _FLOWERS, 330 if kind == "garden" else 160, span)
    if tints.blooming or setting.season == "autumn":
        litter(
            easel,
            "leaves",
            tints.blossom if tints.blooming else tints.foliage,
            170,
            (-12.0, 12.0, -9.0, 14.0),
        )
