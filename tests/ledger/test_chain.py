"""The events of a film are a chain: whatever is changed afterwards is found and named."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from dataclasses import replace
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from stillreel.ledger.book import Ledger
from stillreel.values.money import Money
from stillreel.values.take import StoredFile, Take

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from stillreel.ledger.chain import Chain

AT = "2026-11-27T10:00:00"


def take(name: str, number: int = 1) -> Take:
    return Take(
        id=f"{name}-{number}",
        stage="clip",
        subject=name,
        provider="ark",
        model="seedance",
        number=number,
        files=(StoredFile(f"{number:064x}", "video/mp4", 10),),
        prompt="a girl runs",
        spent=Money(733_550),
        made_at=AT,
    )


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    book = Ledger(tmp_path / "ledger.db", lambda: AT)
    book.record(take("C01"), "first take")
    book.record(take("C02"), "first take")
    book.approve("sheet", "", "she looks right")
    book.choose("clip", "C01", "C01-1", "basis", "the better run")
    yield book
    book.close()


def changed(folder: Path, words: str) -> Chain:
    with sqlite3.connect(folder / "ledger.db") as db:
        db.execute(words)
    db.close()
    again = Ledger(folder / "ledger.db", lambda: AT)
    try:
        return again.chain()
    finally:
        again.close()


def test_a_ledger_that_nobody_touched_holds_and_its_head_is_the_last_link(ledger: Ledger) -> None:
    found = ledger.chain()
    assert found.holds()
    assert found.length == len(ledger.events()) >= 4
    assert found.head == ledger.head() == ledger.events()[-1].link


def test_a_link_is_the_hash_of_the_event_and_of_the_link_before(ledger: Ledger) -> None:
    first, second = ledger.events()[:2]
    facts = [second.seq, second.at, second.kind, second.stage, second.subject, second.take_id]
    text = json.dumps(
        [first.link, *facts, second.micros, second.message, second.facts], separators=(",", ":")
    )
    assert second.link == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize(
    ("words", "broken"),
    [
        ("UPDATE events SET message = 'cheaper' WHERE seq = 2", 2),
        ("UPDATE events SET micros = 0 WHERE seq = 1", 1),
        ("DELETE FROM events WHERE seq = 2", 3),
        ("UPDATE events SET link = '' WHERE seq = 1", 2),
        ("UPDATE takes SET prompt = 'a boy runs' WHERE id = 'C02-1'", 2),
        ("UPDATE takes SET micros = 1 WHERE id = 'C01-1'", 1),
        ("UPDATE take_files SET digest = 'f00d' WHERE take_id = 'C01-1'", 1),
        ("DELETE FROM takes WHERE id = 'C02-1'", 2),
    ],
)
def test_the_first_event_that_does_not_fit_is_named(
    ledger: Ledger, tmp_path: Path, words: str, broken: int
) -> None:
    assert ledger.chain().holds()
    found = changed(tmp_path, words)
    assert (found.holds(), found.broken) == (False, broken)
    assert str(broken) in found.why or "C01" in found.why or "C02" in found.why


FORGED = (
    "INSERT INTO takes SELECT 'forged', stage, subject, provider, model, 9, prompt, seed, "
    "parameters, parents, micros, currency, seconds, made_at FROM takes LIMIT 1"
)


@pytest.mark.parametrize("words", [FORGED, "DELETE FROM events"])
@pytest.mark.usefixtures("ledger")
def test_a_take_that_no_event_tells_of_is_found(tmp_path: Path, words: str) -> None:
    found = changed(tmp_path, words)
    assert (found.holds(), found.broken) == (False, 0)
    assert "no event tells of the take" in found.why


def test_events_cut_off_at_the_end_show_as_another_head(ledger: Ledger, tmp_path: Path) -> None:
    head = ledger.head()
    found = changed(tmp_path, "DELETE FROM events WHERE seq = (SELECT max(seq) FROM events)")
    assert found.holds()
    assert found.head != head


def test_a_take_that_is_made_again_is_held_against_what_was_written_last(ledger: Ledger) -> None:
    other = StoredFile("b" * 64, "video/mp4", 12)
    ledger.record(replace(take("C01"), files=(other,), made_at="later"), "damaged, made again")
    assert ledger.chain().holds()


def test_two_who_write_at_once_keep_one_chain(ledger: Ledger, tmp_path: Path) -> None:
    def many(who: str) -> None:
        own = Ledger(tmp_path / "ledger.db", lambda: AT)
        for number in range(25):
            own.say("warning", subject=who, message=str(number))
        own.close()

    both = [Thread(target=many, args=(who,)) for who in ("one", "two")]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    found = ledger.chain()
    assert found.holds()
    assert found.length >= 54


def test_a_ledger_from_before_the_chain_is_brought_up_and_linked_from_then_on(
    tmp_path: Path,
) -> None:
    book = Ledger(tmp_path / "ledger.db", lambda: AT)
    book.record(take("C01"), "first take")
    book.close()
    with sqlite3.connect(tmp_path / "ledger.db") as db:
        db.execute("ALTER TABLE events DROP COLUMN link")
        db.execute("ALTER TABLE events DROP COLUMN facts")
        db.execute("UPDATE meta SET value = '1' WHERE key = 'format'")
    db.close()
    again = Ledger(tmp_path / "ledger.db", lambda: AT)
    again.say("warning", message="since then")
    found = again.chain()
    assert (found.holds(), found.length) == (True, 1)
    assert again.meta("format") == "2"
    again.close()
