"""A sheet, its rivals, and the contest between the front-ends that drew them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stillreel.measure.contest.nouns import Card, League  # noqa: TC001 - read back from the ledger

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

    @property
    def told(self) -> bool:
        """Whether its identity could be measured; where it could not, everything is open."""
        return (self.identity.low, self.identity.high) != (0.0, 1.0)


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
    league: League | None = None
    """How the rivals compare pair by pair; None where no contest was held."""
    units: tuple[Unit, ...] = ()
    """What was compared."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One ask that all rivals answered."""

    subject: str
    """Whose sheet, or which clip."""
    sample: int
    """1 for the first picture of each rival."""
    takes: tuple[str, ...]
    """Take of each rival, in the order of the standings' names; empty where there is none."""
    cards: tuple[Card | None, ...]
    """What each got, in the same order."""
