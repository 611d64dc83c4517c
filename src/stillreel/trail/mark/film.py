"""Marking a whole film: decode, mark, encode as the house does; the sound is copied.

The picture is encoded in pieces of a few seconds that begin at key frames and are joined by copying
packets, so memory does not grow with the film.
"""

from __future__ import annotations

import io
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, cast

import numpy as np

from stillreel.draw.motion.encode import TICKS, Encoder, timebase
from stillreel.errors import MediaError
from stillreel.ledger.store import storage_error
from stillreel.trail.mark.write import writer

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from pathlib import Path

    from av.container import InputContainer, OutputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream
    from numpy.typing import NDArray

    from stillreel.trail.mark.nouns import Mark
    from stillreel.values.take import Quality

    Planes = NDArray[np.uint8]

_PIECE, _LONGEST_PIECE = 96, 480
"""Frames after which a piece ends at the next key frame, and after which it ends at any."""
_INDEX_BYTES = 28
"""Most bytes one packet takes in the index of an MP4."""
_OWN_KEYS = {"major_brand", "minor_version", "compatible_brands", "encoder"}
_MATRICES = {1, 2}
"""BT.709, and not said."""


def mark_film(
    source: Path,
    target: Path,
    mark: Mark,
    quality: Quality = "draft",
    *,
    over: Callable[[Planes], None] | None = None,
    report: Callable[[int, int], None] | None = None,
) -> int:
    """Write a marked copy of a film or clip in the house format and return its frames.

    The copy takes its name only when it is whole. Subtitles and data tracks are left out. Marking
    every clip before they are joined gives the same picture as marking the film.

    Args:
        source: constant whole frame rate, 4:2:0, BT.709: what the house writes.
        target: the MP4 to be written; may be `source`.
        mark: what is written.
        quality: of the encoder.
        over: drawn on every marked frame, (height * 3 / 2, width), e.g. a visible label.
        report: called with frames done and frames in all.

    Raises:
        MediaError: the source is damaged, or not in a form that can be marked.
        StorageError: the disk is full, or the folder cannot be written.
    """
    part = target.with_name(f".{target.name}.part")
    try:
        with _telling(source, target):
            frames = _marked(source, part, mark, quality, over, report)
            part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return frames


@contextmanager
def _telling(source: Path, target: Path) -> Generator[None]:
    """Turn what goes wrong into a sentence about the file it is about."""
    import av.error

    if not source.is_file():
        raise MediaError("There is no such film.", where=str(source))
    try:
        yield
    except OSError as error:
        raise storage_error(error, target) from error
    except av.error.FFmpegError as error:
        raise MediaError(
            "This film cannot be decoded and written again, so it is not marked.", where=str(source)
        ) from error


def _marked(
    source: Path,
    part: Path,
    mark: Mark,
    quality: Quality,
    over: Callable[[Planes], None] | None,
    report: Callable[[int, int], None] | None,
) -> int:
    import av

    with av.open(str(source), metadata_errors="replace") as box:
        form = _form(box, source, quality)
        count = int(box.streams.video[0].frames)
        packets = count + sum(int(stream.frames) for stream in box.streams.audio)
        options = {
            "moov_size": str(16384 + packets * _INDEX_BYTES),
            "fflags": "+bitexact",
            "video_track_timescale": str(timebase(form.fps).denominator),
        }
        if not packets:
            del options["moov_size"]
        with av.open(str(part), "w", format="mp4", options=options) as out:
            for key in box.metadata.keys() - _OWN_KEYS:
                out.metadata[key] = box.metadata[key]
            picture = _Picture(out, form)
            write = writer(mark, form.width, form.height)

            def add(frame: VideoFrame) -> None:
                planes = np.asarray(frame.to_ndarray(), dtype=np.uint8)
                write(planes[: form.height])
                if over is not None:
                    over(planes)
                picture.add(planes, key=bool(frame.key_frame))
                if report is not None:
                    report(picture.frames, count)

            _pass_through(box, out, source, form, add)
            picture.flush()
    return picture.frames


@dataclass(frozen=True, slots=True)
class _Form:
    width: int
    height: int
    fps: int
    quality: Quality


def _form(box: InputContainer, source: Path, quality: Quality) -> _Form:
    """Return the form of a film that can be marked.

    Raises:
        MediaError: it is none.
    """
    if not box.streams.video:
        raise MediaError("This file has no picture in it.", where=str(source))
    stream = box.streams.video[0]
    context = stream.codec_context
    rate = stream.average_rate or Fraction(0)
    if (
        rate.denominator != 1
        or rate < 1
        or context.pix_fmt != "yuv420p"
        or context.colorspace not in _MATRICES
    ):
        raise MediaError(
            "Only a film of the house format can be marked: whole frame rate, 4:2:0, BT.709.",
            where=str(source),
            next_step="Cut it with `stillreel run` and mark the film that it writes.",
        )
    context.thread_count = 1
    return _Form(context.width, context.height, int(rate), quality)


def _pass_through(
    box: InputContainer,
    out: OutputContainer,
    source: Path,
    form: _Form,
    add: Callable[[VideoFrame], None],
) -> None:
    """Hand every frame to `add` and copy the packets of every sound track."""
    video = box.streams.video[0]
    sounds = {stream.index: out.add_stream_from_template(stream) for stream in box.streams.audio}
    for stream in box.streams.audio:
        sounds[stream.index].metadata.update(stream.metadata)
    first: Fraction | None = None
    index = 0
    for packet in box.demux(video, *box.streams.audio):
        if packet.stream.index != video.index:
            if packet.dts is not None:
                packet.stream = sounds[packet.stream.index]
                out.mux(packet)
            continue
        for frame in cast("list[VideoFrame]", packet.decode()):
            at = Fraction(frame.pts or 0) * (frame.time_base or 0) * form.fps
            first = at if first is None else first
            if round(at - first) != index:
                raise MediaError("The frames of this film do not come evenly.", where=str(source))
            add(frame)
            index += 1
    if not index:
        raise MediaError("This film has no frames.", where=str(source))


class _Picture:
    """The picture track while it grows, piece by piece."""

    def __init__(self, out: OutputContainer, form: _Form) -> None:
        import av

        self._out, self._form = out, form
        blank = Encoder(form.width, form.height, form.fps, form.quality)
        blank.add(np.full((form.height * 3 // 2, form.width), 128, dtype=np.uint8), key=True)
        with av.open(io.BytesIO(blank.finish()), "r") as box:
            self._track: VideoStream = out.add_stream_from_template(box.streams.video[0])
        self._track.time_base = timebase(form.fps)
        self._piece: Encoder | None = None
        self._joined = 0

    @property
    def frames(self) -> int:
        """How many frames were added."""
        return self._joined + (self._piece.frames if self._piece else 0)

    def add(self, planes: Planes, *, key: bool) -> None:
        """Add one frame."""
        held = self._piece.frames if self._piece else 0
        if held >= (_PIECE if key else _LONGEST_PIECE):
            self.flush()
        form = self._form
        fresh = self._piece is None
        if self._piece is None:
            self._piece = Encoder(form.width, form.height, form.fps, form.quality)
        self._piece.add(planes, key=key or fresh)

    def flush(self) -> None:
        """End the piece and join it to the track."""
        import av

        if self._piece is None:
            return
        with av.open(io.BytesIO(self._piece.finish()), "r") as box:
            stream = box.streams.video[0]
            shift = self._joined * TICKS - int(stream.start_time or 0)
            for packet in box.demux(stream):
                if packet.dts is None or packet.pts is None:
                    continue
                packet.pts += shift
                packet.dts += shift
                packet.duration = TICKS
                packet.stream = self._track
                self._out.mux(packet)
        self._joined += self._piece.frames
        self._piece = None
