"""A job at a vendor, and what was ordered: neutral words, whatever the wire calls them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Phase = Literal["queued", "running", "done", "failed", "cancelled", "expired"]
Why = Literal["", "moderation-input", "real-person", "moderation-output", "fail"]


@dataclass(frozen=True, slots=True)
class Order:
    """What one create call asks for, and what it will be charged."""

    model: str
    width: int
    height: int
    micros: int
    """Price in millionths of a dollar, if it succeeds."""
    units: int
    """Tokens, credits or seconds, as the vendor counts."""
    seconds: int = 0
    """Length of the clip; 0 for a picture."""
    fps: int = 24
    prompt: str = ""
    count: int = 1
    """Pictures of one order."""
    form: str = "mp4"
    """`mp4`, `png`, `jpeg` or `webp`."""
    sound: bool = False
    pictures: tuple[str, ...] = ()
    """Addresses or data URIs of the references, in order; kept only where they are drawn from."""
    board: bool = False
    """Whether the references are read as a board, not as frames."""
    patience: float = 0.0
    """Seconds it may wait for its work to begin; 0 for ever."""
    told: dict[str, object] = field(default_factory=dict[str, object])
    """What the vendor says again when it is asked about the job."""
    hook: str = ""
    """Address that is told when the job ends."""


@dataclass(slots=True)
class Job:
    """One job; its state is a matter of the time alone, so nothing runs in the background."""

    id: str
    vendor: str
    order: Order
    tag: str
    made_at: float
    starts_at: float
    ends_at: float
    why: Why = ""
    """Why it fails at its end; empty where it succeeds."""
    faults: frozenset[str] = frozenset()
    """Faults that go with it."""
    cancelled_at: float | None = None
    settled: bool = False
    crowded: bool = False
    """Whether it waits because all slots are taken."""

    @property
    def given_up_at(self) -> float | None:
        """When it is given up because its work has not begun; None where it begins in time."""
        until = self.made_at + self.order.patience
        return until if self.order.patience and self.starts_at > until else None

    def phase(self, now: float) -> Phase:
        """Return its state at a time."""
        if self.cancelled_at is not None and self.cancelled_at <= now:
            return "cancelled"
        if self.given_up_at is not None and now >= self.given_up_at:
            return "expired"
        if now < self.starts_at:
            return "queued"
        if now < self.ends_at:
            return "running"
        return "failed" if self.why else "done"

    def progress(self, now: float) -> float:
        """Return how much of the work is done, 0 to 1."""
        whole = self.ends_at - self.starts_at
        return min(1.0, max(0.0, (now - self.starts_at) / whole)) if whole > 0 else 1.0

    def touched_at(self, now: float) -> float:
        """Return when its state last changed."""
        if self.cancelled_at is not None:
            return self.cancelled_at
        times = (self.made_at, self.given_up_at or self.starts_at, self.given_up_at or self.ends_at)
        return max(at for at in times if at <= now)
