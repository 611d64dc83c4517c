"""Each switch does what it says, at each vendor, and only so often."""

from __future__ import annotations

import asyncio
import json

import httpx2
import pytest

from rehearsal.theatre import AT_ONCE, EXAMPLES, Theatre
from stillreel.rehearsal.faults import Fault, Faults
from stillreel.rehearsal.pictures import size_of
from stillreel.rehearsal.stage import Conditions

MOTION = [name for name in EXAMPLES if name not in AT_ONCE]
FAILED = {
    "ark": lambda said: said["status"] == "failed" and bool(said["error"]["code"]),
    "fal": lambda said: said["status"] == "COMPLETED" and bool(said["error"]),
    "higgsfield": lambda said: said["status"] in {"failed", "nsfw"},
    "ltx": lambda said: said["status"] == "failed" and bool(said["error"]["type"]),
    "pollo": lambda said: said["generations"][0]["status"] == "failed",
    "replicate": lambda said: said["status"] == "failed" and bool(said["error"]),
    "runway": lambda said: said["status"] == "FAILED" and bool(said["failureCode"]),
}


def bill(theatre: Theatre) -> tuple[int, int, int]:
    theatre.to_the_end()
    held = theatre.house.stage.meter.bill()
    return held.posts, held.jobs, held.billed


@pytest.mark.parametrize("vendor", EXAMPLES)
def test_accept_then_drop_makes_the_job_and_says_nothing(theatre: Theatre, vendor: str) -> None:
    theatre.fault("drop-after", vendor)
    with pytest.raises(httpx2.RemoteProtocolError):
        theatre.create(vendor)
    assert bill(theatre) == (1, 1, 1)
    assert theatre.house.stage.meter.posts[0].status == 0
    assert theatre.house.stage.meter.bill().lost == 1


@pytest.mark.parametrize("vendor", EXAMPLES)
def test_drop_before_makes_nothing(theatre: Theatre, vendor: str) -> None:
    theatre.fault("drop-before", vendor)
    with pytest.raises(httpx2.RemoteProtocolError):
        theatre.create(vendor)
    assert bill(theatre) == (1, 0, 0)
    assert theatre.create(vendor).status_code < 300, "the switch fires once"


@pytest.mark.parametrize("vendor", EXAMPLES)
def test_busy_is_429_and_says_when_to_come_back(theatre: Theatre, vendor: str) -> None:
    theatre.fault("busy", vendor, seconds=7.0)
    answer = theatre.create(vendor)
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "7")
    assert bill(theatre) == (1, 0, 0)


def test_a_call_that_was_turned_away_may_be_made_again_and_one_that_was_not_may_not(
    theatre: Theatre,
) -> None:
    theatre.fault("busy", "ark", times=3)
    answers = [theatre.create("ark").status_code for _ in range(4)]
    assert answers == [429, 429, 429, 200]
    bill = theatre.house.stage.meter.bill
    assert (bill().posts, bill().double_posts) == (4, 0)
    theatre.create("ark")
    assert bill().double_posts == 1
    theatre.fault("drop-before", "ark")
    with pytest.raises(httpx2.RemoteProtocolError):
        theatre.create("ark")
    assert bill().double_posts == 2, "nobody told the client that nothing was made"


@pytest.mark.parametrize("vendor", EXAMPLES)
@pytest.mark.parametrize(("kind", "jobs"), [("error-before", 0), ("error-after", 1)])
def test_a_5xx_comes_before_or_after_the_job_was_made(
    theatre: Theatre, vendor: str, kind: str, jobs: int
) -> None:
    theatre.fault(kind, vendor, status=503)
    answer = theatre.create(vendor)
    assert answer.status_code == 503
    assert answer.json()
    assert bill(theatre) == (1, jobs, jobs)


@pytest.mark.parametrize("vendor", EXAMPLES)
@pytest.mark.parametrize("kind", ["moderation-input", "real-person"])
def test_refused_input_is_told_at_create_or_by_the_job(
    theatre: Theatre, vendor: str, kind: str
) -> None:
    theatre.fault(kind, vendor)
    answer = theatre.create(vendor)
    if vendor == "gemini":
        assert answer.json()["promptFeedback"]["blockReason"] == "PROHIBITED_CONTENT"
    elif vendor in {"runway", "higgsfield"}:
        theatre.to_the_end()
        assert FAILED[vendor](theatre.look(vendor, answer).json())
    else:
        assert 400 <= answer.status_code < 500
        assert bill(theatre) == (1, 0, 0)


@pytest.mark.parametrize("vendor", MOTION)
@pytest.mark.parametrize("kind", ["moderation-output", "fail"])
def test_a_job_fails_after_its_work(theatre: Theatre, vendor: str, kind: str) -> None:
    theatre.fault(kind, vendor)
    made = theatre.create(vendor)
    assert made.status_code < 300
    assert not FAILED[vendor](theatre.look(vendor, made).json())
    theatre.to_the_end()
    assert FAILED[vendor](theatre.look(vendor, made).json())
    charged = 1 if (vendor, kind) == ("fal", "moderation-output") else 0
    assert bill(theatre) == (1, 1, charged)


def test_gpt_image_says_at_which_stage_it_refused(theatre: Theatre) -> None:
    theatre.fault("moderation-output", "openai")
    error = theatre.create("openai").json()["error"]
    assert (error["code"], error["moderation_details"]["moderation_stage"]) == (
        "moderation_blocked",
        "output",
    )


def test_nano_banana_answers_200_without_a_picture(theatre: Theatre) -> None:
    theatre.fault("no-image", "gemini")
    theatre.fault("moderation-output", "gemini", skip=1)
    for reason in ("NO_IMAGE", "IMAGE_SAFETY"):
        answer = theatre.create("gemini")
        assert answer.status_code == 200
        (candidate,) = answer.json()["candidates"]
        assert (candidate["finishReason"], "content" in candidate) == (reason, False)


@pytest.mark.parametrize("vendor", MOTION)
def test_a_smaller_picture_than_ordered_is_delivered_and_charged_in_full(
    theatre: Theatre, vendor: str
) -> None:
    import io

    import av

    theatre.fault("wrong-size", vendor)
    made = theatre.create(vendor)
    theatre.to_the_end()
    clip = theatre.ask("", "GET", theatre.file_of(vendor, made)).content
    with av.open(io.BytesIO(clip)) as box:
        assert box.streams.video[0].height == (720 if vendor == "ltx" else 480)
    assert theatre.house.stage.meter.charges()[0].billed


@pytest.mark.parametrize("vendor", MOTION)
def test_an_address_runs_out_by_the_clock_or_by_the_switch(theatre: Theatre, vendor: str) -> None:
    made = theatre.create(vendor)
    theatre.to_the_end()
    address = theatre.file_of(vendor, made)
    theatre.fault("expired-link", vendor)
    assert theatre.ask("", "GET", address).status_code == 403
    assert theatre.ask("", "GET", address).status_code == 200
    assert theatre.ask("", "GET", address.replace("Signature=", "Signature=0")).status_code == 403
    theatre.clock.advance(3 * 86_400)
    assert theatre.ask("", "GET", address).status_code == 403


@pytest.mark.parametrize("vendor", MOTION)
def test_a_status_word_nobody_knows(theatre: Theatre, vendor: str) -> None:
    made = theatre.create(vendor)
    theatre.fault("unknown-status", vendor)
    odd, then = theatre.look(vendor, made).text, theatre.look(vendor, made).text
    words = ("postprocessing", "finalizing", "FINALIZING")
    assert any(word in odd for word in words)
    assert not any(word in then for word in words)


@pytest.mark.parametrize("vendor", EXAMPLES)
def test_html_and_broken_json_come_in_place_of_the_answer(theatre: Theatre, vendor: str) -> None:
    theatre.fault("html", vendor)
    theatre.fault("malformed", vendor, skip=1)
    page = theatre.create(vendor)
    assert (page.status_code, page.headers["content-type"]) == (502, "text/html")
    with pytest.raises(json.JSONDecodeError):
        theatre.create(vendor).json()
    assert bill(theatre)[1] == 2, "the jobs were made all the same"


@pytest.mark.parametrize("vendor", MOTION)
def test_a_look_and_a_download_can_go_wrong_too(theatre: Theatre, vendor: str) -> None:
    made = theatre.create(vendor)
    theatre.to_the_end()
    address = theatre.file_of(vendor, made)
    for verb, ask in (
        ("poll", lambda: theatre.look(vendor, made)),
        ("fetch", lambda: theatre.ask("", "GET", address)),
    ):
        for kind in ("drop-before", "drop-after"):
            theatre.fault(kind, vendor, verb=verb)
            with pytest.raises(httpx2.RemoteProtocolError):
                ask()
        theatre.fault("busy", vendor, verb=verb)
        assert ask().status_code == 429
        theatre.fault("html", vendor, verb=verb)
        assert ask().headers["content-type"] == "text/html"
        assert ask().status_code == 200
    assert theatre.house.stage.meter.charges()[0].delivered == 1, "handed over whole"


@pytest.mark.parametrize("vendor", EXAMPLES)
@pytest.mark.parametrize("kind", ["revoked", "no-credit", "model-closed"])
def test_the_account_is_at_fault(theatre: Theatre, vendor: str, kind: str) -> None:
    theatre.fault(kind, vendor)
    answer = theatre.create(vendor)
    assert 400 <= answer.status_code < 500
    assert bill(theatre) == (1, 0, 0)


@pytest.mark.parametrize("vendor", EXAMPLES)
def test_a_key_may_be_revoked_for_good(theatre: Theatre, vendor: str) -> None:
    theatre.fault("revoked", vendor, times=0)
    assert {theatre.create(vendor).status_code for _ in range(3)} <= {401, 403}


@pytest.mark.parametrize(("kind", "made_at_once"), [("slow", True), ("late", False)])
def test_a_slow_answer_is_late_or_only_told_late(kind: str, made_at_once: bool) -> None:
    theatre = Theatre(leaps=False)
    theatre.fault(kind, "ark", seconds=30.0)

    async def played() -> None:
        example = EXAMPLES["ark"]
        async with theatre.client("ark") as client:
            task = asyncio.ensure_future(client.post(example.path, json=example.body))
            for _ in range(50):
                await asyncio.sleep(0)
            assert not task.done()
            assert bool(theatre.house.vendors["ark"].jobs) is made_at_once
            theatre.clock.advance(30)
            assert (await task).status_code == 200

    asyncio.run(played())


def test_a_client_that_hangs_up_does_not_stop_what_it_asked_for() -> None:
    theatre = Theatre(Conditions(accept=(2.0, 2.0)), leaps=False)

    async def played() -> None:
        example = EXAMPLES["pollo"]
        async with theatre.client("pollo") as client:
            task = asyncio.ensure_future(client.post(example.path, json=example.body))
            for _ in range(50):
                await asyncio.sleep(0)
            task.cancel()
            await asyncio.wait({task})
            theatre.clock.advance(2)
            for _ in range(50):
                await asyncio.sleep(0)
        assert len(theatre.house.vendors["pollo"].jobs) == 1

    asyncio.run(played())


def test_a_webhook_comes_once_or_twice() -> None:
    told: list[tuple[str, object]] = []

    async def courier(address: str, message: dict[str, object]) -> None:
        told.append((address, message["status"]))

    theatre = Theatre(leaps=False)
    theatre.house.stage.courier = courier
    theatre.fault("duplicate-webhook", "ark", skip=1)

    async def played() -> None:
        example = EXAMPLES["ark"]
        async with theatre.client("ark") as client:
            for name in ("one", "two"):
                body = {**example.body, "callback_url": f"http://127.0.0.1:9/{name}"}
                await client.post(example.path, json=body)
            far = {**example.body, "callback_url": "https://hooks.example/far"}
            await client.post(example.path, json=far)
            for _ in range(20):
                await asyncio.sleep(0)
            theatre.clock.advance(80_000)
            for _ in range(50):
                await asyncio.sleep(0)

    asyncio.run(played())
    here = ("http://127.0.0.1:9/one", "succeeded"), ("http://127.0.0.1:9/two", "succeeded")
    assert sorted(told) == [here[0], here[1], here[1]], "nobody outside this machine is called"


def test_chance_is_seeded() -> None:
    def fires(seed: int) -> list[bool]:
        faults = Faults(seed)
        faults.add(Fault("busy", times=0, chance=0.3))
        return [bool(faults.take("ark", "create")) for _ in range(60)]

    assert fires(1) == fires(1) != fires(2)
    assert 5 < sum(fires(1)) < 35


def test_a_switch_that_does_not_exist_is_named() -> None:
    with pytest.raises(ValueError, match="no fault"):
        Fault("gremlins")  # type: ignore[arg-type]


def test_a_picture_may_be_smaller_than_ordered(theatre: Theatre) -> None:
    import base64

    theatre.fault("wrong-size", "openai")
    data = base64.b64decode(theatre.create("openai").json()["data"][0]["b64_json"])
    assert size_of(data) == (682, 682)
