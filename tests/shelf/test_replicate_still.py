"""Stills of Replicate: what is sent, what it costs, and what its list proves of a lost one."""

from __future__ import annotations

import asyncio
import json
import tomllib
from dataclasses import replace
from importlib import resources
from typing import TYPE_CHECKING, Any, cast

import cv2
import httpx2
import numpy as np
import pytest

from published import schemas, wrong
from rehearsed import answering, picture, rig
from stillreel.errors import Lost, NotConfigured, Refused
from stillreel.providers import conformance, registry
from stillreel.providers.ask import StillAsk
from stillreel.providers.rig import finished
from stillreel.providers.seam import Job, Unsure
from stillreel.shelf import replicate
from stillreel.shelf.replicate.platform import Replicate
from stillreel.values.money import Money

if TYPE_CHECKING:
    from pathlib import Path

    from rehearsed import Ruled

TAG = "sr-1"
LABELS = ("gpt-image", "nano-banana")


def board_ask(folder: Path, size: tuple[int, int] = (2304, 1296), references: int = 1) -> StillAsk:
    plates = tuple(picture(folder, f"mara-{at}", 400, 500) for at in range(references))
    return StillAsk("C01", "board", "Image 1 is Mara. Nine panels.", *size, 5, 1, references=plates)


def row(id_: str, at: str = "12:00:00", **more: object) -> dict[str, object]:
    made = f"2026-10-01T{at}Z"
    return {"id": id_, "status": "starting", "created_at": made, "input": {"seed": 7}, **more}


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("check", conformance.checks(Replicate().offer), ids=conformance.name)
def test_its_stills_keep_the_promises_of_the_seam(check: Any, label: str, tmp_path: Path) -> None:
    asyncio.run(check(rig(Replicate, tmp_path, cast("Any", board_ask(tmp_path)), label=label)))


@pytest.mark.parametrize(
    ("label", "model", "pictures", "fields"),
    [
        (
            "gpt-image",
            "openai/gpt-image-2",
            "input_images",
            {"aspect_ratio": "3840x2160", "quality": "high", "number_of_images": 1},
        ),
        (
            "nano-banana",
            "google/nano-banana-pro",
            "image_input",
            {"aspect_ratio": "16:9", "resolution": "2K"},
        ),
    ],
)
def test_a_still_is_one_prediction_in_the_words_of_its_model(
    label: str, model: str, pictures: str, fields: dict[str, object], tmp_path: Path
) -> None:
    for references in (2, 0):
        made, seen = answering(Replicate, row("p1"), label=label)
        ask = board_ask(tmp_path, references=references)
        job = asyncio.run(made.submit(ask, TAG))
        assert (job.vendor_id, job.state, job.model, len(seen)) == ("p1", "queued", model, 1)
        assert seen[0].url.path == f"/v1/models/{model}/predictions"
        body = json.loads(seen[0].content)
        held = body["input"]
        assert len(held.pop(pictures, ())) == references
        assert held == {"prompt": ask.prompt, "output_format": "png", **fields}
        all_ = schemas("replicate.yml")
        assert wrong(body, all_["schemas_prediction_request"], all_) == []


@pytest.mark.parametrize(
    ("size", "ordered"),
    [
        ((1600, 900), "2048x1152"),
        ((1024, 1024), "1024x1024"),
        ((1800, 1800), "2048x2048"),
        ((1440, 2160), "1024x1536"),
        ((1080, 1920), "1152x2048"),
        ((4096, 2304), "3840x2160"),
    ],
)
def test_gpt_image_draws_the_size_of_its_list_that_is_next(
    size: tuple[int, int], ordered: str, tmp_path: Path
) -> None:
    made, seen = answering(Replicate, row("p1"), label="gpt-image")
    asyncio.run(made.submit(board_ask(tmp_path, size), TAG))
    assert json.loads(seen[0].content)["input"]["aspect_ratio"] == ordered


@pytest.mark.parametrize(("label", "most"), [("gpt-image", 10), ("nano-banana", 14)])
def test_what_lies_beyond_the_offer_is_a_sentence_before_anything_is_sent(
    label: str, most: int, tmp_path: Path
) -> None:
    beyond = {
        f"carries {most + 1} pictures; replicate:{label} takes {most}": board_ask(
            tmp_path, references=most + 1
        ),
        "3000x900 is none": board_ask(tmp_path, (3000, 900)),
        "4x4 pixels": replace(board_ask(tmp_path), references=(picture(tmp_path, "tiny", 4, 4),)),
    }
    for words, ask in beyond.items():
        made, seen = answering(Replicate, row("p1"), label=label)
        with pytest.raises(Refused, match=words) as told:
            asyncio.run(made.submit(ask, TAG))
        assert (told.value.charged, told.value.failure, seen) == ("no", "invalid", [])


def test_references_are_packed_as_small_as_the_vendor_wants_data_uris(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (1296, 2304, 3), np.uint8)
    heavy = picture(tmp_path, "heavy", 2304, 1296)
    cv2.imwrite(str(heavy.file), cv2.GaussianBlur(noise, (9, 9), 0))
    assert heavy.file.stat().st_size > 256_000
    made, seen = answering(Replicate, row("p1"), label="nano-banana")
    asyncio.run(made.submit(replace(board_ask(tmp_path), references=(heavy,)), TAG))
    (uri,) = json.loads(seen[0].content)["input"]["image_input"]
    assert len(uri) < 256_000 * 4 / 3 + 100


@pytest.mark.parametrize(
    ("label", "size", "usd", "pixels"),
    [
        ("gpt-image", (1600, 900), "0.128", (2048, 1152)),
        ("nano-banana", (1600, 900), "0.15", (2752, 1536)),
        ("nano-banana", (3840, 2160), "0.3", (5504, 3072)),
    ],
)
def test_the_quote_is_the_bill_and_the_picture_is_delivered(
    label: str, size: tuple[int, int], usd: str, pixels: tuple[int, int], tmp_path: Path
) -> None:
    on = rig(Replicate, tmp_path, cast("Any", board_ask(tmp_path, size)), label=label)
    made, far = on.make(), cast("Ruled", on.wired)
    quote = made.quote(on.ask)

    async def drawn() -> tuple[Job, bytes, str]:
        job = await finished(on, made, await made.submit(on.ask, TAG))
        (file,) = await made.fetch(job)
        return job, file.data, file.media_type

    job, data, kind = asyncio.run(drawn())
    bill = Money(far.house.stage.meter.bill().micros)
    assert quote.low == quote.high == job.charged == bill == Money.parse(usd)
    assert kind == "image/png"
    height, width = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR).shape[:2]
    assert (width, height) == pixels


def sought(*rows: dict[str, object]) -> Job | Unsure | None:
    """Lose a still of which the vendor then lists these predictions, and ask for it."""
    lost = httpx2.Response(502, html="<html></html>")
    first = row("first", at="12:00:00", input={"prompt": "Nine panels."})
    page = {"results": [*rows, first], "next": None}
    made, _ = answering(Replicate, first, lost, page, label="nano-banana")
    ask = StillAsk("C01", "board", "Nine panels.", 2304, 1296, 5, 1)

    async def tried() -> Job | Unsure | None:
        await made.submit(ask, "sr-0")
        with pytest.raises(Lost):
            await made.submit(ask, TAG)
        return await made.find(TAG)

    return asyncio.run(tried())


def test_a_list_without_a_still_of_the_same_words_proves_that_it_was_never_made() -> None:
    assert sought() is None
    assert sought(row("clip"), row("other", input={"prompt": "Ten panels."})) is None


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (row("p9", input={"prompt": " Nine  panels."}), "p9, of the same words"),
        (row("p9", input={}, data_removed=True), "thrown away"),
    ],
    ids=["the same words", "no words"],
)
def test_a_still_that_may_be_ours_is_named_and_never_claimed(
    one: dict[str, object], words: str
) -> None:
    said = sought(one)
    assert isinstance(said, Unsure)
    assert words in said.reason


def test_a_still_that_another_run_sent_is_told_by_nothing() -> None:
    made, seen = answering(Replicate, {"results": [], "next": None}, label="gpt-image")
    assert isinstance(asyncio.run(made.find(TAG)), Unsure)
    assert seen == []


def test_a_refusal_by_the_models_own_filter_is_told_by_its_class(tmp_path: Path) -> None:
    said = row("p1", status="failed", error="Your request was rejected by the safety system.")
    made, _ = answering(Replicate, row("p1"), said, label="gpt-image")

    async def polled() -> Job:
        return await made.poll(await made.submit(board_ask(tmp_path), TAG))

    job = asyncio.run(polled())
    assert (job.state, job.failure, job.charged) == ("failed", "moderation-output", Money())


@pytest.mark.parametrize("label", LABELS)
def test_every_figure_of_a_still_says_where_it_is_from(label: str) -> None:
    text = resources.files(replicate).joinpath("replicate.offers.toml").read_text("utf-8")
    model = next(one for one in tomllib.loads(text)["model"] if one["label"] == label)
    figures = {"model" if name == "id" else name for name in model}
    told = [name for source in model["sources"] for name in source["figures"]]
    said = {"label", "makes", "experimental", "reference_syntax", "sources"}
    assert sorted(told) == sorted(figures - said)


def test_each_of_its_models_says_what_it_makes() -> None:
    makes = {label: Replicate(label).offer.makes for label in ("", "2.5", *LABELS)}
    assert makes == {"": "motion", "2.5": "motion", "gpt-image": "still", "nano-banana": "still"}
    registry.still("replicate:nano-banana", ready=False)
    with pytest.raises(NotConfigured, match="it makes still"):
        registry.motion("replicate:gpt-image", ready=False)
