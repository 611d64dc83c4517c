"""Lineage: which takes a take was made from, and what that makes of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from stillreel.errors import NotConfigured
from stillreel.providers import registry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from stillreel.ledger.book import Ledger
    from stillreel.trail.signing.nouns import Kind, SourceType
    from stillreel.values.take import StoredFile, Take

_REFERENCE = "reference "
"""How the parts of a take that are pictures shown with its prompt begin; see `engine.reasons`."""
_PANEL = ".P"
"""Between a board and the number of a panel of it that was asked again: `C07.P3`."""
_KINDS: dict[str, Kind] = {"sheet": "sheet", "grid": "board", "clip": "clip", "film": "film"}


class Lineage:
    """The takes of one film back to its sheets; each is looked up once."""

    def __init__(self, ledger: Ledger) -> None:
        """Look takes up in a ledger."""
        self._ledger = ledger
        self._known: dict[str, list[tuple[Take, StoredFile]]] = {}

    def fed(self, take: Take) -> list[tuple[Take, StoredFile]]:
        """Return the takes, and which files of them, that a take was made from."""
        if take.id not in self._known:
            self._known[take.id] = self._ledger.fed(take, inputs_of(take))
        return self._known[take.id]

    def behind(self, takes: Iterable[Take]) -> list[Take]:
        """Return takes and everything they were made from, each once, the nearest first."""
        found: dict[str, Take] = {}
        todo = list(takes)
        for take in todo:
            if take.id not in found:
                found[take.id] = take
                todo += [owner for owner, _ in self.fed(take)]
        return list(found.values())

    def source_type(self, takes: Iterable[Take]) -> SourceType:
        """Return what takes and everything they were made from are, as IPTC calls it."""
        trained = {is_trained(take.provider) for take in self.behind(takes)}
        if trained == {True}:
            return "trainedAlgorithmicMedia"
        return "compositeWithTrainedAlgorithmicMedia" if True in trained else "algorithmicMedia"


def is_trained(provider: str) -> bool:
    """Say whether a trained model makes what a provider delivers; one that is gone is taken for it.

    A drawing that is called generated misleads nobody; the other way round it would.
    """
    try:
        return registry.offer(provider).trained
    except NotConfigured:
        return True


def inputs_of(take: Take) -> tuple[str, ...]:
    """Return the digests of the pictures that a take was made from, each once, in order.

    A clip says what its model was shown. One recorded before clips said so had its references;
    where there is none, its model read panels as frames; which of them is not on record, so all
    are named.
    """
    if take.stage != "clip":
        return take.parents
    told = json.loads(take.parameters)
    if "shown" in told:
        return tuple(dict.fromkeys(told["shown"]))
    parts: dict[str, str] = told.get("parts", {})
    named = {digest for part, digest in parts.items() if part.startswith(_REFERENCE)}
    found = [digest for digest in take.parents if digest in named]
    return tuple(dict.fromkeys(found or take.parents))


def title_of(take: Take, file: StoredFile) -> str:
    """Return what a viewer prints of a file: `C07 board`, `mara sheet`, `mara plate-front`."""
    board, _, panel = take.subject.partition(_PANEL)
    if file.role != "main":
        return f"{take.subject} {file.role}"
    return f"{board} panel-{panel}" if panel else f"{board} {_KINDS[take.stage]}"


def kind_of(take: Take, file: StoredFile) -> Kind:
    """Return what a file of a take is: sheet, plate, board, panel or clip."""
    if file.role == "main" and _PANEL not in take.subject:
        return _KINDS[take.stage]
    return "plate" if file.role.startswith("plate") else "panel"
