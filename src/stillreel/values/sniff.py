"""What bytes are, judged by the bytes and never by a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.errors import MediaError

if TYPE_CHECKING:
    from pathlib import Path

_HEADS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"OggS", "audio/ogg"),
    (b"\x1aE\xdf\xa3", "video/webm"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
)
_BRANDS = {
    **dict.fromkeys((b"avif", b"avis"), "image/avif"),
    **dict.fromkeys((b"heic", b"heix", b"mif1"), "image/heic"),
}


def media_type(head: bytes) -> str:
    """Return the media type that the first bytes show, or `application/octet-stream`.

    Args:
        head: at least the first 16 bytes.
    """
    for magic, name in _HEADS:
        if head.startswith(magic):
            return name
    if head[:4] == b"RIFF":
        return {b"WEBP": "image/webp", b"WAVE": "audio/wav"}.get(
            head[8:12], "application/octet-stream"
        )
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], "video/mp4")
    return "application/octet-stream"


def media_type_of(path: Path) -> str:
    """Return what a file is by its first bytes.

    Raises:
        MediaError: it cannot be opened.
    """
    try:
        with path.open("rb") as stream:
            return media_type(stream.read(16))
    except OSError as error:
        raise MediaError(
            f"The file cannot be read: {error.strerror or error}.",
            where=str(path),
            next_step="Check the path and the permissions.",
        ) from error
