"""Gemini's batches: read strictly, half the price, listed by name, and refused in their answers."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from rehearsal.theatre import EXAMPLES, Theatre

PATH = "/v1/models/gemini-3-pro-image:batchGenerateContent"
ONE = {key: value for key, value in EXAMPLES["gemini"].body.items() if key != "store"}


def ordered(theatre: Theatre, name: str = "tag-1", **more: Any) -> httpx2.Response:
    rows = [{"request": ONE, "metadata": {"key": name}}]
    batch = {"displayName": name, "inputConfig": {"requests": {"requests": rows}}, **more}
    return theatre.ask("gemini", "POST", PATH, json={"batch": batch})


def item(theatre: Theatre, made: httpx2.Response) -> dict[str, Any]:
    theatre.to_the_end()
    said = theatre.ask("gemini", "GET", f"/v1/{made.json()['name']}").json()
    assert said["metadata"]["state"] == "BATCH_STATE_SUCCEEDED"
    (row,) = said["metadata"]["output"]["inlinedResponses"]["inlinedResponses"]
    assert said["response"] == said["metadata"]["output"]
    return row


def test_a_batch_of_one_costs_half_and_answers_with_its_key(theatre: Theatre) -> None:
    row = item(theatre, ordered(theatre))
    assert row["metadata"] == {"key": "tag-1"}
    usage = row["response"]["usageMetadata"]
    assert usage["candidatesTokenCount"] == 1120
    bill = theatre.house.stage.meter.bill("gemini")
    # Half of the published example: 1,120 of picture, 568 in, 240 of thought.
    assert bill.micros == (134_400 + (560 + 8) * 2 + 240 * 12) // 2
    assert bill.lost == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"displayName": ""},
        {"colour": "red"},
        {"inputConfig": {"requests": {"requests": []}}},
        {"inputConfig": {"fileName": "files/1"}},
        {"inputConfig": {"requests": {"requests": [{"request": {**ONE, "prompt": "x"}}]}}},
    ],
)
def test_what_is_not_published_is_refused(wrong: dict[str, Any], theatre: Theatre) -> None:
    assert ordered(theatre, **wrong).status_code == 400
    assert theatre.house.stage.meter.bill("gemini").jobs == 0


@pytest.mark.parametrize(
    ("fault", "charged"),
    [("moderation-input", 2008), ("moderation-output", 2008), ("no-image", 2008), ("fail", 0)],
)
def test_a_picture_that_is_not_there_is_told_inside_a_batch_that_is_done(
    fault: Any, charged: int, theatre: Theatre
) -> None:
    theatre.fault(fault, "gemini")
    row = item(theatre, ordered(theatre))
    assert "inlineData" not in str(row)
    assert ("error" in row) == (fault == "fail")
    bill = theatre.house.stage.meter.bill("gemini")
    # Half of what its words and thoughts cost.
    assert (bill.micros, bill.lost) == (charged, 0)


def test_batches_are_listed_by_name_over_pages_and_stopped(theatre: Theatre) -> None:
    names = [f"tag-{number}" for number in range(3)]
    made = [ordered(theatre, name) for name in names]
    first = theatre.ask("gemini", "GET", "/v1/batches?pageSize=2").json()
    token = first["nextPageToken"]
    rest = theatre.ask("gemini", "GET", f"/v1/batches?pageSize=2&pageToken={token}").json()
    found = [row["metadata"]["displayName"] for row in first["operations"] + rest["operations"]]
    assert sorted(found) == names
    assert "nextPageToken" not in rest
    theatre.ask("gemini", "POST", f"/v1/{made[0].json()['name']}:cancel")
    said = theatre.ask("gemini", "GET", f"/v1/{made[0].json()['name']}").json()
    assert said["metadata"]["state"] == "BATCH_STATE_CANCELLED"
