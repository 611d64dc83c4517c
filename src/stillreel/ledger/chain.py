"""The chain of events: each one holds the hash of the one before, so that none can be changed."""

from __future__ import annotations

import json
from dataclasses import astuple
from typing import TYPE_CHECKING, NamedTuple

from stillreel.values import digest as digests

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.ledger.nouns import Event
    from stillreel.values.take import Take


class Chain(NamedTuple):
    """What looking the chain over has shown."""

    length: int
    """Events that are linked."""
    head: str
    """Link of the last one; empty for no events."""
    broken: int = 0
    """Number of the first event that does not fit; 0 where all do."""
    why: str = ""
    """What does not fit, in a sentence; empty where all does."""

    def holds(self) -> bool:
        """Say whether every event is as it was written."""
        return not self.why


def link(before: str, event: Event) -> str:
    """Return the hash that ties an event to the one before, SHA-256 in hex.

    Args:
        before: link of the event before; empty for the first.
        event: what happened; its own link does not count.
    """
    *facts, _ = astuple(event)
    text = json.dumps([before, *facts], ensure_ascii=False, separators=(",", ":"))
    return digests.of_bytes(text.encode())


def facts_of(take: Take) -> str:
    """Return the digest of what a take was recorded with: its bytes, its making and its price.

    Files that are cut from it later are not part of it.
    """
    return digests.of_value(
        [
            take.id,
            take.stage,
            take.subject,
            take.provider,
            take.model,
            take.number,
            take.main.digest,
            take.prompt,
            take.seed,
            take.parameters,
            list(take.parents),
            take.spent.micros,
            take.made_at,
        ]
    )


def look_over(events: Sequence[Event], takes: Sequence[Take]) -> Chain:
    """Recompute every link, and hold every take against what was written when it was made.

    Args:
        events: all of the film's, oldest first.
        takes: all of the film's, as they are recorded now.
    """
    before, held = "", {take.id: take for take in takes}
    newest = {event.take_id: event.seq for event in events if event.facts}
    linked = 0
    for event in events:
        if not linked and not event.link:
            # Written before there was a chain.
            continue
        linked += 1
        if event.link != link(before, event):
            return Chain(linked, before, event.seq, _unlike(event))
        take = held.get(event.take_id)
        if event.facts and newest[event.take_id] == event.seq:
            if take is None:
                why = f"the take that event {event.seq} tells of is gone from the ledger"
                return Chain(linked, before, event.seq, why)
            if facts_of(take) != event.facts:
                why = f"the take of {take.subject} was changed after event {event.seq} recorded it"
                return Chain(linked, before, event.seq, why)
        before = event.link
    if linked == len(events):
        for take in takes:
            if take.id not in newest:
                return Chain(linked, before, 0, f"no event tells of the take {take.short}")
    return Chain(linked, before)


def _unlike(event: Event) -> str:
    what = " ".join(part for part in (event.kind, event.stage, event.subject) if part)
    return f"event {event.seq} ({what}) is not what was written, or one before it is missing"
