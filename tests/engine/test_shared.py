"""Many workers on one Postgres database: one purchase for one take, whoever carries it."""

import asyncio
import itertools
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from database import Server, binary, server

from kiln import PRICE, Clock, Kiln
from stillreel.engine import asks
from stillreel.engine.durable import Engine
from stillreel.engine.launch import Lane
from stillreel.engine.purchase import Buyer
from stillreel.engine.record import Home
from stillreel.engine.slots import Slot
from stillreel.errors import LedgerError
from stillreel.ledger.spend import pages
from stillreel.ledger.spend.book import SpendBook
from stillreel.ledger.spend.nouns import Caps, Over, PaidJob
from stillreel.ledger.spend.pages import database_url
from stillreel.ledger.store import FileStore
from stillreel.providers.ask import StillAsk
from stillreel.values import digest as digests

pytestmark = pytest.mark.skipif(binary("postgres") is None, reason="Postgres is not installed")
ASK = StillAsk("C01", "board", "one man", 320, 180, seed=1, take=1)


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with server() as made:
        yield made.url


@pytest.fixture
def spend(url: str) -> Iterator[SpendBook]:
    made = SpendBook(url, Clock().now)
    yield made
    made.close()


def job(film: str, purchase: str, tag: str, reserved: int = PRICE.micros) -> PaidJob:
    text = asks.written(ASK, Path("/"))
    return PaidJob(
        film=film,
        purchase=purchase,
        attempt=1,
        stage="clip",
        subject="C01",
        provider="kiln",
        tag=tag,
        state="intent",
        reserved=reserved,
        ask=digests.of_parts((text,)),
    )


def test_the_ceiling_holds_while_sixteen_workers_reserve_at_once(spend: SpendBook) -> None:
    from concurrent.futures import ThreadPoolExecutor

    text = asks.written(ASK, Path("/"))
    wanted = [job("ceiling", f"p{n}", f"ceiling-{n}", 70_000 + n) for n in range(64)]
    with ThreadPoolExecutor(16) as crew:
        found = list(crew.map(lambda one: spend.reserve(one, text, lambda: Caps(10**6)), wanted))
    granted = [one for one in found if isinstance(one, PaidJob)]
    assert sum(one.reserved for one in granted) <= 10**6
    assert 10**6 - sum(one.reserved for one in granted) < 70_064
    assert all(isinstance(one, (PaidJob, Over)) for one in found)


def test_a_connection_that_rested_while_the_database_came_back_is_replaced(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pages, "_FRESH", 0.0)
    with server() as base:
        book = SpendBook(base.url, Clock().now)
        book.enrol("rested", "/films/rested")
        base.crash()
        base.start()
        assert book.folder("rested") == "/films/rested"
        book.close()


@pytest.mark.parametrize("meets", ["ok", "drop", "never"])
def test_three_workers_on_one_job_make_one_purchase(
    spend: SpendBook, tmp_path: Path, meets: str
) -> None:
    clock = Clock()
    kiln = Kiln(clock, meets=[meets])
    home = Home(Path("/"), FileStore(tmp_path / "files"))
    tags = (f"{meets}-{n}" for n in itertools.count())
    text = asks.written(ASK, Path("/"))
    reserved = spend.reserve(job(meets, "p1", next(tags)), text, lambda: Caps(10**9))
    assert isinstance(reserved, PaidJob)

    def buyer(owner: str) -> Buyer:
        return Buyer(
            spend,
            home=lambda _: home,
            provider=lambda _: kiln,
            watch=clock.watch,
            tag=lambda: next(tags),
            owner=owner,
            sleep=clock.sleep,
        )

    async def carry(owner: str) -> None:
        one = buyer(owner)
        there = await one.submit(reserved)
        await one.collect(await one.follow(there))

    async def all_three() -> None:
        await asyncio.gather(*(carry(owner) for owner in ("one", "two", "three")))

    asyncio.run(all_three())
    last = spend.latest(meets, "p1")
    assert last is not None
    assert last.state == "verified"
    assert len(kiln.jobs) == 1
    assert spend.totals(meets) == (PRICE.micros, 0)


def test_workers_may_lay_out_a_fresh_database_together() -> None:
    from concurrent.futures import ThreadPoolExecutor

    with server() as base, ThreadPoolExecutor(8) as crew:
        books = list(crew.map(lambda _: SpendBook(base.url, Clock().now), range(8)))
        assert [book.all() for book in books] == [()] * 8
        for book in books:
            book.close()


def test_a_ledger_on_postgres_that_an_older_version_began_is_brought_up() -> None:
    import psycopg

    with server() as base:
        SpendBook(base.url, Clock().now).close()
        with psycopg.connect(base.url) as db:
            db.execute("ALTER TABLE jobs DROP COLUMN note, DROP COLUMN turn")
        book = SpendBook(base.url, Clock().now)
        found = book.reserve(job("older", "p1", "older-1"), "an ask", lambda: Caps(10**9))
        assert isinstance(found, PaidJob)
        assert book.get(found.key) == found
        book.close()


def test_a_worker_takes_up_what_it_carried_when_its_database_has_come_back(tmp_path: Path) -> None:
    clock = Clock()
    kiln = Kiln(clock, words=["queued", "succeeded"])
    home = Home(Path("/"), FileStore(tmp_path / "files"))
    text = asks.written(ASK, Path("/"))

    async def outlive(base: Server) -> PaidJob | None:
        asked = asyncio.Event()

        async def wait(_: float) -> None:
            # between two looks, for as long as the worker lives
            asked.set()
            await asyncio.Event().wait()

        book = SpendBook(base.url, clock.now)
        buyer = Buyer(
            book,
            home=lambda _: home,
            provider=lambda _: kiln,
            watch=clock.watch,
            tag=lambda: "never",
            owner="one",
            sleep=wait,
        )
        reserved = book.reserve(job("back", "p1", "back-1"), text, lambda: Caps(10**9))
        assert isinstance(reserved, PaidJob)
        slot, lanes, url = Slot(base.url), [Lane("kiln", 1)], database_url(base.url)
        engine = Engine(buyer, book, url=url, lanes=lanes, slot=slot, grain=0.1)
        film = asyncio.create_task(engine.carry(reserved))
        await asked.wait()
        base.crash()
        base.start()
        with pytest.raises(LedgerError, match="lost its place"):
            await film
        try:
            async with asyncio.timeout(60):
                await engine.rest(0.1)
                while (now := book.latest("back", "p1")) and now.state != "verified":
                    await engine.rest(0.1)
            return now
        finally:
            await engine.close()
            slot.close()
            book.close()

    with server() as base:
        ended = asyncio.run(outlive(base))
    assert ended is not None
    assert (ended.state, ended.stopped, kiln.posts) == ("verified", "", 1)


def test_a_place_is_free_again_when_its_worker_dies(url: str) -> None:
    import subprocess

    script = (
        "import sys, time; from stillreel.engine.slots import Slot; "
        f"slot = Slot({url!r}); print(slot.name, flush=True); time.sleep(60)"
    )
    other = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert other.stdout is not None
    theirs = other.stdout.readline().strip()
    mine = Slot(url)
    try:
        assert theirs.startswith("worker-")
        assert mine.name != theirs
        assert not mine.is_free(theirs)
        other.kill()
        other.communicate()
        notice = threading.Event()
        while not mine.is_free(theirs):
            # the server notices a broken connection a moment later
            notice.wait(0.05)
    finally:
        other.kill()
        mine.close()
