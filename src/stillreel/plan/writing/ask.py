"""The asks of the writer: the prompts in `templates/`, filled, with the form of the answer.

A template is never changed under its number: what was asked and paid for is known by its words.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from importlib import resources
from string import Template
from typing import TYPE_CHECKING

from stillreel.plan.pacing import clip_count
from stillreel.plan.phrases import identity_phrase, place_phrase, prop_phrase
from stillreel.plan.writing.told import Beats, Shots, schema
from stillreel.providers.ask import WriteAsk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.brief.nouns import Brief, Element
    from stillreel.plan.nouns import PlanSettings
    from stillreel.plan.writing.roster import Roster
    from stillreel.plan.writing.told import Beat, Part
    from stillreel.values.problem import Problem

_RULES, _BEATS, _SHOTS, _MEND = "rules-1", "beats-1", "shots-1", "mend-1"
_FILE = re.compile(r"^Add \S+\.toml, or n")
_UNTOLD = frozenset({"page-break", "note"})
_CAST_TOKENS, _CLIP_TOKENS, _PANEL_TOKENS = 2_500, 500, 260
"""About what an answer takes: for everybody and everything, for a clip, for a panel."""
_ROOM = 2.5
"""How much longer an answer may be than is likely, the model's thoughts included."""
_THOUGHTS = 4_000
_MOST_PROBLEMS = 40
"""How many are told at once."""
_LETTERS = 4
"""Letters of an answer that make a token."""
_LETTERS_A_WORD = 12
"""Letters for each space above which a text is written without spaces."""


def clips_of(brief: Brief, settings: PlanSettings) -> int:
    """Return how many clips the film gets: as the person said, or by the length of the story."""
    if settings.clips:
        return settings.clips
    spoken = sum(len(one.text.split()) for one in brief.elements if one.kind == "dialogue")
    text = " ".join(one.text for one in brief.elements)
    words = len(text.split())
    if words * _LETTERS_A_WORD < len(text):
        words = len(text) // 2
    return clip_count(words, spoken, script=brief.form != "prose")


def beats_ask(brief: Brief, settings: PlanSettings, take: int = 1) -> WriteAsk:
    """Return the first pass: who, where, with what, and what happens in each clip."""
    count = clips_of(brief, settings)
    likely = _CAST_TOKENS + _CLIP_TOKENS * count
    prompt = _filled(
        _BEATS,
        clips=str(count),
        title=settings.title or brief.title or "Untitled",
        style=settings.style,
        language=brief.language,
        story="\n".join(_line(one) for one in brief.elements if one.kind not in _UNTOLD),
    )
    return _ask("plan-beats", prompt, schema(Beats), likely, take)


def shots_ask(
    number: int,
    parts: Sequence[Part],
    roster: Roster,
    settings: PlanSettings,
    take: int = 1,
) -> WriteAsk:
    """Return the second pass for clip `number`, from 1: its nine panels, by our ids."""
    part = parts[number - 1]
    prompt = _filled(
        _SHOTS,
        number=str(number),
        clips=str(len(parts)),
        title=part.title,
        beats="\n".join(f"- {_beat(one, roster)}" for one in part.beats),
        before=_beat(parts[number - 2].beats[-1], roster) if number > 1 else "the film begins",
        after=_beat(parts[number].beats[0], roster) if number < len(parts) else "the film ends",
        cast=_listed("cast", [(one.id, identity_phrase(one)) for one in roster.cast]),
        places=_listed("places", [(one.id, place_phrase(one)) for one in roster.places]),
        props=_listed("props", [(one.id, prop_phrase(one)) for one in roster.props]),
        style=settings.style,
        ratio=settings.ratio,
    )
    cast = [one.id for one in roster.cast]
    words = {"Shot.place": [one.id for one in roster.places], "Actor.id": cast}
    form = schema(Shots, {key: ids for key, ids in words.items() if ids})
    return _ask(f"plan-C{number:02}", prompt, form, 9 * _PANEL_TOKENS, take)


def mended(ask: WriteAsk, answer: str, problems: Sequence[Problem], time: int) -> WriteAsk:
    """Return an ask again, with the answer it got and what is wrong with it.

    Args:
        ask: the first one.
        answer: what came last.
        problems: everything that is wrong with it.
        time: how often it is asked with this, from 2.
    """
    told = "\n".join(f"- {_problem(one)}" for one in problems[:_MOST_PROBLEMS])
    prompt = _filled(_MEND, prompt=ask.prompt, answer=answer, problems=told)
    return replace(ask, subject=f"{ask.subject}-{time}", prompt=prompt)


def prospect(
    brief: Brief, settings: PlanSettings
) -> tuple[tuple[WriteAsk, WriteAsk], tuple[WriteAsk, WriteAsk]]:
    """Return what will be asked, as long as it may get, before the first answer is known.

    Returns:
        The ask for the beats and the one for the shots of a clip, each with itself asked again.
    """
    beats = beats_ask(brief, settings)
    lists = "x" * (_LETTERS * beats.tokens_likely)
    prompt = f"{_template(_SHOTS).template}{lists}"
    shots = _ask("plan-C01", prompt, schema(Shots), 9 * _PANEL_TOKENS, 1)
    return (beats, _longest(beats)), (shots, _longest(shots))


def _longest(ask: WriteAsk) -> WriteAsk:
    return mended(ask, "x" * (_LETTERS * ask.tokens_max), (), 2)


def _ask(subject: str, prompt: str, form: str, likely: int, take: int) -> WriteAsk:
    most = round(likely * _ROOM) + _THOUGHTS
    return WriteAsk(subject, _template(_RULES).template, prompt, form, most, likely, take)


def _line(element: Element) -> str:
    who = f"{element.speaker}: " if element.kind == "dialogue" and element.speaker else ""
    return f"{element.line}: {who}{' '.join(element.text.split())}"


def _beat(beat: Beat, roster: Roster) -> str:
    ids = [roster.ids[name] for name in map(roster.key, beat.who) if name in roster.ids]
    place = roster.ids.get(roster.key(beat.place), beat.place)
    who, lines = ", ".join(ids) or "nobody", f"lines {beat.first_line}-{beat.last_line}"
    told = f"{beat.what} [{who}; at {place}; {lines}]"
    if not beat.speech:
        return told
    speaker = roster.ids.get(roster.key(beat.speaker), "a narrator")
    return f'{told} {speaker} says: "{beat.speech}"'


def _listed(room: str, things: Sequence[tuple[str, str]]) -> str:
    rows = [f"- {name}: {phrase}" for name, phrase in things]
    return "\n".join([f"{room}:", *(rows or ["- none"])])


def _problem(problem: Problem) -> str:
    key = f"{problem.key}: " if problem.key else ""
    # The model writes no files: of "add a file, or name one of these" only the second is for it.
    hint = f" {_FILE.sub('N', problem.hint)}" if problem.hint else ""
    return f"{key}{problem.message}{hint}"


def _filled(name: str, **words: str) -> str:
    return _template(name).substitute(words).strip()


@cache
def _template(name: str) -> Template:
    folder = resources.files("stillreel.plan").joinpath("writing", "templates")
    return Template(folder.joinpath(f"{name}.txt").read_text("utf-8"))
