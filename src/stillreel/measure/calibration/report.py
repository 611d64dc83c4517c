"""How well a tier reads hard cases: errors at the shipped threshold, order, dose and coverage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from stillreel.measure.calibration.families import DOSES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from stillreel.measure.calibration.families import Family
    from stillreel.measure.calibration.people import Part
    from stillreel.measure.nouns import IdentityScore, Image, Tier

    Judge = Callable[[Image, Image], IdentityScore]
    """Scores a candidate against a reference."""


@dataclass(frozen=True, slots=True)
class Dose:
    """How one part's score answers a growing change of its colour."""

    part: Part
    told: float
    """Share of the pictures in which the tier could tell."""
    means: tuple[float, ...]
    """Mean score at each of `DOSES`, over what could be told."""
    order: float
    """Mean rank correlation of dose and loss, -1..1."""


@dataclass(frozen=True, slots=True)
class Report:
    """A tier on drawn pairs of one look."""

    tier: Tier
    look: str
    families: int
    other: float
    """ROC-AUC of the same person against somebody else."""
    alike: float
    """ROC-AUC of the same person against somebody else in the same clothes."""
    false_accept: float
    """Share of different people that were called the same."""
    false_accept_alike: float
    """The same, of those in the same clothes."""
    false_reject: float
    """Share of pictures of one person that were called different."""
    coverage: float
    """Share of second pictures of a candidate that scored inside the first one's interval."""
    doses: tuple[Dose, ...]


def calibrate(judge: Judge, cases: Iterable[Family], *, tier: Tier, look: str) -> Report:
    """Measure a tier on families of hard cases.

    Args:
        judge: the tier, `identity` for the embedded one.
        cases: what it is tried on.
        tier: its name.
        look: the cases' drawing style.

    Raises:
        ValueError: there are no cases.
    """
    same: list[IdentityScore] = []
    other: list[IdentityScore] = []
    alike: list[IdentityScore] = []
    inside: list[bool] = []
    answers: dict[Part, list[list[float | None]]] = {}
    count = 0
    for family in cases:
        count += 1
        for pictures, kept in (
            (family.same, same),
            (family.other, other),
            (family.alike, alike),
        ):
            scores = [judge(family.reference, picture) for picture in pictures]
            kept.extend(scores)
            inside += [
                one.interval[0] <= two.score <= one.interval[1]
                for one in scores
                for two in scores
                if one is not two
            ]
        for series in family.changed:
            answers.setdefault(series.part, []).append(
                [_of(judge(family.reference, one), series.part) for one in series.pictures]
            )
    if not count:
        msg = "there are no cases to calibrate on"
        raise ValueError(msg)
    return Report(
        tier=tier,
        look=look,
        families=count,
        other=auc([one.score for one in same], [one.score for one in other]),
        alike=auc([one.score for one in same], [one.score for one in alike]),
        false_accept=float(np.mean([one.same for one in other])),
        false_accept_alike=float(np.mean([one.same for one in alike])),
        false_reject=float(np.mean([not one.same for one in same])),
        coverage=float(np.mean(inside)),
        doses=tuple(_dose(part, rows) for part, rows in answers.items()),
    )


def auc(higher: Sequence[float], lower: Sequence[float]) -> float:
    """Return how often a value of the first lies above one of the second, ties half."""
    first, second = np.asarray(higher)[:, None], np.asarray(lower)[None, :]
    return float((first > second).mean() + (first == second).mean() / 2)


def order(doses: Sequence[float], scores: Sequence[float]) -> float:
    """Return the rank correlation (Spearman) of dose and loss, 1 when each dose scores lower."""
    if np.ptp(scores) == 0:
        return 0.0
    ranks = [_ranks(doses), -_ranks(scores)]
    return float(np.corrcoef(ranks)[0, 1])


def table(reports: Sequence[Report]) -> str:
    """Return the reports as Markdown tables."""
    head = (
        "| tier | look | people | AUC, other | AUC, same clothes | false accept "
        "| false accept, same clothes | false reject | coverage |"
    )
    lines = [
        head,
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    lines += [
        f"| {one.tier} | {one.look} | {one.families} | {one.other:.3f} | {one.alike:.3f} "
        f"| {one.false_accept:.2f} | {one.false_accept_alike:.2f} | {one.false_reject:.2f} "
        f"| {one.coverage:.2f} |"
        for one in reports
    ]
    heads = " | ".join(f"dose {dose}" for dose in DOSES)
    lines += [
        "",
        f"| tier | look | part | told | {heads} | rank correlation |",
        "| --- " * (len(DOSES) + 5) + "|",
    ]
    for one in reports:
        for dose in one.doses:
            means = " | ".join(f"{value:.2f}" for value in dose.means)
            lines.append(
                f"| {one.tier} | {one.look} | {dose.part} | {dose.told:.2f} | {means} "
                f"| {dose.order:.2f} |"
            )
    return "\n".join(lines)


def _of(score: IdentityScore, part: str) -> float | None:
    return next((one.score for one in score.attributes if one.name == part), None)


def _dose(part: Part, rows: Sequence[Sequence[float | None]]) -> Dose:
    told = [value is not None for row in rows for value in row]
    known = np.array([[np.nan if value is None else value for value in row] for row in rows])
    counted = (~np.isnan(known)).sum(axis=0)
    means = np.nansum(known, axis=0) / np.maximum(counted, 1)
    whole = known[~np.isnan(known).any(axis=1)]
    orders = [order(DOSES, row.tolist()) for row in whole]
    return Dose(
        part,
        float(np.mean(told)),
        tuple(float(value) for value in means),
        float(np.mean(orders)) if orders else 0.0,
    )


def _ranks(values: Sequence[float]) -> np.ndarray:
    """Return ranks, equal values sharing their mean rank."""
    array = np.asarray(values, np.float64)
    below = (array[None, :] < array[:, None]).sum(axis=1)
    ties = (array[None, :] == array[:, None]).sum(axis=1)
    return below + (ties - 1) / 2
