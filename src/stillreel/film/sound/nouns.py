"""The score: every sound of the film as values, in samples at 48 kHz."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

RATE = 48_000
"""Samples per second."""

Space = Literal["open", "room", "hall"]
"""How a place answers: no walls, near walls, far walls."""

Mode = Literal["bright", "gentle", "wistful", "dark"]
"""Harmony of a stretch of music, from a major key to its darkest minor."""

Instrument = Literal["piano", "celesta", "harp", "reed", "bass"]


@dataclass(frozen=True, slots=True)
class Bed:
    """A continuous sound: room tone, weather, the air of a place."""

    kind: str
    start: int
    end: int
    gain: float
    """Linear, of a loop whose loudest channel has RMS 1."""
    fade_in: int
    """Samples before `start` reaches full gain; the fade ends at `start + fade_in`."""
    fade_out: int
    """Samples of fade that begin at `end`."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One effect at one moment."""

    kind: str
    at: int
    """Sample of its onset."""
    gain: float
    """Linear, of an effect whose peak is 1."""
    pan: float
    """-1 left to 1 right."""
    variant: int
    """Which performance of the effect."""
    space: Space


@dataclass(frozen=True, slots=True)
class Tone:
    """One note of the music."""

    instrument: Instrument
    pitch: int
    """MIDI note number."""
    at: int
    gain: float
    pan: float


@dataclass(frozen=True, slots=True)
class Chord:
    """A held chord of the pad."""

    pitches: tuple[int, ...]
    """MIDI note numbers, low to high."""
    start: int
    end: int
    gain: float
    air: float
    """0 dark to 1 bright: how many overtones the pad has."""


@dataclass(frozen=True, slots=True)
class Speech:
    """A line for the scratch voice."""

    who: str
    text: str
    language: str
    at: int
    room: int
    """Samples until the panel it is spoken in ends."""
    pitch: int
    """0 to 99, 50 is the voice's own."""
    words_per_minute: int
    pan: float


@dataclass(frozen=True, slots=True)
class Score:
    """Everything that is heard in the film."""

    samples: int
    """Length of the track."""
    seed: int
    beds: tuple[Bed, ...] = ()
    hits: tuple[Hit, ...] = ()
    tones: tuple[Tone, ...] = ()
    chords: tuple[Chord, ...] = ()
    speech: tuple[Speech, ...] = ()
