"""One person, taken again: another pose, lens, light and background."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import cos, radians, sin
from typing import TYPE_CHECKING, cast

import numpy as np

from stillreel.draw import raster
from stillreel.draw.box import bounds
from stillreel.draw.lens import SENSOR_WIDTH_MM, Camera
from stillreel.draw.look import named
from stillreel.draw.marks import Layer, Stack
from stillreel.draw.page.desk import STUDIO, hull_of
from stillreel.draw.stage.cast import body_of, shapes_of
from stillreel.errors import UsageError

if TYPE_CHECKING:
    from numpy.random import Generator

    from stillreel.draw.marks import Shape
    from stillreel.measure.nouns import Image
    from stillreel.values.scene import Action, Emotion, Identity

_ACTIONS: tuple[Action, ...] = ("stand", "walk", "talk", "wave", "point", "look", "carry")
_EMOTIONS: tuple[Emotion, ...] = ("neutral", "happy", "sad", "surprised")
_MARGIN = 14


@dataclass(frozen=True, slots=True)
class Shot:
    """How a person is taken."""

    action: Action
    phase: float
    emotion: Emotion
    heading: float
    """Degrees; 0 faces the lens."""
    away: float
    """Metres to the lens, in heights of the body: nearer is more of a wide angle."""
    above: float
    """Degrees the lens looks down."""
    pixels: int
    """Height of the body."""
    key: float
    """Degrees from the middle to the main light."""
    exposure: float
    """Factor on the picture's values."""
    warmth: float
    """Share by which red is raised and blue lowered."""
    ground: int
    """Which background; 0 is a plain page."""


PLAIN = Shot("stand", 0.0, "neutral", 0.0, 8.0, 0.0, 300, -30.0, 1.0, 0.0, 0)
"""The reference: standing, from the front, on a page."""


def shot(rng: Generator) -> Shot:
    """Return a shot drawn by lot: any of the poses, three quarters of the way round at most."""
    return Shot(
        action=_ACTIONS[int(rng.integers(len(_ACTIONS)))],
        phase=float(rng.uniform(0, 1)),
        emotion=_EMOTIONS[int(rng.integers(len(_EMOTIONS)))],
        heading=float(rng.uniform(-75, 75)),
        away=float(rng.uniform(3, 9)),
        above=float(rng.uniform(-6, 14)),
        pixels=int(rng.integers(180, 420)),
        key=float(rng.uniform(-65, 65)),
        exposure=float(rng.uniform(0.78, 1.12)),
        warmth=float(rng.uniform(-0.03, 0.03)),
        ground=int(rng.integers(0, 1_000_000)) * int(rng.uniform() < 0.7),
    )


def take(identity: Identity, taken: Shot, look: str, seed: int = 0) -> Image:
    """Return a crop, BGR, with one figure on its background.

    Raises:
        UsageError: the pencil has no such look.
    """
    pen = named(look)
    if pen is None:
        raise UsageError(
            f"There is no look called {look}.", next_step="Take one that the pencil has."
        )
    shapes, box = _framed(identity, taken, seed)
    width, height = box[2] - box[0], box[3] - box[1]
    light = replace(
        STUDIO,
        key=(sin(radians(taken.key)) * 0.8, 0.6, cos(radians(taken.key)) * 0.8),
        rim=(0, 0, 0),
    )
    layer = Layer("figure", "figure", 4.0, shapes)
    stack = Stack(width, height, (0, 0, width, height), (layer,), light, height * 0.8, seed)
    painted = pen.paint(layer, stack, (0, 0, width, height))
    under = background(width, height, taken.ground, look)
    ground = np.dstack([under, np.full((height, width), 255, np.uint8)])
    canvas = raster.Canvas(np.ascontiguousarray(ground))
    raster.lay(canvas, raster.Canvas(painted))
    return _lit(canvas.pixels[..., :3], taken)


def background(width: int, height: int, seed: int, look: str) -> Image:
    """Return a plain page for seed 0, else soft shapes of other colours; grey in a grey look."""
    import cv2

    page = np.full((height, width, 3), (226, 230, 232), np.uint8)
    if seed == 0:
        return page
    rng = np.random.default_rng(seed)
    lab = np.zeros((height, width, 3), np.float32)
    pencil = named(look)
    spread = 24.0 if pencil is not None and pencil.COLOURED else 4.0
    tones = np.stack([rng.uniform(35, 90, 9), *rng.uniform(-spread, spread, (2, 9))], axis=1)
    down = np.linspace(0, 1, height, dtype=np.float32)[:, None, None]
    lab[:] = tones[0] * (1 - down) + tones[1] * down
    for tone in tones[2:]:
        left, top = rng.uniform(-0.2, 1, 2) * (width, height)
        wide, tall = rng.uniform(0.1, 0.6, 2) * (width, height)
        corner = int(left), int(top)
        end = int(left + wide), int(top + tall)
        cv2.rectangle(lab, corner, end, [float(part) for part in tone], -1)
    lab = cv2.GaussianBlur(lab, (0, 0), float(rng.uniform(1, 6)))
    return _pixels(cv2.cvtColor(lab, cv2.COLOR_Lab2BGR) * 255)


def _framed(
    identity: Identity, taken: Shot, seed: int
) -> tuple[tuple[Shape, ...], tuple[int, int, int, int]]:
    """Return the shapes moved so that the crop begins at 0, 0, and the crop's box."""
    body = body_of(identity, taken.action, taken.phase)
    away = taken.away * body.height
    middle = (0.0, body.height / 2, 0.0)
    rise = sin(radians(taken.above)) * away
    focal = taken.pixels / body.height * away * SENSOR_WIDTH_MM / 1000
    frame = 1000
    eye = (0.0, middle[1] + rise, cos(radians(taken.above)) * away)

    def shapes_at(offset: tuple[float, float]) -> tuple[Shape, ...]:
        camera = Camera(eye, middle, focal, frame, frame, offset=offset)
        return shapes_of(
            identity,
            camera,
            action=taken.action,
            phase=taken.phase,
            origin=(0.0, 0.0, 0.0),
            heading=taken.heading,
            emotion=taken.emotion,
            seed=seed,
        )

    hull = hull_of(shapes_at((0.0, 0.0)))
    shapes = shapes_at((_MARGIN - hull[0], _MARGIN - hull[1]))
    seen = bounds(shapes, 0) or (0, 0, frame, frame)
    return shapes, (0, 0, seen[2] + _MARGIN, seen[3] + _MARGIN)


def _lit(image: Image, taken: Shot) -> Image:
    tint = np.array([1 - taken.warmth, 1.0, 1 + taken.warmth], np.float32) * taken.exposure
    return _pixels(image.astype(np.float32) * tint)


def _pixels(values: object) -> Image:
    return np.clip(np.round(cast("Image", values)), 0, 255).astype(np.uint8)
