"""A way into the stand-ins without a socket: a transport for httpx2 clients of one process."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx2

from stillreel.rehearsal.wire import Dropped

if TYPE_CHECKING:
    from stillreel.rehearsal.house import House


class Inside(httpx2.AsyncBaseTransport):
    """Hands requests to a house; a connection it closes looks like one that a server closed."""

    def __init__(self, house: House) -> None:
        """Take the house that answers."""
        self._asgi = httpx2.ASGITransport(house)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Serve one request.

        Raises:
            httpx2.RemoteProtocolError: the stand-in closed the connection without an answer.
        """
        try:
            return await self._asgi.handle_async_request(request)
        except Dropped as error:
            raise httpx2.RemoteProtocolError(
                "Server disconnected without sending a response.", request=request
            ) from error
