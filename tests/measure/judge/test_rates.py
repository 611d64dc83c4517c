"""Wilson's interval and Cohen's kappa against published tables."""

from __future__ import annotations

import pytest

from stillreel.measure.judge.rates import agreement, effective, wilson

SKIN = ((10, 4, 1, 0), (5, 10, 12, 2), (2, 4, 12, 5), (0, 2, 6, 13))
"""Two dermatologists on a skin condition: SAS/STAT User's Guide, The FREQ Procedure, Agreement
Study. The guide gives kappa 0.3449, standard error 0.0724, 95 % limits 0.2030 to 0.4868."""
FLEISS = ((75, 1, 4), (5, 4, 1), (0, 0, 10))
"""Two raters of 100 people: Fleiss, Statistical Methods for Rates and Proportions, 2nd ed. 1981,
table 13.1; kappa 0.68 (0.676), observed agreement 0.89, by chance 0.66."""


def spread(table: tuple[tuple[int, ...], ...]) -> tuple[list[str], list[str]]:
    cells = [
        (f"w{row}", f"w{column}")
        for row, counts in enumerate(table)
        for column, count in enumerate(counts)
        for _ in range(count)
    ]
    return [one for one, _ in cells], [other for _, other in cells]


def test_kappa_of_two_dermatologists_is_as_published() -> None:
    found = agreement(*spread(SKIN))
    assert found.value == pytest.approx(0.3449, abs=5e-5)
    assert found.error == pytest.approx(0.0724, abs=5e-5)
    assert found.interval == pytest.approx((0.2030, 0.4868), abs=1e-4)
    assert found.count == 88


def test_kappa_of_the_textbook_table_is_as_published() -> None:
    found = agreement(*spread(FLEISS))
    assert found.value == pytest.approx(0.676, abs=5e-4)
    assert (found.observed, found.expected) == pytest.approx((0.89, 0.66))


def test_kappa_does_not_care_who_is_asked_first() -> None:
    one, other = spread(SKIN)
    first, second = agreement(one, other), agreement(other, one)
    assert first.value == pytest.approx(second.value)
    assert first.error == pytest.approx(second.error)


def test_full_agreement_is_one_and_none_beyond_chance_is_zero() -> None:
    assert agreement(["a", "b"] * 9, ["a", "b"] * 9).value == pytest.approx(1)
    assert agreement(["a", "a", "b", "b"], ["a", "b", "a", "b"]).value == pytest.approx(0)


def test_two_who_always_say_the_same_word_prove_nothing() -> None:
    found = agreement(["a"] * 20, ["a"] * 20)
    assert found.value is None
    assert found.interval is None


def test_no_answers_and_uneven_lists_are_refused() -> None:
    for answers, labels in (([], []), (["a"], ["a", "b"])):
        with pytest.raises(ValueError, match="as many answers as labels"):
            agreement(answers, labels)


@pytest.mark.parametrize(
    ("hits", "count", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilsons_interval_is_as_published(hits: int, count: int, low: float, high: float) -> None:
    """Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 3."""
    assert wilson(hits / count, count) == pytest.approx((low, high), abs=5e-5)


def test_equal_weights_count_one_each_and_a_heavy_one_outweighs() -> None:
    assert effective([2, 2, 2, 2]) == pytest.approx(4)
    assert effective([3, 1]) == pytest.approx(1.6)
