"""The walk: asks in, takes out, each one recorded before anybody relies on it."""

from __future__ import annotations

import json
import time
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from stillreel.engine.hands import Hands, carry, perform
from stillreel.engine.reasons import basis_of, parts_of, why
from stillreel.errors import BadOutput, GateError, Refused
from stillreel.providers import registry
from stillreel.values import digest as digests
from stillreel.values.money import Money
from stillreel.values.sniff import media_type
from stillreel.values.take import Take

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from stillreel.ledger.book import Ledger
    from stillreel.ledger.nouns import Score
    from stillreel.ledger.store import FileStore
    from stillreel.providers.seam import Ask, Delivered, Job, MotionAsk, Quote, StillAsk
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
        ceiling: Money,
        clock: Callable[[], str],
        notify: Callable[[Take, bool], None],
    ) -> None:
        """Tie the three together.

        Args:
            ledger: where takes are recorded.
            store: where their bytes lie.
            hands: where local providers run.
            ceiling: most that the film may cost in all.
            clock: returns the time as UTC ISO 8601.
            notify: called with each take, and whether it was made just now.
        """
        self._ledger = ledger
        self._store = store
        self._hands = hands
        self._ceiling = ceiling
        self._clock = clock
        self._notify = notify
        self._healthy = ledger.seen_files()
        self._locks: defaultdict[str, asyncio.Lock] = _locks()
        self._known: dict[str, StoredFile] = {}

    async def still(self, ask: StillAsk, provider: str, *, rival: bool = False) -> Take:
        """Return the take of a still: a person's choice, the recorded one, or a new one."""
        able = registry.still(provider)
        stage: Stage = "sheet" if ask.kind == "sheet" else "grid"
        chosen = None if rival else self._choice(ask, stage, able.offer.version)
        return chosen or await self._take(ask, stage, provider, able.offer.version, able.quote(ask))

    async def motion(self, ask: MotionAsk, provider: str, *, rival: bool = False) -> Take:
        """Return the take of a clip: a person's choice, the recorded one, or a new one."""
        able = registry.motion(provider)
        chosen = None if rival else self._choice(ask, "clip", able.offer.version)
        return chosen or await self._take(
            ask, "clip", provider, able.offer.version, able.quote(ask)
        )

    async def compute(self, call: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a picklable pure function in a worker process."""
        return await self._hands.do(call, *args, **kwargs)

    @staticmethod
    def now() -> float:
        """Return monotonic seconds."""
        return time.monotonic()

    def keep(self, data: bytes, media_type: str, role: str = "main") -> StoredFile:
        """Put bytes into the store and return what they are known by."""
        file = self._store.keep(data, media_type, role)
        self._see(file)
        return file

    def attach(self, take: Take, files: Sequence[StoredFile]) -> Take:
        """Record files cut from a take and return the take with them."""
        self._ledger.add_files(take.id, files)
        roles = {file.role for file in take.files}
        return replace(take, files=(*take.files, *(f for f in files if f.role not in roles)))

    def recorded(self, take_id: str) -> Take | None:
        """Return a take that was recorded before, if all its files are whole."""
        take = self._ledger.take(take_id)
        return take if take and all(self.sound(file) for file in take.files) else None

    def enter(self, take: Take, message: str) -> None:
        """Record a take that was made here out of others."""
        made = replace(take, made_at=self._clock())
        self._ledger.record(made, message)
        self._notify(made, True)

    def note(self, score: Score) -> None:
        """Record a measured figure of a take."""
        self._ledger.score(score)

    def noted(self, take: Take) -> dict[str, Score]:
        """Return the figures measured of a take before, by kind."""
        return {score.kind: score for score in self._ledger.scores(take.id)}

    def path(self, digest: str) -> Path:
        """Return where the bytes of a digest lie."""
        file = self._known[digest]
        return self._store.path(digest, file.media_type)

    def sound(self, file: StoredFile) -> bool:
        """Say whether a stored file is whole, trusting one that looks as it did when last read."""
        path = self._store.path(file.digest, file.media_type)
        try:
            found = path.stat()
        except FileNotFoundError:
            return False
        self._known[file.digest] = file
        if self._healthy.get(file.digest) == (found.st_size, found.st_mtime_ns):
            return True
        if not self._store.sound(file):
            return False
        self._see(file)
        return True

    async def _take(
        self, ask: Ask, stage: Stage, provider: str, version: str, quote: Quote
    ) -> Take:
        key = take_id(ask, provider, version)
        parts = parts_of(ask, version)
        async with self._locks[key]:
            recorded = self._ledger.take(key)
            if recorded is not None and all(self.sound(file) for file in recorded.files):
                self._notify(recorded, False)
                return recorded
            if recorded is not None:
                self._report_damage(recorded)
            before = self._ledger.latest(stage, ask.subject, provider)
            made = await self._make(ask, stage, provider, key, quote, parts)
            self._ledger.record(made, why(_parts_in(before), parts))
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
        if quote.high > self._ceiling - self._ledger.spent():
            raise GateError(
                f"{ask.subject} would cost up to {quote.high} USD; the ceiling of this film "
                f"leaves {self._ceiling - self._ledger.spent()} USD.",
                where="film.toml",
                next_step="Raise ceiling_usd under [money], or use a front-end that is free.",
            )
        makes = "motion" if stage == "clip" else "still"
        able = registry.motion(provider) if makes == "motion" else registry.still(provider)
        began = time.monotonic()
        if able.offer.local:
            job, files = await self._hands.do(perform, provider, makes, ask, key)
        else:
            job, files = await carry(able, ask, key)
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
            parameters=json.dumps({"parts": parts, "basis": basis_of(parts)}, sort_keys=True),
            parents=_parents(ask),
            spent=job.charged or Money(),
            seconds=round(time.monotonic() - began, 3),
            made_at=self._clock(),
        )

    def _choice(self, ask: Ask, stage: Stage, version: str) -> Take | None:
        picked = self._picked(stage, ask.subject, parts_of(ask, version))
        if picked is not None:
            self._notify(picked, False)
        return picked

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

    def _see(self, file: StoredFile) -> None:
        found = self._store.path(file.digest, file.media_type).stat()
        self._known[file.digest] = file
        self._healthy[file.digest] = (found.st_size, found.st_mtime_ns)
        self._ledger.seen(file, found.st_mtime_ns)

    def _report_damage(self, take: Take) -> None:
        for file in take.files:
            if not self.sound(file):
                self._store.set_aside(file)
                self._ledger.say(
                    "damaged",
                    stage=take.stage,
                    subject=take.subject,
                    take_id=take.id,
                    message=f"{file.role} {file.digest[:10]} no longer matches its digest; "
                    "it is made again",
                )


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


def _parents(ask: Ask) -> tuple[str, ...]:
    panels = getattr(ask, "panels", ())
    return tuple(reference.digest for reference in (*panels, *ask.references))


def _parts_in(take: Take | None) -> dict[str, str] | None:
    return json.loads(take.parameters)["parts"] if take else None
