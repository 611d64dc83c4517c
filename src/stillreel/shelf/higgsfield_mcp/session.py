"""Short sessions with an MCP server, held by the official client: every call leaves once."""

from __future__ import annotations

import json
import logging
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

import httpx2

from stillreel.errors import StillreelError
from stillreel.shelf.higgsfield_mcp.line import Line

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Mapping

    from mcp import ClientSession
    from mcp.types import CallToolResult

    from stillreel.providers.reply import Reply, Table

_PAGES = 20
_CONNECT_S = 10.0
_KEPT = 4


@dataclass(frozen=True, slots=True)
class Told:
    """What a tool answered: a table, where it gave one, and its words."""

    table: Table = field(repr=False)
    text: str
    failed: bool = False
    """Whether the tool says that it failed."""


class Unanswered(Exception):
    """A message that has no answer to be understood."""

    def __init__(self, said: str, code: int, line: Line) -> None:
        """Keep what the client said and what the line noted."""
        super().__init__(said)
        self.code = code
        """The server's number of the error; 0 where it told none."""
        self.said = line.failure or said
        self.reply: Reply | None = None if line.failure else line.reply
        """The answer that was no success, where one came."""
        self.left = line.left > 0
        """Whether a paid call may have reached the server."""


class Server:
    """An MCP server, talked to in sessions that are as long as one errand."""

    def __init__(
        self,
        url: str,
        auth: Callable[[], httpx2.Auth],
        timeout: float,
        transport: httpx2.AsyncBaseTransport | None = None,
    ) -> None:
        """Keep where it is; no connection is made yet.

        Args:
            url: its address.
            auth: lets us in; made anew for each session.
            timeout: seconds after which a message is given up.
            transport: carries requests in tests.
        """
        self._url = url
        self._auth = auth
        self._timeout = timeout
        self._transport = transport

    async def tools(self) -> dict[str, Table]:
        """Return the shape of what each tool takes, by its name.

        Raises:
            Unanswered: the server does not tell.
        """
        async with self._session() as session:
            found: dict[str, Table] = {}
            cursor: str | None = None
            for _ in range(_PAGES):
                from mcp.types import PaginatedRequestParams

                page = await session.list_tools(params=PaginatedRequestParams(cursor=cursor))
                for tool in page.tools:
                    found[tool.name] = {"about": tool.description or "", **tool.input_schema}
                cursor = page.next_cursor
                if not cursor:
                    break
            return found

    async def call(self, tool: str, arguments: Mapping[str, object], *, paid: bool = False) -> Told:
        """Call a tool, once.

        Args:
            tool: its name.
            arguments: as its shape wants them.
            paid: whether the call costs money, so that it must never leave twice.

        Raises:
            Unanswered: no answer came, or none that can be understood.
        """
        async with self._session(tool if paid else "") as session:
            from mcp.types import CallToolRequest, CallToolRequestParams, CallToolResult

            # Not `call_tool`: it may list tools again and call a second time.
            request = CallToolRequest(
                params=CallToolRequestParams(name=tool, arguments=dict(arguments))
            )
            return _told(await session.send_request(request, CallToolResult))

    @asynccontextmanager
    async def _session(self, paid: str = "") -> AsyncGenerator[ClientSession]:
        from mcp import Client
        from mcp.client.streamable_http import streamable_http_client

        # It logs whole messages, tokens and all, where something breaks.
        logging.getLogger("mcp").setLevel(logging.CRITICAL)
        wait = self._timeout
        limits = httpx2.Timeout(wait, connect=min(_CONNECT_S, wait / 2))
        async with self._carrier(kept=0 if paid else _KEPT) as inner:
            line = Line(inner, wait, paid)
            try:
                async with (
                    httpx2.AsyncClient(transport=line, auth=self._auth(), timeout=limits) as http,
                    Client(
                        streamable_http_client(self._url, http_client=http),
                        mode="legacy",
                        cache=None,
                    ) as client,
                ):
                    yield client.session
            except Exception as error:  # noqa: BLE001 - the client groups whatever broke inside it
                first = _first(error)
                if isinstance(first, StillreelError):
                    raise first from None
                code = getattr(first, "code", 0)
                raise Unanswered(str(first) or type(first).__name__, code, line) from None

    @asynccontextmanager
    async def _carrier(self, kept: int) -> AsyncGenerator[httpx2.AsyncBaseTransport]:
        if self._transport is not None:
            yield self._transport
            return
        # A kept connection that the vendor is just closing would look like a lost reply.
        limits = httpx2.Limits(max_connections=None, max_keepalive_connections=kept)
        trust = httpx2.create_ssl_context()
        async with httpx2.AsyncHTTPTransport(verify=trust, limits=limits) as made:
            yield made


def _told(result: CallToolResult) -> Told:
    words = [str(getattr(one, "text", "")) for one in result.content]
    text = "\n".join(one for one in words if one)
    held: object = result.structured_content
    if not isinstance(held, dict):
        try:
            held = json.loads(text)
        except ValueError:
            held = None
    table = cast("Table", held) if isinstance(held, dict) else {}
    return Told(table, text, result.is_error)


def _first(error: BaseException) -> BaseException:
    """Return what went wrong first, wherever it lies in a group; an error of ours goes before."""
    if not isinstance(error, BaseExceptionGroup):
        return error
    group = cast("BaseExceptionGroup[BaseException]", error)
    found = [_first(one) for one in group.exceptions]
    return next((one for one in found if isinstance(one, StillreelError)), found[0])
