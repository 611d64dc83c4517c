"""Asks in, takes out: recorded once, paid never twice, made again only for a reason."""

import asyncio
import itertools
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiln import Clock
from stillreel.engine.hands import Hands
from stillreel.engine.money import Ceilings
from stillreel.engine.purchase import Buyer
from stillreel.engine.record import Home
from stillreel.engine.till import Till
from stillreel.engine.walk import Walk
from stillreel.errors import BadOutput, GateError, MediaError, Refused
from stillreel.ledger.book import Ledger
from stillreel.ledger.spend.book import SpendBook
from stillreel.ledger.spend.nouns import PaidJob
from stillreel.ledger.store import FileStore
from stillreel.providers import registry
from stillreel.providers.ask import StillAsk
from stillreel.values.money import Money
from stillreel.values.take import Take

TICKS = itertools.count()
pytestmark = pytest.mark.usefixtures("strangers")


def ask(subject: str, prompt: str = "one man", take: int = 1) -> StillAsk:
    return StillAsk(subject, "board", prompt, 320, 180, seed=take, take=take)


@pytest.fixture
def hands() -> Iterator[Hands]:
    pool = Hands(1)
    yield pool
    pool.close()


@pytest.fixture
def seen() -> list[tuple[str, bool]]:
    return []


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    book = Ledger(None, lambda: f"{next(TICKS):09d}")
    yield book
    book.close()


class AtOnceEngine:
    """Carries a job here and now."""

    def __init__(self, buyer: Buyer) -> None:
        self._buyer = buyer

    async def carry(self, job: PaidJob, *, fresh: bool = False) -> PaidJob:
        there = await self._buyer.submit(self._buyer.take_up(job))
        return await self._buyer.collect(await self._buyer.follow(there))


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Callable[[Money], Till]]:
    clock = Clock()
    spend = SpendBook(f"sqlite:///{tmp_path / 'spend.db'}", clock.now)
    home = Home(tmp_path, FileStore(tmp_path / "files"))
    tags = (f"tag-{n}" for n in itertools.count())
    buyer = Buyer(
        spend,
        home=lambda _: home,
        provider=lambda job: registry.still(job.provider),
        watch=clock.watch,
        tag=lambda: next(tags),
        owner="test",
        sleep=clock.sleep,
    )

    def begin(ceiling: Money) -> Till:
        return Till(
            "film",
            spend,
            home,
            engine=lambda: AtOnceEngine(buyer),
            ceilings=lambda: Ceilings(ceiling),
            tag=lambda: next(tags),
        )

    yield begin
    spend.close()


@pytest.fixture
def walk(
    tmp_path: Path,
    ledger: Ledger,
    hands: Hands,
    seen: list[tuple[str, bool]],
    till: Callable[[Money], Till],
) -> Callable[[str], Walk]:
    def begin(ceiling: str = "0.00") -> Walk:
        return Walk(
            ledger,
            FileStore(tmp_path / "files"),
            hands,
            till=till(Money.parse(ceiling)),
            clock=lambda: f"{next(TICKS):09d}",
            notify=lambda take, made: seen.append((take.subject, made)),
        )

    return begin


def test_the_same_ask_is_made_once(walk: Callable[[], Walk], seen: list[tuple[str, bool]]) -> None:
    async def twice() -> tuple[Take, ...]:
        work = walk()
        return (await work.still(ask("C01"), "crayon"), await work.still(ask("C01"), "crayon"))

    first, second = asyncio.run(twice())
    assert first == second
    assert seen == [("C01", True), ("C01", False)]


def test_the_same_ask_at_the_same_time_is_made_once(
    walk: Callable[[], Walk], seen: list[tuple[str, bool]]
) -> None:
    async def together() -> list[Take]:
        work = walk()
        return await asyncio.gather(*(work.still(ask("C01"), "crayon") for _ in range(5)))

    assert len({take.id for take in asyncio.run(together())}) == 1
    assert [made for _, made in seen].count(True) == 1


def test_a_redo_is_a_sibling_with_other_bytes(walk: Callable[[], Walk], ledger: Ledger) -> None:
    async def both() -> tuple[Take, Take]:
        work = walk()
        return await work.still(ask("C01"), "crayon"), await work.still(
            ask("C01", take=2), "crayon"
        )

    first, second = asyncio.run(both())
    assert first.main.digest != second.main.digest
    assert len(ledger.takes("grid", "C01")) == 2
    assert ledger.events()[-1].message == "take 2 was asked for"


def test_a_changed_prompt_is_the_reason_that_is_told(
    walk: Callable[[], Walk], ledger: Ledger
) -> None:
    async def both() -> None:
        work = walk()
        await work.still(ask("C01"), "crayon")
        await work.still(ask("C01", "one woman"), "crayon")

    asyncio.run(both())
    assert [event.message for event in ledger.events()] == ["first take", "prompt changed"]


def test_a_damaged_file_is_found_made_again_and_reported(
    walk: Callable[[], Walk], ledger: Ledger
) -> None:
    async def make() -> tuple[Path, Take]:
        work = walk()
        take = await work.still(ask("C01"), "crayon")
        return work.path(take.main.digest), take

    path, take = asyncio.run(make())
    path.chmod(0o644)
    path.write_bytes(b"x" * take.main.size)
    again, healed = asyncio.run(make())
    assert healed.main.digest == take.main.digest
    assert again.read_bytes() != b"x" * take.main.size
    assert [event.kind for event in ledger.events()] == ["made", "damaged", "made"]


def test_takes_of_one_picture_are_bought_by_one_call_where_the_front_end_can(
    walk: Callable[[str], Walk], ledger: Ledger
) -> None:
    asks = [ask("C01", take=at) for at in (1, 2, 3)]
    other = ask("C01", "two men", take=4)

    async def drawn(provider: str) -> list[Take]:
        work = walk("99.00")
        return await asyncio.gather(
            *(work.still(one, provider, rival=True, beside=[*asks, other]) for one in asks)
        )

    takes = asyncio.run(drawn("coins"))
    assert {take.model for take in takes} == {"3 at once"}
    assert [take.number for take in takes] == [1, 2, 3]
    assert len({take.main.digest for take in takes}) == len({take.id for take in takes}) == 3
    assert ledger.spent() == Money.parse("6.00")
    # Bought already, so it is not ordered once more; and who cannot is asked for one at a time.
    assert asyncio.run(drawn("coins")) == takes
    assert {take.model for take in asyncio.run(drawn("gold"))} == {"gold"}
    assert ledger.spent() == Money.parse("12.00")


def test_a_take_that_is_recorded_is_not_ordered_beside_another(
    walk: Callable[[str], Walk], tmp_path: Path
) -> None:
    first, second = ask("C01", take=1), ask("C01", take=2)
    asyncio.run(walk("99.00").still(first, "coins"))
    # The film goes on with another spend ledger.
    with sqlite3.connect(tmp_path / "spend.db") as db:
        db.execute("DELETE FROM jobs")
    take = asyncio.run(walk("99.00").still(second, "coins", rival=True, beside=[first]))
    assert take.model == "1 at once"
    with sqlite3.connect(tmp_path / "spend.db") as db:
        assert db.execute("SELECT number FROM jobs").fetchall() == [(2,)]
    db.close()


def test_nothing_above_the_ceiling_is_submitted(walk: Callable[[], Walk], ledger: Ledger) -> None:
    with pytest.raises(GateError, match=r"would cost up to 2\.00 USD"):
        asyncio.run(walk().still(ask("C01"), "gold"))
    assert ledger.takes() == ()


def test_the_ceiling_counts_what_was_spent_before(
    walk: Callable[[str], Walk], ledger: Ledger
) -> None:
    async def three() -> None:
        work = walk("5.00")
        for subject in ("C01", "C02", "C03"):
            await work.still(ask(subject), "gold")

    with pytest.raises(GateError, match=r"leaves 1\.00 USD"):
        asyncio.run(three())
    assert ledger.spent() == Money.parse("4.00")


def test_a_refusal_says_who_and_why(walk: Callable[[], Walk]) -> None:
    with pytest.raises(Refused, match="a face too real") as caught:
        asyncio.run(walk().still(ask("nobody"), "crayon"))
    assert caught.value.charged == "no"


def test_an_empty_delivery_is_no_success(walk: Callable[[], Walk]) -> None:
    with pytest.raises(BadOutput, match="delivered nothing"):
        asyncio.run(walk().still(ask("nothing"), "crayon"))


def test_a_worker_that_keeps_dying_is_told_in_a_sentence(walk: Callable[[], Walk]) -> None:
    with pytest.raises(MediaError, match="killed twice"):
        asyncio.run(walk().still(ask("crash"), "crayon"))


def test_a_persons_pick_is_used_until_something_else_is_asked(
    walk: Callable[[], Walk], ledger: Ledger
) -> None:
    async def first_two() -> tuple[Take, Take]:
        work = walk()
        return await work.still(ask("C01"), "crayon"), await work.still(
            ask("C01", take=2), "crayon"
        )

    async def one(prompt: str) -> Take:
        return await walk().still(ask("C01", prompt, take=2), "crayon")

    old, new = asyncio.run(first_two())
    import json

    ledger.choose("grid", "C01", old.id, json.loads(new.parameters)["basis"], "better eyes")
    assert asyncio.run(one("one man")).id == old.id
    changed = asyncio.run(one("one woman"))
    assert changed.id not in {old.id, new.id}
    assert ledger.chosen("grid", "C01") is None
    assert "lapsed" in [event.kind for event in ledger.events()]
