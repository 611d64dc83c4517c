"""What is read, written on, sent and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.prop.kind import Kind, Thing
from stillreel.draw.prop.lettering import write
from stillreel.draw.prop.paint import BRASS, LIGHT, STEEL, WOOD, Paint, darker, paler
from stillreel.draw.prop.panel import faces_us, panel

if TYPE_CHECKING:
    from stillreel.draw.prop.solid import Pen


INK = (46, 38, 40)


def book(pen: Pen, thing: Thing) -> None:
    """A closed book, cover to the front."""
    pen.box((0, 0.5, 0), (0.72, 1.0, 0.17), Paint(thing.tone, "leather"))
    for x in (0.362,):
        if pen.view.facing((1, 0, 0), (x, 0.5, 0)) > 0:
            pen.face(
                [(x, 0.02, -0.06), (x, 0.02, 0.06), (x, 0.98, 0.06), (x, 0.98, -0.06)],
                Paint((240, 230, 208), "paper", 0.5),
                on=True,
            )
    if pen.view.facing((0, 1, 0), (0, 1, 0)) > 0:
        pen.face(
            [
                (-0.34, 1.002, -0.06),
                (0.35, 1.002, -0.06),
                (0.35, 1.002, 0.06),
                (-0.34, 1.002, 0.06),
            ],
            Paint((240, 230, 208), "paper", 0.5),
            on=True,
        )
    if faces_us(pen, 0.086):
        panel(pen, 0.03, 0.5, 0.52, 0.82, 0.087, Paint(darker(thing.tone, 0.15), "leather", 0.5))
        write(
            pen, thing.text, (0.03, 0.62, 0.088), (1, 0, 0), (0, 1, 0), (0.44, 0.4), (236, 206, 130)
        )
        if not thing.text:
            pen.spot((0.03, 0.56, 0.088), (0, 0, 1), 0.12, Paint(BRASS, "mark", 0.3))


def letter(pen: Pen, thing: Thing) -> None:
    """A sheet of paper with writing on it."""
    curl = [
        (-0.36, 0.0, 0.03),
        (0.36, 0.0, 0.05),
        (0.36, 0.5, -0.01),
        (0.35, 1.0, 0.04),
        (-0.36, 1.0, 0.03),
        (-0.36, 0.5, -0.01),
    ]
    pen.face(curl, Paint(thing.tone, "paper"))
    if not faces_us(pen, 0.01):
        return
    if thing.text:
        write(pen, thing.text, (0, 0.52, 0.02), (1, 0, 0), (0, 1, 0), (0.6, 0.84), INK)
        return
    for number in range(8):
        y = 0.86 - number * 0.095
        half = 0.27 if number % 4 != 3 else 0.12
        pen.stroke(
            [(-0.27, y, 0.02), (-0.27 + half * 2, y, 0.02)],
            0.018,
            Paint(darker(thing.tone, 0.6), "mark", 0),
        )


def envelope(pen: Pen, thing: Thing) -> None:
    """A sealed envelope."""
    pen.box((0, 0.32, 0), (1.0, 0.64, 0.02), Paint(thing.tone, "paper"))
    if faces_us(pen, 0.012):
        pen.face(
            [(-0.5, 0.64, 0.012), (0, 0.26, 0.012), (0.5, 0.64, 0.012)],
            Paint(paler(thing.tone, 0.3), "paper", 0.7),
            on=True,
        )
        pen.spot((0, 0.3, 0.014), (0, 0, 1), 0.075, Paint((176, 48, 44), "mark", 0.5))
    elif thing.text:
        write(pen, thing.text, (0, 0.32, -0.012), (-1, 0, 0), (0, 1, 0), (0.8, 0.4), INK)


def roll(pen: Pen, thing: Thing) -> None:
    """A map: an unrolled scroll with a path and a cross."""
    pen.face(
        [(-0.46, 0.05, 0), (0.46, 0.05, 0), (0.46, 0.62, 0), (-0.46, 0.62, 0)],
        Paint(thing.tone, "paper"),
    )
    if faces_us(pen, 0.001):
        sea = [
            (-0.46, 0.4, 0.002),
            (-0.2, 0.5, 0.002),
            (-0.12, 0.36, 0.002),
            (-0.3, 0.2, 0.002),
            (-0.46, 0.22, 0.002),
        ]
        pen.face(sea, Paint((150, 182, 180), "water", 0.4), on=True)
        red = Paint((180, 52, 44), "mark", 0)
        for n in range(5):
            x = -0.1 + n * 0.09
            pen.stroke([(x, 0.2 + 0.05 * n, 0.003), (x + 0.05, 0.23 + 0.05 * n, 0.003)], 0.018, red)
        for s in (1, -1):
            pen.stroke([(0.32, 0.46 - s * 0.05, 0.003), (0.42, 0.46 + s * 0.05, 0.003)], 0.022, red)
        write(pen, thing.text, (0.1, 0.14, 0.003), (1, 0, 0), (0, 1, 0), (0.6, 0.12), INK)
    for x in (-0.47, 0.47):
        pen.tube(
            [(x, 0, 0), (x, 0.67, 0)], 0.035, Paint(darker(thing.tone, 0.12), "paper"), nearer=0.02
        )


def board(pen: Pen, thing: Thing) -> None:
    """A notice board on two posts, lettered."""
    post = Paint(darker(thing.tone, 0.25))
    for x in (-0.36, 0.36):
        pen.box((x, 0.42, -0.03), (0.07, 0.84, 0.06), post)
    pen.box((0, 0.66, 0.02), (1.0, 0.5, 0.05), Paint(thing.tone), nearer=0.08)
    if faces_us(pen, 0.045):
        panel(pen, 0, 0.66, 0.9, 0.41, 0.046, Paint((240, 230, 206), "paper", 0.5))
        for x in (-0.42, 0.42):
            pen.spot((x, 0.83, 0.048), (0, 0, 1), 0.012, Paint(darker(STEEL, 0.5), "metal", 0))
        text = thing.text or thing.name.upper()
        write(pen, text, (0, 0.66, 0.047), (1, 0, 0), (0, 1, 0), (0.82, 0.34), INK)
    else:
        for y in (0.52, 0.66, 0.8):
            pen.stroke(
                [(-0.5, y, -0.006), (0.5, y, -0.006)],
                0.008,
                Paint(darker(thing.tone, 0.4), "crease", 0),
            )


def picture(pen: Pen, thing: Thing) -> None:
    """A framed picture."""
    pen.box((0, 0.4, 0), (1.0, 0.8, 0.06), Paint(thing.tone))
    if faces_us(pen, 0.032):
        panel(pen, 0, 0.4, 0.82, 0.62, 0.033, Paint((168, 196, 206), "paper", 0.6))
        hills = [
            (-0.41, 0.09, 0.034),
            (0.41, 0.09, 0.034),
            (0.41, 0.3, 0.034),
            (0.2, 0.42, 0.034),
            (0, 0.26, 0.034),
            (-0.2, 0.36, 0.034),
            (-0.41, 0.24, 0.034),
        ]
        pen.face(hills, Paint((104, 136, 92), "foliage", 0.3), on=True)
        pen.spot((0.2, 0.56, 0.034), (0, 0, 1), 0.06, Paint((250, 224, 150), "light", 0.2))


def mirror(pen: Pen, thing: Thing) -> None:
    """A hand mirror."""
    turn = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    pen.tube([(0, 0, 0), (0, 0.44, 0)], [0.05, 0.035], Paint(thing.tone, "metal"))
    pen.plate(
        [(0.26 * np.cos(t), 0.7 + 0.3 * np.sin(t)) for t in turn],
        0.04,
        Paint(thing.tone, "metal"),
        normal="z",
        nearer=0.02,
    )
    if faces_us(pen, 0.021):
        glass = [(0.21 * np.cos(t), 0.7 + 0.245 * np.sin(t), 0.022) for t in turn]
        pen.face(glass, Paint((196, 220, 230), "glass", 0.6), on=True)
        pen.stroke([(-0.1, 0.62, 0.023), (0.06, 0.84, 0.023)], 0.035, Paint(LIGHT, "glass", 0))


def key(pen: Pen, thing: Thing) -> None:
    """A key, bow up."""
    paint = Paint(thing.tone, "metal")
    turn = np.linspace(0, 2 * np.pi, 17)
    pen.tube([(0.16 * np.cos(t), 0.82 + 0.16 * np.sin(t), 0) for t in turn], 0.045, paint)
    pen.tube([(0, 0.02, 0), (0, 0.68, 0)], 0.045, paint)
    pen.plate(
        [
            (0, 0.03),
            (0.2, 0.03),
            (0.2, 0.11),
            (0.12, 0.11),
            (0.12, 0.16),
            (0.22, 0.16),
            (0.22, 0.26),
            (0, 0.26),
        ],
        0.06,
        paint,
        normal="z",
    )


def bell(pen: Pen, thing: Thing) -> None:
    """A hand bell."""
    pen.tube([(0, 0.6, 0), (0, 1, 0)], [0.035, 0.06], Paint(WOOD))
    pen.ball((0, 0.05, 0), 0.08, Paint(darker(thing.tone, 0.5), "metal"))
    pen.lathe(
        [(0.06, 0.38), (0.14, 0.32), (0.34, 0.22), (0.56, 0.18), (0.64, 0.06)],
        Paint(thing.tone, "metal"),
        nearer=0.05,
        curve=True,
    )


def parcel(pen: Pen, thing: Thing) -> None:
    """A plain parcel, with its name on it when nothing better is known."""
    pen.box((0, 0.3, 0), (1.0, 0.6, 0.7), Paint(thing.tone, "paper"))
    string = Paint((214, 188, 140), "cloth", 0.3)
    if pen.view.facing((0, 1, 0), (0, 0.6, 0)) > 0.02:
        pen.stroke([(0, 0.602, -0.35), (0, 0.602, 0.35)], 0.035, string)
        pen.stroke([(-0.5, 0.602, 0), (0.5, 0.602, 0)], 0.035, string)
    for s in (1.0, -1.0):
        if pen.view.facing((0, 0, s), (0, 0.3, s * 0.35)) > 0.02:
            z = s * 0.352
            pen.stroke([(0, 0, z), (0, 0.6, z)], 0.035, string)
            label = [
                (-0.38 * s, 0.12, z),
                (0.38 * s, 0.12, z),
                (0.38 * s, 0.46, z),
                (-0.38 * s, 0.46, z),
            ]
            if thing.text or thing.name:
                pen.face(label, Paint((242, 234, 214), "paper", 0.5), on=True)
                write(
                    pen,
                    thing.text or thing.name,
                    (0, 0.29, z * 1.004),
                    (s, 0, 0),
                    (0, 1, 0),
                    (0.68, 0.28),
                    INK,
                )
        if pen.view.facing((s, 0, 0), (s * 0.5, 0.3, 0)) > 0.02:
            pen.stroke([(s * 0.502, 0, 0), (s * 0.502, 0.6, 0)], 0.035, string)
    if pen.view.facing((0, 1, 0), (0, 0.6, 0)) > 0.02:
        for s in (1, -1):
            loop = [(0, 0.6, 0), (s * 0.12, 0.7, 0.03), (s * 0.17, 0.62, 0.03), (0, 0.6, 0)]
            pen.stroke(loop, 0.03, Paint((186, 156, 108), "cloth", 0.3))


def coin(pen: Pen, thing: Thing) -> None:
    """A coin on edge, face to the front."""
    turn = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    pen.plate(
        [(0.5 * np.cos(t), 0.5 + 0.5 * np.sin(t)) for t in turn],
        0.1,
        Paint(thing.tone, "metal"),
        normal="z",
    )
    for s in (1.0, -1.0):
        pen.spot(
            (0, 0.5, s * 0.052), (0, 0, s), 0.39, Paint(darker(thing.tone, 0.14), "metal", 0.5)
        )
        pen.spot(
            (0, 0.54, s * 0.054),
            (0, 0, s),
            (0.13, 0.17),
            Paint(paler(thing.tone, 0.3), "metal", 0.3),
        )


KINDS = {
    "book": Kind(
        book,
        "book diary bible album journal notebook dictionary volume",
        "#8c3b34",
        (0.1, 0.12, 0.0),
    ),
    "letter": Kind(
        letter,
        "letter paper page note sheet document contract newspaper poster card ticket photo",
        "#f1e8d2",
        (0.2, 0.08, 0.0),
    ),
    "envelope": Kind(envelope, "envelope post mail telegram", "#e6d6b0", (0.36, 0.1, 0.0)),
    "map": Kind(roll, "map scroll chart parchment manuscript", "#dcc492", (0.47, 0.2, 0.0)),
    "notice-board": Kind(
        board,
        "notice-board notice noticeboard sign signpost signboard board billboard placard nameplate",
        "#8a6238",
        (0.36, 0.2, 0.0),
    ),
    "picture": Kind(
        picture, "picture painting portrait frame canvas drawing", "#a4763c", (0.45, 0.1, 0.0)
    ),
    "mirror": Kind(
        mirror, "mirror looking-glass magnifier magnifying-glass", "#b08a4a", (0, 0.2, 0)
    ),
    "key": Kind(key, "key keys", "#b8923e", (0, 0.8, 0), "lean"),
    "bell": Kind(bell, "bell handbell", "#c9a24a", (0, 0.85, 0)),
    "coin": Kind(
        coin,
        "coin penny money gold silver sixpence shilling dollar button badge",
        "#d8ac48",
        (0, 0.2, 0),
    ),
    "parcel": Kind(parcel, "parcel package present gift object", "#b08d5c", (0, 0.05, 0.34)),
    "box": Kind(parcel, "box crate carton", "#b08d5c", (0, 0.05, 0.34)),
}
