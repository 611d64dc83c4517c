"""From score to a finished sound track: mixed, brought to loudness, limited, coded."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from stillreel.errors import StorageError
from stillreel.film.sound.loudness import (
    CEILING_DBTP,
    SILENCE_LUFS,
    TARGET_LUFS,
    Limiter,
    Meter,
    glided,
)
from stillreel.film.sound.mix import BLOCK, play
from stillreel.film.sound.nouns import RATE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from stillreel.film.nouns import Loudness
    from stillreel.film.sound.noise import Stereo
    from stillreel.film.sound.nouns import Score

TRACK_VERSION = "2"
"""Changes whenever the same score would give other bytes."""

BIT_RATE = 192_000
_CLOSE_LU = 0.3
_HEADROOM = 0.5
"""The spool keeps the raw mix at half its level in 16 bits, so that no peak is lost."""


def record(score: Score, out: Path) -> Loudness | None:
    """Play a score into an AAC file at -14 LUFS with true peaks under -1 dBTP.

    Memory stays bounded: the raw mix waits in a spool file beside `out`.

    Returns:
        What the meter says of the finished track; None when it is silent.

    Raises:
        NotConfigured: a line is to be spoken and the `voice` extra is missing.
        StorageError: the disk is full, or the folder cannot be written.
    """
    try:
        with tempfile.TemporaryFile(dir=out.parent) as spool:
            first = Meter(peaks=False)
            for block in play(score):
                first.feed(block)
                whole = np.clip(block * np.float32(32767 * _HEADROOM), -32768, 32767)
                spool.write(np.rint(whole).astype("<i2").tobytes("F"))
            spool.flush()
            raw = np.memmap(spool, dtype="<i2", mode="r").reshape(-1, 2)
            return _master(raw, first.read(), out)
    except OSError as error:
        raise StorageError(
            f"The sound track cannot be written: {error.strerror or error}.",
            where=str(out),
            next_step="Free some space or choose another folder, then run again.",
        ) from error


def _master(raw: NDArray[np.int16], measured: Loudness, out: Path) -> Loudness | None:
    gain = 10 ** ((TARGET_LUFS - measured.integrated) / 20)
    if measured.integrated <= SILENCE_LUFS:
        gain = 1.0
    told = _pass(raw, gain, out)
    if measured.integrated <= SILENCE_LUFS:
        return None
    for _ in range(3):
        off = TARGET_LUFS - told.integrated
        if abs(off) <= _CLOSE_LU and told.true_peak <= CEILING_DBTP:
            break
        # a limiter takes back part of every correction, so each goes a little further
        gain *= 10 ** (1.5 * off / 20)
        told = _pass(raw, gain, out)
    return told


def _pass(raw: NDArray[np.int16], gain: float, out: Path) -> Loudness:
    limiter = Limiter()
    wanted = [limiter.wanted(block, gain) for _, block in _blocks(raw)]
    gains = limiter.glide(np.concatenate(wanted))
    meter = Meter(peaks=True)
    with Coder(out) as coder:
        for start, block in _blocks(raw):
            level = glided(gains, start, block.shape[1]) * np.float32(gain)
            loud = block * level
            meter.feed(loud)
            coder.add(loud)
    return meter.read()


def _blocks(raw: NDArray[np.int16]) -> Iterator[tuple[int, Stereo]]:
    for start in range(0, raw.shape[0], BLOCK):
        piece = raw[start : start + BLOCK].T.astype(np.float32)
        yield start, piece * np.float32(1 / (32767 * _HEADROOM))


class Coder:
    """Writes (2, N) float32 blocks as one AAC track, 48 kHz stereo, the same bytes every time."""

    def __init__(self, out: Path) -> None:
        """Open `out`, an .m4a file."""
        import av

        self._frame: Any = av.AudioFrame
        self._box: Any = av.open(str(out), "w", format="mp4", options={"fflags": "+bitexact"})
        self._stream: Any = self._box.add_stream(
            "aac", rate=RATE, layout="stereo", options={"aac_coder": "fast", "flags": "+bitexact"}
        )
        self._stream.bit_rate = BIT_RATE
        self._at = 0

    def __enter__(self) -> Self:
        """Return the open coder."""
        return self

    def __exit__(self, *_: object) -> None:
        """Flush and close the file."""
        for packet in self._stream.encode():
            self._box.mux(packet)
        self._box.close()

    def add(self, block: Stereo) -> None:
        """Code the next samples."""
        frame = self._frame.from_ndarray(
            np.ascontiguousarray(block, dtype=np.float32), format="fltp", layout="stereo"
        )
        frame.sample_rate = RATE
        frame.pts = self._at
        self._at += block.shape[1]
        for packet in self._stream.encode(frame):
            self._box.mux(packet)
