"""Signing in at an MCP server: a browser asks once, and what comes of it is kept and renewed."""

from __future__ import annotations

import asyncio
import time
import webbrowser
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import httpx2

from stillreel.errors import ProviderError
from stillreel.shelf.higgsfield_mcp.drawer import COMMAND, Drawer, Kept
from stillreel.shelf.higgsfield_mcp.session import Server, Unanswered

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from mcp.client.auth import AuthorizationCodeResult, OAuthClientProvider
    from mcp.shared.auth import OAuthClientInformationFull, OAuthToken

_WAIT_S = 300.0
_PAGE = b"You are signed in: close this page and go back to stillreel."


class Bearer(httpx2.Auth):
    """Shows a token that a person brought."""

    def __init__(self, token: str) -> None:
        """Keep the token."""
        self._token = token

    def auth_flow(
        self, request: httpx2.Request
    ) -> Generator[httpx2.Request, httpx2.Response, None]:
        """Let a request go with the token."""
        request.headers["Authorization"] = f"Bearer {self._token}"
        yield request


class Storage:
    """Hands what is kept to the official client, and takes what it gets."""

    def __init__(self, drawer: Drawer, kept: Kept | None = None) -> None:
        """Begin with what lies in a drawer, unless told to begin anew."""
        self._drawer = drawer
        self.kept = drawer.read() if kept is None else kept

    async def get_tokens(self) -> OAuthToken | None:
        """Return the tokens."""
        from mcp.shared.auth import OAuthToken

        return OAuthToken.model_validate(self.kept.tokens) if self.kept.tokens else None

    async def set_tokens(self, tokens: OAuthToken) -> None:
        """Keep new tokens, and until when they are good."""
        self.kept.tokens = tokens.model_dump(mode="json", exclude_none=True)
        self.kept.expires_at = time.time() + tokens.expires_in if tokens.expires_in else 0.0
        self._drawer.write(self.kept)

    async def get_client_info(self) -> OAuthClientInformationFull | None:
        """Return as what we are registered."""
        from mcp.shared.auth import OAuthClientInformationFull

        held = self.kept.client
        return OAuthClientInformationFull.model_validate(held) if held else None

    async def set_client_info(self, client_info: OAuthClientInformationFull) -> None:
        """Keep as what we are registered; it is written with the tokens."""
        self.kept.client = client_info.model_dump(mode="json", exclude_none=True)


class Callback:
    """A page on this machine that the browser comes back to, once."""

    def __init__(self, server: asyncio.Server, port: int, come: asyncio.Future[str]) -> None:
        """Take what `opened` made."""
        self._server = server
        self.address = f"http://127.0.0.1:{port}/callback"
        self._come = come

    @classmethod
    async def opened(cls) -> Callback:
        """Open the page at a free port."""
        come = asyncio.get_running_loop().create_future()

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            line = (await reader.readline()).decode("latin-1").split(" ")
            if len(line) > 1 and line[1].startswith("/callback") and not come.done():
                come.set_result(line[1])
            head = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n"
            writer.write(head + b"Content-Length: %d\r\n\r\n" % len(_PAGE) + _PAGE)
            await writer.drain()
            writer.close()

        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        return cls(server, int(server.sockets[0].getsockname()[1]), come)

    async def answer(self) -> AuthorizationCodeResult:
        """Return what the browser brings.

        Raises:
            ProviderError: nobody came, or the person said no.
        """
        from mcp.client.auth import AuthorizationCodeResult

        try:
            path = await asyncio.wait_for(self._come, _WAIT_S)
        except TimeoutError:
            raise _again("Nobody signed in within five minutes.") from None
        found = {name: rows[0] for name, rows in parse_qs(urlsplit(path).query).items()}
        if "code" not in found:
            raise _again(f"The sign-in was refused: {found.get('error', 'no code came')}.")
        return AuthorizationCodeResult(
            code=found["code"], state=found.get("state"), iss=found.get("iss")
        )

    async def close(self) -> None:
        """Close the page."""
        self._server.close()
        await self._server.wait_closed()


def returning(url: str, storage: Storage) -> OAuthClientProvider:
    """Return what lets in somebody who has signed in; it renews what has run out."""
    made = _provider(url, storage, "http://127.0.0.1/callback", None)
    context, kept = made.context, storage.kept
    # The client itself forgets these between runs, and would send a person to the browser again.
    context.token_expiry_time = kept.expires_at or None
    if kept.server:
        from mcp.shared.auth import OAuthMetadata

        context.oauth_metadata = OAuthMetadata.model_validate(kept.server)
    return made


async def sign_in(
    url: str,
    drawer: Drawer,
    show: Callable[[str], object],
    *,
    timeout: float = 60.0,  # noqa: ASYNC109 - of one message; the person has longer
    transport: httpx2.AsyncBaseTransport | None = None,
) -> tuple[str, ...]:
    """Let a person sign in, keep what comes of it, and return the names of the server's tools.

    Args:
        url: of the MCP server.
        drawer: where the sign-in is kept.
        show: opens an address in front of the person.
        timeout: seconds after which a message is given up.
        transport: carries requests in tests.

    Raises:
        ProviderError: the person did not come back, or was not let in.
    """
    page, storage = await Callback.opened(), Storage(drawer, Kept())
    made = _provider(url, storage, page.address, (page, show))
    try:
        tools = await Server(url, lambda: made, timeout, transport).tools()
    except Unanswered as error:
        raise _again(f"Higgsfield did not let you in: {error.said}.") from None
    finally:
        await page.close()
    told = made.context.oauth_metadata
    if told is not None:
        # Where tokens are renewed: the client itself forgets it between runs.
        storage.kept.server = told.model_dump(mode="json", exclude_none=True)
    drawer.write(storage.kept)
    return tuple(sorted(tools))


def browse(address: str) -> bool:
    """Open an address in the person's browser."""
    return webbrowser.open(address)


def _provider(
    url: str,
    storage: Storage,
    back: str,
    asked: tuple[Callback, Callable[[str], object]] | None,
) -> OAuthClientProvider:
    from mcp.client.auth import OAuthClientProvider
    from mcp.shared.auth import OAuthClientMetadata
    from pydantic import AnyUrl

    async def ask(address: str) -> None:
        if asked is None:
            raise _again("The sign-in at Higgsfield has run out.")
        asked[1](address)

    async def come() -> AuthorizationCodeResult:
        if asked is None:
            raise _again("The sign-in at Higgsfield has run out.")
        return await asked[0].answer()

    # A program on a person's machine keeps no secret of its own.
    about = OAuthClientMetadata(
        client_name="stillreel",
        redirect_uris=[AnyUrl(back)],
        token_endpoint_auth_method="none",  # noqa: S106 - the word for no secret
    )
    return OAuthClientProvider(url, about, storage, ask, come)


def _again(told: str) -> ProviderError:
    return ProviderError(told, next_step=f"Sign in: {COMMAND}.", failure="account")
