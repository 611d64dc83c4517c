"""Tails of four-legged kinds: where they come in the order, their hair and their tips."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.prop.contour import smooth
from stillreel.draw.prop.paint import paler

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.animal.flesh import Chain, Flesh, Tone
    from stillreel.draw.animal.quad import Quad
    from stillreel.draw.animal.skeleton import Skeleton
    from stillreel.draw.prop.view import View

    Array = NDArray[np.float64]


def place_of(view: View, bones: Skeleton, quad: Quad, *, wrapped: bool) -> int:
    """Return -1 where the tail lies behind the trunk, 0 part of its contour, 1 in front."""
    end = bones.tail[-1] if wrapped else bones.tail[4]
    middle = bones.trunk[2] if wrapped else bones.trunk[0]
    gap = (view.depth(middle) - view.depth(end)) / view.scale
    if gap > (0.0 if wrapped else 0.1):
        return 1
    same = quad.tail in ("thin", "plume", "scale", "curl") and quad.pattern != "wool"
    return 0 if same and gap > -0.12 and not wrapped else -1


def chains_of(quad: Quad, tail: Array) -> list[Chain]:
    """Return the tail as chains, the locks of a hair tail included."""
    wide = quad.tail_size[1]
    share = np.linspace(0, 1, 7)
    radii = {
        "thin": wide * (1 - 0.35 * share),
        "plume": wide
        * (0.55 + 1.5 * np.sin(np.pi * np.clip(share * 0.86 + 0.06, 0, 1)) ** 1.2 - 0.5 * share),
        "hair": wide * (0.6 + 0.9 * np.sin(np.pi * share * 0.8)),
        "stub": wide * (1 - 0.3 * share),
        "curl": wide * (1 - 0.3 * share),
        "tuft": wide * (1 - 0.4 * share),
        "scale": wide * (1.05 - share),
    }[quad.tail]
    both = smooth(np.column_stack([tail, radii]), 3)
    found: list[Chain] = [(both[:, :3], np.maximum(both[:, 3], wide * 0.08))]
    if quad.tail == "hair":
        for shift in (-0.06, 0.05):
            end = tail[-1] + np.array([shift, -0.05 + shift * 0.4, shift])
            found.append((np.array([tail[3], end]), np.array([1.1, 0.1]) * wide))
    return found


def put_tip(flesh: Flesh, quad: Quad, tail: Array, coat: Tone, hair: Tone, pixels: float) -> None:
    """Put down the tuft of a lion or a cow, or the pale end of a brush."""
    wide = quad.tail_size[1]
    if quad.tail == "tuft":
        end = tail[-1] + (tail[-1] - tail[-2]) * 0.8
        pieces = flesh.chain([tail[-2], tail[-1], end], [wide * 0.8, wide * 2.2, wide * 0.5])
        flesh.put(pieces, hair, "hair", outline=0.7, fine=96, rough=pixels < 15)
    elif quad.tail == "plume" and quad.belly > 0.3 and pixels > 5:
        near = tail[-2] * 0.55 + tail[-1] * 0.45
        pieces = flesh.chain([near, tail[-1]], [wide * 0.8, wide * 0.55])
        flesh.put(pieces, paler(coat, 0.8), outline=0.0, rough=True)
