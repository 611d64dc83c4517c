"""A worker: carries the paid jobs of every film that shares a database, until it is stopped."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from stillreel.errors import NotConfigured
from stillreel.production import buying

if TYPE_CHECKING:
    from collections.abc import Callable

    from stillreel.engine.launch import Lane
    from stillreel.ledger.spend.nouns import JobEvent

_GRAIN = 1.0


def work(database: str, tell: Callable[[JobEvent], None], pace: float = 1.0) -> None:
    """Carry jobs until interrupted.

    Args:
        database: address of the Postgres database.
        tell: told every step of every job, whoever took it.
        pace: how many times faster than a real one the vendors' clock runs, in rehearsal.

    Raises:
        NotConfigured: no database is named, or no paid provider is ready here.
        LedgerError: the database cannot be reached, or has let go of this worker.
    """
    if not database:
        raise NotConfigured(
            "A worker needs a database to share with the films.",
            where="STILLREEL_DATABASE_URL",
            next_step="Set it to a Postgres database: postgresql://user@host/name.",
        )
    asyncio.run(_carry(database, tell, pace))


async def _carry(database: str, tell: Callable[[JobEvent], None], pace: float) -> None:
    from stillreel.ledger.spend.book import SpendBook
    from stillreel.production.open import utc_now

    spend = SpendBook(database, utc_now)
    slot = buying.slot_of(database)
    buyer = buying.buyer_for(spend, slot, pace)
    engine = buying.engine_for(buyer, spend, _lanes(), slot, database, pace)
    try:
        await engine.open()
        seen = max((event.seq for event in spend.events()), default=0)
        while True:
            await engine.rest(_GRAIN)
            for event in spend.events(after=seen):
                tell(event)
                seen = event.seq
    finally:
        await engine.close()
        if slot is not None:
            slot.close()
        spend.close()


def _lanes() -> tuple[Lane, ...]:
    """Return a lane for every paid provider that is ready here.

    Raises:
        NotConfigured: none is.
    """
    from stillreel.engine.launch import Lane
    from stillreel.providers import registry

    able = {"still": registry.still, "motion": registry.motion}
    ready = [one for one in registry.listed() if one.status.state == "ready"]
    offers = [(one.id, able[one.makes](one.id).offer) for one in ready if one.makes in able]
    found = tuple(
        Lane(name, max(1, offer.concurrency)) for name, offer in offers if not offer.local
    )
    if not found:
        raise NotConfigured(
            "No paid front-end or platform is ready here.",
            next_step="See `stillreel providers` for what each one needs.",
        )
    return found
