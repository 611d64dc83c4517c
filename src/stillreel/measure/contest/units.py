"""Turn what was measured on one unit, a whole sheet or board, into one number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.measure.contest.nouns import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.measure.contest.nouns import Card, Kind, Weights


def primary(card: Card, weights: Weights, kinds: Sequence[Kind] = KINDS) -> float | None:
    """Return the score that the contest is about, 0..1.

    Args:
        card: what was measured.
        weights: how much each kind counts.
        kinds: those that count here; the rest leave the sum and the denominator alike.

    Returns:
        The weighted mean over the kinds that were measured, 0 for a card with a fault, and None
        where nothing that counts could be measured.
    """
    if card.fault:
        return 0.0
    counted = [
        (weights.of(kind), score)
        for kind in kinds
        if (score := card.of(kind)) is not None and weights.of(kind) > 0
    ]
    total = sum(weight for weight, _ in counted)
    return sum(weight * score for weight, score in counted) / total if counted else None


def difference(first: Card | None, second: Card | None, weights: Weights) -> float | None:
    """Return how far the first is ahead on one unit, -1..1.

    A kind that one of the two cannot show counts for neither. A picture that fails a gate, or
    that was refused, cannot be used, so it is worth 0 and the unit is lost; where both fail, they
    are level. Leaving such units out would reward whoever fails on the hard asks.

    Args:
        first: its card; None where there is none: an answer that is lost, or not asked for.
        second: the same for its rival.
        weights: how much each kind counts.

    Returns:
        The difference, or None where the two cannot be compared.
    """
    if first is None or second is None:
        return None
    kinds: list[Kind] = [kind for kind in KINDS if _shown(first, kind) and _shown(second, kind)]
    one, other = primary(first, weights, kinds), primary(second, weights, kinds)
    return None if one is None or other is None else one - other


def cheapness(prices: Sequence[int]) -> tuple[float, ...]:
    """Return a price score, 0..1, for each rival on one unit.

    Args:
        prices: what each paid for it, retries included, in any unit of money, none below 0.

    Returns:
        The lowest price over its own: 1 for the cheapest, 0.5 for twice that. Beside something
        free, whatever costs anything scores 0.
    """
    lowest = min(prices, default=0)
    return tuple(1.0 if price == lowest else lowest / price for price in prices)


def _shown(card: Card, kind: Kind) -> bool:
    return bool(card.fault) or card.of(kind) is not None
