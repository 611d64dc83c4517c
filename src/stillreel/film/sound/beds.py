"""Continuous sounds as stereo loops: the air of a place, its weather, its life."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from stillreel.film.sound.noise import decay, generator, scattered, shaped, swell, wide
from stillreel.film.sound.nouns import RATE

if TYPE_CHECKING:
    from collections.abc import Callable

    from stillreel.film.sound.noise import Stereo

LOOP = 9 * RATE
"""Samples after which a bed repeats."""


@cache
def loop(kind: str, seed: int) -> Stereo:
    """Return the loop of a bed, (2, LOOP) float32, its louder side at RMS 1.

    Raises:
        KeyError: nobody has written that bed.
    """
    rng = generator("bed", kind, seed)
    sound = _BEDS[kind](rng)
    level = float(np.sqrt(np.mean(sound * sound, axis=1)).max())
    sound = (sound / np.float32(max(level, 1e-9))).astype(np.float32)
    sound.flags.writeable = False
    return sound


def kinds() -> tuple[str, ...]:
    """Return the names of all beds."""
    return tuple(_BEDS)


def _room(rng: np.random.Generator) -> Stereo:
    tone = wide(LOOP, [(25, -10), (60, 0), (160, -8), (500, -20), (2000, -36), (9000, -58)], rng)
    return tone * swell(LOOP, 3, rng, 0.15)


def _hall(rng: np.random.Generator) -> Stereo:
    tone = wide(
        LOOP, [(25, -8), (70, 0), (110, -6), (190, -3), (420, -16), (1500, -26), (8000, -60)], rng
    )
    return tone * swell(LOOP, 2, rng, 0.3)


def _air(rng: np.random.Generator) -> Stereo:
    return wide(LOOP, [(30, -6), (120, 0), (600, -10), (2500, -22), (12000, -50)], rng) * swell(
        LOOP, 4, rng, 0.35
    )


def _wind(rng: np.random.Generator) -> Stereo:
    low = wide(LOOP, [(30, -20), (90, -2), (220, 0), (600, -10), (2000, -30), (9000, -60)], rng)
    out = low * swell(LOOP, 3, rng, 0.7)
    for centre, share in ((380.0, 0.32), (540.0, 0.26), (760.0, 0.16)):
        band = [(centre / 1.5, -60), (centre / 1.06, -6), (centre, 0), (centre * 1.06, -6)]
        voice = wide(LOOP, [*band, (centre * 1.5, -60)], rng)
        out += np.float32(share) * voice * swell(LOOP, 4, rng) ** 2
    return out


def _leaves(rng: np.random.Generator) -> Stereo:
    out = np.zeros((2, LOOP), dtype=np.float32)
    for corner, share in ((2400.0, 1.0), (4200.0, 0.7), (6500.0, 0.4)):
        hiss = wide(
            LOOP,
            [(200, -50), (corner / 2, -12), (corner, 0), (corner * 1.7, -8), (16000, -40)],
            rng,
        )
        out += np.float32(share) * hiss * swell(LOOP, 6, rng, 0.85) ** 1.5
    return out + 0.5 * _air(rng)


def _rain(rng: np.random.Generator) -> Stereo:
    hiss = wide(
        LOOP,
        [(80, -34), (400, -18), (1200, -8), (3500, 0), (8000, -4), (14000, -14), (20000, -40)],
        rng,
    )
    return hiss * swell(LOOP, 5, rng, 0.2) + 0.55 * _drops(rng, 90, (1800.0, 5200.0), 0.02)


def _rain_roof(rng: np.random.Generator) -> Stereo:
    muffled = wide(LOOP, [(60, -12), (200, 0), (700, -6), (1800, -20), (6000, -50)], rng)
    return muffled * swell(LOOP, 4, rng, 0.25) + 0.5 * _drops(rng, 24, (500.0, 1600.0), 0.05)


def _snow(rng: np.random.Generator) -> Stereo:
    hush = wide(LOOP, [(40, -10), (140, 0), (500, -14), (2000, -34), (8000, -46)], rng)
    grains = wide(LOOP, [(2000, -60), (6000, -4), (9000, 0), (15000, -12)], rng)
    return hush * swell(LOOP, 3, rng, 0.4) + 0.05 * grains * swell(LOOP, 7, rng, 0.8)


def _hail(rng: np.random.Generator) -> Stereo:
    return _drops(rng, 160, (1500.0, 4200.0), 0.035) + 0.25 * _rain_roof(rng)


def _sea(rng: np.random.Generator) -> Stereo:
    time = np.arange(LOOP, dtype=np.float32) / LOOP
    out = 0.35 * wide(LOOP, [(25, -6), (80, 0), (300, -14), (1500, -34), (8000, -60)], rng)
    for turn, (share, offset) in enumerate(((1.0, 0.0), (0.75, 0.36), (0.9, 0.68))):
        phase = (time - np.float32(offset + 0.03 * rng.random())) % 1.0
        rise = np.clip(phase / 0.1, 0, 1)
        crash = (rise * rise * (3 - 2 * rise)) * np.exp(-np.maximum(phase - 0.1, 0) * 9)
        crash *= np.clip((1 - phase) / 0.1, 0, 1)
        surf = wide(LOOP, [(60, -10), (250, -2), (900, 0), (3000, -8), (12000, -26)], rng)
        foam = wide(LOOP, [(800, -40), (3500, -4), (7000, 0), (15000, -16)], rng)
        draw = np.clip((phase - 0.12) / 0.2, 0, 1) * np.exp(-np.maximum(phase - 0.3, 0) * 11)
        draw *= np.clip((1 - phase) / 0.1, 0, 1)
        lean = np.array([[1.0 - 0.25 * (turn - 1)], [1.0 + 0.25 * (turn - 1)]], dtype=np.float32)
        out += np.float32(share) * lean * (surf * crash + 0.3 * foam * draw).astype(np.float32)
    return out


def _stream(rng: np.random.Generator) -> Stereo:
    body = wide(LOOP, [(100, -30), (500, -6), (1200, 0), (3000, -8), (9000, -24)], rng)
    return 0.6 * body + _drops(rng, 70, (700.0, 1900.0), 0.06)


def _fire(rng: np.random.Generator) -> Stereo:
    flame = wide(LOOP, [(40, -8), (110, 0), (350, -10), (1200, -26), (6000, -44)], rng)
    out = 0.7 * flame * swell(LOOP, 9, rng, 0.6)
    return out + 0.9 * _drops(rng, 9, (1400.0, 4800.0), 0.012)


def _crickets(rng: np.random.Generator) -> Stereo:
    time = np.arange(LOOP, dtype=np.float32) / RATE
    out = np.zeros((2, LOOP), dtype=np.float32)
    for hertz, per_loop, pan, share in (
        (4250.0, 14, 0.25, 1.0),
        (4610.0, 11, 0.8, 0.6),
        (3890.0, 9, 0.55, 0.4),
    ):
        chirp = (time * np.float32(per_loop / (LOOP / RATE)) + np.float32(rng.random())) % 1.0
        gate = np.clip(chirp / 0.04, 0, 1) * np.clip((0.42 - chirp) / 0.06, 0, 1)
        pulse = np.clip(np.sin(np.float32(2 * np.pi * 27) * time), 0, 1) ** 2
        whole = round(hertz * LOOP / RATE) * RATE / LOOP
        voice = np.float32(share) * np.sin(np.float32(2 * np.pi * whole) * time) * gate * pulse
        out += np.array([[1 - pan], [pan]], dtype=np.float32) * voice.astype(np.float32)
    return out + 0.04 * _air(rng)


def _town(rng: np.random.Generator) -> Stereo:
    rumble = wide(LOOP, [(25, -6), (55, 0), (140, -8), (500, -24), (3000, -50)], rng)
    murmur = wide(LOOP, [(120, -30), (350, -4), (700, 0), (1500, -10), (5000, -40)], rng)
    passing = swell(LOOP, 2, rng) ** 3
    return rumble * swell(LOOP, 3, rng, 0.4) + 0.35 * murmur * (
        0.5 * swell(LOOP, 11, rng, 0.6) + 0.5 * passing
    )


def _engine(rng: np.random.Generator) -> Stereo:
    time = np.arange(LOOP, dtype=np.float32) / RATE
    hum = np.zeros(LOOP, dtype=np.float32)
    for part in range(1, 9):
        hum += np.float32(0.9**part / part) * np.sin(
            np.float32(2 * np.pi * 43.0 * part) * time + np.float32(rng.random() * 6.28)
        )
    road = wide(LOOP, [(30, -8), (90, 0), (300, -6), (900, -20), (5000, -46)], rng)
    return 0.6 * hum * swell(LOOP, 5, rng, 0.2) + 0.8 * road * swell(LOOP, 7, rng, 0.3)


def _drops(
    rng: np.random.Generator, per_second: float, band: tuple[float, float], ring: float
) -> Stereo:
    """Return many small ringing impacts, at random times, sizes, pitches and places."""
    out = np.zeros((2, LOOP), dtype=np.float32)
    groups = 7
    count = int(per_second * LOOP / RATE / groups)
    for _ in range(groups):
        hertz = float(np.exp(rng.uniform(np.log(band[0]), np.log(band[1]))))
        length = int(ring * 3 * RATE)
        time = np.arange(length, dtype=np.float32) / RATE
        tick = np.sin(np.float32(2 * np.pi * hertz) * time) * decay(length, ring, 0.0006)
        tick += (
            0.5
            * shaped(length, [(200, -20), (hertz, 0), (16000, -20)], rng)
            * decay(length, ring / 3, 0.0004)
        )
        for side in range(2):
            size = rng.exponential(1.0, count).astype(np.float32) ** 1.3
            at = rng.integers(0, LOOP, count)
            out[side] += scattered(LOOP, tick.astype(np.float32), at, size)
    return out / np.float32(max(float(np.sqrt(np.mean(out * out))), 1e-9))


_BEDS: dict[str, Callable[[np.random.Generator], Stereo]] = {
    "room": _room,
    "hall": _hall,
    "air": _air,
    "wind": _wind,
    "leaves": _leaves,
    "rain": _rain,
    "rain-roof": _rain_roof,
    "snow": _snow,
    "hail": _hail,
    "sea": _sea,
    "stream": _stream,
    "fire": _fire,
    "crickets": _crickets,
    "town": _town,
    "engine": _engine,
}
