"""GPT Image by the batch: filed first, ordered once, found by its tag, and half the price."""

from __future__ import annotations

import asyncio
import base64
import json
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from pictured import answer, board_ask, parts
from published import schemas, wrong
from rehearsed import SECRET, Ruled, answering, rig
from stillreel.errors import Gone, ProviderError, Refused
from stillreel.providers import conformance
from stillreel.providers.seam import Job, Unsure
from stillreel.rehearsal.stage import Conditions
from stillreel.shelf.gpt_image.batch import GptImageBatch
from stillreel.shelf.gpt_image.front_end import GptImage
from stillreel.values.money import Money

if TYPE_CHECKING:
    from pathlib import Path

FILED = {"id": "file-1"}
MADE = {"id": "batch_1", "status": "validating"}
DONE = {"id": "batch_1", "status": "completed", "output_file_id": "out-1"}
ASKED = Job("gpt-image-batch", "tag-1", "batch_1", "running")


def line(body: dict[str, Any], status: int = 200) -> dict[str, Any]:
    return {"custom_id": "tag-1", "response": {"status_code": status, "body": body}, "error": None}


def polled(*answers: Any) -> Job:
    return asyncio.run(answering(GptImageBatch, *answers)[0].poll(ASKED))


@pytest.mark.parametrize("references", [0, 3])
@pytest.mark.parametrize("check", conformance.checks(GptImageBatch().offer), ids=conformance.name)
def test_it_keeps_the_promises_of_the_seam(check: Any, references: int, tmp_path: Path) -> None:
    ask = board_ask(tmp_path, references)
    asyncio.run(check(rig(GptImageBatch, tmp_path, ask, mount="openai", tells_people=False)))


def test_an_order_is_filed_and_then_created_with_its_tag(tmp_path: Path) -> None:
    ask = board_ask(tmp_path, 2)
    made, seen = answering(GptImageBatch, FILED, MADE)
    job = asyncio.run(made.submit(ask, "tag-1"))
    assert (job.vendor_id, job.state, job.key) == ("batch_1", "queued", "tag-1")
    assert [request.url.path for request in seen] == ["/v1/files", "/v1/batches"]
    found = {part.name: part.data for part in parts(seen[0])}
    assert found["purpose"] == b"batch"
    order = json.loads(found["file"])
    assert found["file"].endswith(b"}\n")
    assert (order["custom_id"], order["url"]) == ("tag-1", "/v1/images/edits")
    shown = [one["image_url"].partition(",")[2] for one in order["body"]["images"]]
    assert [base64.b64decode(one) for one in shown] == [
        one.file.read_bytes() for one in ask.references
    ]
    created = json.loads(seen[1].content)
    assert created == {
        "input_file_id": "file-1",
        "endpoint": "/v1/images/edits",
        "completion_window": "24h",
        "metadata": {"stillreel": "tag-1"},
    }
    known = schemas("openai-images-batch.yaml")
    assert wrong(created, known["CreateBatchRequest"], known) == []
    # The form of an edit takes any size; its JSON is published with the three old ones only.
    (told,) = wrong(order["body"], known["EditImageBodyJsonParam"], known)
    assert told.startswith("body.size is '1920x1120', none of ['auto', '1024x1024'")


def test_an_order_that_cannot_be_filed_was_never_made(tmp_path: Path) -> None:
    ask = board_ask(tmp_path, 0)
    refusal = httpx2.Response(400, json={"error": {"message": "said", "code": "invalid_value"}})
    for reply, failure in ((refusal, "invalid"), (httpx2.Response(500), "invalid")):
        made, seen = answering(GptImageBatch, reply)
        with pytest.raises(ProviderError, match="could not be filed") as told:
            asyncio.run(made.submit(ask, "tag-1"))
        assert (told.value.charged, told.value.failure, len(seen)) == ("no", failure, 1)
    mine = tmp_path / "mine.toml"
    mine.write_text("body_bytes_max = 100")
    with pytest.raises(Refused, match="takes 100"):
        asyncio.run(GptImageBatch("", mine, key=SECRET).submit(ask, "tag-1"))


def test_a_picture_costs_half_of_what_it_costs_at_once(tmp_path: Path) -> None:
    ask = board_ask(tmp_path, 2)
    low, whole = GptImageBatch().quote(ask).low.micros, GptImage().quote(ask).low.micros
    assert abs(2 * low - whole) <= 2
    usage = {
        "input_tokens_details": {"text_tokens": 100, "image_tokens": 1000},
        "output_tokens": 6462,
    }
    job = polled(DONE, DONE, line(answer(**usage)))
    assert (job.state, job.charged) == ("succeeded", Money(250 + 4000 + 96_930))


def test_a_line_that_was_refused_is_a_job_that_failed_by_its_class() -> None:
    failed = {"id": "batch_1", "status": "completed", "error_file_id": "err-1"}
    for stage, failure, charged in (
        ("input", "moderation-input", Money()),
        ("output", "moderation-output", None),
    ):
        error = {"code": "moderation_blocked", "message": "said"}
        error |= {"moderation_details": {"moderation_stage": stage}}  # pyright: ignore[reportArgumentType]
        job = polled(failed, failed, line({"error": error}, 400))
        assert (job.state, job.failure, job.charged) == ("failed", failure, charged)
        assert "said" in job.message
    for status, failure in ((400, "invalid"), (404, "account"), (500, "provider")):
        job = polled(failed, failed, line({"error": {"message": "theirs"}}, status))
        assert (job.state, job.failure, job.charged) == ("failed", failure, Money())
    odd = polled(DONE, DONE, line({"data": []}))
    assert (odd.state, odd.failure, odd.charged) == ("failed", "provider", None)


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("validating", "queued"),
        ("finalizing", "running"),
        ("cancelling", "running"),
        ("failed", "failed"),
        ("expired", "expired"),
        ("cancelled", "cancelled"),
    ],
)
def test_every_word_of_the_vendor_is_known(word: str, state: str) -> None:
    errors = {"data": [{"code": "invalid_json", "message": "line 1"}]}
    job = polled({"id": "batch_1", "status": word, "errors": errors})
    assert (job.state, job.warning) == (state, "")
    if word == "failed":
        assert (job.message, job.charged) == ("invalid_json, line 1", Money())


def test_a_result_that_was_thrown_away_is_gone() -> None:
    missing = httpx2.Response(404, json={"error": {"message": "No such File object"}})
    with pytest.raises(Gone) as told:
        asyncio.run(answering(GptImageBatch, DONE, missing, DONE, missing)[0].fetch(ASKED))
    assert told.value.charged == "yes"


def test_a_lost_order_is_found_over_pages_and_its_absence_is_proved_by_the_last(
    tmp_path: Path,
) -> None:
    vendor = Ruled("openai", Conditions(accept=(0.0, 0.0), list_lag=20.0))
    address = {"STILLREEL_GPT_IMAGE_BATCH_BASE_URL": "http://127.0.0.1:9/openai"}
    made = GptImageBatch(key=SECRET, environment=address, transport=vendor)

    async def tried() -> None:
        for number in range(3):
            await made.submit(board_ask(tmp_path, 0), f"tag-{number}")
        assert await made.find("tag-1") is None
        vendor.advance(made.offer.list_lag)
        job = await made.find("tag-1")
        assert isinstance(job, Job)
        vendor.advance(40_000)
        done = await made.poll(job)
        assert done.charged is not None
        assert abs(3 * done.charged.micros - vendor.house.stage.meter.bill("openai").micros) <= 3

    asyncio.run(tried())
    page = {"data": [MADE], "has_more": True}
    last = {"data": [{**MADE, "id": "batch_2", "metadata": {"stillreel": "tag-1"}}]}
    made, seen = answering(GptImageBatch, page, last)
    assert isinstance(asyncio.run(made.find("tag-1")), Job)
    assert seen[1].url.params["after"] == "batch_1"
    assert isinstance(asyncio.run(answering(GptImageBatch, {"rows": []})[0].find("tag-1")), Unsure)
    assert isinstance(asyncio.run(GptImageBatch(environment={}).find("tag-1")), Unsure)
