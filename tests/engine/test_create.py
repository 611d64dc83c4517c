"""Several takes of one picture by one create call: sent once, lost or refused as one."""

import asyncio
import itertools
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from kiln import PRICE, Clock, Kiln
from stillreel.engine.durable import Engine
from stillreel.engine.launch import Lane
from stillreel.engine.money import Ceilings
from stillreel.engine.purchase import Buyer
from stillreel.engine.record import Home
from stillreel.engine.till import Order, Till
from stillreel.errors import Busy, GateError, Lost, Refused
from stillreel.ledger.spend.book import SpendBook
from stillreel.ledger.spend.nouns import PaidJob
from stillreel.ledger.store import FileStore
from stillreel.providers.ask import StillAsk
from stillreel.providers.offer import Offer
from stillreel.providers.seam import Delivered, Job, Quote
from stillreel.values.money import Money

ASK = StillAsk("mara", "sheet", "one girl", 320, 180, seed=1, take=1)
PNG = b"\x89PNG\r\n\x1a\n"


class Struck(tuple[Job, ...]):
    """Jobs of which only the first is heard of: then the process is killed."""

    __slots__ = ()

    def __iter__(self) -> Iterator[Job]:
        yield self[0]
        os.kill(os.getpid(), signal.SIGKILL)


@dataclass
class Press(Kiln):
    """A vendor that prints several takes by one call, answers at once, and keeps nothing."""

    short: int = 0
    """How many pictures of the next call do not come."""
    per_minute: int = 0
    calls: list[tuple[str, ...]] = field(default_factory=list)
    """The keys of each create call."""
    at_call: list[Callable[[], None]] = field(default_factory=list)

    @property
    def offer(self) -> Offer:
        told = {"makes": "still", "pictures_at_once": 10, "per_minute": self.per_minute}
        return super().offer.model_copy(update=told)

    async def submit(self, ask: StillAsk, key: str) -> Job:  # pyright: ignore[reportIncompatibleMethodOverride]
        (job,) = await self.submit_several((ask,), (key,))
        return job

    async def submit_several(
        self, asks: Sequence[StillAsk], keys: Sequence[str]
    ) -> tuple[Job, ...]:
        self.posts += 1
        self.calls.append(tuple(keys))
        assert len({replace(ask, take=0, seed=0) for ask in asks}) == 1
        assert len({ask.take for ask in asks}) == len(keys)
        for act in self.at_call:
            act()
        for _ in range(9):
            # Whoever waits beside has its turn while the call is in the air.
            await asyncio.sleep(0)
        what = self.meets.pop(0) if self.meets else "ok"
        if what == "busy":
            raise Busy("the press is full", after=7.0)
        if what == "refuse":
            raise Refused("a face too real", next_step="Draw it flatter.", failure="real-person")
        if what == "drop":
            raise Lost("the line went dead", charged="unknown")
        if what == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        short, self.short = self.short, 0
        jobs = [self._printed(key, came=at < len(keys) - short) for at, key in enumerate(keys)]
        return Struck(jobs) if what == "strike" else tuple(jobs)

    def _printed(self, key: str, *, came: bool) -> Job:
        if not came:
            return Job("kiln", key, key, "failed", charged=Money(), failure="provider")
        files = (Delivered(PNG + key.encode(), "image/png"),)
        return Job("kiln", key, key, "succeeded", charged=PRICE, files=files)


class AtOnceEngine:
    """Carries a job here and now."""

    def __init__(self, buyer: Buyer) -> None:
        self._buyer = buyer

    async def carry(self, job: PaidJob, *, fresh: bool = False) -> PaidJob:
        there = await self._buyer.submit(self._buyer.take_up(job))
        return await self._buyer.collect(await self._buyer.follow(there))

    async def close(self) -> None:
        pass


class Shop:
    """A ledger, a press, and whoever buys from it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = Clock()
        self.press = Press(self.clock, lookup="none")
        self.spend = self.open()
        self.home = Home(folder, FileStore(folder / "files"))
        self._tags = (f"tag-{n}" for n in itertools.count(1))

    def open(self) -> SpendBook:
        return SpendBook(f"sqlite:///{self.folder / 'ledger.db'}", self.clock.now)

    def buyer(self, spend: SpendBook | None = None, owner: str = "one") -> Buyer:
        return Buyer(
            spend or self.spend,
            home=lambda _: self.home,
            provider=lambda _: self.press,
            watch=self.clock.watch,
            tag=lambda: next(self._tags),
            owner=owner,
            sleep=self.clock.sleep,
        )

    def orders(self, *takes: int) -> list[Order]:
        return [
            Order(f"p{at}", "sheet", "kiln", replace(ASK, take=at, seed=at), Quote(PRICE, PRICE))
            for at in takes
        ]

    def till(
        self, engine: Engine | AtOnceEngine | None = None, ceiling: Money = PRICE * 100
    ) -> Till:
        return Till(
            "film",
            self.spend,
            self.home,
            engine=lambda: engine,
            ceilings=lambda: Ceilings(ceiling),
            tag=lambda: next(self._tags),
        )

    def engine(self) -> Engine:
        url = f"sqlite:///{self.folder / 'engine.db'}"
        return Engine(self.buyer(), self.spend, url=url, lanes=[Lane("kiln", 4)], grain=0.1)

    def bought(
        self, *takes: int, ceiling: Money = PRICE * 100, durably: bool = False
    ) -> list[PaidJob | BaseException]:
        """Hand takes over together, and buy each as a stage does."""

        async def buy() -> list[PaidJob | BaseException]:
            engine = self.engine() if durably else AtOnceEngine(self.buyer())
            till = self.till(engine, ceiling)
            orders = self.orders(*takes)
            till.gather(orders)
            try:
                buying = (till.buy(order) for order in orders)
                return list(await asyncio.gather(*buying, return_exceptions=True))
            finally:
                await engine.close()

        return asyncio.run(buy())

    def reserved(self, *takes: int) -> list[PaidJob]:
        """Reserve takes that go together; nothing is sent."""
        self.till().gather(self.orders(*takes))
        return list(self.spend.all("film", ("intent",)))

    def carried(self, jobs: Sequence[PaidJob], owner: str = "one") -> list[PaidJob]:
        """Carry jobs as their workflows do, side by side."""

        async def carry() -> list[PaidJob]:
            buyer = self.buyer(owner=owner)
            return list(await asyncio.gather(*(buyer.submit(job) for job in jobs)))

        return asyncio.run(carry())

    def killed(self, jobs: Sequence[PaidJob], meets: str) -> None:
        """Carry jobs in a process of its own, which is killed on the way."""
        self.spend.close()
        child = os.fork()
        if child == 0:
            self.press.meets = [meets]
            asyncio.run(self.buyer(self.open()).submit(jobs[0]))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        assert os.WTERMSIG(status) == signal.SIGKILL
        self.spend = self.open()

    def states(self) -> list[str]:
        return [job.state for job in self.spend.all("film")]


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    made = Shop(tmp_path)
    yield made
    made.spend.close()


def test_takes_handed_over_together_are_one_create_call_and_each_is_a_take_of_its_own(
    shop: Shop,
) -> None:
    seen: list[tuple[list[str], tuple[int, int]]] = []
    shop.press.at_call.append(lambda: seen.append((shop.states(), shop.spend.totals("film"))))
    jobs = shop.bought(1, 2, 3, 4, 5, durably=True)
    assert shop.press.posts == 1
    # Every one of them was reserved and written as being sent before the call left.
    assert seen == [(["submitting"] * 5, (0, 5 * PRICE.micros))]
    assert all(isinstance(job, PaidJob) and job.state == "verified" for job in jobs)
    stored = [job.stored[0] for job in jobs if isinstance(job, PaidJob)]
    assert len({file.digest for file in stored}) == 5
    assert all(shop.home.store.sound(file) for file in stored)
    assert sorted(shop.press.calls[0]) == sorted(job.tag for job in shop.spend.all("film"))
    assert shop.spend.totals("film") == (5 * PRICE.micros, 0)


def test_a_lost_answer_leaves_all_of_them_unknown_and_nothing_is_sent_again(shop: Shop) -> None:
    shop.press.meets = ["drop"]
    first = shop.bought(1, 2, 3, durably=True)
    assert [type(one) for one in first] == [Lost] * 3
    assert shop.states() == ["unknown"] * 3
    assert shop.spend.totals("film") == (0, 3 * PRICE.micros)
    again = shop.bought(1, 2, 3, durably=True)
    assert [type(one) for one in again] == [Lost] * 3
    assert shop.press.posts == 1


def test_a_refusal_is_that_of_all_and_says_what_the_vendor_said_to_do(shop: Shop) -> None:
    shop.press.meets = ["refuse"]
    refused = shop.bought(1, 2, 3)
    assert [getattr(one, "failure", None) for one in refused] == ["real-person"] * 3
    assert all("Draw it flatter." in str(one) for one in refused)
    assert shop.spend.totals("film") == (0, 0)
    assert shop.press.posts == 1


def test_a_picture_that_did_not_come_costs_nothing_and_is_ordered_by_itself(shop: Shop) -> None:
    shop.press.short = 2
    jobs = shop.bought(1, 2, 3, 4)
    assert [len(call) for call in shop.press.calls] == [4, 1, 1]
    assert all(isinstance(job, PaidJob) and job.state == "verified" for job in jobs)
    missing = [job for job in shop.spend.all("film") if job.state == "failed"]
    assert [(job.charged, job.failure) for job in missing] == [(0, "provider")] * 2
    assert shop.spend.totals("film") == (4 * PRICE.micros, 0)


def test_what_passes_the_ceiling_is_not_sent_and_the_others_go(shop: Shop) -> None:
    ceiling = Money(PRICE.micros * 7 // 2)
    jobs = shop.bought(1, 2, 3, 4, 5, ceiling=ceiling)
    assert [type(job) for job in jobs] == [PaidJob] * 3 + [GateError] * 2
    assert [len(call) for call in shop.press.calls] == [3]
    assert shop.spend.totals("film") == (3 * PRICE.micros, 0)


def test_a_later_run_orders_only_what_is_missing(shop: Shop) -> None:
    shop.bought(1, 2)
    shop.bought(1, 2, 3, 4, 5)
    assert [len(call) for call in shop.press.calls] == [2, 3]
    shop.bought(1, 2, 3, 4, 5)
    assert shop.press.posts == 2
    assert shop.spend.totals("film") == (5 * PRICE.micros, 0)


def test_a_process_killed_while_it_waits_for_the_answer_sends_nothing_again(shop: Shop) -> None:
    jobs = shop.reserved(1, 2, 3)
    shop.killed(jobs, "kill")
    assert shop.states() == ["submitting"] * 3
    assert [job.state for job in shop.carried(jobs)] == ["unknown"] * 3
    assert shop.press.posts == 0
    assert shop.spend.totals("film") == (0, 3 * PRICE.micros)


def test_a_process_killed_between_two_takes_keeps_the_first_and_sends_nothing_again(
    shop: Shop,
) -> None:
    jobs = shop.reserved(1, 2, 3)
    shop.killed(jobs, "strike")
    assert shop.states() == ["verified", "submitting", "submitting"]
    assert [job.state for job in shop.carried(jobs)] == ["verified", "unknown", "unknown"]
    assert shop.press.posts == 0
    assert shop.spend.totals("film") == (PRICE.micros, 2 * PRICE.micros)


def test_a_process_killed_before_it_sends_leaves_what_still_goes_together(shop: Shop) -> None:
    shop.reserved(1, 2, 3)
    assert all(isinstance(job, PaidJob) for job in shop.bought(1, 2, 3))
    assert [len(call) for call in shop.press.calls] == [3]


def test_a_full_vendor_is_asked_for_all_of_them_again_when_it_said(shop: Shop) -> None:
    shop.press.meets = ["busy"]
    jobs = shop.carried(shop.reserved(1, 2, 3))
    assert [job.state for job in jobs] == ["verified"] * 3
    assert [len(call) for call in shop.press.calls] == [3, 3]
    assert shop.clock.seconds >= 7.0


def test_a_limit_of_pictures_a_minute_parts_a_call(shop: Shop) -> None:
    shop.press.per_minute = 2
    jobs = shop.carried(shop.reserved(1, 2, 3))
    assert [job.state for job in jobs] == ["verified"] * 3
    assert [len(call) for call in shop.press.calls] == [2, 1]
    assert shop.clock.seconds >= 60.0


def test_a_take_that_was_called_off_before_does_not_go_along(shop: Shop) -> None:
    jobs = shop.reserved(1, 2, 3)
    asyncio.run(shop.buyer().cancel(jobs[1].key))
    assert [job.state for job in shop.carried(jobs)] == ["verified", "cancelled", "verified"]
    assert [len(call) for call in shop.press.calls] == [2]


def test_a_call_of_another_worker_is_given_up_only_when_it_cannot_be_in_the_air(
    shop: Shop,
) -> None:
    jobs = shop.reserved(1, 2)
    shop.spend.send(*jobs, owner="two", sent=str(shop.clock.watch()))
    assert [job.state for job in shop.carried(jobs)] == ["unknown", "unknown"]
    assert shop.clock.seconds > shop.press.offer.timeout
    assert shop.press.posts == 0


def test_a_take_by_itself_is_sent_as_ever(shop: Shop) -> None:
    (job,) = shop.bought(1)
    assert isinstance(job, PaidJob)
    assert (job.state, shop.press.calls) == ("verified", [(job.tag,)])
