"""Car, train and bridge."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.marks import mix
from stillreel.draw.set.easel import Style
from stillreel.draw.set.ground import cast_shadow
from stillreel.draw.set.shapes import arch, frame_of, plane, rect, ring

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.set.easel import Easel
    from stillreel.draw.set.piece import Piece
    from stillreel.draw.set.tints import Tints

_PAINTS = ((168, 62, 58), (70, 104, 138), (214, 176, 88), (96, 128, 98), (214, 210, 204))


def draw_car(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a parked car seen from its side, as a solid with two faces."""
    origin, across, front = frame_of(piece.at, piece.turn)
    if not easel.seen(origin, 4):
        return
    easel.begin(origin)
    cast_shadow(easel, piece.at, 2.0, 0.6)
    eye = np.asarray(easel.camera.position)
    face = front if float((eye - origin) @ front) > 0 else -front
    paint = mix(_PAINTS[piece.index % 5], tints.cloth, 0.15)
    body = [
        (-2.0, 0.35),
        (2.0, 0.35),
        (2.05, 0.75),
        (1.9, 0.92),
        (1.15, 0.98),
        (0.7, 1.45),
        (-1.0, 1.45),
        (-1.5, 0.98),
        (-1.95, 0.9),
        (-2.05, 0.7),
    ]
    far, near = origin - face * 0.8, origin + face * 0.8
    for a, b in zip(body, [*body[1:], body[0]], strict=True):
        if b[1] < 0.36 and a[1] < 0.36:
            continue
        easel.face(
            np.concatenate([plane(far, across, [a, b]), plane(near, across, [b, a])]),
            Style("metal", mix(paint, (255, 255, 255), 0.12), outline=0.3, shade=0.15),
        )
    easel.face(
        plane(near, across, body),
        Style(
            "metal",
            paint,
            outline=0.9,
            to=mix(paint, (30, 20, 40), 0.35),
            shade=easel.facing(face) * 0.5,
        ),
    )
    _trim(easel, piece, tints, near, face, across)


def _trim(
    easel: Easel,
    piece: Piece,
    tints: Tints,
    near: NDArray[np.float64],
    face: NDArray[np.float64],
    across: NDArray[np.float64],
) -> None:
    """Add the glass, wheels and lamps of a car."""
    glass = (255, 214, 140) if tints.lit and piece.index % 3 == 0 else (96, 124, 148)
    for window in (
        [(-1.3, 0.98), (-0.2, 0.98), (-0.2, 1.36), (-0.95, 1.36)],
        [(-0.1, 0.98), (1.0, 0.98), (0.62, 1.36), (-0.1, 1.36)],
    ):
        easel.face(plane(near + face * 0.01, across, window), Style("glass", glass, outline=0.4))
    for x in (-1.25, 1.25):
        hub = near + across * x + np.array([0, 0.34, 0])
        easel.face(plane(hub, across, ring(18) * 0.36), Style("leather", (40, 38, 46), outline=0.6))
        easel.face(
            plane(hub + face * 0.02, across, ring(12) * 0.19),
            Style("metal", (190, 192, 198), outline=0.3),
        )
    lamp = near + across * 1.95 + np.array([0, 0.68, 0])
    easel.face(
        plane(lamp, across, ring(8) * 0.11),
        Style("glow", (255, 240, 200), outline=0.3, glow=0.9 if tints.lit else 0.1),
    )


def draw_train(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a train of two carriages on its rails."""
    origin, across, front = frame_of(piece.at, piece.turn)
    easel.begin(origin)
    eye = np.asarray(easel.camera.position)
    face = front if float((eye - origin) @ front) > 0 else -front
    for y in (0.06, 0.16):
        easel.line(
            plane(origin + face * (1.5 - y), across, [(-40, y), (40, y)]),
            0.08,
            Style("metal", (120, 112, 110), outline=0.3),
        )
    paint = mix((126, 52, 56), tints.cloth, 0.3)
    for offset in (-6.6, 6.6):
        base = origin + across * offset + face * 1.4
        easel.face(
            plane(base, across, rect(-6.3, 0.7, 6.3, 3.5)),
            Style("metal", paint, outline=0.9, to=mix(paint, (30, 14, 30), 0.4)),
        )
        easel.face(
            plane(base, across, [(-6.4, 3.5), (6.4, 3.5), (6.0, 3.85), (-6.0, 3.85)]),
            Style("roof", tints.snow if tints.white else (92, 86, 96), outline=0.7),
        )
        easel.face(
            plane(base + face * 0.01, across, rect(-6.3, 1.55, 6.3, 1.68)),
            Style("metal", (232, 208, 150), outline=0.0),
        )
        for x in np.arange(-5.5, 6, 1.57):
            easel.face(
                plane(base + face * 0.02, across, rect(x - 0.5, 1.95, x + 0.5, 2.95)),
                Style(
                    "glass",
                    tints.window if tints.lit else (128, 156, 176),
                    outline=0.5,
                    glow=0.7 if tints.lit else 0.0,
                ),
            )
        for x in (-4.8, -3.6, 3.6, 4.8):
            easel.face(
                plane(base + across * x + np.array([0, 0.45, 0]), across, ring(14) * 0.45),
                Style("metal", (48, 46, 54), outline=0.5),
            )


def draw_bridge(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw an arched stone footbridge."""
    origin, across, front = frame_of(piece.at, piece.turn)
    easel.begin(origin)
    half = piece.size
    curve = [(x * half, 0.35 + 1.1 * (1 - x * x)) for x in np.linspace(-1, 1, 13)]
    top = [(x, y + 0.75) for x, y in curve]
    face = origin + front * 0.9
    stone = mix(tints.stone, (255, 244, 226), 0.15)
    easel.face(
        np.concatenate([plane(origin - front * 0.9, across, top), plane(face, across, top[::-1])]),
        Style("wall", tints.snow if tints.white else mix(stone, (255, 255, 255), 0.2), outline=0.4),
    )
    body = [(-half, -0.1), *top, (half, -0.1)]
    opening = arch(0, -0.1, half * 0.5, 0.35, 0.45)
    easel.pane(
        plane(face, across, body),
        Style("wall", stone, outline=0.9, shade=0.15, to=mix(stone, (70, 70, 86), 0.4)),
        [plane(face, across, opening)],
    )
    ringed = arch(0, -0.1, half * 0.56, 0.35, 0.47)
    easel.pane(
        plane(face + front * 0.02, across, ringed),
        Style("wall", mix(stone, (255, 250, 240), 0.25), outline=0.5),
        [plane(face + front * 0.02, across, opening)],
    )
