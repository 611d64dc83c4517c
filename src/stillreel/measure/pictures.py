"""Picture bytes in and out, safely: the header is read and bounded before anything is decoded."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, cast

import numpy as np

from stillreel.errors import MediaError
from stillreel.measure.nouns import PictureFacts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.measure.nouns import Image

MOST_PIXELS = 64_000_000
"""Largest picture that is decoded."""
_BAND = 256
"""Rows that are brought to 8 bits and laid on white at a time."""
_NEXT = "Give a PNG, JPEG or WebP picture."
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG_SIZES = frozenset(
    (*range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0))
)


def look(data: bytes, where: str = "") -> PictureFacts:
    """Return what the header of PNG, JPEG or WebP bytes says, decoding nothing.

    Raises:
        MediaError: it is none of the three, is animated, is cut short, or has more than
            `MOST_PIXELS`.
    """
    try:
        facts = _header(data)
    except (struct.error, IndexError) as error:
        raise MediaError("The picture is cut short.", where=where, next_step=_NEXT) from error
    if facts is None:
        what = "The file is empty." if not data else "This is no PNG, JPEG or WebP picture."
        raise MediaError(what, where=where, next_step=_NEXT)
    if _moves(data, facts.kind):
        raise MediaError(
            "The picture is animated.", where=where, next_step="Give a still picture of it."
        )
    if facts.width < 1 or facts.height < 1:
        raise MediaError("The picture has no pixels.", where=where, next_step=_NEXT)
    if facts.width * facts.height > MOST_PIXELS:
        raise MediaError(
            f"The picture is {facts.width} x {facts.height} pixels, more than "
            f"{MOST_PIXELS // 1_000_000} million.",
            where=where,
            next_step="Scale it down first.",
        )
    return facts


def decode(data: bytes, where: str = "") -> Image:
    """Return (height, width, 3) BGR pixels; what is transparent is laid on white.

    Raises:
        MediaError: see `look`; also when the pixels are damaged or cut short.
    """
    import cv2

    cv2.setNumThreads(1)
    facts = look(data, where)
    whole = {
        "png": b"IEND" in data[-4096:] or b"IEND" in data,
        "jpeg": data.rfind(b"\xff\xd9") > 0,
        "webp": len(data) >= struct.unpack_from("<I", data, 4)[0] + 8,
    }[facts.kind]
    if not whole:
        raise MediaError(
            "The picture is cut short.", where=where, next_step="Fetch or export it again."
        )
    flag = cv2.IMREAD_COLOR if facts.kind == "jpeg" else cv2.IMREAD_UNCHANGED
    try:
        pixels = cv2.imdecode(np.frombuffer(data, np.uint8), flag)
    except cv2.error:
        pixels = None
    if pixels is None:
        raise MediaError(
            "The picture's pixels are damaged.", where=where, next_step="Fetch or export it again."
        )
    return _bgr(cast("NDArray[np.uint8] | NDArray[np.uint16]", pixels))


def encode_png(image: Image) -> bytes:
    """Return PNG bytes of BGR pixels, packed quickly; equal pixels give equal bytes."""
    import cv2

    options = [cv2.IMWRITE_PNG_COMPRESSION, 1]
    options += [cv2.IMWRITE_PNG_FILTER, cv2.IMWRITE_PNG_FILTER_UP]
    options += [cv2.IMWRITE_PNG_STRATEGY, cv2.IMWRITE_PNG_STRATEGY_FILTERED]
    options += [cv2.IMWRITE_PNG_ZLIBBUFFER_SIZE, 1 << 20]
    return _encode(".png", image, options)


def encode_jpeg(image: Image, quality: int = 90) -> bytes:
    """Return JPEG bytes of BGR pixels at a quality of 1 to 100."""
    import cv2

    return _encode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])


def filling(image: Image, width: int, height: int) -> Image:
    """Return a picture that fills a frame of `width` x `height` pixels, cut at its edges."""
    import cv2

    scale = max(width / image.shape[1], height / image.shape[0])
    size = (max(width, round(image.shape[1] * scale)), max(height, round(image.shape[0] * scale)))
    whole = cv2.resize(image, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
    left, top = (size[0] - width) // 2, (size[1] - height) // 2
    return np.asarray(whole[top : top + height, left : left + width], dtype=np.uint8)


def thumbnail(image: Image, longest: int) -> Image:
    """Return the picture no longer than `longest` pixels on any side; never enlarged."""
    import cv2

    height, width = image.shape[:2]
    scale = longest / max(height, width)
    if scale >= 1:
        return image
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return cast("Image", cv2.resize(image, size, interpolation=cv2.INTER_AREA))


def _encode(suffix: str, image: Image, options: list[int]) -> bytes:
    import cv2

    cv2.setNumThreads(1)
    done, data = cv2.imencode(suffix, np.ascontiguousarray(image), options)
    if not done:
        raise MediaError(f"The picture could not be written as {suffix}.")
    return data.tobytes()


def _bgr(pixels: NDArray[np.uint8] | NDArray[np.uint16]) -> Image:
    """Return three 8-bit channels from grey, BGR or BGRA of 8 or 16 bits, a band at a time."""
    image = np.empty((*pixels.shape[:2], 3), np.uint8)
    for top in range(0, len(pixels), _BAND):
        image[top : top + _BAND] = _laid(pixels[top : top + _BAND])
    return image


def _laid(pixels: NDArray[np.uint8] | NDArray[np.uint16]) -> Image:
    if pixels.dtype == np.uint16:
        pixels = (pixels >> 8).astype(np.uint8)
    image = cast("NDArray[np.uint8]", pixels)
    if image.ndim == 2:
        return image[:, :, None]
    if image.shape[2] == 3:
        return image
    alpha = image[:, :, 3:].astype(np.uint16)
    laid = (image[:, :, :3] * alpha + (255 - alpha) * 255 + 127) // 255
    return laid.astype(np.uint8)


def _header(data: bytes) -> PictureFacts | None:
    if data.startswith(_PNG):
        width, height = struct.unpack_from(">II", data, 16)
        return PictureFacts("png", width, height)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _webp(data)
    return _jpeg(data) if data.startswith(b"\xff\xd8\xff") else None


def _moves(data: bytes, kind: str) -> bool:
    if kind == "webp":
        return data[12:16] == b"VP8X" and bool(data[20:21] > b"" and data[20] & 0x02)
    # an animated PNG says so in a chunk before its first pixels
    return kind == "png" and 0 < data.find(b"acTL", 0, 4096) < data.find(b"IDAT")


def _webp(data: bytes) -> PictureFacts | None:
    chunk = data[12:16]
    if chunk == b"VP8X":
        width = int.from_bytes(data[24:27], "little") + 1
        height = int.from_bytes(data[27:30], "little") + 1
    elif chunk == b"VP8L":
        (bits,) = struct.unpack_from("<I", data, 21)
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    elif chunk == b"VP8 ":
        width, height = (side & 0x3FFF for side in struct.unpack_from("<HH", data, 26))
    else:
        return None
    return PictureFacts("webp", width, height)


def _jpeg(data: bytes) -> PictureFacts:
    """Walk the segments to the one that holds the size; the orientation tag is not applied."""
    at = 2
    while True:
        while data[at] != 0xFF or data[at + 1] in {0xFF, 0x00}:
            at += 1
        marker = data[at + 1]
        if marker in _JPEG_SIZES:
            height, width = struct.unpack_from(">HH", data, at + 5)
            return PictureFacts("jpeg", width, height)
        if marker in {0x01, *range(0xD0, 0xD9)}:
            at += 2
            continue
        (length,) = struct.unpack_from(">H", data, at + 2)
        at += 2 + max(2, length)
