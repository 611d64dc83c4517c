"""The page things stand on: its colours, plain or shaded or chequered, and how plain it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Lab = NDArray[np.float32]
    Mask = NDArray[np.bool_]

_RING = 0.03
"""Width of the border that is looked at, as a share of the shorter side."""
_NEAR = 9.0
"""Distance in Lab units within which a pixel is the page."""
_CALM = 2.5
"""Change in Lab units from one pixel to the next below which a place is smooth."""
_TONES = 3
"""Most colours a page is made of."""
_SPREAD = 20.0
"""How far apart, in Lab units, the colours of a page may be."""
_WORTH = 0.12
"""Smallest share of the border that makes a colour one of the page's."""
_CELL = 8.0
"""Width in Lab units of the bins colours are counted in."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What of a picture is page."""

    away: NDArray[np.float32]
    """(height, width) distance of every pixel from the nearest page colour, in Lab units."""
    share: float
    """Share of the border that is page, 0..1."""
    calm: float
    """Share of the smooth places that are page, 0..1, of all that are or that reach the border."""

    typical: float
    """Median distance in Lab units of the page's pixels from its colours."""

    @property
    def plain(self) -> float:
        """How plain the page is, 0..1: it is the border and all smooth places, and even."""
        return min(1.0, self.share * self.calm * (1.3 - 0.1 * self.typical))

    @property
    def mask(self) -> Mask:
        """(height, width) booleans: what stands on the page."""
        return self.away > _NEAR


def ground(lab: Lab) -> Ground:
    """Return the page under a picture, (height, width, 3) CIE Lab.

    Colours are taken from the border, commonest first. Each may be shaded: it is a curved surface
    through all smooth places that already agree with it. The others are near the first, such as
    the squares of a chequer: a colour far from it is a floor, a sky, or what the frame cuts off.
    """
    height, width = lab.shape[:2]
    smooth = _smooth(lab)
    ring = _ring(height, width)
    step = max(1, round((height * width / 24_000) ** 0.5))
    rows, cols = np.mgrid[0:height:step, 0:width:step].reshape(2, -1)
    rows, cols = (np.asarray(one, np.intp) for one in (rows, cols))
    calm = smooth[rows, cols]
    edge_rows, edge_cols = np.nonzero(ring)
    skip = max(1, edge_rows.size // 5000)
    edge_rows, edge_cols = edge_rows[::skip], edge_cols[::skip]
    edge = lab[edge_rows, edge_cols]
    free = np.ones(edge_rows.size, np.bool_)
    away = np.full((height, width), np.inf, np.float32)
    first: NDArray[np.float32] | None = None
    for _ in range(_TONES):
        if free.mean() < _WORTH:
            break
        tone = _commonest(edge[free])
        if (np.linalg.norm(edge[free] - tone, axis=1) < _NEAR).sum() < _WORTH * free.size:
            break
        first = tone if first is None else first
        if np.linalg.norm(tone - first) > _SPREAD:
            break
        surface = _surface(lab, tone, rows[calm], cols[calm])
        away = np.minimum(away, _distance(lab, surface))
        free = away[edge_rows, edge_cols] > _NEAR
    covered = smooth & (away <= _NEAR)
    open_ended = smooth & _reaching(away > _NEAR)
    page = int(np.count_nonzero(covered))
    near = away[rows, cols]
    near = near[near <= _NEAR]
    return Ground(
        away,
        share=1 - float(free.mean()),
        calm=page / max(1, page + int(np.count_nonzero(open_ended))),
        typical=float(np.median(near)) if near.size else _NEAR,
    )


def _reaching(mask: Mask) -> Mask:
    """Return the parts of a mask that reach the picture's border."""
    import cv2

    _, seen = cv2.connectedComponents(mask.astype(np.uint8), connectivity=8)
    labels = np.asarray(seen, np.intp)
    rim = (labels[0], labels[-1], labels[:, 0], labels[:, -1])
    reached = np.zeros(int(labels.max()) + 1, np.bool_)
    for side in rim:
        reached[side] = True
    reached[0] = False
    return reached[labels]


def _smooth(lab: Lab) -> Mask:
    light = lab[:, :, 0]
    change = np.zeros(light.shape, np.float32)
    change[:, 1:] = np.abs(np.diff(light, axis=1))
    change[1:] = np.maximum(change[1:], np.abs(np.diff(light, axis=0)))
    return change < _CALM


def _ring(height: int, width: int) -> Mask:
    deep = max(1, round(min(height, width) * _RING))
    ring = np.zeros((height, width), np.bool_)
    ring[:deep] = ring[-deep:] = True
    ring[:, :deep] = ring[:, -deep:] = True
    return ring


def _commonest(colours: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the densest colour of (n, 3), the mean of what lies near the fullest bin."""
    bins = np.floor(colours / _CELL).astype(np.int64)
    _, at, counts = np.unique(bins, axis=0, return_inverse=True, return_counts=True)
    centre = colours[at.ravel() == int(counts.argmax())].mean(axis=0)
    near = np.linalg.norm(colours - centre, axis=1) < _CELL
    return np.median(colours[near], axis=0) if near.any() else centre


def _surface(
    lab: Lab, tone: NDArray[np.float32], rows: NDArray[np.intp], cols: NDArray[np.intp]
) -> NDArray[np.float64]:
    """Return (6, 3) coefficients of the page's colour over the picture, grown from one tone."""
    height, width = lab.shape[:2]
    seen = lab[rows, cols].astype(np.float64)
    terms = _terms(rows / height - 0.5, cols / width - 0.5)
    found = np.zeros((6, 3))
    found[0] = tone
    for _ in range(5):
        near = np.linalg.norm(seen - terms @ found, axis=1) < _NEAR
        if near.sum() < 60:
            break
        # A little weight on a flat page keeps the surface from bending where nothing is seen.
        pull = np.diag([0.0, *(0.002 * near.sum(),) * 5])
        inside = terms[near]
        found = np.asarray(
            np.linalg.solve(inside.T @ inside + pull, inside.T @ seen[near]), np.float64
        )
    return found


def _terms(down: NDArray[np.float64], across: NDArray[np.float64]) -> NDArray[np.float64]:
    one = np.ones_like(down)
    return np.stack([one, down, across, down * down, across * across, down * across], axis=-1)


def _distance(lab: Lab, surface: NDArray[np.float64]) -> NDArray[np.float32]:
    height, width = lab.shape[:2]
    down = (np.arange(height, dtype=np.float32) / height - 0.5)[:, None]
    across = (np.arange(width, dtype=np.float32) / width - 0.5)[None, :]
    total = np.zeros((height, width), np.float32)
    for channel in range(3):
        one = surface[:, channel].astype(np.float32)
        page = (
            (one[0] + one[1] * down + one[3] * down * down)
            + (one[2] * across + one[4] * across * across)
            + one[5] * down * across
        )
        total += (lab[:, :, channel] - page) ** 2
    return cast("NDArray[np.float32]", np.sqrt(total))
