"""An MCP server with a door, made of the server side of the official package, on this machine."""

from __future__ import annotations

import asyncio
import secrets
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import httpx2
import uvicorn
from mcp.server.auth.provider import (
    AccessToken,
    AuthorizationCode,
    RefreshToken,
    construct_redirect_uri,
)
from mcp.server.auth.settings import AuthSettings, ClientRegistrationOptions
from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.shared.auth import OAuthToken

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from mcp.server.auth.provider import AuthorizationParams
    from mcp.shared.auth import OAuthClientInformationFull


class Porter:
    """Lets everybody in who asks, for a short while, and again for a token of renewal."""

    def __init__(self, good_for: int) -> None:
        self.good_for = good_for
        self.clients: dict[str, OAuthClientInformationFull] = {}
        self.codes: dict[str, AuthorizationCode] = {}
        self.tokens: dict[str, AccessToken] = {}
        self.renewals: dict[str, RefreshToken] = {}
        self.asked = 0
        """How often a browser came."""

    async def get_client(self, client_id: str) -> OAuthClientInformationFull | None:
        return self.clients.get(client_id)

    async def register_client(self, client_info: OAuthClientInformationFull) -> None:
        self.clients[client_info.client_id] = client_info

    async def authorize(
        self, client: OAuthClientInformationFull, params: AuthorizationParams
    ) -> str:
        self.asked += 1
        code = secrets.token_urlsafe(24)
        self.codes[code] = AuthorizationCode(
            code=code,
            scopes=params.scopes or [],
            expires_at=time.time() + 60,
            client_id=client.client_id,
            code_challenge=params.code_challenge,
            redirect_uri=params.redirect_uri,
            redirect_uri_provided_explicitly=params.redirect_uri_provided_explicitly,
            resource=params.resource,
        )
        return construct_redirect_uri(str(params.redirect_uri), code=code, state=params.state)

    async def load_authorization_code(
        self, client: OAuthClientInformationFull, authorization_code: str
    ) -> AuthorizationCode | None:
        return self.codes.get(authorization_code)

    async def exchange_authorization_code(
        self, client: OAuthClientInformationFull, authorization_code: AuthorizationCode
    ) -> OAuthToken:
        return self._granted(client.client_id)

    async def load_refresh_token(
        self, client: OAuthClientInformationFull, refresh_token: str
    ) -> RefreshToken | None:
        return self.renewals.get(refresh_token)

    async def exchange_refresh_token(
        self, client: OAuthClientInformationFull, refresh_token: RefreshToken, scopes: list[str]
    ) -> OAuthToken:
        del self.renewals[refresh_token.token]
        return self._granted(client.client_id)

    async def load_access_token(self, token: str) -> AccessToken | None:
        return self.tokens.get(token)

    async def revoke_token(self, token: Any) -> None:
        self.tokens.pop(token.token, None)

    def _granted(self, client: str) -> OAuthToken:
        access, renewal = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
        self.tokens[access] = AccessToken(token=access, client_id=client, scopes=[])
        self.renewals[renewal] = RefreshToken(token=renewal, client_id=client, scopes=[])
        return OAuthToken(access_token=access, expires_in=self.good_for, refresh_token=renewal)


class Guild:
    """The server: its tools are as others were seen to use them, and note how they were called."""

    def __init__(self, good_for: int = 3600) -> None:
        self.porter = Porter(good_for)
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.answers: dict[str, Any] = {}
        """What each tool answers; a `ToolError` where it fails."""
        self.url = ""

    def named(self, tool: str) -> list[dict[str, Any]]:
        return [asked for name, asked in self.calls if name == tool]

    @asynccontextmanager
    async def open(self) -> AsyncGenerator[Guild]:
        """Serve at a free port of this machine."""
        socket = uvicorn.Config("", host="127.0.0.1", port=0).bind_socket()
        base = f"http://127.0.0.1:{socket.getsockname()[1]}"
        self.url = f"{base}/mcp"
        app = self._server(base).streamable_http_app()
        settings = uvicorn.Config(app, log_level="critical", timeout_graceful_shutdown=1)
        server = uvicorn.Server(settings)
        task = asyncio.ensure_future(server.serve([socket]))
        while not server.started:
            await asyncio.sleep(0.01)
        try:
            yield self
        finally:
            server.should_exit = True
            await asyncio.wait({task}, timeout=5)
            socket.close()

    @asynccontextmanager
    async def inside(self) -> AsyncGenerator[httpx2.AsyncBaseTransport]:
        """Serve without a socket: what is returned carries requests there."""
        self.url = "http://127.0.0.1:9/mcp"
        server = self._server("http://127.0.0.1:9")
        app = server.streamable_http_app(stateless_http=True, json_response=True)
        async with server.session_manager.run():
            yield httpx2.ASGITransport(app)

    def _server(self, base: str) -> MCPServer:
        server = MCPServer(
            "guild",
            auth_server_provider=self.porter,  # pyright: ignore[reportArgumentType]
            auth=AuthSettings(
                issuer_url=base,  # pyright: ignore[reportArgumentType]
                resource_server_url=self.url,  # pyright: ignore[reportArgumentType]
                validate_token_resource=False,
                client_registration_options=ClientRegistrationOptions(enabled=True),
            ),
        )

        def answered(name: str, asked: dict[str, Any]) -> Any:
            self.calls.append((name, asked))
            answer = self.answers[name]
            if isinstance(answer, ToolError):
                raise answer
            return answer() if callable(answer) else answer

        @server.tool(name="generate_video", description='Roles: "image_references".')
        async def film(
            model: str,
            prompt: str,
            duration: int,
            medias: list[dict[str, str]],
            declined_preset_id: str = "",
        ) -> Any:
            asked = {"model": model, "prompt": prompt, "duration": duration, "medias": medias}
            return answered("generate_video", {**asked, "declined": declined_preset_id})

        @server.tool(name="job_status")
        async def stands(job_id: str) -> Any:
            return answered("job_status", {"job_id": job_id})

        @server.tool(name="media_upload")
        async def place(files: list[dict[str, str]]) -> Any:
            return answered("media_upload", {"files": files})

        @server.tool(name="media_confirm")
        async def confirm(type: str, media_ids: list[str]) -> Any:  # noqa: A002 - the vendor's word
            return answered("media_confirm", {"type": type, "media_ids": media_ids})

        return server
