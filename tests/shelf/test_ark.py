"""Ark in detail: the body it sends, the price it quotes, and when it says that a job is absent."""

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

from rehearsed import SECRET, Ruled, answering, clip_ask, picture, rig
from stillreel.errors import BadOutput, Gone, Lost, NotConfigured, Refused
from stillreel.providers.metered import price
from stillreel.providers.seam import Job, Unsure
from stillreel.rehearsal.stage import Conditions
from stillreel.shelf.ark.platform import Ark
from stillreel.values.money import Money

if TYPE_CHECKING:
    from pathlib import Path

    from stillreel.providers.ask import MotionAsk


def body_of(ask: MotionAsk, label: str = "") -> dict[str, Any]:
    ark, seen = answering(Ark, {"id": "cgt-1"}, label=label)
    job = asyncio.run(ark.submit(ask, "tag-1"))
    assert (job.vendor_id, job.state, job.key) == ("cgt-1", "queued", "tag-1")
    assert seen[0].url.path == "/api/v3/contents/generations/tasks"
    return json.loads(seen[0].content)


def roles(body: dict[str, Any]) -> list[str]:
    return [item["role"] for item in body["content"] if item["type"] == "image_url"]


def test_a_board_goes_as_reference_pictures_and_everything_is_said_aloud(tmp_path: Path) -> None:
    ask = clip_ask(tmp_path)
    body = body_of(ask)
    assert body.pop("content")[0] == {"type": "text", "text": ask.prompt}
    assert body == {
        "model": "dreamina-seedance-2-0-260128",
        "resolution": "720p",
        "ratio": "16:9",
        "duration": 12,
        "seed": 5,
        "generate_audio": False,
        "return_last_frame": True,
        "watermark": False,
        "safety_identifier": "tag-1",
    }
    body = body_of(ask)
    assert roles(body) == ["reference_image"] * 2
    head, _, data = body["content"][1]["image_url"]["url"].partition(",")
    assert head == "data:image/png;base64"
    assert base64.b64decode(data) == ask.references[0].file.read_bytes()


def test_panels_fill_the_places_that_are_left_from_first_to_last(tmp_path: Path) -> None:
    ask = clip_ask(tmp_path, "panels")
    ask = replace(ask, references=ask.references[:1])
    body = body_of(ask)
    assert roles(body) == ["reference_image"] * 9
    sent = [item["image_url"]["url"] for item in body["content"][1:]]
    ends = [base64.b64encode(ask.panels[at].file.read_bytes()).decode() for at in (0, -1)]
    assert [sent[1].partition(",")[2], sent[-1].partition(",")[2]] == ends
    assert "The shots in order: Image 2, Image 3," in body["content"][0]["text"]
    assert len(roles(body_of(ask, "2.5"))) == 10


def test_panels_that_the_prompt_counts_itself_are_sent_as_they_are(tmp_path: Path) -> None:
    ask = clip_ask(tmp_path, "panels")
    ask = replace(ask, references=(ask.references[0], *ask.panels[:3]))
    body = body_of(ask)
    assert len(roles(body)) == 4
    assert body["content"][0]["text"] == ask.prompt


def test_frames_are_the_first_and_the_last_panel_and_never_mixed_with_references(
    tmp_path: Path,
) -> None:
    ask = clip_ask(tmp_path, "frames")
    body = body_of(ask)
    assert roles(body) == ["first_frame", "last_frame"]
    assert body["ratio"] == "adaptive"
    first = replace(picture(tmp_path, "chosen", 640, 360), role="first-frame")
    chosen = body_of(replace(ask, references=(first,), panels=ask.panels[:1]))
    assert roles(chosen) == ["first_frame"]
    data = chosen["content"][1]["image_url"]["url"].partition(",")[2]
    assert base64.b64decode(data) == first.file.read_bytes()


@pytest.mark.parametrize(
    ("size", "label", "resolution", "ratio"),
    [
        ((1920, 1080), "", "1080p", "16:9"),
        ((1920, 1080), "fast", "720p", "16:9"),
        ((1080, 1920), "", "1080p", "9:16"),
        ((854, 480), "2.5", "480p", "16:9"),
        ((1440, 1080), "", "1080p", "4:3"),
        ((1080, 1080), "", "1080p", "1:1"),
        ((1920, 822), "", "1080p", "21:9"),
        ((3840, 2160), "", "4k", "16:9"),
    ],
)
def test_the_smallest_size_that_is_not_below_what_is_asked(
    size: tuple[int, int], label: str, resolution: str, ratio: str, tmp_path: Path
) -> None:
    body = body_of(clip_ask(tmp_path, size=size), label)
    assert (body["resolution"], body["ratio"]) == (resolution, ratio)


@pytest.mark.parametrize(
    ("seconds", "label", "size", "bill"),
    [
        # Tokens of two bills at 7.0 a million, and the vendor's two examples of 2.5.
        (5, "", (1280, 720), 0.7623),
        (4, "", (1280, 720), 0.6111),
        (5, "2.5", (854, 480), 0.514),
        (5, "2.5", (1280, 720), 1.156),
    ],
)
def test_the_quote_holds_published_bills_and_is_within_three_percent(
    seconds: int, label: str, size: tuple[int, int], bill: float, tmp_path: Path
) -> None:
    ask = clip_ask(tmp_path, size=size)
    panels = [replace_frames(panel, 1) for panel in ask.board.panels[:8]]
    panels.append(replace_frames(ask.board.panels[8], seconds * 24 - 8))
    quote = Ark(label).quote(replace(ask, board=ask.board.model_copy(update={"panels": panels})))
    assert quote.low.micros / 1e6 - 0.0005 <= bill <= quote.high.micros / 1e6
    assert quote.high.micros / 1e6 <= bill * 1.03


@pytest.mark.parametrize("label", ["", "fast", "mini", "2.5"])
def test_no_clip_of_any_size_or_length_is_billed_above_its_quote(
    label: str, tmp_path: Path
) -> None:
    ark = Ark(label)
    ask = clip_ask(tmp_path)
    for size in ark.offer.sizes:
        if size.resolution not in ark.offer.resolutions:
            continue
        width, height = ark.offer.pixels(size.resolution)[size.ratio]
        for seconds in range(ark.offer.seconds[0], ark.offer.seconds[1] + 1):
            panel = replace_frames(ask.board.panels[0], seconds * 24)
            board = ask.board.model_copy(update={"panels": (panel,)})
            quote = ark.quote(replace(ask, width=width, height=height, board=board))
            tokens = [round(width * height * (24 * seconds + more) / 1024) for more in (0, 1)]
            low, high = (price(one, size.resolution, ark.offer) for one in tokens)
            assert quote.low.micros <= low.micros + 6
            assert high <= quote.high


def replace_frames(panel: Any, frames: int) -> Any:
    return panel.model_copy(update={"frames": frames})


def test_a_length_is_rounded_up_and_beyond_the_longest_refused(tmp_path: Path) -> None:
    assert body_of(clip_ask(tmp_path, frames=33))["duration"] == 13
    assert body_of(clip_ask(tmp_path, frames=2))["duration"] == 4
    with pytest.raises(Refused, match=r"runs 15\.8 s; ark makes 15 s"):
        body_of(clip_ask(tmp_path, frames=42))
    assert body_of(clip_ask(tmp_path, frames=42), "2.5")["duration"] == 16


def test_bodies_beyond_64_mb_are_refused_before_they_are_sent(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (2200, 2200, 3), np.uint8)
    file = tmp_path / "noise.png"
    cv2.imwrite(str(file), noise)
    heavy = replace(picture(tmp_path, "mara", 400, 400), file=file)
    ark, seen = answering(Ark, {"id": "cgt-1"})
    with pytest.raises(Refused, match="takes 64,000,000"):
        asyncio.run(ark.submit(replace(clip_ask(tmp_path), references=(heavy,) * 4), "tag-1"))
    assert seen == []


def test_a_task_without_an_id_is_lost(tmp_path: Path) -> None:
    ark, _ = answering(Ark, {"task": "cgt-1"})
    with pytest.raises(Lost, match="no id"):
        asyncio.run(ark.submit(clip_ask(tmp_path), "tag-1"))


def task(id_: str = "cgt-1", tag: str = "", **more: object) -> dict[str, object]:
    return {"id": id_, "status": "queued", "safety_identifier": tag, "error": None, **more}


def found(*answers: Any) -> object:
    return asyncio.run(answering(Ark, *answers)[0].find("tag-1"))


def test_a_job_is_found_on_any_page_of_the_list() -> None:
    pages = [[task(f"a{n}", "other") for n in range(500)], [task("b", "tag-1")]]
    ark, seen = answering(Ark, *({"items": items, "total": 501} for items in pages))
    job = asyncio.run(ark.find("tag-1"))
    assert isinstance(job, Job)
    assert (job.vendor_id, job.key, job.state) == ("b", "tag-1", "queued")
    assert [request.url.params["page_num"] for request in seen] == ["1", "2"]
    assert "filter.model" not in seen[0].url.params


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"items": [task("a", "x")], "total": 2}, "tells 2 tasks and shows 1"),
        ({"items": [task("a")], "total": 1}, "no tag of any task"),
        ({"items": [task("a", "x")]}, "another shape"),
        ({"data": []}, "another shape"),
        ({"items": [{"status": "queued"}], "total": 1}, "another shape"),
        (httpx2.Response(200, html="<html></html>"), "cannot be read"),
        (httpx2.Response(404, json={}), "cannot be read"),
        (httpx2.Response(401, json={}), "cannot be read"),
    ],
    ids=str,
)
def test_a_list_that_is_not_whole_proves_nothing(answer: Any, words: str) -> None:
    said = found(answer, {"items": [], "total": 2} if words.startswith("tells") else answer)
    assert isinstance(said, Unsure)
    assert words in said.reason


def test_a_whole_list_without_the_tag_says_that_the_job_is_not_there() -> None:
    assert found({"items": [task("a", "x"), task("b")], "total": 2}) is None
    assert found({"items": [], "total": 0}) is None


def test_what_is_null_is_as_good_as_absent() -> None:
    nulls = dict.fromkeys(("content", "usage", "updated_at", "resolution", "model"))
    other = {**task("a"), **nulls, "safety_identifier": None}
    assert found({"items": [other, task("b", "x")], "total": 2}) is None
    assert isinstance(found({"items": [other], "total": 1}), Unsure)


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({}, "set ARK_API_KEY"),
        ({"ARK_API_KEY": "sk–0123456789"}, "letters that no key has"),
        ({"ARK_API_KEY": "export ARK=sk-0123456789"}, "letters that no key has"),
        ({"ARK_API_KEY": "sk-1", "STILLREEL_ARK_BASE_URL": "127.0.0.1:80"}, "is no address"),
    ],
)
def test_what_is_not_set_right_is_told_before_anything_is_sent(
    environment: dict[str, str], words: str, tmp_path: Path
) -> None:
    ark = Ark(environment=environment)
    assert words in ark.status().reason
    with pytest.raises(NotConfigured, match=words):
        asyncio.run(ark.submit(clip_ask(tmp_path), "tag-1"))


def test_without_a_key_nothing_is_claimed() -> None:
    said = asyncio.run(Ark(environment={}).find("tag-1"))
    assert isinstance(said, Unsure)


def polled(told: Any, job: Job | None = None) -> Job:
    ark, _ = answering(Ark, told)
    return asyncio.run(ark.poll(job or Job("ark", "tag-1", "cgt-1", "queued", handle="1080p")))


def test_a_finished_task_settles_by_the_tokens_that_were_used() -> None:
    usage = {"completion_tokens": 245_025, "total_tokens": 245_025}
    job = polled(task(status="succeeded", usage=usage, updated_at=1_790_856_288))
    assert job.charged == Money.parse("1.886693")
    assert job.expires_at == "2026-10-02T12:04:48+00:00"
    untold = polled(task(status="succeeded"))
    assert (untold.state, untold.charged, untold.expires_at) == ("succeeded", None, "")


def test_a_smaller_clip_than_was_asked_is_billed_as_asked_and_told() -> None:
    usage = {"completion_tokens": 1_000_000}
    job = polled(task(status="succeeded", usage=usage, resolution="720p", duration="5"))
    assert job.charged == Money.parse("7.7")
    assert "720p came where 1080p was asked" in job.warning


@pytest.mark.parametrize(
    ("code", "failure"),
    [
        ("OutputAudioSensitiveContentDetected.PolicyViolation", "moderation-output"),
        ("InputImageSensitiveContentDetected.PrivacyInformation", "real-person"),
        ("InputTextSensitiveContentDetected", "moderation-input"),
        ("InternalServiceError", "provider"),
        ("", "provider"),
    ],
)
def test_a_failed_task_costs_nothing_and_is_told_by_its_class(code: str, failure: str) -> None:
    job = polled(task(status="failed", error={"code": code, "message": "said"}))
    assert (job.state, job.charged, job.failure) == ("failed", Money(), failure)
    assert "said" in job.message


def test_what_is_no_clip_is_told_and_a_missing_last_frame_costs_no_clip() -> None:
    content = {"video_url": "https://files.example/v.mp4?s=1"}
    done, job = task(status="succeeded", content=content), Job("ark", "tag-1", "cgt-1", "succeeded")
    page = httpx2.Response(200, html="<html>sign in</html>")
    with pytest.raises(BadOutput, match="in place of a clip") as told:
        asyncio.run(answering(Ark, done, page)[0].fetch(job))
    assert told.value.charged == "yes"
    film = b"\x00\x00\x00\x18ftypisom" + bytes(8)
    files = asyncio.run(
        answering(Ark, done, httpx2.Response(200, content=film), done)[0].fetch(job)
    )
    assert [(file.media_type, file.role) for file in files] == [("video/mp4", "main")]


def test_a_task_that_is_not_known_is_asked_again_unless_it_had_ended() -> None:
    gone = httpx2.Response(404, json={"error": {"code": "ResourceNotFound"}})
    with pytest.raises(Gone):
        polled(gone)
    assert polled(gone, Job("ark", "tag-1", "cgt-1", "succeeded")).state == "expired"


def test_a_list_that_lags_and_runs_over_pages_is_read_at_the_stand_in(tmp_path: Path) -> None:
    bench = rig(Ark, tmp_path, clip_ask(tmp_path))
    vendor = Ruled("ark", Conditions(accept=(0.0, 0.0), list_lag=20.0))
    address = {"STILLREEL_ARK_BASE_URL": "http://127.0.0.1:9/ark"}
    ark = Ark(key=SECRET, environment=address, transport=vendor)

    async def tried() -> None:
        for number in range(3):
            await ark.submit(bench.ask, f"tag-{number}")  # pyright: ignore[reportArgumentType]
        assert await ark.find("tag-1") is None
        vendor.advance(ark.offer.list_lag)
        job = await ark.find("tag-1")
        assert isinstance(job, Job)
        vendor.advance(4000)
        done = await ark.poll(job)
        assert done.charged is not None
        assert done.charged.micros == vendor.house.stage.meter.bill("ark").micros // 3

    asyncio.run(tried())
