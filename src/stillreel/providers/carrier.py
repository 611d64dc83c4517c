"""Files at addresses that a vendor gave: put there and taken from there, without our headers."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import httpx2

from stillreel.errors import BadOutput, Gone

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping

    from stillreel.providers.connect import Connections
    from stillreel.providers.words import Words

    Pause = Callable[[float], Awaitable[None]]

TRIES = 4
"""How often what costs nothing is tried."""
PAUSE_S = 0.5
"""Seconds before the second try; each further one waits twice as long."""
_DOWNLOAD_S = 900.0
_GONE = frozenset({403, 404, 410})
"""Statuses a link gives whose file is gone; 400 is said of one that is not yet there."""


class Carrier:
    """Carries files to and from wherever one vendor says."""

    def __init__(self, who: str, words: Words, connections: Connections, pause: Pause) -> None:
        """Carry for a vendor.

        Args:
            who: the vendor, as messages name it.
            words: makes errors of what it answers.
            connections: lends clients.
            pause: waits between tries.
        """
        self.who = who
        self._words = words
        self._connections = connections
        self._pause = pause

    async def put(self, url: str, data: bytes, headers: Mapping[str, str]) -> None:
        """Put a file where the vendor said; none of our own headers go along.

        Raises:
            ProviderError: it was not taken; nothing was charged.
        """
        told = ""
        for attempt in range(TRIES):
            try:
                async with self._connections.client() as client:
                    got = await client.put(url, content=data, headers=dict(headers))
                if got.is_success:
                    return
                told = f"answers {got.status_code} to a picture"
            except (httpx2.HTTPError, httpx2.InvalidURL) as error:
                told = f"does not take a picture ({reason(error)})"
            if attempt < TRIES - 1:
                await self._pause(PAUSE_S * 2**attempt)
        raise self._words.failed(told, "", "no")

    async def download(
        self, link: Callable[[], Awaitable[str]], most: int, *, where: str = ""
    ) -> bytes:
        """Return the file a link gives; a link that gives none is asked for anew.

        Args:
            link: asks the vendor where the file lies.
            most: largest file in bytes.
            where: what was made, for messages.

        Raises:
            BadOutput: the file is larger than that.
            Gone: the link has run out and no other gives the file; the job stays paid.
            ProviderError: the file cannot be had for now; the job stays paid.
        """
        url, told, status = await link(), "", 0
        for attempt in range(TRIES):
            try:
                async with asyncio.timeout(_DOWNLOAD_S), self._gotten(url) as got:
                    if got.is_success:
                        return await self._bounded(got, most, where)
                    status = got.status_code
                    told = f"answers {status} to the link of the result"
            except (httpx2.HTTPError, httpx2.InvalidURL, TimeoutError) as error:
                status, told = 0, f"does not hand over the result ({reason(error)})"
            if attempt < TRIES - 1:
                await self._pause(PAUSE_S * 2**attempt)
                url = await link()
        if status in _GONE:
            raise Gone(
                f"{self.who} {told}: it has run out, or was thrown away.",
                where=where,
                next_step="Look at the job in the vendor's console.",
                charged="yes",
            )
        raise self._words.failed(told, where, "yes")

    @asynccontextmanager
    async def _gotten(self, url: str) -> AsyncGenerator[httpx2.Response]:
        # No header of ours goes along: where files lie is another house.
        async with (
            self._connections.client(kept=True) as client,
            client.stream("GET", url, follow_redirects=True) as got,
        ):
            yield got

    async def _bounded(self, got: httpx2.Response, most: int, where: str) -> bytes:
        parts: list[bytes] = []
        size = 0
        async for part in got.aiter_bytes():
            size += len(part)
            if size > most:
                raise BadOutput(
                    f"{self.who} delivers a file of more than {most:,} bytes.",
                    where=where,
                    next_step="Raise result_bytes_max in your offers file if that is meant.",
                    charged="yes",
                )
            parts.append(part)
        return b"".join(parts)


def reason(error: BaseException) -> str:
    """Return what an error says, or its name where it says nothing."""
    return str(error) or type(error).__name__
