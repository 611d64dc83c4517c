"""Money is exact, whatever is added up."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillreel.values.money import Money

MICROS = st.integers(-(10**12), 10**12)


@given(MICROS)
def test_an_amount_survives_being_written_and_read(micros: int) -> None:
    assert Money.parse(str(Money(micros))) == Money(micros)


@given(MICROS, MICROS)
def test_sums_are_exact(first: int, second: int) -> None:
    total = Money(first) + Money(second)
    assert total.micros == first + second
    assert total - Money(second) == Money(first)


@given(MICROS)
def test_a_written_amount_is_the_decimal_it_stands_for(micros: int) -> None:
    assert Decimal(str(Money(micros))) * 1_000_000 == micros


@pytest.mark.parametrize("text", ["", "five", "1e999", "nan", "inf", "0.0000001"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="amount of money"):
        Money.parse(text)


def test_currencies_do_not_mix() -> None:
    with pytest.raises(ValueError, match="cannot mix"):
        _ = Money(1, "USD") + Money(1, "EUR")
