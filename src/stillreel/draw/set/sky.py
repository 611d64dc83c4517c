"""The sky: an opaque plate with gradient, sun or moon, stars and clouds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.marks import mix
from stillreel.draw.set.easel import Style
from stillreel.draw.set.shapes import ring

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.set.easel import Easel, Tone
    from stillreel.values.scene import Setting

_SKIES: dict[str, tuple[Tone, Tone, Tone]] = {
    "day": ((76, 146, 214), (138, 194, 234), (214, 234, 242)),
    "dawn": ((104, 132, 196), (196, 176, 206), (255, 214, 184)),
    "dusk": ((62, 56, 118), (172, 92, 124), (255, 166, 98)),
    "night": ((10, 16, 44), (22, 36, 84), (52, 78, 136)),
}
_OVERCAST: dict[str, tuple[Tone, Tone, Tone]] = {
    "day": ((124, 140, 160), (158, 172, 186), (196, 206, 212)),
    "dawn": ((134, 142, 168), (176, 174, 186), (222, 202, 192)),
    "dusk": ((66, 64, 92), (108, 92, 112), (168, 128, 122)),
    "night": ((16, 22, 42), (28, 40, 68), (52, 68, 102)),
}
_HALO = ((7.5, 0.035), (6.2, 0.04), (5.0, 0.05), (3.9, 0.06), (2.9, 0.08), (2.1, 0.1), (1.5, 0.12))
"""Rings of light around sun and moon: radius in discs, strength."""
_COVER = {"clear": 0.0, "wind": 0.35, "rain": 1.0, "snow": 0.86, "fog": 0.8}


def sky_tones(setting: Setting) -> tuple[Tone, Tone, Tone]:
    """Return the sky's colour overhead, half way and at the horizon."""
    cover = _COVER[setting.weather]
    clear, grey = _SKIES[setting.time], _OVERCAST[setting.time]
    tones = tuple(mix(a, b, cover) for a, b in zip(clear, grey, strict=True))
    warm = {"warm": (255, 196, 128), "cool": (150, 190, 236), "dim": (24, 26, 44)}
    lean = warm.get(setting.mood)
    if lean:
        tones = tuple(mix(tone, lean, 0.14) for tone in tones)
    if setting.season == "winter" and setting.time != "night":
        tones = tuple(mix(tone, (206, 220, 240), 0.28) for tone in tones)
    return tones[0], tones[1], tones[2]


def draw_sky(easel: Easel, setting: Setting) -> None:
    """Draw the whole sky as the backmost, opaque plate."""
    top, middle, low = sky_tones(setting)
    easel.begin(None, "sky")
    horizon = horizon_of(easel)
    width, height = float(easel.width), float(easel.height)
    span = easel.camera.pixels_per_tangent * 0.75
    levels = [
        (-60.0, horizon - span, top, top),
        (horizon - span, horizon - span * 0.42, top, middle),
        (horizon - span * 0.42, horizon, middle, low),
        (horizon, height + 60.0, low, low),
    ]
    covered = False
    for start, end, first, second in levels:
        upper, lower = max(start, -60.0), min(end, height + 60.0)
        if lower <= upper:
            continue
        quad = np.array(
            [(-60.0, upper - 1), (width + 60, upper - 1), (width + 60, lower), (-60.0, lower)]
        )
        easel.flat(quad, Style("sky", first, outline=0.0, to=second))
        covered = True
    if not covered:
        quad = np.array(
            [(-60.0, -60.0), (width + 60, -60), (width + 60, height + 60), (-60.0, height + 60)]
        )
        easel.flat(quad, Style("sky", top, outline=0.0))
    if horizon < -height * 0.2:
        return
    _lights(easel, setting, low)
    _clouds(easel, setting, low)
    if setting.time != "night" and setting.weather in {"clear", "wind"}:
        _birds(easel, 7 if setting.kind == "sea" else 4)


def horizon_of(easel: Easel) -> float:
    """Return the sheet's y of the horizon straight ahead of the camera."""
    far = np.asarray(easel.camera.position) + easel.ahead * 4000.0
    far[1] = easel.camera.position[1]
    screen, deep = easel.project(far)
    if deep[0] < 10.0:
        return -10.0 * easel.height if easel.down > 0 else 11.0 * easel.height
    return float(screen[0, 1])


def _at(easel: Easel, azimuth: float, elevation: float) -> tuple[NDArray[np.float64], bool]:
    """Return the pixel of a direction in degrees (azimuth 0 is -z, 90 is +x)."""
    a, e = np.radians(azimuth), np.radians(elevation)
    way = np.array([np.sin(a) * np.cos(e), np.sin(e), -np.cos(a) * np.cos(e)])
    screen, deep = easel.project(np.asarray(easel.camera.position) + way * 1000.0)
    return screen[0], bool(deep[0] > 50.0)


def _lights(easel: Easel, setting: Setting, low: Tone) -> None:
    rng = easel.rng("sky")
    focal = easel.camera.pixels_per_tangent
    features = " ".join(setting.features).lower()
    if "rainbow" in features:
        _rainbow(easel, side_of(setting))
    hidden = setting.weather in {"rain", "fog", "snow"}
    side = side_of(setting)
    starry = setting.time == "night" and not hidden
    if starry or "star" in features:
        _stars(easel, rng, 900 if setting.kind == "sky" else 520)
    if setting.time == "night" or "moon" in features:
        if not hidden and (setting.kind != "forest" or "moon" in features):
            _moon(easel, side, focal, low)
        return
    if hidden:
        return
    elevation = {"day": 34.0, "dawn": 7.0, "dusk": 5.0}[setting.time]
    where, ahead = _at(easel, side * 24.0, elevation)
    if not ahead:
        return
    tone = {"day": (255, 250, 226), "dawn": (255, 236, 200), "dusk": (255, 206, 130)}[setting.time]
    radius = focal * (0.03 if setting.time == "day" else 0.045)
    for grow, alpha in _HALO:
        easel.flat(
            where + ring(36) * radius * grow,
            Style("light", mix(tone, low, 0.25), outline=0.0, alpha=alpha),
        )
    easel.flat(where + ring(36) * radius, Style("glow", tone, outline=0.3, glow=0.9))


def side_of(setting: Setting) -> float:
    """Return on which side of the picture sun and moon stand, -1 left to 1 right."""
    return {"left": -1.0, "right": 1.0}.get(setting.key, 0.6)


def _rainbow(easel: Easel, side: float) -> None:
    """Arch a faint rainbow opposite the sun."""
    where, ahead = _at(easel, -side * 8.0, 0.0)
    if not ahead:
        return
    focal = easel.camera.pixels_per_tangent
    angle = np.linspace(0.02, np.pi - 0.02, 31)
    arc = np.stack([np.cos(angle), -np.sin(angle)], axis=1)
    tones = (
        (224, 84, 84),
        (240, 160, 80),
        (244, 228, 120),
        (120, 196, 120),
        (96, 150, 226),
        (140, 100, 200),
    )
    for index, tone in enumerate(tones):
        outer = focal * (0.36 - index * 0.012)
        inner = outer - focal * 0.0125
        easel.flat(
            np.concatenate([where + arc * outer, (where + arc * inner)[::-1]]),
            Style("cloud", tone, outline=0.0, alpha=0.42),
        )


def _stars(easel: Easel, rng: np.random.Generator, count: int) -> None:
    """Scatter stars over the whole dome, a few of them bright."""
    azimuth = rng.uniform(-np.pi, np.pi, count)
    rise = np.arcsin(rng.uniform(0.05, 0.98, count))
    way = (
        np.stack(
            [np.sin(azimuth) * np.cos(rise), np.sin(rise), -np.cos(azimuth) * np.cos(rise)], axis=1
        )
        * 1000.0
    )
    size = 0.8 + 1.3 * rng.uniform(0, 1, count) ** 4
    metres = size * easel.unit * 1000.0 / easel.camera.pixels_per_tangent
    style = Style("glow", (226, 234, 255), outline=0.0, glow=0.25, alpha=0.75)
    bright = Style("glow", (244, 246, 255), outline=0.0, glow=0.8)
    sparkle = np.array(
        [
            (0, 2.4),
            (0.35, 0.35),
            (2.4, 0),
            (0.35, -0.35),
            (0, -2.4),
            (-0.35, -0.35),
            (-2.4, 0),
            (-0.35, 0.35),
        ]
    )
    big = size > 1.55
    easel.balls(
        np.asarray(easel.camera.position) + way,
        metres,
        [sparkle if large else ring(6) for large in big],
        [bright if large else style for large in big],
    )


def _moon(easel: Easel, side: float, focal: float, low: Tone) -> None:
    where, ahead = _at(easel, side * 13.0, 13.5)
    if not ahead:
        return
    radius = focal * 0.036
    for grow, alpha in _HALO:
        easel.flat(
            where + ring(36) * radius * grow,
            Style("light", mix((190, 208, 250), low, 0.35), outline=0.0, alpha=alpha),
        )
    easel.flat(where + ring(36) * radius, Style("glow", (246, 244, 226), outline=0.3, glow=0.7))
    for dx, dy, size in ((-0.3, 0.2, 0.22), (0.25, -0.3, 0.3), (0.3, 0.4, 0.14)):
        easel.flat(
            where + np.array([dx, dy]) * radius + ring(14) * radius * size,
            Style("glow", (214, 214, 210), outline=0.0, alpha=0.6),
        )


def _birds(easel: Easel, count: int) -> None:
    """Let a few birds cross the sky, small."""
    rng = easel.rng("birds")
    for _ in range(count):
        where, ahead = _at(easel, float(rng.uniform(-32, 32)), float(rng.uniform(6, 19)))
        size = easel.camera.pixels_per_tangent * float(rng.uniform(0.005, 0.010))
        tilt = float(rng.uniform(-0.3, 0.3))
        if ahead:
            wing = np.array(
                [
                    (-1.0, -0.28 + tilt),
                    (-0.45, -0.5),
                    (0.0, 0.0),
                    (0.5, -0.48),
                    (1.0, -0.22 - tilt),
                    (0.45, -0.34),
                    (0.0, 0.2),
                    (-0.45, -0.36),
                ]
            )
            easel.flat(where + wing * size, Style("feather", (70, 76, 98), outline=0.0, alpha=0.8))


def _clouds(easel: Easel, setting: Setting, low: Tone) -> None:
    rng = easel.rng("clouds")
    white = {
        "day": (253, 253, 250),
        "dawn": (255, 224, 206),
        "dusk": (255, 176, 132),
        "night": (64, 84, 138),
    }[setting.time]
    under = {
        "day": (190, 212, 234),
        "dawn": (204, 172, 200),
        "dusk": (150, 84, 122),
        "night": (34, 48, 96),
    }[setting.time]
    heavy = setting.weather in {"rain", "snow", "fog"}
    if heavy:
        white, under = mix(white, low, 0.5), mix(under, low, 0.6)
    focal = easel.camera.pixels_per_tangent
    banks = [(7.5, 0.10, 30), (16.0, 0.085, 18), (27.0, 0.07, 12)]
    for elevation, size, count in banks:
        for step in range(count):
            azimuth = (step + float(rng.uniform(-0.42, 0.42))) * 360.0 / count - 180.0
            high = elevation + float(rng.uniform(-2.5, 3.5))
            grow = size * float(rng.uniform(0.6, 1.35)) * (1.5 if heavy else 1.0)
            skip = rng.random() < (0.1 if heavy else 0.42 if elevation > 10 else 0.3)
            variant = int(rng.integers(0, 40))
            where, ahead = _at(easel, azimuth, high)
            if ahead and not skip:
                _cloud(
                    easel,
                    where,
                    focal * grow,
                    variant,
                    (white, under),
                    0.55 if heavy else 0.75 if elevation < 10 else 0.92,
                )


_PUFF = [(float(np.cos(a)), float(np.sin(a))) for a in np.linspace(np.pi * 0.9, np.pi * 0.1, 11)]


def _cloud(
    easel: Easel,
    where: NDArray[np.float64],
    size: float,
    variant: int,
    tones: tuple[Tone, Tone],
    alpha: float,
) -> None:
    """One flat-bottomed cloud: a shaded body and a lit crown of puffs."""
    if where[0] < -2.2 * size or where[0] > easel.width + 2.2 * size:
        return
    rng = np.random.default_rng(variant)
    count = int(rng.integers(4, 7))
    xs = np.linspace(-1.35, 1.35, count)
    heights = (0.30 + 0.42 * np.cos(xs / 1.35 * 1.35)) * rng.uniform(0.75, 1.2, count)
    body: list[tuple[float, float]] = []
    for x, tall in zip(xs, heights, strict=True):
        wide = 2.0 / count * 1.05
        body += [(x + a * wide, b * tall) for a, b in _PUFF]
    outline = np.array([(-1.9, -0.03), *body, (1.9, -0.03), (1.2, -0.09), (-1.1, -0.08)])
    white, under = tones
    easel.flat(
        where + outline * (size, -size * 0.72),
        Style("cloud", white, outline=0.25, alpha=alpha, to=under),
    )
    side = -0.12 if easel.key[0] < 0 else 0.12
    crown = np.array([*body[6:-6], (0.95, 0.1), (0.3, 0.2), (-0.35, 0.12), (-0.9, 0.16)])
    easel.flat(
        where + (crown * 0.8 + (side, 0.06)) * (size, -size * 0.72),
        Style(
            "cloud",
            mix(white, (255, 255, 255), 0.35),
            outline=0.0,
            alpha=alpha * 0.55,
            to=mix(white, under, 0.35),
        ),
    )


def cloud_bank(
    easel: Easel,
    at: tuple[float, float, float],
    size: float,
    variant: int,
    tones: tuple[Tone, Tone],
) -> None:
    """Draw one cloud standing in the world at `at`, `size` metres to its half width."""
    screen, deep = easel.project(at)
    if deep[0] < 1.0:
        return
    _cloud(
        easel,
        screen[0],
        size * easel.camera.pixels_per_tangent / float(deep[0]) * 0.6,
        variant,
        tones,
        1.0,
    )
