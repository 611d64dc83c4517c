"""Lineage: which takes a take was made from, and what that makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.errors import NotConfigured
from stillreel.providers import registry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from stillreel.ledger.book import Ledger
    from stillreel.trail.signing.nouns import Kind, SourceType
    from stillreel.values.take import StoredFile, Take

_PANELS = 9
"""Parents of a clip that only say how the pencil moves it; its references come after them."""
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

    def source_type(self, takes: Iterable[Take]) -> SourceType:
        """Return what takes and everything they were made from are, as IPTC calls it."""
        trained: set[bool] = set()
        todo, seen = list(takes), set[str]()
        while todo:
            take = todo.pop()
            if take.id in seen:
                continue
            seen.add(take.id)
            trained.add(is_trained(take.provider))
            todo += [owner for owner, _ in self.fed(take)]
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
    """Return the digests of the pictures that a take was made from."""
    return take.parents[_PANELS:] if take.stage == "clip" else take.parents


def title_of(take: Take, file: StoredFile) -> str:
    """Return what a viewer prints of a file: `C07 board`, `mara sheet`, `mara plate-front`."""
    return f"{take.subject} {_KINDS[take.stage] if file.role == 'main' else file.role}"


def kind_of(take: Take, file: StoredFile) -> Kind:
    """Return what a file of a take is: sheet, plate, board, panel or clip."""
    if file.role == "main":
        return _KINDS[take.stage]
    return "plate" if file.role.startswith("plate") else "panel"
