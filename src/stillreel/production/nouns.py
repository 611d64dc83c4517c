"""What a production answers: values a face can print or send."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from stillreel.values.money import Money

if TYPE_CHECKING:
    from fractions import Fraction
    from pathlib import Path

    from stillreel.errors import StillreelError
    from stillreel.ledger.nouns import Score
    from stillreel.production.bakeoff import Held
    from stillreel.values.problem import Problem


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended."""

    state: Literal["done", "nothing to do", "waiting", "failed", "partial"]
    """`partial` when the run was asked to stop before the film, `failed` when clips are missing."""
    film: Path | None
    clips: int
    seconds: Fraction
    spent: Money
    made: int
    """Takes made in this run; the others were there already."""
    waiting: tuple[str, ...] = ()
    """What a person must approve."""
    problems: tuple[Problem, ...] = ()
    """Warnings worth reading."""
    notes: tuple[str, ...] = ()
    """What was made again, and why."""
    warnings: tuple[str, ...] = ()
    """What the ledger warns of, such as credentials that do not hold."""
    failed: tuple[StillreelError, ...] = ()
    """What went wrong with single clips while the others went on."""


@dataclass(frozen=True, slots=True)
class PlanOutcome:
    """What writing the plan did."""

    clips: int
    cast: tuple[str, ...]
    places: tuple[str, ...]
    props: tuple[str, ...]
    written: tuple[str, ...]
    kept: tuple[str, ...]
    removed: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """What one stage will cost with one provider."""

    stage: str
    provider: str
    missing: int
    """Takes still to be made."""
    total: int
    low: Money
    high: Money
    seconds_low: float
    seconds_high: float
    basis: str


@dataclass(frozen=True, slots=True)
class FinishLine:
    """When the clips would be done and what they would cost, on one platform or on the mix."""

    platform: str
    """Empty for the mix that the router would choose."""
    p50: float
    """Seconds until half of all days like this are done."""
    p90: float
    low: Money
    high: Money
    basis: str
    """`published` figures, or `measured` on our own jobs."""
    why_not: str = ""
    """Why this platform alone cannot do it; the figures are 0 then."""
    unready: str = ""
    """What is missing before it can be asked; the figures are as if it were there."""


@dataclass(frozen=True, slots=True)
class QuoteReport:
    """What finishing the film will cost, without a single call."""

    lines: tuple[QuoteLine, ...]
    low: Money
    high: Money
    spent: Money
    ceiling: Money
    seconds_low: float
    seconds_high: float
    withheld: tuple[tuple[str, str], ...] = ()
    """Clips that are not priced because their stills fail their checks, with the reasons."""
    finish: tuple[FinishLine, ...] = ()
    """By platform, the mix first; empty where no platform costs money."""

    @property
    def fits(self) -> bool:
        """Whether the worst case stays below the ceiling."""
        return self.spent + self.high <= self.ceiling or self.high == Money()


@dataclass(frozen=True, slots=True)
class Rival:
    """One take beside its siblings."""

    take: str
    number: int
    provider: str
    file: Path
    current: bool
    seconds: float
    spent: Money
    scores: tuple[Score, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Contest:
    """The bake-off as it stands."""

    held: Held
    spent: tuple[Money, ...]
    """What each rival cost in this film so far, in their order."""
    overruled: str
    """Front-end a person named instead; empty when nobody did."""
    pages: tuple[Path, ...]
    """What was compared, side by side, differences boxed; empty when no picture was."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Takes of one subject side by side."""

    subject: str
    stage: str
    rivals: tuple[Rival, ...]
    sheet: Path
    """A contact sheet of all of them."""
