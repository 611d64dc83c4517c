"""A street in perspective: house fronts, shops, signs, lamps, the wet road."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.marks import mix
from stillreel.draw.set.easel import Style
from stillreel.draw.set.piece import Piece
from stillreel.draw.set.shapes import above, arch, box, plane, rect
from stillreel.draw.set.shopfront import shop, windows
from stillreel.draw.set.wayside import draw_lamppost
from stillreel.draw.set.words import nouns_in

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.set.easel import Easel, Tone
    from stillreel.draw.set.tints import Tints
    from stillreel.values.scene import Setting

HALF = 6.6
"""Metres from the middle of the road to the house fronts."""
_PAINTS: tuple[Tone, ...] = (
    (206, 174, 136),
    (178, 120, 96),
    (214, 198, 166),
    (150, 158, 164),
    (196, 148, 112),
    (168, 176, 152),
)


def modern(setting: Setting) -> bool:
    """Return whether the street is that of a present-day city."""
    nouns = nouns_in(setting.features)
    name = setting.name.lower()
    return "neon" in nouns or any(word in name for word in ("avenue", "city", "downtown", "neon"))


def draw_street(easel: Easel, setting: Setting, tints: Tints) -> None:
    """Draw the road and both rows of houses, far to near."""
    tall_city = modern(setting)
    _skyline(easel, tints, tall_city)
    _road(easel, setting, tints)
    lots: list[tuple[float, float, float, int]] = []
    for side in (-1.0, 1.0):
        rng = easel.rng("lots", int(side))
        z, index = 24.0, 0
        while z > -78.0:
            wide = float(rng.uniform(5.5, 8.5))
            tall = float(rng.uniform(11, 24)) if tall_city else float(rng.uniform(5.6, 8.6))
            lots.append((side, z - wide / 2, wide, index))
            _front(easel, tints, side, (z - wide / 2, wide, tall), index, tall_city=tall_city)
            z -= wide
            index += 1
    _end(easel, tints, tall_city)
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
        mix(stone, (46, 48, 62), 0.35) if not tints.white else mix(tints.snow, (130, 134, 150), 0.3)
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
    rng = easel.rng("cobbles")
    if easel.soft:
        return
    line = Style("crease", mix(road, (24, 24, 36), 0.4), outline=0.0, alpha=0.3)
    for z in np.arange(9.0, -12.0, -0.75):
        if not wet and easel.depth((0.0, 0.0, float(z))) > 4.0:
            bow = [(x, 0.014, z - 0.05 * (4 - x * x / 4)) for x in np.linspace(-4, 4, 7)]
            easel.line(bow, 0.014, line, 0.6)
    for _ in range(36 if wet else 80):
        z = 9.0 - 0.75 * int(rng.integers(0, 26))
        x = round(float(rng.uniform(-3.9, 3.5)) / 0.42) * 0.42
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


def _front(
    easel: Easel,
    tints: Tints,
    side: float,
    lot: tuple[float, float, float],
    index: int,
    *,
    tall_city: bool,
) -> None:
    z, wide, tall = lot
    foot = np.array([side * HALF, 0.1, z])
    if not easel.seen(above(foot, tall / 2), max(wide, tall)):
        return
    across = np.array([0.0, 0.0, side])
    normal = np.array([-side, 0.0, 0.0])
    eye = np.asarray(easel.camera.position)
    if float((eye - foot) @ normal) < 0:
        return
    nearest = foot + across * np.clip(float((eye - foot) @ across), -wide / 2, wide / 2)
    easel.begin(
        foot if easel.depth(foot) > 1 else nearest,
        "near" if easel.band(max(easel.depth(foot), 0.5)) == "foreground" else None,
    )
    rng = easel.rng("front", int(side), index)
    paint = mix(_PAINTS[int(rng.integers(0, 6))], tints.plaster, 0.25)
    if tall_city:
        paint = mix(paint, (74, 78, 100), 0.6)
    shade = easel.facing(normal) * 0.75
    face = plane(foot, across, rect(-wide / 2, 0, wide / 2, tall))
    _dress(
        easel,
        tints,
        face,
        paint,
        shade,
        foot,
        across,
        normal,
        wide,
        tall,
        rng,
        index,
        side,
        tall_city=tall_city,
    )


def _dress(
    easel: Easel,
    tints: Tints,
    face: NDArray[np.float64],
    paint: Tone,
    shade: float,
    foot: NDArray[np.float64],
    across: NDArray[np.float64],
    normal: NDArray[np.float64],
    wide: float,
    tall: float,
    rng: np.random.Generator,
    index: int,
    side: float,
    *,
    tall_city: bool,
) -> None:
    """Dress a house front: roof, windows, shop."""
    easel.face(
        face, Style("wall", paint, shade=shade, outline=0.7, to=mix(paint, (60, 50, 70), 0.3))
    )
    _side_wall(easel, foot, across, normal, wide, tall, paint)
    pixels = easel.scale(above(foot, 2)) / easel.unit if easel.depth(foot) > 0.5 else 200.0
    if not tall_city:
        _roof(easel, foot, across, normal, wide, tall, tints, rng, pixels)
    if pixels < 9:
        return
    windows(easel, foot, across, wide, tall, tints, shade, rng, pixels, tall_city=tall_city)
    shop(
        easel,
        foot,
        across,
        normal,
        wide,
        tints,
        shade,
        index + (3 if side > 0 else 0),
        pixels,
        tall_city=tall_city,
    )


def _side_wall(
    easel: Easel,
    foot: NDArray[np.float64],
    across: NDArray[np.float64],
    normal: NDArray[np.float64],
    wide: float,
    tall: float,
    paint: Tone,
) -> None:
    for end in (-0.5, 0.5):
        corner = foot + across * wide * end
        if float((np.asarray(easel.camera.position) - corner) @ (across * end)) <= 0:
            continue
        easel.face(
            [
                corner,
                corner - normal * 5,
                corner - normal * 5 + (0, tall, 0),
                above(corner, tall),
            ],
            Style(
                "wall",
                mix(paint, (60, 54, 76), 0.25),
                outline=0.5,
                shade=easel.facing(across * end * 2) * 0.7,
            ),
        )


def _roof(
    easel: Easel,
    foot: NDArray[np.float64],
    across: NDArray[np.float64],
    normal: NDArray[np.float64],
    wide: float,
    tall: float,
    tints: Tints,
    rng: np.random.Generator,
    pixels: float,
) -> None:
    roof = tints.snow if tints.white else mix(tints.roof, (150, 84, 66), float(rng.uniform(0, 0.7)))
    style = Style(
        "snow" if tints.white else "roof",
        roof,
        outline=0.7,
        to=tints.snow_shade if tints.white else mix(roof, (40, 30, 50), 0.3),
    )
    if rng.random() < 0.5:
        _gable(easel, tints, wide, foot, across, tall, normal, style, roof)
    else:
        easel.face(
            [
                *plane(
                    foot + normal * 0.35, across, [(-wide / 2, tall - 0.1), (wide / 2, tall - 0.1)]
                ),
                *plane(
                    foot - normal * 2.6, across, [(wide / 2, tall + 2.4), (-wide / 2, tall + 2.4)]
                ),
            ],
            style,
        )
        if pixels > 20:
            box(
                easel,
                tuple(float(v) for v in foot - normal * 1.8 + (0, tall + 0.9, 0)),  # type: ignore[arg-type]
                (0.7, 1.8, 0.7),
                0,
                Style("wall", tints.brick, outline=0.6),
            )


def _gable(
    easel: Easel,
    tints: Tints,
    wide: float,
    foot: NDArray[np.float64],
    across: NDArray[np.float64],
    tall: float,
    normal: NDArray[np.float64],
    style: Style,
    roof: Tone,
) -> None:
    """Turn the gable of a house to the street."""
    peak = wide * 0.55
    easel.face(
        plane(foot, across, [(-wide / 2, tall), (wide / 2, tall), (0, tall + peak)]),
        Style(
            "wall",
            mix(tints.plaster, (170, 140, 120), 0.4),
            outline=0.6,
            shade=easel.facing(normal) * 0.75,
        ),
    )
    for end in (-0.5, 0.5):
        a = foot + across * wide * end * 1.08 + np.array([0, tall - 0.2, 0]) + normal * 0.3
        b = foot + np.array([0, tall + peak + 0.1, 0]) + normal * 0.3
        easel.face([a, b, b - normal * 5, a - normal * 5], style)
        easel.line(
            [a, b], 0.22, Style(style.role, mix(roof, (255, 250, 240), 0.2), outline=0.5), 1.2
        )


def _skyline(easel: Easel, tints: Tints, tall_city: bool) -> None:
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


def _end(easel: Easel, tints: Tints, tall_city: bool) -> None:
    """Close the vista: a church spire in an old town, a haze of towers in a city."""
    if tall_city:
        return
    at = np.array([1.5, 0.0, -92.0])
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
