"""Who is asked first: balanced, and the same for the same film."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from stillreel.values.digest import seed_of

if TYPE_CHECKING:
    from collections.abc import Sequence


def order(units: int, rivals: Sequence[str], seed: str) -> tuple[tuple[str, ...], ...]:
    """Return for each unit the order in which the rivals are asked.

    In every block of as many units as there are rivals, each rival has each place once, so that
    a busy hour, a warm cache or a change of model at the vendor's falls on all alike. The orders
    of the first units stay when more are added.

    Args:
        units: how many units there are.
        rivals: provider ids.
        seed: what makes the orders of this film differ from another's.
    """
    turns: list[tuple[str, ...]] = []
    for block in range(-(-units // len(rivals)) if rivals else 0):
        chance = random.Random(seed_of(seed, *rivals, block))
        row = list(rivals)
        chance.shuffle(row)
        rounds = [tuple(row[start:] + row[:start]) for start in range(len(row))]
        chance.shuffle(rounds)
        turns.extend(rounds)
    return tuple(turns[:units])
