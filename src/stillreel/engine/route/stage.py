"""The world of a made-up production: takes jobs, lets time pass, tells only what a client sees."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from stillreel.engine.route.nouns import Clip, Flight, Sample
from stillreel.values.money import Money

if TYPE_CHECKING:
    from stillreel.engine.route.days import FilmDay, Vendor

MINUTE = 60.0


@dataclass(frozen=True, slots=True)
class Played:
    """How a production went."""

    makespan: float
    spent: Money
    done: int
    """Clips that were made."""
    seconds: int = 0
    """Second orders of clips that were under way already."""
    wasted: Money = Money()
    """Paid for clips that were made twice."""


@dataclass(slots=True)
class Line:
    """What one vendor has been sent so far."""

    vendor: Vendor
    sent: list[float]

    def ready(self, at: float) -> float:
        """Return when the vendor's limit on create calls lets the next one through."""
        limit = self.vendor.option.per_minute
        if not limit or len(self.sent) < limit:
            return at
        return max(at, self.sent[-limit] + MINUTE)


@dataclass(frozen=True, slots=True)
class _Under:
    """A job under way, and what nobody outside knows of it."""

    end: float
    left: float
    number: int
    flight: Flight


class Stage:
    """The world of a production: takes jobs, lets time pass, tells only what a client sees."""

    def __init__(self, day: FilmDay) -> None:
        self.now = 0.0
        self.spent = 0
        self.held = 0
        self.samples = [sample for vendor in day.vendors for sample in vendor.past]
        self.waiting = [f"C{n:02}" for n in range(1, day.clips + 1)]
        self.made: set[str] = set()
        self.wasted = 0
        self._lines = {vendor.option.provider: Line(vendor, []) for vendor in day.vendors}
        self._jobs: list[_Under] = []

    def send(self, clip: str, provider: str) -> None:
        """Send a clip now, or send it once more; holds the vendor's limits to be kept."""
        line = self._lines[provider]
        option = line.vendor.option
        assert sum(flight.provider == provider for flight in self.flights) < option.slots
        assert line.ready(self.now) <= self.now + 1e-6
        number = len(line.sent)
        line.sent.append(self.now)
        if clip in self.waiting:
            self.waiting.remove(clip)
        self.held += option.price.micros
        left, end = line.vendor.ends(number, self.now)
        self._jobs.append(_Under(end, left, number, Flight(provider, self.now, Clip(clip))))

    @property
    def flights(self) -> list[Flight]:
        """Jobs under way, as their vendors tell them."""
        return [
            replace(
                one.flight,
                queued=self.now < one.left,
                needed=one.flight.clip.id not in self.made,
            )
            for one in self._jobs
        ]

    def ready(self, provider: str) -> float:
        """Return when the vendor's limit on create calls lets the next one through."""
        return self._lines[provider].ready(self.now)

    def free(self, provider: str) -> bool:
        """Say whether a job could be sent to a vendor now."""
        busy = sum(one.flight.provider == provider for one in self._jobs)
        slots = self._lines[provider].vendor.option.slots
        return busy < slots and self.ready(provider) <= self.now

    def wait(self, until: float) -> None:
        """Let time pass until then, or until a job ends."""
        first = min(self._jobs, key=lambda one: one.end, default=None)
        if first is None or first.end > until:
            self.now = until
            return
        end, left, number, flight = first.end, first.left, first.number, first.flight
        clip = flight.clip.id
        self._jobs.remove(first)
        self.now = end
        vendor = self._lines[flight.provider].vendor
        failure, charged = vendor.draws[number].failure, vendor.charged(number)
        self.held -= vendor.option.price.micros
        cost = vendor.option.price.micros if charged else 0
        self.spent += cost
        self.wasted += cost if clip in self.made else 0
        if failure is None:
            self.made.add(clip)
        elif clip not in self.made and all(one.flight.clip.id != clip for one in self._jobs):
            self.waiting.append(clip)
        self.samples.append(
            Sample(flight.provider, end, left - flight.since, end - left, failure, charged)
        )
