"""Raw material: shaped noise that loops without a seam, decays, and the answer of a room."""

from __future__ import annotations

from functools import lru_cache
from math import sqrt
from typing import TYPE_CHECKING, Any

import numpy as np

from stillreel.film.sound.nouns import RATE
from stillreel.values.digest import of_parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Mono = NDArray[np.floating[Any]]
    """(N,) samples."""
    Stereo = NDArray[np.floating[Any]]
    """(2, N) samples, left then right."""


_GRID = 4096
_SHARED = 0.36
"""How much of the right side is the left one: wide, but one place."""


@lru_cache(maxsize=4)
def _octaves(length: int) -> NDArray[np.float32]:
    """Return how many octaves every bin of a transform lies above 1 Hz."""
    bins = np.fft.rfftfreq(length, 1 / RATE).astype(np.float32)
    found = np.log2(np.maximum(bins, np.float32(1)))
    found.flags.writeable = False
    return found


def generator(*parts: object) -> np.random.Generator:
    """Return a random generator seeded by the digest of `parts`, the same on every run."""
    return np.random.default_rng(int(of_parts([str(part) for part in parts])[:16], 16))


def shaped(length: int, curve: Sequence[tuple[float, float]], rng: np.random.Generator) -> Mono:
    """Return noise of RMS 1 that repeats seamlessly after `length` samples.

    Args:
        length: samples of the loop.
        curve: (Hz, decibel) corners of its spectrum, rising in frequency; straight on a log scale.
        rng: source of the phases.
    """
    octaves = _octaves(length)
    corners = np.log2([max(hertz, 1.0) for hertz, _ in curve])
    # between the corners of a log scale a fine grid is as good as the exact line
    grid = np.linspace(0.0, float(octaves[-1]), _GRID)
    level = np.interp(grid, corners, [decibel for _, decibel in curve])
    sizes = np.exp2(level * (np.log2(10) / 20)).astype(np.float32)
    size = sizes[(octaves * np.float32((_GRID - 1) / octaves[-1])).astype(np.int32)]
    size[0] = 0.0
    phase = rng.random(size.size, dtype=np.float32) * np.float32(2 * np.pi)
    spectrum = np.empty(size.size, dtype=np.complex64)
    spectrum.real = size * np.cos(phase)
    spectrum.imag = size * np.sin(phase)
    wave = np.fft.irfft(spectrum, length).astype(np.float32)
    return wave / np.float32(max(float(np.sqrt(np.mean(wave * wave))), 1e-12))


def wide(length: int, curve: Sequence[tuple[float, float]], rng: np.random.Generator) -> Stereo:
    """Return a stereo loop of shaped noise whose sides share their middle but not their air."""
    left, air = shaped(length, curve, rng), shaped(length, curve, rng)
    return np.stack([left, np.float32(_SHARED) * left + np.float32(sqrt(1 - _SHARED**2)) * air])


def swell(length: int, waves: int, rng: np.random.Generator, depth: float = 1.0) -> Mono:
    """Return a slow looping envelope between `1 - depth` and 1 with about `waves` crests."""
    time = np.arange(length, dtype=np.float32) / length
    level = np.zeros(length, dtype=np.float32)
    for count, share in ((waves, 1.0), (max(1, waves // 2), 0.7), (waves * 2 + 1, 0.35)):
        level += np.float32(share) * np.cos(
            np.float32(2 * np.pi * count) * time + np.float32(rng.random() * 2 * np.pi)
        )
    low, high = float(level.min()), float(level.max())
    return (1 - depth + depth * (level - low) / (high - low)).astype(np.float32)


def decay(length: int, seconds: float, attack: float = 0.002) -> Mono:
    """Return an envelope that rises in `attack` and falls by 60 dB in `seconds`."""
    time = np.arange(length, dtype=np.float32) / RATE
    fall = np.exp(np.float32(-6.9 / seconds) * time)
    return (fall * np.minimum(1.0, time / max(attack, 1e-4))).astype(np.float32)


def scattered(length: int, sound: Mono, at: NDArray[np.int64], size: Mono) -> Mono:
    """Return a loop of `length` samples with `sound` at every `at`, each `size` times as loud."""
    out = np.zeros(length + sound.size, dtype=np.float32)
    for place, share in zip(at.tolist(), size.tolist(), strict=True):
        out[place : place + sound.size] += np.float32(share) * sound
    out[: sound.size] += out[length:]
    return out[:length]


def answer(seconds: float, damping: float, seed: str) -> Stereo:
    """Return the diffuse tail of a space, (2, N), with unit energy.

    Args:
        seconds: time to fall by 60 dB.
        damping: how much faster high sounds die, 0 bright to 1 dull.
        seed: names the space.
    """
    length = int(seconds * RATE)
    rng = generator("answer", seed)
    sides: list[Mono] = []
    for _ in range(2):
        low = shaped(length, [(60, -14), (200, 0), (1200, 0), (3000, -14), (9000, -40)], rng)
        high = shaped(length, [(300, -30), (1500, -6), (4000, 0), (9000, -8), (16000, -40)], rng)
        side = low * decay(length, seconds) + (1 - 0.7 * damping) * high * decay(
            length, seconds * (1 - 0.6 * damping)
        )
        sides.append((side / np.sqrt(np.sum(side * side))).astype(np.float32))
    return np.stack(sides)


def in_space(dry: Mono, tail: Stereo, wet: float) -> Stereo:
    """Return a mono sound as stereo inside a space: itself, then the space's answer after 18 ms."""
    gap = int(0.018 * RATE)
    length = _quick(dry.size + tail.shape[1])
    sound = np.fft.rfft(dry.astype(np.float32), length)
    space = np.fft.rfft(tail.astype(np.float32), length)
    heard = np.fft.irfft(sound * space, length)
    out = np.zeros((2, length), dtype=np.float32)
    out[:, gap:] = wet * heard[:, : length - gap]
    out[:, : dry.size] += dry
    return out


def _quick(length: int) -> int:
    """Return the next length that is a small multiple of a power of two, for fast transforms."""
    step = 1 << max(0, length.bit_length() - 4)
    return -(-length // step) * step


def trimmed(sound: Stereo, floor: float = 1e-3) -> Stereo:
    """Return a one-shot with peak 1 whose tail is cut and faded where it falls below `floor`."""
    peak = float(np.abs(sound).max())
    scaled = sound / np.float32(max(peak, 1e-9))
    loud = np.flatnonzero(np.abs(scaled).max(axis=0) > floor)
    end = int(loud[-1]) + 1 if loud.size else 1
    kept = scaled[:, :end].copy()
    fade = min(end, int(0.03 * RATE))
    kept[:, end - fade :] *= np.linspace(1, 0, fade, dtype=np.float32)
    return kept.astype(np.float32)
