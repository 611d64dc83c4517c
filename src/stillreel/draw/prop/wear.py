"""What is worn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.prop.kind import Kind, Thing
from stillreel.draw.prop.paint import DARK, STEEL, WOOD, Paint, darker, paler

if TYPE_CHECKING:
    from stillreel.draw.prop.solid import Pen


def umbrella(pen: Pen, thing: Thing) -> None:
    """An open umbrella."""
    pen.tube([(0, 0.1, 0), (0, 0.9, 0)], 0.014, Paint(STEEL, "metal"))
    turn = np.linspace(0, np.pi, 6)
    pen.tube(
        [(0, 0.1, 0), *[(0, 0.06 - 0.06 * np.sin(t), 0.05 - 0.05 * np.cos(t)) for t in turn]],
        0.02,
        Paint(WOOD),
    )
    count, cloth = 8, thing.tone
    rim = [
        (0.5 * np.cos(t), 0.6, 0.5 * np.sin(t))
        for t in np.linspace(0, 2 * np.pi, count, endpoint=False)
    ]
    top = np.array([0, 0.9, 0])
    below = pen.view.eye[1] < 0.62
    for n in range(count):
        a, b = np.array(rim[n]), np.array(rim[(n + 1) % count])
        sag = (a + b) / 2 * [0.9, 1, 0.9] + [0, 0.05, 0]
        wide_a, wide_b = a * [0.62, 1, 0.62] + [0, 0.2, 0], b * [0.62, 1, 0.62] + [0, 0.2, 0]
        middle = (a + b) / 2
        inner = pen.view.facing(middle * [1, 0, 1] + [0, 0.4, 0], middle) < 0
        tone = darker(cloth, 0.35) if inner else (paler(cloth, 0.12) if n % 2 else cloth)
        pen.face(
            [top, wide_a, a, sag, b, wide_b],
            Paint(tone, "cloth", 0.8),
            nearer=-0.2 if inner and below else 0.0,
        )
    pen.tube([(0, 0.9, 0), (0, 0.98, 0)], 0.014, Paint(STEEL, "metal"), nearer=0.1)


def hat(pen: Pen, thing: Thing) -> None:
    """A hat with a band."""
    felt = Paint(thing.tone, "cloth")
    pen.lathe([(0.0, 0.5), (0.035, 0.49)], felt, lid=paler(thing.tone, 0.08))
    pen.lathe(
        [(0.03, 0.29), (0.3, 0.27), (0.4, 0.2)], felt, lid=darker(thing.tone, 0.1), nearer=0.1
    )
    pen.lathe(
        [(0.035, 0.295), (0.12, 0.288)], Paint(darker(thing.tone, 0.5), "cloth", 0.5), nearer=0.15
    )


def crown(pen: Pen, thing: Thing) -> None:
    """A crown with points and stones."""
    gold = thing.tone
    count = 8
    turn = np.linspace(0, 2 * np.pi, count * 2, endpoint=False)
    high = [0.62 if n % 2 == 0 else 0.3 for n in range(count * 2)]
    for n in range(count):
        idx = [2 * n - 1, 2 * n, 2 * n + 1]
        low = [(0.44 * np.cos(turn[i % 16]), 0.0, 0.44 * np.sin(turn[i % 16])) for i in idx]
        up = [(0.5 * np.cos(turn[i % 16]), high[i % 16], 0.5 * np.sin(turn[i % 16])) for i in idx]
        outward = np.array([np.cos(turn[2 * n]), 0, np.sin(turn[2 * n])])
        inner = pen.view.facing(outward, up[1]) < 0
        pen.face([*low, *reversed(up)], Paint(darker(gold, 0.35) if inner else gold, "metal"))
        pen.ball(up[1], 0.05, Paint(paler(gold, 0.4), "metal", 0.7), nearer=0.02)
        if not inner:
            spot = outward * 0.455 + [0, 0.13, 0]
            pen.spot(
                spot, outward, 0.06, Paint((176, 44, 60) if n % 2 else (60, 96, 160), "glass", 0.5)
            )


def ring(pen: Pen, thing: Thing) -> None:
    """A finger ring with a stone."""
    turn = np.linspace(0, 2 * np.pi, 25)
    pen.tube(
        [(0.38 * np.cos(t), 0.4 + 0.38 * np.sin(t), 0) for t in turn],
        0.055,
        Paint(thing.tone, "metal"),
    )
    pen.plate(
        [(-0.12, 0.78), (0.12, 0.78), (0.19, 0.9), (0.1, 1), (-0.1, 1), (-0.19, 0.9)],
        0.2,
        Paint((120, 200, 220), "glass"),
        normal="z",
        nearer=0.05,
    )


def glasses(pen: Pen, thing: Thing) -> None:
    """A pair of spectacles."""
    rim = Paint(thing.tone, "metal")
    turn = np.linspace(0, 2 * np.pi, 21)
    for s in (-1, 1):
        pen.tube(
            [(s * 0.46, 0.22, 0.02), (s * 0.46, 0.22, -0.6), (s * 0.46, 0.12, -0.72)], 0.018, rim
        )
        pen.face(
            [(s * 0.25 + 0.19 * np.cos(t), 0.2 + 0.17 * np.sin(t), 0) for t in turn[:-1]],
            Paint((196, 216, 224), "glass", 0.3, alpha=0.6),
        )
        pen.tube(
            [(s * 0.25 + 0.19 * np.cos(t), 0.2 + 0.17 * np.sin(t), 0) for t in turn], 0.022, rim
        )
    pen.tube([(-0.07, 0.22, 0), (0, 0.26, 0.02), (0.07, 0.22, 0)], 0.02, rim)


def mask(pen: Pen, thing: Thing) -> None:
    """A face mask."""
    face = [
        (-0.34, 0.62),
        (-0.3, 0.3),
        (-0.14, 0.06),
        (0, 0),
        (0.14, 0.06),
        (0.3, 0.3),
        (0.34, 0.62),
        (0.28, 0.9),
        (0, 1),
        (-0.28, 0.9),
    ]
    pen.plate(face, 0.1, Paint(thing.tone, "leather"), normal="z")
    for s in (-1, 1):
        pen.spot((s * 0.14, 0.6, 0.053), (0, 0, 1), (0.085, 0.05), Paint(DARK, "eye", 0.4))
        pen.spot((s * 0.2, 0.38, 0.053), (0, 0, 1), 0.05, Paint((206, 96, 84), "mark", 0))
    pen.spot((0, 0.22, 0.053), (0, 0, 1), (0.13, 0.045), Paint((150, 44, 50), "mouth", 0.3))


def shoe(pen: Pen, thing: Thing) -> None:
    """A boot."""
    leather = Paint(thing.tone, "leather")
    pen.tube([(0, 0.12, -0.3), (0, 0.12, 0.1), (0, 0.11, 0.4)], [0.13, 0.13, 0.11], leather)
    pen.lathe([(0.1, 0.14), (0.5, 0.15)], leather, at=(0, 0, -0.26), mouth=darker(thing.tone, 0.5))
    pen.tube(
        [(0, 0.02, -0.34), (0, 0.02, 0.44)],
        0.035,
        Paint(darker(thing.tone, 0.55), "leather"),
        nearer=0.05,
    )


def cloth(pen: Pen, thing: Thing) -> None:
    """A piece of cloth hanging from its top corner."""
    rim = [
        (0, 1.0, 0),
        (0.12, 0.82, 0.04),
        (0.26, 0.3, 0.0),
        (0.2, 0.0, 0.05),
        (0.04, 0.12, 0),
        (-0.12, 0.02, 0.04),
        (-0.24, 0.28, 0),
        (-0.1, 0.8, 0.03),
    ]
    pen.face(rim, Paint(thing.tone, "cloth"))
    for x in (-0.1, 0.03, 0.14):
        pen.stroke(
            [(x * 0.2, 0.9, 0.05), (x, 0.2, 0.05)],
            0.014,
            Paint(darker(thing.tone, 0.35), "crease", 0),
        )


KINDS = {
    "umbrella": Kind(umbrella, "umbrella parasol", "#8c3b4a", (0, 0.12, 0)),
    "hat": Kind(hat, "hat cap bonnet helmet", "#6e5638", (0, 0.02, 0.46)),
    "crown": Kind(crown, "crown coronet tiara diadem", "#dcae44", (0, 0.1, 0.44)),
    "ring": Kind(
        ring, "ring jewel gem diamond ruby emerald pearl sapphire", "#dcae44", (0, 0.06, 0)
    ),
    "glasses": Kind(
        glasses,
        "glasses spectacles eyeglasses sunglasses goggles",
        "#3c3436",
        (0.46, 0.2, -0.2),
    ),
    "mask": Kind(mask, "mask veil", "#e6dcc8", (0.26, 0.3, 0)),
    "shoe": Kind(shoe, "shoe boot slipper shoes boots sandal", "#5c3a28", (0, 0.48, -0.26)),
    "cloth": Kind(
        cloth,
        "cloth handkerchief scarf towel rag napkin blanket coat cloak dress shirt ribbon shawl",
        "#a84c44",
        (0, 0.96, 0),
    ),
}
