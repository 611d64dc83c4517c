"""Providers that work on this machine, answer at once and cost nothing: what they share."""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import cache
from typing import TYPE_CHECKING, ClassVar

from stillreel.errors import Refused
from stillreel.providers.offer import load
from stillreel.providers.seam import Delivered, Job, Quote, Status, Unsure
from stillreel.values.money import Money

if TYPE_CHECKING:
    from pathlib import Path

    from stillreel.providers.ask import StillAsk
    from stillreel.providers.offer import Offer


@cache
def _missing(modules: tuple[str, ...]) -> tuple[str, ...]:
    """Return which modules are not installed; looked up once, for it is asked with every take."""
    from importlib.util import find_spec

    return tuple(name for name in modules if find_spec(name) is None)


class AtOnce:
    """A synchronous, free provider; a subclass names itself, quotes and submits."""

    id: str = ""
    package: ClassVar[str] = ""
    """Package its offers file lies in."""
    needs: ClassVar[tuple[str, ...]] = ("cv2", "numpy")
    """Modules it cannot work without."""
    tools: ClassVar[tuple[str, ...]] = ()
    """Modules its first ask would load, so that a worker may load them before."""

    def __init__(self, label: str = "", mine: Path | None = None) -> None:
        """Say which model it is.

        Args:
            label: of one of the models in its offers file; empty for the first, or only, one.
            mine: a user's own offers file, whose figures win.
        """
        self._label = label
        self._mine = mine

    @property
    def offer(self) -> Offer:
        """What it can do, dated; the version changes whenever the same ask gives other bytes."""
        return load(self.package, self.id, self._label, self._mine)

    def status(self) -> Status:
        """Say whether the libraries it works with are there."""
        missing = _missing(self.needs)
        if missing:
            return Status("broken", f"{', '.join(missing)} cannot be imported")
        return Status("ready")

    def timed(self, low: float, high: float) -> Quote:
        """Return a quote of no money and `low` to `high` CPU seconds."""
        return Quote(Money(), Money(), low, high, f"offer {self.offer.dated.isoformat()}")

    def done(self, key: str, file: Delivered) -> Job:
        """Return a finished job with the one file it made."""
        return Job(
            provider=self.id,
            key=key,
            vendor_id=key,
            state="succeeded",
            charged=Money(),
            files=(file,),
            model=f"{self.offer.model} {self.offer.version}",
        )

    async def poll(self, job: Job) -> Job:
        """Return the job as it is: it was finished when it was submitted."""
        return job

    async def fetch(self, job: Job) -> tuple[Delivered, ...]:
        """Return what was made."""
        return job.files

    async def find(self, key: str) -> Job | Unsure | None:  # noqa: ARG002 - the seam's shape
        """Say that nothing is kept here: what is lost is simply made again, for nothing."""
        return None

    async def cancel(self, job: Job) -> Job:
        """Return the job: what is finished cannot be stopped."""
        return job


class Bench(AtOnce, ABC):
    """A front-end that draws on this machine; a subclass names itself and draws."""

    pace: ClassVar[tuple[float, float]] = (0.1, 1.2)
    """Measured CPU seconds for a million pixels, least and most."""

    @abstractmethod
    def picture(self, ask: StillAsk) -> bytes:
        """Return the picture of an ask as PNG bytes: same ask, same bytes."""

    def quote(self, ask: StillAsk) -> Quote:
        """Return no money, and the time a picture of this size takes."""
        size = ask.width * ask.height / 1e6
        low, high = self.pace
        return self.timed(low * size, high * size)

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
        return self.done(key, Delivered(self.picture(ask), "image/png"))
