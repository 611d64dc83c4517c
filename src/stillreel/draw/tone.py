"""Light on colour: what a local colour becomes in the key light, in shade and at a distance."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import exp, hypot
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stillreel.draw.marks import Layer, Light, Shape

Rgb = tuple[float, float, float]

SELF_LIT = frozenset({"sky", "cloud", "light", "glow"})
"""Roles whose colour is the light they send, not the light they get."""

_FILL = 0.88
"""Least exposure of figures: a fill light, so that faces read at night."""


@dataclass(frozen=True, slots=True)
class Tone:
    """The light of one layer, ready to be asked for colours."""

    light: Light
    haze: float
    """0..1: how far the layer has faded into the fog."""
    toward: tuple[float, float]
    """Unit screen vector toward the key (x right, y down); zero when it comes from the lens."""

    def lit(self, shape: Shape, colour: tuple[int, int, int] | None = None) -> Rgb:
        """Return the colour of the lit side of a shape, sRGB 0..255."""
        base = shape.colour if colour is None else colour
        if shape.role in SELF_LIT:
            return float(base[0]), float(base[1]), float(base[2])
        key, deep, power = self.light.key_colour, self.light.shade_colour, self.light.exposure
        turn = shape.shade
        power /= 255
        seen = (
            min(base[0] * (key[0] + (deep[0] - key[0]) * turn) * power, 255.0),
            min(base[1] * (key[1] + (deep[1] - key[1]) * turn) * power, 255.0),
            min(base[2] * (key[2] + (deep[2] - key[2]) * turn) * power, 255.0),
        )
        return self._far(seen, base, shape.glow)

    def shaded(self, shape: Shape, colour: tuple[int, int, int] | None = None) -> Rgb:
        """Return the colour of the side turned away from the key, sRGB 0..255."""
        base = shape.colour if colour is None else colour
        if shape.role in SELF_LIT:
            return float(base[0]), float(base[1]), float(base[2])
        deep, power = self.light.shade_colour, self.light.exposure / 255
        seen = (
            min(base[0] * deep[0] * power, 255.0),
            min(base[1] * deep[1] * power, 255.0),
            min(base[2] * deep[2] * power, 255.0),
        )
        return self._far(seen, base, shape.glow)

    def _far(self, seen: Rgb, base: tuple[int, int, int], glow: float) -> Rgb:
        own = min(glow * 1.2, 1.0)
        haze = self.haze * (1 - 0.6 * own)
        fog = self.light.fog
        return (
            (seen[0] + (base[0] - seen[0]) * own) * (1 - haze) + fog[0] * haze,
            (seen[1] + (base[1] - seen[1]) * own) * (1 - haze) + fog[1] * haze,
            (seen[2] + (base[2] - seen[2]) * own) * (1 - haze) + fog[2] * haze,
        )


def tone_of(layer: Layer, light: Light) -> Tone:
    """Return the light as it falls on one layer."""
    x, y = light.key[0], -light.key[1]
    size = hypot(x, y)
    toward = (x / size, y / size) if size > 0.05 else (0.0, 0.0)
    haze = 0.0
    if layer.kind == "plate" and light.fog_distance > 0:
        haze = 1 - exp(-layer.depth / light.fog_distance)
    elif light.fog_distance > 0:
        haze = 0.8 * (1 - exp(-layer.depth / light.fog_distance))
    if layer.kind == "figure":
        light = replace(light, exposure=max(light.exposure, _FILL))
    elif layer.kind == "foreground":
        light = replace(light, exposure=light.exposure * 0.7)
    return Tone(light, min(haze, 0.97), toward)


def luminance(colour: Rgb | tuple[int, int, int]) -> float:
    """Return the perceived lightness of an sRGB colour, 0..1."""
    red, green, blue = colour
    return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255
