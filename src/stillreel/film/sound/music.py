"""Writing the music: one motif and one key for the film, new harmony and colour for every clip.

Bars are stretched a little so that a chord always begins on the join of two clips.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from stillreel.film.sound.mood import Mood, mood_of
from stillreel.film.sound.noise import generator
from stillreel.film.sound.nouns import RATE, Chord, Instrument, Mode, Tone

if TYPE_CHECKING:
    import numpy as np

    from stillreel.film.nouns import CutList, Span

_MAJOR = (0, 2, 4, 5, 7, 9, 11)
_MINOR = (0, 2, 3, 5, 7, 8, 10)
_PROGRESSIONS: dict[Mode, tuple[tuple[int, ...], ...]] = {
    "bright": ((0, 4, 5, 3), (0, 3, 1, 4), (0, 2, 3, 4)),
    "gentle": ((0, 5, 3, 4), (3, 0, 4, 5), (0, 3, 5, 4)),
    "wistful": ((5, 3, 0, 4), (5, 2, 3, 0), (1, 5, 3, 4)),
    "dark": ((0, 5, 3, 0), (0, 5, 2, 6), (0, 3, 5, 4)),
}
_BEAT_SECONDS: dict[Mode, float] = {"bright": 0.5, "gentle": 0.6, "wistful": 0.72, "dark": 0.85}
_PAD_GAIN: dict[Mode, float] = {"bright": 0.036, "gentle": 0.036, "wistful": 0.04, "dark": 0.052}
_AIR: dict[Mode, float] = {"bright": 0.8, "gentle": 0.6, "wistful": 0.4, "dark": 0.2}
_LEAD: dict[Mode, Instrument] = {
    "bright": "piano",
    "gentle": "piano",
    "wistful": "reed",
    "dark": "piano",
}
_RHYTHMS = (
    ((0, 2), (2, 1), (3, 3)),
    ((0, 1), (1, 1), (2, 1), (3, 2), (5, 1)),
    ((0, 3), (3, 1), (4, 1), (5, 1)),
    ((0, 2), (2, 1), (3, 2), (5, 1)),
    ((0, 1.5), (1.5, 0.5), (2, 1), (3, 3)),
)
_PHRASE = (0.7, 0.95, 1.15, 1.0)
"""How a phrase of four chords breathes."""
_CLOSE = ((0, 2), (2, 1), (3, 3))
_BREATH_SECONDS = 0.4
"""Silence before the first note, while the title rises out of the black."""
_CELL_BEATS = 6
"""Two bars of three: every chord lasts that long."""


@dataclass(frozen=True, slots=True)
class Theme:
    """What stays the same through the whole film."""

    tonic: int
    """MIDI note number of the key note below middle C."""
    cells: tuple[tuple[tuple[float, float, int], ...], ...]
    """Question, answer, question, close: (beat, beats, steps of the scale) of every note."""


@dataclass(frozen=True, slots=True)
class _Cell:
    """One chord's stretch of the film."""

    start: int
    end: int
    degree: int
    scale: tuple[int, ...]
    index: int
    last: bool


def compose(
    cut: CutList, seed: int, rests: tuple[tuple[int, int], ...] = ()
) -> tuple[tuple[Chord, ...], tuple[Tone, ...]]:
    """Return the pad and the notes of the whole film.

    Args:
        cut: the order of the film.
        seed: chooses key, motif and progressions.
        rests: (first, last) samples of speech, where the melody keeps silent.
    """
    rng = generator("music", seed)
    theme = _theme(rng)
    chords: list[Chord] = []
    tones: list[Tone] = []
    close: tuple[int, ...] = ()
    for span in cut.spans:
        mood = _mood(cut, span)
        cells = _cells(cut, span, mood, theme, generator("music", seed, span.id))
        for cell in cells:
            close = _voicing(theme, cell, close)
            chords.append(_chord(cell, close, mood, span, cut))
            played = _accompany(cell, close, mood, span, rng)
            played += [
                one for one in _sing(cell, theme, mood, span, rng) if not _inside(one, rests)
            ]
            force = 0.45 + 0.55 * _force(mood, span, cut)
            tones.extend(replace(one, gain=round(one.gain * force, 4)) for one in played)
    end = _samples(cut, cut.frames)
    begin = int(_BREATH_SECONDS * RATE)
    heard = (replace(tone, at=max(begin, tone.at)) for tone in tones)
    return tuple(chords), tuple(tone for tone in heard if tone.at < end - RATE // 2)


def _theme(rng: np.random.Generator) -> Theme:
    tonic = 48 + int(rng.choice([0, 2, 3, 5, 7, 9]))
    first = _RHYTHMS[int(rng.integers(len(_RHYTHMS)))]
    second = _RHYTHMS[int(rng.integers(len(_RHYTHMS)))]
    rise = int(rng.choice([1, 1, -1]))
    question = _line(first, rise, rng)
    answer = _line(second, -rise, rng)
    close = tuple(
        (beat, length, step) for (beat, length), step in zip(_CLOSE, (1, 1 + rise, 0), strict=True)
    )
    return Theme(tonic, (question, answer, question, close))


def _line(
    rhythm: tuple[tuple[float, float], ...], rise: int, rng: np.random.Generator
) -> tuple[tuple[float, float, int], ...]:
    notes: list[tuple[float, float, int]] = []
    step = 0
    for place, (beat, length) in enumerate(rhythm):
        notes.append((beat, length, step))
        leap = int(rng.choice([1, 1, 1, 2, 2, 3]))
        turn = -1 if place >= len(rhythm) - 2 else 1
        step += leap * rise * turn
    return tuple(notes)


def _mood(cut: CutList, span: Span) -> Mood:
    inside = [panel for panel in cut.panels if panel.clip == span.id]
    if inside:
        return mood_of(inside)
    near = cut.panels[:9] if span.kind == "title" else cut.panels[-9:]
    mood = mood_of(near)
    floor = 0.0 if mood.valence > -0.5 else -0.3
    return Mood(max(floor, mood.valence), 0.2, mood.night, mood.winter)


def _cells(
    cut: CutList, span: Span, mood: Mood, theme: Theme, rng: np.random.Generator
) -> tuple[_Cell, ...]:
    del theme
    start, end = _samples(cut, span.start), _samples(cut, span.end)
    beat = _BEAT_SECONDS[mood.mode] * (1.12 - 0.24 * mood.energy)
    count = max(1, round((end - start) / (beat * _CELL_BEATS * RATE)))
    options = _PROGRESSIONS[mood.mode]
    degrees = options[int(rng.integers(len(options)))]
    if span.kind == "title":
        degrees = (0,) if count == 1 else (3, 0, 4, 0)[4 - count :] if count < 4 else degrees
    if span.kind == "credits":
        degrees = ((3,) * (count - 1) + (0,)) if count > 1 else (0,)
    scale = _MINOR if mood.mode == "dark" else _MAJOR
    return tuple(
        _Cell(
            start + (end - start) * place // count,
            start + (end - start) * (place + 1) // count,
            degrees[place % len(degrees)],
            scale,
            place,
            place == count - 1,
        )
        for place in range(count)
    )


def _pitch(theme: Theme, scale: tuple[int, ...], degree: int) -> int:
    octave, step = divmod(degree, 7)
    return theme.tonic + 12 * octave + scale[step]


def _voicing(theme: Theme, cell: _Cell, before: tuple[int, ...]) -> tuple[int, ...]:
    """Return root and three upper voices, each moving as little as possible from the last chord."""
    root = _pitch(theme, cell.scale, cell.degree)
    bass = root - 12 if root - 12 >= 40 else root
    classes = [_pitch(theme, cell.scale, cell.degree + step) % 12 for step in (0, 2, 4)]
    centre = sum(before[1:]) / len(before[1:]) if before else 62.0
    centre += (62.0 - centre) * 0.3
    upper: list[int] = []
    for note in classes:
        octave = round((centre - note) / 12)
        upper.append(note + 12 * octave)
    return bass, *sorted(upper)


def _chord(cell: _Cell, voices: tuple[int, ...], mood: Mood, span: Span, cut: CutList) -> Chord:
    gain = _PAD_GAIN[mood.mode] * _force(mood, span, cut) * _PHRASE[cell.index % len(_PHRASE)]
    end = cell.end
    if span.kind == "credits" and cell.last:
        end = min(end, _samples(cut, cut.frames) - 2 * RATE)
    air = round(_AIR[mood.mode] + (0.1 if mood.energy > 0.6 else 0.0), 1)
    return Chord(voices, cell.start, max(end, cell.start + RATE // 4), round(gain, 4), air)


def _force(mood: Mood, span: Span, cut: CutList) -> float:
    """Return how strongly the orchestra plays: with the feeling, and with the arc of the film."""
    if span.kind != "clip":
        return 0.9
    feeling = max(abs(mood.valence), mood.energy)
    along = (span.start + span.frames / 2) / max(1, cut.frames)
    arc = 0.8 + 0.4 * max(0.0, 1 - abs(along - 0.75) / 0.6)
    return (0.4 + 0.85 * feeling) * arc


def _holds_back(mood: Mood, span: Span) -> bool:
    """Return whether a sad, still clip begins with its own air and a bare chord alone."""
    return span.kind == "clip" and mood.valence < -0.08 and mood.energy < 0.4


def _accompany(
    cell: _Cell, voices: tuple[int, ...], mood: Mood, span: Span, rng: np.random.Generator
) -> list[Tone]:
    beat = (cell.end - cell.start) / _CELL_BEATS
    if cell.index == 0 and _holds_back(mood, span):
        return []
    notes = [_tone("bass", voices[0] if voices[0] < 52 else voices[0] - 12, cell.start, 0.11, 0.0)]
    if mood.mode == "dark":
        if mood.energy > 0.45:
            for place in range(1, _CELL_BEATS):
                at = cell.start + int(place * beat)
                notes.append(_tone("bass", voices[0] - 12, at, 0.06 + 0.03 * mood.energy, 0.0))
        return notes
    if span.kind == "credits" and cell.last:
        order = (voices[1], voices[2], voices[3], voices[1] + 12, voices[2] + 12, voices[3] + 12)
        for place, pitch in enumerate(order):
            at = cell.start + int(place * beat * 0.5)
            notes.append(_tone("harp", pitch, at, 0.075 - 0.006 * place, 0.25))
        return notes
    order = (voices[1], voices[3], voices[2], voices[1], voices[3], voices[2])
    loud = 0.045 + 0.04 * mood.energy
    every = 2 if mood.mode == "wistful" or mood.energy < 0.25 else 1
    for place in range(0, _CELL_BEATS, every):
        at = cell.start + int((place + 0.0) * beat) + int(rng.normal(0, 0.006) * RATE)
        accent = 1.0 if place % 3 == 0 else 0.75
        notes.append(_tone("harp", order[place], at, loud * accent, 0.3))
        if mood.energy > 0.62 and mood.mode == "bright":
            half = at + int(beat / 2)
            notes.append(_tone("harp", order[place] + 12, half, loud * 0.45, 0.4))
    return notes


def _sing(
    cell: _Cell, theme: Theme, mood: Mood, span: Span, rng: np.random.Generator
) -> list[Tone]:
    if cell.index == 0 and _holds_back(mood, span):
        return []
    quiet = mood.energy < 0.3 and cell.index % 4 == 1
    if (quiet and span.kind == "clip") or (span.kind == "title" and cell.index > 1):
        return []
    line = theme.cells[3] if cell.last else theme.cells[cell.index % 4]
    if mood.mode == "dark":
        line = line[:1] if mood.energy < 0.5 else line[:2]
    beat = (cell.end - cell.start) / _CELL_BEATS
    lead = _lead(mood, span)
    home = _home(theme, cell)
    notes: list[Tone] = []
    for place, (offset, _, step) in enumerate(line):
        degree = home + step
        strong = place == 0 or (cell.last and place == len(line) - 1)
        if strong:
            degree = _nearest_chord_tone(degree, cell.degree)
        pitch = _pitch(theme, cell.scale, degree)
        at = max(0, cell.start + int(offset * beat) + int(rng.normal(0, 0.007) * RATE))
        arc = 0.85 + 0.3 * min(offset, 6 - offset) / 3
        loud = {"piano": 0.15, "celesta": 0.085, "reed": 0.1}.get(lead, 0.12) * arc
        loud *= 0.8 + 0.4 * mood.energy
        notes.append(_tone(lead, pitch - 12 if mood.mode == "dark" else pitch, at, loud, -0.12))
        if mood.mode == "bright" and mood.energy > 0.4 and lead == "piano":
            notes.append(_tone("celesta", pitch + 12, at, loud * 0.28, -0.3))
    return notes


def _lead(mood: Mood, span: Span) -> Instrument:
    if span.kind == "title":
        return "celesta"
    if mood.mode in {"gentle", "wistful"} and (mood.night or mood.winter):
        return "celesta"
    return _LEAD[mood.mode]


def _home(theme: Theme, cell: _Cell) -> int:
    """Return the scale degree near the middle of the melody's range that belongs to the chord."""
    wanted = 7 + (4 if theme.tonic < 53 else 0)
    return _nearest_chord_tone(wanted + (1 if cell.index % 4 == 2 else 0), cell.degree)


def _nearest_chord_tone(degree: int, root: int) -> int:
    tones = [root + step + 7 * octave for octave in range(-1, 5) for step in (0, 2, 4)]
    return min(tones, key=lambda tone: (abs(tone - degree), tone))


def _tone(instrument: Instrument, pitch: int, at: int, gain: float, pan: float) -> Tone:
    return Tone(instrument, pitch, max(0, at), round(gain, 4), pan)


def _inside(tone: Tone, rests: tuple[tuple[int, int], ...]) -> bool:
    return any(start <= tone.at < end for start, end in rests)


def _samples(cut: CutList, frames: int) -> int:
    return round(frames * RATE / cut.fps)
