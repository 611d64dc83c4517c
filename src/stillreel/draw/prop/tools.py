"""Tools and weapons: what a hand swings, points or digs with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.prop.kind import Kind, Thing
from stillreel.draw.prop.paint import BRASS, DARK, STEEL, WOOD, Paint, darker, paler

if TYPE_CHECKING:
    from stillreel.draw.prop.solid import Pen

_STEEL = Paint(STEEL, "metal")
_SHAFT = Paint(WOOD, "wood")


def _rod(pen: Pen, low: float, high: float, radius: float, paint: Paint) -> None:
    pen.tube([(0, low, 0), (0, high, 0)], radius, paint)


def axe(pen: Pen, thing: Thing) -> None:
    """A felling axe: haft and one bright edge."""
    pen.tube(
        [(0, 0, 0.03), (0, 0.3, 0), (0, 0.7, 0.015), (0, 1, 0)],
        [0.03, 0.022, 0.022, 0.026],
        Paint(thing.tone),
        curve=True,
    )
    head = [
        (-0.06, 0.8),
        (0.08, 0.83),
        (0.24, 0.74),
        (0.27, 0.86),
        (0.25, 0.98),
        (0.08, 0.93),
        (-0.06, 0.95),
    ]
    pen.plate(head, 0.05, _STEEL, nearer=0.05)
    edge = [(0.2, 0.765), (0.24, 0.74), (0.27, 0.86), (0.25, 0.98), (0.21, 0.965), (0.225, 0.86)]
    for side in (0.027, -0.027):
        if pen.view.facing((side, 0, 0), (side, 0.86, 0.2)) > 0:
            pen.face(
                [(side, y, z) for z, y in edge], Paint(paler(STEEL, 0.6), "metal", 0.3), on=True
            )


def hammer(pen: Pen, thing: Thing) -> None:
    """A hammer: handle and block."""
    _rod(pen, 0, 0.9, 0.03, Paint(thing.tone))
    pen.box((0, 0.9, 0.02), (0.13, 0.17, 0.42), _STEEL, nearer=0.02)


def sword(pen: Pen, thing: Thing) -> None:
    """A straight sword with a cross-guard."""
    blade = [(-0.032, 0.2), (0.032, 0.2), (0.026, 0.9), (0.0, 1.0), (-0.026, 0.9)]
    pen.plate(blade, 0.014, Paint(paler(STEEL, 0.35), "metal"))
    pen.stroke([(0.008, 0.22, 0), (0.008, 0.86, 0)], 0.012, Paint(darker(STEEL, 0.15), "metal", 0))
    pen.tube([(0, 0.19, -0.12), (0, 0.19, 0.12)], 0.019, Paint(BRASS, "metal"))
    _rod(pen, 0.03, 0.18, 0.018, Paint(thing.tone, "leather"))
    pen.ball((0, 0.02, 0), 0.03, Paint(BRASS, "metal"))


def knife(pen: Pen, thing: Thing) -> None:
    """A knife with a broad blade."""
    blade = [(-0.05, 0.42), (0.06, 0.42), (0.075, 0.6), (0.05, 0.85), (-0.05, 1.0)]
    pen.plate(blade, 0.02, Paint(paler(STEEL, 0.35), "metal"))
    _rod(pen, 0.04, 0.42, 0.045, Paint(thing.tone))


def staff(pen: Pen, thing: Thing) -> None:
    """A stick, a little crooked."""
    line = [(0, 0, 0), (0.008, 0.3, 0.006), (-0.008, 0.62, -0.006), (0.005, 1, 0.01)]
    pen.tube(line, [0.012, 0.015, 0.016, 0.02], Paint(thing.tone), curve=True)


def crook(pen: Pen, thing: Thing) -> None:
    """A shepherd's staff with a hook."""
    turn = np.linspace(np.pi, -0.4, 8)
    hook = [(0, 0.88 + 0.1 * np.sin(t), 0.1 + 0.1 * np.cos(t)) for t in turn]
    pen.tube([(0, 0, 0), (0, 0.5, 0), *hook], 0.016, Paint(thing.tone), curve=True)


def spear(pen: Pen, thing: Thing) -> None:
    """A spear."""
    _rod(pen, 0, 0.86, 0.011, Paint(thing.tone))
    pen.plate(
        [(-0.012, 0.84), (0.012, 0.84), (0.034, 0.89), (0, 1), (-0.034, 0.89)],
        0.012,
        _STEEL,
        nearer=0.02,
    )


def bow(pen: Pen, thing: Thing) -> None:
    """A bow, its string toward the holder."""
    line = [(0, 0.0, -0.1), (0, 0.14, 0.02), (0, 0.5, 0.1), (0, 0.86, 0.02), (0, 1.0, -0.1)]
    pen.tube(line, [0.01, 0.016, 0.022, 0.016, 0.01], Paint(thing.tone), curve=True)
    pen.stroke([line[0], line[-1]], 0.006, Paint(paler(thing.tone, 0.7), "cloth", 0))


def arrow(pen: Pen, _: Thing) -> None:
    """An arrow."""
    _rod(pen, 0.02, 0.9, 0.009, _SHAFT)
    pen.plate([(-0.03, 0.88), (0.03, 0.88), (0, 1)], 0.01, _STEEL)
    pen.plate(
        [(-0.035, 0), (0, 0.03), (0.035, 0), (0.035, 0.12), (0, 0.17), (-0.035, 0.12)],
        0.004,
        Paint((196, 70, 60), "feather"),
    )


def gun(pen: Pen, thing: Thing) -> None:
    """A pistol whose barrel points forward."""
    steel = Paint(darker(STEEL, 0.5), "metal")
    grip = [(-0.16, 0.0), (0.06, 0.0), (0.16, 0.42), (-0.06, 0.42)]
    pen.plate(grip, 0.12, Paint(thing.tone))
    pen.box((0, 0.5, 0.32), (0.11, 0.17, 0.92), steel, nearer=0.02)
    pen.tube([(0, 0.4, 0.2), (0, 0.25, 0.24), (0, 0.24, 0.36), (0, 0.4, 0.42)], 0.02, steel)


def rifle(pen: Pen, thing: Thing) -> None:
    """A long gun along its up axis."""
    stock = [(-0.12, 0.0), (0.02, 0.0), (0.02, 0.3), (0.02, 0.5), (-0.03, 0.5), (-0.03, 0.28)]
    pen.plate(stock, 0.04, Paint(thing.tone))
    pen.tube([(0, 0.3, 0.03), (0, 1.0, 0.03)], 0.016, Paint(darker(STEEL, 0.5), "metal"))


def shovel(pen: Pen, thing: Thing) -> None:
    """A spade, blade down."""
    _rod(pen, 0.24, 0.96, 0.018, Paint(thing.tone))
    pen.tube([(-0.07, 0.985, 0), (0.07, 0.985, 0)], 0.018, Paint(thing.tone))
    blade = [
        (-0.1, 0.28),
        (0.1, 0.28),
        (0.1, 0.1),
        (0.05, 0.02),
        (0, 0),
        (-0.05, 0.02),
        (-0.1, 0.1),
    ]
    pen.plate(blade, 0.02, _STEEL, normal="z", nearer=0.03)


def pickaxe(pen: Pen, thing: Thing) -> None:
    """A pick."""
    _rod(pen, 0, 0.97, 0.024, Paint(thing.tone))
    pen.tube(
        [(0, 0.82, -0.36), (0, 0.93, -0.15), (0, 0.95, 0.05), (0, 0.9, 0.24), (0, 0.8, 0.38)],
        [0.008, 0.03, 0.045, 0.03, 0.008],
        _STEEL,
        curve=True,
        nearer=0.03,
    )


def rake(pen: Pen, thing: Thing) -> None:
    """A rake or pitchfork, teeth up."""
    _rod(pen, 0, 0.82, 0.014, Paint(thing.tone))
    for x in (-0.08, 0.0, 0.08):
        pen.tube([(x, 0.82, 0), (x, 1.0, 0.02)], 0.009, _STEEL)
    pen.tube([(-0.085, 0.82, 0), (0.085, 0.82, 0)], 0.011, _STEEL)


def scythe(pen: Pen, thing: Thing) -> None:
    """A scythe."""
    pen.tube([(0, 0, 0), (0.01, 0.5, 0.03), (0, 0.98, 0)], 0.015, Paint(thing.tone), curve=True)
    blade = [(0.0, 0.98), (0.3, 0.95), (0.55, 0.78), (0.32, 0.88), (0.0, 0.91)]
    pen.plate(blade, 0.012, Paint(paler(STEEL, 0.3), "metal"), nearer=0.02)


def broom(pen: Pen, thing: Thing) -> None:
    """A besom, brush down."""
    _rod(pen, 0.28, 1.0, 0.016, _SHAFT)
    straw = Paint(thing.tone, "hair")
    pen.lathe([(0, 0.13), (0.1, 0.125), (0.26, 0.06), (0.32, 0.028)], straw)
    for x in (-0.07, -0.025, 0.025, 0.07):
        pen.stroke(
            [(x, 0.01, 0.1), (x * 0.45, 0.26, 0.05)],
            0.008,
            Paint(darker(thing.tone, 0.4), "crease", 0),
        )
    pen.tube([(-0.045, 0.27, 0), (0.045, 0.27, 0)], 0.02, Paint((150, 60, 50), "cloth"), nearer=0.1)


def brush(pen: Pen, thing: Thing) -> None:
    """A paint brush."""
    _rod(pen, 0, 0.7, 0.03, Paint(thing.tone))
    _rod(pen, 0.68, 0.8, 0.042, _STEEL)
    pen.tube(
        [(0, 0.79, 0), (0, 0.9, 0), (0, 1.0, 0)], [0.04, 0.045, 0.008], Paint((60, 70, 130), "hair")
    )


def saw(pen: Pen, thing: Thing) -> None:
    """A hand saw."""
    teeth = [(0.12 - 0.002 * n + (0.02 if n % 2 else 0), 0.3 + n * 0.05) for n in range(14)]
    pen.plate([(-0.1, 0.28), *teeth, (0.02, 1.0), (-0.1, 0.98)], 0.01, _STEEL)
    pen.plate([(-0.14, 0.02), (0.08, 0.0), (0.13, 0.3), (-0.12, 0.3)], 0.05, Paint(thing.tone))


def oar(pen: Pen, thing: Thing) -> None:
    """An oar, blade up."""
    _rod(pen, 0, 0.72, 0.013, Paint(thing.tone))
    pen.plate(
        [(-0.015, 0.7), (0.015, 0.7), (0.05, 0.8), (0.045, 1), (-0.045, 1), (-0.05, 0.8)],
        0.014,
        Paint(thing.tone),
        normal="z",
    )


def fishing_rod(pen: Pen, thing: Thing) -> None:
    """A fishing rod with line and float."""
    pen.tube(
        [(0, 0, 0), (0, 0.5, 0.02), (0, 0.85, 0.1), (0, 1, 0.2)],
        [0.014, 0.009, 0.005, 0.003],
        Paint(thing.tone),
        curve=True,
    )
    pen.stroke([(0, 1, 0.2), (0, 0.7, 0.24), (0, 0.25, 0.25)], 0.003, Paint(DARK, "crease", 0))
    pen.ball((0, 0.24, 0.25), 0.018, Paint((206, 60, 50), "wood"))
    pen.tube([(0, 0.12, 0.02), (0, 0.12, 0.05)], 0.028, Paint(darker(STEEL, 0.4), "metal"))


def wand(pen: Pen, thing: Thing) -> None:
    """A short wand with a star of light."""
    _rod(pen, 0, 0.86, 0.018, Paint(thing.tone))
    turn = np.linspace(0, 2 * np.pi, 10, endpoint=False) + np.pi / 2
    star = [
        (np.cos(t) * r, 0.88 + np.sin(t) * r) for t, r in zip(turn, [0.13, 0.055] * 5, strict=True)
    ]
    pen.plate(star, 0.03, Paint((250, 222, 120), "light", 0.8, glow=0.7), normal="z", nearer=0.03)


KINDS = {
    "axe": Kind(axe, "axe hatchet tomahawk chopper", "#8a6238", (0, 0.28, 0), "side"),
    "hammer": Kind(hammer, "hammer mallet sledgehammer gavel", "#8a6238", (0, 0.25, 0), "side"),
    "sword": Kind(
        sword,
        "sword sabre saber rapier blade scimitar cutlass",
        "#5a3426",
        (0, 0.11, 0),
        "side",
    ),
    "knife": Kind(
        knife, "knife dagger dirk penknife razor scissors", "#4a3428", (0, 0.22, 0), "side"
    ),
    "staff": Kind(
        staff,
        "staff stick cane branch rod pole twig club cudgel crutch",
        "#7c5a38",
        (0, 0.68, 0),
        "lean",
    ),
    "crook": Kind(crook, "crook", "#7c5a38", (0, 0.6, 0), "side"),
    "spear": Kind(
        spear, "spear lance javelin harpoon pike trident", "#7c5a38", (0, 0.5, 0), "side"
    ),
    "bow": Kind(bow, "bow longbow crossbow", "#6e4a2c", (0, 0.5, 0.1), "side"),
    "arrow": Kind(arrow, "arrow dart quiver", "#7c5a38", (0, 0.5, 0), "side"),
    "gun": Kind(gun, "gun pistol revolver handgun", "#4c3628", (0, 0.18, 0), "side"),
    "rifle": Kind(rifle, "rifle musket shotgun blunderbuss", "#6a4630", (0, 0.34, 0), "side"),
    "shovel": Kind(shovel, "shovel spade trowel", "#8a6238", (0, 0.66, 0), "lean"),
    "pickaxe": Kind(pickaxe, "pickaxe pick mattock hoe", "#8a6238", (0, 0.3, 0), "side"),
    "rake": Kind(rake, "rake pitchfork fork hayfork", "#8a6238", (0, 0.5, 0), "lean"),
    "scythe": Kind(scythe, "scythe sickle", "#8a6238", (0, 0.5, 0), "side"),
    "broom": Kind(broom, "broom broomstick besom mop", "#c09a50", (0, 0.64, 0), "lean"),
    "brush": Kind(
        brush,
        "brush paintbrush pen quill pencil chalk crayon",
        "#a8482e",
        (0, 0.35, 0),
        "lean",
    ),
    "saw": Kind(saw, "saw handsaw", "#8a6238", (0, 0.14, 0), "side"),
    "oar": Kind(oar, "oar paddle", "#a67c4c", (0, 0.2, 0), "lean"),
    "fishing-rod": Kind(
        fishing_rod, "fishing-rod fishingrod rod-and-line", "#6e4a2c", (0, 0.06, 0), "lean"
    ),
    "wand": Kind(wand, "wand sceptre scepter", "#4c3450", (0, 0.2, 0), "lean"),
}
