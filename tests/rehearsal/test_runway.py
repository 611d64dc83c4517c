"""What is particular to Runway: tasks, and the router that lists what it was asked."""

from __future__ import annotations

from rehearsal.theatre import EXAMPLES, Theatre


def test_runway_needs_its_version(theatre: Theatre) -> None:
    example = EXAMPLES["runway"]
    answer = theatre.ask(
        "runway", "POST", example.path, json=example.body, headers={"x-runway-version": "2023"}
    )
    assert answer.status_code == 400


def test_runway_tells_the_estimate_then_progress_then_the_cost(theatre: Theatre) -> None:
    made = theatre.create("runway")
    assert theatre.look("runway", made).json()["estimatedCost"] == {"credits": 180}
    theatre.clock.leap()
    assert theatre.look("runway", made).json()["progress"] == 0.0
    theatre.clock.leap()
    said = theatre.look("runway", made).json()
    assert (said["status"], said["cost"]) == ("SUCCEEDED", {"credits": 180})


def test_runway_throttles_what_is_over_the_limit(theatre: Theatre) -> None:
    made = [theatre.create("runway") for _ in range(4)]
    words = [theatre.look("runway", one).json()["status"] for one in made]
    assert words == ["PENDING"] * 3 + ["THROTTLED"]
    theatre.fault("throttled", "runway")
    assert theatre.look("runway", made[0]).json()["status"] == "THROTTLED"


def test_runway_charges_what_is_cancelled_while_it_runs(theatre: Theatre) -> None:
    first, second = theatre.create("runway").json(), theatre.create("runway").json()
    theatre.ask("runway", "DELETE", f"/v1/tasks/{first['id']}")
    path = f"/v1/tasks/{second['id']}"
    while theatre.ask("runway", "GET", path).json()["status"] != "RUNNING":
        theatre.clock.leap()
    theatre.ask("runway", "DELETE", path)
    said = theatre.ask("runway", "GET", path).json()
    assert (said["status"], said["cost"]["credits"]) == ("CANCELLED", 180)
    bill = theatre.house.stage.meter.bill()
    assert (bill.jobs, bill.billed, bill.lost) == (2, 1, 0)


def test_runway_routes_list_what_they_were_asked(theatre: Theatre) -> None:
    settings = {
        "models": {"mode": "allowlist_only", "ids": ["seedance2"]},
        "optimizeFor": "quality",
        "maxCreditsPerGeneration": {"video": 200},
    }
    router = {"slug": "stills-run7", "settings": settings}
    made = theatre.ask("runway", "POST", "/v1/routers", json=router).json()
    assert theatre.ask("runway", "POST", "/v1/routers", json=router).status_code == 400
    known = theatre.ask("runway", "GET", "/v1/routers?limit=50").json()["data"]
    assert [(row["id"], row["slug"]) for row in known] == [(made["id"], "stills-run7")]
    held = {
        "promptText": "She turns and sits.",
        "referenceImages": [{"uri": "https://cdn.example/p03.png", "role": "first"}],
        "duration": 5,
        "resolution": "720p",
        "aspectRatio": "16:9",
        "audio": False,
        "seed": 1107,
    }
    ask = {"configId": "stills-run7", "input": held}
    said = theatre.ask("runway", "POST", "/v1/generate/video", json=ask).json()
    assert said["routing"]["estimatedCost"] == {"credits": 180}
    there = f"/v1/routers/{made['id']}"
    rows = theatre.ask("runway", "GET", f"{there}/requests?limit=50").json()["data"]
    assert [(row["taskId"], row["model"], row["estimatedCredits"]) for row in rows] == [
        (said["id"], "seedance2", 180)
    ]
    long = {"configId": "stills-run7", "input": {**held, "duration": 6}}
    assert theatre.ask("runway", "POST", "/v1/generate/video", json=long).status_code == 400
    mixed = [*held["referenceImages"], {"uri": "https://cdn.example/a.png", "role": "reference"}]
    wrong = {"configId": "stills-run7", "input": {**held, "referenceImages": mixed}}
    assert theatre.ask("runway", "POST", "/v1/generate/video", json=wrong).status_code == 400
    assert theatre.ask("runway", "DELETE", there).status_code == 204
    assert theatre.ask("runway", "GET", f"{there}/requests?limit=50").status_code == 404


def test_runway_frames_and_references_do_not_mix(theatre: Theatre) -> None:
    frame = {"uri": "https://cdn.example/p.png", "position": "first"}
    assert theatre.create("runway", promptImage=[frame, {"uri": frame["uri"]}]).status_code == 400
    assert theatre.create("runway", promptImage=frame["uri"]).status_code == 200
    assert theatre.create("runway", promptText="x" * 3501).status_code == 400


def test_runway_tells_the_limits(theatre: Theatre) -> None:
    said = theatre.ask("runway", "GET", "/v1/organization").json()
    assert said["tier"]["models"]["seedance2"]["maxConcurrentGenerations"] == 3
