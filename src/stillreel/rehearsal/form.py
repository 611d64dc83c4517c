"""Strict reading of request bodies: what is not published is refused."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any, cast

from stillreel.rehearsal.pictures import size_of
from stillreel.rehearsal.wire import Denied

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_HEAD = 65_536
"""Letters of a data URI that are decoded to learn the size of a picture."""
_SCHEMES = ("https://", "http://127.0.0.1", "http://localhost")


def only(held: Mapping[str, Any], allowed: Collection[str], where: str = "") -> None:
    """Refuse a field that is not published.

    Raises:
        Denied: there is one.
    """
    for name in held:
        if name not in allowed:
            raise Denied("invalid", f"The parameter `{where}{name}` is not supported.", name)


def text(held: Mapping[str, Any], name: str, *, most: int = 0, needed: bool = True) -> str:
    """Return a text field.

    Raises:
        Denied: it is missing, no text, empty or too long.
    """
    value = held.get(name)
    if value is None and not needed:
        return ""
    if value is None:
        raise Denied("missing", f"The required parameter `{name}` is missing.", name)
    if not isinstance(value, str) or (needed and not value):
        raise Denied("invalid", f"The parameter `{name}` must be a text that is not empty.", name)
    if most and len(value) > most:
        raise Denied("invalid", f"The parameter `{name}` is longer than {most} letters.", name)
    return value


def whole(held: Mapping[str, Any], name: str, low: int, high: int, default: int, *also: int) -> int:
    """Return a whole number between two, or one of `also`.

    Raises:
        Denied: it is no whole number, or lies outside.
    """
    value = held.get(name)
    if value is None:
        return default
    if isinstance(value, bool) or not isinstance(value, int):
        raise Denied("invalid", f"The parameter `{name}` must be an integer.", name)
    if not low <= value <= high and value not in also:
        raise Denied("invalid", f"The parameter `{name}` must lie in {low}..{high}.", name)
    return value


def choice(held: Mapping[str, Any], name: str, among: Collection[str], default: str) -> str:
    """Return one of some words.

    Raises:
        Denied: it is another.
    """
    value = held.get(name, default)
    if value not in among:
        words = ", ".join(among)
        raise Denied("invalid", f"The parameter `{name}` must be one of {words}.", name)
    return cast("str", value)


def flag(held: Mapping[str, Any], name: str, default: bool = False) -> bool:
    """Return true or false.

    Raises:
        Denied: it is neither.
    """
    value = held.get(name, default)
    if not isinstance(value, bool):
        raise Denied("invalid", f"The parameter `{name}` must be a boolean.", name)
    return value


def listed(held: Mapping[str, Any], name: str, most: int) -> list[Any]:
    """Return a list of at most so many, empty where the field is missing.

    Raises:
        Denied: it is no list, or a longer one.
    """
    value = held.get(name, [])
    if not isinstance(value, list):
        raise Denied("invalid", f"The parameter `{name}` must be an array.", name)
    rows = cast("list[Any]", value)
    if len(rows) > most:
        raise Denied("invalid", f"The parameter `{name}` takes at most {most} items.", name)
    return rows


def address(value: object, name: str, *, data: bool = True, schemes: tuple[str, ...] = ()) -> str:
    """Return the address of a file: https, a data URI, or one of the vendor's own schemes.

    Raises:
        Denied: it is none of these.
    """
    if isinstance(value, str):
        if value.startswith((*_SCHEMES, *schemes)):
            return value
        if data and value.startswith("data:"):
            return value
    raise Denied("invalid", f"The parameter `{name}` is not a valid URL.", name)


def picture(
    value: object, name: str, schemes: tuple[str, ...] = ()
) -> tuple[str, tuple[int, int] | None]:
    """Return a picture's address, and its size where it came as a data URI.

    Raises:
        Denied: the address is none, or the data URI holds no picture.
    """
    found = address(value, name, schemes=schemes)
    if not found.startswith("data:"):
        return found, None
    head, _, letters = found[: _HEAD + 64].partition(",")
    if not (head.startswith("data:image/") and head.endswith(";base64")):
        raise Denied("invalid", f"The parameter `{name}` is not a picture as a data URI.", name)
    try:
        data = base64.b64decode(letters[: len(letters) // 4 * 4], validate=True)
    except ValueError as error:
        raise Denied("invalid", f"The parameter `{name}` is not valid base64.", name) from error
    return found, size_of(data)
