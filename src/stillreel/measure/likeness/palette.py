"""Are the planned colours in the picture: skin, hair and every garment of a character."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.measure.nouns import PaletteScore
from stillreel.measure.people.figure import foreground, lab_of
from stillreel.measure.pictures import thumbnail

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from stillreel.measure.nouns import Image

_ENOUGH = 0.01
"""Share of the figure that counts as showing a colour in full."""
_NEAR = 14.0
"""Distance in a and b, with lightness at a third of its weight, that is still the same colour."""
_BLOCKS = 8
_DRAWS = 200


def match(image: Image, colours: Sequence[str]) -> PaletteScore:
    """Score how many of the wanted colours a figure shows, whatever the light.

    Args:
        image: (height, width, 3) BGR pixels with one figure.
        colours: sRGB as `#rrggbb`.
    """
    if not colours:
        return PaletteScore(1.0, (1.0, 1.0), ())
    small = thumbnail(image, 256)
    mask = foreground(small)
    seen = _shares(lab_of(small), mask, _lab(colours))
    found = np.minimum(1.0, seen.mean(axis=0) / _ENOUGH)
    rng = np.random.default_rng(20_012)
    draws = [
        float(np.minimum(1.0, seen[pick].mean(axis=0) / _ENOUGH).mean())
        for pick in rng.integers(0, len(seen), size=(_DRAWS, len(seen)))
    ]
    low, high = (float(edge) for edge in np.quantile(draws, (0.025, 0.975)))
    score = float(found.mean())
    each = tuple(round(float(one), 4) for one in found)
    return PaletteScore(score, (min(low, score), max(high, score)), each)


def _lab(colours: Sequence[str]) -> NDArray[np.float32]:
    rgb = [[int(colour[at : at + 2], 16) for at in (5, 3, 1)] for colour in colours]
    return lab_of(np.array([rgb], np.uint8))[0]


def _shares(
    lab: NDArray[np.float32], mask: NDArray[np.bool_], wanted: NDArray[np.float32]
) -> NDArray[np.float64]:
    """Return (block, colour) shares of the figure's pixels near each colour, in row blocks."""
    pixels = lab[mask]
    gap = pixels[:, None, :] - wanted[None, :, :]
    gap[:, :, 0] /= 3
    near = np.linalg.norm(gap, axis=2) < _NEAR
    blocks = np.array_split(near, min(_BLOCKS, len(near)))
    return np.array([block.mean(axis=0) for block in blocks])
