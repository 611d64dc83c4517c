"""Upload hints answer what each platform asks, and say why."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from stillreel.trail.disclosure.hints import upload_hints
from stillreel.trail.disclosure.nouns import Told
from trail.disclosure.films import VOICE, WRITER, drawn, mixed


def hints(told: Told, *, realistic: bool) -> dict[str, Any]:
    document = json.loads(upload_hints(told, realistic=realistic))
    return {hint["platform"].split()[0]: hint for hint in document["hints"]}


def test_a_drawn_film_needs_no_tick_anywhere() -> None:
    found = hints(drawn(), realistic=False)
    assert found["YouTube"]["field"] == "status.containsSyntheticMedia"
    assert found["YouTube"]["value"] is False
    assert "Clearly unrealistic animation needs no disclosure" in found["YouTube"]["why"]
    assert found["TikTok"]["value"] is False
    assert found["Google"]["value"] == "NOT_SYNTHETIC"
    assert found["Meta"]["on_the_page"].endswith("off")


@pytest.mark.parametrize("told", [drawn(), mixed()])
def test_what_could_be_taken_for_real_is_told_to_youtube_and_meta_however_made(told: Told) -> None:
    found = hints(told, realistic=True)
    assert found["YouTube"]["value"] is True
    assert found["Meta"]["on_the_page"].endswith("on")


def test_a_film_of_models_is_told_to_tiktok_and_advertisers_even_as_a_cartoon() -> None:
    found = hints(mixed(), realistic=False)
    assert found["YouTube"]["value"] is False
    assert found["TikTok"]["value"] is True
    assert found["Google"]["value"] == "IS_SYNTHETIC"


def test_a_voice_by_a_model_counts_as_made_by_a_model() -> None:
    told = replace(drawn(), source_type="compositeWithTrainedAlgorithmicMedia", aids=(VOICE,))
    assert hints(told, realistic=False)["TikTok"]["value"] is True


def test_words_by_a_model_leave_the_answer_to_advertisers_to_a_person() -> None:
    found = hints(replace(drawn(), aids=(WRITER,)), realistic=False)
    assert found["Google"]["value"] is None
    assert found["TikTok"]["value"] is False


def test_every_hint_has_a_source_the_day_it_was_read_and_a_reason() -> None:
    document = json.loads(upload_hints(mixed(), realistic=True))
    assert document["format"] == 1
    assert document["notice"].startswith("Not legal advice")
    for hint in document["hints"]:
        assert "https://" in hint["source"]
        assert hint["read"] >= "2026-11-27"
        assert hint["source_date"] <= hint["read"]
        assert hint["why"]
