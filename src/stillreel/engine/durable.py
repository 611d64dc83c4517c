"""Carrying paid jobs on DBOS Transact: queues, concurrency, waiting, and recovery after a crash.

The spend ledger keeps money safe; this keeps work going. One workflow carries one attempt, and may
begin anew at any time. SQLite serves one machine, Postgres many workers; the code is the same.
"""

from __future__ import annotations

import asyncio
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from stillreel.engine.launch import WALK, halt, launch, queue_of
from stillreel.engine.slots import regain, take_over
from stillreel.engine.states import OVER, WAITS
from stillreel.errors import GateError, LedgerError, StillreelError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from stillreel.engine.launch import Lane
    from stillreel.engine.purchase import Buyer
    from stillreel.engine.slots import Slot
    from stillreel.ledger.spend.book import SpendBook
    from stillreel.ledger.spend.nouns import PaidJob

_SHARED_GRAIN = 0.5
"""Seconds between two looks at jobs that other workers carry."""
_PATIENCE = 30.0
"""Seconds after which a job that nobody seems to carry is asked after."""
_MOST_TURNS = 20
"""How often a job is handed over before the engine is held to be broken."""
_ALIVE = frozenset({"PENDING", "ENQUEUED", "DELAYED"})

_at_work: Engine | None = None


@dataclass(slots=True)
class _Waiting:
    """Who waits for which purchase, what is carried here, and what went wrong in our own code."""

    ends: dict[str, asyncio.Future[None]] = field(default_factory=dict[str, asyncio.Future[None]])
    slips: dict[str, Exception] = field(default_factory=dict[str, Exception])
    here: dict[str, asyncio.Task[Any] | None] = field(
        default_factory=dict[str, "asyncio.Task[Any] | None"]
    )

    def wake(self, purchase: str) -> None:
        """Tell whoever waits for a purchase that something has happened to it."""
        end = self.ends.pop(purchase, None)
        if end is not None and not end.done():
            end.set_result(None)


class Engine:
    """Carries paid jobs until they are over, stopped, or need a person."""

    def __init__(
        self,
        buyer: Buyer,
        spend: SpendBook,
        *,
        url: str,
        lanes: Iterable[Lane],
        slot: Slot | None = None,
        works: bool = True,
        grain: float = 1.0,
    ) -> None:
        """Make an engine; it starts when the first job is handed to it, or with `open`.

        Args:
            buyer: carries a job through its provider.
            spend: where jobs stand.
            url: SQLAlchemy address of the engine's own database.
            lanes: queues to listen to.
            slot: place among the workers that share the database; None for the only one.
            works: whether jobs are carried here, or only handed over and waited for.
            grain: seconds between two looks at a queue; a short one costs CPU all the time.
        """
        self._buyer = buyer
        self._spend = spend
        self._url = url
        self._lanes = tuple(lanes)
        self._slot = slot
        self._works = works
        self._grain = grain
        self._waiting = _Waiting()
        # What waits here costs nothing; what waits in a queue of the engine is looked over again.
        self._doors = {one.provider: asyncio.Semaphore(2 * one.concurrency) for one in self._lanes}
        self._opening = asyncio.Lock()
        self._watcher: asyncio.Task[None] | None = None
        self._workflow: Any = None

    async def open(self) -> None:
        """Start the engine and go on with what was under way; once.

        Raises:
            LedgerError: the engine's database cannot be used.
        """
        global _at_work  # noqa: PLW0603 - DBOS is one to a process, and so is this
        async with self._opening:
            if self._watcher is not None:
                return
            if _at_work is not None:
                raise LedgerError("An engine is running in this process already.")
            name = self._slot.name if self._slot else "alone"
            heard = self._lanes if self._works else ()
            self._workflow = await launch(self._url, name, self._lanes, heard, _carry, self._grain)
            _at_work = self
            self._watcher = asyncio.create_task(self._watch())

    async def close(self) -> None:
        """Stop working; what is under way goes on when an engine is opened again."""
        global _at_work  # noqa: PLW0603 - see open
        if self._watcher is None:
            return
        self._watcher.cancel()
        await asyncio.gather(self._watcher, return_exceptions=True)
        self._watcher = None
        # Broken off, not forgotten: the next engine takes the jobs up from the ledger.
        carried = [task for task in self._waiting.here.values() if task is not None]
        for task in carried:
            task.cancel()
        await asyncio.gather(*carried, return_exceptions=True)
        _at_work = None
        await halt()

    async def once(self, job: PaidJob, *, stop: bool = False) -> PaidJob:
        """Look at a job once, or have it stopped; no engine is needed for that, or waited for."""
        verb = self._buyer.cancel if stop else self._buyer.look
        with suppress(StillreelError):
            return await verb(job.key)
        # Whatever it is, the job is carried in earnest all the same, and says so then.
        return job

    async def carry(self, job: PaidJob, *, fresh: bool = False) -> PaidJob:
        """Hand a job to the engine and return it when nothing more will be done about it.

        Args:
            job: as the spend ledger has it.
            fresh: whether it was written just now, so that no engine can know it yet.
        """
        await self.open()
        now = self._now(job)
        if now.state not in OVER:
            now = self._buyer.take_up(now)
        async with self._doors.get(job.provider, nullcontext()):
            return await self._carried(now, fresh=fresh)

    async def _carried(self, job: PaidJob, *, fresh: bool) -> PaidJob:
        now = job
        while not _rests(now):
            end = self._waiting.ends.setdefault(_purchase(job), asyncio.Future())
            await self._hand_over(now, fresh=fresh)
            fresh = False
            await self._wait_for(end)
            if (slip := self._waiting.slips.pop(_purchase(job), None)) is not None:
                raise slip
            now = self._now(job)
            if not end.done():
                await self._ask_after(now)
        return now

    async def rest(self, seconds: float) -> None:
        """Let a shared engine work; it begins anew if the database has let go of this worker.

        Raises:
            LedgerError: the database did not come back.
        """
        watcher, slot = self._watcher, self._slot
        if watcher is None or slot is None:
            return
        await asyncio.wait({watcher}, timeout=seconds)
        try:
            watcher.result() if watcher.done() else slot.hold()
        except LedgerError:
            # What was in hand may be at another worker by then: the ledger lets one of them send.
            await self.close()
            self._spend.close()
            await regain(slot, self.open, halt)

    async def _wait_for(self, end: asyncio.Future[None]) -> None:
        watcher = self._watcher
        both = {end, watcher} if watcher is not None else {end}
        await asyncio.wait(both, timeout=_PATIENCE, return_when=asyncio.FIRST_COMPLETED)
        if watcher is not None and watcher.done():
            watcher.result()

    def _now(self, job: PaidJob) -> PaidJob:
        return self._spend.latest(job.film, job.purchase) or job

    async def _hand_over(self, job: PaidJob, *, fresh: bool) -> None:
        """Put the job into its lane, unless it is there or under way already."""
        from dbos import DBOS, SetWorkflowID

        while True:
            name = f"{job.key}/{job.turn}"
            if name in self._waiting.here:
                return
            known = None if fresh else await DBOS.get_workflow_status_async(name)
            if known is not None and (known.status not in _ALIVE or known.app_version != WALK):
                # That turn has ended with the job unfinished, or belongs to a version before an
                # upgrade, which nobody runs any more: the ledger knows where the job is.
                moved = self._spend.move(job, job.state, turn=job.turn + 1)
                job = moved or self._now(job)
                continue
            if known is None:
                with SetWorkflowID(name):
                    await DBOS.enqueue_workflow_async(
                        queue_of(job.provider), self._workflow, job.key
                    )
            return

    async def _ask_after(self, job: PaidJob) -> None:
        """See that somebody still carries a job that is not over; else hand it over anew.

        Raises:
            LedgerError: the engine has let go of it again and again, as when a disk is full.
        """
        from dbos import DBOS

        name = f"{job.key}/{job.turn}"
        known = await DBOS.get_workflow_status_async(name)
        lost = known is not None and known.status == "PENDING" and name not in self._waiting.here
        job = self._now(job)
        if not lost or self._slot is not None or _rests(job):
            return
        if job.turn < _MOST_TURNS:
            self._spend.move(job, job.state, turn=job.turn + 1)
        else:
            raise _let_go(job, self._url)

    async def _watch(self) -> None:
        """Wake who waits for a job that ended elsewhere, and take over from workers that died."""
        slot = self._slot
        while True:
            await asyncio.sleep(_SHARED_GRAIN)
            if slot is None:
                continue
            slot.hold()
            for purchase in list(self._waiting.ends):
                film, _, what = purchase.rpartition("/")
                job = self._spend.latest(film, what)
                if job is not None and _rests(job):
                    self._waiting.wake(purchase)
            if self._works:
                await take_over(slot, [lane.queue for lane in self._lanes])

    async def go_on(self, key: str) -> str:
        """Carry one attempt as far as it goes; called inside a workflow.

        No step of it is recorded with DBOS: the row in the spend ledger is the checkpoint, written
        closer to the vendor than any step could be, so that a workflow may begin anew at any time.
        """
        from dbos import DBOS

        name = str(DBOS.workflow_id)
        self._waiting.here[name] = asyncio.current_task()
        try:
            job = self._buyer.get(key)
            for verb in (self._buyer.submit, self._buyer.follow, self._buyer.collect):
                job = await verb(job)
                key = job.key
        except GateError as wait:
            self._buyer.leave(key, wait.what, WAITS)
        except StillreelError as error:
            self._buyer.leave(key, str(error))
        except Exception as slip:
            # Our own bug: whoever waits for the job tells it; the job stays where it is.
            self._waiting.slips[key.rpartition("/")[0]] = slip
            raise
        finally:
            self._waiting.here.pop(name, None)
            self._waiting.wake(key.rpartition("/")[0])
        return key


async def _carry(key: str) -> str:
    """Carry one attempt with the engine of this process."""
    engine: Any = _at_work
    return await engine.go_on(key)


def _let_go(job: PaidJob, url: str) -> LedgerError:
    return LedgerError(
        f"The engine has let go of {job.subject}.",
        where=url.rpartition("@")[2],
        next_step="Run again: the job is where it was, and is not paid for twice.",
    )


def _rests(job: PaidJob) -> bool:
    """Say whether nothing more is done about a job by itself."""
    return job.state in OVER or bool(job.stopped)


def _purchase(job: PaidJob) -> str:
    return f"{job.film}/{job.purchase}"
