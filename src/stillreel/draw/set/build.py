"""The two doors of the set: a place as layers, and its anchors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.draw.light import under_roof
from stillreel.draw.set.easel import Easel
from stillreel.draw.set.indoors import draw_indoors
from stillreel.draw.set.outdoors import draw_outdoors
from stillreel.draw.set.rests import rests_of
from stillreel.draw.set.tints import tints_of

if TYPE_CHECKING:
    from stillreel.draw.lens import Camera
    from stillreel.draw.marks import Layer, Light
    from stillreel.draw.set.piece import Anchor
    from stillreel.values.scene import Setting


def layers(
    setting: Setting,
    camera: Camera,
    light: Light,
    *,
    width: int,
    height: int,
    seed: int,
    wide: bool,
) -> tuple[Layer, ...]:
    """Return a place as layers, back to front, that cover the whole sheet.

    Args:
        setting: the place at its moment.
        camera: its offset already that of the sheet.
        light: how the moment is lit.
        width: pixels of the whole sheet, overscan included.
        height: pixels of the whole sheet.
        seed: the seed of the place; the same seed is the same place in every panel.
        wide: True to add foreground framing.
    """
    easel = Easel(camera, light, width, height, seed)
    tints = tints_of(setting)
    if under_roof(setting):
        draw_indoors(easel, setting, tints)
    else:
        draw_outdoors(easel, setting, tints, wide=wide)
    return easel.layers()


def anchors(setting: Setting, seed: int = 0) -> tuple[Anchor, ...]:
    """Return the world places of a setting where performers may sit, stand, lie or climb."""
    return rests_of(setting, seed)
