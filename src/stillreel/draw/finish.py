"""The last touch on a still: bloom, grade, vignette, grain."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.marks import Stack
    from stillreel.draw.raster import Box, Canvas

    Pixels = NDArray[np.uint8]

GRAIN = 0.05
_TILE = 256


def bloom(canvas: Canvas, lights: Pixels, step: int, sigma: float) -> None:
    """Add the halo of `lights` to the canvas: light only, alpha untouched.

    Args:
        canvas: where the halo falls.
        lights: (h/step, w/step, 3) BGR of what glows, over the same box.
        step: how many times smaller `lights` is.
        sigma: width of the inner halo in canvas pixels; the outer one is three times wider.
    """
    near = cv2.GaussianBlur(lights, (0, 0), max(sigma / step, 0.6))
    small = cv2.resize(
        lights, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA
    )
    wide = cv2.GaussianBlur(small, (0, 0), max(sigma * 3.5 / step / 4, 0.8))
    wide = cv2.resize(wide, (lights.shape[1], lights.shape[0]), interpolation=cv2.INTER_LINEAR)
    halo = cv2.addWeighted(near, 0.55, wide, 0.75, 0)
    height, width = canvas.pixels.shape[:2]
    full = cv2.resize(halo, (width, height), interpolation=cv2.INTER_LINEAR)
    light = cv2.cvtColor(full, cv2.COLOR_BGR2BGRA)
    light[..., 3] = 0
    cv2.add(canvas.pixels, light, dst=canvas.pixels)


@lru_cache(maxsize=4)
def vignette(width: int, height: int, depth: float = 0.3) -> Pixels:
    """Return the darkening toward the corners as a (height, width) map, 255 for none."""
    x = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    fall = np.clip((x * x + y * y - 0.35) / 1.65, 0, 1)
    shade = 255 * (1 - depth * fall * fall * (3 - 2 * fall))
    return np.round(shade).astype(np.uint8)


@lru_cache(maxsize=4)
def _vignette3(width: int, height: int, depth: float) -> Pixels:
    return cv2.merge([vignette(width, height, depth)] * 3)  # type: ignore[return-value]


@lru_cache(maxsize=2)
def grain(strength: float = GRAIN) -> tuple[Pixels, Pixels]:
    """Return a tile of film grain as what to add and what to take away, (256, 256) each."""
    rng = np.random.default_rng(0x57111)
    noise = rng.standard_normal((_TILE, _TILE)).astype(np.float32)
    soft = cv2.GaussianBlur(np.tile(noise, (3, 3)), (0, 0), 0.7)[_TILE : 2 * _TILE, _TILE : 2 * _TILE]
    level = soft / soft.std() * strength * 255 * 0.15
    up = np.round(np.clip(level, 0, 255)).astype(np.uint8)
    down = np.round(np.clip(-level, 0, 255)).astype(np.uint8)
    return up, down


def _tiled(tile: Pixels, box: Box) -> Pixels:
    left, top, right, bottom = box
    x, y = left % _TILE, top % _TILE
    across = -(-(x + right - left) // _TILE)
    down = -(-(y + bottom - top) // _TILE)
    return np.tile(tile, (down, across))[y : y + bottom - top, x : x + right - left]


def film(pixels: Pixels, stack: Stack, box: Box, *, strength: float = GRAIN) -> Pixels:
    """Return premultiplied BGRA or BGR pixels with vignette and grain, by place on the sheet.

    Args:
        pixels: (h, w, 3) or (h, w, 4) of `box`.
        stack: gives the frame the vignette is centred on.
        box: where the pixels lie on the sheet.
        strength: of the grain, 0.05 for five percent.
    """
    done = pixels.copy()
    colour = np.ascontiguousarray(done[..., :3]) if done.shape[2] == 4 else done  # noqa: PLR2004
    shade = _vignette3(stack.width, stack.height, 0.3)[box[1] : box[3], box[0] : box[2]]
    cv2.multiply(colour, shade, dst=colour, scale=1 / 255)
    up, down = (_tiled(tile, box) for tile in grain(strength))
    if done.shape[2] == 4:  # noqa: PLR2004
        alpha = done[..., 3]
        up = cv2.multiply(up, alpha, scale=1 / 255)
        down = cv2.multiply(down, alpha, scale=1 / 255)
    cv2.add(colour, cv2.merge([up, up, up]), dst=colour)
    cv2.subtract(colour, cv2.merge([down, down, down]), dst=colour)
    if done.shape[2] == 4:  # noqa: PLR2004
        done[..., :3] = colour
    return done
