"""Whether a clip is what was ordered."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from stillreel.clip.ask import ask_for
from stillreel.clip.check import delivered
from stillreel.clip.nouns import Probe
from stillreel.plan.nouns import Character, ClipPlan, Panel, Place, Plan
from stillreel.providers.ask import Reference
from stillreel.values.scene import Performer

PANELS = tuple(Reference("board", f"panel-{n}", "0" * 64, Path("x.png")) for n in range(1, 10))


def _plan(seconds: tuple[str, ...], total: str) -> Plan:
    panels = tuple(
        Panel(
            id=f"P{n}",
            size="wide",
            seconds=length,
            action="She waits.",
            who=(Performer(id="mara"),),
            place="garden",
        )
        for n, length in enumerate(seconds, 1)
    )
    return Plan(
        title="T",
        cast=(Character(id="mara", name="Mara"),),
        places=(Place(id="garden", name="Garden", kind="garden"),),
        clips=(ClipPlan(id="C01", title="One", seconds=total, panel=panels),),
    )


PLAN = _plan(("1.5",) * 9, "13.5")
ASK = ask_for(PLAN, PLAN.clips[0], "", 1, panels=PANELS, drawn_by="lumen")
GOOD = Probe(1920, 1080, Fraction(24), 324)


def test_a_clip_as_ordered_is_no_problem() -> None:
    assert delivered(ASK, GOOD) == ()


def test_a_clip_that_is_too_short_is_an_error() -> None:
    (problem,) = delivered(ASK, replace(GOOD, frames=300))
    assert problem.severity == "error"
    assert "300" in problem.message


@pytest.mark.parametrize(
    ("facts", "key"),
    [
        (replace(GOOD, frames=330), "seconds"),
        (replace(GOOD, width=1280, height=720), "size"),
        (replace(GOOD, fps=Fraction(30), frames=405), "fps"),
    ],
)
def test_what_can_be_conformed_is_a_warning(facts: Probe, key: str) -> None:
    (problem,) = delivered(ASK, facts)
    assert (problem.key, problem.severity) == (key, "warning")
    assert problem.hint


def test_a_cut_that_was_not_found_where_it_was_planned_is_told() -> None:
    planned = tuple(36 * n for n in range(1, 9))
    assert delivered(ASK, replace(GOOD, cuts=tuple(cut + 1 for cut in planned))) == ()
    (problem,) = delivered(ASK, replace(GOOD, cuts=(*planned[:3], *planned[4:])))
    assert problem.key == "panel.5"
    assert "144" in problem.message
