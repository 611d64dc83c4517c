"""The prop sheet: three views at one scale, its size, its colour."""

from __future__ import annotations

from math import cos, radians, sin
from typing import TYPE_CHECKING

from stillreel.draw.marks import rgb, scaled
from stillreel.draw.page.desk import hull_of, page_of, studio_camera

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from stillreel.draw.look import Look
    from stillreel.values.scene import Prop

_VIEWS = (("FRONT", 0.0), ("3/4", 40.0), ("SIDE", 90.0))


def prop_page(
    prop: Prop, look: Look, width: int, height: int, *, seed: int = 0
) -> NDArray[np.uint8]:
    """Return the sheet of a prop, BGR, (height, width, 3)."""
    from stillreel.draw import prop as props

    page = page_of(width, height, look.GROUNDS, [prop.colour])
    page.words(prop.name.upper(), 0.03, 0.078, 0.046, bold=True)
    page.words("PROP SHEET  /  three views, size, colour", 0.031, 0.112, 0.019, quiet=True)
    size = prop.size_m
    scale = min(0.56 * height, 0.26 * width) / size
    for index, (name, heading) in enumerate(_VIEWS):
        x, y = (0.19 + 0.31 * index) * width, 0.5 * height
        turn = radians(heading)
        camera = studio_camera(page, scale, (0.0, size * 0.45), (x, y), size * 6)
        shapes = props.shapes_at(
            prop,
            camera,
            origin=(0.0, 0.0, 0.0),
            up=(0.0, 1.0, 0.0),
            forward=(sin(turn), 0.0, cos(turn)),
            owner=prop.id,
        )
        if not shapes:
            continue
        left, top, right, bottom = hull_of(shapes)
        off = (x - (left + right) / 2, y - (top + bottom) / 2)
        page.body([scaled(shape, 1.0, off) for shape in shapes], look, (0, 0, width, height), seed)
        page.words(name, x / width, 0.865, 0.019, bold=True, align="centre")
    bar = round(scale * _round_length(size))
    line = page.unit(0.003)
    left, y = round(0.03 * width), round(0.955 * height)
    page.pixels[y : y + line, left : left + bar] = page.ink[::-1]
    page.words(f"{_round_length(size):g} m", 0.03, 0.945, 0.016, quiet=True)
    page.swatch(0.62, 0.925, 0.07, 0.04, rgb(prop.colour))
    page.words(prop.colour, 0.70, 0.953, 0.016, quiet=True)
    page.words(f"longest side {size:g} m", 0.80, 0.953, 0.016, quiet=True)
    if prop.text:
        page.words(f"reads: {prop.text}", 0.3, 0.953, 0.016, quiet=True)
    return page.pixels


def _round_length(size: float) -> float:
    """Return a round length near half the size: 0.1, 0.2, 0.5, 1, 2, 5 ..."""
    for length in (5.0, 2.0, 1.0, 0.5, 0.2, 0.1, 0.05, 0.02):
        if length <= size * 0.7:
            return length
    return 0.01
