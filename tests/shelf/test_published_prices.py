"""Every published price is quoted within three percent, and so is what its stand-in bills."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from prices import EXAMPLES, Example, bench, billed, off, quoted, thought
from stillreel.values.money import Money

if TYPE_CHECKING:
    from pathlib import Path

NEAR = 0.03


@pytest.mark.parametrize("one", EXAMPLES, ids=str)
def test_what_is_published_is_quoted(one: Example, tmp_path: Path) -> None:
    quote = quoted(bench(one, tmp_path))
    for usd in one.usd:
        assert abs(off(quote.low, Money.parse(usd))) <= NEAR
        assert quote.high.micros >= Money.parse(usd).micros * (1 - NEAR)
        if one.seconds:
            assert abs(off(quote.high, Money.parse(usd))) <= NEAR


@pytest.mark.parametrize("one", EXAMPLES, ids=str)
def test_what_is_billed_is_quoted(one: Example, tmp_path: Path) -> None:
    on = bench(one, tmp_path)
    quote, bill = quoted(on), billed(on)
    assert bill <= quote.high
    assert abs(off(quote.low, bill - thought(on))) <= NEAR
