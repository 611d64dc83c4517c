"""Beats with nobody in them: one look at a place is enough, the rest go with people."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from stillreel.plan.posture import HELD

if TYPE_CHECKING:
    from collections.abc import Iterable

    from stillreel.plan.telling import Beat, Part
    from stillreel.values.scene import Action

_MOST_WORDS = 34
_MOST_LEFT = 3
_RECENT = 16
"""Beats after which somebody is no longer taken to be about."""


def gathered(beats: Iterable[Beat]) -> tuple[Beat, ...]:
    """Return beats of which at most one in each scene has nobody to show.

    A further one keeps company with those last seen there, or its words go to the next beat in
    the same place, or to the one before.
    """
    found: list[Beat] = []
    shown: set[tuple[str, str, str]] = set()
    seen: dict[str, _Seen] = {}
    waiting: list[Beat] = []
    for at, beat in enumerate(beats):
        place = beat.moment.place
        scene = (place, beat.moment.time, beat.moment.season)
        if waiting and waiting[0].moment.place != place:
            _give_back(found, waiting)
        current = beat
        if found and not waiting and _one_fall(found[-1], beat):
            found[-1] = _told_together(found[-1], beat)
            _settle(beat, at, seen)
            continue
        if _empty(beat):
            near = [one for one in seen.values() if one.scene == scene and at - one.at <= _RECENT]
            left = tuple(one.part for one in sorted(near, key=lambda one: -one.at))[:_MOST_LEFT]
            if left and (scene in shown or beat.said):
                current = replace(beat, present=left)
            elif scene not in shown or beat.said:
                shown.add(scene)
            elif _fits(waiting, beat):
                waiting.append(beat)
                continue
        elif waiting:
            current = _led(waiting, beat)
            waiting.clear()
        found.append(current)
        _settle(beat, at, seen)
    _give_back(found, waiting)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Seen:
    """Where somebody was last, as they stand about there."""

    scene: tuple[str, str, str]
    """Place, time of day and season."""
    at: int
    part: Part


def _one_fall(first: Beat, second: Beat) -> bool:
    """Say whether two beats are one fall: he slipped, and he fell into the street."""
    if not (first.parts and second.parts) or first.moment.place != second.moment.place:
        return False
    one, other = first.parts[0], second.parts[0]
    return one.id == other.id and one.does == other.does == "fall" and not second.said


def _told_together(first: Beat, second: Beat) -> Beat:
    ids = {part.id for part in second.parts}
    return replace(
        second,
        text=f"{first.text} {second.text}",
        lines=(min(first.lines[0], second.lines[0]), max(first.lines[1], second.lines[1])),
        parts=(*second.parts, *(part for part in first.parts if part.id not in ids)),
        sounds=tuple(dict.fromkeys((*first.sounds, *second.sounds)))[:2],
        weight=first.weight + 0.6 * second.weight,
        turn=True,
    )


def _empty(beat: Beat) -> bool:
    return not (beat.parts or beat.present or beat.focus)


def _fits(waiting: list[Beat], beat: Beat) -> bool:
    return sum(len(one.text.split()) for one in (*waiting, beat)) <= _MOST_WORDS


def _settle(beat: Beat, at: int, seen: dict[str, _Seen]) -> None:
    """Remember who stays in a place when a beat is over."""
    leaving = {beat.parts[0].id} if beat.travel == "out" and beat.parts else set[str]()
    for part in beat.parts:
        if part.id in leaving:
            seen.pop(part.id, None)
        else:
            still = replace(part, does=_rest(part), looks_at="", loud=False)
            scene = (beat.moment.place, beat.moment.time, beat.moment.season)
            seen[part.id] = _Seen(scene, at, still)


def _rest(part: Part) -> Action:
    if part.does == "fall":
        return "lie"
    return part.does if part.does in HELD else "stand"


def _led(waiting: list[Beat], beat: Beat) -> Beat:
    """Put the words of empty beats before those of a peopled one."""
    text = " ".join([*(one.text for one in waiting), beat.text])
    features = tuple(dict.fromkeys((*beat.moment.features, *waiting[-1].moment.features)))
    return replace(
        beat,
        text=text,
        lines=(min(waiting[0].lines[0], beat.lines[0]), max(waiting[-1].lines[1], beat.lines[1])),
        moment=replace(beat.moment, features=features),
        sounds=tuple(dict.fromkeys((*beat.sounds, *waiting[-1].sounds)))[:2],
    )


def _give_back(found: list[Beat], waiting: list[Beat]) -> None:
    """Put the words of empty beats behind the beat before them, when nobody comes."""
    if not waiting:
        return
    last = found[-1] if found else None
    if last is not None and last.moment.place == waiting[0].moment.place and not last.said:
        text = " ".join([last.text, *(one.text for one in waiting)])
        found[-1] = replace(
            last, text=text, lines=(last.lines[0], max(last.lines[1], waiting[-1].lines[1]))
        )
    else:
        found.extend(waiting)
    waiting.clear()
