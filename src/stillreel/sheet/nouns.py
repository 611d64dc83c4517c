"""A sheet, its rivals, and the contest between the front-ends that drew them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stillreel.ledger.nouns import Score
    from stillreel.values.take import StoredFile, Take

SHEET_SIZE = (1600, 900)
"""Pixels of a sheet."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One front-end's sheet of one subject, measured."""

    take: Take
    identity: Score
    """How well the character holds from view to view on this sheet."""
    attributes: Score
    """How far the colours of the plan are found on it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything drawn of one character, place or prop, and the take that is used."""

    subject: str
    entries: tuple[Entry, ...]
    chosen: Take
    why: str

    def plates(self) -> tuple[StoredFile, ...]:
        """Return the single-view plates cut from the chosen sheet."""
        return tuple(file for file in self.chosen.files if file.role.startswith("plate-"))


@dataclass(frozen=True, slots=True)
class Standing:
    """How one front-end did over all sheets."""

    provider: str
    mean: float
    """Mean of its scores, 0..1."""
    wins: int
    """Sheets on which it scored best."""
    sheets: int


@dataclass(frozen=True, slots=True)
class Bakeoff:
    """The contest over all sheets."""

    winner: str
    standings: tuple[Standing, ...]
    """Best first."""
    verdict: str
    """One sentence a person can read."""
