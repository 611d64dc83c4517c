"""The settle verb: jobs whose answer was lost, and what a person found out about them."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal

from stillreel.engine import asks
from stillreel.engine.record import Home
from stillreel.engine.states import AT_VENDOR, IN_THE_AIR
from stillreel.errors import Damaged, NotConfigured, UsageError
from stillreel.ledger import lock
from stillreel.ledger.spend.nouns import found_in_vain
from stillreel.production.buying import film_id, spend_book
from stillreel.production.open import ledger_of
from stillreel.providers import registry
from stillreel.providers.ask import MotionAsk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.ledger.spend.book import SpendBook
    from stillreel.ledger.spend.nouns import PaidJob
    from stillreel.production.folder import Folder

Verdict = Literal["absent", "charged"]
"""`absent`: the vendor never had it. `charged`: it was paid for, and the result is lost."""

_WORDS = 100
"""Characters of a line of a prompt that are shown."""
_FIRST_SHOT = "Shot 1:"
"""How the line begins that tells the prompts of two clips apart."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A lost job, with what a person knows it by in a vendor's own list."""

    job: PaidJob
    model: str
    """The vendor's name of it; empty where its provider is not installed."""
    words: tuple[str, ...]
    """How the prompt begins, and how its first shot does where it has one."""
    seconds: Fraction
    """Length of the clip; 0 for anything else."""


def unsettled(folder: Folder, database: str) -> tuple[Doubt, ...]:
    """Return the jobs of a film of which nobody knows whether the vendor has them, oldest first."""
    with ledger_of(folder) as (ledger, store):
        film, home = film_id(ledger), Home(folder.root, store)
        spend = spend_book(folder, database)
        try:
            return tuple(_doubt(job, spend, home) for job in _lost(spend, film))
        finally:
            spend.close()


def _lost(spend: SpendBook, film: str) -> list[PaidJob]:
    """Return what is lost, and what a person found under an id that its vendor does not know."""
    return [
        job
        for job in spend.all(film)
        if job.state in IN_THE_AIR or found_in_vain(job.state, job.note, job.stopped, job.charged)
    ]


def _doubt(job: PaidJob, spend: SpendBook, home: Home) -> Doubt:
    model, words, seconds = job.model, tuple[str, ...](), Fraction(0)
    with suppress(NotConfigured):
        model = model or registry.offer(job.provider).model
    # A picture that is gone takes the words with it, and nothing else.
    with suppress(Damaged):
        ask = asks.read(spend.asked(job.ask), home)
        lines = [line.strip() for line in ask.prompt.splitlines() if line.strip()]
        told = (*lines[:1], *(one for one in lines[1:] if one.startswith(_FIRST_SHOT)))
        words = tuple(line[:_WORDS] for line in told)
        if isinstance(ask, MotionAsk):
            seconds = Fraction(sum(panel.frames for panel in ask.board.panels), ask.fps)
    return Doubt(job, model, words, seconds)


def settle(
    folder: Folder,
    what: str,
    database: str,
    *,
    found: str = "",
    verdict: Verdict | None = None,
    note: str = "",
) -> PaidJob:
    """Write down what a person found out about a lost job, and return the job as it is now.

    Args:
        folder: the project.
        what: a clip, board or sheet, or the first characters of a job's tag.
        database: address of a shared database; empty for the film's own.
        found: the vendor's id of the job, where the vendor does have it.
        verdict: what became of it, where the vendor does not have it.
        note: the person's words.

    Raises:
        UsageError: no lost job, or more than one, is called that; or neither or both answers.
        ProjectBusy: a run is at work and may be looking the job up.
    """
    if bool(found) == (verdict is not None):
        raise UsageError(
            "Say one thing about it: the vendor's id of the job, or what became of it.",
            next_step="Add --found ID, --absent, or --charged.",
        )
    with lock.held(folder.hidden, "stillreel settle"), ledger_of(folder) as (ledger, _):
        spend = spend_book(folder, database)
        try:
            job = _one(_lost(spend, film_id(ledger)), what, folder)
            told = note or f"a person says: {f'it is {found}' if found else verdict}"
            facts: dict[str, Any] = {"stopped": "", "failure": "", "warning": "", "note": told}
            if found:
                state, facts["vendor_id"] = "submitted", found
            else:
                # What was paid and lost stays in the bill at its worst price.
                state, facts["charged"] = "failed", 0 if verdict == "absent" else job.reserved
            if job.state == "submitting":
                job = spend.move(job, "unknown", "no answer was recorded") or job
            moved = spend.move(job, state, told, message=told, **facts)
            ledger.reopen()
        finally:
            spend.close()
    if moved is None:
        raise UsageError(
            f"{what} has just been settled by somebody else.",
            next_step=f"Look again: stillreel settle {folder.root}",
        )
    return moved


def cancel(folder: Folder, what: str, database: str) -> PaidJob:
    """Stop a job that is under way, if the vendor can still stop it, and return it as it is now.

    Raises:
        UsageError: no job under way, or more than one, is called that.
        ProjectBusy: a run is at work on the film.
        ProviderError: the vendor cannot be reached.
    """
    from stillreel.production.buying import buyer_for

    with lock.held(folder.hidden, "stillreel settle"), ledger_of(folder) as (ledger, _):
        spend = spend_book(folder, database)
        try:
            open_states = ("intent", *AT_VENDOR)
            job = _one(spend.all(film_id(ledger), open_states), what, folder, "job under way")
            return asyncio.run(buyer_for(spend, None, 1.0).cancel(job.key))
        finally:
            spend.close()


def _one(jobs: Sequence[PaidJob], what: str, folder: Folder, noun: str = "lost job") -> PaidJob:
    named = [job for job in jobs if job.subject == what or (what and job.tag.startswith(what))]
    if len(named) == 1:
        return named[0]
    if not named:
        raise UsageError(
            f"No {noun} is called {what!r}.",
            where=str(folder.root),
            next_step=f"See which there are: stillreel settle {folder.root}",
        )
    raise UsageError(
        f"{len(named)} jobs are called {what!r}: one {noun} must be named.",
        where=str(folder.root),
        next_step=f"Name one by its tag: {', '.join(job.tag for job in named)}",
    )
