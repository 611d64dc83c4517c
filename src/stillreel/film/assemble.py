"""Putting clips end to end by copying their packets: no picture is decoded, no frame is lost."""

from __future__ import annotations

import errno
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from stillreel.errors import MediaError
from stillreel.ledger.store import storage_error
from stillreel.values.digest import of_bytes

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence
    from pathlib import Path

    from av.audio.stream import AudioStream
    from av.container import InputContainer, OutputContainer
    from av.packet import Packet
    from av.video.stream import VideoStream

_STORAGE = {
    errno.EACCES,
    errno.EDQUOT,
    errno.EEXIST,
    errno.ENOENT,
    errno.ENOSPC,
    errno.ENOTDIR,
    errno.EPERM,
    errno.EROFS,
}
_INDEX_BYTES = 28
"""Most bytes one packet takes in the index of an MP4."""


@dataclass(frozen=True, slots=True)
class StreamForm:
    """What two clips must share to be joined without decoding."""

    codec: str
    width: int
    height: int
    pixels: str
    timebase: Fraction
    header: str
    """Digest of the decoder's set-up bytes."""


def form_of(path: Path) -> StreamForm:
    """Return the form of a clip's picture.

    Raises:
        MediaError: the file has no picture that can be read.
    """
    return told(path)[0]


def frames_in(path: Path) -> int:
    """Return how many frames a clip has.

    Raises:
        MediaError: the file has no picture that can be read.
    """
    return told(path)[1]


def told(path: Path) -> tuple[StreamForm, int]:
    """Return the form of a clip's picture and how many frames it has.

    Raises:
        MediaError: the file has no picture that can be read.
    """
    with opened(path) as box:
        stream = box.streams.video[0]
        form = _form(stream)
        count = int(stream.frames) or sum(1 for packet in box.demux(stream) if packet.size)
        return form, count


def assemble(
    clips: Sequence[Path], sound: Path | None, out: Path, *, ticks: int, title: str = ""
) -> int:
    """Join clips, lay the sound under them and return the number of frames.

    Every clip must have the same form. The film is written beside `out` and takes its name only
    when it is whole; its index stands in front, so that it plays while it is still loading.

    Args:
        clips: files in order; their sound, if any, is left out.
        sound: one AAC track for the whole film, or None.
        out: the MP4 to be written.
        ticks: of the clips' clock per frame.
        title: name of the film, kept in the file.

    Raises:
        MediaError: a clip is empty, damaged, or of another form than the first.
        StorageError: the disk is full, or the folder cannot be written.
    """
    if not clips:
        raise MediaError("There is no clip to join.", where=str(out))
    part = out.with_name(f".{out.name}.part")
    try:
        with storing(out):
            frames = _join(clips, sound, part, ticks, title)
            part.replace(out)
    finally:
        part.unlink(missing_ok=True)
    return frames


@contextmanager
def storing(out: Path) -> Generator[None]:
    """Turn a full disk or a folder that cannot be written into a sentence about `out`.

    Raises:
        StorageError: writing failed because of the disk or the folder.
    """
    try:
        yield
    except OSError as error:
        if error.errno not in _STORAGE:
            raise
        raise storage_error(error, out) from error


def _join(clips: Sequence[Path], sound: Path | None, part: Path, ticks: int, title: str) -> int:
    import av

    with ExitStack() as stack:
        first = stack.enter_context(opened(clips[0]))
        heard = stack.enter_context(opened(sound, "audio")) if sound else None
        form = _form(first.streams.video[0])
        options = {
            "moov_size": str(_index_bytes(clips, heard)),
            "fflags": "+bitexact",
            "video_track_timescale": str(form.timebase.denominator),
        }
        box = stack.enter_context(av.open(str(part), "w", format="mp4", options=options))
        box.metadata["title"] = title
        picture = box.add_stream_from_template(first.streams.video[0])
        picture.time_base = form.timebase
        noise = _Sound(box, heard, form.timebase) if heard is not None else None
        film = _Film(form, picture, noise, ticks)
        at = 0
        for clip in clips:
            at += _copy(clip, box, film, at)
        if noise is not None:
            noise.until(None)
        return at


@dataclass(frozen=True, slots=True)
class _Film:
    """The film while it grows."""

    form: StreamForm
    picture: VideoStream
    noise: _Sound | None
    ticks: int


def _copy(clip: Path, box: OutputContainer, film: _Film, at: int) -> int:
    """Copy the pictures of one clip to frame `at` and return how many there were."""
    count = 0
    with opened(clip) as source:
        stream = source.streams.video[0]
        if _form(stream) != film.form:
            raise MediaError(
                "This clip has another form than the first, so it cannot be joined by copying.",
                where=str(clip),
                next_step="Bring it into the house format first.",
            )
        shift = at * film.ticks - int(stream.start_time or 0)
        for packet in source.demux(stream):
            if packet.dts is None or packet.pts is None:
                continue
            if count == 0 and not packet.is_keyframe:
                raise MediaError("This clip does not begin with a key frame.", where=str(clip))
            packet.pts += shift
            packet.dts += shift
            packet.duration = film.ticks
            packet.stream = film.picture
            if film.noise is not None:
                film.noise.until(packet.dts)
            box.mux(packet)
            count += 1
    if not count:
        raise MediaError("This clip has no frames.", where=str(clip))
    return count


class _Sound:
    """Feeds the one sound track, always a little ahead of the picture."""

    def __init__(self, box: OutputContainer, source: InputContainer, clock: Fraction) -> None:
        self._box = box
        stream = source.streams.audio[0]
        # Whole numbers, for it is asked with every frame of the film.
        pace = clock / (stream.time_base or Fraction(1, int(stream.rate or 1)))
        self._ticks, self._per = pace.numerator, pace.denominator
        self._track = box.add_stream_from_template(stream)
        self._packets: Iterator[Packet[AudioStream]] = source.demux(stream)
        self._waiting: Packet[AudioStream] | None = next(self._packets, None)

    def until(self, at: int | None) -> None:
        """Copy the packets that begin before `at` on the picture's clock; None copies all left."""
        last = None if at is None else at * self._ticks // self._per
        while self._waiting is not None:
            packet = self._waiting
            if packet.dts is None:
                self._waiting = None
                return
            if last is not None and packet.dts > last:
                return
            packet.stream = self._track
            self._box.mux(packet)
            self._waiting = next(self._packets, None)


def _index_bytes(clips: Sequence[Path], heard: InputContainer | None) -> int:
    packets = sum(frames_in(clip) for clip in clips)
    if heard is not None:
        packets += int(heard.streams.audio[0].frames)
    return 16384 + packets * _INDEX_BYTES


@contextmanager
def opened(path: Path, kind: str = "video") -> Generator[InputContainer]:
    """Open a media file that must have a stream of `kind`.

    Raises:
        MediaError: it cannot be opened, or has no such stream.
    """
    import av
    import av.error

    try:
        box = av.open(str(path))
    except (OSError, av.error.FFmpegError) as error:
        raise MediaError(
            "This file cannot be opened as a clip.",
            where=str(path),
            next_step="Make the clip again with `stillreel redo`.",
        ) from error
    with box:
        if not getattr(box.streams, kind):
            raise MediaError(f"This file has no {kind} in it.", where=str(path))
        yield box


def _form(stream: VideoStream) -> StreamForm:
    context = stream.codec_context
    return StreamForm(
        context.name,
        context.width,
        context.height,
        context.pix_fmt or "",
        stream.time_base or Fraction(1, 1000),
        of_bytes(bytes(context.extradata or b"")),
    )
