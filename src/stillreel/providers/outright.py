"""Front-ends that answer a create call with the picture itself, and keep nothing of it."""

from __future__ import annotations

from abc import ABC
from typing import TYPE_CHECKING, cast

from stillreel.errors import Gone
from stillreel.providers.picture import size_of
from stillreel.providers.remote import Remote
from stillreel.providers.seam import Delivered, Job, Unsure
from stillreel.values.sniff import media_type

if TYPE_CHECKING:
    from stillreel.errors import Failure
    from stillreel.values.money import Money


class Outright(Remote, ABC):
    """A job is finished when it is submitted; an answer that was lost cannot be had again."""

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
        """Return the job as it is: it was finished when it was submitted."""
        return job

    async def fetch(self, job: Job) -> tuple[Delivered, ...]:
        """Return the picture that came with the answer.

        Raises:
            Gone: it was not kept, and the vendor has it no more.
        """
        if job.files:
            return job.files
        raise Gone(
            f"{self.vendor} answers once: the picture of {job.vendor_id} was not kept.",
            where=job.vendor_id,
            next_step="Ask for another take with stillreel redo.",
            charged="yes",
        )

    async def find(self, key: str) -> Job | Unsure | None:  # noqa: ARG002 - the seam's shape
        """Say that this vendor cannot be asked: it lists no pictures and echoes no tag."""
        return Unsure(f"{self.vendor} lists no pictures, only usage by the hour, on its own page")

    async def cancel(self, job: Job) -> Job:
        """Return the job: what is finished cannot be stopped."""
        return job


def without_nulls(held: object) -> object:
    """Return what a vendor answered with every field left out that is null: as good as absent."""
    if isinstance(held, list):
        return [without_nulls(one) for one in cast("list[object]", held)]
    if not isinstance(held, dict):
        return held
    table = cast("dict[str, object]", held)
    return {key: without_nulls(one) for key, one in table.items() if one is not None}


def _by(size: tuple[int, int]) -> str:
    return f"{size[0]}x{size[1]}"
