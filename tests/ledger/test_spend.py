"""The spend ledger: opened by other versions, while others hold it, and by many at once."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection

from stillreel.errors import LedgerError, StorageError
from stillreel.ledger.pages import storage_trouble
from stillreel.ledger.spend.book import SpendBook
from stillreel.ledger.spend.nouns import Caps, PaidJob


def clock() -> str:
    return "2026-01-01T00:00:00.000000+00:00"


def opened(folder: Path) -> SpendBook:
    return SpendBook(f"sqlite:///{folder / 'ledger.db'}", clock)


def job(purchase: str) -> PaidJob:
    return PaidJob(
        film="film",
        purchase=purchase,
        attempt=1,
        stage="clip",
        subject="C01",
        provider="kiln",
        tag=f"tag-{purchase}",
        state="intent",
        reserved=1_500_000,
        ask="digest",
    )


def test_a_ledger_begun_with_an_older_version_is_brought_up_and_goes_on(tmp_path: Path) -> None:
    before = opened(tmp_path)
    before.reserve(job("one"), "an ask", lambda: Caps(10**9))
    before.close()
    with sqlite3.connect(tmp_path / "ledger.db") as db:
        for column in ("note", "turn", "queue_seconds"):
            db.execute(f"ALTER TABLE jobs DROP COLUMN {column}")
    db.close()
    after = opened(tmp_path)
    known = after.get("film/one/1")
    assert (known.note, known.turn, known.queue_seconds) == ("", 0, None)
    assert after.move(known, "submitting", turn=3) is not None
    after.reserve(job("two"), "an ask", lambda: Caps(10**9))
    assert [one.turn for one in after.all()] == [3, 0]
    after.close()


def test_an_older_version_may_write_into_a_ledger_that_has_more_columns(tmp_path: Path) -> None:
    book = opened(tmp_path)
    book.reserve(job("one"), "an ask", lambda: Caps(10**9))
    with sqlite3.connect(tmp_path / "ledger.db") as db:
        # What an older version knows of: the columns without which there is no job.
        db.execute(
            "INSERT INTO jobs"
            " (film, purchase, attempt, stage, subject, provider, tag, state, reserved, ask)"
            " VALUES ('film', 'two', 1, 'clip', 'C02', 'kiln', 't', 'intent', 5, 'd')"
        )
    db.close()
    assert book.get("film/two/1").turn == 0
    book.close()


def test_a_ledger_that_another_program_holds_is_told_and_nothing_is_reserved(
    tmp_path: Path,
) -> None:
    book = opened(tmp_path)

    @event.listens_for(book._engine, "connect")
    def _hurried(connection: DBAPIConnection, _record: object) -> None:
        connection.cursor().execute("PRAGMA busy_timeout=1")

    book._engine.dispose()
    other = sqlite3.connect(tmp_path / "ledger.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(LedgerError, match="Another program holds the ledger"):
        book.reserve(job("one"), "an ask", lambda: Caps(10**9))
    other.execute("ROLLBACK")
    other.close()
    assert book.all() == ()
    assert isinstance(book.reserve(job("one"), "an ask", lambda: Caps(10**9)), PaidJob)
    book.close()


def test_a_ledger_that_is_damaged_further_in_is_told_in_a_sentence(tmp_path: Path) -> None:
    book = opened(tmp_path)
    for number in range(200):
        book.reserve(job(f"p{number}"), "an ask", lambda: Caps(10**12))
    book.close()
    path = tmp_path / "ledger.db"
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        root = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'jobs'").fetchone()[0]
        size = db.execute("PRAGMA page_size").fetchone()[0]
    db.close()
    data = bytearray(path.read_bytes())
    at = (root - 1) * size
    data[at : at + size] = b"\xff" * size
    path.write_bytes(data)
    with pytest.raises(LedgerError, match="cannot be read"):
        opened(tmp_path).all()


@pytest.mark.parametrize("said", ["disk I/O error", "database or disk is full"])
def test_a_full_disk_is_never_taken_for_a_damaged_ledger(said: str) -> None:
    found = storage_trouble(said, "ledger.db")
    assert isinstance(found, StorageError)
    assert "disk is full" in found.what
    assert ".stillreel" not in found.next_step
