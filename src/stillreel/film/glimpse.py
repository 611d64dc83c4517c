"""Small frames of a clip: first and middle of every panel, kept for sheets and report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.errors import MediaError
from stillreel.film.assemble import opened
from stillreel.film.conform import keep
from stillreel.film.reduced import jpeg
from stillreel.values.digest import of_value

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import numpy as np
    from av.video.frame import VideoFrame
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

TILE = 320
"""Width of one small frame in pixels."""
ROWS = 2
"""First and middle: decoding on to the last frame of every panel would cost twice as much."""
_QUALITY = 85


def glimpses(clip: Path, digest: str, panels: tuple[int, ...], cache: Path) -> Path:
    """Return a picture of a clip at a glance: a column for every panel, made once and kept.

    Every column holds the panel's first and middle frame, `TILE` pixels wide, edge to edge.

    Args:
        clip: the file.
        digest: what tells this clip from any other, e.g. the digest of its bytes.
        panels: frames of each panel.
        cache: folder the picture is kept in.

    Raises:
        MediaError: the clip cannot be decoded.
        StorageError: the cache cannot be written.
    """
    import cv2
    import numpy as np

    kept = cache / f"glimpse-{of_value([digest, panels, TILE, ROWS])[:24]}.jpg"
    if kept.exists():
        return kept
    cv2.setNumThreads(1)
    wanted = moments(panels)
    frames = frames_at(clip, wanted, TILE)
    columns = [
        np.vstack(frames[ROWS * place : ROWS * place + ROWS]) for place in range(len(panels))
    ]
    keep(jpeg(np.hstack(columns), _QUALITY), kept)
    return kept


def moments(panels: tuple[int, ...]) -> tuple[int, ...]:
    """Return the first and middle frame number of every panel, in order."""
    found: list[int] = []
    start = 0
    for frames in panels:
        found += [start, start + frames // 2]
        start += frames
    return tuple(found)


def parts(glimpse: Pixels, panels: int) -> list[list[Pixels]]:
    """Return the tiles of a glimpse picture: for every panel its first and middle frame."""
    height, width = glimpse.shape[0] // ROWS, glimpse.shape[1] // panels
    return [
        [
            glimpse[row * height : (row + 1) * height, column * width : (column + 1) * width]
            for row in range(ROWS)
        ]
        for column in range(panels)
    ]


def frames_at(clip: Path, wanted: tuple[int, ...], width: int) -> list[Pixels]:
    """Return frames of a clip by number, (h, width, 3) BGR; a number past the end gives the last.

    Only what lies between a frame and the key frame before it is decoded.

    Raises:
        MediaError: the clip cannot be decoded.
    """
    import av.error

    got: dict[int, Pixels] = {}
    try:
        with opened(clip) as box:
            stream = box.streams.video[0]
            stream.codec_context.thread_count = 1
            times = sorted(
                (packet.pts or 0, packet.is_keyframe) for packet in box.demux(stream) if packet.size
            )
            end = len(times) - 1
            at = -1
            frames: Iterator[VideoFrame] = iter(())
            for number in sorted({min(one, end) for one in wanted} if times else ()):
                key = max((k for k in range(number + 1) if times[k][1]), default=0)
                if key > at:
                    box.seek(times[key][0], stream=stream)
                    frames = box.decode(stream)
                last = _reached(frames, times[number][0])
                if last is not None:
                    at, got[number] = number, _small(last, width)
    except av.error.FFmpegError as error:
        raise MediaError("This clip is damaged and cannot be decoded.", where=str(clip)) from error
    if not got:
        raise MediaError("This clip has no frames.", where=str(clip))
    # where the end of a file is missing, its last whole frame stands for the rest
    return [got[max((k for k in got if k <= min(one, end)), default=min(got))] for one in wanted]


def _reached(frames: Iterator[VideoFrame], time: int) -> VideoFrame | None:
    """Return the frame shown at a time of the stream's clock, or the last before the end."""
    last: VideoFrame | None = None
    for last in frames:
        if last.pts is not None and last.pts >= time:
            break
    return last


def _small(frame: VideoFrame, width: int) -> Pixels:
    import numpy as np

    height = max(2, round(frame.height * width / frame.width / 2) * 2)
    small = frame.reformat(
        width=width,
        height=height,
        format="bgr24",
        src_colorspace=frame.colorspace if frame.colorspace in {1, 5, 6} else 1,
        interpolation="AREA",
    )
    return np.asarray(small.to_ndarray(), dtype=np.uint8)
