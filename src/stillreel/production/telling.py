"""Everything the report shows, gathered from plan, ledger and stages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.film.report.nouns import (
    BoardBlock,
    ClipBlock,
    ContestBlock,
    FilmFacts,
    PanelCaption,
    PromptBlock,
    ReportData,
    SheetBlock,
    SheetSide,
    TakeRow,
)
from stillreel.values.money import Money

if TYPE_CHECKING:
    from collections.abc import Iterable

    from stillreel.engine.walk import Walk
    from stillreel.ledger.book import Ledger
    from stillreel.plan.nouns import ClipPlan, Panel, Plan
    from stillreel.production.cutting import CutFilm
    from stillreel.production.open import Opened
    from stillreel.production.stages import Stages
    from stillreel.sheet.nouns import Sheet


def report_data(
    opened: Opened, ledger: Ledger, work: Walk, stages: Stages, film: CutFilm | None
) -> ReportData:
    """Return the whole report as values."""
    plan = opened.plan
    events = ledger.events()
    spent, held = work.money()
    return ReportData(
        title=plan.title,
        author=plan.author,
        style=plan.style,
        film=_facts(opened, film, len(stages.clips)),
        sheets=tuple(_sheet(plan, work, sheet) for sheet in stages.sheets.values()),
        contest=_contest(ledger, stages),
        boards=tuple(_boards(plan, work, stages)),
        clips=tuple(_clips(plan, ledger, work, stages)),
        prompts=tuple(_prompts(ledger)),
        takes=tuple(_takes(ledger)),
        problems=opened.problems,
        spent=spent,
        held=held,
        ceiling=opened.settings.ceiling,
        made_at=events[-1].at[:16].replace("T", " ") + " UTC" if events else "",
    )


def _facts(opened: Opened, film: CutFilm | None, clips: int) -> FilmFacts | None:
    if film is None:
        return None
    beside = sorted(
        path
        for path in opened.folder.out.iterdir()
        if path.suffix in {".srt", ".vtt", ".otio", ".jpg"}
    )
    return FilmFacts(
        path=film.path,
        seconds=film.seconds,
        width=film.width,
        height=film.height,
        fps=opened.plan.fps,
        clips=clips,
        loudness=film.loudness,
        true_peak=film.true_peak,
        digest=film.digest,
        beside=tuple(beside),
    )


def _sheet(plan: Plan, work: Walk, sheet: Sheet) -> SheetBlock:
    kind, name, note = _named(plan, sheet.subject)
    sides = tuple(
        SheetSide(
            provider=entry.take.provider,
            picture=work.path(entry.take.main.digest),
            score=entry.identity.value if kind == "character" and entry.told else None,
            interval=(entry.identity.low, entry.identity.high)
            if kind == "character" and entry.told
            else None,
            tier=entry.identity.tier,
            chosen=entry.take.id == sheet.chosen.id,
            digest=entry.take.main.digest,
        )
        for entry in sheet.entries
    )
    return SheetBlock(sheet.subject, name, kind, sides, sheet.why, note)


def _named(plan: Plan, subject: str) -> tuple[str, str, str]:
    for kind, group in (("character", plan.cast), ("place", plan.places), ("prop", plan.props)):
        for one in group:
            if one.id == subject:
                return kind, one.name, one.note
    return "", subject, ""


def _contest(ledger: Ledger, stages: Stages) -> ContestBlock | None:
    from stillreel.production.contact import card_words, interval_words

    found = stages.bakeoff
    names = tuple(one.provider for one in found.standings)
    if len(names) < 2:
        return None
    if found.league is None:
        return ContestBlock(names, found.verdict, "", (), ())
    rivals = tuple(
        dict.fromkeys(name for pair in found.league.pairings for name in (pair.first, pair.second))
    )
    spent = tuple(
        sum((take.spent for take in ledger.takes() if take.provider == name), Money())
        for name in rivals
    )
    rows = tuple(
        (f"{unit.subject}, sample {unit.sample}", tuple(card_words(card) for card in unit.cards))
        for unit in found.units
    )
    told = " ".join(interval_words(pair) for pair in found.league.pairings)
    return ContestBlock(rivals, found.verdict, told, rows, spent)


def _boards(plan: Plan, work: Walk, stages: Stages) -> Iterable[BoardBlock]:
    for clip in plan.clips:
        grid = stages.grids.get(clip.id)
        if grid is not None:
            remarks = {problem.key: problem.message for problem in grid.problems}
            yield BoardBlock(
                clip=clip.id,
                title=clip.title,
                picture=work.path(grid.take.main.digest),
                provider=grid.take.provider,
                panels=tuple(
                    _caption(plan, panel, remarks.get(f"panel.{index}", ""))
                    for index, panel in enumerate(clip.panel, 1)
                ),
                digest=grid.take.main.digest,
            )


def _caption(plan: Plan, panel: Panel, remark: str) -> PanelCaption:
    names = {one.id: one.name for one in plan.cast}
    spoken = panel.line
    return PanelCaption(
        id=panel.id,
        size=panel.size,
        move=panel.move,
        seconds=panel.seconds,
        action=panel.action,
        line=spoken.text if spoken else "",
        who=names.get(spoken.who, "") if spoken else "",
        remark=remark,
    )


def _clips(plan: Plan, ledger: Ledger, work: Walk, stages: Stages) -> Iterable[ClipBlock]:
    for clip in plan.clips:
        moved = stages.clips.get(clip.id)
        if moved is not None:
            yield ClipBlock(
                id=clip.id,
                title=_title(clip),
                path=work.path(moved.file.digest),
                panels=moved.panels,
                provider=moved.take.provider,
                takes=len(ledger.takes("clip", clip.id)),
                digest=moved.file.digest,
                remark="; ".join(problem.message for problem in moved.problems),
            )


def _title(clip: ClipPlan) -> str:
    return clip.title or clip.id


def _prompts(ledger: Ledger) -> Iterable[PromptBlock]:
    kinds = {"sheet": "sheet", "grid": "grid", "clip": "shot"}
    seen: set[tuple[str, str]] = set()
    for one in ledger.current():
        take = ledger.take(one.take_id)
        if take is not None and take.prompt and (one.stage, one.subject) not in seen:
            seen.add((one.stage, one.subject))
            yield PromptBlock(one.subject, kinds.get(one.stage, one.stage), take.prompt)


def _takes(ledger: Ledger) -> Iterable[TakeRow]:
    used = {one.take_id for one in ledger.current()}
    why = {event.take_id: event.message for event in ledger.events() if event.kind == "made"}
    for take in ledger.takes():
        yield TakeRow(
            stage=take.stage,
            subject=take.subject,
            provider=take.provider,
            number=take.number,
            chosen=take.id in used,
            seconds=take.seconds,
            spent=take.spent,
            model=take.model,
            digest=take.main.digest,
            why=why.get(take.id, ""),
        )
