"""A job's states: one table, and no way around it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillreel.engine.states import (
    AT_VENDOR,
    IN_THE_AIR,
    OVER,
    STATES,
    STEPS,
    BadStep,
    may_reroll,
    seen,
    step,
)

ANY = st.sampled_from(STATES)


def reachable(start: str) -> set[str]:
    found, edge = {start}, [start]
    while edge:
        for then in STEPS[edge.pop()] - found:
            found.add(then)
            edge.append(then)
    return found


def test_every_state_has_its_row_and_every_step_leads_to_a_state() -> None:
    assert set(STEPS) == set(STATES)
    assert set().union(*STEPS.values()) <= set(STATES)


def test_every_state_can_be_reached_from_the_plan_and_can_end() -> None:
    assert reachable("planned") == set(STATES)
    assert all(reachable(state) & OVER for state in STATES)


@given(ANY, ANY)
def test_only_the_table_says_where_a_job_may_go(now: str, then: str) -> None:
    if then == now or then in STEPS[now]:
        assert step(now, then) == then
    else:
        with pytest.raises(BadStep):
            step(now, then)


@given(st.lists(ANY, max_size=30))
def test_a_job_is_only_sent_from_a_written_intent(walk: list[str]) -> None:
    path = ["planned"]
    for then in walk:
        if then in STEPS[path[-1]]:
            path.append(then)
    for before, after in pairwise(path):
        if after == "submitting":
            assert before == "intent"
        if after == "intent":
            assert before in {"planned", "submitting", "unknown"}


def test_nothing_in_the_air_goes_straight_back_to_the_vendor() -> None:
    assert "submitting" not in STEPS["unknown"]
    assert "submitting" not in STEPS["submitting"]
    assert IN_THE_AIR.isdisjoint(AT_VENDOR)


@given(st.text(max_size=20))
def test_a_word_that_nobody_knows_means_running(word: str) -> None:
    assert seen(word) == (word if word in STATES else "running")


@given(
    st.sampled_from(["moderation-input", "real-person", "invalid", "account", "rate"]),
    st.one_of(st.none(), st.integers(0, 10)),
    st.integers(1, 9),
)
def test_what_a_person_must_mend_is_never_asked_again(
    failure: str, charged: int | None, before: int
) -> None:
    assert not may_reroll(failure, charged, before)


def test_a_failure_of_the_vendor_is_asked_again_twice_and_only_if_it_was_free() -> None:
    assert may_reroll("provider", 0, 1)
    assert may_reroll("provider", 0, 2)
    assert not may_reroll("provider", 0, 3)
    assert not may_reroll("provider", 5, 1)
    assert not may_reroll("provider", None, 1)
