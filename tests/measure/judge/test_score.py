"""Answers as a score: both orders must agree, traps must fail, what is hidden does not count."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from standin import Standin, expected_in, hearing
from test_checklist import MARA, figure

from stillreel.measure.judge.ask import comparison, rounds
from stillreel.measure.judge.checklist import checklist, control
from stillreel.measure.judge.nouns import Depiction, JudgeScore, Trust
from stillreel.measure.judge.rates import effective, wilson
from stillreel.measure.judge.score import identity, interview, refusal, score, scores
from stillreel.measure.nouns import IdentityScore, NotMeasurable
from stillreel.plan.colours import colour_name

if TYPE_CHECKING:
    from stillreel.providers.ask import JudgeAsk

QUESTIONS = (*checklist(MARA, colour_name), control(MARA, 1))
GRAVE = {"skin", "hair colour", "tattoo left arm", "piercing right ear"}
TRUST = Trust("standin", "stand-in 1", 0.8, 60, "digest", date(2026, 11, 1))


def seen(judge: Standin) -> JudgeScore | NotMeasurable:
    asked = rounds("mara", QUESTIONS, Depiction(figure()), Depiction(figure()))
    return score(asyncio.run(interview(asked, hearing(judge))), judge.offer)


def knowing(**other: str) -> Standin:
    truth = {
        (f"mara/{one.attribute.replace(' ', '-')}", one.expected): other.get(
            one.attribute.replace(" ", "_"), "present"
        )
        for one in QUESTIONS
        if not one.control
    }
    return Standin(truth)


def test_a_character_with_everything_in_place_scores_one() -> None:
    found = seen(knowing())
    assert isinstance(found, JudgeScore)
    assert found.score == 1
    assert not found.broken
    weights = [3] * 4 + [2] * 4 + [1] * 4
    assert found.interval == pytest.approx(wilson(1.0, effective(weights)))
    assert {one.outcome for one in found.attributes} == {"present"}


def test_a_grave_change_costs_more_than_a_small_one() -> None:
    grave, small = seen(knowing(hair_colour="changed")), seen(knowing(boots="changed"))
    assert isinstance(grave, JudgeScore)
    assert isinstance(small, JudgeScore)
    assert grave.score == pytest.approx(21 / 24)
    assert small.score == pytest.approx(23 / 24)
    assert grave.broken
    assert not small.broken


def test_what_changed_is_said_with_its_evidence() -> None:
    found = seen(knowing(jacket="changed"))
    assert isinstance(found, JudgeScore)
    (jacket,) = (one for one in found.attributes if one.attribute == "jacket")
    assert (jacket.outcome, jacket.how) == ("changed", "another colour")
    assert jacket.evidence == "plain to see"


def test_what_cannot_be_seen_leaves_the_denominator() -> None:
    found = seen(knowing(hair_colour="cannot see", boots="changed"))
    assert isinstance(found, JudgeScore)
    assert found.score == pytest.approx(20 / 21)
    assert not found.broken


def test_an_answer_that_differs_between_the_orders_is_uncertain_and_does_not_count() -> None:
    judge = knowing()
    honest = knowing(boots="changed")

    def swayed(ask: JudgeAsk) -> str:
        """Say that the tattoo is there when the reference comes first only."""
        if "tattoo" in ask.subject:
            first = ask.pictures[0].role == "reference-part"
            return "present" if first else "changed"
        return honest.seen(ask)

    judge.says = swayed
    found = seen(judge)
    assert isinstance(found, JudgeScore)
    (tattoo,) = (one for one in found.attributes if one.attribute == "tattoo left arm")
    assert tattoo.outcome == "uncertain"
    assert found.score == pytest.approx(20 / 21)


def test_every_question_is_asked_in_both_orders_once() -> None:
    judge = knowing()
    seen(judge)
    assert len(judge.sent) == 2 * len(QUESTIONS)
    assert len({ask.prompt for ask in judge.sent}) == 2 * len(QUESTIONS)


@pytest.mark.parametrize("always", ["present", "changed", "cannot see"])
def test_a_judge_that_does_not_look_gives_no_same(always: str) -> None:
    found = seen(Standin({}, says=lambda _: always))
    if always == "changed":
        assert isinstance(found, JudgeScore)
        assert found.score == 0
        return
    assert isinstance(found, NotMeasurable)
    assert ("made up" if always == "present" else "0 of 12") in found.reason


@pytest.mark.parametrize("first", ["reference-part", "candidate-part"])
def test_agreeing_with_the_trap_in_one_order_drops_the_run(first: str) -> None:
    trap = QUESTIONS[-1].expected
    judge = knowing()
    honest = knowing()

    def once_fooled(ask: JudgeAsk) -> str:
        """Agree with the trap in one order."""
        if expected_in(ask) == trap and ask.pictures[0].role == first:
            return "present"
        return honest.seen(ask)

    judge.says = once_fooled
    found = seen(judge)
    assert isinstance(found, NotMeasurable)
    assert trap in found.reason


def test_a_run_without_a_trap_is_no_measurement() -> None:
    asked = rounds("mara", QUESTIONS[:-1], Depiction(figure()), Depiction(figure()))
    judge = knowing()
    found = score(asyncio.run(interview(asked, hearing(judge))), judge.offer)
    assert isinstance(found, NotMeasurable)
    assert "control question" in found.reason


def test_unreadable_answers_are_missing_and_never_a_score() -> None:
    found = seen(Standin({}, says=lambda _: "looks fine to me"))
    assert isinstance(found, NotMeasurable)
    assert "not answered" in found.reason


def test_too_little_seen_is_no_score() -> None:
    blind = {name.replace(" ", "_"): "cannot see" for name in GRAVE}
    found = seen(knowing(**blind, age="cannot see"))
    assert isinstance(found, NotMeasurable)
    assert "could be seen" in found.reason


def test_a_judge_decides_only_with_leave_for_its_own_version() -> None:
    found = seen(knowing())
    assert isinstance(found, JudgeScore)
    decided = identity(found, TRUST)
    assert isinstance(decided, IdentityScore)
    assert (decided.tier, decided.same) == ("judge", True)
    newer = Trust("standin", "stand-in 2", 0.8, 60, "digest", date(2026, 11, 1))
    for trust in (None, newer):
        refused = identity(found, trust)
        assert isinstance(refused, NotMeasurable)
        assert "bench judge" in refused.reason


@pytest.mark.parametrize(
    ("trust", "why"),
    [
        (replace(TRUST, judge="other"), "of other has leave"),
        (replace(TRUST, kappa=0.59), "deciding takes 0.6"),
        (replace(TRUST, kappa=float("nan")), "deciding takes 0.6"),
        (replace(TRUST, kappa=7.0), "deciding takes 0.6"),
        (replace(TRUST, count=29), "deciding takes 30"),
        (None, "has not agreed with labels"),
    ],
)
def test_leave_that_a_bench_would_not_have_given_is_none(trust: Trust | None, why: str) -> None:
    assert refusal("standin", "stand-in 1", TRUST) == ""
    assert why in refusal("standin", "stand-in 1", trust)


def test_several_pairs_are_asked_together_and_scored_apart() -> None:
    figures = Depiction(figure()), Depiction(figure()[:, ::-1].copy())
    asked = [comparison(MARA, colour_name, figures[0], one) for one in figures]
    truth = dict.fromkeys(
        (
            (ask.first.subject, ask.question.expected)
            for ask in asked[0]
            if not ask.question.control
        ),
        "present",
    )
    judge = Standin(truth)
    found = asyncio.run(scores(asked, hearing(judge), judge.offer))
    assert len(judge.sent) == 2 * sum(len(pair) for pair in asked)
    for pair, one in zip(asked, found, strict=True):
        assert isinstance(one, JudgeScore)
        assert len(one.attributes) == len(pair) - 1


def test_the_same_pair_is_asked_the_same_and_every_view_has_its_trap() -> None:
    for view in ("full", "half", "bust"):
        shown = Depiction(figure(), view)
        asked = comparison(MARA, colour_name, Depiction(figure()), shown)
        assert asked == comparison(MARA, colour_name, Depiction(figure()), shown)
        assert sum(one.question.control for one in asked) == 1


def test_a_broken_identity_is_never_the_same_whatever_the_rate() -> None:
    found = seen(knowing(piercing_right_ear="absent"))
    assert isinstance(found, JudgeScore)
    assert found.score > 0.8
    decided = identity(found, TRUST)
    assert isinstance(decided, IdentityScore)
    assert not decided.same


def test_hidden_attributes_have_no_score() -> None:
    found = seen(knowing(skin="cannot see"))
    assert isinstance(found, JudgeScore)
    decided = identity(found, TRUST)
    assert isinstance(decided, IdentityScore)
    scores = {one.name: one.score for one in decided.attributes}
    assert scores["skin"] is None
    assert scores["jacket"] == 1.0


def test_prompts_ask_about_one_thing() -> None:
    judge = knowing()
    seen(judge)
    assert {expected_in(ask) for ask in judge.sent} == {one.expected for one in QUESTIONS}
