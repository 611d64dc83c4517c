"""What is asked of a front-end for a board."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.grid.nouns import BOARD_LONG_SIDE
from stillreel.plan.scenes import board_scene
from stillreel.providers.seam import Reference, StillAsk
from stillreel.sheet.ask import seed_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from stillreel.plan.nouns import ClipPlan, Plan
    from stillreel.sheet.nouns import Sheet
    from stillreel.values.take import StoredFile

_IDENTITY_PLATES = ("plate-face", "plate-front")


def board_size(ratio: str) -> tuple[int, int]:
    """Return width and height of a board, in pixels, whose panels have the film's ratio."""
    across, down = (int(part) for part in ratio.split(":"))
    if across >= down:
        return BOARD_LONG_SIDE, _even(BOARD_LONG_SIDE * down / across)
    return _even(BOARD_LONG_SIDE * across / down), BOARD_LONG_SIDE


def references_for(
    plan: Plan,
    clip: ClipPlan,
    sheets: Mapping[str, Sheet],
    path: Mapping[str, Path],
    limit: int,
) -> tuple[Reference, ...]:
    """Return the plates to attach: identity first, one person and one job per picture.

    Args:
        plan: the plan, for the order of the cast.
        clip: whose board is drawn.
        sheets: finished sheets by subject.
        path: where the bytes of a digest lie.
        limit: most pictures the front-end takes.
    """
    found: list[Reference] = []
    for subject in _seen(plan, clip):
        sheet = sheets.get(subject)
        for file in _plates(sheet) if sheet else ():
            found.append(Reference(_role(file), subject, file.digest, path[file.digest]))
    return tuple(found[:limit])


def ask_for(
    plan: Plan,
    clip: ClipPlan,
    prompt: str,
    number: int,
    references: tuple[Reference, ...],
) -> StillAsk:
    """Return the ask for one clip's board."""
    width, height = board_size(plan.ratio)
    return StillAsk(
        subject=clip.id,
        kind="board",
        prompt=prompt,
        width=width,
        height=height,
        seed=seed_of(clip.id, number),
        take=number,
        references=references,
        board=board_scene(plan, clip),
    )


def _seen(plan: Plan, clip: ClipPlan) -> tuple[str, ...]:
    names: set[str] = set()
    for panel in clip.panel:
        names.update(performer.id for performer in panel.who)
        names.update((*panel.props, *(one.holds for one in panel.who), panel.place))
    ordered = (one.id for group in (plan.cast, plan.places, plan.props) for one in group)
    return tuple(name for name in ordered if name in names)


def _plates(sheet: Sheet) -> tuple[StoredFile, ...]:
    plates = tuple(file for file in sheet.plates() if file.role in _IDENTITY_PLATES)
    return plates or sheet.chosen.files[:1]


def _role(file: StoredFile) -> str:
    return {"plate-face": "identity-face", "plate-front": "identity-body"}.get(file.role, "sheet")


def _even(value: float) -> int:
    return round(value / 2) * 2
