"""Runway in detail: a router to every attempt, found by its name, with the price as its ceiling."""

from __future__ import annotations

import asyncio
import base64
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from rehearsed import SECRET, Ruled, answering, clip_ask, rig
from stillreel.errors import Lost, NotConfigured, ProviderError, Refused
from stillreel.providers import conformance
from stillreel.providers.seam import Job, Unsure
from stillreel.rehearsal.stage import Conditions
from stillreel.shelf.runway.platform import Runway
from stillreel.values.money import Money

if TYPE_CHECKING:
    from pathlib import Path

FAST = '[[model]]\nlabel = "fast"\nprices = [{ usd = "0.29", per = "second" }]'
_LAGS = Conditions(accept=(0.0, 0.0), list_lag=20.0)


@pytest.mark.parametrize("check", conformance.checks(Runway().offer), ids=conformance.name)
def test_it_keeps_the_promises_of_the_seam(check: Any, tmp_path: Path) -> None:
    asyncio.run(check(rig(Runway, tmp_path, clip_ask(tmp_path), tells_people=False)))


@pytest.mark.parametrize("check", conformance.checks(Runway().offer), ids=conformance.name)
def test_it_keeps_them_with_frames_at_a_price_of_the_users_own(check: Any, tmp_path: Path) -> None:
    ask = clip_ask(tmp_path, "frames")
    asyncio.run(check(rig(Runway, tmp_path, ask, label="fast", offers=FAST, tells_people=False)))


ROUTER = {"id": "5a0e", "slug": "stillreel-tag-1"}
OTHER = {"id": "77aa", "slug": "production-video"}


def test_every_attempt_gets_a_router_of_one_model_that_may_spend_what_was_quoted(
    tmp_path: Path,
) -> None:
    ask = clip_ask(tmp_path)
    runway, seen = answering(Runway, ROUTER, {"id": "t-1", "routing": {"model": "seedance2"}})
    job = asyncio.run(runway.submit(ask, "tag-1"))
    assert (job.vendor_id, job.state, job.handle) == ("t-1", "queued", "5a0e")
    assert [request.url.path for request in seen] == ["/v1/routers", "/v1/generate/video"]
    assert seen[0].headers["x-runway-version"] == "2024-11-06"
    assert json.loads(seen[0].content) == {
        "slug": "stillreel-tag-1",
        "name": "stillreel C01",
        "settings": {
            "models": {"mode": "allowlist_only", "ids": ["seedance2"]},
            "maxCreditsPerGeneration": {"video": 432},
        },
    }
    assert runway.quote(ask).high == Money.parse("4.32")
    body = json.loads(seen[1].content)
    pictures = body["input"].pop("referenceImages")
    assert body == {
        "configId": "stillreel-tag-1",
        "input": {
            "promptText": ask.prompt,
            "duration": 12,
            "resolution": "720p",
            "aspectRatio": "16:9",
            "audio": False,
            "seed": 5,
        },
    }
    assert [one["role"] for one in pictures] == ["reference", "reference"]
    data = pictures[0]["uri"].partition(",")[2]
    assert base64.b64decode(data) == ask.references[0].file.read_bytes()


def test_frames_are_sent_in_their_own_roles(tmp_path: Path) -> None:
    runway, seen = answering(Runway, ROUTER, {"id": "t-1"})
    asyncio.run(runway.submit(clip_ask(tmp_path, "frames"), "tag-1"))
    pictures = json.loads(seen[1].content)["input"]["referenceImages"]
    assert [one["role"] for one in pictures] == ["first", "last"]


def test_a_prompt_that_is_too_long_is_refused_before_anything_is_sent(tmp_path: Path) -> None:
    runway, seen = answering(Runway, ROUTER)
    with pytest.raises(Refused, match="3,600 letters; runway takes 3,500") as told:
        asyncio.run(runway.submit(replace(clip_ask(tmp_path), prompt="x" * 3600), "tag-1"))
    assert (told.value.charged, told.value.failure, seen) == ("no", "invalid", [])


def test_models_without_a_published_price_wait_for_the_users_own(tmp_path: Path) -> None:
    bare = Runway("fast", key=SECRET, environment={})
    assert bare.status().state == "not configured"
    assert "no price is published" in bare.status().reason
    with pytest.raises(NotConfigured, match="no price"):
        bare.quote(clip_ask(tmp_path))
    assert Runway(key=SECRET, environment={}).status().state == "ready"


def test_a_price_that_has_risen_above_the_quote_is_refused_and_not_paid(tmp_path: Path) -> None:
    cheap = '[[model]]\nlabel = "2.0"\nprices = [{ usd = "0.10", per = "second" }]'
    bench = rig(Runway, tmp_path, clip_ask(tmp_path), label="2.0", offers=cheap)
    with pytest.raises(Refused, match="for 120 credits") as told:
        asyncio.run(bench.make().submit(bench.ask, "tag-1"))  # pyright: ignore[reportArgumentType]
    assert (told.value.charged, told.value.failure) == ("no", "invalid")
    assert "may cost no more than quoted" in told.value.next_step
    assert bench.wired.house.stage.meter.bill("runway").micros == 0  # pyright: ignore[reportAttributeAccessIssue]


def test_a_router_that_is_there_already_is_used_again(tmp_path: Path) -> None:
    taken = httpx2.Response(400, json={"error": "A router called so exists already."})
    runway, seen = answering(
        Runway, taken, {"data": [OTHER, ROUTER], "nextCursor": None}, {"id": "t-1"}
    )
    job = asyncio.run(runway.submit(clip_ask(tmp_path), "tag-1"))
    assert (job.vendor_id, job.handle) == ("t-1", "5a0e")
    assert [request.method for request in seen] == ["POST", "GET", "POST"]


def test_without_a_router_nothing_is_ordered_and_nothing_charged(tmp_path: Path) -> None:
    for answer, wanted in (
        (httpx2.Response(500, json={"error": "Internal server error"}), ProviderError),
        (httpx2.Response(400, json={"error": "Too many routers."}), Refused),
    ):
        runway, seen = answering(Runway, answer, {"data": [], "nextCursor": None})
        with pytest.raises(wanted) as told:
            asyncio.run(runway.submit(clip_ask(tmp_path), "tag-1"))
        assert (type(told.value), told.value.charged) == (wanted, "no")
        assert "/v1/generate/video" not in [request.url.path for request in seen]


def listed(*rows: dict[str, object], cursor: str | None = None) -> dict[str, object]:
    return {"data": list(rows), "nextCursor": cursor}


def routed(status: str = "routed", task: str | None = None) -> dict[str, object]:
    return {"id": "d-1", "requestId": "r-1", "status": status, "taskId": task}


def found(*answers: Any) -> object:
    return asyncio.run(answering(Runway, *answers)[0].find("tag-1"))


def test_a_lost_job_is_what_its_router_was_asked_on_whichever_page() -> None:
    job = found(
        listed(OTHER, cursor="1"), listed(ROUTER), listed(routed(task="t-9")), {"status": "?"}
    )
    assert isinstance(job, Job)
    assert (job.vendor_id, job.key, job.state, job.handle) == ("t-9", "tag-1", "queued", "5a0e")


@pytest.mark.parametrize(
    "answers",
    [
        [listed(OTHER)],
        [listed(ROUTER), listed()],
        [listed(ROUTER), listed(routed("no_eligible_model"))],
    ],
    ids=["no router", "nothing asked", "refused there"],
)
def test_a_router_that_made_no_task_proves_that_there_is_none(answers: list[Any]) -> None:
    assert found(*answers) is None


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ([listed(ROUTER), listed(routed())], "tells no task"),
        ([listed(ROUTER), listed(routed(task="a"), routed(task="b"))], "2 tasks of one attempt"),
        ([{"routers": []}], "another shape"),
        ([httpx2.Response(401, json={})], "cannot be read"),
        ([listed(ROUTER), httpx2.Response(404, json={})], "cannot be read"),
    ],
    ids=str,
)
def test_what_cannot_be_told_is_not_claimed(answers: list[Any], words: str) -> None:
    said = found(*answers)
    assert isinstance(said, Unsure)
    assert words in said.reason


def polled(told: dict[str, object], state: Any = "running") -> Job:
    job = Job("runway", "tag-1", "t-1", state, handle="5a0e")
    return asyncio.run(answering(Runway, told)[0].poll(job))


def test_throttled_is_queued_and_the_bill_is_what_the_vendor_says() -> None:
    assert polled({"status": "THROTTLED", "estimatedCost": {"credits": 180}}).state == "queued"
    done = polled({"status": "SUCCEEDED", "output": ["https://x"], "cost": {"credits": 180}})
    assert (done.state, done.charged) == ("succeeded", Money.parse("1.80"))
    assert polled({"status": "SUCCEEDED"}).charged is None


@pytest.mark.parametrize(
    ("code", "failure", "cost"),
    [
        ("SAFETY.INPUT.IMAGE", "moderation-input", 180),
        ("SAFETY.OUTPUT.VIDEO", "moderation-output", 0),
        ("INTERNAL.BAD_OUTPUT.CODE01", "provider", 0),
        ("ASSET.INVALID", "invalid", 0),
        (None, "provider", 0),
    ],
)
def test_a_failure_is_told_by_its_code_and_may_be_charged(
    code: str | None, failure: str, cost: int
) -> None:
    told = {"status": "FAILED", "failureCode": code, "failure": "said", "cost": {"credits": cost}}
    job = polled(told)
    assert (job.state, job.failure) == ("failed", failure)
    assert job.charged == Money(cost * 10_000)
    assert "said" in job.message


def test_the_router_goes_with_the_end_of_its_job_and_never_before(tmp_path: Path) -> None:
    bench = rig(Runway, tmp_path, clip_ask(tmp_path))
    runway, vendor = bench.make(), bench.wired
    there = vendor.house.vendors["runway"].routers  # pyright: ignore[reportAttributeAccessIssue]

    async def tried() -> None:
        job = await runway.submit(bench.ask, "tag-1")
        vendor.advance(4000)
        assert await runway.find("tag-1") == job
        assert list(there) == ["stillreel-tag-1"]
        done = await runway.poll(job)
        assert (done.state, list(there)) == ("succeeded", [])
        assert (await runway.fetch(done))[0].media_type == "video/mp4"

    asyncio.run(tried())


def test_a_list_that_lags_is_waited_out_and_then_believed(tmp_path: Path) -> None:
    bench = rig(Runway, tmp_path, clip_ask(tmp_path), conditions=_LAGS)
    runway, vendor = bench.make(), bench.wired

    async def tried() -> None:
        vendor.fault("drop-after")
        with pytest.raises(Lost):
            await runway.submit(bench.ask, "tag-1")
        assert await runway.find("tag-1") is None
        vendor.advance(runway.offer.list_lag)
        assert isinstance(await runway.find("tag-1"), Job)
        assert await runway.find("tag-2") is None
        assert vendor.posts() == 1

    asyncio.run(tried())


def test_a_waiting_job_is_stopped_and_a_running_one_is_left_to_be_fetched(tmp_path: Path) -> None:
    vendor = Ruled("runway")
    address = {"STILLREEL_RUNWAY_BASE_URL": "http://127.0.0.1:9/runway"}
    runway = Runway(key=SECRET, environment=address, transport=vendor)

    async def tried() -> None:
        first, second = [
            await runway.submit(clip_ask(tmp_path), f"tag-{number}") for number in (1, 2)
        ]
        stopped = await runway.cancel(first)
        assert (stopped.state, stopped.charged) == ("cancelled", Money())
        while second.state == "queued":
            vendor.advance(10)
            second = await runway.poll(second)
        assert (await runway.cancel(second)).state == "running"

    asyncio.run(tried())
