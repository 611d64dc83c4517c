"""Weather as particles: what the still shows as shapes, the motion moves as points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from stillreel.draw.marks import Layer, Shape

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.values.scene import Season, Weather

Sort = Literal["rain", "snow", "fog", "leaf", "gust"]


@dataclass(frozen=True, slots=True)
class Particles:
    """One sheet of particles at one depth."""

    sort: Sort
    positions: NDArray[np.float32]
    """(N, 2) places on the sheet, 0..1 right and down; wrap around at the edges."""
    depth: float
    """Metres from the camera."""
    size: float
    """Length of a streak or radius of a flake, as a share of the sheet's height."""
    speed: tuple[float, float]
    """Share of the sheet's height moved per 24th of a second, right and down."""
    tone: tuple[int, int, int]
    alpha: float


_SHEETS: dict[str, tuple[tuple[Sort, int, float, float, tuple[float, float], float], ...]] = {
    "rain": (
        ("rain", 90, 9.0, 0.035, (-0.009, 0.058), 0.34),
        ("rain", 60, 4.0, 0.060, (-0.014, 0.090), 0.46),
        ("rain", 26, 1.8, 0.100, (-0.020, 0.130), 0.55),
    ),
    "snow": (
        ("snow", 120, 10.0, 0.0024, (-0.0006, 0.0022), 0.75),
        ("snow", 70, 4.5, 0.0044, (-0.0010, 0.0040), 0.85),
        ("snow", 22, 1.8, 0.0092, (-0.0018, 0.0070), 0.70),
    ),
    "fog": (
        ("fog", 5, 14.0, 0.10, (0.0010, 0.0), 0.20),
        ("fog", 4, 5.0, 0.14, (-0.0008, 0.0), 0.16),
    ),
    "wind": (
        ("gust", 12, 6.0, 0.16, (0.020, 0.002), 0.22),
        ("leaf", 26, 3.5, 0.0085, (0.013, 0.0036), 0.95),
    ),
    "clear": (),
}
_LEAVES: dict[str, tuple[tuple[int, int, int], ...]] = {
    "spring": ((252, 206, 214), (255, 240, 238)),
    "summer": ((104, 150, 76), (150, 180, 92)),
    "autumn": ((206, 104, 44), (232, 164, 62)),
    "winter": ((240, 244, 252), (214, 224, 240)),
}


def particles(weather: Weather, season: Season, seed: int) -> tuple[Particles, ...]:
    """Return the particle sheets of a weather, far to near; clear weather has none."""
    made: list[Particles] = []
    for index, (sort, count, depth, size, speed, alpha) in enumerate(_SHEETS[weather]):
        rng = np.random.default_rng([seed & 0x7FFFFFFF, 71, index])
        tone = {
            "rain": (214, 226, 240),
            "snow": (250, 252, 255),
            "fog": (226, 230, 236),
            "gust": (240, 244, 246),
        }.get(sort, _LEAVES[season][0])
        places = rng.uniform(0, 1, (count, 2)).astype(np.float32)
        if sort == "fog":
            places[:, 1] = 0.5 + 0.42 * places[:, 1]
        made.append(Particles(sort, places, depth, size, speed, tone, alpha))
    return tuple(made)


def streaks(
    weather: Weather, width: int, height: int, seed: int, season: Season = "summer"
) -> tuple[Layer, ...]:
    """Return the weather of a still as atmosphere layers for a sheet of these pixels."""
    layers: list[Layer] = []
    for sheet in particles(weather, season, seed):
        rng = np.random.default_rng([seed & 0x7FFFFFFF, 72, len(layers)])
        draws = rng.uniform(0, 1, (len(sheet.positions), 3))
        shapes = tuple(
            _mark(sheet, place * (width, height), height, draw, season)
            for place, draw in zip(sheet.positions.astype(np.float64), draws, strict=True)
        )
        layers.append(Layer(f"weather-{len(layers)}", "atmosphere", sheet.depth, shapes))
    return tuple(layers)


def _mark(
    sheet: Particles,
    at: NDArray[np.float64],
    height: int,
    draw: NDArray[np.float64],
    season: Season,
) -> Shape:
    size = sheet.size * height * (0.7 + 0.6 * float(draw[0]))
    way = np.array(sheet.speed)
    way = way / max(float(np.hypot(*way)), 1e-9)
    if sheet.sort in {"rain", "gust"}:
        bow = np.array([-way[1], way[0]]) * size * (0.08 if sheet.sort == "gust" else 0.0)
        points = np.array([at - way * size / 2, at + bow, at + way * size / 2])
        thick = max(height / 1080 * (1.9 if sheet.depth < 3 else 1.1), 0.6)
        return Shape(
            points.astype(np.float32),
            "glow",
            sheet.tone,
            closed=False,
            width=thick,
            outline=0.0,
            alpha=sheet.alpha,
        )
    turn = np.linspace(0, 2 * np.pi, 12, endpoint=False)
    unit = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    if sheet.sort == "fog":
        points = at + unit * (size * 5.0, size * 0.55)
        return Shape(points.astype(np.float32), "cloud", sheet.tone, outline=0.0, alpha=sheet.alpha)
    if sheet.sort == "leaf":
        angle = float(draw[1]) * np.pi
        spin = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
        points = at + (unit * (size, size * (0.25 + 0.4 * float(draw[2])))) @ spin
        tones = _LEAVES[season]
        return Shape(
            points.astype(np.float32),
            "foliage",
            tones[int(draw[2] * 1.99)],
            outline=0.3,
            alpha=sheet.alpha,
        )
    return Shape(
        (at + unit * size).astype(np.float32), "snow", sheet.tone, outline=0.0, alpha=sheet.alpha
    )
