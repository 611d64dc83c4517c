# ruff: noqa: RUF001 - full-width marks end sentences too
"""A brief into a telling: the right reader for its form and language."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from stillreel.plan.calling import Found, called
from stillreel.plan.gather import gathered
from stillreel.plan.lexicon import lexicon
from stillreel.plan.pacing import speech_weight
from stillreel.plan.quotes import mask
from stillreel.plan.telling import Beat, Moment, Spot, Telling
from stillreel.values.problem import Problem

if TYPE_CHECKING:
    from stillreel.brief.nouns import Brief

_PROSE = ("action", "centered", "lyric", "dialogue", "synopsis", "note")


def read_story(brief: Brief) -> Telling:
    """Read a brief with the reader its form and language call for."""
    if brief.language != "en" and brief.form == "prose":
        return _foreign(brief)
    from stillreel.plan.brackets import lifted
    from stillreel.plan.grammar import parse
    from stillreel.plan.reading import Reader
    from stillreel.plan.script import ScriptReader

    reader = Reader()
    if brief.form != "prose":
        script = ScriptReader(reader, brief)
        actions = script.masked()
        parsed = parse(tuple(masked.text for _, masked in actions), script.names)
        at = {id(one): index for index, one in enumerate(brief.elements)}
        script.read(
            {at[id(one)]: (m, found) for (one, m), found in zip(actions, parsed, strict=True)}
        )
    else:
        elements = [one for one in brief.elements if one.kind in _PROSE and one.text.strip()]
        told = [lifted(one.text) for one in elements]
        masked = [mask(text) for text, _ in told]
        parsed = parse(tuple(one.text for one in masked))
        for element, one, sentences, (_, who) in zip(elements, masked, parsed, told, strict=True):
            for introduced in who:
                reader.introduce(introduced, element.line)
            reader.paragraph(one, sentences, (element.line, max(element.end_line, element.line)))
    memory = reader.memory
    found = Found(memory.beats, memory.people.beings, memory.world.spots, memory.things)
    return _finished(found, brief)


def _foreign(brief: Brief) -> Telling:
    from stillreel.plan.foreign import ForeignReader

    reader = ForeignReader(brief.language)
    for element in brief.elements:
        if element.kind in _PROSE and element.text.strip():
            reader.paragraph(element)
    found = Found(reader.beats, reader.beings, reader.world.spots, reader.things)
    return _finished(found, brief)


def _finished(found: Found, brief: Brief) -> Telling:
    """Return what a reader found, every beat in a place."""
    words = [
        word.strip(".,;:!?“”\"'()").lower()
        for element in brief.elements
        if element.kind in (*_PROSE, "heading")
        for word in element.text.split()
    ]
    spots = dict(found.spots)
    found = called(found)
    first = next((beat.moment.place for beat in found.beats if beat.moment.place), "")
    if not first:
        spot = _likely(words)
        first = spot.id
        spots[first] = spot
    told = found.beats or _bare(brief)
    beats = tuple(_weighed(_placed(beat, first, spots)) for beat in told)
    beats = gathered(beats) if brief.language == "en" else beats
    return Telling(
        beats=beats,
        beings=tuple(found.beings.values()),
        spots=tuple(spots.values()),
        things=tuple(found.things.values()),
        words=_length(words),
        modern=lexicon().modern(words),
        english=brief.language == "en",
    )


def _likely(words: list[str]) -> Spot:
    """Return the place a story without a place most likely plays in."""
    lex = lexicon()
    trees = any(lex.feature(word) == "tree" for word in words)
    if trees and not any(lex.place(word) for word in words):
        return Spot("field", "the field", "field", "field", ["grass", "tree"])
    for word in words:
        kind = lex.place(word)
        if kind:
            spot = Spot(
                word if word.isascii() and word.isalpha() else "place", f"the {word}", word, kind
            )
            spot.features = list(lex.place_features(word, kind))
            return spot
    return Spot("open", "an open place", "open", "open")


def _bare(brief: Brief) -> list[Beat]:
    """Tell a text in which nothing happens as it stands, sentence by sentence."""
    found: list[Beat] = []
    for element in brief.elements:
        for text in re.split(r"(?<=[.!?…])\s+|(?<=[。！？])", element.text):
            if text.strip():
                lines = (element.line, max(element.end_line, element.line))
                found.append(Beat("scenery", text.strip(), lines, Moment("")))
    return found or [Beat("scenery", brief.title or "Untitled.", (0, 0), Moment(""))]


def _length(words: list[str]) -> int:
    """Count words; scripts without spaces count two signs as a word."""
    return sum(1 if word.isascii() or len(word) < 14 else len(word) // 2 for word in words)


def language_problems(brief: Brief) -> tuple[Problem, ...]:
    """Return a warning when the offline writer reads this language only roughly."""
    if brief.language == "en":
        return ()
    return (
        Problem(
            brief.file,
            0,
            "language",
            f"This story is in {brief.language!r}, which is read with a small word list only.",
            "Check cast/ and board/ by hand, or let another writer make the plan.",
            "warning",
        ),
    )


def _placed(beat: Beat, place: str, spots: dict[str, Spot]) -> Beat:
    if beat.moment.place:
        return beat
    weather = "clear" if spots[place].indoors else beat.moment.weather
    return replace(beat, moment=replace(beat.moment, place=place, weather=weather))


def _weighed(beat: Beat) -> Beat:
    return replace(beat, weight=speech_weight(beat.said.text)) if beat.said else beat
