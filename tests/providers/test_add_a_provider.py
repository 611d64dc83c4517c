"""The page on adding a provider is true: its package is installed and passes the kit."""

from __future__ import annotations

import asyncio
import importlib
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from stillreel.providers import conformance, registry
from stillreel.providers.seam import StillAsk
from stillreel.shelf.ark.platform import Ark

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = Path(__file__).resolve().parents[2] / "docs" / "add-a-provider.md"
SECRET = "acme-planted-7Hq2ZtPf"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(16)
ASK = StillAsk(subject="mara", kind="sheet", prompt="Mara", width=512, height=512, seed=1, take=1)
REFUSED = {
    "moderation-input": (400, {"error": {"message": "against the policy"}}),
    "real-person": (400, {"error": {"message": "a real person"}}),
    "no-credit": (402, {}),
    "model-closed": (404, {}),
    "busy": (429, {}),
}


class AcmeDesk(httpx2.AsyncBaseTransport):
    """Acme, as small as the kit allows."""

    def __init__(self) -> None:
        self.now, self.seen = 0.0, 0
        self.made: dict[str, tuple[float, str]] = {}
        self.set: list[list[Any]] = []

    def fault(self, kind: str, verb: str = "", times: int = 1) -> None:
        home = {"unknown-status": "poll", "expired-link": "fetch"}
        self.set.append([kind, verb or home.get(kind, "create"), times or 99])

    def clear(self) -> None:
        self.set.clear()

    def posts(self) -> int:
        return self.seen

    def advance(self, seconds: float) -> None:
        self.now += seconds

    def fires(self, verb: str) -> str:
        for one in self.set:
            if one[1] == verb and one[2] > 0:
                one[2] -= 1
                return one[0]
        return ""

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        verb = {"POST": "create"}.get(request.method, "poll")
        verb = "fetch" if request.url.path.startswith("/files") else verb
        kind = self.fires(verb)
        if kind == "unreachable":
            raise httpx2.ConnectError("refused")
        self.seen += verb == "create"
        if kind in {"drop-before", "drop-after"}:
            raise httpx2.RemoteProtocolError("closed")
        if kind == "slow":
            await asyncio.sleep(60)
        if kind in {"error-before", "error-after"}:
            return httpx2.Response(500, json={})
        if kind in {"html", "malformed"}:
            return httpx2.Response(200, content=b"<html>" if kind == "html" else b"{")
        if kind == "revoked":
            return httpx2.Response(401, json={"message": f"no such key: {SECRET}"})
        if kind in REFUSED:
            status, body = REFUSED[kind]
            return httpx2.Response(status, json=body, headers={"Retry-After": "3"})
        return await self.answer(request, verb, kind)

    async def answer(self, request: httpx2.Request, verb: str, kind: str) -> httpx2.Response:
        if verb == "fetch":
            return httpx2.Response(403 if kind else 200, content=PNG)
        if verb == "create":
            await request.aread()
            assert json.loads(request.content)["model"] == "acme-fast-2"
            self.made[str(len(self.made))] = (self.now, kind)
            return httpx2.Response(200, json={"id": str(len(self.made) - 1)})
        began, fate = self.made[request.url.path.rpartition("/")[2]]
        if kind == "unknown-status":
            return httpx2.Response(200, json={"status": "varnishing"})
        if self.now < began + 60:
            return httpx2.Response(200, json={"status": "waiting"})
        if fate == "moderation-output":
            return httpx2.Response(200, json={"status": "failed", "why": "against the policy"})
        url = "https://files.acme.example/files/1.png?sig=x"
        return httpx2.Response(200, json={"status": "done", "url": url})


@pytest.fixture
def acme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Install the package of the page, and return its provider's class."""
    blocks = re.findall(r"```\w+\n# (\S+)\n(.*?)```", PAGE.read_text(), re.DOTALL)
    files = dict(blocks)
    folder = tmp_path / "acme_stills"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    for name in ("acme_stills/acme.offers.toml", "acme_stills/front_end.py"):
        (tmp_path / name).write_text(files[name])
    (point,) = re.findall(r'(acme) = "(\S+)"', files["pyproject.toml"])
    info = tmp_path / "acme_stills-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-stills\nVersion: 1\n")
    (info / "entry_points.txt").write_text(f"[stillreel.providers]\n{point[0]} = {point[1]}\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    registry.forget()
    yield importlib.import_module("acme_stills.front_end").Acme
    for name in [name for name in sys.modules if name.startswith("acme_stills")]:
        del sys.modules[name]
    registry.forget()


def test_the_package_of_the_page_is_listed_with_its_models(
    acme: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACME_API_KEY", SECRET)
    assert {"acme", "acme:fast"} <= set(registry.names())
    assert isinstance(registry.still("acme:fast"), acme)


@pytest.mark.parametrize("check", conformance.checks(Ark().offer), ids=conformance.name)
def test_it_keeps_the_promises_of_the_seam(check: Any, acme: Any, tmp_path: Path) -> None:
    desk, hasty = AcmeDesk(), tmp_path / "acme.toml"
    hasty.write_text("timeout = 0.1\n")

    async def at_once(seconds: float) -> None:
        assert seconds >= 0

    def make(key: str = SECRET) -> Any:
        mine = hasty if any(one[0] == "slow" for one in desk.set) else None
        return acme("fast", mine, key=key, environment={}, transport=desk, pause=at_once)

    asyncio.run(check(conformance.Rig(make, ASK, desk, SECRET, bare=lambda: make(""))))
