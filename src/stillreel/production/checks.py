"""The gate of the measurements: no clip is moved, or quoted, from stills that fail their checks.

A mistake on a still costs cents, on a clip it costs dollars. What cannot be measured fails nothing;
a person may let a clip through with a note.
"""

from __future__ import annotations

import json
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

from stillreel.clip import make as clips
from stillreel.clip.ask import picture_size
from stillreel.errors import UsageError
from stillreel.grid import ask as grid_ask
from stillreel.grid import check as grid_check
from stillreel.grid import make as grids
from stillreel.measure.clip.nouns import Ordered
from stillreel.measure.model.kit import kept_kit, usual_folder
from stillreel.plan.scenes import board_scene
from stillreel.production import advice
from stillreel.production.open import open_film
from stillreel.providers import registry
from stillreel.sheet import check as sheet_check
from stillreel.sheet import make as sheet_make
from stillreel.values import digest as digests

if TYPE_CHECKING:
    from collections.abc import Mapping

    from stillreel.clip.nouns import ClipTake
    from stillreel.grid.nouns import Grid
    from stillreel.ledger.book import Ledger
    from stillreel.plan.nouns import ClipPlan, Plan
    from stillreel.production.settings import FilmSettings
    from stillreel.production.stages import Walkthrough
    from stillreel.sheet.nouns import Sheet
    from stillreel.values.problem import Problem
    from stillreel.values.take import Take

META = "withheld"
"""Under which name the ledger keeps which clips are withheld, and why."""


async def failures(
    walk: Walkthrough, clip: ClipPlan, sheets: Mapping[str, Sheet], grid: Grid
) -> tuple[Problem, ...]:
    """Return why a clip must not be moved yet; empty when it may.

    Args:
        walk: the run.
        clip: what would be moved.
        sheets: finished sheets by subject.
        grid: its board.
    """
    models = models_of(walk.settings)
    people = [one for one in walk.plan.cast if _is_in(one.id, clip) and one.id in sheets]
    found: list[Problem] = []
    for one in people:
        if _measured(walk, sheets[one.id].chosen):
            found += await _face(walk, sheets[one.id])
            sheet = await sheet_make.learned(sheets[one.id], walk.work, models)
            found += sheet_check.failures(sheet, one.members)
    if _measured(walk, grid.take):
        seen = await grids.look_at(walk.plan, clip, sheets, grid, walk.work, models)
        wanted = grid_ask.wanted(walk.plan, clip)
        found += grid_check.failures(clip.id, grid.confidence, seen, wanted)
    if not found:
        return ()
    used = [grid.take.id, *(sheets[one.id].chosen.id for one in people)]
    if walk.ledger.approvals().get(clip.id) == digests.of_parts(used):
        return ()
    walk.ledger.set_meta(f"{META}/{clip.id}", digests.of_parts(used))
    return tuple(found)


async def faces(walk: Walkthrough, sheets: Mapping[str, Sheet]) -> tuple[Problem, ...]:
    """Return the sheets whose faces no platform of the film will take; told before any board."""
    people = {one.id for one in walk.plan.cast}
    found: list[Problem] = []
    for subject, sheet in sheets.items():
        if subject in people and _measured(walk, sheet.chosen):
            found += await _face(walk, sheet)
    for problem in found:
        walk.progress.remark("sheet", str(problem))
    return tuple(found)


async def _face(walk: Walkthrough, sheet: Sheet) -> tuple[Problem, ...]:
    from stillreel.measure.people import photo

    who = next(one for one in walk.plan.cast if one.id == sheet.subject)
    platforms = advice.refusing(walk.settings)
    if not platforms or who.kind != "human":
        return ()
    real = advice.photographic(walk.settings.style)
    if real is None:
        plates = {file.role: file for file in sheet.plates()}
        shown = plates.get("plate-face") or plates.get("plate-front") or sheet.chosen.main
        real = await walk.work.compute(photo.may_pass, walk.work.path(shown.digest))
    return (sheet_check.photographed(who, platforms),) if real else ()


async def watched(walk: Walkthrough, clip: ClipPlan, moved: ClipTake) -> ClipTake:
    """Return a clip with the faults that are seen in it, where film.toml wants clips watched."""
    if not _measured(walk, moved.take):
        return moved
    heads = _heads(walk.plan, clip)
    return await clips.watch(moved, heads, walk.plan.fps, walk.work, models_of(walk.settings))


def ordered(board: Path) -> Ordered:
    """Return what is ordered for a clip of a film.

    Args:
        board: its file, board/C07.toml of the project.

    Raises:
        UsageError: the film has no such clip.
        ProjectError: the film's files have problems.
    """
    opened = open_film(board.parent.parent)
    plan, settings = opened.plan, opened.settings
    clip = next((one for one in plan.clips if one.id == board.stem), None)
    if clip is None:
        raise UsageError(
            f"There is no clip {board.stem} in this film.",
            where=str(board),
            next_step=f"Clips: {', '.join(one.id for one in plan.clips)}.",
        )
    frames = [panel.frames for panel in board_scene(plan, clip).panels]
    return Ordered(
        size=picture_size(plan.ratio, settings.film.height),
        fps=plan.fps,
        frames=sum(frames),
        cuts=tuple(accumulate(frames[:-1])),
        heads=_heads(plan, clip),
    )


def ready(settings: FilmSettings) -> None:
    """Stop before anything is paid for where the film's measures cannot be taken.

    Raises:
        NotConfigured: the extra or the weights of the model tier are missing.
    """
    if (models := models_of(settings)) is not None:
        kept_kit(models)


def models_of(settings: FilmSettings) -> Path | None:
    """Return the folder of learned weights a film is measured with, or None for none."""
    return usual_folder(Path.home()) if settings.gates.tier == "model" else None


def remember(ledger: Ledger, withheld: Mapping[str, tuple[Problem, ...]]) -> None:
    """Let the ledger know which clips are withheld now, and why."""
    told = {
        clip: [
            f"{problem.message} ({problem.hint})" if problem.hint else problem.message
            for problem in found
        ]
        for clip, found in withheld.items()
    }
    ledger.set_meta(META, json.dumps(told))


def withheld(ledger: Ledger) -> dict[str, list[str]]:
    """Return the clips that were withheld in the last run, each with the reasons."""
    found: dict[str, list[str]] = json.loads(ledger.meta(META) or "{}")
    return found


def basis(ledger: Ledger, clip: str) -> str:
    """Return the digest of the stills a withheld clip would be moved from; empty if it is not."""
    return (ledger.meta(f"{META}/{clip}") or "") if clip in withheld(ledger) else ""


def _measured(walk: Walkthrough, take: Take) -> bool:
    rule = walk.settings.gates.measure
    if rule == "auto":
        find = registry.motion if take.stage == "clip" else registry.still
        return not find(take.provider).offer.embedded
    return rule == "all"


def _heads(plan: Plan, clip: ClipPlan) -> tuple[int, ...]:
    """Return how many people may be seen in each panel; somebody may always pass by."""
    members = {one.id: one.members for one in plan.cast}
    return tuple(sum(members.get(one.id, 1) for one in panel.who) or 1 for panel in clip.panel)


def _is_in(person: str, clip: ClipPlan) -> bool:
    return any(one.id == person for panel in clip.panel for one in panel.who)
