"""A vendor in memory, its provider, and a clock that only sleeping moves."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from stillreel.errors import Busy, Gone, Lost, ProviderError, Refused
from stillreel.providers.ask import Ask
from stillreel.providers.offer import Offer
from stillreel.providers.seam import Delivered, Job, Quote, Status, Unsure
from stillreel.values.instant import Instant
from stillreel.values.money import Money

MP4 = b"\x00\x00\x00\x18ftypisom\x00\x00\x00\x00isommp42" + bytes(16)
PRICE = Money(1_500_000)


class Clock:
    """Stands still unless somebody sleeps."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.boot = "one"
        self.step = timedelta()
        self.at_sleep: list[Callable[[], None]] = []

    def watch(self) -> Instant:
        return Instant(self.boot, self.seconds)

    def now(self) -> str:
        then = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=self.seconds) + self.step
        return then.isoformat(timespec="microseconds")

    async def sleep(self, seconds: float) -> None:
        self.seconds += seconds
        for act in self.at_sleep:
            act()
        await asyncio.sleep(0)


@dataclass
class Held:
    """One job as the vendor has it."""

    tag: str
    ask: Ask
    at: float
    words: list[str]
    billed: bool = False


@dataclass
class Kiln:
    """A platform whose every answer can be set: what a create call meets, and what looks say."""

    clock: Clock
    lookup: Literal["tag", "none"] = "tag"
    meets: list[str] = field(default_factory=list)
    """What the next create calls meet: `ok`, `drop` (made, no answer), `never` (no answer, not
    made), `busy`, `refuse`, `unpaid`, `hang`, `paid-refusal`."""
    words: list[str] = field(default_factory=lambda: ["queued", "running", "succeeded"])
    lag: float = 5.0
    """Seconds until a job shows up in the list."""
    fails: str = ""
    """Class of the failure that a job ends with."""
    unheard: int = 0
    """How many looks at a new job do not know it yet."""
    gone: int = 0
    """How many fetches find the link run out."""
    data: bytes = MP4
    posts: int = 0
    jobs: dict[str, Held] = field(default_factory=dict)
    revoked: bool = False
    forgets: bool = False
    """Whether looks find that the vendor has thrown the job away."""

    id = "kiln"

    @property
    def offer(self) -> Offer:
        return Offer(
            provider="kiln",
            dated=date(2026, 1, 1),
            makes="motion",
            model="kiln 1",
            version="1",
            lookup=self.lookup,
            list_lag=5,
            accept_longest=10,
            timeout=20,
            poll_every=5.0,
        )

    def status(self) -> Status:
        return Status("ready")

    def quote(self, ask: Ask) -> Quote:
        return Quote(PRICE, PRICE)

    async def submit(self, ask: Ask, key: str) -> Job:
        self.posts += 1
        what = self.meets.pop(0) if self.meets else "ok"
        if what == "busy":
            raise Busy("the kiln is full", after=7.0)
        if what == "refuse":
            raise Refused("a face too real", failure="real-person")
        if what == "unpaid":
            raise Refused(
                "no credit is left", next_step="Add credit at the kiln.", failure="account"
            )
        if what == "paid-refusal":
            raise ProviderError("it broke after firing", charged="yes")
        if what == "never":
            raise Lost("the line went dead", charged="unknown")
        vendor_id = f"k{len(self.jobs) + 1}"
        self.jobs[vendor_id] = Held(key, ask, self.clock.seconds, list(self.words))
        if what == "drop":
            raise Lost("the line went dead", charged="unknown")
        if what == "hang":
            await asyncio.Event().wait()
        return self._job(vendor_id, "queued")

    async def poll(self, job: Job) -> Job:
        if self.revoked:
            raise ProviderError("the key was revoked", failure="account")
        if self.forgets:
            raise Gone("the kiln has thrown it away", charged="yes")
        if self.unheard:
            self.unheard -= 1
            raise Gone("the kiln does not know it", charged="unknown")
        held = self.jobs[job.vendor_id]
        word = held.words.pop(0) if len(held.words) > 1 else held.words[0]
        held.billed |= word == "succeeded"
        return self._job(job.vendor_id, word)

    async def fetch(self, job: Job) -> tuple[Delivered, ...]:
        if self.gone:
            self.gone -= 1
            raise Gone("the link has run out")
        return (Delivered(self.data, "video/mp4"),)

    async def find(self, key: str) -> Job | Unsure | None:
        if self.lookup == "none":
            return Unsure("the kiln keeps no list")
        for vendor_id, held in self.jobs.items():
            if held.tag == key and self.clock.seconds - held.at >= self.lag:
                return self._job(vendor_id, "running")
        return None

    async def cancel(self, job: Job) -> Job:
        return replace(job, state="cancelled", charged=Money())

    def _job(self, vendor_id: str, word: str) -> Job:
        held = self.jobs[vendor_id]
        known = {"queued", "running", "succeeded", "failed", "cancelled", "expired"}
        state = word if word in known else "running"
        charged = PRICE if word == "succeeded" else Money() if word == "failed" else None
        return Job(
            provider="kiln",
            key=held.tag,
            vendor_id=vendor_id,
            state=state,
            charged=charged,
            message="it cracked" if word == "failed" else "",
            failure=self.fails or "provider" if word == "failed" else None,
            warning="" if word in known else f"an unknown word: {word}",
            model="kiln 1",
        )
