"""Requests and answers as the stand-ins see them: small, and free of any framework."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import parse_qsl

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, MutableMapping

    from stillreel.rehearsal.faults import Fault
    from stillreel.rehearsal.job import Job

    Message = MutableMapping[str, Any]
    Receive = Callable[[], Awaitable[Message]]
    Send = Callable[[Message], Awaitable[None]]

_MOST_BYTES = 256 << 20


class Dropped(ConnectionError):
    """The connection is closed without an answer."""


class Denied(Exception):
    """A request the vendor does not serve, in neutral words; the vendor's envelope says it."""

    def __init__(self, kind: str, message: str = "", param: str = "", status: int = 0) -> None:
        """Name the kind (`invalid`, `no-key`, `busy`, ...), and perhaps the field at fault."""
        super().__init__(message or kind)
        self.kind = kind
        self.message = message
        self.param = param
        self.status = status
        self.path = ""
        """Path of the request it answers: a vendor may speak two dialects."""
        self.after = 0.0
        """Seconds that Retry-After shall say."""


@dataclass(slots=True)
class Request:
    """One request, read whole."""

    method: str
    path: str
    """Below the vendor's mount."""
    query: list[tuple[str, str]]
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes
    base: str
    """Address of the vendor's mount."""
    args: tuple[str, ...] = ()
    """What the route's pattern found in the path."""
    faults: dict[str, Fault] = field(default_factory=dict[str, "Fault"])
    job: Job | None = None
    """The job this create call made."""

    def get(self, name: str, default: str = "") -> str:
        """Return the first value of a query field."""
        return next((value for key, value in self.query if key == name), default)

    def number(self, name: str, default: int) -> int:
        """Return a whole number of the query.

        Raises:
            Denied: it is none.
        """
        text = self.get(name) or str(default)
        if not text.isdecimal():
            raise Denied("invalid", f"{name} must be a whole number", name)
        return int(text)

    def json(self) -> dict[str, Any]:
        """Return the body as a JSON object.

        Raises:
            Denied: it is none.
        """
        try:
            held: object = json.loads(self.body)
        except ValueError as error:
            raise Denied("invalid", f"The request body is not valid JSON: {error}") from error
        if not isinstance(held, dict):
            raise Denied("invalid", "The request body must be a JSON object")
        return cast("dict[str, Any]", held)


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer."""

    status: int
    body: bytes = b""
    media_type: str = "application/json"
    headers: tuple[tuple[str, str], ...] = ()
    wait: float = 0.0
    """Seconds on the vendors' clock until it is sent."""
    delivers: str = ""
    """Id of the job whose file this is."""


def answer(held: object, status: int = 200, *headers: tuple[str, str], wait: float = 0.0) -> Reply:
    """Return a JSON answer."""
    return Reply(status, json.dumps(held).encode(), headers=headers, wait=wait)


async def read(scope: Message, receive: Receive, mount: str) -> Request | None:
    """Return the request, or None where the client left before it was sent whole."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > _MOST_BYTES:
            return None
        if not message.get("more_body", False):
            break
    headers = {key.decode("latin-1"): value.decode("latin-1") for key, value in scope["headers"]}
    host = headers.get("host", "127.0.0.1")
    return Request(
        method=scope["method"],
        path=scope["path"][len(mount) :],
        query=parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True),
        headers=headers,
        body=parts[0] if len(parts) == 1 else b"".join(parts),
        base=f"{scope.get('scheme', 'http')}://{host}{mount}",
    )


async def send_reply(reply: Reply, send: Send) -> None:
    """Send an answer whole."""
    headers = [
        (b"content-type", reply.media_type.encode()),
        (b"content-length", str(len(reply.body)).encode()),
        *((name.lower().encode(), value.encode()) for name, value in reply.headers),
    ]
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    await send({"type": "http.response.body", "body": reply.body})
