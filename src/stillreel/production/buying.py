"""What a film buys with: the spend ledger, the engine and the till, opened only when needed."""

from __future__ import annotations

import secrets
import time
import uuid
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from stillreel.engine.states import OVER
from stillreel.values.instant import Instant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from stillreel.engine.durable import Engine
    from stillreel.engine.launch import Lane
    from stillreel.engine.money import Ceilings
    from stillreel.engine.purchase import Buyer
    from stillreel.engine.record import Home
    from stillreel.engine.route.nouns import Prefer
    from stillreel.engine.slots import Slot
    from stillreel.engine.till import Till
    from stillreel.ledger.book import Ledger
    from stillreel.ledger.spend.book import SpendBook
    from stillreel.ledger.spend.nouns import PaidJob
    from stillreel.ledger.store import FileStore
    from stillreel.production.dispatch import Dispatcher
    from stillreel.production.folder import Folder
    from stillreel.production.settings import FilmSettings
    from stillreel.providers.seam import Seller
    from stillreel.values.money import Money

_BOOT = Path("/proc/sys/kernel/random/boot_id")
_ENGINE = "engine.db"
_WORDS = ("plan", "judge")
"""Stages whose jobs bring words."""
_FINEST = 0.1
"""Shortest time in seconds between two looks at a queue, in a rehearsal that is in a hurry."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How a run buys."""

    database: str = ""
    """Address of a Postgres database that many workers share; empty keeps all in the folder."""
    max_spend: Money | None = None
    """Most this film may cost, instead of the ceiling in film.toml when that is higher."""
    pace: float = 1.0
    """How many times faster than a real one the vendors' clock runs, in rehearsal."""


class Buying:
    """The till of one film, with the engine behind it."""

    def __init__(self, folder: Folder, ledger: Ledger, store: FileStore, terms: Terms) -> None:
        """Prepare to buy for one film; nothing is opened before something is bought."""
        from stillreel.engine.till import Till

        self._folder = folder
        self._terms = terms
        self.spend = spend_book(folder, terms.database)
        self._engine: Engine | None = None
        self._slot: Slot | None = None
        home = _home(str(folder.root.resolve()), store)
        self.till: Till = Till(
            film_id(ledger),
            self.spend,
            home,
            engine=self._started,
            ceilings=self._ceilings,
            tag=new_tag,
        )

    def dispatcher(self, clips: int, prefer: Prefer | None) -> Dispatcher:
        """Return what gives each of `clips` clips its platform."""
        from stillreel.production.dispatch import Dispatcher
        from stillreel.production.open import settings_of

        settings = settings_of(self._folder)
        make, pace = settings.make, self._terms.pace
        return Dispatcher(
            make.clips,
            self.till.film,
            jobs=self.spend.all,
            left=self._left,
            clips=clips,
            prefer=prefer or make.prefer,
            now=lambda: time.time() * pace,
            pace=pace,
            disclosed=settings.disclosure.required,
            hedge=make.hedge,
        )

    def _left(self) -> Money:
        from stillreel.values.money import Money

        return Money(self._ceilings().film.micros - sum(self.spend.totals(self.till.film)))

    def spent(self) -> Money:
        """Return what the film has cost so far."""
        return self.till.money()[0]

    def under_way(self) -> bool:
        """Say whether a later run has a job of this film to ask after."""
        return any(job.state not in OVER for job in self.spend.all(self.till.film))

    async def close(self) -> None:
        """Stop the engine; what is under way at a vendor goes on when it is opened again."""
        if self._engine is not None:
            await self._engine.close()
        if self._slot is not None:
            self._slot.close()
        self.spend.close()

    def _started(self) -> Engine:
        if self._engine is None:
            from stillreel.production.open import settings_of

            terms = self._terms
            lanes = lanes_of(settings_of(self._folder), self.spend.all(self.till.film))
            self._slot = slot_of(terms.database)
            buyer = buyer_for(self.spend, self._slot, terms.pace)
            where = terms.database or _beside(self._folder)
            self._engine = engine_for(buyer, self.spend, lanes, self._slot, where, terms.pace)
        return self._engine

    def _ceilings(self) -> Ceilings:
        from stillreel.production.open import settings_of

        return ceilings(settings_of(self._folder), self._terms.max_spend)


def film_id(ledger: Ledger) -> str:
    """Return the id of a film, which it gets once and keeps."""
    known = ledger.meta("film")
    if known is None:
        known = uuid.uuid4().hex
        ledger.set_meta("film", known)
    return known


def spend_book(folder: Folder, database: str) -> SpendBook:
    """Open the spend ledger: in the film's folder, or in a database that is shared."""
    from stillreel.ledger.spend.book import SpendBook
    from stillreel.production.open import utc_now

    return SpendBook(database or f"sqlite:///{folder.ledger}", utc_now)


def ceilings(settings: FilmSettings, max_spend: Money | None) -> Ceilings:
    """Return what a film may cost: the lower of film.toml and what the person just said."""
    found = settings.ceilings
    if max_spend is None:
        return found
    return replace(found, film=min(found.film, max_spend) if found.film.micros else max_spend)


def lanes_of(settings: FilmSettings, jobs: Iterable[PaidJob] = ()) -> tuple[Lane, ...]:
    """Return a lane for every paid provider that a film names, or has jobs with, ready or not."""
    from stillreel.engine.launch import Lane
    from stillreel.providers import registry

    make = settings.make
    boards = () if make.boards == "winner" else (make.boards,)
    # What writes or judges has a lane only while something of it is under way.
    bought = {job.provider for job in jobs if job.stage not in _WORDS or job.state not in OVER}
    names = {*make.sheets, *boards, *make.clips, *bought}
    offers = {name: registry.offer(name) for name in sorted(names)}
    return tuple(
        Lane(name, max(1, offer.concurrency)) for name, offer in offers.items() if not offer.local
    )


def buyer_for(spend: SpendBook, slot: Slot | None, pace: float) -> Buyer:
    """Return the buyer of this process; it finds films by where the spend ledger says they lie."""
    from stillreel.engine.purchase import Buyer
    from stillreel.ledger.store import FileStore
    from stillreel.production.folder import Folder

    homes: dict[str, Home] = {}

    def home(film: str) -> Home:
        if film not in homes:
            folder = spend.folder(film)
            homes[film] = _home(folder, FileStore(Folder(Path(folder)).files))
        return homes[film]

    owner = slot.name if slot is not None else "alone"
    return Buyer(
        spend,
        home=home,
        provider=_provider,
        watch=stopwatch(),
        tag=new_tag,
        owner=owner,
        pace=pace,
    )


def engine_for(
    buyer: Buyer,
    spend: SpendBook,
    lanes: tuple[Lane, ...],
    slot: Slot | None,
    database: str,
    pace: float,
) -> Engine:
    """Return the engine that carries jobs in this process."""
    from stillreel.engine.durable import Engine
    from stillreel.ledger.spend.pages import database_url

    grain = min(1.0, max(_FINEST, 1.0 / pace))
    url = database_url(database)
    return Engine(buyer, spend, url=url, lanes=lanes, slot=slot, grain=grain)


def slot_of(database: str) -> Slot | None:
    """Take a place among the workers of a shared database; None when there is none."""
    if not database:
        return None
    from stillreel.engine.slots import Slot

    return Slot(database)


def new_tag() -> str:
    """Return a random word that was never used: what a vendor is asked about a lost job."""
    return f"sr-{secrets.token_hex(12)}"


def stopwatch() -> Callable[[], Instant]:
    """Return what reads this machine's stopwatch, which no change of the clock moves."""
    clock = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
    # Without a boot id every process counts from its own start, which waits longer, never less.
    boot = _BOOT.read_text("ascii").strip() if _BOOT.exists() else uuid.uuid4().hex
    return lambda: Instant(boot, time.clock_gettime(clock))


def _provider(job: PaidJob) -> Seller:
    return _able(job.stage)(job.provider)


def _able(stage: str) -> Callable[[str], Seller]:
    """Return what finds the provider of a stage's jobs by name."""
    from stillreel.providers import registry

    ables = {"clip": registry.motion, "plan": registry.writer, "judge": registry.judge}
    return ables.get(stage, registry.still)


def _home(folder: str, store: FileStore) -> Home:
    from stillreel.engine.record import Home

    return Home(Path(folder), store)


def _beside(folder: Folder) -> str:
    return f"sqlite:///{folder.hidden / _ENGINE}"
