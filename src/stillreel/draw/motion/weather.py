"""Weather over a moving picture: particles added to luma, from tiles that repeat without a seam."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import pi, sin
from typing import TYPE_CHECKING

from stillreel.draw.light import under_roof

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from stillreel.draw.motion.planar import Planar
    from stillreel.values.scene import Setting

    Plane = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Veil:
    """One tile of particles and how it moves, in pixels of a 1080-line frame per 24th second."""

    kind: str
    layer: int
    right: float
    down: float
    sway: float = 0.0
    """Pixels of slow side-to-side drift."""


_VEILS: dict[str, tuple[Veil, ...]] = {
    "rain": (Veil("rain", 0, -9.0, 62.0), Veil("rain", 1, -14.0, 96.0)),
    "snow": (
        Veil("snow", 0, -0.5, 2.2, 7.0),
        Veil("snow", 1, -0.9, 3.9, 12.0),
        Veil("snow", 2, -1.6, 6.8, 20.0),
    ),
    "fog": (Veil("fog", 0, 1.3, 0.0), Veil("fog", 1, -0.8, 0.2)),
    "wind": (Veil("wind", 0, 17.0, 2.0, 10.0), Veil("leaf", 0, 11.0, 3.4, 26.0)),
    "clear": (),
}


class Weather:
    """The weather of one panel."""

    def __init__(self, setting: Setting, width: int, height: int, fps: int, seed: int) -> None:
        """Prepare the tiles; places indoors have none."""
        outside = not under_roof(setting)
        self._veils = _VEILS[setting.weather] if outside else ()
        dim = {"night": 0.62, "dusk": 0.8, "dawn": 0.9, "day": 1.0}[setting.time]
        # leaves are darker than a day's sky, petals and blown snow are lighter
        self._dark = setting.season in {"summer", "autumn"} and setting.time in {"day", "dawn"}
        self._strength = round(dim * 20)
        self._width, self._height = width, height
        self._unit = height / 1080
        self._pace = 24 / fps
        self._seed = seed % 100_000

    @property
    def still(self) -> bool:
        """Whether there is nothing to be seen."""
        return not self._veils

    def fall(self, frame: Planar, index: int) -> None:
        """Lay the particles of one moment over a frame, in place."""
        for veil in self._veils:
            tile = _tile(veil.kind, veil.layer, self._width, self._height, self._strength)
            time = index * self._pace + self._seed
            drift = veil.sway * sin(2 * pi * time / 24 / 3.1 + veil.layer)
            right = round((veil.right * time + drift) * self._unit) % tile.shape[1]
            down = round(veil.down * time * self._unit) % tile.shape[0]
            _wrap(frame.y, tile, right, down, dark=self._dark and veil.kind == "leaf")


def _wrap(luma: Plane, tile: Plane, right: int, down: int, *, dark: bool) -> None:
    """Add a tile that is shifted right and down and comes in again at the other side."""
    import cv2

    blend = cv2.subtract if dark else cv2.add
    height, width = luma.shape
    high, wide = tile.shape
    for top, source_top, rows in _spans(down, high, height):
        for left, source_left, columns in _spans(right, wide, width):
            part = luma[top : top + rows, left : left + columns]
            piece = tile[source_top : source_top + rows, source_left : source_left + columns]
            blend(part, piece, dst=part)


def _spans(shift: int, period: int, length: int) -> list[tuple[int, int, int]]:
    """Return (place, source, length) pieces that cover `length` with a shifted period."""
    spans: list[tuple[int, int, int]] = []
    at = 0
    while at < length:
        source = (at - shift) % period
        size = min(period - source, length - at)
        spans.append((at, source, size))
        at += size
    return spans


@lru_cache(maxsize=12)
def _tile(kind: str, layer: int, width: int, height: int, strength: int) -> Plane:
    import numpy as np

    rng = np.random.default_rng([sum(kind.encode()), layer, width, height])
    maker = {"rain": _rain, "snow": _snow, "fog": _fog, "wind": _dust, "leaf": _leaves}[kind]
    return maker(rng, layer, width, height, strength / 20)


def _rain(rng: np.random.Generator, layer: int, width: int, height: int, strength: float) -> Plane:
    import cv2
    import numpy as np

    unit = height / 1080
    tile = np.zeros((height, width), np.uint8)
    count, length, weight = ((420, 34, 30), (150, 78, 52))[layer]
    slant = (-9 / 62, -14 / 96)[layer]
    places = rng.uniform((0, 0), (width, height), (count, 2))
    sizes = rng.uniform(0.7, 1.3, count)
    tones = rng.uniform(0.55, 1.0, count)
    for (x, y), size, tone in zip(places, sizes, tones, strict=True):
        long = length * unit * float(size)
        value = round(float(tone) * weight * strength)
        for across in (0, width, -width):
            for above in (0, -height):
                start = (round((x + across) * 8), round((y + above) * 8))
                end = (round((x + across + slant * long) * 8), round((y + above + long) * 8))
                cv2.line(tile, start, end, (value,), 1 + layer, cv2.LINE_AA, 3)
    return tile


def _snow(rng: np.random.Generator, layer: int, width: int, height: int, strength: float) -> Plane:
    import cv2
    import numpy as np

    unit = height / 1080
    tile = np.zeros((height, width), np.uint8)
    count, radius, weight = ((300, 2.0, 85), (130, 3.6, 120), (36, 7.5, 95))[layer]
    places = rng.uniform((0, 0), (width, height), (count, 2))
    sizes = rng.uniform(0.6, 1.25, count)
    for (x, y), size in zip(places, sizes, strict=True):
        r = max(0.8, radius * unit * float(size))
        for across in (0, width, -width):
            for above in (0, height, -height):
                centre = (round((x + across) * 8), round((y + above) * 8))
                if -80 < centre[0] < width * 8 + 80 and -80 < centre[1] < height * 8 + 80:
                    value = round(weight * strength)
                    cv2.circle(tile, centre, round(r * 8), (value,), -1, cv2.LINE_AA, 3)
    soft = (0.5, 0.8, 2.4)[layer] * max(unit, 0.4)
    return np.asarray(cv2.GaussianBlur(tile, (0, 0), soft), np.uint8)


def _fog(rng: np.random.Generator, layer: int, width: int, height: int, strength: float) -> Plane:
    import cv2
    import numpy as np

    cells = (5 + 3 * layer, 9 + 5 * layer)
    noise = rng.random(cells).astype(np.float32)
    wrapped = np.pad(noise, 2, mode="wrap")
    scale = (width / cells[1], height / cells[0])
    big = cv2.resize(
        wrapped,
        (round(wrapped.shape[1] * scale[0]), round(wrapped.shape[0] * scale[1])),
        interpolation=cv2.INTER_CUBIC,
    )
    top, left = round(2 * scale[1]), round(2 * scale[0])
    cut = big[top : top + height, left : left + width]
    rows = np.linspace(0.35, 1.0, height, dtype=np.float32)[:, None]
    return np.clip((cut - 0.35) * 34 * strength * rows, 0, 40).astype(np.uint8)


def _dust(rng: np.random.Generator, layer: int, width: int, height: int, strength: float) -> Plane:
    import cv2
    import numpy as np

    unit = height / 1080
    tile = np.zeros((height, width), np.uint8)
    for x, y, size in rng.uniform((0, 0, 0.5), (width, height, 1.4), (70 - layer, 3)):
        end = (round((x + 26 * unit * size) * 8), round((y + 3 * unit) * 8))
        value = round(26 * strength)
        cv2.line(tile, (round(x * 8), round(y * 8)), end, (value,), 1, cv2.LINE_AA, 3)
    return tile


def _leaves(
    rng: np.random.Generator, layer: int, width: int, height: int, strength: float
) -> Plane:
    import cv2
    import numpy as np

    unit = height / 1080
    tile = np.zeros((height, width), np.uint8)
    for x, y, size, turn in rng.uniform((0, 0, 0.6, 0), (width, height, 1.3, 180), (22 - layer, 4)):
        axes = (round(9 * unit * size * 8), round(3.6 * unit * size * 8))
        centre = (round(x * 8), round(y * 8))
        value = round(46 * strength)
        cv2.ellipse(tile, centre, axes, float(turn), 0, 360, (value,), -1, cv2.LINE_AA, 3)
    return tile
