"""Buying one take: sent at most once, looked up when the answer is lost, followed, fetched.

Everything here may be stopped at any instant and begun again, by the same process or another: the
row in the spend ledger says where the job stands, and only `intent` is ever sent.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

from stillreel.engine import asks
from stillreel.engine.states import AT_VENDOR, IN_THE_AIR, seen, step
from stillreel.errors import Busy, Gone, Lost, ProviderError
from stillreel.ledger.spend.nouns import HoldBack, PaidJob
from stillreel.providers.seam import Job, Unsure
from stillreel.values.instant import Instant
from stillreel.values.money import Money
from stillreel.values.sniff import media_type

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from stillreel.ledger.spend.book import SpendBook
    from stillreel.ledger.store import FileStore
    from stillreel.providers.offer import Offer
    from stillreel.providers.seam import Ask, Delivered, Motion, Still

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


@dataclass(frozen=True, slots=True)
class Home:
    """Where a film's files lie."""

    folder: Path
    store: FileStore


class Buyer:
    """Carries paid jobs through their providers; the spend ledger decides what may be sent."""

    def __init__(
        self,
        spend: SpendBook,
        *,
        home: Callable[[str], Home],
        provider: Callable[[str], Still | Motion],
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
            provider: returns a provider by its name in film.toml.
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

    async def submit(self, key: str) -> str:
        """Bring a job to the vendor, and return the key of the attempt that is there.

        A job whose answer was lost is looked up first; it is sent anew, as the next attempt, only
        when the vendor's own list proves that it never arrived.

        Raises:
            NotConfigured: the provider is not ready; nothing was sent.
        """
        job, refusals = self._spend.get(key), 0
        while not job.stopped or job.state in IN_THE_AIR:
            if job.state == "intent":
                job, pause = await self._send(job)
                if pause:
                    refusals += 1
                    if refusals > _MISSES:
                        return self._stop(job, f"{job.provider} takes no more for now").key
                    await self._sleep(min(max(pause, 2.0**refusals), _LONGEST_PAUSE))
            elif job.state in IN_THE_AIR:
                job = await self._look_up(job)
                if job.state == "unknown":
                    break
            else:
                break
        return job.key

    async def follow(self, key: str) -> str:
        """Look at a job until the vendor is done with it, and return its state."""
        job, misses = self._spend.get(key), 0
        able = self._provider(job.provider)
        while job.state in AT_VENDOR:
            try:
                job = self._learn(job, await able.poll(_told(job)))
                misses = 0
            except ProviderError as error:
                misses += 1
                if error.failure == "account" or misses > _MISSES:
                    return self._stop(job, error.what).state
            if job.state in AT_VENDOR:
                slower = 2.0 ** min(misses, 6)
                await self._sleep(min(able.offer.poll_every * slower, _LONGEST_PAUSE))
        return job.state

    async def collect(self, key: str) -> str:
        """Fetch and verify what was made, and return the state of the job."""
        job = self._spend.get(key)
        if job.state == "succeeded":
            job = await self._fetch(job)
        if job.state == "fetched":
            job = self._verify(job)
        return job.state

    async def cancel(self, key: str) -> PaidJob:
        """Stop a job if it was not sent yet, or if the vendor can."""
        job = self._spend.get(key)
        if job.state == "intent":
            return self._take(job, "cancelled", "it was never sent", charged=0)
        if job.state in AT_VENDOR:
            return self._learn(job, await self._provider(job.provider).cancel(_told(job)))
        return job

    async def _send(self, job: PaidJob) -> tuple[PaidJob, float]:
        """Make the one create call of an attempt; return the job and how long to hold back."""
        able = self._provider(job.provider)
        ask = asks.read(self._spend.asked(job.ask), self._home(job.film).folder)
        rate = int(able.offer.per_minute * self._pace)
        sent = self._watch()
        taken = self._spend.send(job, owner=self._owner, sent=str(sent), per_minute=rate)
        if isinstance(taken, HoldBack):
            return job, taken.seconds * self._pace
        if taken is None:
            return self._spend.get(job.key), 0.0
        late = self._watch().since(sent)
        if late is None or late > _SEND_WITHIN:
            return self._take(taken, "intent", "the machine stood still just before sending"), 0.0
        try:
            return await self._post(taken, able, ask), 0.0
        except Busy as error:
            return self._take(taken, "intent", error.what), max(error.after, 1.0)

    async def _post(self, job: PaidJob, able: Still | Motion, ask: Ask) -> PaidJob:
        try:
            async with asyncio.timeout(max(able.offer.timeout / self._pace, _LEAST_TIMEOUT)):
                told: Job = await able.submit(ask, job.tag)  # pyright: ignore[reportArgumentType] - the ask was made for this provider
        except Busy:
            raise
        except (Lost, TimeoutError) as error:
            return self._lost(job, str(error) or "no answer in time")
        except ProviderError as error:
            return self._refused(job, error)
        except BaseException:
            # Stopped in the middle, or a slip of the adapter: nobody knows whether it was sent.
            self._lost(job, "the call was broken off")
            raise
        return self._learn(job, told)

    async def _look_up(self, job: PaidJob) -> PaidJob:
        able = self._provider(job.provider)
        offer, began, unsure = able.offer, self._watch(), 0
        while job.state in IN_THE_AIR:
            quiet = self._quiet_for(job, began)
            if job.state == "submitting" and quiet > offer.timeout / self._pace:
                job = self._lost(job, "no answer was recorded")
            # A look proves absence only if it begins when the call can no longer be under way.
            due = quiet >= self._quarantine(offer)
            found = await self._found(able, job)
            if isinstance(found, Job):
                return self._learn(self._spend.get(job.key), found)
            if due and found is None:
                why = f"{job.provider} does not have it: it never arrived"
                return self._spend.again(job, self._tag(), why) or self._spend.get(job.key)
            unsure += due
            if offer.lookup == "none" or unsure >= _LOOKS:
                reason = found.reason if found else "the vendor cannot say"
                return self._lost(job, reason)
            await self._sleep(offer.poll_every)
            job = self._spend.get(job.key)
        return job

    async def _found(self, able: Still | Motion, job: PaidJob) -> Job | Unsure | None:
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
        whole = offer.timeout + offer.accept_longest + offer.list_lag + _MARGIN
        return whole / self._pace

    async def _fetch(self, job: PaidJob) -> PaidJob:
        able, misses, renewed = self._provider(job.provider), 0, False
        while job.state == "succeeded":
            try:
                return self._keep(job, await able.fetch(_told(job)))
            except Gone as error:
                if renewed:
                    return self._take(job, "expired", error.what)
                # A link that has run out may be given anew.
                job, renewed = self._learn(job, await able.poll(_told(job))), True
            except ProviderError as error:
                misses += 1
                if error.failure == "account" or misses > _MISSES:
                    return self._stop(job, error.what)
                await self._sleep(min(2.0**misses, _LONGEST_PAUSE))
        return job

    def _keep(self, job: PaidJob, files: tuple[Delivered, ...]) -> PaidJob:
        store = self._home(job.film).store
        kept = [store.keep(one.data, media_type(one.data), one.role) for one in files]
        told = json.dumps([astuple(one) for one in kept])
        return self._take(job, "fetched", files=told, stopped="")

    def _verify(self, job: PaidJob) -> PaidJob:
        store = self._home(job.film).store
        if not job.stored:
            return self._take(job, "failed", f"{job.provider} says it is done, without a file")
        kind = "video/" if job.stage == "clip" else "image/"
        main = job.stored[0]
        if not main.media_type.startswith(kind):
            told = f"what came back is {main.media_type}, not {kind}"
            return self._take(job, "failed", told)
        if not all(store.sound(file) for file in job.stored):
            return self._take(self._take(job, "verified"), "succeeded", "a file was damaged here")
        return self._take(job, "verified")

    def _learn(self, job: PaidJob, told: Job) -> PaidJob:
        """Write down what a provider says of a job."""
        facts = {
            "vendor_id": told.vendor_id or job.vendor_id,
            "handle": told.handle or job.handle,
            "model": told.model or job.model,
            "failure": told.failure or "",
            "message": told.message,
            "warning": told.warning,
            "expires_at": told.expires_at or job.expires_at,
            "queue_seconds": _or(told.queue_seconds, job.queue_seconds),
            "run_seconds": _or(told.run_seconds, job.run_seconds),
            "charged": told.charged.micros if told.charged is not None else job.charged,
            "stopped": "",
        }
        state = "submitted" if told.state == "unknown" else seen(told.state)
        same = all(getattr(job, name) == value for name, value in facts.items())
        if same and state == job.state:
            return job
        if told.files:
            # A vendor that answers at once keeps nothing: the file comes first, then the word.
            job = self._take(job, "succeeded", told.warning, **facts)
            return self._keep(job, told.files)
        return self._take(job, state, told.message or told.warning, **facts)

    def _refused(self, job: PaidJob, error: ProviderError) -> PaidJob:
        if error.charged == "unknown":
            return self._lost(job, error.what)
        charged = 0 if error.charged == "no" else job.reserved
        facts = {"failure": error.failure, "charged": charged}
        return self._take(job, "failed", error.what, **facts)

    def _lost(self, job: PaidJob, why: str) -> PaidJob:
        return self._take(job, "unknown", why, warning="no answer came to the create call")

    def _stop(self, job: PaidJob, why: str) -> PaidJob:
        return self._take(job, job.state, why, stopped=why)

    def _take(self, job: PaidJob, state: str, said: str = "", **facts: object) -> PaidJob:
        """Take a step; when somebody else was quicker, see what they know and leave it at that."""
        if said:
            facts.setdefault("message", said)
        to = step(seen(job.state), seen(state))
        moved = self._spend.move(job, to, said, **facts)
        if moved is not None:
            return moved
        now = self._spend.get(job.key)
        # Whoever has an answer goes on, even if another took the call for lost in the meantime.
        if now.state in IN_THE_AIR and to not in IN_THE_AIR:
            return self._take(now, to, said, **facts)
        return now

    async def _sleep(self, seconds: float) -> None:
        await self._wait(seconds / self._pace)


def _told(job: PaidJob) -> Job:
    """Return the job as its provider knows it."""
    state = job.state if job.state != "submitted" else "queued"
    return Job(
        provider=job.provider,
        key=job.tag,
        vendor_id=job.vendor_id,
        state=state,  # pyright: ignore[reportArgumentType] - only asked where the vendor has it
        charged=None if job.charged is None else Money(job.charged),
        message=job.message,
        model=job.model,
        handle=job.handle,
        expires_at=job.expires_at,
    )


def _or(new: float | None, old: float | None) -> float | None:
    return old if new is None else new
