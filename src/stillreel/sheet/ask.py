"""What is asked of a front-end for a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.plan.scenes import sheet_scene
from stillreel.providers.ask import Reference, StillAsk
from stillreel.sheet.nouns import SHEET_SIZE
from stillreel.values.digest import seed_of

if TYPE_CHECKING:
    from stillreel.plan.nouns import Plan


def subjects(plan: Plan) -> tuple[str, ...]:
    """Return the ids of everything that gets a sheet: cast, then places, then props."""
    return tuple(one.id for group in (plan.cast, plan.places, plan.props) for one in group)


def ask_for(
    plan: Plan,
    subject: str,
    prompt: str,
    number: int,
    references: tuple[Reference, ...] = (),
) -> StillAsk:
    """Return the ask for one subject's sheet; every front-end is given the same one."""
    width, height = SHEET_SIZE
    found = [one for one in (*plan.places, *plan.props) if one.id == subject]
    return StillAsk(
        subject=subject,
        kind="sheet",
        prompt=prompt,
        width=width,
        height=height,
        seed=seed_of(subject, number),
        take=number,
        references=references,
        sheet=sheet_scene(plan, subject),
        grounded=any(one.real for one in found),
        lettering=tuple(one.text for one in plan.props if one.id == subject and one.text),
    )
