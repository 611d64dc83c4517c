"""Every vendor answers its documented example, delivers the file and sends the bill."""

from __future__ import annotations

import base64
import io

import av
import pytest

from rehearsal.theatre import AT_ONCE, EXAMPLES, Theatre
from stillreel.rehearsal.pictures import job_of, size_of

MOTION = [name for name in EXAMPLES if name not in AT_ONCE]
BILL = {
    "ark": (108_900, 762_300),
    "fal": (108_000, 1_512_000),
    "gemini": (1120, 134_400 + (560 + 8) * 2 + 240 * 12),
    "higgsfield": (80, 800_000),
    "ltx": (4, 240_000),
    "openai": (7024, 7024 * 30 + 4 * 5),
    "pollo": (100, 1_000_000),
    "replicate": (108_000, 1_512_000),
    "runway": (180, 1_800_000),
}
LENGTH = {"ltx": (1920, 1080, 100, 25)}


@pytest.mark.parametrize("vendor", MOTION)
def test_a_clip_is_made_looked_at_and_fetched(theatre: Theatre, vendor: str) -> None:
    made = theatre.create(vendor)
    assert made.status_code in {200, 201, 202}
    theatre.to_the_end()
    address = theatre.file_of(vendor, made)
    clip = theatre.ask("", "GET", address)
    assert (clip.status_code, clip.headers["content-type"]) == (200, "video/mp4")
    charge = theatre.house.stage.meter.charges(vendor)[0]
    assert job_of(clip.content) == charge.job
    with av.open(io.BytesIO(clip.content)) as box:
        stream = box.streams.video[0]
        frames = sum(1 for _ in box.decode(stream))
        seen = (stream.width, stream.height, frames, int(stream.average_rate or 0))
    assert seen == LENGTH.get(vendor, (1280, 720, 120, 24))


@pytest.mark.parametrize("vendor", EXAMPLES)
def test_the_bill_is_the_published_price(theatre: Theatre, vendor: str) -> None:
    theatre.create(vendor)
    theatre.to_the_end()
    (charge,) = theatre.house.stage.meter.charges(vendor)
    assert (charge.units, charge.micros, charge.billed) == (*BILL[vendor], True)


def test_a_picture_of_gpt_image_has_its_size_and_its_tokens(theatre: Theatre) -> None:
    said = theatre.create("openai").json()
    assert said["usage"]["output_tokens"] == 7024
    data = base64.b64decode(said["data"][0]["b64_json"])
    assert size_of(data) == (1024, 1024)
    assert theatre.house.stage.meter.bill().lost == 0


def test_a_picture_of_nano_banana_is_a_jpeg_of_its_own_table(theatre: Theatre) -> None:
    said = theatre.create("gemini").json()
    part = said["candidates"][0]["content"]["parts"][-1]["inlineData"]
    assert part["mimeType"] == "image/jpeg"
    assert size_of(base64.b64decode(part["data"])) == (1376, 768)
    assert said["usageMetadata"]["candidatesTokenCount"] == 1120


@pytest.mark.parametrize("vendor", EXAMPLES)
@pytest.mark.parametrize("keys", [{}, "revoked"])
def test_a_missing_or_revoked_key_is_refused(theatre: Theatre, vendor: str, keys: object) -> None:
    example = EXAMPLES[vendor]
    headers = {
        "authorization": "Key revoked:x" if vendor == "higgsfield" else "Bearer revoked",
        "x-api-key": "revoked",
        "x-goog-api-key": "revoked",
    }
    if vendor == "fal":
        headers["authorization"] = "Key revoked"
    if not keys:
        headers = dict.fromkeys(headers, "")
    answer = theatre.ask(vendor, "POST", example.path, json=example.body, headers=headers)
    assert answer.status_code in {401, 403}
    assert theatre.house.stage.meter.bill().jobs == 0


@pytest.mark.parametrize("vendor", EXAMPLES)
def test_a_field_that_is_not_published_is_refused(theatre: Theatre, vendor: str) -> None:
    answer = theatre.create(vendor, surprise=1)
    assert answer.status_code in {400, 422}
    assert "surprise" in answer.text
    bill = theatre.house.stage.meter.bill(vendor)
    assert (bill.posts, bill.jobs, bill.micros) == (1, 0, 0)


@pytest.mark.parametrize("vendor", EXAMPLES)
def test_a_body_that_is_no_json_is_refused_in_the_vendors_words(
    theatre: Theatre, vendor: str
) -> None:
    answer = theatre.ask(vendor, "POST", EXAMPLES[vendor].path, content=b"{oops")
    assert answer.status_code in {400, 422}
    assert answer.json()
