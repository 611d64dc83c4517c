"""The display list: what the pencil puts down, before any look decides how it is painted.

Figures, animals, props and sets only say *what is where* (outlines in screen pixels, local colour,
role). The two looks, `lumen` and `ink`, each paint the same list in their own way, so neither is a
filter over the other.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Role = Literal[
    "sky",
    "cloud",
    "light",
    "far",
    "ground",
    "water",
    "snow",
    "rock",
    "wall",
    "roof",
    "wood",
    "glass",
    "metal",
    "foliage",
    "blossom",
    "trunk",
    "skin",
    "hair",
    "fur",
    "feather",
    "cloth",
    "leather",
    "eye",
    "mouth",
    "mark",
    "paper",
    "crease",
    "shadow",
    "glow",
]
"""What a shape is made of; looks choose tone, line and texture by it."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One outline of the display list, painted after the shapes before it."""

    points: NDArray[np.float32]
    """(N, 2) screen pixels: a closed polygon, or an open stroke when `closed` is False."""
    role: Role
    colour: tuple[int, int, int]
    """Local colour, sRGB 0..255, as if evenly lit."""
    closed: bool = True
    width: float = 0.0
    """Stroke width in pixels, for open strokes."""
    form: float = 0.0
    """How round it is: pixels by which the lit side is shifted toward the key; 0 paints it flat."""
    shade: float = 0.0
    """How far it is turned from the key light, 0 lit to 1 in shade."""
    outline: float = 1.0
    """Weight of the contour a line artist would give it; 0 for none."""
    alpha: float = 1.0
    glow: float = 0.0
    """Light it gives off, 0..1: painted additively and bloomed by looks that can."""
    to: tuple[int, int, int] | None = None
    """Second colour of a vertical gradient from top to bottom of the shape; None for flat."""
    holes: tuple[NDArray[np.float32], ...] = ()
    """Closed outlines cut out of the shape."""
    owner: str = ""
    """Id of the character or prop it belongs to; empty for the set."""


@dataclass(frozen=True, slots=True)
class Layer:
    """Shapes at one depth, which the motion moves as one sheet."""

    name: str
    kind: Literal["plate", "figure", "foreground", "atmosphere"]
    depth: float
    """Metres from the camera: larger moves less."""
    shapes: tuple[Shape, ...]
    blur: float = 0.0
    """Lens blur, as sigma in pixels of a 1080-line frame."""
    opaque: bool = False
    """True when the shapes cover the whole sheet (the backmost plate)."""

    def scaled(self, scale: float, shift: tuple[float, float] = (0.0, 0.0)) -> Layer:
        """Return the layer with every point multiplied by `scale` and then shifted, in pixels."""
        return replace(self, shapes=tuple(scaled(shape, scale, shift) for shape in self.shapes))


@dataclass(frozen=True, slots=True)
class Light:
    """How a moment is lit."""

    key: tuple[float, float, float]
    """Unit vector from the scene to the main light: x right, y up, z toward the camera."""
    key_colour: tuple[int, int, int]
    shade_colour: tuple[int, int, int]
    """Colour that shadows are multiplied with."""
    rim: tuple[int, int, int]
    """Colour of the edge light opposite the key."""
    fog: tuple[int, int, int]
    """Colour that distance fades into."""
    fog_distance: float
    """Metres at which the fade reaches 63 %."""
    exposure: float = 1.0
    """1 for day; lower for dusk and night."""


@dataclass(frozen=True, slots=True)
class Stack:
    """A panel as layers, back to front: what a board flattens and the motion moves."""

    width: int
    """Pixels of the whole sheet, overscan included."""
    height: int
    visible: tuple[int, int, int, int]
    """Left, top, right, bottom of the frame inside the sheet, in pixels."""
    layers: tuple[Layer, ...]
    light: Light
    horizon: float
    """Screen y of the horizon on the sheet."""
    seed: int
    boxes: dict[str, tuple[float, float, float, float]] = field(default_factory=dict)
    """Box of each performer and prop on the sheet, by id: left, top, right, bottom."""


def scaled(shape: Shape, scale: float, shift: tuple[float, float] = (0.0, 0.0)) -> Shape:
    """Return `shape` with points, stroke and form multiplied by `scale`, then shifted in pixels."""
    move = np.array(shift, dtype=np.float32)
    return replace(
        shape,
        points=shape.points * np.float32(scale) + move,
        width=shape.width * scale,
        form=shape.form * scale,
        holes=tuple(hole * np.float32(scale) + move for hole in shape.holes),
    )


def rgb(colour: str) -> tuple[int, int, int]:
    """Return `#rrggbb` as three integers 0..255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(
    first: tuple[int, int, int], second: tuple[int, int, int], amount: float
) -> tuple[int, int, int]:
    """Return the colour `amount` (0..1) of the way from `first` to `second`."""
    return (
        round(first[0] + (second[0] - first[0]) * amount),
        round(first[1] + (second[1] - first[1]) * amount),
        round(first[2] + (second[2] - first[2]) * amount),
    )
