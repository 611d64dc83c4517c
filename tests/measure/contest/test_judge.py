from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from stillreel.errors import ProjectError
from stillreel.measure.contest.judge import judge
from stillreel.measure.contest.nouns import Rules, Verdict

RULES = Rules()


def _played(values: np.ndarray, rules: Rules = RULES) -> tuple[Verdict, int]:
    asked = 0
    while True:
        verdict = judge(list(values[:asked]), rules)
        if verdict.outcome != "undecided":
            return verdict, asked
        assert verdict.more >= 1
        asked += verdict.more


def test_before_the_first_unit_the_units_of_the_first_look_are_asked_for() -> None:
    verdict = judge([], RULES)
    assert (verdict.outcome, verdict.more) == ("undecided", RULES.first)


def test_fewer_units_than_the_first_look_show_no_difference() -> None:
    verdict = judge([0.4] * 7, RULES, last=True)
    assert verdict.outcome == "no difference shown"
    assert verdict.why.startswith("too few: 7 units could be compared")
    assert verdict.more == 0
    assert verdict.interval is None


def test_a_budget_below_the_first_look_is_not_worth_spending() -> None:
    verdict = judge([], replace(RULES, cap=3))
    assert (verdict.outcome, verdict.more) == ("no difference shown", 0)


def test_so_many_rivals_that_no_budget_is_enough_are_told_so_at_once() -> None:
    verdict = judge([], replace(RULES, cap=8, comparisons=100))
    assert verdict.outcome == "no difference shown"
    assert "even 8 units all one way" in verdict.why


@pytest.mark.parametrize(("value", "side"), [(0.2, "first"), (-0.2, "second")])
def test_one_side_ahead_on_all_of_eight_units_wins(value: float, side: str) -> None:
    verdict = judge([value] * 8, RULES)
    assert verdict.outcome == side
    assert verdict.why == "ahead on 8 of 8 units, by 0.2 on average"
    assert verdict.more == 0


def test_a_lead_that_does_not_count_is_still_told_as_a_lead() -> None:
    verdict = judge([0.02, 0.03] * 5, RULES)
    assert verdict.outcome == "first"
    assert verdict.why.endswith("less than the 0.05 that counts")


def test_ties_throughout_end_at_the_first_look() -> None:
    verdict, asked = _played(np.zeros(30))
    assert verdict.outcome == "no difference shown"
    assert "smaller than the 0.05" in verdict.why
    assert asked == 8


def test_small_differences_both_ways_end_as_practically_equal() -> None:
    verdict, asked = _played(np.tile([0.02, -0.02], 15))
    assert verdict.outcome == "no difference shown"
    assert verdict.interval is not None
    assert -0.05 < verdict.interval[0] < verdict.interval[1] < 0.05
    assert asked < 20


def test_a_contest_that_cannot_become_clear_stops_paying() -> None:
    verdict, asked = _played(np.tile([0.3, -0.3], 15))
    assert verdict.outcome == "no difference shown"
    assert "would not make it clear" in verdict.why
    assert asked < RULES.cap


def test_units_that_could_not_be_compared_are_paid_for_but_prove_nothing() -> None:
    rules = replace(RULES, cap=12)
    verdict = judge([None] * 5 + [0.2] * 7, rules)
    assert verdict.outcome == "no difference shown"
    assert verdict.units == 7
    short = judge([None] * 4 + [0.2] * 7, rules)
    assert (short.outcome, short.more) == ("undecided", 1)


def test_a_winner_needs_a_mean_on_its_own_side() -> None:
    verdict = judge([0.05] * 11 + [-0.9], RULES)
    assert verdict.mean < 0
    assert verdict.outcome not in {"first", "second"}


def test_a_verdict_stands_when_later_units_are_shown() -> None:
    values = [0.1, 0.12] * 5
    assert judge(values, RULES).outcome == "first"
    assert judge([*values, -0.1, -0.1, -0.1], RULES).outcome == "first"


def test_a_raised_budget_goes_on_where_the_contest_stood() -> None:
    values = list(np.random.default_rng(8).standard_normal(14) * 0.1 + 0.04)
    ended = judge(values, replace(RULES, cap=14))
    assert ended.outcome == "no difference shown"
    more = judge(values, RULES)
    assert (more.outcome, more.e_value) == ("undecided", pytest.approx(ended.e_value))


def test_batches_never_ask_beyond_the_cap() -> None:
    values = list(np.random.default_rng(8).standard_normal(29) * 0.1 + 0.04)
    verdict = judge(values, replace(RULES, batch=4))
    assert verdict.more <= 1


def test_more_comparisons_ask_for_more_evidence() -> None:
    values = [0.2] * 8
    assert judge(values, RULES).outcome == "first"
    strict = judge(values, replace(RULES, comparisons=6))
    assert strict.outcome == "undecided"
    assert strict.threshold == pytest.approx(6 * RULES.threshold)


def test_equals_are_seldom_told_apart_and_a_clear_difference_is_found_soon() -> None:
    chance = np.random.default_rng(17)
    level = Counter(_played(chance.standard_normal(30))[0].outcome for _ in range(60))
    assert level["first"] + level["second"] <= 0.05 * 60 + 4
    played = [_played(chance.standard_normal(30) + 0.8) for _ in range(60)]
    right = Counter(verdict.outcome for verdict, _ in played)
    assert right["first"] >= 0.8 * 60
    assert right["second"] == 0
    assert np.mean([asked for _, asked in played]) <= 17


def test_a_difference_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="finite"):
        judge([0.1, float("nan")], RULES)


@pytest.mark.parametrize(
    "wrong",
    [{"cap": 0}, {"first": 1}, {"batch": 0}, {"level": 0}, {"level": 1}, {"equal": -0.1}],
)
def test_rules_that_decide_nothing_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ProjectError, match="nothing can be decided"):
        Rules(**wrong)
