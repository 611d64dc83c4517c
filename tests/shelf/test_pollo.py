"""Pollo in detail: only what is documented is sent, and nobody claims to know more."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from rehearsed import SECRET, answering, clip_ask, rig
from stillreel.errors import ProviderError, Refused
from stillreel.providers.seam import Unsure
from stillreel.shelf.pollo import Pollo
from stillreel.values.money import Money

if TYPE_CHECKING:
    from pathlib import Path

CATALOGUE = {
    "models": [
        {"slug": "bytedance/seedance-2-5"},
        {"slug": "bytedance/seedance-2-0-mini/ref2video"},
    ]
}


def pollo(folder: Path, *answers: Any, label: str = "") -> tuple[Pollo, list[httpx2.Request]]:
    mine = folder / "pollo.toml"
    mine.write_text('prices = [{ usd = "0.80", per = "clip" }]')
    return answering(Pollo, *answers, label=label, mine=mine)


def test_frames_are_sent_in_the_documented_fields(tmp_path: Path) -> None:
    made, seen = pollo(tmp_path, CATALOGUE, {"taskId": "t1", "status": "waiting"})
    job = asyncio.run(made.submit(clip_ask(tmp_path, "frames"), "tag-1"))
    assert (job.vendor_id, job.state) == ("t1", "queued")
    assert str(seen[1].url) == "https://pollo.ai/api/platform/generation/bytedance/seedance-2-5"
    assert seen[1].headers["x-api-key"] == SECRET
    held = json.loads(seen[1].content)
    assert list(held) == ["input"]
    assert set(held["input"]) == {
        *("prompt", "image", "imageTail", "resolution", "length"),
        *("aspectRatio", "seed", "generateAudio"),
    }
    assert held["input"]["generateAudio"] is False


def test_the_catalogue_is_read_once_and_a_model_it_does_not_name_is_refused(tmp_path: Path) -> None:
    ask = clip_ask(tmp_path, "frames")
    made, seen = pollo(tmp_path, CATALOGUE, {"taskId": "t1"})
    for key in ("tag-1", "tag-2"):
        asyncio.run(made.submit(ask, key))
    assert [request.method for request in seen] == ["GET", "POST", "POST"]
    for answer, wanted in (
        ({"models": []}, Refused),
        (httpx2.Response(404, json={}), Refused),
        (httpx2.Response(200, html="<html></html>"), ProviderError),
    ):
        made, seen = pollo(tmp_path, answer)
        with pytest.raises(wanted, match="catalogue") as told:
            asyncio.run(made.submit(ask, "tag-1"))
        assert told.value.charged == "no"
        assert [request.method for request in seen] == ["GET"]


def test_each_model_reads_stills_in_its_own_way(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="reads frames, not grid"):
        asyncio.run(pollo(tmp_path, CATALOGUE)[0].submit(clip_ask(tmp_path), "tag-1"))
    mini = pollo(tmp_path, CATALOGUE, label="mini")[0]
    with pytest.raises(Refused, match="reads grid or panels, not frames"):
        asyncio.run(mini.submit(clip_ask(tmp_path, "frames"), "tag-1"))


def test_a_lost_job_is_for_a_person_to_settle(tmp_path: Path) -> None:
    said = asyncio.run(pollo(tmp_path, CATALOGUE)[0].find("tag-1"))
    assert isinstance(said, Unsure)
    assert "history" in said.reason


def test_the_price_is_what_the_user_wrote_and_holds_as_it_was_when_sent(tmp_path: Path) -> None:
    bench = rig(
        Pollo,
        tmp_path,
        clip_ask(tmp_path),
        label="mini",
        offers='prices = [{ usd = "0.20", per = "second", resolutions = ["720p"] }]',
    )
    made = bench.make()
    assert made.quote(bench.ask).high == Money.parse("2.40")

    async def paid() -> None:
        job = await made.submit(bench.ask, "tag-1")
        bench.wired.advance(4000)
        assert (await made.poll(job)).charged == Money.parse("2.40")

    asyncio.run(paid())
    assert bench.wired.house.stage.meter.bill("pollo").micros == 2_400_000  # pyright: ignore[reportAttributeAccessIssue]
