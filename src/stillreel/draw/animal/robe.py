"""Robed figures: frost, snow, hail, spirit and ghost."""

from __future__ import annotations

from math import cos, sin
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.animal.sky import INK, TURN, show_face
from stillreel.draw.marks import mix
from stillreel.draw.prop.contour import smooth
from stillreel.draw.prop.paint import darker, paler
from stillreel.draw.prop.view import cross

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.animal.acting import Acting
    from stillreel.draw.animal.flesh import Flesh, Tone

    Array = NDArray[np.float64]


def _cloak(
    flesh: Flesh, acting: Acting, tone: Tone, rows: tuple[tuple[float, float], ...], jag: float
) -> None:
    """A robe around the y axis: (height, radius) rows from hem to shoulders."""
    wave = TURN * acting.phase
    turn = np.linspace(0, TURN, 24, endpoint=False)
    rings: list[Array] = []
    for number, (y, r) in enumerate(rows):
        ripple = 1 + (0.07 * np.sin(turn * 6 + wave) if number == 0 else 0.0)
        drop = jag * np.abs(np.sin(turn * 4)) if number == 0 else np.zeros(24)
        rings.append(
            np.stack(
                [np.cos(turn) * r * ripple, y - drop, np.sin(turn) * r * 0.82 * ripple], axis=1
            )
        )
    flat = flesh.view.flat(np.concatenate(rings)).reshape(len(rows), 24, 2)
    beside = np.roll(flat, -1, axis=1)
    walls = np.stack([flat[:-1], beside[:-1], beside[1:], flat[1:]], axis=2)
    pieces = list(walls.reshape(-1, 4, 2))
    pixels = flesh.view.pixels(rows[0][1], (0, 0.3, 0))
    flesh.put(pieces, tone, "cloth", form=pixels * 0.35, fine=260)
    for n in range(0, 24, 4):
        out = np.array([cos(turn[n]), 0, sin(turn[n])])
        if flesh.view.facing(out, out * 0.2 + np.array([0, 0.3, 0])) > 0.2:
            line = np.array([ring[n] * [0.985, 1, 0.985] for ring in rings[:-1]])
            flesh.line(flesh.view.flat(smooth(line, 3)), pixels * 0.03, darker(tone, 0.32))


def _arms(flesh: Flesh, acting: Acting, tone: Tone, hand: Tone, far: bool) -> None:
    wave = sin(TURN * acting.phase)
    lift = {
        "reach": 0.3,
        "point": 0.3,
        "wave": 0.36,
        "dance": 0.3,
        "fly": 0.22,
        "fight": 0.26,
        "work": 0.1,
        "embrace": 0.16,
    }.get(acting.action, 0.0)
    for s in (1.0, -1.0):
        if (flesh.view.facing((s, 0, 0.25), (s * 0.2, 0.6, 0)) < 0) != far:
            continue
        shoulder = np.array([s * 0.13, 0.68, 0.0])
        elbow = np.array([s * (0.24 + 0.3 * lift), 0.55 + lift * 0.5, 0.05])
        palm = np.array(
            [s * (0.3 + 0.5 * lift), 0.42 + lift * 1.3 + 0.015 * wave * s, 0.14 + 0.2 * lift]
        )
        flesh.put(
            flesh.chain([shoulder, elbow, palm], [0.07, 0.07, 0.085]),
            darker(tone, 0.06),
            "cloth",
            form=flesh.view.pixels(0.03, elbow),
        )
        flesh.put(
            flesh.chain([palm, palm + (palm - elbow) * 0.25], [0.042, 0.03]),
            hand,
            "skin",
            outline=0.8,
        )


def _crystals(
    flesh: Flesh, at: Array, spread: float, long: float, tone: Tone, count: int, *, up: float = 0.5
) -> None:
    """A crown of sharp crystals around a point."""
    spikes: list[tuple[float, Array]] = []
    for n in range(count):
        turn = n / count * TURN + 0.3
        out = np.array([cos(turn), up + 0.35 * (n % 2), sin(turn)])
        out /= np.linalg.norm(out)
        root = at + np.array([cos(turn), 0, sin(turn)]) * spread
        tip = root + out * long * (1.0 if n % 2 else 0.65)
        side = cross(out, [0, 1, 0])
        side /= max(float(np.linalg.norm(side)), 1e-9)
        wide = long * 0.14
        rim = np.array(
            [
                root - side * wide,
                root + side * wide,
                (root + tip) / 2 + side * wide * 1.2,
                tip,
                (root + tip) / 2 - side * wide * 1.2,
            ]
        )
        spikes.append((flesh.view.depth(root), rim))
    for _, rim in sorted(spikes, key=lambda pair: -pair[0]):
        flat = flesh.view.flat(rim)
        flesh.polygon(flat, paler(tone, 0.35), "glass", outline=0.8)
        flesh.polygon(flat[[1, 2, 3]], darker(tone, 0.12), "glass")


def cloaked(flesh: Flesh, acting: Acting, tone: Tone, kind: str, accent: Tone) -> None:
    """A hooded figure; frost is crystal, snow is fur, hail is armour of grey."""
    cold = kind in ("frost", "snow", "hail")
    face = paler(tone, 0.55) if cold else mix(tone, (220, 206, 196), 0.6)
    head = np.array([0.0, 0.84, 0.04])
    view = flesh.view
    _arms(flesh, acting, tone, face, far=True)
    if kind == "frost":
        _crystals(flesh, np.array([0, 0.7, -0.02]), 0.17, 0.24, tone, 9, up=0.8)
    _cloak(
        flesh,
        acting,
        tone,
        ((0.02, 0.36), (0.3, 0.25), (0.56, 0.17), (0.72, 0.15), (0.78, 0.07)),
        0.05 if kind != "snow" else 0.0,
    )
    pixels = view.pixels(0.12, head)
    if kind == "snow":
        _fur(flesh, pixels)
    elif kind == "hail":
        _stones(flesh, pixels)
    hood = flesh.chain(
        [
            head + np.array([0, 0.0, -0.03]),
            head + np.array([0, 0.05, -0.05]),
            head + np.array([0, 0.15, -0.1]),
        ],
        [0.14, 0.125, 0.02],
    )
    flesh.put(hood, darker(tone, 0.12), "cloth", form=pixels * 0.3)
    if view.facing((0, 0, 1), head) > -0.2:
        _under_hood(flesh, head, tone, face, kind)
    if kind == "frost":
        _crystals(flesh, head + np.array([0, 0.09, -0.03]), 0.09, 0.17, tone, 7, up=1.6)
    elif kind == "hail":
        _crystals(flesh, head + np.array([0, 0.1, -0.03]), 0.1, 0.09, darker(tone, 0.2), 8, up=1.0)
    else:
        knot = np.array([0, 0.72, 0.16])
        flesh.spot(knot, np.array([0, 0.1, 1.0]), (0.032, 0.032), accent, "metal", outline=0.7)
    _arms(flesh, acting, tone, face, far=False)


def _fur(flesh: Flesh, pixels: float) -> None:
    for y, r, count, puff in ((0.05, 0.35, 16, 0.06), (0.73, 0.15, 12, 0.055)):
        pieces = [
            p
            for n in range(count)
            for p in flesh.chain(
                [[cos(n / count * TURN) * r, y, sin(n / count * TURN) * r * 0.85]], puff
            )
        ]
        flesh.put(pieces, (252, 253, 255), "snow", outline=0.8, form=pixels * 0.2)


def _stones(flesh: Flesh, pixels: float) -> None:
    view = flesh.view
    for n in range(14):
        turn, y = n * 2.4, 0.12 + 0.042 * n
        r = np.interp(y, [0, 0.3, 0.56, 0.72], [0.37, 0.26, 0.18, 0.15])
        out = np.array([cos(turn), 0, sin(turn)])
        spot = out * r * [1, 1, 0.84] + [0, y, 0]
        if view.facing(out, spot) > 0.1:
            flesh.put(
                flesh.chain([spot], 0.026),
                (232, 238, 246),
                "glass",
                outline=0.6,
                form=pixels * 0.08,
            )


def _under_hood(flesh: Flesh, head: Array, tone: Tone, face: Tone, kind: str) -> None:
    pixels = flesh.view.pixels(0.12, head)
    inside = head + np.array([0, -0.01, 0.025])
    flesh.put(flesh.chain([inside], 0.112), darker(tone, 0.55), "cloth", outline=0.5)
    flesh.put(
        flesh.chain(
            [head + np.array([0, -0.015, 0.045]), head + np.array([0, -0.06, 0.05])],
            [0.094, 0.07],
        ),
        face,
        "skin",
        outline=0.6,
        form=pixels * 0.2,
    )
    show_face(flesh, head + np.array([0, -0.015, 0.05]), 0.094, tone)
    if kind in ("snow", "hail", "frost"):
        beard = flesh.chain(
            [
                head + np.array([0, -0.1, 0.1]),
                head + np.array([0, -0.2, 0.12]),
                head + np.array([0, -0.3, 0.1]),
            ],
            [0.05, 0.04, 0.008],
        )
        flesh.put(
            beard,
            (246, 249, 253),
            "glass" if kind == "frost" else "hair",
            outline=0.7,
            form=pixels * 0.15,
        )


def ghost(flesh: Flesh, acting: Acting, tone: Tone) -> None:
    """A sheet with two dark eyes."""
    rows = (
        (0.08, 0.34),
        (0.35, 0.26),
        (0.6, 0.2),
        (0.74, 0.165),
        (0.86, 0.15),
        (0.94, 0.1),
        (0.985, 0.02),
    )
    _arms_sheet(flesh, acting, tone)
    _cloak(flesh, acting, tone, rows, 0.09)
    flesh.live(_holes)


def _holes(flesh: Flesh, acting: Acting) -> None:
    """Cut eyes and mouth into the sheet."""
    head, high = np.array([0.0, 0.82, 0.0]), np.array([0, 1.0, 0])
    for s in (1.0, -1.0):
        way = np.array([s * 0.4, 0.05, 0.9])
        size = (0.03, 0.045 if acting.blink < 0.8 else 0.008)
        flesh.spot(head + way * [0.155, 0.155, 0.13], way, size, INK, "eye", up=high)
    mouth = np.array([0, 0.72, 0.137])
    flesh.spot(mouth, np.array([0, 0, 1.0]), (0.026, 0.018 + 0.035 * acting.mouth), INK, "mouth")


def _arms_sheet(flesh: Flesh, acting: Acting, tone: Tone) -> None:
    wave = sin(TURN * acting.phase)
    for s in (1.0, -1.0):
        flesh.put(
            flesh.chain(
                [
                    [s * 0.14, 0.62, 0.05],
                    [s * 0.3, 0.58 + 0.03 * wave, 0.16],
                    [s * 0.36, 0.5 + 0.03 * wave, 0.2],
                ],
                [0.09, 0.075, 0.04],
            ),
            tone,
            "cloth",
            form=flesh.view.pixels(0.03),
        )
