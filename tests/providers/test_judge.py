"""Judges come through the same door, are asked once, and answer in a strict form."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import date

import pytest

from stillreel.errors import BadOutput, GateError, Lost, NotConfigured
from stillreel.providers import registry
from stillreel.providers.answer import hear, price, read_answer
from stillreel.providers.ask import JudgeAsk, Shown
from stillreel.providers.offer import Offer
from stillreel.providers.seam import Delivered, Job, Judge, Quote, Status
from stillreel.values.money import Money

ASKS = tuple(
    JudgeAsk(f"mara/{name}", f"What of the {name}?", (Shown("reference-part", "00", b"png"),))
    for name in ("hair", "jacket", "boots")
)


class Owl:
    """Answers every ask; loses the second reply when told to."""

    id = "owl"

    def __init__(self, cost: int = 0, polls: int = 0, *, loses: bool = False) -> None:
        self.cost, self.polls, self.loses = Money(cost), polls, loses
        self.sent: list[str] = []

    @property
    def offer(self) -> Offer:
        return Offer(
            provider="owl", dated=date(2026, 11, 1), makes="judge", model="owl", version="1"
        )

    def status(self) -> Status:
        return Status("ready")

    def quote(self, ask: JudgeAsk) -> Quote:
        return Quote(Money(), self.cost)

    async def submit(self, ask: JudgeAsk, key: str) -> Job:
        self.sent.append(key)
        if self.loses and ask.subject.endswith("jacket"):
            raise Lost("The reply was lost.", charged="unknown")
        told = json.dumps({"seen": "present", "evidence": f"the  {ask.subject}\n"})
        files = (Delivered(told.encode(), "application/json"),)
        return Job("owl", key, "1", "running" if self.polls else "succeeded", files=files)

    async def poll(self, job: Job) -> Job:
        self.polls -= 1
        return replace(job, state="running" if self.polls else "succeeded")

    async def fetch(self, job: Job) -> tuple[Delivered, ...]:
        return job.files

    async def find(self, key: str) -> None:
        return None

    async def cancel(self, job: Job) -> Job:
        return job


def heard(owl: Owl, most: Money | None = None) -> tuple[object, ...]:
    async def pause(seconds: float) -> None:
        assert seconds > 0

    return asyncio.run(hear(owl, ASKS, pause, most))


def delivered(text: str, kind: str = "application/json") -> tuple[Delivered, ...]:
    return (Delivered(text.encode(), kind),)


def test_a_judge_has_the_verbs_of_the_seam() -> None:
    assert isinstance(Owl(), Judge)


def test_every_ask_is_submitted_once_under_a_key_of_its_own() -> None:
    owl = Owl()
    answers = heard(owl)
    assert [one.seen for one in answers] == ["present"] * 3
    assert answers[0].evidence == "the mara/hair"
    assert len(set(owl.sent)) == 3
    again = Owl()
    heard(again)
    assert again.sent == owl.sent


def test_a_slow_judge_is_polled_and_not_asked_again() -> None:
    owl = Owl(polls=3)
    heard(owl)
    assert len(owl.sent) == 3
    assert owl.polls == 0


def test_a_lost_reply_is_a_missing_answer_and_is_not_asked_again() -> None:
    owl = Owl(loses=True)
    answers = heard(owl)
    assert [one is None for one in answers] == [False, True, False]
    assert len(owl.sent) == 3


def test_nobody_is_asked_for_money_that_was_not_agreed_to() -> None:
    owl = Owl(cost=10_000)
    assert price(owl, ASKS) == Money(30_000)
    for most in (None, Money(29_999)):
        with pytest.raises(GateError, match=r"can cost 0\.03 USD"):
            heard(owl, most)
    assert owl.sent == []
    assert len(heard(owl, Money(30_000))) == 3


@pytest.mark.parametrize(
    "files",
    [
        (),
        delivered("yes, it is there"),
        delivered('{"seen": "maybe"}'),
        delivered('["present"]'),
        delivered('{"seen": ["present"]}'),
        delivered('{"seen": "present"}', "text/plain"),
        delivered('{"seen": "present", "evidence": "' + "x" * 70_000 + '"}'),
    ],
)
def test_an_answer_in_any_other_form_is_bad_output(files: tuple[Delivered, ...]) -> None:
    with pytest.raises(BadOutput, match="four words") as told:
        read_answer(files, "mara/hair")
    assert told.value.charged == "yes"


def test_phrases_are_kept_short_and_on_one_line() -> None:
    text = json.dumps({"seen": "changed", "how": "a\n b" * 300, "evidence": 7})
    answer = read_answer(delivered(text))
    assert (answer.seen, len(answer.how), answer.evidence) == ("changed", 400, "")


@pytest.mark.usefixtures("strangers")
def test_a_front_end_is_no_judge() -> None:
    with pytest.raises(NotConfigured, match="no judge"):
        registry.judge("crayon")
