"""All stand-ins under one roof: the ASGI app, its control plane, and the server."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, cast

from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

from stillreel.rehearsal.ark import Ark
from stillreel.rehearsal.clock import Scaled, Virtual
from stillreel.rehearsal.fal import Fal
from stillreel.rehearsal.faults import Fault
from stillreel.rehearsal.gemini import Gemini
from stillreel.rehearsal.higgsfield import Higgsfield
from stillreel.rehearsal.higgsfield_mcp import HiggsfieldMcp
from stillreel.rehearsal.ltx import Ltx
from stillreel.rehearsal.openai import OpenAI
from stillreel.rehearsal.pollo import Pollo
from stillreel.rehearsal.replicate import Replicate
from stillreel.rehearsal.runway import Runway
from stillreel.rehearsal.stage import Conditions, Stage
from stillreel.rehearsal.wire import Dropped

if TYPE_CHECKING:
    from collections.abc import Callable
    from socket import socket

    from starlette.requests import Request

    from stillreel.rehearsal.clock import Clock
    from stillreel.rehearsal.stage import Artist
    from stillreel.rehearsal.vendor import Vendor
    from stillreel.rehearsal.wire import Message, Receive, Send

VENDORS: tuple[type[Vendor], ...] = (
    Ark,
    Fal,
    Gemini,
    Higgsfield,
    HiggsfieldMcp,
    Ltx,
    OpenAI,
    Pollo,
    Replicate,
    Runway,
)
_HERE = {"127.0.0.1", "localhost", "[::1]"}
_WHENCE = {b"host", b"origin"}


class House:
    """The ASGI app: `/ark/...`, `/pollo/...` and so on, and the control plane at `/_stage`."""

    def __init__(self, stage: Stage) -> None:
        """Open every stand-in on one stage."""
        self.stage = stage
        self.vendors: dict[str, Vendor] = {made.id: made(stage) for made in VENDORS}
        self._control = Starlette(routes=self._routes())

    def reset(self) -> None:
        """Forget all jobs, bills and faults."""
        self.stage.reset()
        for vendor in self.vendors.values():
            vendor.reset()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Hand a request to the vendor its path begins with."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._control(scope, receive, send)
            return
        if not _local(scope):
            await JSONResponse({"error": "this server serves this machine only"}, 403)(
                cast("Any", scope), receive, send
            )
            return
        vendor = self.vendors.get(scope["path"].split("/", 2)[1])
        if vendor is None:
            await self._control(scope, receive, send)
            return
        try:
            await vendor(scope, receive, send)
        except Dropped:
            if not await _hang_up(send):
                raise

    def _routes(self) -> list[Route]:
        return [
            Route("/_stage", self._overview),
            Route("/_stage/bill", self._bill),
            Route("/_stage/charges", self._charges),
            Route("/_stage/seen", self._seen),
            Route("/_stage/faults", self._faults, methods=["GET", "POST", "DELETE"]),
            Route("/_stage/clock", self._clock, methods=["GET", "POST"]),
            Route("/_stage/reset", self._reset, methods=["POST"]),
        ]

    async def _overview(self, request: Request) -> JSONResponse:  # noqa: ARG002
        return JSONResponse({"format": 1, "vendors": sorted(self.vendors)})

    async def _bill(self, request: Request) -> JSONResponse:  # noqa: ARG002
        return JSONResponse(self.stage.meter.document())

    async def _charges(self, request: Request) -> JSONResponse:
        rows = self.stage.meter.charges(request.query_params.get("vendor", ""))
        return JSONResponse({"format": 1, "charges": [asdict(row) for row in rows]})

    async def _seen(self, request: Request) -> JSONResponse:
        vendor = request.query_params.get("vendor", "")
        rows = [asdict(post) for post in self.stage.meter.posts if vendor in {"", post.vendor}]
        return JSONResponse({"format": 1, "posts": rows})

    async def _faults(self, request: Request) -> JSONResponse:
        faults = self.stage.faults
        if request.method == "DELETE":
            faults.clear()
        if request.method == "POST":
            held: object = await request.json()
            try:
                faults.add(Fault(**cast("dict[str, Any]", held)))
            except (TypeError, ValueError) as error:
                return JSONResponse({"error": str(error)}, 400)
        return JSONResponse({"format": 1, "fired": faults.fired})

    async def _clock(self, request: Request) -> JSONResponse:
        clock = self.stage.clock
        if request.method == "POST":
            held = cast("dict[str, Any]", await request.json())
            if isinstance(clock, Virtual) and "advance" in held:
                clock.advance(float(held["advance"]))
            elif isinstance(clock, Virtual) and held.get("leap"):
                clock.leap()
            elif isinstance(clock, Scaled) and float(held.get("factor", 0)) > 0:
                clock.pace(float(held["factor"]))
            else:
                return JSONResponse({"error": "this clock cannot do that"}, 400)
        return JSONResponse({"format": 1, "now": clock.now()})

    async def _reset(self, request: Request) -> JSONResponse:  # noqa: ARG002
        self.reset()
        return JSONResponse({"format": 1})


def app(
    clock: Clock | None = None,
    conditions: Conditions | None = None,
    artist: Artist | None = None,
) -> House:
    """Return the ASGI app of all stand-ins.

    Args:
        clock: the vendors' time; real time unless given.
        conditions: seed, queues, limits and failures.
        artist: who makes the files; test cards unless given.
    """
    return House(Stage(clock, conditions, artist))


async def serve(
    port: int,
    house: House | None = None,
    *,
    ready: Callable[[int], None] | None = None,
) -> None:
    """Serve the stand-ins on 127.0.0.1 until cancelled or interrupted.

    Args:
        port: 0 takes any free one.
        house: what `app` returned; a new one unless given.
        ready: told the port once requests are taken.
    """
    import uvicorn

    settings = uvicorn.Config(
        house or app(),
        host="127.0.0.1",
        port=port,
        log_level="error",
        access_log=False,
        lifespan="off",
        server_header=False,
        date_header=False,
        # A client must never meet a connection that is closed for idleness: it could not tell.
        timeout_keep_alive=3600,
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(settings)
    task = asyncio.ensure_future(server.serve())
    try:
        while not (server.started or task.done()):  # noqa: ASYNC110 - it has no event for it
            await asyncio.sleep(0.01)
        if ready is not None and server.started:
            bound = cast("list[socket]", server.servers[0].sockets)
            ready(int(bound[0].getsockname()[1]))
        # Shielded: a cancelled server would leave its sockets open.
        await asyncio.shield(task)
    finally:
        server.should_exit = True
        await asyncio.wait({task}, timeout=5)


def _local(scope: Message) -> bool:
    # A page from elsewhere must not reach it, neither by another name nor from another origin.
    said = {key: value.decode("latin-1") for key, value in scope["headers"] if key in _WHENCE}
    origin = said.get(b"origin", "http://127.0.0.1").partition("://")[2]
    return _named(said.get(b"host", "")) in _HERE and _named(origin) in _HERE


def _named(host: str) -> str:
    name, _, port = host.rpartition(":")
    return name if port.isdigit() else host


async def _hang_up(send: Send) -> bool:
    # The server's own `send` is bound to the exchange, which knows the connection; in process
    # there is none, and the exception itself says that no answer came.
    transport = getattr(getattr(send, "__self__", None), "transport", None)
    if transport is None:
        return False
    transport.abort()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    return True
