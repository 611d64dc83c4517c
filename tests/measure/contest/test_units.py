from __future__ import annotations

import pytest

from stillreel.errors import ProjectError
from stillreel.measure.contest.nouns import Card, Weights
from stillreel.measure.contest.units import cheapness, difference, primary

EVEN = Weights(identity=1, attributes=1, plan=0)


def test_the_score_is_the_weighted_mean_of_what_counts() -> None:
    card = Card(identity=0.8, attributes=0.4, plan=0.0, price=1.0)
    assert primary(card, Weights()) == pytest.approx(0.5 * 0.8 + 0.3 * 0.4)
    assert primary(card, Weights(identity=5, attributes=3, plan=2)) == pytest.approx(0.52)


def test_what_is_not_measurable_leaves_the_denominator() -> None:
    assert primary(Card(identity=0.8), EVEN) == pytest.approx(0.8)
    assert primary(Card(plan=0.8), EVEN) is None


def test_a_kind_that_one_side_cannot_show_counts_for_neither() -> None:
    first, second = Card(identity=0.7, attributes=0.1), Card(identity=0.6)
    assert difference(first, second, EVEN) == pytest.approx(0.1)
    assert difference(second, first, EVEN) == pytest.approx(-0.1)


def test_sides_with_nothing_in_common_cannot_be_compared() -> None:
    assert difference(Card(identity=0.7), Card(attributes=0.6), EVEN) is None


def test_a_failed_gate_or_a_refusal_loses_the_unit() -> None:
    refused = Card(fault="refused")
    miscounted = Card(identity=0.99, attributes=0.99, fault="8 panels instead of 9")
    sound = Card(identity=0.6)
    assert difference(sound, refused, EVEN) == pytest.approx(0.6)
    assert difference(miscounted, sound, EVEN) == pytest.approx(-0.6)


def test_two_that_fail_are_level() -> None:
    assert difference(Card(fault="refused"), Card(fault="8 panels"), EVEN) == 0


def test_an_answer_that_is_lost_is_nobodys_fault() -> None:
    assert difference(Card(identity=0.9), None, EVEN) is None
    assert difference(None, Card(identity=0.9), EVEN) is None


def test_the_cheaper_scores_in_proportion() -> None:
    assert cheapness([40_000, 80_000, 40_000]) == (1.0, 0.5, 1.0)
    assert cheapness([0, 40_000]) == (1.0, 0.0)
    assert cheapness([0, 0]) == (1.0, 1.0)
    assert cheapness([]) == ()


@pytest.mark.parametrize(
    "wrong",
    [{"identity": -1}, {"identity": 0, "attributes": 0, "plan": 0}, {"price": float("nan")}],
)
def test_weights_that_weigh_nothing_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ProjectError, match="weigh nothing"):
        Weights(**wrong)
