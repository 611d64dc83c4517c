"""The run verb: everything that is missing, up to the film, and nothing that is not."""

from __future__ import annotations

import asyncio
import json
import os
import time
from contextlib import contextmanager, suppress
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from stillreel.errors import GateError, ProviderError, StillreelError
from stillreel.ledger import lock
from stillreel.production import fingerprint
from stillreel.production.nouns import Outcome
from stillreel.production.open import ledger_of, open_film, utc_now
from stillreel.production.orders import mark_of, nothing_to_do, summary
from stillreel.values.take import STAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Mapping

    from stillreel.engine.hands import Hands
    from stillreel.ledger.book import Ledger
    from stillreel.ledger.store import FileStore
    from stillreel.production.buying import Buying
    from stillreel.production.cutting import CutFilm
    from stillreel.production.folder import Folder
    from stillreel.production.open import Opened
    from stillreel.production.orders import Orders
    from stillreel.production.progress import Step
    from stillreel.production.signing import Signing
    from stillreel.production.stages import Stages, Walkthrough
    from stillreel.values.problem import Problem
    from stillreel.values.take import Take


_MEASURES = (
    "stillreel.measure.likeness.identity",
    "stillreel.measure.likeness.palette",
    "stillreel.measure.page.panels",
    "stillreel.measure.people.plates",
)
"""What every sheet and board is measured with; loaded while the plan is still being read."""


def roll_up(folder: Folder, workers: int) -> Hands:
    """Start the workers a film will need, so that they are ready when its plan is."""
    from stillreel.engine.hands import Hands
    from stillreel.production import settings

    hands = Hands(workers)
    found, _ = settings.load(folder.root)
    if found is not None:
        hands.warm((*found.make.sheets, found.make.clips[0]), _MEASURES)
    return hands


def run(
    folder: Folder, orders: Orders, tell: Callable[[Step], None], hands: Hands | None = None
) -> Outcome:
    """Make what is missing, up to the stage that was ordered.

    Args:
        folder: the project.
        orders: how the run is to be done.
        tell: told about every step.
        hands: workers that were started before; stopped at the end whatever happens.

    Raises:
        ProjectError: files have problems, or another run holds the folder.
        GateError: the ceiling would be passed.
        ProviderError: a front-end or platform failed.
    """
    if (before := nothing_to_do(folder, orders)) is not None:
        return before
    who = f"process {os.getpid()}, since {utc_now()[:19]} UTC"
    with lock.held(folder.hidden, who, wait=orders.wait):
        hands = hands or roll_up(folder, orders.workers)
        try:
            return _recorded(folder, orders, tell, hands)
        except BaseException:
            hands.kill()
            raise
        finally:
            hands.close()


def _recorded(
    folder: Folder, orders: Orders, tell: Callable[[Step], None], hands: Hands
) -> Outcome:
    """Carry one run and write into the ledger how it ended."""
    from stillreel.production.buying import Buying, Terms

    with asyncio.Runner() as loop, ledger_of(folder) as (ledger, store):
        terms = Terms(orders.database, orders.max_spend, orders.pace)
        buying = Buying(folder, ledger, store, terms)
        try:
            # What is under way is paid for: it is asked after before the plan is read. Whatever is
            # wrong with the project is told by the next lines, all of it.
            with suppress(StillreelError):
                loop.run(buying.till.greet())
            edited = fingerprint.of_inputs(folder, prompts=False)
            opened = _ready(folder)
            number = ledger.begin_run()
            with _ends(ledger, number):
                carried = _Run(opened, ledger, store, orders, tell, hands, buying)
                outcome = loop.run(carried.carry())
            open_jobs = buying.under_way()
        finally:
            loop.run(buying.close())
        waits = [[what, _waits_for(what)] for what in outcome.waiting]
        ledger.set_meta("waiting", json.dumps(waits))
        mark = mark_of(folder, orders, outcome)
        # Taken after the mark: whatever a person edits while a run is at work is seen by the next.
        if open_jobs or carried.prompted != fingerprint.of_inputs(folder, prompts=True):
            mark = ""
        if edited != fingerprint.of_inputs(folder, prompts=False):
            mark = ""
        ledger.end_run(number, outcome.state, mark, json.dumps(summary(outcome)))
    return outcome


@contextmanager
def _ends(ledger: Ledger, number: int) -> Generator[None]:
    """Write down that a run was stopped or has failed, if it does."""
    try:
        yield
    except BaseException as error:
        stopped = isinstance(error, (KeyboardInterrupt, asyncio.CancelledError))
        ledger.end_run(number, "stopped" if stopped else "failed")
        raise


def _ready(folder: Folder) -> Opened:
    """Read the film and see that its models are here."""
    from stillreel.production import checks

    opened = open_film(folder.root)
    checks.ready(opened.settings)
    return opened


def _waits_for(what: str) -> str:
    return "approval" if what in STAGES else "its stills fail their checks"


async def _nothing() -> None:
    """Do nothing, where there is nothing to lay."""


class _Run:
    """One run, from open folder to outcome."""

    def __init__(
        self,
        opened: Opened,
        ledger: Ledger,
        store: FileStore,
        orders: Orders,
        tell: Callable[[Step], None],
        hands: Hands,
        buying: Buying,
    ) -> None:
        from stillreel.engine.walk import Walk
        from stillreel.production.progress import Progress

        self.opened = opened
        self.ledger = ledger
        self.orders = orders
        self.progress = Progress(tell, time.monotonic)
        self.made = 0
        self.prompted = ""
        """How the prompts looked when they were read."""
        self._sound: asyncio.Task[None] | None = None
        self.first_event = max((event.seq for event in ledger.events()), default=0)
        self._buying = buying
        self.work = Walk(ledger, store, hands, till=buying.till, clock=utc_now, notify=self._count)

    async def carry(self) -> Outcome:
        """Carry the film as far as it was ordered."""
        before = asyncio.create_task(self._finish())
        try:
            outcome = await self._carry()
            failed = (*outcome.failed, *await before)
            state = "failed" if failed and outcome.state in {"done", "partial"} else outcome.state
            return replace(outcome, failed=failed, state=state)
        finally:
            before.cancel()
            if self._sound is not None:
                self._sound.cancel()
                await asyncio.gather(self._sound, return_exceptions=True)

    async def _carry(self) -> Outcome:
        from stillreel.production import checks, gates
        from stillreel.production.stages import Walkthrough
        from stillreel.production.write import write_prompts

        opened, ledger = self.opened, self.ledger
        self._expect()
        prompts = write_prompts(opened.folder, ledger, opened.plan, opened.settings)
        self.prompted = fingerprint.of_inputs(opened.folder, prompts=True)
        through = Walkthrough(
            opened.plan,
            opened.settings,
            self.work,
            ledger,
            prompts=prompts,
            progress=self.progress,
            workers=self.orders.workers,
            dispatcher=self._buying.dispatcher(len(opened.plan.clips), self.orders.prefer),
        )
        for gate in gates.on_the_way(opened.settings.gates.approve, self.orders.until):
            stages = await through.run(gate, self.orders.only)
            if not gates.open_gate(gate, ledger):
                await self._leave(stages, shown=True, cut=False)
                return self._outcome(stages, None, (gate,))
        self._tell_left_out()
        stages = await self._run(through)
        checks.remember(ledger, through.withheld)
        # A trial of one clip must not replace the pages of the whole film.
        shown = self.orders.only is None or not (opened.folder.out / "report.html").is_file()
        if through.withheld or through.failed:
            await self._leave(stages, shown=shown, cut=False)
            held = tuple(through.withheld)
            return self._outcome(stages, None, held, through.withheld, through.failed.values())
        film = await self._leave(stages, shown=shown, cut=self.orders.until == "film")
        return self._outcome(stages, film, ())

    def _tell_left_out(self) -> None:
        """Say which platforms get no clip of this run, and why."""
        from stillreel.production.dispatch import left_out

        if self.orders.until in {"clip", "film"}:
            for name, why in left_out(self.opened.settings.make.clips).items():
                self.progress.remark("clip", f"{name} is left out: {why}.")

    async def _leave(self, stages: Stages, *, shown: bool, cut: bool) -> CutFilm | None:
        """Lay what was made into out/, signed: pictures and pages where `shown`, and the film."""
        from stillreel.production import dailies
        from stillreel.production.signing import ingest, signing

        opened, ledger, work = self.opened, self.ledger, self.work
        await ingest(ledger, work, stages.takes())
        with signing(self.orders.signs, opened.settings.disclosure, ledger, work) as signs:
            made = self._cut(stages, signs) if cut else _nothing()
            pages = dailies.lay_pages(opened, ledger, work, stages, signs) if shown else _nothing()
            film, _ = await asyncio.gather(made, pages)
        if shown:
            await dailies.report(opened, ledger, work, stages, film)
        return film

    async def _finish(self) -> tuple[StillreelError, ...]:
        """Carry what was being bought before; return what went wrong with it."""
        try:
            await self.work.finish()
        except (GateError, ProviderError) as error:
            return (error,)
        return ()

    async def _run(self, through: Walkthrough) -> Stages:
        """Carry the plan to its last stage, and begin the sound beside the last clips."""
        from stillreel.production.cutting import lay_sound

        if self.orders.until != "film" or self.orders.only is not None:
            return await through.run(self.orders.until, self.orders.only)
        busy = True

        async def sound() -> None:
            await through.closing.wait()
            await lay_sound(self.opened, self.work, lambda: busy)

        self._sound = asyncio.create_task(sound())
        stages = await through.run(self.orders.until)
        busy = False
        return stages

    async def _cut(self, stages: Stages, signs: Signing | None) -> CutFilm:
        from stillreel.production.cutting import cut_film

        self.progress.expect("film", 1)
        self.progress.begin("film")
        name = "film" if self.orders.only is None else "probe"
        if self._sound is not None:
            await self._sound
        film = await cut_film(self.opened, self.ledger, self.work, stages, signs, name)
        self.progress.count("film", name, name, made=film.made)
        self.made += film.made
        return film

    def _outcome(
        self,
        stages: Stages,
        film: CutFilm | None,
        waiting: tuple[str, ...],
        withheld: Mapping[str, tuple[Problem, ...]] | None = None,
        failed: Iterable[StillreelError] = (),
    ) -> Outcome:
        from stillreel.sheet import check as sheet_check

        whole = film is not None and self.orders.only is None
        events = self.ledger.events(self.first_event)
        notes = tuple(
            f"{event.subject}: {event.message}"
            for event in events
            if event.kind in {"made", "damaged", "lapsed"} and event.message != "first take"
        )
        warnings = tuple(
            f"{event.subject}: {event.message}" for event in events if event.kind == "warning"
        )
        found = (*stages.grids.values(), *stages.clips.values())
        taken = tuple(problem for one in found for problem in one.problems)
        return Outcome(
            state="waiting" if waiting else "failed" if failed else "done" if whole else "partial",
            film=film.path if film else None,
            clips=len(stages.clips),
            seconds=film.seconds if film else Fraction(0),
            spent=self._buying.spent(),
            made=self.made,
            waiting=waiting,
            problems=(
                *self.opened.problems,
                *sheet_check.problems(stages.sheets.values()),
                *stages.refused,
                *taken,
                *(film.problems if film else ()),
                *(problem for held in (withheld or {}).values() for problem in held),
            ),
            notes=notes,
            warnings=warnings,
            failed=tuple(failed),
        )

    def _expect(self) -> None:
        from stillreel.sheet.ask import subjects

        plan = self.opened.plan
        ids = tuple(clip.id for clip in plan.clips)
        totals = {"sheet": len(subjects(plan)), "grid": len(ids), "clip": len(ids), "film": 1}
        for stage, total in totals.items():
            self.ledger.set_wanted(stage, total)
        self.ledger.prune_current("sheet", subjects(plan))
        for stage in ("grid", "clip"):
            self.ledger.prune_current(stage, ids)

    def _count(self, take: Take, made: bool) -> None:
        self.made += made
        self.progress.count(take.stage, take.id, f"{take.subject} by {take.provider}", made=made)
