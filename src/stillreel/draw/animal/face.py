"""Faces of four-legged kinds: a muzzle and a nose that stay, a mouth that opens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.animal import eye
from stillreel.draw.animal.coat import tinted
from stillreel.draw.animal.head import INK
from stillreel.draw.prop.contour import smooth
from stillreel.draw.prop.paint import darker, paler

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.animal.flesh import Chain, Flesh, Tone
    from stillreel.draw.animal.head import Head
    from stillreel.values.scene import Emotion

    Array = NDArray[np.float64]

GUM: Tone = (96, 38, 42)
TONGUE: Tone = (206, 104, 104)
_LEAST = 2.0
"""Skull radius in pixels below which a head has no face."""
_CLOSE = 22.0
"""Skull radius in pixels from which the muzzle's colour fades into the coat."""
AJAR = 0.08
"""How far a mouth is open before the jaw is seen to move."""


@dataclass(frozen=True, slots=True)
class Mood:
    """How a face is set: everything from 0 to 1 unless said otherwise."""

    emotion: Emotion = "neutral"
    jaw: float = 0.0
    lids: float = 0.0
    gaze: tuple[float, float] = (0.0, 0.0)
    """Pupils to the own left and up, -1..1."""


def still_features(flesh: Flesh, head: Head) -> None:
    """Put down what does not move in a face: muzzle, nose, tusks."""
    if head.size < _LEAST:
        return
    if head.kind.face and head.ahead > -0.5:
        _muzzle(flesh, head)
    if head.kind.snout:
        _snout(flesh, head)
    else:
        _nose(flesh, head)
    if head.kind.tusks:
        _tusks(flesh, head)


def moving_features(flesh: Flesh, head: Head, eyes: Tone, mood: Mood) -> None:
    """Put down mouth and eyes."""
    if head.size < _LEAST:
        return
    if not head.kind.trunk and head.ahead >= -0.55:
        _mouth(flesh, head, mood)
    for side in (1.0, -1.0):
        eye.eye(flesh, head, eyes, mood, side)


def open_jaw(flesh: Flesh, head: Head, mood: Mood) -> None:
    """Put down the lower jaw where it has swung open; it belongs behind the head."""
    if mood.jaw <= AJAR or head.kind.trunk or head.size < _LEAST:
        return
    tone = tinted(head.coat, head.kind.face) if head.kind.face else head.coat
    pieces = flesh.chains([head.jaw_chain(mood.jaw)])[0]
    flesh.put(pieces, tone, form=head.size * 0.15, fine=120, rough=head.size < 8)


def _muzzle(flesh: Flesh, head: Head) -> None:
    """Put down the colour around the mouth, in close-up with a soft edge toward the coat."""
    kind, size = head.kind, head.bones.size
    nodes = kind.muzzle if len(kind.muzzle) < 3 else kind.muzzle[1:]
    if kind.face < 0:
        nodes = kind.muzzle[-2:]
    jaw, jaw_r = head.jaw_chain(thick=0.96)
    low = slice(1, None) if len(kind.jaw) > 2 else slice(-1, None)
    steps = (0.3, 0.55, 0.8, 1.0) if head.size > _CLOSE and kind.face < 0 else (1.0,)
    for share in steps:
        points = head.all_at([(0.0, up, ahead) for up, ahead, _ in nodes])
        radii = np.array([r for _, _, r in nodes]) * size * 0.97
        chains: list[Chain] = []
        back = points[0] - points[-1]
        reach = (1.0 - share) * 0.4 * size / max(float(np.linalg.norm(back)), 1e-9)
        if kind.face < 0:
            # The colour runs out along the bridge of the nose instead of ending in a round.
            peak = points[0] + back * (0.3 + reach * 1.6) - head.bones.frame[1] * radii[0] * 0.2
            chains.append((np.array([peak, points[0]]), np.array([0.3, 0.8]) * radii[0]))
            points[0] = points[0] * 0.75 + points[-1] * 0.25
        points[0] += back * reach
        chains.append((points, radii))
        chains.append((jaw[low] + back * reach, jaw_r[low]))
        pieces = [piece for found in flesh.chains(chains) for piece in found]
        flesh.put(
            pieces,
            tinted(head.coat, kind.face * share),
            outline=0.0,
            form=head.size * 0.2 if share == 1.0 and kind.face > 0 else 0.0,
            fillet=head.size * (0.1 if kind.face > 0 else 0.22),
            fine=160,
        )


def _lip(head: Head, side: float, emotion: Emotion) -> Array:
    """Return the upper lip from under the nose to the corner of the mouth."""
    up, ahead, r = head.kind.muzzle[-1]
    line = [(0.0, up - r * 0.72, ahead + r * 0.72)]
    sides = tuple(reversed(head.kind.muzzle))
    for up, ahead, r in sides[: max(len(sides) - 1, 1)]:
        line.append((side * r * 0.72, up - r * 0.72, ahead + r * 0.1))
    up, ahead, r = sides[-1]
    smile = {"happy": 0.2, "sad": -0.16, "angry": -0.1, "afraid": -0.12}.get(emotion, 0.03)
    line.append((side * r * 0.86, up - r * 0.62 + smile, ahead - 0.02))
    return smooth(head.all_at(line), 3)


def _mouth(flesh: Flesh, head: Head, mood: Mood) -> None:
    width = max(head.size * 0.055, 0.7)
    jaw = head.jaw(mood.jaw).tolist() if mood.jaw > AJAR else []
    for side in (1.0, -1.0):
        lip = _lip(head, side, mood.emotion)
        if flesh.view.facing(head.way(side, -0.1, 0.55), lip[len(lip) // 2]) < 0.02:
            continue
        if jaw:
            _gape(flesh, head, lip, jaw, side)
        else:
            flesh.line(flesh.view.flat(lip), width, darker(head.coat, 0.62), "crease")


def _gape(flesh: Flesh, head: Head, lip: Array, jaw: list[list[float]], side: float) -> None:
    """Put down one half of an open mouth: from the lip to the jaw, its tongue along the jaw."""
    radii = [r for _, _, r in head.kind.jaw]
    edge = [
        (side * r * 0.62, up + r * 0.55, ahead + r * 0.35)
        for (_, up, ahead), r in zip(jaw[1:], radii[1:], strict=True)
    ]
    (_, up, ahead), r = jaw[-1], radii[-1]
    edge.append((0.0, up + r * 0.5, ahead + r * 0.85))
    low = smooth(np.concatenate([lip[-1:], head.all_at(edge)]), 3)
    hole = flesh.view.flat(np.concatenate([lip, low]))
    flesh.polygon(hole, GUM, "mouth", outline=0.4)
    inner = low[2:]
    roof = lip.mean(axis=0)
    tongue = np.concatenate([inner, (inner * 0.72 + roof * 0.28)[::-1]])
    flesh.polygon(flesh.view.flat(tongue), TONGUE, "mouth")


def _snout(flesh: Flesh, head: Head) -> None:
    up, ahead, r = head.kind.muzzle[-1]
    size = head.bones.size
    disc = head.at(0, up + 0.04, ahead + r * 0.86)
    wide, tone = (r * size * 0.98, r * size * 0.82), darker(head.coat, 0.12)
    if not flesh.spot(disc, head.way(0, 0.12, 1), wide, tone, outline=0.8):
        return
    for side in (1.0, -1.0):
        spot = head.at(side * r * 0.36, up + 0.06, ahead + r * 0.88)
        flesh.spot(spot, head.bones.frame[2], (0.07 * size, 0.12 * size), darker(head.coat, 0.6))


def _nose(flesh: Flesh, head: Head) -> None:
    kind, size = head.kind, head.bones.size
    up, ahead, r = kind.muzzle[-1]
    if not kind.nose:
        if not kind.trunk:
            for side in (1.0, -1.0):
                spot = head.at(side * r * 0.62, up + r * 0.22, ahead + r * 0.66)
                way = head.way(side * 0.7, 0.1, 0.7)
                flesh.spot(spot, way, (0.1 * size, 0.17 * size), darker(head.coat, 0.72))
        return
    tip = head.at(0, up + r * 0.42, ahead + r * 0.72)
    if flesh.view.facing(head.way(0, 0.3, 1.0), tip) <= -0.3:
        return
    corners = head.all_at(
        [
            (-0.4 * kind.nose, up + r * 0.5, ahead + r * 0.74),
            (0.4 * kind.nose, up + r * 0.5, ahead + r * 0.74),
            (0, up + r * 0.3, ahead + r * 0.82),
        ]
    )
    tone = (214, 138, 128) if kind.pupil == "slit" else INK
    pieces = flesh.chain(corners, kind.nose * size * 0.66)
    flesh.put(pieces, tone, "leather", outline=0.5, form=head.size * 0.08, rough=True)
    if head.size > 14:
        glint = flesh.view.flat(
            [head.at(0.1 * kind.nose, up + r * 0.5 + kind.nose * 0.3, ahead + r * 0.9)]
        )
        star = np.array([[-1, 0], [0, -0.6], [1, 0], [0, 0.6]]) * head.size * 0.05
        flesh.polygon(glint + star, paler(tone, 0.45))


def _tusks(flesh: Flesh, head: Head) -> None:
    for side in (1.0, -1.0):
        line = head.all_at(
            [(side * 0.42, -0.75, 0.7), (side * 0.55, -1.1, 1.3), (side * 0.55, -0.95, 1.9)]
        )
        if flesh.view.facing(head.way(side, 0, 0.6), line[1]) > -0.05:
            pieces = flesh.chain(smooth(line, 3), np.linspace(0.13, 0.03, 7) * head.bones.size)
            flesh.put(pieces, (240, 232, 212), "leather", form=head.size * 0.06, fine=120)
