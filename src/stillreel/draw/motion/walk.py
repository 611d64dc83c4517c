"""Where a walking body is on the sheet, so that its feet stay on the ground they were put on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stillreel.draw.motion.actor import Step
from stillreel.draw.motion.performance import TRAVELS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.draw.motion.performance import Beat
    from stillreel.values.scene import Facing, Performer

HEADING: dict[Facing, tuple[float, float]] = {
    "camera": (0.0, 1.0),
    "front-left": (-0.71, 0.71),
    "front-right": (0.71, 0.71),
    "left": (-1.0, 0.0),
    "right": (1.0, 0.0),
    "back-left": (-0.71, -0.71),
    "back-right": (0.71, -0.71),
    "away": (0.0, -1.0),
}
"""To frame right, and toward the camera."""

_GUESSED = {"walk": 0.7, "run": 1.4, "ride": 1.3, "fly": 1.2, "swim": 0.6}
"""Body heights a body gets on in one cycle."""
_PLANTED = {"run": 0.93}
"""Share of a stride at which the foot on the ground stays put, where it is not the whole."""
_GROWTH = 1.22
"""Largest change of size of somebody who comes or goes."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What the steps of one body are measured with."""

    scale: float
    """Pixels per metre at its feet."""
    depth: float
    """Metres from the camera."""
    stride: float
    """Metres it gets on in one full cycle of two steps; 0 guesses from its size."""
    tall: float = 1.7
    """Metres from its lowest to its highest point."""


def steps(
    performer: Performer, beats: Sequence[Beat], ground: Ground, *, feet: bool, width: int
) -> tuple[Step, ...]:
    """Return where a body is on every frame, relative to where the still has it.

    Args:
        performer: which way it is turned and what it does.
        beats: how many cycles it has walked by then.
        ground: its measure of the ground.
        feet: whether they are seen; a body without feet in the frame only drifts.
        width: of the frame in pixels.
    """
    if performer.does not in TRAVELS:
        return tuple(Step(breath=beat.breath) for beat in beats)
    across, toward = HEADING[performer.facing]
    cycles = beats[-1].gone - beats[0].gone
    stride = ground.stride or _GUESSED[performer.does] * ground.tall
    stride *= _PLANTED.get(performer.does, 1.0)
    metres = cycles * stride
    limit = (0.5 if feet else 0.08) * width
    span = abs(across) * metres * ground.scale
    less = 1.0 if span <= limit else limit / span
    deep = abs(toward) * metres * less
    # half the way lies before the still, half after it
    most = ground.depth * (1 - 1 / _GROWTH)
    if deep / 2 > most:
        less *= most / (deep / 2)
    done: list[Step] = []
    for beat in beats:
        gone = beat.gone * stride * less
        grown = ground.depth / max(ground.depth - toward * gone, 0.2)
        done.append(Step(across * gone * ground.scale * grown, 0.0, round(grown, 4)))
    return tuple(done)
