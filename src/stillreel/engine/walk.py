"""The walk: asks in, takes out, each one recorded before anybody relies on it."""

from __future__ import annotations

import json
import time
from collections import defaultdict
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from stillreel.engine.create import room
from stillreel.engine.hands import Hands, perform
from stillreel.engine.pieces import Pieces
from stillreel.engine.reasons import basis_of, parts_of, why
from stillreel.engine.till import Order, trouble
from stillreel.engine.vault import Vault
from stillreel.errors import BadOutput, Refused
from stillreel.providers import fit, registry
from stillreel.providers.ask import JudgeAsk, MotionAsk, WriteAsk
from stillreel.providers.seam import Piecewise
from stillreel.values import digest as digests
from stillreel.values.money import Money
from stillreel.values.sniff import media_type
from stillreel.values.take import Take

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from stillreel.engine.till import Till
    from stillreel.errors import GateError, ProviderError
    from stillreel.ledger.book import Ledger
    from stillreel.ledger.nouns import Score
    from stillreel.ledger.spend.nouns import PaidJob
    from stillreel.ledger.store import FileStore
    from stillreel.providers.ask import Ask, StillAsk
    from stillreel.providers.seam import Delivered, Job, Quote
    from stillreel.values.take import Stage, StoredFile

P = ParamSpec("P")
R = TypeVar("R")


def take_id(ask: Ask, provider: str, version: str) -> str:
    """Return the identity of a take: the digest of everything that makes it."""
    return digests.of_value({"ask": ask, "provider": provider, "version": version})


class Walk:
    """Work on one film: the ledger remembers, the store keeps, worker processes draw."""

    def __init__(
        self,
        ledger: Ledger,
        store: FileStore,
        hands: Hands,
        *,
        till: Till,
        clock: Callable[[], str],
        notify: Callable[[Take, bool], None],
    ) -> None:
        """Tie the three together.

        Args:
            ledger: where takes are recorded.
            store: where their bytes lie.
            hands: where local providers run.
            till: where asks that cost money are bought.
            clock: returns the time as UTC ISO 8601.
            notify: called with each take, and whether it was made just now.
        """
        self._ledger = ledger
        self._vault = Vault(ledger, store)
        self._hands = hands
        self._till = till
        self._clock = clock
        self._notify = notify
        self._locks: defaultdict[str, asyncio.Lock] = _locks()
        self._pieces = Pieces(ledger, hands, self._vault.whole)

    async def still(
        self, ask: StillAsk, provider: str, *, rival: bool = False, beside: Sequence[StillAsk] = ()
    ) -> Take:
        """Return the take of a still: a person's choice, the recorded one, or a new one."""
        able = registry.still(provider)
        stage: Stage = "sheet" if ask.kind == "sheet" else "grid"
        if beside and not able.offer.local and room(able) > 1:
            orders = _alike(ask, beside, stage, provider)
            self._till.gather([one for one in orders if self._ledger.take(one.purchase) is None])
        return await self._take(ask, stage, provider, able.offer.version, able.quote(ask), rival)

    async def motion(self, ask: MotionAsk, provider: str, *, rival: bool = False) -> Take:
        """Return the take of a clip: a person's choice, the recorded one, or a new one."""
        # What it made before is there without its key.
        able = registry.motion(provider, ready=False)
        return await self._take(ask, "clip", provider, able.offer.version, able.quote(ask), rival)

    def money(self) -> tuple[Money, Money]:
        """Return what the film has cost so far, and what is held for jobs under way."""
        return self._till.money()

    def begun(self, ask: MotionAsk, provider: str) -> bool:
        """Say whether a provider has made this already, or is being paid to."""
        key = take_id(ask, provider, registry.offer(provider).version)
        return self._ledger.take(key) is not None or self._till.under_way(key)

    async def call_off(self, ask: MotionAsk, provider: str) -> None:
        """Have a clip that is not wanted any more stopped, if its provider can still do that."""
        await self._till.call_off(take_id(ask, provider, registry.offer(provider).version))

    async def compute(self, call: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a picklable pure function in a worker process."""
        return await self._hands.do(call, *args, **kwargs)

    def keep(self, data: bytes, media_type: str, role: str = "main") -> StoredFile:
        """Put bytes into the store and return what they are known by."""
        return self._vault.keep(data, media_type, role)

    def attach(self, take: Take, files: Sequence[StoredFile]) -> Take:
        """Record files cut from a take and return the take with them."""
        self._ledger.add_files(take.id, files)
        roles = {file.role for file in take.files}
        return replace(take, files=(*take.files, *(f for f in files if f.role not in roles)))

    def recorded(self, take_id: str) -> Take | None:
        """Return a take that was recorded before, if all its files are whole."""
        take = self._ledger.take(take_id)
        return take if take and all(self.sound(file) for file in take.files) else None

    def enter(self, take: Take, message: str) -> Take:
        """Record a take that was made here out of others; return it as it is recorded."""
        made = replace(take, made_at=self._clock())
        self._ledger.record(made, message)
        self._notify(made, True)
        return made

    def note(self, score: Score) -> None:
        """Record a measured figure of a take."""
        self._ledger.score(score)

    def noted(self, take: Take) -> dict[str, Score]:
        """Return the figures measured of a take before, by kind."""
        return {score.kind: score for score in self._ledger.scores(take.id)}

    def path(self, digest: str) -> Path:
        """Return where the bytes of a digest lie."""
        return self._vault.path(digest)

    def sound(self, file: StoredFile) -> bool:
        """Say whether a stored file is whole, trusting one that looks as it did when last read."""
        return self._vault.sound(file)

    async def _take(
        self, ask: Ask, stage: Stage, provider: str, version: str, quote: Quote, rival: bool
    ) -> Take:
        if not rival and (chosen := self._picked(stage, ask.subject, parts_of(ask, version))):
            self._notify(chosen, False)
            return chosen
        key = take_id(ask, provider, version)
        parts = parts_of(ask, version)
        async with self._locks[key]:
            recorded = self._ledger.take(key)
            if recorded is not None and all(self.sound(file) for file in recorded.files):
                self._notify(recorded, False)
                return recorded
            if recorded is not None:
                self._vault.report_damage(recorded)
            before = self._ledger.latest(stage, ask.subject, provider)
            made = await self._make(ask, stage, provider, key, quote, parts)
            damaged = recorded is not None
            self._ledger.record(made, why(_parts_in(before), parts, damaged=damaged))
            self._notify(made, True)
            return made

    async def _make(
        self,
        ask: Ask,
        stage: Stage,
        provider: str,
        key: str,
        quote: Quote,
        parts: dict[str, str],
    ) -> Take:
        makes = "motion" if stage == "clip" else "still"
        able = registry.motion(provider) if makes == "motion" else registry.still(provider)
        began = time.monotonic()
        if able.offer.local and isinstance(able, Piecewise) and isinstance(ask, MotionAsk):
            job, files = await self._pieces.carry(provider, ask, key)
        elif able.offer.local:
            hands = self._hands.lone if able.offer.alone else self._hands
            job, files = await hands.do(perform, provider, makes, ask, key)
        else:
            job = await self._till.buy(Order(key, stage, provider, ask, quote))
            return self._of(job, ask, parts)
        _must_be_good(job, files, ask.subject)
        kept = tuple(self.keep(file.data, media_type(file.data), file.role) for file in files)
        return Take(
            id=key,
            stage=stage,
            subject=ask.subject,
            provider=provider,
            model=job.model or able.offer.model,
            number=ask.take,
            files=kept,
            prompt=ask.prompt,
            seed=ask.seed,
            parameters=_told(ask, provider, parts),
            parents=_parents(ask),
            spent=job.charged or Money(),
            seconds=round(time.monotonic() - began, 3),
            made_at=self._clock(),
        )

    async def finish(self) -> None:
        """Carry what was being bought in an earlier run, and record it whatever the plan says.

        Raises:
            ProviderError: one of the jobs failed; the others are recorded.
            GateError: one of them waits for a person.
        """
        failed: ProviderError | GateError | None = None
        for job in await self._till.finish():
            if job.state != "verified":
                failed = failed or trouble(job)
            elif self._ledger.take(job.purchase) is None:
                ask = self._till.asked(job)
                # Words are no take: a plan stands in the folder, a judge is heard by who asked it.
                if not isinstance(ask, WriteAsk | JudgeAsk):
                    parts = parts_of(ask, _version(job))
                    self.enter(self._of(job, ask, parts), "bought in an earlier run")
        if failed is not None:
            raise failed

    def _of(self, job: PaidJob, ask: Ask, parts: dict[str, str]) -> Take:
        """Return the take that a job brought."""
        for file in job.stored:
            self._vault.see(file)
        return Take(
            id=job.purchase,
            stage=job.stage,  # pyright: ignore[reportArgumentType] - as it was ordered
            subject=job.subject,
            provider=job.provider,
            model=job.model or job.provider,
            number=job.number,
            files=job.stored,
            prompt=ask.prompt,
            # another attempt is another throw of the dice
            seed=self._till.asked(job).seed,
            parameters=_told(ask, job.provider, parts),
            parents=_parents(ask),
            spent=job.price,
            seconds=(job.queue_seconds or 0.0) + (job.run_seconds or 0.0),
            made_at=self._clock(),
        )

    def _picked(self, stage: Stage, subject: str, parts: dict[str, str]) -> Take | None:
        """Return the take a person chose, unless something else is asked by now."""
        choice = None if stage == "sheet" else self._ledger.chosen(stage, subject)
        if choice is None:
            return None
        chosen, basis = choice
        if basis != basis_of(parts):
            self._ledger.lapse(stage, subject, chosen)
            return None
        take = self._ledger.take(chosen)
        if take is None or not all(self.sound(file) for file in take.files):
            return None
        return take


def _alike(ask: StillAsk, beside: Sequence[StillAsk], stage: Stage, provider: str) -> list[Order]:
    """Return the orders of an ask and of those beside it that are for the same picture."""
    able = registry.still(provider)
    bare = replace(ask, take=0, seed=0)
    same = (one for one in (ask, *beside) if replace(one, take=0, seed=0) == bare)
    return [
        Order(take_id(one, provider, able.offer.version), stage, provider, one, able.quote(one))
        for one in same
    ]


def _locks() -> defaultdict[str, asyncio.Lock]:
    import asyncio

    return defaultdict(asyncio.Lock)


def _must_be_good(job: Job, files: tuple[Delivered, ...], subject: str) -> None:
    if job.state == "succeeded" and files:
        return
    charged = "yes" if job.charged else "no"
    if job.state == "succeeded":
        raise BadOutput(
            f"{job.provider} says it is done with {subject} but delivered nothing.",
            where=subject,
            next_step="Run again, or name another provider in film.toml.",
            charged=charged,
        )
    raise Refused(
        f"{job.provider} did not make {subject}: {job.message or job.state}.",
        where=subject,
        next_step="Change the prompt or the plan, or name another provider in film.toml.",
        charged=charged,
    )


def _version(job: PaidJob) -> str:
    able = registry.motion if job.stage == "clip" else registry.still
    return able(job.provider).offer.version


def _told(ask: Ask, provider: str, parts: dict[str, str]) -> str:
    """Return what a take is recorded with beside its prompt, as canonical JSON."""
    told: dict[str, object] = {"parts": parts, "basis": basis_of(parts)}
    if isinstance(ask, MotionAsk):
        # It was paid for: what cannot be told must not keep it from being recorded.
        with suppress(Refused):
            told["shown"] = [one.digest for one in fit.shown(ask, registry.offer(provider))]
    return json.dumps(told, sort_keys=True)


def _parents(ask: Ask) -> tuple[str, ...]:
    panels = getattr(ask, "panels", ())
    return tuple(reference.digest for reference in (*panels, *ask.references))


def _parts_in(take: Take | None) -> dict[str, str] | None:
    return json.loads(take.parameters)["parts"] if take else None
