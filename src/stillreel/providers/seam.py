"""The seam: what we ask of a provider, what it answers, and the verbs it must have.

Four verbs, because only this split survives a crash: `quote`, `submit`, `poll`, `fetch`. A
synchronous provider returns a finished job from `submit`. `find` looks a job up again at the vendor
when our record of it was lost.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol, runtime_checkable

from stillreel.values.money import Money

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from stillreel.errors import Failure
    from stillreel.providers.offer import Offer
    from stillreel.values.scene import BoardScene, SheetScene
    from stillreel.values.take import Footage, Quality

JobState = Literal["queued", "running", "succeeded", "failed", "cancelled", "expired", "unknown"]
ReadMode = Literal["grid", "panels", "frames"]
Role = Literal["reference-part", "candidate-part", "reference-whole", "candidate-whole"]
"""What a picture a judge is shown stands for."""
Seen = Literal["present", "changed", "absent", "cannot see"]
"""What a judge may answer about one attribute of a candidate, held against its reference."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A picture handed to a model, with the job it has there."""

    role: str
    """`identity-face`, `identity-body`, `sheet`, `place`, `prop`, `board`, `first-frame` ..."""
    label: str
    """Name the prompt mentions it by, e.g. `mara`."""
    digest: str
    """SHA-256 of the file's bytes."""
    file: Path = field(compare=False)
    """Where the bytes lie; not part of what the reference is."""


@dataclass(frozen=True, slots=True)
class StillAsk:
    """One picture to be drawn: a sheet, a board, or one panel of a board."""

    subject: str
    """Stable id of what is drawn: `mara`, `C07`, `C07.P3`."""
    kind: Literal["sheet", "board", "panel"]
    prompt: str
    width: int
    """Pixels."""
    height: int
    """Pixels."""
    seed: int
    take: int
    """1 for the first take; a redo asks for the next number."""
    references: tuple[Reference, ...] = ()
    sheet: SheetScene | None = None
    """The prompt as data, when a sheet is asked."""
    board: BoardScene | None = None
    """The prompt as data, when a board or one of its panels is asked."""
    panel: int = 0
    """Which panel of the board, 1 to 9, when one is asked."""
    grounded: bool = False
    """Whether something in it exists and shall be looked up first, where the front-end can."""
    lettering: tuple[str, ...] = ()
    """Words that stand in the picture, spelt exactly so."""


@dataclass(frozen=True, slots=True)
class MotionAsk:
    """One clip to be moved: the panels of a board as sequential shots."""

    subject: str
    """Clip id, e.g. `C07`."""
    prompt: str
    width: int
    """Pixels."""
    height: int
    """Pixels."""
    fps: int
    read: ReadMode
    seed: int
    take: int
    board: BoardScene
    """The panels as data; their `frames` add up to the length of the clip."""
    panels: tuple[Reference, ...]
    """The nine panel pictures cut from the board, in reading order."""
    drawn_by: str
    """Provider id of the front-end that drew the board; an unknown one means flat pictures."""
    references: tuple[Reference, ...] = ()
    """Identity plates and others, in the order the prompt counts them."""
    panel_seeds: tuple[int, ...] = ()
    """Seed each panel was drawn with, so that a drawn board moves as it stands."""
    caption: bool = False
    """Whether spoken lines are burned into the picture."""
    quality: Quality = "draft"


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture a judge is shown, made on the spot."""

    role: Role
    digest: str
    """SHA-256 of the bytes."""
    data: bytes = field(compare=False, repr=False)
    """PNG bytes; not part of what the picture is."""


@dataclass(frozen=True, slots=True)
class JudgeAsk:
    """One question about one attribute of a candidate beside its reference."""

    subject: str
    """Stable id of what is asked: `mara/hair-colour`."""
    prompt: str
    """The question, and how to answer it."""
    pictures: tuple[Shown, ...]
    """In the order the prompt counts them."""
    take: int = 1
    """1 for the first time; asking again takes the next number."""
    seed: int = 0
    """Which attempt it is; nothing is drawn by lot."""


@dataclass(frozen=True, slots=True)
class JudgeAnswer:
    """What a judge saw, delivered as JSON with these three keys."""

    seen: Seen
    how: str = ""
    """What differs, where it is changed."""
    evidence: str = ""
    """A phrase saying what in the pictures shows it."""


@dataclass(frozen=True, slots=True)
class WriteAsk:
    """One thing a language model is to write: words in, JSON of a given form out."""

    subject: str
    """Stable id of what is written: `plan-beats`, `plan-C07`."""
    instructions: str
    """What holds for every ask of its kind."""
    prompt: str
    schema: str
    """JSON Schema of the answer, as text; whoever asks holds the answer against it again."""
    tokens_max: int
    """Most tokens the model may answer with, its thoughts included."""
    tokens_likely: int = 0
    """About how many an answer takes, for the lower end of a quote."""
    take: int = 1
    """1 for the first time; asking anew takes the next number."""
    seed: int = 0
    """Which attempt it is; nothing is drawn by lot."""


Ask = StillAsk | MotionAsk
Sold = Ask | WriteAsk | JudgeAsk
"""What the till sells."""


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
