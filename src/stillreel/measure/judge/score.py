"""What was heard as a score: both orders held against each other, weighed by severity."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from stillreel.measure.judge.nouns import (
    KAPPA_LEAST,
    LABELS_LEAST,
    WEIGHTS,
    Graded,
    Heard,
    JudgeScore,
)
from stillreel.measure.judge.rates import effective, wilson
from stillreel.measure.nouns import Attribute, IdentityScore, NotMeasurable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.measure.judge.ask import Round
    from stillreel.measure.judge.nouns import Hear, Trust
    from stillreel.providers.ask import JudgeAnswer
    from stillreel.providers.offer import Offer

SAME_FROM = 0.5
"""Lower end of the interval from which the character is the same, if nothing grave is broken."""
_SEEN_LEAST = 0.5
"""Share of the checklist's weight that must have been seen for a score."""
_COUNTED = frozenset({"present", "changed", "absent"})
_GRADE = {"present": 1.0, "changed": 0.0, "absent": 0.0}


def held(one: Round, first: JudgeAnswer | None, second: JudgeAnswer | None) -> Heard:
    """Return a question with the two answers held against each other."""
    agreed = any(answer is not None and answer.seen == "present" for answer in (first, second))
    if first is None or second is None:
        return Heard(one.question, "no answer", agreed=agreed)
    if first.seen != second.seen:
        told = f"{first.seen} with the reference first, {second.seen} with the candidate first"
        return Heard(one.question, "uncertain", told, first.evidence, agreed)
    return Heard(
        one.question, first.seen, first.how or second.how, first.evidence or second.evidence, agreed
    )


async def interview(asked: Sequence[Round], hear: Hear) -> tuple[Heard, ...]:
    """Ask every question in both orders and return what was heard, in the order asked.

    All first orders go out before any second one, so that a pair is not answered from memory.
    """
    asks = [one.first for one in asked] + [one.second for one in asked]
    answers = await hear(asks)
    half = len(asked)
    together = zip(asked, answers[:half], answers[half:], strict=True)
    return tuple(held(one, first, second) for one, first, second in together)


def score(heard: Sequence[Heard], offer: Offer) -> JudgeScore | NotMeasurable:
    """Return the severity-weighted rate of what is present, with its Wilson interval.

    What could not be seen, was answered both ways or not at all leaves the denominator.

    Args:
        heard: every question of the run, with its control.
        offer: who answered.
    """
    traps = [one for one in heard if one.question.control]
    if not traps:
        return NotMeasurable("The run had no control question, so nobody checked it.", "judge")
    if any(one.agreed for one in traps):
        return NotMeasurable(
            f"The judge agreed that {traps[0].question.expected}, which is made up; "
            "its answers of this run are dropped.",
            "judge",
        )
    if any(one.outcome == "no answer" for one in traps):
        return NotMeasurable("The control question was not answered.", "judge")
    asked = [one for one in heard if not one.question.control]
    counted = [one for one in asked if one.outcome in _COUNTED]
    weights = [float(WEIGHTS[one.question.severity]) for one in counted]
    whole = sum(WEIGHTS[one.question.severity] for one in asked)
    if not counted or sum(weights) < _SEEN_LEAST * whole:
        told = f"{len(counted)} of {len(asked)} attributes could be seen for certain."
        return NotMeasurable(told, "judge")
    there = [_GRADE[one.outcome] for one in counted]
    rate = sum(w * grade for w, grade in zip(weights, there, strict=True)) / sum(weights)
    broken = any(
        one.question.severity == "identity-breaking" and one.outcome != "present" for one in counted
    )
    graded = tuple(
        Graded(one.question.attribute, one.outcome, one.question.severity, one.how, one.evidence)
        for one in asked
    )
    interval = wilson(rate, effective(weights))
    return JudgeScore(rate, interval, broken, graded, offer.provider, model_of(offer))


async def scores(
    asked: Sequence[Sequence[Round]], hear: Hear, offer: Offer
) -> tuple[JudgeScore | NotMeasurable, ...]:
    """Ask about several pairs of pictures at once and return a score for each, in their order.

    Args:
        asked: for each pair its checklist and its trap.
        hear: asks the judge.
        offer: who is asked.
    """
    heard = iter(await interview([one for pair in asked for one in pair], hear))
    return tuple(score(list(islice(heard, len(pair))), offer) for pair in asked)


def refusal(judge: str, model: str, trust: Trust | None) -> str:
    """Return in a sentence why a judge does not decide; empty where it does.

    Args:
        judge: id of the provider.
        model: model and version.
        trust: from `bench`; None where it never agreed with labels.
    """
    if trust is None:
        return (
            f"{model} has not agreed with labels yet, so it does not decide; "
            "run `stillreel bench judge`."
        )
    if (trust.judge, trust.model) != (judge, model):
        return (
            f"{trust.model} of {trust.judge} has leave to decide, not {model} of {judge}; "
            "run `stillreel bench judge` for it."
        )
    if not KAPPA_LEAST <= trust.kappa <= 1:
        return f"Its kappa with the labels is {trust.kappa:.2f}; deciding takes {KAPPA_LEAST}."
    if trust.count < LABELS_LEAST:
        return f"It agreed with {trust.count} labels; deciding takes {LABELS_LEAST}."
    return ""


def identity(found: JudgeScore, trust: Trust | None) -> IdentityScore | NotMeasurable:
    """Return a judge's score as one that may decide, if the judge earned leave to.

    Args:
        found: what it saw.
        trust: from `bench`; None where it never agreed with labels.
    """
    if told := refusal(found.judge, found.model, trust):
        return NotMeasurable(told, "judge")
    same = found.interval[0] >= SAME_FROM and not found.broken
    return IdentityScore(found.score, found.interval, same, "judge", marks(found))


def marks(found: JudgeScore) -> tuple[Attribute, ...]:
    """Return 1 for every attribute that is present, 0 for one that is not, None for one unseen."""
    return tuple(Attribute(one.attribute, _GRADE.get(one.outcome)) for one in found.attributes)


def model_of(offer: Offer) -> str:
    """Return model and version of a judge, which its leave to decide is for."""
    return f"{offer.model} {offer.version}"
