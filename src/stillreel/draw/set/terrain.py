"""Broad marks of a land: swathes of light, dunes, flagstones, shafts of sun, a floor of cloud."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.marks import mix
from stillreel.draw.set.easel import Style
from stillreel.draw.set.ground import cast_shadow, draw_ground, patch
from stillreel.draw.set.sky import cloud_bank, sky_tones

if TYPE_CHECKING:
    from stillreel.draw.set.easel import Easel, Tone
    from stillreel.draw.set.tints import Tints
    from stillreel.draw.set.view import Band
    from stillreel.values.scene import Setting


_BANKS: tuple[tuple[float, float, int, Band], ...] = (
    (190.0, 22.0, 40, "far"),
    (90.0, 11.0, 34, "far"),
    (42.0, 6.0, 26, "far"),
    (22.0, 3.4, 20, "mid"),
    (12.0, 2.2, 16, "near"),
    (7.0, 1.5, 10, "near"),
)


def draw_swathes(easel: Easel, tints: Tints) -> None:
    """Break the lawn into broad bands of light and shade, calm in the middle."""
    rng = easel.rng("swathes")
    for index in range(24):
        x, z = float(rng.uniform(-24, 24)), -float(rng.uniform(-34, 34))
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


_CROPS: dict[str, tuple[Tone, ...]] = {
    "spring": ((140, 182, 84), (150, 118, 84), (176, 200, 104), (112, 160, 74)),
    "summer": ((226, 194, 104), (128, 168, 76), (206, 178, 92), (104, 150, 70)),
    "autumn": ((196, 160, 92), (140, 104, 76), (170, 150, 86), (122, 92, 70)),
    "winter": ((150, 128, 108), (160, 156, 132), (134, 112, 96), (170, 166, 146)),
}


def draw_fields(easel: Easel, setting: Setting, tints: Tints) -> None:
    """Lay tilled fields behind the stage: strips of crops, their furrows, haycocks."""
    crops = _CROPS[setting.season]
    rows = ((-13.0, -22.0), (-22.0, -38.0), (-38.0, -66.0))
    for row, (near, far) in enumerate(rows):
        edges = np.arange(-96.0, 97.0, 22.0 + 9.0 * row) + (7.0, -12.0, 4.0)[row]
        for index, (x0, x1) in enumerate(pairwise(edges)):
            middle = ((x0 + x1) / 2, 0.0, (near + far) / 2)
            if not easel.seen(middle, 24.0):
                continue
            tone = mix(crops[(index * 3 + row) % 4], tints.grass, 0.2)
            if tints.white:
                tone = mix(tints.snow, crops[1], 0.10 + 0.06 * (index % 2))
            easel.begin_ground(middle)
            slant = near * 0.12 * (1 if index % 2 else 0.6)
            quad = [(x0, near), (x1, near), (x1 - slant, far), (x0 - slant, far)]
            easel.face(
                [(x, 0.006, z) for x, z in quad],
                Style("snow" if tints.white else "ground", tone, outline=0.35),
            )
            if easel.soft or row == 2:
                continue
            seam = Style("crease", mix(tone, (70, 56, 46), 0.4), outline=0.2, alpha=0.5)
            for x in np.arange(x0 + 1.4, x1, 1.4 + row):
                easel.line([(x, 0.01, near), (x - slant, 0.01, far)], 0.09, seam, 0.6)
    if setting.season in {"summer", "autumn"} and not tints.white:
        _stooks(easel, mix(crops[0], (236, 206, 120), 0.5))


def _stooks(easel: Easel, straw: Tone) -> None:
    """Stand haycocks in the mown field."""
    for x, z in (
        (-6.4, -15.0),
        (2.4, -17.5),
        (8.6, -14.6),
        (-12.0, -19.0),
        (15.0, -20.0),
        (-1.0, -27.0),
    ):
        at = (x, 0.0, z)
        if not easel.seen(at, 2.0):
            continue
        easel.begin(at)
        cast_shadow(easel, at, 0.9, 0.5)
        turn = np.linspace(np.pi, 0, 9)
        heap = np.stack([np.cos(turn) * 0.95, np.sin(turn) ** 0.8 * 1.5], axis=1)
        heap[:, 0] *= 1 - 0.35 * heap[:, 1] / 1.5
        form = easel.scale(at) * 0.35
        easel.card(
            at,
            heap,
            Style("ground", straw, form=form, outline=0.6, to=mix(straw, (150, 96, 54), 0.4)),
        )
        for step in (-0.4, 0.05, 0.45):
            strand = np.array([(step * 0.4, 1.3), (step, 0.75), (step * 1.3, 0.1)])
            style = Style("crease", mix(straw, (120, 80, 50), 0.5), outline=0.2, alpha=0.7)
            easel.line(easel.lift(at, strand), 0.03, style)


def draw_dunes(easel: Easel, tints: Tints) -> None:
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


def draw_shafts(easel: Easel, setting: Setting) -> None:
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


def draw_ripples(easel: Easel, tints: Tints) -> None:
    """Score the sand with wind ripples."""
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


def draw_flags(easel: Easel, tints: Tints) -> None:
    """Lay flagstones over a court."""
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


def draw_cloud_sea(easel: Easel, setting: Setting) -> None:
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
