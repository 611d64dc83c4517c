"""Nano Banana by the batch: ordered once, found by its name, and half the price."""

from __future__ import annotations

import asyncio
import base64
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from bananas import answer, board_ask, bought, file
from rehearsed import SECRET, Ruled, rig
from stillreel.errors import Gone, Refused
from stillreel.providers import conformance
from stillreel.providers.seam import Job, Unsure
from stillreel.rehearsal.stage import Conditions
from stillreel.shelf.nano_banana.batch import NanoBananaBatch
from stillreel.shelf.nano_banana.front_end import NanoBanana
from stillreel.values.money import Money

if TYPE_CHECKING:
    from pathlib import Path

ASKED = Job("nano-banana-batch", "tag-1", "batches/b1", "running")


def answering(*answers: Any) -> tuple[NanoBananaBatch, list[httpx2.Request]]:
    """Return it before a vendor that gives these answers in turn, the last for good."""
    left, seen = list(answers), list[httpx2.Request]()

    async def heard(request: httpx2.Request) -> httpx2.Response:
        await request.aread()
        seen.append(request)
        body = left.pop(0) if len(left) > 1 else left[0]
        return body if isinstance(body, httpx2.Response) else httpx2.Response(200, json=body)

    async def at_once(seconds: float) -> None:
        assert seconds >= 0

    transport = httpx2.MockTransport(heard)
    return NanoBananaBatch(key=SECRET, environment={}, transport=transport, pause=at_once), seen


def batch(word: str = "BATCH_STATE_PENDING", *items: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return a batch as the vendor tells it; its result stands where the vendor's client looks."""
    about: dict[str, Any] = {"displayName": "tag-1", "state": word}
    if items:
        about["output"] = {"inlinedResponses": {"inlinedResponses": list(items)}}
    return {"name": "batches/b1", "metadata": about, **more}


def polled(*answers: Any) -> Job:
    return asyncio.run(answering(*answers)[0].poll(ASKED))


@pytest.mark.parametrize("label", ["", "2.1"])
@pytest.mark.parametrize("check", conformance.checks(NanoBananaBatch().offer), ids=conformance.name)
def test_it_keeps_the_promises_of_the_seam(check: Any, label: str, tmp_path: Path) -> None:
    ask = board_ask(tmp_path)
    made = rig(NanoBananaBatch, tmp_path, ask, label=label, mount="gemini", tells_people=False)
    asyncio.run(check(made))


def test_a_batch_of_one_carries_its_tag_as_its_name(tmp_path: Path) -> None:
    ask = board_ask(tmp_path)
    made, seen = answering(batch())
    job = asyncio.run(made.submit(ask, "tag-1"))
    assert (job.vendor_id, job.state, job.key) == ("batches/b1", "queued", "tag-1")
    (request,) = seen
    assert request.url.path == "/v1/models/gemini-3-pro-image:batchGenerateContent"
    told = json.loads(request.content)["batch"]
    (one,) = told["inputConfig"]["requests"]["requests"]
    assert (told["displayName"], one["metadata"]) == ("tag-1", {"key": "tag-1"})
    parts = one["request"]["contents"][0]["parts"]
    assert [base64.b64decode(part["inlineData"]["data"]) for part in parts[:-1]] == [
        reference.file.read_bytes() for reference in ask.references
    ]
    shape = one["request"]["generationConfig"]["imageConfig"]
    assert shape == {"aspectRatio": "16:9", "imageSize": "2K"}


@pytest.mark.parametrize("label", ["", "2.1", "2"])
@pytest.mark.parametrize("references", [0, 1, 4])
def test_it_costs_half_of_what_it_costs_at_once_and_so_says_the_meter(
    label: str, references: int, tmp_path: Path
) -> None:
    ask = board_ask(tmp_path, references, 0)
    low, whole = NanoBananaBatch(label).quote(ask).low.micros, NanoBanana(label).quote(ask).low
    assert abs(2 * low - whole.micros) <= 2
    bench = rig(NanoBananaBatch, tmp_path, ask, label=label, mount="gemini")
    done, bill = bought(bench, 100_000)
    assert (done.state, done.charged) == ("succeeded", Money(bill.micros))
    assert (bill.jobs, bill.lost) == (1, 0)


def test_the_published_example_settles_at_half() -> None:
    item = {"response": answer({"inlineData": file()})}
    for told in (
        batch("JOB_STATE_SUCCEEDED", item),
        batch("BATCH_STATE_SUCCEEDED", response={"inlinedResponses": {"inlinedResponses": [item]}}),
    ):
        job = polled(told)
        # 1,310 in, 1,120 of picture, 240 of thought: half of 2, 120 and 12 dollars a million.
        assert (job.state, job.charged) == ("succeeded", Money(1310 + 1120 * 60 + 240 * 6))
        assert job.files[0].media_type == "image/jpeg"
        assert job.model == "gemini-3-pro-image-001"


@pytest.mark.parametrize(
    ("item", "failure", "charged"),
    [
        ({"error": {"code": 13, "message": "internal"}}, "provider", Money()),
        ({"error": {"code": 3, "message": "imageSize"}}, "invalid", Money()),
        ({"response": {"promptFeedback": {"blockReason": "SAFETY"}}}, "moderation-input", None),
        ({"response": answer(reason="IMAGE_SAFETY")}, "moderation-output", Money(69_950)),
        ({"response": answer(reason="NO_IMAGE")}, "provider", Money(69_950)),
        ({"response": answer({"inlineData": {"data": "x"}})}, "provider", Money(69_950)),
    ],
)
def test_a_batch_that_is_done_may_hold_no_picture(
    item: dict[str, Any], failure: str, charged: Money | None
) -> None:
    job = polled(batch("BATCH_STATE_SUCCEEDED", item))
    assert (job.state, job.failure, job.charged) == ("failed", failure, charged)
    assert job.message


def test_a_batch_that_is_done_and_shows_nothing_is_told_with_its_price_unknown() -> None:
    job = polled(batch("BATCH_STATE_SUCCEEDED"))
    assert (job.state, job.failure, job.charged) == ("failed", "provider", None)


@pytest.mark.parametrize("prefix", ["JOB_STATE_", "BATCH_STATE_"])
@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("QUEUED", "queued"),
        ("PENDING", "queued"),
        ("RUNNING", "running"),
        ("CANCELLING", "running"),
        ("FAILED", "failed"),
        ("EXPIRED", "expired"),
        ("CANCELLED", "cancelled"),
    ],
)
def test_every_word_of_the_vendor_is_known(prefix: str, word: str, state: str) -> None:
    job = polled(batch(prefix + word, error={"code": 8, "message": "no room"}))
    assert (job.state, job.warning) == (state, "")
    if state in {"failed", "expired", "cancelled"}:
        assert (job.message, job.charged) == ("no room", Money())


def test_a_picture_that_is_asked_for_again_comes_from_the_vendor_or_is_gone() -> None:
    done = batch("BATCH_STATE_SUCCEEDED", {"response": answer({"inlineData": file(64, 64)})})
    finished = replace(ASKED, state="succeeded")
    (delivered,) = asyncio.run(answering(done)[0].fetch(finished))
    assert delivered.media_type == "image/jpeg"
    missing = httpx2.Response(404, json={"error": {"status": "NOT_FOUND"}})
    for reply in (missing, batch("BATCH_STATE_SUCCEEDED")):
        with pytest.raises(Gone) as told:
            asyncio.run(answering(reply)[0].fetch(finished))
        assert told.value.charged == "yes"


def test_a_lost_order_is_found_over_pages_and_its_absence_is_proved_by_the_last(
    tmp_path: Path,
) -> None:
    vendor = Ruled("gemini", Conditions(accept=(0.0, 0.0), list_lag=20.0))
    address = {"STILLREEL_NANO_BANANA_BATCH_BASE_URL": "http://127.0.0.1:9/gemini"}
    made = NanoBananaBatch(key=SECRET, environment=address, transport=vendor)

    async def tried() -> None:
        for number in range(23):
            await made.submit(board_ask(tmp_path, 0, 0), f"tag-{number}")
        assert await made.find("tag-1") is None
        vendor.advance(made.offer.list_lag)
        job = await made.find("tag-1")
        assert isinstance(job, Job)
        assert await made.find("tag-23") is None
        vendor.advance(200_000)
        done = await made.poll(job)
        assert (done.state, done.key) == ("succeeded", "tag-1")

    asyncio.run(tried())
    first = {"operations": [{"name": "batches/b0"}], "nextPageToken": "p2"}
    made, seen = answering(first, {"operations": [batch("BATCH_STATE_RUNNING")]})
    job = asyncio.run(made.find("tag-1"))
    assert isinstance(job, Job)
    assert job.state == "running"
    assert dict(seen[1].url.params) == {"pageSize": "20", "pageToken": "p2"}


@pytest.mark.parametrize("held", [{"rows": []}, {"operations": "x"}, {"operations": [{}]}])
def test_a_list_of_another_shape_proves_nothing(held: Any) -> None:
    assert isinstance(asyncio.run(answering(held)[0].find("tag-1")), Unsure)


def test_an_empty_list_proves_that_nothing_is_there() -> None:
    assert asyncio.run(answering({})[0].find("tag-1")) is None
    assert isinstance(asyncio.run(NanoBananaBatch(environment={}).find("tag-1")), Unsure)


def test_quotas_hold_for_a_batch_too(tmp_path: Path) -> None:
    made, seen = answering(batch())
    with pytest.raises(Refused, match="6 pictures of people; nano-banana-batch takes 5"):
        asyncio.run(made.submit(board_ask(tmp_path, 6), "tag-1"))
    assert seen == []
