"""Moving one clip: on the platform that has it, or the one that the router names."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from stillreel.clip import make as clips
from stillreel.clip.nouns import ClipSettings
from stillreel.errors import ProviderError
from stillreel.grid.ask import references_for
from stillreel.plan.prompts import mentions, render
from stillreel.providers import registry
from stillreel.providers.ask import Reference
from stillreel.providers.fit import spread

if TYPE_CHECKING:
    from collections.abc import Mapping

    from stillreel.clip.nouns import ClipTake
    from stillreel.engine.work import Work
    from stillreel.grid.nouns import Grid
    from stillreel.ledger.book import Ledger
    from stillreel.plan.nouns import ClipPlan, Plan
    from stillreel.plan.prompts import Prompt
    from stillreel.production.dispatch import Dispatcher
    from stillreel.production.settings import FilmSettings
    from stillreel.providers.ask import MotionAsk
    from stillreel.sheet.nouns import Sheet


class Moving:
    """Hands the boards of one film to the platforms."""

    def __init__(
        self,
        plan: Plan,
        settings: FilmSettings,
        work: Work,
        ledger: Ledger,
        prompts: Mapping[str, Prompt],
        dispatcher: Dispatcher,
    ) -> None:
        """Take what a clip needs: its plan, its prompts, and who says which platform takes it."""
        self._plan = plan
        self._settings = settings
        self._work = work
        self._ledger = ledger
        self._prompts = prompts
        self._dispatcher = dispatcher
        self._losing: set[asyncio.Task[ClipTake]] = set()

    async def moved(
        self,
        plan: ClipPlan,
        sheet: Mapping[str, Sheet],
        grid: Grid,
        number: int,
        *,
        rival: bool = False,
    ) -> ClipTake:
        """Return one take of a clip; a `rival` of a contest is moved whatever a person chose.

        A platform that did not make it, and charged nothing, hands it on to the next.
        """
        asks = {
            name: self._asked(name, plan, sheet, grid, number) for name in self._settings.make.clips
        }
        barred: dict[str, str] = {}
        while True:
            platform = self._begun(asks, barred)
            if not platform:
                platform = await self._dispatcher.platform(plan.id, asks, barred)
            made = False
            try:
                found = await self._raced(platform, asks, barred, rival=rival)
                made = True
            except ProviderError as error:
                if error.charged != "no" or len(barred) == len(asks):
                    raise
            else:
                return found
            finally:
                self._dispatcher.ended(plan.id, made=made)

    async def _raced(
        self, platform: str, asks: Mapping[str, MotionAsk], barred: dict[str, str], *, rival: bool
    ) -> ClipTake:
        """Move a clip where it was sent and, if the router says that it is late, elsewhere too.

        Whichever comes first is the take; the other is called off, and recorded if it comes.
        """

        def sent(name: str) -> asyncio.Task[ClipTake]:
            move = clips.move(asks[name], self._work, platform=name, rival=rival)
            return asyncio.create_task(move, name=name)

        late = self._dispatcher.late(asks[platform].subject, asks, barred)
        runs, calls = {sent(platform)}, {late}
        try:
            while True:
                done, _ = await asyncio.wait(runs | calls, return_when=asyncio.FIRST_COMPLETED)
                if late in done:
                    calls.clear()
                    runs.add(sent(late.result()))
                for run in runs & done:
                    runs.remove(run)
                    error = run.exception()
                    if error is None:
                        await self._call_off(runs, asks)
                        return run.result()
                    barred[run.get_name()] = str(error)
                    if not runs:
                        raise error
        finally:
            late.cancel()
            for run in runs - self._losing:
                run.cancel()

    async def _call_off(
        self, runs: set[asyncio.Task[ClipTake]], asks: Mapping[str, MotionAsk]
    ) -> None:
        """Ask the platforms to stop; what they make all the same is recorded when it comes."""
        for run in runs:
            self._losing.add(run)
            run.add_done_callback(self._lost)
            await self._work.call_off(asks[run.get_name()], run.get_name())

    def _lost(self, run: asyncio.Task[ClipTake]) -> None:
        """Let a job that was called off end as it does: nobody waits for it."""
        self._losing.discard(run)
        if not run.cancelled():
            run.exception()

    def _asked(
        self,
        platform: str,
        plan: ClipPlan,
        sheet: Mapping[str, Sheet],
        grid: Grid,
        number: int,
    ) -> MotionAsk:
        """Return what a platform would be asked for a clip, in its own way of naming pictures."""
        prompt = self._prompts[f"shot/{plan.id}"]
        offer = registry.offer(platform)
        stills = self._stills(prompt, sheet, grid, offer.references_max)
        references = references_for(prompt, sheet, self._work, offer.references_max, stills)
        cut = self._settings.film
        return clips.asked(
            self._plan,
            plan,
            grid,
            self._work,
            settings=ClipSettings(
                height=cut.height,
                quality=cut.quality,
                read=self._settings.make.read,
                caption=cut.subtitles == "burned",
            ),
            prompt=render(prompt, [one.label for one in references], offer.reference_syntax),
            references=references,
            number=number,
        )

    def _stills(
        self, prompt: Prompt, sheet: Mapping[str, Sheet], grid: Grid, most: int
    ) -> tuple[Reference, ...]:
        """Return the pictures of the board that a prompt may count: itself, or chosen panels."""
        if self._settings.make.read != "panels":
            digest = grid.take.main.digest
            return (Reference("board", "board", digest, self._work.path(digest)),)
        plates = sum(label in sheet for label in mentions(prompt.text))
        panels = tuple(
            Reference("board", f"P{at}", file.digest, self._work.path(file.digest))
            for at, file in enumerate(grid.panels, 1)
        )
        return spread(panels, max(1, most - plates))

    def _begun(self, asks: Mapping[str, MotionAsk], barred: Mapping[str, str]) -> str:
        """Return the platform that has a clip already, or is at it; empty for none."""
        subject = next(iter(asks.values())).subject
        chosen = self._ledger.chosen("clip", subject)
        take = self._ledger.take(chosen[0]) if chosen else None
        if take is not None and take.provider in asks:
            return take.provider
        begun = [name for name, ask in asks.items() if self._work.begun(ask, name)]
        # Where two platforms made it, the film keeps the one that it has.
        if len(begun) > 1 and (now := self._ledger.in_film("clip", subject)) is not None:
            begun.sort(key=lambda name: name != now.provider)
        return next((name for name in begun if name not in barred), "")
