"""The test under the contest: a wager on the signs of the differences.

Were there no difference, the two sides could change places in any unit, so the sign of a unit's
difference would be the toss of a coin, whatever its size. Whoever bets on those coins cannot
expect to gain; the chance that a stake of 1 ever grows to 20 is at most 1 in 20, however often one
looks and whenever one stops. The stake is therefore the evidence (an e-value), and no spread and
no shape has to be known or assumed beyond that symmetry.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

_BOLDNESS = np.array([0.7, 2.0])
"""How steeply a bet grows with the size of a difference: for clear cases, for obvious ones."""
_SHARES = np.array([0.75, 0.25])
"""How the stake is divided between them."""
_ROUNDING = 1e-9
_TINY = 1e-300


def stakes(rows: Numbers, first: int, goal: float) -> tuple[Numbers, Numbers]:
    """Return what a stake of 1 has become, and for which side.

    Nobody bets more than is needed to reach the goal, and a stake that has reached it stays there:
    the evidence of a decided contest does not wither.

    Args:
        rows: (contests, units) differences in the order in which they came.
        first: units before the first look; their sizes, not their signs, set the first scale.
        goal: the stake at which betting ends.

    Returns:
        (contests,) stakes in 0..goal, and (contests,) leads: above 0 where the evidence is for
        positive differences.
    """
    bets = np.tanh(_BOLDNESS[:, None, None] * (rows / _scales(rows, first))).swapaxes(0, 2)
    both = np.concatenate([bets, -bets], axis=2)
    each = np.tile(np.concatenate([_SHARES, _SHARES]) / 2, (rows.shape[0], 1))
    total = np.ones(rows.shape[0])
    for bet in both:
        change = np.einsum("ij,ij->i", each, bet)
        needed = (goal - total) / np.maximum(np.abs(change), _TINY)
        held = np.minimum(needed, 1.0)
        each *= 1 + held[:, None] * bet
        total += held * change
    above, below = each[:, : _SHARES.size], each[:, _SHARES.size :]
    return total, above.sum(axis=1) - below.sum(axis=1)


def reached(stake: Numbers, goal: float) -> NDArray[np.bool_]:
    """Return where a stake has reached its goal, rounding aside."""
    return stake >= goal * (1 - _ROUNDING)


def interval(differences: Numbers, first: int, goal: float) -> tuple[float, float] | None:
    """Return the differences that the wager does not rule out: a confidence sequence.

    Every shift of the differences is tested; the ends are rounded outwards to a grid of 1 / 250 of
    their span, and the mean always lies inside.

    Args:
        differences: (units,) in the order in which they came.
        first: units before the first look.
        goal: the stake at which a shift is ruled out.

    Returns:
        Lower and upper end, or None while one of them is not bounded.
    """
    low, high = float(differences.min()), float(differences.max())
    span = max(high - low, _ROUNDING * max(abs(low), abs(high)), 1e-12)
    coarse = np.linspace(low - 2 * span, high + 2 * span, 81)
    kept = np.flatnonzero(_not_ruled_out(differences, coarse, first, goal))
    if not kept.size:
        # Only a point between two grid lines is left, as when all differences are the same.
        return low, high
    if kept[0] == 0 or kept[-1] == coarse.size - 1:
        return None
    fine = np.linspace(0.0, 1.0, 17)
    step = coarse[1] - coarse[0]
    left = coarse[kept[0] - 1] + step * fine
    right = coarse[kept[-1]] + step * fine
    alive = _not_ruled_out(differences, np.concatenate([left, right]), first, goal)
    lower = left[max(int(np.argmax(alive[: fine.size])) - 1, 0)]
    last = int(np.flatnonzero(alive[fine.size :])[-1])
    upper = right[min(last + 1, fine.size - 1)]
    mean = float(differences.mean())
    return min(float(lower), mean), max(float(upper), mean)


def best_evidence(units: int, first: int, goal: float) -> float:
    """Return the stake after `units` equal differences, all for one side."""
    return float(stakes(np.ones((1, units)), first, goal)[0][0])


def _scales(rows: Numbers, first: int) -> Numbers:
    """Return (contests, units) mean sizes of the differences so far; ties say nothing of size."""
    sizes = np.abs(rows)
    counted = np.cumsum(sizes > 0, axis=1)
    scales = np.cumsum(sizes, axis=1) / np.maximum(counted, 1)
    start = min(first, rows.shape[1])
    scales[:, :start] = scales[:, start - 1 : start]
    return np.where(scales > 0, scales, 1.0)


def _not_ruled_out(
    differences: Numbers, shifts: Numbers, first: int, goal: float
) -> NDArray[np.bool_]:
    return ~reached(stakes(differences[None, :] - shifts[:, None], first, goal)[0], goal)
