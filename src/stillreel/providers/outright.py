"""Vendors that answer a create call with the thing itself, and keep nothing of it."""

from __future__ import annotations

from abc import ABC
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from stillreel.providers.picture import size_of
from stillreel.providers.remote import Remote
from stillreel.providers.seam import Delivered, Job, Unsure
from stillreel.values.sniff import media_type

if TYPE_CHECKING:
    from stillreel.errors import Failure
    from stillreel.values.money import Money


class Outright(Remote, ABC):
    """A job is finished when it is submitted; an answer that was lost cannot be had again."""

    made: ClassVar[str] = "picture"
    """What is answered."""
    again: ClassVar[str] = "Ask for another take with stillreel redo."
    """What a person can do whose answer was lost."""

    def drawn(
        self, key: str, data: bytes, ordered: tuple[int, int], charged: Money, vendor_id: str = ""
    ) -> Job:
        """Return the finished job of a picture, its kind and its size read from its own bytes.

        Args:
            key: our tag.
            data: what the vendor sent as the picture.
            ordered: width and height.
            charged: what it cost.
            vendor_id: what the vendor calls it; our tag where it has no name.
        """
        kind, size = media_type(data[:16]), size_of(data)
        if not kind.startswith("image/"):
            told = f"{self.vendor} answered {kind} in place of a picture."
            return self.undrawn(key, told, "provider", charged, vendor_id)
        other = size is not None and size != ordered
        return Job(
            self.id,
            key,
            vendor_id or key,
            "succeeded",
            charged=charged,
            files=(Delivered(data, kind),),
            model=self.offer.model,
            warning=f"{_by(size)} came where {_by(ordered)} was ordered." if size and other else "",
        )

    def undrawn(
        self, key: str, told: str, failure: Failure, charged: Money | None, vendor_id: str = ""
    ) -> Job:
        """Return the job of an answer without a picture; `charged` is None where nobody says."""
        return Job(
            self.id,
            key,
            vendor_id or key,
            "failed",
            charged=charged,
            message=self.wire.clean(told),
            model=self.offer.model,
            failure=failure,
        )

    async def poll(self, job: Job) -> Job:
        """Return the job as it is: it was finished when it was submitted.

        One that a person says is there has been answered, and the answer cannot be had again.
        """
        if job.files or job.state not in {"queued", "running", "unknown"}:
            return job
        told = f"{self.vendor} answers once, and keeps nothing that could be fetched."
        return replace(job, state="expired", message=told)

    async def fetch(self, job: Job) -> tuple[Delivered, ...]:
        """Return what came with the answer.

        Raises:
            Gone: it was not kept, and the vendor has it no more.
        """
        if job.files:
            return job.files
        told = f"{self.vendor} answers once: the {self.made} of {job.vendor_id} was not kept."
        raise self.gone(job, told, self.again)

    async def find(self, key: str) -> Job | Unsure | None:  # noqa: ARG002 - the seam's shape
        """Say that this vendor cannot be asked: it lists nothing it made and echoes no tag."""
        return Unsure(f"{self.vendor} lists no {self.made}s, only usage, on its own page")

    async def cancel(self, job: Job) -> Job:
        """Return the job: what is finished cannot be stopped."""
        return job


def _by(size: tuple[int, int]) -> str:
    return f"{size[0]}x{size[1]}"
