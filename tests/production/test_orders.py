"""A run says that nothing is to do only where that is so."""

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Literal

import pytest

from stillreel.production.folder import Folder
from stillreel.production.nouns import Outcome
from stillreel.production.open import ledger_of
from stillreel.production.orders import Orders, mark_of, nothing_to_do, summary
from stillreel.providers import registry
from stillreel.values.money import Money

CLIPS = Orders(until="clip", workers=1)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    (tmp_path / "film.toml").write_text('title = "The Well"\n')
    for name in ("board", "prompts"):
        (tmp_path / name).mkdir()
    (tmp_path / "board" / "C01.toml").write_text("one")
    return Folder(tmp_path)


def ran(
    folder: Folder,
    orders: Orders = CLIPS,
    state: Literal["partial", "done", "waiting", "failed"] = "partial",
    meanwhile: Callable[[], None] = lambda: None,
) -> None:
    """Write down a run as the run verb does."""
    outcome = Outcome(state, None, 3, Fraction(0), Money(1_500_000), made=3)
    with ledger_of(folder) as (ledger, _):
        number = ledger.begin_run()
        meanwhile()
        mark = mark_of(folder, orders, outcome)
        ledger.end_run(number, state, mark, json.dumps(summary(outcome)))


@pytest.mark.parametrize("until", ["sheet", "grid", "clip"])
def test_a_run_up_to_a_stage_has_nothing_to_do_the_second_time(folder: Folder, until: str) -> None:
    orders = Orders(until=until, workers=1)
    ran(folder, orders)
    again = nothing_to_do(folder, orders)
    assert again is not None
    assert (again.state, again.clips, again.made) == ("nothing to do", 3, 0)
    assert (again.film, str(again.spent)) == (None, "1.50")


def test_a_run_further_on_and_one_of_a_single_clip_have_something_to_do(folder: Folder) -> None:
    ran(folder)
    assert nothing_to_do(folder, Orders(until="film", workers=1)) is None
    one = Orders(until="clip", only=("C01",), workers=1)
    assert nothing_to_do(folder, one) is None
    ran(folder, one)
    assert nothing_to_do(folder, one) is None, "a trial leaves no mark"


@pytest.mark.parametrize("state", ["waiting", "failed"])
def test_a_run_that_made_not_all_has_something_to_do(
    folder: Folder, state: Literal["waiting", "failed"]
) -> None:
    ran(folder, state=state)
    assert nothing_to_do(folder, CLIPS) is None


def test_what_a_person_decides_while_a_run_is_at_work_is_seen_by_the_next(folder: Folder) -> None:
    def decide() -> None:
        with ledger_of(folder) as (ledger, _):
            ledger.choose("clip", "C01", "take-2", "", "the better one")

    ran(folder, meanwhile=decide)
    assert nothing_to_do(folder, CLIPS) is None


def test_every_file_that_a_film_rests_on_is_looked_at(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "offers"
    own.mkdir()
    monkeypatch.setattr(registry, "_own", [own])
    for path in (
        folder.root / "board" / "C01.toml",
        folder.root / "prompts" / "shot.txt",
        folder.out / "report.html",
        folder.files / "ab.png",
        own / "ark.toml",
    ):
        ran(folder)
        assert nothing_to_do(folder, CLIPS) is not None
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("something else")
        assert nothing_to_do(folder, CLIPS) is None, path
