"""The gate of the measurements: no clip is moved, or quoted, from stills that fail their checks.

A mistake on a still costs cents, on a clip it costs dollars. What cannot be measured fails nothing;
a person may let a clip through with a note.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from stillreel.clip import make as clips
from stillreel.grid import ask as grid_ask
from stillreel.grid import check as grid_check
from stillreel.grid import make as grids
from stillreel.providers import registry
from stillreel.sheet import check as sheet_check
from stillreel.values import digest as digests

if TYPE_CHECKING:
    from collections.abc import Mapping

    from stillreel.clip.nouns import ClipTake
    from stillreel.grid.nouns import Grid
    from stillreel.ledger.book import Ledger
    from stillreel.plan.nouns import ClipPlan
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
    people = [one for one in walk.plan.cast if _is_in(one.id, clip) and one.id in sheets]
    found: list[Problem] = []
    for one in people:
        if _measured(walk, sheets[one.id].chosen):
            found += sheet_check.failures(sheets[one.id], one.members)
    if _measured(walk, grid.take):
        seen = await grids.look_at(walk.plan, clip, sheets, grid, walk.work)
        wanted = grid_ask.wanted(walk.plan, clip)
        found += grid_check.failures(clip.id, grid.confidence, seen, wanted)
    if not found:
        return ()
    used = [grid.take.id, *(sheets[one.id].chosen.id for one in people)]
    if walk.ledger.approvals().get(clip.id) == digests.of_parts(used):
        return ()
    walk.ledger.set_meta(f"{META}/{clip.id}", digests.of_parts(used))
    return tuple(found)


async def watched(walk: Walkthrough, clip: ClipPlan, moved: ClipTake) -> ClipTake:
    """Return a clip with the faults that are seen in it, where film.toml wants clips watched."""
    if not _measured(walk, moved.take):
        return moved
    cast = {one.id: one.members for one in walk.plan.cast}
    heads = [max((cast.get(one.id, 1) for one in panel.who), default=1) for panel in clip.panel]
    return await clips.watch(moved, heads, walk.plan.fps, walk.work)


def remember(ledger: Ledger, withheld: Mapping[str, tuple[Problem, ...]]) -> None:
    """Let the ledger know which clips are withheld now, and why."""
    told = {clip: [problem.message for problem in found] for clip, found in withheld.items()}
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


def _is_in(person: str, clip: ClipPlan) -> bool:
    return any(one.id == person for panel in clip.panel for one in panel.who)
