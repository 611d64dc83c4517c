"""Identity by content: the digest of bytes, and of everything that made a take."""

from __future__ import annotations

import hashlib
import json
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_CHUNK = 1 << 20


def of_bytes(data: bytes) -> str:
    """Return the SHA-256 of `data` in hex: the name of a file in the store."""
    return hashlib.sha256(data).hexdigest()


def of_file(path: Path) -> str:
    """Return the SHA-256 of a file in hex, read in bounded memory."""
    seen = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            seen.update(chunk)
    return seen.hexdigest()


def of_value(value: object) -> str:
    """Return the digest of a value's canonical JSON; equal values have equal digests.

    Dataclass fields that do not take part in comparison do not take part in the digest.
    """
    text = json.dumps(
        value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain
    )
    return of_bytes(text.encode())


def of_parts(parts: Iterable[str]) -> str:
    """Return the digest of an ordered sequence of texts, unambiguous at the joints."""
    return of_value(list(parts))


def seed_of(*parts: object) -> int:
    """Return a 32-bit seed from what a thing is: the same for the same parts, on any machine."""
    return int(of_parts(str(part) for part in parts)[:8], 16)


def _plain(value: object) -> object:
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if isinstance(value, Path):
        return value.as_posix()
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    dump = getattr(value, "model_dump", None)
    if dump is not None:
        return dump(mode="json")
    fields = getattr(value, "__dataclass_fields__", None)
    if fields is not None:
        return {name: getattr(value, name) for name, field in fields.items() if field.compare}
    message = f"{type(value).__name__} has no canonical form"
    raise TypeError(message)
