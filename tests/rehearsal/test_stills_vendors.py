"""What is particular to OpenAI Images and to Gemini."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from rehearsal.theatre import EXAMPLES, SHEET, SHEET_URI, Theatre
from stillreel.rehearsal import stills
from stillreel.rehearsal.pictures import job_of, size_of


@pytest.mark.parametrize(
    ("width", "height", "quality", "count"),
    [
        (1024, 1024, "low", 196),
        (1024, 1024, "medium", 1756),
        (1024, 1024, "high", 7024),
        (1536, 1024, "high", 5488),
        (2304, 1296, "low", 180),
        (2304, 1296, "medium", 1616),
        (2304, 1296, "high", 6462),
        (2048, 2048, "high", 14_272),
        (3840, 2160, "high", 13_342),
    ],
)
def test_gpt_image_2_tokens_are_the_published_ones(
    width: int, height: int, quality: str, count: int
) -> None:
    assert stills.output_tokens("gpt-image-2", quality, width, height) == count


def test_the_words_of_quality_mean_less_from_2_5_on() -> None:
    for new, old in (("high", "medium"), ("max", "high")):
        assert stills.output_tokens("gpt-image-2.5-flare", new, 2304, 1296) == stills.output_tokens(
            "gpt-image-2", old, 2304, 1296
        )
    assert stills.output_tokens("gpt-image-2.5-sunburst", "medium", 1024, 1024) == 439
    assert stills.output_tokens("gpt-image-2.5-sunburst", "xhigh", 2048, 2048) == 6343


def test_several_pictures_of_one_call(theatre: Theatre) -> None:
    said = theatre.create("openai", n=3).json()
    assert len(said["data"]) == 3
    assert said["usage"]["output_tokens"] == 3 * 7024
    bill = theatre.house.stage.meter.bill()
    assert (bill.jobs, bill.micros) == (1, 3 * 7024 * 30 + 20)


@pytest.mark.parametrize("many", [1, 3])
def test_edits_take_references_as_a_form(theatre: Theatre, many: int) -> None:
    name = "image" if many == 1 else "image[]"
    files = [(name, (f"{n}.png", SHEET, "image/png")) for n in range(many)]
    fields = {"model": "gpt-image-2", "prompt": "Image 1 is the sheet.", "size": "2304x1296"}
    answer = theatre.ask(
        "openai", "POST", "/v1/images/edits", data={**fields, "quality": "high"}, files=files
    )
    assert answer.status_code == 200, answer.text
    said = answer.json()
    assert said["usage"]["input_tokens_details"]["image_tokens"] == many * 256
    assert said["usage"]["output_tokens"] == 6462
    data = base64.b64decode(said["data"][0]["b64_json"])
    assert size_of(data) == (2304, 1296)
    assert job_of(data) == theatre.house.stage.meter.charges()[0].job


def test_edits_take_references_as_json(theatre: Theatre) -> None:
    body = {
        "model": "gpt-image-2",
        "prompt": "Image 1 is the sheet.",
        "images": [{"image_url": SHEET_URI}, {"file_id": "file-abc"}],
        "size": "1024x1024",
        "quality": "low",
        "output_format": "jpeg",
    }
    said = theatre.ask("openai", "POST", "/v1/images/edits", json=body).json()
    assert said["usage"]["input_tokens_details"]["image_tokens"] == 256 + 1024
    assert base64.b64decode(said["data"][0]["b64_json"]).startswith(b"\xff\xd8")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"seed": 1}, "unknown_parameter"),
        ({"response_format": "url"}, "unknown_parameter"),
        ({"n": 11}, "invalid_value"),
        ({"size": "1000x1000"}, "invalid_value"),
        ({"size": "3840x640"}, "invalid_value"),
        ({"size": "512x512"}, "invalid_value"),
        ({"quality": "max"}, "invalid_value"),
        ({"background": "transparent"}, "invalid_value"),
        ({"prompt": ""}, "invalid_value"),
        ({"model": None}, "missing_required_parameter"),
        ({"model": "dall-e-3"}, "model_not_found"),
    ],
)
def test_openai_refuses_what_is_not_published(
    theatre: Theatre, changes: dict[str, Any], code: str
) -> None:
    answer = theatre.create("openai", **changes)
    assert answer.json()["error"]["code"] == code
    assert theatre.house.stage.meter.bill().jobs == 0


def test_openai_says_in_milliseconds_when_to_come_back(theatre: Theatre) -> None:
    theatre.fault("busy", "openai", seconds=1.5)
    theatre.fault("overload", "openai", skip=1)
    assert theatre.create("openai").headers["retry-after-ms"] == "1500"
    answer = theatre.create("openai")
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "server_is_overloaded")


@pytest.mark.parametrize(
    ("model", "size", "micros", "count"),
    [
        ("gemini-3-pro-image", "2K", 134_400, 1120),
        ("gemini-3-pro-image", "4K", 240_000, 2000),
        ("gemini-nano-banana-2.1", "1K", 33_600, 1120),
        ("gemini-nano-banana-2.1", "2K", 50_400, 1680),
        ("gemini-nano-banana-2.1", "4K", 75_600, 2520),
    ],
)
def test_a_nano_banana_picture_costs_what_is_published(
    theatre: Theatre, model: str, size: str, micros: int, count: int
) -> None:
    body = {
        "contents": [{"parts": [{"text": "A board."}]}],
        "generationConfig": {"imageConfig": {"aspectRatio": "16:9", "imageSize": size}},
    }
    said = theatre.ask("gemini", "POST", f"/v1beta/models/{model}:generateContent", json=body)
    assert said.json()["usageMetadata"]["candidatesTokenCount"] == count
    charged = theatre.house.stage.meter.bill().micros
    assert micros < charged < micros + 4000, "words and thoughts are added"


def test_gemini_reads_both_spellings_and_wants_a_capital_k(theatre: Theatre) -> None:
    path = EXAMPLES["gemini"].path
    file = {"inline_data": {"mime_type": "image/png", "data": SHEET_URI.partition(",")[2]}}
    body = {"contents": [{"parts": [file, {"text": "x"}]}]}
    assert theatre.ask("gemini", "POST", path, json=body).status_code == 200
    letters = base64.urlsafe_b64encode(SHEET).decode()
    other = {"inlineData": {"mimeType": "image/png", "data": letters}}
    body = {"contents": [{"parts": [other, {"text": "x"}]}]}
    assert theatre.ask("gemini", "POST", path, json=body).status_code == 200
    small = {**body, "generationConfig": {"imageConfig": {"imageSize": "2k"}}}
    assert theatre.ask("gemini", "POST", path, json=small).status_code == 400
    many = {"contents": [{"parts": [*[file] * 15, {"text": "x"}]}]}
    assert theatre.ask("gemini", "POST", path, json=many).status_code == 400


ASK = {
    "model": "gemini-nano-banana-2.1",
    "input": [
        {"type": "image", "mime_type": "image/png", "data": SHEET_URI.partition(",")[2]},
        {"type": "text", "text": "Image 1 is the sheet."},
    ],
    "response_format": {"type": "image", "aspect_ratio": "16:9", "image_size": "2K"},
}


def test_an_interaction_answers_with_the_picture(theatre: Theatre) -> None:
    steps = [{"type": "user_input", "content": ASK["input"]}]
    for body in (ASK, {**ASK, "input": steps}):
        said = theatre.ask("gemini", "POST", "/v1/interactions", json=body).json()
        (picture,) = said["steps"][-1]["content"]
        assert (said["status"], picture["mime_type"]) == ("completed", "image/jpeg")
        assert size_of(base64.b64decode(picture["data"])) == (2752, 1536)


def test_an_interaction_in_the_background_can_be_found_again(theatre: Theatre) -> None:
    said = theatre.ask(
        "gemini", "POST", "/v1beta/interactions", json={**ASK, "background": True}
    ).json()
    assert said["status"] in {"queued", "in_progress"}
    assert theatre.house.stage.meter.bill().billed == 0
    theatre.to_the_end()
    again = theatre.ask("gemini", "GET", f"/v1/interactions/{said['id']}").json()
    assert (again["status"], again["steps"][-1]["type"]) == ("completed", "model_output")
    bill = theatre.house.stage.meter.bill()
    assert (bill.billed, bill.lost) == (1, 0)


def test_an_interaction_says_why_there_is_no_picture(theatre: Theatre) -> None:
    for kind, code in (("moderation-output", "image_safety"), ("no-image", "no_image")):
        theatre.fault(kind, "gemini")
        said = theatre.ask("gemini", "POST", "/v1/interactions", json=ASK).json()
        assert said["errors"][0]["code"] == code
    theatre.fault("busy", "gemini")
    said = theatre.ask("gemini", "POST", "/v1/interactions", json=ASK).json()
    assert said["error"]["code"] == "rate_limit_exceeded"
