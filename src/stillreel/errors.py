"""Every error a caller can meet, drawn once.

StillreelError                  what happened, where, what next, did money move
|-- UsageError                  2    the command line asks for something that is not there
|-- ProjectError                3    a file of the project needs mending; carries each Problem
|   |-- Unreadable              3    the story or a picture is not what it claims to be
|   |-- ProjectBusy             3    another run holds this folder
|   `-- StorageError            3    the disk is full, or the folder cannot be written
|-- GateError                   4    a person must say yes first: approval or budget
|-- ProviderError               5    a front-end or platform failed
|   |-- Refused                 5    it will not draw this (moderation, capability)
|   |-- Busy                    5    it takes no more for now; nothing was charged
|   |-- Gone                    5    the vendor no longer has the result
|   |-- BadOutput               5    what came back is not what was ordered
|   `-- Lost                    4    the answer is lost: money may have moved, nothing is re-sent
|-- NotConfigured               6    an extra or a key is missing
|-- LedgerError                 3    the record of the film cannot be read or written
|   `-- Damaged                 3    a stored file no longer matches its digest
`-- MediaError                  3    a picture, clip or sound cannot be decoded, drawn or encoded
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.values.problem import Problem

Charged = Literal["no", "yes", "unknown"]
Failure = Literal[
    "moderation-input", "moderation-output", "real-person", "invalid", "account", "rate", "provider"
]
"""Why a provider failed: its input or output was refused, a real person was seen, the ask is
beyond it, the account (key, credit, model not open), too many at once, or its own fault."""

_MONEY = {
    "no": "No money was spent.",
    "yes": "This call was charged.",
    "unknown": "Money may have been spent; nothing is sent again until that is settled.",
}


class StillreelError(Exception):
    """A failure told in full: what happened, where, what to do next, and whether money moved."""

    exit_code = 1

    def __init__(
        self, what: str, *, where: str = "", next_step: str = "", charged: Charged = "no"
    ) -> None:
        """Keep the four facts apart, so that a face can print them as it likes.

        Args:
            what: one sentence saying what happened.
            where: `file`, `file:line`, or the id of a clip, panel or take.
            next_step: one sentence saying what the person can do.
            charged: whether the failing call cost money.
        """
        super().__init__(what)
        self.what = what
        self.where = where
        self.next_step = next_step
        self.charged: Charged = charged

    def __str__(self) -> str:
        """Return the whole message in reading order, as one paragraph."""
        place = f"{self.where}: " if self.where else ""
        parts = [f"{place}{self.what}", self.next_step, _MONEY[self.charged]]
        return " ".join(part for part in parts if part)


class UsageError(StillreelError):
    """The command line asks for something that is not there."""

    exit_code = 2


class ProjectError(StillreelError):
    """A file of the project needs mending."""

    exit_code = 3

    def __init__(
        self,
        what: str,
        *,
        where: str = "",
        next_step: str = "",
        problems: Sequence[Problem] = (),
    ) -> None:
        """Carry every problem found, because people mend a file once, not line by line."""
        super().__init__(what, where=where, next_step=next_step)
        self.problems = tuple(problems)


class Unreadable(ProjectError):
    """The story or a picture cannot be read as what it claims to be."""


class ProjectBusy(ProjectError):
    """Another run holds this folder."""


class StorageError(ProjectError):
    """The disk is full, or the folder cannot be written."""


class GateError(StillreelError):
    """A person must say yes first: an approval or a budget is waiting."""

    exit_code = 4


class ProviderError(StillreelError):
    """A front-end or platform failed."""

    exit_code = 5

    def __init__(
        self,
        what: str,
        *,
        where: str = "",
        next_step: str = "",
        charged: Charged = "no",
        failure: Failure = "provider",
    ) -> None:
        """Add the class of the failure to the four facts: it decides what may be tried again."""
        super().__init__(what, where=where, next_step=next_step, charged=charged)
        self.failure: Failure = failure


class Refused(ProviderError):
    """The provider will not do this ask: moderation, or a capability it lacks."""


class Busy(ProviderError):
    """The provider takes no more for now: a limit was passed, nothing was charged."""

    def __init__(self, what: str, *, where: str = "", after: float = 0.0) -> None:
        """Say for how many seconds to hold back; 0 where the vendor does not say."""
        super().__init__(
            what, where=where, next_step="It is asked again by itself.", failure="rate"
        )
        self.after = after


class Gone(ProviderError):
    """The vendor no longer has the result, or its link has run out."""


class BadOutput(ProviderError):
    """What came back is not what was ordered."""


class Lost(ProviderError):
    """The answer is lost: money may have moved, so nothing is re-sent until a person settles it."""

    exit_code = 4


class NotConfigured(StillreelError):
    """An extra or a key is missing."""

    exit_code = 6


class LedgerError(StillreelError):
    """The record of the film cannot be read or written."""

    exit_code = 3


class Damaged(LedgerError):
    """A stored file no longer matches its digest."""


class MediaError(StillreelError):
    """A picture, clip or sound cannot be decoded, drawn or encoded."""

    exit_code = 3
