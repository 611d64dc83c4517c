"""A board is nine panels, or it is said what it is."""

import pytest

from stillreel.errors import BadOutput
from stillreel.grid.check import problems

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
