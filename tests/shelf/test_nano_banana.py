"""Nano Banana: what it sends, how it settles, and every answer of 200 that holds no picture."""

from __future__ import annotations

import asyncio
import base64
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from bananas import USAGE, answer, board_ask, bought, file, plates
from rehearsed import SECRET, picture, rig
from stillreel.errors import Busy, Lost, Refused
from stillreel.providers import conformance
from stillreel.providers.seam import Unsure
from stillreel.providers.stills import listed
from stillreel.rehearsal.line import Pace
from stillreel.rehearsal.stage import Conditions
from stillreel.shelf.nano_banana.front_end import NanoBanana
from stillreel.values.money import Money

if TYPE_CHECKING:
    from pathlib import Path

    from stillreel.providers.seam import Job

MODELS = ("gemini-3-pro-image", "gemini-nano-banana-2.1", "gemini-3.1-flash-image")
AT_ONCE = Conditions(accept=(0.0, 0.0), paces={f"gemini/{name}": Pace(0, 0, 0) for name in MODELS})
LABELS = ("", "2.1", "2")


def answering(answer: Any, label: str = "") -> tuple[NanoBanana, list[httpx2.Request]]:
    """Return Nano Banana before a vendor that always answers the same."""
    seen: list[httpx2.Request] = []

    async def heard(request: httpx2.Request) -> httpx2.Response:
        await request.aread()
        seen.append(request)
        return answer if isinstance(answer, httpx2.Response) else httpx2.Response(200, json=answer)

    transport = httpx2.MockTransport(heard)
    return NanoBanana(label, key=SECRET, environment={}, transport=transport), seen


def submitted(held: Any, folder: Path, label: str = "") -> Job:
    return asyncio.run(answering(held, label)[0].submit(board_ask(folder), "tag-1"))


@pytest.mark.parametrize("label", ["", "2.1"])
@pytest.mark.parametrize("check", conformance.checks(NanoBanana().offer), ids=conformance.name)
def test_it_keeps_the_promises_of_the_seam(check: Any, label: str, tmp_path: Path) -> None:
    bench = rig(
        NanoBanana,
        tmp_path,
        board_ask(tmp_path),
        label=label,
        mount="gemini",
        conditions=AT_ONCE,
        tells_people=False,
    )
    asyncio.run(check(bench))


def test_references_come_first_and_in_order_and_everything_is_said_aloud(tmp_path: Path) -> None:
    ask = board_ask(tmp_path)
    made, seen = answering(answer({"inlineData": file()}))
    asyncio.run(made.submit(ask, "tag-1"))
    (request,) = seen
    home = "https://generativelanguage.googleapis.com/v1/models"
    assert str(request.url) == f"{home}/gemini-3-pro-image:generateContent"
    assert request.headers["x-goog-api-key"] == SECRET
    body = json.loads(request.content)
    parts = body.pop("contents")[0]["parts"]
    assert [base64.b64decode(part["inlineData"]["data"]) for part in parts[:-1]] == [
        one.file.read_bytes() for one in ask.references
    ]
    assert {part["inlineData"]["mimeType"] for part in parts[:-1]} == {"image/png"}
    assert parts[-1] == {"text": ask.prompt}
    assert body == {
        "generationConfig": {
            "responseModalities": ["IMAGE"],
            "imageConfig": {"aspectRatio": "16:9", "imageSize": "2K"},
            "seed": 5,
        },
        "store": False,
    }


@pytest.mark.parametrize(
    ("size", "ratio", "resolution"),
    [
        ((1600, 900), "16:9", "2K"),
        ((1280, 720), "16:9", "1K"),
        ((612, 344), "16:9", "1K"),
        ((1112, 1916), "9:16", "2K"),
        ((1916, 1916), "1:1", "2K"),
        ((1916, 1448), "4:3", "2K"),
        ((1916, 860), "21:9", "2K"),
        ((8000, 4500), "16:9", "4K"),
    ],
)
def test_a_size_is_one_of_the_vendors_own(
    size: tuple[int, int], ratio: str, resolution: str, tmp_path: Path
) -> None:
    made, seen = answering(answer({"inlineData": file()}))
    asyncio.run(made.submit(board_ask(tmp_path, size=size), "tag-1"))
    shape = json.loads(seen[0].content)["generationConfig"]["imageConfig"]
    assert shape == {"aspectRatio": ratio, "imageSize": resolution}


def test_the_last_picture_that_is_no_thought_is_taken_and_judged_by_its_bytes(
    tmp_path: Path,
) -> None:
    draft, last = {"inlineData": file(64, 64)}, {"inlineData": file()}
    thought = {"inlineData": file(32, 32), "thought": True}
    job = submitted(answer(draft, last, thought, {"text": "There."}), tmp_path)
    assert (job.state, job.warning, job.vendor_id) == ("succeeded", "", "r_1")
    assert job.files[0].media_type == "image/jpeg"
    assert job.files[0].data == base64.b64decode(last["inlineData"]["data"])
    assert job.model == "gemini-3-pro-image-001"
    other = submitted(answer(draft), tmp_path)
    assert other.warning == "64x64 came where 2752x1536 was ordered."


def test_it_settles_by_the_tokens_that_the_vendor_tells(tmp_path: Path) -> None:
    told = answer({"inlineData": file()})
    # The published example: 1,310 in, 1,120 of picture, 240 of thought.
    assert submitted(told, tmp_path).charged == Money(1310 * 2 + 1120 * 120 + 240 * 12)
    more = {**USAGE, "candidatesTokenCount": 1130}
    beside = submitted({**told, "usageMetadata": more}, tmp_path)
    assert beside.charged == Money(1310 * 2 + 1120 * 120 + 250 * 12)
    untold = submitted({**told, "usageMetadata": None}, tmp_path)
    assert untold.charged == NanoBanana().quote(board_ask(tmp_path)).high


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("references", [0, 1, 4])
@pytest.mark.parametrize("size", [(1280, 720), (1916, 1112), (8000, 4500)])
def test_the_bill_of_the_stand_in_lies_in_the_quote(
    label: str, references: int, size: tuple[int, int], tmp_path: Path
) -> None:
    ask = board_ask(tmp_path, references, 0, size)
    bench = rig(NanoBanana, tmp_path, ask, label=label, mount="gemini", conditions=AT_ONCE)
    quote, (job, bill) = bench.make().quote(ask), bought(bench)
    assert job.charged == Money(bill.micros)
    assert quote.low <= job.charged <= quote.high


def test_published_prices_are_quoted_within_three_percent(tmp_path: Path) -> None:
    for size, label, dollars in (
        ((1280, 720), "", 0.134),
        ((1916, 1112), "", 0.134),
        ((8000, 4500), "", 0.24),
        ((1280, 720), "2.1", 0.0336),
        ((1916, 1112), "2.1", 0.0504),
        ((8000, 4500), "2", 0.151),
    ):
        made = NanoBanana(label)
        quote = made.quote(board_ask(tmp_path, 0, 0, size))
        assert abs(quote.low.micros - dollars * 1e6) <= dollars * 1e6 * 0.03
        assert quote.high.micros >= dollars * 1e6


def test_a_blocked_request_is_told_by_its_class_and_bills_what_its_usage_says(
    tmp_path: Path,
) -> None:
    usage = {"promptTokenCount": 1310, "thoughtsTokenCount": 240}
    held = {"promptFeedback": {"blockReason": "IMAGE_SAFETY"}, "usageMetadata": usage}
    job = submitted(held, tmp_path)
    assert (job.state, job.failure) == ("failed", "moderation-input")
    assert "IMAGE_SAFETY" in job.message
    assert job.charged == Money(1310 * 2 + 240 * 12)


@pytest.mark.parametrize(
    ("reason", "failure"),
    [
        ("IMAGE_SAFETY", "moderation-output"),
        ("IMAGE_PROHIBITED_CONTENT", "moderation-output"),
        ("RECITATION", "moderation-output"),
        ("NO_IMAGE", "provider"),
        ("MALFORMED_RESPONSE", "provider"),
        ("STOP", "provider"),
        ("A_WORD_OF_TOMORROW", "provider"),
    ],
)
def test_an_answer_of_200_without_a_picture_is_a_refusal_of_a_kind(
    reason: str, failure: str, tmp_path: Path
) -> None:
    job = submitted(answer({"text": "I would rather not."}, reason=reason), tmp_path)
    assert (job.state, job.failure) == ("failed", failure)
    assert reason in job.message


@pytest.mark.parametrize(
    "held", [{}, {"candidates": []}, {"candidates": "x"}, {"candidates": [{"content": None}]}]
)
def test_an_answer_of_another_shape_fails_and_its_price_is_not_known(
    held: Any, tmp_path: Path
) -> None:
    job = submitted(held, tmp_path)
    assert (job.state, job.failure, job.charged) == ("failed", "provider", None)


def refusal(status: int, word: str, **more: Any) -> httpx2.Response:
    error = {"code": status, "message": "API key not valid.", "status": word, **more}
    return httpx2.Response(status, json={"error": error})


@pytest.mark.parametrize(
    ("reply", "failure"),
    [
        (refusal(400, "INVALID_ARGUMENT"), "account"),
        (refusal(400, "INVALID_ARGUMENT", message="imageSize"), "invalid"),
        (refusal(400, "FAILED_PRECONDITION", message="not here"), "account"),
        (refusal(403, "PERMISSION_DENIED"), "account"),
        (refusal(404, "NOT_FOUND", message="models/x"), "account"),
        (refusal(402, "FAILED_PRECONDITION", message="Billing"), "account"),
    ],
)
def test_a_refusal_costs_nothing_and_says_what_to_do(
    reply: httpx2.Response, failure: str, tmp_path: Path
) -> None:
    made, seen = answering(reply)
    with pytest.raises(Refused) as told:
        asyncio.run(made.submit(board_ask(tmp_path), "tag-1"))
    assert (told.value.failure, told.value.charged, len(seen)) == (failure, "no", 1)
    assert told.value.next_step


def test_a_full_model_is_busy_for_as_long_as_its_details_say(tmp_path: Path) -> None:
    details = [{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "17.5s"}]
    for status, word in ((429, "RESOURCE_EXHAUSTED"), (503, "UNAVAILABLE")):
        made, _ = answering(refusal(status, word, message="full", details=details))
        with pytest.raises(Busy) as told:
            asyncio.run(made.submit(board_ask(tmp_path), "tag-1"))
        assert told.value.after == 17.5
    for status, word in ((500, "INTERNAL"), (504, "DEADLINE_EXCEEDED")):
        with pytest.raises(Lost):
            submitted(refusal(status, word), tmp_path)


def test_what_the_vendor_would_refuse_is_refused_before_it_is_sent(tmp_path: Path) -> None:
    ask = board_ask(tmp_path)
    asks = {
        "carries 15 pictures; nano-banana takes 14": board_ask(tmp_path, 5, 10),
        "carries 6 pictures of people; nano-banana takes 5": board_ask(tmp_path, 6),
        "carries 7 pictures of objects; nano-banana takes 6": board_ask(tmp_path, 1, 7),
        "makes .*; 4000x800 is none": replace(ask, width=4000, height=800),
    }
    for words, one in asks.items():
        made, seen = answering(answer())
        with pytest.raises(Refused, match=words) as told:
            asyncio.run(made.submit(one, "tag-1"))
        assert (told.value.charged, told.value.failure, seen) == ("no", "invalid", [])
        assert told.value.next_step


@pytest.mark.parametrize(
    ("label", "people", "objects", "style", "words"),
    [
        ("", 5, 6, 3, ""),
        ("", 1, 1, 4, "4 pictures of style; nano-banana takes 3"),
        ("", 6, 0, 0, "6 pictures of people; nano-banana takes 5"),
        ("", 0, 7, 0, "7 pictures of objects; nano-banana takes 6"),
        ("2.1", 4, 10, 0, ""),
        ("2.1", 5, 0, 0, r"5 pictures of people; nano-banana:2\.1 takes 4"),
        ("2.1", 0, 10, 1, r"11 pictures of objects; nano-banana:2\.1 takes 10"),
        ("2", 4, 7, 3, ""),
    ],
)
def test_each_model_has_its_own_places_for_people_objects_and_style(
    label: str, people: int, objects: int, style: int, words: str, tmp_path: Path
) -> None:
    ask = board_ask(tmp_path, people, objects)
    manner = [picture(tmp_path, f"manner-{at}", 320, 320) for at in range(style)]
    ask = replace(
        ask, references=(*ask.references, *(replace(one, role="style") for one in manner))
    )
    made, seen = answering(answer({"inlineData": file()}), label)
    if not words:
        asyncio.run(made.submit(ask, "tag-1"))
        assert len(seen) == 1
        return
    with pytest.raises(Refused, match=words) as told:
        asyncio.run(made.submit(ask, "tag-1"))
    assert (told.value.charged, told.value.failure, seen) == ("no", "invalid", [])


def test_whoever_is_in_the_cast_counts_as_people_whatever_view_is_sent(tmp_path: Path) -> None:
    ask = board_ask(tmp_path, 4, 0)
    whole = replace(plates(tmp_path, 0, 1)[0], label="mara")
    ask = replace(ask, references=(*ask.references, whole))
    made, _ = answering(answer(), "2.1")
    with pytest.raises(Refused, match=r"5 pictures of people; nano-banana:2\.1 takes 4"):
        asyncio.run(made.submit(ask, "tag-1"))


def test_a_lost_picture_is_for_a_person_to_settle() -> None:
    said = asyncio.run(NanoBanana(key=SECRET, environment={}).find("tag-1"))
    assert isinstance(said, Unsure)


FACTS = {
    "webSearchQueries": ["Eiffel Tower lattice", "Eiffel Tower 1889"],
    "groundingChunks": [
        {"web": {"uri": "https://a.example/tower", "title": "The tower"}},
        {"image": {"sourceUri": "https://b.example/photo", "imageUri": "x", "title": "A photo"}},
    ],
}


def test_what_exists_is_looked_up_and_where_it_was_found_is_kept(tmp_path: Path) -> None:
    told = answer({"inlineData": file()})
    told["candidates"][0]["groundingMetadata"] = FACTS
    made, seen = answering(told)
    ask = replace(board_ask(tmp_path), grounded=True)
    job = asyncio.run(made.submit(ask, "tag-1"))
    assert json.loads(seen[0].content)["tools"] == [{"googleSearch": {}}]
    assert [one.role for one in job.files] == ["main", "sources"]
    assert json.loads(job.files[1].data) == {
        "searches": FACTS["webSearchQueries"],
        "sources": [
            {"title": "The tower", "uri": "https://a.example/tower"},
            {"title": "A photo", "uri": "https://b.example/photo"},
        ],
    }
    plain = asyncio.run(answering(answer({"inlineData": file()}))[0].submit(ask, "tag-1"))
    assert job.charged == (plain.charged or Money()) + Money(2 * 14_000)
    assert [one.role for one in plain.files] == ["main"]


def test_nothing_is_looked_up_unless_an_ask_and_the_offer_say_so(tmp_path: Path) -> None:
    made, seen = answering(answer({"inlineData": file()}))
    asyncio.run(made.submit(board_ask(tmp_path), "tag-1"))
    assert "tools" not in json.loads(seen[0].content)
    mine = tmp_path / "mine.toml"
    mine.write_text("grounds = false")
    ask = replace(board_ask(tmp_path), grounded=True)
    assert "tools" not in NanoBanana("", mine).body(ask, listed(ask, NanoBanana().offer))


@pytest.mark.parametrize("label", LABELS)
def test_the_bill_of_a_picture_with_facts_lies_in_its_quote(label: str, tmp_path: Path) -> None:
    ask = replace(board_ask(tmp_path), grounded=True)
    bench = rig(NanoBanana, tmp_path, ask, label=label, mount="gemini", conditions=AT_ONCE)
    quote, (job, bill) = bench.make().quote(ask), bought(bench)
    assert job.charged == Money(bill.micros)
    assert quote.low <= job.charged <= quote.high
    assert len(json.loads(job.files[1].data)["sources"]) == 2


def test_words_in_the_picture_are_passed_on_letter_by_letter(tmp_path: Path) -> None:
    ask = replace(board_ask(tmp_path, 0, 0), lettering=("CAFÉ Étoile", "No. 7"))
    made, seen = answering(answer({"inlineData": file()}))
    asyncio.run(made.submit(ask, "tag-1"))
    (part,) = json.loads(seen[0].content)["contents"][0]["parts"]
    assert part["text"].startswith(ask.prompt)
    assert 'spelt exactly so: "CAFÉ Étoile", "No. 7".' in part["text"]
    assert "lettering" in NanoBanana().offer.suits
