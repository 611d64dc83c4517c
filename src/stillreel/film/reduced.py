"""Small copies of pictures, made once and kept: what pages and report are laid from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.errors import MediaError
from stillreel.film.conform import keep
from stillreel.values.digest import of_value

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

_PROOF = 1280
"""Width in pixels of the copy that narrower copies are made from."""
_FINE = 92
"""JPEG quality of that copy."""


def read(path: Path) -> Pixels:
    """Return the pixels of a picture, (h, w, 3) BGR.

    Raises:
        MediaError: it is missing, or no picture.
    """
    import cv2
    import numpy as np

    raw = np.fromfile(path, dtype=np.uint8) if path.is_file() else np.zeros(0, np.uint8)
    found = cv2.imdecode(raw, cv2.IMREAD_COLOR) if raw.size else None
    if found is None:
        raise MediaError("This picture cannot be read.", where=str(path))
    return np.asarray(found, dtype=np.uint8)


def fitted(picture: Pixels, width: int) -> Pixels:
    """Return a picture scaled to a width in pixels, its shape kept."""
    import cv2
    import numpy as np

    high = max(1, round(picture.shape[0] * width / picture.shape[1]))
    how = cv2.INTER_AREA if width < picture.shape[1] else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(picture, (width, high), interpolation=how), dtype=np.uint8)


def jpeg(pixels: Pixels, quality: int) -> bytes:
    """Return BGR pixels as the bytes of a JPEG."""
    import cv2

    _, data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return data.tobytes()


def reduced(picture: Path, width: int, quality: int, cache: Path) -> Path:
    """Return a JPEG of a picture, no wider than `width` pixels, made once and kept.

    The picture itself is opened once for all its narrower copies, which come from its proof.

    Raises:
        MediaError: the picture cannot be read.
        StorageError: the cache cannot be written.
    """

    def made() -> Pixels:
        whole = read(picture if width >= _PROOF else reduced(picture, _PROOF, _FINE, cache))
        return whole if whole.shape[1] <= width else fitted(whole, width)

    return kept([*mark(picture), width], quality, cache, made)


def mark(picture: Path) -> list[object]:
    """Return what tells a file from any other of its name: files here are never written in place.

    Raises:
        MediaError: it is missing.
    """
    try:
        found = picture.stat()
    except OSError as error:
        raise MediaError("This picture cannot be read.", where=str(picture)) from error
    return [picture.name, found.st_size, found.st_mtime_ns]


def kept(key: list[object], quality: int, cache: Path, made: Callable[[], Pixels]) -> Path:
    """Return the JPEG that a key stands for, calling `made` only when it is not there.

    Raises:
        StorageError: the cache cannot be written.
    """
    path = cache / f"small-{of_value([*key, quality])[:24]}.jpg"
    if not path.exists():
        keep(jpeg(made(), quality), path)
    return path
