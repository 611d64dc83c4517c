"""What ticks, rings, shows and plays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.prop.kind import Kind, Thing
from stillreel.draw.prop.lettering import write
from stillreel.draw.prop.paint import BRASS, LIGHT, STEEL, Paint, darker, paler
from stillreel.draw.prop.panel import faces_us, panel

if TYPE_CHECKING:
    from stillreel.draw.prop.solid import Pen


INK = (46, 38, 40)


_SCREEN = (120, 190, 214)


def _hands(pen: Pen, y: float, r: float, z: float) -> None:
    for t in np.linspace(0, 2 * np.pi, 12, endpoint=False):
        a, b = (
            np.array([np.sin(t), np.cos(t)]) * r * 0.82,
            np.array([np.sin(t), np.cos(t)]) * r * 0.94,
        )
        pen.stroke([(a[0], y + a[1], z), (b[0], y + b[1], z)], r * 0.06, Paint(INK, "mark", 0))
    pen.stroke([(0, y, z), (-0.38 * r, y + 0.36 * r, z)], r * 0.1, Paint(INK, "mark", 0))
    pen.stroke([(0, y, z), (0.36 * r, y + 0.62 * r, z)], r * 0.07, Paint(INK, "mark", 0))


def clock(pen: Pen, thing: Thing) -> None:
    """An alarm clock with two bells."""
    case = Paint(thing.tone, "metal")
    for x in (-0.2, 0.2):
        pen.tube([(x, 0.0, 0), (x * 0.8, 0.14, 0)], 0.03, Paint(darker(thing.tone, 0.4), "metal"))
        pen.ball((x * 1.15, 0.9, 0), 0.1, Paint(BRASS, "metal"))
    turn = np.linspace(0, 2 * np.pi, 28, endpoint=False)
    pen.plate(
        [(0.4 * np.cos(t), 0.5 + 0.4 * np.sin(t)) for t in turn],
        0.22,
        case,
        normal="z",
        nearer=0.02,
    )
    if faces_us(pen, 0.112):
        pen.spot((0, 0.5, 0.113), (0, 0, 1), 0.33, Paint((244, 238, 222), "paper", 0.6))
        _hands(pen, 0.5, 0.33, 0.115)


def watch(pen: Pen, thing: Thing) -> None:
    """A pocket watch on a chain."""
    turn = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    pen.plate(
        [(0.26 * np.cos(t), 0.28 + 0.26 * np.sin(t)) for t in turn],
        0.1,
        Paint(thing.tone, "metal"),
        normal="z",
    )
    if faces_us(pen, 0.051):
        pen.spot((0, 0.28, 0.052), (0, 0, 1), 0.205, Paint((244, 238, 222), "paper", 0.5))
        _hands(pen, 0.28, 0.2, 0.054)
    pen.tube(
        [(0, 0.55, 0), (0.03, 0.75, 0.02), (-0.03, 0.9, 0), (0, 1, 0)],
        0.014,
        Paint(thing.tone, "metal"),
        curve=True,
    )


def phone(pen: Pen, thing: Thing) -> None:
    """A telephone of glass: screen to the front."""
    pen.box((0, 0.5, 0), (0.5, 1.0, 0.07), Paint(thing.tone, "metal"))
    if faces_us(pen, 0.036):
        panel(pen, 0, 0.51, 0.44, 0.88, 0.037, Paint(_SCREEN, "glass", 0.4, glow=0.35))
        write(pen, thing.text, (0, 0.6, 0.038), (1, 0, 0), (0, 1, 0), (0.36, 0.6), INK)
        if not thing.text:
            for y in (0.74, 0.6, 0.46):
                panel(
                    pen, 0.03 if y == 0.6 else -0.03, y, 0.3, 0.08, 0.038, Paint(LIGHT, "paper", 0)
                )


def telephone(pen: Pen, thing: Thing) -> None:
    """A telephone with a dial and a receiver."""
    body = [(-0.4, 0), (0.4, 0), (0.34, 0.2), (0.16, 0.42), (-0.16, 0.42), (-0.34, 0.2)]
    pen.plate(body, 0.5, Paint(thing.tone, "metal"), normal="z")
    pen.spot((0, 0.22, 0.256), (0, 0, 1), 0.15, Paint(LIGHT, "metal", 0.6))
    pen.spot((0, 0.22, 0.258), (0, 0, 1), 0.06, Paint(thing.tone, "metal", 0.4))
    pen.tube(
        [(-0.44, 0.44, 0), (-0.34, 0.58, 0), (0, 0.62, 0), (0.34, 0.58, 0), (0.44, 0.44, 0)],
        [0.1, 0.06, 0.055, 0.06, 0.1],
        Paint(darker(thing.tone, 0.15), "metal"),
        nearer=0.1,
    )


def camera(pen: Pen, thing: Thing) -> None:
    """A camera, lens forward."""
    pen.box((0, 0.34, 0), (1.0, 0.6, 0.3), Paint(thing.tone, "leather"))
    pen.box((0, 0.7, 0), (0.34, 0.14, 0.24), Paint(darker(thing.tone, 0.2), "metal"))
    if faces_us(pen, 0.16, 0.34):
        panel(pen, 0, 0.54, 1.0, 0.18, 0.152, Paint(STEEL, "metal", 0.4))
        pen.spot((0.34, 0.54, 0.156), (0, 0, 1), 0.06, Paint(LIGHT, "glass", 0.4))
    lens = pen.within((0, 0.32, 0.14), [[1, 0, 0], [0, 0, 1], [0, -1, 0]])
    lens.lathe(
        [(0, 0.24), (0.12, 0.24), (0.22, 0.2)],
        Paint(darker(STEEL, 0.5), "metal"),
        lid=(52, 70, 92),
        nearer=0.1,
    )
    if faces_us(pen, 0.4, 0.32):
        pen.spot((-0.05, 0.38, 0.362), (0, 0, 1), 0.05, Paint(LIGHT, "glass", 0))


def radio(pen: Pen, thing: Thing) -> None:
    """A wireless set."""
    pen.tube([(0.36, 0.6, -0.1), (0.46, 1.0, -0.14)], 0.012, Paint(STEEL, "metal"))
    pen.box((0, 0.31, 0), (1.0, 0.6, 0.3), Paint(thing.tone))
    if faces_us(pen, 0.15, 0.3):
        pen.spot(
            (-0.22, 0.32, 0.153), (0, 0, 1), 0.2, Paint(darker(thing.tone, 0.45), "cloth", 0.6)
        )
        for y in (0.22, 0.32, 0.42):
            pen.stroke(
                [(-0.38, y, 0.155), (-0.06, y, 0.155)],
                0.02,
                Paint(paler(thing.tone, 0.3), "mark", 0),
            )
        panel(pen, 0.26, 0.44, 0.36, 0.13, 0.153, Paint((250, 226, 150), "glass", 0.5, glow=0.25))
        for x in (0.16, 0.36):
            pen.spot((x, 0.2, 0.154), (0, 0, 1), 0.07, Paint(BRASS, "metal", 0.6))


def television(pen: Pen, thing: Thing) -> None:
    """A television set with aerials."""
    for s in (-1, 1):
        pen.tube([(0, 0.72, 0), (s * 0.22, 1.0, 0)], 0.01, Paint(STEEL, "metal"))
        pen.tube([(s * 0.3, 0.1, 0), (s * 0.36, 0, 0)], 0.025, Paint(darker(thing.tone, 0.4)))
    pen.box((0, 0.4, 0), (1.0, 0.62, 0.5), Paint(thing.tone))
    if faces_us(pen, 0.25, 0.4):
        panel(pen, -0.09, 0.4, 0.7, 0.5, 0.253, Paint(_SCREEN, "glass", 0.8, glow=0.5))
        for y in (0.54, 0.4):
            pen.spot((0.39, y, 0.254), (0, 0, 1), 0.05, Paint(BRASS, "metal", 0.5))


def computer(pen: Pen, thing: Thing) -> None:
    """An open laptop: screen to the front, keys toward it."""
    pen.box((0, 0.03, 0.12), (1.0, 0.06, 0.62), Paint(thing.tone, "metal"))
    if pen.view.facing((0, 1, 0), (0, 0.06, 0.1)) > 0.02:
        pen.face(
            [(-0.43, 0.062, 0.0), (0.43, 0.062, 0.0), (0.43, 0.062, 0.26), (-0.43, 0.062, 0.26)],
            Paint(darker(thing.tone, 0.5), "metal", 0.3),
            on=True,
        )
    lid = [(-0.5, 0.06, -0.19), (0.5, 0.06, -0.19), (0.5, 0.7, -0.3), (-0.5, 0.7, -0.3)]
    pen.face(lid, Paint(darker(thing.tone, 0.1), "metal"), nearer=-0.02)
    if faces_us(pen, 0.1, 0.4):
        pen.face(
            [(-0.45, 0.1, -0.19), (0.45, 0.1, -0.19), (0.45, 0.66, -0.286), (-0.45, 0.66, -0.286)],
            Paint(_SCREEN, "glass", 0.5, glow=0.45),
            on=True,
        )
        write(pen, thing.text, (0, 0.38, -0.23), (1, 0, 0), (0, 0.985, -0.17), (0.8, 0.44), INK)


def telescope(pen: Pen, thing: Thing) -> None:
    """A drawn-out spy-glass along its forward axis."""
    tube = pen.within((0, 0.1, 0), [[1, 0, 0], [0, 0, 1], [0, -1, 0]])
    tube.lathe([(-0.5, 0.05), (-0.2, 0.05)], Paint(BRASS, "metal"))
    tube.lathe([(-0.22, 0.065), (0.12, 0.065)], Paint(thing.tone, "leather"))
    tube.lathe([(0.1, 0.085), (0.5, 0.09)], Paint(BRASS, "metal"), lid=(150, 190, 210))


KINDS = {
    "clock": Kind(clock, "clock alarm timer", "#a8473c", (0, 0.12, 0.0)),
    "watch": Kind(
        watch, "watch pocketwatch compass locket medal medallion", "#c9a24a", (0, 0.95, 0)
    ),
    "phone": Kind(phone, "phone smartphone mobile cellphone tablet", "#33363e", (0, 0.3, 0)),
    "telephone": Kind(telephone, "telephone receiver", "#3a3438", (0, 0.6, 0)),
    "camera": Kind(camera, "camera", "#4a3a34", (0.44, 0.3, 0)),
    "radio": Kind(radio, "radio wireless transistor gramophone", "#8a5a34", (0, 0.6, 0)),
    "television": Kind(television, "television tv telly monitor screen", "#6e4a30", (0.4, 0.1, 0)),
    "computer": Kind(computer, "computer laptop keyboard typewriter", "#9aa0a8", (0.46, 0.04, 0.2)),
    "telescope": Kind(
        telescope, "telescope spyglass binoculars microscope", "#5a3a28", (0, 0.1, -0.1)
    ),
}
