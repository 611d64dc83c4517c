"""Two numbers of statistics: Wilson's interval of a rate, and Cohen's kappa of two who answer."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

from stillreel.measure.judge.nouns import Kappa

if TYPE_CHECKING:
    from collections.abc import Sequence

_Z = 1.959963984540054
"""Standard errors on either side of 95 %."""


def wilson(rate: float, count: float) -> tuple[float, float]:
    """Return the 95 % score interval of a rate seen in `count` answers (Wilson 1927).

    Args:
        rate: 0..1.
        count: answers, above 0; need not be whole where they weigh differently.
    """
    square = _Z * _Z
    middle = rate + square / (2 * count)
    reach = _Z * sqrt(rate * (1 - rate) / count + square / (4 * count * count))
    whole = 1 + square / count
    return max(0.0, (middle - reach) / whole), min(1.0, (middle + reach) / whole)


def effective(weights: Sequence[float]) -> float:
    """Return how many equal answers weigh as much as these (Kish 1965)."""
    return sum(weights) ** 2 / sum(one * one for one in weights)


def agreement(answers: Sequence[str], labels: Sequence[str]) -> Kappa:
    """Return Cohen's kappa of answers with labels, with its large-sample standard error.

    Cohen 1960; the error is that of Fleiss, Cohen and Everitt 1969.

    Raises:
        ValueError: there are none, or not as many of one as of the other.
    """
    if len(answers) != len(labels) or not labels:
        raise ValueError("as many answers as labels, and at least one")
    words = sorted({*answers, *labels})
    table = np.zeros((len(words), len(words)))
    for answer, label in zip(answers, labels, strict=True):
        table[words.index(answer), words.index(label)] += 1
    share = table / table.sum()
    rows, columns = share.sum(axis=1), share.sum(axis=0)
    observed, expected = float(np.trace(share)), float(rows @ columns)
    count = len(labels)
    if expected > 1 - 1e-12:
        return Kappa(None, None, None, observed, expected, count)
    value = (observed - expected) / (1 - expected)
    diagonal = np.diag(share)
    same = float((diagonal * (1 - (rows + columns) * (1 - value)) ** 2).sum())
    crossed = share * (columns[:, None] + rows[None, :]) ** 2
    other = (1 - value) ** 2 * float(crossed.sum() - np.trace(crossed))
    chance = (value - expected * (1 - value)) ** 2
    error = sqrt(max(0.0, same + other - chance)) / ((1 - expected) * sqrt(count))
    interval = max(-1.0, value - _Z * error), min(1.0, value + _Z * error)
    return Kappa(value, interval, error, observed, expected, count)
