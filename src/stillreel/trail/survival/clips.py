"""What is done to clips: packed again, encoded again, made smaller, cropped, cut."""

from __future__ import annotations

from contextlib import contextmanager
from fractions import Fraction
from functools import partial
from itertools import islice, takewhile
from typing import TYPE_CHECKING, NamedTuple, cast

import numpy as np

from stillreel.errors import MediaError
from stillreel.trail.survival.nouns import Change
from stillreel.trail.survival.stills import copied

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from pathlib import Path

    from av.container import InputContainer, OutputContainer
    from av.video.codeccontext import VideoCodecContext
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream
    from numpy.typing import NDArray

    Luma = NDArray[np.uint8]

LONGEST = 12
"""Seconds of a clip that are used."""
_MOST_FRAMES = LONGEST * 120
_LARGEST = 4096 * 2304
"""Pixels of a frame."""
_LINES = 720
_EVEN = "trunc({}/2)*2"
_FOREIGN_BOX = (
    (32).to_bytes(4) + b"uuid" + bytes.fromhex("a1c4e0ff52b94d0e8d3c3f1f6a7b9c21") + b"comments"
)


class _Way(NamedTuple):
    """How a clip is encoded."""

    crf: int
    codec: str = "libx264"

    @property
    def options(self) -> dict[str, str]:
        """What the encoder is told; one thread, so that the same clip gives the same bytes."""
        if self.codec == "libx264":
            return {"preset": "veryfast", "crf": str(self.crf), "threads": "1"}
        fast = {"deadline": "realtime", "cpu-used": "7", "threads": "1"}
        return {"crf": str(self.crf), "b": "0", **fast}


def changes() -> tuple[Change, ...]:
    """Return what is done to every clip; the first does nothing, and must lose nothing."""
    wide, high = _EVEN.format("iw"), _EVEN.format("ih")
    tall = _EVEN.format("min(iw\\,ih*9/16)")
    halves = f"w={_EVEN.format('iw/2')}:h={_EVEN.format('ih/2')}"
    frame = f"w=max({wide}\\,{_EVEN.format('ih*4/3')}):h=max({high}\\,{_EVEN.format('iw*3/4')})"
    box = f"{frame}:x=(ow-iw)/2:y=(oh-ih)/2:color=black"
    tenth = f"w={_EVEN.format('iw*0.9')}:h={_EVEN.format('ih*0.9')}:x=iw*0.07:y=ih*0.03"
    made: tuple[tuple[str, tuple[tuple[str, str], ...], _Way], ...] = (
        *((f"encoded again, CRF {crf}", (), _Way(crf)) for crf in (18, 23, 28)),
        ("VP9", (), _Way(36, "libvpx-vp9")),
        ("half size", (("scale", halves),), _Way(23)),
        ("cropped by 10 %", (("crop", tenth),), _Way(23)),
        ("letterbox 4:3", (("pad", box),), _Way(23)),
        ("9:16 crop", (("crop", f"w={tall}:h={high}"),), _Way(23)),
    )
    return (
        Change("copied as it is", copied),
        Change("a box added after signing", _boxed, ".mp4"),
        Change("packed again, stream copy", repacked, ".mp4"),
        Change("trimmed to its first half, stream copy", _trimmed, ".mp4"),
        *(Change(name, partial(_changed, filters=f, way=w), ".mp4") for name, f, w in made),
        Change("720p", _to_720, ".mp4"),
    )


def encode(source: Path, target: Path, crf: int, write: Callable[[Luma], None] | None) -> None:
    """Encode the picture of a clip again as H.264, without its sound.

    Args:
        source: the clip.
        target: an MP4.
        crf: quality of the encoder.
        write: changes the luma of every frame in place.

    Raises:
        MediaError: it cannot be decoded or encoded.
    """
    even = ("scale", f"w={_EVEN.format('iw')}:h={_EVEN.format('ih')}")
    _changed(source, target, (even,), _Way(crf), write)


def size(path: Path) -> tuple[int, int]:
    """Return width and height of a clip, both even, as `encode` writes them.

    Raises:
        MediaError: it cannot be opened.
    """
    with _opened(path) as (_, stream):
        return stream.width // 2 * 2, stream.height // 2 * 2


def first_luma(path: Path) -> Luma:
    """Return the luma of the first frame, (height, width).

    Raises:
        MediaError: it cannot be decoded.
    """
    with _opened(path) as (box, stream):
        for frame in box.decode(stream):
            return np.asarray(frame.reformat(format="gray").to_ndarray(), np.uint8)
    raise MediaError("This clip has no frames.", where=str(path))


def three_frames(path: Path) -> list[bytes]:
    """Return the first, middle and last frame of a clip as PNG.

    Raises:
        MediaError: it cannot be decoded.
    """
    import cv2

    with _opened(path) as (box, stream):
        count = sum(1 for _ in _filtered(box, stream, ()))
    wanted = {0, count // 2, count - 1}
    with _opened(path) as (box, stream):
        shown = [
            frame.to_ndarray(format="bgr24")
            for index, frame in enumerate(_filtered(box, stream, ()))
            if index in wanted
        ]
    return [cv2.imencode(".png", one)[1].tobytes() for one in shown]


def repacked(source: Path, target: Path, share: Fraction = Fraction(1)) -> None:
    """Copy the packets of a clip, or of its first part, into a new container, as FFmpeg does.

    Raises:
        MediaError: it cannot be read.
    """
    import av

    with _opened(source) as (box, stream), av.open(str(target), "w", format="mp4") as out:
        out.metadata.update(box.metadata)
        length = min(Fraction(box.duration or 0, 1_000_000) or LONGEST, Fraction(LONGEST))
        sound = box.streams.audio[:1]
        tracks = {one.index: out.add_stream_from_template(one) for one in (stream, *sound)}
        for packet in box.demux(stream, *sound):
            if packet.dts is None:
                continue
            if packet.dts * packet.time_base >= length * share:
                break
            packet.stream = tracks[packet.stream.index]
            out.mux(packet)


def _trimmed(source: Path, target: Path) -> None:
    repacked(source, target, Fraction(1, 2))


def _boxed(source: Path, target: Path) -> None:
    """Add a box that the signer did not know, as tools do that write comments into films."""
    with source.open("rb") as stream:
        if stream.read(8)[4:] != b"ftyp":
            raise MediaError("Only MP4 is tried.", where=str(source))
    copied(source, target)
    with target.open("ab") as stream:
        stream.write(_FOREIGN_BOX)


def _to_720(source: Path, target: Path) -> None:
    width, height = size(source)
    if min(width, height) <= _LINES:
        raise MediaError("The clip is no larger than 720 lines.", where=str(source))
    sides = f"w=-2:h={_LINES}" if width >= height else f"w={_LINES}:h=-2"
    _changed(source, target, (("scale", sides),), _Way(23))


def _changed(
    source: Path,
    target: Path,
    filters: tuple[tuple[str, str], ...],
    way: _Way,
    write: Callable[[Luma], None] | None = None,
) -> None:
    import av
    from av.video.frame import PictureType

    with _opened(source) as (box, stream), av.open(str(target), "w", format="mp4") as out:
        out.metadata.update(box.metadata)
        rate = stream.average_rate or Fraction(24)
        track: VideoStream | None = None
        for index, frame in enumerate(_filtered(box, stream, filters)):
            track = track or _track(out, frame, rate, way, stream.codec_context)
            ready = _written(frame, write) if write else frame
            ready.pts, ready.time_base, ready.pict_type = index, 1 / rate, PictureType.NONE
            out.mux(track.encode(ready))
        if track is None:
            raise MediaError("This clip has no frames.", where=str(source))
        out.mux(track.encode(None))


def _track(
    out: OutputContainer,
    frame: VideoFrame,
    rate: Fraction,
    way: _Way,
    before: VideoCodecContext,
) -> VideoStream:
    """Add a track for frames like this one, whose colours mean what they meant before."""
    track = cast("VideoStream", out.add_stream(way.codec, rate=rate, options=way.options))
    track.width, track.height, track.pix_fmt = frame.width, frame.height, "yuv420p"
    track.time_base = 1 / rate
    context = track.codec_context
    context.color_primaries, context.color_trc = before.color_primaries, before.color_trc
    context.colorspace, context.color_range = before.colorspace, before.color_range
    context.thread_count = 1
    return track


def _written(frame: VideoFrame, write: Callable[[Luma], None]) -> VideoFrame:
    import av

    planes = np.ascontiguousarray(frame.to_ndarray(), dtype=np.uint8)
    write(planes[: frame.height])
    return av.VideoFrame.from_ndarray(planes, format="yuv420p")


def _filtered(
    box: InputContainer, stream: VideoStream, filters: tuple[tuple[str, str], ...]
) -> Iterator[VideoFrame]:
    from av.filter import Graph

    graph = Graph()
    steps = [graph.add(name, told) for name, told in filters]
    ends = (graph.add("format", "yuv420p"), graph.add("buffersink"))
    graph.link_nodes(graph.add_buffer(template=stream), *steps, *ends).configure()
    for frame in islice(takewhile(_early, box.decode(stream)), _MOST_FRAMES):
        graph.push(frame)
        pulled = graph.pull()
        yield pulled  # pyright: ignore[reportReturnType] - a graph of pictures gives pictures


def _early(frame: VideoFrame) -> bool:
    return frame.pts is None or frame.time < LONGEST


@contextmanager
def _opened(path: Path) -> Generator[tuple[InputContainer, VideoStream]]:
    """Open a clip, bounded, and turn what goes wrong into a sentence."""
    import av
    import av.error

    try:
        with av.open(str(path)) as box:
            stream = next(iter(box.streams.video), None)
            if stream is None or not 0 < stream.width * stream.height <= _LARGEST:
                raise MediaError("This file has no picture that can be tried.", where=str(path))
            stream.codec_context.thread_count = 1
            yield box, stream
    except (OSError, ValueError, av.error.FFmpegError) as error:
        raise MediaError("This clip cannot be decoded and changed.", where=str(path)) from error
