"""Hard cases by family: one reference, and what is and is not the same person."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from stillreel.measure.calibration.people import (
    PARTS,
    changed,
    dressed_as,
    person,
    somebody_else,
)
from stillreel.measure.calibration.shots import PLAIN, shot, take

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stillreel.measure.calibration.people import Part
    from stillreel.measure.nouns import Image

DOSES = (0, 5, 10, 15, 20, 25)
"""Lab units by which one part's colour is moved."""


@dataclass(frozen=True, slots=True)
class Changed:
    """The reference's person with one part moved by growing doses, in one and the same shot."""

    part: Part
    pictures: tuple[Image, ...]
    """One for each of `DOSES`."""


@dataclass(frozen=True, slots=True)
class Family:
    """One person and the pictures that are compared with the reference."""

    reference: Image
    same: tuple[Image, ...]
    """The same person: other pose, lens, light and background."""
    other: tuple[Image, ...]
    """Somebody else in their own clothes."""
    alike: tuple[Image, ...]
    """Somebody else in this person's clothes."""
    changed: tuple[Changed, ...]


def families(
    look: str, count: int, *, seed: int = 0, parts: tuple[Part, ...] = PARTS
) -> Iterator[Family]:
    """Draw families of hard cases; the same arguments give the same pixels.

    Args:
        look: drawing style: `lumen` or `ink`.
        count: how many people.
        seed: another seed, other people.
        parts: whose colour is moved by doses.
    """
    for index in range(count):
        rng = np.random.default_rng([seed, index])
        who = person(rng)
        stranger = somebody_else(rng, who)
        twin = dressed_as(somebody_else(rng, who), who)
        reference = take(who, shot(rng), look)
        turn = float(rng.uniform(0, 2 * np.pi))
        yield Family(
            reference,
            same=tuple(take(who, shot(rng), look) for _ in range(3)),
            other=tuple(take(stranger, shot(rng), look) for _ in range(2)),
            alike=tuple(take(twin, shot(rng), look) for _ in range(2)),
            changed=tuple(
                Changed(
                    part,
                    tuple(take(changed(who, part, dose, turn), taken, look) for dose in DOSES),
                )
                for part in parts
                for taken in (replace(shot(rng), ground=PLAIN.ground),)
            ),
        )
