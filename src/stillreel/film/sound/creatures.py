"""What creatures and the sky say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.film.sound.grains import clock, envelope, glide, joined
from stillreel.film.sound.noise import shaped
from stillreel.film.sound.nouns import RATE

if TYPE_CHECKING:
    from stillreel.film.sound.grains import Effect
    from stillreel.film.sound.noise import Mono


def _bird(rng: np.random.Generator) -> Mono:
    parts: list[tuple[float, Mono]] = []
    base = 2600 + 1400 * rng.random()
    at = 0.0
    for _ in range(int(rng.integers(3, 7))):
        length = 0.05 + 0.09 * rng.random()
        rise = 0.75 + 0.6 * rng.random()
        phase = glide(
            length, [(0, base * rise), (0.4, base * (0.9 + 0.4 * rng.random())), (1, base)]
        )
        shape = envelope(phase.size, [(0, 0), (0.2, 1), (0.7, 0.7), (1, 0)])
        parts.append(
            (at, (0.5 + 0.5 * rng.random()) * (np.sin(phase) + 0.12 * np.sin(2 * phase)) * shape)
        )
        at += length + 0.03 + 0.1 * rng.random()
    return joined([(start, note.astype(np.float32)) for start, note in parts])


def _song(rng: np.random.Generator) -> Mono:
    parts: list[tuple[float, Mono]] = []
    at = 0.0
    motif = [2200 + 1800 * rng.random() for _ in range(4)]
    for turn in range(9):
        pitch = motif[turn % 4] * (1 + 0.04 * rng.standard_normal())
        length = 0.09 + 0.1 * rng.random()
        phase = glide(length, [(0, pitch * 0.92), (0.3, pitch * 1.06), (1, pitch)])
        if turn % 3 == 2:
            trill = clock(length)
            phase = phase + 1.6 * np.sin(np.float32(2 * np.pi * 38) * trill)
        shape = envelope(phase.size, [(0, 0), (0.15, 1), (0.8, 0.6), (1, 0)])
        parts.append((at, (np.sin(phase) * shape).astype(np.float32)))
        at += length + 0.02 + 0.08 * rng.random()
    return joined(parts)


def _gull(rng: np.random.Generator) -> Mono:
    parts: list[tuple[float, Mono]] = []
    for beat in range(int(rng.integers(2, 4))):
        top = 1500 + 250 * rng.random()
        phase = glide(0.42, [(0, top * 0.62), (0.25, top), (1, top * 0.7)])
        voice = np.zeros(phase.size, dtype=np.float32)
        for part in range(1, 7):
            voice += np.sin(part * phase) * np.float32((0.4, 1.0, 0.8, 0.45, 0.3, 0.15)[part - 1])
        shape = envelope(phase.size, [(0, 0), (0.1, 1), (0.6, 0.6), (1, 0)])
        parts.append((0.5 * beat, (voice * shape).astype(np.float32)))
    return joined(parts)


def _crow(rng: np.random.Generator) -> Mono:
    parts: list[tuple[float, Mono]] = []
    for beat in range(3):
        phase = glide(0.3, [(0, 460), (0.3, 540 + 40 * rng.random()), (1, 420)])
        rough = np.clip(np.sin(phase * 0.21), -0.2, 1)
        voice = (
            np.sin(phase)
            + 0.8 * np.sin(2 * phase)
            + 0.7 * np.sin(3 * phase + 1)
            + 0.4 * np.sin(5 * phase)
        )
        noise = shaped(phase.size, [(500, -20), (1400, 0), (2600, -4), (6000, -24)], rng)
        shape = envelope(phase.size, [(0, 0), (0.1, 1), (0.7, 0.8), (1, 0)])
        parts.append((0.48 * beat, ((voice * rough + 0.5 * noise) * shape).astype(np.float32)))
    return joined(parts)


def _owl(rng: np.random.Generator) -> Mono:
    pitch = 370 + 40 * rng.random()
    parts: list[tuple[float, Mono]] = []
    for at, length in ((0.0, 0.3), (0.75, 0.16), (1.0, 0.18), (1.3, 0.7)):
        phase = glide(length, [(0, pitch * 0.94), (0.3, pitch), (1, pitch * 0.93)])
        tremble = 1 + 0.15 * np.sin(np.float32(2 * np.pi * 9) * clock(length))
        shape = envelope(phase.size, [(0, 0), (0.3, 1), (0.7, 0.8), (1, 0)])
        parts.append(
            (at, ((np.sin(phase) + 0.15 * np.sin(2 * phase)) * shape * tremble).astype(np.float32))
        )
    return joined(parts)


def _bark(rng: np.random.Generator) -> Mono:
    parts: list[tuple[float, Mono]] = []
    for beat in range(2):
        phase = glide(0.17, [(0, 330), (0.25, 560 + 60 * rng.random()), (1, 300)])
        voice = sum(
            (np.sin(part * phase) / part**0.6 for part in range(1, 8)), np.zeros(phase.size)
        )
        breath = shaped(phase.size, [(400, -14), (900, 0), (1800, -3), (5000, -20)], rng)
        shape = envelope(phase.size, [(0, 0), (0.08, 1), (0.5, 0.6), (1, 0)])
        parts.append((0.34 * beat, ((voice + 0.8 * breath) * shape).astype(np.float32)))
    return joined(parts)


def _meow(rng: np.random.Generator) -> Mono:
    top = 620 + 80 * rng.random()
    phase = glide(0.8, [(0, top * 0.75), (0.25, top * 1.1), (0.6, top), (1, top * 0.7)])
    along = np.linspace(0, 1, phase.size)
    out = np.zeros(phase.size)
    for part in range(1, 9):
        centre = np.interp(along, [0, 0.3, 0.6, 1], [1.4, 2.6, 2.2, 1.2])
        out += np.sin(part * phase) * np.exp(-((part - centre) ** 2) / 2.2)
    return (out * envelope(phase.size, [(0, 0), (0.12, 0.9), (0.5, 1), (1, 0)])).astype(np.float32)


def _roar(rng: np.random.Generator) -> Mono:
    length = int(1.8 * RATE)
    phase = glide(1.8, [(0, 70), (0.3, 96), (1, 58)])
    voice = np.zeros(length, dtype=np.float32)
    for part in range(1, 12):
        voice += np.sin(part * phase + np.float32(rng.random() * 6)) / np.float32(part**0.8)
    growl = 0.6 + 0.4 * np.sin(np.float32(2 * np.pi * 26) * clock(1.8))
    breath = shaped(length, [(120, -12), (380, 0), (900, -6), (3000, -24)], rng)
    shape = envelope(length, [(0, 0), (0.2, 1), (0.6, 0.7), (1, 0)])
    return (voice * growl + 0.9 * breath).astype(np.float32) * shape


def _whistle(rng: np.random.Generator) -> Mono:
    base = 1350 + 200 * rng.random()
    phase = glide(0.9, [(0, base * 0.8), (0.3, base), (0.5, base * 1.25), (1, base)])
    air = shaped(phase.size, [(800, -20), (2000, 0), (6000, -18)], rng)
    return (np.sin(phase) + 0.05 * air) * envelope(
        phase.size, [(0, 0), (0.1, 1), (0.85, 0.8), (1, 0)]
    )


def _gust(rng: np.random.Generator) -> Mono:
    length = int(2.8 * RATE)
    low = shaped(length, [(40, -14), (120, -2), (320, 0), (900, -12), (4000, -44)], rng)
    whistle = shaped(length, [(400, -60), (560, -4), (600, 0), (640, -4), (900, -60)], rng)
    shape = envelope(length, [(0, 0), (0.25, 0.5), (0.42, 1), (0.6, 0.55), (1, 0)])
    return low * shape + 0.35 * whistle * shape**2


def _rumble(rng: np.random.Generator) -> Mono:
    length = int(3.5 * RATE)
    low = shaped(length, [(20, -4), (45, 0), (110, -6), (300, -22), (2000, -50)], rng)
    bumps = np.interp(np.arange(length), np.linspace(0, length, 16), rng.random(16))
    return (low * bumps).astype(np.float32) * envelope(
        length, [(0, 0), (0.1, 1), (0.4, 0.6), (1, 0)]
    )


CREATURES: dict[str, Effect] = {
    "bird": _bird,
    "song": _song,
    "gull": _gull,
    "crow": _crow,
    "owl": _owl,
    "bark": _bark,
    "meow": _meow,
    "roar": _roar,
    "whistle": _whistle,
    "gust": _gust,
    "rumble": _rumble,
}
"""Effects by name."""
