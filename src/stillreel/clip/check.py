"""Whether a clip is what was ordered: pure functions of the plan and of what was measured."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from stillreel.values.problem import Problem
from stillreel.values.timecode import frames_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.clip.nouns import Probe
    from stillreel.measure.clip.nouns import ClipFacts
    from stillreel.measure.nouns import Span
    from stillreel.providers.ask import MotionAsk

NEAR_CUT = 2
"""Frames a measured cut may lie beside the planned one."""


def delivered(ask: MotionAsk, facts: Probe) -> tuple[Problem, ...]:
    """Return how a delivered clip differs from what was ordered.

    A clip that is too short cannot be cut to the plan and is an error; another size or rate can be
    conformed and is a warning.
    """
    found: list[Problem] = []
    where = f"board/{ask.subject}.toml"
    wanted = sum(panel.frames for panel in ask.board.panels)
    length = frames_of(Fraction(facts.frames) / facts.fps, ask.fps)
    if length < wanted:
        found.append(
            Problem(
                where,
                0,
                "seconds",
                f"the clip has {length} frames at {ask.fps} fps, {wanted} were ordered",
                f"redo {ask.subject}, or shorten its panels",
            )
        )
    elif length > wanted:
        found.append(
            _warning(
                where,
                "seconds",
                f"the clip is {length - wanted} frames longer than ordered",
                "trim it",
            )
        )
    if facts.fps != ask.fps:
        found.append(
            _warning(where, "fps", f"the clip runs at {facts.fps} fps, not {ask.fps}", "conform it")
        )
    if (facts.width, facts.height) != (ask.width, ask.height):
        found.append(
            _warning(
                where,
                "size",
                f"the clip is {facts.width}x{facts.height}, not {ask.width}x{ask.height}",
                "conform it",
            )
        )
    return (*found, *_cuts(where, ask, facts.cuts))


def _cuts(where: str, ask: MotionAsk, cuts: Sequence[int]) -> tuple[Problem, ...]:
    """Return a warning for every planned cut that was not found near its frame."""
    if not cuts:
        return ()
    found: list[Problem] = []
    at = 0
    for number, panel in enumerate(ask.board.panels[:-1], 2):
        at += panel.frames
        if all(abs(cut - at) > NEAR_CUT for cut in cuts):
            found.append(
                _warning(
                    where,
                    f"panel.{number}",
                    f"no cut was found near frame {at}, where panel {number} begins",
                    "look at the clip: two panels may have run into one another",
                )
            )
    return tuple(found)


def watched(clip: str, found: ClipFacts) -> tuple[Problem, ...]:
    """Return what is wrong with a clip that was looked at frame by frame, with times in seconds."""
    again = f"look at it; stillreel redo DIR {clip}"
    where = f"board/{clip}.toml"
    faults = (
        ("black", found.black, "is black"),
        ("frozen", found.frozen, "stands still"),
        ("flicker", found.flicker, "flickers"),
        ("blur", found.blur, "is blurred"),
        ("drift", found.drifting, "drifts in colour"),
        ("clones", found.clones, "shows a second copy of somebody"),
        ("letterbox", tuple(bars.shot for bars in found.letterbox), "does not fill its frame"),
    )
    told = [
        _warning(where, key, f"{clip} {words} {_when(spans, found.fps)}", again)
        for key, spans, words in faults
        if spans
    ]
    # size, rate and length are told from the header already
    told += [
        _warning(where, wrong.what, f"{clip}: {wrong.wanted} ordered, {wrong.found} found", again)
        for wrong in found.wrong
        if wrong.what in {"cut", "jump", "heads", "shape"}
    ]
    return tuple(told)


def _when(spans: Sequence[Span], rate: Fraction) -> str:
    return ", ".join(f"{float(s.first / rate):.2f} to {float(s.last / rate):.2f} s" for s in spans)


def _warning(where: str, key: str, message: str, hint: str) -> Problem:
    return Problem(where, 0, key, message, hint, "warning")
