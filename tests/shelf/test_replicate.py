"""Replicate in detail: what it sends, how it finds a lost job, and when it says it is absent."""

from __future__ import annotations

import asyncio
import base64
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import cv2
import httpx2
import numpy as np
import pytest

from published import schemas, wrong
from rehearsed import answering, clip_ask, picture, rig
from stillreel.errors import Gone
from stillreel.providers import conformance
from stillreel.providers.seam import Job, Unsure
from stillreel.shelf.replicate.platform import Replicate
from stillreel.values.money import Money

if TYPE_CHECKING:
    from pathlib import Path

    from stillreel.providers.ask import MotionAsk

TAG = "sr-1"


@pytest.mark.parametrize(("label", "read"), [("", "grid"), ("2.5", "panels"), ("", "frames")])
@pytest.mark.parametrize("check", conformance.checks(Replicate().offer), ids=conformance.name)
def test_it_keeps_the_promises_of_the_seam(
    check: Any, label: str, read: Any, tmp_path: Path
) -> None:
    asyncio.run(check(rig(Replicate, tmp_path, clip_ask(tmp_path, read), label=label)))


def row(id_: str, seed: int = 7, at: str = "12:00:00", **more: object) -> dict[str, object]:
    made = f"2026-10-01T{at}Z"
    told = {"id": id_, "status": "starting", "created_at": made, "input": {"seed": seed}}
    return {**told, "data_removed": False, "metrics": {}, **more}


def erased(id_: str, at: str = "09:00:00") -> dict[str, object]:
    return row(id_, at=at, status="succeeded", data_removed=True, input={}, output=None)


def sent(ask: MotionAsk, label: str = "", key: str = TAG) -> dict[str, Any]:
    made, seen = answering(Replicate, row("p1"), label=label)
    job = asyncio.run(made.submit(ask, key))
    assert (job.vendor_id, job.state, job.key) == ("p1", "queued", key)
    assert "prefer" not in seen[0].headers
    return json.loads(seen[0].content)


def test_a_board_goes_as_reference_images_in_small_files(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (1296, 2304, 3), np.uint8)
    heavy = picture(tmp_path, "heavy", 2304, 1296)
    cv2.imwrite(str(heavy.file), cv2.GaussianBlur(noise, (9, 9), 0))
    ask = clip_ask(tmp_path)
    body = sent(replace(ask, references=(ask.references[0], heavy)))
    held = body.pop("input")
    assert body == {}
    plate, board = (base64.b64decode(one.partition(",")[2]) for one in held["reference_images"])
    assert plate == ask.references[0].file.read_bytes()
    assert len(board) <= 256_000 < heavy.file.stat().st_size
    assert board.startswith(b"\xff\xd8")
    del held["reference_images"]
    assert held.pop("seed") < 2**31
    assert held == {
        "prompt": ask.prompt,
        "resolution": "720p",
        "aspect_ratio": "16:9",
        "duration": 12,
        "generate_audio": False,
    }


def test_frames_go_as_first_and_last_image_and_every_tag_has_its_own_seed(tmp_path: Path) -> None:
    ask = clip_ask(tmp_path, "frames")
    held = [sent(ask, key=key)["input"] for key in ("sr-1", "sr-2", "sr-1")]
    assert {"image", "last_frame_image"} <= set(held[0])
    assert "reference_images" not in held[0]
    assert held[0]["seed"] == held[2]["seed"] != held[1]["seed"]


@pytest.mark.parametrize("read", ["grid", "panels", "frames"])
def test_bodies_are_as_published(read: Any, tmp_path: Path) -> None:
    all_ = schemas("replicate.yml")
    wanted = all_["schemas_prediction_request"]
    assert wrong(sent(clip_ask(tmp_path, read)), wanted, all_) == []
    assert wrong({"inputs": {}}, wanted, all_) != []


def seed_of(folder: Path) -> int:
    return sent(clip_ask(folder))["input"]["seed"]


def found(*pages: Any) -> Job | Unsure | None:
    return asyncio.run(answering(Replicate, *pages)[0].find(TAG))


def test_a_job_is_found_by_its_seed_on_any_page(tmp_path: Path) -> None:
    there = "https://api.replicate.com/v1/predictions?cursor=abc"
    ordered = {"resolution": "720p", "aspect_ratio": "16:9", "duration": 5}
    mine = row("mine", input={**ordered, "seed": seed_of(tmp_path)}, status="succeeded")
    pages = [
        {"results": [erased("short"), row("other")], "next": there},
        {"results": [mine, erased("old")], "next": None},
    ]
    made, seen = answering(Replicate, *pages)
    job = asyncio.run(made.find(TAG))
    assert isinstance(job, Job)
    assert (job.vendor_id, job.state, job.key) == ("mine", "succeeded", TAG)
    assert job.charged == Money.parse("1.512")
    assert str(seen[1].url) == there


def test_a_next_page_at_another_house_is_not_shown_the_key() -> None:
    made, seen = answering(
        Replicate, {"results": [row("a")], "next": "https://elsewhere.example/v1/x"}
    )
    said = asyncio.run(made.find(TAG))
    assert isinstance(said, Unsure)
    assert "elsewhere.example" in said.reason
    assert len(seen) == 1


def test_a_list_that_tells_every_input_says_that_a_job_is_not_there() -> None:
    assert found({"results": [row("a"), row("b", 8)], "next": None}) is None
    assert found({"results": [], "next": None}) is None


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"results": [row("a"), erased("b")], "next": None}, "thrown away"),
        ({"items": []}, "another shape"),
        ({"results": [row("a")]}, "another shape"),
        ({"results": [row("a", input={})], "next": None}, "thrown away"),
        ({"results": [{"status": "starting"}]}, "another shape"),
        (httpx2.Response(404, json={}), "cannot be read"),
        (httpx2.Response(401, json={}), "cannot be read"),
        (httpx2.Response(200, html="<html></html>"), "cannot be read"),
    ],
    ids=str,
)
def test_a_list_that_does_not_tell_all_proves_nothing(answer: Any, words: str) -> None:
    said = found(answer)
    assert isinstance(said, Unsure)
    assert words in said.reason


def test_what_is_older_than_our_create_call_cannot_be_ours(tmp_path: Path) -> None:
    lost = httpx2.Response(502, html="<html></html>")
    page = {"results": [row("a", at="12:09:00"), row("b"), erased("c")], "next": None}
    made, _ = answering(Replicate, row("first", at="12:08:00"), lost, page)

    async def tried() -> object:
        await made.submit(clip_ask(tmp_path), "sr-0")
        with pytest.raises(Exception, match="502"):
            await made.submit(clip_ask(tmp_path), TAG)
        return await made.find(TAG)

    assert asyncio.run(tried()) is None


def polled(told: dict[str, object], state: Any = "queued") -> Job:
    job = Job("replicate", TAG, "p1", state, handle="1512000")
    return asyncio.run(answering(Replicate, told)[0].poll(job))


def test_a_finished_prediction_tells_times_price_and_how_long_it_is_kept() -> None:
    done = row(
        "p1",
        status="succeeded",
        started_at="2026-10-01T12:00:04.5Z",
        completed_at="2026-10-01T12:03:44Z",
        metrics={"predict_time": 219.5},
    )
    job = polled(done)
    assert (job.state, job.charged) == ("succeeded", Money.parse("1.512"))
    assert (job.queue_seconds, job.run_seconds) == (4.5, 219.5)
    assert job.expires_at == "2026-10-01T13:03:44+00:00"


def test_a_refused_output_is_told_apart_from_a_failure_and_neither_is_charged() -> None:
    flagged = polled(row("p1", status="failed", error="The output was flagged (E005)"))
    assert (flagged.failure, flagged.charged) == ("moderation-output", Money())
    broken = polled(row("p1", status="failed", error="Prediction failed."))
    assert (broken.failure, broken.charged) == ("provider", Money())


def test_a_clip_that_was_thrown_away_is_gone_and_was_paid() -> None:
    made, _ = answering(Replicate, erased("p1"))
    job = Job("replicate", TAG, "p1", "succeeded", handle="1512000")
    with pytest.raises(Gone, match="thrown it away") as told:
        asyncio.run(made.fetch(job))
    assert told.value.charged == "yes"


def test_a_prediction_that_a_person_found_is_followed_without_a_price() -> None:
    done = row("p1", status="succeeded", output="https://files.example/v.mp4")
    job = asyncio.run(answering(Replicate, done)[0].poll(Job("replicate", TAG, "p1", "queued")))
    assert (job.state, job.charged) == ("succeeded", None)
