"""The pattern: a periodic tile of band-limited noise, written down as phases of its waves.

Every wave of the band belongs to the pilot, which is always the same, or to one bit, which turns
the sign of its waves. All waves are equally strong. The phases come from a hash and not from a
generator of random numbers, whose streams may change between versions: a film marked today is
read by every later version.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from stillreel.trail.mark.nouns import BITS

if TYPE_CHECKING:
    from numpy.typing import NDArray

TILE = 128
"""Cells along each side of the tile, after which the pattern repeats."""
CELLS = 180
"""Cells along the short side of the film: 6 pixels each at 1080 lines."""
_LONGEST, _SHORTEST = 14.0, 40.0
"""Waves per tile of the band's ends: coarser ones meet the picture, finer ones the encoder."""
_PILOT = 0.16
"""Share of the waves that only say where the pattern lies."""
_SEED = b"stillreel film mark, first pattern"


@dataclass(frozen=True, slots=True)
class Waves:
    """The waves of the tile, each array one entry per wave."""

    rows: NDArray[np.int64]
    """Waves down the tile, -63 .. 63."""
    columns: NDArray[np.int64]
    """Waves across the tile, 1 .. 63."""
    turns: NDArray[np.complex64]
    """Phase as a number of length 1."""
    owner: NDArray[np.int64]
    """-1 for the pilot, else the bit."""


@lru_cache(maxsize=1)
def waves() -> Waves:
    """Return the waves of the band, in a fixed order."""
    half = TILE // 2
    down, across = np.mgrid[1 - half : half, 1:half]
    length = np.hypot(down, across)
    band = (length >= _LONGEST) & (length <= _SHORTEST)
    rows, columns = down[band], across[band]
    count = len(rows)
    drawn = np.frombuffer(hashlib.shake_256(_SEED).digest(8 * count), dtype="<u4")
    turns = np.exp(2j * np.pi * drawn[:count] / 2**32).astype(np.complex64)
    dealt = np.argsort(drawn[count:], kind="stable")
    owner = np.empty(count, dtype=np.int64)
    pilot = round(count * _PILOT)
    owner[dealt[:pilot]] = -1
    owner[dealt[pilot:]] = np.arange(count - pilot) % BITS
    return Waves(rows, columns, turns, owner)


def tile(bits: tuple[bool, ...]) -> NDArray[np.float32]:
    """Return the tile that carries `bits`, (128, 128), mean 0 and root mean square 1."""
    found = waves()
    signs = np.where(np.array([*bits, True]), 1.0, -1.0)
    spectrum = np.zeros((TILE, TILE // 2 + 1), dtype=np.complex128)
    spectrum[found.rows, found.columns] = found.turns * signs[found.owner]
    plane = np.fft.irfft2(spectrum, (TILE, TILE))
    return (plane / np.sqrt(np.mean(plane**2))).astype(np.float32)
