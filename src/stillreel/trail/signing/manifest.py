"""The manifest: `Made` put into the words of C2PA 2.4 and its conformance rubric."""

from __future__ import annotations

from datetime import UTC
from importlib.metadata import version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stillreel.trail.signing.nouns import Agent, Edit, Made

IPTC = "http://cv.iptc.org/newscodes/digitalsourcetype/"
TAKE = "org.stillreel.take"
"""Our own assertion: take id, hash of the prompt, head of the ledger."""
_TOOL = {"name": "stillreel", "version": version("stillreel")}
GENERATOR = {**_TOOL, "specVersion": "2.4.0"}

Words = dict[str, object]
"""JSON, as the library takes it; it does not leave this package."""

_BY_PROGRAM = "algorithmicallyEnhanced"
_BY_PERSON = "humanEdits"
_EDITS: dict[Edit, tuple[str, str]] = {
    "cropped": ("c2pa.cropped", _BY_PROGRAM),
    "resized": ("c2pa.resized", _BY_PROGRAM),
    "edited": ("c2pa.edited", _BY_PERSON),
    "transcoded": ("c2pa.transcoded", ""),
    "converted": ("c2pa.converted", ""),
    "watermarked": ("c2pa.watermarked.unbound", ""),
}
"""Action, and how it was done: the rubric asks for that wherever the eye can see the change."""


def definition(made: Made) -> Words:
    """Return the manifest definition of a file, ready for the builder."""
    said: list[Words] = [_actions(made), *_disclosures(made), _take(made)]
    return {"title": made.title, "claim_generator_info": [GENERATOR], "assertions": said}


def ingredient_id(index: int) -> str:
    """Return the name by which actions refer to the ingredient at `index`."""
    return f"ingredient-{index}"


def _created(label: str, data: Words) -> Words:
    return {"label": label, "created": True, "data": data}


def _actions(made: Made) -> Words:
    """Say the first action, every piece placed, then the edits."""
    when = made.at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    named = [(ingredient_id(index), item) for index, item in enumerate(made.ingredients)]
    parents = [name for name, item in named if item.relation == "parentOf"]
    inputs = [name for name, item in named if item.relation == "inputTo"]
    pieces = [name for name, item in named if item.relation == "componentOf"]
    first: Words = {"action": "c2pa.opened", "parameters": {"ingredientIds": parents}}
    if not parents:
        first = {"action": "c2pa.created", "digitalSourceType": IPTC + made.source_type}
        first |= {"softwareAgent": _agent(made.agents[0])} if made.agents else {}
        first |= {"parameters": {"ingredientIds": inputs}} if inputs else {}
    placed = [{"action": "c2pa.placed", "parameters": {"ingredientIds": [name]}} for name in pieces]
    done = [first, *placed, *[_edit(edit) for edit in made.edits]]
    actions = [{"when": when, **action} for action in done]
    return _created("c2pa.actions.v2", {"allActionsIncluded": True, "actions": actions})


def _edit(edit: Edit) -> Words:
    action, how = _EDITS[edit]
    said: Words = {"action": action, "softwareAgent": _TOOL}
    return said | ({"digitalSourceType": IPTC + how} if how else {})


def _agent(agent: Agent) -> Words:
    return {"name": agent.name, **({"version": agent.version} if agent.version else {})}


def _disclosures(made: Made) -> list[Words]:
    """Name every trained model once, as the AI disclosure of C2PA 2.4 wants it."""
    said: list[Words] = []
    for agent in dict.fromkeys(agent for agent in made.agents if agent.trained):
        model: Words = {"modelType": "c2pa.types.model", "modelName": agent.name}
        if agent.version:
            model["modelIdentifier"] = f"{agent.name}:{agent.version}"
        model["contentProfile"] = {"humanOversightLevel": made.oversight}
        said.append(_created("c2pa.ai-disclosure", model))
    return said


def _take(made: Made) -> Words:
    known = {
        "take": made.take,
        "promptSha256": made.prompt_sha256,
        "prompt": made.prompt,
        "ledgerHead": made.ledger_head,
    }
    filled = {name: value for name, value in known.items() if value}
    return _created(TAKE, {"kind": made.kind, **filled})
