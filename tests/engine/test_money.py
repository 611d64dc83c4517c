"""Where the money went: what was paid, what is held, and what was paid for nothing."""

from dataclasses import replace

from stillreel.engine.money import Ceilings, Line, report
from stillreel.ledger.spend.nouns import PaidJob
from stillreel.values.money import Money

JOB = PaidJob(
    film="film",
    purchase="one",
    attempt=1,
    stage="clip",
    subject="C01",
    provider="ark",
    tag="t1",
    state="verified",
    reserved=1_000_000,
    ask="digest",
    charged=900_000,
    model="seedance",
)
HELD = replace(JOB, purchase="held", tag="t2", state="unknown", charged=None, subject="C02")
SHEET = replace(
    JOB,
    purchase="mara",
    tag="t3",
    stage="sheet",
    subject="mara",
    provider="gpt-image",
    model="",
    charged=40_000,
)


def lines(found: tuple[Line, ...]) -> list[tuple[str, int, Money, Money, Money]]:
    return [(one.name, one.jobs, one.charged, one.held, one.wasted) for one in found]


def test_money_is_told_by_stage_by_model_and_by_take() -> None:
    found = report([JOB, HELD, SHEET], {"one", "mara"})
    assert (found.charged, found.held, found.wasted) == (Money(940_000), Money(1_000_000), Money())
    assert lines(found.by_stage) == [
        ("clip", 2, Money(900_000), Money(1_000_000), Money()),
        ("sheet", 1, Money(40_000), Money(), Money()),
    ]
    # a job whose vendor names no model goes by its provider
    assert [name for name, *_ in lines(found.by_model)] == ["gpt-image", "seedance"]
    assert [name for name, *_ in lines(found.by_take)] == ["C01 one", "C02 held", "mara mara"]


def test_what_is_paid_and_not_in_the_film_is_wasted_and_what_is_held_is_not() -> None:
    assert report([JOB, HELD], ()).wasted == Money(900_000)
    assert report([JOB, HELD], {"one"}).wasted == Money()


def test_a_charged_attempt_before_the_one_that_brought_the_take_is_wasted() -> None:
    refused = replace(JOB, state="failed", failure="moderation-output", charged=300_000)
    found = report([refused, replace(JOB, attempt=2, tag="t4")], {"one"})
    assert (found.charged, found.wasted) == (Money(1_200_000), Money(300_000))


def test_a_job_that_is_still_under_way_is_never_called_wasted() -> None:
    found = report([replace(JOB, state="running"), replace(HELD, state="succeeded")], ())
    assert found.wasted == Money()


def test_a_stage_without_a_limit_of_its_own_has_that_of_the_film() -> None:
    rules = Ceilings(Money(5), {"clip": Money(3)}, {"clip": Money(2)})
    clip, sheet = rules.caps("clip"), rules.caps("sheet")
    assert (clip.film, clip.stage, clip.subject) == (5, 3, 2)
    assert (sheet.film, sheet.stage, sheet.subject) == (5, None, None)
    # nothing at all is a limit too
    assert Ceilings(Money(5), {"clip": Money()}).caps("clip").stage == 0
