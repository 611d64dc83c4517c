# ruff: noqa: RUF001 - typographic quotation marks are what this module is about
"""Spoken words inside prose: found by their marks, and lifted out so that the rest parses well."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PAIRS = {"“": "”", "«": "»", "„": "“”", "‹": "›", "「": "」", "『": "』", "»": "«"}
_SAID = re.compile(r"^[,;:—–-]?\s*[a-z]")


_ATTRIBUTED = re.compile(
    r"(”\s\w+\s(?:(?:the|a|an|my|his|her|their|old|little)\s)*\w+(?:\s[A-Z]\w+)?)"
    r"[,;] (and|but|so|then) "
)


_DROP_CAP = re.compile(r"^[A-Z]{2,}(?=\s+[a-z])")


@dataclass(frozen=True, slots=True)
class Quote:
    """One stretch of direct speech."""

    start: int
    """Where its stand-in begins in the masked text."""
    end: int
    text: str
    """The words, without marks."""


@dataclass(frozen=True, slots=True)
class Masked:
    """A paragraph whose speeches are replaced by a short stand-in."""

    text: str
    quotes: tuple[Quote, ...]


def spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return where speeches stand in `text`, marks included, as (start, end)."""
    found: list[tuple[int, int]] = []
    index = 0
    while index < len(text):
        end = _closing(text, index)
        if end:
            found.append((index, end))
            index = end
        else:
            index += 1
    return tuple(found)


def mask(text: str) -> Masked:
    """Replace each speech in `text` by the stand-in `“Yes,”`, keeping what was said."""
    text = _DROP_CAP.sub(lambda match: match.group(0).capitalize(), text, count=1)
    pieces: list[str] = []
    quotes: list[Quote] = []
    reached = length = 0
    for start, end in spans(text):
        inner = text[start + 1 : end].rstrip('”"»›’」』«“ ').strip()
        before, after = text[reached:start], text[end:]
        pieces.append(before)
        length += len(before)
        reached = end
        if _mere_word(inner, text[:start], after):
            pieces.append(inner)
            length += len(inner)
            continue
        rest = after.lstrip()
        going_on = bool(_SAID.match(rest)) or (rest[:1].isupper() and inner.endswith(","))
        opening = (
            "Yes"
            if not text[:start].rstrip()[-1:] or text[:start].rstrip()[-1] in ".!?”"
            else "yes"
        )
        stand_in = f"“{opening}{',' if going_on else '.'}”"
        quotes.append(Quote(length, length + len(stand_in), inner))
        pieces.append(stand_in)
        length += len(stand_in)
    pieces.append(text[reached:])
    return Masked(_parted("".join(pieces)), tuple(quotes))


def _parted(masked: str) -> str:
    """End the sentence after `said the Giant, and ...`, which parsers misread; lengths stay."""
    return _ATTRIBUTED.sub(
        lambda match: f"{match.group(1)}. {match.group(2).capitalize()} ", masked
    )


def chunks(text: str, most: int = 11) -> tuple[str, ...]:
    """Cut a speech at its own pauses into parts of about `most` words for one shot each."""
    parts = [one.strip() for one in re.split(r"(?<=[.!?;:—…。！？])\s*", text) if one.strip()]
    finer: list[str] = []
    for part in parts:
        if len(part.split()) > most * 1.5:
            finer += [one.strip() for one in re.split(r"(?<=,)\s+", part) if one.strip()]
        else:
            finer.append(part)
    joined: list[str] = []
    for part in finer:
        if joined and len(f"{joined[-1]} {part}".split()) <= most:
            joined[-1] = f"{joined[-1]} {part}"
        else:
            joined.append(part)
    return tuple(joined) or (text,)


def _closing(text: str, index: int) -> int:
    """Return the end of a speech that opens at `index`, or 0."""
    mark = text[index]
    closers = _PAIRS.get(mark)
    if closers:
        found = [text.find(one, index + 1) for one in closers]
        ends = [one for one in found if one >= 0]
        if mark == "»" and not ends:
            return 0
        return (min(ends) + 1) if ends else len(text)
    if mark == '"':
        end = text.find('"', index + 1)
        return end + 1 if end >= 0 else len(text)
    if mark in "‘'" and (index == 0 or text[index - 1] in " (\n—–-"):
        closer = "’" if mark == "‘" else "'"
        match = re.search(rf"[.,!?;:…—]{closer}(?!\w)", text[index + 1 :])
        return index + 1 + match.end() if match else 0
    return 0


def _mere_word(inner: str, before: str, after: str) -> bool:
    if len(inner.split()) > 3 or inner[-1:] in ".,!?…—":
        return False
    return before.rstrip()[-1:] not in (":", ",", "") and after.lstrip()[:1] != ","
