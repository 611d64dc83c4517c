"""The seam: what we ask of a provider, what it answers, and the verbs it must have.

Four verbs, because only this split survives a crash: `quote`, `submit`, `poll`, `fetch`. A
synchronous provider returns a finished job from `submit`. `find` looks a job up again at the vendor
when our record of it was lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol, runtime_checkable

from stillreel.values.money import Money

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.errors import Failure
    from stillreel.providers.ask import JudgeAsk, MotionAsk, StillAsk, WriteAsk
    from stillreel.providers.offer import Offer
    from stillreel.values.take import Footage

JobState = Literal["queued", "running", "succeeded", "failed", "cancelled", "expired", "unknown"]


@dataclass(frozen=True, slots=True)
class Quote:
    """What an ask will cost and how long it may take."""

    low: Money = Money()
    high: Money = Money()
    seconds_low: float = 0.0
    seconds_high: float = 0.0
    basis: str = ""
    """Where the figures come from: `offer 2026-11-20`, `measured, 12 samples`."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """One file a job delivered, kept byte for byte."""

    data: bytes
    media_type: str
    """Sniffed from the bytes, never from a name."""
    role: str = "main"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some frames of a clip that are made by themselves."""

    key: str
    """Digest of everything they are made of, the provider and its version included."""
    frames: int


@dataclass(frozen=True, slots=True)
class Job:
    """A provider's word on one submitted ask."""

    provider: str
    key: str
    """Our own tag for the ask; travels wherever the vendor echoes one."""
    vendor_id: str
    state: JobState
    charged: Money | None = None
    """Settled price; None while unknown."""
    message: str = ""
    files: tuple[Delivered, ...] = ()
    """Filled at once by providers that answer synchronously."""
    model: str = ""
    """Exact model or program version that made the files."""
    failure: Failure | None = None
    """Why it failed, where it did."""
    handle: str = ""
    """What else the provider needs to ask again, such as addresses the vendor gave; opaque to all
    others, and free of secrets."""
    expires_at: str = ""
    """When the vendor throws the result away, UTC ISO 8601; empty where it is not known."""
    queue_seconds: float | None = None
    """How long it waited at the vendor, where the vendor tells."""
    run_seconds: float | None = None
    """How long the vendor worked, where the vendor tells."""
    warning: str = ""
    """What was odd but no failure, such as a status word that is not known."""


@dataclass(frozen=True, slots=True)
class Status:
    """Whether a provider can work here and now."""

    state: Literal["ready", "not configured", "disabled", "broken"]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Unsure:
    """The vendor cannot say whether it has the job."""

    reason: str


@runtime_checkable
class Provider(Protocol):
    """What every provider can do, whatever it makes."""

    id: str

    @property
    def offer(self) -> Offer:
        """What the provider can do and at what price, as dated data."""
        ...

    def status(self) -> Status:
        """Say whether it is ready, without a paid call."""
        ...


@runtime_checkable
class Able(Provider, Protocol):
    """What becomes of a job once it is submitted: the same for whatever is made."""

    async def poll(self, job: Job) -> Job:
        """Ask how the job stands; may be asked any number of times.

        A status word that is not known means `running`, with a `warning`, never failed.
        """
        ...

    async def fetch(self, job: Job) -> tuple[Delivered, ...]:
        """Return the finished files; may be asked again."""
        ...

    async def find(self, key: str) -> Job | Unsure | None:
        """Look the job up at the vendor by our tag; None says that the vendor does not have it."""
        ...

    async def cancel(self, job: Job) -> Job:
        """Stop the job if the vendor can."""
        ...


@runtime_checkable
class Still(Able, Protocol):
    """A front-end: draws sheets and boards."""

    def quote(self, ask: StillAsk) -> Quote:
        """Price an ask from the offer alone."""
        ...

    async def submit(self, ask: StillAsk, key: str) -> Job:
        """Send the ask once; exactly one create call, no retries.

        Raises:
            Lost: no answer came, so that nobody knows whether the vendor has the job.
            Busy: the vendor takes no more for now; nothing was charged.
            Refused: the vendor will not do this; nothing was charged.
            ProviderError: it failed otherwise; `charged` says whether money moved.
        """
        ...


@runtime_checkable
class Motion(Able, Protocol):
    """A platform: turns stills into a clip. Same verbs as a front-end."""

    def quote(self, ask: MotionAsk) -> Quote:
        """Price an ask from the offer alone."""
        ...

    async def submit(self, ask: MotionAsk, key: str) -> Job:
        """Send the ask once; exactly one create call, no retries."""
        ...


@runtime_checkable
class Piecewise(Protocol):
    """What a platform on this machine may do besides: make a clip in pieces.

    Pieces are made beside each other, and those that a clip before had are not made again. The clip
    joined from them has the bytes that `submit` delivers.
    """

    def pieces(self, ask: MotionAsk) -> tuple[Piece, ...]:
        """Return what the clip of an ask is made of, in order, without making it."""
        ...

    def piece(self, ask: MotionAsk, number: int) -> bytes:
        """Return one piece, counted from 0, as a clip of its own: same key, same bytes."""
        ...

    def join(self, ask: MotionAsk, key: str, parts: Sequence[Footage]) -> Job:
        """Return the finished job of a clip whose pieces are all in hand."""
        ...


@runtime_checkable
class Several(Protocol):
    """What a front-end may do besides: draw several takes of one picture in one create call.

    Only one that answers at once can: a job that is looked up later has one key.
    """

    async def submit_several(
        self, asks: Sequence[StillAsk], keys: Sequence[str]
    ) -> tuple[Job, ...]:
        """Send asks that differ in `take` and `seed` alone, at most `Offer.pictures_at_once`.

        Exactly one create call, no retries. Returns a finished job for each key, in order: what
        the call cost is shared out to the micro-dollar among the pictures that came, and a picture
        that did not come has failed for nothing. Raises what `submit` raises; it then holds for
        all of them.
        """
        ...


@runtime_checkable
class Judge(Able, Protocol):
    """A model that looks at pictures and answers. Same verbs as a front-end.

    A finished job delivers one file, `application/json`: see `answer.read_answer`.
    """

    def quote(self, ask: JudgeAsk) -> Quote:
        """Price an ask from the offer alone."""
        ...

    async def submit(self, ask: JudgeAsk, key: str) -> Job:
        """Send the ask once; exactly one create call, no retries."""
        ...


@runtime_checkable
class Writer(Able, Protocol):
    """A language model that writes. Same verbs as a front-end.

    A finished job delivers one file, `application/json`; an answer that is no JSON comes as one
    JSON text, so that whoever asked can say what was wrong with it.
    """

    def quote(self, ask: WriteAsk) -> Quote:
        """Price an ask from the offer alone."""
        ...

    async def submit(self, ask: WriteAsk, key: str) -> Job:
        """Send the ask once; exactly one create call, no retries."""
        ...


Seller = Still | Motion | Writer | Judge
"""Whoever the till buys from."""
