"""What a manifest declares: actions, agents, source types, model and watermark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stillreel.trail.nouns import Action, Signer, Synthid
from stillreel.trail.parsed import table, tables, text, texts
from stillreel.trail.signing.manifest import TAKE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from stillreel.trail.parsed import Json

_ACTIONS, _DISCLOSURE, _SOFT_BINDING = "c2pa.actions", "c2pa.ai-disclosure", "c2pa.soft-binding"
_LOOKED_AT = (_ACTIONS, _DISCLOSURE, _SOFT_BINDING, TAKE)
_WATERMARKED = "c2pa.watermarked"
_OURS = "stillreel"
"""The software agent of the mark that we put into films ourselves."""


@dataclass(frozen=True)
class Declared:
    """The declarations of one manifest."""

    claim_generator: str | None
    claim_version: int | None
    actions: tuple[Action, ...]
    digital_source_types: tuple[str, ...]
    software_agents: tuple[str, ...]
    model_name: str | None
    synthid: Synthid
    watermark_actions: tuple[str, ...]
    ledger_head: str | None


def declared(manifest: Json) -> Declared:
    """Return what one manifest of a reader's JSON declares."""
    rows = list(_rows(manifest))
    actions = tuple(_action(row, agent) for row, agent in rows)
    version = manifest.get("claim_version")
    return Declared(
        claim_generator=_generator(manifest),
        claim_version=version if isinstance(version, int) else None,
        actions=actions,
        digital_source_types=_once(one.digital_source_type for one in actions),
        software_agents=_once(one.software_agent for one in actions),
        model_name=next(
            (one.model_name for one in actions if one.model_name), _disclosed(manifest)
        ),
        synthid=_synthid(manifest, rows),
        watermark_actions=tuple(one.name for one in actions if one.name.startswith(_WATERMARKED)),
        ledger_head=next(
            (head for one in _assertions(manifest, TAKE) if (head := text(one.get("ledgerHead")))),
            None,
        ),
    )


def spoken(manifest: Json) -> Iterator[Json]:
    """Yield the assertions that `declared` looks at."""
    for assertion in tables(manifest.get("assertions")):
        if any(_labelled(assertion, label) for label in _LOOKED_AT):
            yield assertion


def signer(manifest: Json, not_after: str | None) -> Signer:
    """Return who signed a manifest of a reader's JSON; `not_after` is when its certificate ends."""
    info = table(manifest.get("signature_info"))
    return Signer(
        issuer=text(info.get("issuer")),
        common_name=text(info.get("common_name")),
        alg=text(info.get("alg")),
        not_after=not_after,
        signed_time=text(info.get("time")),
    )


def _generator(manifest: Json) -> str | None:
    for info in tables(manifest.get("claim_generator_info")):
        if name := text(info.get("name")):
            return name
    return text(manifest.get("claim_generator"))


def _rows(manifest: Json) -> Iterator[tuple[Json, str | None]]:
    """Yield each action with its software agent, which newer manifests keep in a list beside."""
    for assertion in _assertions(manifest, _ACTIONS):
        agents = assertion.get("softwareAgents")
        listed = agents if isinstance(agents, list) else []
        for row in tables(assertion.get("actions")):
            agent: object = row.get("softwareAgent")
            index = row.get("softwareAgentIndex")
            if agent is None and isinstance(index, int) and 0 <= index < len(listed):
                agent = listed[index]
            yield row, _agent(agent)


def _assertions(manifest: Json, label: str) -> Iterator[Json]:
    """Yield the data of the assertions with a label, whatever their version and number."""
    for assertion in tables(manifest.get("assertions")):
        if _labelled(assertion, label):
            yield table(assertion.get("data"))


def _labelled(assertion: Json, label: str) -> bool:
    name = text(assertion.get("label")) or ""
    return name == label or name.startswith((f"{label}.v", f"{label}__"))


def _agent(agent: object) -> str | None:
    if isinstance(agent, str):
        return text(agent)
    named = table(agent)
    parts = (text(named.get("name")), text(named.get("version")))
    return " ".join(part for part in parts if part) or None


def _action(row: Json, agent: str | None) -> Action:
    said = table(row.get("parameters"))
    source = text(row.get("digitalSourceType"))
    return Action(
        name=text(row.get("action")) or "",
        digital_source_type=source.rstrip("/").rpartition("/")[2] if source else None,
        software_agent=agent,
        when=text(row.get("when")),
        description=text(row.get("description")) or text(said.get("description")),
        model_name=_ending(said, "model_name"),
    )


def _ending(said: Json, word: str) -> str | None:
    """Return the text under a parameter, which stricter writers put into a namespace."""
    for key, value in said.items():
        if key.rpartition(".")[2] == word and (found := text(value)):
            return found
    return None


def _disclosed(manifest: Json) -> str | None:
    for assertion in _assertions(manifest, _DISCLOSURE):
        if name := text(assertion.get("modelName")):
            return name
    return None


def _synthid(manifest: Json, rows: list[tuple[Json, str | None]]) -> Synthid:
    """Tell whether a manifest declares SynthID by name, or a mark that it does not name.

    A mark that is described as another one, bound to a listed algorithm, or put there by us, is
    not SynthID.
    """
    # Only what speaks of marks: a prompt or a title may hold the word for other reasons.
    telling = [*(row for row, _ in rows), *_assertions(manifest, _SOFT_BINDING)]
    if any("synthid" in one.lower() for row in telling for one in texts(row)):
        return "declared-by-name"
    unnamed = any(
        row.get("action") in {_WATERMARKED, f"{_WATERMARKED}.unbound"}
        and not row.get("description")
        and not row.get("parameters")
        and not (agent or "").startswith(_OURS)
        for row, agent in rows
    )
    return "declared-unnamed-watermark" if unnamed else "not-declared"


def _once(found: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for one in found if one))
