"""Which pixels are the figure: how likely each is, never a hard cut that may take the wrong half.

A plain page is flooded from the edge. Anything else is told by colour: what is common at the
border and rare in the middle is ground. The answer is a weight, so an unsure pixel counts little.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np

from stillreel.measure.people.figure import lab_of
from stillreel.measure.pictures import thumbnail

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.measure.nouns import Image

    Lab = NDArray[np.float32]
    Weight = NDArray[np.float32]

_LONGEST = 112
"""Pixels of the longer side that are looked at: colour needs no more, and lines wash out."""
_PAGE = 9.0
"""Lab units within which a pixel has the page's colour."""
_PLAIN = 0.6
"""Share of the border that must have one colour for it to be a page."""
_LEFT = 0.12
"""Share of the border that may stand out from a page before it is no plain page."""
_SIDE = 0.07
"""Width of the border as a share of the picture."""
_LOW = 0.25
"""What is left of the sides' say at the bottom, where shoulders may touch them."""
_BINS = (10, 16, 16)
_NEIGHBOUR = 0.6
"""Share of a colour that also counts for the next bin."""
_ROUNDS = 2


def subject(image: Image) -> tuple[Lab, Weight]:
    """Return a crop at a small size: Lab pixels (height, width, 3) and weights (height, width).

    Args:
        image: (height, width, 3) BGR pixels of one figure.
    """
    import cv2

    cv2.setNumThreads(1)
    small = thumbnail(image, _LONGEST)
    if min(small.shape[:2]) < 8:
        return lab_of(small), np.ones(small.shape[:2], np.float32)
    lab = lab_of(cast("Image", cv2.medianBlur(np.ascontiguousarray(small), 3)))
    border = _border(lab.shape[0], lab.shape[1])
    on_page = _on_page(lab, border)
    if on_page is None:
        return lab, _by_colour(lab, border)
    if on_page[border > 0.5].mean() > _LEFT:
        # The page is shaded or patched: what is left of it at the edge goes by its colour.
        on_page = on_page * _by_colour(lab, border)
    return lab, on_page


def _border(height: int, width: int) -> Weight:
    """Return how far each pixel speaks for the ground; low down the figure may touch the sides."""
    found = np.zeros((height, width), np.float32)
    side, top = max(1, round(width * _SIDE)), max(1, round(height * _SIDE))
    found[:, :side] = found[:, -side:] = 1
    down = (np.arange(height, dtype=np.float32) + 0.5) / height
    found *= np.clip((1 - down) / 0.5, _LOW, 1)[:, None]
    found[:top] = 1
    return found


def _on_page(lab: Lab, border: Weight) -> Weight | None:
    """Return what the page does not reach from the edges, or None when there is no plain page."""
    import cv2

    edge = border > 0.5
    page = np.linalg.norm(lab - np.median(lab[edge], axis=0), axis=2) < _PAGE
    if page[edge].mean() <= _PLAIN:
        return None
    _, parts = cv2.connectedComponents(page.astype(np.uint8), connectivity=4)
    rim = np.concatenate([parts[0], parts[-1], parts[:, 0], parts[:, -1]])
    figure = ~(np.isin(parts, np.unique(rim[rim > 0])) & page)
    if not 0.03 < figure.mean() < 0.97:
        return None
    if min(figure.shape) > 40:
        kernel = np.ones((3, 3), np.uint8)
        figure = cv2.morphologyEx(figure.astype(np.uint8), cv2.MORPH_OPEN, kernel) > 0
    return figure.astype(np.float32)


def _by_colour(lab: Lab, border: Weight) -> Weight:
    """Return how likely each pixel is the figure: its place, and where its colour is common."""
    import cv2

    height, width = border.shape
    down = (np.arange(height, dtype=np.float32)[:, None] + 0.5) / height
    across = (np.arange(width, dtype=np.float32)[None, :] + 0.5) / width
    above = np.maximum(0, 0.5 - down) / 0.5
    place = np.exp(-0.8 * ((across - 0.5) / 0.33) ** 2 - 0.9 * above**2)
    prior: Weight = (0.9 * place).astype(np.float32)
    bins = _bins(lab)
    weight: Weight = prior
    for _ in range(_ROUNDS):
        figure = _common(bins, np.square(weight))
        ground = _common(bins, (border + 0.3 * (1 - weight) ** 4).astype(np.float32))
        likely = prior * figure / (prior * figure + (1 - prior) * ground)
        weight = cast("Weight", cv2.GaussianBlur(likely.astype(np.float32), (0, 0), 1.5))
    return weight


def _bins(lab: Lab) -> NDArray[np.intp]:
    light = np.clip(lab[:, :, 0] / 100 * _BINS[0], 0, _BINS[0] - 0.01).astype(np.intp)
    red, blue = (
        np.clip((lab[:, :, axis] + 64) / 128 * _BINS[axis], 0, _BINS[axis] - 0.01).astype(np.intp)
        for axis in (1, 2)
    )
    return (light * _BINS[1] + red) * _BINS[2] + blue


def _common(bins: NDArray[np.intp], weight: Weight) -> NDArray[np.float64]:
    """Return for every pixel how common its colour is among the weighted pixels."""
    count = np.bincount(bins.ravel(), weight.ravel(), int(np.prod(_BINS))).reshape(_BINS)
    for axis in range(3):
        count += _NEIGHBOUR * (np.roll(count, 1, axis) + np.roll(count, -1, axis))
    share = count / (count.sum() + 1e-6) + 1e-5
    return share.ravel()[bins]
