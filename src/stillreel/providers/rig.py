"""The bench a provider is tried on: the provider, its vendor, and how both are watched."""

from __future__ import annotations

import re
import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from stillreel.errors import Refused, StillreelError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from stillreel.errors import Charged
    from stillreel.providers.ask import Sold
    from stillreel.providers.offer import Offer
    from stillreel.providers.seam import Delivered, Job, Quote, Status, Unsure

Error = TypeVar("Error", bound=StillreelError)

WAITING = frozenset({"queued", "running"})
_LOOKS = 200
_STEP_S = 60.0
_MONEY = re.compile(r"No money was|This call was|Money may have")


class Able(Protocol):
    """A provider, whichever ask it takes."""

    id: str

    @property
    def offer(self) -> Offer:
        """What it can do."""
        ...

    def status(self) -> Status:
        """Whether it can work."""
        ...

    def quote(self, ask: Any) -> Quote:  # noqa: ANN401 - an ask of any kind
        """Price an ask."""
        ...

    async def submit(self, ask: Any, key: str) -> Job:  # noqa: ANN401 - an ask of any kind
        """Send an ask once."""
        ...

    async def poll(self, job: Job) -> Job:
        """Ask how a job stands."""
        ...

    async def fetch(self, job: Job) -> tuple[Delivered, ...]:
        """Return the files."""
        ...

    async def find(self, key: str) -> Job | Unsure | None:
        """Look a job up."""
        ...

    async def cancel(self, job: Job) -> Job:
        """Stop a job."""
        ...


class Vendor(Protocol):
    """The other end of the wire, as a test rules it."""

    def fault(self, kind: str, verb: str = "", times: int = 1) -> None:
        """Let something go wrong: so often, or until `clear` with 0.

        Args:
            kind: `unreachable`, `drop-before`, `drop-after`, `slow`, `busy`, `error-before`,
                `error-after`, `html`, `malformed`, `revoked`, `no-credit`, `model-closed`,
                `moderation-input`, `moderation-output`, `real-person`, `unknown-status`,
                `expired-link`.
            verb: `create`, `poll`, `list`, `fetch`; empty for where the kind is at home.
            times: how often.
        """
        ...

    def clear(self) -> None:
        """Let nothing go wrong any more."""
        ...

    def posts(self) -> int:
        """Return how many create calls the vendor has seen."""
        ...

    def advance(self, seconds: float) -> None:
        """Let time pass at the vendor."""
        ...


@dataclass(frozen=True, slots=True)
class Rig:
    """A provider on the bench."""

    make: Callable[[], Able]
    """Returns it, ready to work."""
    ask: Sold
    """Something it can make."""
    vendor: Vendor | None = None
    """The other end of the wire; None for a provider that works on this machine."""
    secret: str = ""
    """The key it was made with."""
    bare: Callable[[], Able] | None = None
    """Returns it without a key."""
    tells_people: bool = True
    """Whether the vendor tells a real person from other input that it refuses."""
    tells_sides: bool = True
    """Whether the vendor tells refused input from a refused result."""

    @property
    def wired(self) -> Vendor:
        """The vendor of a provider that has one."""
        assert self.vendor is not None, "a provider that is not local needs a vendor in its rig"
        return self.vendor


async def finished(rig: Rig, able: Able, job: Job) -> Job:
    """Let time pass at the vendor until a job has ended."""
    for _ in range(_LOOKS):
        if job.state not in WAITING:
            return job
        if rig.vendor is not None:
            rig.vendor.advance(_STEP_S)
        job = await able.poll(job)
    raise AssertionError(f"the job is still {job.state} after {_LOOKS} looks")


async def fails(
    rig: Rig, kind: str, wanted: type[Error], charged: Charged, key: str = "key-1"
) -> Error:
    """Return the error that one fault at the vendor makes of a create call."""
    rig.wired.fault(kind)
    error = await raised(rig.make().submit(rig.ask, key), wanted, kind)
    rig.wired.clear()
    must(error.charged == charged, f"{kind} is told as charged: {error.charged}")
    return error


async def turned_down(rig: Rig, kind: str) -> Refused | Job:
    """Return how a vendor tells one refusal: at create, or by a job that has failed."""
    able = rig.make()
    rig.wired.fault(kind)
    try:
        found: Refused | Job = await finished(rig, able, await able.submit(rig.ask, "key-1"))
    except Refused as error:
        found = error
    rig.wired.clear()
    return found


async def raised(verb: Awaitable[object], wanted: type[Error], kind: str = "") -> Error:
    """Return the error of a call that must fail, of the wanted class."""
    try:
        found = await verb
    except wanted as error:
        return error
    except Exception as error:
        told = f"{kind}: {type(error).__name__} in place of {wanted.__name__}: {error}"
        raise AssertionError(told) from error
    raise AssertionError(f"{kind}: {found} in place of {wanted.__name__}")


def silent(rig: Rig, *things: object) -> None:
    """Look for the key in everything a log or a person may be shown of these."""
    for thing in things:
        texts = [repr(thing), str(thing)]
        if isinstance(thing, BaseException):
            texts.append("".join(traceback.format_exception(thing)))
        leaks = bool(rig.secret) and any(rig.secret in text for text in texts)
        must(not leaks, f"the key stands in the text of {type(thing).__name__}")


def reads(error: StillreelError) -> None:
    """Look whether an error reads as sentences: each ends once, and money is spoken of once."""
    text = str(error)
    must(".." not in text.replace("...", ""), f"two full stops: {text}")
    must(len(_MONEY.findall(text)) == 1, f"what became of the money is not told once: {text}")


def must(held: bool, told: str) -> None:
    """Fail with a sentence unless something holds.

    Raises:
        AssertionError: it does not.
    """
    if not held:
        raise AssertionError(told)
