"""A judge asked on a film's account: bought through the till, so that no answer is paid twice."""

from __future__ import annotations

import os
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from stillreel.engine.together import together
from stillreel.errors import BadOutput, Gone, Lost, Refused, UsageError
from stillreel.ledger import lock
from stillreel.production.open import ledger_of, plan_settings, settings_of, told, utc_now
from stillreel.providers import answer
from stillreel.providers.seam import Delivered
from stillreel.values.digest import of_value
from stillreel.values.money import Money

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from stillreel.ledger.book import Ledger
    from stillreel.ledger.spend.nouns import PaidJob
    from stillreel.ledger.store import FileStore
    from stillreel.plan.nouns import Character
    from stillreel.production.buying import Buying
    from stillreel.production.folder import Folder
    from stillreel.providers.ask import JudgeAnswer, JudgeAsk
    from stillreel.providers.seam import Judge
    from stillreel.values.take import Stage

STAGE: Stage = "judge"


class Account:
    """One judge on one film's account: what it was asked before is not asked, nor paid, again."""

    def __init__(
        self, judge: Judge, folder: Folder, ledger: Ledger, store: FileStore, database: str
    ) -> None:
        """Tie a judge to a film; nothing is asked yet.

        Args:
            judge: who is asked.
            folder: the project.
            ledger: the film's.
            store: where pictures and answers are kept.
            database: address of a shared database; empty for the film's own.
        """
        self._judge = judge
        self._folder = folder
        self._ledger = ledger
        self._store = store
        self._database = database

    def fresh(self, asks: Sequence[JudgeAsk]) -> tuple[JudgeAsk, ...]:
        """Return the asks that this version of the judge was never sent."""
        from stillreel.production.buying import film_id, spend_book

        film = film_id(self._ledger)
        with closing(spend_book(self._folder, self._database)) as spend:
            known = dict.fromkeys(asks)
            return tuple(ask for ask in known if spend.latest(film, self._purchase(ask)) is None)

    async def hear(self, asks: Sequence[JudgeAsk], agreed: Money) -> tuple[JudgeAnswer | None, ...]:
        """Return an answer for each ask; None where it was lost, refused or cannot be read.

        Args:
            asks: in order; the same one twice is asked once.
            agreed: most that what was never asked may cost together.

        Raises:
            GateError: it can cost more than was agreed to, or than the film may cost.
            ProviderError: the judge cannot be asked at all.
        """
        from stillreel.production.buying import Buying, Terms, film_id, spend_book

        answer.agree(self._judge, self.fresh(asks), agreed)
        with closing(spend_book(self._folder, self._database)) as spend:
            so_far = Money(sum(spend.totals(film_id(self._ledger))))
        terms = Terms(self._database, max_spend=so_far + agreed)
        buying = Buying(self._folder, self._ledger, self._store, terms)
        known = tuple(dict.fromkeys(asks))
        try:
            heard = await together(*(self._one(ask, buying) for ask in known))
        finally:
            await buying.close()
        found = dict(zip(known, heard, strict=True))
        return tuple(found[ask] for ask in asks)

    async def _one(self, ask: JudgeAsk, buying: Buying) -> JudgeAnswer | None:
        from stillreel.engine.asks import PICTURE
        from stillreel.engine.till import Order

        for shown in ask.pictures:
            self._store.keep(shown.data, PICTURE)
        judge = self._judge
        order = Order(self._purchase(ask), STAGE, judge.id, ask, judge.quote(ask))
        try:
            job = await buying.till.buy(order)
            file = job.stored[0]
            data = self._store.path(file.digest, file.media_type).read_bytes()
            return answer.read_answer((Delivered(data, file.media_type),), ask.subject)
        except Refused as error:
            if error.failure == "account":
                raise
            return None
        except (Lost, Gone, BadOutput):
            return None

    def _purchase(self, ask: JudgeAsk) -> str:
        offer = self._judge.offer
        return of_value([STAGE, self._judge.id, offer.model, offer.version, ask])


@contextmanager
def account(folder: Folder, judge: Judge, database: str) -> Generator[Account]:
    """Open a film's account with a judge.

    Raises:
        ProjectBusy: a run is at work in this folder.
    """
    who = f"process {os.getpid()}, since {utc_now()[:19]} UTC"
    with lock.held(folder.hidden, who), ledger_of(folder) as (ledger, store):
        yield Account(judge, folder, ledger, store, database)


def member(folder: Folder, who: str) -> Character:
    """Return one of a film's cast, as the film's files have them.

    Raises:
        UsageError: nobody of the cast is called that, or it is a group.
        ProjectError: film.toml or a file of the plan has problems.
    """
    from stillreel.plan import files

    plan, problems = files.load(folder.root, plan_settings(settings_of(folder)))
    if plan is None:
        raise told(problems, folder.root)
    found = next((one for one in plan.cast if one.id == who), None)
    if found is None:
        raise UsageError(
            f"Nobody of this film's cast is called {who!r}.",
            where=str(folder.root / "cast"),
            next_step=f"There are: {', '.join(one.id for one in plan.cast) or 'none'}.",
        )
    if found.members > 1:
        raise UsageError(
            f"{found.name} are {found.members}; a judge compares one figure with one other.",
            where=str(folder.root / "cast" / f"{who}.toml"),
            next_step="Name somebody who is one.",
        )
    return found


def answers(jobs: Sequence[PaidJob]) -> frozenset[str]:
    """Return the ids of a judge's answers, which are of use whatever is in the film."""
    return frozenset(job.purchase for job in jobs if job.stage == STAGE and job.state == "verified")
