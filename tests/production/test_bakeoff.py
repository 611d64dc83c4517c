"""The bake-off decides when it can, says so when it cannot, and a person has the last word."""

from __future__ import annotations

import asyncio
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from stillreel.engine.hands import Hands
from stillreel.engine.walk import Walk
from stillreel.errors import NotConfigured
from stillreel.ledger.book import Ledger
from stillreel.ledger.nouns import Score
from stillreel.ledger.store import FileStore
from stillreel.measure.model.calibrate import Calibration, keep
from stillreel.measure.model.card import catalogue
from stillreel.measure.model.kit import usual_folder
from stillreel.measure.model.weights import here
from stillreel.measure.pictures import encode_png
from stillreel.plan.nouns import Character, Plan
from stillreel.production import bakeoff
from stillreel.production.buying import Buying, Terms
from stillreel.production.dispatch import Dispatcher
from stillreel.production.folder import Folder
from stillreel.production.progress import Progress
from stillreel.production.settings import BakeoffRules, Disclosure, FilmSettings, Gates, Make
from stillreel.production.stages import Walkthrough
from stillreel.sheet.check import bake_off
from stillreel.sheet.nouns import Entry
from stillreel.values.money import Money
from stillreel.values.take import StoredFile, Take

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stillreel.sheet.nouns import Bakeoff

sys.path.insert(0, str(Path(__file__).parents[1] / "measure" / "model"))

import tiny

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


def walk_of(
    ledger: Ledger, folder: Path, count: int, boards: str = "winner", tier: str = "embedded"
) -> Walkthrough:
    """Return a run of a film of so many people, whose rivals meet on their sheets."""
    names = [f"person-{at}" for at in range(count)]
    plan = Plan(title="Ten people", cast=tuple(Character(id=one, name=one) for one in names))
    settings = FilmSettings(
        make=Make(sheets=RIVALS, clips=("animatic",), boards=boards),
        bakeoff=BakeoffRules(through="sheet"),
        gates=Gates(tier=tier),
    )
    store = FileStore(folder)
    (folder / ".stillreel").mkdir(parents=True, exist_ok=True)
    work = Walk(
        ledger,
        store,
        Hands(1),
        till=Buying(Folder(folder), ledger, store, Terms()).till,
        clock=lambda: "2026-11-27",
        notify=lambda *_: None,
    )
    return Walkthrough(
        plan,
        settings,
        work,
        ledger,
        prompts={},
        progress=Progress(lambda *_: None, time.monotonic),
        workers=1,
        dispatcher=Dispatcher(
            settings.make.clips,
            "film",
            jobs=tuple,
            left=Money,
            clips=0,
            prefer="fast",
            now=time.time,
        ),
    )


def held(
    ledger: Ledger, folder: Path, scores: list[tuple[float, float]], boards: str = "winner"
) -> Bakeoff:
    walk = walk_of(ledger, folder, len(scores), boards)
    entries = {
        name.id: (entry(name.id, "lumen", first), entry(name.id, "ink", second))
        for name, (first, second) in zip(walk.plan.cast, scores, strict=True)
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


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


def lay_models(home: Path) -> None:
    """Lay an embedder of mean colours where a film looks for its models."""
    card, folder = catalogue().card("general"), usual_folder(home)
    (folder / card.id).mkdir(parents=True)
    (folder / card.id / Path(card.file).name).write_bytes(tiny.mean_colour())
    weights = here(card, folder)
    assert weights is not None
    keep(Calibration(0.9, 0.2, 1.0, 1.0, 0.0, 0.0, 30, 30), weights)


def with_views(walk: Walkthrough, one: Entry, side: tuple[int, int, int]) -> Entry:
    """Return a sheet with a red front view and a side view of some colour."""
    views = {"front": (20, 20, 200), "side": side}
    plates = tuple(
        walk.work.keep(
            encode_png(np.full((60, 40, 3), colour, np.uint8)), "image/png", f"plate-{role}"
        )
        for role, colour in views.items()
    )
    return replace(one, take=replace(one.take, files=(*one.take.files, *plates)))


def held_by_models(ledger: Ledger, home: Path) -> Bakeoff:
    """Hold a contest in which the embedded figures say the contrary of what the views show."""
    walk = walk_of(ledger, home / "files", 12, tier="model")
    entries = {
        one.id: (
            with_views(walk, entry(one.id, "lumen", 0.9), (200, 20, 20)),
            with_views(walk, entry(one.id, "ink", 0.2 + at / 100), (20, 20, 180 + at)),
        )
        for at, one in enumerate(walk.plan.cast)
    }
    return asyncio.run(bakeoff.hold(walk, entries, bake_off(entries.values()), {}, draws=False))


def test_the_model_tier_decides_where_film_toml_says_so(ledger: Ledger, home: Path) -> None:
    lay_models(home)
    found = held_by_models(ledger, home)
    assert found.league is not None
    assert found.units[0].cards[0].identity < 0.1
    assert found.units[0].cards[1].identity > 0.9
    tiers = {score.kind: score.tier for score in ledger.scores("person-0-ink")}
    assert tiers == {"identity by models": "model"}


def test_without_weights_the_model_tier_stops_the_run_and_nothing_else_answers(
    ledger: Ledger, home: Path
) -> None:
    with pytest.raises(NotConfigured, match="needs learned weights"):
        held_by_models(ledger, home)


def test_where_disclosure_is_required_equals_are_told_apart_by_what_they_carry(
    ledger: Ledger, tmp_path: Path
) -> None:
    walk = walk_of(ledger, tmp_path, 12)
    walk.settings = walk.settings.model_copy(update={"disclosure": Disclosure(required=True)})
    plain = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\x00IEND\xaeB`\x82"
    signed = plain[:8] + b"\x00\x00\x00\x04caBXjumb\x00\x00\x00\x00" + plain[8:]
    kept = {"lumen": walk.work.keep(plain, "image/png"), "ink": walk.work.keep(signed, "image/png")}
    entries: dict[str, tuple[Entry, ...]] = {}
    for at, one in enumerate(walk.plan.cast):
        rivals = (entry(one.id, name, 0.7 + at / 100) for name in RIVALS)
        entries[one.id] = tuple(
            replace(rival, take=replace(rival.take, files=(kept[rival.take.provider],)))
            for rival in rivals
        )
    found = asyncio.run(bakeoff.hold(walk, entries, bake_off(entries.values()), {}, draws=False))
    assert found.winner == "ink"
    assert "ink wins" in found.verdict
