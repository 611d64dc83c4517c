"""The law of places: what was done in this film, and what was not."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from stillreel.trail.disclosure.nouns import Certificate, Label, Told
from stillreel.trail.disclosure.rules import Line, lines
from trail.disclosure.films import drawn, mixed


def line(told: Told, name: str) -> Line:
    return next(one for one in lines(told) if name in one.rule)


def test_marks_for_machines_are_listed_one_by_one() -> None:
    stamped = replace(mixed(), certificate=Certificate("Studio", False, time_stamped=True))
    found = line(stamped, "50(2)")
    assert len(found.done) == 4
    assert found.not_done == ()
    bare = line(replace(drawn(), certificate=None, xmp=False), "50(2)")
    assert bare.done == ()
    assert len(bare.not_done) == 4


def test_an_invisible_mark_of_our_own_is_not_sold_as_one_that_others_read() -> None:
    assert any("others cannot read it" in done for done in line(mixed(), "50(2)").done)


def test_a_film_drawn_by_rules_is_not_put_under_rules_for_ai() -> None:
    assert all("No trained model made pictures or sound" in one.remark for one in lines(drawn()))
    assert not any("No trained model" in one.remark for one in lines(mixed()))


def test_a_chinese_label_counts_from_five_percent_and_two_seconds_on() -> None:
    """GB 45438-2025: letters of at least 5 % of the short side, 2 s from the start."""
    for label, wrong in (
        (Label("AI", 0, 48, Fraction(1, 20)), ()),
        (Label("AI", 0, 47, Fraction(1, 20)), ("not the first 2 s",)),
        (Label("AI", 1, 72, Fraction(1, 20)), ("not the first 2 s",)),
        (Label("AI", 0, 48, Fraction(49, 1000)), ("less than 5 %",)),
    ):
        missing = line(replace(mixed(), label=label), "45438").not_done
        assert len(missing) == len(wrong)
        assert all(part in said for part, said in zip(wrong, missing, strict=True))


def test_no_label_and_no_key_are_said_to_be_missing() -> None:
    missing = line(replace(mixed(), label=None, aigc=False), "45438").not_done
    assert len(missing) == 2
    assert line(replace(mixed(), label=None), "50(4)").not_done
