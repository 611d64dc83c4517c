"""What is asked of a front-end for a board."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.grid.nouns import BOARD_LONG_SIDE, GUTTER
from stillreel.measure.staged import Wanted, comparable
from stillreel.plan.prompts import mentions
from stillreel.plan.scenes import board_scene
from stillreel.providers.ask import Reference, StillAsk
from stillreel.values.digest import seed_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from stillreel.engine.work import Work
    from stillreel.plan.nouns import ClipPlan, Plan
    from stillreel.plan.prompts import Prompt
    from stillreel.sheet.nouns import Sheet
    from stillreel.values.take import StoredFile

_OFF_THEIR_FEET = frozenset({"lie", "fall", "sleep"})
"""Figures that a standing view of the sheet says little about."""


def board_size(ratio: str) -> tuple[int, int]:
    """Return width and height of a board, in pixels: nine panels of the film's ratio.

    Outer margins are as wide as the gutters, so a page is three panels and four gutters each way.
    """
    across, down = (int(part) for part in ratio.split(":"))
    gutter = GUTTER
    room = (BOARD_LONG_SIDE - 4 * gutter) / 3
    long = int(room) - int(room) % 2
    short = _even(long * min(across, down) / max(across, down))
    wide, high = (long, short) if across >= down else (short, long)
    return 3 * wide + 4 * gutter, 3 * high + 4 * gutter


def references_for(
    prompt: Prompt,
    sheets: Mapping[str, Sheet],
    work: Work,
    limit: int,
    others: tuple[Reference, ...] = (),
) -> tuple[Reference, ...]:
    """Return the pictures a prompt mentions, in its order: one person and one job per picture.

    Args:
        prompt: as it will be sent; a picture it does not mention is not attached.
        sheets: finished sheets by subject.
        work: knows where the bytes lie.
        limit: most pictures the model takes.
        others: pictures that are no sheets, such as the board itself.
    """
    known = {one.label: one for one in others}
    found: list[Reference] = []
    for label in mentions(prompt.text):
        if label in known:
            found.append(known[label])
        elif label in sheets:
            file = _plate(sheets[label])
            found.append(Reference(_role(file), label, file.digest, work.path(file.digest)))
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
    names = {name for panel in clip.panel for name in (panel.place, *panel.props)}
    shown = [one for one in (*plan.places, *plan.props) if one.id in names]
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
        grounded=any(one.real for one in shown),
        lettering=tuple(one.text for one in plan.props if one in shown and one.text),
    )


def panel_ask(
    plan: Plan,
    clip: ClipPlan,
    index: int,
    prompt: str,
    number: int,
    references: tuple[Reference, ...],
    size: tuple[int, int],
) -> StillAsk:
    """Return the ask for one panel of a board, `index` 1 to 9, to be set back into it.

    Args:
        plan: the whole plan.
        clip: the clip the board is of.
        index: of the panel.
        prompt: the written prompt.
        number: of the take; the panel on the board was the first.
        references: sheets of those who are in it, in the order the prompt counts them.
        size: width and height in pixels.
    """
    subject = f"{clip.id}.{clip.panel[index - 1].id}"
    return StillAsk(
        subject=subject,
        kind="panel",
        prompt=prompt,
        width=size[0],
        height=size[1],
        seed=seed_of(subject, number),
        take=number,
        references=references,
        board=board_scene(plan, clip),
        panel=index,
    )


def wanted(plan: Plan, clip: ClipPlan) -> tuple[Wanted, ...]:
    """Return whom every panel of a clip should show, and whose look can be compared there."""
    cast = {one.id: one for one in plan.cast}
    found: list[Wanted] = []
    for index, panel in enumerate(clip.panel, 1):
        groups = any(cast[one.id].members > 1 for one in panel.who if one.id in cast)
        lone = panel.who[0] if len(panel.who) == 1 and not groups else None
        whole = (
            lone is not None
            and comparable(panel.size)
            and "back" not in lone.facing
            and lone.does not in _OFF_THEIR_FEET
        )
        found.append(
            Wanted(
                index,
                panel.size,
                tuple(one.id for one in panel.who),
                None if groups else len(panel.who),
                lone.id if lone is not None and whole else "",
                alike=len({cast[one.id].kind for one in panel.who if one.id in cast}) < 2,
            )
        )
    return tuple(found)


def plates_of(sheets: Mapping[str, Sheet], work: Work) -> dict[str, Path]:
    """Return the file of one clean whole view of everybody who has one, by id."""
    found: dict[str, Path] = {}
    for subject, sheet in sheets.items():
        for file in sheet.plates():
            if file.role == "plate-front":
                found[subject] = work.path(file.digest)
    return found


def _plate(sheet: Sheet) -> StoredFile:
    plates = {file.role: file for file in sheet.plates()}
    # A sheet with several views reads as several people; one whole figure does not.
    return plates.get("plate-front") or plates.get("plate-face") or sheet.chosen.main


def _role(file: StoredFile) -> str:
    return {"plate-face": "identity-face", "plate-front": "identity-body"}.get(file.role, "sheet")


def _even(value: float) -> int:
    return round(value / 2) * 2
