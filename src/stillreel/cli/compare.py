"""compare: takes side by side, and the bake-off between front-ends."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from stillreel.cli import show
from stillreel.production.folder import Folder

Json = Annotated[bool, Parameter(name="--json", negative="")]


def compare(directory: Path, what: str, *, stage: str = "", as_json: Json = False) -> int:
    """Show every take of a character, place, prop or clip side by side, or the bake-off.

    Args:
        directory: the project folder.
        what: an id: mara, garden, C07; or bakeoff.
        stage: grid shows the boards of a clip instead of its clips.
        as_json: answer as JSON.
    """
    from stillreel.production.decide import compare as side_by_side

    if what == "bakeoff":
        return _bakeoff(Folder(directory), as_json=as_json)
    found = side_by_side(Folder(directory), what, stage)
    if as_json:
        show.document(
            {
                "subject": found.subject,
                "stage": found.stage,
                "picture": str(found.sheet),
                "takes": [
                    {
                        "take": rival.take,
                        "number": rival.number,
                        "provider": rival.provider,
                        "file": str(rival.file),
                        "current": rival.current,
                        "seconds": rival.seconds,
                        "spent_usd": str(rival.spent),
                        "scores": {score.kind: score.value for score in rival.scores},
                        "why": rival.why,
                    }
                    for rival in found.rivals
                ],
            }
        )
        return 0
    rows = [
        (
            "*" if rival.current else " ",
            rival.take,
            str(rival.number),
            rival.provider,
            "  ".join(f"{score.kind} {score.value:.2f}" for score in rival.scores),
            f"{rival.seconds:.1f} s",
            f"{rival.spent} USD",
        )
        for rival in found.rivals
    ]
    show.lines(show.table(("", "take", "no", "by", "scores", "made in", "cost"), rows))
    show.lines([str(found.sheet)])
    return 0


def _bakeoff(folder: Folder, *, as_json: bool) -> int:
    from dataclasses import asdict

    from stillreel.production.contact import card_words, interval_words
    from stillreel.production.decide import contest

    found = contest(folder)
    held = found.held
    if as_json:
        show.document(
            {
                "through": held.through,
                "rivals": held.rivals,
                "spent_usd": [str(one) for one in found.spent],
                "overruled": found.overruled,
                "pictures": [str(page) for page in found.pages],
                "league": asdict(held.league),
                "units": [asdict(unit) for unit in held.units],
            }
        )
        return 0
    rows = [
        (
            unit.subject,
            str(unit.sample),
            *(card_words(card) for card in unit.cards),
        )
        for unit in held.units
    ]
    if rows:
        show.lines(show.table(("unit", "sample", *held.rivals), rows))
    show.lines([interval_words(pair) for pair in held.league.pairings])
    costs = ", ".join(f"{a} {b} USD" for a, b in zip(held.rivals, found.spent, strict=True))
    show.lines([f"cost so far: {costs}", held.league.why])
    if found.overruled:
        show.lines([f"overruled by a person: {found.overruled} draws the boards"])
    show.lines([str(page) for page in found.pages])
    return 0
