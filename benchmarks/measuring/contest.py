"""How often the bake-off is wrong, and how soon it is right: contests judged look by look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from stillreel.measure.contest.judge import judge
from stillreel.measure.contest.nouns import Rules

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

CONTESTS = 2000
SPREAD = 0.1
"""Standard deviation of the paired differences; nothing but practical equality depends on it."""
LEVEL = ("normal", "t3", "beta", "ninths", "skewed")
"""Shapes of the differences between equals."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What came of many contests."""

    right: float
    wrong: float
    units: float
    """Mean number of units paid for."""


def differences(shape: str, size: tuple[int, int], seed: int) -> Numbers:
    """Return differences of mean 0 and spread `SPREAD`; all but `skewed` are symmetrical."""
    chance = np.random.default_rng(seed)
    made, spread = {
        "normal": lambda: (chance.standard_normal(size), 1.0),
        "t3": lambda: (chance.standard_t(3, size), 3**0.5),
        "beta": lambda: (chance.beta(2, 5, size) - chance.beta(2, 5, size), (5 / 98) ** 0.5),
        "ninths": lambda: (
            (chance.binomial(9, 0.8, size) - chance.binomial(9, 0.8, size)) / 9,
            (2 * 0.16 / 9) ** 0.5,
        ),
        "skewed": lambda: (chance.beta(2, 5, size) - 2 / 7, (5 / 196) ** 0.5),
    }[shape]()
    return made * (SPREAD / spread)


def played(shape: str, effect: float, rules: Rules, contests: int = CONTESTS) -> Tally:
    """Play contests until each is over; the first side is better by `effect` spreads."""
    right = wrong = paid = 0
    for row in differences(shape, (contests, rules.cap), 20 + rules.cap) + effect * SPREAD:
        asked = 0
        while (verdict := judge(row[:asked].tolist(), rules)).more:
            asked += verdict.more
        paid += asked
        right += verdict.outcome == "first"
        wrong += verdict.outcome == "second" or (not effect and verdict.outcome == "first")
    return Tally(right / contests, wrong / contests, paid / contests)


def rows(folder: Path) -> Iterable[tuple[str, str, str, bool]]:
    """Yield figure, value, goal and whether it is met; no picture is needed."""
    del folder
    rules = Rules()
    for shape in LEVEL:
        found = played(shape, 0.0, rules)
        told = f"{found.wrong:.3f} ({found.units:.1f} units)"
        yield f"bake-off of equals, {shape}: wrong winners", told, "<= 0.05", found.wrong <= 0.05
    for shape in ("normal", "t3"):
        found = played(shape, 0.8, rules)
        name = f"bake-off at effect 0.8, {shape}"
        yield f"{name}: right", f"{found.right:.3f}", ">= 0.90", found.right >= 0.9
        yield f"{name}: mean units", f"{found.units:.1f}", "<= 16", found.units <= 16
