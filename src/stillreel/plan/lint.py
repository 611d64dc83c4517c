"""What makes a model clone a character, lose the thread or refuse: found before it is paid for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stillreel.plan.prompts import mentions
from stillreel.values.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from stillreel.plan.prompts import Prompt
    from stillreel.providers.ask import Reference
    from stillreel.providers.offer import Offer

_VAGUE = re.compile(
    r"\b(several|some (?:people|men|women|children|figures)|many|a few|a group|a crowd|crowds?|"
    r"people|figures|others|everyone|everybody|bystanders|twins?)\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\bexactly (?:one|two|three|four|five|six|seven|\d)\b|\bempty of people\b", re.IGNORECASE
)
_CLOSE = re.compile(r"\bclose-up\b", re.IGNORECASE)
_SINGLE = re.compile(r"\bsingle main character\b|\bempty of people\b", re.IGNORECASE)
_ABSTRACT = re.compile(
    r"\b(epic|stunning|breathtaking|masterpiece|award-winning|8k|4k|ultra-detailed|hyper-?realistic|"
    r"destiny|eternity|essence|vibes?|iconic|unforgettable|amazing|emotional journey|"
    r"sense of|feeling of|meaning of)\b",
    re.IGNORECASE,
)
_REFUSED = re.compile(
    r"\b(blood(?:y|ied)?|gore|naked|nude|corpses?|murder(?:ed|s)?|suicide|behead(?:ed)?|stab(?:bed|s)?|"
    r"kill(?:ed|s|ing)?|slay|slain|dead|wounds?|nazi|porn\w*|celebrity|trademark|strangle[ds]?|rape[ds]?|torture[ds]?)\b",
    re.IGNORECASE,
)
_SOFTER = {
    "dead": "lies quite still with closed eyes",
    "blood": "a red stain",
    "kill": "strikes down, seen from behind",
    "slay": "raises the sword",
    "wound": "marks",
    "wounds": "marks",
    "naked": "bare-shouldered",
}
_NEGATED = re.compile(r"\b(?:no|without|avoid|don't|do not|never)\s+\w+", re.IGNORECASE)
_MOVES = re.compile(
    r"\b(push(?:es)? in|pulls? back|pans? (?:left|right)|tilts? (?:up|down)|tracks? (?:left|right)|"
    r"orbits?|cranes?|rises slowly|sinks slowly|zooms?|doll(?:y|ies)|handheld)\b",
    re.IGNORECASE,
)
_PANEL = re.compile(r"P[1-9]")
_STEP = re.compile(r"^(?:Shot|Panel) \d+:")


def lint(
    prompt: Prompt,
    *,
    offer: Offer | None = None,
    references: Sequence[Reference] | None = None,
) -> tuple[Problem, ...]:
    """Return what should be mended in a prompt before it is sent.

    Args:
        prompt: the prompt as it stands, hand edits included.
        offer: limits of the model it goes to; None checks the words alone.
        references: the pictures that will be sent; None when they are not known yet.
    """
    found = [*_words(prompt)]
    if offer is not None:
        found += _limits(prompt, offer, references)
    if references is not None:
        found += _pictures(prompt, references)
    return tuple(sorted(set(found)))


def _words(prompt: Prompt) -> Iterator[Problem]:
    for number, line in enumerate(prompt.text.splitlines(), 1):
        yield from _line(prompt, number, line)


def _line(prompt: Prompt, number: int, line: str) -> Iterator[Problem]:
    def problem(message: str, hint: str, key: str) -> Problem:
        return Problem(prompt.path, number, key, message, hint, "warning")

    step = bool(_STEP.match(line))
    vague = _VAGUE.search(line)
    if vague and not _COUNTED.search(line) and prompt.kind != "sheet":
        yield problem(
            f"{vague.group(0)!r} leaves the head count open; models then invent or double people.",
            'Write a count, such as "exactly five children in frame".',
            "headcount",
        )
    if prompt.kind != "sheet" and step and not _COUNTED.search(line):
        yield problem(
            "This shot does not say how many are in frame.",
            'Add "exactly one woman in frame", or "empty of people".',
            "headcount",
        )
    if prompt.kind != "sheet" and _CLOSE.search(line) and step and not _SINGLE.search(line):
        yield problem(
            "A close-up without a single main character is often given a second face.",
            'Add "single main character" and the name.',
            "close-up",
        )
    for match in _ABSTRACT.finditer(line):
        yield problem(
            f"{match.group(0)!r} shows nothing a camera could see.",
            "Say what is seen instead: a pose, a light, a thing.",
            "abstract",
        )
    for match in _REFUSED.finditer(line):
        word = match.group(0).lower()
        softer = _SOFTER.get(word, "")
        yield problem(
            f"{match.group(0)!r} is a word that filters refuse.",
            f"Show it indirectly: {softer}." if softer else "Show it indirectly, or leave it out.",
            "refused",
        )
    if not step and prompt.kind != "sheet" and (negated := _NEGATED.search(line)):
        yield problem(
            f"{negated.group(0)!r} names what should not be seen, which invites it.",
            "Say what is there instead.",
            "negative",
        )
    moves = {match.group(0).lower() for match in _MOVES.finditer(line)}
    if step and len(moves) > 1:
        yield problem(
            f"Two camera moves in one shot: {', '.join(sorted(moves))}.",
            "Keep one; give the other its own shot.",
            "camera",
        )


def _limits(
    prompt: Prompt, offer: Offer, references: Sequence[Reference] | None
) -> Iterator[Problem]:
    words = len(prompt.text.split())
    if words > offer.prompt_words_max:
        yield Problem(
            prompt.path,
            1,
            "length",
            f"{words} words; {offer.provider} reads {offer.prompt_words_max}, the rest is lost.",
            "Shorten the shots, or split the clip.",
        )
    named = mentions(prompt.text)
    # of the panels that a shot may start from, as many are sent as there is room for
    panels = sum(_PANEL.fullmatch(label) is not None for label in named)
    sent = len(references) if references is not None else len(named) - max(0, panels - 1)
    if sent > offer.references_max:
        yield Problem(
            prompt.path,
            1,
            "references",
            f"{sent} pictures; {offer.provider} takes {offer.references_max}.",
            "Keep the identities first and drop those least seen.",
        )


def _pictures(prompt: Prompt, references: Sequence[Reference]) -> Iterator[Problem]:
    sent = {one.label for one in references}
    named = mentions(prompt.text)
    lines = prompt.text.splitlines()
    for label in named:
        if label not in sent:
            at = next(i for i, line in enumerate(lines, 1) if f"{{{{ref:{label}}}}}" in line)
            yield Problem(
                prompt.path,
                at,
                f"ref:{label}",
                f"The prompt mentions {{{{ref:{label}}}}}, but no such picture is sent.",
                "Send the picture, or take the mention out.",
            )
    for one in references:
        if one.label not in named:
            yield Problem(
                prompt.path,
                1,
                f"ref:{one.label}",
                f"The picture {one.label!r} is sent, but the prompt does not say what it is for.",
                f"Mention it: {{{{ref:{one.label}}}}} shows ...",
            )
        if prompt.kind == "shot" and (one.role == "sheet" or one.role.endswith("-sheet")):
            yield Problem(
                prompt.path,
                1,
                f"ref:{one.label}",
                f"{one.label!r} is a sheet of several views; motion models read each as a person.",
                "Send a single-view plate: one face, or one full body.",
            )
