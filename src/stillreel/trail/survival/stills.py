"""What is done to stills: saved again, made smaller, cropped, photographed off a screen."""

from __future__ import annotations

import shutil
import struct
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from stillreel.errors import MediaError, UsageError
from stillreel.trail.survival.nouns import Change

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

_MOST_BYTES = 128 << 20
_MOST_PIXELS = 64_000_000
_PNG = b"\x89PNG\r\n\x1a\n"
_SCREEN = (1080, 1920)
_THUMBNAIL = 256
_DESKTOP = 58
"""Grey around the window of a screenshot."""


def pixels(path: Path) -> Pixels:
    """Return a still as (height, width, 3) BGR; its size is read before it is decoded.

    Raises:
        MediaError: it cannot be decoded, or is too large.
        UsageError: it cannot be read.
    """
    import cv2

    width, height = _size(path)
    if width * height > _MOST_PIXELS or path.stat().st_size > _MOST_BYTES:
        raise MediaError("This picture is too large to be tried out.", where=str(path))
    cv2.setNumThreads(1)
    found = cv2.imdecode(np.fromfile(path, np.uint8), cv2.IMREAD_COLOR)
    if found is None:
        raise MediaError("This picture cannot be decoded.", where=str(path))
    return np.asarray(found, np.uint8)


def luma(path: Path) -> Pixels:
    """Return the luma of a still, (height, width).

    Raises:
        MediaError: see `pixels`.
    """
    import cv2

    return np.asarray(cv2.cvtColor(pixels(path), cv2.COLOR_BGR2GRAY), np.uint8)


def save(path: Path, picture: Pixels, quality: int = 0) -> None:
    """Write a picture as JPEG of some quality, or as PNG where that is 0, with nothing beside."""
    import cv2

    form, told = (".jpg", [cv2.IMWRITE_JPEG_QUALITY, quality]) if quality else (".png", [])
    path.write_bytes(cv2.imencode(form, picture, told)[1].tobytes())


def changes() -> tuple[Change, ...]:
    """Return what is done to every still; the first does nothing, and must lose nothing."""
    return (
        Change("copied as it is", copied),
        Change("saved again as PNG", _saved, ".png"),
        Change("touched up, PNG chunks kept", _touched, ".png"),
        *(Change(f"JPEG {q}", partial(_saved, quality=q), ".jpg") for q in (90, 75, 50)),
        Change("half size", _halved, ".png"),
        Change("cropped by 10 %", _cropped, ".png"),
        Change("screenshot", _screenshot, ".png"),
        Change(f"thumbnail of {_THUMBNAIL} pixels", _thumbnail, ".jpg"),
        Change("photographed off a screen", _photographed, ".jpg"),
    )


def copied(source: Path, target: Path) -> None:
    """Copy a file byte for byte."""
    shutil.copyfile(source, target)


def _saved(source: Path, target: Path, quality: int = 0) -> None:
    save(target, pixels(source), quality)


def _halved(source: Path, target: Path) -> None:
    import cv2

    picture = pixels(source)
    half = [max(1, side // 2) for side in picture.shape[1::-1]]
    save(target, np.asarray(cv2.resize(picture, half, interpolation=cv2.INTER_AREA), np.uint8))


def _cropped(source: Path, target: Path) -> None:
    """Keep nine tenths of each side, from a corner that no block of an encoder begins at."""
    picture = pixels(source)
    height, width = picture.shape[:2]
    top, left = height * 3 // 100, width * 7 // 100
    save(target, picture[top : top + height * 9 // 10, left : left + width * 9 // 10])


def _screenshot(source: Path, target: Path) -> None:
    """Show the picture in a window on a desktop of 1920x1080 pixels and keep the whole screen."""
    import cv2

    picture = pixels(source)
    height, width = picture.shape[:2]
    scale = min(0.85 * _SCREEN[0] / height, 0.85 * _SCREEN[1] / width)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    shown = cv2.resize(picture, size, interpolation=cv2.INTER_LINEAR)
    screen = np.full((*_SCREEN, 3), _DESKTOP, np.uint8)
    top, left = (_SCREEN[0] - size[1]) // 2, (_SCREEN[1] - size[0]) // 2
    screen[top : top + size[1], left : left + size[0]] = shown
    save(target, screen)


def _thumbnail(source: Path, target: Path) -> None:
    import cv2

    picture = pixels(source)
    scale = _THUMBNAIL / max(picture.shape[:2])
    if scale >= 1:
        raise MediaError("The picture is no larger than a thumbnail.", where=str(source))
    small = [max(1, round(side * scale)) for side in picture.shape[1::-1]]
    shown = cv2.resize(picture, small, interpolation=cv2.INTER_AREA)
    save(target, np.asarray(shown, np.uint8), 75)


def _photographed(source: Path, target: Path) -> None:
    """Look at the picture a little from the side, softly, with the grain of a phone."""
    import cv2

    picture = pixels(source)
    height, width = picture.shape[:2]
    corners = np.array([(0, 0), (1, 0), (1, 1), (0, 1)], np.float32) * (width, height)
    askew = np.array([(0.03, 0.05), (0.97, 0.01), (0.96, 0.98), (0.04, 0.94)]) * (width, height)
    view = cv2.getPerspectiveTransform(corners.astype(np.float32), askew.astype(np.float32))
    seen = cv2.GaussianBlur(cv2.warpPerspective(picture, view, (width, height)), (0, 0), 0.8)
    grain = np.random.default_rng(1).normal(0, 4, seen.shape)
    save(target, np.clip(seen + grain, 0, 255).astype(np.uint8), 85)


def _touched(source: Path, target: Path) -> None:
    """Make a PNG a little lighter as an editor would that keeps chunks it does not know."""
    data = source.read_bytes()
    if not data.startswith(_PNG):
        raise MediaError("Only PNG is tried.", where=str(source))
    import cv2

    lighter = cv2.imencode(".png", cv2.convertScaleAbs(pixels(source), beta=4))[1].tobytes()
    fresh = {kind: chunk for kind, chunk in _chunks(lighter) if kind != b"IDAT"}
    body = b"".join(chunk for kind, chunk in _chunks(lighter) if kind == b"IDAT")
    kept = [
        chunk
        for kind, chunk in _chunks(data)
        if kind not in {b"IHDR", b"IDAT", b"IEND", b"PLTE", b"tRNS", b"sBIT", b"bKGD", b"hIST"}
    ]
    target.write_bytes(_PNG + fresh[b"IHDR"] + b"".join(kept) + body + fresh[b"IEND"])


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_PNG)
    while at + 12 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        yield kind, data[at : at + 12 + size]
        at += 12 + size


def _size(path: Path) -> tuple[int, int]:
    import av
    import av.error

    try:
        with av.open(str(path)) as box:
            stream = box.streams.video[0]
            return stream.width, stream.height
    except (IndexError, av.error.FFmpegError) as error:
        raise MediaError("This picture cannot be decoded.", where=str(path)) from error
    except OSError as error:
        raise UsageError("The file cannot be read.", where=str(path)) from error
