"""What people climb, roll, row and drive."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.prop.kind import Kind, Thing
from stillreel.draw.prop.paint import DARK, STEEL, WOOD, Paint, darker, paler

if TYPE_CHECKING:
    from stillreel.draw.prop.solid import Pen


_SIDEWAYS = [[0, 0, 1], [1, 0, 0], [0, 1, 0]]
"""A frame whose up is the outer x: wheels turn in it."""


_GLASS = (168, 200, 212)


def ladder(pen: Pen, thing: Thing) -> None:
    """A ladder."""
    for x in (-0.12, 0.12):
        pen.tube([(x, 0, 0), (x * 0.8, 1, 0)], 0.016, Paint(thing.tone))
    for y in np.linspace(0.1, 0.92, 8):
        x = 0.12 - 0.024 * y
        pen.tube([(-x, y, 0), (x, y, 0)], 0.011, Paint(paler(thing.tone, 0.1)), nearer=0.01)


def _wheel(
    pen: Pen, at: tuple[float, float, float], r: float, tone: tuple[int, int, int], spokes: int
) -> None:
    """A wheel that rolls along z."""
    rim = pen.within(at, _SIDEWAYS)
    turn = np.linspace(0, 2 * np.pi, 29)
    for t in np.linspace(0, 2 * np.pi, spokes, endpoint=False):
        rim.tube(
            [(0, 0, 0), (r * 0.92 * np.cos(t), 0, r * 0.92 * np.sin(t))],
            r * 0.045,
            Paint(tone),
            nearer=0.0,
        )
    rim.tube(
        [(r * 0.92 * np.cos(t), 0, r * 0.92 * np.sin(t)) for t in turn],
        r * 0.1,
        Paint(darker(tone, 0.25)),
        nearer=0.01,
    )
    rim.tube([(0, -r * 0.1, 0), (0, r * 0.1, 0)], r * 0.16, Paint(darker(tone, 0.3)), nearer=0.02)


def wheel(pen: Pen, thing: Thing) -> None:
    """A spoked wheel."""
    _wheel(pen, (0, 0.5, 0), 0.5, thing.tone, 8)


def cart(pen: Pen, thing: Thing) -> None:
    """A two-wheeled cart with shafts to the front."""
    for x in (-0.2, 0.2):
        pen.tube(
            [(x * 0.8, 0.3, 0.1), (x * 0.7, 0.34, 0.62)], 0.016, Paint(darker(thing.tone, 0.2))
        )
    pen.box((0, 0.38, -0.1), (0.4, 0.2, 0.6), Paint(thing.tone))
    if pen.view.facing((0, 1, 0), (0, 0.48, 0)) > 0.03:
        pen.face(
            [
                (-0.17, 0.482, -0.37),
                (0.17, 0.482, -0.37),
                (0.17, 0.482, 0.17),
                (-0.17, 0.482, 0.17),
            ],
            Paint(darker(thing.tone, 0.45), "wood", 0.6),
            on=True,
        )
    for x in (-0.24, 0.24):
        _wheel(pen, (x, 0.23, -0.12), 0.23, darker(thing.tone, 0.15), 8)


def bicycle(pen: Pen, thing: Thing) -> None:
    """A bicycle that faces forward."""
    frame, dark = Paint(thing.tone, "metal"), Paint(DARK, "metal")
    for z in (-0.31, 0.31):
        hoop = pen.within((0, 0.19, z), _SIDEWAYS)
        turn = np.linspace(0, 2 * np.pi, 29)
        for t in np.linspace(0, np.pi, 5, endpoint=False):
            hoop.stroke(
                [
                    (0.18 * np.cos(t), 0, 0.18 * np.sin(t)),
                    (-0.18 * np.cos(t), 0, -0.18 * np.sin(t)),
                ],
                0.004,
                Paint(STEEL, "metal", 0),
                at=(0, 0, 0),
            )
        hoop.tube([(0.18 * np.cos(t), 0, 0.18 * np.sin(t)) for t in turn], 0.013, dark)
    seat, crank, neck = (0, 0.46, -0.13), (0, 0.18, -0.04), (0, 0.44, 0.2)
    for a, b in (
        (seat, crank),
        (crank, neck),
        (seat, neck),
        (seat, (0, 0.19, -0.31)),
        (crank, (0, 0.19, -0.31)),
        (neck, (0, 0.19, 0.31)),
        (neck, (0, 0.54, 0.19)),
    ):
        pen.tube([a, b], 0.013, frame, nearer=0.01)
    pen.tube([(-0.17, 0.56, 0.13), (0, 0.54, 0.19), (0.17, 0.56, 0.13)], 0.013, dark, nearer=0.02)
    pen.tube(
        [(0, 0.49, -0.2), (0, 0.5, -0.08)],
        [0.035, 0.02],
        Paint((84, 56, 40), "leather"),
        nearer=0.02,
    )
    for s in (-1, 1):
        pen.tube(
            [crank, (s * 0.06, 0.18 + s * 0.07, -0.04), (s * 0.11, 0.18 + s * 0.07, -0.04)],
            0.01,
            dark,
        )


def boat(pen: Pen, thing: Thing) -> None:
    """A rowing boat, bow forward."""
    stations = np.array([-0.5, -0.3, 0.0, 0.3, 0.5])
    wide = np.array([0.13, 0.19, 0.21, 0.15, 0.0])
    high = np.array([0.25, 0.22, 0.2, 0.23, 0.32])
    left = np.stack([wide, high, stations], axis=1)
    right = left * [-1, 1, 1]
    keel = np.stack([wide * 0, np.array([0.04, 0.01, 0.0, 0.02, 0.2]), stations], axis=1)
    rim = np.concatenate([left, right[::-1]])
    inside = Paint(darker(thing.tone, 0.4))
    for side in (left, right):
        outward = float(pen.view.eye[0]) * float(side[1, 0]) > 0
        for n in range(4):
            quad = np.array([side[n], side[n + 1], keel[n + 1], keel[n]])
            pen.face(
                quad,
                Paint(thing.tone if outward else darker(thing.tone, 0.3), "wood", 0.15),
                nearer=0.1 if outward else -0.1,
            )
    pen.face([left[0], right[0], keel[0]], Paint(darker(thing.tone, 0.12)), nearer=0.05)
    if pen.view.facing((0, 1, 0), (0, 0.22, 0)) > 0.0:
        pen.face(rim, inside, nearer=0.0)
        for z in (-0.26, 0.08):
            pen.box((0, 0.17, z), (0.32, 0.025, 0.09), Paint(paler(thing.tone, 0.15)), nearer=0.02)
    for side in (left, right):
        pen.tube(
            side,
            0.014,
            Paint(paler(thing.tone, 0.25)),
            curve=True,
            nearer=0.12 if float(pen.view.eye[0]) * float(side[1, 0]) > 0 else -0.02,
        )


def ship(pen: Pen, thing: Thing) -> None:
    """A sailing boat."""
    hull = [(-0.42, 0.2), (-0.34, 0.0), (0.32, 0.0), (0.5, 0.24), (0.0, 0.17)]
    pen.plate(hull, 0.22, Paint(thing.tone))
    pen.tube([(0, 0.16, 0.02), (0, 1, 0.02)], 0.014, Paint(WOOD))
    pen.plate([(0.06, 0.26), (0.4, 0.3), (0.06, 0.88)], 0.01, Paint((236, 226, 204), "cloth"))
    pen.plate([(-0.02, 0.26), (-0.4, 0.28), (-0.02, 0.96)], 0.01, Paint((244, 236, 218), "cloth"))


def car(pen: Pen, thing: Thing) -> None:
    """A small car, bonnet forward."""
    low = [
        (-0.5, 0.1),
        (0.5, 0.1),
        (0.5, 0.2),
        (0.46, 0.24),
        (0.2, 0.26),
        (-0.46, 0.26),
        (-0.5, 0.22),
    ]
    cabin = [(-0.38, 0.26), (0.2, 0.26), (0.1, 0.4), (-0.3, 0.4)]
    pen.plate(low, 0.42, Paint(thing.tone, "metal"), edge=darker(thing.tone, 0.12))
    pen.plate(cabin, 0.36, Paint(thing.tone, "metal"), edge=paler(thing.tone, 0.06), nearer=0.03)
    for s in (1.0, -1.0):
        x = s * 0.182
        if pen.view.facing((s, 0, 0), (x, 0.3, 0)) > 0.02:
            for z0, z1, t0, t1 in ((-0.33, -0.1, -0.28, -0.1), (-0.07, 0.17, -0.07, 0.085)):
                pen.face(
                    [(x, 0.275, z0), (x, 0.275, z1), (x, 0.38, t1), (x, 0.38, t0)],
                    Paint(_GLASS, "glass", 0.6),
                    on=True,
                )
    for way, front, low_z, high_z in ((1, 0.15, 0.187, 0.115), (-1, -0.35, -0.377, -0.312)):
        if pen.view.facing((0, 0.45, way), (0, 0.33, front)) > 0:
            pane = [(-0.155, 0.28, low_z), (0.155, 0.28, low_z)]
            pane += [(0.14, 0.385, high_z), (-0.14, 0.385, high_z)]
            pen.face(pane, Paint(_GLASS, "glass", 0.6), on=True)
    for x in (-0.15, 0.15):
        pen.spot((x, 0.19, 0.503), (0, 0, 1), 0.04, Paint((255, 244, 200), "light", 0.5, glow=0.3))
        pen.spot((x, 0.19, -0.503), (0, 0, -1), 0.03, Paint((200, 50, 44), "light", 0.4, glow=0.2))
    for z in (-0.3, 0.31):
        for s in (-1, 1):
            tyre = pen.within((s * 0.2, 0.095, z), _SIDEWAYS)
            seen = pen.view.facing((s, 0, 0), (s * 0.2, 0.1, z)) > 0
            tyre.lathe(
                [(-0.035, 0.095), (0.035, 0.095)],
                Paint((44, 42, 46), "metal"),
                lid=(44, 42, 46) if s > 0 else None,
                nearer=0.08 if seen else -0.3,
            )
            tyre.spot((0, s * 0.037, 0), (0, s, 0), 0.05, Paint(STEEL, "metal", 0.4))


KINDS = {
    "ladder": Kind(ladder, "ladder stepladder", "#a67c4c", (0, 0.45, 0.0)),
    "wheel": Kind(wheel, "wheel tyre tire", "#8a6238", (0, 0.94, 0)),
    "cart": Kind(
        cart,
        "cart wagon carriage barrow wheelbarrow coach sledge sled sleigh",
        "#8f6238",
        (0.14, 0.34, 0.6),
    ),
    "bicycle": Kind(
        bicycle,
        "bicycle bike cycle scooter tricycle motorcycle motorbike",
        "#3f7a6c",
        (0.17, 0.56, 0.13),
    ),
    "boat": Kind(boat, "boat rowboat canoe dinghy raft punt", "#9c5a38", (0.2, 0.2, 0)),
    "ship": Kind(ship, "ship sailboat yacht vessel schooner galleon", "#7c4a34", (0, 0.1, -0.3)),
    "car": Kind(
        car,
        "car automobile taxi van truck lorry bus vehicle jeep tractor",
        "#3f6f9c",
        (0.2, 0.24, 0),
    ),
}
