# ruff: noqa: RUF001 - typographic apostrophes stand in scripts
"""Introductions in brackets, as scripts write them: `MARA (30s, short black hair, red jacket)`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from stillreel.plan.lexicon import lexicon
from stillreel.plan.looks import looks_of
from stillreel.plan.portrait import tells

_NAME = r"(?:[A-Z][\w'’.-]*[ \t]+){0,3}[A-Z][\w'’.-]*"
_BRACKET = re.compile(rf"\b({_NAME})[ \t]*\(([^()]{{1,240}})\)")
_NOUN = re.compile(r"\b([a-z][a-z-]+)[ \t]*\(([^()]{1,240})\)")
_COMMA = re.compile(
    r"\b([A-Z][A-Z'’.-]+(?: [A-Z][A-Z'’.-]+)*),\s*"
    r"((?:early |mid-?|late )?\d{1,3}(?:s|'s|’s)?)(?=[,.\s])"
)
_YEARS = re.compile(
    r"(?:^|(?<=[,;]))\s*(?:aged?\s+)?((?:early |mid-? ?|late )?)(\d{1,3})(?:s|'s|’s)?"
    r"(?=\s*(?:[,;.]|$))",
    re.IGNORECASE,
)
_SEGMENT = re.compile(r",\s*([^,.;:!?()]+)(?=,)")
_ARTICLE = re.compile(r"^(?:A|An|AN|The|THE)\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Introduction:
    """Who was introduced, and the words about how they look."""

    name: str
    """As written, without an article."""
    looks: str


def lifted(text: str) -> tuple[str, tuple[Introduction, ...]]:
    """Take the introductions out of a paragraph.

    Args:
        text: a paragraph of action or prose.

    Returns:
        The paragraph without the brackets that describe someone, and what they said.
    """
    found: list[Introduction] = []
    for pattern in (_BRACKET, _NOUN, _COMMA):
        kept, at = "", 0
        for match in pattern.finditer(text):
            looks = _spelled(match.group(2))
            if match.start() < at or not _describes(looks):
                continue
            more, end = _told_after(text, match.end())
            name = _ARTICLE.sub("", match.group(1))
            found.append(Introduction(name, ", ".join((looks, *more))))
            kept += text[at : match.start()] + match.group(1)
            # `A woman, ANNA (70), in grey, stands`: the commas round her name go in pairs.
            paired = more and text[: match.start()].rstrip().endswith(",")
            at = end - 1 if paired and text[end - 1] == "," else end
        text = kept + text[at:]
    return text, tuple(found)


def _told_after(text: str, at: int) -> tuple[tuple[str, ...], int]:
    """Take the looks between the commas after an introduction: `, bald, with a beard, comes in`.

    Returns:
        The looks, and where the sentence goes on.
    """
    told: list[str] = []
    while segment := _SEGMENT.match(text, at):
        words = segment.group(1).strip()
        first = words.split(maxsplit=1)[0].lower()
        deed = any(lexicon().action(first.removesuffix(end)) for end in ("es", "s"))
        if (deed and first.endswith("s")) or not _describes(words):
            break
        told.append(words)
        at = segment.end()
    if told and text.startswith(",", at):
        at += 1
    return tuple(told), at


def _spelled(words: str) -> str:
    """Write bare numbers as ages: `30s, red jacket` as `aged 30, red jacket`."""
    return _YEARS.sub(lambda match: f" aged {match.group(2)}", words.strip()).strip()


def _describes(words: str) -> bool:
    if words.startswith("aged ") or tells(words):
        return True
    looks = looks_of((words,))
    return bool(
        looks.age or looks.build or looks.taller or looks.marks or looks.hair_style == "bald"
    )
