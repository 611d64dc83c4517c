"""The nine panels of an answer as a clip of the plan: ids and exact lengths are ours."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from stillreel.plan.nouns import ClipPlan, Line, Panel
from stillreel.plan.pacing import lengths
from stillreel.values.scene import Performer

if TYPE_CHECKING:
    from stillreel.plan.writing.told import Shot, Shots

_OURS = {"seconds", "who", "speaker", "speech", "off", "first_line", "last_line"}
"""What a panel holds in another form."""


def clip_of(number: int, title: str, shots: Shots) -> ClipPlan:
    """Return clip `number`, its panels fitted into 10 to 15 seconds that add up exactly."""
    wanted = [Fraction(shot.seconds).limit_denominator(100) for shot in shots.panels]
    total, each = lengths([max(one, Fraction(1, 10)) for one in wanted])
    panels = tuple(
        _panel(f"P{at}", shot, seconds)
        for at, (shot, seconds) in enumerate(zip(shots.panels, each, strict=True), 1)
    )
    return ClipPlan(id=f"C{number:02}", title=title, seconds=total, panel=panels)


def _panel(name: str, shot: Shot, seconds: str) -> Panel:
    first = max(0, shot.first_line)
    said = Line(who=shot.speaker, text=shot.speech, off=shot.off) if shot.speech.strip() else None
    return Panel(
        id=name,
        seconds=seconds,
        who=tuple(Performer(**one.model_dump()) for one in shot.who),
        line=said,
        source=(first, max(first, shot.last_line)),
        **shot.model_dump(exclude=_OURS),
    )
