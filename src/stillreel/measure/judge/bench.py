"""`stillreel bench judge`: does a judge agree with labels well enough to decide?"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from stillreel.errors import ProjectError
from stillreel.measure.judge.ask import Gallery, rounds
from stillreel.measure.judge.nouns import (
    KAPPA_LEAST,
    LABELS_LEAST,
    JudgeBench,
    Question,
    Trust,
)
from stillreel.measure.judge.rates import agreement
from stillreel.measure.judge.score import interview, model_of
from stillreel.values.digest import of_value

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from stillreel.measure.judge.ask import Round
    from stillreel.measure.judge.nouns import Hear, Heard, Kappa, Labelled
    from stillreel.providers.ask import JudgeAsk
    from stillreel.providers.offer import Offer

_OTHER_LEAST = 0.2
"""Share of the labels that must not be the most frequent one."""
_FOOLED_MOST = 0.1
"""Share of traps above which a judge is dropped."""
_TRAPS = tuple(
    Question("colour of the clothes", "whole", f"all clothes are {colour}", "visible", control=True)
    for colour in ("bright green", "bright magenta", "bright yellow")
)
"""For labels that bring no trap of their own."""


def asks(labelled: Sequence[Labelled]) -> tuple[JudgeAsk, ...]:
    """Return every ask a bench sends, so that it can be priced before it is paid for.

    Raises:
        ProjectError: a label is about a part that its pictures do not show.
    """
    asked = _rounds(labelled)
    return tuple([one.first for one in asked] + [one.second for one in asked])


async def bench(labelled: Sequence[Labelled], hear: Hear, offer: Offer, on: date) -> JudgeBench:
    """Ask a judge all labelled questions, one trap for each, and say whether it may decide.

    `cannot see` and answers that differ between the orders count against it here, unless the label
    says `cannot see` too: a judge that agrees only where it is easy has not agreed.

    Args:
        labelled: pairs of pictures, a question and the truth.
        hear: asks the judge.
        offer: who is asked.
        on: today.

    Raises:
        ProjectError: there are too few labels, or one is about what its pictures do not show.
    """
    if len(labelled) < LABELS_LEAST:
        raise ProjectError(
            f"{len(labelled)} labels say little about a judge.",
            next_step=f"Label at least {LABELS_LEAST} questions.",
        )
    asked = _rounds(labelled)
    heard = await interview(asked, hear)
    real = [one for one in heard if not one.question.control]
    traps = [one for one in heard if one.question.control]
    truths = [one.truth for one in labelled]
    kappa = agreement([one.outcome for one in real], truths)
    fooled = sum(one.agreed for one in traps) / len(traps)
    most = max(Counter(truths).values())
    told = _refusal(kappa, fooled, 1 - most / len(truths))
    trust = None
    model = model_of(offer)
    if not told:
        assert kappa.value is not None
        digest = _digest(asked, labelled)
        trust = Trust(offer.provider, model, kappa.value, kappa.count, digest, on)
        told = f"{model} agrees with the labels (kappa {kappa.value:.2f}) and may decide."
    counts = Counter(one.outcome for one in real)
    share = {word: count / len(real) for word, count in counts.items()}
    return JudgeBench(
        trust=trust,
        told=told,
        kappa=kappa,
        uncertain=share.get("uncertain", 0.0),
        unseen=share.get("cannot see", 0.0),
        unanswered=share.get("no answer", 0.0),
        fooled=fooled,
        by_attribute=_by_attribute(real, truths),
    )


def labels_digest(labelled: Sequence[Labelled]) -> str:
    """Return the digest of questions, pictures and truths, in their order."""
    return _digest(_rounds(labelled), labelled)


def _digest(asked: Sequence[Round], labelled: Sequence[Labelled]) -> str:
    real = [one for one in asked if not one.question.control]
    together = zip(real, labelled, strict=True)
    return of_value([[one.question, one.first, label.truth] for one, label in together])


def _rounds(labelled: Sequence[Labelled]) -> tuple[Round, ...]:
    made: list[Round] = []
    gallery = Gallery()
    for at, label in enumerate(labelled):
        trap = label.control or _TRAPS[at % len(_TRAPS)]
        name = f"label-{at + 1:03}"
        both = (label.reference, label.candidate)
        pair = rounds(name, (label.question, trap), *both, gallery=gallery)
        if len(pair) < 2:
            raise ProjectError(
                f"The {label.question.attribute} lies outside a picture that is a "
                f"{label.reference.view} or {label.candidate.view} view.",
                where=name,
                next_step="Mend the view or the zone of that label.",
            )
        made += pair
    return tuple(made)


def _refusal(kappa: Kappa, fooled: float, other: float) -> str:
    """Return why a judge may not decide, or an empty text."""
    if fooled > _FOOLED_MOST:
        return f"It agreed with {fooled:.0%} of the made-up expectations, so it is dropped."
    if other < _OTHER_LEAST:
        return "Nearly all labels say the same, so agreeing with them proves nothing."
    if kappa.value is None or kappa.value < KAPPA_LEAST:
        value = "undefined" if kappa.value is None else f"{kappa.value:.2f}"
        return f"Its kappa with the labels is {value}; deciding takes {KAPPA_LEAST}."
    return ""


def _by_attribute(
    heard: Sequence[Heard], truths: Sequence[str]
) -> tuple[tuple[str, int, int], ...]:
    asked: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for one, truth in zip(heard, truths, strict=True):
        asked[one.question.attribute] += 1
        right[one.question.attribute] += one.outcome == truth
    return tuple((name, count, right[name]) for name, count in sorted(asked.items()))
