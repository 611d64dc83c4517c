"""What a contest is made of: rules, weights, cards, verdicts and tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from stillreel.errors import ProjectError

Outcome = Literal["first", "second", "no difference shown", "undecided"]
"""`undecided` only while more units are worth paying for."""

Kind = Literal["identity", "attributes", "plan", "price", "provenance"]

KINDS: tuple[Kind, ...] = ("identity", "attributes", "plan", "price", "provenance")
"""What can count, in the order in which it is told."""

RESERVE = 1.2
"""The evidence asked for beyond 1 / level, because real differences are not quite symmetrical."""


@dataclass(frozen=True, slots=True)
class Rules:
    """How far a contest goes and when it is over; declared before the first paid call."""

    cap: int = 30
    """Units paid for at most, those that could not be compared included."""
    first: int = 8
    """No verdict on fewer compared units."""
    batch: int = 1
    """Units paid for between two looks."""
    level: float = 0.05
    """Share of contests between equals that may end with a winner."""
    equal: float = 0.05
    """Mean differences smaller than this do not count; 0 asks until the cap."""
    comparisons: int = 1
    """Pairs that are compared in the same contest; each adds to the evidence asked for."""

    def __post_init__(self) -> None:
        """Refuse rules under which nothing could be decided.

        Raises:
            ProjectError: a number is out of its range.
        """
        whole = min(self.cap, self.batch, self.comparisons) >= 1 and self.first >= 2
        if not (whole and 0 < self.level < 1 and self.equal >= 0):
            raise ProjectError(
                "The bake-off has rules under which nothing can be decided.",
                where="bakeoff",
                next_step="Give a level between 0 and 1, at least one unit, nothing below zero.",
            )

    @property
    def threshold(self) -> float:
        """Evidence at which a side has won."""
        return self.comparisons / (self.level / RESERVE)


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each kind counts; only their proportions matter."""

    identity: float = 0.5
    attributes: float = 0.3
    plan: float = 0.2
    price: float = 0.0
    provenance: float = 0.0

    def __post_init__(self) -> None:
        """Refuse weights that weigh nothing.

        Raises:
            ProjectError: one is negative, or all are zero.
        """
        each = [self.of(kind) for kind in KINDS]
        if not (min(each) >= 0 and 0 < sum(each) < float("inf")):
            raise ProjectError(
                "The weights of the bake-off weigh nothing.",
                where="bakeoff",
                next_step="Give at least one of them a number above zero, and none below.",
            )

    def of(self, kind: Kind) -> float:
        """Return the weight of one kind."""
        return float(getattr(self, kind))


@dataclass(frozen=True, slots=True)
class Card:
    """What one front-end got for one unit: scores 0..1, None where a kind is not measurable."""

    identity: float | None = None
    attributes: float | None = None
    plan: float | None = None
    price: float | None = None
    provenance: float | None = None
    fault: str = ""
    """The gate it failed, or that it was refused; such a unit is lost by rule."""

    def of(self, kind: Kind) -> float | None:
        """Return the score of one kind, None where it is not measurable."""
        score: float | None = getattr(self, kind)
        return score


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a contest between two stands."""

    outcome: Outcome
    why: str
    """Half a sentence without names, such as `ahead on 9 of 10 units, by 0.08 on average`."""
    mean: float
    """Mean difference, first minus second; 0 without units."""
    interval: tuple[float, float] | None
    """Range of the difference, true at any number of looks; None while it has no bounds."""
    e_value: float
    """Evidence against `no difference`, at most `threshold`; 1 is none."""
    threshold: float
    """Evidence that a winner needs."""
    units: int
    """Units that could be compared."""
    more: int
    """Units worth paying for before the next look; 0 when it is over."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """Two rivals and how their contest stands."""

    first: str
    second: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class League:
    """How a contest between several stands."""

    winner: str
    """The only rival nobody has beaten; empty while, or because, there are several."""
    alive: tuple[str, ...]
    """Rivals nobody has beaten, in the order given."""
    asking: tuple[str, ...]
    """Rivals that the next units are worth paying for; empty when it is over."""
    more: int
    """How many units that is."""
    why: str
    """One sentence with the rivals' names."""
    pairings: tuple[Pairing, ...]
