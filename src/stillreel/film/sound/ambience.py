"""Which beds lie under which panels: the air of the place, its weather, its season."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.film.sound import words
from stillreel.film.sound.nouns import RATE, Bed

if TYPE_CHECKING:
    from stillreel.film.nouns import CutList, PanelSpan
    from stillreel.plan.nouns import Place, Plan

_INDOORS = {"room", "hall", "castle", "vehicle"}
_LIFE = {"garden", "forest", "field"}
_JOIN = int(0.5 * RATE)
"""Samples over which one bed gives way to another."""
_OPENING = 2 * RATE
_CLOSING = 3 * RATE


def beds_of(plan: Plan, cut: CutList) -> tuple[Bed, ...]:
    """Return the beds of the film, each running as long as neighbouring panels share it.

    The first bed rises out of the title card and the last one sinks into the end credit.
    """
    places = {place.id: place for place in plan.places}
    running: dict[str, int] = {}
    beds: list[Bed] = []
    total = round(cut.frames * RATE / cut.fps)
    first = _at(cut, cut.panels[0].start) if cut.panels else 0
    last = _at(cut, cut.panels[-1].end) if cut.panels else 0

    def close(kind: str, end: int) -> None:
        start = running.pop(kind)
        opening = start == first
        ends = end == last
        rise = min(_OPENING, start) if opening else min(_JOIN, start)
        fall = min(_CLOSING, total - end) if ends else min(_JOIN, total - end)
        begin = start - (rise if opening else rise // 2)
        stop = end if ends else end - fall // 2
        beds.append(Bed(kind, begin, max(stop, begin + rise), words.BED_GAIN[kind], rise, fall))

    for span in cut.panels:
        heard = kinds_in(places.get(span.panel.place), span)
        at = _at(cut, span.start)
        for kind in sorted(set(running) - heard):
            close(kind, at)
        for kind in sorted(heard - set(running)):
            running[kind] = at
    for kind in sorted(running):
        close(kind, last)
    return tuple(sorted(beds, key=lambda bed: (bed.start, bed.kind)))


def kinds_in(place: Place | None, span: PanelSpan) -> set[str]:
    """Return the beds heard in one panel."""
    kind = place.kind if place else "open"
    features = {*(place.features if place else ()), *span.panel.features}
    heard = {_air(kind)}
    indoors = kind in _INDOORS
    heard |= _weather(span.panel.weather, span.panel.season, indoors=indoors)
    if not indoors and kind in {"mountain", "desert", "sky"}:
        heard.add("wind")
    if kind in _LIFE and span.panel.season != "winter" and span.panel.weather != "rain":
        heard.add("crickets" if span.panel.time == "night" else "leaves")
    for word in (*sorted(features - set(span.panel.hides)), *span.panel.sound):
        bed = words.BED_OF.get(words.noun_of(word))
        if bed == "rain" and indoors:
            bed = "rain-roof"
        if bed is not None and not (bed == "engine" and kind != "vehicle" and word in features):
            heard.add(bed)
    return heard


def _air(kind: str) -> str:
    return {
        "room": "room",
        "hall": "hall",
        "castle": "hall",
        "vehicle": "engine",
        "street": "town",
        "sea": "sea",
    }.get(kind, "air")


def _weather(weather: str, season: str, *, indoors: bool) -> set[str]:
    if weather == "rain":
        return {"rain-roof" if indoors else "rain"}
    if weather == "wind":
        return {"wind"} if not indoors else set()
    if indoors:
        return set()
    if weather == "snow" or (season == "winter" and weather == "clear"):
        return {"snow"}
    return set()


def _at(cut: CutList, frames: int) -> int:
    return round(frames * RATE / cut.fps)
