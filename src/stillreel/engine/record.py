"""What becomes of a paid job, written down: every step by the table, every fact by the vendor."""

from __future__ import annotations

import json
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, Any

from stillreel.engine.states import IN_THE_AIR, may, seen, step
from stillreel.providers.seam import Job
from stillreel.values.money import Money
from stillreel.values.sniff import media_type

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from stillreel.errors import ProviderError
    from stillreel.ledger.spend.book import SpendBook
    from stillreel.ledger.spend.nouns import PaidJob
    from stillreel.ledger.store import FileStore
    from stillreel.providers.seam import Delivered

_JSON = "application/json"
_BRINGS = {"clip": "video/", "plan": _JSON, "judge": _JSON}
"""What a job of a stage brings, where that is no picture."""


@dataclass(frozen=True, slots=True)
class Home:
    """Where a film's files lie."""

    folder: Path
    store: FileStore


class Record:
    """Writes what becomes of jobs into the spend ledger."""

    def __init__(self, spend: SpendBook, home: Callable[[str], Home]) -> None:
        """Write into a spend ledger; `home` returns where a film's files lie, by its id."""
        self._spend = spend
        self._home = home

    def keep(self, job: PaidJob, files: tuple[Delivered, ...]) -> PaidJob:
        """Store what came and say whether it is what a job of this stage brings."""
        store = self._home(job.film).store
        kept = [store.keep(one.data, _kind(one), one.role) for one in files]
        told = json.dumps([astuple(one) for one in kept])
        kind = _BRINGS.get(job.stage, "image/")
        wrong = ""
        if not kept:
            wrong = f"{job.provider} says it is done, but delivered nothing"
        elif not kept[0].media_type.startswith(kind):
            wrong = f"what came back is {kept[0].media_type}, not {kind}"
        end = "failed" if wrong else "verified"
        # A vendor that tells no bill is believed to take what it may take at most.
        charged = job.reserved if job.charged is None else job.charged
        return self.take(job, end, wrong, via="fetched", files=told, stopped="", charged=charged)

    def learn(self, job: PaidJob, told: Job) -> PaidJob:
        """Write down what a provider says of a job."""
        facts: dict[str, Any] = {
            "vendor_id": told.vendor_id or job.vendor_id,
            "handle": told.handle or job.handle,
            "model": told.model or job.model,
            "failure": told.failure or "",
            "message": told.message,
            "warning": told.warning,
            "expires_at": told.expires_at or job.expires_at,
            "queue_seconds": _or(told.queue_seconds, job.queue_seconds),
            "run_seconds": _or(told.run_seconds, job.run_seconds),
            "charged": told.charged.micros if told.charged is not None else job.charged,
            "stopped": "",
        }
        state = "submitted" if told.state == "unknown" else seen(told.state)
        if not may(seen(job.state), state):
            # A vendor that goes back on its word is not followed there.
            facts["warning"] = f"{job.provider} says {told.state} of a job that is {job.state}"
            state = seen(job.state)
        same = all(getattr(job, name) == value for name, value in facts.items())
        if same and state == job.state:
            return job
        if told.files:
            # A vendor that answers at once keeps nothing: the file comes first, then the word.
            job = self.take(job, "succeeded", told.warning, **facts)
            return self.keep(job, told.files)
        return self.take(job, state, told.message or facts["warning"], **facts)

    def refused(self, job: PaidJob, error: ProviderError) -> PaidJob:
        """Write down that a create call was turned away."""
        if error.charged == "unknown":
            return self.lost(job, error.what)
        facts = {"failure": error.failure, "mend": error.next_step}
        charged = 0 if error.charged == "no" else job.reserved
        return self.take(job, "failed", error.what, **facts, charged=charged)

    def lost(self, job: PaidJob, why: str) -> PaidJob:
        """Write down that nobody knows whether the vendor has it."""
        return self.take(job, "unknown", why, warning="no answer came to the create call")

    def stop(self, job: PaidJob, why: str, failure: str = "") -> PaidJob:
        """Leave a job where it is, and say why; `person` says that it waits for one."""
        return self.take(job, job.state, why, stopped=why, failure=failure)

    def take(
        self, job: PaidJob, state: str, said: str = "", via: str = "", **facts: object
    ) -> PaidJob:
        """Take a step; when somebody else was quicker, see what they know and leave it at that."""
        if said:
            facts.setdefault("message", said)
        to = step(step(seen(job.state), seen(via)) if via else seen(job.state), seen(state))
        moved = self._spend.move(job, to, said, via=via, **facts)
        if moved is not None:
            return moved
        now = self._spend.get(job.key)
        # Whoever has an answer goes on, even if another took the call for lost in the meantime.
        if now.state in IN_THE_AIR and to not in IN_THE_AIR:
            return self.take(now, to, said, via, **facts)
        return now


def told(job: PaidJob) -> Job:
    """Return the job as its provider knows it."""
    state = job.state if job.state != "submitted" else "queued"
    return Job(
        provider=job.provider,
        key=job.tag,
        vendor_id=job.vendor_id,
        state=state,  # pyright: ignore[reportArgumentType] - only asked where the vendor has it
        charged=None if job.charged is None else Money(job.charged),
        message=job.message,
        model=job.model,
        handle=job.handle,
        expires_at=job.expires_at,
    )


def _kind(file: Delivered) -> str:
    """Return what a file is, by its bytes; text has no mark of its own and must be read."""
    if file.media_type != _JSON:
        return media_type(file.data)
    try:
        json.loads(file.data)
    except ValueError:
        return "application/octet-stream"
    return _JSON


def _or(new: float | None, old: float | None) -> float | None:
    return old if new is None else new
