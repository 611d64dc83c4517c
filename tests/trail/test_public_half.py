"""Real files of real makers read as their labels say; skipped where ../shared is not there."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from stillreel.trail.read import read
from stillreel.trail.telling import synthid

if TYPE_CHECKING:
    from stillreel.trail.nouns import Credential

HOME = Path(__file__).resolve().parents[3] / "shared" / "data" / "provenance-public"


@functools.cache
def labelled() -> list[dict[str, Any]]:
    page = HOME / "labels.json"
    return json.loads(page.read_text())["files"] if page.is_file() else []


@functools.cache
def found_in(name: str) -> Credential:
    return read(HOME / name)


every = pytest.mark.parametrize("label", labelled(), ids=lambda label: label["file"])


def test_the_labelled_files_are_there(shared: Path) -> None:
    assert len(labelled()) == 17
    assert {one["file"] for one in labelled()} <= {path.name for path in shared.glob("data/*/*")}


@every
def test_the_verdict_and_the_type_are_as_labelled(label: dict[str, Any]) -> None:
    found = found_in(label["file"])
    assert (found.state, found.media_type) == (label["state"], label["media_type"])
    assert (dict(found.aigc_label.fields) if found.aigc_label else None) == label["aigc_label"]
    assert (found.state != "NoManifest") == label["has_c2pa"]


@every
def test_the_watermark_is_declared_as_labelled(label: dict[str, Any]) -> None:
    found = found_in(label["file"])
    if "synthid" not in label:
        assert synthid(found) == "not-checkable"
        return
    assert found.synthid == label["synthid"]
    assert (synthid(found) == "declared") == label["synthid"].startswith("declared")


@pytest.mark.parametrize(
    "label", [one for one in labelled() if "issuer" in one], ids=lambda label: label["file"]
)
def test_signer_and_declarations_are_as_labelled(label: dict[str, Any]) -> None:
    found = found_in(label["file"])
    signer = found.signer
    assert {
        "issuer": signer.issuer,
        "common_name": signer.common_name,
        "alg": signer.alg,
        "signed_time": signer.signed_time,
        "has_timestamp": signer.signed_time is not None,
        "claim_version": found.claim_version,
        "claim_generator": found.claim_generator,
        "actions": [action.name for action in found.actions],
        "digital_source_types": list(found.digital_source_types),
        "software_agents": list(found.software_agents),
        "model_name": found.model_name,
        "synthid_named_in_manifest": found.synthid == "declared-by-name",
        "watermark_actions": list(found.watermark_actions),
        "ai_generated": any("lgorithmicMedia" in one for one in found.digital_source_types),
        "manifests": found.manifests,
        "ingredients": [
            {"relationship": one.relationship, "has_manifest": one.manifest is not None}
            for one in found.ingredients
        ],
        "failure_codes": list(found.failure_codes),
        "informational_codes": list(found.informational_codes),
        "ingredient_failure_codes": list(found.ingredient_failure_codes),
    }.items() <= label.items()


@every
def test_a_second_validator_agrees_on_integrity(
    label: dict[str, Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    from encypher_c2pa import verify

    found = found_in(label["file"])
    report = verify(HOME / label["file"], found.media_type, telemetry=False, online=False)
    # It puts hashes and signature under one word, and gives no integrity to what has no manifest.
    ours = found.facts.integrity.value == "intact" and found.facts.signature.value == "good"
    assert (report["integrity"] == "valid") == ours
    second = label.get("second_validator", {"integrity": "invalid"})
    assert report["integrity"] == second["integrity"]
