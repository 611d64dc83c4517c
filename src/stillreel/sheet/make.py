"""Draw every sheet with every front-end, measure, and let the figures pick."""

from __future__ import annotations

import json
from dataclasses import replace
from statistics import fmean
from types import MappingProxyType
from typing import TYPE_CHECKING

from stillreel.engine.together import together
from stillreel.errors import ProviderError
from stillreel.ledger.nouns import CUT, Score
from stillreel.sheet.ask import ask_for, subjects
from stillreel.sheet.check import bake_off, pick
from stillreel.sheet.nouns import Entry, Sheet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from stillreel.engine.work import Work
    from stillreel.measure.nouns import IdentityScore, Image
    from stillreel.plan.nouns import Plan
    from stillreel.providers.ask import StillAsk
    from stillreel.sheet.nouns import Bakeoff
    from stillreel.values.take import Take

    Box = tuple[int, int, int, int]
    """Left, top, right, bottom in pixels."""

_KINDS = {"identity", "attributes"}
"""Figures every sheet is measured for."""
_LEARNED = "identity by models"
"""Kind of figure that says how well the views hold in the model tier."""
_TURNED = ("three-quarter", "side", "back")
"""Views that are held against the front."""

UNKNOWN = (0.0, 0.0, 1.0)
"""Identity of a sheet with one view, or without colour: it is not measurable, so all is open."""


async def draw(
    plan: Plan,
    work: Work,
    *,
    front_ends: tuple[str, ...],
    prompts: Mapping[str, str],
    numbers: Mapping[str, int],
    earlier: Mapping[tuple[str, str], Sequence[int]] = MappingProxyType({}),
    only: tuple[str, ...] | None = None,
) -> tuple[dict[str, tuple[Entry, ...]], Bakeoff, dict[str, tuple[ProviderError, ...]]]:
    """Draw and measure the sheets of a plan; a sheet that is refused stops no other.

    Args:
        plan: whose cast, places and props are drawn.
        work: where asks are carried out.
        front_ends: provider ids that compete.
        prompts: the written prompt of each subject.
        numbers: take number in force for each subject; absent means 1.
        earlier: numbers before it that are drawn as well, for a person to choose from, by subject
            and front-end.
        only: subjects to draw; None draws all.

    Returns:
        The rivals' entries by subject, the contest between the front-ends, and by subject what
        the front-ends said that did not draw it.
    """
    wanted = tuple(one for one in subjects(plan) if only is None or one in only)
    asks = [
        (front_end, ask_for(plan, subject, prompts[subject], number))
        for subject in wanted
        for front_end in front_ends
        for number in (*earlier.get((subject, front_end), ()), numbers.get(subject, 1))
    ]
    drawn = await together(
        *(_drawn(work, ask, name, _beside(ask, name, asks)) for name, ask in asks)
    )
    by_subject: dict[str, tuple[Entry, ...]] = {}
    failed: dict[str, tuple[ProviderError, ...]] = {}
    for (_, ask), found in zip(asks, drawn, strict=True):
        subject = ask.subject
        if not isinstance(found, Entry):
            failed[subject] = (*failed.get(subject, ()), found)
        elif ask.take == numbers.get(subject, 1):
            by_subject[subject] = (*by_subject.get(subject, ()), found)
    return by_subject, bake_off(by_subject.values()), failed


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


async def learned(sheet: Sheet, work: Work, models: Path | None) -> Sheet:
    """Return a sheet whose identity was measured by the model tier; as it is without models.

    Args:
        sheet: of a character, place or prop.
        work: where it is measured.
        models: folder of learned weights.

    Raises:
        NotConfigured: the extra or the weights are missing.
    """
    if models is None:
        return sheet
    entries = [await _learned(one, work, models) for one in sheet.entries]
    return replace(sheet, entries=tuple(entries))


async def all_learned(
    by_subject: Mapping[str, tuple[Entry, ...]], work: Work, models: Path
) -> dict[str, tuple[Entry, ...]]:
    """Return the rivals' entries with identity measured by the model tier; see `learned`."""
    return {
        subject: tuple([await _learned(one, work, models) for one in entries])
        for subject, entries in by_subject.items()
    }


async def _learned(entry: Entry, work: Work, models: Path) -> Entry:
    known = work.noted(entry.take).get(_LEARNED)
    if known is None:
        plates = _plates(entry.take, work)
        if "front" not in dict(plates):
            return entry
        held = await work.compute(_held_by_models, plates, models)
        known = Score(entry.take.id, _LEARNED, *held, tier="model", detail="view against front")
        work.note(known)
    return replace(entry, identity=known)


def _beside(ask: StillAsk, front_end: str, asks: Sequence[tuple[str, StillAsk]]) -> list[StillAsk]:
    """Return the other takes of the same sheet that a front-end is asked for."""
    return [
        one
        for name, one in asks
        if name == front_end and one.subject == ask.subject and one is not ask
    ]


async def _drawn(
    work: Work, ask: StillAsk, front_end: str, beside: Sequence[StillAsk]
) -> Entry | ProviderError:
    try:
        return await _entry(work, ask, front_end, beside)
    except ProviderError as error:
        return error


async def _entry(work: Work, ask: StillAsk, front_end: str, beside: Sequence[StillAsk]) -> Entry:
    take = await work.still(ask, front_end, beside=beside)
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
    there = _plates(take, work)
    plates, identity, attributes = await work.compute(
        _measure, path, there, _by_hand(take, work), colours, character is not None
    )
    if not there:
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


def _plates(take: Take, work: Work) -> tuple[tuple[str, Path], ...]:
    """Return role and file of the views cut from a sheet before, perhaps by a person."""
    return tuple(
        (file.role.removeprefix("plate-"), work.path(file.digest))
        for file in take.files
        if file.role.startswith("plate-")
    )


def _by_hand(take: Take, work: Work) -> dict[str, Box]:
    """Return where a person cuts views out of exactly this picture."""
    noted = work.noted(replace(take, id=take.main.digest))
    return {
        kind.removeprefix(CUT): json.loads(score.detail)
        for kind, score in noted.items()
        if kind.startswith(CUT)
    }


def _measure(
    path: Path,
    there: tuple[tuple[str, Path], ...],
    by_hand: Mapping[str, Box],
    colours: tuple[str, ...],
    is_character: bool,
) -> tuple[tuple[tuple[str, bytes], ...], tuple[float, ...], tuple[float, ...]]:
    """Cut the plates of a sheet unless they are there, and score them; runs in a worker."""
    from stillreel.measure import pictures
    from stillreel.measure.likeness import identity, palette

    if not is_character:
        return (), (1.0, 1.0, 1.0), (1.0, 1.0, 1.0)
    crops = _read(there) if there else _cut(path, by_hand)
    encoded = () if there else tuple((role, pictures.encode_png(crops[role])) for role in crops)
    front = crops.get("front")
    if front is None:
        return encoded, (0.0, 0.0, 0.0), (0.0, 0.0, 0.0)
    views = [identity.identity(front, crops[role]) for role in _TURNED if role in crops]
    held = _mean(views) if all(view.coloured for view in views) else UNKNOWN
    found = palette.match(front, colours)
    return encoded, held, (found.score, *found.interval)


def _held_by_models(plates: tuple[tuple[str, Path], ...], models: Path) -> tuple[float, ...]:
    """Score the views of a sheet against its front by learned models; runs in a worker."""
    from stillreel.measure import tiers
    from stillreel.measure.model.kit import kept_kit
    from stillreel.measure.nouns import IdentityScore

    crops, kit = _read(plates), kept_kit(models)
    views = [tiers.likeness(crops["front"], crops[one], kit) for one in _TURNED if one in crops]
    seen = [one for one in views if isinstance(one, IdentityScore)]
    return _mean(seen) if len(seen) == len(views) else UNKNOWN


def _read(plates: tuple[tuple[str, Path], ...]) -> dict[str, Image]:
    from stillreel.measure import pictures

    return {role: pictures.decode(path.read_bytes(), str(path)) for role, path in plates}


def _cut(path: Path, by_hand: Mapping[str, Box]) -> dict[str, Image]:
    """Return the clean views of a sheet by role; what a person cut wins over what was measured."""
    from stillreel.measure import pictures
    from stillreel.measure.people import plates, single

    image = pictures.decode(path.read_bytes(), str(path))
    cut = [plate for plate in plates.cut(image) if plate.clean]
    crops: dict[str, Image] = {plate.role: plate.box.crop(image) for plate in cut}
    for role, (left, top, right, bottom) in by_hand.items():
        crops[role] = image[top:bottom, left:right]
    if "front" not in crops and (alone := single.single(image)) is not None:
        # a sheet from elsewhere: one clean figure is cut out of it, whatever else is on it
        crops["front"] = alone.picture
    return crops


def _mean(views: Sequence[IdentityScore]) -> tuple[float, float, float]:
    """Return the mean score of some views with its bounds; all is open where there are none."""
    if not views:
        return UNKNOWN
    return (
        fmean(view.score for view in views),
        fmean(view.interval[0] for view in views),
        fmean(view.interval[1] for view in views),
    )
