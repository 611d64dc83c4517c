"""Asking a judge on the record of a film: every answer is a take, paid for once and kept."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple, cast

from stillreel.ledger.spend.nouns import Caps, PaidJob
from stillreel.providers.answer import hear
from stillreel.providers.seam import JudgeAnswer
from stillreel.values.digest import of_value
from stillreel.values.money import Money
from stillreel.values.take import Take

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from stillreel.errors import Charged
    from stillreel.ledger.book import Ledger
    from stillreel.ledger.spend.book import SpendBook
    from stillreel.ledger.store import FileStore
    from stillreel.providers.answer import Pause
    from stillreel.providers.seam import Job, Judge, JudgeAsk, Seen

STAGE = "judge"
"""Under which stage the ledger keeps what was asked of judges."""

_NO_LIMIT = 1 << 62
"""Micro-dollars."""


class Bill(NamedTuple):
    """Where what a film has bought is added up."""

    spend: SpendBook
    film: str
    """Id of the film there."""


class Record:
    """A film's record of one judge: what it said before is not asked, and not paid, again."""

    def __init__(
        self,
        judge: Judge,
        ledger: Ledger,
        store: FileStore,
        clock: Callable[[], str],
        bill: Bill,
    ) -> None:
        """Take everything that is needed to remember.

        Args:
            judge: who is asked.
            ledger: the film's.
            store: where the answers are kept.
            clock: returns the time as UTC ISO 8601.
            bill: the film's spend ledger.
        """
        self._judge = judge
        self._ledger = ledger
        self._store = store
        self._clock = clock
        self._bill = bill

    def fresh(self, asks: Sequence[JudgeAsk]) -> tuple[JudgeAsk, ...]:
        """Return the asks that this version of the judge has not answered yet."""
        return tuple(ask for ask in dict.fromkeys(asks) if self._ledger.take(self._id(ask)) is None)

    async def hear(
        self, asks: Sequence[JudgeAsk], pause: Pause, most: Money | None = None
    ) -> tuple[JudgeAnswer | None, ...]:
        """Return an answer for each ask, the recorded one where there is one; see `answer.hear`.

        Raises:
            GateError: what is not recorded can cost more than was agreed to.
        """
        await hear(self._judge, self.fresh(asks), pause, most, self._note)
        return tuple(self._recorded(ask) for ask in asks)

    def _recorded(self, ask: JudgeAsk) -> JudgeAnswer | None:
        take = self._ledger.take(self._id(ask))
        if take is None:
            return None
        path = self._store.path(take.main.digest, take.main.media_type)
        told = cast("dict[str, str]", json.loads(path.read_bytes()))
        if not told["seen"]:
            return None
        return JudgeAnswer(cast("Seen", told["seen"]), told["how"], told["evidence"])

    def _note(
        self, ask: JudgeAsk, job: Job | None, answer: JudgeAnswer | None, charged: Charged
    ) -> None:
        """Record one ask: an answer that is missing counts as asked, at what it may have cost."""
        said = answer.seen if answer else ""
        told = {
            "seen": said,
            "how": answer.how if answer else "",
            "evidence": answer.evidence if answer else "",
        }
        data = json.dumps(told, sort_keys=True, ensure_ascii=False).encode()
        spent = job.charged if job and job.charged is not None else self._likely(ask, charged)
        offer = self._judge.offer
        take = Take(
            id=self._id(ask),
            stage=STAGE,
            subject=ask.subject,
            provider=self._judge.id,
            model=(job.model if job else "") or f"{offer.model} {offer.version}",
            number=ask.take,
            files=(self._store.keep(data, "application/json"),),
            prompt=ask.prompt,
            parents=tuple(shown.digest for shown in ask.pictures),
            spent=spent,
            made_at=self._clock(),
        )
        message = said or f"no answer; charged: {charged}, counted as {spent} USD"
        self._ledger.record(take, message)
        self._charge(take, message if not said else "")

    def _charge(self, take: Take, message: str) -> None:
        """Enter a question that is over into the spend ledger; it needs nobody to carry it on."""
        job = PaidJob(
            film=self._bill.film,
            purchase=take.id,
            attempt=1,
            stage=STAGE,
            subject=take.subject,
            provider=take.provider,
            tag=f"{self._bill.film}/{take.id}",
            state="failed" if message else "verified",
            reserved=take.spent.micros,
            charged=take.spent.micros,
            ask=of_value([take.prompt, take.parents]),
            number=take.number,
            model=take.model,
            message=message,
        )
        # A person agreed to the price of all questions before the first was sent.
        self._bill.spend.reserve(job, take.prompt, lambda: Caps(_NO_LIMIT))

    def _likely(self, ask: JudgeAsk, charged: Charged) -> Money:
        """Return what an ask counts as while the vendor has not said what it cost."""
        return Money() if charged == "no" else self._judge.quote(ask).high

    def _id(self, ask: JudgeAsk) -> str:
        offer = self._judge.offer
        return of_value([STAGE, self._judge.id, offer.model, offer.version, ask])
