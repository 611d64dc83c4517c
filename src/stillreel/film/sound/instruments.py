"""The small orchestra: a pad that loops, and struck, plucked and blown notes with a room around."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from stillreel.film.sound.noise import answer, decay, generator, in_space, shaped, trimmed
from stillreel.film.sound.nouns import RATE

if TYPE_CHECKING:
    from collections.abc import Callable

    from stillreel.film.sound.noise import Mono, Stereo
    from stillreel.film.sound.nouns import Instrument

PAD_LOOP = 1 << 18
"""Samples after which a held chord repeats without a seam."""

_TAIL_SECONDS = 1.9
_WET: dict[str, float] = {"piano": 0.34, "celesta": 0.5, "harp": 0.4, "reed": 0.45, "bass": 0.12}


def hertz(pitch: float) -> float:
    """Return the frequency of a MIDI note number, A4 = 69 = 440 Hz."""
    return 440.0 * 2.0 ** ((pitch - 69) / 12)


@cache
def pad(pitches: tuple[int, ...], air: float, seed: int) -> Stereo:
    """Return a held chord as a stereo loop of `PAD_LOOP` samples with RMS 1.

    Every partial is a narrow band of noise-phased sines, as if many strings played it: no beating,
    no seam, and a stereo width of its own.

    Args:
        pitches: MIDI note numbers; the lowest carries most weight.
        air: 0 dark to 1 bright.
        seed: another seed is another performance.
    """
    rng = generator("pad", pitches, air, seed)
    step = RATE / PAD_LOOP
    size = np.zeros(PAD_LOOP // 2 + 1, dtype=np.float32)
    for place, pitch in enumerate(pitches):
        root = hertz(pitch)
        weight = 1.0 if place == 0 else 0.8
        for part in range(1, 15):
            centre = root * part
            if centre > 7000:
                break
            level = weight / part ** (2.3 - 0.9 * air) * (1.0 if part % 2 else 0.8)
            spread = max(0.35, centre * 0.0035 * part**0.1)
            low = max(1, int((centre - 4 * spread) / step))
            high = int((centre + 4 * spread) / step) + 2
            away = (np.arange(low, high) * step - centre) / spread
            size[low:high] += np.float32(level / np.sqrt(spread)) * np.exp(
                -0.5 * away * away
            ).astype(np.float32)
    sides: list[Mono] = []
    for _ in range(2):
        phase = rng.random(size.size, dtype=np.float32) * np.float32(2 * np.pi)
        spectrum = np.empty(size.size, dtype=np.complex64)
        spectrum.real, spectrum.imag = size * np.cos(phase), size * np.sin(phase)
        sides.append(np.fft.irfft(spectrum, PAD_LOOP))
    sound = np.stack(sides).astype(np.float32)
    sound /= np.float32(np.sqrt(np.mean(sound * sound)))
    sound.flags.writeable = False
    return sound


@cache
def note(instrument: Instrument, pitch: int) -> Stereo:
    """Return one note with its room, (2, N) float32 with peak 1."""
    dry = _VOICES[instrument](hertz(pitch))
    dry = dry / np.float32(np.abs(dry).max())
    sound = trimmed(in_space(dry, _tail(), _WET[instrument]), 2e-3).astype(np.float32)
    sound.flags.writeable = False
    return sound


@cache
def _tail() -> Stereo:
    return answer(_TAIL_SECONDS, 0.55, "stage")


def _strings(
    root: float, seconds: float, falls: Callable[[int], tuple[float, float]], stiff: float = 0.0
) -> Mono:
    """Return partials that each have a level and a decay time."""
    time = np.arange(int(seconds * RATE), dtype=np.float32) / RATE
    out = np.zeros(time.size, dtype=np.float32)
    for part in range(1, 16):
        pitch = root * part * (1 + stiff * part * part) ** 0.5
        if pitch > 9000:
            break
        level, fall = falls(part)
        wave = np.sin(np.float32(2 * np.pi * pitch) * time + np.float32(part * 1.7))
        out += np.float32(level) * wave * np.exp(np.float32(-6.9 / fall) * time)
    return out * np.minimum(1.0, time / np.float32(0.003))


def _piano(root: float) -> Mono:
    soft = _strings(
        root,
        3.0,
        lambda part: (1 / part**1.55 * (0.35 if part == 7 else 1), 4.2 / (1 + 0.42 * part)),
        0.0004,
    )
    felt = shaped(int(0.06 * RATE), [(80, -6), (400, 0), (1600, -12), (6000, -40)], _rng(root))
    soft[: felt.size] += 0.05 * felt * decay(felt.size, 0.05)
    return soft


def _celesta(root: float) -> Mono:
    time = np.arange(int(2.6 * RATE), dtype=np.float32) / RATE
    out = np.zeros(time.size, dtype=np.float32)
    for ratio, level, fall in ((1, 1, 2.4), (2, 0.22, 1.4), (4.02, 0.28, 0.7), (9.2, 0.08, 0.16)):
        if root * ratio < 14000:
            out += (
                np.float32(level)
                * np.sin(np.float32(2 * np.pi * root * ratio) * time)
                * np.exp(np.float32(-6.9 / fall) * time)
            )
    return out * np.minimum(1.0, time / np.float32(0.002))


def _harp(root: float) -> Mono:
    return _strings(
        root, 2.2, lambda part: (abs(np.sin(part * 0.9)) / part**1.35, 2.6 / (0.9 + 0.5 * part))
    )


def _reed(root: float) -> Mono:
    seconds = 1.9
    time = np.arange(int(seconds * RATE), dtype=np.float32) / RATE
    wobble = np.clip((time - 0.35) / 0.5, 0, 1) * np.sin(np.float32(2 * np.pi * 4.8) * time)
    phase = np.float32(2 * np.pi * root) * time + np.float32(root * 0.0045 / 4.8) * (1 - wobble)
    out = np.zeros(time.size, dtype=np.float32)
    for part, level in ((1, 1.0), (2, 0.18), (3, 0.36), (4, 0.07), (5, 0.12), (7, 0.04)):
        out += np.float32(level) * np.sin(part * phase)
    breath = shaped(time.size, [(root, -14), (root * 2, 0), (root * 5, -20)], _rng(root))
    shape = np.interp(time, [0, 0.09, 0.5, 1.2, seconds], [0, 0.85, 1, 0.75, 0])
    return (out + 0.025 * breath) * (shape * (1 + 0.06 * wobble))


def _bass(root: float) -> Mono:
    return _strings(root, 3.0, lambda part: (1 / part**2.0, 3.4 / (1 + 0.3 * part)))


def _rng(root: float) -> np.random.Generator:
    return generator("breath", round(root * 64))


_VOICES: dict[str, Callable[[float], Mono]] = {
    "piano": _piano,
    "celesta": _celesta,
    "harp": _harp,
    "reed": _reed,
    "bass": _bass,
}
