"""The words of the judge tier: questions, what was heard, scores, agreement and trust."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from datetime import date

    from stillreel.measure.nouns import Image
    from stillreel.providers.ask import JudgeAnswer, JudgeAsk, Seen

    Hear = Callable[[Sequence[JudgeAsk]], Awaitable[Sequence[JudgeAnswer | None]]]
    """Asks a judge and returns an answer for each ask, None where there is none."""

Severity = Literal["identity-breaking", "visible", "minor"]
Zone = Literal["whole", "head", "upper", "lower", "feet", "hands"]
View = Literal["full", "half", "bust"]
"""How much of the body a picture shows, from the head down."""

Outcome = Literal["present", "changed", "absent", "cannot see", "uncertain", "no answer"]
"""A judge's four answers; what it answered otherwise in the other order; what was lost."""

WEIGHTS: dict[Severity, int] = {"identity-breaking": 3, "visible": 2, "minor": 1}
"""What an attribute weighs in the score."""
KAPPA_LEAST = 0.6
"""Cohen's kappa from which a judge may decide."""
LABELS_LEAST = 30
"""Labelled questions below which agreement says little."""


@dataclass(frozen=True, slots=True)
class Question:
    """One attribute that is looked at."""

    attribute: str
    """Stable short name: `hair colour`, `tattoo left cheek`."""
    zone: Zone
    expected: str
    """What the plan says, in plain words."""
    severity: Severity
    control: bool = False
    """True for one whose expectation is wrong on purpose."""


@dataclass(frozen=True, slots=True)
class Depiction:
    """A crop of one figure that stands upright."""

    image: Image
    view: View = "full"


@dataclass(frozen=True, slots=True)
class Heard:
    """A question and what was answered to it in both orders."""

    question: Question
    outcome: Outcome
    how: str = ""
    evidence: str = ""
    agreed: bool = False
    """True when the expectation was said to be there in either order."""


@dataclass(frozen=True, slots=True)
class Graded:
    """One attribute of a score."""

    attribute: str
    outcome: Outcome
    severity: Severity
    how: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class JudgeScore:
    """What a judge saw, as a rate that weighs attributes by severity."""

    score: float
    """0..1: weight of what is present by weight of what could be seen."""
    interval: tuple[float, float]
    """95 % Wilson interval."""
    broken: bool
    """True when an identity-breaking attribute is changed or absent."""
    attributes: tuple[Graded, ...]
    judge: str
    """Id of the provider."""
    model: str
    """Model and version that answered."""


@dataclass(frozen=True, slots=True)
class Kappa:
    """Cohen's kappa of a judge with labels."""

    value: float | None
    """-1..1; None where both always say the same one thing, so that nothing was tested."""
    interval: tuple[float, float] | None
    """95 % interval, large-sample."""
    error: float | None
    """Its standard error."""
    observed: float
    """Share of equal answers."""
    expected: float
    """Share that chance alone gives."""
    count: int
    """Answers compared."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A pair of pictures and what is true of one attribute."""

    question: Question
    reference: Depiction
    candidate: Depiction
    truth: Seen
    control: Question | None = None
    """A question about the same pictures whose expectation is wrong."""


@dataclass(frozen=True, slots=True)
class Trust:
    """Leave to decide, earned by agreeing with labels; it ends with the judge's version."""

    judge: str
    model: str
    """Model and version."""
    kappa: float
    count: int
    """Labelled answers it was earned on."""
    labels: str
    """Digest of questions, pictures and truths."""
    dated: date


@dataclass(frozen=True, slots=True)
class JudgeBench:
    """How a judge did against labels."""

    trust: Trust | None
    """Leave to decide; None with the reason in `told`."""
    told: str
    """One sentence."""
    kappa: Kappa
    uncertain: float
    """Share of questions answered otherwise in the other order."""
    unseen: float
    """Share answered with `cannot see`."""
    unanswered: float
    """Share without an answer in one order or both."""
    fooled: float
    """Share of control questions whose wrong expectation was agreed with."""
    by_attribute: tuple[tuple[str, int, int], ...]
    """Attribute, questions, answers that agree with the label."""
