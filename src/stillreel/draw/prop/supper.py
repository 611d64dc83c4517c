"""What gives light and what is eaten."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.prop.kind import Kind, Thing
from stillreel.draw.prop.paint import BRASS, LIGHT, WOOD, Paint, darker, paler

if TYPE_CHECKING:
    from stillreel.draw.prop.solid import Pen


def candle(pen: Pen, thing: Thing) -> None:
    """A lit candle in a holder."""
    pen.lathe([(0, 0.24), (0.05, 0.26)], Paint(BRASS, "metal"), lid=paler(BRASS, 0.2))
    pen.lathe(
        [(0.05, 0.1), (0.72, 0.095)],
        Paint(thing.tone, "paper"),
        lid=paler(thing.tone, 0.4),
        nearer=0.05,
    )
    flame(pen, (0, 0.74, 0), 0.24)


def flame(pen: Pen, at: tuple[float, float, float], size: float) -> None:
    """A flame that gives light."""
    base = np.array(at)
    for share, tone, glow in ((1.0, (255, 164, 60), 0.8), (0.6, (255, 232, 150), 1.0)):
        s = size * share
        pen.tube(
            [
                base + np.array([0, 0.18 * s, 0]),
                base + np.array([0, 0.4 * s, 0]),
                base + np.array([0.03 * s, s, 0]),
            ],
            [0.2 * s, 0.24 * s, 0.02 * s],
            Paint(tone, "glow", 0.0, glow=glow),
            nearer=0.02,
            on=share < 1,
        )


def lantern(pen: Pen, thing: Thing) -> None:
    """A lantern: glass between two caps, a ring to carry it by."""
    iron = Paint(thing.tone, "metal")
    pen.lathe([(0, 0.27), (0.1, 0.25)], iron, lid=paler(thing.tone, 0.2))
    pen.lathe(
        [(0.1, 0.2), (0.56, 0.2)], Paint((255, 214, 128), "glass", 0.5, glow=0.45), nearer=0.01
    )
    flame(pen, (0, 0.16, 0.02), 0.3)
    for t in np.arange(4) * np.pi / 2 + 0.4:
        pen.tube(
            [
                (np.cos(t) * 0.22, 0.08, np.sin(t) * 0.22),
                (np.cos(t) * 0.22, 0.58, np.sin(t) * 0.22),
            ],
            0.018,
            iron,
        )
    pen.lathe([(0.56, 0.28), (0.62, 0.25), (0.76, 0.08)], iron, nearer=0.03)
    turn = np.linspace(0, 2 * np.pi, 13)
    pen.tube([(0.11 * np.cos(t), 0.88 + 0.11 * np.sin(t), 0) for t in turn], 0.018, iron)


def lamp(pen: Pen, thing: Thing) -> None:
    """A table lamp with a lit shade."""
    pen.lathe(
        [
            (0, 0.2),
            (0.04, 0.19),
            (0.07, 0.05),
            (0.2, 0.1),
            (0.34, 0.09),
            (0.44, 0.03),
            (0.56, 0.03),
        ],
        Paint(darker(thing.tone, 0.2), "metal"),
    )
    pen.lathe(
        [(0.5, 0.34), (1.0, 0.2)],
        Paint((250, 222, 160), "cloth", 0.8, glow=0.4),
        mouth=(255, 240, 200),
        nearer=0.03,
    )


def torch(pen: Pen, thing: Thing) -> None:
    """A burning torch."""
    pen.tube([(0, 0, 0), (0, 0.66, 0)], [0.024, 0.04], Paint(thing.tone))
    pen.lathe([(0.6, 0.05), (0.68, 0.075), (0.76, 0.06)], Paint(darker(thing.tone, 0.4), "cloth"))
    flame(pen, (0, 0.7, 0), 0.34)


def flashlight(pen: Pen, thing: Thing) -> None:
    """An electric torch."""
    pen.lathe(
        [(0, 0.11), (0.66, 0.11), (0.76, 0.18), (1, 0.19)],
        Paint(thing.tone, "metal"),
        lid=(255, 246, 200),
    )


def apple(pen: Pen, thing: Thing) -> None:
    """An apple or other round fruit with a leaf."""
    pen.lathe(
        [
            (0.0, 0.16),
            (0.06, 0.3),
            (0.3, 0.44),
            (0.55, 0.46),
            (0.76, 0.36),
            (0.84, 0.18),
            (0.8, 0.05),
        ],
        Paint(thing.tone, "leather"),
        curve=True,
    )
    pen.tube([(0, 0.78, 0), (0.05, 1.0, 0)], 0.03, Paint(WOOD), nearer=0.1)
    pen.plate(
        [(0.04, 0.9), (0.18, 1.02), (0.38, 0.98), (0.24, 0.86)],
        0.02,
        Paint((96, 140, 70), "foliage"),
        normal="z",
        nearer=0.12,
    )


def loaf(pen: Pen, thing: Thing) -> None:
    """A loaf of bread."""
    pen.tube(
        [(-0.3, 0.22, 0), (0, 0.25, 0), (0.3, 0.22, 0)],
        [0.19, 0.24, 0.19],
        Paint(thing.tone, "leather"),
    )
    for x in (-0.2, 0.0, 0.2):
        pen.stroke(
            [(x - 0.06, 0.4, 0.12), (x + 0.05, 0.43, 0), (x + 0.08, 0.38, -0.12)],
            0.035,
            Paint(paler(thing.tone, 0.45), "crease", 0),
        )


def cake(pen: Pen, thing: Thing) -> None:
    """A cake with icing and a candle."""
    pen.lathe([(0, 0.5), (0.04, 0.5)], Paint(LIGHT, "rock"), lid=LIGHT)
    pen.lathe(
        [(0.04, 0.42), (0.42, 0.42)], Paint(thing.tone, "leather"), lid=(250, 226, 222), nearer=0.05
    )
    pen.lathe(
        [(0.32, 0.43), (0.43, 0.425)],
        Paint((250, 226, 222), "leather"),
        lid=(252, 236, 230),
        nearer=0.1,
    )
    for t in np.linspace(0, 2 * np.pi, 7)[:-1]:
        pen.ball(
            (0.34 * np.cos(t), 0.47, 0.34 * np.sin(t)),
            0.06,
            Paint((204, 60, 66), "leather", 0.6),
            nearer=0.15,
        )
    pen.tube([(0, 0.44, 0), (0, 0.7, 0)], 0.03, Paint((120, 170, 200), "paper"), nearer=0.16)
    flame(pen, (0, 0.7, 0), 0.2)


def egg(pen: Pen, thing: Thing) -> None:
    """An egg."""
    turn = np.linspace(-np.pi / 2, np.pi / 2, 9)
    pen.lathe(
        [(0.5 + 0.5 * np.sin(t), 0.37 * np.cos(t) * (1 - 0.14 * np.sin(t))) for t in turn],
        Paint(thing.tone, "rock"),
        curve=True,
    )


KINDS = {
    "candle": Kind(candle, "candle taper candlestick", "#efe6cc", (0, 0.3, 0)),
    "lantern": Kind(lantern, "lantern", "#4c4640", (0, 0.97, 0)),
    "lamp": Kind(lamp, "lamp light nightlight", "#8a6a45", (0, 0.3, 0)),
    "torch": Kind(torch, "torch firebrand fire bonfire match", "#6e4a2c", (0, 0.22, 0)),
    "flashlight": Kind(flashlight, "flashlight", "#3c4048", (0, 0.3, 0)),
    "apple": Kind(
        apple,
        "apple fruit orange peach pear plum tomato cherry lemon food pomegranate",
        "#c0392f",
        (0, 0.4, 0),
    ),
    "loaf": Kind(loaf, "loaf bread bun roll cheese meat", "#c08a4c", (0, 0.2, 0)),
    "cake": Kind(cake, "cake pie pudding tart", "#c99a5c", (0, 0.02, 0)),
    "egg": Kind(egg, "egg eggs acorn seed nut bean pebble", "#ecdfc8", (0, 0.4, 0)),
}
