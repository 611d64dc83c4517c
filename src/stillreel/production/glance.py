"""A quick look at a film: reads the ledger only, with the standard library.

Status-like commands must answer at once, so they neither load the engine nor the plan.
"""

from __future__ import annotations

import json
import os
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stillreel.errors import LedgerError, ProjectError
from stillreel.values.money import Money
from stillreel.values.take import STAGES

if TYPE_CHECKING:
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
    with _open(folder) as db:
        row = db.execute(
            "SELECT outcome, fingerprint, summary FROM runs ORDER BY id DESC LIMIT 1"
        ).fetchone()
    if row is None:
        return None
    return LastRun(row[0], row[1], json.loads(row[2]) if row[2] else {})


def glance(folder: Folder, recent: int = 0) -> Glance:
    """Return where a film stands.

    Args:
        folder: the project.
        recent: how many of the latest events to bring.

    Raises:
        ProjectError: the folder is no project.
        LedgerError: the ledger cannot be read.
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
    with _open(folder) as db:
        done = dict(
            db.execute(
                "SELECT stage, count(*) FROM current WHERE subject != 'probe' GROUP BY stage"
            ).fetchall()
        )
        total = dict(db.execute("SELECT stage, total FROM wanted").fetchall())
        spent, held, doubts = _bought(db)
        title = db.execute("SELECT value FROM meta WHERE key = 'title'").fetchone()
        waits = db.execute("SELECT value FROM meta WHERE key = 'waiting'").fetchone()
        run = db.execute("SELECT outcome FROM runs ORDER BY id DESC LIMIT 1").fetchone()
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
        run[0] if run else "",
        tuple(reversed(rows)),
    )


def _bought(db: sqlite3.Connection) -> tuple[int, int, tuple[Waiting, ...]]:
    """Return micro-dollars charged and held, and the jobs that only a person can settle.

    A film whose jobs are in a shared database has none here.
    """
    if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'jobs'").fetchone():
        return 0, 0, ()
    spent, held = db.execute(
        "SELECT coalesce(sum(charged), 0),"
        " coalesce(sum(reserved) FILTER (WHERE charged IS NULL), 0) FROM jobs"
    ).fetchone()
    doubts = db.execute(
        "SELECT subject, state, provider, stopped FROM jobs"
        " WHERE state = 'unknown' OR failure = 'person' ORDER BY created_at"
    ).fetchall()
    return spent, held, tuple(Waiting(row[0], _why(*row[1:])) for row in doubts)


def _why(state: str, provider: str, stopped: str) -> str:
    if state == "unknown":
        return f"nobody knows whether {provider} has it: stillreel settle"
    return stopped


def _open(folder: Folder) -> sqlite3.Connection:
    # A ledger is read beside its shared-memory file, which a read-only folder cannot hold.
    how = "mode=ro" if os.access(folder.ledger.parent, os.W_OK) else "immutable=1"
    try:
        db = sqlite3.connect(f"file:{folder.ledger}?{how}", uri=True, timeout=5)
        db.execute("SELECT 1 FROM meta LIMIT 1")
    except sqlite3.DatabaseError as error:
        raise LedgerError(
            f"The ledger cannot be read: {error}.",
            where=str(folder.ledger),
            next_step="Restore it from a copy, or move .stillreel aside to begin a new one.",
        ) from error
    return db
