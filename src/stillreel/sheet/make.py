"""Draw every sheet with every front-end, measure, and let the figures pick."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from stillreel.ledger.nouns import Score
from stillreel.sheet.ask import ask_for, subjects
from stillreel.sheet.check import bake_off, pick
from stillreel.sheet.nouns import Entry, Sheet

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from stillreel.engine.work import Work
    from stillreel.plan.nouns import Plan
    from stillreel.providers.seam import StillAsk
    from stillreel.sheet.nouns import Bakeoff

_KINDS = {"identity", "attributes"}
"""Figures every sheet is measured for."""


UNKNOWN = (0.0, 0.0, 1.0)
"""Identity of a sheet with one view, or without colour: it is not measurable, so all is open."""


async def draw(
    plan: Plan,
    work: Work,
    *,
    front_ends: tuple[str, ...],
    prompts: Mapping[str, str],
    numbers: Mapping[str, int],
    only: tuple[str, ...] | None = None,
) -> tuple[dict[str, tuple[Entry, ...]], Bakeoff]:
    """Draw and measure the sheets of a plan.

    Args:
        plan: whose cast, places and props are drawn.
        work: where asks are carried out.
        front_ends: provider ids that compete.
        prompts: the written prompt of each subject.
        numbers: take number in force for each subject; absent means 1.
        only: subjects to draw; None draws all.

    Returns:
        The rivals' entries by subject, and the contest between the front-ends.
    """
    wanted = tuple(one for one in subjects(plan) if only is None or one in only)
    asks = [
        (subject, front_end, ask_for(plan, subject, prompts[subject], numbers.get(subject, 1)))
        for subject in wanted
        for front_end in front_ends
    ]
    entries = await asyncio.gather(*(_entry(work, ask, front_end) for _, front_end, ask in asks))
    by_subject: dict[str, tuple[Entry, ...]] = {
        subject: tuple(
            entry for (name, _, _), entry in zip(asks, entries, strict=True) if name == subject
        )
        for subject in wanted
    }
    return by_subject, bake_off(by_subject.values())


def settle(
    by_subject: Mapping[str, tuple[Entry, ...]],
    front_end: str,
    chosen: Mapping[str, str],
) -> dict[str, Sheet]:
    """Return the sheets with the take that the film uses.

    Args:
        by_subject: the rivals' entries.
        front_end: the front-end that draws the boards; its sheet is used unless a person chose.
        chosen: a person's picks, subject to take id.
    """
    return {
        subject: pick(subject, entries, front_end, chosen.get(subject, ""))
        for subject, entries in by_subject.items()
    }


async def _entry(work: Work, ask: StillAsk, front_end: str) -> Entry:
    take = await work.still(ask, front_end)
    known = work.noted(take)
    if known.keys() >= _KINDS:
        return Entry(take, known["identity"], known["attributes"])
    path = work.path(take.main.digest)
    character = ask.sheet.character if ask.sheet else None
    colours = (
        (character.skin, character.hair.colour, *(worn.colour for worn in character.outfit))
        if character
        else ()
    )
    plates, identity, attributes = await work.compute(
        _measure, path, colours, character is not None
    )
    if not any(file.role.startswith("plate-") for file in take.files):
        take = work.attach(
            take, tuple(work.keep(data, "image/png", f"plate-{role}") for role, data in plates)
        )
    scores = (
        Score(take.id, "identity", *identity, tier="embedded", detail="view against front view"),
        Score(take.id, "attributes", *attributes, tier="embedded", detail="colours of the plan"),
    )
    for score in scores:
        work.note(score)
    return Entry(take, *scores)


def _measure(
    path: Path, colours: tuple[str, ...], is_character: bool
) -> tuple[tuple[tuple[str, bytes], ...], tuple[float, ...], tuple[float, ...]]:
    """Cut the plates of a sheet and score it; runs in a worker."""
    from stillreel.measure import pictures
    from stillreel.measure.likeness import identity, palette
    from stillreel.measure.people import plates, single

    if not is_character:
        return (), (1.0, 1.0, 1.0), (1.0, 1.0, 1.0)
    image = pictures.decode(path.read_bytes(), str(path))
    cut = [plate for plate in plates.cut(image) if plate.clean]
    crops = {
        plate.role: image[plate.box.top : plate.box.bottom, plate.box.left : plate.box.right]
        for plate in cut
    }
    if "front" not in crops and (lone := single.single(image)) is not None:
        # a sheet from elsewhere: one clean figure is cut out of it, whatever else is on it
        crops["front"] = lone.picture
    encoded = tuple((role, pictures.encode_png(crop)) for role, crop in crops.items())
    front = crops.get("front")
    if front is None:
        return encoded, (0.0, 0.0, 0.0), (0.0, 0.0, 0.0)
    views = [
        identity.identity(front, crop)
        for role, crop in crops.items()
        if role in {"three-quarter", "side", "back"}
    ]
    held = UNKNOWN
    if views and all(view.coloured for view in views):
        held = (
            sum(view.score for view in views) / len(views),
            sum(view.interval[0] for view in views) / len(views),
            sum(view.interval[1] for view in views) / len(views),
        )
    found = palette.match(front, colours)
    return encoded, held, (found.score, *found.interval)
