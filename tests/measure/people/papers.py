"""Plain papers, and somebody to put on them, drawn with our own pencil."""

from __future__ import annotations

import numpy as np

from stillreel.draw import look
from stillreel.draw.page.desk import Page, hull_of, studio_camera
from stillreel.draw.stage.cast import body_of, shapes_of
from stillreel.measure.nouns import Box
from stillreel.values.scene import Hair, Identity, Worn

MARA = Identity(
    id="mara",
    name="Mara",
    skin="#e0ac85",
    hair=Hair(style="bob", colour="#5a2f18"),
    outfit=(
        Worn(garment="shirt", colour="#a04030"),
        Worn(garment="trousers", colour="#405070"),
        Worn(garment="boots", colour="#3a2a1c"),
    ),
)
CREAM = (222, 230, 236)


def put(image: np.ndarray, x: int, floor: int, tall: int, *, turn: float = 0.0) -> Box:
    """Draw Mara with the pencil, standing at x on a floor, and return her box."""
    surface = Page(image, (236, 230, 222), (30, 30, 30), (90, 90, 90))
    body = body_of(MARA, "stand", 0.0)
    middle = (0.0, body.height / 2)
    camera = studio_camera(surface, tall / body.height, middle, (x, floor - tall / 2), 12.0)
    shapes = shapes_of(
        MARA, camera, action="stand", phase=0.0, origin=(0.0, 0.0, 0.0), heading=turn, seed=1
    )
    surface.body(shapes, look.named("lumen"), (0, 0, image.shape[1], image.shape[0]), 1)
    return Box(*(round(edge) for edge in hull_of(shapes)))


def blank(width: int = 1000, height: int = 600, colour: tuple[int, ...] = CREAM) -> np.ndarray:
    return np.full((height, width, 3), colour, np.uint8)
