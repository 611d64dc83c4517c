"""Small frames of a clip: first, middle and last of every panel, kept for sheets and report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.errors import MediaError
from stillreel.film.assemble import opened
from stillreel.film.conform import keep
from stillreel.values.digest import of_value

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from av.video.frame import VideoFrame
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

TILE = 320
"""Width of one small frame in pixels."""
ROWS = 3
"""First, middle, last."""
_QUALITY = 85


def glimpses(clip: Path, digest: str, panels: tuple[int, ...], cache: Path) -> Path:
    """Return a picture of a clip at a glance: a column for every panel, made once and kept.

    Every column holds the panel's first, middle and last frame, `TILE` pixels wide, edge to edge.

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

    kept = cache / f"glimpse-{of_value([digest, panels, TILE])[:24]}.jpg"
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
    """Return the first, middle and last frame number of every panel, in order."""
    found: list[int] = []
    start = 0
    for frames in panels:
        found += [start, start + frames // 2, start + frames - 1]
        start += frames
    return tuple(found)


def parts(glimpse: Pixels, panels: int) -> list[list[Pixels]]:
    """Return the tiles of a glimpse picture: for every panel its first, middle and last frame."""
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

    Raises:
        MediaError: the clip cannot be decoded.
    """
    import av.error

    needed = set(wanted)
    got: dict[int, Pixels] = {}
    number = -1
    last: VideoFrame | None = None
    with opened(clip) as box:
        stream = box.streams.video[0]
        stream.codec_context.thread_count = 1
        try:
            for number, frame in enumerate(box.decode(stream)):
                if number in needed:
                    got[number] = _small(frame, width)
                last = frame
                if number >= max(needed):
                    break
        except av.error.FFmpegError as error:
            raise MediaError(
                "This clip is damaged and cannot be decoded.", where=str(clip)
            ) from error
    if last is None:
        raise MediaError("This clip has no frames.", where=str(clip))
    end = got.get(number)
    end = _small(last, width) if end is None else end
    return [got.get(one, end) for one in wanted]


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


def jpeg(pixels: Pixels, quality: int) -> bytes:
    """Return BGR pixels as the bytes of a JPEG."""
    import cv2

    _, data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return data.tobytes()
