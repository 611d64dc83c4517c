"""A judge that knows the truth and errs at a known rate, through the real seam."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from stillreel.measure.judge.nouns import Depiction, Labelled, Question
from stillreel.providers.answer import hear
from stillreel.providers.offer import Offer
from stillreel.providers.seam import Delivered, Job, Quote, Status
from stillreel.values.digest import seed_of
from stillreel.values.money import Money

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np

    from stillreel.measure.judge.nouns import Hear
    from stillreel.providers.ask import JudgeAnswer, JudgeAsk

WORDS = ("present", "changed", "absent", "cannot see")


def expected_in(ask: JudgeAsk) -> str:
    found = re.search(r"Expected: (.*?)\. Does", ask.prompt)
    assert found is not None
    return found[1]


@dataclass
class Standin:
    """Says what is true of (subject, expectation), or of everything else that it is changed."""

    truth: dict[tuple[str, str], str]
    errs: float = 0.0
    """Share of answers that are another word, by lot."""
    says: Callable[[JudgeAsk], str] | None = None
    """What it says instead, whatever is true."""
    price: Money = Money()
    id: str = "standin"
    version: str = "1"
    slow: int = 0
    """Polls until a job is done."""
    sent: list[JudgeAsk] = field(default_factory=list)

    @property
    def offer(self) -> Offer:
        return Offer(
            provider=self.id,
            dated=date(2026, 11, 1),
            makes="judge",
            model="stand-in",
            version=self.version,
        )

    def status(self) -> Status:
        return Status("ready")

    def quote(self, ask: JudgeAsk) -> Quote:
        return Quote(self.price, self.price)

    def seen(self, ask: JudgeAsk) -> str:
        if self.says is not None:
            return self.says(ask)
        true = self.truth.get((ask.subject, expected_in(ask)), "changed")
        lot = seed_of("errs", ask.subject, ask.prompt) / 2**32
        if lot >= self.errs:
            return true
        others = [word for word in WORDS if word != true]
        return others[seed_of("which", ask.subject, ask.prompt) % len(others)]

    async def submit(self, ask: JudgeAsk, key: str) -> Job:
        self.sent.append(ask)
        told = {"seen": self.seen(ask), "how": "another colour", "evidence": "plain to see"}
        files = (Delivered(json.dumps(told).encode(), "application/json"),)
        state = "running" if self.slow else "succeeded"
        return Job(self.id, key, str(len(self.sent)), state, self.price, files=files)

    async def poll(self, job: Job) -> Job:
        self.slow -= 1
        return replace(job, state="running" if self.slow else "succeeded")

    async def fetch(self, job: Job) -> tuple[Delivered, ...]:
        return job.files

    async def find(self, key: str) -> Job | None:
        return None

    async def cancel(self, job: Job) -> Job:
        return job


async def at_once(seconds: float) -> None:
    assert seconds > 0


def hearing(judge: Standin) -> Hear:
    async def heard(asks: Sequence[JudgeAsk]) -> Sequence[JudgeAnswer | None]:
        return await hear(judge, asks, at_once)

    return heard


def labels(image: np.ndarray, truths: Sequence[str]) -> tuple[Labelled, ...]:
    """Labels on one picture; their expectations differ, so that answers can be told apart."""
    picture = Depiction(image)
    return tuple(
        Labelled(
            Question("hat", "head", f"hat {at}", "visible"),
            picture,
            picture,
            truth,
            Question("hat colour", "head", "magenta hat", "visible", control=True),
        )
        for at, truth in enumerate(truths)
    )


def knowing(labelled: Sequence[Labelled]) -> dict[tuple[str, str], str]:
    return {
        (f"label-{at + 1:03}/hat", one.question.expected): one.truth
        for at, one in enumerate(labelled)
    }
