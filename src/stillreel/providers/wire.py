"""The wire to a vendor: one create call and never a second; patience only where it costs nothing.

A create call goes out once. Whatever is lost after its bytes may have left is `Lost`; a connection
that never stood cost nothing. Looking, listing and downloading are tried again, as often and as
late as the vendor's headers allow. Nothing here shows a key or the secret part of a link.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

import httpx2
from pydantic import BaseModel, ValidationError

from stillreel.errors import Busy, ProviderError, Refused
from stillreel.providers.carrier import PAUSE_S, TRIES, Carrier, reason
from stillreel.providers.connect import NEVER_LEFT, Connections
from stillreel.providers.parcel import media_of, packed, slices
from stillreel.providers.reply import UNTOLD, by_status, read
from stillreel.providers.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from stillreel.providers.carrier import Pause
    from stillreel.providers.reply import Reply, Table
    from stillreel.providers.words import Judge

Page = TypeVar("Page", bound=BaseModel)
_LONGEST_HOLD_S = 60.0
"""Longest a look is held back at a vendor's word; beyond it the caller is told to come later."""


class Wire(Carrier):
    """One vendor's address, spoken to with one key."""

    def __init__(
        self,
        who: str,
        base: str,
        headers: Mapping[str, str],
        *,
        timeout: float,
        secrets: tuple[str, ...] = (),
        judge: Judge = by_status,
        undone: Callable[[Reply], bool] = lambda _: False,
        transport: httpx2.AsyncBaseTransport | None = None,
        pause: Pause = asyncio.sleep,
    ) -> None:
        """Keep the address; no connection is made yet.

        Args:
            who: the vendor, as messages name it.
            base: its address; paths are laid behind it.
            headers: sent to that address only, never to where a download lies.
            timeout: seconds after which a call is given up.
            secrets: texts that are struck out of every message.
            judge: tells the class of a reply that refuses; by its status unless told.
            undone: says whether a server error is one after which nothing can have been made.
            transport: carries requests in tests.
            pause: waits between tries.
        """
        super().__init__(
            who, Words(who, secrets, judge), Connections(base, timeout, transport), pause
        )
        self._base = base.rstrip("/")
        self._headers = dict(headers)
        self._timeout = timeout
        self._undone = undone

    def __repr__(self) -> str:
        """Return the vendor and its address, and no header."""
        return f"Wire({self.who!r}, {self._base!r})"

    async def create(
        self,
        path: str,
        body: object,
        *,
        where: str = "",
        most: int = 0,
        verb: str = "POST",
        headers: Mapping[str, str] | None = None,
    ) -> Table:
        """Send a create call exactly once and return its JSON object.

        Args:
            path: behind the address.
            body: sent as JSON, in which files stand as `parcel.Inline`; or a `parcel.Form`.
            where: what is made, for messages.
            most: largest body in bytes that the vendor takes; 0 where it is not known.
            verb: the HTTP method.
            headers: of this call alone, such as our tag.

        Raises:
            Refused: the vendor will not do it; nothing was charged.
            Busy: it takes no more for now; nothing was charged.
            ProviderError: no connection stood; nothing was charged.
            Lost: the answer is lost, a server error, or no JSON.
        """
        pieces = packed(body)
        size = sum(len(piece) for piece in pieces)
        if most and size > most:
            raise Refused(
                f"The request has {size:,} bytes; {self.who} takes {most:,}.",
                where=where,
                next_step="Send fewer or smaller pictures.",
                failure="invalid",
            )
        try:
            # A connection of its own: a kept one that the vendor is just closing would look like
            # a lost reply, and a paid call cannot be sent again to find out.
            own = {**(headers or {}), "Content-Type": media_of(body)}
            reply = await self._once(verb, path, pieces=pieces, own=own)
        except NEVER_LEFT as error:
            raise self._words.failed(f"cannot be reached ({reason(error)})", where, "no") from None
        except (httpx2.HTTPError, TimeoutError) as error:
            raise self._words.lost(f"gave no answer ({reason(error)})", where) from None
        if reply.ok:
            return reply.table
        told = 400 <= reply.status < 500 and reply.status not in UNTOLD
        if told or self._undone(reply):
            raise self._words.refused(reply, where)
        raise self._words.lost(f"answered {reply.told}", where)

    async def look(
        self, path: str, params: Mapping[str, str | int] | None = None, *, tries: int = TRIES
    ) -> Reply:
        """Ask for something that costs nothing, again if need be.

        Args:
            path: behind the address; or a whole address that the vendor gave.
            params: of the query.
            tries: how often at most.

        Returns:
            The reply: a success, or a client error such as 404.

        Raises:
            Busy: the vendor asks to be left alone for longer than can be waited here.
            ProviderError: it cannot be reached, answers no JSON, or does not take the key.
        """
        told, hold = "", 0.0
        for attempt in range(tries):
            try:
                reply = await self._once("GET", path, params=params, kept=True)
            except (httpx2.HTTPError, TimeoutError) as error:
                told, hold = f"cannot be reached ({reason(error)})", 0.0
            else:
                if reply.ok or reply.final:
                    return self._words.accepted(reply)
                told, hold = f"answered {reply.told}", reply.after
                if hold > _LONGEST_HOLD_S:
                    break
            if attempt < tries - 1:
                await self._pause(max(hold, PAUSE_S * 2**attempt))
        if told.startswith("answered 429"):
            raise Busy(f"{self.who} asks to be left alone.", after=hold)
        raise self._words.failed(told, "", "unknown")

    async def page(
        self, shape: type[Page], path: str, params: Mapping[str, str | int] | None = None
    ) -> Page:
        """Return a page of a list, asked for again if need be.

        Raises:
            ProviderError: it cannot be read, or has another shape than is published.
        """
        reply = await self.look(path, params)
        if not reply.ok:
            raise ProviderError(self.clean(f"it answers {reply.told}"))
        try:
            return shape.model_validate(reply.table)
        except ValidationError:
            raise ProviderError("it has another shape than is published") from None

    async def change(self, verb: str, path: str, body: object = None) -> Reply:
        """Send a call that changes something and costs nothing, such as a cancel; once.

        Raises:
            ProviderError: no answer came, or the key is not taken.
        """
        pieces = () if body is None else packed(body)
        own = {"Content-Type": media_of(body)} if pieces else None
        try:
            return self._words.accepted(await self._once(verb, path, pieces=pieces, own=own))
        except (httpx2.HTTPError, TimeoutError) as error:
            raise self._words.failed(
                f"cannot be reached ({reason(error)})", "", "unknown"
            ) from None

    def clean(self, text: str) -> str:
        """Return a text without keys and without the secret part of links, and not too long."""
        return self._words.clean(text)

    async def _once(
        self,
        verb: str,
        path: str,
        *,
        kept: bool = False,
        pieces: tuple[bytes, ...] = (),
        own: Mapping[str, str] | None = None,
        params: Mapping[str, str | int] | None = None,
    ) -> Reply:
        headers, body = {**self._headers, **(own or {})}, None
        if pieces:
            headers["Content-Length"] = str(sum(len(piece) for piece in pieces))
            body = slices(pieces)
        url = self._at(path)
        async with asyncio.timeout(self._timeout), self._connections.client(kept=kept) as client:
            sent = client.stream(verb, url, content=body, headers=headers, params=params)
            async with sent as got:
                return await read(got)

    def _at(self, path: str) -> str:
        """Return the address of a path, or of a whole address the vendor gave under its own roof.

        Raises:
            ProviderError: it leads to another house, which must not be shown the key.
        """
        if "://" not in path:
            return f"{self._base}/{path.lstrip('/')}"
        own, other = urlsplit(self._base), urlsplit(path)
        if (own.scheme, own.netloc) != (other.scheme, other.netloc):
            raise self._words.failed(f"leads to another house, {other.hostname}", "", "unknown")
        return path
