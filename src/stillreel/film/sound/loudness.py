"""How loud a track is, and how it is brought to a target without its peaks going over."""

from __future__ import annotations

from fractions import Fraction
from math import log10
from typing import TYPE_CHECKING, Any

import numpy as np

from stillreel.film.sound.nouns import RATE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from stillreel.film.sound.noise import Stereo

TARGET_LUFS = -14.0
TOLERANCE_LU = 0.5
CEILING_DBTP = -1.0
"""What the finished, coded track must keep."""
LIMIT_DBTP = -1.8
"""What the limiter keeps, so that lossy coding cannot lift a peak over the ceiling."""
SILENCE_LUFS = -70.0
_GATE_LU = 10.0

_CHUNK = 96
"""Samples the limiter decides on together: 2 ms."""
_REACH = 3
"""Chunks the limiter looks ahead, and over which its gain glides."""
_TAPS = 12
"""Samples of context an oversampling filter needs on each side."""
_NEAR = 0.72
"""Chunks under this share of the ceiling could only pass it by loud sound above 11 kHz."""


class Meter:
    """FFmpeg's EBU R128 meter, fed block by block."""

    def __init__(self, *, peaks: bool) -> None:
        """Open the meter; true peaks cost four times as much as loudness alone."""
        import av
        import av.error
        from av.filter import Graph

        self._again = (BlockingIOError, av.error.EOFError)
        self._frame: Any = av.AudioFrame
        graph: Any = Graph()
        self._source = graph.add_abuffer(
            sample_rate=RATE, format="fltp", layout="stereo", time_base=Fraction(1, RATE)
        )
        mode = "metadata=1:framelog=quiet" + (":peak=true" if peaks else "")
        meter = graph.add("ebur128", mode)
        self._sink = graph.add("abuffersink")
        self._source.link_to(meter)
        meter.link_to(self._sink)
        graph.configure()
        self._graph = graph
        self._at = 0
        self._told: list[dict[str, str]] = []

    def feed(self, block: Stereo) -> None:
        """Take the next (2, N) float32 samples."""
        frame = self._frame.from_ndarray(
            np.ascontiguousarray(block, dtype=np.float32), format="fltp", layout="stereo"
        )
        frame.sample_rate = RATE
        frame.pts = self._at
        self._at += block.shape[1]
        self._source.push(frame)
        self._drain()

    def momentary(self) -> list[float]:
        """Return the loudness in LUFS of the 400 ms that end at every tenth of a second so far."""
        return [float(told["lavfi.r128.M"]) for told in self._told]

    def integrated(self) -> float:
        """Return the loudness so far in LUFS, as the meter itself gates it."""
        return float(self._told[-1]["lavfi.r128.I"]) if self._told else SILENCE_LUFS

    def true_peak(self) -> float:
        """Return the highest true peak so far in dBTP; -120 of silence."""
        peak = float(self._told[-1].get("lavfi.r128.true_peak", "0")) if self._told else 0.0
        return 20 * log10(peak) if peak > 0 else -120.0

    def _drain(self) -> None:
        while True:
            try:
                frame = self._sink.pull()
            except self._again:
                return
            told = dict(frame.metadata)
            if "lavfi.r128.M" in told:
                self._told.append(told)


def integrated(momentary: Sequence[float]) -> float:
    """Return the gated loudness in LUFS of 400 ms blocks that overlap by three quarters.

    ITU-R BS.1770-4: blocks under -70 LUFS do not count, nor do those more than 10 LU under the mean
    of the rest. Silence reads -70 LUFS.
    """
    levels = np.asarray(momentary, dtype=np.float64)
    heard = levels[levels > SILENCE_LUFS]
    if not heard.size:
        return SILENCE_LUFS
    return _mean(heard[heard > _mean(heard) - _GATE_LU])


def _mean(levels: NDArray[np.float64]) -> float:
    return 10 * log10(float(np.mean(10 ** (levels / 10))))


class Limiter:
    """A look-ahead true-peak limiter that works on blocks and delays nothing.

    Every 2 ms chunk gets the gain that keeps its highest point, between samples too, under the
    ceiling; the gain glides over neighbouring chunks and is never higher than the lowest of them.
    """

    def __init__(self, ceiling_db: float = LIMIT_DBTP) -> None:
        """Keep peaks under `ceiling_db` dBTP."""
        self._ceiling = 10 ** (ceiling_db / 20)
        self._between = _oversampling()

    def wanted(self, track: Stereo, gain: float) -> NDArray[np.float32]:
        """Return for every chunk the highest gain, at most 1, that keeps its own peaks down."""
        count = -(-track.shape[1] // _CHUNK)
        padded = np.zeros((2, count * _CHUNK), dtype=np.float32)
        padded[:, : track.shape[1]] = track
        peaks = np.abs(padded).reshape(2, count, _CHUNK).max(axis=(0, 2)) * np.float32(gain)
        near = np.flatnonzero(peaks > self._ceiling * _NEAR)
        if near.size:
            rows = np.lib.stride_tricks.sliding_window_view(
                np.pad(padded, ((0, 0), (_TAPS, _TAPS))), _CHUNK + 2 * _TAPS, axis=1
            )[:, near * _CHUNK]
            between = np.abs(rows @ self._between).max(axis=(0, 2)) * np.float32(gain)
            peaks[near] = np.maximum(peaks[near], between)
        return np.minimum(1.0, self._ceiling / np.maximum(peaks, 1e-9)).astype(np.float32)

    @staticmethod
    def glide(wanted: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return chunk gains that never exceed the wanted ones and change without a click."""
        wide = np.pad(wanted, 2 * _REACH, constant_values=1.0)
        lowest = np.lib.stride_tricks.sliding_window_view(wide, 2 * _REACH + 1).min(axis=1)
        kernel = np.ones(2 * _REACH + 1) / (2 * _REACH + 1)
        return np.convolve(lowest, kernel, "valid").astype(np.float32)


def glided(gains: NDArray[np.float32], first: int, length: int) -> NDArray[np.float32]:
    """Return chunk gains as one gain per sample for `length` samples from `first`, a chunk's edge.

    Between two edges the gain runs straight, and at an edge it is the lower neighbour's, so that
    no sample gets more than its chunk allows.
    """
    place = first // _CHUNK
    count = -(-length // _CHUNK)
    wide = np.pad(gains, 1, mode="edge")[place : place + count + 2]
    edges = np.minimum(wide[:-1], wide[1:])
    along = np.arange(_CHUNK, dtype=np.float32) / _CHUNK
    whole = edges[:-1, None] + (edges[1:] - edges[:-1])[:, None] * along
    return whole.reshape(-1)[:length].astype(np.float32)


def _oversampling() -> NDArray[np.float32]:
    """Return the matrix that turns a chunk with its context into the points between its samples.

    Windowed sinc for half a sample: (chunk + context, chunk). Quarters would find at most a few
    tenths of a decibel more, which the distance of the limit to the ceiling holds ready.
    """
    matrix = np.zeros((_CHUNK + 2 * _TAPS, _CHUNK), dtype=np.float32)
    near = np.arange(-_TAPS, _TAPS)
    away = near + 0.5
    taps = np.sinc(away) * np.cos(np.pi * away / (2 * _TAPS + 2)) ** 2
    for place in range(_CHUNK):
        rows = place + _TAPS + near + 1
        inside = rows < matrix.shape[0]
        matrix[rows[inside], place] = taps[inside]
    return matrix
