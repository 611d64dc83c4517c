"""Stage 0: the offline writer. A story goes in, a whole plan comes out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from stillreel.plan.board import Board
from stillreel.plan.casting import cast
from stillreel.plan.nouns import Place, Plan, PlanProp, PlanSettings
from stillreel.plan.pacing import (
    clip_count,
    grouped,
    merged,
    shares,
    shortened,
    spoken_words,
    spread,
)
from stillreel.plan.story import language_problems, read_story

if TYPE_CHECKING:
    from stillreel.brief.nouns import Brief
    from stillreel.plan.nouns import ClipPlan
    from stillreel.plan.telling import Telling
    from stillreel.values.problem import Problem


def write(brief: Brief, settings: PlanSettings | None = None) -> Plan:
    """Turn a story into a plan: cast, places, props and clips of nine panels each.

    The same story and settings always give the same plan; nothing is fetched.
    """
    asked = settings or PlanSettings()
    telling = read_story(brief)
    clips = _clips(brief, telling, asked)
    return _plan(brief, asked, telling, clips)


def warnings(brief: Brief) -> tuple[Problem, ...]:
    """Return what a person should know about how well this story can be read offline."""
    return language_problems(brief)


def _clips(brief: Brief, telling: Telling, asked: PlanSettings) -> tuple[ClipPlan, ...]:
    script = brief.form != "prose"
    count = asked.clips or clip_count(telling.words, spoken_words(telling.beats), script=script)
    beats = telling.beats if script else shortened(telling.beats, count)
    told = spread(beats, count)
    groups = grouped([replace(beat, weight=beat.weight / (1 + part)) for beat, part in told], count)
    board = Board(telling)
    made: list[ClipPlan] = []
    at = 0
    for number, group in enumerate(groups, 1):
        offsets = [part for _, part in told[at : at + len(group)]]
        at += len(group)
        few = merged(group)
        offsets = offsets if len(few) == len(group) else [0] * len(few)
        made.append(board.clip(number, few, shares(few), offsets, last=number == len(groups)))
    return tuple(made)


def _plan(brief: Brief, asked: PlanSettings, telling: Telling, clips: tuple[ClipPlan, ...]) -> Plan:
    panels = [panel for clip in clips for panel in clip.panel]
    times: dict[str, int] = {}
    for panel in panels:
        for performer in panel.who:
            times[performer.id] = times.get(performer.id, 0) + 1
    beings = [being for being in telling.beings if being.id in times]
    wanted = {being.like for being in beings} - {""}
    beings = [being for being in telling.beings if being.id in times or being.id in wanted]
    beings.sort(key=lambda being: (bool(being.like), -times.get(being.id, 0)))
    seen = ((one.holds, one.looks_at) for p in panels for one in p.who)
    things = {one for p in panels for one in (*p.props, p.focus)}.union(*seen)
    places: list[Place] = []
    for spot in telling.spots:
        first = next((panel for panel in panels if panel.place == spot.id), None)
        if first is None:
            continue
        places.append(
            Place(
                id=spot.id,
                name=spot.name,
                kind=spot.kind,
                features=tuple(dict.fromkeys(spot.features)),
                time=first.time,
                season=first.season,
                weather=first.weather,
                key=first.key,
                mood=first.mood,
                lines=tuple(spot.lines[:8]),
            )
        )
    props = tuple(
        PlanProp(
            id=t.id,
            name=t.name,
            kind=t.kind,
            colour=t.colour,
            size_m=t.size_m,
            text=t.text,
            lines=tuple(t.lines[:8]),
        )
        for t in telling.things
        if t.id in things
    )
    return Plan(
        title=asked.title or brief.title or "Untitled",
        author=asked.author or brief.author,
        language=brief.language,
        ratio=asked.ratio,
        fps=asked.fps,
        style=asked.style,
        cast=cast(beings, modern=telling.modern),
        places=tuple(places),
        props=props,
        clips=clips,
    )
