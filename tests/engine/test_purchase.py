"""Buying a take: one create call for one intent, whatever happens on the way."""

import asyncio
import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from kiln import PRICE, Clock, Kiln
from stillreel.engine import asks
from stillreel.engine.purchase import Buyer
from stillreel.engine.record import Home
from stillreel.engine.till import trouble
from stillreel.ledger.spend.book import SpendBook
from stillreel.ledger.spend.nouns import Caps, HoldBack, Over, PaidJob
from stillreel.ledger.store import FileStore
from stillreel.providers.ask import StillAsk
from stillreel.values import digest as digests

ASK = StillAsk("C01", "board", "one man", 320, 180, seed=1, take=1)


class Studio:
    """A ledger, a vendor and a buyer around one clock."""

    def __init__(self, folder: Path, kiln: Kiln, clock: Clock) -> None:
        self.kiln, self.clock = kiln, clock
        self.spend = SpendBook(f"sqlite:///{folder / 'ledger.db'}", clock.now)
        self.home = Home(folder, FileStore(folder / "files"))
        self.text = asks.written(ASK, folder)
        self._tags = (f"tag-{n}" for n in itertools.count(1))

    def buyer(self, owner: str = "one", pace: float = 1.0) -> Buyer:
        return Buyer(
            self.spend,
            home=lambda _: self.home,
            provider=lambda _: self.kiln,
            watch=self.clock.watch,
            tag=lambda: next(self._tags),
            owner=owner,
            pace=pace,
            sleep=self.clock.sleep,
        )

    def job(self, purchase: str = "p1", reserved: int = PRICE.micros, attempt: int = 1) -> PaidJob:
        return PaidJob(
            film="film",
            purchase=purchase,
            attempt=attempt,
            stage="clip",
            subject="C01",
            provider="kiln",
            tag=next(self._tags),
            state="intent",
            reserved=reserved,
            ask=digests.of_parts((self.text,)),
        )

    def reserve(self, ceiling: int = 10**9, **job: str) -> PaidJob:
        found = self.spend.reserve(self.job(**job), self.text, lambda: Caps(ceiling))
        assert isinstance(found, PaidJob)
        return found

    async def carry(self, job: PaidJob, owner: str = "one") -> PaidJob:
        buyer = self.buyer(owner)
        there = await buyer.submit(self.spend.get(job.key))
        return await buyer.collect(await buyer.follow(there))

    def states(self) -> list[str]:
        return [event.state for event in self.spend.events()]


def goes(sent: tuple[PaidJob, ...] | HoldBack) -> bool:
    """Say whether one job may be sent, and by nobody else."""
    return isinstance(sent, tuple) and [job.state for job in sent] == ["submitting"]


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Callable[..., Studio]]:
    made: list[Studio] = []

    def build(**kiln: object) -> Studio:
        clock = Clock()
        folder = tmp_path / str(len(made))
        folder.mkdir()
        made.append(Studio(folder, Kiln(clock, **kiln), clock))
        return made[-1]

    yield build
    for one in made:
        one.spend.close()


def test_a_job_goes_through_every_state_and_is_paid_what_the_vendor_says(
    studio: Callable[..., Studio],
) -> None:
    here = studio()
    job = asyncio.run(here.carry(here.reserve()))
    assert job.state == "verified"
    assert job.charged == PRICE.micros
    assert here.states() == [
        "intent",
        "submitting",
        "queued",
        "running",
        "succeeded",
        "fetched",
        "verified",
    ]
    assert here.kiln.posts == 1
    assert here.home.store.sound(job.stored[0])


def test_a_lost_answer_is_looked_up_and_adopted(studio: Callable[..., Studio]) -> None:
    here = studio(meets=["drop"])
    job = asyncio.run(here.carry(here.reserve()))
    assert (job.state, job.attempt) == ("verified", 1)
    assert here.kiln.posts == 1


def test_what_never_arrived_is_sent_again_only_after_the_quarantine(
    studio: Callable[..., Studio],
) -> None:
    here = studio(meets=["never"])
    first = here.reserve()
    job = asyncio.run(here.carry(first))
    offer = here.kiln.offer
    assert (job.state, job.attempt) == ("verified", 2)
    assert here.kiln.posts == 2
    held = next(iter(here.kiln.jobs.values()))
    assert held.at >= offer.timeout + offer.accept_longest + offer.list_lag
    assert held.tag != first.tag
    assert here.spend.get(first.key).charged == 0
    assert here.spend.totals("film") == (PRICE.micros, 0)


def test_a_list_that_lags_is_not_taken_for_absence(studio: Callable[..., Studio]) -> None:
    here = studio(meets=["drop"], lag=34.0)
    asyncio.run(here.carry(here.reserve()))
    assert here.kiln.posts == 1


def test_a_vendor_that_cannot_say_leaves_it_to_a_person_with_the_money_held(
    studio: Callable[..., Studio],
) -> None:
    here = studio(meets=["drop"], lookup="none")
    job = asyncio.run(here.carry(here.reserve()))
    assert job.state == "unknown"
    assert here.kiln.posts == 1
    assert here.spend.totals("film") == (0, PRICE.micros)
    again = asyncio.run(here.carry(job))
    assert again.state == "unknown"
    assert here.kiln.posts == 1


def test_a_restart_of_the_machine_begins_the_quarantine_anew(
    studio: Callable[..., Studio],
) -> None:
    here = studio(meets=["never"])
    job = here.reserve()
    assert goes(here.spend.send(job, owner="dead", sent=str(here.clock.watch())))
    here.kiln.meets.clear()
    here.clock.boot, here.clock.seconds = "two", 100_000.0
    asyncio.run(here.carry(job))
    offer = here.kiln.offer
    waited = next(iter(here.kiln.jobs.values())).at - 100_000.0
    assert waited >= offer.timeout + offer.accept_longest + offer.list_lag


def test_a_stepped_clock_does_not_shorten_the_quarantine(studio: Callable[..., Studio]) -> None:
    here = studio(meets=["never"])
    job = here.reserve()
    here.clock.at_sleep.append(lambda: setattr(here.clock, "step", timedelta(hours=1)))
    asyncio.run(here.carry(job))
    assert next(iter(here.kiln.jobs.values())).at >= 35.0


def test_in_a_rehearsal_in_a_hurry_a_call_may_still_be_in_the_air_for_seconds(
    studio: Callable[..., Studio],
) -> None:
    here = studio(meets=["never"])
    buyer = here.buyer(pace=1000.0)
    asyncio.run(buyer.submit(here.reserve()))
    assert next(iter(here.kiln.jobs.values())).at >= 5.0


def test_being_told_to_wait_costs_nothing_and_is_sent_again(
    studio: Callable[..., Studio],
) -> None:
    here = studio(meets=["busy", "busy"])
    job = asyncio.run(here.carry(here.reserve()))
    assert (job.state, job.attempt) == ("verified", 1)
    assert here.clock.seconds >= 14.0
    assert len(here.kiln.jobs) == 1


def test_a_job_that_the_vendor_threw_away_has_expired_at_the_first_look(
    studio: Callable[..., Studio],
) -> None:
    here = studio(forgets=True)
    job = asyncio.run(here.carry(here.reserve()))
    assert (job.state, job.message) == ("expired", "the kiln has thrown it away")
    assert here.clock.seconds == 0.0
    assert here.spend.totals("film") == (0, PRICE.micros)


def test_a_new_job_that_is_not_known_everywhere_yet_is_not_given_up(
    studio: Callable[..., Studio],
) -> None:
    here = studio(unheard=3)
    job = asyncio.run(here.carry(here.reserve()))
    assert (job.state, job.charged, here.kiln.posts) == ("verified", PRICE.micros, 1)


def test_a_refusal_is_told_with_what_the_vendor_says_to_do(studio: Callable[..., Studio]) -> None:
    here = studio(meets=["unpaid"])
    job = asyncio.run(here.carry(here.reserve()))
    assert str(trouble(job)).startswith("C01: kiln did not make C01: no credit is left. Add credit")
    assert "Mend the account" not in str(trouble(job))
    assert "Mend the account" in str(trouble(replace(job, mend="")))


def test_a_refusal_is_final_and_free(studio: Callable[..., Studio]) -> None:
    here = studio(meets=["refuse"])
    job = asyncio.run(here.carry(here.reserve()))
    assert (job.state, job.failure, job.charged) == ("failed", "real-person", 0)
    assert here.kiln.posts == 1


def test_a_failure_that_was_charged_stays_in_the_bill(studio: Callable[..., Studio]) -> None:
    here = studio(meets=["paid-refusal"])
    job = asyncio.run(here.carry(here.reserve()))
    assert (job.state, job.charged) == ("failed", PRICE.micros)


def test_an_unknown_word_is_waited_through(studio: Callable[..., Studio]) -> None:
    here = studio(words=["queued", "varnishing", "succeeded"])
    job = asyncio.run(here.carry(here.reserve()))
    assert job.state == "verified"
    assert any("varnishing" in event.message for event in here.spend.events())


def test_a_link_that_has_run_out_is_renewed_once_and_then_told(
    studio: Callable[..., Studio],
) -> None:
    here = studio(gone=1)
    assert asyncio.run(here.carry(here.reserve())).state == "verified"
    lost = studio(gone=2)
    job = asyncio.run(lost.carry(lost.reserve(purchase="p2")))
    assert (job.state, job.charged) == ("expired", PRICE.micros)


@pytest.mark.parametrize("given_up", ["cancelled", "expired"])
def test_what_comes_after_it_was_given_up_is_fetched_all_the_same(
    studio: Callable[..., Studio], given_up: str
) -> None:
    here = studio(words=["queued"])
    job = asyncio.run(here.buyer().submit(here.reserve()))
    assert here.spend.move(job, given_up) is not None
    here.kiln.jobs["k1"].words = ["succeeded"]
    late = asyncio.run(here.buyer().look(job.key))
    assert (late.state, late.charged, here.kiln.posts) == ("verified", PRICE.micros, 1)
    assert here.home.store.sound(late.stored[0])


def test_a_vendor_that_goes_back_on_its_word_is_not_followed(
    studio: Callable[..., Studio],
) -> None:
    here = studio(words=["succeeded", "queued"], gone=1)
    job = asyncio.run(here.carry(here.reserve()))
    assert job.state == "verified"
    assert any("says queued of a job that is succeeded" in e.message for e in here.spend.events())


def test_what_is_no_clip_is_paid_and_said_so(studio: Callable[..., Studio]) -> None:
    here = studio(data=b"<html>Sign in</html>")
    job = asyncio.run(here.carry(here.reserve()))
    assert (job.state, job.charged) == ("failed", PRICE.micros)
    assert "not video/" in job.message


def test_a_key_revoked_on_the_way_leaves_the_job_where_it_is(
    studio: Callable[..., Studio],
) -> None:
    here = studio()
    here.kiln.revoked = True
    job = asyncio.run(here.carry(here.reserve()))
    assert (job.state, job.stopped) == ("queued", "the key was revoked")
    here.kiln.revoked = False
    assert asyncio.run(here.carry(job)).state == "verified"
    assert here.kiln.posts == 1


def test_a_call_broken_off_in_the_middle_is_never_simply_sent_again(
    studio: Callable[..., Studio],
) -> None:
    here = studio(meets=["hang"])
    job = here.reserve()

    async def stop_it() -> None:
        task = asyncio.create_task(here.carry(job))
        while not here.kiln.jobs:
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(stop_it())
    assert here.spend.get(job.key).state == "unknown"
    assert asyncio.run(here.carry(job)).state == "verified"
    assert here.kiln.posts == 1


@pytest.mark.parametrize("meets", ["ok", "drop", "never", "busy"])
def test_two_workers_on_one_job_make_one_purchase(
    studio: Callable[..., Studio], meets: str
) -> None:
    here = studio(meets=[meets])
    job = here.reserve()

    async def both() -> None:
        await asyncio.gather(*(here.carry(job, owner) for owner in ("one", "two", "three")))

    asyncio.run(both())
    assert len(here.kiln.jobs) == 1
    assert here.spend.totals("film") == (PRICE.micros, 0)


def test_the_ceiling_holds_while_sixteen_reserve_at_once(tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    clock = Clock()
    here = Studio(tmp_path, Kiln(clock), clock)
    wanted = [here.job(f"p{n}", reserved=70_000 + n) for n in range(64)]
    with ThreadPoolExecutor(16) as crew:
        found = list(
            crew.map(lambda job: here.spend.reserve(job, here.text, lambda: Caps(10**6)), wanted)
        )
    granted = [one for one in found if isinstance(one, PaidJob)]
    refused = [one for one in found if isinstance(one, Over)]
    assert sum(job.reserved for job in granted) <= 10**6
    assert len(granted) + len(refused) == 64
    # Nothing that would still have fitted was refused at the end.
    assert 10**6 - sum(job.reserved for job in granted) < 70_064
    here.spend.close()


def test_a_ceiling_lowered_on_the_way_stops_the_next_reservation(
    studio: Callable[..., Studio],
) -> None:
    here = studio()
    ceiling = [10**9]
    first = here.spend.reserve(here.job("a"), here.text, lambda: Caps(ceiling[0]))
    ceiling[0] = PRICE.micros
    second = here.spend.reserve(here.job("b"), here.text, lambda: Caps(ceiling[0]))
    assert isinstance(first, PaidJob)
    assert second == Over("film", PRICE.micros, 0)


def test_limits_of_a_stage_and_of_one_clip_hold_too(studio: Callable[..., Studio]) -> None:
    here = studio()
    price = PRICE.micros
    room = Caps(10**9, stage=3 * price, subject=price)
    assert isinstance(here.spend.reserve(here.job("a"), here.text, lambda: room), PaidJob)
    over = here.spend.reserve(here.job("b"), here.text, lambda: room)
    assert isinstance(over, Over)
    assert over.limit == "subject"
    narrow = Caps(10**9, stage=price)
    over = here.spend.reserve(here.job("c"), here.text, lambda: narrow)
    assert isinstance(over, Over)
    assert over.limit == "stage"


def test_the_vendors_rate_is_kept_across_workers(studio: Callable[..., Studio]) -> None:
    here = studio()
    for n in range(3):
        job = here.reserve(purchase=f"p{n}")
        taken = here.spend.send(job, owner="one", sent="", per_minute=2)
        assert goes(taken) == (n < 2)
    here.clock.seconds += 61
    job = here.spend.get("film/p2/1")
    assert goes(here.spend.send(job, owner="two", sent="", per_minute=2))


def test_a_clock_that_was_set_back_does_not_hold_up_what_is_sent(
    studio: Callable[..., Studio],
) -> None:
    here = studio()
    here.clock.step = timedelta(hours=1)
    for n in range(2):
        here.spend.send(here.reserve(purchase=f"p{n}"), owner="one", sent="", per_minute=2)
    here.clock.step = timedelta()
    job = here.reserve(purchase="after")
    assert goes(here.spend.send(job, owner="one", sent="", per_minute=2))


def test_cancelling_before_it_is_sent_costs_nothing(studio: Callable[..., Studio]) -> None:
    here = studio()
    job = asyncio.run(here.buyer().cancel(here.reserve().key))
    assert (job.state, job.charged) == ("cancelled", 0)
    assert asyncio.run(here.carry(job)).state == "cancelled"
    assert here.kiln.posts == 0
