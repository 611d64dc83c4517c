"""A street in perspective: house fronts, shops, signs, lamps, the wet road."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.marks import mix
from stillreel.draw.set.built import window
from stillreel.draw.set.easel import Style
from stillreel.draw.set.piece import Piece
from stillreel.draw.set.shapes import arch, box, plane, rect
from stillreel.draw.set.words import nouns_in
from stillreel.draw.set.yard import draw_lamppost

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.set.easel import Easel, Tone
    from stillreel.draw.set.tints import Tints
    from stillreel.values.scene import Setting

HALF = 6.6
"""Metres from the middle of the road to the house fronts."""
_PAINTS: tuple[Tone, ...] = ((206, 174, 136), (178, 120, 96), (214, 198, 166), (150, 158, 164),
                             (196, 148, 112), (168, 176, 152))
_NEON: tuple[Tone, ...] = ((64, 200, 240), (250, 80, 150), (150, 90, 240), (80, 230, 150),
                           (255, 180, 70))
_AWNINGS: tuple[Tone, ...] = ((178, 60, 56), (60, 108, 100), (210, 160, 70), (70, 92, 140))


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
            _front(easel, setting, tints, side, (z - wide / 2, wide, tall), index,
                   tall_city=tall_city)
            z -= wide
            index += 1
    _end(easel, tints, tall_city)
    for index, z in enumerate(np.arange(10.0, -60.0, -9.0)):
        for side in (-1.0, 1.0):
            draw_lamppost(easel, Piece("lamppost", (side * 4.7, 0.12, float(z) + side), 3.9,
                                       index=index), tints)


def _road(easel: Easel, setting: Setting, tints: Tints) -> None:
    stone = tints.grass
    walk = mix(stone, (206, 196, 186), 0.5) if not tints.white else tints.snow
    easel.begin(None, "near", 0)
    wet = setting.weather == "rain"
    road = mix(stone, (46, 48, 62), 0.35) if not tints.white else mix(tints.snow, (130, 134, 150), 0.3)
    easel.face([(-4.1, 0.01, -300), (4.1, 0.01, -300), (4.1, 0.01, 40), (-4.1, 0.01, 40)],
               Style("water" if wet else "ground", road, outline=0.3,
                     to=mix(road, (30, 32, 48), 0.25), alpha=0.92 if wet else 1.0))
    for side in (-1.0, 1.0):
        easel.face([(side * 4.1, 0.12, -300), (side * HALF, 0.12, -300), (side * HALF, 0.12, 40),
                    (side * 4.1, 0.12, 40)], Style("ground", walk, outline=0.3))
        easel.face([(side * 4.1, 0.0, -300), (side * 4.1, 0.12, -300), (side * 4.1, 0.12, 40),
                    (side * 4.1, 0.0, 40)], Style("rock", mix(walk, (60, 60, 70), 0.4),
                                                  outline=0.3))
    seam = Style("crease", mix(walk, (40, 40, 50), 0.35), outline=0.1, alpha=0.6)
    for z in np.arange(8, -24, -1.6):
        for side in (-1.0, 1.0):
            easel.line([(side * 4.1, 0.125, z), (side * HALF, 0.125, z)], 0.02, seam)
    if modern(setting):
        for z in np.arange(20, -60, -4.0):
            easel.face([(-0.09, 0.02, z), (0.09, 0.02, z), (0.09, 0.02, z - 1.8),
                        (-0.09, 0.02, z - 1.8)],
                       Style("paper", (226, 222, 206), outline=0.0, alpha=0.8))
        return
    rng = easel.rng("cobbles")
    if easel.soft:
        return
    line = Style("crease", mix(road, (24, 24, 36), 0.4), outline=0.1, alpha=0.35)
    for z in np.arange(9.0, -12.0, -0.75):
        easel.line([(x, 0.014, z - 0.05 * (4 - x * x / 4)) for x in np.linspace(-4, 4, 7)], 0.02,
                   line, 0.7)
    for _ in range(80):
        z = 9.0 - 0.75 * int(rng.integers(0, 26))
        x = round(float(rng.uniform(-3.9, 3.5)) / 0.42) * 0.42
        y = z - 0.05 * (4 - x * x / 4) - 0.08
        easel.face([(x, 0.015, y), (x + 0.34, 0.015, y), (x + 0.36, 0.015, y - 0.58),
                    (x + 0.02, 0.015, y - 0.6)],
                   Style("rock", mix(road, (206, 196, 192) if rng.random() < 0.6 else (30, 30, 44),
                                     0.16), outline=0.15, alpha=0.7))


def _front(easel: Easel, setting: Setting, tints: Tints, side: float,
           lot: tuple[float, float, float], index: int, *, tall_city: bool) -> None:
    z, wide, tall = lot
    foot = np.array([side * HALF, 0.1, z])
    if not easel.seen(foot + (0, tall / 2, 0), max(wide, tall)):
        return
    across = np.array([0.0, 0.0, side])
    normal = np.array([-side, 0.0, 0.0])
    eye = np.asarray(easel.camera.position)
    if float((eye - foot) @ normal) < 0:
        return
    nearest = foot + across * np.clip(float((eye - foot) @ across), -wide / 2, wide / 2)
    easel.begin(foot if easel.depth(foot) > 1 else nearest,
                "near" if easel.band(max(easel.depth(foot), 0.5)) == "foreground" else None)
    rng = easel.rng("front", int(side), index)
    paint = mix(_PAINTS[int(rng.integers(0, 6))], tints.plaster, 0.25)
    if tall_city:
        paint = mix(paint, (74, 78, 100), 0.6)
    shade = easel.facing(normal) * 0.75
    face = plane(foot, across, rect(-wide / 2, 0, wide / 2, tall))
    easel.face(face, Style("wall", paint, shade=shade, outline=0.7, to=mix(paint, (60, 50, 70), 0.3)))
    _side_wall(easel, foot, across, normal, wide, tall, paint)
    pixels = easel.scale(foot + (0, 2, 0)) / easel.unit if easel.depth(foot) > 0.5 else 200.0
    if not tall_city:
        _roof(easel, foot, across, normal, wide, tall, tints, rng, pixels)
    if pixels < 9:
        return
    _windows(easel, foot, across, wide, tall, tints, shade, rng, pixels, tall_city=tall_city)
    _shop(easel, setting, foot, across, normal, wide, tints, shade, index + (3 if side > 0 else 0),
          pixels, tall_city=tall_city)


def _side_wall(easel: Easel, foot: NDArray[np.float64], across: NDArray[np.float64],
               normal: NDArray[np.float64], wide: float, tall: float, paint: Tone) -> None:
    for end in (-0.5, 0.5):
        corner = foot + across * wide * end
        if float((np.asarray(easel.camera.position) - corner) @ (across * end)) <= 0:
            continue
        easel.face([corner, corner - normal * 5, corner - normal * 5 + (0, tall, 0),
                    corner + (0, tall, 0)],
                   Style("wall", mix(paint, (60, 54, 76), 0.25), outline=0.5,
                         shade=easel.facing(across * end * 2) * 0.7))


def _roof(easel: Easel, foot: NDArray[np.float64], across: NDArray[np.float64],
          normal: NDArray[np.float64], wide: float, tall: float, tints: Tints,
          rng: np.random.Generator, pixels: float) -> None:
    roof = tints.snow if tints.white else mix(tints.roof, (150, 84, 66), float(rng.uniform(0, 0.7)))
    style = Style("snow" if tints.white else "roof", roof, outline=0.7,
                  to=tints.snow_shade if tints.white else mix(roof, (40, 30, 50), 0.3))
    if rng.random() < 0.5:
        peak = wide * 0.55
        easel.face(plane(foot, across, [(-wide / 2, tall), (wide / 2, tall), (0, tall + peak)]),
                   Style("wall", mix(tints.plaster, (170, 140, 120), 0.4), outline=0.6,
                         shade=easel.facing(normal) * 0.75))
        for end in (-0.5, 0.5):
            a = foot + across * wide * end * 1.08 + np.array([0, tall - 0.2, 0]) + normal * 0.3
            b = foot + np.array([0, tall + peak + 0.1, 0]) + normal * 0.3
            easel.face([a, b, b - normal * 5, a - normal * 5], style)
            easel.line([a, b], 0.22, Style(style.role, mix(roof, (255, 250, 240), 0.2),
                                           outline=0.5), 1.2)
    else:
        easel.face([*plane(foot + normal * 0.35, across, [(-wide / 2, tall - 0.1),
                                                          (wide / 2, tall - 0.1)]),
                    *plane(foot - normal * 2.6, across, [(wide / 2, tall + 2.4),
                                                         (-wide / 2, tall + 2.4)])], style)
        if pixels > 20:
            box(easel, tuple(float(v) for v in foot - normal * 1.8 + (0, tall + 0.9, 0)),  # type: ignore[arg-type]
                (0.7, 1.8, 0.7), 0, Style("wall", tints.brick, outline=0.6))


def _windows(easel: Easel, foot: NDArray[np.float64], across: NDArray[np.float64], wide: float,
             tall: float, tints: Tints, shade: float, rng: np.random.Generator, pixels: float,
             *, tall_city: bool) -> None:
    columns = max(int(wide / 2.1), 2)
    rows = int((tall - 3.6) / (2.7 if not tall_city else 2.9)) + 1
    chances = rng.random((12, 6))
    for row in range(min(rows, 7)):
        y = 3.7 + row * 2.7
        if y + 1.4 > tall:
            break
        for column in range(columns):
            lit = tints.lit and bool(chances[row, column] < 0.45)
            if tall_city and not lit and pixels < 40:
                continue
            x = (column + 0.5) / columns * wide - wide / 2
            if tall_city or pixels < 22:
                easel.face(plane(foot, across, rect(x - 0.42, y, x + 0.42, y + 1.4)),
                           Style("glass", tints.window if lit else (84, 98, 124), outline=0.3,
                                 shade=0.0 if lit else shade, glow=0.7 if lit else 0.0))
            else:
                window(easel, foot, across, x, y, 0.42, 1.3, tints, shade, lit=lit,
                       crossed=pixels > 40)


def _shop(easel: Easel, setting: Setting, foot: NDArray[np.float64], across: NDArray[np.float64],
          normal: NDArray[np.float64], wide: float, tints: Tints, shade: float, index: int,
          pixels: float, *, tall_city: bool) -> None:
    half = wide / 2 - 0.5
    face = foot + normal * 0.03
    lit = tints.lit and index % 3 != 2
    tone = _AWNINGS[index % 4]
    glass = mix((255, 210, 130), _NEON[index % 5], 0.55 if tall_city else 0.1)
    easel.face(plane(face, across, rect(-half, 0, half, 2.9)),
               Style("wood", mix(tone, (40, 34, 44), 0.45), outline=0.6, shade=shade))
    panes = 3
    for pane in range(panes):
        x0 = -half + 0.15 + pane * (2 * half - 0.15) / panes
        x1 = x0 + (2 * half - 0.15) / panes - 0.15
        door = pane == index % 3
        low = 0.1 if door else 0.65
        easel.face(plane(face + normal * 0.02, across, rect(x0, low, x1, 2.35)),
                   Style("glass", glass if lit else (74, 88, 110), outline=0.4,
                         glow=0.55 if lit else 0.0, shade=0.0 if lit else shade,
                         to=mix(glass, (70, 40, 60), 0.45) if lit else (110, 126, 146)))
        if pixels > 26 and not door:
            easel.face(plane(face + normal * 0.03, across,
                             _goods(x0, x1, low, index + pane)),
                       Style("wood", mix(glass if lit else (60, 66, 84), (40, 30, 44), 0.6),
                             outline=0.2))
    if tall_city:
        _neon(easel, face, across, normal, wide, index, lit=tints.lit)
        return
    if pixels > 12 and index % 2 == 0:
        stripes = 6
        for part in range(stripes):
            a = -half + 2 * half * part / stripes
            b = a + 2 * half / stripes
            cloth = tone if part % 2 else (240, 228, 206)
            if tints.white:
                cloth = mix(cloth, tints.snow, 0.6)
            easel.face([*plane(face, across, [(a, 2.9), (b, 2.9)]),
                        *plane(face + normal * 1.0, across, [(b, 2.35), (a, 2.35)])],
                       Style("cloth", cloth, outline=0.4))
    else:
        easel.face(plane(face + normal * 0.04, across, rect(-half, 2.45, half, 2.9)),
                   Style("wood", tone, outline=0.5, shade=shade * 0.6))
        easel.face(plane(face + normal * 0.05, across, rect(-half * 0.5, 2.58, half * 0.5, 2.76)),
                   Style("paper", (246, 224, 170), outline=0.0, shade=shade * 0.6))
    del setting


def _goods(x0: float, x1: float, low: float, variant: int) -> list[tuple[float, float]]:
    """Return the silhouette of what stands in a shop window: jars and boxes on a shelf."""
    points = [(x0 + 0.06, low)]
    wide = (x1 - x0 - 0.12) / 5
    for step in range(5):
        tall = 0.16 + 0.13 * ((step * 7 + variant * 3) % 5)
        a, b = x0 + 0.06 + step * wide, x0 + 0.06 + (step + 0.86) * wide
        points += [(a, low + 0.08), (a, low + tall), (a + wide * 0.2, low + tall + 0.06),
                   (b - wide * 0.2, low + tall + 0.06), (b, low + tall), (b, low + 0.08)]
    return [*points, (x1 - 0.06, low)]


def _neon(easel: Easel, face: NDArray[np.float64], across: NDArray[np.float64],
          normal: NDArray[np.float64], wide: float, index: int, *, lit: bool) -> None:
    tone = _NEON[(index * 2) % 5]
    post = face + across * (wide * 0.28)
    sign = post + normal * 0.25
    x = np.cross(np.array([0.0, 1.0, 0.0]), across)
    del x
    board = plane(sign, normal, rect(0, 3.3, 1.0, 5.8))
    easel.face(board, Style("metal", mix(tone, (20, 20, 40), 0.75), outline=0.6))
    glow = 0.9 if lit else 0.15
    for y in (3.5, 4.2, 4.9):
        easel.face(plane(sign - across * 0.02, normal, rect(0.22, y, 0.78, y + 0.42)),
                   Style("glow", tone if lit else mix(tone, (90, 90, 100), 0.5), outline=0.2,
                         glow=glow))
    edge = [*plane(sign, normal, rect(0.04, 3.34, 0.96, 5.76))]
    easel.line([*edge, edge[0]], 0.06, Style("glow", tone, outline=0.0, glow=glow), 1.2)


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
        top = [(-wide, tall), (wide, tall)] if tall_city else [(-wide, tall), (0, tall * 1.4),
                                                              (wide, tall)]
        easel.card(at, [(-wide, -2), *top, (wide, -2)],
                   Style("far", tone, outline=0.3, to=mix(tone, (170, 170, 190), 0.4)))
        if tints.lit and tall_city:
            for _ in range(5):
                x, y = float(rng.uniform(-wide, wide)) * 0.8, float(rng.uniform(0.2, 0.9)) * tall
                easel.card(at, rect(x, y, x + 0.9, y + 1.4),
                           Style("glow", (255, 204, 130), outline=0.0, glow=0.4))


def _end(easel: Easel, tints: Tints, tall_city: bool) -> None:
    """Close the vista: a church spire in an old town, a haze of towers in a city."""
    if tall_city:
        return
    at = np.array([1.5, 0.0, -92.0])
    easel.begin(at, "far")
    stone = mix(tints.stone, (220, 206, 190), 0.3)
    easel.card(at, rect(-4, 0, 4, 18), Style("wall", stone, outline=0.5, shade=0.2))
    easel.card(at, [(-5, 17.5), (5, 17.5), (0, 31)],
               Style("roof", tints.snow if tints.white else tints.roof, outline=0.5))
    easel.card(at, arch(0, 12.5, 1.0, 2.0), Style("glass", tints.window if tints.lit else
               (80, 80, 100), outline=0.3, glow=0.6 if tints.lit else 0.0))
