"""What is particular to fal, Replicate, Higgsfield, Pollo and LTX."""

from __future__ import annotations

import pytest

from rehearsal.theatre import EXAMPLES, Theatre
from stillreel.rehearsal.stage import Conditions


def test_fal_gives_addresses_by_owner_and_app_only(theatre: Theatre) -> None:
    said = theatre.create("fal").json()
    base = f"http://127.0.0.1/fal/bytedance/seedance-2.0/requests/{said['request_id']}"
    assert said["response_url"] == base
    assert (said["status_url"], said["cancel_url"]) == (f"{base}/status", f"{base}/cancel")
    assert said["gateway_request_id"] != said["request_id"]


def test_fal_goes_from_queue_to_work_to_completed(theatre: Theatre) -> None:
    made = theatre.create("fal")
    words = [theatre.look("fal", made)]
    for _ in range(2):
        theatre.clock.leap()
        words.append(theatre.look("fal", made))
    seen = [(answer.status_code, answer.json()["status"]) for answer in words]
    assert seen == [(202, "IN_QUEUE"), (202, "IN_PROGRESS"), (200, "COMPLETED")]


def test_fal_may_complete_with_an_error(theatre: Theatre) -> None:
    theatre.fault("completed-with-error", "fal")
    made = theatre.create("fal")
    theatre.to_the_end()
    said = theatre.look("fal", made).json()
    assert (said["status"], said["error_type"]) == ("COMPLETED", "internal_server_error")
    answer = theatre.ask("fal", "GET", made.json()["response_url"])
    assert (answer.status_code, answer.headers["x-fal-error-type"]) == (
        500,
        "internal_server_error",
    )
    assert theatre.house.stage.meter.bill().micros == 0


def test_fal_history_shows_finished_requests_with_their_input(theatre: Theatre) -> None:
    endpoint = EXAMPLES["fal"].path[1:]
    query = {"endpoint_id": endpoint, "expand": "payloads"}
    path = "/v1/models/requests/by-endpoint"
    made = theatre.create("fal").json()
    assert theatre.ask("fal", "GET", path, params=query).json()["items"] == []
    theatre.to_the_end()
    (row,) = theatre.ask("fal", "GET", path, params=query).json()["items"]
    assert row["request_id"] == made["request_id"]
    assert row["json_input"] == EXAMPLES["fal"].body
    assert row["json_output"]["video"]["url"].startswith("http://127.0.0.1/fal/files/")
    assert theatre.ask("fal", "GET", path).status_code == 422


def test_fal_cancels_what_has_not_ended(theatre: Theatre) -> None:
    first, second = theatre.create("fal").json(), theatre.create("fal").json()
    answer = theatre.ask("fal", "PUT", first["cancel_url"])
    assert (answer.status_code, answer.json()["status"]) == (202, "CANCELLATION_REQUESTED")
    theatre.to_the_end()
    answer = theatre.ask("fal", "PUT", second["cancel_url"])
    assert (answer.status_code, answer.json()["status"]) == (400, "ALREADY_COMPLETED")
    gone = second["cancel_url"].replace(second["request_id"], "none")
    assert theatre.ask("fal", "PUT", gone).status_code == 404
    assert theatre.house.stage.meter.bill().billed == 1


def test_fal_takes_the_length_as_a_word(theatre: Theatre) -> None:
    assert theatre.create("fal", duration=5).status_code == 422
    assert theatre.create("fal", duration="16").status_code == 422
    assert theatre.create("fal", duration="auto").status_code == 200


@pytest.mark.parametrize(
    ("endpoint", "resolution", "usd"),
    [
        ("2.0/image-to-video", "480p", 0.141),
        ("2.0/image-to-video", "720p", 0.302),
        ("2.0/image-to-video", "1080p", 0.68),
        ("2.0/fast/image-to-video", "720p", 0.242),
    ],
)
def test_fal_seconds_cost_what_is_published(
    theatre: Theatre, endpoint: str, resolution: str, usd: float
) -> None:
    body = {**EXAMPLES["fal"].body, "resolution": resolution, "duration": "10"}
    theatre.ask("fal", "POST", f"/bytedance/seedance-{endpoint}", json=body)
    theatre.to_the_end()
    assert theatre.house.stage.meter.bill().micros / 1e7 == pytest.approx(usd, abs=0.001)


@pytest.mark.parametrize(
    ("endpoint", "body", "micros", "size"),
    [
        (
            "fal-ai/nano-banana-pro",
            {"prompt": "x", "resolution": "2K", "aspect_ratio": "16:9", "num_images": 2},
            300_000,
            (2752, 1536),
        ),
        (
            "openai/gpt-image-2",
            {"prompt": "x", "image_size": {"width": 1024, "height": 1024}},
            7024 * 30,
            (1024, 1024),
        ),
    ],
)
def test_fal_draws_stills(
    theatre: Theatre, endpoint: str, body: dict[str, object], micros: int, size: tuple[int, int]
) -> None:
    made = theatre.ask("fal", "POST", f"/{endpoint}", json=body).json()
    theatre.to_the_end()
    images = theatre.ask("fal", "GET", made["response_url"]).json()["images"]
    assert {(one["width"], one["height"]) for one in images} == {size}
    assert len(images) == body.get("num_images", 1)
    for one in images:
        assert theatre.ask("", "GET", one["url"]).content.startswith(b"\x89PNG")
    assert theatre.house.stage.meter.bill().micros == micros


def test_replicate_lists_newest_first_with_the_input(theatre: Theatre) -> None:
    for seed in range(3):
        held = {**EXAMPLES["replicate"].body["input"], "seed": seed}
        theatre.create("replicate", input=held)
    said = theatre.ask("replicate", "GET", "/v1/predictions").json()
    assert [row["input"]["seed"] for row in said["results"]] == [2, 1, 0]
    assert (said["next"], said["previous"]) == (None, None)


def test_replicate_pages_by_a_hundred() -> None:
    theatre = Theatre(Conditions(accept=(0.0, 0.0), list_lag=0.0))
    for _ in range(103):
        theatre.create("replicate")
    first = theatre.ask("replicate", "GET", "/v1/predictions").json()
    second = theatre.ask("replicate", "GET", first["next"]).json()
    assert (len(first["results"]), len(second["results"])) == (100, 3)
    assert second["next"] is None


def test_replicate_forgets_the_data_after_an_hour(theatre: Theatre) -> None:
    made = theatre.create("replicate")
    theatre.to_the_end()
    said = theatre.look("replicate", made).json()
    assert (said["status"], said["data_removed"]) == ("succeeded", False)
    assert said["metrics"]["predict_time"] > 0
    assert said["started_at"] > said["created_at"]
    theatre.clock.advance(3601)
    said = theatre.look("replicate", made).json()
    assert (said["data_removed"], said["input"], said["output"]) == (True, {}, None)


def test_replicate_data_may_be_gone_early(theatre: Theatre) -> None:
    made = theatre.create("replicate")
    theatre.to_the_end()
    theatre.fault("data-removed", "replicate")
    assert theatre.look("replicate", made).json()["output"] is None
    assert theatre.look("replicate", made).json()["output"]


@pytest.mark.parametrize(("prefer", "status"), [("wait=1", 202), ("wait=100", 400), ("soon", 400)])
def test_replicate_waits_as_long_as_preferred(theatre: Theatre, prefer: str, status: int) -> None:
    example = EXAMPLES["replicate"]
    before = theatre.clock.now()
    answer = theatre.ask(
        "replicate", "POST", example.path, json=example.body, headers={"prefer": prefer}
    )
    assert answer.status_code == status
    if status == 202:
        assert theatre.clock.now() == pytest.approx(before + 1)


def test_replicate_cancels(theatre: Theatre) -> None:
    made = theatre.create("replicate").json()
    assert theatre.ask("replicate", "POST", made["urls"]["cancel"]).json()["status"] == "canceled"
    theatre.to_the_end()
    assert theatre.house.stage.meter.bill().billed == 0


def test_higgsfield_says_overload_as_a_400_with_a_text(theatre: Theatre) -> None:
    answers = [theatre.create("higgsfield") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200] * 4 + [400]
    assert "maximum number of concurrent requests (4)" in answers[4].json()["detail"]
    assert "retry-after" not in answers[4].headers
    theatre.to_the_end()
    assert theatre.create("higgsfield").status_code == 200
    theatre.fault("overload", "higgsfield")
    assert theatre.create("higgsfield").status_code == 400


def test_higgsfield_keeps_a_result_as_long_as_it_is_told(theatre: Theatre) -> None:
    example = EXAMPLES["higgsfield"]
    made = theatre.ask(
        "higgsfield",
        "POST",
        example.path,
        json=example.body,
        headers={"hf-expires-after": "7200"},
    )
    theatre.to_the_end()
    end = theatre.clock.now()
    said = theatre.look("higgsfield", made).json()
    from datetime import datetime

    assert datetime.fromisoformat(said["expires_at"]).timestamp() == pytest.approx(
        end + 7200, abs=1
    )


def test_higgsfield_cancels_only_what_waits(theatre: Theatre) -> None:
    first, second = theatre.create("higgsfield").json(), theatre.create("higgsfield").json()
    assert theatre.ask("higgsfield", "POST", first["cancel_url"]).status_code == 202
    theatre.to_the_end()
    assert theatre.ask("higgsfield", "POST", second["cancel_url"]).status_code == 400


@pytest.mark.parametrize(
    ("vendor", "path"), [("higgsfield", "/files/generate-upload-url"), ("ltx", "/v1/upload")]
)
def test_a_file_can_be_uploaded_and_used(theatre: Theatre, vendor: str, path: str) -> None:
    said = theatre.ask(vendor, "POST", path, json={}).json()
    assert theatre.ask("", "PUT", said["upload_url"], content=b"\x89PNG").status_code == 200
    public = said.get("public_url") or said["storage_uri"]
    field = "image_url" if vendor == "higgsfield" else "image_uri"
    assert theatre.create(vendor, **{field: public}).status_code in {200, 202}


def test_pollo_tells_its_models_without_a_key(theatre: Theatre) -> None:
    answer = theatre.ask("pollo", "GET", "/api/v1/model-specs", headers={"x-api-key": ""})
    slugs = [row["slug"] for row in answer.json()["models"]]
    assert "bytedance/seedance-2-5" in slugs


def test_pollo_has_no_list_and_no_cancel(theatre: Theatre) -> None:
    made = theatre.create("pollo").json()
    assert theatre.ask("pollo", "GET", "/generation").status_code == 404
    assert theatre.ask("pollo", "DELETE", f"/generation/{made['taskId']}").status_code == 404


def test_pollo_tells_the_credits_after_the_end(theatre: Theatre) -> None:
    made = theatre.create("pollo")
    assert made.json()["status"] == "waiting"
    assert theatre.look("pollo", made).json()["credit"] == 0
    theatre.to_the_end()
    said = theatre.look("pollo", made).json()
    assert (said["credit"], said["generations"][0]["status"]) == (100, "succeed")


def test_pollo_bodies_are_held_together_without_their_webhook(theatre: Theatre) -> None:
    for name in ("one", "two"):
        theatre.create("pollo", webhookUrl=f"https://hooks.example/{name}")
    first, second = theatre.house.stage.meter.posts
    assert first.digest == second.digest


def test_ltx_v1_answers_with_the_clip_itself(theatre: Theatre) -> None:
    body = EXAMPLES["ltx"].body
    before = theatre.clock.now()
    answer = theatre.ask("ltx", "POST", "/v1/image-to-video", json=body)
    assert answer.content[4:8] == b"ftyp"
    assert theatre.clock.now() > before + 5
    bill = theatre.house.stage.meter.bill()
    assert (bill.billed, bill.lost, bill.micros) == (1, 0, 240_000)


@pytest.mark.parametrize(
    "changes",
    [
        {"duration": 11},
        {"fps": 30},
        {"camera_motion": "zoom"},
        {"resolution": "1280x720"},
        {"model": "seedance"},
        {"image_uri": "ftp://x"},
    ],
)
def test_ltx_refuses_what_it_cannot(theatre: Theatre, changes: dict[str, object]) -> None:
    answer = theatre.create("ltx", **changes)
    assert (answer.status_code, answer.json()["type"]) == (400, "error")
