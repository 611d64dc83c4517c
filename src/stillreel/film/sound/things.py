"""What things do: doors, tools, stones, bells, glass."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.film.sound.grains import burst, clock, envelope, glide, joined, ring
from stillreel.film.sound.noise import shaped
from stillreel.film.sound.nouns import RATE

if TYPE_CHECKING:
    from stillreel.film.sound.grains import Effect
    from stillreel.film.sound.noise import Mono


def _door(rng: np.random.Generator) -> Mono:
    length = int(0.75 * RATE)
    time = clock(0.75)
    rate = np.interp(time, [0, 0.3, 0.75], [38, 62, 30])
    stick = np.clip(np.sin(2 * np.pi * np.cumsum(rate) / RATE), 0, 1) ** 8
    hinge = shaped(
        length, [(250, -26), (620, 0), (700, -8), (1500, -4), (2600, -14), (9000, -40)], rng
    )
    creak = (hinge * stick).astype(np.float32) * envelope(
        length, [(0, 0), (0.2, 0.7), (0.8, 1), (1, 0)]
    )
    latch = ring(0.12, [(1900, 0.3, 0.05), (3100, 0.2, 0.04), (820, 0.4, 0.07)])
    close = burst(0.3, [(50, -2), (120, 0), (420, -8), (1500, -26)], rng)
    return joined([(0, 0.35 * creak), (0.82, latch), (0.86, close)])


def _knock(rng: np.random.Generator) -> Mono:
    parts: list[tuple[float, Mono]] = []
    for beat in range(3):
        panel = ring(0.16, [(165, 1, 0.12), (310, 0.7, 0.09), (540, 0.4, 0.06), (960, 0.2, 0.04)])
        skin = burst(0.04, [(200, -8), (900, 0), (3000, -14)], rng)
        hard = 0.85 + 0.15 * rng.random()
        parts.append((0.21 * beat + 0.015 * rng.random(), hard * panel))
        parts.append((0.21 * beat, 0.4 * hard * skin))
    return joined(parts)


def _hammer(rng: np.random.Generator) -> Mono:
    head = ring(0.5, [(1240, 0.5, 0.32), (2790, 0.4, 0.22), (4310, 0.25, 0.14), (180, 0.7, 0.08)])
    strike = burst(0.05, [(200, -6), (1500, 0), (7000, -10)], rng, 0.0005)
    return joined([(0, 0.6 * head), (0, strike)])


def _chop(rng: np.random.Generator) -> Mono:
    body = ring(0.22, [(140, 1, 0.14), (265, 0.6, 0.1), (410, 0.5, 0.07)])
    bite = burst(0.08, [(300, -6), (1200, 0), (3500, -6), (9000, -24)], rng, 0.0006)
    chips = burst(0.2, [(1200, -20), (3500, 0), (8000, -10)], rng, 0.03)
    return joined([(0, body), (0, bite), (0.06, 0.12 * chips)])


def _crack(rng: np.random.Generator) -> Mono:
    parts = [
        (at, share * burst(0.07, [(300, -10), (1500, 0), (5000, -4), (12000, -18)], rng, 0.0004))
        for at, share in ((0.0, 1.0), (0.045, 0.5), (0.07, 0.7), (0.13, 0.3), (0.19, 0.2))
    ]
    return joined(parts)


def _stones(rng: np.random.Generator) -> Mono:
    parts: list[tuple[float, Mono]] = []
    for _ in range(9):
        pitch = 240 + 500 * rng.random()
        clack = ring(0.12, [(pitch, 1, 0.06), (pitch * 2.32, 0.6, 0.04), (pitch * 3.9, 0.3, 0.03)])
        parts.append((float(rng.random() ** 1.4), float(0.3 + 0.7 * rng.random()) * clack))
    rumble = burst(1.0, [(50, 0), (130, -3), (500, -18)], rng, 0.05)
    return joined([*parts, (0.0, 0.6 * rumble)])


def _bell(rng: np.random.Generator) -> Mono:
    root = 392.0 * 2 ** (int(rng.integers(0, 3)) / 12)
    return ring(
        4.0,
        [
            (root / 2, 0.45, 4.0),
            (root, 1.0, 3.0),
            (root * 1.19, 0.6, 2.4),
            (root * 1.5, 0.35, 1.8),
            (root * 2.0, 0.6, 1.5),
            (root * 2.67, 0.25, 0.9),
            (root * 4.1, 0.15, 0.5),
        ],
    )


def _chime(rng: np.random.Generator) -> Mono:
    scale = (0, 2, 4, 7, 9, 12, 14)
    parts: list[tuple[float, Mono]] = []
    for beat in range(6):
        pitch = 1046.5 * 2 ** (scale[int(rng.integers(0, len(scale)))] / 12)
        note = ring(1.2, [(pitch, 1, 1.1), (pitch * 2.76, 0.3, 0.4), (pitch * 5.4, 0.12, 0.15)])
        parts.append((0.13 * beat + 0.02 * float(rng.random()), (0.7 + 0.3 * rng.random()) * note))
    return joined([(at, note.astype(np.float32)) for at, note in parts])


def _tick(rng: np.random.Generator) -> Mono:
    tick = ring(0.06, [(2400, 1, 0.03), (3700, 0.5, 0.02), (900, 0.4, 0.03)])
    tock = ring(0.06, [(1900, 1, 0.03), (3000, 0.5, 0.02), (760, 0.5, 0.03)])
    return joined(
        [(beat * 0.5, (tick, tock)[beat % 2]) for beat in range(4 + int(rng.integers(0, 2)))]
    )


def _clash(rng: np.random.Generator) -> Mono:
    root = 1150 + 300 * rng.random()
    parts = [
        (root * ratio, 1 / (1 + step), 0.9 - 0.1 * step)
        for step, ratio in enumerate((1, 1.47, 2.09, 2.56, 3.81, 5.2))
    ]
    scrape = burst(0.12, [(1500, -14), (4500, 0), (12000, -8)], rng, 0.001)
    return joined([(0, ring(1.0, parts)), (0, 0.7 * scrape)])


def _glass(rng: np.random.Generator) -> Mono:
    parts: list[tuple[float, Mono]] = [
        (0.0, burst(0.08, [(1500, -8), (5000, 0), (14000, -6)], rng, 0.0004))
    ]
    for _ in range(12):
        pitch = 2500 + 5500 * rng.random()
        shard = ring(0.3, [(pitch, 1, 0.25), (pitch * 1.51, 0.5, 0.15)])
        parts.append((0.5 * float(rng.random() ** 2), float(0.1 + 0.35 * rng.random()) * shard))
    return joined(parts)


def _horn(rng: np.random.Generator) -> Mono:
    root = 220 * 2 ** (int(rng.integers(0, 3)) / 12)
    phase = glide(1.3, [(0, root * 0.97), (0.1, root), (1, root)])
    voice = sum((np.sin(part * phase) / part**0.9 for part in range(1, 9)), np.zeros(phase.size))
    return voice.astype(np.float32) * envelope(phase.size, [(0, 0), (0.08, 1), (0.8, 0.85), (1, 0)])


def _crackle(rng: np.random.Generator) -> Mono:
    parts: list[tuple[float, Mono]] = [
        (0.0, 0.2 * burst(1.2, [(60, 0), (200, -6), (1000, -26)], rng, 0.1))
    ]
    for _ in range(14):
        snap = burst(0.02, [(600, -8), (2600, 0), (9000, -10)], rng, 0.0003)
        parts.append((1.1 * float(rng.random()), float(rng.random() ** 2) * snap))
    return joined(parts)


THINGS: dict[str, Effect] = {
    "door": _door,
    "knock": _knock,
    "hammer": _hammer,
    "chop": _chop,
    "crack": _crack,
    "stones": _stones,
    "bell": _bell,
    "chime": _chime,
    "tick": _tick,
    "clash": _clash,
    "glass": _glass,
    "horn": _horn,
    "crackle": _crackle,
}
"""Effects by name."""
