"""Open a film and hand out its frames one by one, whatever the file claims to be."""

from __future__ import annotations

import io
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from stillreel.errors import MediaError

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from av.container import InputContainer
    from av.video.frame import VideoFrame
    from av.video.plane import VideoPlane
    from av.video.stream import VideoStream
    from numpy.typing import NDArray

    from stillreel.measure.nouns import Image

_KNOWN = (
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mpegvideo,flv,ogg,asf,mxf,h264,hevc,"
    "gif,ivf,nut,y4m,yuv4mpegpipe,mp3,wav,flac,aac"
)
"""Containers that are opened at all: no play lists, which could send us to other files."""
_MOST_PIXELS = 8192 * 4608
"""Largest frame that is decoded; an 8K frame has 33 million pixels."""
_MOST_TOLD = 4 * _MOST_PIXELS
"""Largest frame whose size is read from the file, so that it can be told."""
_SMALLEST = 32
"""Pixels of the shorter side of a frame; nothing can be told of a smaller one."""
_FASTEST = 480
_USUAL = tuple(Fraction(n, d) for n, d in ((24000, 1001), (30000, 1001), (60000, 1001))) + tuple(
    Fraction(n) for n in (12, 15, 24, 25, 30, 48, 50, 60)
)
_SEEN = 720
"""Pixels of the longer side of a frame that somebody counts heads in."""
_PLANAR = {"yuv420p", "yuvj420p"}
_TAGGED_WIDE, _TAGGED_FULL = 1, 2


@dataclass(slots=True)
class Planes:
    """A decoded frame as light and two half-size planes of chroma, valid until the next one."""

    light: NDArray[np.uint8]
    chroma: tuple[NDArray[np.uint8], NDArray[np.uint8]]
    full: bool
    """Light and chroma use 0..255, not the narrower range of television."""
    wide: bool
    """Chroma follows BT.709."""
    frame: VideoFrame

    def picture(self) -> Image:
        """Return the frame as BGR, its longer side at most 720 pixels."""
        scale = min(1.0, _SEEN / max(self.light.shape))
        width, height = (max(2, round(side * scale)) for side in self.light.shape[::-1])
        shown = self.frame.reformat(width=width, height=height, format="bgr24")
        return np.asarray(shown.to_ndarray(), np.uint8)


class Reel:
    """An open film."""

    def __init__(self, film: InputContainer, stream: VideoStream, name: str) -> None:
        """Hold a film whose picture stream was found."""
        self._film, self._stream, self.name = film, stream, name
        self._tick = stream.time_base or Fraction(0)
        self._first: int | None = None
        self._last: int | None = None
        self.frames = 0
        context = stream.codec_context
        self.size: tuple[int, int] = (context.width, context.height)
        self.square = stream.sample_aspect_ratio in (None, 0, 1)
        self.sizes: set[tuple[int, int]] = set()
        """Sizes met on the way, at most a few."""
        said = Fraction(stream.guessed_rate or context.framerate or 0)
        self.guess = said if 0 < said <= _FASTEST else Fraction(0)
        """Frames per second as the file says; 0 where it does not."""
        self.rate = Fraction(0)
        """Frames per second, known after the last frame."""

    def __iter__(self) -> Iterator[Planes]:
        """Yield every frame.

        Raises:
            MediaError: the film is damaged or cut short.
        """
        from av.error import FFmpegError

        try:
            for frame in self._film.decode(self._stream):
                self._note(frame)
                yield _planes(frame)
        except (FFmpegError, OSError, ValueError) as error:
            raise MediaError(
                f"The clip is damaged or cut short: nothing decodes after frame {self.frames}.",
                where=self.name,
                next_step="Fetch or make the clip again.",
            ) from error
        self._whole()
        self.rate = self._rate()

    def _note(self, frame: VideoFrame) -> None:
        if frame.width * frame.height > _MOST_PIXELS:
            raise _huge(self.name, frame.width, frame.height)
        if min(frame.width, frame.height) < _SMALLEST:
            raise MediaError(
                f"The clip is {frame.width} x {frame.height} pixels, too small to measure.",
                where=self.name,
                next_step=f"Give one with at least {_SMALLEST} pixels a side.",
            )
        turned = abs(int(frame.rotation)) % 180 == 90
        size = (frame.height, frame.width) if turned else (frame.width, frame.height)
        if not self.frames:
            self.size = size
        if len(self.sizes) < 8:
            self.sizes.add(size)
        self.frames += 1
        if frame.pts is not None:
            self._first = frame.pts if self._first is None else min(self._first, frame.pts)
            self._last = frame.pts if self._last is None else max(self._last, frame.pts)

    def _whole(self) -> None:
        """Refuse a film that ends before its index or its own clock says."""
        entries = self._stream.index_entries
        last = entries[len(entries) - 1] if len(entries) else None
        short = last is not None and last.pos + last.size > self._film.size > 0
        clock = self._film.duration
        if not short and "matroska" in self._film.format.name and clock and self._last is not None:
            seen = float(self._last * self._tick)
            only = len(self._film.streams) == 1
            short = only and clock / 1e6 - seen > max(0.5, 0.02 * clock / 1e6)
        if short:
            raise MediaError(
                f"The clip is cut short: its file ends after frame {self.frames}.",
                where=self.name,
                next_step="Fetch or make the clip again.",
            )

    def _rate(self) -> Fraction:
        """Frames per second: from the clock where it makes sense, else as the stream says."""
        stream = self._stream
        said = Fraction(stream.guessed_rate or stream.codec_context.framerate or 0)
        average = Fraction(stream.average_rate or 0)
        if self.frames > 1 and self._first is not None and self._last is not None:
            spent = (self._last - self._first) * self._tick
            if spent > 0 and (measured := (self.frames - 1) / spent) <= _FASTEST:
                return _usual(measured, average, said, self.frames)
        return next((rate for rate in (said, average) if 0 < rate <= _FASTEST), Fraction(0))


def _usual(measured: Fraction, average: Fraction, said: Fraction, frames: int) -> Fraction:
    """Return a rate that people use, if the clock agrees within the error of one tick."""
    slack = max(0.0005, 1 / max(1, frames) / 50)
    for rate in (average, said, *_USUAL):
        if rate > 0 and abs(float(measured / rate) - 1) <= slack:
            return rate
    return measured.limit_denominator(1001)


@contextmanager
def opened(source: Path | bytes, where: str = "", *, cores: int = 2) -> Generator[Reel]:
    """Open a film.

    Args:
        source: the file, or its bytes.
        where: what to call it in errors; the path if empty.
        cores: threads that decode.

    Raises:
        MediaError: it is no film, has no moving picture, or is too large to decode.
    """
    import av
    from av.error import FFmpegError

    name = where or (source.as_posix() if isinstance(source, Path) else "")
    options = {"format_whitelist": _KNOWN, "max_pixels": str(_MOST_TOLD)}
    # "file:", or a colon in the name would be taken for a protocol
    given: Any = io.BytesIO(source) if isinstance(source, bytes) else f"file:{source}"
    try:
        film: Any = av.open(given, mode="r", options=options)
    except (FFmpegError, OSError, ValueError) as error:
        raise MediaError(
            _why(source, error), where=name, next_step="Give an MP4, MOV or WebM film."
        ) from error
    with film:
        yield Reel(film, _stream(film, name, cores), name)


def _stream(film: InputContainer, name: str, cores: int) -> VideoStream:
    pictures = [s for s in film.streams.video if "attached_pic" not in str(s.disposition)]
    if not pictures:
        raise MediaError(
            "The file has no moving picture.", where=name, next_step="Give a film, not a sound."
        )
    stream = pictures[0]
    width, height = stream.codec_context.width, stream.codec_context.height
    if width * height > _MOST_PIXELS:
        raise _huge(name, width, height)
    stream.codec_context.options = {"max_pixels": str(_MOST_PIXELS)}
    stream.thread_type = "AUTO"
    stream.thread_count = max(1, cores)
    return stream


def _huge(name: str, width: int, height: int) -> MediaError:
    return MediaError(
        f"The clip claims frames of {width}x{height} pixels, more than can be looked at.",
        where=name,
        next_step="Give a film of at most 8K.",
    )


def _why(source: Path | bytes, error: Exception) -> str:
    """Return one sentence for a file that does not open."""
    if isinstance(error, FileNotFoundError):
        return "There is no such file."
    if isinstance(source, Path):
        try:
            with source.open("rb") as file:
                head = file.read(16)
        except OSError as failed:
            return f"The file cannot be read: {failed.strerror}."
    else:
        head = source[:16]
    if not head:
        return "The file is empty."
    stills = (b"\x89PNG", b"\xff\xd8\xff", b"RIFF", b"BM")
    if head.startswith(stills) and head[8:12] != b"AVI ":
        return "The file is a picture, not a film, whatever its name says."
    if head[4:8] == b"ftyp":
        return "The film is cut short: its index is missing."
    return "The file is no film that can be decoded."


def _planes(frame: VideoFrame) -> Planes:
    full = frame.format.name.startswith("yuvj") or int(frame.color_range) == _TAGGED_FULL
    wide = int(frame.colorspace) == _TAGGED_WIDE or (
        int(frame.colorspace) not in (5, 6) and frame.height >= 720
    )
    planar = frame if frame.format.name in _PLANAR else frame.reformat(format="yuv420p")
    full = full and planar is frame
    light, blue, red = (_plane(plane) for plane in planar.planes[:3])
    return Planes(light, (blue, red), full, wide, frame)


def _plane(plane: VideoPlane) -> NDArray[np.uint8]:
    memory: Any = plane
    rows = np.frombuffer(memory, np.uint8).reshape(plane.height, plane.line_size)
    return rows[:, : plane.width]
