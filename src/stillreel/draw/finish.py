"""The last touch on a still: bloom, grade, vignette, grain."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.box import Box
    from stillreel.draw.marks import Stack
    from stillreel.draw.raster import Canvas

    Pixels = NDArray[np.uint8]

GRAIN = 0.05
_TILE = 256
_SHARED = 512
EVEN = 220
"""What an untouched pixel is multiplied with; 255 brightens it by a sixth."""
_MIDDLE, _CORNER = 1.10, 0.82
_BLACKS = 7
"""Levels taken off everywhere, so that haze and glow do not wash out the blacks."""


def bloom(canvas: Canvas, lights: Pixels, step: int, sigma: float) -> None:
    """Add the halo of `lights` to the canvas: light only, alpha untouched.

    Args:
        canvas: where the halo falls.
        lights: (h/step, w/step, 3) BGR of what glows, over the same box.
        step: how many times smaller `lights` is.
        sigma: width of the inner halo in canvas pixels; the outer one is three times wider.
    """
    near = cv2.GaussianBlur(lights, (0, 0), max(sigma / step, 0.6))
    quarter = (max(lights.shape[1] // 4, 1), max(lights.shape[0] // 4, 1))
    small = cv2.resize(lights, quarter, interpolation=cv2.INTER_AREA)
    wide = cv2.GaussianBlur(small, (0, 0), max(sigma * 3.5 / step / 4, 0.8))
    wide = cv2.resize(wide, (lights.shape[1], lights.shape[0]), interpolation=cv2.INTER_LINEAR)
    halo = cv2.addWeighted(near, 0.55, wide, 0.75, 0)
    height, width = canvas.pixels.shape[:2]
    full = cv2.resize(halo, (width, height), interpolation=cv2.INTER_LINEAR)
    light = cv2.cvtColor(full, cv2.COLOR_BGR2BGRA)
    light[..., 3] = 0
    cv2.add(canvas.pixels, light, dst=canvas.pixels)


@lru_cache(maxsize=4)
def vignette(width: int, height: int) -> Pixels:
    """Return how the lens brightens the middle and darkens the corners, (height, width).

    A value of `EVEN` leaves the light as it is.
    """
    x = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    fall = np.clip((x * x + y * y) / 2, 0, 1)
    fall = fall * fall * (3 - 2 * fall)
    return np.round(EVEN * (_MIDDLE - (_MIDDLE - _CORNER) * fall)).astype(np.uint8)


def whole_tiles(side: int) -> int:
    """Return a side of a sheet rounded up, so that sheets of many sizes share one texture."""
    return -(-side // _SHARED) * _SHARED


# Sheets of these sizes are large: what is kept is what one panel needs again and again.
@lru_cache(maxsize=1)
def _lens(width: int, height: int, frame: Box) -> Pixels:
    """The vignette of the frame on its sheet, for four channels."""
    left, top, right, bottom = frame
    inner = vignette(right - left, bottom - top)
    pad = ((top, height - bottom), (left, width - right))
    fall = np.pad(inner, pad, mode="edge")
    return _four([fall, fall, fall, np.full_like(fall, EVEN)])


@lru_cache(maxsize=1)
def _emulsion(width: int, height: int, strength: float) -> tuple[Pixels, Pixels]:
    """Film grain over a whole sheet, for four channels: what to add and what to take away."""
    up, down = grain(strength)
    many = (-(-height // _TILE), -(-width // _TILE))
    still = np.zeros((height, width), np.uint8)
    sheets = [np.tile(tile, many)[:height, :width] for tile in (up, down)]
    deeper = cv2.add(sheets[1], np.full_like(still, _BLACKS))
    return _four([sheets[0]] * 3 + [still]), _four([np.asarray(deeper, np.uint8)] * 3 + [still])


@lru_cache(maxsize=2)
def grain(strength: float = GRAIN) -> tuple[Pixels, Pixels]:
    """Return a tile of film grain as what to add and what to take away, (256, 256) each."""
    rng = np.random.default_rng(0x57111)
    noise = rng.standard_normal((_TILE, _TILE)).astype(np.float32)
    middle = slice(_TILE, 2 * _TILE)
    soft = cv2.GaussianBlur(np.tile(noise, (3, 3)), (0, 0), 0.7)[middle, middle]
    level = soft / soft.std() * strength * 255 * 0.11
    up = np.round(np.clip(level, 0, 255)).astype(np.uint8)
    down = np.round(np.clip(-level, 0, 255)).astype(np.uint8)
    return up, down


def film(pixels: Pixels, stack: Stack, box: Box, *, strength: float = GRAIN) -> Pixels:
    """Return premultiplied BGRA or BGR pixels with vignette and grain, by place on the sheet.

    Args:
        pixels: (h, w, 3) or (h, w, 4) of `box`.
        stack: gives the sheet and the frame the vignette is centred on.
        box: where the pixels lie on the sheet.
        strength: of the grain, 0.05 for five percent.
    """
    rows, columns = slice(box[1], box[3]), slice(box[0], box[2])
    if pixels.shape[2] == 3:
        whole = cv2.cvtColor(pixels, cv2.COLOR_BGR2BGRA)
        return np.asarray(
            cv2.cvtColor(
                film(np.asarray(whole, np.uint8), stack, box, strength=strength), cv2.COLOR_BGRA2BGR
            ),
            np.uint8,
        )
    done = cv2.multiply(
        pixels, _lens(stack.width, stack.height, stack.visible)[rows, columns], scale=1 / EVEN
    )
    size = whole_tiles(stack.width), whole_tiles(stack.height)
    up, down = (sheet[rows, columns] for sheet in _emulsion(*size, strength))
    alpha = np.ascontiguousarray(pixels[..., 3])
    if alpha.min() < 255:
        shown = _four([alpha] * 4)
        up, down = cv2.bitwise_and(up, shown), cv2.bitwise_and(down, shown)
    cv2.add(done, up, dst=done)
    return np.asarray(cv2.subtract(done, down, dst=done), np.uint8)


def _four(planes: list[Pixels]) -> Pixels:
    return np.asarray(cv2.merge(planes), np.uint8)
