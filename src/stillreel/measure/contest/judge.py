"""Decide between two: one look at the paired differences, as often as one likes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from stillreel.measure.contest import wager
from stillreel.measure.contest.nouns import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from stillreel.measure.contest.nouns import Rules

    Numbers = NDArray[np.float64]

_PLAUSIBLE = 1.5
"""Standard errors that the units to come may lie from the mean so far, at best."""


def judge(differences: Sequence[float | None], rules: Rules, *, last: bool = False) -> Verdict:
    """Say how a contest stands; valid after every unit, and when the budget is raised later.

    Args:
        differences: first minus second, one for each unit in the order asked; None where a unit
            could not be compared. It was paid for, so it counts towards the cap only.
        rules: declared before the first unit.
        last: nothing more will be paid for, whatever the rules say.

    Returns:
        The verdict; `undecided` only when more units are worth paying for.

    Raises:
        ValueError: a difference is not a finite number.
    """
    known = np.array([one for one in differences if one is not None], np.float64)
    if not np.isfinite(known).all():
        raise ValueError("a difference between two scores is a finite number")
    left = 0 if last else max(0, rules.cap - len(differences))
    if known.size < rules.first:
        return _too_few(known, left, rules)
    look = _Look(known, left, rules)
    winner = look.winner()
    if winner:
        return look.verdict(winner, look.lead())
    if look.is_equal():
        told = f"the difference is smaller than the {rules.equal:g} that counts"
        return look.verdict("no difference shown", told)
    if not left:
        told = f"the evidence after {known.size} units is {look.e_value:.2g}, it takes "
        return look.verdict("no difference shown", told + f"{rules.threshold:.3g}")
    if not look.can_become_clear():
        told = f"{left} more units at their best would not make it clear either"
        return look.verdict("no difference shown", told)
    told = f"the evidence so far is {look.e_value:.2g}, it takes {rules.threshold:.3g}"
    return look.verdict("undecided", told, min(rules.batch, left))


def _too_few(known: Numbers, left: int, rules: Rules) -> Verdict:
    """Return the verdict before the first look: go on if that can lead anywhere."""
    most = known.size + left
    mean = float(known.mean()) if known.size else 0.0
    if most < rules.first:
        why = f"too few: {known.size} units could be compared, it takes {rules.first}"
    elif not wager.reached(
        np.array([wager.best_evidence(most, rules.first, rules.threshold)]), rules.threshold
    ).all():
        why = f"too few: even {most} units all one way would not make it clear"
    else:
        missing = min(rules.first - known.size, left)
        why = f"{known.size} of the {rules.first} units of the first look are in"
        return Verdict("undecided", why, mean, None, 1.0, rules.threshold, known.size, int(missing))
    return Verdict("no difference shown", why, mean, None, 1.0, rules.threshold, known.size, 0)


@dataclass(slots=True)
class _Look:
    """One look at enough units."""

    known: Numbers
    left: int
    rules: Rules
    mean: float = 0.0
    e_value: float = 1.0
    _reached: NDArray[np.bool_] | None = None
    _leads: Numbers | None = None

    def __post_init__(self) -> None:
        shifts = np.array([0.0, self.rules.equal, -self.rules.equal])
        stakes, self._leads = self._stakes(self.known[None, :] - shifts[:, None])
        self._reached = wager.reached(stakes, self.rules.threshold)
        self.mean = float(self.known.mean())
        self.e_value = float(stakes[0])

    def winner(self) -> Literal["first", "second", ""]:
        """Return who is ahead for certain; evidence and mean must name the same side."""
        assert self._reached is not None
        assert self._leads is not None
        if not self._reached[0] or self.mean * self._leads[0] <= 0:
            return ""
        return "first" if self.mean > 0 else "second"

    def is_equal(self) -> bool:
        """Return whether differences that count are ruled out on both sides."""
        assert self._reached is not None
        assert self._leads is not None
        ruled_out = self._reached[1:].all() and self._leads[1] < 0 < self._leads[2]
        return bool(ruled_out) and abs(self.mean) < self.rules.equal

    def can_become_clear(self) -> bool:
        """Return whether the units that are left could still bring a winner.

        For each side the best that is plausible is taken: every unit to come lies exactly at the
        far edge of where the mean of the rest may lie, without any spread. Real units spread, so
        this gives up late rather than early. Proving equality is not worth paying for.
        """
        count = self.known.size
        spread = float(self.known.std(ddof=1))
        reach = _PLAUSIBLE * spread * (1 / count + 1 / self.left) ** 0.5
        ends = np.array([self.mean + reach, self.mean - reach])
        rest = np.repeat(ends[:, None], self.left, axis=1)
        stakes, _ = self._stakes(np.concatenate([np.tile(self.known, (2, 1)), rest], axis=1))
        return bool(wager.reached(stakes, self.rules.threshold).any())

    def lead(self) -> str:
        """Return who leads by how much, in words without names."""
        ahead = int((self.known * np.sign(self.mean) > 0).sum())
        told = f"ahead on {ahead} of {self.known.size} units, by {abs(self.mean):.2g} on average"
        small = abs(self.mean) < self.rules.equal
        return told + (f", less than the {self.rules.equal:g} that counts" if small else "")

    def verdict(
        self,
        outcome: Literal["first", "second", "no difference shown", "undecided"],
        why: str,
        more: int = 0,
    ) -> Verdict:
        """Return the verdict of this look."""
        rules = self.rules
        interval = wager.interval(self.known, rules.first, rules.threshold)
        return Verdict(
            outcome,
            why,
            self.mean,
            interval,
            self.e_value,
            rules.threshold,
            self.known.size,
            more,
        )

    def _stakes(self, rows: Numbers) -> tuple[Numbers, Numbers]:
        return wager.stakes(rows, self.rules.first, self.rules.threshold)
