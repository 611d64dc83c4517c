"""The title page of a Fountain script: keys and values before the first empty line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.brief.lines import Line

_KEY = re.compile(r"([^\s:][^:]*):(.*)", re.DOTALL)
_KNOWN = frozenset(
    (
        "title",
        "credit",
        "author",
        "authors",
        "source",
        "draft date",
        "date",
        "contact",
        "copyright",
        "notes",
        "revision",
        "draft",
        "format",
        "language",
        "episode",
        "series",
    )
)


class Entry(NamedTuple):
    """One key of the title page with the lines of its value."""

    key: str
    values: list[str]
    first: int
    """1-based line of the file where it begins."""
    last: int
    """1-based line of the file where it ends."""


def title_page(lines: Sequence[Line]) -> tuple[list[Entry], int]:
    """Return the entries, and the index of the first line after them.

    A value stands after the colon, on indented lines below, or both. At least one key must be
    one that title pages have; else the lines are the script's own (`FADE IN:` opens many).
    """
    start = next((at for at, line in enumerate(lines) if not line.blank), len(lines))
    entries: list[Entry] = []
    at = start
    while at < len(lines) and not lines[at].blank:
        line = lines[at]
        text = line.text.expandtabs(4)
        found = _KEY.fullmatch(text.strip())
        indent = len(text) - len(text.lstrip(" "))
        if found and (indent < 3 or not entries):
            value = found[2].strip()
            entries.append(Entry(found[1].strip(), [value] if value else [], line.first, line.last))
        elif entries and indent:
            entries[-1].values.append(text.strip())
            entries[-1] = entries[-1]._replace(last=line.last)
        else:
            return [], 0
        at += 1
    if not any(" ".join(entry.key.lower().split()) in _KNOWN for entry in entries):
        return [], 0
    return entries, at
