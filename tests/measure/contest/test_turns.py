from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from stillreel.measure.contest.turns import order


@given(st.integers(0, 20), st.integers(1, 5), st.text(max_size=8))
def test_every_rival_has_every_place_equally_often(blocks: int, count: int, seed: str) -> None:
    rivals = tuple("abcde"[:count])
    turns = order(blocks * count, rivals, seed)
    for place in range(count):
        assert set(Counter(turn[place] for turn in turns).values()) <= {blocks}
    assert all(sorted(turn) == list(rivals) for turn in turns)


def test_more_units_keep_the_orders_of_the_first() -> None:
    assert order(20, ("a", "b"), "film")[:7] == order(7, ("a", "b"), "film")


def test_films_differ_and_a_film_is_always_the_same() -> None:
    assert order(12, ("a", "b"), "one") == order(12, ("a", "b"), "one")
    assert order(12, ("a", "b"), "one") != order(12, ("a", "b"), "two")


def test_without_rivals_nobody_is_asked() -> None:
    assert order(4, (), "film") == ()
