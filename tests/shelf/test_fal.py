"""fal in detail: its addresses, its completed failures, and when it says a job is absent."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from rehearsed import SECRET, answering, clip_ask, picture, rig
from stillreel.errors import NotConfigured, ProviderError, Refused
from stillreel.providers import conformance, registry
from stillreel.providers.ask import StillAsk
from stillreel.providers.seam import Job, Unsure
from stillreel.shelf.fal.platform import Fal
from stillreel.values.money import Money

if TYPE_CHECKING:
    from pathlib import Path

TAG = "sr-1"
HOUSE = "https://queue.fal.run/somewhere/else"
TAKEN = {
    "request_id": "r1",
    "status": "IN_QUEUE",
    "status_url": f"{HOUSE}/r1/state",
    "response_url": f"{HOUSE}/r1",
    "cancel_url": f"{HOUSE}/r1/stop",
}


@pytest.mark.parametrize(("label", "read"), [("", "grid"), ("fast", "frames"), ("2.5", "panels")])
@pytest.mark.parametrize("check", conformance.checks(Fal().offer), ids=conformance.name)
def test_it_keeps_the_promises_of_the_seam(
    check: Any, label: str, read: Any, tmp_path: Path
) -> None:
    asyncio.run(check(rig(Fal, tmp_path, clip_ask(tmp_path, read), label=label)))


def submitted(folder: Path, read: Any = "grid", label: str = "", key: str = TAG) -> Any:
    made, seen = answering(Fal, TAKEN, label=label)
    job = asyncio.run(made.submit(clip_ask(folder, read), key))
    assert (job.vendor_id, job.state, job.key) == ("r1", "queued", key)
    return job, seen[0]


def test_a_board_goes_to_the_endpoint_of_references_in_words_of_the_vendor(tmp_path: Path) -> None:
    job, request = submitted(tmp_path)
    assert str(request.url) == "https://queue.fal.run/bytedance/seedance-2.0/reference-to-video"
    assert request.headers["authorization"] == f"Key {SECRET}"
    assert request.headers["x-fal-no-retry"] == "1"
    assert request.headers["x-fal-request-timeout"] == "1800"
    held = json.loads(request.content)
    assert len(held.pop("image_urls")) == 2
    assert held.pop("seed") < 2**31
    assert held == {
        "prompt": clip_ask(tmp_path).prompt,
        "resolution": "720p",
        "aspect_ratio": "16:9",
        "duration": "12",
        "generate_audio": False,
    }
    assert job.model == "bytedance/seedance-2.0/reference-to-video"


def test_frames_go_to_the_endpoint_of_images_and_every_tag_has_its_own_seed(
    tmp_path: Path,
) -> None:
    _, first = submitted(tmp_path, "frames", "fast")
    _, other = submitted(tmp_path, "frames", "fast", key="sr-2")
    assert first.url.path == "/bytedance/seedance-2.0/fast/image-to-video"
    held = [json.loads(one.content) for one in (first, other)]
    assert {"image_url", "end_image_url"} <= set(held[0])
    assert "image_urls" not in held[0]
    assert held[0]["seed"] != held[1]["seed"]


def test_the_addresses_that_the_vendor_gave_are_followed(tmp_path: Path) -> None:
    job, _ = submitted(tmp_path)
    result = {"video": {"url": "https://files.example/v.mp4"}, "seed": 1}
    made, seen = answering(Fal, {"status": "COMPLETED", "metrics": {"inference_time": 9.5}}, result)
    done = asyncio.run(made.poll(job))
    assert (done.state, done.run_seconds) == ("succeeded", 9.5)
    assert [str(one.url) for one in seen] == [TAKEN["status_url"], TAKEN["response_url"]]
    assert done.charged == Money.parse("3.6288")


def test_an_address_at_another_house_is_not_shown_the_key(tmp_path: Path) -> None:
    made, seen = answering(Fal, {**TAKEN, "status_url": "https://elsewhere.example/r1"})
    job = asyncio.run(made.submit(clip_ask(tmp_path), TAG))
    with pytest.raises(ProviderError, match=r"elsewhere\.example"):
        asyncio.run(made.poll(job))
    assert len(seen) == 1


@pytest.mark.parametrize(
    ("status", "result", "failure", "usd"),
    [
        ({"error": "Internal server error", "error_type": "internal_server_error"}, {}, "", "0"),
        ({"error": "Request timed out", "error_type": "startup_timeout"}, {}, "", "0"),
        (
            {"error": "flagged", "error_type": "content_policy_violation"},
            {},
            "moderation-output",
            "3.6288",
        ),
        (
            {},
            {"detail": [{"msg": "It was flagged.", "type": "content_policy_violation"}]},
            "moderation-output",
            "3.6288",
        ),
        ({}, {"detail": [{"msg": "field required", "type": "missing"}]}, "invalid", None),
    ],
)
def test_completed_is_not_succeeded(
    status: dict[str, object], result: Any, failure: str, usd: str | None, tmp_path: Path
) -> None:
    job, _ = submitted(tmp_path)
    made, _ = answering(Fal, {"status": "COMPLETED", **status}, httpx2.Response(422, json=result))
    done = asyncio.run(made.poll(job))
    assert (done.state, done.failure) == ("failed", failure or "provider")
    assert done.charged == (None if usd is None else Money.parse(usd))
    assert done.message


def test_a_request_that_was_cancelled_elsewhere_costs_nothing(tmp_path: Path) -> None:
    job, _ = submitted(tmp_path)
    said = httpx2.Response(400, json={"detail": "Request was cancelled"})
    done = asyncio.run(answering(Fal, {"status": "COMPLETED"}, said)[0].poll(job))
    assert (done.state, done.charged) == ("cancelled", Money())


def test_a_refusal_says_what_is_wrong_with_which_field(tmp_path: Path) -> None:
    said = {"detail": [{"loc": ["body", "seed"], "msg": "not an integer", "type": "int"}]}
    made, _ = answering(Fal, httpx2.Response(422, json=said))
    with pytest.raises(Refused, match="not an integer") as told:
        asyncio.run(made.submit(clip_ask(tmp_path), TAG))
    assert (told.value.failure, told.value.charged) == ("invalid", "no")


def history(*rows: dict[str, object], more: str = "") -> dict[str, object]:
    return {"items": list(rows), "next_cursor": more or None, "has_more": bool(more)}


def row(id_: str, **held: object) -> dict[str, object]:
    endpoint = "bytedance/seedance-2.0/image-to-video"
    return {"request_id": id_, "endpoint_id": endpoint, "status_code": 200, "json_input": held}


def test_a_finished_job_is_found_by_its_seed_on_any_page(tmp_path: Path) -> None:
    held = json.loads(submitted(tmp_path)[1].content)
    made, seen = answering(Fal, history(row("a", seed=3), more="20"), history(row("b", **held)))
    job = asyncio.run(made.find(TAG))
    assert isinstance(job, Job)
    assert (job.vendor_id, job.key) == ("b", TAG)
    assert seen[0].url.host == "api.fal.ai"
    assert seen[0].url.path == "/v1/models/requests/by-endpoint"
    asked = seen[0].url.params
    assert asked.get_list("endpoint_id") == [
        "bytedance/seedance-2.0/reference-to-video",
        "bytedance/seedance-2.0/image-to-video",
    ]
    assert (asked["expand"], seen[1].url.params["cursor"]) == ("payloads", "20")
    result = {"video": {"url": "https://files.example/v.mp4"}}
    made, seen = answering(Fal, {"status": "COMPLETED"}, result)
    assert asyncio.run(made.poll(job)).charged == Money.parse("3.6288")
    assert seen[0].url.path == "/bytedance/seedance-2.0/requests/b/status"


def test_a_whole_history_without_the_seed_says_that_it_is_not_there_after_the_longest_time() -> (
    None
):
    made, _ = answering(Fal, history(row("a", seed=3)))
    assert asyncio.run(made.find(TAG)) is None
    offer = made.offer
    assert offer.list_lag >= offer.start_within + 2 * offer.prior_seconds[1]
    assert Fal("2.5").offer.list_lag >= offer.start_within + 1800


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (history({**row("a"), "json_input": None}), "tells no input of 1"),
        ({"results": []}, "another shape"),
        ({"items": [row("a", seed=3)]}, "another shape"),
        ({"items": [], "has_more": True, "next_cursor": None}, "does not end within"),
        (history(row("a")), "tells no input of 1"),
        (httpx2.Response(404, json={}), "cannot be read"),
        (httpx2.Response(401, json={}), "cannot be read"),
    ],
    ids=str,
)
def test_a_history_that_does_not_tell_all_proves_nothing(answer: Any, words: str) -> None:
    said = asyncio.run(answering(Fal, answer)[0].find(TAG))
    assert isinstance(said, Unsure)
    assert words in said.reason


@pytest.mark.parametrize(
    ("label", "size", "usd"),
    [
        ("", (1280, 720), 0.3024),
        ("", (854, 480), 0.141),
        ("", (1920, 1080), 0.68),
        ("fast", (1280, 720), 0.242),
    ],
)
def test_a_second_costs_what_is_published(
    label: str, size: tuple[int, int], usd: float, tmp_path: Path
) -> None:
    quote = Fal(label).quote(clip_ask(tmp_path, size=size))
    assert quote.low.micros / 12e6 == pytest.approx(usd, abs=0.001)
    assert quote.high.micros <= quote.low.micros * 1.03


def board_ask(folder: Path, *, references: bool = True) -> StillAsk:
    return StillAsk(
        subject="C01",
        kind="board",
        prompt="Image 1 is Mara. Nine panels.",
        width=2304,
        height=1296,
        seed=5,
        take=1,
        references=(picture(folder, "mara", 400, 500),) if references else (),
    )


@pytest.mark.parametrize("label", ["gpt-image", "nano-banana"])
@pytest.mark.parametrize("check", conformance.checks(Fal().offer), ids=conformance.name)
def test_its_stills_keep_the_promises_of_the_seam(check: Any, label: str, tmp_path: Path) -> None:
    asyncio.run(check(rig(Fal, tmp_path, board_ask(tmp_path), label=label)))


@pytest.mark.parametrize(
    ("label", "fields", "usd"),
    [
        (
            "gpt-image",
            {"image_size": {"width": 2304, "height": 1296}, "quality": "high"},
            "0.19386",
        ),
        ("nano-banana", {"aspect_ratio": "16:9", "resolution": "2K"}, "0.15"),
    ],
)
def test_stills_are_edits_where_references_go_along(
    label: str, fields: dict[str, object], usd: str, tmp_path: Path
) -> None:
    for references, tail in ((True, "/edit"), (False, "")):
        made, seen = answering(Fal, TAKEN, label=label)
        ask = board_ask(tmp_path, references=references)
        asyncio.run(made.submit(ask, TAG))
        assert seen[0].url.path == f"/{made.offer.model}{tail}"
        held = json.loads(seen[0].content)
        assert len(held.pop("image_urls", ())) == references
        assert held == {"prompt": ask.prompt, "num_images": 1, **fields}
        assert made.quote(ask).low == Money.parse(usd)


def test_each_of_its_models_says_what_it_makes() -> None:
    makes = {label: Fal(label).offer.makes for label in ("", "2.5", "gpt-image", "nano-banana")}
    assert makes == {"": "motion", "2.5": "motion", "gpt-image": "still", "nano-banana": "still"}
    registry.still("fal:gpt-image", ready=False)
    with pytest.raises(NotConfigured, match="it makes still"):
        registry.motion("fal:gpt-image", ready=False)


def test_a_request_that_a_person_found_is_asked_after_by_the_rule_of_its_addresses() -> None:
    made, seen = answering(
        Fal, {"status": "COMPLETED"}, {"video": {"url": "https://files.example/v"}}
    )
    job = asyncio.run(made.poll(Job("fal", TAG, "r9", "queued")))
    assert (job.state, job.charged) == ("succeeded", None)
    assert str(seen[0].url) == ("https://queue.fal.run/bytedance/seedance-2.0/requests/r9/status")


def test_without_a_price_nothing_is_sent(tmp_path: Path) -> None:
    made, seen = answering(Fal, TAKEN)
    made.offer = made.offer.model_copy(update={"prices": ()})
    with pytest.raises(NotConfigured, match="no price"):
        asyncio.run(made.submit(clip_ask(tmp_path), TAG))
    assert seen == []
