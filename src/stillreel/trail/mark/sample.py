"""Frames spread over a film, without decoding all of it where it is long."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from stillreel.errors import MediaError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from av.container import InputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream
    from numpy.typing import NDArray

_WANTED = 96
_ENOUGH = 48
"""Key frames that are enough to do without the others."""
_SHORT = 1500
"""Frames up to which a film is decoded from end to end."""
_MOST = 20_000
"""Frames after which decoding from end to end stops."""
_LARGEST = 8192 * 4608
"""Pixels."""
_EIGHT_BIT = {"yuv420p", "yuvj420p", "yuv422p", "yuvj422p", "yuv444p", "yuvj444p", "nv12", "gray"}


def spread(path: Path) -> Iterator[NDArray[np.uint8]]:
    """Yield the luma planes, (height, width), of about a hundred frames spread over a film.

    A short film is decoded from end to end; of a long one only key frames are, unless it has few.

    Raises:
        MediaError: it cannot be opened or decoded, has no picture, or one that is too large.
    """
    import av
    import av.error

    try:
        with av.open(str(path), metadata_errors="replace") as box:
            stream = next(iter(box.streams.video), None)
            if stream is None or stream.width * stream.height > _LARGEST:
                raise MediaError("This file has no picture that can be read.", where=str(path))
            stream.codec_context.thread_count = 1
            stream.codec_context.options = {"max_pixels": str(_LARGEST)}
            yield from _planes(_chosen(box, stream))
    except (OSError, av.error.FFmpegError) as error:
        raise MediaError("This file cannot be decoded as a film.", where=str(path)) from error


def _chosen(box: InputContainer, stream: VideoStream) -> Iterator[VideoFrame]:
    seconds = Fraction(box.duration or 0, 1_000_000)
    frames = int(stream.frames) or int(seconds * (stream.average_rate or 24))
    if frames > _SHORT:
        found = 0
        for frame in _key_frames(box, stream, seconds):
            found += 1
            yield frame
        if found >= _ENOUGH:
            return
        box.seek(0)
    pace = max(1, frames // _WANTED)
    for index, frame in enumerate(box.decode(stream)):
        if index >= _MOST:
            return
        if index % pace == 0:
            yield frame


def _key_frames(
    box: InputContainer, stream: VideoStream, seconds: Fraction
) -> Iterator[VideoFrame]:
    """Yield the key frame before each of many places, each once."""
    last: int | None = None
    for place in range(_WANTED):
        box.seek(int(seconds * 1_000_000 * place / _WANTED))
        frame = next(box.decode(stream), None)
        if frame is not None and frame.pts != last:
            last = frame.pts
            yield frame


def _planes(frames: Iterator[VideoFrame]) -> Iterator[NDArray[np.uint8]]:
    """Yield the luma of the frames that are as large as the first."""
    size: tuple[int, int] | None = None
    for frame in frames:
        size = size or (frame.width, frame.height)
        if (frame.width, frame.height) != size:
            continue
        plain = frame if frame.format.name in _EIGHT_BIT else frame.reformat(format="gray")
        plane = plain.planes[0]
        rows = np.frombuffer(memoryview(plane), dtype=np.uint8).reshape(
            plane.height, plane.line_size
        )
        yield rows[:, : plane.width]
