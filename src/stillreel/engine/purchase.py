"""Buying one take: sent at most once, looked up when the answer is lost, followed, fetched.

Everything here may be stopped at any instant and begun again, by the same process or another: the
row in the spend ledger says where the job stands, and only `intent` is ever sent.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from typing import TYPE_CHECKING

from stillreel.engine import asks
from stillreel.engine.create import create, room
from stillreel.engine.record import Record, told
from stillreel.engine.states import AT_VENDOR, IN_THE_AIR
from stillreel.errors import Busy, Gone, ProviderError
from stillreel.ledger.spend.nouns import HoldBack, PaidJob
from stillreel.providers.seam import Job, Unsure
from stillreel.values.instant import Instant

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from stillreel.engine.record import Home
    from stillreel.ledger.spend.book import SpendBook
    from stillreel.providers.ask import Sold
    from stillreel.providers.offer import Offer
    from stillreel.providers.seam import Seller

_SEND_WITHIN = 1.0
"""Seconds from the written intent to the create call: a process that was frozen must not send."""
_MARGIN = 2.0
"""Seconds added to a quarantine, for clocks that do not tick alike."""
_LOOKS = 3
"""How often a vendor that is not sure is asked once the quarantine is over."""
_MISSES = 20
"""How often looking at, fetching or sending a job may fail in a row before it is left for later."""
_LONGEST_PAUSE = 60.0
_LEAST_TIMEOUT = 5.0


class Buyer:
    """Carries paid jobs through their providers; the spend ledger decides what may be sent."""

    def __init__(
        self,
        spend: SpendBook,
        *,
        home: Callable[[str], Home],
        provider: Callable[[PaidJob], Seller],
        watch: Callable[[], Instant],
        tag: Callable[[], str],
        owner: str,
        pace: float = 1.0,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Tie the ledger to the vendors.

        Args:
            spend: the spend ledger.
            home: returns where a film's files lie, by its id.
            provider: returns the provider of a job.
            watch: reads the machine's stopwatch.
            tag: makes a random word that was never used.
            owner: who works here, for the ledger.
            pace: how many times faster than a real one the vendor's clock runs, in rehearsal.
            sleep: waits for so many seconds.
        """
        self._spend = spend
        self._home = home
        self._provider = provider
        self._watch = watch
        self._tag = tag
        self._owner = owner
        self._pace = pace
        self._wait = sleep
        self._record = Record(spend, home)
        self._calls: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    def get(self, key: str) -> PaidJob:
        """Return a job as the spend ledger has it; a step of one that has moved since sees that."""
        return self._spend.get(key)

    async def submit(self, job: PaidJob) -> PaidJob:
        """Bring a job to the vendor, and return the attempt that is there.

        A job whose answer was lost is looked up first; it is sent anew, as the next attempt, only
        when the vendor's own list proves that it never arrived. Takes that share a create call
        wait for whichever of them makes it.

        Raises:
            NotConfigured: the provider is not ready; nothing was sent.
        """
        if not job.call:
            return await self._brought(job)
        async with self._calls[job.call]:
            return await self._brought(self.get(job.key))

    async def _brought(self, job: PaidJob) -> PaidJob:
        job, refusals = self.take_up(job), 0
        while not job.stopped and job.state in IN_THE_AIR | {"intent"}:
            if job.state != "intent":
                job = await self._look_up(job)
                continue
            job, pause = await self._send(job)
            if pause:
                refusals += 1
                if refusals > _MISSES:
                    return self._record.stop(job, f"{job.provider} takes no more for now")
                await self._sleep(min(max(pause, 2.0**refusals), _LONGEST_PAUSE))
        return job

    async def follow(self, job: PaidJob) -> PaidJob:
        """Look at a job until the vendor is done with it."""
        able, misses = self._provider(job), 0
        while job.state in AT_VENDOR:
            try:
                job = self._record.learn(job, await able.poll(told(job)))
                misses = 0
            except ProviderError as error:
                # Made, paid and thrown away; one that is merely not known may be too new.
                if isinstance(error, Gone) and error.charged == "yes":
                    return self._record.take(job, "expired", error.what)
                misses += 1
                if error.failure == "account" or misses > _MISSES:
                    return self._record.stop(job, error.what)
            if job.state in AT_VENDOR:
                slower = 2.0 ** min(misses, 6)
                await self._sleep(min(able.offer.poll_every * slower, _LONGEST_PAUSE))
        return job

    async def look(self, key: str) -> PaidJob:
        """Look at a job once, without waiting, and fetch its result if it is there.

        One that was cancelled or given up may have been made all the same: what was paid for is
        fetched, however late.
        """
        job = self._spend.get(key)
        if job.vendor_id and job.state in AT_VENDOR | {"cancelled", "expired"}:
            job = self._record.learn(job, await self._provider(job).poll(told(job)))
        return await self.collect(job)

    async def collect(self, job: PaidJob) -> PaidJob:
        """Fetch and verify what was made."""
        able, misses, renewed = self._provider(job), 0, False
        while job.state == "succeeded":
            try:
                if renewed:
                    # A link that has run out may be given anew by another look.
                    job = self._record.learn(job, await able.poll(told(job)))
                if job.state != "succeeded":
                    return job
                return self._record.keep(job, await able.fetch(told(job)))
            except Gone as error:
                if renewed:
                    return self._record.take(job, "expired", error.what)
                renewed = True
            except ProviderError as error:
                misses += 1
                if error.failure == "account" or misses > _MISSES:
                    return self._record.stop(job, error.what)
                await self._sleep(min(2.0**misses, _LONGEST_PAUSE))
        return job

    async def cancel(self, key: str) -> PaidJob:
        """Stop a job if it was not sent yet, or if the vendor can."""
        job = self._spend.get(key)
        if job.state == "intent":
            return self._record.take(job, "cancelled", "it was never sent", charged=0)
        if job.state in AT_VENDOR:
            return self._record.learn(job, await self._provider(job).cancel(told(job)))
        return job

    def take_up(self, job: PaidJob) -> PaidJob:
        """Go on with a job that was left."""
        return self._record.take(job, job.state, stopped="") if job.stopped else job

    def leave(self, key: str, why: str, failure: str = "") -> None:
        """Leave a job where it is, for a person or a later run, and say why."""
        self._record.stop(self._spend.get(key), why, failure)

    async def _send(self, job: PaidJob) -> tuple[PaidJob, float]:
        """Make the one create call of an attempt; return the job and how long to hold back."""
        able = self._provider(job)
        rate = int(able.offer.per_minute * self._pace)
        ours = (job, *self._spend.fellows(job)[: room(able, rate) - 1])
        asked = {one.key: self._asked(one) for one in ours}
        sent = self._watch()
        taken = self._spend.send(*ours, owner=self._owner, sent=str(sent), per_minute=rate)
        if isinstance(taken, HoldBack):
            return job, taken.seconds * self._pace
        if not taken:
            return self._spend.get(job.key), 0.0
        late = self._watch().since(sent)
        if late is None or late > _SEND_WITHIN:
            return self._put_back(taken, "the machine stood still just before sending"), 0.0
        told = [asked[one.key] for one in taken]
        patience = self._patience(able.offer)
        try:
            job, *_ = await create(able, taken, told, self._record, patience=patience)
        except Busy as error:
            return self._put_back(taken, error.what), max(error.after, 1.0)
        return job, 0.0

    def _put_back(self, jobs: Sequence[PaidJob], why: str) -> PaidJob:
        job, *_ = [self._record.take(job, "intent", why) for job in jobs]
        return job

    def _asked(self, job: PaidJob) -> Sold:
        return asks.read(self._spend.asked(job.ask), self._home(job.film))

    async def _look_up(self, job: PaidJob) -> PaidJob:
        able = self._provider(job)
        offer, began, unsure = able.offer, self._watch(), 0
        while job.state in IN_THE_AIR:
            quiet = self._quiet_for(job, began)
            if job.state == "submitting" and quiet > self._patience(offer):
                job = self._record.lost(job, "no answer was recorded")
            # A look proves absence only if it begins when the call can no longer be under way.
            due = quiet >= self._quarantine(offer)
            found = await self._found(able, job)
            if isinstance(found, Job):
                return self._record.learn(self._spend.get(job.key), found)
            if due and found is None:
                why = f"{job.provider} does not have it: it never arrived"
                return self._spend.again(job, self._tag(), why) or self._spend.get(job.key)
            unsure += due
            # A call that is shared may be another worker's, which still waits for the answer.
            theirs = job.state == "submitting" and job.call and job.owner != self._owner
            if (offer.lookup == "none" and not theirs) or unsure >= _LOOKS:
                why = found.reason if found else "the vendor cannot say"
                return self._record.stop(self._record.lost(job, "no answer was recorded"), why)
            await self._sleep(offer.poll_every)
            job = self._spend.get(job.key)
        return job

    async def _found(self, able: Seller, job: PaidJob) -> Job | Unsure | None:
        try:
            return await able.find(job.tag)
        except ProviderError as error:
            return Unsure(error.what)

    def _quiet_for(self, job: PaidJob, began: Instant) -> float:
        """Return for how long at least nothing can have been sent of a job."""
        now, sent = self._watch(), Instant.parse(job.sent)
        since = now.since(sent) if sent else None
        # Sent by another machine, or before a restart: only what was seen here counts.
        return since if since is not None else now.since(began) or 0.0

    def _quarantine(self, offer: Offer) -> float:
        """Return after how long a look that does not find a job proves that it is not there."""
        after = offer.accept_longest + offer.list_lag + _MARGIN
        return self._patience(offer) + after / self._pace

    def _patience(self, offer: Offer) -> float:
        """Return for how long a create call may be in the air."""
        return max(offer.timeout / self._pace, _LEAST_TIMEOUT)

    async def _sleep(self, seconds: float) -> None:
        await self._wait(seconds / self._pace)
