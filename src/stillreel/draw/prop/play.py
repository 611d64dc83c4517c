"""Toys, instruments, flags and ropes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.prop.kind import Kind, Thing
from stillreel.draw.prop.paint import BRASS, DARK, LIGHT, WOOD, Paint, darker, paler

if TYPE_CHECKING:
    from stillreel.draw.prop.solid import Pen


def ball(pen: Pen, thing: Thing) -> None:
    """A ball with a band."""
    pen.ball((0, 0.5, 0), 0.5, Paint(thing.tone, "leather"))
    turn = np.linspace(0, 2 * np.pi, 49)[:-1]
    for lean in (0.5, -0.9):
        band = np.stack(
            [
                0.5 * np.cos(turn),
                0.5 + 0.5 * np.sin(turn) * np.sin(lean),
                0.5 * np.sin(turn) * np.cos(lean),
            ],
            axis=1,
        )
        seen = (band - [0, 0.5, 0]) @ (pen.view.eye - [0, 0.5, 0]) > 0
        start = int(np.argmax(seen & ~np.roll(seen, 1)))
        line = np.roll(band, -start, axis=0)[np.roll(seen, -start)]
        if len(line) > 1:
            pen.stroke(line, 0.07, Paint(LIGHT, "leather", 0.3))


def kite(pen: Pen, thing: Thing) -> None:
    """A kite with a tail of bows."""
    pen.plate(
        [(0, 0.4), (0.22, 0.78), (0, 1), (-0.22, 0.78)],
        0.01,
        Paint(thing.tone, "cloth"),
        normal="z",
    )
    half = [(0, 0.4, 0.007), (0.22, 0.78, 0.007), (0, 1, 0.007)]
    if pen.view.facing((0, 0, 1), (0, 0.7, 0)) > 0:
        pen.face(half, Paint(paler(thing.tone, 0.45), "cloth", 0.4), on=True)
    for line in ([(0, 0.4, 0.01), (0, 1, 0.01)], [(-0.22, 0.78, 0.01), (0.22, 0.78, 0.01)]):
        pen.stroke(line, 0.012, Paint(WOOD, "wood", 0))
    tail = [(0, 0.4, 0), (0.05, 0.28, 0.02), (-0.05, 0.14, 0), (0.03, 0.0, 0.02)]
    pen.stroke(tail, 0.01, Paint(DARK, "crease", 0), at=(0, 0.2, 0))
    for x, y, _ in tail[1:]:
        for s in (-1, 1):
            pen.face(
                [(x, y, 0.02), (x + s * 0.06, y + 0.03, 0.02), (x + s * 0.06, y - 0.03, 0.02)],
                Paint((230, 190, 80), "cloth", 0.4),
                on=True,
            )


def balloon(pen: Pen, thing: Thing) -> None:
    """A balloon on a string."""
    pen.stroke(
        [(0, 0.58, 0), (0.02, 0.4, 0), (-0.02, 0.2, 0), (0, 0, 0)],
        0.008,
        Paint(DARK, "crease", 0),
        at=(0, 0.3, 0),
    )
    pen.lathe(
        [
            (0.57, 0.03),
            (0.6, 0.015),
            (0.66, 0.1),
            (0.8, 0.18),
            (0.9, 0.165),
            (0.97, 0.1),
            (1.0, 0.02),
        ],
        Paint(thing.tone, "glass"),
        curve=True,
    )
    toward = pen.view.eye * [1, 0, 1]
    toward = toward / max(float(np.linalg.norm(toward)), 1e-9)
    side = np.array([toward[2], 0, -toward[0]])
    spot = np.array([0, 0.87, 0]) + toward * 0.15 - side * 0.06
    pen.spot(spot, toward, (0.03, 0.05), Paint(paler(thing.tone, 0.75), "glass", 0))


def doll(pen: Pen, thing: Thing) -> None:
    """A rag doll or teddy bear."""
    fur = Paint(thing.tone, "fur")
    for s in (-1, 1):
        pen.tube([(s * 0.12, 0.2, 0.02), (s * 0.17, 0.08, 0.2)], [0.1, 0.085], fur)
        pen.tube([(s * 0.17, 0.5, 0), (s * 0.32, 0.34, 0.08)], [0.085, 0.075], fur)
        pen.ball((s * 0.17, 0.95, 0), 0.085, fur)
    pen.tube([(0, 0.26, 0), (0, 0.46, 0)], [0.2, 0.17], fur, nearer=0.02)
    pen.ball((0, 0.77, 0), 0.22, fur, nearer=0.05)
    if pen.view.facing((0, 0, 1), (0, 0.75, 0.2)) > 0.1:
        pen.spot(
            (0, 0.7, 0.215), (0, -0.1, 1), (0.1, 0.08), Paint(paler(thing.tone, 0.5), "fur", 0.3)
        )
        pen.spot((0, 0.735, 0.225), (0, 0, 1), (0.035, 0.025), Paint(DARK, "mark", 0))
        for s in (-1, 1):
            pen.spot((s * 0.085, 0.82, 0.2), (s * 0.3, 0.1, 1), 0.028, Paint(DARK, "eye", 0))
        pen.spot((0, 0.36, 0.19), (0, 0, 1), (0.1, 0.12), Paint(paler(thing.tone, 0.3), "fur", 0))


def guitar(pen: Pen, thing: Thing) -> None:
    """A guitar, strings to the front."""
    turn = np.linspace(0, 2 * np.pi, 28, endpoint=False)
    body = [
        (
            (0.17 + 0.025 * np.cos(2 * t) - 0.03 * np.sin(t))
            * np.cos(t)
            * (1 + 0.06 * np.cos(4 * t)),
            0.23 + 0.23 * np.sin(t),
        )
        for t in turn
    ]
    pen.plate(body, 0.1, Paint(thing.tone), normal="z")
    pen.spot((0, 0.3, 0.052), (0, 0, 1), 0.055, Paint(DARK, "wood", 0.4))
    if pen.view.facing((0, 0, 1), (0, 0.3, 0.05)) > 0:
        pen.face(
            [(-0.07, 0.11, 0.052), (0.07, 0.11, 0.052), (0.07, 0.13, 0.052), (-0.07, 0.13, 0.052)],
            Paint(darker(thing.tone, 0.5), "wood", 0.3),
            on=True,
        )
    pen.box((0, 0.66, 0.045), (0.05, 0.44, 0.035), Paint(darker(thing.tone, 0.5)), nearer=0.05)
    pen.box((0, 0.93, 0.035), (0.08, 0.13, 0.03), Paint(darker(thing.tone, 0.4)), nearer=0.05)
    if pen.view.facing((0, 0, 1), (0, 0.5, 0.06)) > 0:
        for x in (-0.014, 0, 0.014):
            pen.stroke([(x, 0.12, 0.066), (x, 0.9, 0.066)], 0.004, Paint(LIGHT, "metal", 0))


def violin(pen: Pen, thing: Thing) -> None:
    """A violin, strings to the front."""
    half = [
        (0.0, 0.0),
        (0.14, 0.03),
        (0.17, 0.14),
        (0.1, 0.24),
        (0.09, 0.32),
        (0.14, 0.4),
        (0.12, 0.52),
        (0.0, 0.56),
    ]
    rim = [*half, *[(-x, y) for x, y in half[-2:0:-1]]]
    pen.plate(rim, 0.08, Paint(thing.tone), normal="z")
    if pen.view.facing((0, 0, 1), (0, 0.3, 0.05)) > 0:
        for s in (-1, 1):
            pen.stroke(
                [(s * 0.07, 0.18, 0.042), (s * 0.05, 0.25, 0.042), (s * 0.065, 0.33, 0.042)],
                0.014,
                Paint(DARK, "crease", 0),
            )
    pen.box((0, 0.62, 0.05), (0.04, 0.6, 0.03), Paint(DARK), nearer=0.06)
    pen.tube([(0, 0.9, 0.04), (0, 0.98, 0.03), (0, 0.985, 0.08)], 0.024, Paint(thing.tone))


def flute(pen: Pen, thing: Thing) -> None:
    """A flute or pipe."""
    pen.tube([(0, 0, 0), (0, 1, 0)], 0.022, Paint(thing.tone))
    for y in np.linspace(0.15, 0.6, 6):
        pen.spot((0, y, 0.022), (0, 0, 1), 0.012, Paint(DARK, "mark", 0))


def trumpet(pen: Pen, thing: Thing) -> None:
    """A horn or trumpet along its forward axis."""
    horn = pen.within((0, 0.15, 0), [[1, 0, 0], [0, 0, 1], [0, -1, 0]])
    horn.lathe(
        [(-0.5, 0.02), (0.12, 0.025), (0.3, 0.05), (0.42, 0.1), (0.5, 0.18)],
        Paint(thing.tone, "metal"),
        mouth=darker(thing.tone, 0.5),
    )
    turn = np.linspace(0, 2 * np.pi, 17)
    pen.tube(
        [(0, 0.07 + 0.08 * np.sin(t), -0.12 + 0.2 * np.cos(t)) for t in turn],
        0.02,
        Paint(thing.tone, "metal"),
    )


def drum(pen: Pen, thing: Thing) -> None:
    """A drum with cords."""
    pen.lathe([(0, 0.45), (0.62, 0.45)], Paint(thing.tone), lid=(238, 226, 200))
    turn = np.linspace(0, 2 * np.pi, 17)
    for n, t in enumerate(turn[:-1]):
        a, b = (
            (0.455 * np.cos(t), 0.06, 0.455 * np.sin(t)),
            (0.455 * np.cos(turn[n + 1]), 0.56, 0.455 * np.sin(turn[n + 1])),
        )
        if pen.view.facing((np.cos(t + 0.2), 0, np.sin(t + 0.2)), a) > 0.1:
            pen.stroke(
                [a, b] if n % 2 else [(a[0], 0.56, a[2]), (b[0], 0.06, b[2])],
                0.014,
                Paint(LIGHT, "cloth", 0),
            )
    for s in (-1, 1):
        pen.tube([(s * 0.3, 0.68, 0.3), (s * 0.05, 0.66, -0.2)], 0.02, Paint(WOOD), nearer=0.2)


def flag(pen: Pen, thing: Thing) -> None:
    """A flag on a pole, streaming to its forward side."""
    pen.tube([(0, 0, 0), (0, 0.98, 0)], 0.012, Paint(WOOD))
    top = [
        (0.015 * np.sin(z * 14), 0.96 + 0.012 * np.sin(z * 9), z)
        for z in np.linspace(0.01, 0.52, 9)
    ]
    low = [
        (0.015 * np.sin(z * 14 + 0.6), 0.64 + 0.016 * np.sin(z * 9 + 0.5), z)
        for z in np.linspace(0.01, 0.5, 9)
    ]
    pen.face([*top, *reversed(low)], Paint(thing.tone, "cloth"))
    pen.ball((0, 0.99, 0), 0.02, Paint(BRASS, "metal"))


def rope(pen: Pen, thing: Thing) -> None:
    """A coil of rope with a loose end."""
    turn = np.linspace(0, 2 * np.pi, 21)
    for y, r in ((0.06, 0.44), (0.16, 0.42), (0.26, 0.4)):
        pen.tube(
            [(r * np.cos(t), y, r * np.sin(t)) for t in turn],
            0.06,
            Paint(thing.tone, "cloth"),
            nearer=y * 0.6,
        )
    pen.tube(
        [(0.38, 0.26, 0.1), (0.5, 0.14, 0.26), (0.56, 0.05, 0.5)],
        0.055,
        Paint(thing.tone, "cloth"),
        curve=True,
        nearer=0.3,
    )


def net(pen: Pen, thing: Thing) -> None:
    """A landing net on a handle."""
    pen.tube([(0, 0, 0), (0, 0.6, 0)], 0.014, Paint(WOOD))
    turn = np.linspace(0, 2 * np.pi, 21)
    mesh = Paint(thing.tone, "cloth", 0)
    hoop = [(0.2 * np.sin(t), 0.8 - 0.2 * np.cos(t), 0) for t in turn]
    pen.stroke(hoop, 0.02, Paint(WOOD, "wood", 0.6), at=(0, 0.8, 0))
    for n in range(0, 20, 2):
        pen.stroke(
            [hoop[n], np.array(hoop[n]) * 0.4 + np.array([0, 0.48, -0.2]), (0, 0.74, -0.3)],
            0.007,
            mesh,
        )
    for s in (0.75, 0.45):
        pen.stroke(
            [
                np.array([0, 0.77, -0.3]) * (1 - s) + np.array(p) * s + np.array([0, 0, -0.03])
                for p in hoop
            ],
            0.007,
            mesh,
        )


KINDS = {
    "ball": Kind(ball, "ball globe football marble orb sphere snowball", "#b8483c", (0, 0.06, 0)),
    "kite": Kind(kite, "kite", "#c04a3c", (0, 0.0, 0.02), "hang"),
    "balloon": Kind(balloon, "balloon", "#c8443c", (0, 0.0, 0), "hang"),
    "doll": Kind(doll, "doll toy teddy puppet teddy-bear plaything", "#b07c48", (0.26, 0.4, 0.04)),
    "guitar": Kind(guitar, "guitar lute banjo ukulele mandolin harp", "#b4743a", (0, 0.66, 0.06)),
    "violin": Kind(violin, "violin fiddle cello viola", "#8c4a28", (0, 0.68, 0.05)),
    "flute": Kind(flute, "flute pipe whistle recorder clarinet", "#8a6238", (0, 0.35, 0), "lean"),
    "trumpet": Kind(
        trumpet, "trumpet horn bugle cornet trombone megaphone", "#d0a040", (0, 0.1, -0.12)
    ),
    "drum": Kind(drum, "drum tambourine", "#a8403a", (0, 0.3, -0.45)),
    "flag": Kind(flag, "flag banner pennant standard", "#a83c3c", (0, 0.35, 0)),
    "rope": Kind(
        rope, "rope cord string knot chain lasso whip cable thread", "#b8935a", (0.4, 0.2, 0)
    ),
    "net": Kind(net, "net web fishnet", "#d8ccb0", (0, 0.2, 0), "lean"),
}
