"""A small stack that every look must paint: sky, lamp, wet ground, one figure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from stillreel.draw.marks import Layer, Light, Shape, Stack

if TYPE_CHECKING:
    from collections.abc import Callable

WIDTH, HEIGHT = 320, 180


def points(*corners: tuple[float, float]) -> np.ndarray:
    return np.array(corners, np.float32)


def ring(x: float, y: float, rx: float, ry: float) -> np.ndarray:
    turn = np.linspace(0, 2 * np.pi, 33)[:-1]
    return np.stack([x + rx * np.cos(turn), y + ry * np.sin(turn)], axis=1).astype(np.float32)


DAY = Light(
    key=(-0.7, 0.5, 0.5),
    key_colour=(255, 250, 240),
    shade_colour=(110, 120, 160),
    rim=(255, 255, 255),
    fog=(190, 210, 230),
    fog_distance=100.0,
)


def person(**changes: object) -> Layer:
    torso = Shape(ring(160, 110, 26, 40), "cloth", (160, 34, 44), form=8, owner="mara")
    head = Shape(ring(160, 54, 15, 18), "skin", (201, 141, 107), form=4, owner="mara")
    shadow = Shape(ring(160, 152, 34, 6), "shadow", (0, 0, 0), outline=0, alpha=0.5)
    return replace(
        Layer("mara.0", "figure", 5.0, (shadow, torso, head)),
        **changes,
    )


def stack(light: Light = DAY, *, seed: int = 3, figure: Layer | None = None) -> Stack:
    sky = Shape(
        points((0, 0), (WIDTH, 0), (WIDTH, HEIGHT), (0, HEIGHT)),
        "sky",
        (120, 170, 230),
        to=(220, 230, 240),
        outline=0,
    )
    lamp = Shape(ring(270, 40, 6, 6), "glow", (255, 220, 140), glow=0.9, outline=0)
    ground = Shape(
        points((0, 120), (WIDTH, 120), (WIDTH, HEIGHT), (0, HEIGHT)), "ground", (96, 112, 80)
    )
    wet = Shape(
        points((0, 150), (WIDTH, 150), (WIDTH, HEIGHT), (0, HEIGHT)),
        "water",
        (60, 70, 90),
        alpha=0.6,
        outline=0,
    )
    layers = (
        Layer("sky", "plate", 500.0, (sky,), opaque=True),
        Layer("far", "plate", 40.0, (lamp,)),
        Layer("near", "plate", 5.0, (ground, wet)),
        figure or person(),
    )
    return Stack(WIDTH, HEIGHT, (0, 0, WIDTH, HEIGHT), layers, light, 120.0, seed)


@pytest.fixture
def make_stack() -> Callable[..., Stack]:
    return stack


@pytest.fixture
def make_person() -> Callable[..., Layer]:
    return person
