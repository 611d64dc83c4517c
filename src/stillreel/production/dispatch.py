"""Which platform takes a clip: asks the router, and waits where it says wait."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, cast

from stillreel.engine.states import OVER
from stillreel.errors import GateError, NotConfigured, StillreelError
from stillreel.providers import registry
from stillreel.values.money import Money

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from stillreel.engine.route.nouns import Clip, Decision, Flight, Option, Outlook, Prefer, Sample
    from stillreel.errors import Failure
    from stillreel.ledger.spend.nouns import PaidJob
    from stillreel.providers.ask import MotionAsk
    from stillreel.providers.offer import Offer

_SAMPLES = 400
"""Most jobs of the past that are looked at."""
_LONGEST_WAIT = 30.0
_QUEUED = ("intent", "submitting", "submitted", "queued")


@dataclass(slots=True)
class _Waiting:
    """A clip that waits for a platform."""

    clip: Clip
    chosen: asyncio.Future[str]


class Dispatcher:
    """Gives every clip its platform, when one is free."""

    def __init__(
        self,
        names: Sequence[str],
        film: str,
        *,
        jobs: Callable[[], Sequence[PaidJob]],
        left: Callable[[], Money],
        clips: int,
        prefer: Prefer,
        now: Callable[[], float],
        pace: float = 1.0,
        disclosed: bool = False,
        hedge: bool = False,
    ) -> None:
        """Route between platforms.

        Args:
            names: of the platforms that film.toml names.
            film: id of the film.
            jobs: returns the paid jobs that the spend ledger knows.
            left: returns what neither was spent nor is held.
            clips: how many clips the film has.
            prefer: the soonest finish that the budget allows, or the cheapest.
            now: seconds since 1970, on the vendors' clock.
            pace: how many times faster than a real one that clock runs.
            disclosed: whether platforms that mark their clips go before all others.
            hedge: whether a clip that is late may be ordered elsewhere too.
        """
        self._first = {one for one in names if disclosed and registry.offer(one).stamps}
        self._names = tuple(names)
        self._film = film
        self._jobs = jobs
        self._left = left
        self._to_come = clips
        self._prefer: Prefer = prefer
        self._now = now
        self._pace = pace
        self._waiting: dict[str, _Waiting] = {}
        self._promised: dict[tuple[str, str], Flight] = {}
        self._hedge = hedge
        self._late: dict[str, asyncio.Future[str]] = {}
        self._clips: dict[str, Clip] = {}
        """Every clip that was sent, or is at a platform from before."""
        self._made: set[str] = set()
        self._timer: asyncio.TimerHandle | None = None
        self.decided: dict[str, str] = {}
        """Why each clip went where it went, in a sentence."""

    async def platform(
        self, clip: str, asks: Mapping[str, MotionAsk], barred: Mapping[str, str]
    ) -> str:
        """Return the platform that takes a clip, once one is free.

        Args:
            clip: id of the clip.
            asks: what each platform would be asked.
            barred: platforms that have failed this clip already, with what they said.

        Raises:
            GateError: no platform can take it before a person acts; nothing was sent.
            NotConfigured: not one of several platforms is ready.
        """
        if len(self._names) == 1:
            return self._names[0]
        if len(lacks := left_out(self._names)) == len(self._names):
            raise NotConfigured(
                f"No platform of this film is ready: {', '.join(lacks)}.",
                where=clip,
                next_step="Mend what was said of one of them, or name another in film.toml.",
            )
        chosen = asyncio.get_running_loop().create_future()
        self._clips[clip] = _clip(clip, asks, barred)
        self._waiting[clip] = _Waiting(self._clips[clip], chosen)
        self._to_come -= 1
        self._decide()
        return await chosen

    def late(
        self, clip: str, asks: Mapping[str, MotionAsk], barred: Mapping[str, str]
    ) -> asyncio.Future[str]:
        """Return what will name another platform for a clip that was sent, should it be late there.

        Asked anew for the same clip, what was returned before is never answered.
        """
        called = asyncio.get_running_loop().create_future()
        if self._hedge and len(self._names) > 1:
            self._clips[clip] = _clip(clip, asks, barred)
            self._late[clip] = called
            self._decide()
        return called

    def ended(self, clip: str, *, made: bool) -> None:
        """Say that nobody waits for a clip's job any more: it was made, or it failed."""
        self._late.pop(clip, None)
        if made:
            self._made.add(clip)
        for key in [key for key in self._promised if key[0] == clip]:
            del self._promised[key]
        self._decide()

    def _decide(self) -> None:
        """Hand out platforms until the router says wait."""
        if self._timer is not None:
            self._timer.cancel()
        while self._waiting or self._late:
            decision = self._next()
            if decision.act == "send":
                self._send(decision, self._waiting.pop(decision.clip).chosen)
                continue
            if decision.act == "second":
                self._send(decision, self._late.pop(decision.clip))
                continue
            if decision.act == "stop":
                self._stop(decision)
                return
            pause = max(0.1, (decision.until - self._now()) / self._pace)
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(min(pause, _LONGEST_WAIT), self._decide)
            return

    def _next(self) -> Decision:
        past = Past(self._jobs(), self._names, self._film, self._pace)
        options = past.options()
        flights = past.flights(self._clips, self._made)
        known = {(flight.clip.id, flight.provider) for flight in flights}
        # What was promised a moment ago is not in the ledger yet.
        flights += [one for key, one in self._promised.items() if key not in known]
        # What has not been boarded yet must stay affordable too.
        cheapest = min((one.price.micros for one in options), default=0)
        left = Money(self._left().micros - cheapest * max(0, self._to_come))
        clips = [one.clip for one in self._waiting.values()]
        samples, now, first = past.samples(), self._now(), self._first
        if marked := [one for one in options if one.provider in first]:
            found = self._asked(clips, marked, samples, flights, left, now)
            if found.act != "stop":
                return found
        return self._asked(clips, options, samples, flights, left, now)

    def _asked(
        self,
        clips: Sequence[Clip],
        options: Sequence[Option],
        samples: Sequence[Sample],
        flights: Sequence[Flight],
        left: Money,
        now: float,
    ) -> Decision:
        from stillreel.engine.route import next_for

        hedge = bool(self._late)
        return next_for(clips, options, samples, flights, left, now, self._prefer, second=hedge)

    def _send(self, decision: Decision, chosen: asyncio.Future[str]) -> None:
        from stillreel.engine.route import Flight

        clip, provider = decision.clip, decision.provider
        self._promised[clip, provider] = Flight(provider, self._now(), self._clips[clip])
        self.decided[clip] = decision.why
        if not chosen.done():
            chosen.set_result(provider)

    def _stop(self, decision: Decision) -> None:
        for name, one in self._waiting.items():
            if not one.chosen.done():
                one.chosen.set_exception(
                    GateError(
                        f"No platform can take {name}: {decision.why}",
                        where=name,
                        next_step="Raise the ceiling, add a platform to clips in film.toml, or "
                        "mend what it says.",
                    )
                )
        self._waiting.clear()


class Past:
    """What the paid jobs of a ledger tell the router, on the vendors' clock."""

    def __init__(
        self, jobs: Sequence[PaidJob], names: Sequence[str], film: str, pace: float = 1.0
    ) -> None:
        """Look at the clips among `jobs` by the platforms `names`, for one film."""
        self._names = tuple(names)
        self._film = film
        self._pace = pace
        self._jobs = [job for job in jobs if job.stage == "clip" and job.provider in names]

    def options(self) -> list[Option]:
        """Return the platforms as the router sees them."""
        from stillreel.engine.route import Option

        found: list[Option] = []
        for name in self._names:
            able = registry.motion(name, ready=False)
            offer = able.offer
            low, high = offer.prior_seconds
            slots = max(1, offer.concurrency)
            found.append(
                Option(
                    name,
                    _usual_price(offer),
                    slots=slots,
                    free=max(0, slots - len(self._under_way(name))),
                    per_minute=offer.per_minute,
                    prior=(float(low), float(high)),
                    retention=float(offer.retention),
                    look_every=offer.poll_every,
                    key=able.status().state == "ready",
                )
            )
        return found

    def flights(
        self, clips: Mapping[str, Clip] | None = None, made: Collection[str] = ()
    ) -> list[Flight]:
        """Return the clips of the film that are under way.

        Args:
            clips: what is known of them, by id.
            made: those that are there already, from another platform.
        """
        from stillreel.engine.route import Clip, Flight

        known = clips or {}
        return [
            Flight(
                job.provider,
                self._at(job.sent_at or job.created_at),
                known.get(job.subject) or Clip(job.subject),
                queued=job.state in _QUEUED,
                needed=job.subject not in made,
            )
            for name in self._names
            for job in self._under_way(name)
            if job.film == self._film
        ]

    def samples(self) -> list[Sample]:
        """Return how jobs of the past went, of all films, in the order they ended."""
        from stillreel.engine.route import Sample

        found: list[Sample] = []
        for job in self._jobs:
            if job.state not in {"verified", "failed"} or not job.vendor_id:
                continue
            ended, queue = self._at(job.updated_at), job.queue_seconds or 0.0
            lasted = ended - self._at(job.sent_at or job.created_at)
            run = job.run_seconds if job.run_seconds is not None else max(0.0, lasted - queue)
            failure = cast("Failure | None", job.failure or None)
            found.append(Sample(job.provider, ended, queue, run, failure, bool(job.charged)))
        return sorted(found, key=lambda one: one.at)[-_SAMPLES:]

    def _under_way(self, name: str) -> list[PaidJob]:
        return [job for job in self._jobs if job.provider == name and job.state not in OVER]

    def _at(self, text: str) -> float:
        return datetime.fromisoformat(text).timestamp() * self._pace


def unready(platform: str) -> str:
    """Return what is missing before a platform can be asked; empty where nothing is."""
    status = registry.motion(platform, ready=False).status()
    return "" if status.state == "ready" else status.reason


def left_out(names: Sequence[str]) -> dict[str, str]:
    """Return the platforms that the router does without as they are not ready, and why."""
    found = {name: why for name in names if (why := unready(name))}
    return found if len(names) > 1 else {}


def _usual_price(offer: Offer) -> Money:
    """Return the price of a clip where the clip itself brings none."""
    return Money.parse(offer.price_usd)


def _clip(name: str, asks: Mapping[str, MotionAsk], barred: Mapping[str, str]) -> Clip:
    from stillreel.engine.route import Clip, Terms

    terms: list[Terms] = []
    seconds = 0.0
    for provider, ask in asks.items():
        seconds = sum(panel.frames for panel in ask.board.panels) / ask.fps
        try:
            price = registry.motion(provider, ready=False).quote(ask).high
        except StillreelError as error:
            terms.append(Terms(provider, refuses=error.what))
            continue
        terms.append(Terms(provider, price, barred.get(provider, "")))
    return Clip(name, seconds, tuple(terms))


def finish(
    past: Past,
    asks: Sequence[Mapping[str, MotionAsk]],
    left: Money,
    now: float,
    prefer: Prefer,
) -> Outlook:
    """Return when the rest of a film would be done and what it would cost, by platform.

    Platforms whose key is not here yet are looked at as if it were.
    """
    from stillreel.engine.route import outlook

    keyed = [replace(one, key=True) for one in past.options()]
    clips = [_clip(next(iter(one.values())).subject, one, {}) for one in asks]
    return outlook(clips, keyed, past.samples(), past.flights(), left, now, prefer)
