"""The till: where a film's asks are bought, one purchase for one take."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from stillreel.engine import asks
from stillreel.engine.money import refusal
from stillreel.engine.states import OVER, STATES, WAITS, may_reroll
from stillreel.engine.together import together
from stillreel.errors import BadOutput, GateError, Gone, Lost, ProviderError, Refused
from stillreel.ledger.spend.book import next_attempt
from stillreel.ledger.spend.nouns import Over, PaidJob
from stillreel.values import digest as digests
from stillreel.values.digest import seed_of
from stillreel.values.money import Money

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from stillreel.engine.durable import Engine
    from stillreel.engine.money import Ceilings
    from stillreel.engine.record import Home
    from stillreel.errors import Charged, Failure
    from stillreel.ledger.spend.book import SpendBook
    from stillreel.providers.ask import Sold
    from stillreel.providers.seam import Quote
    from stillreel.values.take import Stage

_GREETING = 1.0
"""Most seconds that a run waits for the vendors' first answers before it starts the engine."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be bought."""

    purchase: str
    """Id of the take it will be."""
    stage: Stage
    provider: str
    ask: Sold
    quote: Quote


class Till:
    """Reserves, has carried, and settles the purchases of one film."""

    def __init__(
        self,
        film: str,
        spend: SpendBook,
        home: Home,
        *,
        engine: Callable[[], Engine],
        ceilings: Callable[[], Ceilings],
        tag: Callable[[], str],
    ) -> None:
        """Open the till of one film.

        Args:
            film: id of the film.
            spend: the spend ledger.
            home: where the film's files lie.
            engine: returns the engine that carries jobs; asked only once something is to be bought.
            ceilings: reads what the film may cost, each time something is to be bought.
            tag: makes a random word that was never used.
        """
        self.film = film
        self.spend = spend
        self._home = home
        self._engine = engine
        self._ceilings = ceilings
        self._tag = tag
        self._looks: tuple[asyncio.Future[PaidJob], ...] = ()
        spend.enrol(film, str(home.folder))

    async def buy(self, order: Order) -> PaidJob:
        """Return the job that brought the take; a take that is bought already costs nothing.

        Raises:
            GateError: its price at worst would pass a ceiling; nothing was sent.
            Lost: the answer is lost and the vendor cannot say; a person must settle it.
            ProviderError: it failed, was refused, or waits for something that must be mended.
        """
        job = self.spend.latest(self.film, order.purchase)
        if job is not None and not _worth_asking(job):
            raise trouble(job)
        while True:
            job, fresh = self._reserve(order, job)
            if job.state != "verified":
                job = await self._engine().carry(job, fresh=fresh)
            if job.state == "verified":
                return job
            if job.state != "failed" or not may_reroll(_class(job), job.charged, job.attempt):
                raise trouble(job)

    async def call_off(self, purchase: str) -> None:
        """Stop a purchase that is under way, if its vendor can; what comes all the same is kept."""
        job = self.spend.latest(self.film, purchase)
        if job is not None and job.state not in OVER:
            await self._engine().once(job, stop=True)

    def money(self) -> tuple[Money, Money]:
        """Return what the film has cost so far, and what is held for jobs under way."""
        charged, held = self.spend.totals(self.film)
        return Money(charged), Money(held)

    def gather(self, orders: Sequence[Order]) -> None:
        """Reserve takes of one picture that are all about to be bought, to share a create call.

        What is bought or under way already is left alone, and so is what would pass a ceiling:
        whoever buys that is told so.

        Args:
            orders: their asks differ in take and seed alone.
        """
        call = self._tag()
        with suppress(GateError):
            for order in orders:
                if self.spend.latest(self.film, order.purchase) is None:
                    self._reserve(order, None, call)

    def under_way(self, purchase: str) -> bool:
        """Say whether a take is bought, or is being bought."""
        job = self.spend.latest(self.film, purchase)
        return job is not None and job.state not in {"failed", "cancelled", "expired"}

    def left(self) -> tuple[PaidJob, ...]:
        """Return what is under way, or may still come late, soonest to run out first."""
        under_way = [state for state in STATES if state not in OVER]
        jobs = self.spend.all(self.film, under_way)
        jobs += tuple(
            job
            for job in self.spend.all(self.film, ("cancelled", "expired"))
            if job.vendor_id and job.charged is None
        )
        return tuple(
            sorted(jobs, key=lambda job: (job.state != "succeeded", job.expires_at or "~"))
        )

    async def greet(self) -> None:
        """Ask the vendors about what is under way, before anything else of a run takes its time.

        What runs out first is asked after first. No answer is waited for long: `finish` has them.
        """
        if not self._looks and (jobs := self.left()):
            engine = self._engine()
            self._looks = tuple(asyncio.ensure_future(engine.once(job)) for job in jobs)
            await asyncio.wait(self._looks, timeout=_GREETING)

    async def finish(self) -> tuple[PaidJob, ...]:
        """Carry what is still under way from before, and return how each job ended."""
        await self.greet()
        looked, self._looks = await asyncio.gather(*self._looks), ()
        ended = await together(*(self._engine().carry(job) for job in looked))
        # What was cancelled or given up was told when it was; here it may only have come late.
        return tuple(job for job in ended if job.state not in {"cancelled", "expired"})

    def asked(self, job: PaidJob) -> Sold:
        """Return what a job asks."""
        return asks.read(self.spend.asked(job.ask), self._home)

    def _reserve(
        self, order: Order, before: PaidJob | None, call: str = ""
    ) -> tuple[PaidJob, bool]:
        """Return the job of an order, and whether it was written just now."""
        again = before is not None and before.state in {"failed", "cancelled", "expired"}
        if before is not None and not again:
            return before, False
        # Another attempt at the same take is another throw of the dice.
        attempt = before.attempt + 1 if before is not None else 1
        seed = order.ask.seed if attempt == 1 else seed_of(order.purchase, attempt)
        text = asks.written(replace(order.ask, seed=seed), self._home.folder)
        digest = digests.of_parts((text,))
        worst = order.quote.high
        fresh = PaidJob(
            film=self.film,
            purchase=order.purchase,
            attempt=1,
            stage=order.stage,
            subject=order.ask.subject,
            provider=order.provider,
            tag=self._tag(),
            state="intent",
            reserved=worst.micros,
            ask=digest,
            number=order.ask.take,
            call=call,
        )
        if before is not None:
            fresh = replace(next_attempt(before, fresh.tag, digest), reserved=worst.micros)
        stage = order.stage
        found = self.spend.reserve(fresh, text, lambda: self._ceilings().caps(stage))
        if isinstance(found, Over):
            raise refusal(found, stage, order.ask.subject, worst)
        return found, found.tag == fresh.tag


def trouble(job: PaidJob) -> ProviderError | GateError:
    """Return the error that the end of a job stands for."""
    charged: Charged = "no" if job.charged == 0 else "yes" if job.charged else "unknown"
    why = (job.stopped or job.message or job.state).rstrip(".")
    what = f"{job.provider} did not make {job.subject}: {why}."
    anew = _ANEW.get(job.stage, "stillreel redo")
    if job.state == "unknown":
        return Lost(
            f"Nobody knows whether {job.provider} has {job.subject}: {why}.",
            where=job.subject,
            next_step="Look at the vendor's own page, then say what you found: stillreel settle.",
            charged="unknown",
        )
    if job.stopped and job.failure == WAITS:
        return GateError(job.stopped, where=job.subject, next_step="Then run again.")
    if job.stopped:
        charged = "no" if job.state == "intent" else charged
        return ProviderError(
            what,
            where=job.subject,
            next_step="Mend that and run again; the job is where it was and is not paid twice.",
            charged=charged,
        )
    if job.state == "expired":
        return Gone(
            what,
            where=job.subject,
            next_step=f"Ask for another take with {anew}.",
            charged=charged,
        )
    if not job.failure:
        return BadOutput(
            what,
            where=job.subject,
            next_step=f"Ask anew with {anew}, or name another provider in film.toml.",
            charged=charged,
        )
    failure = _class(job) or "provider"
    paid = f"Ask for another take with {anew}; it is not asked again by itself."
    return Refused(
        what,
        where=job.subject,
        next_step=paid if charged == "yes" else job.mend or _MEND[failure],
        charged=charged,
        failure=failure,
    )


_ANEW = {"plan": "stillreel plan --again", "judge": "another wording of the question"}

_MEND: dict[str, str] = {
    "moderation-input": "Change the prompt or the picture that it names.",
    "moderation-output": "It was tried again with other seeds; change the prompt, or the platform.",
    "real-person": "Draw the person less like a photograph, or name another platform in film.toml.",
    "invalid": "Change the plan, or name another provider in film.toml.",
    "account": "Mend the account with the vendor, then run again.",
    "rate": "Run again later.",
    "provider": "Run again, or name another provider in film.toml.",
}


def _worth_asking(job: PaidJob) -> bool:
    """Say whether a run may go on with a purchase, or ask again for one that ended for nothing.

    What was charged, cancelled, or refused for what it asks is only asked again by a person's redo.
    """
    if job.state not in {"failed", "cancelled", "expired"}:
        return True
    mended = job.failure in {"", "account", "provider", "rate"}
    return job.state == "failed" and job.charged == 0 and mended


def _class(job: PaidJob) -> Failure | None:
    return job.failure if job.failure in _MEND else None  # pyright: ignore[reportReturnType] - checked
