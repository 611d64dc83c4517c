"""Hand-off: a clip that a person makes on a web page, where no interface for programs is.

What is to be pasted there is laid into a folder of the film, one to each clip. The clip that was
downloaded is dropped into the same folder under any name; the next run checks it and takes it like
any other. Nothing is ever sent from here.
"""

from __future__ import annotations

from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ValidationError

from stillreel.errors import GateError, Gone
from stillreel.providers import fit
from stillreel.providers.offer import load
from stillreel.providers.seam import Delivered, Job, Quote, Status
from stillreel.shelf.hand_off import drop, pack
from stillreel.values.money import Money
from stillreel.values.sniff import media_type

if TYPE_CHECKING:
    from stillreel.providers.ask import MotionAsk
    from stillreel.providers.seam import Unsure

_NEEDS = ("av", "cv2", "numpy")


class _Handle(BaseModel):
    """What must be known to go on with a pack after days, by another process."""

    folder: Path
    usd: str
    wanted: drop.Wanted


class HandOff:
    """Packs a clip for a person, and takes what the person brings back."""

    name = "hand-off"

    def __init__(self, label: str = "", mine: Path | None = None) -> None:
        """Read the offer.

        Args:
            label: of one of the places; empty for the first.
            mine: a user's own offers file.
        """
        self.offer = load("stillreel.shelf.hand_off", self.name, label, mine)
        self.id = self.offer.provider

    def status(self) -> Status:
        """Say whether the libraries it works with are there; it needs no key."""
        if self.offer.disabled:
            return Status("disabled", self.offer.disabled)
        missing = [name for name in _NEEDS if find_spec(name) is None]
        if missing:
            return Status("broken", f"{', '.join(missing)} cannot be imported")
        return Status("ready")

    def quote(self, ask: MotionAsk) -> Quote:
        """Price an ask by what the user says a clip costs there; nothing unless told."""
        fit.readable(ask, self.offer)
        cost = fit.cost(fit.form(ask, self.offer), self.offer)
        middle, slow = self.offer.prior_seconds
        return Quote(cost, cost, middle, slow, f"your price, {self.offer.dated.isoformat()}")

    async def submit(self, ask: MotionAsk, key: str) -> Job:
        """Lay the pack of a clip into the film's folder; the same ask finds its own again.

        Raises:
            Refused: the place does not take what is asked, or the film has no folder.
        """
        form = fit.form(ask, self.offer)
        cost = fit.cost(form, self.offer)
        folder = pack.written(ask, form, self.offer)
        wanted = drop.Wanted(
            seconds=sum(panel.frames for panel in ask.board.panels) / ask.fps,
            width=form.width,
            height=form.height,
        )
        handle = _Handle(folder=folder, usd=str(cost), wanted=wanted).model_dump_json()
        return Job(self.id, key, folder.name, "queued", model=self.offer.model, handle=handle)

    async def poll(self, job: Job) -> Job:
        """Look whether the clip was dropped.

        A pack that is not where it was laid fails at no cost: asked anew, which happens by itself,
        it is found where the film lies now, with whatever was dropped into it.

        Raises:
            GateError: it was not, or is not what was asked: the job waits for a person.
        """
        held = self._held(job)
        if job.state != "succeeded" and not held.folder.is_dir():
            told = f"Its pack is no more in {held.folder}: it is laid anew."
            return replace(job, state="failed", charged=Money(), message=told, failure="provider")
        found = drop.found(held.folder, held.wanted)
        if isinstance(found, drop.Clip):
            cost = Money.parse(held.usd)
            return replace(job, state="succeeded", charged=cost, warning=found.warning)
        if job.state == "succeeded":
            return replace(job, state="expired", message=found)
        raise GateError(
            f"It waits for you: {found}.",
            next_step=f"{held.folder / pack.README} says how; then run again.",
        )

    async def fetch(self, job: Job) -> tuple[Delivered, ...]:
        """Return the clip that was dropped, byte for byte."""
        held = self._held(job)
        found = drop.found(held.folder, held.wanted)
        if not isinstance(found, drop.Clip):
            raise Gone(
                f"The clip was taken out of {held.folder} again.",
                where=job.vendor_id,
                next_step="Put it back and run again.",
                charged="unknown",
            )
        data = found.file.read_bytes()
        return (Delivered(data, media_type(data[:16])),)

    async def find(self, key: str) -> Job | Unsure | None:  # noqa: ARG002 - the seam's shape
        """Say that nothing was ordered: a pack is written again for nothing, and is the same."""
        return None

    async def cancel(self, job: Job) -> Job:
        """Give a pack up; its files are left for the person."""
        if job.state == "succeeded":
            return job
        return replace(job, state="cancelled", charged=Money())

    def _held(self, job: Job) -> _Handle:
        try:
            return _Handle.model_validate_json(job.handle)
        except ValidationError:
            raise Gone(
                f"Where the pack of {job.vendor_id} lies is not known any more.",
                where=job.vendor_id,
                next_step="Ask for another take with stillreel redo.",
                charged="unknown",
            ) from None
