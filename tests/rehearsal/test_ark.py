"""Ark's own ways: strict bodies, a list with the echoed tag, token prices, cancelling."""

from __future__ import annotations

from typing import Any

import pytest

from rehearsal.theatre import SHEET_URI, Theatre
from stillreel.rehearsal.stage import Conditions
from stillreel.rehearsal.terms import frame_size, models, tokens

TASKS = "/contents/generations/tasks"
TEXT = {"type": "text", "text": "Shot 1."}


def picture(role: str, url: str = "https://cdn.example/a.png") -> dict[str, Any]:
    return {"type": "image_url", "image_url": {"url": url}, "role": role}


def code(theatre: Theatre, **changes: Any) -> str:
    answer = theatre.create("ark", **changes)
    return answer.json()["error"]["code"] if answer.status_code == 400 else ""


def test_the_answer_to_create_is_the_id_alone(theatre: Theatre) -> None:
    said = theatre.create("ark").json()
    assert list(said) == ["id"]
    assert said["id"].startswith("cgt-20261001120000-")


def test_a_finished_task_tells_its_usage_and_both_addresses(theatre: Theatre) -> None:
    made = theatre.create("ark")
    theatre.to_the_end()
    said = theatre.look("ark", made).json()
    assert said["usage"] == {"completion_tokens": 108_900, "total_tokens": 108_900}
    assert set(said["content"]) == {"video_url", "last_frame_url"}
    assert (said["duration"], said["framespersecond"], said["seed"]) == (5, 24, 1107)
    assert said["safety_identifier"] == "run7-shot03-try1-6f2c"
    assert said["updated_at"] > said["created_at"]
    last = theatre.ask("", "GET", said["content"]["last_frame_url"])
    assert last.content.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("resolution", "seconds", "count"), [("720p", 5, 108_900), ("720p", 4, 87_300)]
)
def test_tokens_are_those_of_published_bills(resolution: str, seconds: int, count: int) -> None:
    assert tokens(*frame_size(resolution, "16:9"), seconds) == count


@pytest.mark.parametrize(
    ("model", "resolution", "usd"),
    [
        ("dreamina-seedance-2-0-260128", "480p", 0.070),
        ("dreamina-seedance-2-0-260128", "720p", 0.151),
        ("dreamina-seedance-2-0-260128", "1080p", 0.374),
        ("dreamina-seedance-2-0-260128", "4k", 0.778),
        ("dreamina-seedance-2-0-fast-260128", "720p", 0.121),
        ("dreamina-seedance-2-0-mini-260615", "720p", 0.076),
        ("dreamina-seedance-2-5-260628", "480p", 0.103),
        ("dreamina-seedance-2-5-260628", "720p", 0.231),
        ("dreamina-seedance-2-5-260628", "1080p", 0.520),
    ],
)
def test_a_second_costs_what_the_table_says(model: str, resolution: str, usd: float) -> None:
    terms = models("ark")[model]
    units = tokens(*frame_size(resolution, "16:9", model), 10)
    assert terms.micros(resolution, units) / 1e7 == pytest.approx(usd, rel=0.01)


def test_a_clip_among_the_references_costs_the_lower_price(theatre: Theatre) -> None:
    clip = {
        "type": "video_url",
        "video_url": {"url": "https://cdn.example/a.mp4"},
        "role": "reference_video",
    }
    theatre.create("ark", content=[TEXT, picture("reference_image"), clip], ratio="16:9")
    theatre.to_the_end()
    assert theatre.house.stage.meter.charges()[0].micros == 108_900 * 43 // 10


@pytest.mark.parametrize("field", ["service_tier", "camera_fixed", "frames", "draft", "prompt"])
def test_a_field_of_other_models_is_refused(theatre: Theatre, field: str) -> None:
    assert code(theatre, **{field: 1}) == "InvalidParameter"


@pytest.mark.parametrize(
    "changes",
    [
        {"resolution": "8k"},
        {"ratio": "2:1"},
        {"duration": 16},
        {"duration": "5"},
        {"duration": True},
        {"seed": 2**32},
        {"generate_audio": "no"},
        {"safety_identifier": "x" * 65},
        {"content": [TEXT, picture("first_frame"), picture("reference_image")]},
        {"content": [TEXT, picture("last_frame")]},
        {"content": [TEXT, picture("first_frame"), picture("first_frame")]},
        {"content": [TEXT, *[picture("reference_image")] * 10]},
        {"content": [TEXT, picture("style")]},
        {"content": [TEXT, picture("first_frame", "http://cdn.example/a.png")]},
        {"content": [TEXT, {**picture("first_frame"), "detail": "high"}]},
        {"content": [{"type": "draft_task", "draft_task": {"id": "x"}}]},
        {"content": "words"},
    ],
)
def test_what_the_published_shape_does_not_allow_is_refused(
    theatre: Theatre, changes: dict[str, Any]
) -> None:
    assert code(theatre, **changes) == "InvalidParameter"
    assert theatre.house.stage.meter.bill().jobs == 0


def test_null_is_a_field_left_out(theatre: Theatre) -> None:
    nulls = dict.fromkeys(["service_tier", "camera_fixed", "frames", "draft", "seed", "ratio"])
    assert theatre.create("ark", **nulls).status_code == 200


def test_a_picture_too_small_is_refused_and_a_good_one_sets_the_ratio(theatre: Theatre) -> None:
    import base64

    from stillreel.rehearsal import pictures

    small = base64.b64encode(pictures.still(290, 512)).decode()
    tall = base64.b64encode(pictures.still(720, 1280)).decode()
    uri = "data:image/png;base64,"
    assert code(theatre, content=[TEXT, picture("first_frame", uri + small)]) == "InvalidParameter"
    made = theatre.create("ark", content=[TEXT, picture("first_frame", uri + tall)])
    assert theatre.look("ark", made).json()["ratio"] == "9:16"
    assert code(theatre, content=[TEXT, picture("first_frame", SHEET_URI)]) == ""


def test_an_unknown_model_is_404(theatre: Theatre) -> None:
    answer = theatre.create("ark", model="seedance-9")
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "InvalidEndpointOrModel.NotFound"
    assert theatre.create("ark", model="doubao-seedance-2-0-260128").status_code == 200


def test_the_list_echoes_the_tag_newest_first_after_its_lag() -> None:
    theatre = Theatre(Conditions(accept=(0.0, 0.0), list_lag=2.0))
    for number in range(5):
        theatre.create("ark", safety_identifier=f"tag-{number}")
    assert theatre.ask("ark", "GET", TASKS).json() == {"items": [], "total": 0}
    theatre.clock.advance(2)
    said = theatre.ask("ark", "GET", TASKS, params={"page_num": 2, "page_size": 2}).json()
    assert said["total"] == 5
    assert [row["safety_identifier"] for row in said["items"]] == ["tag-2", "tag-1"]


def test_the_list_is_filtered_by_status_model_and_ids(theatre: Theatre) -> None:
    ids = [theatre.create("ark").json()["id"] for _ in range(3)]
    theatre.create("ark", model="dreamina-seedance-2-0-mini-260615")
    query = [("filter.task_ids", ids[0]), ("filter.task_ids", ids[2])]
    said = theatre.ask("ark", "GET", TASKS, params=query).json()
    assert [row["id"] for row in said["items"]] == [ids[2], ids[0]]
    model = {"filter.model": "dreamina-seedance-2-0-mini-260615"}
    assert theatre.ask("ark", "GET", TASKS, params=model).json()["total"] == 1
    assert theatre.ask("ark", "GET", TASKS, params={"filter.status": "failed"}).json()["total"] == 0
    assert theatre.ask("ark", "GET", TASKS, params={"page_size": 501}).status_code == 400


def test_only_a_waiting_task_is_cancelled(theatre: Theatre) -> None:
    made = theatre.create("ark")
    path = f"{TASKS}/{made.json()['id']}"
    assert theatre.ask("ark", "DELETE", path).status_code == 200
    assert theatre.look("ark", made).json()["status"] == "cancelled"
    second = theatre.create("ark")
    path = f"{TASKS}/{second.json()['id']}"
    theatre.clock.leap()
    while theatre.look("ark", second).json()["status"] == "queued":
        theatre.clock.leap()
    assert theatre.ask("ark", "DELETE", path).status_code == 409
    theatre.to_the_end()
    assert theatre.ask("ark", "DELETE", path).status_code == 200
    assert theatre.ask("ark", "GET", path).status_code == 404
    assert theatre.house.stage.meter.bill().billed == 1


def test_a_task_that_waits_too_long_expires_and_costs_nothing() -> None:
    theatre = Theatre(Conditions(accept=(0.0, 0.0), slots=1))
    made = [theatre.create("ark", execution_expires_after=3600) for _ in range(30)]
    theatre.clock.advance(3600)
    words = [theatre.look("ark", one).json()["status"] for one in made]
    assert words[-1] == "expired"
    theatre.to_the_end()
    count = sum(theatre.look("ark", one).json()["status"] == "succeeded" for one in made)
    assert 0 < count < 30
    assert theatre.house.stage.meter.bill().billed == count


def test_a_task_is_forgotten_after_seven_days(theatre: Theatre) -> None:
    made = theatre.create("ark")
    theatre.to_the_end()
    theatre.clock.advance(7 * 86_400 + 1)
    assert theatre.look("ark", made).status_code == 404


def test_no_more_calls_a_minute_than_the_model_takes(theatre: Theatre) -> None:
    body = {"model": "dreamina-seedance-2-5-260628"}
    answers = [theatre.create("ark", **body).status_code for _ in range(61)]
    assert answers == [200] * 60 + [429]
    theatre.clock.advance(61)
    assert theatre.create("ark", **body).status_code == 200


def test_no_more_than_120_tasks_wait() -> None:
    theatre = Theatre(Conditions(accept=(1.0, 1.0)))
    answers = [theatre.create("ark").status_code for _ in range(130)]
    assert 429 in answers
    assert 120 <= answers.index(429) <= 125


def test_the_length_may_come_as_a_text(theatre: Theatre) -> None:
    made = theatre.create("ark")
    theatre.fault("string-duration", "ark")
    assert theatre.look("ark", made).json()["duration"] == "5"
    assert theatre.look("ark", made).json()["duration"] == 5


def test_the_body_is_told_apart_from_its_tag(theatre: Theatre) -> None:
    theatre.create("ark", safety_identifier="one")
    theatre.create("ark", safety_identifier="two")
    theatre.create("ark", safety_identifier="two", seed=5)
    posts = list(theatre.house.stage.meter.posts)
    assert [post.tag for post in posts] == ["one", "two", "two"]
    assert posts[0].digest == posts[1].digest != posts[2].digest
    theatre.to_the_end()
    bill = theatre.house.stage.meter.bill("ark")
    assert (bill.duplicates, bill.double_posts, bill.lost) == (1, 1, 3)
