"""From sheet to film: every manifest travels along, and what is wrong with one is not lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from stillreel.trail.signing.nouns import Ingredient
from trail.signing.rooms import Studio, made, read, second_opinion


def failures(path: Path, anchors: str) -> dict[str, set[str]]:
    """Return what is wrong: in the file, and in its ingredients as recorded and as found now."""
    reader = read(path, anchors)
    results = reader.get_validation_results()
    store = json.loads(reader.json())
    recorded = {
        row["code"]
        for manifest in store["manifests"].values()
        for item in manifest.get("ingredients", [])
        for row in item.get("validation_results", {}).get("activeManifest", {}).get("failure", [])
    }
    found = {
        row["code"]
        for delta in results.get("ingredientDeltas", [])
        for row in delta["validationDeltas"]["failure"]
    }
    return {
        "file": {row["code"] for row in results["activeManifest"]["failure"]},
        "recorded": recorded - {"signingCredential.untrusted"},
        "found": found,
    }


def depth(store: Any, label: str) -> int:
    below = [item["active_manifest"] for item in store["manifests"][label].get("ingredients", [])]
    return 1 + max((depth(store, item) for item in below), default=0)


def test_a_film_is_four_deep_and_every_manifest_in_it_verifies(studio: Studio) -> None:
    film = studio.chain()[3]
    store = json.loads(read(film, studio.root).json())
    assert depth(store, store["active_manifest"]) == 4
    assert len(store["manifests"]) == 4
    assert failures(film, studio.root) == {"file": set(), "recorded": set(), "found": set()}
    assert read(film, studio.root).get_validation_state() == "Trusted"


def test_an_independent_validator_agrees_on_every_file(studio: Studio) -> None:
    for path in studio.chain():
        report = second_opinion(path, studio.root)
        assert report["integrity"] == "valid", path.name
        assert report["trust"]["status"] == "valid_for_supplied_material", path.name
        assert report["validation_results"]["failure"] == [], path.name


def test_the_relations_are_the_ones_that_were_named(studio: Studio) -> None:
    store = json.loads(read(studio.chain()[3]).json())
    relations = {
        manifest["title"]: [item["relationship"] for item in manifest.get("ingredients", [])]
        for manifest in store["manifests"].values()
    }
    assert relations == {
        "the sheet": [],
        "the panel": ["parentOf"],
        "the clip": ["inputTo"],
        "the film": ["componentOf"],
    }


def test_a_tampered_sheet_still_shows_in_the_film(studio: Studio) -> None:
    sheet = studio.sign(studio.picture("drawn.png"), "sheet.png", made("sheet")).path
    data = bytearray(sheet.read_bytes())
    data[-40] ^= 1
    sheet.write_bytes(data)
    film = studio.chain(sheet)[3]
    wrong = failures(film, studio.root)
    assert wrong["file"] == set()
    assert "assertion.dataHash.mismatch" in wrong["recorded"]


def test_a_tampered_clip_shows_in_the_film(studio: Studio) -> None:
    clip = studio.sign(studio.clip("moved.mp4"), "clip.mp4", made("clip")).path
    data = bytearray(clip.read_bytes())
    data[data.rindex(b"mdat") + 9] ^= 1
    clip.write_bytes(data)
    said = made("film", Ingredient(clip, "componentOf"))
    film = studio.sign(studio.clip("joined.mp4", 9), "film.mp4", said).path
    assert "assertion.bmffHash.mismatch" in failures(film, studio.root)["recorded"]


def test_a_still_signed_with_an_ended_key_shows_in_the_film(studio: Studio) -> None:
    """`ended-key.png` was signed by a key that lasted two seconds."""
    sheet = Path(__file__).with_name("ended-key.png")
    assert "signingCredential.expired" in failures(studio.chain(sheet)[3], "")["recorded"]


def test_a_still_with_a_malformed_manifest_does_not_stop_the_film(
    studio: Studio, provenance: Path
) -> None:
    still = Ingredient(provenance / "vector-expired-signer.jpg", "inputTo")
    receipt = studio.sign(studio.clip("moved.mp4"), "clip.mp4", made("clip", still))
    assert receipt.doubts[0].title == still.path.name
    assert "claim.hardBindings.missing" in failures(receipt.path, studio.root)["recorded"]
    assert second_opinion(receipt.path, studio.root)["integrity"] == "valid"


def test_a_file_without_credentials_is_an_ingredient_too(studio: Studio) -> None:
    still = studio.picture("found.png")
    said = made("clip", Ingredient(still, "inputTo", title="a photograph"))
    clip = studio.sign(studio.clip("moved.mp4"), "clip.mp4", said).path
    store = json.loads(read(clip, studio.root).json())
    (item,) = store["manifests"][store["active_manifest"]]["ingredients"]
    assert item["title"] == "a photograph"
    assert "active_manifest" not in item
    assert read(clip, studio.root).get_validation_state() == "Trusted"


def test_a_real_file_of_a_vendor_is_recorded_as_trusted(studio: Studio, provenance: Path) -> None:
    """The vendor's still is on the C2PA list today; the day it ends, our record stands."""
    still = provenance / "openai-gptimage20-2026-05-infographic.png"
    said = made("clip", Ingredient(still, "inputTo"))
    clip = studio.sign(studio.clip("moved.mp4"), "clip.mp4", said).path
    store = json.loads(read(clip, studio.root).json())
    (item,) = store["manifests"][store["active_manifest"]]["ingredients"]
    recorded = item["validation_results"]["activeManifest"]
    assert recorded["failure"] == []
    assert "signingCredential.trusted" in {row["code"] for row in recorded["success"]}
    assert second_opinion(clip, studio.root)["integrity"] == "valid"
