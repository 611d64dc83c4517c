"""Ears and horns, behind the head or in front of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.animal.head import droop
from stillreel.draw.marks import mix
from stillreel.draw.prop.contour import smooth
from stillreel.draw.prop.paint import darker
from stillreel.draw.prop.view import cross

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.animal.flesh import Flesh, Tone
    from stillreel.draw.animal.head import Head
    from stillreel.values.scene import Emotion

    Array = NDArray[np.float64]

HORN: Tone = (206, 194, 168)
_DETAIL = 6.0
"""Skull radius in pixels from which the inside of an ear is seen."""

_FORMS = {
    "prick": ((0, 0.95), (0.45, 0.72), (0.8, 0.3), (1.0, 0.04)),
    "leaf": ((0, 0.5), (0.3, 0.95), (0.65, 0.75), (1.0, 0.06)),
    "long": ((0, 0.5), (0.3, 0.9), (0.7, 0.95), (1.0, 0.25)),
    "round": ((0, 0.75), (0.4, 1.0), (0.75, 0.85), (1.0, 0.35)),
    "flop": ((0, 0.5), (0.25, 0.78), (0.6, 0.96), (0.88, 0.72), (1.04, 0.2)),
    "fan": ((-0.15, 0.6), (0.25, 0.95), (0.7, 0.9), (1.0, 0.35)),
}
"""How wide an ear is along its length, both as shares."""

_HORNS: dict[str, tuple[tuple[float, float, float, float], ...]] = {
    "short": ((0.55, 0.75, -0.1, 0.2), (1.1, 0.95, -0.05, 0.16), (1.35, 1.45, 0.1, 0.05)),
    "curved": (
        (0.3, 0.85, 0.0, 0.22),
        (0.42, 1.6, -0.3, 0.18),
        (0.6, 2.1, -1.0, 0.1),
        (0.7, 2.15, -1.6, 0.04),
    ),
    "ram": (
        (0.5, 0.8, 0.0, 0.3),
        (0.95, 1.1, -0.6, 0.3),
        (1.25, 0.3, -1.0, 0.25),
        (1.3, -0.4, -0.4, 0.18),
        (1.45, -0.3, 0.3, 0.07),
    ),
    "antlers": (
        (0.25, 0.9, -0.1, 0.15),
        (0.75, 1.8, -0.5, 0.13),
        (1.5, 2.7, -0.6, 0.11),
        (1.75, 3.9, -0.1, 0.05),
    ),
}
"""Nodes of the left horn: own left, up, forward, radius, in skull radii."""


def ears(flesh: Flesh, head: Head, mood: float, emotion: Emotion, *, far: bool) -> None:
    """Put down the ears and horns that lie behind the head, or those in front of it.

    Args:
        flesh: Where they go.
        head: Whose they are.
        mood: -1 laid back, 1 pricked.
        emotion: Sorrow and fear let them hang.
        far: Which of them.
    """
    for side in (1.0, -1.0):
        if head.kind.ears != "none":
            _ear(flesh, head, side, mood, emotion, far)
    if head.kind.horns:
        for side in (1.0, -1.0):
            _horn(flesh, head, side, far)


def _behind(head: Head, place: Array, bias: float) -> bool:
    return head.view.facing(place - head.bones.head, place) < bias


def _ear(flesh: Flesh, head: Head, side: float, mood: float, emotion: Emotion, far: bool) -> None:
    kind = head.kind
    x, up, ahead = kind.ear_at
    base = head.at(side * x, up, ahead)
    if _behind(head, base, -0.35 if kind.ears == "flop" else -0.02) != far:
        return
    back, perk, sad = max(-mood, 0.0), max(mood, 0.0), droop(emotion)
    ways = {
        "prick": (0.3 + 0.5 * sad, 1.0 - 0.6 * back - 0.4 * sad, 0.05 - 0.9 * back + 0.1 * perk),
        "leaf": (
            0.75 + 0.25 * sad,
            0.62 - 0.5 * back - 0.4 * sad,
            -0.1 - 0.6 * back + 0.2 * perk,
        ),
        "long": (0.2 + 0.3 * sad, 1.0 - 0.75 * back, -0.15 - 0.9 * back),
        "round": (0.55, 0.8, -0.1),
        "flop": (0.22 + 0.3 * back, -0.9, 0.12 - 0.6 * back),
        "fan": (0.8, -0.25, -0.75 + 0.5 * perk),
    }
    if kind.ears == "leaf" and kind.ear_at[0] < 0.5:
        ways["leaf"] = (0.16 + 0.3 * sad, 1.0 - 0.6 * back, 0.1 - 0.9 * back + 0.15 * perk)
    out, high, along = ways[kind.ears]
    way = head.way(side * out, high, along)
    way /= np.linalg.norm(way)
    _leaf(flesh, head, base, way, side)


def _leaf(flesh: Flesh, head: Head, base: Array, way: Array, side: float) -> None:
    kind, scale = head.kind, head.bones.size
    drooping = kind.ears in ("flop", "fan")
    front = head.way(side, 0.1, 0.45) if drooping else head.way(side * 0.45, 0.0, 1.0)
    long, wide = kind.ear_size[0] * scale, kind.ear_size[1] * scale
    across = cross(front, way)
    across /= max(float(np.linalg.norm(across)), 1e-9)
    form = np.array(_FORMS[kind.ears])
    spine = base + np.outer(form[:, 0] * long, way)
    if kind.ears == "flop":
        hinge = head.way(side * 0.24, 0.12, 0.0) * scale
        spine += np.outer(np.minimum(form[:, 0] * 2.2, 1.0), hinge)
    half = wide * form[:, 1]
    spread = np.outer(half, across)
    rim = np.concatenate([spine + spread, (spine - spread)[::-1]])
    flat = flesh.view.flat(smooth(rim, 3, closed=True))
    tone = darker(head.coat, 0.22) if kind.ears == "flop" else head.coat
    if kind.pattern == "wool" or (kind.mark and kind.pattern == "saddle" and kind.ears == "flop"):
        tone = darker(tone, 0.12)
    pieces = [flat]
    if head.size > _DETAIL:
        pieces += flesh.chain(spine, np.maximum(half * 0.2, wide * 0.05))
    flesh.put(pieces, tone, form=head.size * 0.12, fine=120)
    if kind.ears == "flop" or head.size < _DETAIL or flesh.view.facing(front, base) < 0.12:
        return
    middle = rim.mean(axis=0) * 0.35 + base * 0.65
    inner = middle + (rim - middle) * 0.66
    inside = mix(head.coat, (196, 132, 122), 0.55)
    flesh.polygon(flesh.view.flat(smooth(inner, 3, closed=True)), inside)


def _horn(flesh: Flesh, head: Head, side: float, far: bool) -> None:
    kind, size = head.kind.horns, head.bones.size
    nodes = np.array(_HORNS[kind]) * [side, 1.0, 1.0, 1.0]
    base = head.at(*nodes[1, :3])
    if _behind(head, base, -0.02) != far:
        return
    curve = smooth(nodes, 4)
    chains = [(head.all_at(curve[:, :3].tolist()), curve[:, 3] * size)]
    tone = (128, 98, 68) if kind == "antlers" else HORN
    if kind == "antlers":
        for start, tip in (
            ((0.5, 1.35, -0.3), (0.7, 1.9, 0.6)),
            ((1.05, 2.2, -0.6), (0.9, 3.1, 0.2)),
            ((1.5, 2.75, -0.6), (2.3, 3.3, -0.3)),
        ):
            ends = head.all_at([(side * p[0], *p[1:]) for p in (start, tip)])
            chains.append((ends, np.array([0.1, 0.04]) * size))
    pieces = [piece for found in flesh.chains(chains) for piece in found]
    flesh.put(pieces, tone, "leather", form=head.size * 0.1, fine=160)
