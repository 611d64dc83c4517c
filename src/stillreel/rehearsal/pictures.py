"""Real pictures and clips of any size, made in milliseconds: test cards that move.

Every file says whose it is: the job's id stands in a part of the file that players skip, so that
a test can tell which job a file came from, and no two jobs deliver the same bytes.
"""

from __future__ import annotations

import io
import struct
import zlib
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from av.packet import Packet
    from av.video.stream import VideoStream
    from numpy.typing import NDArray

_RATE, _BLOCK = 48_000, 1024
"""Samples of sound a second, and in one frame of AAC."""
_MARK = b"stillreel-rehearsal:"


@lru_cache(maxsize=48)
def clip(width: int, height: int, seconds: int, fps: int = 24, *, sound: bool = False) -> bytes:
    """Return an H.264 MP4 of exactly this size, length and rate; sides must be even."""
    import av

    made = io.BytesIO()
    with av.open(made, "w", format="mp4") as box:
        stream = box.add_stream("libx264", rate=fps)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.options = {"preset": "superfast", "crf": "38", "bf": "0", "threads": "1"}
        noise = box.add_stream("aac", rate=_RATE, layout="mono") if sound else None
        ground = _ground(width, height)
        period: list[Packet[VideoStream]] = []
        for index in range(fps):
            card = _moving(ground, width, height, index / fps)
            frame = av.VideoFrame.from_ndarray(card, format="yuv420p")
            frame.pts = index
            period += stream.encode(frame)
        period += stream.encode(None)
        tick = period[0].time_base
        step = int(1 / (fps * tick))
        # One second is drawn and its packets repeated: encoding is what would cost time.
        for index in range(seconds * fps):
            source = period[index % fps]
            packet = av.Packet(bytes(source))
            packet.stream, packet.time_base = stream, tick
            packet.pts = packet.dts = index * step
            packet.duration = step
            packet.is_keyframe = source.is_keyframe
            box.mux(packet)
        if noise is not None:
            for index in range(seconds * _RATE // _BLOCK):
                hush = av.AudioFrame("fltp", "mono", _BLOCK)
                hush.planes[0].update(bytes(4 * _BLOCK))
                hush.sample_rate, hush.pts = _RATE, index * _BLOCK
                box.mux(noise.encode(hush))
            box.mux(noise.encode(None))
    return made.getvalue()


@lru_cache(maxsize=48)
def still(width: int, height: int, form: str = "png") -> bytes:
    """Return a test card as `png`, `jpeg` or `webp`."""
    import cv2

    options = [cv2.IMWRITE_PNG_COMPRESSION, 1] if form == "png" else [cv2.IMWRITE_JPEG_QUALITY, 85]
    if form == "webp":
        options = [cv2.IMWRITE_WEBP_QUALITY, 80]
    name = {"jpeg": ".jpg"}.get(form, f".{form}")
    ok, data = cv2.imencode(name, _card(width, height), options)
    if not ok:
        message = f"a {form} of {width}x{height} cannot be encoded"
        raise ValueError(message)
    return data.tobytes()


def marked(data: bytes, job: str) -> bytes:
    """Return a file that says which job made it; it plays and shows as before."""
    note = _MARK + job.encode() + b";"
    if data[4:8] == b"ftyp":
        return data + struct.pack(">I", 8 + len(note)) + b"free" + note
    if data.startswith(b"\x89PNG"):
        body = b"tEXt" + b"Comment\0" + note
        chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
        return data[:-12] + chunk + data[-12:]
    if data.startswith(b"\xff\xd8"):
        return data[:2] + b"\xff\xfe" + struct.pack(">H", 2 + len(note)) + note + data[2:]
    return data


def job_of(data: bytes) -> str:
    """Return the id of the job that made a file, or an empty text."""
    at = data.find(_MARK)
    if at < 0:
        return ""
    at += len(_MARK)
    return data[at : data.index(b";", at)].decode()


def size_of(data: bytes) -> tuple[int, int] | None:
    """Return width and height from the head of a PNG, JPEG, GIF or WebP; None where unknown."""
    if data.startswith(b"\x89PNG") and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return int(width), int(height)
    if data.startswith(b"GIF8") and len(data) >= 10:
        width, height = struct.unpack("<HH", data[6:10])
        return int(width), int(height)
    if data.startswith(b"\xff\xd8"):
        return _jpeg_size(data)
    return None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        kind = data[at + 1]
        if 0xC0 <= kind <= 0xCF and kind not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return int(width), int(height)
        at += 2 + int(struct.unpack(">H", data[at + 2 : at + 4])[0])
    return None


def _card(width: int, height: int) -> NDArray[np.uint8]:
    import numpy as np

    across = np.linspace(0, 1, width, dtype=np.float32)
    down = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    card = np.empty((height, width, 3), np.uint8)
    card[:, :, 0] = 150 - 60 * across
    card[:, :, 1] = 70 + 90 * down
    card[:, :, 2] = 60 + 120 * across
    card[height // 5 : height * 4 // 5, width // 3 : width // 2] = (120, 205, 235)
    return card


def _ground(width: int, height: int) -> NDArray[np.uint8]:
    # Luma above, both chroma planes below it, as the encoder takes them.
    import numpy as np

    ground = np.empty((height * 3 // 2, width), np.uint8)
    ground[:height] = np.linspace(70, 170, width, dtype=np.float32)
    ground[height : height * 5 // 4] = 140
    ground[height * 5 // 4 :] = 118
    return ground


def _moving(ground: NDArray[np.uint8], width: int, height: int, phase: float) -> NDArray[np.uint8]:
    # A bar that crosses the card once a second, so that nothing looks frozen.
    card = ground.copy()
    left = int(phase * width)
    card[height // 5 : height * 4 // 5, left : left + max(8, width // 8)] = 225
    return card
