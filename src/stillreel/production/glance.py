"""A quick look at a film: reads the ledger only, with the standard library.

Status-like commands must answer at once, so they neither load the engine nor the plan. Only what
was bought through a shared database is read from there.
"""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stillreel.engine.states import OVER
from stillreel.errors import ProjectError
from stillreel.ledger import lock
from stillreel.ledger.spend.nouns import found_in_vain
from stillreel.values.money import Money
from stillreel.values.take import STAGES

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from stillreel.production.folder import Folder


@dataclass(frozen=True, slots=True)
class StageCount:
    """How far one stage is."""

    stage: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something only a person can do."""

    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Glance:
    """Where a film stands."""

    title: str
    stages: tuple[StageCount, ...]
    spent: Money
    held: Money
    waiting: tuple[Waiting, ...]
    film: Path | None
    """The finished film, if there is one."""
    last_run: str
    """`running`, `done`, `stopped`, `failed`, `waiting`, or empty when it never ran."""
    events: tuple[tuple[str, str, str, str], ...]
    """The latest (time, kind, subject, message), newest last."""


@dataclass(frozen=True, slots=True)
class LastRun:
    """The outcome of the latest run."""

    outcome: str
    fingerprint: str
    summary: dict[str, object]


def last_run(folder: Folder) -> LastRun | None:
    """Return how the latest run ended, or None when there was none."""
    if not folder.ledger.is_file():
        return None
    with _reading(folder) as db:
        row = db.execute(
            "SELECT outcome, fingerprint, summary FROM runs ORDER BY id DESC LIMIT 1"
        ).fetchone()
    if row is None:
        return None
    return LastRun(row[0], row[1], json.loads(row[2]) if row[2] else {})


def glance(folder: Folder, recent: int = 0, database: str = "") -> Glance:
    """Return where a film stands.

    Args:
        folder: the project.
        recent: how many of the latest events to bring.
        database: address of the shared database that keeps what was bought; empty for the film's
            own.

    Raises:
        ProjectError: the folder is no project.
        LedgerError: the ledger or the database cannot be read.
        StorageError: the disk is full, or cannot be read.
    """
    if not (folder.root / "film.toml").is_file():
        raise ProjectError(
            "This folder is no film: it has no film.toml.",
            where=str(folder.root),
            next_step="Make one with `stillreel new STORY DIR`.",
        )
    if not folder.ledger.is_file():
        empty = tuple(StageCount(stage, 0, 0) for stage in STAGES)
        return Glance(folder.root.name, empty, Money(), Money(), (), None, "", ())
    with _reading(folder) as db:
        done = dict(
            db.execute(
                "SELECT stage, count(*) FROM current WHERE subject != 'probe' GROUP BY stage"
            ).fetchall()
        )
        total = dict(db.execute("SELECT stage, total FROM wanted").fetchall())
        spent, held, doubts = _shared(db, database) if database else _bought(db)
        title = db.execute("SELECT value FROM meta WHERE key = 'title'").fetchone()
        waits = db.execute("SELECT value FROM meta WHERE key = 'waiting'").fetchone()
        outcome = _outcome(db, folder)
        rows = db.execute(
            "SELECT at, kind, subject, message FROM events ORDER BY seq DESC LIMIT ?", (recent,)
        ).fetchall()
    return Glance(
        title[0] if title else folder.root.name,
        tuple(StageCount(stage, done.get(stage, 0), total.get(stage, 0)) for stage in STAGES),
        Money(spent),
        Money(held),
        (*(Waiting(*pair) for pair in (json.loads(waits[0]) if waits else ())), *doubts),
        folder.film if folder.film.is_file() else None,
        outcome,
        tuple(reversed(rows)),
    )


def _outcome(db: sqlite3.Connection, folder: Folder) -> str:
    """Return how the latest run ended; one that was killed could not write that it was stopped."""
    latest = "SELECT id, outcome FROM runs ORDER BY id DESC LIMIT 1"
    row = db.execute(latest).fetchone()
    if row is None:
        return ""
    if row[1] == "running" and not lock.is_held(folder.hidden):
        # A run that ended or began in between has written so before this second look.
        again = db.execute(latest).fetchone()
        return "stopped" if again == row else again[1]
    return row[1]


def _bought(db: sqlite3.Connection) -> tuple[int, int, tuple[Waiting, ...]]:
    """Return micro-dollars charged and held, and the jobs that wait for a person."""
    if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'jobs'").fetchone():
        return 0, 0, ()
    spent, held = db.execute(
        "SELECT coalesce(sum(charged), 0),"
        " coalesce(sum(reserved) FILTER (WHERE charged IS NULL), 0) FROM jobs"
    ).fetchone()
    rows = db.execute(
        "SELECT subject, state, provider, note, stopped, message, charged FROM jobs"
        " ORDER BY created_at"
    )
    return spent, held, tuple(one for row in rows if (one := _waits(*row)))


def _shared(db: sqlite3.Connection, database: str) -> tuple[int, int, tuple[Waiting, ...]]:
    """Return the same of a film whose jobs are in a database that is shared."""
    from stillreel.ledger.spend.pages import SpendPages
    from stillreel.production.open import utc_now

    film = db.execute("SELECT value FROM meta WHERE key = 'film'").fetchone()
    if film is None:
        return 0, 0, ()
    with closing(SpendPages(database, utc_now)) as pages:
        told = (
            _waits(
                job.subject,
                job.state,
                job.provider,
                job.note,
                job.stopped,
                job.message,
                job.charged,
            )
            for job in pages.all(film[0])
        )
        return *pages.totals(film[0]), tuple(one for one in told if one)


def _waits(
    subject: str,
    state: str,
    provider: str,
    note: str,
    stopped: str,
    message: str,
    charged: int | None,
) -> Waiting | None:
    """Return what a person must do about a job, or None."""
    if state == "unknown":
        return Waiting(subject, f"nobody knows whether {provider} has it: stillreel settle")
    if found_in_vain(state, note, stopped, charged):
        return Waiting(subject, f"{(stopped or message).rstrip('.')}: stillreel settle")
    return Waiting(subject, stopped) if stopped and state not in OVER else None


@contextmanager
def _reading(folder: Folder) -> Generator[sqlite3.Connection]:
    """Open the ledger to be read; whatever goes wrong with the file is told in a sentence."""
    # A ledger is read beside its shared-memory file, which a read-only folder cannot hold.
    how = "mode=ro" if os.access(folder.ledger.parent, os.W_OK) else "immutable=1"
    try:
        db = sqlite3.connect(f"file:{folder.ledger}?{how}", uri=True, timeout=5)
        with closing(db):
            yield db
    except sqlite3.DatabaseError as error:
        from stillreel.ledger.pages import damaged, storage_trouble

        said, where = str(error), str(folder.ledger)
        raise storage_trouble(said, where) or damaged(said, where) from error
