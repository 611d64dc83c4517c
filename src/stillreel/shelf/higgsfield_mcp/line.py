"""The line to an MCP server: every message is noted, and the one that is paid leaves once.

The official client hides what became of a request behind one kind of error. What can be known of a
paid call stands here: whether it left, what status came back, and what was said.
"""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, cast

import httpx2

from stillreel.providers.connect import NEVER_LEFT
from stillreel.providers.reply import Reply, read

if TYPE_CHECKING:
    from stillreel.providers.reply import Table

_FAILED = 599
"""Status the client is shown in place of an answer that never came."""


class Line(httpx2.AsyncBaseTransport):
    """Carries the messages of one short session."""

    def __init__(self, inner: httpx2.AsyncBaseTransport, timeout: float, paid: str = "") -> None:
        """Lay the line.

        Args:
            inner: carries the requests.
            timeout: seconds after which a message is given up.
            paid: name of the tool whose call is paid.
        """
        self._inner = inner
        self._timeout = timeout
        self._paid = paid
        self.left = 0
        """Paid calls that may have reached the server."""
        self.failure = ""
        """Why the last message has no answer."""
        self.reply: Reply | None = None
        """The last answer that was no success."""

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Carry one message and note what becomes of it; a second paid one is not carried."""
        if request.method == "GET" and "text/event-stream" in request.headers.get("accept", ""):
            # The server is not listened to for news: that stream would never end.
            return httpx2.Response(405, request=request)
        spoken, counts = self._read(await request.aread())
        if counts and self.left:
            return httpx2.Response(_FAILED, request=request)
        self.left += counts
        try:
            async with asyncio.timeout(self._timeout):
                response = await self._inner.handle_async_request(request)
                data = await response.aread()
        except NEVER_LEFT as error:
            self.left -= counts
            return self._silent(error, request, spoken=spoken)
        except (httpx2.HTTPError, TimeoutError) as error:
            return self._silent(error, request, spoken=spoken)
        made = httpx2.Response(
            response.status_code, headers=_plain(response.headers), content=data, request=request
        )
        if spoken:
            self.failure = ""
            self.reply = None if response.is_success else await read(made)
            # Whoever is not let in has ordered nothing: the client may show a new token.
            self.left -= counts and response.status_code in {401, 403}
        return made

    def _silent(
        self, error: BaseException, request: httpx2.Request, *, spoken: bool
    ) -> httpx2.Response:
        if spoken:
            self.failure = str(error) or type(error).__name__
        return httpx2.Response(_FAILED, request=request)

    def _read(self, body: bytes) -> tuple[bool, bool]:
        """Say whether a body asks the server something, and whether that is what is paid."""
        try:
            held: object = json.loads(body)
        except ValueError:
            return False, False
        message = cast("Table", held) if isinstance(held, dict) else {}
        if not {"id", "method"} <= message.keys():
            # Neither a courtesy at the end of a session nor a request for a token.
            return False, False
        params = message.get("params")
        called = cast("Table", params).get("name") if isinstance(params, dict) else None
        return True, message.get("method") == "tools/call" and called == self._paid


def _plain(headers: httpx2.Headers) -> list[tuple[str, str]]:
    """Return headers without those of an encoding that is undone already."""
    undone = {"content-encoding", "content-length", "transfer-encoding"}
    return [(key, value) for key, value in headers.multi_items() if key.lower() not in undone]
