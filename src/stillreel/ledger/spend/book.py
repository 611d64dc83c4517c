"""The spend ledger: one row for every attempt to buy a take, the same on SQLite and Postgres.

It knows nothing of engines or vendors. Money is safe because of three rules that live here: a price
is taken out of the budget in the same transaction that writes the intent; a step is only taken by
whoever still sees the state it starts from; and a row is never deleted.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, delete, func, insert, select, text, update

from stillreel.ledger.spend.nouns import Caps, HoldBack, Over, PaidJob
from stillreel.ledger.spend.pages import SpendPages, newest
from stillreel.ledger.spend.tables import COMMITTED, asks, films, job_events, jobs

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from sqlalchemy import ColumnElement, Connection, Update

_RATE_WINDOW = timedelta(minutes=1)
_SEEN = ("film", "purchase", "attempt", "state")
"""What a job must still show for a step of it to be taken."""
_EVENT = insert(job_events)


class SpendBook(SpendPages):
    """The paid jobs of one film, or of all films that share a database."""

    def reserve(self, job: PaidJob, ask: str, caps: Callable[[], Caps]) -> PaidJob | Over:
        """Write the intent to buy and take its worst price out of the budget, or say what is over.

        A purchase that was written before is returned as it stands, whatever it costs.

        Args:
            job: state `intent`, with its tag and its price at worst.
            ask: what is asked, as text.
            caps: asked inside the transaction, so that a limit that has just been lowered counts.
        """
        with self._writing(job.film) as db:
            known = newest(db, job.film, job.purchase)
            if known is not None and known.attempt >= job.attempt:
                return known
            over = _over(db, job, caps())
            if over is not None:
                return over
            if not db.execute(select(asks.c.digest).where(asks.c.digest == job.ask)).first():
                db.execute(insert(asks), {"digest": job.ask, "text": ask})
            return self._insert(db, job)

    def send(
        self, job: PaidJob, *fellows: PaidJob, owner: str, sent: str, per_minute: int = 0
    ) -> tuple[PaidJob, ...] | HoldBack:
        """Take the right to make the create call: `intent` becomes `submitting`.

        Args:
            job: what is sent.
            fellows: what goes with it by the same call, as far as nobody else has taken it.
            owner: who sends.
            sent: when, as `Instant` text.
            per_minute: things the vendor takes a minute; 0 for no limit.

        Returns:
            What is to be sent, the job first; nothing when somebody else has it; or how long to
            hold back for the vendor's rate.
        """
        facts = {"owner": owner, "sent": sent, "sent_at": self._clock(), "stopped": ""}
        if not per_minute and not fellows:
            # Whoever still sees the intent may send it; nothing is added up, so nobody need wait.
            moved = self.move(job, "submitting", **facts)
            return (moved,) if moved else ()
        with self._writing(job.provider) as db:
            if wait := self._too_soon(db, job.provider, per_minute, 1 + len(fellows)):
                return HoldBack(wait)
            if (moved := self._move(db, job, "submitting", facts, "")) is None:
                return ()
            others = (self._move(db, one, "submitting", facts, "") for one in fellows)
            return (moved, *(one for one in others if one is not None))

    def move(
        self, job: PaidJob, state: str, said: str = "", via: str = "", **facts: object
    ) -> PaidJob | None:
        """Take a step, unless the job is no longer in the state that `job` shows.

        Args:
            job: as it was last read.
            state: where it goes; the same state only changes its facts.
            said: what to say in the event.
            via: a state that is passed on the way, told as an event of its own.
            facts: columns to change with it.

        Returns:
            The job as it is now, or None when somebody else has moved it.
        """
        with self._engine.begin() as db:
            return self._move(db, job, state, facts, said, via)

    def again(self, job: PaidJob, tag: str, message: str) -> PaidJob | None:
        """Send anew what is proved never to have reached the vendor: the next attempt, same price.

        Args:
            job: the attempt whose answer was lost, as it was last read.
            tag: word for the next attempt.
            message: why, for the event.

        Returns:
            The next attempt, or None when somebody else has moved this one.
        """
        with self._writing(job.film) as db:
            # its price is handed on inside one transaction, so no limit can be passed in between
            closed = self._move(db, job, "failed", {"charged": 0, "message": message}, message)
            if closed is None:
                return None
            return self._insert(db, next_attempt(job, tag, job.ask))

    def enrol(self, film: str, folder: str) -> None:
        """Say where a film lies."""
        row = {"film": film, "folder": folder}
        with self._writing(film) as db:
            db.execute(delete(films).where(films.c.film == film))
            db.execute(insert(films), row)

    def _insert(self, db: Connection, job: PaidJob) -> PaidJob:
        now = self._clock()
        fresh = replace(job, created_at=now, updated_at=now)
        db.execute(insert(jobs).values(**asdict(fresh)))
        self._say(db, (fresh, ""))
        return fresh

    def _move(
        self,
        db: Connection,
        job: PaidJob,
        state: str,
        facts: dict[str, Any],
        message: str,
        via: str = "",
    ) -> PaidJob | None:
        values = {**facts, "state": state, "updated_at": self._clock()}
        seen = {f"_{name}": getattr(job, name) for name in _SEEN}
        if db.execute(_update(tuple(values)), values | seen).rowcount != 1:
            return None
        moved = replace(job, **values)
        steps = [(replace(moved, state=via), "")] if via else []
        if state != job.state or message:
            steps.append((moved, message))
        if steps:
            self._say(db, *steps)
        return moved

    def _say(self, db: Connection, *steps: tuple[PaidJob, str]) -> None:
        """Write an event for each step: how the job stands after it, and what was said."""
        same = ("film", "purchase", "attempt", "stage", "subject", "provider", "state")
        rows = [
            {name: getattr(job, name) for name in same}
            | {"at": self._clock(), "micros": job.price.micros, "message": message}
            for job, message in steps
        ]
        db.execute(_EVENT, rows)

    def _too_soon(self, db: Connection, provider: str, per_minute: int, count: int) -> float:
        """Return how long to wait until `count` more may be sent, at most `per_minute` at once."""
        if not per_minute:
            return 0.0
        now = datetime.fromisoformat(self._clock())
        since, until = (
            (now + way * _RATE_WINDOW).isoformat(timespec="microseconds") for way in (-1, 1)
        )
        recent = db.execute(
            select(jobs.c.sent_at)
            # What was sent later still was sent before the clock was set back: it says nothing.
            .where(jobs.c.provider == provider, jobs.c.sent_at > since, jobs.c.sent_at <= until)
            .order_by(jobs.c.sent_at.desc())
            .limit(per_minute)
        ).scalars()
        times, room = list(recent), max(0, per_minute - count)
        if len(times) <= room:
            return 0.0
        oldest = datetime.fromisoformat(times[room])
        return max(0.01, (oldest + _RATE_WINDOW - now).total_seconds())

    @contextmanager
    def _writing(self, what: str) -> Generator[Connection]:
        """Be the only one who adds up and writes: SQLite has one writer, Postgres one per word."""
        if self._engine.dialect.name == "postgresql":
            with self._engine.begin() as db:
                lock = text("SELECT pg_advisory_xact_lock(hashtextextended(:what, 0))")
                db.execute(lock, {"what": what})
                yield db
            return
        with self._engine.connect() as db:
            db.exec_driver_sql("BEGIN IMMEDIATE")
            yield db
            db.commit()


def next_attempt(job: PaidJob, tag: str, ask: str) -> PaidJob:
    """Return the intent to buy the same take once more, with a word of its own."""
    return PaidJob(
        film=job.film,
        purchase=job.purchase,
        attempt=job.attempt + 1,
        stage=job.stage,
        subject=job.subject,
        provider=job.provider,
        tag=tag,
        state="intent",
        reserved=job.reserved,
        ask=ask,
        number=job.number,
    )


@cache
def _update(names: tuple[str, ...]) -> Update:
    """Return the statement that sets these columns of a job that is still as it was seen.

    Made once for each set of columns: making it costs as much as the round trip.
    """
    still = (jobs.c[name] == bindparam(f"_{name}") for name in _SEEN)
    return update(jobs).where(*still).values({name: bindparam(name) for name in names})


def _over(db: Connection, job: PaidJob, caps: Caps) -> Over | None:
    here = and_(jobs.c.film == job.film)
    scopes = (
        ("film", caps.film, here),
        ("stage", caps.stage, and_(here, jobs.c.stage == job.stage)),
        ("subject", caps.subject, and_(here, _same_subject(job))),
    )
    for limit, cap, where in scopes:
        if cap is None:
            continue
        total = db.execute(select(func.coalesce(func.sum(COMMITTED), 0)).where(where)).scalar()
        left = cap - int(total or 0)
        if job.reserved > left:
            return Over(limit, cap, left)
    return None


def _same_subject(job: PaidJob) -> ColumnElement[bool]:
    return and_(jobs.c.stage == job.stage, jobs.c.subject == job.subject)
