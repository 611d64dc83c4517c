# ruff: noqa: RUF001 - typographic apostrophes stand in scripts
"""Introductions in brackets, as scripts write them: `MARA (30s, short black hair, red jacket)`."""

from __future__ import annotations

import re
from dataclasses import dataclass

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

    def take(match: re.Match[str]) -> str:
        looks = _spelled(match.group(2))
        if not _describes(looks):
            return match.group(0)
        found.append(Introduction(_ARTICLE.sub("", match.group(1)), looks))
        return match.group(1)

    for pattern in (_BRACKET, _NOUN, _COMMA):
        text = pattern.sub(take, text)
    return text, tuple(found)


def _spelled(words: str) -> str:
    """Write bare numbers as ages: `30s, red jacket` as `aged 30, red jacket`."""
    return _YEARS.sub(lambda match: f" aged {match.group(2)}", words.strip()).strip()


def _describes(words: str) -> bool:
    if words.startswith("aged ") or tells(words):
        return True
    looks = looks_of((words,))
    return bool(looks.age or looks.build or looks.taller or looks.marks)
