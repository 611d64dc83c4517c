"""Credentials as a JSON document and as lines for people; the only place that knows either."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stillreel.trail.nouns import Action, Credential, Facts, Ingredient

_LABEL = 12


def as_json(credential: Credential) -> dict[str, object]:
    """Return a credential as the document of `stillreel trail FILE --json`."""
    one = credential
    return {
        "file": one.file,
        "media_type": one.media_type,
        "state": one.state,
        "issuer": one.signer.issuer,
        "claim_generator": one.claim_generator,
        "actions": [action.name for action in one.actions],
        "digital_source_types": list(one.digital_source_types),
        "signed_time": one.signer.signed_time,
        "synthid": synthid(one),
        "aigc_label": dict(one.aigc_label.fields) if one.aigc_label else None,
        "ingredients": [_ingredient(found) for found in one.ingredients],
        "worst": one.worst,
        "facts": _facts(one.facts),
        "checked_at": one.checked_at,
        "lists_snapshot": one.lists_snapshot,
        "findings": [asdict(found) for found in one.findings],
        "faults": [asdict(found) for found in one.faults],
        "common_name": one.signer.common_name,
        "alg": one.signer.alg,
        "signer_not_after": one.signer.not_after,
        "has_timestamp": one.signer.signed_time is not None,
        "claim_version": one.claim_version,
        "action_details": [asdict(action) for action in one.actions],
        "software_agents": list(one.software_agents),
        "model_name": one.model_name,
        "synthid_detail": one.synthid,
        "watermark_actions": list(one.watermark_actions),
        "metadata_source_type": one.metadata_source_type,
        "manifest": one.manifest,
        "ledger_head": one.ledger_head,
        "manifests": one.manifests,
        "remote_manifest": one.remote_manifest,
        "failure_codes": list(one.failure_codes),
        "informational_codes": list(one.informational_codes),
        "ingredient_failure_codes": list(one.ingredient_failure_codes),
    }


def synthid(credential: Credential) -> str:
    """Return whether the manifest declares SynthID: declared, not-declared or not-checkable.

    Without a manifest nothing can be told; a missing declaration never means that no model was
    at work. A watermark that is not named counts, because the makers that leave out the name
    are the ones whose mark is SynthID; `Credential.synthid` keeps the two apart.
    """
    if credential.state == "NoManifest":
        return "not-checkable"
    return "not-declared" if credential.synthid == "not-declared" else "declared"


def lines(credential: Credential) -> list[str]:
    """Return a credential as lines: the verdict, what it rests on, and the tree below it."""
    one = credential
    rows = [f"{_clean(one.file)}: {one.state} ({one.media_type})"]
    rows += [f"  {label:<{_LABEL}} {_clean(told)}" for label, told in _rows(one) if told]
    rows += [f"  {'!':<{_LABEL}} {_clean(found.sentence)}" for found in one.findings]
    if one.ingredients:
        rows.append("  made from")
        rows += _branches(one.ingredients, 2)
    rows.append(f"  {'worst':<{_LABEL}} {one.worst}")
    rows.append(f"  {'checked':<{_LABEL}} {one.checked_at}, lists of {one.lists_snapshot}")
    return rows


def blame(credential: Credential) -> str:
    """Return one sentence that names what makes a file's worst state what it is."""
    named = [" > ".join(fault.path) for fault in credential.faults]
    if credential.state in {"Invalid", "Unreadable"}:
        named.insert(0, "the file itself")
    return _clean(f"{credential.file}: {credential.worst}, because of {', '.join(named)}")


def _rows(one: Credential) -> Iterator[tuple[str, str | None]]:
    signer = one.signer
    made = [one.claim_generator, *one.software_agents, one.model_name]
    yield "signed by", _joined(signer.issuer, signer.common_name, signer.alg)
    by = {"stamped": "says a listed authority", "stamped-unlisted": "says an authority on no list"}
    yield "signed at", _joined(signer.signed_time, by.get(one.facts.time.value))
    yield "made by", _joined(*dict.fromkeys(made))
    yield "actions", _joined(*(_action(action) for action in one.actions))
    yield "source type", _joined(*one.digital_source_types)
    yield "metadata", one.metadata_source_type
    found = synthid(one)
    yield "SynthID", f"{found} ({one.synthid})" if found == "declared" else found
    if one.aigc_label:
        yield "AIGC", _joined(*(f"{key} {value}" for key, value in one.aigc_label.fields if value))
    if one.manifest:
        yield "checks", _joined(*(f"{name} {value}" for name, value, _ in _four(one.facts)))


def _branches(ingredients: tuple[Ingredient, ...], depth: int) -> Iterator[str]:
    for one in ingredients:
        title = _clean(one.title or "untitled")
        by = f", {_clean(one.signer.issuer)}" if one.signer.issuer else ""
        yield f"{'  ' * depth}{one.relationship} {title}: {one.state}{by}"
        yield from _branches(one.ingredients, depth + 1)


def _action(action: Action) -> str:
    return f"{action.name} ({action.description})" if action.description else action.name


def _ingredient(one: Ingredient) -> dict[str, object]:
    return {
        "title": one.title,
        "relationship": one.relationship,
        "has_manifest": one.manifest is not None,
        "manifest": one.manifest,
        "state": one.state,
        "failure_codes": list(one.failure_codes),
        "facts": _facts(one.facts),
        "media_type": one.media_type,
        "issuer": one.signer.issuer,
        "signed_time": one.signer.signed_time,
        "claim_generator": one.claim_generator,
        "actions": [action.name for action in one.actions],
        "digital_source_types": list(
            dict.fromkeys(
                action.digital_source_type for action in one.actions if action.digital_source_type
            )
        ),
        "ingredients": [_ingredient(below) for below in one.ingredients],
    }


def _facts(facts: Facts) -> dict[str, object]:
    return {name: {"value": value, "codes": list(codes)} for name, value, codes in _four(facts)}


def _four(facts: Facts) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    yield "integrity", facts.integrity.value, facts.integrity.codes
    yield "signature", facts.signature.value, facts.signature.codes
    yield "trust", facts.trust.value, facts.trust.codes
    yield "time", facts.time.value, facts.time.codes


def _joined(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)


def _clean(told: str) -> str:
    """Return a text from outside without what would move a terminal's cursor."""
    return "".join(letter if letter.isprintable() else "?" for letter in told)
