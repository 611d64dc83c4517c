"""The bound book a ledger is kept in: opening it, remembering words, saying what happened."""

from __future__ import annotations

import errno
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import case, create_engine, event, insert, inspect, select, text, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.exc import DatabaseError

from stillreel.errors import LedgerError, StillreelError
from stillreel.ledger import chain
from stillreel.ledger import tables as t
from stillreel.ledger.nouns import Event
from stillreel.ledger.store import storage_error

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from sqlalchemy import Connection, Table
    from sqlalchemy.engine import ExceptionContext


_AT_WORK = "at work"
"""Stands in the place of a run's mark until it ends, unless a person decides something."""


class Pages:
    """An open ledger: settings, runs and events."""

    def __init__(self, path: Path | None, clock: Callable[[], str]) -> None:
        """Open (and if need be create) the ledger at `path`, or one in memory for None.

        Args:
            path: the SQLite file.
            clock: returns the time as UTC ISO 8601.

        Raises:
            LedgerError: the file is no ledger, or one written by a newer stillreel.
        """
        self._clock = clock
        self._where = str(path or "memory")
        self._engine = create_engine(f"sqlite:///{path}" if path else "sqlite://")
        event.listen(self._engine, "connect", prepare)
        event.listen(self._engine, "handle_error", tell_storage(self._where))
        try:
            t.metadata.create_all(self._engine)
            self._check_format()
        except DatabaseError as error:
            said = str(error.orig)
            raise storage_trouble(said, self._where) or damaged(said, self._where) from error

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def _check_format(self) -> None:
        found = self.meta("format")
        if found is None:
            self.set_meta("format", str(t.FORMAT))
        elif int(found) < t.FORMAT:
            self._bring_up(t.FORMAT)
        elif int(found) > t.FORMAT:
            raise LedgerError(
                f"The ledger has format {found}; this stillreel knows {t.FORMAT}.",
                where=self._where,
                next_step="Upgrade stillreel.",
            )

    def _bring_up(self, form: int) -> None:
        """Add what a ledger of format 1 lacks: the chain begins with its next event."""
        with self._engine.begin() as db:
            there = {column["name"] for column in inspect(db).get_columns("events")}
            for name in {"facts", "link"} - there:
                db.execute(text(f"ALTER TABLE events ADD COLUMN {name} TEXT NOT NULL DEFAULT ''"))
        self.set_meta("format", str(form))

    def meta(self, key: str) -> str | None:
        """Return a remembered value, or None."""
        with self._engine.connect() as db:
            return db.execute(select(t.meta.c.value).where(t.meta.c.key == key)).scalar()

    def set_meta(self, key: str, value: str) -> None:
        """Remember a value."""
        self._put(t.meta, {"key": key}, {"value": value})

    def begin_run(self) -> int:
        """Open a run and return its number."""
        row = {
            "started_at": self._clock(),
            "finished_at": "",
            "outcome": "running",
            "fingerprint": _AT_WORK,
            "summary": "",
        }
        with self._engine.begin() as db:
            key = db.execute(insert(t.runs).values(**row)).inserted_primary_key
        return int(key[0]) if key else 0

    def end_run(self, run: int, outcome: str, fingerprint: str = "", summary: str = "") -> None:
        """Close a run with its outcome; what a person decided meanwhile keeps its mark away."""
        alone = t.runs.c.fingerprint == _AT_WORK
        values = {
            "finished_at": self._clock(),
            "outcome": outcome,
            "fingerprint": case((alone, fingerprint), else_=""),
            "summary": summary,
        }
        with self._engine.begin() as db:
            db.execute(update(t.runs).where(t.runs.c.id == run).values(**values))

    def say(
        self,
        kind: str,
        *,
        stage: str = "",
        subject: str = "",
        take_id: str = "",
        message: str = "",
    ) -> None:
        """Write one event."""
        one = Event(0, self._clock(), kind, stage, subject, take_id, 0, message)
        with self._engine.begin() as db:
            self._enter(db, one)

    def _enter(self, db: Connection, one: Event) -> None:
        """Write an event and tie it to the one before."""
        row = asdict(one)
        del row["seq"]
        # Written first: from here on nobody else can write, and the link before stays the last.
        key = db.execute(insert(t.events).values(**row)).inserted_primary_key
        seq = int(key[0]) if key else 0
        last = select(t.events.c.link).where(t.events.c.seq < seq)
        before = db.execute(last.order_by(t.events.c.seq.desc()).limit(1)).scalar() or ""
        tied = chain.link(before, replace(one, seq=seq))
        db.execute(update(t.events).where(t.events.c.seq == seq).values(link=tied))

    def head(self) -> str:
        """Return the link of the last event; empty where there is none."""
        query = select(t.events.c.link).order_by(t.events.c.seq.desc()).limit(1)
        with self._engine.connect() as db:
            return db.execute(query).scalar() or ""

    def events(self, after: int = 0) -> tuple[Event, ...]:
        """Return the events after number `after`, oldest first."""
        query = select(t.events).where(t.events.c.seq > after).order_by(t.events.c.seq)
        with self._engine.connect() as db:
            return tuple(Event(*row) for row in db.execute(query))

    def _put(self, table: Table, key: dict[str, str], values: dict[str, Any]) -> None:
        query = upsert(table).values(**key, **values)
        query = query.on_conflict_do_update(index_elements=list(key), set_=values)
        with self._engine.begin() as db:
            db.execute(query)


def tell_storage(where: str) -> Callable[[ExceptionContext], None]:
    """Return what turns a disk or file that cannot be used into a sentence, for SQLAlchemy."""

    def tell(context: ExceptionContext) -> None:
        found = storage_trouble(str(context.original_exception), where)
        if found is not None:
            raise found

    return tell


def storage_trouble(said: str, where: str) -> StillreelError | None:
    """Return the sentence for a disk that is full or sealed, or a file held or damaged; or None."""
    if "disk is full" in said or "disk I/O" in said:
        return storage_error(OSError(errno.ENOSPC, said), Path(where))
    if "readonly" in said or "unable to open" in said:
        return storage_error(OSError(errno.EROFS, said), Path(where))
    if "locked" in said:
        return LedgerError(
            "Another program holds the ledger.",
            where=where,
            next_step="Close it, and run again: every job is where it was.",
        )
    if "malformed" in said or "not a database" in said:
        return damaged(said, where)
    return None


def damaged(said: str, where: str) -> LedgerError:
    """Return the sentence for a ledger that cannot be read, whatever SQLite says of it."""
    return LedgerError(
        f"The ledger cannot be read: {said}.",
        where=where,
        next_step="Restore it from a copy; a new one, with .stillreel moved aside, does not know "
        "what was paid for.",
    )


def prepare(connection: sqlite3.Connection, _record: object) -> None:
    """Set up a fresh SQLite connection: a write survives a power cut, a reader never waits."""
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
