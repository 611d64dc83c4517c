"""People and faces as boxes: what detectors answer, read into our pixels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from stillreel.measure.model.prepare import fitted, tensor
from stillreel.measure.nouns import Box

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.measure.model.network import Network
    from stillreel.measure.model.prepare import Fitted
    from stillreel.measure.nouns import Image

    Numbers = NDArray[np.float32]

_SHARED = 0.5
"""Overlap from which two boxes are one find."""
_STRIDES = (8, 16, 32)


@dataclass(frozen=True, slots=True)
class Find:
    """One thing that was found."""

    box: Box
    sure: float
    """0..1."""
    points: tuple[tuple[float, float], ...] = ()
    """Five points of a face, in pixels; empty for people."""


def people(image: Image, network: Network) -> tuple[Find, ...]:
    """Return the people a YOLO detector finds in (height, width, 3) BGR pixels, surest first."""
    card = network.card
    fit = fitted(image, card)
    rows = network.answer(tensor([fit.pixels], card))[0]
    # Rows are numbers, columns are boxes: middle and size, then one score for each class.
    sure = rows[4:].max(axis=0)
    kept = sure >= card.floor
    middle, size = rows[:2, kept].T, rows[2:4, kept].T
    return _finds(np.hstack([middle - size / 2, middle + size / 2]), sure[kept], None, fit, image)


def faces(image: Image, network: Network) -> tuple[Find, ...]:
    """Return the faces YuNet finds in (height, width, 3) BGR pixels, each with five points."""
    card = network.card
    fit = fitted(image, card)
    answers = network.answers(tensor([fit.pixels], card))
    corners: list[Numbers] = []
    scores: list[Numbers] = []
    points: list[Numbers] = []
    for stride in _STRIDES:
        named = {kind: answers[f"{kind}_{stride}"][0] for kind in ("cls", "obj", "bbox", "kps")}
        sure = np.sqrt(np.clip(named["cls"], 0, 1) * np.clip(named["obj"], 0, 1)).reshape(-1)
        across = card.size[0] // stride
        cells = np.arange(sure.size)
        anchor = np.column_stack([cells % across, cells // across]).astype(np.float32)
        middle = (anchor + named["bbox"][:, :2]) * stride
        size = np.exp(np.minimum(named["bbox"][:, 2:4], 10)) * stride
        five = (named["kps"].reshape(-1, 5, 2) + anchor[:, None]) * stride
        kept = sure >= card.floor
        corners.append(np.hstack([middle - size / 2, middle + size / 2])[kept])
        scores.append(sure[kept])
        points.append(five[kept])
    boxes, five_points = np.concatenate(corners), np.concatenate(points)
    return _finds(boxes, np.concatenate(scores), five_points, fit, image)


def _finds(
    corners: Numbers, sure: Numbers, points: Numbers | None, fit: Fitted, image: Image
) -> tuple[Find, ...]:
    """Bring boxes from the model's pixels to ours, and keep one of those that overlap."""
    move = np.array([fit.left, fit.top], np.float32)
    scale = np.array([fit.scale_x, fit.scale_y], np.float32)
    edges = (corners.reshape(-1, 2, 2) - move) / scale
    height, width = image.shape[:2]
    found: list[Find] = []
    for at in np.lexsort((edges[:, 0, 0], edges[:, 0, 1], -sure)):
        (left, top), (right, bottom) = edges[at]
        box = Box(
            max(0, round(float(left))),
            max(0, round(float(top))),
            min(width, round(float(right))),
            min(height, round(float(bottom))),
        )
        if box.width < 1 or box.height < 1:
            continue
        if any(box.overlap(other.box) > _SHARED for other in found):
            continue
        five = () if points is None else (points[at] - move) / scale
        found.append(Find(box, float(sure[at]), tuple((float(x), float(y)) for x, y in five)))
    return tuple(found)
