from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillreel.plan.pacing import clip_count, lengths
from stillreel.plan.quotes import chunks, mask, spans


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("“No,” he said.", ["No,"]),
        ('"No," he said. "Go."', ["No,", "Go."]),
        ("‘No,’ he said; it’s late.", ["No,"]),
        ("« Non », dit-il.", ["Non"]),
        ("„Nein“, sagte er.", ["Nein"]),
        ("「いや」と言った。", ["いや"]),
        ("It’s the children’s dog.", []),
    ],
)
def test_speech_is_found_by_the_marks_of_its_language(text: str, said: list[str]) -> None:
    found = [text[start:end].strip('“”"‘’«»„「」 ') for start, end in spans(text)]
    assert found == said


def test_speech_is_lifted_out_so_that_the_rest_parses() -> None:
    masked = mask("“What are you doing here?” he cried.")
    assert masked.text == "“Yes,” he cried."
    assert [quote.text for quote in masked.quotes] == ["What are you doing here?"]


def test_a_long_speech_is_cut_at_its_own_pauses() -> None:
    parts = chunks("I have many flowers; but the children are the most beautiful of all.", 8)
    assert parts == ("I have many flowers;", "but the children are the most beautiful of all.")


@given(st.lists(st.integers(5, 80), min_size=9, max_size=9))
def test_lengths_always_add_up_and_stay_within_ten_to_fifteen_seconds(tenths: list[int]) -> None:
    whole, parts = lengths([Fraction(one, 10) for one in tenths])
    assert sum(Decimal(one) for one in parts) == Decimal(whole)
    assert 10 <= Decimal(whole) <= 15


@pytest.mark.parametrize(
    ("words", "least", "most"), [(15, 1, 1), (300, 4, 8), (500, 4, 8), (1660, 10, 14)]
)
def test_the_length_of_the_story_decides_the_number_of_clips(
    words: int, least: int, most: int
) -> None:
    assert least <= clip_count(words, 0, script=False) <= most
