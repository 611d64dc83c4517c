"""What a person looks at after a run: pictures by name, contact sheets, the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.engine.together import together
from stillreel.production.cutting import cut_settings, link
from stillreel.values import digest as digests

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from stillreel.clip.nouns import ClipTake
    from stillreel.engine.walk import Walk
    from stillreel.film.contact import ClipGlimpse, Tile
    from stillreel.film.nouns import CutList
    from stillreel.ledger.book import Ledger
    from stillreel.production.cutting import CutFilm
    from stillreel.production.open import Opened
    from stillreel.production.signing import Signing
    from stillreel.production.stages import Stages
    from stillreel.sheet.nouns import Sheet
    from stillreel.values.take import Take

VERSION = "2"
"""Changes whenever the same takes would be shown otherwise."""


async def lay_pages(
    opened: Opened, ledger: Ledger, work: Walk, stages: Stages, signing: Signing | None
) -> None:
    """Bring pictures and contact sheets of out/ up to date; nothing is done when they are.

    Args:
        opened: the project.
        ledger: what is in the film.
        work: where pages are drawn.
        stages: what was made.
        signing: signs sheets and boards; None leaves them as they came.

    Raises:
        StorageError: the disk is full or the folder cannot be written.
    """
    who = signing.words if signing else ""
    if _shown(opened, ledger, "pages", "sheets.jpg", who):
        return
    await _leave(opened, work, stages, signing)
    glimpses = await glimpse_all(opened, work, stages)
    await together(
        _contact(opened, work, "sheets", _sheet_tiles(work, stages.sheets)),
        _contact(opened, work, "boards", _board_tiles(opened, work, stages)),
        _clips(opened, work, glimpses),
        _film(opened, work, stages, glimpses),
    )
    ledger.set_meta("pages", _state(opened, ledger, who))


async def report(
    opened: Opened, ledger: Ledger, work: Walk, stages: Stages, film: CutFilm | None
) -> None:
    """Write the report, which points at the pages; nothing is done when it is up to date.

    Raises:
        StorageError: the disk is full or the folder cannot be written.
    """
    from stillreel.film.report.page import write_report
    from stillreel.production.telling import report_data

    cut = str(film.identity if film else "")
    if _shown(opened, ledger, "report", "report.html", cut):
        return
    data = report_data(opened, ledger, work, stages, film)
    await work.compute(write_report, data, opened.folder.out / "report.html", _cache(opened))
    ledger.set_meta("report", _state(opened, ledger, cut))


def _shown(opened: Opened, ledger: Ledger, what: str, page: str, cut: str) -> bool:
    return (opened.folder.out / page).is_file() and ledger.meta(what) == _state(opened, ledger, cut)


def _state(opened: Opened, ledger: Ledger, cut: str) -> str:
    takes = (one for one in ledger.current() if one.stage != "film")
    return digests.of_parts(
        (
            VERSION,
            cut,
            digests.of_value(opened.plan),
            digests.of_value(opened.settings),
            *(f"{one.stage} {one.subject} {one.take_id}" for one in takes),
        )
    )


async def glimpse_all(opened: Opened, work: Walk, stages: Stages) -> tuple[ClipGlimpse, ...]:
    """Return every clip at a glance, in the order of the film."""
    from stillreel.film.contact import ClipGlimpse

    ordered = [clip for clip in opened.plan.clips if clip.id in stages.clips]
    pictures = await together(*(glimpse(opened, work, stages.clips[clip.id]) for clip in ordered))
    return tuple(
        ClipGlimpse(clip.id, clip.title, picture, len(clip.panel))
        for clip, picture in zip(ordered, pictures, strict=True)
    )


async def glimpse(opened: Opened, work: Walk, clip: ClipTake) -> Path:
    """Return the picture of one clip at a glance, made in a worker if it is not there."""
    from stillreel.film.glimpse import glimpses

    path = work.path(clip.file.digest)
    return await work.compute(glimpses, path, clip.file.digest, clip.panels, _cache(opened))


def _cache(opened: Opened) -> Path:
    return opened.folder.hidden / "cache"


async def _contact(opened: Opened, work: Walk, name: str, tiles: tuple[Tile, ...]) -> None:
    from stillreel.film.contact import contact_sheets

    if tiles:
        title = f"{opened.plan.title}: {name}"
        columns = 4 if name == "sheets" else 2
        stem = opened.folder.out / name
        await work.compute(contact_sheets, title, tiles, stem, _cache(opened), columns=columns)


async def _clips(opened: Opened, work: Walk, glimpses: tuple[ClipGlimpse, ...]) -> None:
    from stillreel.film.contact import clip_sheets

    if glimpses:
        stem = opened.folder.out / "clips-at-a-glance"
        await work.compute(clip_sheets, f"{opened.plan.title}: clips", glimpses, stem)


async def _film(
    opened: Opened, work: Walk, stages: Stages, glimpses: tuple[ClipGlimpse, ...]
) -> None:
    from stillreel.film.ask import cut_list
    from stillreel.film.nouns import ClipFile

    if not glimpses:
        return
    clips = [
        ClipFile(one.id, one.picture, stages.clips[one.id].frames, stages.clips[one.id].panels)
        for one in glimpses
    ]
    order = cut_list(opened.plan, clips, cut_settings(opened))
    await work.compute(
        film_page, opened.plan.title, order, glimpses, opened.folder.out / "film", _cache(opened)
    )


def film_page(
    title: str, order: CutList, glimpses: tuple[ClipGlimpse, ...], stem: Path, cache: Path
) -> None:
    """Lay the middle frame of every panel on one page; runs in a worker."""
    from stillreel.film.contact import contact_sheets, film_tiles

    contact_sheets(title, film_tiles(order, glimpses), stem, cache, columns=9)


async def _leave(opened: Opened, work: Walk, stages: Stages, signing: Signing | None) -> None:
    """Lay sheets and boards into out/ by name, signed where that is wanted."""

    async def leave(take: Take, folder: str, name: str) -> None:
        made = await signing.take(take) if signing else work.path(take.main.digest)
        link(made, opened.folder.out / folder / f"{name}{made.suffix}")

    sheets = [
        (entry.take, "sheets", f"{subject}-{entry.take.provider}{_again(entry.take)}")
        for subject, sheet in stages.sheets.items()
        for entry in sheet.entries
    ]
    boards = [(grid.take, "boards", clip) for clip, grid in stages.grids.items()]
    await together(*(leave(*one) for one in (*sheets, *boards)))


def _again(take: Take) -> str:
    return "" if take.number == 1 else f"-{take.number}"


def _sheet_tiles(work: Walk, sheets: Mapping[str, Sheet]) -> tuple[Tile, ...]:
    from stillreel.film.contact import Tile
    from stillreel.sheet.check import score_of

    tiles: list[Tile] = []
    for subject, sheet in sheets.items():
        for entry in sheet.entries:
            take = entry.take
            source = work.path(take.main.digest)
            note = f"{take.provider}, score {score_of(entry):.2f}"
            tiles.append(Tile(source, subject, note, picked=take.id == sheet.chosen.id))
    return tuple(tiles)


def _board_tiles(opened: Opened, work: Walk, stages: Stages) -> tuple[Tile, ...]:
    from stillreel.film.contact import Tile

    tiles: list[Tile] = []
    for clip in opened.plan.clips:
        grid = stages.grids.get(clip.id)
        if grid is not None:
            source = work.path(grid.take.main.digest)
            tiles.append(Tile(source, clip.id, clip.title))
    return tuple(tiles)
