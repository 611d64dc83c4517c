"""Playing the score: every bed, note, effect and line summed block by block."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from stillreel.film.sound.beds import LOOP, loop
from stillreel.film.sound.effects import effect
from stillreel.film.sound.instruments import PAD_LOOP, note, pad
from stillreel.film.sound.nouns import RATE
from stillreel.film.sound.voice import speak

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from stillreel.film.sound.noise import Mono, Stereo
    from stillreel.film.sound.nouns import Bed, Chord, Score, Speech

BLOCK = RATE
"""Samples mixed at a time."""
_ATTACK = int(0.5 * RATE)
RELEASE = int(1.6 * RATE)
"""Samples a chord fades for after its end."""
RING = 6 * RATE
"""No note and no effect rings for longer."""
_DUCK = 0.4
"""How far music and beds step back under speech."""
_DUCK_GLIDE = int(0.3 * RATE)
_BREATH = int(0.2 * RATE)
"""Least silence between two spoken lines."""


@dataclass(frozen=True, slots=True)
class _Shot:
    """A one-shot ready to be added: where, how loud on each side, and its samples."""

    at: int
    left: float
    right: float
    sound: Stereo

    @property
    def end(self) -> int:
        return self.at + self.sound.shape[1]


@dataclass(frozen=True, slots=True)
class Said:
    """A line with its samples."""

    line: Speech
    sound: Mono

    @property
    def end(self) -> int:
        """Sample after its last."""
        return self.line.at + self.sound.size

    def touches(self, start: int, stop: int) -> bool:
        """Say whether the line, or the ducking around it, is heard between two samples."""
        return self.line.at - _DUCK_GLIDE < stop and self.end + _DUCK_GLIDE > start


def play(score: Score, first: int = 0) -> Iterator[Stereo]:
    """Yield the mix from sample `first` on, as (2, N) float32 blocks of at most `BLOCK` samples.

    Raises:
        NotConfigured: a line is to be spoken and the `voice` extra is missing.
    """
    said = placed(score)
    shots = _Queue(score)
    for start in range(first, score.samples, BLOCK):
        stop = min(start + BLOCK, score.samples)
        block = np.zeros((2, stop - start), dtype=np.float32)
        for chord in score.chords:
            if chord.start < stop and chord.end + RELEASE > start:
                _add_chord(block, chord, start, score.seed)
        for bed in score.beds:
            if bed.start < stop and bed.end + bed.fade_out > start:
                _add_bed(block, bed, start, score.seed)
        shots.music(block, start)
        if said:
            block *= _ducking(said, start, stop)
        shots.effects(block, start)
        for line in said:
            sides = _sides(line.line.pan)
            _add(block, start, _Shot(line.line.at, *sides, np.stack([line.sound] * 2)))
        yield block


class _Queue:
    """One-shots in order of their onset; those that still ring are carried to the next block."""

    def __init__(self, score: Score) -> None:
        self._tones = sorted(score.tones, key=lambda tone: (tone.at, tone.pitch))
        self._hits = score.hits
        self._next_tone = self._next_hit = 0
        self._ringing: list[_Shot] = []
        self._sounding: list[_Shot] = []

    def music(self, block: Stereo, start: int) -> None:
        stop = start + block.shape[1]
        while self._next_tone < len(self._tones) and self._tones[self._next_tone].at < stop:
            tone = self._tones[self._next_tone]
            left, right = _sides(tone.pan)
            sound = note(tone.instrument, tone.pitch)
            self._ringing.append(_Shot(tone.at, left * tone.gain, right * tone.gain, sound))
            self._next_tone += 1
        self._ringing = _lay(block, start, self._ringing)

    def effects(self, block: Stereo, start: int) -> None:
        stop = start + block.shape[1]
        while self._next_hit < len(self._hits) and self._hits[self._next_hit].at < stop:
            hit = self._hits[self._next_hit]
            left, right = _sides(hit.pan)
            sound = effect(hit.kind, hit.variant, hit.space)
            self._sounding.append(_Shot(hit.at, left * hit.gain, right * hit.gain, sound))
            self._next_hit += 1
        self._sounding = _lay(block, start, self._sounding)


def _lay(block: Stereo, start: int, shots: list[_Shot]) -> list[_Shot]:
    for shot in shots:
        _add(block, start, shot)
    stop = start + block.shape[1]
    return [shot for shot in shots if shot.end > stop]


def _add(block: Stereo, start: int, shot: _Shot) -> None:
    first = max(shot.at, start)
    last = min(shot.end, start + block.shape[1])
    if last <= first:
        return
    piece = shot.sound[:, first - shot.at : last - shot.at]
    block[0, first - start : last - start] += np.float32(shot.left) * piece[0]
    block[1, first - start : last - start] += np.float32(shot.right) * piece[1]


def _sides(pan: float) -> tuple[float, float]:
    """Return equal-power gains of left and right, both 1 in the middle."""
    angle = (pan + 1) * np.pi / 4
    return float(np.cos(angle) * np.sqrt(2)), float(np.sin(angle) * np.sqrt(2))


def _add_chord(block: Stereo, chord: Chord, start: int, seed: int) -> None:
    sound = pad(chord.pitches, chord.air, seed)
    last = chord.end + RELEASE
    begin, stop = max(chord.start, start), min(last, start + block.shape[1])
    corners = (chord.start, min(chord.start + _ATTACK, chord.end), chord.end, last)
    level = _ramp(begin, stop, corners)
    # a fixed phase per chord, so that a chord sounds the same wherever blocks are cut
    piece = _turned(sound, begin - chord.start, stop - begin, PAD_LOOP)
    block[:, begin - start : stop - start] += piece * (level * np.float32(chord.gain))


def _add_bed(block: Stereo, bed: Bed, start: int, seed: int) -> None:
    sound = loop(bed.kind, seed)
    last = bed.end + bed.fade_out
    begin, stop = max(bed.start, start), min(last, start + block.shape[1])
    level = _ramp(begin, stop, (bed.start, bed.start + bed.fade_in, bed.end, last))
    piece = _turned(sound, begin, stop - begin, LOOP)
    block[:, begin - start : stop - start] += piece * (level * np.float32(bed.gain))


def _ramp(
    begin: int, stop: int, corners: tuple[int, int, int, int]
) -> NDArray[np.float32] | np.float32:
    """Return a trapezoid envelope between `begin` and `stop`; a plain 1 on its plateau."""
    rise, full, fall, end = corners
    if begin >= full and stop <= fall:
        return np.float32(1.0)
    at = np.arange(begin, stop, dtype=np.float32)
    up = np.clip((at - rise) / max(1, full - rise), 0, 1)
    down = np.clip((end - at) / max(1, end - fall), 0, 1)
    level = np.minimum(up, down)
    return (level * level * (3 - 2 * level)).astype(np.float32)


def _turned(sound: Stereo, first: int, length: int, period: int) -> Stereo:
    at = first % period
    if at + length <= period:
        return sound[:, at : at + length]
    return np.concatenate([sound[:, at:], sound[:, : at + length - period]], axis=1)


def placed(score: Score) -> tuple[Said, ...]:
    """Return every line with its samples; a line waits until the one before it is over.

    Raises:
        NotConfigured: a line is to be spoken and the `voice` extra is missing.
    """
    said: list[Said] = []
    free = 0
    for line in score.speech:
        sound = speak(line)
        if not sound.size:
            continue
        said.append(Said(replace(line, at=max(line.at, free)), sound))
        free = said[-1].end + _BREATH
    return tuple(said)


def _ducking(said: tuple[Said, ...], start: int, stop: int) -> NDArray[np.float32] | np.float32:
    near = [one for one in said if one.touches(start, stop)]
    if not near:
        return np.float32(1.0)
    depth = np.zeros(stop - start, dtype=np.float32)
    for one in near:
        corners = (one.line.at - _DUCK_GLIDE, one.line.at, one.end, one.end + _DUCK_GLIDE)
        depth = np.maximum(depth, _ramp(start, stop, corners))
    return (1 - (1 - np.float32(_DUCK)) * depth).astype(np.float32)
