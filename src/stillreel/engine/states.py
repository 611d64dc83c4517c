"""Every state a paid job can be in, and every step between them: one table, no side effects.

    planned - intent - submitting - submitted - queued - running - succeeded - fetched - verified
                           |            failed, cancelled, expired: it ended without a result
                           `- unknown: no answer came; the money stays held until somebody knows

A status word that is not known means `running`: taking it for a failure would pay again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Mapping

    from stillreel.errors import Failure

State = Literal[
    "planned",
    "intent",
    "submitting",
    "submitted",
    "queued",
    "running",
    "succeeded",
    "fetched",
    "verified",
    "failed",
    "cancelled",
    "expired",
    "unknown",
]
STATES: Final[tuple[State, ...]] = get_args(State)

_VENDOR_SAYS: Final[frozenset[State]] = frozenset(
    {"queued", "running", "succeeded", "failed", "cancelled", "expired"}
)
_ANSWERED: Final[frozenset[State]] = frozenset({"submitted", "intent"})
_UNANSWERED: Final[frozenset[State]] = frozenset({"unknown"})

STEPS: Final[Mapping[State, frozenset[State]]] = {
    # nothing is written yet; the intent takes the price out of the budget
    "planned": frozenset({"intent"}),
    # written and reserved, nothing sent: it may still be dropped for nothing
    "intent": frozenset({"submitting", "cancelled"}),
    # the create call is in the air: accepted, refused, told to wait, or never answered
    "submitting": _VENDOR_SAYS | _ANSWERED | _UNANSWERED,
    "submitted": _VENDOR_SAYS,
    # vendors put a running job back into the queue when they are short of machines
    "queued": _VENDOR_SAYS,
    "running": _VENDOR_SAYS,
    "succeeded": frozenset({"fetched", "expired"}),
    "fetched": frozenset({"verified", "failed"}),
    # a file that was lost here is fetched again while the vendor has it
    "verified": frozenset({"succeeded"}),
    # found at the vendor, proved absent (and only then sent again), or settled by a person
    "unknown": _VENDOR_SAYS | _ANSWERED,
    # an answer that comes late is still an answer: what was paid for is fetched
    "failed": frozenset({"succeeded"}),
    "cancelled": frozenset({"succeeded"}),
    "expired": frozenset({"succeeded"}),
}

OVER: Final[frozenset[State]] = frozenset({"verified", "failed", "cancelled", "expired"})
"""Nothing is done about these by themselves."""
AT_VENDOR: Final[frozenset[State]] = frozenset({"submitted", "queued", "running"})
"""The vendor has the job; asking again costs nothing."""
IN_THE_AIR: Final[frozenset[State]] = frozenset({"submitting", "unknown"})
"""Nobody here knows whether the vendor has the job: it must never be sent again unasked."""
WAITS: Final = "person"
"""What stands in the place of a failure while a job waits for a person."""

_REROLLS: Final[Mapping[Failure, int]] = {
    # an output filter is known to decide by chance, and a failure of the vendor is not billed
    "moderation-output": 2,
    "provider": 2,
    "moderation-input": 0,
    "real-person": 0,
    "invalid": 0,
    "account": 0,
    "rate": 0,
}


class BadStep(ValueError):
    """A job was told to take a step that the table does not have."""


def may(now: State, then: State) -> bool:
    """Say whether a job may go from `now` to `then`; staying is always allowed."""
    return then == now or then in STEPS[now]


def step(now: State, then: State) -> State:
    """Return `then` if a job may go there from `now`; staying where it is is no step.

    Raises:
        BadStep: the table has no such step.
    """
    if not may(now, then):
        raise BadStep(f"a job that is {now} cannot become {then}")
    return then


def seen(word: str) -> State:
    """Return the state that a word stands for; one that is not known is `running`."""
    return word if word in STATES else "running"


def may_reroll(failure: Failure | None, charged: int | None, before: int) -> bool:
    """Say whether a failed job may be asked again by itself.

    Only failures that are known to be unbilled, or to be chance, are; and never after one that was
    charged without a result more often than the table says.

    Args:
        failure: class of the failure.
        charged: micro-dollars it cost; None where the vendor does not say.
        before: how many attempts there were, this one included.
    """
    if failure is None or before > _REROLLS[failure]:
        return False
    return charged == 0 or failure == "moderation-output"
