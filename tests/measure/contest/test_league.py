from __future__ import annotations

import pytest

from stillreel.errors import ProjectError
from stillreel.measure.contest.league import league
from stillreel.measure.contest.nouns import Card, Rules, Weights

RULES = Rules()
WEIGHTS = Weights()


def _units(*columns: list[float]) -> list[tuple[Card | None, ...]]:
    return [tuple(Card(identity=score) for score in row) for row in zip(*columns, strict=True)]


def test_of_two_the_one_that_is_ahead_wins() -> None:
    found = league(("lumen", "ink"), _units([0.8] * 8, [0.6] * 8), WEIGHTS, RULES)
    assert found.winner == "lumen"
    assert found.alive == ("lumen",)
    assert found.asking == ()
    assert found.more == 0
    assert found.why == ("lumen wins: ahead on 8 of 8 units, by 0.2 on average, against ink.")


def test_alone_there_is_nothing_to_decide() -> None:
    found = league(("lumen",), [], WEIGHTS, RULES)
    assert (found.winner, found.more, found.why) == ("lumen", 0, "Only lumen competed.")


def test_each_pair_raises_the_evidence_that_is_asked_for() -> None:
    found = league(("a", "b", "c"), [], WEIGHTS, RULES)
    assert [pairing.verdict.threshold for pairing in found.pairings] == pytest.approx([72.0] * 3)
    assert found.asking == ("a", "b", "c")
    assert found.more == RULES.first


def test_whoever_is_beaten_is_not_asked_again() -> None:
    near = [0.80, 0.84] * 5
    found = league(("a", "b", "c"), _units(near, near[::-1], [0.3] * 10), WEIGHTS, RULES)
    assert found.winner == ""
    assert found.alive == ("a", "b")
    assert found.asking in {("a", "b"), ()}
    later = [*_units(near, near[::-1], [0.3] * 10), (Card(identity=0.8), Card(identity=0.8), None)]
    assert league(("a", "b", "c"), later, WEIGHTS, RULES).alive == ("a", "b")


def test_without_a_difference_those_that_are_level_are_named() -> None:
    near = [0.8] * 10
    found = league(("a", "b", "c"), _units(near, near, [0.3] * 10), WEIGHTS, RULES)
    assert found.winner == ""
    assert found.more == 0
    assert found.why.startswith("No difference shown between a and b. a and b: ")


def test_last_leaves_nothing_undecided() -> None:
    found = league(("a", "b"), _units([0.8] * 3, [0.6] * 3), WEIGHTS, RULES, last=True)
    assert found.winner == ""
    assert found.asking == ()
    assert "too few" in found.why


@pytest.mark.parametrize("rivals", [(), ("lumen", "lumen")])
def test_rivals_that_do_not_differ_are_refused(rivals: tuple[str, ...]) -> None:
    with pytest.raises(ProjectError, match="differ from each other"):
        league(rivals, [], WEIGHTS, RULES)
