"""Panels end to end in one clip: packets are copied, no picture is coded a second time."""

from __future__ import annotations

import io
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from stillreel.draw.motion.encode import HOUSE, TICKS, timebase
from stillreel.errors import MediaError

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from av.container import InputContainer
    from av.packet import Packet
    from av.video.stream import VideoStream

    from stillreel.values.take import Footage, Quality


def join(parts: Sequence[Footage], fps: int, quality: Quality = "draft") -> bytes:
    """Return house clips, or stretches of them, put end to end as one MP4.

    A stretch must begin with a panel and end with one, so that it can be decoded by itself.

    Raises:
        MediaError: a source cannot be read, is shorter than its stretch, or has another form.
    """
    import av

    held, lag = io.BytesIO(), HOUSE[quality].lag
    with av.open(held, "w", format="mp4") as box:
        stream: VideoStream | None = None
        set_up, at = b"", 0
        for part in parts:
            with _opened(part.source) as source:
                track = source.streams.video[0]
                context = track.codec_context
                if stream is None:
                    stream = box.add_stream_from_template(track)
                    stream.time_base = timebase(fps)
                    # The first source says how dense it is, which says nothing of the whole.
                    stream.codec_context.bit_rate = 0
                    set_up = bytes(context.extradata or b"")
                if bytes(context.extradata or b"") != set_up:
                    raise _unfit("has another form than those before it", part)
                for count, packet in enumerate(_stretch(source, track, part), at):
                    packet.pts = (packet.pts or 0) + at * TICKS
                    # Of a very short piece the encoder knows no lag, yet all must have the same.
                    packet.dts = (count - lag) * TICKS
                    packet.duration = TICKS
                    packet.stream = stream
                    box.mux(packet)
            at += part.frames
    return held.getvalue()


def _stretch(
    source: InputContainer, track: VideoStream, part: Footage
) -> Iterator[Packet[VideoStream]]:
    """Yield the packets of a stretch as they are decoded, each shown from its own beginning."""
    before = int(track.start_time or 0) + part.first * TICKS
    packets = (packet for packet in source.demux(track) if packet.size)
    count = 0
    for packet in islice(packets, part.first, part.first + part.frames):
        if packet.pts is None or (not count and not packet.is_keyframe):
            raise _unfit("does not begin where it should", part)
        packet.pts -= before
        count += 1
        yield packet
    if count != part.frames:
        raise _unfit(f"has {count} frames, {part.frames} are wanted", part)


@contextmanager
def _opened(source: bytes | Path) -> Generator[InputContainer]:
    import av
    from av.error import FFmpegError

    try:
        box = av.open(str(source) if isinstance(source, Path) else io.BytesIO(source), "r")
    except (OSError, FFmpegError) as error:
        raise MediaError("A piece of a clip cannot be read.", where=_where(source)) from error
    with box:
        yield box


def _unfit(why: str, part: Footage) -> MediaError:
    return MediaError(f"A piece of a clip {why}.", where=_where(part.source))


def _where(source: bytes | Path) -> str:
    return source.name if isinstance(source, Path) else ""
