"""Finding the pattern in the mean residual of a film: at which size, turn, side and place.

The residual is laid on the pattern's grid for every size in question and folded into one tile; a
Fourier transform then answers for all places at once. Only the phases are used: each wave weighs
the same whatever the picture is like, so the sum over the pilot's waves of a picture without a
mark is close to a normal number, and a score means the same for every film.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from stillreel.trail.mark.nouns import BITS
from stillreel.trail.mark.pattern import CELLS, TILE, waves

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    Residual = NDArray[np.float32]
    Spectrum = NDArray[np.complex64]

_SMALLEST, _LARGEST = 0.55, 2.2
"""Sizes of a cell tried, 1 where the whole film is seen: letterboxed upright .. cropped upright."""
_TURNED_FROM, _TURNED_TO = 0.97, 1.3
"""Sizes tried for turned pictures."""
_STEP = 1.008
_TURNS = (-2.5, -2.0, -1.5, -1.0, -0.5, 0.5, 1.0, 1.5, 2.0, 2.5)
_KEPT = 4
"""Candidates that are looked at more closely."""


@dataclass(frozen=True, slots=True)
class Pose:
    """How the film may lie in the picture."""

    scale: float
    """Pixels of the residual per cell."""
    angle: float = 0.0
    """Degrees counter-clockwise."""
    mirrored: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """The pattern at one pose: how clear the pilot is, and each bit's score."""

    pose: Pose
    score: float
    bits: tuple[float, ...]


def likeliest(residual: Residual) -> Iterator[Found]:
    """Yield what may be the pattern, upright poses first, then turned ones, best first in each."""
    for poses in (_upright(residual.shape), _turned(residual.shape)):
        rated = sorted(_rated(residual, poses), key=lambda one: -one[0])
        closer = (_closer(residual, pose) for _, pose in _apart(rated))
        yield from sorted(closer, key=lambda found: -found.score)


def _upright(shape: tuple[int, ...]) -> Iterator[Pose]:
    cell = min(shape) / CELLS
    for scale in _sizes(_SMALLEST * cell, _LARGEST * cell):
        yield Pose(scale)
        yield Pose(scale, mirrored=True)


def _turned(shape: tuple[int, ...]) -> Iterator[Pose]:
    cell = min(shape) / CELLS
    for scale in _sizes(_TURNED_FROM * cell, _TURNED_TO * cell):
        for angle in _TURNS:
            yield Pose(scale, angle)


def _sizes(first: float, last: float) -> list[float]:
    steps = int(np.log(last / first) / np.log(_STEP)) + 1
    return [first * _STEP**step for step in range(steps)]


def _rated(residual: Residual, poses: Iterable[Pose]) -> Iterator[tuple[float, Pose]]:
    soft: dict[int, Residual] = {}
    for pose in poses:
        width = round(np.log(pose.scale) * 8)
        if width not in soft:
            soft[width] = _softened(residual, float(np.exp(width / 8)))
        yield _peak(_laid(soft[width], pose), TILE)[0], pose


def _apart(rated: list[tuple[float, Pose]]) -> list[tuple[float, Pose]]:
    """Return the best few, neighbours of a better one left out."""
    kept: list[tuple[float, Pose]] = []
    for score, pose in rated:
        if len(kept) == _KEPT:
            break
        if not any(_near(pose, other) for _, other in kept):
            kept.append((score, pose))
    return kept


def _near(one: Pose, other: Pose) -> bool:
    return (
        one.mirrored == other.mirrored
        and abs(np.log(one.scale / other.scale)) < 3 * np.log(_STEP)
        and abs(one.angle - other.angle) < 1.1
    )


def _closer(residual: Residual, pose: Pose) -> Found:
    """Return the best pose near `pose`, with its bits."""
    soft = _softened(residual, pose.scale)
    best = _found(soft, pose, 2 * TILE)
    for size, turn in ((0.004, 0.25), (0.002, 0.12), (0.001, 0.06)):
        here = best.pose
        for step in (
            replace(here, scale=here.scale * (1 + size)),
            replace(here, scale=here.scale * (1 - size)),
            replace(here, angle=here.angle + turn),
            replace(here, angle=here.angle - turn),
        ):
            best = max(best, _found(soft, step, 2 * TILE), key=_clearness)
    return max(best, _found(soft, best.pose, 8 * TILE), key=_clearness)


def _found(soft: Residual, pose: Pose, size: int) -> Found:
    spectrum = _laid(soft, pose)
    score, place = _peak(spectrum, size)
    return Found(pose, score, _bits(spectrum, place))


def _clearness(found: Found) -> float:
    """Return how much of all waves agrees, whichever sign each bit has."""
    return found.score * float(np.sqrt(len(_pilot()))) + sum(map(abs, found.bits)) * _per_bit()


@lru_cache(maxsize=1)
def _per_bit() -> float:
    """Return the weight of a bit's score beside the pilot's: the root of how many waves it has."""
    return float(np.sqrt((len(waves().owner) - len(_pilot())) / BITS))


def _softened(residual: Residual, scale: float) -> Residual:
    """Take away what is too fine for cells of `scale` pixels."""
    import cv2

    return np.asarray(cv2.GaussianBlur(residual, (0, 0), 0.45 * scale), dtype=np.float32)


def _laid(residual: Residual, pose: Pose) -> Spectrum:
    """Return the spectrum of the residual on the pattern's grid, each wave of length 1."""
    import cv2

    height, width = residual.shape
    columns, rows = int(width / pose.scale) + 2, int(height / pose.scale) + 2
    turn = np.deg2rad(pose.angle)
    along, aside = pose.scale * np.cos(turn), pose.scale * np.sin(turn)
    side = -1 if pose.mirrored else 1
    grid = np.array([[side * along, aside, 0], [-side * aside, along, 0]])
    grid[:, 2] = (width / 2, height / 2) - grid[:, :2] @ (columns / 2, rows / 2)
    laid = cv2.warpAffine(
        residual, grid, (columns, rows), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    )
    down, across = -(-rows // TILE), -(-columns // TILE)
    whole = np.zeros((down * TILE, across * TILE), dtype=np.float32)
    whole[:rows, :columns] = laid
    folded = whole.reshape(down, TILE, across, TILE).sum(axis=(0, 2))
    found = waves()
    spectrum = np.fft.rfft2(folded)[found.rows, found.columns]
    spectrum *= np.conj(found.turns)
    return (spectrum / (np.abs(spectrum) + 1e-9)).astype(np.complex64)


@lru_cache(maxsize=1)
def _pilot() -> NDArray[np.int64]:
    return np.flatnonzero(waves().owner < 0)


def _peak(spectrum: Spectrum, size: int) -> tuple[float, tuple[float, float]]:
    """Return the pilot's best score and the place in cells, on a grid of `size` places a side."""
    import cv2

    found, pilot = waves(), _pilot()
    packed = np.zeros((size, size, 2), dtype=np.float32)
    packed[found.rows[pilot], found.columns[pilot]] = (
        spectrum[pilot].view(np.float32).reshape(-1, 2)
    )
    # the half of the spectrum that is not filled in is the mirror of the other: hence twice the sum
    plane = cv2.dft(packed, flags=cv2.DFT_INVERSE | cv2.DFT_REAL_OUTPUT)
    row, column = divmod(int(np.argmax(plane)), size)
    score = float(plane[row, column]) / 2 / float(np.sqrt(len(pilot) / 2))
    return score, (row * TILE / size, column * TILE / size)


def _bits(spectrum: Spectrum, place: tuple[float, float]) -> tuple[float, ...]:
    """Return the score of every bit with the pattern at `place`."""
    found = waves()
    turns = np.exp(2j * np.pi * (found.rows * place[0] + found.columns * place[1]) / TILE)
    agree = (spectrum * turns).real
    sums = np.bincount(found.owner + 1, agree)[1:]
    scores = sums / np.sqrt(np.bincount(found.owner + 1)[1:] / 2)
    return tuple(map(float, scores))
