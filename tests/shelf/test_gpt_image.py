"""GPT Image: what it sends, what it bills by, and what its refusals are told as."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from pictured import answer, board_ask, parts
from published import schemas, wrong
from rehearsed import SECRET, answering, picture, rig
from stillreel.errors import Busy, Gone, Lost, Refused
from stillreel.providers import conformance
from stillreel.providers.ask import StillAsk
from stillreel.providers.seam import Job, Unsure
from stillreel.providers.stills import tokens_drawn
from stillreel.rehearsal.line import Pace
from stillreel.rehearsal.stage import Conditions
from stillreel.shelf.gpt_image.front_end import GptImage
from stillreel.values.money import Money

if TYPE_CHECKING:
    from pathlib import Path

MODELS = ("gpt-image-2", "gpt-image-2.5-sunburst", "gpt-image-2.5-flare")
AT_ONCE = Conditions(accept=(0.0, 0.0), paces={f"openai/{name}": Pace(0, 0, 0) for name in MODELS})
LABELS = ("", "2-medium", "2-low", "2.5-sunburst", "2.5-flare", "2.6-sunburst", "2.6-flare")


def sent(ask: StillAsk, label: str = "") -> httpx2.Request:
    made, seen = answering(GptImage, answer(), label)
    asyncio.run(made.submit(ask, "tag-1"))
    (request,) = seen
    return request


@pytest.mark.parametrize("label", ["", "2.5-flare"])
@pytest.mark.parametrize("check", conformance.checks(GptImage().offer), ids=conformance.name)
def test_it_keeps_the_promises_of_the_seam(check: Any, label: str, tmp_path: Path) -> None:
    ask = board_ask(tmp_path)
    bench = rig(
        GptImage,
        tmp_path,
        ask,
        label=label,
        mount="openai",
        conditions=AT_ONCE,
        tells_people=False,
    )
    asyncio.run(check(bench))


def test_words_alone_are_a_generation_in_json(tmp_path: Path) -> None:
    ask = board_ask(tmp_path, 0)
    request = sent(ask)
    assert str(request.url) == "https://api.openai.com/v1/images/generations"
    assert request.headers["authorization"] == f"Bearer {SECRET}"
    assert request.headers["x-client-request-id"] == "tag-1"
    assert json.loads(request.content) == {
        "model": "gpt-image-2-2026-04-21",
        "prompt": ask.prompt,
        "size": "1920x1120",
        "quality": "high",
        "background": "opaque",
        "output_format": "png",
        "n": 1,
    }


def test_references_are_an_edit_whose_files_keep_their_order(tmp_path: Path) -> None:
    ask = board_ask(tmp_path, 3)
    request = sent(ask)
    assert str(request.url).endswith("/v1/images/edits")
    found = parts(request)
    files = [part.data for part in found if part.is_file]
    assert files == [one.file.read_bytes() for one in ask.references]
    assert {part.name for part in found if part.is_file} == {"image[]"}
    fields = {part.name: part.data.decode() for part in found if not part.is_file}
    assert (fields["prompt"], fields["n"], fields["quality"]) == (ask.prompt, "1", "high")
    assert "input_fidelity" not in fields


@pytest.mark.parametrize("label", ["", "2-medium", "2-low"])
def test_its_bodies_are_what_the_vendor_publishes(label: str, tmp_path: Path) -> None:
    known = schemas("openai-images-batch.yaml")
    body = json.loads(sent(board_ask(tmp_path, 0), label).content)
    assert wrong(body, known["CreateImageRequest"], known) == []
    assert wrong({**body, "n": 11}, known["CreateImageRequest"], known)
    assert wrong({**body, "seed": 5}, known["CreateImageRequest"], known)
    found = parts(sent(board_ask(tmp_path, 16), label))
    form: dict[str, Any] = {part.name: part.data.decode() for part in found if not part.is_file}
    form |= {"n": int(form["n"]), "image": [part.name for part in found if part.is_file]}
    assert wrong(form, known["CreateImageEditRequest"], known) == []
    assert wrong({**form, "image": ["x"] * 17}, known["CreateImageEditRequest"], known)


@pytest.mark.parametrize(
    ("asked", "ordered"),
    [
        ((1600, 900), "1600x912"),
        ((1916, 1112), "1920x1120"),
        ((612, 344), "1088x608"),
        ((900, 900), "912x912"),
        ((5000, 2800), "3840x2160"),
        ((1000, 2000), "1008x2000"),
    ],
)
def test_any_size_is_ordered_by_the_vendors_rules(
    asked: tuple[int, int], ordered: str, tmp_path: Path
) -> None:
    body = json.loads(sent(board_ask(tmp_path, 0, asked)).content)
    assert body["size"] == ordered
    width, height = (int(side) for side in ordered.split("x"))
    assert width % 16 == height % 16 == 0
    assert 655_360 <= width * height <= 8_294_400


@pytest.mark.parametrize(
    ("size", "edge", "tokens"),
    [
        # The published table of gpt-image-2 and 2.5, and a live picture of 7,024 tokens.
        ((1024, 1024), 16, 196),
        ((1024, 1024), 48, 1756),
        ((1024, 1024), 96, 7024),
        ((1024, 1024), 24, 439),
        ((1536, 1024), 96, 5488),
        ((1536, 1024), 64, 2459),
        ((2304, 1296), 96, 6462),
        ((2048, 2048), 48, 3568),
        ((3840, 2160), 96, 13342),
        ((2160, 3840), 16, 371),
    ],
)
def test_a_picture_takes_the_tokens_of_the_published_table(
    size: tuple[int, int], edge: int, tokens: int
) -> None:
    assert tokens_drawn(*size, edge) == tokens


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("references", [0, 1, 16])
def test_the_bill_of_the_stand_in_lies_in_the_quote(
    label: str, references: int, tmp_path: Path
) -> None:
    ask = board_ask(tmp_path, references)
    bench = rig(GptImage, tmp_path, ask, label=label, mount="openai", conditions=AT_ONCE)
    made = bench.make()
    quote = made.quote(ask)
    job = asyncio.run(made.submit(ask, "tag-1"))
    assert job.charged == Money(bench.wired.house.stage.meter.bill("openai").micros)  # pyright: ignore[reportAttributeAccessIssue]
    assert quote.low <= job.charged <= quote.high
    if label == "" and references < 16:
        assert quote.high.micros <= job.charged.micros * 1.03


def test_published_examples_are_quoted_within_three_percent(tmp_path: Path) -> None:
    for size, label, dollars in (
        ((1024, 1024), "", 0.211),
        ((1536, 1024), "", 0.165),
        ((2304, 1296), "2.5-sunburst", 0.194),
        ((2048, 2048), "2-medium", 0.107),
        ((3840, 2160), "", 0.400),
    ):
        quote = GptImage(label).quote(board_ask(tmp_path, 0, size))
        assert abs(quote.high.micros / 1e6 - dollars) <= dollars * 0.03


def test_a_board_that_is_only_priced_is_priced_with_what_will_go_along(tmp_path: Path) -> None:
    ask = board_ask(tmp_path, 4)
    bare = replace(ask, prompt="", references=())
    assert GptImage().quote(bare).high > GptImage().quote(replace(ask, references=())).high


def test_it_settles_by_the_tokens_that_the_vendor_tells(tmp_path: Path) -> None:
    usage = {
        "input_tokens": 1151,
        "input_tokens_details": {"text_tokens": 127, "image_tokens": 1024},
        "output_tokens": 6462,
    }
    made, _ = answering(GptImage, answer(**usage))
    job = asyncio.run(made.submit(board_ask(tmp_path), "tag-1"))
    assert job.charged == Money(127 * 5 + 1024 * 8 + 6462 * 30)
    untold = asyncio.run(answering(GptImage, answer())[0].submit(board_ask(tmp_path), "tag-1"))
    assert untold.charged == GptImage().quote(board_ask(tmp_path)).high


def test_another_size_than_was_ordered_is_told(tmp_path: Path) -> None:
    made, _ = answering(GptImage, answer(1024, 1024))
    job = asyncio.run(made.submit(board_ask(tmp_path), "tag-1"))
    assert (job.state, job.warning) == (
        "succeeded",
        "1024x1024 came where 1920x1120 was ordered.",
    )


@pytest.mark.parametrize("held", [{"data": []}, {"data": [{"b64_json": None}]}, {"data": "x"}])
def test_an_answer_without_a_picture_is_a_paid_job_that_failed(held: Any, tmp_path: Path) -> None:
    job = asyncio.run(answering(GptImage, held)[0].submit(board_ask(tmp_path), "tag-1"))
    assert (job.state, job.failure) == ("failed", "provider")
    assert "without a picture" in job.message
    assert job.charged


def takes(ask: StillAsk, many: int) -> list[StillAsk]:
    return [replace(ask, take=at, seed=ask.seed + at) for at in range(1, many + 1)]


@pytest.mark.parametrize("references", [0, 3])
def test_several_takes_are_one_order_of_as_many_pictures(references: int, tmp_path: Path) -> None:
    made, seen = answering(GptImage, answer())
    asyncio.run(made.submit_several(takes(board_ask(tmp_path, references), 3), ("a", "b", "c")))
    (request,) = seen
    assert request.headers["x-client-request-id"] == "a b c"
    if references:
        assert {part.name: part.data for part in parts(request)}["n"] == b"3"
        return
    body = json.loads(request.content)
    assert body["n"] == 3
    known = schemas("openai-images-batch.yaml")
    assert wrong(body, known["CreateImageRequest"], known) == []


def test_what_one_call_cost_is_shared_out_to_the_micro_dollar(tmp_path: Path) -> None:
    usage = {
        "input_tokens": 1151,
        "input_tokens_details": {"text_tokens": 127, "image_tokens": 1024},
        "output_tokens": 3 * 6462,
    }
    told = answer(**usage)
    told["data"] *= 3
    made, _ = answering(GptImage, told)
    ask = board_ask(tmp_path)
    jobs = asyncio.run(made.submit_several(takes(ask, 3), ("a", "b", "c")))
    total = 127 * 5 + 1024 * 8 + 3 * 6462 * 30
    prices = [job.charged.micros for job in jobs if job.charged]
    assert (sum(prices), total % 3) == (total, 1)
    assert prices == [total // 3 + 1, total // 3, total // 3]
    # What is said and shown is billed once for all of them: each costs less than one alone.
    assert max(prices) < 127 * 5 + 1024 * 8 + 6462 * 30


def test_pictures_that_did_not_come_failed_for_nothing(tmp_path: Path) -> None:
    told = answer(input_tokens=100, output_tokens=2 * 6462)
    told["data"] = [*told["data"] * 2, {"b64_json": None}]
    made, _ = answering(GptImage, told)
    jobs = asyncio.run(made.submit_several(takes(board_ask(tmp_path), 4), tuple("abcd")))
    assert [job.state for job in jobs] == ["succeeded", "succeeded", "failed", "failed"]
    assert sum(job.charged.micros for job in jobs if job.charged) == 100 * 5 + 2 * 6462 * 30
    assert [(job.charged, job.failure) for job in jobs[2:]] == [(Money(), "provider")] * 2
    assert "2 of the 4 pictures" in jobs[3].message


def test_pictures_without_usage_cost_each_what_one_was_quoted_at_most(tmp_path: Path) -> None:
    told = answer()
    told["data"] *= 2
    made, _ = answering(GptImage, told)
    ask = board_ask(tmp_path)
    jobs = asyncio.run(made.submit_several(takes(ask, 3), tuple("abc")))
    assert [job.charged for job in jobs] == [made.quote(ask).high] * 2 + [Money()]


def test_a_bill_without_pictures_is_that_of_all_who_ordered(tmp_path: Path) -> None:
    held = {"data": [], "usage": {"input_tokens": 100, "output_tokens": 1}}
    made, _ = answering(GptImage, held)
    jobs = asyncio.run(made.submit_several(takes(board_ask(tmp_path), 3), tuple("abc")))
    assert {(job.state, job.failure) for job in jobs} == {("failed", "provider")}
    assert [job.charged for job in jobs] == [Money(177), Money(177), Money(176)]


def test_pictures_that_were_withheld_may_all_have_been_billed(tmp_path: Path) -> None:
    made, seen = answering(GptImage, blocked("output"))
    jobs = asyncio.run(made.submit_several(takes(board_ask(tmp_path), 3), tuple("abc")))
    assert len(seen) == 1
    assert [(job.failure, job.charged) for job in jobs] == [("moderation-output", None)] * 3


@pytest.mark.parametrize("references", [0, 4])
def test_the_stand_ins_bill_of_one_call_is_the_sum_of_its_takes(
    references: int, tmp_path: Path
) -> None:
    ask = board_ask(tmp_path, references)
    bench = rig(GptImage, tmp_path, ask, label="2-low", mount="openai", conditions=AT_ONCE)
    made: Any = bench.make()
    asks = takes(ask, 7)
    jobs = asyncio.run(made.submit_several(asks, [f"tag-{one.take}" for one in asks]))
    bill = bench.wired.house.stage.meter.bill("openai")  # pyright: ignore[reportAttributeAccessIssue]
    assert (bill.posts, bill.micros) == (1, sum(job.charged.micros for job in jobs))


def refusal(status: int, **error: Any) -> httpx2.Response:
    return httpx2.Response(status, json={"error": {"message": "said", **error}})


def blocked(stage: str) -> httpx2.Response:
    details = {"moderation_stage": stage, "categories": ["violence"]}
    return refusal(400, code="moderation_blocked", moderation_details=details)


@pytest.mark.parametrize(
    ("reply", "failure", "words"),
    [
        (blocked("input"), "moderation-input", "Change the words"),
        (refusal(429, code="insufficient_quota"), "account", "Add credit"),
        (refusal(429, code="credit_balance_exhausted"), "account", "Add credit"),
        (refusal(404, code="model_not_found"), "account", "Check the model"),
        (refusal(401, code="invalid_api_key"), "account", "Check the key"),
        (refusal(403, code=None), "account", "Open the model"),
        (refusal(400, code="invalid_value"), "invalid", "Change what the vendor names"),
    ],
)
def test_a_refusal_costs_nothing_and_says_what_to_do(
    reply: httpx2.Response, failure: str, words: str, tmp_path: Path
) -> None:
    made, seen = answering(GptImage, reply)
    with pytest.raises(Refused, match="said") as told:
        asyncio.run(made.submit(board_ask(tmp_path), "tag-1"))
    assert (told.value.failure, told.value.charged, len(seen)) == (failure, "no", 1)
    assert words in told.value.next_step


@pytest.mark.parametrize("stage", ["output", "unknown"])
def test_a_picture_that_was_withheld_may_have_been_billed(stage: str, tmp_path: Path) -> None:
    job = asyncio.run(answering(GptImage, blocked(stage))[0].submit(board_ask(tmp_path), "tag-1"))
    assert (job.state, job.failure, job.charged) == ("failed", "moderation-output", None)
    assert "said" in job.message


def test_an_overloaded_server_is_busy_and_any_other_error_lost(tmp_path: Path) -> None:
    ask = board_ask(tmp_path)
    with pytest.raises(Busy):
        asyncio.run(
            answering(GptImage, refusal(503, code="server_is_overloaded"))[0].submit(ask, "tag-1")
        )
    for reply in (refusal(503), refusal(500, code="server_error"), refusal(408)):
        with pytest.raises(Lost):
            asyncio.run(answering(GptImage, reply)[0].submit(ask, "tag-1"))


def test_what_the_vendor_would_refuse_is_refused_before_it_is_sent(tmp_path: Path) -> None:
    ask = board_ask(tmp_path)
    tiny = picture(tmp_path, "tiny", 6, 6)
    asks = {
        "carries 17 pictures; gpt-image takes 16": board_ask(tmp_path, 17),
        "prompt has 32,001 letters": replace(ask, prompt="x" * 32_001),
        "6x6 pixels": replace(ask, references=(tiny,)),
        "3 times the shorter": replace(ask, width=4000, height=1000),
    }
    for words, one in asks.items():
        made, seen = answering(GptImage, answer())
        with pytest.raises(Refused, match=words) as told:
            asyncio.run(made.submit(one, "tag-1"))
        assert (told.value.charged, told.value.failure, seen) == ("no", "invalid", [])
        assert told.value.next_step


def test_a_lost_picture_is_for_a_person_to_settle() -> None:
    made = GptImage(key=SECRET, environment={})
    said = asyncio.run(made.find("tag-1"))
    assert isinstance(said, Unsure)
    assert "tag-1" in said.reason
    with pytest.raises(Gone):
        asyncio.run(made.fetch(Job("gpt-image", "tag-1", "tag-1", "succeeded")))
