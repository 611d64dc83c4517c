"""Bringing clips from elsewhere into the house format: size, rate, colour and codec."""

from __future__ import annotations

import os
from fractions import Fraction
from typing import TYPE_CHECKING

from stillreel.draw.motion.encode import HOUSE, Encoder, timebase
from stillreel.errors import MediaError
from stillreel.film.assemble import StreamForm, opened, storing, told
from stillreel.values.digest import of_bytes, of_file, of_value

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import numpy as np
    from av.video.frame import VideoFrame
    from numpy.typing import NDArray

    from stillreel.film.nouns import CutSettings

_BT601 = 5
_BT709 = 1
_SD_LINES = 720
"""Pictures with fewer lines that do not say their matrix are taken for BT.601."""


def house_form(settings: CutSettings, fps: int) -> StreamForm:
    """Return the form every clip of this film must have to be joined by copying."""
    import io

    import av

    encoder = Encoder(settings.width, settings.height, fps, settings.quality)
    encoder.add(black(settings.width, settings.height), key=True)
    with av.open(io.BytesIO(encoder.finish())) as box:
        header = of_bytes(bytes(box.streams.video[0].codec_context.extradata or b""))
    return StreamForm("h264", settings.width, settings.height, "yuv420p", timebase(fps), header)


def conformed(
    clip: Path, frames: int, house: StreamForm, settings: CutSettings, fps: int
) -> tuple[Path, bool]:
    """Return a clip in the house form, and whether it had to be made.

    A clip that already has the form and the length is returned as it is. Others are decoded, fitted
    into the frame without distortion, brought to the film's rate, and kept by digest.

    Args:
        clip: the file.
        frames: length the cut gives it; longer clips are trimmed, shorter ones hold their end.
        house: form of the film's clips.
        settings: size, quality and cache folder.
        fps: rate of the film.

    Raises:
        MediaError: the file cannot be decoded.
        StorageError: the cache cannot be written.
    """
    if told(clip) == (house, frames):
        return clip, False
    rule = HOUSE[settings.quality]
    key = of_value(
        [of_file(clip), frames, house.width, house.height, fps, rule.preset, rule.crf, house.header]
    )
    kept = settings.cache / f"conformed-{key[:24]}.mp4"
    if not kept.exists():
        data = _made(clip, frames, settings, fps)
        keep(data, kept)
    return kept, True


def keep(data: bytes, path: Path) -> None:
    """Write `data` to `path` so that the name never stands for half a file.

    Raises:
        StorageError: the disk is full, or the folder cannot be written.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with storing(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(data)
            part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def black(width: int, height: int) -> NDArray[np.uint8]:
    """Return a black frame as the encoder takes it, (height * 3 / 2, width)."""
    import numpy as np

    frame = np.full((height * 3 // 2, width), 128, dtype=np.uint8)
    frame[:height] = 16
    return frame


def _made(clip: Path, frames: int, settings: CutSettings, fps: int) -> bytes:
    encoder = Encoder(settings.width, settings.height, fps, settings.quality)
    last: NDArray[np.uint8] | None = None
    made = 0
    for picture in _at_rate(clip, fps):
        if made == frames:
            break
        last = _fitted(picture, settings.width, settings.height)
        encoder.add(last, key=made == 0)
        made += 1
    if last is None:
        raise MediaError("This clip has no frames.", where=str(clip))
    for _ in range(frames - made):
        encoder.add(last)
    return encoder.finish()


def _at_rate(clip: Path, fps: int) -> Iterator[VideoFrame]:
    """Yield the picture shown at every frame of the film's rate."""
    import av.error

    with opened(clip) as box:
        stream = box.streams.video[0]
        stream.codec_context.thread_count = 1
        start: Fraction | None = None
        shown: VideoFrame | None = None
        index = 0
        try:
            for frame in box.decode(stream):
                at = _moment(frame)
                start = at if start is None else start
                while shown is not None and Fraction(index, fps) + start < at:
                    yield shown
                    index += 1
                shown = frame
        except av.error.FFmpegError as error:
            raise MediaError(
                "This clip is damaged and cannot be decoded.",
                where=str(clip),
                next_step="Make the clip again with `stillreel redo`.",
            ) from error
        if shown is None or start is None:
            return
        step = Fraction(shown.duration or 0) * (shown.time_base or 0) or Fraction(1, fps)
        end = _moment(shown) + step
        while Fraction(index, fps) + start < end:
            yield shown
            index += 1


def _moment(frame: VideoFrame) -> Fraction:
    return Fraction(frame.pts or 0) * (frame.time_base or 0)


def _fitted(picture: VideoFrame, width: int, height: int) -> NDArray[np.uint8]:
    """Return a decoded picture fitted into the frame, bars where its shape differs, in BT.709."""
    import numpy as np

    shape = Fraction(picture.width, picture.height)
    if shape > Fraction(width, height):
        inner = (width, max(2, round(width / shape / 2) * 2))
    else:
        inner = (max(2, round(height * shape / 2) * 2), height)
    matrix = picture.colorspace
    if matrix not in {_BT709, _BT601, 6}:
        matrix = _BT601 if picture.height < _SD_LINES else _BT709
    small = picture.reformat(
        width=inner[0],
        height=inner[1],
        format="yuv420p",
        src_colorspace=matrix,
        dst_colorspace=_BT709,
        dst_color_range=1,
        interpolation="AREA" if inner[0] < picture.width else "BICUBIC",
    )
    planes = np.asarray(small.to_ndarray(), dtype=np.uint8)
    if inner == (width, height):
        return np.ascontiguousarray(planes)
    return _barred(planes, inner, width, height)


def _barred(
    planes: NDArray[np.uint8], inner: tuple[int, int], width: int, height: int
) -> NDArray[np.uint8]:
    from stillreel.draw.motion.planar import frame_view

    whole = black(width, height)
    left, top = (width - inner[0]) // 4 * 2, (height - inner[1]) // 4 * 2
    under, over = frame_view(whole), frame_view(planes)
    under.y[top : top + inner[1], left : left + inner[0]] = over.y
    half = (slice(top // 2, (top + inner[1]) // 2), slice(left // 2, (left + inner[0]) // 2))
    under.u[half] = over.u
    under.v[half] = over.v
    return whole
