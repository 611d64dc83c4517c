"""What the spend ledger keeps of a paid job: small frozen values."""

from __future__ import annotations

import json
from dataclasses import dataclass

from stillreel.values.money import Money
from stillreel.values.take import StoredFile


@dataclass(frozen=True, slots=True)
class PaidJob:
    """One attempt to buy one take."""

    film: str
    """Id of the film it is for."""
    purchase: str
    """What is bought: the take's id. A second attempt at the same take keeps it."""
    attempt: int
    """1 for the first time it is sent."""
    stage: str
    subject: str
    provider: str
    """Name as in film.toml: `ark`, `ark:fast`."""
    tag: str
    """Our own random word for this attempt; travels wherever the vendor echoes one."""
    state: str
    """One of `engine.states.STATES`."""
    reserved: int
    """Micro-dollars it may cost at worst."""
    ask: str
    """Digest of what is asked; the ledger keeps the words."""
    number: int = 1
    """Take number that was asked for."""
    charged: int | None = None
    """Micro-dollars it did cost; None while the vendor has not said."""
    model: str = ""
    vendor_id: str = ""
    handle: str = ""
    failure: str = ""
    """Class of the failure, where it failed."""
    message: str = ""
    """The vendor's words, or ours, on how it ended."""
    warning: str = ""
    stopped: str = ""
    """Why nobody works on it just now although it is not over; empty while somebody does."""
    sent: str = ""
    """When the create call left, as `Instant` text."""
    created_at: str = ""
    """UTC, ISO 8601, like the other times."""
    sent_at: str = ""
    updated_at: str = ""
    expires_at: str = ""
    """When the vendor throws the result away."""
    queue_seconds: float | None = None
    run_seconds: float | None = None
    files: str = "[]"
    """What was fetched, as JSON; see `stored`."""
    owner: str = ""
    """Which worker sent it."""
    note: str = ""
    """What a person said when settling it."""
    turn: int = 0
    """How many times it was handed to the engine."""
    call: str = ""
    """Word for the create call it is to share with other takes; empty where it goes by itself."""
    mend: str = ""
    """What the provider says to do about its refusal."""

    @property
    def key(self) -> str:
        """The job in one word: film, purchase, attempt."""
        return f"{self.film}/{self.purchase}/{self.attempt}"

    @property
    def price(self) -> Money:
        """What it cost, or may cost at worst."""
        return Money(self.reserved if self.charged is None else self.charged)

    @property
    def stored(self) -> tuple[StoredFile, ...]:
        """The files that were fetched."""
        return tuple(StoredFile(*row) for row in json.loads(self.files))


def found_in_vain(state: str, note: str, stopped: str, charged: int | None) -> bool:
    """Say whether a person found a lost job under an id that its vendor turned out not to know."""
    gone = state == "expired" and charged is None
    return bool(note) and (gone or (state == "submitted" and bool(stopped)))


@dataclass(frozen=True, slots=True)
class Caps:
    """Most that may be spent, in micro-dollars; None for no limit of its own."""

    film: int
    stage: int | None = None
    """For all jobs of the stage in question."""
    subject: int | None = None
    """For all jobs of one clip, board or sheet."""


@dataclass(frozen=True, slots=True)
class Over:
    """A reservation that was not made because it would pass a limit."""

    limit: str
    """`film`, `stage` or `subject`."""
    cap: int
    """The limit, in micro-dollars."""
    left: int
    """What the limit leaves, in micro-dollars."""


@dataclass(frozen=True, slots=True)
class HoldBack:
    """A create call that must wait because of the vendor's rate."""

    seconds: float


@dataclass(frozen=True, slots=True)
class JobEvent:
    """One step of a paid job, in order."""

    seq: int
    at: str
    film: str
    purchase: str
    attempt: int
    stage: str
    subject: str
    provider: str
    state: str
    micros: int
    """Micro-dollars that are held for it or were charged, after the step."""
    message: str
