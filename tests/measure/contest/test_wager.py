from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from stillreel.measure.contest import wager

GOAL = 24.0


def _won(rows: np.ndarray) -> float:
    stake, _ = wager.stakes(rows, 8, GOAL)
    return float(wager.reached(stake, GOAL).mean())


@pytest.mark.parametrize(
    "sizes",
    [
        (0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1),
        (0.9, 0.01, 0.2, 0.05, 0.3, 0.0, 0.02, 0.7, 0.1, 0.4, 0.15, 0.08),
        (0.0, 0.0, 0.0, 0.5, 0.0, 0.0, 0.5, 0.0, 0.0, 0.5, 0.5, 5.0),
    ],
)
def test_over_every_way_the_coins_can_fall_the_stake_neither_grows_nor_shrinks(
    sizes: tuple[float, ...],
) -> None:
    rows = np.array(list(product((-1.0, 1.0), repeat=len(sizes)))) * sizes
    stake, _ = wager.stakes(rows, 8, GOAL)
    assert stake.mean() == pytest.approx(1.0, abs=1e-9)
    assert stake.max() <= GOAL + 1e-9
    assert wager.reached(stake, GOAL).mean() <= 1 / GOAL


@pytest.mark.parametrize("shape", ["normal", "t3", "cauchy", "beta", "ties", "mixed spread"])
def test_without_a_difference_few_contests_are_ever_won(shape: str) -> None:
    chance = np.random.default_rng(5)
    size = (4000, 30)
    rows = {
        "normal": chance.standard_normal(size),
        "t3": chance.standard_t(3, size),
        "cauchy": chance.standard_cauchy(size),
        "beta": chance.beta(2, 5, size) - chance.beta(2, 5, size),
        "ties": chance.choice([-1.0, 0.0, 1.0], size, p=[0.2, 0.6, 0.2]),
        "mixed spread": chance.standard_normal(size) * chance.choice([0.1, 1.0], size),
    }[shape]
    assert _won(rows) <= 1 / GOAL + 0.006


def test_a_stake_that_has_reached_its_goal_stays_there() -> None:
    rows = np.concatenate([np.full((1, 12), 0.1), np.full((1, 18), -0.3)], axis=1)
    before, lead = wager.stakes(rows[:, :12], 8, GOAL)
    after, later = wager.stakes(rows, 8, GOAL)
    assert wager.reached(before, GOAL).all()
    assert after == pytest.approx(before)
    assert lead > 0
    assert later == pytest.approx(lead)


def test_the_unit_of_the_scores_does_not_matter() -> None:
    rows = np.random.default_rng(1).standard_normal((50, 16)) + 0.4
    small, _ = wager.stakes(rows * 1e-4, 8, GOAL)
    large, _ = wager.stakes(rows * 1e4, 8, GOAL)
    assert small == pytest.approx(large)


def test_sides_that_change_places_have_the_same_evidence_for_the_other() -> None:
    rows = np.random.default_rng(2).standard_normal((50, 16)) + 0.4
    one, lead = wager.stakes(rows, 8, GOAL)
    other, behind = wager.stakes(-rows, 8, GOAL)
    assert one == pytest.approx(other)
    assert lead == pytest.approx(-behind)


def test_ties_are_no_evidence() -> None:
    stake, lead = wager.stakes(np.zeros((1, 20)), 8, GOAL)
    assert stake == pytest.approx([1.0])
    assert lead == pytest.approx([0.0])


def test_the_interval_holds_the_truth_at_all_of_many_looks() -> None:
    chance = np.random.default_rng(3)
    missed = 0
    for _ in range(60):
        values = chance.standard_t(3, 20) * 0.1 + 0.07
        for units in range(8, 21, 4):
            found = wager.interval(values[:units], 8, GOAL)
            if found is not None and not found[0] <= 0.07 <= found[1]:
                missed += 1
                break
    assert missed <= 6


def test_the_interval_moves_with_the_differences_and_holds_their_mean() -> None:
    values = np.random.default_rng(4).standard_normal(16) * 0.1
    found, moved = wager.interval(values, 8, GOAL), wager.interval(values + 5, 8, GOAL)
    assert found is not None
    assert moved is not None
    assert moved == pytest.approx((found[0] + 5, found[1] + 5), abs=1e-6)
    assert found[0] <= values.mean() <= found[1]


def test_too_few_units_bound_nothing() -> None:
    assert wager.interval(np.array([0.1, 0.2, 0.3]), 2, GOAL) is None


def test_equal_differences_leave_a_point() -> None:
    found = wager.interval(np.full(10, 0.05), 8, GOAL)
    assert found == pytest.approx((0.05, 0.05), abs=1e-6)
