"""Which sheet is used, and which front-end wins: pure functions of the figures."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from stillreel.sheet.nouns import Bakeoff, Sheet, Standing
from stillreel.values.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from stillreel.plan.nouns import Character
    from stillreel.sheet.nouns import Entry

IDENTITY_WEIGHT = 0.5
"""Share of identity in a sheet's score; the rest is how well the plan's colours are found."""
WEAK_IDENTITY = 0.5
"""Below this a sheet is no safe reference."""
CLEAR_LEAD = 0.02
"""A smaller difference of means than this is no difference."""


def score_of(entry: Entry) -> float:
    """Return one figure for an entry, 0..1; an identity that is not measurable does not count."""
    if not entry.told:
        return entry.attributes.value
    return IDENTITY_WEIGHT * entry.identity.value + (1 - IDENTITY_WEIGHT) * entry.attributes.value


def bake_off(sheets: Iterable[tuple[Entry, ...]]) -> Bakeoff:
    """Rank the front-ends by their mean score over all sheets of characters."""
    figures: defaultdict[str, list[float]] = defaultdict(list)
    wins: defaultdict[str, int] = defaultdict(int)
    for entries in sheets:
        for entry in entries:
            figures[entry.take.provider].append(score_of(entry))
        best = max(entries, key=score_of)
        wins[best.take.provider] += 1
    standings = tuple(
        sorted(
            (
                Standing(name, sum(values) / len(values), wins[name], len(values))
                for name, values in figures.items()
            ),
            key=lambda standing: (-standing.mean, standing.provider),
        )
    )
    if not standings:
        return Bakeoff("", (), "There was nothing to draw.")
    return Bakeoff(standings[0].provider, standings, _verdict(standings))


def pick(subject: str, entries: tuple[Entry, ...], front_end: str, chosen: str) -> Sheet:
    """Return the sheet with the take that is used: a person's choice, else the winner's."""
    takes = {entry.take.id: entry.take for entry in entries}
    if chosen in takes:
        return Sheet(subject, entries, takes[chosen], "chosen by a person")
    for entry in entries:
        if entry.take.provider == front_end:
            return Sheet(
                subject, entries, entry.take, f"drawn by {front_end}, which draws the boards"
            )
    best = max(entries, key=score_of)
    return Sheet(subject, entries, best.take, f"best measured score, {score_of(best):.2f}")


def problems(sheets: Iterable[Sheet]) -> tuple[Problem, ...]:
    """Return a warning for every character whose look does not hold from view to view."""
    found: list[Problem] = []
    for sheet in sheets:
        used = next(entry for entry in sheet.entries if entry.take.id == sheet.chosen.id)
        if used.identity.value < WEAK_IDENTITY and used.told:
            found.append(
                Problem(
                    f"cast/{sheet.subject}.toml",
                    0,
                    "",
                    f"the views on the sheet of {sheet.subject} differ from each other "
                    f"(identity {used.identity.value:.2f})",
                    "look at it, then redo or choose the other front-end's take",
                    "warning",
                )
            )
    return tuple(found)


def failures(sheet: Sheet, members: int) -> tuple[Problem, ...]:
    """Return why nothing should be moved with this sheet: check, number, cheapest way to mend it.

    Args:
        sheet: of a character.
        members: bodies the character is; a group has no single view that could be wanted.
    """
    used = next(entry for entry in sheet.entries if entry.take.id == sheet.chosen.id)
    where = f"cast/{sheet.subject}.toml"
    again = f"choose a rival's sheet (stillreel compare DIR {sheet.subject}), or ask again: "
    again += f"stillreel redo DIR {sheet.subject}"
    found: list[Problem] = []
    if members == 1 and not any(file.role == "plate-front" for file in sheet.plates()):
        message = (
            f"plates: no single clean front view could be cut from the sheet of {sheet.subject} "
            "(0 of 1); a sheet of many views makes a motion model clone the figure"
        )
        crop = f"cut one by hand: stillreel redo DIR {sheet.subject} --crop "
        crop += f"front=LEFT,TOP,RIGHT,BOTTOM; or {again}"
        found.append(Problem(where, 0, "", message, crop))
    elif used.identity.high < WEAK_IDENTITY:
        message = (
            f"identity: the views of {sheet.subject} are like each other to "
            f"{used.identity.value:.2f}, at most {used.identity.high:.2f}; "
            f"{WEAK_IDENTITY:.2f} is wanted"
        )
        found.append(Problem(where, 0, "", message, again))
    return tuple(found)


def photographed(who: Character, platforms: Iterable[str]) -> Problem:
    """Return the problem of a sheet that may pass for a photograph of a real person."""
    return Problem(
        f"cast/{who.id}.toml",
        0,
        "",
        f"the sheet of {who.name} may pass for a photograph of a real person, and "
        f"{' and '.join(platforms)} refuses such pictures when a clip is asked for",
        f"set a drawn style in film.toml, choose another sheet (stillreel compare DIR {who.id}), "
        "or add a platform to clips that takes them",
    )


def _verdict(standings: tuple[Standing, ...]) -> str:
    first = standings[0]
    if len(standings) == 1:
        return f"Only {first.provider} competed; its mean score is {first.mean:.2f}."
    second = standings[1]
    lead = first.mean - second.mean
    told = f"{first.provider} {first.mean:.2f}, {second.provider} {second.mean:.2f}"
    if lead < CLEAR_LEAD:
        return f"No clear difference: {told}; {first.provider} is used."
    return f"{first.provider} holds identity and the plan's colours better: {told}."
