"""The timing of a body: which drawing is shown on which frame, and how far it has come.

Bodies move on twos and threes as in drawn animation, the camera on ones. A drawing is named by a
few whole numbers, so that a cycle is drawn once and shown as often as it comes round.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count
from math import cos, pi, sin
from typing import TYPE_CHECKING, Literal

from stillreel.values.digest import of_parts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from stillreel.values.scene import Action, Performer, ShotSize

STEPS = 48
"""Phases are counted in 48ths of an action's cycle."""


@dataclass(frozen=True, slots=True)
class Pose:
    """One drawing of a body, named so that equal names are equal drawings."""

    phase: int
    """0..48 of the action's cycle; 48 is the end of an action that happens once."""
    mouth: int = -1
    """0 closed, 1 half, 2 open; -1 as on the still."""
    blink: int = 0
    """1 with the eyes shut."""
    gaze: int = 0
    """-1, 0 or 1: eyes to frame left, ahead, to frame right."""


@dataclass(frozen=True, slots=True)
class Beat:
    """What is shown of a body on one frame."""

    pose: Pose
    gone: float
    """Cycles of walking since the middle of the panel; negative before it."""
    breath: float = 0.0
    """0..1 of a breath drawn in; bodies that act do not show it."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How an action fills time."""

    kind: Literal["loop", "once", "idle"]
    seconds: float
    """Of one cycle, or of the whole action."""
    drawings: int
    """In one cycle of a draft; a film to be shown gets half as many again."""
    end: int = STEPS
    """Phase at which an action that happens once stays, in 48ths."""
    joined: bool = False
    """Whether it is joined where the still catches it, instead of seen from its beginning."""


TRAVELS = frozenset({"walk", "run", "ride", "fly", "swim"})
"""Actions that take the body across the frame."""

_LOOP: dict[Action, Rhythm] = {
    "walk": Rhythm("loop", 1.0, 8),
    "carry": Rhythm("loop", 1.16, 8),
    "run": Rhythm("loop", 2 / 3, 6),
    "ride": Rhythm("loop", 0.75, 6),
    "fly": Rhythm("loop", 0.75, 6),
    "swim": Rhythm("loop", 1.5, 8),
    "climb": Rhythm("loop", 1.25, 6),
    "dance": Rhythm("loop", 1.25, 8),
    "play": Rhythm("loop", 1.0, 6),
    "wave": Rhythm("loop", 0.75, 5),
    "work": Rhythm("loop", 1.25, 6),
    "fight": Rhythm("loop", 1.0, 6),
    "eat": Rhythm("loop", 1.5, 4),
    "laugh": Rhythm("loop", 0.5, 3),
    "cry": Rhythm("loop", 1.0, 4),
    "talk": Rhythm("loop", 2.0, 4),
    "turn": Rhythm("once", 0.75, 6),
    "sit": Rhythm("once", 0.85, 6),
    "kneel": Rhythm("once", 0.75, 6),
    "lie": Rhythm("once", 1.0, 6),
    "fall": Rhythm("once", 0.6, 5, joined=True),
    "reach": Rhythm("once", 0.5, 4, end=26),
    "point": Rhythm("loop", 1.5, 4),
    "embrace": Rhythm("loop", 2.0, 4),
}
_IDLE = Rhythm("idle", 3.2, 4)

_SPECK = 1 / 9
"""Height in frame heights below which nobody sees what a body does, unless it gets on."""
_FACED = 0.36
"""Height below which lids and lips are a few pixels."""
_PAUSE = (3.0, 6.0)
"""Seconds between two blinks, at least and at most."""
_BLINK = 0.2
"""Seconds the lids are down."""
_ASLEEP = frozenset({"sleep"})
_FACIAL = frozenset({"talk", "embrace", "eat"})
"""Actions that close shots show in the face alone."""

_CLOSE: frozenset[ShotSize] = frozenset(
    {"medium-close-up", "close-up", "extreme-close-up", "insert"}
)
_FACES: frozenset[ShotSize] = frozenset({*_CLOSE, "medium"})
_SWING = 5
"""48ths of a climb that are shown to either side of the still where a face is."""
_FAR: frozenset[ShotSize] = frozenset({"extreme-wide", "wide"})


def is_close(size: ShotSize) -> bool:
    """Return whether a shot shows little more than the face."""
    return size in _CLOSE


def rhythm(action: Action) -> Rhythm:
    """Return how an action fills time; what has no rhythm of its own breathes."""
    return _LOOP.get(action, _IDLE)


def perform(
    performer: Performer,
    member: int,
    *,
    size: ShotSize,
    frames: int,
    fps: int,
    words: int = 0,
    bodies: int = 1,
    full: bool = False,
    rest: int = 0,
    begin: int | None = 0,
    breathes: bool = True,
    tall: float = 1.0,
    attends: bool = False,
    panel: str = "",
) -> tuple[Beat, ...]:
    """Return what one body shows on every frame of a panel.

    Args:
        performer: what it does.
        member: its number in a group; members do not move in step.
        size: of the shot; faces far away do not blink, and bodies cut off by the frame hold still.
        frames: length of the panel.
        fps: frames per second.
        words: spoken in the panel, when this body speaks.
        bodies: in the frame; crowds are drawn with fewer drawings.
        full: whether bodies that stay where they are move on twos as well; else on threes.
        rest: phase of the still, in 48ths: cycles begin there.
        begin: phase from which an action that happens once is seen, in 48ths; None if it is over.
        breathes: whether a breath can be seen: not where the camera moves the whole body anyway.
        tall: height of the body in frame heights; small ones get few drawings, and no lids.
        attends: whether it is one of many and leaves the acting to its neighbours.
        panel: id of the panel, so that nobody blinks at the same moment of every shot.
    """
    seed = int(of_parts([performer.id, str(member), performer.does])[:8], 16)
    beat = rhythm(performer.does)
    hold = _hold(performer, bodies, full=full)
    gone, breaths = [0.0] * frames, [0.0] * frames
    # an action that is over stays over, one that has a cycle rests where the still has it
    phases = [beat.end if beat.kind == "once" else rest] * frames
    stays = performer.does not in TRAVELS and (attends or tall < _SPECK)
    stays = stays or performer.does in _ASLEEP
    if stays or _rests(performer, beat, size, begin):
        breaths = _breaths(size, frames, fps, seed, breathes=breathes and not stays)
    elif beat.kind == "once":
        phases = _once(beat, frames, fps, hold, begin or 0)
    else:
        most = 4 if tall < _SPECK else beat.drawings * 3 // 2 if full else beat.drawings
        phases, gone = _loop(replace(beat, drawings=most), frames, fps, hold, rest)
        if performer.does == "climb" and size in _FACES:
            phases = [_farther(phase, rest) for phase in phases]
    faceless = size in _FAR or (size not in _CLOSE and tall < _FACED)
    blinks = f"{panel}/{performer.id}/{member}"
    faces = _faces(performer, frames, fps, words, seed, "" if faceless else blinks)
    return tuple(
        Beat(Pose(phase, *face), way, breath)
        for phase, face, way, breath in zip(phases, faces, gone, breaths, strict=True)
    )


def _faces(
    performer: Performer, frames: int, fps: int, words: int, seed: int, blinks: str
) -> Iterable[tuple[int, int, int]]:
    """Return mouth, lids and eyes of every frame; without `blinks` the face is too far to act."""
    mouths = _mouths(frames, fps, words, seed) if blinks else [-1] * frames
    lids = _lids(frames, fps, blinks) if blinks else [0] * frames
    lids = [1] * frames if performer.does in _ASLEEP else lids
    return zip(mouths, lids, _eyes(performer, frames, seed, seen=bool(blinks)), strict=True)


def _rests(performer: Performer, beat: Rhythm, size: ShotSize, begin: int | None) -> bool:
    """Return whether a body does no more than breathe."""
    over = beat.kind == "once" and begin is None
    return over or beat.kind == "idle" or (size in _CLOSE and performer.does in _FACIAL)


def _hold(performer: Performer, bodies: int, *, full: bool) -> int:
    """Return for how many frames a drawing stands: who crosses the frame must not stutter."""
    if bodies > 4:
        return 3 if full else 6
    if full or (bodies <= 2 and performer.does in TRAVELS):
        return 2
    return 3


def _breaths(size: ShotSize, frames: int, fps: int, seed: int, *, breathes: bool) -> list[float]:
    """Rise and fall over three seconds, on fours; nobody sees it from afar."""
    if size in _FAR or not breathes:
        return [0.0] * frames
    cycle = _IDLE.seconds * fps
    start = seed % round(cycle)
    return [
        (1 + round((1 - cos(2 * pi * (i // 4 * 4 + start) / cycle)) * 6)) / 12
        for i in range(frames)
    ]


def _once(beat: Rhythm, frames: int, fps: int, hold: int, begin: int) -> list[int]:
    """Hold the beginning for a breath, act, then hold the end."""
    wait = min(round(fps * 0.17), frames // 6)
    length = max(1, min(round(beat.seconds * fps), int(frames * 0.7)))
    phases: list[int] = []
    for i in range(frames):
        done = min(1.0, max(0.0, (i - wait) / length))
        shown = round(done * beat.drawings) / beat.drawings
        phases.append(begin + round(shown * (beat.end - begin)))
    return [phases[min(frames - 1, i // hold * hold)] for i in range(frames)]


def _loop(
    beat: Rhythm, frames: int, fps: int, hold: int, rest: int
) -> tuple[list[int], list[float]]:
    cycle = beat.seconds * fps
    drawings = max(3, min(beat.drawings, round(cycle / hold)))
    span = cycle / drawings
    phases: list[int] = []
    gone: list[float] = []
    middle = (frames - 1) / 2 / span
    for i in range(frames):
        drawing = int(i / span + 1e-6)
        phases.append((rest + round(drawing % drawings * STEPS / drawings)) % STEPS)
        gone.append((drawing - middle) / drawings)
    return phases, gone


def _farther(phase: int, rest: int) -> int:
    """Return the phase of a climb that stays near the still's: the nearer arm hides the face."""
    off = (phase - rest + STEPS // 2) % STEPS - STEPS // 2
    return (rest + round(_SWING * sin(2 * pi * off / STEPS))) % STEPS


def _mouths(frames: int, fps: int, words: int, seed: int) -> list[int]:
    """Open and close the mouth about four times a second for as long as the words take."""
    import numpy as np

    if not words:
        return [-1] * frames
    rng = np.random.default_rng([seed, 11])
    start = min(4, frames // 8)
    end = min(frames - 2, start + round(words * 0.36 * fps))
    shapes: list[int] = []
    last = 0
    while len(shapes) < frames:
        options = [shape for shape in (0, 1, 2, 1, 2) if shape != last]
        last = int(options[int(rng.integers(len(options)))])
        shapes.extend([last] * (2 if rng.random() < 0.55 else 3))
    return [shapes[i] if start <= i < end else 0 for i in range(frames)]


def _lids(frames: int, fps: int, name: str) -> list[int]:
    """Blink every three to six seconds for a fifth of one, as people do.

    Never as the shot begins, nor on its middle and last frame: those stand for it in print.
    """
    lids = [0] * frames
    long, half = max(2, round(fps * _BLINK)), -(-fps // 2)
    chances = (int(of_parts([name, str(turn)])[:8], 16) / 0x100000000 for turn in count())
    start = half + int(next(chances) * _PAUSE[1] * fps)
    while start + long < frames:
        if start <= frames // 2 < start + long:
            start = frames // 2 + 1
            continue
        lids[start : start + long] = [1] * long
        start += round((_PAUSE[0] + next(chances) * (_PAUSE[1] - _PAUSE[0])) * fps)
    return lids


def _eyes(performer: Performer, frames: int, seed: int, *, seen: bool) -> list[int]:
    """Let somebody who looks glance aside once, where eyes can be seen."""
    if performer.does != "look" or not seen:
        return [0] * frames
    side = (
        1
        if performer.facing.endswith("right")
        else -1
        if performer.facing.endswith("left")
        else (1 if seed % 2 else -1)
    )
    turn = frames // 3
    return [0 if i < turn else side for i in range(frames)]
