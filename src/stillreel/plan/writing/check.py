"""What is wrong with an answer: its names, and all that `stillreel check` says of the files."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from stillreel.plan import files
from stillreel.plan.check import check as check_plan
from stillreel.plan.lines import near
from stillreel.plan.lint import lint
from stillreel.plan.nouns import Plan
from stillreel.plan.prompts import grid_prompt, shot_prompt
from stillreel.plan.writing.told import ANSWER
from stillreel.values.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from stillreel.plan.nouns import ClipPlan, PlanSettings
    from stillreel.plan.writing.roster import Roster
    from stillreel.plan.writing.told import Beat, Beats

_MOST_BEATS = 9


def beats_problems(beats: Beats, roster: Roster, count: int) -> tuple[Problem, ...]:
    """Return what is wrong with the first pass: how many clips, and who and where is not named."""
    found: list[Problem] = []
    if len(beats.clips) != count:
        found.append(_wrong("clips", f"There are {len(beats.clips)} clips.", f"Give {count}."))
    for at, part in enumerate(beats.clips, 1):
        if len(part.beats) > _MOST_BEATS:
            hint = f"Tell at most {_MOST_BEATS}: a clip has nine panels."
            found.append(_wrong(f"clips.{at}.beats", f"There are {len(part.beats)}.", hint))
        for index, beat in enumerate(part.beats, 1):
            found += _strangers(beat, f"clips.{at}.beats.{index}", beats, roster)
    return tuple(found)


def clip_problems(clip: ClipPlan, roster: Roster, settings: PlanSettings) -> tuple[Problem, ...]:
    """Return what `stillreel check` would say of a clip: its files are written and read."""
    plan = Plan(
        title=settings.title,
        cast=roster.cast,
        places=roster.places,
        props=roster.props,
        clips=(clip,),
    )
    with TemporaryDirectory(prefix="stillreel-") as place:
        for one in files.plan_files(plan):
            path = Path(place, one.path)
            path.parent.mkdir(exist_ok=True)
            path.write_text(one.text, "utf-8")
        read, problems = files.load(Path(place), settings)
    found = (*problems, *check_plan(plan))
    if read is None:
        return found
    prompts = (grid_prompt(read, clip), shot_prompt(read, clip, settings.read))
    return (*found, *(one for prompt in prompts for one in lint(prompt)))


def _strangers(beat: Beat, where: str, beats: Beats, roster: Roster) -> Iterator[Problem]:
    cast, places = ([one.name for one in room] for room in (beats.cast, beats.places))
    named = [("who", name, cast) for name in beat.who]
    named += [("place", beat.place, places)]
    if beat.speaker:
        named.append(("speaker", beat.speaker, cast))
    for key, name, known in named:
        if roster.key(name) not in {roster.key(one) for one in known}:
            yield _wrong(f"{where}.{key}", f"There is no {name!r}.", _known(name, known))


def _known(name: str, known: Sequence[str]) -> str:
    return near(name, tuple(known)) or f"Add it, or name one of: {', '.join(known)}."


def _wrong(key: str, message: str, hint: str) -> Problem:
    return Problem(ANSWER, 0, key, message, hint)
