"""Where a film waits for a person, and whether the person has said yes to what is there now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.values import digest as digests

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.ledger.book import Ledger

ORDER = ("sheet", "grid", "clip", "film")


def basis(ledger: Ledger, stage: str) -> str:
    """Return the digest of the takes a stage has now: what an approval is about."""
    return digests.of_parts(f"{one.subject}={one.take_id}" for one in ledger.current(stage))


def open_gate(stage: str, ledger: Ledger) -> bool:
    """Say whether a person has approved the takes that a stage has now.

    An approval is for the takes that were there when it was given; new takes need a new one.
    """
    return ledger.approvals().get(stage) == basis(ledger, stage)


def on_the_way(asked: Sequence[str], until: str) -> tuple[str, ...]:
    """Return the gates a run up to `until` must pass, in order.

    The stage a run ends with needs no approval to be made, only to be passed.
    """
    return tuple(stage for stage in ORDER[: ORDER.index(until)] if stage in asked)
