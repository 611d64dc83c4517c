"""The conformance rubric for spec 2.4, as far as a small test can ask it of a crJSON report.

Each rule is one that the C2PA conformance programme 0.2 publishes for assets; its name is theirs.
"""

from __future__ import annotations

import json
from typing import Any

INCEPTION = {"c2pa.created", "c2pa.opened"}
NO_SOURCE_TYPE = INCEPTION | {
    *("c2pa.converted", "c2pa.published", "c2pa.repackaged", "c2pa.transcoded"),
    *("c2pa.resized.proportional", "c2pa.enhanced", "c2pa.edited.metadata", "c2pa.placed"),
    *("c2pa.watermarked.bound", "c2pa.watermarked.unbound", "c2pa.redacted"),
}
ACTIONS = NO_SOURCE_TYPE | {
    *("c2pa.addedText", "c2pa.adjustedColor", "c2pa.changedSpeed", "c2pa.cropped"),
    *("c2pa.deleted", "c2pa.drawing", "c2pa.dubbed", "c2pa.edited", "c2pa.filtered"),
    *("c2pa.mastered", "c2pa.mixed", "c2pa.orientation", "c2pa.remixed", "c2pa.removed"),
    *("c2pa.resized", "c2pa.translated", "c2pa.trimmed", "c2pa.unknown"),
}
ASSERTIONS = {
    *("c2pa.hash.data", "c2pa.hash.data.part", "c2pa.hash.boxes", "c2pa.hash.bmff.v3"),
    *("c2pa.hash.collection.data", "c2pa.hash.multi-asset", "c2pa.actions.v2"),
    *("c2pa.ingredient.v3", "c2pa.soft-binding", "c2pa.cloud-data", "c2pa.embedded-data"),
    *("c2pa.metadata", "c2pa.certificate-status", "c2pa.asset-ref", "c2pa.asset-type.v2"),
    *("c2pa.thumbnail.claim", "c2pa.thumbnail.ingredient", "c2pa.depthmap.GDepth", "c2pa.icon"),
    *("c2pa.alternative-content-representation", "c2pa.external-reference"),
    *("c2pa.session-keys", "c2pa.environmental-sustainability", "c2pa.repository-receipt"),
    *("c2pa.ai-disclosure", "c2pa.assertion.metadata", "c2pa.time-stamp"),
}
PARAMETERS = {"redacted", "ingredients", "relatedAssertions", "multipleInstances"}


def broken_rules(crjson: str) -> list[str]:
    """Return the names of the rules that the active manifest breaks."""
    first = json.loads(crjson)["manifests"][0]
    claim, said = first["claim.v2"], first["assertions"]
    actions = [act for value in said.values() for act in value.get("actions", [])]
    sources = [value for value in said.values() if "relationship" in value]
    parameters = [key for act in actions for key in act.get("parameters", {})]
    lists = [item["url"] for item in claim["created_assertions"] if "c2pa.actions" in item["url"]]
    opened = [act for act in actions if act["action"] == "c2pa.opened"]
    rules: dict[str, bool] = {
        "mandatory_dst_for_perceptible_transformations": all(
            "digitalSourceType" in act or act["action"] in NO_SOURCE_TYPE for act in actions
        ),
        "mandatory_dst_for_created_action": all(
            "digitalSourceType" in act for act in actions if act["action"] == "c2pa.created"
        ),
        "mandatory_spec_version": _starts(claim["claim_generator_info"], "2.4"),
        "mandatory_all_actions_included": all(
            "allActionsIncluded" in value for value in said.values() if "actions" in value
        ),
        "no_dst_for_opened_action": not any("digitalSourceType" in act for act in opened),
        "inception_action_position": bool(lists)
        and lists[0].endswith("c2pa.actions.v2")
        and actions[0]["action"] in INCEPTION
        and sum(act["action"] in INCEPTION for act in actions) == 1,
        "opened_action_ingredient_reference": all(
            len(act.get("parameters", {}).get("ingredients", [])) == 1 for act in opened
        ),
        "no_unsupported_assertions": all(
            key.split("__")[0] in ASSERTIONS for key in said if key.startswith("c2pa.")
        ),
        "no_unrecognized_custom_assertions": all("." in key for key in said),
        "no_unsupported_actions": all(act["action"] in ACTIONS for act in actions),
        "no_unrecognized_custom_action_parameters": all(
            key in PARAMETERS or "." in key for key in parameters
        ),
        "active_manifest_urn": first["label"].startswith("urn:c2pa:"),
        "ingredient_v3_validation_results": all(
            ("activeManifest" in item) == ("validationResults" in item) for item in sources
        ),
        "ingredient_relationship_values": {item["relationship"] for item in sources}
        <= {"parentOf", "inputTo", "componentOf"},
        "valid_success": all(
            item["code"].startswith("signingCredential.")
            for item in first["validationResults"]["failure"]
        ),
    }
    return [name for name, holds in rules.items() if not holds]


def _starts(generator: Any, version: str) -> bool:
    generator = generator[0] if isinstance(generator, list) else generator
    return str(generator.get("specVersion", "")).startswith(version)
