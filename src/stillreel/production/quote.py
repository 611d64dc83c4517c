"""The quote verb: what finishing the film costs, from offers and measurements; no calls."""

from __future__ import annotations

import time
from contextlib import closing
from typing import TYPE_CHECKING

from stillreel.errors import StillreelError
from stillreel.production.buying import film_id, spend_book
from stillreel.production.nouns import FinishLine, QuoteLine, QuoteReport
from stillreel.production.open import ledger_of, open_film, settings_of
from stillreel.providers import registry
from stillreel.providers.ask import MotionAsk
from stillreel.values.money import Money
from stillreel.values.take import STAGES

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from stillreel.engine.route.nouns import Prefer
    from stillreel.ledger.book import Ledger
    from stillreel.ledger.spend.book import SpendBook
    from stillreel.production.folder import Folder
    from stillreel.production.open import Opened
    from stillreel.production.settings import FilmSettings
    from stillreel.providers.ask import Ask
    from stillreel.providers.seam import Quote
    from stillreel.values.take import Stage

_ENOUGH = 5
"""Own samples needed before a measured time replaces the published one."""


def quote(folder: Folder, database: str = "", prefer: Prefer | None = None) -> QuoteReport:
    """Return what is missing and what it costs at worst, stage by stage, and when it is done.

    Args:
        folder: the project.
        database: address of a shared database; empty for the film's own.
        prefer: what the router looks for, instead of what film.toml says.

    Raises:
        ProjectError: files have problems.
        NotConfigured: film.toml names a provider that is not here.
    """
    from stillreel.production import checks, writing

    settings = settings_of(folder)
    if writing.is_model(settings.make.writer) and not any(folder.root.glob("board/*.toml")):
        return _plan_only(folder, settings, database)
    opened = open_film(folder.root)
    with ledger_of(folder) as (ledger, _):
        held = checks.withheld(ledger)
        clips = _clips(opened, held)
        spend = spend_book(folder, database)
        try:
            spent = Money(spend.totals(film_id(ledger))[0])
            finish = _finish(opened, ledger, spend, clips, prefer)
        finally:
            spend.close()
        lines = _lines(opened, ledger, clips)
    return QuoteReport(
        lines,
        _sum(line.low for line in lines),
        _sum(line.high for line in lines),
        spent,
        opened.settings.ceiling,
        sum(line.seconds_low for line in lines),
        sum(line.seconds_high for line in lines),
        tuple((clip, "; ".join(why)) for clip, why in held.items()),
        finish,
    )


def may_cost(folder: Folder, until: str = "film") -> Money:
    """Return the most that a run up to a stage may cost; quick where nothing costs anything."""
    from stillreel.production import settings

    found, _ = settings.load(folder.root)
    if found is None:
        # The run that follows tells every problem of every file at once.
        return Money()
    make = found.make
    named = {*make.sheets, *make.clips, *(() if make.boards == "winner" else (make.boards,))}
    if all(registry.offer(name).local for name in named):
        return Money()
    lines = quote(folder).lines
    if until in STAGES and not _moves_rivals(found):
        later = STAGES[STAGES.index(until) + 1 :]
        lines = tuple(line for line in lines if line.stage not in later)
    return _sum(line.high for line in lines)


def _moves_rivals(settings: FilmSettings) -> bool:
    """Say whether the contest between front-ends, which comes before the boards, moves clips."""
    rules, make = settings.bakeoff, settings.make
    return rules.through == "shot" and make.boards == "winner" and len(make.sheets) > 1


def _plan_only(folder: Folder, settings: FilmSettings, database: str) -> QuoteReport:
    """Return what a plan will cost that is still to be written; the rest shows after it."""
    from stillreel.production import writing

    line = writing.quote_line(folder, settings)
    with ledger_of(folder) as (ledger, _), closing(spend_book(folder, database)) as spend:
        spent = Money(spend.totals(film_id(ledger))[0])
    ceiling, times = settings.ceiling, (line.seconds_low, line.seconds_high)
    return QuoteReport((line,), line.low, line.high, spent, ceiling, *times)


def _clips(opened: Opened, held: Container[str]) -> list[MotionAsk]:
    """Return what would be asked for every clip that is not withheld; without its pictures."""
    from stillreel.clip import ask as clip_ask
    from stillreel.clip.nouns import ClipSettings

    plan, settings = opened.plan, opened.settings
    cut = settings.film
    wanted = ClipSettings(height=cut.height, quality=cut.quality, read=settings.make.read)
    return [
        clip_ask.ask_for(plan, clip, "", 1, panels=(), drawn_by="", settings=wanted)
        for clip in plan.clips
        if clip.id not in held
    ]


def _finish(
    opened: Opened,
    ledger: Ledger,
    spend: SpendBook,
    clips: Sequence[MotionAsk],
    prefer: Prefer | None,
) -> tuple[FinishLine, ...]:
    """Return when the missing clips would be done, by platform; nothing where all is free."""
    from stillreel.production.dispatch import Past, finish, unready

    make = opened.settings.make
    if all(registry.offer(name).local for name in make.clips):
        return ()
    film = film_id(ledger)
    have = {take.subject for take in ledger.takes("clip") if take.provider in make.clips}
    asks = [dict.fromkeys(make.clips, ask) for ask in clips if ask.subject not in have]
    left = Money(opened.settings.ceiling.micros - sum(spend.totals(film)))
    past = Past(spend.all(), make.clips, film)
    found = finish(past, asks, left, time.time(), prefer or make.prefer)
    spans = (found.mix, *found.alone) if len(make.clips) > 1 else found.alone
    lacks = {one.provider: unready(one.provider) for one in found.alone}
    # What no clip would go to anyway is not missed.
    used = (lacks[one.provider] for one in found.alone if not one.why_not)
    lacks[""] = "; ".join(dict.fromkeys(why for why in used if why))
    return tuple(
        FinishLine(
            one.provider,
            one.p50,
            one.p90,
            one.low,
            one.high,
            one.basis,
            one.why_not,
            lacks[one.provider],
        )
        for one in spans
    )


def _lines(opened: Opened, ledger: Ledger, clips: Sequence[MotionAsk]) -> tuple[QuoteLine, ...]:
    from stillreel.grid import ask as grid_ask
    from stillreel.sheet import ask as sheet_ask

    plan, make = opened.plan, opened.settings.make
    boards = make.sheets[0] if make.boards == "winner" else make.boards
    sheets = [sheet_ask.ask_for(plan, name, "", 1) for name in sheet_ask.subjects(plan)]
    grids = [grid_ask.ask_for(plan, clip, "", 1, ()) for clip in plan.clips]
    rivals = _rivals(opened, ledger)
    # In a contest every rival may draw every board as often as the rules allow, at worst.
    samples = opened.settings.bakeoff.samples
    boarded = [(name, grids * samples) for name in rivals] or [(boards, grids)]
    shown = opened.settings.bakeoff.through == "shot" and rivals
    moved = [*clips] * (samples * len(rivals) if shown else 1)
    return (
        *(_line(ledger, "sheet", (name,), sheets) for name in make.sheets),
        *(_line(ledger, "grid", (name,), asks) for name, asks in boarded),
        _line(ledger, "clip", make.clips, moved),
    )


def _rivals(opened: Opened, ledger: Ledger) -> tuple[str, ...]:
    """Return the front-ends that are still to meet on boards, where one of them costs money."""
    make, rules = opened.settings.make, opened.settings.bakeoff
    meet = make.boards == "winner" and len(make.sheets) > 1 and rules.through != "sheet"
    paid = any(not registry.offer(name).local for name in make.sheets)
    return make.sheets if meet and paid and not ledger.meta("bakeoff") else ()


def _line(ledger: Ledger, stage: Stage, providers: Sequence[str], asks: Sequence[Ask]) -> QuoteLine:
    """Return what is missing of a stage and what it costs, whichever provider takes what."""
    takes = [take for take in ledger.takes(stage) if take.provider in providers]
    have = {take.subject for take in takes}
    missing = [ask for ask in asks if ask.subject not in have]
    quotes = [_quotes(providers, ask) for ask in missing]
    times = sorted(take.seconds for take in takes)
    low = sum(min(one.seconds_low for one in able) for able in quotes)
    high = sum(max(one.seconds_high for one in able) for able in quotes)
    dated = min(registry.offer(name).dated for name in providers)
    basis = f"offer of {dated.isoformat()}"
    if len(times) >= _ENOUGH:
        low = times[len(times) // 2] * len(missing)
        high = times[int(len(times) * 0.9)] * len(missing)
        basis += f", times measured on {len(times)} takes"
    return QuoteLine(
        stage,
        ", ".join(providers),
        len(missing),
        len(asks),
        _sum(min(one.low for one in able) for able in quotes),
        _sum(max(one.high for one in able) for able in quotes),
        low,
        high,
        basis,
    )


def _quotes(providers: Sequence[str], ask: Ask) -> list[Quote]:
    """Return what every provider that can make it asks for it.

    Raises:
        StillreelError: none of them can, with what the first says.
    """
    found: list[Quote] = []
    trouble: StillreelError | None = None
    for name in providers:
        try:
            if isinstance(ask, MotionAsk):
                found.append(registry.motion(name, ready=False).quote(ask))
            else:
                found.append(registry.still(name, ready=False).quote(ask))
        except StillreelError as error:
            trouble = trouble or error
    if not found and trouble is not None:
        raise trouble
    return found


def _sum(amounts: Iterable[Money]) -> Money:
    total = Money()
    for amount in amounts:
        total += amount
    return total
