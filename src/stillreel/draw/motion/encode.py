"""The house format of a clip: silent H.264 in MP4, made so that clips join by copying packets.

One encoder thread, closed groups of pictures of at most 48 frames, a key frame on every cut, BT.709
tags and a timebase of 512 ticks per frame (1/12288 at 24 fps): the same pictures always give the
same bytes, and the clips of a film can be put end to end without decoding them.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from stillreel.errors import MediaError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from stillreel.values.take import Quality


TICKS = 512
"""Ticks of the stream's clock per frame."""
GROUP = 48
"""Longest group of pictures, in frames."""
_BT709 = 1
_TV_RANGE = 1


@dataclass(frozen=True, slots=True)
class House:
    """Encoder settings of one quality."""

    preset: str
    crf: int
    finer: str = ""
    """More parameters of x264, each with a colon before it."""
    lag: int = 0
    """Frames by which decoding runs ahead: 2 where pictures refer to later ones in two levels."""


HOUSE: dict[Quality, House] = {
    # cameras move by parts of a pixel: looking for those halves the bytes of hatching and leaves
    "draft": House("ultrafast", 26, ":subme=1:partitions=i4x4"),
    "publish": House("veryfast", 18, lag=2),
}


def timebase(fps: int) -> Fraction:
    """Return the clock of every house clip at `fps`."""
    return Fraction(1, fps * TICKS)


class Encoder:
    """Takes planar 4:2:0 frames one by one and returns the finished MP4 as bytes."""

    def __init__(self, width: int, height: int, fps: int, quality: Quality = "draft") -> None:
        """Open an encoder for frames of `width` x `height` pixels, both even.

        Raises:
            MediaError: the size is odd or the encoder does not open.
        """
        import av
        from av.video.frame import PictureType

        if width % 2 or height % 2 or min(width, height) < 2:
            raise MediaError(
                f"A clip of {width}x{height} pixels cannot be encoded: both sides must be even.",
                next_step="Choose an even picture size.",
            )
        house = HOUSE[quality]
        self._frame_type = av.VideoFrame
        self._key = PictureType.I
        self._free = PictureType.NONE
        self._out = io.BytesIO()
        self._box: Any = av.open(self._out, "w", format="mp4")
        stream: Any = self._box.add_stream(
            "libx264",
            rate=fps,
            options={
                "preset": house.preset,
                "crf": str(house.crf),
                "x264-params": (
                    f"keyint={GROUP}:min-keyint=1:scenecut=0:open-gop=0:threads=1:"
                    "lookahead-threads=1:colorprim=bt709:transfer=bt709:colormatrix=bt709:range=tv"
                    f"{house.finer}"
                ),
            },
        )
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.time_base = timebase(fps)
        context = stream.codec_context
        context.time_base = timebase(fps)
        context.thread_count = 1
        context.gop_size = GROUP
        context.color_primaries = context.color_trc = context.colorspace = _BT709
        context.color_range = _TV_RANGE
        self._stream: Any = stream
        self._shape = (height * 3 // 2, width)
        self._clock = timebase(fps)
        self.frames = 0

    def add(self, frame: NDArray[np.uint8], *, key: bool = False) -> None:
        """Encode one frame; its memory may be reused as soon as this returns.

        Args:
            frame: (height * 3 / 2, width) contiguous: luma, then the two half-size chroma planes.
            key: whether decoding may start here, as on every cut.
        """
        if frame.shape != self._shape:
            raise MediaError(f"A frame of shape {frame.shape} was handed to a {self._shape} clip.")
        picture: Any = self._frame_type.from_numpy_buffer(frame, format="yuv420p")
        picture.pts = self.frames * TICKS
        picture.time_base = self._clock
        picture.colorspace = _BT709
        picture.color_range = _TV_RANGE
        picture.pict_type = self._key if key else self._free
        for packet in self._stream.encode(picture):
            packet.duration = TICKS
            self._box.mux(packet)
        self.frames += 1

    def finish(self) -> bytes:
        """Close the clip and return its bytes."""
        for packet in self._stream.encode():
            packet.duration = TICKS
            self._box.mux(packet)
        self._box.close()
        return self._out.getvalue()
