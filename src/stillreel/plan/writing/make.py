"""The writer's verb: two passes, each held against our checks and asked again with what is wrong.

A pass is asked at most `TRIES` times; what `hear` has heard before costs nothing. Clips are
written beside each other, and one that fails takes nothing from the others.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from stillreel.errors import BadOutput
from stillreel.plan.nouns import Plan
from stillreel.plan.writing import ask as asks
from stillreel.plan.writing.check import beats_problems, clip_problems
from stillreel.plan.writing.roster import roster_of
from stillreel.plan.writing.shots import clip_of
from stillreel.plan.writing.told import Beats, Shots, read

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from stillreel.brief.nouns import Brief
    from stillreel.plan.nouns import ClipPlan, PlanSettings
    from stillreel.plan.writing.roster import Roster
    from stillreel.providers.ask import WriteAsk
    from stillreel.values.problem import Problem

    Hear = Callable[[WriteAsk], Awaitable[str]]
    """Puts an ask to the writer and returns the JSON that came."""

TRIES = 3
"""How often a pass is asked at most: once, and again with what is wrong."""

_Kind = TypeVar("_Kind")


@dataclass(frozen=True, slots=True)
class Written:
    """A plan that was written, and what is still not good about it."""

    plan: Plan
    problems: tuple[Problem, ...]
    """Warnings only: a plan with errors is not returned."""


def most_asks(clips: int) -> int:
    """Return how many requests a film of so many clips can take at most."""
    return TRIES * (1 + clips)


async def write(brief: Brief, settings: PlanSettings, hear: Hear, take: int = 1) -> Written:
    """Write the plan of a story: beats, then the shots of every clip.

    Args:
        brief: the story.
        settings: what the film asks of its writer.
        hear: puts an ask to the writer.
        take: another number asks everything anew.

    Raises:
        BadOutput: an answer stayed wrong however often it was asked for.
    """
    count = asks.clips_of(brief, settings)

    def as_beats(text: str) -> tuple[tuple[Beats, Roster] | None, tuple[Problem, ...]]:
        beats, problems = read(text, Beats)
        if beats is None:
            return None, problems
        roster = roster_of(beats)
        return (beats, roster), beats_problems(beats, roster, count)

    (beats, roster), _ = await _settled(asks.beats_ask(brief, settings, take), hear, as_beats)

    async def clip(number: int) -> tuple[ClipPlan, tuple[Problem, ...]]:
        first = asks.shots_ask(number, beats.clips, roster, settings, take)
        title = beats.clips[number - 1].title

        def as_clip(text: str) -> tuple[ClipPlan | None, tuple[Problem, ...]]:
            shots, problems = read(text, Shots)
            if shots is None:
                return None, problems
            made = clip_of(number, title, shots)
            return made, clip_problems(made, roster, settings)

        return await _settled(first, hear, as_clip)

    numbers = range(1, len(beats.clips) + 1)
    ended = await asyncio.gather(*(clip(at) for at in numbers), return_exceptions=True)
    made = [one for one in ended if not isinstance(one, BaseException)]
    for one in ended:
        if isinstance(one, BaseException):
            raise one
    problems = tuple(problem for _, found in made for problem in found)
    return Written(_plan(brief, settings, roster, tuple(clip for clip, _ in made)), problems)


async def _settled(
    first: WriteAsk,
    hear: Hear,
    understood: Callable[[str], tuple[_Kind | None, tuple[Problem, ...]]],
) -> tuple[_Kind, tuple[Problem, ...]]:
    """Ask until nothing is wrong or it was asked often enough; return the best answer.

    Raises:
        BadOutput: every answer had errors.
    """
    best: tuple[_Kind, tuple[Problem, ...]] | None = None
    ask = first
    wrong = ""
    for time in range(1, TRIES + 1):
        text = await hear(ask)
        found, problems = understood(text)
        good = found is not None and all(one.severity == "warning" for one in problems)
        if found is not None and good and (best is None or len(problems) < len(best[1])):
            best = found, problems
        if not problems:
            break
        wrong = str(problems[0])
        ask = asks.mended(first, text, problems, time + 1)
    if best is not None:
        return best
    raise BadOutput(
        f"The writer was asked {TRIES} times and its answer is still wrong: {wrong}.",
        where=first.subject,
        next_step="Ask anew with stillreel plan --again, or name another writer in film.toml.",
        charged="yes",
    )


def _plan(
    brief: Brief, settings: PlanSettings, roster: Roster, clips: tuple[ClipPlan, ...]
) -> Plan:
    """Return the plan with whoever and whatever is in a panel; nothing else needs a sheet."""
    panels = [panel for clip in clips for panel in clip.panel]
    acts = [one for panel in panels for one in panel.who]
    named = {panel.place for panel in panels}
    named |= {name for p in panels for name in (p.focus, p.over, *p.props)}
    named |= {panel.line.who for panel in panels if panel.line}
    named |= {name for one in acts for name in (one.id, one.holds, one.looks_at)}
    return Plan(
        title=settings.title or brief.title or "Untitled",
        author=settings.author or brief.author,
        language=brief.language,
        ratio=settings.ratio,
        fps=settings.fps,
        style=settings.style,
        cast=tuple(one for one in roster.cast if one.id in named),
        places=tuple(one for one in roster.places if one.id in named),
        props=tuple(one for one in roster.props if one.id in named),
        clips=clips,
    )
