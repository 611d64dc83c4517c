"""A front-end that draws on this machine and answers at once: what such providers share."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar

from stillreel.errors import Refused
from stillreel.providers.offer import load
from stillreel.providers.seam import Delivered, Job, Quote, Status, Unsure
from stillreel.values.money import Money

if TYPE_CHECKING:
    from stillreel.providers.offer import Offer
    from stillreel.providers.seam import StillAsk


class Bench(ABC):
    """A synchronous, free front-end; a subclass names itself and draws."""

    id: ClassVar[str] = ""
    package: ClassVar[str] = ""
    """Package its offers file lies in."""
    pace: ClassVar[tuple[float, float]] = (0.1, 1.2)
    """Measured CPU seconds for a million pixels, least and most."""

    @abstractmethod
    def picture(self, ask: StillAsk) -> bytes:
        """Return the picture of an ask as PNG bytes: same ask, same bytes."""

    @property
    def offer(self) -> Offer:
        """What it draws, dated; the version changes whenever the same ask gives other bytes."""
        return load(self.package, self.id)

    def status(self) -> Status:
        """Say whether the libraries it draws with are there."""
        from importlib.util import find_spec

        missing = [name for name in ("cv2", "numpy") if find_spec(name) is None]
        if missing:
            return Status("broken", f"{', '.join(missing)} cannot be imported")
        return Status("ready")

    def quote(self, ask: StillAsk) -> Quote:
        """Return no money, and the time a picture of this size takes."""
        size = ask.width * ask.height / 1e6
        low, high = self.pace
        basis = f"offer {self.offer.dated.isoformat()}"
        return Quote(Money(), Money(), low * size, high * size, basis)

    async def submit(self, ask: StillAsk, key: str) -> Job:
        """Draw the picture and return the finished job.

        Raises:
            Refused: the size is beyond what it draws, or the ask carries no scene.
        """
        low, high = self.offer.sides
        if not (low <= ask.width <= high and low <= ask.height <= high):
            raise Refused(
                f"A picture of {ask.width}x{ask.height} pixels cannot be drawn.",
                where=ask.subject,
                next_step=f"Choose sides between {low} and {high} pixels.",
            )
        if (ask.sheet if ask.kind == "sheet" else ask.board) is None:
            raise Refused(
                f"The ask for a {ask.kind} carries words only; scenes are drawn here.",
                where=ask.subject,
                next_step="Plan the film first, or send the words to a model that reads them.",
            )
        return Job(
            provider=self.id,
            key=key,
            vendor_id=key,
            state="succeeded",
            charged=Money(),
            files=(Delivered(self.picture(ask), "image/png"),),
            model=f"{self.offer.model} {self.offer.version}",
        )

    async def poll(self, job: Job) -> Job:
        """Return the job as it is: it was finished when it was submitted."""
        return job

    async def fetch(self, job: Job) -> tuple[Delivered, ...]:
        """Return the picture."""
        return job.files

    async def find(self, key: str) -> Job | Unsure | None:  # noqa: ARG002 - the seam's shape
        """Say that nothing is kept here: a lost picture is simply drawn again, for nothing."""
        return None

    async def cancel(self, job: Job) -> Job:
        """Return the job: what is finished cannot be stopped."""
        return job
