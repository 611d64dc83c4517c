"""Pages, sheets and clips drawn for these tests, known to the pixel."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import cv2
import numpy as np

from stillreel.measure.nouns import Box

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    Image = NDArray[np.uint8]


def picture(width: int, height: int, seed: int) -> Image:
    """Return soft shapes in colours of their own: no two seeds look alike."""
    rng = np.random.default_rng(seed)
    small = rng.integers(30, 226, size=(6, 8, 3)).astype(np.uint8)
    image = cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC)
    for _ in range(6):
        centre = int(rng.integers(0, width)), int(rng.integers(0, height))
        colour = tuple(int(one) for one in rng.integers(0, 256, 3))
        cv2.circle(image, centre, int(rng.integers(height // 12, height // 4)), colour, -1)
    return image


def page(
    width: int,
    height: int,
    rows: int,
    cols: int,
    *,
    gutter: int = 12,
    margin: int = 20,
    colour: tuple[int, int, int] = (255, 255, 255),
    frame: int = 0,
    below: int = 0,
) -> tuple[Image, list[Box]]:
    """Return a page of panels and where they are, frames not counted."""
    image = np.full((height, width, 3), colour, np.uint8)
    wide = (width - 2 * margin - (cols - 1) * gutter) // cols
    high = (height - 2 * margin - (rows - 1) * gutter) // rows - below
    boxes: list[Box] = []
    for at in range(rows * cols):
        row, col = divmod(at, cols)
        left, top = margin + col * (wide + gutter), margin + row * (high + below + gutter)
        box = Box(left, top, left + wide, top + high)
        if frame:
            cv2.rectangle(image, (left, top), (left + wide - 1, top + high - 1), (20, 20, 20), -1)
            box = Box(left + frame, top + frame, left + wide - frame, top + high - frame)
        image[box.top : box.bottom, box.left : box.right] = picture(box.width, box.height, at)
        if below:
            words = (left + 4, top + high + below // 2 + 4)
            cv2.putText(image, f"Shot {at + 1}, she turns", words, 0, 0.4, (60, 60, 60), 1)
        boxes.append(box)
    return image, boxes


def furthest(found: Iterable[Box], truth: Iterable[Box]) -> int:
    """Return the largest distance of any edge from where it should be, in pixels."""
    return max(
        max(
            abs(a.left - b.left),
            abs(a.top - b.top),
            abs(a.right - b.right),
            abs(a.bottom - b.bottom),
        )
        for a, b in zip(found, truth, strict=True)
    )


def figure(
    image: Image,
    x: int,
    floor: int,
    tall: int,
    *,
    hair: tuple[int, int, int] = (30, 60, 140),
    coat: tuple[int, int, int] = (110, 90, 30),
    legs: tuple[int, int, int] = (60, 40, 40),
    skin: tuple[int, int, int] = (130, 160, 210),
) -> Box:
    """Draw a simple body on a page, BGR colours, and return its box."""
    half, head = tall // 7, tall // 8
    top = floor - tall
    cv2.rectangle(image, (x - half, floor - tall // 2), (x + half, floor - 1), legs, -1)
    cv2.rectangle(image, (x - half, top + 2 * head), (x + half, floor - tall // 2), coat, -1)
    cv2.circle(image, (x, top + head), head, hair, -1)
    cv2.circle(image, (x, top + head + head // 3), head * 2 // 3, skin, -1)
    return Box(x - half, top, x + half + 1, floor)


def film(frames: Iterable[Image], rate: int = 24) -> bytes:
    """Return an MP4 of BGR frames."""
    import av

    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as target:
        stream = None
        for image in frames:
            if stream is None:
                stream = target.add_stream("libx264", rate=rate, options={"preset": "ultrafast"})
                stream.height, stream.width = image.shape[:2]
                stream.pix_fmt = "yuv420p"
                stream.thread_count = 1
            target.mux(stream.encode(av.VideoFrame.from_ndarray(image, format="bgr24")))
        assert stream is not None
        target.mux(stream.encode(None))
    return out.getvalue()
