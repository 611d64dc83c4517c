"""The grain of every effect: bursts, rings, glides, and how they are laid together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.film.sound.noise import decay, shaped
from stillreel.film.sound.nouns import RATE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from stillreel.film.sound.noise import Mono

    Effect = Callable[[np.random.Generator], Mono]
    """One performance of an effect, dry and mono."""


def clock(seconds: float) -> Mono:
    """Return the seconds of every sample of a sound, (N,)."""
    return np.arange(int(seconds * RATE), dtype=np.float32) / RATE


def burst(
    seconds: float,
    curve: Sequence[tuple[float, float]],
    rng: np.random.Generator,
    attack: float = 0.002,
) -> Mono:
    """Return a burst of shaped noise that falls by 60 dB in `seconds`."""
    length = int(seconds * RATE)
    return shaped(length, curve, rng) * decay(length, seconds, attack)


def ring(seconds: float, parts: Sequence[tuple[float, float, float]]) -> Mono:
    """Return ringing partials: (Hz, level, seconds of decay)."""
    time = clock(seconds)
    out = np.zeros(time.size, dtype=np.float32)
    for hertz, level, fall in parts:
        wave = np.sin(np.float32(2 * np.pi * hertz) * time)
        out += np.float32(level) * wave * decay(time.size, fall, 0.0015)
    return out


def glide(seconds: float, corners: Sequence[tuple[float, float]]) -> Mono:
    """Return the phase of a tone whose pitch goes through (share of time, Hz) corners."""
    time = clock(seconds)
    pitch = np.interp(time / seconds, [at for at, _ in corners], [hertz for _, hertz in corners])
    return (2 * np.pi * np.cumsum(pitch) / RATE).astype(np.float32)


def joined(parts: Sequence[tuple[float, Mono]]) -> Mono:
    """Lay sounds at their seconds and return their sum."""
    end = max(int(at * RATE) + sound.size for at, sound in parts)
    out = np.zeros(end, dtype=np.float32)
    for at, sound in parts:
        start = int(at * RATE)
        out[start : start + sound.size] += sound
    return out


def envelope(length: int, corners: Sequence[tuple[float, float]]) -> Mono:
    """Return an envelope of `length` samples through (share of length, level) corners."""
    along = np.linspace(0, 1, length, dtype=np.float32)
    level = np.interp(along, [at for at, _ in corners], [value for _, value in corners])
    return level.astype(np.float32)
