"""An approval is for what was there, not for whatever comes."""

from collections.abc import Iterator

import pytest

from stillreel.ledger.book import Ledger
from stillreel.production import gates


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    book = Ledger(None, lambda: "2026-11-27")
    yield book
    book.close()


def test_a_gate_is_shut_until_somebody_approves(ledger: Ledger) -> None:
    ledger.set_current("sheet", "mara", "take-a", "")
    assert not gates.open_gate("sheet", ledger)
    ledger.approve("sheet", gates.basis(ledger, "sheet"), "good")
    assert gates.open_gate("sheet", ledger)


def test_new_takes_shut_the_gate_again(ledger: Ledger) -> None:
    ledger.set_current("sheet", "mara", "take-a", "")
    ledger.approve("sheet", gates.basis(ledger, "sheet"), "good")
    ledger.set_current("sheet", "mara", "take-b", "")
    assert not gates.open_gate("sheet", ledger)


def test_only_gates_before_the_goal_are_on_the_way() -> None:
    asked = ("sheet", "grid", "clip")
    assert gates.on_the_way(asked, "film") == ("sheet", "grid", "clip")
    assert gates.on_the_way(asked, "grid") == ("sheet",)
    assert gates.on_the_way((), "film") == ()
