# ruff: noqa: RUF001 - letters of other alphabets are the subject
"""Short stable ids from names in any script."""

from __future__ import annotations

import re
import unicodedata

_ARTICLES = re.compile(
    r"^(the|a|an|der|die|das|le|la|les|el|los|las|il|lo|gli|o|os|de|het)\s+", re.IGNORECASE
)
_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)


def slug(name: str, fallback: str) -> str:
    """Return `name` as an id of lower-case letters, digits and hyphens.

    Args:
        name: a name or noun phrase; a leading article is dropped.
        fallback: id to use when the script has no Latin letters.
    """
    bare = _ARTICLES.sub("", name.strip()).lower().translate(_LETTERS)
    plain = unicodedata.normalize("NFKD", bare).encode("ascii", "ignore").decode()
    short = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:36].strip("-")
    if not short:
        return fallback
    return short if short[0].isalpha() else f"x-{short}"


def fresh(wanted: str, taken: set[str]) -> str:
    """Return `wanted`, or `wanted-2` and so on when it is taken, and take it."""
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted[:36]}-{number}"
    taken.add(name)
    return name
