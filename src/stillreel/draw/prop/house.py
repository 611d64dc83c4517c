"""Furniture, and what people travel in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.prop.kind import Kind, Thing
from stillreel.draw.prop.solid import BRASS, DARK, STEEL, WOOD, Paint, darker, paler

if TYPE_CHECKING:
    from stillreel.draw.prop.solid import Pen

_SIDEWAYS = [[0, 0, 1], [1, 0, 0], [0, 1, 0]]
"""A frame whose up is the outer x: wheels turn in it."""
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
        pen.tube([(0.36 * np.cos(t), 0.03, 0.36 * np.sin(t)), (0.2 * np.cos(t), 0.85, 0.2 * np.sin(t))], 0.045, Paint(thing.tone))
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
    pen.tube([(-0.14, 0.27, -0.38), (0.14, 0.27, -0.38)], 0.075, Paint((248, 244, 234), "cloth"), nearer=0.08)
    pen.box((0, 0.17, 0.5), (0.56, 0.34, 0.04), wood)


def shelf(pen: Pen, thing: Thing) -> None:
    """A cupboard or bookcase with two doors."""
    pen.box((0, 0.5, 0), (0.62, 1.0, 0.34), Paint(thing.tone))
    if pen.view.facing((0, 0, 1), (0, 0.5, 0.17)) > 0.02:
        for x in (-0.148, 0.148):
            pen.face([(x - 0.12, 0.06, 0.172), (x + 0.12, 0.06, 0.172), (x + 0.12, 0.94, 0.172), (x - 0.12, 0.94, 0.172)], Paint(paler(thing.tone, 0.12), "wood", 0.6), on=True)
            pen.spot((x * 0.3, 0.5, 0.175), (0, 0, 1), 0.018, Paint(BRASS, "metal", 0.4))


def door(pen: Pen, thing: Thing) -> None:
    """A door in its frame."""
    pen.box((0, 0.5, 0), (0.52, 1.0, 0.06), Paint(darker(thing.tone, 0.3)))
    for s in (1, -1):
        if pen.view.facing((0, 0, s), (0, 0.5, s * 0.03)) > 0.02:
            z = s * 0.033
            pen.face([(-0.21, 0, z), (0.21, 0, z), (0.21, 0.94, z), (-0.21, 0.94, z)], Paint(thing.tone, "wood", 0.8), on=True)
            for low, high in ((0.08, 0.42), (0.5, 0.86)):
                for x in (-0.1, 0.1):
                    pen.face([(x - 0.075, low, z * 1.05), (x + 0.075, low, z * 1.05), (x + 0.075, high, z * 1.05), (x - 0.075, high, z * 1.05)], Paint(darker(thing.tone, 0.14), "wood", 0.5), on=True)
            pen.spot((0.17 * s, 0.46, z * 1.2), (0, 0, s), 0.022, Paint(BRASS, "metal", 0.5))


def window(pen: Pen, thing: Thing) -> None:
    """A window with four panes."""
    pen.box((0, 0.5, 0), (0.8, 1.0, 0.08), Paint(thing.tone))
    for s in (1, -1):
        if pen.view.facing((0, 0, s), (0, 0.5, s * 0.04)) > 0.02:
            for x in (-0.18, 0.18):
                for y in (0.27, 0.73):
                    pen.face([(x - 0.15, y - 0.19, s * 0.042), (x + 0.15, y - 0.19, s * 0.042), (x + 0.15, y + 0.19, s * 0.042), (x - 0.15, y + 0.19, s * 0.042)], Paint(_GLASS, "glass", 0.6), on=True)


def ladder(pen: Pen, thing: Thing) -> None:
    """A ladder."""
    for x in (-0.12, 0.12):
        pen.tube([(x, 0, 0), (x * 0.8, 1, 0)], 0.016, Paint(thing.tone))
    for y in np.linspace(0.1, 0.92, 8):
        x = 0.12 - 0.024 * y
        pen.tube([(-x, y, 0), (x, y, 0)], 0.011, Paint(paler(thing.tone, 0.1)), nearer=0.01)


def _wheel(pen: Pen, at: tuple[float, float, float], r: float, tone: tuple[int, int, int], spokes: int) -> None:
    """A wheel that rolls along z."""
    rim = pen.within(at, _SIDEWAYS)
    turn = np.linspace(0, 2 * np.pi, 29)
    for t in np.linspace(0, 2 * np.pi, spokes, endpoint=False):
        rim.tube([(0, 0, 0), (r * 0.92 * np.cos(t), 0, r * 0.92 * np.sin(t))], r * 0.045, Paint(tone), nearer=0.0)
    rim.tube([(r * 0.92 * np.cos(t), 0, r * 0.92 * np.sin(t)) for t in turn], r * 0.1, Paint(darker(tone, 0.25)), nearer=0.01)
    rim.tube([(0, -r * 0.1, 0), (0, r * 0.1, 0)], r * 0.16, Paint(darker(tone, 0.3)), nearer=0.02)


def wheel(pen: Pen, thing: Thing) -> None:
    """A spoked wheel."""
    _wheel(pen, (0, 0.5, 0), 0.5, thing.tone, 8)


def cart(pen: Pen, thing: Thing) -> None:
    """A two-wheeled cart with shafts to the front."""
    for x in (-0.2, 0.2):
        pen.tube([(x * 0.8, 0.3, 0.1), (x * 0.7, 0.34, 0.62)], 0.016, Paint(darker(thing.tone, 0.2)))
    pen.box((0, 0.38, -0.1), (0.4, 0.2, 0.6), Paint(thing.tone))
    if pen.view.facing((0, 1, 0), (0, 0.48, 0)) > 0.03:
        pen.face([(-0.17, 0.482, -0.37), (0.17, 0.482, -0.37), (0.17, 0.482, 0.17), (-0.17, 0.482, 0.17)], Paint(darker(thing.tone, 0.45), "wood", 0.6), on=True)
    for x in (-0.24, 0.24):
        _wheel(pen, (x, 0.23, -0.12), 0.23, darker(thing.tone, 0.15), 8)


def bicycle(pen: Pen, thing: Thing) -> None:
    """A bicycle that faces forward."""
    frame, dark = Paint(thing.tone, "metal"), Paint(DARK, "metal")
    for z in (-0.31, 0.31):
        hoop = pen.within((0, 0.19, z), _SIDEWAYS)
        turn = np.linspace(0, 2 * np.pi, 29)
        for t in np.linspace(0, np.pi, 5, endpoint=False):
            hoop.stroke([(0.18 * np.cos(t), 0, 0.18 * np.sin(t)), (-0.18 * np.cos(t), 0, -0.18 * np.sin(t))], 0.004, Paint(STEEL, "metal", 0), at=(0, 0, 0))
        hoop.tube([(0.18 * np.cos(t), 0, 0.18 * np.sin(t)) for t in turn], 0.013, dark)
    seat, crank, neck = (0, 0.46, -0.13), (0, 0.18, -0.04), (0, 0.44, 0.2)
    for a, b in ((seat, crank), (crank, neck), (seat, neck), (seat, (0, 0.19, -0.31)), (crank, (0, 0.19, -0.31)), (neck, (0, 0.19, 0.31)), (neck, (0, 0.54, 0.19))):
        pen.tube([a, b], 0.013, frame, nearer=0.01)
    pen.tube([(-0.17, 0.56, 0.13), (0, 0.54, 0.19), (0.17, 0.56, 0.13)], 0.013, dark, nearer=0.02)
    pen.tube([(0, 0.49, -0.2), (0, 0.5, -0.08)], [0.035, 0.02], Paint((84, 56, 40), "leather"), nearer=0.02)
    for s in (-1, 1):
        pen.tube([crank, (s * 0.06, 0.18 + s * 0.07, -0.04), (s * 0.11, 0.18 + s * 0.07, -0.04)], 0.01, dark)


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
            pen.face(quad, Paint(thing.tone if outward else darker(thing.tone, 0.3), "wood", 0.15), nearer=0.1 if outward else -0.1)
    pen.face([left[0], right[0], keel[0]], Paint(darker(thing.tone, 0.12)), nearer=0.05)
    if pen.view.facing((0, 1, 0), (0, 0.22, 0)) > 0.0:
        pen.face(rim, inside, nearer=0.0)
        for z in (-0.26, 0.08):
            pen.box((0, 0.17, z), (0.32, 0.025, 0.09), Paint(paler(thing.tone, 0.15)), nearer=0.02)
    for side in (left, right):
        pen.tube(side, 0.014, Paint(paler(thing.tone, 0.25)), curve=True, nearer=0.12 if float(pen.view.eye[0]) * float(side[1, 0]) > 0 else -0.02)


def ship(pen: Pen, thing: Thing) -> None:
    """A sailing boat."""
    hull = [(-0.42, 0.2), (-0.34, 0.0), (0.32, 0.0), (0.5, 0.24), (0.0, 0.17)]
    pen.plate(hull, 0.22, Paint(thing.tone))
    pen.tube([(0, 0.16, 0.02), (0, 1, 0.02)], 0.014, Paint(WOOD))
    pen.plate([(0.06, 0.26), (0.4, 0.3), (0.06, 0.88)], 0.01, Paint((236, 226, 204), "cloth"))
    pen.plate([(-0.02, 0.26), (-0.4, 0.28), (-0.02, 0.96)], 0.01, Paint((244, 236, 218), "cloth"))


def car(pen: Pen, thing: Thing) -> None:
    """A small car, bonnet forward."""
    low = [(-0.5, 0.1), (0.5, 0.1), (0.5, 0.2), (0.46, 0.24), (0.2, 0.26), (-0.46, 0.26), (-0.5, 0.22)]
    cabin = [(-0.38, 0.26), (0.2, 0.26), (0.1, 0.4), (-0.3, 0.4)]
    pen.plate(low, 0.42, Paint(thing.tone, "metal"), edge=darker(thing.tone, 0.12))
    pen.plate(cabin, 0.36, Paint(thing.tone, "metal"), edge=paler(thing.tone, 0.06), nearer=0.03)
    for s in (1.0, -1.0):
        x = s * 0.182
        if pen.view.facing((s, 0, 0), (x, 0.3, 0)) > 0.02:
            for z0, z1, t0, t1 in ((-0.33, -0.1, -0.28, -0.1), (-0.07, 0.17, -0.07, 0.085)):
                pen.face([(x, 0.275, z0), (x, 0.275, z1), (x, 0.38, t1), (x, 0.38, t0)], Paint(_GLASS, "glass", 0.6), on=True)
    if pen.view.facing((0, 0.5, 1), (0, 0.33, 0.15)) > 0:
        pen.face([(-0.155, 0.28, 0.187), (0.155, 0.28, 0.187), (0.14, 0.385, 0.115), (-0.14, 0.385, 0.115)], Paint(_GLASS, "glass", 0.6), on=True)
    elif pen.view.facing((0, 0.4, -1), (0, 0.33, -0.35)) > 0:
        pen.face([(-0.155, 0.28, -0.377), (0.155, 0.28, -0.377), (0.14, 0.385, -0.312), (-0.14, 0.385, -0.312)], Paint(_GLASS, "glass", 0.6), on=True)
    for x in (-0.15, 0.15):
        pen.spot((x, 0.19, 0.503), (0, 0, 1), 0.04, Paint((255, 244, 200), "light", 0.5, glow=0.3))
        pen.spot((x, 0.19, -0.503), (0, 0, -1), 0.03, Paint((200, 50, 44), "light", 0.4, glow=0.2))
    for z in (-0.3, 0.31):
        for s in (-1, 1):
            tyre = pen.within((s * 0.2, 0.095, z), _SIDEWAYS)
            tyre.lathe([(-0.035, 0.095), (0.035, 0.095)], Paint((44, 42, 46), "metal"), lid=(44, 42, 46) if s > 0 else None, nearer=0.08)
            tyre.spot((0, s * 0.037, 0), (0, s, 0), 0.05, Paint(STEEL, "metal", 0.4))


def stone(pen: Pen, thing: Thing) -> None:
    """A stone."""
    pen.tube([(-0.2, 0.2, 0.0), (0.05, 0.26, 0.05), (0.26, 0.17, -0.02)], [0.2, 0.27, 0.17], Paint(thing.tone, "rock"))
    pen.stroke([(-0.1, 0.42, 0.2), (0.06, 0.3, 0.3), (0.02, 0.2, 0.31)], 0.02, Paint(darker(thing.tone, 0.35), "crease", 0))


def shell(pen: Pen, thing: Thing) -> None:
    """A fan shell."""
    turn = np.linspace(0.35, np.pi - 0.35, 9)
    rim = [(0.55 * np.cos(t) * (1 + 0.04 * (n % 2)), 0.1 + 0.85 * np.sin(t) * (1 + 0.03 * (n % 2))) for n, t in enumerate(turn)]
    pen.plate([(0.08, 0.02), *rim, (-0.08, 0.02)], 0.16, Paint(thing.tone, "rock"), normal="z")
    if pen.view.facing((0, 0, 1), (0, 0.5, 0.08)) > 0:
        for x, y in rim[1:-1]:
            pen.stroke([(0, 0.05, 0.082), (x * 0.9, y * 0.93, 0.082)], 0.022, Paint(darker(thing.tone, 0.28), "crease", 0))


def feather(pen: Pen, thing: Thing) -> None:
    """A feather."""
    half = [(0.0, 0.2), (0.07, 0.32), (0.11, 0.55), (0.09, 0.8), (0.02, 1.0)]
    pen.plate([*half, *[(-x * 0.8, y) for x, y in half[-2::-1]]], 0.01, Paint(thing.tone, "feather"), normal="z")
    pen.tube([(0.02, 0, 0), (0, 0.3, 0), (0, 0.92, 0)], [0.014, 0.012, 0.004], Paint(paler(thing.tone, 0.6), "feather", 0.4), nearer=0.02)


def flower(pen: Pen, thing: Thing) -> None:
    """A flower on its stem, its face up and forward."""
    green = (88, 128, 66)
    pen.tube([(0, 0, 0), (0.02, 0.4, 0.01), (0, 0.82, 0.03)], 0.022, Paint(green, "foliage"), curve=True)
    for s, y in ((1, 0.3), (-1, 0.45)):
        pen.plate([(0, y), (s * 0.12, y + 0.14), (s * 0.26, y + 0.16), (s * 0.16, y + 0.04)], 0.015, Paint(green, "foliage"), normal="z")
    face = pen.within((0, 0.85, 0.04), [[1, 0, 0], [0, 0.8, -0.6], [0, 0.6, 0.8]])
    for t in np.linspace(0, 2 * np.pi, 6, endpoint=False):
        petal = [(np.cos(t + d) * r, np.sin(t + d) * r, 0.03 * (r > 0.1)) for d, r in ((0, 0.02), (-0.38, 0.12), (-0.26, 0.21), (0, 0.235), (0.26, 0.21), (0.38, 0.12))]
        face.face(petal, Paint(thing.tone, "blossom", 0.8))
    face.ball((0, 0, 0.03), 0.065, Paint((236, 190, 72), "blossom", 0.7), nearer=0.05)


def bouquet(pen: Pen, thing: Thing) -> None:
    """A bunch of flowers in paper."""
    for n, (x, z, y) in enumerate(((-0.2, 0, 0.72), (0.2, 0.02, 0.74), (0, 0.12, 0.7), (-0.1, -0.12, 0.86), (0.12, -0.1, 0.86), (0, 0, 0.92))):
        bloom = pen.within((x, y - 0.5, z), np.eye(3), 0.55)
        flower(bloom, Thing(thing.tone if n % 2 else paler(thing.tone, 0.35)))
    pen.lathe([(0, 0.05), (0.3, 0.1), (0.58, 0.27)], Paint((232, 220, 192), "paper"), nearer=0.2)


def leaf(pen: Pen, thing: Thing) -> None:
    """A leaf."""
    half = [(0, 0.18), (0.16, 0.32), (0.22, 0.52), (0.12, 0.8), (0, 1)]
    pen.plate([*half, *[(-x, y) for x, y in half[-2:0:-1]]], 0.01, Paint(thing.tone, "foliage"), normal="z")
    pen.tube([(0, 0, 0), (0, 0.9, 0)], [0.015, 0.006], Paint(darker(thing.tone, 0.3), "foliage", 0.3), nearer=0.02)


def tree(pen: Pen, thing: Thing) -> None:
    """A small tree or bush."""
    pen.tube([(0, 0, 0), (0, 0.5, 0)], [0.06, 0.04], Paint((108, 78, 54), "trunk"))
    for n, (x, y, z, r) in enumerate(((-0.17, 0.6, 0, 0.19), (0.17, 0.58, 0.03, 0.19), (0, 0.56, 0.12, 0.18), (0, 0.78, 0, 0.22))):
        pen.ball((x, y, z), r, Paint(paler(thing.tone, 0.06 * n), "foliage"))


KINDS = {
    "chair": Kind(chair, "chair seat", "#8a5f38", 0.95, (0.2, 0.9, -0.19)),
    "armchair": Kind(armchair, "armchair throne sofa couch wheelchair pram", "#8c4a40", 1.0, (0.4, 0.58, 0)),
    "stool": Kind(stool, "stool footstool tripod", "#8a5f38", 0.45, (0.3, 0.9, 0)),
    "table": Kind(table, "table desk counter altar workbench", "#8a5f38", 1.4, (0.48, 0.5, 0.28)),
    "bench": Kind(bench, "bench pew", "#8a6a45", 1.6, (0.48, 0.25, 0)),
    "bed": Kind(bed, "bed cot bunk mattress hammock", "#6c7f9c", 2.0, (0.26, 0.2, 0.5)),
    "cupboard": Kind(shelf, "cupboard wardrobe cabinet bookcase shelf dresser closet fridge stove", "#7c5634", 1.9, (0.3, 0.5, 0.17)),
    "door": Kind(door, "door gate doorway", "#7a5232", 2.05, (0.17, 0.46, 0.05)),
    "window": Kind(window, "window", "#e4dcc8", 1.2, (0.3, 0.1, 0.05)),
    "ladder": Kind(ladder, "ladder stepladder", "#a67c4c", 2.6, (0, 0.45, 0.0)),
    "wheel": Kind(wheel, "wheel tyre tire", "#8a6238", 0.8, (0, 0.94, 0)),
    "cart": Kind(cart, "cart wagon carriage barrow wheelbarrow coach sledge sled sleigh", "#8f6238", 2.4, (0.14, 0.34, 0.6)),
    "bicycle": Kind(bicycle, "bicycle bike cycle scooter tricycle motorcycle motorbike", "#3f7a6c", 1.7, (0.17, 0.56, 0.13)),
    "boat": Kind(boat, "boat rowboat canoe dinghy raft punt", "#9c5a38", 3.0, (0.2, 0.2, 0)),
    "ship": Kind(ship, "ship sailboat yacht vessel schooner galleon", "#7c4a34", 5.0, (0, 0.1, -0.3)),
    "car": Kind(car, "car automobile taxi van truck lorry bus vehicle jeep tractor", "#3f6f9c", 4.0, (0.2, 0.24, 0)),
    "stone": Kind(stone, "stone rock boulder brick coal", "#8d8a86", 0.22, (0, 0.2, 0.1)),
    "shell": Kind(shell, "shell seashell conch", "#e2b49c", 0.12, (0, 0.1, 0)),
    "feather": Kind(feather, "feather plume", "#d9dde2", 0.26, (0, 0.06, 0)),
    "flower": Kind(flower, "flower rose daisy lily tulip poppy blossom violet daffodil bluebell", "#d3566a", 0.4, (0, 0.2, 0)),
    "bouquet": Kind(bouquet, "bouquet posy wreath garland flowers nosegay", "#d3566a", 0.45, (0, 0.15, 0)),
    "leaf": Kind(leaf, "leaf leaves palm herb grass wheat", "#6f9a4c", 0.14, (0, 0.08, 0)),
    "tree": Kind(tree, "tree bush shrub plant sapling", "#5f8a4c", 2.5, (0, 0.3, 0)),
}  # fmt: skip
