"""Furniture, doors and windows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.prop.kind import Kind, Thing
from stillreel.draw.prop.paint import BRASS, WOOD, Paint, darker, paler

if TYPE_CHECKING:
    from stillreel.draw.prop.solid import Pen


_GLASS = (168, 200, 212)


def chair(pen: Pen, thing: Thing) -> None:
    """A plain chair, seat to the front."""
    wood = Paint(thing.tone)
    for x in (-0.2, 0.2):
        pen.box((x, 0.24, 0.19), (0.055, 0.48, 0.055), wood)
        pen.box((x, 0.5, -0.19), (0.055, 1.0, 0.055), wood)
    pen.box((0, 0.49, 0), (0.48, 0.05, 0.46), Paint(paler(thing.tone, 0.1)), nearer=0.03)
    for y in (0.68, 0.82, 0.95):
        pen.box((0, y, -0.19), (0.4, 0.07, 0.03), wood)


def armchair(pen: Pen, thing: Thing) -> None:
    """An armchair or throne."""
    cloth = Paint(thing.tone, "cloth")
    pen.box((0, 0.6, -0.32), (0.72, 0.8, 0.16), cloth)
    for x in (-0.4, 0.4):
        pen.box((x, 0.31, 0.02), (0.15, 0.56, 0.76), cloth)
    pen.box((0, 0.22, 0.02), (0.66, 0.34, 0.68), Paint(paler(thing.tone, 0.12), "cloth"))


def stool(pen: Pen, thing: Thing) -> None:
    """A three-legged stool."""
    for t in (0.5, 2.6, 4.7):
        pen.tube(
            [(0.36 * np.cos(t), 0.03, 0.36 * np.sin(t)), (0.2 * np.cos(t), 0.85, 0.2 * np.sin(t))],
            0.045,
            Paint(thing.tone),
        )
    pen.lathe([(0.84, 0.38), (1.0, 0.4)], Paint(thing.tone), lid=paler(thing.tone, 0.2), nearer=0.1)


def table(pen: Pen, thing: Thing) -> None:
    """A table."""
    for x in (-0.44, 0.44):
        for z in (-0.24, 0.24):
            pen.box((x, 0.25, z), (0.06, 0.5, 0.06), Paint(thing.tone))
    pen.box((0, 0.52, 0), (1.0, 0.05, 0.6), Paint(paler(thing.tone, 0.1)), nearer=0.12)


def bench(pen: Pen, thing: Thing) -> None:
    """A bench with a back."""
    for x in (-0.42, 0.42):
        pen.box((x, 0.12, 0), (0.05, 0.24, 0.24), Paint(darker(thing.tone, 0.3)))
        pen.box((x, 0.28, -0.12), (0.05, 0.5, 0.04), Paint(darker(thing.tone, 0.3)))
    pen.box((0, 0.25, 0.0), (1.0, 0.04, 0.28), Paint(thing.tone), nearer=0.05)
    for y in (0.37, 0.48):
        pen.box((0, y, -0.11), (1.0, 0.07, 0.03), Paint(thing.tone))


def bed(pen: Pen, thing: Thing) -> None:
    """A bed, its foot to the front."""
    wood = Paint(WOOD)
    pen.box((0, 0.28, -0.5), (0.56, 0.56, 0.04), wood)
    pen.box((0, 0.12, 0), (0.54, 0.16, 0.98), Paint((236, 230, 216), "cloth"))
    pen.box((0, 0.24, 0.12), (0.56, 0.09, 0.76), Paint(thing.tone, "cloth"), nearer=0.06)
    pen.tube(
        [(-0.14, 0.27, -0.38), (0.14, 0.27, -0.38)],
        0.075,
        Paint((248, 244, 234), "cloth"),
        nearer=0.08,
    )
    pen.box((0, 0.17, 0.5), (0.56, 0.34, 0.04), wood)


def shelf(pen: Pen, thing: Thing) -> None:
    """A cupboard or bookcase with two doors."""
    pen.box((0, 0.5, 0), (0.62, 1.0, 0.34), Paint(thing.tone))
    if pen.view.facing((0, 0, 1), (0, 0.5, 0.17)) > 0.02:
        for x in (-0.148, 0.148):
            pen.face(
                [
                    (x - 0.12, 0.06, 0.172),
                    (x + 0.12, 0.06, 0.172),
                    (x + 0.12, 0.94, 0.172),
                    (x - 0.12, 0.94, 0.172),
                ],
                Paint(paler(thing.tone, 0.12), "wood", 0.6),
                on=True,
            )
            pen.spot((x * 0.3, 0.5, 0.175), (0, 0, 1), 0.018, Paint(BRASS, "metal", 0.4))


def door(pen: Pen, thing: Thing) -> None:
    """A door in its frame."""
    pen.box((0, 0.5, 0), (0.52, 1.0, 0.06), Paint(darker(thing.tone, 0.3)))
    for s in (1, -1):
        if pen.view.facing((0, 0, s), (0, 0.5, s * 0.03)) > 0.02:
            z = s * 0.033
            pen.face(
                [(-0.21, 0, z), (0.21, 0, z), (0.21, 0.94, z), (-0.21, 0.94, z)],
                Paint(thing.tone, "wood", 0.8),
                on=True,
            )
            for low, high in ((0.08, 0.42), (0.5, 0.86)):
                for x in (-0.1, 0.1):
                    pen.face(
                        [
                            (x - 0.075, low, z * 1.05),
                            (x + 0.075, low, z * 1.05),
                            (x + 0.075, high, z * 1.05),
                            (x - 0.075, high, z * 1.05),
                        ],
                        Paint(darker(thing.tone, 0.14), "wood", 0.5),
                        on=True,
                    )
            pen.spot((0.17 * s, 0.46, z * 1.2), (0, 0, s), 0.022, Paint(BRASS, "metal", 0.5))


def window(pen: Pen, thing: Thing) -> None:
    """A window with four panes."""
    pen.box((0, 0.5, 0), (0.8, 1.0, 0.08), Paint(thing.tone))
    for s in (1, -1):
        if pen.view.facing((0, 0, s), (0, 0.5, s * 0.04)) > 0.02:
            for x in (-0.18, 0.18):
                for y in (0.27, 0.73):
                    pen.face(
                        [
                            (x - 0.15, y - 0.19, s * 0.042),
                            (x + 0.15, y - 0.19, s * 0.042),
                            (x + 0.15, y + 0.19, s * 0.042),
                            (x - 0.15, y + 0.19, s * 0.042),
                        ],
                        Paint(_GLASS, "glass", 0.6),
                        on=True,
                    )


KINDS = {
    "chair": Kind(chair, "chair seat", "#8a5f38", (0.2, 0.9, -0.19)),
    "armchair": Kind(
        armchair, "armchair throne sofa couch wheelchair pram", "#8c4a40", (0.4, 0.58, 0)
    ),
    "stool": Kind(stool, "stool footstool tripod", "#8a5f38", (0.3, 0.9, 0)),
    "table": Kind(table, "table desk counter altar workbench", "#8a5f38", (0.48, 0.5, 0.28)),
    "bench": Kind(bench, "bench pew", "#8a6a45", (0.48, 0.25, 0)),
    "bed": Kind(bed, "bed cot bunk mattress hammock", "#6c7f9c", (0.26, 0.2, 0.5)),
    "cupboard": Kind(
        shelf,
        "cupboard wardrobe cabinet bookcase shelf dresser closet fridge stove",
        "#7c5634",
        (0.3, 0.5, 0.17),
    ),
    "door": Kind(door, "door gate doorway", "#7a5232", (0.17, 0.46, 0.05)),
    "window": Kind(window, "window", "#e4dcc8", (0.3, 0.1, 0.05)),
}
