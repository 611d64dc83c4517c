"""Reference pictures under a vendor's limits: sent as they are, made to fit, or refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.errors import Refused
from stillreel.providers.parcel import Inline
from stillreel.values.sniff import media_type

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from stillreel.providers.ask import Reference
    from stillreel.providers.figures import Pictures

    Image = NDArray[np.uint8]

_ENLARGED = 4.0
"""Most a small picture is enlarged: a slim figure of 80 pixels can still be told from others."""
_PADDED = 1.6
"""Most a narrow picture is widened by a plain margin."""
_QUALITIES = (95, 88, 80)
_SMALLER = 0.8
"""By how much a picture shrinks whose file is too large at every quality."""
_LEGIBLE = 1000
"""Longest side below which a picture is made no smaller to save bytes."""


def taken(reference: Reference, limits: Pictures, where: str) -> bytes:
    """Return the bytes of a reference, its own where they keep to a vendor's limits.

    Raises:
        Refused: it is gone, is no picture, or lies too far outside the limits; nothing was sent.
    """
    return fitted(opened(reference, where), limits, f"{where} {reference.label}")


def opened(reference: Reference, where: str) -> bytes:
    """Return the bytes of a reference as they lie on the disk.

    Raises:
        Refused: they cannot be read; nothing was sent.
    """
    try:
        return reference.file.read_bytes()
    except OSError as error:
        told = f"cannot be read ({error.strerror}: {reference.file})"
        raise _refused(told, f"{where} {reference.label}") from None


def inline(reference: Reference, limits: Pictures, where: str) -> Inline:
    """Return a reference as a data URI that keeps to a vendor's limits.

    Raises:
        Refused: it cannot be made to fit; nothing was sent.
    """
    data = taken(reference, limits, where)
    return Inline.uri(data, media_type(data[:16]))


def fitted(data: bytes, limits: Pictures, where: str = "") -> bytes:
    """Return a picture's own bytes where they keep to the limits, else others that do.

    Raises:
        Refused: it is no picture, or lies too far outside the limits.
    """
    known = media_type(data[:16]) in limits.types and len(data) <= limits.bytes_max
    size = size_of(data)
    if known and size is not None and _within(size, limits):
        return data
    return _remade(data, limits, where)


def size_of(data: bytes) -> tuple[int, int] | None:
    """Return width and height from the head of a PNG or JPEG file; None where it is neither."""
    if data.startswith(b"\x89PNG") and len(data) >= 24:
        return int.from_bytes(data[16:20]), int.from_bytes(data[20:24])
    at = 2
    while data.startswith(b"\xff\xd8") and at + 9 < len(data) and data[at] == 0xFF:
        kind, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4])
        if 0xC0 <= kind <= 0xCF and kind not in {0xC4, 0xC8, 0xCC}:
            return int.from_bytes(data[at + 7 : at + 9]), int.from_bytes(data[at + 5 : at + 7])
        at += 2 + length
    return None


def _within(size: tuple[int, int], limits: Pictures) -> bool:
    low, high = limits.sides
    least, most = limits.ratio
    return low <= min(size) and max(size) <= high and least <= size[0] / size[1] <= most


def _remade(data: bytes, limits: Pictures, where: str) -> bytes:
    import cv2
    import numpy as np

    found = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR) if data else None
    if found is None:
        raise _refused("is no picture that can be read", where)
    picture = _padded(np.asarray(found, np.uint8), limits, where)
    height, width = picture.shape[:2]
    low, high = limits.sides
    scale = min(max(1.0, low / min(width, height)), high / max(width, height))
    if scale > _ENLARGED or min(width, height) * scale < low - 1:
        raise _refused(f"has {width}x{height} pixels; sides of {low} to {high} are taken", where)
    if scale != 1.0:
        size = [max(low, min(high, round(side * scale))) for side in (width, height)]
        way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        picture = np.asarray(cv2.resize(picture, size, interpolation=way), np.uint8)
    return _encoded(picture, limits, where)


def _padded(picture: Image, limits: Pictures, where: str) -> Image:
    """Widen or heighten a picture that is too narrow, in the colour of its edge."""
    import cv2
    import numpy as np

    height, width = picture.shape[:2]
    least, most = limits.ratio
    if least <= width / height <= most:
        return picture
    # A little inside the limits: a later change of size rounds both sides.
    least, most = least * 1.01, most / 1.01
    wide, high = max(width, -int(-height * least // 1)), max(height, -int(-width / most // 1))
    if wide * high > width * height * _PADDED:
        raise _refused(
            f"has {width}x{height} pixels; width by height of {least:.2f} to {most:.2f} is taken",
            where,
        )
    edge = np.concatenate([picture[0], picture[-1], picture[:, 0], picture[:, -1]])
    colour = [float(one) for one in np.median(edge, axis=0)]
    left, top = (wide - width) // 2, (high - height) // 2
    sides = (top, high - height - top, left, wide - width - left)
    widened = cv2.copyMakeBorder(picture, *sides, cv2.BORDER_CONSTANT, value=colour)
    return np.asarray(widened, np.uint8)


def _encoded(picture: Image, limits: Pictures, where: str) -> bytes:
    import cv2
    import numpy as np

    ways: list[tuple[str, list[int]]] = [(".png", [])]
    ways += [(".jpg", [cv2.IMWRITE_JPEG_QUALITY, quality]) for quality in _QUALITIES]
    while True:
        for form, settings in ways:
            _, data = cv2.imencode(form, picture, settings)
            if data.size <= limits.bytes_max:
                return data.tobytes()
        smaller = [int(side * _SMALLER) for side in picture.shape[1::-1]]
        if min(smaller) < limits.sides[0] or max(picture.shape[:2]) <= _LEGIBLE:
            break
        picture = np.asarray(cv2.resize(picture, smaller, interpolation=cv2.INTER_AREA), np.uint8)
    raise _refused(f"is larger than {limits.bytes_max:,} bytes however it is packed", where)


def _refused(told: str, where: str) -> Refused:
    return Refused(
        f"A reference picture {told}.",
        where=where,
        next_step="Put another picture in its place, or another platform in film.toml.",
        failure="invalid",
    )
