"""One-shot effects, each in a few variants, heard in the space they happen in."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from stillreel.film.sound.bodies import BODIES
from stillreel.film.sound.creatures import CREATURES
from stillreel.film.sound.noise import answer, generator, in_space, trimmed
from stillreel.film.sound.things import THINGS

if TYPE_CHECKING:
    from stillreel.film.sound.noise import Stereo
    from stillreel.film.sound.nouns import Space

VARIANTS = 5
"""How many performances of each effect exist."""

_EFFECTS = {**BODIES, **THINGS, **CREATURES}
_SPACES: dict[str, tuple[float, float, float]] = {
    "open": (0.55, 0.9, 0.10),
    "room": (0.45, 0.6, 0.35),
    "hall": (1.9, 0.5, 0.55),
}
"""Seconds of decay, damping, and level of each space's answer."""


@cache
def effect(kind: str, variant: int, space: Space) -> Stereo:
    """Return one performance of an effect in a space, (2, N) float32 with peak 1.

    Raises:
        KeyError: nobody has written that effect.
    """
    rng = generator("effect", kind, variant % VARIANTS)
    dry = _EFFECTS[kind](rng)
    _, _, wet = _SPACES[space]
    sound = trimmed(in_space(dry / np.float32(np.abs(dry).max()), _tail(space), wet))
    sound.flags.writeable = False
    return sound


def kinds() -> tuple[str, ...]:
    """Return the names of all effects."""
    return tuple(_EFFECTS)


@cache
def _tail(space: Space) -> Stereo:
    seconds, damping, _ = _SPACES[space]
    return answer(seconds, damping, space)
