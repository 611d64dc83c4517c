"""Reading the spend ledger, and opening the database it lies in."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, create_engine, event, func, select, text
from sqlalchemy.exc import DatabaseError, DisconnectionError, OperationalError
from sqlalchemy.schema import CreateColumn

from stillreel.errors import LedgerError
from stillreel.ledger.pages import prepare, storage_trouble, tell_storage
from stillreel.ledger.spend.nouns import JobEvent, PaidJob
from stillreel.ledger.spend.tables import COMMITTED, asks, films, job_events, jobs, metadata

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sqlalchemy import Connection, Dialect, Engine, Select
    from sqlalchemy.engine import ExceptionContext
    from sqlalchemy.engine.interfaces import DBAPIConnection
    from sqlalchemy.pool import ConnectionPoolEntry

_ONE = select(jobs).where(
    *(jobs.c[name] == bindparam(name) for name in ("film", "purchase", "attempt"))
)
_NEWEST = (
    select(jobs)
    .where(jobs.c.film == bindparam("film"), jobs.c.purchase == bindparam("purchase"))
    .order_by(jobs.c.attempt.desc())
    .limit(1)
)
_ASKED = select(asks.c.text).where(asks.c.digest == bindparam("digest"))
SPACE = 5_751
"""Number space of our locks in a shared database; 0 of it is held while tables are laid out."""
_FRESH = 5.0
"""Seconds for which a connection that answered is taken to be alive."""


class SpendPages:
    """An open spend ledger, to be read."""

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
            with self._engine.begin() as db:
                _lay_out(db)
        except DatabaseError as error:
            where = self._engine.url.database or "memory"
            raise storage_trouble(str(error.orig), where) or LedgerError(
                f"The spend ledger cannot be read: {error.orig}.",
                where=self._engine.url.render_as_string(hide_password=True),
                next_step="Restore it from a copy, or mend the database, and run again; nothing "
                "is sent to a vendor without it.",
            ) from error

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def folder(self, film: str) -> str:
        """Return where a film lies, or an empty text."""
        with self._reading() as db:
            found = db.execute(select(films.c.folder).where(films.c.film == film)).scalar()
        return found or ""

    def asked(self, digest: str) -> str:
        """Return what was asked, as it was written."""
        with self._reading() as db:
            return str(db.execute(_ASKED, {"digest": digest}).scalar_one())

    def get(self, key: str) -> PaidJob:
        """Return a job by its key.

        Raises:
            KeyError: there is none.
        """
        film, purchase, attempt = key.rsplit("/", 2)
        named = {"film": film, "purchase": purchase, "attempt": int(attempt)}
        with self._reading() as db:
            row = db.execute(_ONE, named).one_or_none()
        if row is None:
            raise KeyError(key)
        return PaidJob(*row)

    def latest(self, film: str, purchase: str) -> PaidJob | None:
        """Return the newest attempt at a purchase, or None."""
        with self._reading() as db:
            return newest(db, film, purchase)

    def all(self, film: str | None = None, states: Iterable[str] = ()) -> tuple[PaidJob, ...]:
        """Return jobs in the order they were written, filtered by film and states."""
        query = select(jobs).order_by(jobs.c.created_at, jobs.c.purchase, jobs.c.attempt)
        if film is not None:
            query = query.where(jobs.c.film == film)
        if wanted := tuple(states):
            query = query.where(jobs.c.state.in_(wanted))
        return self._read(query)

    def fellows(self, job: PaidJob) -> tuple[PaidJob, ...]:
        """Return the other takes that wait for the same create call as a job, in their order."""
        if not job.call:
            return ()
        return self._read(
            select(jobs)
            .where(jobs.c.film == job.film, jobs.c.call == job.call, jobs.c.state == "intent")
            .where(jobs.c.purchase != job.purchase)
            .order_by(jobs.c.number, jobs.c.purchase)
        )

    def totals(self, film: str) -> tuple[int, int]:
        """Return micro-dollars (charged, held) of a film."""
        known = func.coalesce(func.sum(jobs.c.charged), 0)
        whole = func.coalesce(func.sum(COMMITTED), 0)
        with self._reading() as db:
            spent, committed = db.execute(select(known, whole).where(jobs.c.film == film)).one()
        return int(spent), int(committed) - int(spent)

    def events(self, film: str | None = None, after: int = 0) -> tuple[JobEvent, ...]:
        """Return the steps after number `after`, oldest first."""
        query = select(job_events).where(job_events.c.seq > after).order_by(job_events.c.seq)
        if film is not None:
            query = query.where(job_events.c.film == film)
        with self._reading() as db:
            return tuple(JobEvent(*row) for row in db.execute(query))

    def _reading(self) -> Connection:
        """Return a connection that reads what is there, without a transaction around it."""
        db = self._engine.connect()
        if self._engine.dialect.name == "sqlite":
            # it begins none for reading
            return db
        return db.execution_options(isolation_level="AUTOCOMMIT")

    def _read(self, query: Select[Any]) -> tuple[PaidJob, ...]:
        with self._reading() as db:
            return tuple(PaidJob(*row) for row in db.execute(query))


def _lay_out(db: Connection) -> None:
    """Create the tables, or add the columns that a ledger of an older version lacks."""
    if db.dialect.name == "postgresql":
        # Workers that start together would create them at the same time.
        db.execute(text("SELECT pg_advisory_xact_lock(:space, 0)"), {"space": SPACE})
    metadata.create_all(db)
    there = set(db.execute(text("SELECT * FROM jobs LIMIT 0")).keys())
    for column in jobs.columns:
        if column.name not in there:
            told = CreateColumn(column).compile(dialect=db.dialect)
            db.execute(text(f"ALTER TABLE jobs ADD COLUMN {told}"))


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
    made = create_engine(database_url(url))
    if made.dialect.name == "sqlite":
        event.listen(made, "connect", prepare)
        event.listen(made, "handle_error", tell_storage(made.url.database or "memory"))
    else:
        event.listen(made, "handle_error", _tell_postgres)
        event.listen(made, "checkin", _note_use)
        event.listen(made, "checkout", _asked_first(made.dialect))
    return made


def _note_use(_connection: object, record: ConnectionPoolEntry) -> None:
    record.info["used"] = time.monotonic()


def _asked_first(dialect: Dialect) -> Callable[..., None]:
    """Return what asks a connection that has rested whether the database is still there."""

    def ask(connection: DBAPIConnection, record: ConnectionPoolEntry, _proxy: object) -> None:
        if time.monotonic() - record.info.get("used", math.inf) < _FRESH:
            return
        try:
            dialect.do_ping(connection)
        except dialect.loaded_dbapi.Error as error:
            # The pool takes another one instead.
            raise DisconnectionError(str(error)) from error

    return ask


def _tell_postgres(context: ExceptionContext) -> None:
    """Turn a lost database into a sentence."""
    if isinstance(context.sqlalchemy_exception, OperationalError):
        raise LedgerError(
            f"The database cannot be reached: {context.original_exception}".strip(),
            where="STILLREEL_DATABASE_URL",
            next_step="Start it, or mend the address, and run again; what was sent is looked up.",
        )


def newest(db: Connection, film: str, purchase: str) -> PaidJob | None:
    """Return the newest attempt at a purchase, or None."""
    row = db.execute(_NEWEST, {"film": film, "purchase": purchase}).one_or_none()
    return PaidJob(*row) if row else None
