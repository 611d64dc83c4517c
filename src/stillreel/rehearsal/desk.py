"""The desk of a vendor: what every request meets before and after it is understood."""

from __future__ import annotations

import asyncio
import re
from abc import ABC, abstractmethod
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from stillreel.rehearsal.meter import Post
from stillreel.rehearsal.stage import digest
from stillreel.rehearsal.wire import Denied, Dropped, Reply, Request, read, send_reply

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from stillreel.rehearsal.faults import Verb
    from stillreel.rehearsal.stage import Stage
    from stillreel.rehearsal.wire import Message, Receive, Send

_FILE: tuple[str, str, Verb, str] = ("GET", r"/files/([\w-]+)/(\d+)\.(\w+)", "fetch", "file")
_LOOKS = frozenset({"poll", "list", "result", "fetch"})
_REFUSING = ("busy", "overload", "no-credit", "model-closed", "moderation-input", "real-person")


class Desk(ABC):
    """Takes requests as an ASGI app below `/id`: keys, faults, and a note of every create call."""

    id: ClassVar[str] = ""
    routes: ClassVar[tuple[tuple[str, str, Verb, str], ...]] = ()
    """Method, pattern of the path, verb, and the method here that answers."""
    refuses_later: ClassVar[frozenset[str]] = frozenset()
    """Kinds of refusal that this vendor tells when the job is looked at, not at create."""

    def __init__(self, stage: Stage) -> None:
        """Open on a stage."""
        self.stage = stage
        self._routes: list[tuple[str, re.Pattern[str], Verb, str]] = [
            (method, re.compile(pattern + "$"), verb, name)
            for method, pattern, verb, name in (*self.routes, _FILE)
        ]
        self._tasks: set[asyncio.Task[None]] = set()

    @abstractmethod
    def envelope(self, denied: Denied) -> Reply:
        """Say no in this vendor's own words."""

    @abstractmethod
    def key(self, request: Request) -> str:
        """Return the key a request carries; empty where there is none."""

    def tag(self, request: Request) -> str:  # noqa: ARG002 - not every vendor has a field for it
        """Return the client's tag, where the vendor has a field for one."""
        return ""

    def untagged(self, request: Request) -> tuple[str, ...]:
        """Return what must be taken out of a body before two bodies are held against each other."""
        return (self.tag(request),)

    def fingerprint(self, request: Request) -> str:
        """Return the digest of what is ordered: two calls that share it order the same thing."""
        return digest(request.body, *self.untagged(request))

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Serve one request; one that was read whole is carried to its end, whoever hangs up."""
        request = await read(scope, receive, f"/{self.id}")
        if request is None:
            return
        verb, name = self._route(request)
        work = self._serve(request, verb, name, send)
        # Only what makes or changes a job must outlive its client; the rest is cheaper without.
        await (work if verb in _LOOKS else asyncio.shield(self.begin(work)))

    def begin(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        """Begin something that goes on whoever waits for it."""
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._forget)
        return task

    def _forget(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            # Fetched so that a drop nobody waited for is not reported as never retrieved.
            task.exception()

    async def _serve(self, request: Request, verb: Verb, name: str, send: Send) -> None:
        request.faults = self.stage.faults.take(self.id, verb)
        if verb == "create":
            late = request.faults.get("late")
            await self.stage.clock.sleep(late.seconds if late else self.stage.accept_delay())
        status = 0
        try:
            reply = self._answer(request, verb, name)
            status = reply.status
        finally:
            if verb == "create":
                self._note(request, status)
        slow = request.faults.get("slow")
        if slow or reply.wait:
            await self.stage.clock.sleep(reply.wait + (slow.seconds if slow else 0.0))
        await send_reply(reply, send)
        if reply.delivers:
            self.stage.meter.deliver(self.id, reply.delivers)

    def _route(self, request: Request) -> tuple[Verb, str]:
        for method, pattern, verb, name in self._routes:
            if method == request.method and (found := pattern.match(request.path)):
                request.args = found.groups()
                return verb, name
        return "other", ""

    def _answer(self, request: Request, verb: Verb, name: str) -> Reply:
        faults = request.faults
        if "drop-before" in faults:
            raise Dropped("closed before the request was taken")
        try:
            self._admit(request, verb, name)
            reply: Reply = getattr(self, name)(request)
        except Denied as denied:
            denied.path = request.path
            return self.envelope(denied)
        if "drop-after" in faults:
            raise Dropped("closed after the request was taken")
        if "error-after" in faults:
            status = faults["error-after"].status
            return self.envelope(Denied("error", "Internal error", status=status))
        if "html" in faults:
            return Reply(502, b"<html><body><h1>502 Bad Gateway</h1></body></html>", "text/html")
        if "malformed" in faults:
            return replace(reply, body=reply.body[: len(reply.body) // 2])
        return reply

    def _admit(self, request: Request, verb: Verb, name: str) -> None:
        faults = request.faults
        if not name:
            raise Denied("not-found", f"No such path: {request.path}")
        if verb != "fetch" and ("revoked" in faults or self.key(request) in {"", "revoked"}):
            raise Denied("no-key", "The API key is missing or not valid")
        for kind in _REFUSING:
            if kind in faults and kind not in self.refuses_later:
                denied = Denied(kind)
                denied.after = faults[kind].seconds
                raise denied
        if "error-before" in faults:
            status = faults["error-before"].status
            raise Denied("error", "Internal error", status=status)

    def _note(self, request: Request, status: int) -> None:
        made = request.job.id if request.job else ""
        body = self.fingerprint(request)
        now = self.stage.clock.now()
        self.stage.meter.post(Post(self.id, now, self.tag(request), body, made, status))
