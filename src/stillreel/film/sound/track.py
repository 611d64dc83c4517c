"""From score to a finished sound track: mixed, brought to loudness, limited, coded, span by span.

Every span is made on its own and kept by what is heard in it, so that spans can be made beside each
other, and a change of one panel costs one span. Only one figure ties them together: the gain that
brings the whole track to its loudness.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from stillreel.film.assemble import opened, storing
from stillreel.film.conform import keep
from stillreel.film.nouns import Loudness
from stillreel.film.sound.loudness import (
    SILENCE_LUFS,
    TARGET_LUFS,
    Limiter,
    Meter,
    glided,
    integrated,
)
from stillreel.film.sound.mix import play
from stillreel.film.sound.nouns import RATE
from stillreel.film.sound.spans import Span, spans_of
from stillreel.values.digest import of_value

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from stillreel.film.sound.noise import Stereo
    from stillreel.film.sound.nouns import Score

TRACK_VERSION = "3"
"""Changes whenever the same score would give other bytes."""

BIT_RATE = 192_000
FRAME = 1024
"""Samples of one AAC frame."""
_CLOSE_LU = 0.3
_STEP_DB = 0.2
"""Gains are whole steps, so that a change too small to hear leaves every other span as it is."""
_PASSES = 4
_TENTH = RATE // 10
_SETTLED = 9 * FRAME
"""Samples the coder and limiter hear before a span, and after it."""


@dataclass(frozen=True, slots=True)
class Levels:
    """What a meter says of one span."""

    momentary: tuple[float, ...]
    """LUFS of the 400 ms that end at every tenth of a second."""
    true_peak: float
    """dBTP."""


@dataclass(frozen=True, slots=True)
class Errand:
    """Something to be made of one span: its raw levels, or its coded sound at a gain."""

    span: Span
    gain: float | None
    """Decibel; None only measures the mix."""
    cache: Path

    @property
    def figures(self) -> Path:
        """Where its levels are kept."""
        what = [TRACK_VERSION, self.span.key, self.gain]
        return self.cache / f"sound-{of_value(what)[:24]}.json"

    @property
    def coded(self) -> Path:
        """Where its sound is kept."""
        return self.figures.with_suffix(".m4a")

    def levels(self) -> Levels | None:
        """Return what was measured, or None when the errand has not been run."""
        if not self.figures.is_file() or (self.gain is not None and not self.coded.is_file()):
            return None
        momentary, peak = json.loads(self.figures.read_text("utf-8"))
        return Levels(tuple(momentary), peak)

    def run(self) -> None:
        """Make it and keep it.

        Raises:
            NotConfigured: a line is to be spoken and the `voice` extra is missing.
            StorageError: the disk is full, or the folder cannot be written.
        """
        raw = np.concatenate(list(play(self.span.part, self.span.low)), axis=1)
        if self.gain is None:
            told = _measured(raw, self.span, peaks=False)
        else:
            loud = _limited(raw, 10 ** (self.gain / 20))
            told = _measured(loud, self.span, peaks=True)
            _code(loud, self.span, self.coded)
        keep(json.dumps([told.momentary, told.true_peak]).encode(), self.figures)


class Mastering:
    """One track on its way to -14 LUFS: says what is still to be made, then joins it."""

    def __init__(self, score: Score, cache: Path) -> None:
        """Cut the score into spans.

        Raises:
            NotConfigured: a line is to be spoken and the `voice` extra is missing.
        """
        self._spans = spans_of(score)
        self._cache = cache
        self._gain = 0.0
        self._heard: Sequence[Levels] = ()

    def missing(self) -> tuple[Errand, ...]:
        """Return the errands to be run next, in any order or at once; none when all is there."""
        lacking, raw = self._look(None)
        if lacking:
            return lacking
        level = integrated([one for levels in raw for one in levels.momentary])
        silent = level <= SILENCE_LUFS
        self._gain = 0.0 if silent else _stepped(TARGET_LUFS - level)
        for last in (*(False,) * (_PASSES - 1), True):
            lacking, self._heard = self._look(self._gain)
            off = TARGET_LUFS - self._integrated()
            if lacking or silent or last or abs(off) <= _CLOSE_LU:
                break
            # a limiter takes back part of every correction, so each goes a little further
            self._gain = _stepped(self._gain + 1.5 * off)
        return lacking

    def join(self, out: Path) -> Loudness | None:
        """Write the whole track into `out`, an AAC file, and return what a meter says of it.

        Returns:
            None when the track is silent.

        Raises:
            StorageError: the disk is full, or the folder cannot be written.
        """
        part = out.with_name(f".{out.name}.part")
        try:
            with storing(out):
                _join([Errand(span, self._gain, self._cache).coded for span in self._spans], part)
                part.replace(out)
        finally:
            part.unlink(missing_ok=True)
        level = self._integrated()
        if level <= SILENCE_LUFS:
            return None
        return Loudness(round(level, 3), max(one.true_peak for one in self._heard))

    def _look(self, gain: float | None) -> tuple[tuple[Errand, ...], tuple[Levels, ...]]:
        errands = [Errand(span, gain, self._cache) for span in self._spans]
        found = [(errand, errand.levels()) for errand in errands]
        return (
            tuple(errand for errand, levels in found if levels is None),
            tuple(levels for _, levels in found if levels is not None),
        )

    def _integrated(self) -> float:
        return integrated([one for levels in self._heard for one in levels.momentary])


def record(score: Score, out: Path, cache: Path) -> Loudness | None:
    """Play a score into an AAC file at -14 LUFS with true peaks under -1 dBTP.

    Returns:
        What the meter says of the finished track; None when it is silent.

    Raises:
        NotConfigured: a line is to be spoken and the `voice` extra is missing.
        StorageError: the disk is full, or the folder cannot be written.
    """
    mastering = Mastering(score, cache)
    while errands := mastering.missing():
        for errand in errands:
            errand.run()
    return mastering.join(out)


def _stepped(decibel: float) -> float:
    return round(round(decibel / _STEP_DB) * _STEP_DB, 6)


def _limited(raw: Stereo, gain: float) -> Stereo:
    limiter = Limiter()
    gains = limiter.glide(limiter.wanted(raw, gain))
    return raw * (glided(gains, 0, raw.shape[1]) * np.float32(gain))


def _measured(sound: Stereo, span: Span, *, peaks: bool) -> Levels:
    meter = Meter(peaks=peaks)
    for at in range(0, sound.shape[1], RATE):
        meter.feed(sound[:, at : at + RATE])
    before = (span.start - span.low) // _TENTH
    mine = meter.momentary()[before : before + (span.stop - span.start) // _TENTH]
    return Levels(tuple(mine), round(meter.true_peak(), 2) if peaks else 0.0)


def _code(sound: Stereo, span: Span, out: Path) -> None:
    """Code a span, and a little around it so that its frames meet those of its neighbours."""
    import av

    begin = max(0, span.start - _SETTLED)
    heard = sound[:, begin - span.low : min(span.stop + _SETTLED, span.high) - span.low]
    box: Any = av.open(str(_part(out)), "w", format="mp4", options={"fflags": "+bitexact"})
    with storing(out), box:
        stream: Any = box.add_stream(
            "aac", rate=RATE, layout="stereo", options={"aac_coder": "fast", "flags": "+bitexact"}
        )
        stream.bit_rate = BIT_RATE
        frame = av.AudioFrame.from_ndarray(
            np.ascontiguousarray(heard, dtype=np.float32), format="fltp", layout="stereo"
        )
        frame.sample_rate = RATE
        frame.pts = begin
        first = span.start or -FRAME
        for packet in (*stream.encode(frame), *stream.encode()):
            if packet.pts >= first and (span.last or packet.pts < span.stop):
                packet.pts -= first
                packet.dts = packet.pts
                box.mux(packet)
    _part(out).replace(out)


def _part(out: Path) -> Path:
    return out.with_name(f".{out.name}.part")


def _join(spans: Sequence[Path], part: Path) -> None:
    """Copy the frames of all spans into one file, the coder's lead-in marked as such."""
    import av

    with opened(spans[0], "audio") as first:
        box: Any = av.open(str(part), "w", format="mp4", options={"fflags": "+bitexact"})
        with box:
            track = box.add_stream_from_template(first.streams.audio[0])
            at = -FRAME
            for span in spans:
                with opened(span, "audio") as source:
                    for packet in source.demux(source.streams.audio[0]):
                        if packet.size:
                            packet.stream = track
                            packet.pts = packet.dts = at
                            at += FRAME
                            box.mux(packet)
