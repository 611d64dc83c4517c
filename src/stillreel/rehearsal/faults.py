"""Fault switches: what shall go wrong, at which vendor, on which verb, how often."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal[
    "drop-before",
    "drop-after",
    "late",
    "slow",
    "busy",
    "error-before",
    "error-after",
    "moderation-input",
    "moderation-output",
    "real-person",
    "fail",
    "wrong-size",
    "expired-link",
    "duplicate-webhook",
    "unknown-status",
    "html",
    "malformed",
    "revoked",
    "no-credit",
    "model-closed",
    "string-duration",
    "completed-with-error",
    "overload",
    "throttled",
    "data-removed",
    "no-image",
]
"""What can go wrong.

`drop-before` closes the connection before anything was accepted; `drop-after` makes and bills the
job and closes without a word. `late` accepts after a while, `slow` accepts at once and answers
after a while. `error-before` and `error-after` answer 5xx without and with a job made. The
moderation kinds, `fail` and `wrong-size` go with the job that is made; `unknown-status`,
`string-duration`, `throttled`, `data-removed` and `completed-with-error` are what a look at it
says; `expired-link` is met at the download. The rest is the answer itself.
"""

Verb = Literal["create", "poll", "list", "result", "cancel", "fetch", "other", "*"]
"""What a client does: `result` asks for a finished job's files, `fetch` downloads one."""

HOME: dict[str, Verb] = {
    "unknown-status": "poll",
    "string-duration": "poll",
    "throttled": "poll",
    "data-removed": "poll",
    "expired-link": "fetch",
    "revoked": "*",
}
"""Verb a kind belongs to where none is named; all others belong to `create`."""

ON_THE_JOB = frozenset(
    {"moderation-output", "fail", "wrong-size", "duplicate-webhook", "completed-with-error"}
    | {"no-image"}
)
"""Kinds that are decided when a job is made and stay with it."""


@dataclass(slots=True)
class Fault:
    """One switch, with how often it still fires."""

    kind: Kind
    vendor: str = "*"
    verb: str = ""
    """Empty for the verb that the kind belongs to."""
    times: int = 1
    """How often it fires; 0 for no limit."""
    chance: float = 1.0
    """Probability that it fires on a request that it fits."""
    seconds: float = 5.0
    """How long `late` and `slow` take, and what Retry-After says, on the vendors' clock."""
    status: int = 500
    """Status that `error-before` and `error-after` answer with."""
    skip: int = 0
    """How many fitting requests pass before it may fire."""

    def __post_init__(self) -> None:
        """Fill in the verb; a kind that is not known is a mistake of the caller.

        Raises:
            ValueError: there is no such kind.
        """
        if self.kind not in get_args(Kind):
            message = f"{self.kind!r} is no fault; there are {', '.join(get_args(Kind))}"
            raise ValueError(message)
        self.verb = self.verb or HOME.get(self.kind, "create")


class Faults:
    """The switches that are set, in order; the same seed and requests give the same faults."""

    def __init__(self, seed: int = 0) -> None:
        """Begin with none."""
        self._random = random.Random(f"faults {seed}")
        self.fired: dict[str, int] = {}
        """How often each `vendor/verb/kind` has fired."""
        self._set: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Set a switch."""
        self._set.append(fault)

    def clear(self) -> None:
        """Take all switches away."""
        self._set.clear()

    def take(self, vendor: str, verb: str) -> dict[str, Fault]:
        """Return the faults that fire on this request, by kind, and count them down."""
        if not self._set:
            return {}
        found: dict[str, Fault] = {}
        for fault in self._set:
            if fault.kind in found or not self._fires(fault, vendor, verb):
                continue
            found[fault.kind] = fault
            key = f"{vendor}/{verb}/{fault.kind}"
            self.fired[key] = self.fired.get(key, 0) + 1
        self._set = [fault for fault in self._set if fault.times >= 0]
        return found

    def _fires(self, fault: Fault, vendor: str, verb: str) -> bool:
        if fault.vendor not in {"*", vendor} or fault.verb not in {"*", verb} or fault.times < 0:
            return False
        if fault.skip > 0:
            fault.skip -= 1
            return False
        if fault.chance < 1.0 and self._random.random() >= fault.chance:
            return False
        if fault.times > 0:
            # A spent switch is marked below zero: zero means without limit.
            fault.times = fault.times - 1 or -1
        return True
