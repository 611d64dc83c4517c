"""Sampling a plane at any scale and place, at the price of a plain resize.

`cv2.resize` is almost three times as fast as an affine warp but only takes whole pixels: an integer
piece of the source becomes an integer picture. The place and the scale of that picture can still be
had to a fraction of a pixel, by choosing where the piece begins and how much too large the picture
is: with the scale s, the sums x0 * s + ox over small whole x0 and ox fill the gaps between pixels.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import ceil, floor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Plane = NDArray[np.uint8]

_TRIES = 120
FINE = 0.07
"""Largest error in pixels that is taken instead of a true warp."""
COARSE = 0.25
"""The same for chroma, which the eye places far less exactly."""


@dataclass(frozen=True, slots=True)
class Axis:
    """How one axis is cut and resized."""

    start: int
    """First source pixel of the piece."""
    size: int
    """Source pixels in the piece."""
    drop: int
    """Pixels dropped at the start of the resized piece."""
    made: int
    """Pixels of the resized piece, before dropping."""
    error: float
    """Largest distance in pixels from the exact place."""


@lru_cache(maxsize=4096)
def fit(scale: float, shift: float, source: int, wanted: int, fine: float = FINE) -> Axis | None:
    """Return whole numbers that put `source` pixels at `wanted` places, or None if it cannot be.

    A source edge at x goes to x * scale + shift; an error below `fine` ends the search.
    """
    last = floor(-shift / scale)
    if last < 0 or ceil((wanted - shift) / scale) > source:
        return None
    best: tuple[float, int, int] | None = None
    for start in range(last, max(-1, last - _TRIES), -1):
        exact = -shift - start * scale
        drop = max(0, round(exact))
        off = abs(exact - drop)
        if best is None or off < best[0] - 0.004:
            best = (off, start, drop)
        if off < fine / 3:
            break
    if best is None:
        return None
    off, start, drop = best
    chosen: tuple[float, int, int] | None = None
    for made in range(wanted + drop, wanted + drop + _TRIES // 2):
        size = max(1, round(made / scale))
        if start + size > source:
            break
        # the far end of the frame is where a slightly wrong scale shows most
        wrong = abs(made - size * scale) * (wanted + drop) / made
        if chosen is None or wrong < chosen[0] - 0.002:
            chosen = (wrong, size, made)
        if wrong < fine / 3:
            break
    if chosen is None:
        return None
    return Axis(start, chosen[1], drop, chosen[2], off + chosen[0])


class Scratch:
    """Working memory that is kept from frame to frame."""

    def __init__(self) -> None:
        """Begin with none."""
        self._held: dict[tuple[int, int], Plane] = {}
        self._named: dict[str, Plane] = {}

    def get(self, height: int, width: int) -> Plane:
        """Return a plane of at least that size, cropped to it; its content is undefined."""
        import numpy as np

        key = (-(-height // 64) * 64, -(-width // 64) * 64)
        if key not in self._held:
            self._held[key] = np.empty(key[0] * key[1], dtype=np.uint8)
        return self._held[key][: height * width].reshape(height, width)

    def keep(self, name: str, height: int, width: int) -> Plane:
        """Return a plane of exactly that size that nobody else gets until it is asked for again."""
        import numpy as np

        room = self._named.get(name)
        if room is None or room.size < height * width:
            room = self._named[name] = np.empty(height * width, dtype=np.uint8)
        return room[: height * width].reshape(height, width)


def sample(
    source: Plane,
    scale: tuple[float, float],
    shift: tuple[float, float],
    out: Plane,
    scratch: Scratch,
    *,
    fine: float = FINE,
) -> None:
    """Fill `out` with `source` scaled and shifted.

    Args:
        source: (h, w) plane.
        scale: how much larger the picture gets, across and down.
        shift: where the source's top left corner goes in `out`, in pixels.
        out: (H, W) plane, filled completely; beyond the source its edge is repeated.
        scratch: working memory.
        fine: error in pixels up to which the quick way is taken.
    """
    import cv2
    import numpy as np

    height, width = out.shape
    if abs(scale[0] - 1) < 1e-9 and abs(scale[1] - 1) < 1e-9 and _slide(source, shift, out):
        return
    across = fit(scale[0], shift[0], source.shape[1], width, fine)
    down = fit(scale[1], shift[1], source.shape[0], height, fine)
    if across is None or down is None or across.error > fine or down.error > fine:
        matrix = np.array(
            [
                [1 / scale[0], 0, (0.5 - shift[0]) / scale[0] - 0.5],
                [0, 1 / scale[1], (0.5 - shift[1]) / scale[1] - 0.5],
            ]
        )
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        made = cv2.warpAffine(
            source, matrix, (width, height), flags=flags, borderMode=cv2.BORDER_REPLICATE
        )
        np.copyto(out, made)
        return
    piece = source[down.start : down.start + down.size, across.start : across.start + across.size]
    if (across.drop, down.drop, across.made, down.made) == (0, 0, width, height):
        cv2.resize(piece, (width, height), dst=out, interpolation=cv2.INTER_LINEAR)
        return
    room = scratch.get(down.made, across.made)
    cv2.resize(piece, (across.made, down.made), dst=room, interpolation=cv2.INTER_LINEAR)
    np.copyto(out, room[down.drop : down.drop + height, across.drop : across.drop + width])


def _slide(source: Plane, shift: tuple[float, float], out: Plane) -> bool:
    """Fill `out` at scale 1 from two neighbouring cuts; False when the source is too small."""
    import cv2
    import numpy as np

    height, width = out.shape
    left, top = floor(-shift[0]), floor(-shift[1])
    right, below = -shift[0] - left, -shift[1] - top
    more_x, more_y = int(right > 1 / 256), int(below > 1 / 256)
    if left < 0 or top < 0:
        return False
    if left + width + more_x > source.shape[1] or top + height + more_y > source.shape[0]:
        return False
    rows = slice(top, top + height + more_y)
    part = source[rows, left : left + width]
    if more_x:
        near = source[rows, left + 1 : left + 1 + width]
        part = cv2.addWeighted(part, 1 - right, near, right, 0, dst=None if more_y else out)
    if more_y:
        cv2.addWeighted(part[:-1], 1 - below, part[1:], below, 0, dst=out)
    elif not more_x:
        np.copyto(out, part)
    return True
