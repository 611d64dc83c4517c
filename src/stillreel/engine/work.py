"""What a stage may ask of the engine: takes, plain computation, and files by digest."""

from __future__ import annotations

from typing import TYPE_CHECKING, ParamSpec, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from stillreel.ledger.nouns import Score
    from stillreel.providers.ask import MotionAsk, StillAsk
    from stillreel.values.take import StoredFile, Take

P = ParamSpec("P")
R = TypeVar("R")


class Work(Protocol):
    """Hands asks to providers and remembers what came back; a stage never sees a provider."""

    async def still(
        self, ask: StillAsk, provider: str, *, rival: bool = False, beside: Sequence[StillAsk] = ()
    ) -> Take:
        """Return the take of a still: a person's choice, the recorded one, or a new one.

        A `rival` is asked for a contest: a person's choice of another take does not answer it.
        What is `beside` are other takes of the same picture, which are all asked for as well: a
        front-end that draws several at once is given them in one call.
        """
        ...

    async def motion(self, ask: MotionAsk, provider: str, *, rival: bool = False) -> Take:
        """Return the take of a clip, as `still` does for a picture."""
        ...

    def begun(self, ask: MotionAsk, provider: str) -> bool:
        """Say whether a provider has made this already, or is being paid to."""
        ...

    async def call_off(self, ask: MotionAsk, provider: str) -> None:
        """Have a clip that is not wanted any more stopped, if its provider can still do that."""
        ...

    async def compute(self, call: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a picklable pure function in a worker process."""
        ...

    def keep(self, data: bytes, media_type: str, role: str = "main") -> StoredFile:
        """Put bytes into the store and return what they are known by."""
        ...

    def attach(self, take: Take, files: Sequence[StoredFile]) -> Take:
        """Record files cut from a take (plates, panels) and return the take with them."""
        ...

    def recorded(self, take_id: str) -> Take | None:
        """Return a take that was recorded before, if all its files are whole."""
        ...

    def enter(self, take: Take, message: str) -> Take:
        """Record a take that was made here out of others; return it as it is recorded.

        A board with one panel set back is such a one.
        """
        ...

    def note(self, score: Score) -> None:
        """Record a measured figure of a take."""
        ...

    def noted(self, take: Take) -> dict[str, Score]:
        """Return the figures measured of a take before, by kind: nothing is measured twice."""
        ...

    def path(self, digest: str) -> Path:
        """Return where the bytes of a digest lie, verified."""
        ...
