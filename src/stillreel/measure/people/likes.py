"""How much two things have the same colours, quickly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Colours = NDArray[np.float32]
    Print = NDArray[np.float64]

_LIGHT, _TINT = 4, 12
_MOST = 6000


def some(colours: Colours) -> Colours:
    """Return evenly spread samples of (n, 3) colours, enough to tell their shares."""
    return colours[:: max(1, len(colours) // _MOST)]


def colour_print(colours: Colours) -> Print:
    """Return a square-rooted histogram of (n, 3) CIE Lab colours: its length is 1."""
    colours = some(colours)
    low = np.array([0, -60, -60], np.float32)
    wide = np.array([100 / _LIGHT, 120 / _TINT, 120 / _TINT], np.float32)
    top = np.array([_LIGHT - 1, _TINT - 1, _TINT - 1])
    bins = np.clip((colours - low) / wide, 0, top).astype(np.int64)
    flat = (bins[:, 0] * _TINT + bins[:, 1]) * _TINT + bins[:, 2]
    counts = np.bincount(flat, minlength=_LIGHT * _TINT * _TINT).astype(np.float64)
    return np.sqrt(counts / max(1.0, counts.sum()))


def alike(first: Print, second: Print) -> float:
    """Return 0..1, how much of their colours two prints share."""
    return float(first @ second)
