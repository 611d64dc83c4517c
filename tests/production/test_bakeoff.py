"""The bake-off decides when it can, says so when it cannot, and a person has the last word."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import pytest

from stillreel.engine.hands import Hands
from stillreel.engine.walk import Walk
from stillreel.ledger.book import Ledger
from stillreel.ledger.nouns import Score
from stillreel.ledger.store import FileStore
from stillreel.plan.nouns import Character, Plan
from stillreel.production import bakeoff
from stillreel.production.progress import Progress
from stillreel.production.settings import BakeoffRules, FilmSettings, Make
from stillreel.production.stages import Walkthrough
from stillreel.sheet.check import bake_off
from stillreel.sheet.nouns import Entry
from stillreel.values.money import Money
from stillreel.values.take import StoredFile, Take

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from stillreel.sheet.nouns import Bakeoff

RIVALS = ("lumen", "ink")


def entry(subject: str, provider: str, value: float) -> Entry:
    """Return a measured sheet; a value below 0 stands for one whose identity is not measurable."""
    take = Take(
        id=f"{subject}-{provider}",
        stage="sheet",
        subject=subject,
        provider=provider,
        model=provider,
        number=1,
        files=(StoredFile("ab" * 32, "image/png", 5),),
    )
    if value < 0:
        blind = Score(take.id, "i", 0.0, 0.0, 1.0, "embedded")
        return Entry(take, blind, Score(take.id, "a", 0.3, 0.3, 0.3, "embedded"))
    figures = [Score(take.id, kind, value, value, value, "embedded") for kind in ("i", "a")]
    return Entry(take, *figures)


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    book = Ledger(None, lambda: "2026-11-27")
    yield book
    book.close()


def held(
    ledger: Ledger, folder: Path, scores: list[tuple[float, float]], boards: str = "winner"
) -> Bakeoff:
    names = [f"person-{at}" for at in range(len(scores))]
    plan = Plan(title="Ten people", cast=tuple(Character(id=one, name=one) for one in names))
    settings = FilmSettings(
        make=Make(sheets=RIVALS, clips=("animatic",), boards=boards),
        bakeoff=BakeoffRules(through="sheet"),
    )
    work = Walk(
        ledger,
        FileStore(folder),
        Hands(1),
        ceiling=Money(),
        clock=lambda: "2026-11-27",
        notify=lambda *_: None,
    )
    walk = Walkthrough(
        plan,
        settings,
        work,
        ledger,
        prompts={},
        progress=Progress(lambda *_: None, time.monotonic),
        workers=1,
    )
    entries = {
        name: (entry(name, "lumen", first), entry(name, "ink", second))
        for name, (first, second) in zip(names, scores, strict=True)
    }
    return asyncio.run(bakeoff.hold(walk, entries, bake_off(entries.values()), {}, draws=False))


def test_a_rival_that_is_always_ahead_draws_the_boards(ledger: Ledger, tmp_path: Path) -> None:
    found = held(ledger, tmp_path, [(0.5 + at / 100, 0.8 + at / 200) for at in range(12)])
    assert found.winner == "ink"
    assert "ink wins" in found.verdict
    assert [event.kind for event in ledger.events()] == ["bakeoff"]


def test_a_contest_is_held_once(ledger: Ledger, tmp_path: Path) -> None:
    scores = [(0.5 + at / 100, 0.8) for at in range(12)]
    first = held(ledger, tmp_path, scores)
    second = held(ledger, tmp_path, scores)
    assert first == second
    assert len(ledger.events()) == 1


def test_equals_are_called_equals_and_somebody_is_used_all_the_same(
    ledger: Ledger, tmp_path: Path
) -> None:
    found = held(ledger, tmp_path, [(0.7, 0.7 + (-1) ** at * 0.1) for at in range(12)])
    assert found.verdict.startswith("No difference shown between lumen and ink.")
    assert found.winner in RIVALS
    assert f"{found.winner} is used" in found.verdict


def test_too_few_units_show_nothing(ledger: Ledger, tmp_path: Path) -> None:
    found = held(ledger, tmp_path, [(0.2, 0.9)] * 3)
    assert found.league is not None
    assert found.league.winner == ""
    assert "too few" in found.verdict


def test_a_person_overrules_the_figures(ledger: Ledger, tmp_path: Path) -> None:
    ledger.choose(bakeoff.STAGE, bakeoff.SUBJECT, "lumen", "", "colour carries this story")
    found = held(ledger, tmp_path, [(0.5 + at / 100, 0.9) for at in range(12)])
    assert found.winner == "lumen"
    assert found.verdict.startswith("Chosen by a person.")


def test_a_rival_without_colour_is_not_measured_and_not_preferred(
    ledger: Ledger, tmp_path: Path
) -> None:
    found = held(ledger, tmp_path, [(0.6, -1.0)] * 12)
    assert found.winner == "lumen"
    assert found.league is None
    assert "not measurable in the pictures of ink" in found.verdict


def test_a_named_front_end_needs_no_contest(ledger: Ledger, tmp_path: Path) -> None:
    found = held(ledger, tmp_path, [(0.2, 0.9)] * 12, boards="lumen")
    assert found.league is None
    assert ledger.events() == ()
