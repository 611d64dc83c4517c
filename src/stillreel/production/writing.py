"""The plan by a language model: quoted, paid for through the till, and never paid for twice.

What was answered is kept by the digest of what was asked, so that a run that is broken off goes on
with the answers it has.
"""

from __future__ import annotations

import asyncio
import json
import os
from typing import TYPE_CHECKING

from stillreel.errors import Damaged
from stillreel.ledger import lock
from stillreel.production.open import ledger_of, plan_settings, utc_now
from stillreel.values.digest import of_value
from stillreel.values.money import Money

if TYPE_CHECKING:
    from stillreel.brief.nouns import Brief
    from stillreel.ledger.book import Ledger
    from stillreel.ledger.store import FileStore
    from stillreel.plan.writing.make import Written
    from stillreel.production.buying import Buying, Terms
    from stillreel.production.folder import Folder
    from stillreel.production.nouns import QuoteLine
    from stillreel.production.settings import FilmSettings
    from stillreel.providers.ask import WriteAsk
    from stillreel.providers.seam import Writer

STAGE = "plan"
OFFLINE, AGENT = "offline", "agent"
_TAKE = "plan/take"
"""Under which name the ledger keeps how often the plan was asked for anew."""
_USED = "plan/answers"
"""Under which name it keeps which answers the plan in the folder was made of."""


def is_model(writer: str) -> bool:
    """Say whether a writer of film.toml is a provider: one that may cost money."""
    return writer not in {OFFLINE, AGENT}


def write(
    folder: Folder, brief: Brief, settings: FilmSettings, terms: Terms, *, clips: int | None
) -> Written:
    """Let the film's language model write the plan.

    Args:
        folder: the project.
        brief: its story.
        settings: film.toml.
        terms: how it is paid for.
        clips: exact number of clips; None lets the story's length decide.

    Raises:
        NotConfigured: the writer is not here, or not ready.
        GateError: what it asks would pass a ceiling; nothing was sent.
        Lost: an answer is lost; a person must settle it.
        BadOutput: its answers stayed wrong.
    """
    from stillreel.providers import registry

    registry.preload(settings.make.writer)
    writer = registry.writer(settings.make.writer)
    who = f"process {os.getpid()}, since {utc_now()[:19]} UTC"
    with lock.held(folder.hidden, who), ledger_of(folder) as (ledger, store):
        return asyncio.run(_written(folder, ledger, store, writer, brief, settings, terms, clips))


def ask_anew(folder: Folder) -> None:
    """Let the next plan be asked for anew: answers that are there do not count any more."""
    with ledger_of(folder) as (ledger, _):
        ledger.set_meta(_TAKE, str(_take(ledger) + 1))


def used(ledger: Ledger) -> frozenset[str]:
    """Return the ids of the answers that the plan in the folder was made of."""
    return frozenset(json.loads(ledger.meta(_USED) or "[]"))


def quote_line(folder: Folder, settings: FilmSettings, clips: int | None = None) -> QuoteLine:
    """Return what the plan will cost: likely at low, and at worst when every pass is re-asked.

    Raises:
        ProjectError: the story cannot be read.
        NotConfigured: the writer is not here.
    """
    from stillreel.brief.read import read
    from stillreel.plan.writing import ask as asks
    from stillreel.plan.writing.make import TRIES
    from stillreel.production.nouns import QuoteLine
    from stillreel.providers import registry

    writer = registry.writer(settings.make.writer, ready=False)
    brief, wanted = read(folder.story()), plan_settings(settings, clips)
    count = asks.clips_of(brief, wanted)
    passes = [[writer.quote(ask) for ask in pair] for pair in asks.prospect(brief, wanted)]
    (beats, beats_again), (shots, shots_again) = passes
    once = beats.high.micros + count * shots.high.micros
    again = beats_again.high.micros + count * shots_again.high.micros
    return QuoteLine(
        STAGE,
        settings.make.writer,
        1,
        1,
        Money(beats.low.micros + count * shots.low.micros),
        Money(once + (TRIES - 1) * again),
        beats.seconds_low + shots.seconds_low,
        TRIES * (beats.seconds_high + shots.seconds_high),
        beats.basis,
    )


def may_cost(folder: Folder, clips: int | None = None) -> Money:
    """Return the most that writing the plan may cost; nothing where no language model writes."""
    from stillreel.production import settings

    found, _ = settings.load(folder.root)
    if found is None or not is_model(found.make.writer):
        return Money()
    return quote_line(folder, found, clips).high


async def _written(
    folder: Folder,
    ledger: Ledger,
    store: FileStore,
    writer: Writer,
    brief: Brief,
    settings: FilmSettings,
    terms: Terms,
    clips: int | None,
) -> Written:
    from stillreel.plan.writing import make
    from stillreel.production.buying import Buying

    buying = Buying(folder, ledger, store, terms)
    answers: list[str] = []

    async def hear(ask: WriteAsk) -> str:
        purchase = of_value([STAGE, writer.id, writer.offer.model, writer.offer.version, ask])
        answers.append(purchase)
        return await _answer(ask, purchase, settings.make.writer, writer, buying, store)

    try:
        wanted = plan_settings(settings, clips)
        written = await make.write(brief, wanted, hear, _take(ledger))
    finally:
        await buying.close()
    ledger.set_meta(_USED, json.dumps(sorted(answers)))
    return written


async def _answer(
    ask: WriteAsk, purchase: str, name: str, writer: Writer, buying: Buying, store: FileStore
) -> str:
    from stillreel.engine.till import Order

    job = await buying.till.buy(Order(purchase, STAGE, name, ask, writer.quote(ask)))
    file = job.stored[0]
    if not store.sound(file):
        raise Damaged(
            f"The answer of {ask.subject} that was paid for no longer matches its digest.",
            where=str(store.path(file.digest, file.media_type)),
            next_step="Put it back from a copy, or ask and pay anew: stillreel plan --again.",
        )
    return store.path(file.digest, file.media_type).read_text("utf-8")


def _take(ledger: Ledger) -> int:
    return int(ledger.meta(_TAKE) or "1")
