"""Every provider of the shelf keeps the promises of the seam, under every fault."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from rehearsed import clip_ask, rig
from stillreel.providers import conformance, registry
from stillreel.providers.ask import StillAsk
from stillreel.rehearsal import house
from stillreel.shelf.ark.platform import Ark
from stillreel.shelf.pollo import Pollo
from stillreel.values.scene import Identity, SheetScene

if TYPE_CHECKING:
    from pathlib import Path

PRICE = 'prices = [{ usd = "0.40", per = "second" }]'


@pytest.mark.parametrize("label", ["", "2.5"])
@pytest.mark.parametrize("check", conformance.checks(Ark().offer), ids=conformance.name)
def test_ark(check: Any, label: str, tmp_path: Path) -> None:
    asyncio.run(check(rig(Ark, tmp_path, clip_ask(tmp_path), label=label)))


@pytest.mark.parametrize("check", conformance.checks(Ark().offer), ids=conformance.name)
def test_ark_with_frames(check: Any, tmp_path: Path) -> None:
    asyncio.run(check(rig(Ark, tmp_path, clip_ask(tmp_path, "frames"), label="fast")))


@pytest.mark.parametrize("check", conformance.checks(Ark().offer), ids=conformance.name)
def test_ark_over_a_socket(check: Any, tmp_path: Path) -> None:
    bench = rig(Ark, tmp_path, clip_ask(tmp_path), patience=2.0)

    async def served() -> None:
        port = asyncio.get_running_loop().create_future()
        task = asyncio.ensure_future(house.serve(0, bench.wired.house, ready=port.set_result))  # pyright: ignore[reportAttributeAccessIssue]
        address = {"STILLREEL_ARK_BASE_URL": f"http://127.0.0.1:{await port}/ark"}

        def make() -> Any:
            made = bench.make()
            made.environment, made._transport = address, None  # pyright: ignore[reportAttributeAccessIssue]
            return made

        try:
            await check(replace(bench, make=make))
        finally:
            bench.wired.advance(60)
            task.cancel()
            await asyncio.wait({task})

    if "never_left" not in check.__name__:
        asyncio.run(served())


@pytest.mark.parametrize("check", conformance.checks(Pollo().offer), ids=conformance.name)
def test_pollo(check: Any, tmp_path: Path) -> None:
    asyncio.run(check(rig(Pollo, tmp_path, clip_ask(tmp_path, "frames"), offers=PRICE)))


@pytest.mark.parametrize("check", conformance.checks(Pollo().offer), ids=conformance.name)
def test_pollo_mini(check: Any, tmp_path: Path) -> None:
    asyncio.run(check(rig(Pollo, tmp_path, clip_ask(tmp_path), label="mini", offers=PRICE)))


@pytest.mark.parametrize("name", ["lumen", "ink"])
@pytest.mark.parametrize(
    "check", conformance.checks(registry.still("lumen").offer), ids=conformance.name
)
def test_the_embedded_front_ends(check: Any, name: str) -> None:
    scene = SheetScene(character=Identity(id="mara", name="Mara"))
    ask = StillAsk("mara", "sheet", "a sheet of Mara", 160, 90, seed=5, take=1, sheet=scene)
    made = registry.still(name)
    asyncio.run(check(conformance.Rig(make=lambda: made, ask=ask)))


@pytest.mark.parametrize(
    "check", conformance.checks(registry.motion("animatic").offer), ids=conformance.name
)
def test_the_animatic(check: Any, tmp_path: Path) -> None:
    board = clip_ask(tmp_path, frames=2, size=(128, 72))
    ask = replace(board, panels=(), references=(), drawn_by="lumen")
    made = registry.motion("animatic")
    asyncio.run(check(conformance.Rig(make=lambda: made, ask=ask)))
