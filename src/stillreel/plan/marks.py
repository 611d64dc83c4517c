"""Scars, tattoos, piercings, freckles and eye patches in the story's words, as marks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, cast

from stillreel.plan.lexicon import lexicon
from stillreel.values.scene import Mark

if TYPE_CHECKING:
    from stillreel.values.scene import MarkKind, Side

_Where = Literal["cheek", "brow", "nose", "chin", "ear", "neck", "arm", "hand"]
_NOUNS = re.compile(
    r"\b(?:(?P<tattoo>tattoos?|tattooed)|(?P<scar>scars?|scarred)"
    r"|(?P<freckles>freckles?|freckled)|(?P<mole>moles?|birthmark|beauty spot)"
    r"|(?P<patch>eye[ -]?patch|patch (?=over))"
    r"|(?P<piercing>pierced|piercings?|earrings?|nose[ -]rings?|lip[ -]rings?|(?:nose|lip) stud"
    r"|(?:rings?|studs?)(?= (?:in|through) (?:(?:her|his|their|the|one) )?(?:left |right )?"
    r"(?:nose|eyebrow|brow|lip|ear|nostril|septum|chin)\b)))\b"
)
_HOMES: dict[str, _Where] = {
    "tattoo": "arm",
    "scar": "cheek",
    "freckles": "cheek",
    "mole": "cheek",
    "patch": "brow",
    "piercing": "ear",
}
_COLOURS = {"tattoo": "#2b3a4a", "scar": "#a8604f", "piercing": "#c9ccd2", "patch": "#26252b"}
_PLACED = frozenset(("nose", "lip"))


def marks_in(phrase: str) -> tuple[tuple[Mark, ...], str]:
    """Find the marks a phrase names.

    Args:
        phrase: the story's words about how someone looks, lower case.

    Returns:
        The marks, and the phrase without the words that told of them.
    """
    found: list[Mark] = []
    rest: list[str] = []
    reached = 0
    for match in _NOUNS.finditer(phrase):
        kind = match.lastgroup or "scar"
        start = _start(phrase, match.start(), reached)
        end = _end(phrase, match.end())
        before = phrase[start : match.start()].split()
        after = phrase[match.end() : end]
        found.append(_mark(kind, match.group(0), before, after))
        rest.append(phrase[reached:start])
        reached = end
    rest.append(phrase[reached:])
    return tuple(found), " , ".join(rest)


def _mark(kind: str, noun: str, before: list[str], after: str) -> Mark:
    lex = lexicon()
    words = re.findall(r"[a-z]+", after)
    where = cast("_Where | None", next((w for one in words if (w := lex.body(one))), None))
    if noun.split(maxsplit=1)[0].split("-", maxsplit=1)[0] in _PLACED:
        where = cast("_Where", lex.body(noun.split(maxsplit=1)[0].split("-", maxsplit=1)[0]))
    side = next((one for one in (*words, *before) if one in ("left", "right")), "")
    where = where or _HOMES[kind]
    middle = kind == "freckles" or (where in ("nose", "neck", "chin") and kind != "scar")
    design = _design(kind, noun, before, after)
    return Mark(
        kind=cast("MarkKind", kind),
        where=where,
        side=cast("Side", side or ("centre" if middle else "left")),
        design=design,
        colour=_COLOURS.get(kind, "#7a4a33"),
    )


def _design(kind: str, noun: str, before: list[str], after: str) -> str:
    if kind not in ("tattoo", "piercing"):
        return ""
    shown = re.match(
        r" of (?:an? |the )?([a-z][a-z -]*?)(?= (?:on|over|across|in|at|along)\b|$)", after
    )
    if shown:
        return shown.group(1)[:40]
    kept = [one for one in before if one not in ("a", "an", "the", "and", "with", "has", "had")]
    kept = [
        one for one in kept if one not in ("left", "right", "wearing", "wore", "wears", "she", "he")
    ]
    if kind == "piercing":
        thing = "stud" if "stud" in noun else "ring"
        return " ".join([*(one for one in kept if lexicon().metal(one)), thing])
    return " ".join(kept[-3:])


def _start(phrase: str, at: int, floor: int) -> int:
    """Return where the words before a mark begin: after a comma, or a joining word."""
    head = phrase[floor:at]
    cut = 0
    for match in re.finditer(r"[,;.:]|\b(?:and|with|has|had|wore|wears|wearing|is|was)\b", head):
        cut = match.end()
    return floor + cut


def _end(phrase: str, at: int) -> int:
    """Return where the words after a mark end: at a comma, or where another thing begins."""
    match = re.search(r"[,;.:]|\band\b|\bwith\b", phrase[at:])
    return at + match.start() if match else len(phrase)
