"""The ledger remembers takes, decisions and money, and nothing half."""

import itertools
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, event

from stillreel.errors import LedgerError, StorageError
from stillreel.ledger.book import Ledger
from stillreel.ledger.nouns import Score
from stillreel.values.money import Money
from stillreel.values.take import StoredFile, Take

TICKS = itertools.count()


def clock() -> str:
    return f"2026-11-27T00:00:{next(TICKS):06d}"


def a_take(name: str, number: int = 1, provider: str = "pencil") -> Take:
    return Take(
        id=f"{name}-{provider}-{number}",
        stage="sheet",
        subject=name,
        provider=provider,
        model="pencil 1",
        number=number,
        files=(StoredFile("ab" * 32, "image/png", 5),),
        prompt="one man with a grey coat",
        seed=7,
        parents=("cd" * 32,),
        spent=Money(40_000),
        seconds=0.5,
        made_at=clock(),
    )


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    book = Ledger(None, clock)
    yield book
    book.close()


def test_a_take_comes_back_as_it_was_recorded(ledger: Ledger) -> None:
    take = a_take("mara")
    ledger.record(take, "first take")
    assert ledger.take(take.id) == take
    assert ledger.events()[-1].message == "first take"


def test_recording_a_take_twice_counts_its_money_once(ledger: Ledger) -> None:
    take = a_take("mara")
    ledger.record(take)
    ledger.record(take)
    assert ledger.spent() == Money(40_000)
    assert ledger.takes("sheet", "mara") == (take,)


def test_plates_are_added_to_a_take_once(ledger: Ledger) -> None:
    take = a_take("mara")
    ledger.record(take)
    face = StoredFile("ef" * 32, "image/png", 9, "plate-face")
    ledger.add_files(take.id, [face])
    ledger.add_files(take.id, [face])
    assert ledger.take(take.id) == replace(take, files=(*take.files, face))


def test_a_redo_asks_for_the_number_after_the_last_take(ledger: Ledger) -> None:
    ledger.record(a_take("mara", 1))
    ledger.record(a_take("mara", 4))
    assert ledger.number_of("sheet", "mara") == 1
    assert ledger.ask_again("sheet", "mara", "warmer") == 5
    assert ledger.number_of("sheet", "mara") == 5


def test_a_redo_lets_an_older_pick_go(ledger: Ledger) -> None:
    ledger.choose("clip", "C01", "take-a", "basis", "better eyes")
    assert ledger.chosen("clip", "C01") == ("take-a", "basis")
    ledger.ask_again("clip", "C01", "")
    assert ledger.chosen("clip", "C01") is None


def test_the_newest_take_of_a_provider_is_found(ledger: Ledger) -> None:
    for number, provider in ((1, "pencil"), (2, "pencil"), (1, "brush")):
        ledger.record(a_take("mara", number, provider))
    found = ledger.latest("sheet", "mara", "pencil")
    assert found is not None
    assert found.number == 2


def test_what_the_plan_no_longer_has_is_not_current_but_stays_recorded(ledger: Ledger) -> None:
    for name in ("mara", "kade"):
        ledger.record(a_take(name))
        ledger.set_current("sheet", name, a_take(name).id, "only one")
    ledger.prune_current("sheet", ["mara"])
    assert [one.subject for one in ledger.current("sheet")] == ["mara"]
    assert len(ledger.takes("sheet")) == 2


def test_measuring_again_replaces_the_figure(ledger: Ledger) -> None:
    for value in (0.4, 0.8):
        ledger.score(Score("t", "identity", value, value, value, "embedded"))
    assert [score.value for score in ledger.scores("t")] == [0.8]


def test_events_are_told_in_order_and_after_a_number(ledger: Ledger) -> None:
    for word in ("one", "two", "three"):
        ledger.say("warning", message=word)
    seen = ledger.events()
    assert [event.message for event in seen] == ["one", "two", "three"]
    assert [event.message for event in ledger.events(seen[1].seq)] == ["three"]


def test_a_ledger_is_read_back_by_another_process(tmp_path: Path) -> None:
    first = Ledger(tmp_path / "ledger.db", clock)
    first.record(a_take("mara"))
    first.close()
    second = Ledger(tmp_path / "ledger.db", clock)
    assert [take.subject for take in second.takes()] == ["mara"]
    second.close()


def test_writers_do_not_block_readers(tmp_path: Path) -> None:
    book = Ledger(tmp_path / "ledger.db", clock)
    with sqlite3.connect(tmp_path / "ledger.db") as db:
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    db.close()
    book.close()


def test_a_file_that_is_no_ledger_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "ledger.db").write_bytes(b"this is no database" * 100)
    with pytest.raises(LedgerError, match="cannot be read"):
        Ledger(tmp_path / "ledger.db", clock)


def test_a_ledger_from_a_newer_stillreel_is_left_alone(tmp_path: Path) -> None:
    book = Ledger(tmp_path / "ledger.db", clock)
    book.set_meta("format", "99")
    book.close()
    with pytest.raises(LedgerError, match="Upgrade stillreel"):
        Ledger(tmp_path / "ledger.db", clock)


def test_a_full_disk_is_told_in_a_sentence(tmp_path: Path) -> None:
    book = Ledger(tmp_path / "ledger.db", clock)

    # SQLite's own limit on pages stands in for the disk's.
    @event.listens_for(book._engine, "begin")
    def _limit(connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")

    with pytest.raises(StorageError, match="disk is full"):
        book.say("warning", message="x" * 1_000_000)
    book.close()


def test_a_ledger_that_cannot_be_opened_for_writing_says_so(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot be written"):
        Ledger(tmp_path / "nowhere" / "ledger.db", clock=lambda: "2026-01-01T00:00:00Z")
