"""Pictures in the encoder's own form: planar 4:2:0, BT.709, with coverage unless opaque.

Every layer is converted once; after that nothing changes colour space again. Colours are
premultiplied, so laying one over another is one multiply and one add per plane. Coverage is kept
inverted (255 lets everything through), which is what the multiply wants.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from stillreel.draw.box import meet

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from stillreel.draw.box import Box

    Plane = NDArray[np.uint8]


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


@lru_cache(maxsize=1)
def _matrix() -> NDArray[np.float64]:
    """Return the 3x4 transform from BGR 0..255 to Y'CbCr of BT.709, 16..235 and 16..240."""
    import numpy as np

    red, blue = 0.2126, 0.0722
    green = 1 - red - blue
    luma = np.array([blue, green, red]) * 219 / 255
    cb = np.array([1 - blue, -green, -red]) / (2 * (1 - blue)) * 224 / 255
    cr = np.array([-blue, -green, 1 - red]) / (2 * (1 - red)) * 224 / 255
    return np.column_stack([np.stack([luma, cb, cr]), [16.0, 128.0, 128.0]])


def from_bgra(pixels: NDArray[np.uint8], left: int = 0, top: int = 0) -> Planar:
    """Convert premultiplied BGRA, (h, w, 4), h and w even, to a picture with coverage."""
    import cv2

    opaque = from_bgr(pixels, left, top)
    through = _own(cv2.bitwise_not(cv2.extractChannel(pixels, 3)))
    half = _halved(through)
    # the matrix adds black level and chroma centre everywhere: premultiplied, they fade out too
    y = cv2.subtract(opaque.y, cv2.convertScaleAbs(through, alpha=16 / 255))
    centre = cv2.convertScaleAbs(half, alpha=128 / 255)
    u, v = cv2.subtract(opaque.u, centre), cv2.subtract(opaque.v, centre)
    return Planar(_own(y), _own(u), _own(v), through, half, left, top)


def from_bgr(pixels: NDArray[np.uint8], left: int = 0, top: int = 0) -> Planar:
    """Convert BGR, or the colours of BGRA, (h, w, 3 or 4), to a picture without coverage."""
    import cv2

    full, half = pixels, _halved(pixels)
    if pixels.shape[2] == 4:
        full = _own(cv2.cvtColor(full, cv2.COLOR_BGRA2BGR))
        half = _own(cv2.cvtColor(half, cv2.COLOR_BGRA2BGR))
    matrix = _matrix()
    # all three rows at once: one row alone takes the slow way
    y = cv2.extractChannel(cv2.transform(full, matrix), 0)
    _, u, v = cv2.split(cv2.transform(half, matrix))
    return Planar(_own(y), _own(u), _own(v), left=left, top=top)


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


def _halved(plane: Plane) -> Plane:
    import cv2

    size = (plane.shape[1] // 2, plane.shape[0] // 2)
    return _own(cv2.resize(plane, size, interpolation=cv2.INTER_AREA))


def _own(plane: object) -> Plane:
    import numpy as np

    return np.asarray(plane, dtype=np.uint8)
