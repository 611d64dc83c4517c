"""The engine: jobs go on after it is closed, killed, or let go of, and none is sent twice."""

import asyncio
import itertools
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiln import PRICE, Clock, Kiln
from stillreel.engine import asks
from stillreel.engine.durable import Engine
from stillreel.engine.launch import Lane
from stillreel.engine.money import Ceilings
from stillreel.engine.purchase import Buyer
from stillreel.engine.record import Home
from stillreel.engine.till import Till
from stillreel.errors import LedgerError
from stillreel.ledger.spend.book import SpendBook
from stillreel.ledger.spend.nouns import Caps, PaidJob
from stillreel.ledger.store import FileStore
from stillreel.providers.ask import StillAsk
from stillreel.values import digest as digests

ASK = StillAsk("C01", "board", "one man", 320, 180, seed=1, take=1)


class Studio:
    """A ledger, a vendor and engines one after another."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = Clock()
        self.kiln = Kiln(self.clock)
        self.spend = SpendBook(f"sqlite:///{folder / 'ledger.db'}", self.clock.now)
        self.home = Home(folder, FileStore(folder / "files"))
        self._tags = (f"tag-{n}" for n in itertools.count(1))

    def buyer(self) -> Buyer:
        return Buyer(
            self.spend,
            home=lambda _: self.home,
            provider=lambda _: self.kiln,
            watch=self.clock.watch,
            tag=lambda: next(self._tags),
            owner="test",
            sleep=self.clock.sleep,
        )

    def engine(self, lanes: int = 2) -> Engine:
        url = f"sqlite:///{self.folder / 'engine.db'}"
        return Engine(self.buyer(), self.spend, url=url, lanes=[Lane("kiln", lanes)], grain=0.1)

    def till(self) -> Till:
        engine = self.engine()
        return Till(
            "film",
            self.spend,
            self.home,
            engine=lambda: engine,
            ceilings=Ceilings,
            tag=lambda: "never",
        )

    def reserve(self, purchase: str) -> PaidJob:
        text = asks.written(ASK, self.folder)
        job = PaidJob(
            film="film",
            purchase=purchase,
            attempt=1,
            stage="clip",
            subject=purchase,
            provider="kiln",
            tag=next(self._tags),
            state="intent",
            reserved=PRICE.micros,
            ask=digests.of_parts((text,)),
        )
        found = self.spend.reserve(job, text, lambda: Caps(10**9))
        assert isinstance(found, PaidJob)
        return found

    def carried(self, *jobs: PaidJob, lanes: int = 2) -> list[PaidJob]:
        """Open an engine, carry jobs to their ends, and close it."""

        async def carry() -> list[PaidJob]:
            engine = self.engine(lanes)
            try:
                return list(await asyncio.gather(*(engine.carry(job) for job in jobs)))
            finally:
                await engine.close()

        return asyncio.run(carry())

    def begun(self, job: PaidJob) -> None:
        """Open an engine, and close it while a job waits at the vendor."""

        async def begin() -> None:
            engine = self.engine()
            task = asyncio.create_task(engine.carry(job))
            held = asyncio.Event()
            self.clock.at_sleep.append(held.set)
            await held.wait()
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            await engine.close()

        self.kiln.words = ["queued"] * 50 + ["succeeded"]
        asyncio.run(begin())


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    made = Studio(tmp_path)
    yield made
    made.spend.close()


def test_jobs_are_carried_to_the_end_never_more_at_once_than_the_lane_holds(
    studio: Studio,
) -> None:
    most = 0

    def count() -> None:
        nonlocal most
        under_way = studio.spend.all("film", ("submitting", "queued", "running"))
        most = max(most, len(under_way))

    studio.clock.at_sleep.append(count)

    ended = studio.carried(*(studio.reserve(f"C{n:02}") for n in range(6)))
    assert {job.state for job in ended} == {"verified"}
    assert studio.kiln.posts == 6
    assert 1 <= most <= 2


def test_what_was_under_way_goes_on_in_the_next_engine(studio: Studio) -> None:
    job = studio.reserve("C01")
    studio.begun(job)
    assert studio.spend.get(job.key).state == "queued"
    assert studio.carried(job)[0].state == "verified"
    assert studio.kiln.posts == 1


def test_vendors_are_asked_about_what_is_under_way_before_the_engine_starts(
    studio: Studio,
) -> None:
    job = studio.reserve("C01")
    asyncio.run(studio.buyer().submit(job))
    studio.kiln.jobs["k1"].words = ["succeeded"]
    till = studio.till()
    asyncio.run(till.greet())
    assert studio.spend.get(job.key).state == "verified"
    assert not (studio.folder / "engine.db").exists()
    assert studio.kiln.posts == 1


def test_what_runs_out_first_is_asked_after_first_and_what_may_come_late_is_too(
    studio: Studio,
) -> None:
    def put(purchase: str, state: str, **facts: object) -> None:
        job = asyncio.run(studio.buyer().submit(studio.reserve(purchase)))
        assert studio.spend.move(job, state, **facts) is not None

    put("waits", "running")
    put("later", "succeeded", expires_at="2026-01-02T00:00:00")
    put("given up", "cancelled")
    put("soon", "succeeded", expires_at="2026-01-01T00:10:00")
    put("settled", "cancelled", charged=0)
    left = [job.purchase for job in studio.till().left()]
    assert left[:2] == ["soon", "later"]
    assert sorted(left[2:]) == ["given up", "waits"]


def test_work_begun_before_an_upgrade_is_taken_up_from_the_ledger(studio: Studio) -> None:
    job = studio.reserve("C01")
    studio.begun(job)
    with sqlite3.connect(studio.folder / "engine.db") as db:
        db.execute("UPDATE workflow_status SET status = 'PENDING', application_version = 'older'")
    db.close()
    assert studio.carried(job)[0].state == "verified"
    assert studio.kiln.posts == 1


def test_a_job_that_was_stopped_is_taken_up_by_the_next_run(studio: Studio) -> None:
    job = studio.reserve("C01")
    studio.kiln.revoked = True
    (stopped,) = studio.carried(job)
    assert (stopped.state, stopped.stopped) == ("queued", "the key was revoked")
    studio.kiln.revoked = False
    assert studio.carried(job)[0].state == "verified"
    assert studio.kiln.posts == 1


def test_a_damaged_store_of_the_engine_loses_no_job(studio: Studio) -> None:
    job = studio.reserve("C01")
    (studio.folder / "engine.db").write_bytes(b"not a database" * 100)
    with pytest.raises(LedgerError, match="store cannot be used"):
        studio.carried(job)
    (studio.folder / "engine.db").unlink()
    assert studio.carried(job)[0].state == "verified"
