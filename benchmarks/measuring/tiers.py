"""What of the model and judge tiers can be measured without weights and without a vendor."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from stillreel.measure.judge.bench import bench
from stillreel.measure.judge.nouns import WEIGHTS, Depiction, Labelled, Question
from stillreel.measure.judge.rates import agreement, effective, wilson
from stillreel.providers.ask import JudgeAnswer
from stillreel.providers.offer import Offer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from numpy.random import Generator

    from stillreel.providers.ask import JudgeAsk, Seen

BENCHES = 30
LABELS = 60
RUNS = 4000
SEEN: tuple[Seen, ...] = ("present", "changed", "absent", "cannot see")
TODAY = date(2026, 11, 27)
OFFER = Offer(provider="standin", dated=TODAY, makes="judge", model="stand-in", version="1")
SKIN = ((10, 4, 1, 0), (5, 10, 12, 2), (2, 4, 12, 5), (0, 2, 6, 13))
"""SAS/STAT User's Guide, The FREQ Procedure, Agreement Study: kappa 0.3449."""
SEVERITIES = ("identity-breaking",) * 4 + ("visible",) * 4 + ("minor",) * 4


def labelled() -> tuple[Labelled, ...]:
    """Labels on a picture of a few pixels: the answers are drawn by lot, not looked up."""
    picture = Depiction(np.zeros((8, 8, 3), np.uint8))
    return tuple(
        Labelled(Question("hat", "whole", str(at), "visible"), picture, picture, SEEN[at % 3])
        for at in range(LABELS)
    )


def trusted(wrong: float, rng: Generator, always: Seen | None = None) -> tuple[float, float]:
    """Return the share of benches a judge comes through, and its mean kappa."""
    labels = labelled()
    passed, kappas = 0, []

    async def hear(asks: Sequence[JudgeAsk]) -> list[JudgeAnswer]:
        answers: list[JudgeAnswer] = []
        for at, ask in enumerate(asks):
            # Questions and traps take turns; a trap's expectation is never there.
            trap = at % 2 == 1
            true: Seen = "changed" if trap else labels[at // 2 % LABELS].truth
            assert trap == ("all clothes are" in ask.prompt)
            others = [word for word in SEEN if word != true]
            seen = others[int(rng.integers(3))] if rng.random() < wrong else true
            answers.append(JudgeAnswer(always or seen))
        return answers

    for _ in range(BENCHES):
        found = asyncio.run(bench(labels, hear, OFFER, TODAY))
        passed += found.trust is not None
        kappas.append(found.kappa.value or 0.0)
    return passed / BENCHES, float(np.mean(kappas))


def coverage(rng: Generator) -> float:
    """Return how often the interval of a weighted rate holds the true rate, at its worst rate."""
    weights = np.array([WEIGHTS[one] for one in SEVERITIES], float)
    worst = 1.0
    for true in (0.5, 0.6, 0.7, 0.8, 0.9, 0.95):
        there = rng.random((RUNS, weights.size)) < true
        rates = there @ weights / weights.sum()
        spans = [wilson(float(rate), effective(weights.tolist())) for rate in rates]
        worst = min(worst, float(np.mean([low <= true <= high for low, high in spans])))
    return worst


def rows(folder: Path) -> Iterable[tuple[str, str, str, bool]]:
    """Yield figure, value, goal, met; the labelled pictures in `folder` are not needed."""
    del folder
    pairs = [(a, b) for a, line in enumerate(SKIN) for b, n in enumerate(line) for _ in range(n)]
    kappa = agreement([str(a) for a, _ in pairs], [str(b) for _, b in pairs]).value or 0.0
    yield "judge: kappa of a published table", f"{kappa:.4f}", "0.3449", f"{kappa:.4f}" == "0.3449"
    rng = np.random.default_rng(20_011)
    for wrong, least in ((0.02, True), (0.05, True), (0.25, False), (0.75, False)):
        share, mean = trusted(wrong, rng)
        name = f"judge: wrong in {wrong:.0%} of answers (mean kappa {mean:.2f}), let through"
        yield (
            name,
            f"{share:.2f}",
            ">= 0.95" if least else "<= 0.05",
            share >= 0.95 if least else share <= 0.05,
        )
    share, _ = trusted(0.0, rng, always="present")
    yield "judge: nods at everything, let through", f"{share:.2f}", "0.00", share == 0
    held = coverage(rng)
    yield (
        "judge: Wilson interval holds the rate, worst rate",
        f"{held:.3f}",
        ">= 0.92",
        held >= 0.92,
    )
