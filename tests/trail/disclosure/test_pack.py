"""disclosure.json says who made what, and nothing that is not known."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from stillreel.trail.disclosure.nouns import Sheet
from stillreel.trail.disclosure.pack import disclosure_json
from trail.disclosure.films import GPT, SEED, VOICE, drawn, mixed, shot


def told(film: Any) -> Any:
    return json.loads(disclosure_json(film))


def test_models_and_vendors_are_counted_for_stills_and_motion_apart() -> None:
    counts = told(mixed())["counts"]
    assert counts["shots"] == 3
    assert counts["by_origin"] == {"drawn-by-rules": 1, "mixed": 1, "trained-model": 1}
    assert counts["stills"]["by_vendor"] == {"ink": 2, "OpenAI": 1}
    assert counts["motion"]["by_model"] == {"dreamina-seedance-2-0-fast": 2, "animatic 1.0": 1}
    assert counts["decisions"] == {"approved": 1, "chose": 1, "edited": 1}


def test_who_drew_the_sheets_is_counted_and_named_one_by_one() -> None:
    kind = "compositeWithTrainedAlgorithmicMedia"
    film = told(replace(mixed(), source_type=kind, sheets=(Sheet("mara", GPT),)))
    assert film["counts"]["sheets"] == {"by_model": {"gpt-image-2": 1}, "by_vendor": {"OpenAI": 1}}
    assert film["sheets"][0]["subject"] == "mara"
    assert film["sheets"][0]["model"] == "gpt-image-2"


def test_every_shot_has_its_place_in_the_film_its_makers_and_its_take() -> None:
    second = told(mixed())["shots"][1]
    assert (second["start"], second["end"], second["frames"]) == ("00:00:10:00", "00:00:20:00", 240)
    assert second["motion"] == {
        "provider": "ark",
        "model": "dreamina-seedance-2-0-fast",
        "vendor": "ByteDance",
        "origin": "trained-model",
    }
    assert (second["origin"], second["take"]) == ("mixed", "take-2")
    assert second["references"] == ["mara", "garden"]


def test_what_a_vendor_s_file_said_at_ingest_is_kept_with_its_date() -> None:
    first, _, third = told(mixed())["shots"]
    assert third["credential"]["lists_snapshot"] == "2026-08-21"
    assert third["marks"]["declared"] == "declared"
    assert first["credential"] is None


def test_a_mark_that_nobody_looked_for_is_not_said_to_be_absent() -> None:
    marks = told(drawn())["shots"][0]["marks"]
    assert marks == {"declared": "not-checkable", "announced": None, "detected": None}


def test_what_people_decided_stands_with_its_time_and_note() -> None:
    assert told(drawn())["decisions"][0] == {
        "deed": "approved",
        "what": "grid",
        "at": "2026-11-20T11:00:00Z",
        "note": "the light is right",
    }


def test_prompts_stand_as_hashes_only() -> None:
    assert told(drawn())["shots"][0]["prompt_sha256"] == "ab" * 32
    assert "prompt" not in told(drawn())["shots"][0]


def test_a_film_with_a_trained_model_cannot_be_told_as_drawn_by_rules() -> None:
    for wrong in (
        {"shots": (shot(1, SEED, SEED),)},
        {"aids": (VOICE,)},
    ):
        with pytest.raises(ValueError, match="not algorithmicMedia"):
            replace(drawn(), **wrong)


def test_the_same_film_is_told_in_the_same_bytes() -> None:
    assert disclosure_json(mixed()) == disclosure_json(mixed())
    assert disclosure_json(mixed()).endswith("}\n")
