"""What bodies do to the ground, the air and cloth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.film.sound.grains import burst, envelope, glide, joined, ring
from stillreel.film.sound.noise import decay, shaped
from stillreel.film.sound.nouns import RATE

if TYPE_CHECKING:
    from stillreel.film.sound.grains import Effect
    from stillreel.film.sound.noise import Mono


def _step_hard(rng: np.random.Generator) -> Mono:
    heel = burst(0.09, [(60, -6), (180, 0), (700, -10), (2500, -16), (9000, -34)], rng)
    toe = burst(0.06, [(300, -20), (1400, -4), (3200, 0), (9000, -20)], rng)
    return joined([(0, heel), (0.055 + 0.02 * rng.random(), 0.35 * toe)])


def _step_soft(rng: np.random.Generator) -> Mono:
    press = burst(0.12, [(50, -4), (110, 0), (400, -12), (2000, -40)], rng, 0.006)
    blades = burst(0.16, [(800, -30), (2500, -6), (5000, 0), (11000, -20)], rng, 0.03)
    return joined([(0, press), (0.02, 0.3 * blades)])


def _step_snow(rng: np.random.Generator) -> Mono:
    length = int(0.24 * RATE)
    creak = shaped(length, [(300, -30), (900, -6), (2200, 0), (5000, -10), (12000, -30)], rng)
    grain = np.repeat(rng.random(length // 240 + 1), 240)[:length].astype(np.float32)
    press = burst(0.1, [(60, -6), (140, 0), (500, -20)], rng, 0.008)
    crunch = creak * (0.25 + grain**3) * envelope(length, [(0, 0), (0.15, 1), (0.5, 0.7), (1, 0)])
    return joined([(0, 0.7 * press), (0.01, 0.55 * crunch)])


def _step_sand(rng: np.random.Generator) -> Mono:
    length = int(0.2 * RATE)
    grit = shaped(length, [(400, -24), (1800, -4), (4000, 0), (9000, -12)], rng)
    return grit * envelope(length, [(0, 0), (0.2, 1), (0.45, 0.5), (1, 0)]) + np.pad(
        0.8 * burst(0.1, [(60, 0), (150, -4), (600, -26)], rng, 0.008), (0, length - 4800)
    )


def _step_heavy(rng: np.random.Generator) -> Mono:
    phase = glide(0.5, [(0, 72), (0.3, 44), (1, 34)])
    boom = np.sin(phase) * decay(phase.size, 0.5, 0.006)
    ground = burst(0.35, [(40, -2), (90, 0), (300, -10), (1500, -30)], rng, 0.004)
    debris = burst(0.3, [(500, -30), (1800, -6), (4000, -8), (9000, -30)], rng, 0.04)
    return joined([(0, boom), (0, 0.5 * ground), (0.05, 0.08 * debris)])


def _thud(rng: np.random.Generator) -> Mono:
    phase = glide(0.4, [(0, 110), (0.2, 58), (1, 40)])
    body = np.sin(phase) * decay(phase.size, 0.4, 0.003)
    slap = burst(0.14, [(80, -4), (260, 0), (900, -12), (4000, -30)], rng)
    cloth = burst(0.25, [(600, -20), (2000, -4), (5000, -10), (10000, -30)], rng, 0.02)
    return joined([(0, body), (0, 0.6 * slap), (0.03, 0.12 * cloth)])


def _whoosh(rng: np.random.Generator) -> Mono:
    length = int(0.7 * RATE)
    out = np.zeros(length, dtype=np.float32)
    peak = 0.5 + 0.1 * rng.random()
    for step, hertz in enumerate((350.0, 700.0, 1300.0, 2200.0)):
        band = shaped(length, [(hertz / 3, -40), (hertz, 0), (hertz * 2.2, -12), (16000, -60)], rng)
        top = peak - 0.05 * abs(step - 2)
        out += band * envelope(length, [(0, 0), (top * 0.5, 0.12), (top, 1), (1, 0)]) / (1 + step)
    return out


def _rustle(rng: np.random.Generator) -> Mono:
    length = int(0.6 * RATE)
    cloth = shaped(length, [(500, -26), (2200, -3), (5000, 0), (11000, -16)], rng)
    grain = np.interp(np.arange(length), np.linspace(0, length, 12), rng.random(12) ** 2)
    return (cloth * grain).astype(np.float32) * envelope(
        length, [(0, 0), (0.2, 1), (0.7, 0.5), (1, 0)]
    )


def _hooves(rng: np.random.Generator) -> Mono:
    parts: list[tuple[float, Mono]] = []
    for stride in range(3):
        for at, share in ((0.0, 0.8), (0.11, 0.9), (0.22, 1.0)):
            pitch = 190 * (1 + 0.25 * rng.random())
            clop = ring(0.1, [(pitch, 1, 0.07), (pitch * 2.7, 0.5, 0.04), (pitch * 5.1, 0.2, 0.02)])
            dirt = burst(0.08, [(80, 0), (300, -3), (1200, -14), (5000, -30)], rng)
            parts.append((0.5 * stride + at, np.float32(share) * (clop[: dirt.size] + 0.6 * dirt)))
    return joined(parts)


def _splash(rng: np.random.Generator) -> Mono:
    plunge = burst(0.5, [(80, -6), (260, 0), (900, -4), (4000, -12), (12000, -28)], rng, 0.004)
    spray = burst(0.9, [(900, -24), (3500, 0), (8000, -4), (15000, -18)], rng, 0.06)
    parts: list[tuple[float, Mono]] = [(0, plunge), (0.03, 0.4 * spray)]
    for _ in range(7):
        pitch = 500 + 900 * rng.random()
        phase = glide(0.06, [(0, pitch), (1, pitch * 1.7)])
        parts.append(
            (0.2 + 0.6 * float(rng.random()), 0.25 * np.sin(phase) * decay(phase.size, 0.06))
        )
    return joined(parts)


BODIES: dict[str, Effect] = {
    "step-hard": _step_hard,
    "step-soft": _step_soft,
    "step-snow": _step_snow,
    "step-sand": _step_sand,
    "step-heavy": _step_heavy,
    "thud": _thud,
    "whoosh": _whoosh,
    "rustle": _rustle,
    "hooves": _hooves,
    "splash": _splash,
}
"""Effects by name."""
