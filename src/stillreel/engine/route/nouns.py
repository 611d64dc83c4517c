"""What routing is told and what it answers. All times are seconds on one clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from stillreel.values.money import Money

if TYPE_CHECKING:
    from stillreel.errors import Failure

Prefer = Literal["fast", "cheap"]
Basis = Literal["published", "measured"]


@dataclass(frozen=True, slots=True)
class Option:
    """One platform as it stands now."""

    provider: str
    """Name in film.toml: `ark:fast`."""
    price: Money
    """Worst price of one clip, for clips that bring no terms of their own."""
    slots: int = 1
    """Jobs that may be under way at once."""
    free: int | None = None
    """Slots nobody holds, other films included; None: all that this film does not hold."""
    per_minute: int = 0
    """Create calls a minute; 0 for no limit."""
    prior: tuple[float, float] = (0.0, 0.0)
    """Published seconds from create to result, middle and slow (nine in ten are faster)."""
    retention: float = 0.0
    """Seconds a result can be fetched; 0 where it does not run out."""
    look_every: float = 60.0
    """Longest time in seconds between two looks at a job."""
    key: bool = True
    """Whether the key is there."""
    refuses: str = ""
    """Why it can make no clip of this film."""
    not_before: float = 0.0
    """Time before which the vendor wants no further call."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What one platform says to one clip, where it differs from its option."""

    provider: str
    price: Money | None = None
    refuses: str = ""
    """Why it cannot make this clip."""


@dataclass(frozen=True, slots=True)
class Clip:
    """A clip that waits for a platform."""

    id: str
    seconds: float = 12.0
    """Length of the clip."""
    terms: tuple[Terms, ...] = ()


@dataclass(frozen=True, slots=True)
class Sample:
    """A job of our own that ended."""

    provider: str
    at: float
    """When it ended."""
    queue: float
    """Seconds it waited at the vendor."""
    run: float
    """Seconds the vendor worked."""
    failure: Failure | None = None
    charged: bool = True
    """Whether it was paid for; matters where it failed."""
    seconds: float = 12.0
    """Length of the clip."""


@dataclass(frozen=True, slots=True)
class Flight:
    """A job of this film that is under way."""

    provider: str
    since: float
    """When it was sent."""
    clip: Clip
    queued: bool = False
    """Whether the vendor says that it still waits in the queue."""
    needed: bool = True
    """False for the slower of two orders of one clip, once the other has made it."""


@dataclass(frozen=True, slots=True)
class Considered:
    """What was thought of one platform."""

    provider: str
    price: Money
    typical: float
    """Seconds a clip takes there, middle."""
    slow: float
    """Seconds that nine in ten clips are faster than."""
    basis: Basis
    """Whether these are the published figures or our own."""
    samples: int
    """How many jobs of our own stand behind the figures."""
    redo: float
    """Share of jobs expected to fail."""
    share: int
    """Clips of the rest of the film that are meant for it."""
    why_not: str = ""
    """Why it does not take a clip now."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do now."""

    act: Literal["send", "second", "wait", "stop"]
    """Send `clip` to `provider`; send it there although it is under way elsewhere; ask again at
    `until` or when a job ends; or nothing can be done before a person acts."""
    why: str
    """One sentence."""
    clip: str = ""
    provider: str = ""
    price: Money = Money()
    until: float = 0.0
    finish: float = 0.0
    """When the film is expected to be done."""
    considered: tuple[Considered, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """When the rest of a film is done and what it costs, in ranges."""

    provider: str
    """A platform alone, or empty for the mix."""
    p50: float
    """Seconds from now."""
    p90: float
    low: Money
    high: Money
    basis: Basis
    why_not: str = ""
    """Why this platform alone cannot do it; the figures are 0 then."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """The mix that routing would choose, and each platform alone."""

    mix: Span
    alone: tuple[Span, ...]
