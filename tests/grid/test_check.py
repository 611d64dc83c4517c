"""A board is nine panels, or it is said what it is."""

import pytest

from stillreel.errors import BadOutput
from stillreel.grid.check import failures, problems
from stillreel.measure.staged import Seen, Wanted

NINE = [(x, y, x + 400, y + 225) for y in (10, 245, 480) for x in (10, 420, 830)]


def test_nine_clear_panels_are_no_problem() -> None:
    assert problems("C01", NINE, 0.95) == ()


@pytest.mark.parametrize("count", [0, 1, 8])
def test_another_number_of_panels_is_no_board(count: int) -> None:
    with pytest.raises(BadOutput, match=rf"holds {count} panels") as caught:
        problems("C01", NINE[:count], 0.95)
    assert "redo" in str(caught.value)


def test_an_unsure_cut_is_shown_to_a_person() -> None:
    found = problems("C01", NINE, 0.4)
    assert [problem.severity for problem in found] == ["warning"]
    assert "C01" in found[0].message


def test_a_panel_too_small_for_any_model_is_named() -> None:
    boxes = [*NINE[:4], (0, 0, 90, 50), *NINE[5:]]
    found = problems("C01", boxes, 0.95)
    assert [problem.key for problem in found] == ["panel.5"]


def seen(index: int, count: int | None = None, score: float | None = None) -> Seen:
    high = 1.0 if score is None else min(1.0, score + 0.1)
    return Seen(index, count, "mara" if score is not None else "", score, 0.0, high)


def wanted(index: int) -> Wanted:
    return Wanted(index, "medium", ("mara",), 1, "mara")


def test_what_cannot_be_measured_fails_nothing() -> None:
    assert failures("C01", 0.9, [seen(1), seen(2)], [wanted(1), wanted(2)]) == ()


def test_a_likeness_in_a_busy_scene_decides_nothing() -> None:
    assert failures("C01", 0.9, [seen(1, None, 0.1)], [wanted(1)]) == ()


def test_a_clone_is_told_with_the_number_and_the_cheapest_fix() -> None:
    (found,) = failures("C01", 0.9, [seen(1, 1), seen(2, 2)], [wanted(1), wanted(2)])
    assert found.severity == "error"
    assert "panel 2 shows 2, the plan has 1" in found.message
    assert found.hint.endswith("stillreel redo DIR C01.P2")


def test_one_stranger_costs_a_panel_and_many_cost_the_board() -> None:
    (one,) = failures("C01", 0.9, [seen(1, 1, 0.1), seen(2, 1, 0.9)], [wanted(1), wanted(2)])
    assert "redo DIR C01.P1" in one.hint
    many = [seen(at, 1, 0.1) for at in (1, 2, 3)]
    found = failures("C01", 0.9, many, [wanted(at) for at in (1, 2, 3)])
    assert len(found) == 3
    assert all("redo DIR C01 --stage grid" in problem.hint for problem in found)


def test_a_board_that_could_not_be_cut_is_not_moved() -> None:
    (found,) = failures("C01", 0.3, [], [])
    assert "0.30" in found.message
