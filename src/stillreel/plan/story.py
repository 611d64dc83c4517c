"""A brief into a telling: the right reader for its form and language."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from stillreel.plan.lexicon import lexicon
from stillreel.plan.pacing import speech_weight
from stillreel.plan.quotes import mask
from stillreel.plan.telling import Spot, Telling
from stillreel.values.problem import Problem

if TYPE_CHECKING:
    from stillreel.brief.nouns import Brief
    from stillreel.plan.reading import Reader
    from stillreel.plan.telling import Beat

_PROSE = ("action", "centered", "lyric", "dialogue", "synopsis", "note")


def read_story(brief: Brief) -> Telling:
    """Read a brief with the reader its form and language call for."""
    from stillreel.plan.grammar import parse
    from stillreel.plan.reading import Reader

    reader = Reader()
    elements = [one for one in brief.elements if one.kind in _PROSE and one.text.strip()]
    masked = [mask(one.text) for one in elements]
    parsed = parse(tuple(one.text for one in masked))
    for element, one, sentences in zip(elements, masked, parsed, strict=True):
        reader.paragraph(one, sentences, (element.line, max(element.end_line, element.line)))
    return finished(reader, brief)


def finished(reader: Reader, brief: Brief) -> Telling:
    """Return what a reader found, every beat in a place."""
    beats = tuple(reader.beats)
    spots = dict(reader.world.spots)
    first = next((beat.moment.place for beat in beats if beat.moment.place), "")
    if not first:
        first = "open"
        spots[first] = Spot(first, "an open place", "open", "open")
    beats = tuple(_weighed(_placed(beat, first)) for beat in beats)
    text = " ".join(element.text for element in brief.elements)
    words = [word.strip(".,;:!?“”\"'()").lower() for word in text.split()]
    return Telling(
        beats=beats,
        beings=tuple(reader.people.beings.values()),
        spots=tuple(spots.values()),
        things=tuple(reader.things.values()),
        words=len(words),
        modern=lexicon().modern(words),
    )


def language_problems(brief: Brief) -> tuple[Problem, ...]:
    """Return a warning when the offline writer reads this language only roughly."""
    if brief.language == "en":
        return ()
    return (
        Problem(
            brief.file,
            0,
            "language",
            f"This story seems to be in {brief.language!r}, which is read with a small word list only.",
            "Check cast/ and board/ by hand, or let another writer make the plan.",
            "warning",
        ),
    )


def _placed(beat: Beat, place: str) -> Beat:
    if beat.moment.place:
        return beat
    return replace(beat, moment=replace(beat.moment, place=place))


def _weighed(beat: Beat) -> Beat:
    return replace(beat, weight=speech_weight(beat.said.text)) if beat.said else beat
