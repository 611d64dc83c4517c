"""Hard pages, made here and known to the pixel: what image models hand over as a board.

A page is a paper, a plan of cells, pictures in them, and things that make cutting hard: gutters
of any width or none, rules, frames, rounded corners, captions, titles, shot numbers, lined paper,
a photograph of the sheet on a table, and JPEG.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import cv2
import numpy as np

from stillreel.measure.nouns import Box
from stillreel.measure.pictures import decode, encode_jpeg

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Image = NDArray[np.uint8]
    Painter = Callable[[int, int, np.random.Generator], Image]

KINDS = (
    "plain",
    "thin",
    "touching",
    "alike",
    "ruled cells",
    "framed",
    "rounded",
    "captions",
    "titled captions",
    "lined paper",
    "photographed",
    "pale",
    "irregular",
    "tall and stacked",
    "uneven",
)
LIGHT = ((255, 255, 255), (245, 250, 252), (215, 232, 243), (225, 220, 226), (235, 228, 214))
DARK = ((0, 0, 0), (18, 18, 20), (40, 30, 26), (60, 62, 70))
WORDS = ("Wide", "shot,", "she", "turns", "to", "the", "window", "as", "rain", "begins", "falling")


@dataclass(frozen=True)
class HardPage:
    """A page, where its panels are, and how it was ordered (None for an irregular page)."""

    kind: str
    image: Image
    boxes: tuple[Box, ...]
    layout: tuple[int, int] | None


@dataclass
class Spec:
    """How one page is made; lengths in pixels."""

    width: int
    height: int
    paper: tuple[int, int, int] = (255, 255, 255)
    gutter: int = 14
    margin: int = 20
    frame: int = 0
    round: int = 0
    below: int = 0
    above: int = 0
    title: int = 0
    rows: list[list[float]] = field(default_factory=list)
    """Widths of the cells of each row, as shares."""
    heights: list[float] = field(default_factory=list)


def colour(rng: np.random.Generator) -> tuple[int, int, int]:
    """Return any BGR colour."""
    return tuple(int(one) for one in rng.integers(0, 256, 3))  # type: ignore[return-value]


def scene(width: int, height: int, rng: np.random.Generator) -> Image:
    """Return a picture with sky, ground, buildings, a figure, and some grain."""
    sky, far, ground = (np.array(colour(rng), np.float32) for _ in range(3))
    at = np.linspace(0, 1, height, dtype=np.float32)[:, None, None]
    image = np.broadcast_to(sky + (far - sky) * at, (height, width, 3)).copy()
    level = int(height * rng.uniform(0.4, 0.9))
    image[level:] = ground * np.linspace(1, 0.6, height - level)[:, None, None]
    for _ in range(int(rng.integers(0, 7))):
        x, wide = int(rng.integers(-20, width)), int(rng.integers(8, max(9, width // 3)))
        top = int(rng.integers(0, max(1, level)))
        cv2.rectangle(image, (x, top), (x + wide, level + 5), colour(rng), -1)
    if rng.random() < 0.5:
        image = cv2.GaussianBlur(image, (0, 0), float(rng.uniform(1, 5)))
    tall = height * rng.uniform(0.3, 1.1)
    x, y = width * rng.uniform(0.25, 0.75), height * rng.uniform(0.4, 0.8)
    for part, share in ((0.0, 0.16), (-0.33, 0.1)):
        axes = int(tall * share), int(tall * (0.3 if part == 0 else 0.12))
        cv2.ellipse(image, (int(x), int(y + tall * part)), axes, 0, 0, 360, colour(rng), -1)
    grain = rng.normal(0, rng.uniform(0, 9), (height // 2 + 1, width // 2 + 1, 1))
    image += cv2.resize(grain.astype(np.float32), (width, height))[:, :, None]
    return np.clip(image, 0, 255).astype(np.uint8)


def studio(width: int, height: int, rng: np.random.Generator) -> Image:
    """Return a figure before a plain, softly lit wall."""
    wall = int(rng.integers(150, 235))
    return _figure(np.full((height, width, 3), wall, np.uint8), rng, shade=25)


def sketch(width: int, height: int, rng: np.random.Generator) -> Image:
    """Return a line drawing on white."""
    return _figure(np.full((height, width, 3), 250, np.uint8), rng, shade=0)


def _figure(image: Image, rng: np.random.Generator, shade: int) -> Image:
    height, width = image.shape[:2]
    fall = np.linspace(0, shade, width)[None, :, None]
    image = (image - fall).astype(np.uint8)
    x, tall = int(width * rng.uniform(0.35, 0.65)), height * rng.uniform(0.5, 0.8)
    foot = int(height * rng.uniform(0.9, 1.2))
    dark = tuple(int(one) for one in rng.integers(10, 120, 3))
    top = int(foot - tall)
    cv2.ellipse(image, (x, foot), (int(tall * 0.25), int(tall * 0.7)), 0, 180, 360, dark, -1)
    cv2.circle(image, (x, top + int(tall * 0.15)), int(tall * 0.16), colour(rng), -1)
    for _ in range(8):
        ends = rng.integers(0, [width, height], (2, 2))
        cv2.line(image, tuple(map(int, ends[0])), tuple(map(int, ends[1])), dark, 1, cv2.LINE_AA)
    return image


def one_scene(rng: np.random.Generator, painter: Painter) -> Painter:
    """Return a painter whose pictures are all shots of one and the same place."""
    world = painter(900, 700, rng)

    def shot(width: int, height: int, rng: np.random.Generator) -> Image:
        ratio = width / height
        tall = rng.uniform(0.5, 0.95) * min(700, 900 / ratio)
        wide = tall * ratio
        x, y = rng.uniform(0, 900 - wide), rng.uniform(0, 700 - tall)
        part = world[int(y) : int(y + tall), int(x) : int(x + wide)]
        return cv2.resize(part, (width, height), interpolation=cv2.INTER_AREA)

    return shot


def hard_page(seed: int, painter: Painter = scene, kind: str | None = None) -> HardPage:
    """Return the hard page of a seed."""
    rng = np.random.default_rng(seed)
    kind = kind or KINDS[seed % len(KINDS)]
    spec = _spec(kind, rng)
    if kind == "alike":
        painter = one_scene(rng, painter)
    elif kind == "ruled cells":
        painter = sketch if rng.random() < 0.5 else studio
    elif kind == "pale":
        painter = sketch
    page, boxes = _paint(kind, spec, rng, painter)
    layout = (len(spec.rows), len(spec.rows[0]))
    if kind in {"irregular", "tall and stacked"}:
        layout = None
    if kind == "photographed":
        page, boxes = _photographed(page, boxes, rng)
    page = decode(encode_jpeg(page, int(rng.integers(70, 96))))
    return HardPage(kind, page, tuple(boxes), layout)


def _spec(kind: str, rng: np.random.Generator) -> Spec:
    ratio = float(rng.choice([0.56, 0.75, 1.0, 1.33, 1.78]))
    side = int(rng.integers(720, 1025))
    spec = Spec(int(min(side, side * ratio)), int(min(side, side / ratio)))
    rows, cols = (int(one) for one in rng.integers(1, 5, 2))
    if rows * cols < 2:
        rows = cols = 3
    spec.rows = [[1.0] * cols for _ in range(rows)]
    spec.heights = [1.0] * rows
    spec.paper = (LIGHT + DARK)[int(rng.integers(0, len(LIGHT + DARK)))]
    spec.gutter = int(rng.integers(5, 41))
    spec.margin = int(rng.integers(0, 50))
    _gaps(kind, spec, rng)
    _edges(kind, spec, rng)
    if kind in {"irregular", "uneven"}:
        _vary(kind, spec, rng)
    if kind == "tall and stacked":
        spec.rows, spec.heights = [[1.0], [1.0, 1.0]], [1.0, 1.0]
    return spec


def _gaps(kind: str, spec: Spec, rng: np.random.Generator) -> None:
    if kind in {"thin", "uneven", "alike"}:
        spec.gutter = int(rng.integers(1, 5))
        spec.margin = int(rng.choice([0, spec.gutter]))
    if kind in {"touching", "ruled cells"} or (kind == "alike" and half(rng)):
        spec.gutter = spec.margin = 0
    if kind == "ruled cells":
        spec.gutter = int(rng.integers(1, 4))
        spec.paper = (int(rng.integers(0, 140)),) * 3
    if "captions" in kind:
        spec.gutter = int(rng.integers(8, 24))
        spec.below = int(rng.integers(20, 56))
        if rng.random() < 0.25:
            spec.above, spec.below = spec.below, 0
    if kind == "titled captions" or (kind in {"lined paper", "photographed"} and half(rng)):
        spec.title = int(rng.integers(40, 90))


def _edges(kind: str, spec: Spec, rng: np.random.Generator) -> None:
    if kind in {"framed", "pale", "lined paper"}:
        spec.frame = int(rng.integers(1, 6))
    if kind == "rounded":
        spec.round = int(rng.integers(6, 30))
        spec.frame = int(rng.integers(0, 4))
    if kind in {"pale", "lined paper"}:
        spec.paper = LIGHT[int(rng.integers(0, len(LIGHT)))]
    if kind == "photographed":
        spec.margin = max(12, spec.margin)


def half(rng: np.random.Generator) -> bool:
    """Return True half of the time."""
    return bool(rng.random() < 0.5)


def _vary(kind: str, spec: Spec, rng: np.random.Generator) -> None:
    if kind == "irregular":
        counts = rng.permutation([1, 2, 3, int(rng.integers(1, 4))])[: int(rng.integers(2, 5))]
        counts[0] = max(2, counts[0])
        spec.rows = [[float(rng.uniform(0.75, 1.3)) for _ in range(count)] for count in counts]
        spec.heights = [float(rng.uniform(0.75, 1.3)) for _ in counts]
        return
    shares = [float(rng.uniform(0.85, 1.15)) for _ in spec.rows[0]]
    spec.rows = [[one * float(rng.uniform(0.97, 1.03)) for one in shares] for _ in spec.rows]
    spec.heights = [float(rng.uniform(0.85, 1.15)) for _ in spec.rows]


def _cuts(shares: list[float], start: int, stop: int, gutter: int) -> list[tuple[int, int]]:
    room = stop - start - gutter * (len(shares) - 1)
    ends = np.cumsum([0.0, *shares]) / sum(shares) * room
    return [
        (start + round(a) + at * gutter, start + round(b) + at * gutter)
        for at, (a, b) in enumerate(itertools.pairwise(ends))
    ]


def _cells(kind: str, spec: Spec) -> list[Box]:
    across = spec.margin, spec.width - spec.margin
    bands = _cuts(spec.heights, spec.margin + spec.title, spec.height - spec.margin, spec.gutter)
    if kind == "tall and stacked":
        (left, mid), (near, right) = _cuts([1.0, 1.0], *across, spec.gutter)
        tall = Box(left, bands[0][0], mid, bands[1][1])
        return [tall, *(Box(near, top, right, bottom) for top, bottom in bands)]
    return [
        Box(left, top + spec.above, right, bottom - spec.below)
        for (top, bottom), row in zip(bands, spec.rows, strict=True)
        for left, right in _cuts(row, *across, spec.gutter)
    ]


def _paint(
    kind: str, spec: Spec, rng: np.random.Generator, painter: Painter
) -> tuple[Image, list[Box]]:
    page = np.full((spec.height, spec.width, 3), spec.paper, np.uint8)
    ink = (30, 30, 30) if sum(spec.paper) > 380 else (225, 225, 225)
    if kind == "lined paper":
        _lines(page, rng)
    if spec.title:
        size = spec.title / 45
        words = " ".join(rng.choice(WORDS, 4)).upper()
        cv2.putText(page, words, (spec.width // 6, spec.margin + spec.title * 2 // 3), 0, size / 2,
                    ink, 2, cv2.LINE_AA)  # fmt: skip
    boxes = _cells(kind, spec)
    for number, box in enumerate(boxes):
        _panel(page, box, spec, ink, rng, painter)
        if spec.below or spec.above:
            _caption(page, box, spec, ink, number, rng)
    return page, boxes


def _panel(
    page: Image, box: Box, spec: Spec, ink: tuple[int, ...], rng: np.random.Generator,
    painter: Painter,
) -> None:  # fmt: skip
    mask = np.zeros((box.height, box.width), np.uint8)
    r = min(spec.round, box.height // 4, box.width // 4)
    cv2.rectangle(mask, (r, 0), (box.width - 1 - r, box.height - 1), 255, -1)
    cv2.rectangle(mask, (0, r), (box.width - 1, box.height - 1 - r), 255, -1)
    for x in (r, box.width - 1 - r):
        for y in (r, box.height - 1 - r):
            cv2.circle(mask, (x, y), r, 255, -1, cv2.LINE_AA)
    share = mask[:, :, None] / 255
    inside = painter(box.width, box.height, rng)
    if spec.frame:
        hollow = cv2.erode(
            cv2.copyMakeBorder(mask, 1, 1, 1, 1, cv2.BORDER_CONSTANT),
            np.ones((2 * spec.frame + 1,) * 2, np.uint8),
        )[1:-1, 1:-1]
        inside = np.where(hollow[:, :, None] > 127, inside, np.array(ink, np.uint8))
    view = box.crop(page)
    view[:] = (view * (1 - share) + inside * share).astype(np.uint8)


def _caption(
    page: Image, box: Box, spec: Spec, ink: tuple[int, ...], number: int, rng: np.random.Generator
) -> None:
    strip = spec.below or spec.above
    lines = 2 if strip > 36 else 1
    size = strip / lines / 55
    top = box.bottom if spec.below else box.top - strip
    letters = max(4, int(box.width / (size * 20)))
    for line in range(lines):
        words = f"{number + 1} " if line == 0 else ""
        words = (words + " ".join(rng.choice(WORDS, 8)))[:letters]
        at = (box.left + 2, top + int((line + 0.75) * strip / lines))
        cv2.putText(page, words, at, 0, size, ink, 1, cv2.LINE_AA)


def _lines(page: Image, rng: np.random.Generator) -> None:
    step = int(rng.integers(16, 40))
    tint = tuple(int(one) - 40 for one in page[0, 0])
    for y in range(step, page.shape[0], step):
        cv2.line(page, (0, y), (page.shape[1], y), tint, 1)
    if half(rng):
        for x in range(step, page.shape[1], step):
            cv2.line(page, (x, 0), (x, page.shape[0]), tint, 1)


def _photographed(
    page: Image, boxes: list[Box], rng: np.random.Generator
) -> tuple[Image, list[Box]]:
    """Lay the page on a table and take a picture of it, nearly square on, in uneven light."""
    height, width = page.shape[:2]
    table = cv2.resize(
        rng.integers(40, 110, (9, 9, 3)).astype(np.uint8), (width, height),
        interpolation=cv2.INTER_CUBIC,
    )  # fmt: skip
    inset = 0.05
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    pull = np.array([(1, 1), (-1, 1), (-1, -1), (1, -1)]) * inset + rng.uniform(
        -0.012, 0.012, (4, 2)
    )
    warp = cv2.getPerspectiveTransform(
        corners, (corners + pull * (width, height)).astype(np.float32)
    )
    laid = cv2.warpPerspective(page, warp, (width, height), flags=cv2.INTER_AREA)
    cover = cv2.warpPerspective(np.full((height, width), 255, np.uint8), warp, (width, height))
    share = cover[:, :, None] / 255
    light = np.linspace(1, rng.uniform(0.75, 0.95), width)[None, :, None]
    light = light * np.linspace(1, rng.uniform(0.8, 1), height)[:, None, None]
    photo = (table * (1 - share) + laid * share) * light + rng.normal(0, 2, page.shape)
    seen: list[Box] = []
    for box in boxes:
        quad = np.array(
            [[(x, y) for x in (box.left, box.right) for y in (box.top, box.bottom)]],
            np.float32,
        )  # fmt: skip
        x, y = cv2.perspectiveTransform(quad, warp)[0].T
        sides = np.round([np.sort(x)[:2].mean(), np.sort(y)[:2].mean(),
                          np.sort(x)[2:].mean(), np.sort(y)[2:].mean()])  # fmt: skip
        seen.append(Box(*(int(one) for one in sides)))
    return np.clip(photo, 0, 255).astype(np.uint8), seen
