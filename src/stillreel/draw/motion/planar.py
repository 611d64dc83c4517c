"""Pictures in the encoder's own form: planar 4:2:0, BT.709, with coverage unless opaque.

Every layer is converted once; after that nothing changes colour space again. Colours are
premultiplied, so laying one over another is one multiply and one add per plane. Coverage is kept
inverted (255 lets everything through), which is what the multiply wants.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    Plane = NDArray[np.uint8]

Box = tuple[int, int, int, int]
"""Left, top, right, bottom in whole pixels."""


@dataclass(frozen=True, slots=True)
class Planar:
    """A picture, or a piece of one, as planes."""

    y: Plane
    """(h, w) luma, 16..235 where opaque."""
    u: Plane
    """(h / 2, w / 2)."""
    v: Plane
    through: Plane | None = None
    """(h, w) what shows through, 255 for all; None for an opaque picture."""
    through_half: Plane | None = None
    """The same at half size."""
    left: int = 0
    """Place on the sheet in pixels; even."""
    top: int = 0

    @property
    def box(self) -> Box:
        """Where the picture lies on the sheet."""
        height, width = self.y.shape
        return self.left, self.top, self.left + width, self.top + height

    def part(self, box: Box) -> Planar:
        """Return a view of `box`, in sheet pixels, all even and inside the picture."""
        left, top, right, bottom = (
            box[0] - self.left,
            box[1] - self.top,
            box[2] - self.left,
            box[3] - self.top,
        )
        full = slice(top, bottom), slice(left, right)
        half = slice(top // 2, bottom // 2), slice(left // 2, right // 2)
        return Planar(
            self.y[full],
            self.u[half],
            self.v[half],
            None if self.through is None else self.through[full],
            None if self.through_half is None else self.through_half[half],
            box[0],
            box[1],
        )

    def moved(self, right: int, down: int) -> Planar:
        """Return the same planes elsewhere on the sheet; the steps are whole, even pixels."""
        return Planar(
            self.y,
            self.u,
            self.v,
            self.through,
            self.through_half,
            self.left + right,
            self.top + down,
        )

    def copy(self) -> Planar:
        """Return a picture with its own memory."""
        return Planar(
            self.y.copy(),
            self.u.copy(),
            self.v.copy(),
            None if self.through is None else self.through.copy(),
            None if self.through_half is None else self.through_half.copy(),
            self.left,
            self.top,
        )

    def planes(self) -> Iterator[tuple[Plane, int]]:
        """Yield each plane with its step: 1 for full size, 2 for half."""
        yield self.y, 1
        yield self.u, 2
        yield self.v, 2
        if self.through is not None and self.through_half is not None:
            yield self.through, 1
            yield self.through_half, 2


def even(box: Box) -> Box:
    """Return the smallest box with even sides around `box`."""
    return box[0] // 2 * 2, box[1] // 2 * 2, -(-box[2] // 2) * 2, -(-box[3] // 2) * 2


def meet(first: Box, second: Box) -> Box | None:
    """Return the overlap of two boxes, or None."""
    left, top = max(first[0], second[0]), max(first[1], second[1])
    right, bottom = min(first[2], second[2]), min(first[3], second[3])
    return (left, top, right, bottom) if right > left and bottom > top else None


def join(first: Box, second: Box) -> Box:
    """Return the smallest box around both."""
    return (
        min(first[0], second[0]),
        min(first[1], second[1]),
        max(first[2], second[2]),
        max(first[3], second[3]),
    )


@lru_cache(maxsize=1)
def _matrix() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    import numpy as np

    red, blue = 0.2126, 0.0722
    green = 1 - red - blue
    luma = np.array([blue, green, red]) * 219 / 255
    cb = np.array([1 - blue, -green, -red]) / (2 * (1 - blue)) * 224 / 255
    cr = np.array([-blue, -green, 1 - red]) / (2 * (1 - red)) * 224 / 255
    base = np.array([16.0, 128.0, 128.0])
    rows = np.stack([luma, cb, cr])
    # the coverage carries the offset, so that premultiplied colours stay premultiplied
    return np.column_stack([rows, base / 255]), np.column_stack([rows, base])


def from_bgra(pixels: NDArray[np.uint8], left: int = 0, top: int = 0) -> Planar:
    """Convert premultiplied BGRA, (h, w, 4), h and w even, to a picture with coverage."""
    import cv2

    matrix, _ = _matrix()
    y, u, v = cv2.split(cv2.transform(pixels, matrix))
    through = cv2.bitwise_not(cv2.extractChannel(pixels, 3))
    return Planar(_own(y), _half(u), _half(v), _own(through), _half(through), left, top)


def from_bgr(pixels: NDArray[np.uint8], left: int = 0, top: int = 0) -> Planar:
    """Convert BGR (h, w, 3) or the colours of opaque BGRA to an opaque picture."""
    import cv2

    with_alpha, without = _matrix()
    matrix = with_alpha if pixels.shape[2] == 4 else without
    y, u, v = cv2.split(cv2.transform(pixels, matrix))
    return Planar(_own(y), _half(u), _half(v), left=left, top=top)


def frame_view(buffer: Plane) -> Planar:
    """Return the planes inside an encoder frame of shape (height * 3 / 2, width), no copy."""
    width = buffer.shape[1]
    height = buffer.shape[0] * 2 // 3
    flat = buffer.reshape(-1)
    quarter = height // 2 * (width // 2)
    first = height * width
    half = (height // 2, width // 2)
    return Planar(
        flat[:first].reshape(height, width),
        flat[first : first + quarter].reshape(half),
        flat[first + quarter : first + 2 * quarter].reshape(half),
    )


def lay(under: Planar, top: Planar) -> None:
    """Lay `top` over `under` where they overlap, in place; both lie on the same sheet."""
    place = meet(under.box, top.box)
    if place is None:
        return
    below, above = under.part(place), top.part(place)
    if above.through is None or above.through_half is None:
        _replace(below, above)
        return
    _mix(below.y, above.y, above.through)
    _mix(below.u, above.u, above.through_half)
    _mix(below.v, above.v, above.through_half)
    if below.through is not None and below.through_half is not None:
        _dim(below.through, above.through)
        _dim(below.through_half, above.through_half)


def put(under: Planar, top: Planar) -> None:
    """Copy `top` into `under` where they overlap, coverage included."""
    place = meet(under.box, top.box)
    if place is not None:
        _replace(under.part(place), top.part(place))


def _replace(below: Planar, above: Planar) -> None:
    import numpy as np

    np.copyto(below.y, above.y)
    np.copyto(below.u, above.u)
    np.copyto(below.v, above.v)
    if below.through is None or below.through_half is None:
        return
    np.copyto(below.through, 0 if above.through is None else above.through)
    np.copyto(below.through_half, 0 if above.through_half is None else above.through_half)


def _mix(below: Plane, above: Plane, through: Plane) -> None:
    import cv2

    cv2.multiply(below, through, dst=below, scale=1 / 255)
    cv2.add(below, above, dst=below)


def _dim(below: Plane, through: Plane) -> None:
    import cv2

    cv2.multiply(below, through, dst=below, scale=1 / 255)


def _half(plane: object) -> Plane:
    import cv2
    import numpy as np

    whole = np.asarray(plane, dtype=np.uint8)
    size = (whole.shape[1] // 2, whole.shape[0] // 2)
    return np.asarray(cv2.resize(whole, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _own(plane: object) -> Plane:
    import numpy as np

    return np.asarray(plane, dtype=np.uint8)
