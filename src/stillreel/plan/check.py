"""A plan read as a director would: what breaks the grammar of film, or the head count."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from stillreel.plan.scenes import seconds_of_text
from stillreel.values.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stillreel.plan.nouns import ClipPlan, Panel, Plan

_MOST_BODIES = 7
_FASTEST_WORDS = 4.5
_NEUTRAL = ("extreme-wide", "insert")


def check(plan: Plan) -> tuple[Problem, ...]:
    """Return warnings about a plan, clip by clip; an empty tuple reads well."""
    found: list[Problem] = []
    for clip in plan.clips:
        found += [
            *_crossed(clip),
            *_same_sizes(clip),
            *_crowds(plan, clip),
            *_speech(clip),
            *_cameras(clip),
        ]
    return tuple(sorted(found))


def _warn(clip: ClipPlan, index: int, key: str, message: str, hint: str) -> Problem:
    name = f"panel.{index}.{key}" if index else key
    return Problem(f"board/{clip.id}.toml", 0, name, message, hint, "warning")


def _crossed(clip: ClipPlan) -> Iterator[Problem]:
    """Find two people who change sides between cuts without a neutral shot."""
    order: dict[tuple[str, str], int] = {}
    place = ""
    for index, panel in enumerate(clip.panel, 1):
        if panel.place != place or panel.size in _NEUTRAL or _turns(panel):
            order.clear()
        place = panel.place
        spots = {one.id: one.at for one in panel.who}
        for first in sorted(spots):
            for second in sorted(spots):
                if first >= second or abs(spots[first] - spots[second]) < 0.2:
                    continue
                side = 1 if spots[first] < spots[second] else -1
                if order.get((first, second), side) != side:
                    yield _warn(
                        clip,
                        index,
                        "who",
                        f"{first} and {second} change sides: the camera crosses their line.",
                        "Swap their `at`, or put a neutral shot between.",
                    )
                order[(first, second)] = side


def _turns(panel: Panel) -> bool:
    return panel.move.startswith("orbit")


def _same_sizes(clip: ClipPlan) -> Iterator[Problem]:
    sizes = [panel.size for panel in clip.panel]
    for index in range(2, len(sizes)):
        if sizes[index - 2] == sizes[index - 1] == sizes[index]:
            yield _warn(
                clip,
                index + 1,
                "size",
                f"Three shots in a row are {sizes[index]}.",
                "Go nearer or further on one of them.",
            )


def _crowds(plan: Plan, clip: ClipPlan) -> Iterator[Problem]:
    members = {one.id: one.members for one in plan.cast}
    if members and not any(panel.who for panel in clip.panel):
        yield _warn(clip, 0, "panel", "Nobody is seen in this clip.", "Let someone be in it.")
    for index, panel in enumerate(clip.panel, 1):
        bodies = sum(one.seen or members.get(one.id, 1) for one in panel.who)
        if bodies > _MOST_BODIES:
            yield _warn(
                clip,
                index,
                "who",
                f"{bodies} bodies in one picture; heads get lost above {_MOST_BODIES}.",
                "Show fewer of a group with `seen`.",
            )
        twice = {
            a.id for a, b in pairwise(sorted(panel.who, key=lambda one: one.id)) if a.id == b.id
        }
        for name in sorted(twice):
            yield _warn(
                clip, index, "who", f"{name} is in this picture twice.", "Keep one of them."
            )


def _speech(clip: ClipPlan) -> Iterator[Problem]:
    for index, panel in enumerate(clip.panel, 1):
        if panel.line is None:
            continue
        ids = {one.id for one in panel.who}
        if panel.line.who and panel.line.who not in ids and not panel.line.off:
            yield _warn(
                clip,
                index,
                "line",
                f"{panel.line.who} speaks but is not in frame.",
                "Add off = true to the line, or the speaker to `who`.",
            )
        words = len(panel.line.text.split())
        seconds = float(seconds_of_text(panel.seconds))
        if words > _FASTEST_WORDS * seconds + 1:
            yield _warn(
                clip,
                index,
                "line",
                f"{words} words in {seconds:g} s cannot be spoken.",
                "Shorten the line, or give it a longer panel.",
            )


def _cameras(clip: ClipPlan) -> Iterator[Problem]:
    still = sum(panel.move == "static" for panel in clip.panel)
    if still * 3 < len(clip.panel):
        yield _warn(
            clip,
            0,
            "panel",
            f"Only {still} of {len(clip.panel)} shots hold still.",
            "Let a third of them be static; movement then means something.",
        )
