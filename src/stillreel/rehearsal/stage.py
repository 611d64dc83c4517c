"""What all stand-ins of one rehearsal share: the clock, the bill, the faults, the conditions."""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from stillreel.rehearsal import hooks, pictures
from stillreel.rehearsal.attic import Attic
from stillreel.rehearsal.clock import Scaled
from stillreel.rehearsal.faults import Faults
from stillreel.rehearsal.line import CALM, Line, Pace, Weather
from stillreel.rehearsal.meter import Meter

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from stillreel.rehearsal.clock import Clock
    from stillreel.rehearsal.job import Order
    from stillreel.rehearsal.terms import Terms

    Courier = Callable[[str, dict[str, object]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Conditions:
    """Under what conditions the vendors work; times are seconds on their clock."""

    seed: int = 0
    haste: float = 1.0
    """All waiting and working is divided by this."""
    weather: Weather = CALM
    slots: int = 0
    """Jobs at once for every model; 0 keeps each vendor's own number."""
    limits: bool = True
    """Whether create calls a minute are limited."""
    accept: tuple[float, float] = (0.2, 1.0)
    """Least and most seconds until a create call is taken."""
    list_lag: float = 2.0
    """Seconds until a new job shows up in a list."""
    moderated: float = 0.0
    """Share of jobs whose output is refused after the work."""
    failing: float = 0.0
    """Share of jobs that fail at the vendor's own fault."""
    paces: dict[str, Pace] = field(default_factory=dict[str, Pace])
    """Times by `vendor/model`, in place of the published ones."""


class Artist(Protocol):
    """Who makes the files."""

    reads: bool
    """Whether it looks at the pictures of an order; they are kept for it only then."""

    def clip(self, order: Order) -> bytes:
        """Return the MP4 of an order."""
        ...

    def still(self, order: Order, index: int) -> bytes:
        """Return one picture of an order."""
        ...


class Cards:
    """Test cards of the size, length and rate that was ordered."""

    reads = False

    def clip(self, order: Order) -> bytes:
        """Return a moving test card."""
        return pictures.clip(order.width, order.height, order.seconds, order.fps, sound=order.sound)

    def still(self, order: Order, index: int) -> bytes:  # noqa: ARG002 - the artist's shape
        """Return a test card."""
        return pictures.still(order.width, order.height, order.form)


class Stage:
    """The shared state of one rehearsal."""

    def __init__(
        self,
        clock: Clock | None = None,
        conditions: Conditions | None = None,
        artist: Artist | None = None,
    ) -> None:
        """Set the stage; real time and test cards unless told otherwise."""
        self.clock: Clock = clock or Scaled()
        self.conditions = conditions or Conditions()
        self.artist: Artist = artist or Cards()
        self.courier: Courier = hooks.post
        """Who carries webhooks."""
        self.settlers: list[Callable[[], None]] = []
        """Called before the bill is read."""
        self.reset()

    def reset(self) -> None:
        """Forget all jobs, bills and faults; the clock goes on."""
        self.faults = Faults(self.conditions.seed)
        self.meter = Meter(self._settle)
        self.attic = Attic()
        self._lines: dict[str, Line] = {}
        self._chance = random.Random(f"stage {self.conditions.seed}")

    def line(self, model: Terms) -> Line:
        """Return the queue of a model."""
        name = f"{model.vendor}/{model.id}"
        if name not in self._lines:
            held = self.conditions
            haste = held.haste
            pace = held.paces.get(name) or Pace(model.wait, model.work, model.length)
            pace = Pace(pace.wait / haste, pace.work / haste, pace.length, pace.spread)
            slots = held.slots or model.slots
            self._lines[name] = Line(name, pace, slots, held.weather, held.seed)
        return self._lines[name]

    def accept_delay(self) -> float:
        """Return how long the next create call takes to be taken."""
        return self._chance.uniform(*self.conditions.accept)

    def strikes(self, share: float) -> bool:
        """Return whether something that happens to a share of jobs happens now."""
        return share > 0 and self._chance.random() < share

    def _settle(self) -> None:
        for settle in self.settlers:
            settle()


def digest(body: bytes, *without: str) -> str:
    """Return the SHA-256 of a body with the client's own tags taken out."""
    for word in without:
        if word:
            body = body.replace(word.encode(), b"")
    return hashlib.sha256(body).hexdigest()
