"""LTX in detail: frames only, lengths as they are made, one word for the camera."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from rehearsed import SECRET, answering, clip_ask, picture, rig
from stillreel.errors import Busy, Refused
from stillreel.providers import conformance
from stillreel.providers.seam import Job, Unsure
from stillreel.shelf.ltx import Ltx, camera
from stillreel.values.money import Money

if TYPE_CHECKING:
    from pathlib import Path

    from stillreel.providers.ask import MotionAsk
    from stillreel.values.scene import Move

NEWER = '[[model]]\nlabel = "2.5-fast"\nprices = [{ usd = "0.05", per = "second" }]'


def frames_ask(folder: Path, **more: Any) -> MotionAsk:
    return replace(clip_ask(folder, "frames"), references=(), **more)


@pytest.mark.parametrize("check", conformance.checks(Ltx().offer), ids=conformance.name)
def test_it_keeps_the_promises_of_the_seam(check: Any, tmp_path: Path) -> None:
    asyncio.run(check(rig(Ltx, tmp_path, frames_ask(tmp_path), tells_people=False)))


@pytest.mark.parametrize("check", conformance.checks(Ltx().offer), ids=conformance.name)
def test_it_keeps_them_with_a_newer_model_at_a_price_of_the_users_own(
    check: Any, tmp_path: Path
) -> None:
    ask = frames_ask(tmp_path)
    asyncio.run(check(rig(Ltx, tmp_path, ask, label="2.5-fast", offers=NEWER, tells_people=False)))


def body_of(ask: MotionAsk, label: str = "", mine: Path | None = None) -> dict[str, Any]:
    ltx, seen = answering(Ltx, {"id": "j-1"}, label=label, mine=mine)
    job = asyncio.run(ltx.submit(ask, "tag-1"))
    assert (job.vendor_id, job.state) == ("j-1", "queued")
    assert (seen[0].method, seen[0].url.path) == ("POST", "/v2/image-to-video")
    assert seen[0].headers["authorization"] == f"Bearer {SECRET}"
    return json.loads(seen[0].content)


def test_a_frame_is_moved_by_a_job_and_everything_is_said_aloud(tmp_path: Path) -> None:
    body = body_of(frames_ask(tmp_path))
    assert body.pop("image_uri").startswith("data:image/png;base64,")
    assert body == {
        "prompt": clip_ask(tmp_path).prompt,
        "model": "ltx-2-fast",
        "resolution": "1920x1080",
        "duration": 12,
        "fps": 25,
        "generate_audio": False,
        "camera_motion": "static",
    }


def test_newer_models_end_with_a_frame_too_and_keep_the_rate_of_the_film(tmp_path: Path) -> None:
    mine = tmp_path / "ltx.toml"
    mine.write_text(NEWER)
    body = body_of(frames_ask(tmp_path), "2.5-fast", mine)
    assert body["last_frame_uri"].startswith("data:image/png;base64,")
    assert (body["model"], body["fps"]) == ("ltx-2-5-fast", 24)
    assert body_of(frames_ask(tmp_path, fps=30), "2.5-fast", mine)["fps"] == 25


@pytest.mark.parametrize(
    ("frames", "seconds"), [(2, 6), (16, 6), (17, 8), (30, 12), (33, 14), (53, 20)]
)
def test_a_length_is_one_that_is_made_and_the_price_is_that_of_the_order(
    frames: int, seconds: int, tmp_path: Path
) -> None:
    ask = replace(clip_ask(tmp_path, "frames", frames=frames), references=())
    assert body_of(ask)["duration"] == seconds
    assert Ltx().quote(ask).high == Money.parse("0.04") * seconds


def test_lengths_beyond_a_model_are_refused_before_anything_is_sent(tmp_path: Path) -> None:
    ltx, seen = answering(Ltx, {"id": "j-1"}, label="2-pro")
    with pytest.raises(Refused, match=r"runs 12\.0 s; ltx:2-pro makes 10 s"):
        asyncio.run(ltx.submit(frames_ask(tmp_path), "tag-1"))
    assert seen == []


@pytest.mark.parametrize(("height", "usd"), [(1080, "0.60"), (1440, "1.20"), (2160, "2.40")])
def test_the_published_prices_of_each_size(height: int, usd: str, tmp_path: Path) -> None:
    size = (height * 16 // 9, height)
    ask = replace(clip_ask(tmp_path, "frames", frames=26, size=size), references=())
    assert Ltx("2-pro").quote(ask).high == Money.parse(usd)
    assert body_of(ask, "2-pro")["resolution"] == f"{size[0]}x{size[1]}"


def test_portrait_is_turned_and_other_shapes_are_refused(tmp_path: Path) -> None:
    assert body_of(frames_ask(tmp_path, width=720, height=1280))["resolution"] == "1080x1920"
    with pytest.raises(Refused, match="is none"):
        body_of(frames_ask(tmp_path, width=960, height=960))


def test_boards_and_references_are_not_read(tmp_path: Path) -> None:
    ltx, seen = answering(Ltx, {"id": "j-1"})
    for verb in (ltx.quote, lambda ask: asyncio.run(ltx.submit(ask, "tag-1"))):
        with pytest.raises(Refused, match="reads frames, not grid"):
            verb(clip_ask(tmp_path))
    assert seen == []
    tiny = replace(picture(tmp_path, "tiny", 12, 9), role="first-frame")
    with pytest.raises(Refused, match="12x9 pixels"):
        body_of(frames_ask(tmp_path, panels=(tiny,)))


@pytest.mark.parametrize(
    ("moves", "word"),
    [
        (["push"] * 9, "dolly_in"),
        (["pull"] * 5 + ["static"] * 4, "dolly_out"),
        (["track-left"] * 9, "dolly_left"),
        (["track-right"] * 9, "dolly_right"),
        (["crane-up"] * 9, "jib_up"),
        (["crane-down"] * 9, "jib_down"),
        (["static"] * 9, "static"),
        (["pan-left"] * 9, ""),
        (["handheld"] * 6 + ["push"] * 3, ""),
        (["push"] * 4 + ["static"] * 5, "static"),
        (["push", "pull", "static"] * 3, ""),
    ],
)
def test_the_camera_is_told_by_the_move_that_fills_more_than_half(
    moves: list[Move], word: str, tmp_path: Path
) -> None:
    ask = frames_ask(tmp_path)
    panels = [
        panel.model_copy(update={"move": move})
        for panel, move in zip(ask.board.panels, moves, strict=True)
    ]
    ask = replace(ask, board=ask.board.model_copy(update={"panels": tuple(panels)}))
    assert camera(ask) == word
    assert body_of(ask).get("camera_motion", "") == word


def test_too_many_at_once_is_busy_for_as_long_as_the_vendor_says(tmp_path: Path) -> None:
    told = {"type": "error", "error": {"type": "concurrency_limit_error", "message": "Too many."}}
    ltx, _ = answering(Ltx, httpx2.Response(429, json=told, headers={"Retry-After": "7"}))
    with pytest.raises(Busy, match="concurrency_limit_error") as error:
        asyncio.run(ltx.submit(frames_ask(tmp_path), "tag-1"))
    assert error.value.after == 7


def polled(told: dict[str, object], handle: str = "0.48") -> Job:
    ltx, _ = answering(Ltx, httpx2.Response(200, json=told))
    return asyncio.run(ltx.poll(Job("ltx", "tag-1", "j-1", "running", handle=handle)))


def test_a_finished_job_costs_what_was_quoted_when_it_was_sent() -> None:
    done = polled({"status": "completed", "result": {"video_url": "https://x"}})
    assert (done.state, done.charged) == ("succeeded", Money.parse("0.48"))
    assert polled({"status": "completed"}, handle="").charged is None


def test_a_failed_job_is_told_by_its_class_and_costs_nothing() -> None:
    filtered = {"type": "content_filtered_error", "message": "The result was filtered."}
    job = polled({"status": "failed", "error": filtered})
    assert (job.state, job.failure, job.charged) == ("failed", "moderation-output", Money())
    assert "filtered" in job.message
    assert polled({"status": "failed"}).failure == "provider"


def test_a_lost_job_is_for_a_person_to_settle() -> None:
    said = asyncio.run(answering(Ltx, {})[0].find("tag-1"))
    assert isinstance(said, Unsure)
    assert "console" in said.reason


def test_only_models_with_a_published_price_are_ready() -> None:
    ready = {
        label: Ltx(label, key=SECRET, environment={}).status().state
        for label in ("2-fast", "2-pro", "2.3-fast", "2.3-pro", "2.5-fast", "2.5-pro")
    }
    assert [label for label, state in ready.items() if state == "ready"] == ["2-fast", "2-pro"]
