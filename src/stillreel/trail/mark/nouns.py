"""The words of the mark: what is written into a film, and what was read out of one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

ID_BITS = 24
CHECK_BITS = 8
BITS = ID_BITS + CHECK_BITS
STRENGTH = 1.6
"""Luma levels, root mean square, at which every picture keeps at least 42 dB."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A number to be written into a film, and how strongly.

    It is no secret and withstands nobody who wants it gone: whoever has this source can read,
    remove or forge it. It is a durable pointer to our own record and proves nothing alone. It is
    not on the C2PA list of soft bindings, so a manifest must never declare it as one.
    """

    id: int
    """0 .. 2^24 - 1."""
    strength: float = STRENGTH
    """Root mean square in luma levels before masking, above 0 and at most 4."""

    def __post_init__(self) -> None:
        """Refuse what cannot be written.

        Raises:
            ValueError: the id does not fit into 24 bits, or the strength is out of its range.
        """
        if not 0 <= self.id < 1 << ID_BITS:
            raise ValueError(f"A mark carries 24 bits; {self.id} does not fit.")
        if not 0 < self.strength <= 4:
            raise ValueError(f"A mark's strength lies above 0 and up to 4, not {self.strength}.")

    @property
    def bits(self) -> tuple[bool, ...]:
        """The id and its checksum, most significant bit first."""
        number = self.id << CHECK_BITS | checksum(self.id)
        return tuple(bool(number >> place & 1) for place in reversed(range(BITS)))


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader found in a film."""

    id: int | None
    """The number; None when there is no mark, or none that can be read for certain."""
    score: float
    """How far the pilot stands out, in standard deviations of pictures without a mark."""
    margin: float
    """Mean certainty of a bit in the same unit; 0.8 is chance."""
    bits: tuple[bool, ...]
    """As read at the best place, checksum included, right or not."""
    scale: float
    """Size of a cell of the pattern in pixels of the film that was read."""
    angle: float
    """Degrees by which the picture was turned counter-clockwise."""
    mirrored: bool
    frames: int
    """How many were looked at."""


def checksum(number: int) -> int:
    """Return the 8 bits that tell an id from noise."""
    return hashlib.sha256(b"stillreel mark" + number.to_bytes(3, "big")).digest()[0]


def id_of(bits: tuple[bool, ...]) -> int | None:
    """Return the id that 32 bits carry, or None when its checksum is wrong."""
    number = sum(bit << place for place, bit in enumerate(reversed(bits)))
    found = number >> CHECK_BITS
    return found if checksum(found) == number & 0xFF else None
