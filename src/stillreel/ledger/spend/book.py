"""The spend ledger: one row for every attempt to buy a take, the same on SQLite and Postgres.

It knows nothing of engines or vendors. Money is safe because of three rules that live here: a price
is taken out of the budget in the same transaction that writes the intent; a step is only taken by
whoever still sees the state it starts from; and a row is never deleted.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, create_engine, delete, event, func, insert, select, text, update
from sqlalchemy.exc import DatabaseError, OperationalError

from stillreel.errors import LedgerError
from stillreel.ledger.pages import prepare, tell_storage
from stillreel.ledger.spend.nouns import Caps, HoldBack, JobEvent, Over, PaidJob
from stillreel.ledger.spend.tables import COMMITTED, asks, films, job_events, jobs, metadata

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable

    from sqlalchemy import ColumnElement, Connection, Engine, Select
    from sqlalchemy.engine import ExceptionContext

_RATE_WINDOW = timedelta(minutes=1)


class SpendBook:
    """The paid jobs of one film, or of all films that share a database."""

    def __init__(self, url: str, clock: Callable[[], str]) -> None:
        """Open (and if need be create) the tables at a database address.

        Args:
            url: `sqlite:///path` or `postgresql+psycopg://...`.
            clock: returns the time as UTC ISO 8601.

        Raises:
            LedgerError: the database cannot be reached or is damaged.
        """
        self._clock = clock
        self._engine = _engine(url)
        try:
            metadata.create_all(self._engine)
        except DatabaseError as error:
            raise LedgerError(
                f"The spend ledger cannot be read: {error.orig}.",
                where=self._engine.url.render_as_string(hide_password=True),
                next_step="Restore it from a copy, or mend the database, and run again; nothing "
                "is sent to a vendor without it.",
            ) from error

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def reserve(self, job: PaidJob, ask: str, caps: Callable[[], Caps]) -> PaidJob | Over:
        """Write the intent to buy and take its worst price out of the budget, or say what is over.

        A purchase that was written before is returned as it stands, whatever it costs.

        Args:
            job: state `intent`, with its tag and its price at worst.
            ask: what is asked, as text.
            caps: asked inside the transaction, so that a limit that has just been lowered counts.
        """
        with self._writing(job.film) as db:
            known = _latest(db, job.film, job.purchase)
            if known is not None and known.attempt >= job.attempt:
                return known
            over = _over(db, job, caps())
            if over is not None:
                return over
            if not db.execute(select(asks.c.digest).where(asks.c.digest == job.ask)).first():
                db.execute(insert(asks), {"digest": job.ask, "text": ask})
            return self._insert(db, job)

    def send(
        self, job: PaidJob, *, owner: str, sent: str, per_minute: int = 0
    ) -> PaidJob | HoldBack | None:
        """Take the right to make the create call: `intent` becomes `submitting`.

        Returns:
            The job; how long to hold back for the vendor's rate; or None when somebody else has it.
        """
        with self._writing(job.film if not per_minute else job.provider) as db:
            if per_minute and (wait := self._too_soon(db, job.provider, per_minute)):
                return HoldBack(wait)
            facts = {"owner": owner, "sent": sent, "sent_at": self._clock(), "stopped": ""}
            return self._move(db, job, "submitting", facts, "")

    def move(self, job: PaidJob, state: str, said: str = "", **facts: object) -> PaidJob | None:
        """Take a step, unless the job is no longer in the state that `job` shows.

        Args:
            job: as it was last read.
            state: where it goes; the same state only changes its facts.
            said: what to say in the event.
            facts: columns to change with it.

        Returns:
            The job as it is now, or None when somebody else has moved it.
        """
        with self._engine.begin() as db:
            return self._move(db, job, state, facts, said)

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

    def folder(self, film: str) -> str:
        """Return where a film lies, or an empty text."""
        with self._engine.connect() as db:
            found = db.execute(select(films.c.folder).where(films.c.film == film)).scalar()
        return found or ""

    def asked(self, digest: str) -> str:
        """Return what was asked, as it was written."""
        with self._engine.connect() as db:
            return str(db.execute(select(asks.c.text).where(asks.c.digest == digest)).scalar_one())

    def get(self, key: str) -> PaidJob:
        """Return a job by its key.

        Raises:
            KeyError: there is none.
        """
        film, purchase, attempt = key.rsplit("/", 2)
        where = (jobs.c.film == film, jobs.c.purchase == purchase, jobs.c.attempt == int(attempt))
        found = self._read(select(jobs).where(*where))
        if not found:
            raise KeyError(key)
        return found[0]

    def latest(self, film: str, purchase: str) -> PaidJob | None:
        """Return the newest attempt at a purchase, or None."""
        with self._engine.connect() as db:
            return _latest(db, film, purchase)

    def all(self, film: str | None = None, states: Iterable[str] = ()) -> tuple[PaidJob, ...]:
        """Return jobs in the order they were written, filtered by film and states."""
        query = select(jobs).order_by(jobs.c.created_at, jobs.c.purchase, jobs.c.attempt)
        if film is not None:
            query = query.where(jobs.c.film == film)
        if wanted := tuple(states):
            query = query.where(jobs.c.state.in_(wanted))
        return self._read(query)

    def totals(self, film: str) -> tuple[int, int]:
        """Return micro-dollars (charged, held) of a film."""
        known = func.coalesce(func.sum(jobs.c.charged), 0)
        whole = func.coalesce(func.sum(COMMITTED), 0)
        with self._engine.connect() as db:
            spent, committed = db.execute(select(known, whole).where(jobs.c.film == film)).one()
        return int(spent), int(committed) - int(spent)

    def events(self, film: str | None = None, after: int = 0) -> tuple[JobEvent, ...]:
        """Return the steps after number `after`, oldest first."""
        query = select(job_events).where(job_events.c.seq > after).order_by(job_events.c.seq)
        if film is not None:
            query = query.where(job_events.c.film == film)
        with self._engine.connect() as db:
            return tuple(JobEvent(*row) for row in db.execute(query))

    def _insert(self, db: Connection, job: PaidJob) -> PaidJob:
        now = self._clock()
        fresh = replace(job, created_at=now, updated_at=now)
        db.execute(insert(jobs).values(**asdict(fresh)))
        self._say(db, fresh, "")
        return fresh

    def _move(
        self, db: Connection, job: PaidJob, state: str, facts: dict[str, Any], message: str
    ) -> PaidJob | None:
        values = {**facts, "state": state, "updated_at": self._clock()}
        changed = db.execute(
            update(jobs).where(*_is(job), jobs.c.state == job.state).values(**values)
        )
        if changed.rowcount != 1:
            return None
        moved = replace(job, **values)
        if state != job.state or message:
            self._say(db, moved, message)
        return moved

    def _say(self, db: Connection, job: PaidJob, message: str) -> None:
        same = ("film", "purchase", "attempt", "stage", "subject", "provider", "state")
        row = {name: getattr(job, name) for name in same}
        row |= {"at": self._clock(), "micros": job.price.micros, "message": message}
        db.execute(insert(job_events), row)

    def _too_soon(self, db: Connection, provider: str, per_minute: int) -> float:
        now = datetime.fromisoformat(self._clock())
        since = (now - _RATE_WINDOW).isoformat(timespec="microseconds")
        recent = db.execute(
            select(jobs.c.sent_at)
            .where(jobs.c.provider == provider, jobs.c.sent_at > since)
            .order_by(jobs.c.sent_at.desc())
            .limit(per_minute)
        ).scalars()
        times = list(recent)
        if len(times) < per_minute:
            return 0.0
        oldest = datetime.fromisoformat(times[-1])
        return max(0.01, (oldest + _RATE_WINDOW - now).total_seconds())

    def _read(self, query: Select[Any]) -> tuple[PaidJob, ...]:
        with self._engine.connect() as db:
            return tuple(PaidJob(*row) for row in db.execute(query))

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


def database_url(url: str) -> str:
    """Return a database address with the driver that is installed.

    Raises:
        LedgerError: it is neither Postgres nor SQLite.
    """
    kind, _, rest = url.partition("://")
    if kind in {"postgresql", "postgres", "postgresql+psycopg"}:
        return f"postgresql+psycopg://{rest}"
    if kind == "sqlite":
        return url
    raise LedgerError(
        f"A database of the kind {kind!r} cannot keep the ledger.",
        where="STILLREEL_DATABASE_URL",
        next_step="Name a Postgres database: postgresql://user@host/name.",
    )


def _engine(url: str) -> Engine:
    made = create_engine(database_url(url), pool_pre_ping=url.startswith("postgres"))
    if made.dialect.name == "sqlite":
        event.listen(made, "connect", prepare)
        event.listen(made, "handle_error", tell_storage(made.url.database or "memory"))
    else:
        event.listen(made, "handle_error", _tell_postgres)
    return made


def _tell_postgres(context: ExceptionContext) -> None:
    """Turn a lost database into a sentence."""
    if isinstance(context.sqlalchemy_exception, OperationalError):
        raise LedgerError(
            f"The database cannot be reached: {context.original_exception}".strip(),
            where="STILLREEL_DATABASE_URL",
            next_step="Start it, or mend the address, and run again; what was sent is looked up.",
        )


def _is(job: PaidJob) -> tuple[Any, ...]:
    return (
        jobs.c.film == job.film,
        jobs.c.purchase == job.purchase,
        jobs.c.attempt == job.attempt,
    )


def _latest(db: Connection, film: str, purchase: str) -> PaidJob | None:
    query = (
        select(jobs)
        .where(jobs.c.film == film, jobs.c.purchase == purchase)
        .order_by(jobs.c.attempt.desc())
        .limit(1)
    )
    row = db.execute(query).one_or_none()
    return PaidJob(*row) if row else None


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
