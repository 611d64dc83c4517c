"""What a manifest says: the conformance rubric, the first action, the models, the prompt."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest

from stillreel.trail.signing.manifest import definition
from stillreel.trail.signing.nouns import Agent, Edit, Ingredient, SourceType
from trail.rubric import broken_rules
from trail.signing.rooms import MODEL, PENCIL, Studio, crjson, made, read, second_opinion

STILL = Ingredient(Path("still.png"), "inputTo")


def said(kind: str, *ingredients: Ingredient, **changes: Any) -> dict[str, Any]:
    """Return the assertions of a manifest by their labels."""
    words: Any = definition(replace(made(kind, *ingredients), **changes))
    return {item["label"]: item["data"] for item in words["assertions"]}


def actions(kind: str, *ingredients: Ingredient, **changes: Any) -> list[Any]:
    return said(kind, *ingredients, **changes)["c2pa.actions.v2"]["actions"]


def test_every_file_of_a_chain_keeps_the_conformance_rules(studio: Studio) -> None:
    for path in studio.chain():
        assert broken_rules(read(path, studio.root).crjson()) == [], path.name


def test_the_rubric_can_fail(studio: Studio) -> None:
    film = crjson(studio.chain()[3], studio.root)
    claim, said = (film["manifests"][0][key] for key in ("claim.v2", "assertions"))
    claim["claim_generator_info"]["specVersion"] = "2.2.0"
    del said["c2pa.actions.v2"]["allActionsIncluded"]
    for act in said["c2pa.actions.v2"]["actions"]:
        act.pop("digitalSourceType", None)
    said["take"] = said.pop("org.stillreel.take")
    assert broken_rules(json.dumps(film)) == [
        "mandatory_dst_for_perceptible_transformations",
        "mandatory_dst_for_created_action",
        "mandatory_spec_version",
        "mandatory_all_actions_included",
        "no_unrecognized_custom_assertions",
    ]


def test_the_rubric_finds_what_is_known_of_a_real_file(provenance: Path) -> None:
    """This vendor wrote by the rules of spec 2.2, which asked for less."""
    still = provenance / "openai-gptimage-2026-04-notepad.png"
    assert {"mandatory_spec_version", "mandatory_all_actions_included"} <= set(
        broken_rules(read(still).crjson())
    )


def test_a_thing_from_nothing_is_created_by_its_maker() -> None:
    (first,) = actions("sheet")
    assert first["action"] == "c2pa.created"
    assert first["digitalSourceType"].endswith("/digitalsourcetype/algorithmicMedia")
    assert first["softwareAgent"] == {"name": "a-pencil", "version": "1"}


def test_a_thing_cut_from_another_is_opened_and_says_no_source_type() -> None:
    parent = Ingredient(Path("board.png"), "parentOf")
    first, cut = actions("panel", parent, edits=("cropped",))
    assert first["action"] == "c2pa.opened"
    assert "digitalSourceType" not in first
    assert first["parameters"] == {"ingredientIds": ["ingredient-0"]}
    assert cut["action"] == "c2pa.cropped"
    assert cut["digitalSourceType"]


def test_the_record_of_a_vendors_clip_keeps_the_rules(studio: Studio) -> None:
    """Our copy of the clip opens the vendor's, and names the still that was fed to the model."""
    vendors = studio.sign(studio.clip("vendor.mp4"), "vendors.mp4", made("clip")).path
    still = studio.sign(studio.picture("still.png"), "panel.png", made("panel")).path
    said = made(
        "clip", Ingredient(vendors, "parentOf"), Ingredient(still, "inputTo"), agents=(MODEL,)
    )
    record = studio.sign(vendors, "record.mp4", said).path
    assert broken_rules(read(record, studio.root).crjson()) == []
    assert read(record, studio.root).get_validation_state() == "Trusted"
    assert second_opinion(record, studio.root)["integrity"] == "valid"


def test_what_was_fed_to_a_model_stands_beside_what_it_made() -> None:
    (first,) = actions("clip", STILL, STILL, agents=(MODEL,))
    assert first["parameters"] == {"ingredientIds": ["ingredient-0", "ingredient-1"]}


def test_a_film_places_its_clips_in_order() -> None:
    clips = [Ingredient(Path(f"{index}.mp4"), "componentOf") for index in range(3)]
    done = actions("film", *clips, edits=("edited", "transcoded"))
    assert [act["action"] for act in done] == [
        *("c2pa.created", "c2pa.placed", "c2pa.placed", "c2pa.placed"),
        *("c2pa.edited", "c2pa.transcoded"),
    ]
    assert [act["parameters"]["ingredientIds"] for act in done[1:4]] == [
        *(["ingredient-0"], ["ingredient-1"], ["ingredient-2"])
    ]


def test_nobody_is_said_to_have_edited_when_nobody_did() -> None:
    assert "c2pa.edited" not in {act["action"] for act in actions("film", edits=("transcoded",))}


def test_a_trained_model_is_disclosed_and_a_pencil_is_not() -> None:
    assert "c2pa.ai-disclosure" not in said("sheet")
    disclosed = said("clip", agents=(MODEL,), oversight="human_validated")["c2pa.ai-disclosure"]
    assert disclosed == {
        "modelType": "c2pa.types.model",
        "modelName": "a-model",
        "modelIdentifier": "a-model:2.0",
        "contentProfile": {"humanOversightLevel": "human_validated"},
    }


def test_every_model_of_a_film_is_disclosed_once(studio: Studio) -> None:
    models = (PENCIL, MODEL, Agent("another", trained=True), MODEL)
    signed = studio.sign(studio.picture("a.png"), "b.png", made("board", agents=models)).path
    assertions = crjson(signed)["manifests"][0]["assertions"]
    named = [
        value["modelName"] for key, value in assertions.items() if key.startswith("c2pa.ai-disc")
    ]
    assert sorted(named) == ["a-model", "another"]
    assert broken_rules(read(signed, studio.root).crjson()) == []


def test_a_prompt_is_a_hash_unless_the_person_wants_it_public(studio: Studio) -> None:
    words = "a girl in a red coat"
    private = studio.sign(studio.picture("a.png"), "private.png", made("sheet")).path
    public = studio.sign(
        studio.picture("b.png"), "public.png", replace(made("sheet"), prompt=words)
    ).path
    assert words.encode() not in private.read_bytes()
    assert said("sheet")["org.stillreel.take"]["promptSha256"] == "cd" * 32
    assert words.encode() in public.read_bytes()


def test_a_film_carries_the_head_of_the_ledger(studio: Studio) -> None:
    film = crjson(studio.chain()[3])["manifests"][0]
    assert film["assertions"]["org.stillreel.take"]["ledgerHead"] == "ab" * 32
    created = [item["url"] for item in film["claim.v2"]["created_assertions"]]
    assert any(url.endswith("org.stillreel.take") for url in created)


def test_no_folder_of_the_person_is_published(studio: Studio) -> None:
    for path in studio.chain():
        assert str(studio.folder).encode() not in path.read_bytes()


def test_two_parents_are_a_mistake_of_the_caller() -> None:
    parent = Ingredient(Path("board.png"), "parentOf")
    with pytest.raises(ValueError, match="one parent"):
        made("panel", parent, parent)


def test_the_source_type_that_viewers_have_no_word_for_is_not_there() -> None:
    assert "compositeSynthetic" not in get_args(SourceType)


def test_every_edit_is_an_action_of_the_standard(studio: Studio) -> None:
    source = studio.sign(studio.picture("a.png"), "whole.png", made("board")).path
    cut = made("panel", Ingredient(source, "parentOf"), edits=get_args(Edit))
    signed = studio.sign(studio.picture("b.png"), "cut.png", cut).path
    assert broken_rules(read(signed, studio.root).crjson()) == []
