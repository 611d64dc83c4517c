"""Where the money of a film went, and every step of what it bought."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.production import judging, writing
from stillreel.production.buying import film_id, spend_book
from stillreel.production.open import ledger_of

if TYPE_CHECKING:
    from stillreel.engine.money import SpendReport
    from stillreel.ledger.nouns import Event
    from stillreel.ledger.spend.nouns import JobEvent
    from stillreel.production.folder import Folder


def spending(folder: Folder, database: str) -> SpendReport:
    """Return what a film has cost, by stage, model and take, and what of it was for nothing."""
    from stillreel.engine import money

    with ledger_of(folder) as (ledger, _):
        spend = spend_book(folder, database)
        try:
            jobs = spend.all(film_id(ledger))
            in_film = {one.take_id for one in ledger.current()} | writing.used(ledger)
            return money.report(jobs, in_film | judging.answers(jobs))
        finally:
            spend.close()


def happened(folder: Folder, database: str, after: int, after_step: int) -> list[Event | JobEvent]:
    """Return events after number `after` and steps of paid jobs after theirs, oldest first."""
    with ledger_of(folder) as (ledger, _):
        spend = spend_book(folder, database)
        try:
            steps = spend.events(film_id(ledger), after_step)
        finally:
            spend.close()
        found: list[Event | JobEvent] = [*ledger.events(after), *steps]
    return sorted(found, key=lambda one: one.at)
