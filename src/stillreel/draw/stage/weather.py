"""What falls or hangs between the lens and the stage: rain, snow, fog, blown leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.light import under_roof
from stillreel.draw.marks import Layer, Shape, mix

if TYPE_CHECKING:
    from stillreel.draw.marks import Light
    from stillreel.values.scene import Setting


def weather_layers(
    setting: Setting, light: Light, *, width: int, height: int, seed: int
) -> tuple[Layer, ...]:
    """Return the atmosphere of a place as layers named `rain`, `snow`, `fog` or `leaves`."""
    if under_roof(setting):
        return ()
    rng = np.random.default_rng([seed, 0x3A1])
    weather = setting.weather
    if weather == "wind":
        shapes = _leaves(rng, setting, width, height)
        return (Layer("leaves", "atmosphere", 2.0, shapes),)
    drawn = {"rain": _rain, "snow": _snow, "fog": _fog}.get(weather)
    if drawn is None:
        return ()
    return (Layer(weather, "atmosphere", 2.0, drawn(rng, light, width, height)),)


def _pale(light: Light, amount: float) -> tuple[int, int, int]:
    lit = tuple(round(min(c * light.exposure, 255)) for c in light.key_colour)
    return mix(light.fog, (lit[0], lit[1], lit[2]), amount)


def _rain(rng: np.random.Generator, light: Light, width: int, height: int) -> tuple[Shape, ...]:
    tone = mix(_pale(light, 0.5), (225, 232, 240), 0.45)
    streaks: list[Shape] = []
    for _ in range(150):
        x, y = rng.uniform(-0.05, 1.05) * width, rng.uniform(-0.1, 1.0) * height
        near = rng.uniform(0.35, 1.0)
        fall = near * 0.085 * height
        line = np.array([[x, y], [x - fall * 0.16, y + fall]], np.float32)
        streaks.append(
            Shape(
                line,
                "glass",
                tone,
                closed=False,
                width=near * 0.9 * height / 720,
                outline=0,
                alpha=0.35 + 0.35 * near,
            )
        )
    return tuple(streaks)


def _snow(rng: np.random.Generator, light: Light, width: int, height: int) -> tuple[Shape, ...]:
    tone = mix(_pale(light, 0.8), (250, 252, 255), 0.7)
    turn = np.linspace(0, 2 * np.pi, 9)[:-1]
    flakes: list[Shape] = []
    for _ in range(170):
        x, y = rng.uniform(0, 1) * width, rng.uniform(0, 1) * height
        size = (1.0 + 3.2 * rng.uniform(0, 1) ** 3) * height / 720
        ring = np.stack([x + size * np.cos(turn), y + size * np.sin(turn)], axis=1)
        flakes.append(Shape(ring.astype(np.float32), "snow", tone, outline=0, glow=0.02))
    return tuple(flakes)


def _leaves(
    rng: np.random.Generator, setting: Setting, width: int, height: int
) -> tuple[Shape, ...]:
    tones = {
        "autumn": ((196, 112, 48), (164, 76, 40), (210, 160, 70)),
        "winter": ((230, 236, 244), (210, 220, 234), (240, 244, 250)),
        "spring": ((242, 200, 214), (228, 176, 196), (250, 228, 232)),
        "summer": ((120, 148, 74), (96, 126, 62), (150, 168, 90)),
    }[setting.season]
    leaves: list[Shape] = []
    for index in range(34):
        at = np.array([rng.uniform(0, 1) * width, rng.uniform(0.05, 0.95) * height])
        size = rng.uniform(2.5, 6.5) * height / 720
        angle = rng.uniform(-0.7, 0.5)
        along = np.array([np.cos(angle), np.sin(angle)]) * size * 1.6
        side = np.array([-along[1], along[0]]) * rng.uniform(0.2, 0.5)
        ring = np.array([at - along, at + side, at + along, at - side], np.float32)
        leaves.append(Shape(ring, "foliage", tones[index % 3], outline=0))
    return tuple(leaves)


def _fog(rng: np.random.Generator, light: Light, width: int, height: int) -> tuple[Shape, ...]:
    banks: list[Shape] = []
    for index in range(3):
        x = np.linspace(-0.05, 1.05, 24) * width
        level = (0.46 + 0.14 * index) * height
        phase = rng.uniform(0, 6.28, 3)
        top = level + 0.03 * height * (
            np.sin(x / width * 6 + phase[0]) + 0.5 * np.sin(x / width * 13 + phase[1])
        )
        upper = np.stack([x, top], axis=1)
        lower = np.array(
            [[1.05 * width, level + 0.42 * height], [-0.05 * width, level + 0.42 * height]]
        )
        ring = np.concatenate([upper, lower]).astype(np.float32)
        banks.append(Shape(ring, "cloud", light.fog, outline=0, alpha=0.20 + 0.05 * index))
    return tuple(banks)
