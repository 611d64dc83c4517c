"""Takes of one sheet that were asked for together are all drawn, by one call where that can be."""

from __future__ import annotations

import asyncio
import itertools
import time
from typing import TYPE_CHECKING

import pytest

from stillreel.engine.hands import Hands
from stillreel.engine.walk import Walk
from stillreel.ledger.book import Ledger
from stillreel.ledger.store import FileStore
from stillreel.plan.nouns import Place, Plan
from stillreel.plan.prompts import Prompt
from stillreel.production.buying import Buying, Terms
from stillreel.production.dispatch import Dispatcher
from stillreel.production.folder import Folder
from stillreel.production.progress import Progress
from stillreel.production.settings import FilmSettings, Make
from stillreel.production.stages import Walkthrough
from stillreel.values.money import Money

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from stillreel.values.take import Take

SHEETS = ("coins", "crayon")
FILM = """
format = 1
title = "A garden"

[make]
sheets = ["coins", "crayon"]

[money]
ceiling_usd = "99.00"
"""
pytestmark = pytest.mark.usefixtures("strangers")


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    ticks = itertools.count()
    book = Ledger(None, lambda: f"{next(ticks):09d}")
    yield book
    book.close()


def run(ledger: Ledger, folder: Path) -> dict[str, Take]:
    """Draw the sheets that are missing; return the newest take of each front-end."""
    film = Folder(folder)
    film.ledger.parent.mkdir(exist_ok=True)
    store = FileStore(film.files)
    (folder / "film.toml").write_text(FILM)
    buying, hands = Buying(film, ledger, store, Terms()), Hands(1)
    make = Make(sheets=SHEETS, clips=("animatic",), boards="coins")
    work = Walk(
        ledger,
        store,
        hands,
        till=buying.till,
        clock=lambda: "2026-11-27",
        notify=lambda *_: None,
    )
    walk = Walkthrough(
        Plan(title="A garden", places=(Place(id="garden", name="Garden"),)),
        FilmSettings(make=make),
        work,
        ledger,
        prompts={"sheet/garden": Prompt("sheet", "garden", "", "A garden at noon.")},
        progress=Progress(lambda *_: None, time.monotonic),
        workers=1,
        dispatcher=Dispatcher(
            make.clips,
            "film",
            jobs=tuple,
            left=Money,
            clips=0,
            prefer="fast",
            now=time.time,
        ),
    )

    async def draw() -> dict[str, Take]:
        try:
            sheets, _ = await walk.sheets(None, draws=False)
        finally:
            await buying.close()
        return {entry.take.provider: entry.take for entry in sheets["garden"].entries}

    try:
        return asyncio.run(draw())
    finally:
        hands.close()


def test_every_take_that_was_asked_for_is_drawn_and_the_last_is_used(
    ledger: Ledger, tmp_path: Path
) -> None:
    first = run(ledger, tmp_path)
    assert {name: take.number for name, take in first.items()} == {"coins": 1, "crayon": 1}
    for _ in range(3):
        ledger.ask_again("sheet", "garden", "more of it")
    last = run(ledger, tmp_path)
    assert {name: take.number for name, take in last.items()} == {"coins": 4, "crayon": 4}
    bought = [take for take in ledger.takes("sheet") if take.provider == "coins"]
    assert [(take.number, take.model) for take in sorted(bought, key=lambda one: one.number)] == [
        (1, "1 at once"),
        (2, "3 at once"),
        (3, "3 at once"),
        (4, "3 at once"),
    ]
    assert ledger.spent() == Money.parse("8.00")
    assert run(ledger, tmp_path) == last
    assert ledger.spent() == Money.parse("8.00")


def test_takes_asked_for_before_there_is_any_are_one(ledger: Ledger, tmp_path: Path) -> None:
    ledger.ask_again("sheet", "garden", "")
    drawn = run(ledger, tmp_path)
    assert {name: take.number for name, take in drawn.items()} == {"coins": 2, "crayon": 2}
    assert len(ledger.takes("sheet")) == 2
