"""Open-air places: sky, distance, ground and everything that stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.marks import mix
from stillreel.draw.set import street, water
from stillreel.draw.set.easel import Style
from stillreel.draw.set.flora import frame_leaves
from stillreel.draw.set.ground import (
    draw_ground,
    drifts,
    flowers,
    litter,
    patch,
    puddles,
    ridge,
    road,
    tufts,
)
from stillreel.draw.set.lands import pieces_of
from stillreel.draw.set.roster import draw_piece
from stillreel.draw.set.sky import cloud_bank, draw_sky, sky_tones
from stillreel.draw.set.words import nouns_in

if TYPE_CHECKING:
    from stillreel.draw.set.easel import Band, Easel
    from stillreel.draw.set.piece import Piece
    from stillreel.draw.set.tints import Tints
    from stillreel.values.scene import Setting

_FLOWERS = ((255, 250, 240), (250, 196, 92), (238, 120, 140), (168, 140, 226))
_SHORE = -7.5
_BANKS: tuple[tuple[float, float, int, Band], ...] = (
    (190.0, 22.0, 40, "far"),
    (90.0, 11.0, 34, "far"),
    (42.0, 6.0, 26, "far"),
    (22.0, 3.4, 20, "mid"),
    (12.0, 2.2, 16, "near"),
    (7.0, 1.5, 10, "near"),
)
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


def draw_outdoors(easel: Easel, setting: Setting, tints: Tints, *, wide: bool) -> None:
    """Draw a whole open-air place."""
    nouns = nouns_in(setting.features)
    draw_sky(easel, setting)
    _distance(easel, setting, tints, nouns)
    if setting.kind == "sky":
        _cloud_sea(easel, setting)
    else:
        draw_ground(easel, tints.grass, tints.grass_far, "snow" if tints.white else "ground")
        _lying(easel, setting, tints, nouns)
    if setting.kind == "street":
        street.draw_street(easel, setting, tints)
    for piece in pieces_of(setting, easel.seed):
        if not easel.seen(
            (piece.at[0], piece.at[1] + piece.size * 0.5, piece.at[2]), max(piece.size * 1.4, 4.0)
        ):
            continue
        if _between(easel, piece):
            continue
        easel.begin(piece.at)
        draw_piece(easel, piece, tints)
    if setting.kind == "forest":
        _shafts(easel, setting)
    if wide and setting.kind in {"garden", "forest", "field"}:
        frame_leaves(easel, tints, blossoming=tints.blooming)


def _between(easel: Easel, piece: Piece) -> bool:
    """Return whether a piece would stand in the way of the stage."""
    deep = easel.depth(piece.at)
    if deep <= 0 or deep > easel.stage - 3.4:
        return False
    if piece.noun in _BULKY or deep < 1.5:
        return True
    x = float(easel.project(piece.at)[0][0, 0])
    return abs(x / easel.width - 0.5) < 0.40


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
        _dunes(easel, tints)
        _ripples(easel, tints)
    elif kind == "castle":
        _flags(easel, tints)
    elif kind not in {"street", "sea"}:
        _swathes(easel, tints)
    if {"path", "road"} & set(nouns) or kind == "garden":
        zs = np.linspace(16, -19, 24)
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
        drifts(easel, tints, 26)
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


def _swathes(easel: Easel, tints: Tints) -> None:
    """Break the lawn into broad bands of light and shade, calm in the middle."""
    rng = easel.rng("swathes")
    for index in range(16):
        x, z = float(rng.uniform(-22, 22)), -float(rng.uniform(-6, 34))
        rx = float(rng.uniform(3.5, 7.0)) * (1 + abs(min(z, 0)) / 22)
        tone = (
            (tints.snow_shade if tints.white else mix(tints.grass, (44, 84, 60), 0.32))
            if (index % 2)
            else tints.grass_light
        )
        patch(
            easel,
            x,
            z,
            rx,
            float(rng.uniform(0.5, 1.1)) * (1 + abs(min(z, 0)) / 20),
            Style("snow" if tints.white else "ground", tone, outline=0.0, alpha=0.34),
        )


def _dunes(easel: Easel, tints: Tints) -> None:
    """Draw dunes with a sharp crest: the windward side lit, the lee in shade."""
    rng = easel.rng("dunes")
    lit = mix(tints.grass_light, (255, 232, 190), 0.25)
    lee = mix(tints.grass, (126, 78, 70), 0.45)
    for step in range(16):
        angle = step / 16 * 2 * np.pi + float(rng.uniform(-0.15, 0.15))
        away = float(rng.uniform(24, 60))
        at = (float(np.sin(angle) * away), 0.0, float(-np.cos(angle) * away))
        wide, tall = float(rng.uniform(8, 16)), float(rng.uniform(1.6, 4.2))
        if not easel.seen(at, wide):
            continue
        easel.begin_ground(at)
        t = np.linspace(-1, 1, 15)
        crest = np.stack(
            [t * wide, tall * (1 - t * t) * (1 + 0.25 * np.sin(t * 2.4 + step))], axis=1
        )
        easel.card(
            at,
            np.concatenate([crest, [(wide, -0.1), (-wide, -0.1)]]),
            Style("ground", lit, outline=0.35, to=tints.grass),
        )
        side = 1.0 if easel.key[0] < 0 else -1.0
        top = crest[5:] if side > 0 else crest[:10][::-1]
        ridge_line = np.stack(
            [top[::-1, 0] * 0.72 - side * wide * 0.10, top[::-1, 1] * 0.25], axis=1
        )
        easel.card(
            at,
            np.concatenate([top, ridge_line]),
            Style("ground", lee, outline=0.2, alpha=0.75, to=mix(lee, tints.grass, 0.6)),
        )


def _shafts(easel: Easel, setting: Setting) -> None:
    """Let the sun fall between the trees in slanting shafts."""
    if setting.weather != "clear" or setting.time == "night":
        return
    tone = {"day": (255, 244, 196), "dawn": (255, 214, 160), "dusk": (255, 168, 90)}[setting.time]
    slope = -easel.key[0] * 4.0
    for index, x in enumerate((-6.5, -2.5, 2.0, 6.0)):
        z = -7.0 - (index % 2) * 3.0
        wide = 0.7 + 0.35 * (index % 3)
        easel.begin((x, 4.0, z))
        easel.face(
            [
                (x - slope - wide * 0.5, 9.5, z),
                (x - slope + wide * 0.5, 9.5, z),
                (x + wide, 0.0, z),
                (x - wide, 0.0, z),
            ],
            Style("light", tone, outline=0.0, alpha=0.16),
        )
        easel.begin_ground((x, 0.0, z))
        patch(easel, x, z + 0.2, wide * 1.5, 0.7, Style("light", tone, outline=0.0, alpha=0.18))


def _ripples(easel: Easel, tints: Tints) -> None:
    rng = easel.rng("ripples")
    shade = mix(tints.grass, (150, 104, 70), 0.35)
    for _ in range(46):
        x, z = float(rng.uniform(-16, 16)), float(rng.uniform(-22, 7))
        wide = float(rng.uniform(0.8, 2.4))
        bow = float(rng.uniform(-0.2, 0.2))
        easel.line(
            [
                (x - wide, 0.01, z),
                (x - wide * 0.3, 0.01, z + bow),
                (x + wide * 0.4, 0.01, z - bow),
                (x + wide, 0.01, z + bow),
            ],
            0.045,
            Style("crease", shade, outline=0.3, alpha=0.7),
        )


def _flags(easel: Easel, tints: Tints) -> None:
    rng = easel.rng("flags")
    for _ in range(70):
        x, z = float(rng.uniform(-10, 10)), float(rng.uniform(-15, 8))
        wide, deep = float(rng.uniform(0.5, 1.0)), float(rng.uniform(0.35, 0.7))
        tone = (
            tints.snow_shade
            if tints.white
            else mix(tints.grass, (90, 86, 92) if rng.random() < 0.5 else (226, 216, 196), 0.28)
        )
        easel.face(
            [
                (x, 0.006, z),
                (x + wide, 0.006, z - 0.04),
                (x + wide * 0.96, 0.006, z - deep),
                (x + 0.05, 0.006, z - deep + 0.05),
            ],
            Style("rock", tone, outline=0.35, alpha=0.8),
        )


def _cloud_sea(easel: Easel, setting: Setting) -> None:
    """Draw a floor of clouds below the stage, to fly over or to stand on."""
    tones = {
        "day": ((255, 255, 255), (198, 216, 238)),
        "dawn": ((255, 226, 208), (200, 170, 200)),
        "dusk": ((255, 182, 140), (128, 84, 136)),
        "night": ((96, 118, 176), (40, 54, 104)),
    }
    white, under = tones[setting.time]
    rng = easel.rng("cloud sea")
    below = mix(sky_tones(setting)[1], under, 0.4)
    draw_ground(easel, below, mix(white, under, 0.5), "cloud")
    heading = float(np.degrees(np.arctan2(easel.ahead[0], -easel.ahead[2])))
    for distance, size, count, band in _BANKS:
        easel.begin(None, band, 0)
        steps = rng.uniform(-0.5, 0.5, (count, 2))
        for step in range(count):
            angle = (step + float(steps[step, 0])) / count * 360.0
            if abs((angle - heading + 180) % 360 - 180) > 75:
                continue
            a, away = np.radians(angle), distance * (1 + 0.25 * float(steps[step, 1]))
            fade = 0.5 if band == "far" else 0.0
            cloud_bank(
                easel,
                (float(np.sin(a) * away), -0.3, float(-np.cos(a) * away)),
                size * (1 + 0.5 * float(steps[step, 1])),
                step,
                (mix(white, under, fade * 0.6), mix(white, under, 0.62)),
            )
