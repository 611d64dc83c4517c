"""The checklist of a character: one graded question per attribute, and one that is a trap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.measure.judge.nouns import Question
from stillreel.values.digest import seed_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from stillreel.measure.judge.nouns import Severity, View, Zone
    from stillreel.values.scene import Garment, Identity, Mark, Worn

_GARMENTS: dict[Zone, frozenset[Garment]] = {
    "head": frozenset({"hat", "top-hat", "cap", "hood", "crown", "helmet", "glasses"}),
    "feet": frozenset({"shoes", "boots", "sandals", "barefoot"}),
    "lower": frozenset({"trousers", "shorts", "skirt"}),
    "whole": frozenset({"coat", "cloak", "dress", "robe", "armour"}),
}
"""Where garments are worn; all others on the upper body."""
_FAINT = frozenset({"freckles", "mole"})
_AGES = {"child": "a child", "teen": "a teenager", "adult": "a grown-up", "elder": "an old person"}
_TRAPS = {
    "bright green": "#22c03c",
    "magenta": "#e020c0",
    "bright yellow": "#f0e000",
    "bright blue": "#1040e0",
    "bright red": "#e01818",
    "turquoise": "#10c8d8",
}
"""Loud colours; a trap takes the one farthest from the truth."""
_SPAN: dict[Zone, tuple[float, float]] = {
    "whole": (0.0, 1.0),
    "head": (0.0, 0.28),
    "upper": (0.12, 0.62),
    "lower": (0.42, 0.96),
    "feet": (0.82, 1.0),
    "hands": (0.3, 0.66),
}
"""Where a part of a standing figure lies, as shares of its height from the top."""
_LIMBS: dict[str, Zone] = {"arm": "upper", "hand": "hands"}
_SHOWN: dict[View, float] = {"full": 1.0, "half": 0.6, "bust": 0.36}
"""How much of a standing figure's height a view shows."""
_ENOUGH = 0.6
"""Share of a part that must be in view for a question about it."""


def checklist(identity: Identity, named: Callable[[str], str]) -> tuple[Question, ...]:
    """Return the questions about a character, the gravest first.

    Args:
        identity: who, from the plan.
        named: the plain word for a colour `#rrggbb`.
    """
    asked = list(_human(identity, named) if identity.kind == "human" else _being(identity, named))
    asked += [_worn(one, named) for one in identity.outfit]
    asked += [_mark(one, named) for one in identity.marks]
    unique = {one.attribute: one for one in asked}
    order = ("identity-breaking", "visible", "minor")
    return tuple(sorted(unique.values(), key=lambda one: order.index(one.severity)))


def control(identity: Identity, run: int, view: View = "full") -> Question:
    """Return a question whose expectation is wrong: a judge that agrees with it is not looking.

    Args:
        identity: who, from the plan.
        run: number of the run; it decides which attribute, so that the trap cannot be learned.
        view: how much of the body is in the pictures; the trap is about what they show.
    """
    choices: list[tuple[str, Zone, str]] = [
        (one.garment, _zone(one.garment), one.colour)
        for one in identity.outfit
        if one.garment != "barefoot"
    ]
    if identity.kind == "human" and identity.hair.style != "bald":
        choices.append(("hair", "head", identity.hair.colour))
    choices = [one for one in choices if _shows(view, one[1])]
    if not choices:
        choices.append(("body", "whole", identity.skin))
    what, zone, true = choices[seed_of("control", identity.id, run) % len(choices)]
    wrong = max(_TRAPS, key=lambda word: _apart(_TRAPS[word], true))
    return Question(f"{what} colour", zone, f"{wrong} {what}", "visible", control=True)


def in_view(question: Question, view: View) -> bool:
    """True when a view shows enough of the part a question is about."""
    return _shows(view, question.zone)


def narrower(one: View, other: View) -> View:
    """Return which of two views shows less of the body."""
    return min(one, other, key=_SHOWN.__getitem__)


def span(zone: Zone, view: View) -> tuple[float, float]:
    """Return top and bottom of a part as shares of a picture of that view."""
    top, bottom = (edge / _SHOWN[view] for edge in _SPAN[zone])
    return min(top, 1.0), min(bottom, 1.0)


def _shows(view: View, zone: Zone) -> bool:
    top, bottom = _SPAN[zone]
    shown = min(bottom, _SHOWN[view]) - top
    return zone == "whole" or shown >= _ENOUGH * (bottom - top)


def _human(identity: Identity, named: Callable[[str], str]) -> Iterator[Question]:
    hair = identity.hair
    yield Question("skin", "head", f"{named(identity.skin)} skin", "identity-breaking")
    if hair.style == "bald":
        yield Question("hair style", "head", "a bald head", "identity-breaking")
    else:
        colour = f"{named(hair.colour)} hair"
        yield Question("hair colour", "head", colour, "identity-breaking")
        yield Question("hair style", "head", f"{hair.style} hair", "visible")
    if hair.beard != "none":
        beard = {"short": "a short beard", "full": "a full beard"}.get(hair.beard, hair.beard)
        yield Question("beard", "head", beard, "visible")
    yield Question("age", "whole", f"the look of {_AGES[identity.age]}", "visible")
    yield Question("build", "whole", f"a {identity.build} build", "minor")
    yield Question("eye colour", "head", f"{named(identity.eyes)} eyes", "minor")


def _being(identity: Identity, named: Callable[[str], str]) -> Iterator[Question]:
    kind = identity.species or identity.kind
    yield Question("species", "whole", f"the figure is a {kind}", "identity-breaking")
    cover = "surface" if identity.kind == "thing" else "coat or plumage"
    yield Question("coat", "whole", f"{named(identity.skin)} {cover}", "identity-breaking")


def _worn(one: Worn, named: Callable[[str], str]) -> Question:
    if one.garment == "barefoot":
        return Question("feet", "feet", "bare feet", "minor")
    severity: Severity = "minor" if _zone(one.garment) == "feet" else "visible"
    return Question(one.garment, _zone(one.garment), f"{named(one.colour)} {one.garment}", severity)


def _zone(garment: Garment) -> Zone:
    for zone, among in _GARMENTS.items():
        if garment in among:
            return zone
    return "upper"


def _mark(one: Mark, named: Callable[[str], str]) -> Question:
    zone: Zone = _LIMBS.get(one.where, "head")
    side = "" if one.side == "centre" else f"{one.side} "
    design = f" of {one.design}" if one.design else ""
    text = f"a {named(one.colour)} {one.kind}{design} on the character's own {side}{one.where}"
    severity: Severity = "minor" if one.kind in _FAINT else "identity-breaking"
    return Question(f"{one.kind} {side}{one.where}", zone, text, severity)


def _apart(one: str, other: str) -> int:
    return sum(
        weight * (int(one[at : at + 2], 16) - int(other[at : at + 2], 16)) ** 2
        for at, weight in ((1, 2), (3, 4), (5, 3))
    )
