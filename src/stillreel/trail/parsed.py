"""Plain JSON from outside, looked at without faith in its shape."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = Mapping[str, object]

_LONGEST = 4096
"""Characters of one text that are kept."""


def table(value: object) -> Json:
    """Return a JSON object as it is, and anything else as an empty one."""
    return cast("Json", value) if isinstance(value, Mapping) else {}


def tables(value: object) -> Iterator[Json]:
    """Yield the objects of a JSON array; anything else yields nothing."""
    if isinstance(value, list):
        for one in cast("list[object]", value):
            if isinstance(one, Mapping):
                yield cast("Json", one)


def text(value: object) -> str | None:
    """Return a text that is not empty, cut to a length people read; anything else is None."""
    return value[:_LONGEST] if isinstance(value, str) and value else None


def texts(value: object) -> Iterator[str]:
    """Yield every text inside a JSON value, keys left out."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, Mapping):
            waiting += cast("Json", one).values()
        elif isinstance(one, list):
            waiting += cast("list[object]", one)
