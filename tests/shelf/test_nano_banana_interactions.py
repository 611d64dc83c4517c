"""Nano Banana by Interactions: ordered in the background, looked at, told apart by its errors."""

from __future__ import annotations

import asyncio
import base64
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from bananas import board_ask, bought, file
from rehearsed import SECRET, rig
from stillreel.errors import Busy, Gone, Refused
from stillreel.providers import conformance
from stillreel.providers.seam import Job, Unsure
from stillreel.shelf.nano_banana.front_end import NanoBanana
from stillreel.shelf.nano_banana.interactions import NanoBananaInteractions
from stillreel.values.money import Money

if TYPE_CHECKING:
    from pathlib import Path

ASKED = Job("nano-banana-interactions", "tag-1", "v1-1", "running")
USAGE = {
    "total_input_tokens": 1310,
    "total_output_tokens": 1130,
    "total_thought_tokens": 240,
    "output_tokens_by_modality": [{"modality": "image", "tokens": 1120}],
}
CHARGED = Money(1310 * 2 + 1120 * 120 + (240 + 10) * 12)


def answering(held: Any) -> tuple[NanoBananaInteractions, list[httpx2.Request]]:
    """Return it before a vendor that always answers the same."""
    seen: list[httpx2.Request] = []

    async def heard(request: httpx2.Request) -> httpx2.Response:
        await request.aread()
        seen.append(request)
        return held if isinstance(held, httpx2.Response) else httpx2.Response(200, json=held)

    async def at_once(seconds: float) -> None:
        assert seconds >= 0

    transport = httpx2.MockTransport(heard)
    made = NanoBananaInteractions(key=SECRET, environment={}, transport=transport, pause=at_once)
    return made, seen


def interaction(status: str = "in_progress", **more: Any) -> dict[str, Any]:
    return {"id": "v1-1", "status": status, "model": "gemini-3-pro-image", **more}


def output(*contents: dict[str, Any]) -> dict[str, Any]:
    return {"type": "model_output", "content": list(contents)}


def image(width: int = 2752, height: int = 1536) -> dict[str, str]:
    return {"type": "image", "mime_type": "image/jpeg", "data": file(width, height)["data"]}


def polled(held: Any) -> Job:
    return asyncio.run(answering(held)[0].poll(ASKED))


@pytest.mark.parametrize("label", ["", "2.1"])
@pytest.mark.parametrize(
    "check", conformance.checks(NanoBananaInteractions().offer), ids=conformance.name
)
def test_it_keeps_the_promises_of_the_seam(check: Any, label: str, tmp_path: Path) -> None:
    ask = board_ask(tmp_path)
    made = NanoBananaInteractions
    asyncio.run(check(rig(made, tmp_path, ask, label=label, mount="gemini", tells_people=False)))


def test_an_order_runs_in_the_background_and_its_references_come_first(tmp_path: Path) -> None:
    ask = replace(board_ask(tmp_path), grounded=True, lettering=("OPEN",))
    made, seen = answering(interaction())
    job = asyncio.run(made.submit(ask, "tag-1"))
    assert (job.vendor_id, job.state) == ("v1-1", "queued")
    (request,) = seen
    assert request.url.path == "/v1/interactions"
    body = json.loads(request.content)
    *shown, words = body.pop("input")
    assert [base64.b64decode(one["data"]) for one in shown] == [
        one.file.read_bytes() for one in ask.references
    ]
    assert words["text"].endswith('spelt exactly so: "OPEN".\n')
    assert body == {
        "tools": [{"type": "google_search"}],
        "model": "gemini-3-pro-image",
        "response_format": {
            "type": "image",
            "aspect_ratio": "16:9",
            "image_size": "2K",
            "mime_type": "image/jpeg",
            "delivery": "inline",
        },
        "generation_config": {"seed": 5},
        "background": True,
        "store": True,
    }


def test_the_vendors_own_client_would_send_the_same_fields(tmp_path: Path) -> None:
    types = pytest.importorskip("google.genai._gaos.types.interactions.createmodelinteraction")
    ask = replace(board_ask(tmp_path, 0, 0), grounded=True)
    made, seen = answering(interaction())
    asyncio.run(made.submit(ask, "tag-1"))
    body = json.loads(seen[0].content)
    assert body.keys() <= types.CreateModelInteraction.model_fields.keys()
    read = types.CreateModelInteraction.model_validate(body)
    assert (read.background, read.store) == (True, True)
    assert read.response_format.image_size == "2K"


def test_the_last_picture_of_the_models_own_words_is_taken_with_its_sources() -> None:
    note = {"type": "url_citation", "url": "https://a.example", "title": "A page"}
    call = {"type": "google_search_call", "id": "s", "arguments": {"queries": ["tower"]}}
    words = {"type": "text", "text": "There.", "annotations": [note]}
    thought = {"type": "thought", "content": [image(32, 32)]}
    steps = [thought, call, output(image(64, 64), image(), words)]
    job = polled(interaction("completed", steps=steps, usage=USAGE))
    assert (job.state, job.charged) == ("succeeded", Money(CHARGED.micros + 14_000))
    assert job.files[0].data == base64.b64decode(image()["data"])
    assert json.loads(job.files[1].data) == {
        "searches": ["tower"],
        "sources": [{"title": "A page", "uri": "https://a.example"}],
    }


@pytest.mark.parametrize(
    ("code", "failure", "charged"),
    [
        ("content_blocked", "moderation-input", None),
        ("image_safety", "moderation-output", None),
        ("image_prohibited_content", "moderation-output", None),
        ("image_recitation", "moderation-output", None),
        ("image_other", "provider", None),
        ("no_image", "provider", None),
        ("internal", "provider", Money()),
        ("payment_required", "account", None),
        ("a_word_of_tomorrow", "provider", None),
    ],
)
def test_an_order_that_failed_is_told_by_its_error(
    code: str, failure: str, charged: Money | None
) -> None:
    errors = [{"code": code, "message": "said"}]
    job = polled(interaction("failed", errors=errors))
    assert (job.state, job.failure, job.charged) == ("failed", failure, charged)
    assert code.upper() in job.message or "said" in job.message
    billed = polled(interaction("incomplete", errors=errors, usage=USAGE))
    assert (billed.state, billed.charged) == ("failed", CHARGED)


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("queued", "queued"),
        ("in_progress", "running"),
        ("cancelled", "cancelled"),
        ("budget_exceeded", "failed"),
        ("completed", "failed"),
    ],
)
def test_every_word_of_the_vendor_is_known(word: str, state: str) -> None:
    job = polled(interaction(word))
    assert (job.state, job.warning) == (state, "")
    odd = polled(interaction("requires_continuation"))
    assert (odd.state, odd.warning != "") == ("running", True)


def test_an_order_that_was_thrown_away_is_gone() -> None:
    missing = httpx2.Response(404, json={"error": {"code": "model_not_found"}})
    done = replace(ASKED, state="succeeded")
    with pytest.raises(Gone) as told:
        asyncio.run(answering(missing)[0].fetch(done))
    assert told.value.charged == "yes"
    again = answering(interaction("completed", steps=[output(image(64, 64))], usage=USAGE))[0]
    assert asyncio.run(again.fetch(done))[0].media_type == "image/jpeg"


def test_refusals_come_in_the_vendors_other_words(tmp_path: Path) -> None:
    for status, code, wanted in (
        (402, "payment_required", Refused),
        (404, "model_not_found", Refused),
        (429, "rate_limit_exceeded", Busy),
        (503, "service_unavailable", Busy),
    ):
        held = httpx2.Response(status, json={"error": {"code": code, "message": "said"}})
        made, seen = answering(held)
        with pytest.raises(wanted) as told:
            asyncio.run(made.submit(board_ask(tmp_path), "tag-1"))
        assert (told.value.charged, len(seen)) == ("no", 1)


@pytest.mark.parametrize("grounded", [False, True])
@pytest.mark.parametrize("label", ["", "2.1", "2"])
def test_it_costs_what_it_costs_at_once_and_so_says_the_meter(
    label: str, grounded: bool, tmp_path: Path
) -> None:
    ask = replace(board_ask(tmp_path), grounded=grounded)
    assert NanoBananaInteractions(label).quote(ask).high == NanoBanana(label).quote(ask).high
    bench = rig(NanoBananaInteractions, tmp_path, ask, label=label, mount="gemini")
    done, bill = bought(bench, 1000)
    assert (done.state, done.charged) == ("succeeded", Money(bill.micros))
    assert [one.role for one in done.files] == ["main", "sources"][: 1 + grounded]
    assert bill.lost == 0


def test_a_lost_order_is_for_a_person_to_settle() -> None:
    found = asyncio.run(NanoBananaInteractions(key=SECRET, environment={}).find("tag-1"))
    assert isinstance(found, Unsure)


@pytest.mark.parametrize(
    ("fault", "failure"),
    [
        ("moderation-input", "moderation-input"),
        ("moderation-output", "moderation-output"),
        ("no-image", "provider"),
        ("fail", "provider"),
    ],
)
def test_what_is_billed_without_a_picture_is_settled_too(
    fault: str, failure: str, tmp_path: Path
) -> None:
    bench = rig(NanoBananaInteractions, tmp_path, board_ask(tmp_path), mount="gemini")
    bench.wired.fault(fault)

    async def bought() -> Job:
        made = bench.make()
        job = await made.submit(bench.ask, "tag-1")
        bench.wired.advance(1000)
        return await made.poll(job)

    done = asyncio.run(bought())
    bill = bench.wired.house.stage.meter.bill("gemini")  # pyright: ignore[reportAttributeAccessIssue]
    assert (done.state, done.failure, done.charged) == ("failed", failure, Money(bill.micros))
    assert (bill.lost, bill.micros > 0) == (0, fault != "fail")
