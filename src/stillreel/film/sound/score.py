"""Writing the score: what the plan lets us hear, laid on the frames of the cut; pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stillreel.draw.motion.performance import rhythm
from stillreel.film.sound import words
from stillreel.film.sound.ambience import beds_of
from stillreel.film.sound.effects import VARIANTS
from stillreel.film.sound.music import compose
from stillreel.film.sound.noise import generator
from stillreel.film.sound.nouns import RATE, Hit, Score, Space, Speech

if TYPE_CHECKING:
    import numpy as np

    from stillreel.film.nouns import CutList, CutSettings, PanelSpan
    from stillreel.plan.nouns import Character, Plan
    from stillreel.values.scene import Performer

_ON_FOOT = {"walk", "run", "carry", "dance"}
_NEAR = {
    "extreme-wide": 0.4,
    "wide": 0.6,
    "full": 0.8,
    "medium-wide": 0.9,
    "medium": 1.0,
    "medium-close-up": 1.05,
    "close-up": 1.1,
    "extreme-close-up": 1.15,
    "insert": 1.2,
}
_GIANT_METRES = 2.6
_OUTDOORS = {"street", "garden", "forest", "field", "sea", "mountain", "desert", "sky", "open"}
_ACTED: dict[str, tuple[tuple[str, float], ...]] = {
    "fall": (("whoosh", 0.1), ("thud", 0.66)),
    "lie": (("rustle", 0.5),),
    "fight": (("whoosh", 0.2), ("thud", 0.5), ("whoosh", 1.2), ("thud", 1.5)),
    "fly": (("whoosh", 0.1), ("whoosh", 0.85)),
    "swim": (("splash", 0.2), ("splash", 1.7)),
    "embrace": (("rustle", 0.5),),
    "kneel": (("rustle", 0.4),),
    "sit": (("rustle", 0.45),),
    "climb": (("rustle", 0.2), ("rustle", 1.45)),
    "ride": (("hooves", 0.05), ("hooves", 1.55)),
}
"""Effects of what a body does, at seconds after the cut: the motion waits a breath, then acts."""


def write_score(plan: Plan, cut: CutList, settings: CutSettings) -> Score:
    """Return everything heard in the film: beds, effects, music and, when asked, speech."""
    samples = round(cut.frames * RATE / cut.fps)
    cast = {one.id: one for one in plan.cast}
    beds = beds_of(plan, cut) if settings.sound else ()
    hits: list[Hit] = []
    if settings.sound:
        for index, span in enumerate(cut.panels):
            rng = generator("hits", settings.seed, index)
            hits.extend(_hits(_shot(plan, cut, span, rng), cast))
    speech = _speech(plan, cut, cast) if settings.voice else ()
    rests = tuple(
        (_at(cut, span.start), _at(cut, span.end)) for span in cut.panels if span.panel.line
    )
    chords, tones = compose(cut, settings.seed, rests) if settings.music else ((), ())
    kept = sorted((hit for hit in hits if hit.at < samples), key=lambda hit: (hit.at, hit.kind))
    return Score(samples, settings.seed, beds, tuple(kept), tones, chords, speech)


def space_of(kind: str) -> Space:
    """Return how a place of that kind answers."""
    if kind in {"castle", "hall"}:
        return "hall"
    return "open" if kind in _OUTDOORS else "room"


@dataclass(frozen=True, slots=True)
class _Shot:
    """One panel as the ear meets it."""

    span: PanelSpan
    place: str
    space: Space
    start: int
    """First sample."""
    end: int
    rng: np.random.Generator

    def hit(self, kind: str, share: float, pan: float) -> Hit:
        """Return an effect `share` of the way through the panel."""
        at = self.start + int(share * (self.end - self.start))
        gain = words.HIT_GAIN[kind] * self.nearness
        return Hit(kind, at, round(gain, 4), round(pan * 0.7, 3), self.variant(), self.space)

    @property
    def nearness(self) -> float:
        """How much louder a close shot is than a wide one."""
        return _NEAR.get(self.span.panel.size, 1.0)

    def variant(self) -> int:
        """Draw which performance is heard."""
        return int(self.rng.integers(0, VARIANTS))


def _shot(plan: Plan, cut: CutList, span: PanelSpan, rng: np.random.Generator) -> _Shot:
    place = next((one.kind for one in plan.places if one.id == span.panel.place), "open")
    return _Shot(span, place, space_of(place), _at(cut, span.start), _at(cut, span.end), rng)


def _hits(shot: _Shot, cast: dict[str, Character]) -> list[Hit]:
    panel = shot.span.panel
    found: list[Hit] = []
    for one in panel.who:
        if one.does in _ON_FOOT:
            found.extend(_steps(shot, one, cast.get(one.id)))
        for kind, seconds in _ACTED.get(one.does, ()):
            share = seconds * RATE / (shot.end - shot.start)
            if share < 0.9:
                found.append(shot.hit(kind, share, one.at))
    nouns = [words.noun_of(word) for word in panel.sound]
    walked = any(words.EFFECT_OF.get(noun) == "footsteps" for noun in nouns)
    if walked and not found and panel.who:
        first = panel.who[0]
        found.extend(_steps(shot, first.model_copy(update={"does": "walk"}), cast.get(first.id)))
    share = 0.18
    have = {hit.kind for hit in found}
    for noun in nouns:
        kind = words.EFFECT_OF.get(noun, "")
        if kind in {"", "footsteps", *have}:
            continue
        have.add(kind)
        found.append(shot.hit(kind, share, float(shot.rng.uniform(-0.4, 0.4))))
        share = min(0.75, share + 0.22)
    found.extend(_wildlife(shot))
    if panel.weather == "wind" and shot.space == "open" and shot.rng.random() < 0.5:
        found.append(shot.hit("gust", 0.1, float(shot.rng.uniform(-0.6, 0.6))))
    return found


def _steps(shot: _Shot, one: Performer, who: Character | None) -> list[Hit]:
    """Return the footsteps of one performer, a foot down every half cycle of the walk."""
    if who is not None and who.kind == "horse":
        return [shot.hit("hooves", 0.02, one.at)]
    if who is not None and who.kind in {"bird", "cat", "thing"}:
        return []
    giant = who is not None and who.height_m >= _GIANT_METRES
    every = int(rhythm(one.does).seconds / 2 * RATE)
    kind = "step-heavy" if giant else _ground(shot)
    light = 0.7 if who is not None and who.age == "child" else 1.0
    feet: list[Hit] = []
    bodies = 1 if who is None else min(3, who.members)
    for body in range(bodies):
        at = shot.start + every // 2 + int(body * 0.37 * every)
        while at < shot.end - RATE // 10:
            loud = words.HIT_GAIN[kind] * shot.nearness * light / bodies**0.5
            loud *= float(shot.rng.uniform(0.8, 1.0)) * (1.25 if one.does == "run" else 1.0)
            pan = round(one.at * 0.6 + 0.2 * (body - (bodies - 1) / 2), 3)
            feet.append(Hit(kind, at, round(loud, 4), pan, shot.variant(), shot.space))
            at += every
    return feet


def _ground(shot: _Shot) -> str:
    snowy = shot.span.panel.weather == "snow" or shot.span.panel.season == "winter"
    if shot.space == "open" and shot.place != "street" and snowy:
        return "step-snow"
    if shot.place in {"sea", "desert"}:
        return "step-sand"
    return "step-soft" if shot.place in {"garden", "forest", "field", "open"} else "step-hard"


def _wildlife(shot: _Shot) -> list[Hit]:
    """Return the birds of a place: many at dawn in spring, none in rain, crows in winter."""
    panel = shot.span.panel
    if shot.space != "open" or shot.place in {"street", "desert", "sky"}:
        return []
    if panel.weather in {"rain", "snow"}:
        return []
    voices, rate = _voices(shot)
    found: list[Hit] = []
    length = shot.end - shot.start
    for _ in range(int(shot.rng.poisson(rate * length / RATE))):
        kind = voices[int(shot.rng.integers(len(voices)))]
        gain = round(words.HIT_GAIN[kind] * float(shot.rng.uniform(0.35, 1.0)), 4)
        at = shot.start + int(shot.rng.random() * length)
        pan = round(float(shot.rng.uniform(-0.9, 0.9)), 3)
        found.append(Hit(kind, at, gain, pan, shot.variant(), "open"))
    return found


def _voices(shot: _Shot) -> tuple[tuple[str, ...], float]:
    """Return which birds are about, and how many calls a second they make together."""
    panel = shot.span.panel
    night = panel.time == "night"
    if shot.place == "sea":
        return ("gull",), 0.0 if night else 0.22
    if night:
        return ("owl",), 0.06 if shot.place in {"forest", "garden"} else 0.0
    if panel.season == "winter" or shot.place == "mountain":
        return ("crow",), 0.07
    rate = 0.75 if panel.season == "spring" or panel.time == "dawn" else 0.42
    return ("bird", "bird", "song"), rate * (0.5 if panel.weather in {"fog", "wind"} else 1.0)


def _speech(plan: Plan, cut: CutList, cast: dict[str, Character]) -> tuple[Speech, ...]:
    lines: list[Speech] = []
    for span in cut.panels:
        line = span.panel.line
        if line is None or not line.text.strip():
            continue
        who = cast.get(line.who)
        at = _at(cut, span.start) + RATE // 4
        pan = next((one.at * 0.3 for one in span.panel.who if one.id == line.who), 0.0)
        pitch, rate = _voice_of(who)
        lines.append(
            Speech(
                line.who,
                line.text.strip(),
                plan.language,
                at,
                max(RATE, _at(cut, span.end) - at),
                pitch,
                rate,
                round(pan, 3),
            )
        )
    return tuple(lines)


def _voice_of(who: Character | None) -> tuple[int, int]:
    """Return pitch and words per minute of a character's scratch voice, always the same."""
    if who is None:
        return 46, 165
    pitch = {"feminine": 62, "masculine": 34, "neutral": 48}[who.presentation]
    pitch += {"child": 24, "teen": 10, "adult": 0, "elder": -6}[who.age]
    if who.height_m >= _GIANT_METRES:
        pitch -= 26
    own = int(generator("voice", who.id).integers(-5, 6))
    rate = {"child": 175, "teen": 172, "adult": 165, "elder": 145}[who.age] + own
    return max(0, min(99, pitch + own)), rate


def _at(cut: CutList, frames: int) -> int:
    return round(frames * RATE / cut.fps)
