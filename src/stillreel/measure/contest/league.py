"""Decide between several: every pair is a contest, and whoever is beaten is not asked again."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

from stillreel.errors import ProjectError
from stillreel.measure.contest.judge import judge
from stillreel.measure.contest.nouns import League, Pairing
from stillreel.measure.contest.units import difference

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.measure.contest.nouns import Card, Rules, Weights


def league(
    rivals: Sequence[str],
    units: Sequence[Sequence[Card | None]],
    weights: Weights,
    rules: Rules,
    *,
    last: bool = False,
) -> League:
    """Say how the contest between two or more rivals stands.

    The evidence asked for is multiplied by the number of pairs, so that more rivals do not mean
    more winners by luck.

    Args:
        rivals: provider ids, no two alike.
        units: for each unit asked so far, in order, a card for each rival; None where there is
            none, as for a rival that was already beaten.
        weights: how much each kind counts.
        rules: declared before the first unit; the cap counts units, not pictures.
        last: nothing more will be paid for.

    Returns:
        The winner where there is one, who is still in, and whom to ask next.

    Raises:
        ProjectError: there is no rival, or the same one twice.
    """
    if not rivals or len(set(rivals)) < len(rivals):
        raise ProjectError(
            "A bake-off needs front-ends that differ from each other.",
            where="make.sheets",
            next_step="Name each front-end once.",
        )
    pairs = tuple(combinations(range(len(rivals)), 2))
    strict = replace(rules, comparisons=max(rules.comparisons, len(pairs)))
    pairings: list[Pairing] = []
    for one, other in pairs:
        found = [difference(unit[one], unit[other], weights) for unit in units]
        pairings.append(Pairing(rivals[one], rivals[other], judge(found, strict, last=last)))
    beaten = {loser for pairing in pairings if (loser := _loser(pairing))}
    alive = tuple(name for name in rivals if name not in beaten)
    open_ = [
        pairing
        for pairing in pairings
        if pairing.verdict.outcome == "undecided" and beaten.isdisjoint(_both(pairing))
    ]
    asking = tuple(name for name in alive if any(name in _both(pairing) for pairing in open_))
    more = min((pairing.verdict.more for pairing in open_), default=0)
    winner = alive[0] if len(alive) == 1 else ""
    why = _told(winner, alive, pairings, len(open_))
    return League(winner, alive, asking, more, why, tuple(pairings))


def _both(pairing: Pairing) -> tuple[str, str]:
    return pairing.first, pairing.second


def _loser(pairing: Pairing) -> str:
    losers = {"first": pairing.second, "second": pairing.first}
    return losers.get(pairing.verdict.outcome, "")


def _told(winner: str, alive: tuple[str, ...], pairings: Sequence[Pairing], still_open: int) -> str:
    if not pairings:
        return f"Only {winner} competed."
    if winner:
        told = [
            f"{pairing.verdict.why}, against {loser}"
            for pairing in pairings
            if (loser := _loser(pairing)) and winner in _both(pairing) and loser != winner
        ]
        return f"{winner} wins: {'; '.join(told)}."
    if not alive:
        return "Each was beaten by another, so none is ahead of all."
    if still_open:
        return f"Undecided between {' and '.join(alive)}."
    told = [
        f"{pairing.first} and {pairing.second}: {pairing.verdict.why}"
        for pairing in pairings
        if set(_both(pairing)) <= set(alive)
    ]
    return f"No difference shown between {' and '.join(alive)}. {'; '.join(told)}."
