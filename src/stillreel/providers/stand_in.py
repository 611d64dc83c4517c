"""A stand-in for a vendor, in this process, and the bench on which the kit tries its provider."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

import httpx2

from stillreel.providers.rig import Rig

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from stillreel.providers.ask import Sold
    from stillreel.providers.remote import Remote

SECRET = "planted-7Hq2ZtPfKx41"  # noqa: S105 - a key that no vendor ever gave
_HOME = {"unknown-status": "poll", "expired-link": "fetch"}
"""Where a fault is at home that is not at home at create."""
_SPOILT = {
    "error-before": (500, b"{}"),
    "error-after": (500, b"{}"),
    "html": (200, b"<html></html>"),
    "malformed": (200, b"{"),
}
_SLOW_S = 60.0
_ALWAYS = 99


class FarEnd(httpx2.AsyncBaseTransport, ABC):
    """The far end of a wire, as the kit rules it; see `rig.Vendor` for what each verb means."""

    slow = False
    """Whether the next create call is answered too late for any patience."""

    @abstractmethod
    def fault(self, kind: str, verb: str = "", times: int = 1) -> None:
        """Let something go wrong."""

    @abstractmethod
    def clear(self) -> None:
        """Let nothing go wrong any more."""

    @abstractmethod
    def posts(self) -> int:
        """Return how many create calls were seen."""

    @abstractmethod
    def advance(self, seconds: float) -> None:
        """Let time pass."""


class StandIn(FarEnd):
    """Answers as a vendor would; a subclass says how, all that is alike everywhere is done here."""

    def __init__(self) -> None:
        """Open, with nothing made and nothing going wrong."""
        self.now = 0.0
        """Seconds on the vendor's clock, which moves only when it is told."""
        self._posts = 0
        self._faults: list[tuple[str, str]] = []

    @abstractmethod
    def verb(self, request: httpx2.Request) -> str:
        """Return what a request is for: `create`, `poll`, `list`, `fetch`, or another word."""

    @abstractmethod
    def answer(self, request: httpx2.Request, verb: str, fault: str) -> httpx2.Response:
        """Answer a request.

        Args:
            request: read to its end.
            verb: what it is for.
            fault: what goes wrong in a way of this vendor's own, or nothing: at create `busy`,
                `no-credit`, `model-closed`, `moderation-input`, `real-person`, and
                `moderation-output`, which the job tells later; `revoked` there and
                at a look; `unknown-status` at a look; `expired-link` at the file.
        """

    def fault(self, kind: str, verb: str = "", times: int = 1) -> None:
        """Let something go wrong: so often, or until `clear` with 0."""
        self.slow = kind == "slow"
        self._faults += [(kind, verb or _HOME.get(kind, "create"))] * (times or _ALWAYS)

    def clear(self) -> None:
        """Let nothing go wrong any more."""
        self._faults, self.slow = [], False

    def posts(self) -> int:
        """Return how many create calls were seen."""
        return self._posts

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Serve one request, or let it fail the way that was told."""
        await request.aread()
        verb = self.verb(request)
        fault = self._taken(verb)
        if fault == "unreachable":
            raise httpx2.ConnectError("refused", request=request)
        self._posts += verb == "create"
        if fault == "slow":
            await asyncio.sleep(_SLOW_S)
        if not fault.endswith("-before"):
            reply = self.answer(request, verb, fault)
            if fault != "drop-after" and fault not in _SPOILT:
                return reply
        if fault in _SPOILT:
            status, body = _SPOILT[fault]
            return httpx2.Response(status, content=body)
        raise httpx2.RemoteProtocolError("closed without an answer", request=request)

    def _taken(self, verb: str) -> str:
        """Return the fault that strikes a verb now, and take it off the list."""
        found = next((one for one in self._faults if one[1] == verb), None)
        if found is None:
            return ""
        self._faults.remove(found)
        return found[0]


def bench(
    made: type[Remote],
    far: FarEnd,
    ask: Sold,
    *,
    label: str = "",
    mine: Path | None = None,
    environment: Mapping[str, str] | None = None,
    patience: float = 0.1,
    tells_people: bool = True,
    tells_sides: bool = True,
) -> Rig:
    """Return a provider on the bench of the kit, with no waiting between tries.

    Args:
        made: the provider's class.
        far: its vendor's stand-in.
        ask: what it is asked.
        label: of its model.
        mine: a user's own offers file.
        environment: what it sees of the process's; nothing unless told.
        patience: seconds until a vendor that is slow is given up.
        tells_people: whether the vendor tells a real person from other refused input.
        tells_sides: whether it tells refused input from a refused result.
    """

    async def at_once(seconds: float) -> None:
        assert seconds >= 0

    def make(key: str = SECRET) -> Remote:
        seen = environment or {}
        able = made(label, mine, key=key, environment=seen, transport=far, pause=at_once)
        if far.slow:
            able.offer = able.offer.model_copy(update={"timeout": patience})
        return able

    return Rig(
        make=make,  # pyright: ignore[reportArgumentType] - the verbs are the kit's to find out
        ask=ask,
        vendor=far,
        secret=SECRET,
        bare=lambda: make(""),  # pyright: ignore[reportArgumentType] - the same
        tells_people=tells_people,
        tells_sides=tells_sides,
    )
