"""What a story lacks before it can be planned, all of it at once."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from stillreel.values.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from stillreel.brief.nouns import Brief, Element

_SEEN = frozenset(("action", "centered"))
_SAID = frozenset(("dialogue", "lyric"))


def check(brief: Brief) -> list[Problem]:
    """Return every problem of a story in line order: errors stop a run, warnings do not."""
    found = [*_nothing_to_film(brief), *_speeches(brief), *_left_open(brief)]
    if brief.form == "fountain":
        found += _headings_without_air(brief)
    found += _numbers_used_twice(brief)
    return sorted(found)


def _nothing_to_film(brief: Brief) -> Iterable[Problem]:
    kinds = {element.kind for element in brief.elements if any(map(str.isalpha, element.text))}
    if kinds & _SEEN:
        return
    if kinds & _SAID:
        yield Problem(
            brief.file,
            0,
            "action",
            "people speak, but nothing is said about what is seen",
            "add a paragraph of action to each scene",
            "warning",
        )
    else:
        yield Problem(
            brief.file,
            0,
            "action",
            "there is nothing to film: no action and no dialogue",
            "write at least one sentence that can be seen",
        )


def _speeches(brief: Brief) -> Iterable[Problem]:
    elements = [element for element in brief.elements if element.kind != "note"]
    for element, after in zip_longest(elements, elements[1:]):
        if element.kind == "dialogue" and not element.speaker:
            yield Problem(
                brief.file,
                element.line,
                "dialogue",
                "nobody says this line",
                "put the speaker's name in capitals on the line before it",
                "warning",
            )
        if element.kind == "character" and not _spoken(after):
            yield Problem(
                brief.file,
                element.line,
                "character",
                f"{element.text} is named but says nothing",
                "write the words under the name, or put `!` before it to make it action",
                "warning",
            )


def _spoken(after: Element | None) -> bool:
    return after is not None and after.kind in {"dialogue", "parenthetical", "lyric"}


def _left_open(brief: Brief) -> Iterable[Problem]:
    if brief.form != "fountain":
        return
    for element in brief.elements:
        for mark, close, name in (("/*", "*/", "boneyard"), ("[[", "]]", "note")):
            if element.kind != "note" and mark in element.text:
                yield Problem(
                    brief.file,
                    element.line,
                    name,
                    f"a {name} is opened with {mark} and never closed, so it is read as story",
                    f"close it with {close}",
                    "warning",
                )


def _headings_without_air(brief: Brief) -> Iterable[Problem]:
    for element, after in zip(brief.elements, brief.elements[1:], strict=False):
        if element.kind == "heading" and after.line == element.end_line + 1:
            yield Problem(
                brief.file,
                element.line,
                "heading",
                "no empty line follows this scene heading",
                "put an empty line after it, so that every program reads it as a heading",
                "warning",
            )


def _numbers_used_twice(brief: Brief) -> Iterable[Problem]:
    seen: dict[str, int] = {}
    for element in brief.elements:
        number = element.scene_number
        if number and number in seen:
            yield Problem(
                brief.file,
                element.line,
                "heading",
                f"scene number {number} is already used on line {seen[number]}",
                f"give the scene a number of its own, such as {number}A",
                "warning",
            )
        elif number:
            seen[number] = element.line
