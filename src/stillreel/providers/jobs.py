"""Vendors whose jobs are created, then looked at one by one: what such providers share."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from stillreel.errors import NotConfigured, ProviderError
from stillreel.providers.remote import Remote
from stillreel.providers.seam import Unsure

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from stillreel.providers.reply import Reply
    from stillreel.providers.seam import Delivered, Job, JobState

Told = TypeVar("Told", bound=BaseModel)
"""A job as the vendor tells it."""
Part = TypeVar("Part", bound=BaseModel)


class Jobs(Remote, ABC, Generic[Told]):
    """Polls and fetches by a job's address; neither searches nor stops unless told how.

    A subclass says where a job is asked after, what its answer means, and where its file lies.
    """

    states: ClassVar[Mapping[str, JobState]] = {}
    """The vendor's words for how a job stands, and ours."""
    halt: ClassVar[str] = ""
    """What the address of a job ends in where one that waits or works is told to stop; empty where
    the vendor documents no such way."""
    desk: ClassVar[str] = "its console"
    """Where a person sees the jobs."""
    shape: type[Told]
    """What the vendor's answer is read as."""

    @abstractmethod
    def address(self, job: Job) -> str:
        """Return where a job is asked after, behind the vendor's address."""

    @abstractmethod
    def told(self, one: Told, job: Job) -> Job:
        """Return the job as the vendor tells it."""

    def link(self, one: Told) -> str:  # noqa: ARG002 - some tell it elsewhere, see `links`
        """Return where the file of a finished job lies; empty where that is not told."""
        return ""

    async def poll(self, job: Job) -> Job:
        """Ask how a job stands."""
        reply = await self.wire.look(self.address(job))
        if reply.status == 404:
            return self.forgotten(job)
        return self.told(self.read(self.shape, reply), job)

    async def fetch(self, job: Job) -> tuple[Delivered, ...]:
        """Download the file; its link is asked for anew where it has run out."""
        kind = "image/" if self.offer.makes == "still" else "video/"
        return (await self.film(self.links(job), job, kind),)

    async def find(self, key: str) -> Job | Unsure | None:
        """Look a job up by our tag; that a list may lag is for the caller to wait out."""
        try:
            return await self.search(key)
        except (ProviderError, NotConfigured) as error:
            return Unsure(f"The list of {self.vendor} cannot be read: {error.what}")

    async def search(self, key: str) -> Job | Unsure | None:  # noqa: ARG002 - for others
        """Say that this vendor cannot be asked: it lists no jobs and echoes no tag.

        Raises:
            ProviderError: a list cannot be read.
        """
        return Unsure(f"{self.vendor} lists no jobs: look into {self.desk}.")

    async def cancel(self, job: Job) -> Job:
        """Tell a job to stop where there is a way; it may still bring its result."""
        now = await self.poll(job)
        if not self.halt or now.state not in {"queued", "running"}:
            return now
        await self.wire.change("POST", f"{self.address(job)}{self.halt}")
        return await self.poll(job)

    def stands(self, word: str, job: Job) -> Job:
        """Return a job in the state of a word; one that is not known is running, with a warning."""
        if word in self.states:
            return replace(job, state=self.states[word], warning="")
        odd = f"{self.vendor} says {word!r}, which is not known."
        return replace(job, state="running", warning=self.wire.clean(odd))

    def read(self, shape: type[Part], reply: Reply) -> Part:
        """Return what a reply tells.

        Raises:
            ProviderError: it tells something else; the job goes on.
        """
        try:
            return shape.model_validate(reply.table if reply.ok else None)
        except ValidationError:
            raise ProviderError(
                self.wire.clean(f"{self.vendor} does not tell how a job stands: {reply.told}."),
                next_step="It is asked again later.",
                charged="unknown",
            ) from None

    def kept(self, shape: type[Part], reply: Reply, job: Job) -> Part:
        """Return what a reply tells of a finished job.

        Raises:
            Gone: the vendor has thrown it away, and its result with it.
            ProviderError: it is not told for now.
        """
        if reply.status == 404:
            told = f"{self.vendor} no longer has the result of {job.vendor_id}."
            raise self.gone(job, told)
        return self.read(shape, reply)

    def links(self, job: Job) -> Callable[[], Awaitable[str]]:
        """Return what asks for the link to the file of a job."""

        async def ask() -> str:
            one = self.kept(self.shape, await self.wire.look(self.address(job)), job)
            return self.link(one) or self.unlinked(job)

        return ask

    def unlinked(self, job: Job) -> str:
        """Say that there is no link, in place of one.

        Raises:
            ProviderError: always.
        """
        raise ProviderError(
            f"{self.vendor} tells no link to the result of {job.vendor_id}.",
            where=job.vendor_id,
            next_step=f"Look into {self.desk}.",
            charged="yes",
        )
