"""The page as a surface: a plain ground the subject does not blend into, and what is put on it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from stillreel.draw import lettering, raster
from stillreel.draw.box import bounds, meet
from stillreel.draw.lens import SENSOR_WIDTH_MM, Camera
from stillreel.draw.marks import Layer, Light, Stack, rgb

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from stillreel.draw.box import Box
    from stillreel.draw.look import Look
    from stillreel.draw.marks import Shape

    Pixels = NDArray[np.uint8]

Rgb = tuple[int, int, int]

_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
STUDIO = Light(
    key=(-0.5, 0.6, 0.62),
    key_colour=(255, 252, 246),
    shade_colour=(150, 150, 178),
    rim=(250, 250, 255),
    fog=(200, 204, 210),
    fog_distance=0.0,
    exposure=1.0,
)
"""Soft even light that leaves every local colour as it is."""


@dataclass(slots=True)
class Page:
    """A page being laid out."""

    pixels: Pixels
    """(h, w, 3) BGR."""
    ground: Rgb
    ink: Rgb
    """Colour of words and rules."""
    faint: Rgb
    """Colour of quiet words."""

    @property
    def width(self) -> int:
        """Pixels."""
        return self.pixels.shape[1]

    @property
    def height(self) -> int:
        """Pixels."""
        return self.pixels.shape[0]

    def unit(self, share: float) -> int:
        """Return a share of the page height in whole pixels, at least 1."""
        return max(1, round(self.height * share))

    def words(
        self,
        text: str,
        x: float,
        y: float,
        size: float,
        *,
        bold: bool = False,
        quiet: bool = False,
        align: lettering.Align = "left",
    ) -> int:
        """Write a line; x, y (baseline) and size are shares of the page. Return its pixels."""
        return lettering.draw(
            self.pixels,
            text,
            (round(x * self.width), round(y * self.height)),
            self.unit(size),
            self.faint if quiet else self.ink,
            weight=lettering.BOLD if bold else lettering.REGULAR,
            align=align,
        )

    def swatch(self, x: float, y: float, wide: float, high: float, colour: Rgb) -> None:
        """Paint a rectangle of one colour; all measures are shares of the page."""
        left, top = round(x * self.width), round(y * self.height)
        right, bottom = round((x + wide) * self.width), round((y + high) * self.height)
        self.pixels[top:bottom, left:right] = (colour[2], colour[1], colour[0])

    def picture(self, image: Pixels, left: int, top: int) -> None:
        """Put BGR pixels down with their corner at (left, top)."""
        high, wide = image.shape[:2]
        self.pixels[top : top + high, left : left + wide] = image

    def body(self, shapes: Sequence[Shape], look: Look, box: Box, seed: int) -> None:
        """Paint shapes onto the page, cut off at `box` (left, top, right, bottom, pixels)."""
        whole = (0, 0, self.width, self.height)
        extent = bounds(shapes, 8)
        seen = meet(extent, box) if extent else None
        inside = meet(seen, whole) if seen else None
        if inside is None:
            return
        layer = Layer("sheet", "figure", 4.0, tuple(shapes))
        rim = (210, 226, 246) if sum(self.ground) < 300 else (0, 0, 0)
        light = replace(STUDIO, rim=rim)
        stack = Stack(self.width, self.height, whole, (layer,), light, self.height * 0.8, seed)
        painted = look.paint(layer, stack, inside)
        under = cv2.cvtColor(
            self.pixels[inside[1] : inside[3], inside[0] : inside[2]], cv2.COLOR_BGR2BGRA
        )
        canvas = raster.Canvas(np.asarray(under, np.uint8), inside[0], inside[1])
        raster.lay(canvas, raster.Canvas(painted, inside[0], inside[1]))
        self.pixels[inside[1] : inside[3], inside[0] : inside[2]] = canvas.pixels[..., :3]


def page_of(width: int, height: int, grounds: Sequence[Rgb], colours: Sequence[str]) -> Page:
    """Return an empty page on the ground that stays farthest from all the subject's colours."""
    subject = _lab([rgb(colour) for colour in colours] or [(128, 128, 128)])
    offered = _lab(list(grounds))
    nearest = [float(np.linalg.norm(subject - one, axis=1).min()) for one in offered]
    ground = grounds[int(np.argmax(np.minimum(nearest, 14)))]
    dark = ground[0] * 0.3 + ground[1] * 0.59 + ground[2] * 0.11 < 128
    pixels = np.empty((height, width, 3), np.uint8)
    pixels[:] = (ground[2], ground[1], ground[0])
    ink: Rgb = (238, 236, 230) if dark else (34, 36, 44)
    faint: Rgb = (164, 168, 178) if dark else (104, 106, 114)
    return Page(pixels, ground, ink, faint)


def studio_camera(
    page: Page, scale: float, middle: tuple[float, float], at: tuple[float, float], away: float
) -> Camera:
    """Return a long lens that shows a body at a scale and place of the page.

    Args:
        page: the page.
        scale: pixels per metre.
        middle: x and height in metres of the point the lens looks at.
        at: where that point falls on the page, pixels.
        away: metres from the body; farther is flatter.
    """
    focal = scale * away * SENSOR_WIDTH_MM / page.width
    return Camera(
        (middle[0], middle[1], away),
        (middle[0], middle[1], 0.0),
        focal,
        page.width,
        page.height,
        offset=(at[0] - page.width / 2, at[1] - page.height / 2),
    )


def hull_of(shapes: Sequence[Shape]) -> tuple[float, float, float, float]:
    """Return left, top, right, bottom of shapes in pixels."""
    low = np.min([shape.points.min(axis=0) for shape in shapes if len(shape.points)], axis=0)
    high = np.max([shape.points.max(axis=0) for shape in shapes if len(shape.points)], axis=0)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def _lab(colours: Sequence[Rgb]) -> NDArray[np.float64]:
    """Return CIE L*a*b* of sRGB colours, (N, 3); OpenCV would first build tables for 0.15 s."""
    srgb = np.array(colours, np.float64) / 255
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    xyz = linear @ _XYZ.T / np.array([0.9505, 1.0, 1.089])
    root = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    x, y, z = root.T
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=1)
