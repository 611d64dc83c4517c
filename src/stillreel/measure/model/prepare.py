"""Pictures as the tensors learned models are fed, and the way back from their pixels to ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from stillreel.measure.model.card import ModelCard
    from stillreel.measure.nouns import Image

    Tensor = NDArray[np.float32]

_GREY = 114
"""What a picture is padded with."""
_INSETS = (0.03, 0.06)
_LIGHTS = (0.88, 1.12)

FACE_POINTS = np.array(
    [
        [38.2946, 51.6963],
        [73.5318, 51.5014],
        [56.0252, 71.7366],
        [41.5493, 92.3655],
        [70.7299, 92.2041],
    ],
    np.float32,
)
"""(5, 2) where eyes, nose and mouth corners lie in an aligned face of 112 x 112 px (ArcFace)."""


class Fitted(NamedTuple):
    """A picture at the size a model wants, and how it got there."""

    pixels: Image
    scale_x: float
    """Factor from our pixels to the model's, across."""
    scale_y: float
    left: int
    """Padding at the left, in the model's pixels."""
    top: int


def fitted(image: Image, card: ModelCard) -> Fitted:
    """Return (height, width, 3) BGR pixels at the card's size, padded or stretched as it says."""
    import cv2

    wide, tall = card.size
    height, width = image.shape[:2]
    across, down = wide / width, tall / height
    if card.fit == "pad":
        across = down = min(across, down)
    size = (max(1, round(width * across)), max(1, round(height * down)))
    shrinks = min(across, down) < 1
    how = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    small = cv2.resize(image, size, interpolation=how)
    left, top = (wide - size[0]) // 2, (tall - size[1]) // 2
    if (left, top, *size) == (0, 0, wide, tall):
        return Fitted(cast("Image", small), across, down, 0, 0)
    page = np.full((tall, wide, 3), _GREY, np.uint8)
    page[top : top + size[1], left : left + size[0]] = small
    return Fitted(page, across, down, left, top)


def tensor(pixels: Sequence[Image], card: ModelCard) -> Tensor:
    """Return (count, 3, height, width) numbers of pictures that have the card's size."""
    batch = np.stack(pixels).astype(np.float32)
    if card.channels == "rgb":
        batch = batch[..., ::-1]
    mean, std = (np.array(part, np.float32) for part in (card.mean, card.std))
    batch = (batch * np.float32(card.scale) - mean) / std
    return np.ascontiguousarray(batch.transpose(0, 3, 1, 2))


def views(image: Image) -> tuple[Image, ...]:
    """Return the picture, and the same framed a little closer, darker and lighter.

    They say how much a score hangs on what does not matter. No view is mirrored: a scar has a side.
    """
    height, width = image.shape[:2]
    made = [image]
    for share in _INSETS:
        across, down = int(width * share), int(height * share)
        made.append(image[down : height - down, across : width - across])
    lit = (np.clip(image.astype(np.float32) * light, 0, 255) for light in _LIGHTS)
    return (*made, *(one.astype(np.uint8) for one in lit))


def aligned(image: Image, points: NDArray[np.float32], size: tuple[int, int]) -> Image:
    """Return a face moved, turned and scaled so that its five points lie where a model wants them.

    Args:
        image: (height, width, 3) BGR pixels.
        points: (5, 2) right eye, left eye, nose, right and left mouth corner, in pixels, as seen
            from the camera's left to its right.
        size: width and height of the face picture.
    """
    import cv2

    wanted = FACE_POINTS * (np.array(size, np.float32) / 112)
    matrix = _similarity(points.astype(np.float64), wanted.astype(np.float64))
    return cast("Image", cv2.warpAffine(image, matrix, size, borderMode=cv2.BORDER_REPLICATE))


def _similarity(ours: NDArray[np.float64], wanted: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the (2, 3) turn, scale and move that brings points nearest to others (Umeyama 1991).

    In the plane the best turn and scale is one complex number, found by least squares.
    """
    here, there = ours.mean(axis=0), wanted.mean(axis=0)
    a, b = ours - here, wanted - there
    start, end = a[:, 0] + 1j * a[:, 1], b[:, 0] + 1j * b[:, 1]
    spread = float((np.abs(start) ** 2).sum())
    turn = complex((np.conj(start) * end).sum()) / max(spread, 1e-9)
    matrix = np.array([[turn.real, -turn.imag], [turn.imag, turn.real]])
    return np.column_stack([matrix, there - matrix @ here])
