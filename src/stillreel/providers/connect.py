"""Connections to one vendor: kept ones for looking, one of its own for a call that is paid."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx2

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncGenerator

NEVER_LEFT = (
    httpx2.ConnectError,
    httpx2.ConnectTimeout,
    httpx2.PoolTimeout,
    httpx2.ProxyError,
    httpx2.UnsupportedProtocol,
)
"""Failures that come before a byte of the request is on its way."""
_CONNECT_S = 10.0
_KEPT = 20


def here(address: str) -> bool:
    """Say whether an address is on this machine."""
    return urlsplit(address).hostname in {"127.0.0.1", "::1", "localhost"}


class Connections:
    """Clients for one address, one for each running event loop."""

    def __init__(
        self, base: str, timeout: float, transport: httpx2.AsyncBaseTransport | None = None
    ) -> None:
        """Open none yet.

        Args:
            base: the vendor's address; a proxy is never asked for one on this machine.
            timeout: seconds without a byte after which a call is given up.
            transport: carries requests in tests.
        """
        self._here = here(base)
        self._timeout = httpx2.Timeout(timeout, connect=min(_CONNECT_S, timeout / 2))
        self._transport = transport
        self._open: dict[asyncio.AbstractEventLoop, _Held] = {}

    @asynccontextmanager
    async def client(self, *, kept: bool = False) -> AsyncGenerator[httpx2.AsyncClient]:
        """Lend a client: one whose connections are kept, or a new one that is closed after use."""
        if not kept:
            async with self._new(0) as client:
                yield client
            return
        loop = asyncio.get_running_loop()
        for other in list(self._open):
            if other.is_closed():
                self._open.pop(other, None)
        if loop not in self._open:
            self._open[loop] = await _Held.begun(self._new(_KEPT))
        yield self._open[loop].client

    def _new(self, keep: int) -> httpx2.AsyncClient:
        # Requests are logged with their whole address, and a signed link is a secret.
        logging.getLogger("httpx2").setLevel(logging.WARNING)
        return httpx2.AsyncClient(
            verify=_trust(),
            transport=self._transport,
            timeout=self._timeout,
            limits=httpx2.Limits(max_connections=None, max_keepalive_connections=keep),
            trust_env=not self._here,
        )


class _Held:
    """A client that is kept as long as its event loop runs, and closed with it."""

    def __init__(
        self, client: httpx2.AsyncClient, keeper: AsyncGenerator[httpx2.AsyncClient]
    ) -> None:
        self.client = client
        self._keeper = keeper

    @classmethod
    async def begun(cls, client: httpx2.AsyncClient) -> _Held:
        async def kept() -> AsyncGenerator[httpx2.AsyncClient]:
            # A loop closes its open generators when it ends: nothing else tells us that it does.
            async with client:
                yield client

        keeper = kept()
        return cls(await anext(keeper), keeper)


@cache
def _trust() -> ssl.SSLContext:
    return httpx2.create_ssl_context()
