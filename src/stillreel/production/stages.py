"""One run through the stages: sheets, boards, clips, each only where something is missing."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from stillreel.engine.together import together
from stillreel.errors import GateError, ProviderError, UsageError
from stillreel.grid import make as grids
from stillreel.production import bakeoff, checks
from stillreel.production.moving import Moving
from stillreel.providers import registry
from stillreel.sheet import make as sheets
from stillreel.sheet.ask import subjects

if TYPE_CHECKING:
    from collections.abc import Container, Coroutine, Mapping, Sequence

    from stillreel.clip.nouns import ClipTake
    from stillreel.engine.work import Work
    from stillreel.errors import StillreelError
    from stillreel.grid.nouns import Grid
    from stillreel.ledger.book import Ledger
    from stillreel.plan.nouns import ClipPlan, Plan
    from stillreel.plan.prompts import Prompt
    from stillreel.production.dispatch import Dispatcher
    from stillreel.production.progress import Progress
    from stillreel.production.settings import FilmSettings
    from stillreel.sheet.nouns import Bakeoff, Sheet
    from stillreel.values.problem import Problem
    from stillreel.values.take import Take

_Made = TypeVar("_Made")
UNTIL = ("sheet", "grid", "clip", "film")


@dataclass(frozen=True, slots=True)
class Stages:
    """What a run has in hand."""

    sheets: Mapping[str, Sheet]
    bakeoff: Bakeoff
    grids: Mapping[str, Grid]
    clips: Mapping[str, ClipTake]
    refused: tuple[Problem, ...] = ()
    """Sheets that the platforms will turn away."""

    def takes(self) -> tuple[Take, ...]:
        """Return every take that was made or is used: sheets of all rivals, boards, clips."""
        drawn = [entry.take for sheet in self.sheets.values() for entry in sheet.entries]
        boards = [grid.take for grid in self.grids.values()]
        return (*drawn, *boards, *(clip.take for clip in self.clips.values()))


class Walkthrough:
    """Carries one plan through the stages."""

    def __init__(
        self,
        plan: Plan,
        settings: FilmSettings,
        work: Work,
        ledger: Ledger,
        *,
        prompts: Mapping[str, Prompt],
        progress: Progress,
        workers: int,
        dispatcher: Dispatcher,
    ) -> None:
        """Take everything a run needs.

        Args:
            plan: what is told.
            settings: who makes what.
            work: where asks are carried out.
            ledger: for choices, take numbers and what is current.
            prompts: written prompts by `sheet/mara`, `grid/C01`, `shot/C01`.
            progress: told about every take.
            workers: how many workers there are.
            dispatcher: says which platform takes a clip.
        """
        self.plan = plan
        self.settings = settings
        self.work = work
        self.ledger = ledger
        self.prompts = prompts
        self.progress = progress
        # One more chain than workers, so that none waits while another's panels are recorded.
        self._turn = asyncio.Semaphore(workers + 1)
        self._ahead = 0
        self.closing = asyncio.Event()
        """Set when the last clip has been begun: from then on workers have time to spare."""
        self._here = all(registry.offer(name).local for name in settings.make.clips)
        self._moving = Moving(plan, settings, work, ledger, prompts, dispatcher)
        self.withheld: dict[str, tuple[Problem, ...]] = {}
        """Clips whose stills fail their checks, with the reasons; they are not moved."""
        self.failed: dict[str, StillreelError] = {}
        """Clips that a platform did not make, with what it said."""

    async def sheets(
        self, only: tuple[str, ...] | None, *, draws: bool
    ) -> tuple[dict[str, Sheet], Bakeoff]:
        """Draw what is missing of the sheets, let the rivals meet, and settle what is used.

        Args:
            only: subjects to draw; None draws all.
            draws: whether boards may be drawn for the contest.
        """
        front_ends = self.settings.make.sheets
        names = [one for one in subjects(self.plan) if only is None or one in only]
        self.progress.expect("sheet", len(names) * len(front_ends))
        self.progress.begin("sheet")
        entries, contest, failed = await sheets.draw(
            self.plan,
            self.work,
            front_ends=front_ends,
            prompts={name: self.prompts[f"sheet/{name}"].text for name in names},
            numbers={name: self.ledger.number_of("sheet", name) for name in names},
            earlier=_undrawn(self.ledger, names, front_ends),
            only=only,
        )
        self._tell_undrawn(failed, entries)
        chosen = {name: pick[0] for name in names if (pick := self.ledger.chosen("sheet", name))}
        if only is None:
            contest = await bakeoff.hold(self, entries, contest, chosen, draws=draws)
            self.ledger.set_meta("front-end", contest.verdict)
        settled = sheets.settle(entries, self.front_end(contest), chosen)
        for subject, sheet in settled.items():
            self.ledger.set_current("sheet", subject, sheet.chosen.id, sheet.why)
        return settled, contest

    def _tell_undrawn(
        self, failed: Mapping[str, tuple[ProviderError, ...]], drawn: Container[str]
    ) -> None:
        """Remember whom nobody drew; where a rival did, the film goes on with that sheet."""
        for subject, errors in failed.items():
            if subject in drawn:
                self.progress.remark(
                    "sheet", f"{subject}: {errors[0].what} Another take was drawn."
                )
            else:
                self.failed[subject] = errors[0]

    def front_end(self, contest: Bakeoff) -> str:
        """Return the front-end that draws the boards."""
        asked = self.settings.make.boards
        return contest.winner if asked == "winner" else asked

    async def board(
        self, clip: ClipPlan, sheet: Mapping[str, Sheet], front_end: str, numbers: Sequence[int]
    ) -> Grid:
        """Draw the first of some takes of a board for the contest; all are asked for at once."""
        return await grids.draw(
            self.plan,
            clip,
            sheet,
            self.work,
            front_end=front_end,
            prompt=self.prompts[f"grid/{clip.id}"],
            number=numbers[0],
            offer=registry.still(front_end).offer,
            rival=True,
            beside=numbers[1:],
        )

    async def grid(self, clip: ClipPlan, sheet: Mapping[str, Sheet], front_end: str) -> Grid:
        """Draw a clip's board if it is missing."""
        self._drawn(clip)
        offer = registry.still(front_end).offer
        grid = await grids.draw(
            self.plan,
            clip,
            sheet,
            self.work,
            front_end=front_end,
            prompt=self.prompts[f"grid/{clip.id}"],
            number=self.ledger.number_of("grid", clip.id),
            offer=offer,
        )
        while numbers := _asked_again(self.ledger, grid):
            self.progress.more("grid", len(numbers) + 1)
            grid = await grids.set_back(
                self.plan, clip, sheet, self.work, grid, numbers=numbers, offer=offer
            )
        self.ledger.set_current("grid", clip.id, grid.take.id, f"drawn by {grid.take.provider}")
        return grid

    async def clip(self, plan: ClipPlan, sheet: Mapping[str, Sheet], grid: Grid) -> ClipTake:
        """Move a clip's panels if that has not been done."""
        moved = await self.moved(plan, sheet, grid, self.ledger.number_of("clip", plan.id))
        moved = await checks.watched(self, plan, moved)
        self.ledger.set_current("clip", plan.id, moved.take.id, f"moved by {moved.take.provider}")
        return moved

    async def moved(
        self,
        plan: ClipPlan,
        sheet: Mapping[str, Sheet],
        grid: Grid,
        number: int,
        *,
        rival: bool = False,
    ) -> ClipTake:
        """Return one take of a clip; a `rival` of a contest is moved whatever a person chose."""
        return await self._moving.moved(plan, sheet, grid, number, rival=rival)

    async def run(self, until: str, only: tuple[str, ...] | None = None) -> Stages:
        """Carry the plan up to and including the stage `until`.

        Args:
            until: `sheet`, `grid`, `clip` or `film`.
            only: ids of the clips to carry; None carries all.
        """
        if until not in UNTIL:
            raise UsageError(
                f"There is no stage {until!r}.", next_step=f"Stages: {', '.join(UNTIL)}."
            )
        wanted = [clip for clip in self.plan.clips if only is None or clip.id in only]
        people = None if only is None else _people(wanted)
        settled, contest = await self.sheets(people, draws=until != "sheet")
        faces = await checks.faces(self, settled)
        if until == "sheet":
            return Stages(settled, contest, {}, {}, faces)
        for stage in ("grid", "clip"):
            self.progress.expect(stage, len(wanted))
        front_end = self.front_end(contest)
        moving = until != "grid"
        self._ahead = len(wanted)
        pairs = await together(*(self._chain(clip, settled, front_end, moving) for clip in wanted))
        return Stages(
            settled,
            contest,
            {grid.clip: grid for grid, _ in pairs if grid is not None},
            {clip.clip: clip for _, clip in pairs if clip is not None},
            faces,
        )

    async def _chain(
        self, clip: ClipPlan, sheet: Mapping[str, Sheet], front_end: str, moving: bool
    ) -> tuple[Grid | None, ClipTake | None]:
        # One clip goes all the way before the next begins, so that the first can be watched early.
        async with self._turn:
            self._ahead -= 1
            if not self._ahead:
                self.closing.set()
            grid = await self._or_not(clip.id, self.grid(clip, sheet, front_end))
            if grid is None:
                return None, None
            held = await checks.failures(self, clip, sheet, grid) if moving else ()
            if held:
                self.withheld[clip.id] = held
            if held or not moving:
                return grid, None
            if self._here:
                return grid, await self._or_not(clip.id, self.clip(clip, sheet, grid))
        # A vendor that works elsewhere keeps nobody here from drawing.
        return grid, await self._or_not(clip.id, self.clip(clip, sheet, grid))

    async def _or_not(self, clip: str, making: Coroutine[None, None, _Made]) -> _Made | None:
        """Make a board or a clip; one that fails must not stop others that may be paid already."""
        try:
            return await making
        except (ProviderError, GateError) as error:
            self.failed[clip] = error
            return None

    def _drawn(self, clip: ClipPlan) -> None:
        """Go on only where everybody in a clip has a sheet."""
        if undrawn := [name for name in _people([clip]) if name in self.failed]:
            raise ProviderError(
                f"It needs the sheet of {' and '.join(undrawn)}, which nobody drew.",
                where=clip.id,
                next_step="Mend what is said of that sheet and run again.",
                charged="no",
            )


def _undrawn(
    ledger: Ledger, names: Sequence[str], front_ends: Sequence[str]
) -> dict[tuple[str, str], tuple[int, ...]]:
    """Return the takes that were asked for between the newest of a sheet and the one in force."""
    newest: dict[tuple[str, str], int] = {}
    for take in ledger.takes("sheet"):
        of = (take.subject, take.provider)
        newest[of] = max(newest.get(of, 0), take.number)
    return {
        (name, by): tuple(range(newest[name, by] + 1, ledger.number_of("sheet", name)))
        for name in names
        for by in front_ends
        if (name, by) in newest
    }


def _asked_again(ledger: Ledger, grid: Grid) -> dict[int, int]:
    """Return the panels of exactly this board that a person asked for again, with numbers."""
    begins = grids.panel_key(grid.take, "")
    found = ledger.redone("grid", begins)
    return {int(subject.removeprefix(begins)): number for subject, number in found.items()}


def _people(clips: list[ClipPlan]) -> tuple[str, ...]:
    names: dict[str, None] = {}
    for clip in clips:
        for panel in clip.panel:
            held = (one.holds for one in panel.who)
            for name in (*(one.id for one in panel.who), panel.place, *panel.props, *held):
                names[name] = None
    return tuple(names)
