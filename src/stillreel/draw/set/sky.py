"""The sky: an opaque plate with gradient, sun or moon, stars and clouds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.marks import mix
from stillreel.draw.set.easel import Style
from stillreel.draw.set.shapes import lobes, ring

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
    for upper, lower, first, second in levels:
        upper, lower = max(upper, -60.0), min(lower, height + 60.0)
        if lower <= upper:
            continue
        quad = np.array(
            [(-60.0, upper - 1), (width + 60, upper - 1), (width + 60, lower), (-60.0, lower)]
        )
        easel.flat(quad, Style("sky", first, outline=0.0, to=second))
        covered = True
    if not covered:
        quad = np.array([(-60.0, -60.0), (width + 60, -60), (width + 60, height + 60),
                         (-60.0, height + 60)])
        easel.flat(quad, Style("sky", top, outline=0.0))
    if horizon < -height * 0.2:
        return
    _lights(easel, setting, top, low)
    _clouds(easel, setting, low)


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


def _lights(easel: Easel, setting: Setting, top: Tone, low: Tone) -> None:
    rng = easel.rng("sky")
    focal = easel.camera.pixels_per_tangent
    features = " ".join(setting.features).lower()
    hidden = setting.weather in {"rain", "fog", "snow"}
    side = {"left": -1.0, "right": 1.0}.get(setting.key, 0.6)
    starry = setting.time == "night" and not hidden
    if starry or "star" in features:
        count = 150 if setting.kind == "sky" else 80
        spots = np.stack([rng.uniform(-180, 180, count), rng.uniform(6, 84, count) ** 1.0], axis=1)
        sizes = rng.uniform(0.6, 1.9, count) ** 1.5
        for (azimuth, elevation), size in zip(spots, sizes, strict=True):
            where, ahead = _at(easel, float(azimuth), float(elevation))
            if ahead:
                radius = float(size) * easel.unit
                easel.flat(where + ring(6) * radius,
                           Style("glow", (226, 234, 255), outline=0.0, glow=0.8, alpha=0.9))
    if setting.time == "night" or "moon" in features:
        if not hidden:
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
    for grow, alpha in ((7.0, 0.10), (3.8, 0.16), (2.0, 0.28)):
        easel.flat(where + ring(36) * radius * grow,
                   Style("light", mix(tone, low, 0.25), outline=0.0, alpha=alpha))
    easel.flat(where + ring(36) * radius,
               Style("light", tone, outline=0.3, glow=0.9))


def _moon(easel: Easel, side: float, focal: float, low: Tone) -> None:
    where, ahead = _at(easel, side * 20.0, 22.0)
    if not ahead:
        return
    radius = focal * 0.036
    for grow, alpha in ((5.0, 0.10), (2.6, 0.16), (1.6, 0.22)):
        easel.flat(where + ring(36) * radius * grow,
                   Style("light", mix((190, 208, 250), low, 0.35), outline=0.0, alpha=alpha))
    easel.flat(where + ring(36) * radius, Style("light", (246, 244, 226), outline=0.3, glow=0.7))
    for dx, dy, size in ((-0.3, 0.2, 0.22), (0.25, -0.3, 0.3), (0.3, 0.4, 0.14)):
        easel.flat(where + np.array([dx, dy]) * radius + ring(14) * radius * size,
                   Style("light", (218, 218, 212), outline=0.0, alpha=0.6))


def _clouds(easel: Easel, setting: Setting, low: Tone) -> None:
    rng = easel.rng("clouds")
    count = {"clear": 7, "wind": 10, "rain": 13, "snow": 11, "fog": 5}[setting.weather]
    if setting.time == "night" and setting.weather == "clear":
        count = 4
    white = {"day": (252, 252, 250), "dawn": (255, 226, 212), "dusk": (255, 176, 138),
             "night": (72, 92, 146)}[setting.time]
    under = {"day": (196, 214, 232), "dawn": (206, 178, 202), "dusk": (146, 86, 122),
             "night": (38, 52, 100)}[setting.time]
    heavy = setting.weather in {"rain", "snow"}
    if heavy:
        white, under = mix(white, low, 0.55), mix(under, low, 0.35)
    focal = easel.camera.pixels_per_tangent
    for index in range(count * 3):
        azimuth = float(rng.uniform(-180, 180))
        elevation = float(rng.uniform(7, 40))
        stretch = float(rng.uniform(0.05, 0.12)) * (1.5 if heavy else 1.0)
        variant = int(rng.integers(0, 9))
        where, ahead = _at(easel, azimuth, elevation)
        if not ahead:
            continue
        _cloud(easel, where, focal * stretch, variant + index % 3, white, under)


def _cloud(easel: Easel, where: NDArray[np.float64], size: float, variant: int, white: Tone,
           under: Tone) -> None:
    """One flat-bottomed fair-weather cloud: three puffs on a base line."""
    rng = np.random.default_rng(variant)
    base = where[1] + size * 0.2
    puffs = [(-1.0, 0.42), (-0.35, 0.66), (0.35, 0.8), (1.0, 0.46), (1.55, 0.28)]
    outline: list[tuple[float, float]] = []
    for x, radius in puffs:
        radius *= float(rng.uniform(0.8, 1.15))
        for angle in np.linspace(np.pi * 0.92, np.pi * 0.08, 7):
            outline.append(
                (where[0] + (x + np.cos(angle) * radius * 0.85) * size,
                 base - np.sin(angle) * radius * size * 0.75)
            )
    outline.append((where[0] + 2.1 * size, base + size * 0.06))
    outline.append((where[0] - 1.7 * size, base + size * 0.06))
    easel.flat(np.array(outline), Style("cloud", white, outline=0.25, alpha=0.92, to=under))
