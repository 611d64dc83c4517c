"""A judge on the record of a film: what was asked, what it said, what it cost, and never twice."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from standin import Standin, at_once, knowing, labels
from test_checklist import figure

from stillreel.errors import GateError, Lost, Refused
from stillreel.ledger.book import Ledger
from stillreel.ledger.spend.book import SpendBook
from stillreel.ledger.store import FileStore
from stillreel.measure.judge.bench import asks
from stillreel.measure.judge.record import Bill, Record
from stillreel.values.money import Money

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from stillreel.providers.seam import Job, JudgeAsk

LABELS = labels(figure()[::8, ::8], ["present", "changed", "absent"])
CENT = Money(10_000)


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    book = Ledger(None, lambda: "2026-11-27")
    yield book
    book.close()


class Silent(Standin):
    """A judge whose reply does not come."""

    error: type[Exception] = Lost

    async def submit(self, ask: JudgeAsk, key: str) -> Job:
        await super().submit(ask, key)
        charged = "no" if self.error is Refused else "unknown"
        raise self.error("The reply did not come.", charged=charged)


def on_record(judge: Standin, ledger: Ledger, folder: Path) -> Record:
    bill = Bill(SpendBook(f"sqlite:///{folder}/spend.db", lambda: "2026-11-27"), "film")
    return Record(judge, ledger, FileStore(folder), lambda: "2026-11-27", bill)


def totals(folder: Path) -> tuple[int, int]:
    return SpendBook(f"sqlite:///{folder}/spend.db", lambda: "2026-11-27").totals("film")


def priced(kind: type[Standin] = Standin) -> Standin:
    return kind(knowing(LABELS), price=CENT)


def test_what_a_judge_costs_is_in_the_spend_of_the_film(ledger: Ledger, tmp_path: Path) -> None:
    judge = priced()
    record = on_record(judge, ledger, tmp_path)
    asked = asks(LABELS)
    heard = asyncio.run(record.hear(asked, at_once, CENT * len(asked)))
    assert [one.seen for one in heard if one][:1] == ["present"]
    assert ledger.spent() == CENT * len(asked)
    assert totals(tmp_path) == (10_000 * len(asked), 0)
    takes = ledger.takes("judge")
    assert len(takes) == len(asked)
    assert {take.provider for take in takes} == {"standin"}
    assert takes[0].parents == tuple(shown.digest for shown in asked[0].pictures)
    said = [event.message for event in ledger.events() if event.kind == "made"]
    assert sorted(said) == sorted(one.seen for one in heard if one)


def test_the_same_question_is_not_asked_or_paid_twice(ledger: Ledger, tmp_path: Path) -> None:
    judge = priced()
    record = on_record(judge, ledger, tmp_path)
    asked = asks(LABELS)
    first = asyncio.run(record.hear(asked, at_once, CENT * len(asked)))
    assert record.fresh(asked) == ()
    assert asyncio.run(record.hear(asked, at_once)) == first
    assert len(judge.sent) == len(asked)
    judge.version = "2"
    assert len(record.fresh(asked)) == len(asked)


def test_nothing_is_asked_above_what_was_agreed_to(ledger: Ledger, tmp_path: Path) -> None:
    record = on_record(priced(), ledger, tmp_path)
    with pytest.raises(GateError, match="can cost"):
        asyncio.run(record.hear(asks(LABELS), at_once, CENT))
    assert ledger.takes() == ()


@pytest.mark.parametrize(("error", "counted"), [(Lost, 1), (Refused, 0)])
def test_a_lost_reply_counts_as_paid_and_a_refused_one_does_not(
    ledger: Ledger, tmp_path: Path, error: type[Exception], counted: int
) -> None:
    judge = priced(Silent)
    judge.error = error
    record = on_record(judge, ledger, tmp_path)
    asked = asks(LABELS)
    heard = asyncio.run(record.hear(asked, at_once, CENT * len(asked)))
    assert set(heard) == {None}
    assert ledger.spent() == CENT * (counted * len(asked))
    assert totals(tmp_path) == (10_000 * counted * len(asked), 0)
    assert "no answer; charged" in ledger.events()[0].message
    assert record.fresh(asked) == ()
