"""Facts of a clip, frame by frame: size, rate, cuts, black and frozen runs."""

from __future__ import annotations

import io
import itertools
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from stillreel.errors import MediaError
from stillreel.measure.nouns import ClipFacts, Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

_SMALL = (96, 54)
"""Width and height every frame is measured at."""
_DARK, _FLAT = 20.0, 6.0
"""A black frame's mean and deviation are below these (0..255)."""
_JUMP = 9.0
"""Least mean change per pixel (0..255) of a cut."""
_RATIO = 3.6
"""How many times larger a cut is than the change around it."""
_CERTAIN = 42.0
"""Change that is a cut whatever goes on around it."""
_AROUND = 6
_STILL, _STILL_SHARE, _STILL_MOST = 0.12, 0.1, 0.6
"""Change below which two frames are the same: outright, or as a share of the shot's own motion up
to a limit, because an encoder takes some frames to come to rest."""
_MOVES = 0.5
"""Median change of a shot that moves."""
_FASTEST = 480
_HOLD = 7
"""Equal frames in a row that are no fault: drawings on twos and threes, and a short rest."""


class _Tally(NamedTuple):
    """What one pass over the frames leaves behind."""

    change: NDArray[np.float64]
    """Mean change from the last frame that was not black, for each frame; 0 for the first."""
    black: NDArray[np.bool_]


def facts(source: Path | bytes, where: str = "") -> ClipFacts:
    """Measure a clip, one frame in memory at a time.

    Args:
        source: the file, or its bytes.
        where: what to call it in errors; the path if empty.

    Raises:
        MediaError: it is no film, has no picture, or cannot be decoded.
    """
    import av
    from av.error import FFmpegError

    name = where or (source.as_posix() if isinstance(source, Path) else "")
    try:
        opened = io.BytesIO(source) if isinstance(source, bytes) else str(source)
        with av.open(opened, "r") as film:
            if not film.streams.video:
                raise MediaError(
                    "The file has no moving picture.", where=name, next_step="Give a film."
                )
            stream = film.streams.video[0]
            stream.thread_count = 1
            size = stream.codec_context.width, stream.codec_context.height
            rate = _rate(stream.average_rate, stream.guessed_rate)
            tally = _tally(
                np.asarray(frame.reformat(*_SMALL, format="bgr24").to_ndarray(), np.uint8)
                for frame in film.decode(stream)
            )
    except (FFmpegError, OSError) as error:
        raise MediaError(
            "The clip cannot be decoded.", where=name, next_step="Give an MP4, MOV or WebM film."
        ) from error
    count = tally.change.size
    if not count or rate <= 0:
        raise MediaError("The clip has no frames.", where=name, next_step="Make it again.")
    cuts = cuts_in(tally.change)
    frozen = _frozen(tally, cuts)
    return ClipFacts(*size, rate, count, cuts, _spans(tally.black, 1), frozen)


def _rate(average: Fraction | None, guessed: Fraction | None) -> Fraction:
    """Return frames per second; files with broken times claim thousands, so the guess helps out."""
    if average and 0 < average <= _FASTEST:
        return Fraction(average)
    return Fraction(guessed or 0)


def _tally(frames: Iterable[NDArray[np.uint8]]) -> _Tally:
    """Measure small BGR frames in passing; a black frame is held against nothing."""
    change: list[float] = []
    black: list[bool] = []
    before: NDArray[np.int16] | None = None
    for frame in frames:
        now = frame.astype(np.int16)
        dark = float(now.mean()) < _DARK and float(now.std()) < _FLAT
        black.append(dark)
        change.append(0.0 if dark or before is None else float(np.abs(now - before).mean()))
        if not dark:
            before = now
    return _Tally(np.array(change), np.array(black, np.bool_))


def cuts_in(change: NDArray[np.float64]) -> tuple[int, ...]:
    """Return where a new shot begins, from the mean change (0..255) into each frame.

    A cut stands out from the frames around it, so a fast pan is none and a jump cut is one.
    """
    found: list[int] = []
    for at in np.flatnonzero(change >= _JUMP):
        near = np.concatenate(
            [change[max(1, at - _AROUND) : at], change[at + 1 : at + 1 + _AROUND]]
        )
        usual = float(np.median(near)) if near.size else 0.0
        highest = at == max(0, at - 1) + int(change[max(0, at - 1) : at + 2].argmax())
        stands_out = change[at] > _RATIO * usual + 2 and change[at] > 1.6 * near.max(initial=0.0)
        if highest and (stands_out or (change[at] > _CERTAIN and change[at] > 2 * usual)):
            found.append(int(at))
    return tuple(found)


def _spans(flags: NDArray[np.bool_], least: int) -> tuple[Span, ...]:
    """Return the runs of True that are at least so long."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8)))
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return tuple(Span(int(a), int(b)) for a, b in pairs if b - a >= least)


def _frozen(tally: _Tally, cuts: tuple[int, ...]) -> tuple[Span, ...]:
    """Return runs of equal frames inside shots that otherwise move."""
    found: list[Span] = []
    edges = [0, *cuts, tally.change.size]
    for start, stop in itertools.pairwise(edges):
        change = tally.change[start + 1 : stop]
        motion = float(np.median(change)) if change.size else 0.0
        least = max(_STILL, min(_STILL_MOST, _STILL_SHARE * motion))
        still = (change < least) & ~tally.black[start + 1 : stop]
        moving = change[~still]
        if moving.size < _HOLD or float(np.median(moving)) < _MOVES:
            continue
        found += [Span(start + span.first, start + 1 + span.last) for span in _spans(still, _HOLD)]
    return tuple(found)
