"""What holds something: cups, baskets, sacks and chests."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.prop.kind import Kind, Thing
from stillreel.draw.prop.paint import BRASS, DARK, STEEL, WOOD, Paint, darker, paler

if TYPE_CHECKING:
    from stillreel.draw.prop.solid import Pen


def _bail(pen: Pen, y: float, r: float, high: float, thick: float, paint: Paint) -> None:
    """A handle arching over the top."""
    turn = np.linspace(0, np.pi, 9)
    pen.tube([(r * np.cos(t), y + high * np.sin(t), 0) for t in turn], thick, paint)


def cup(pen: Pen, thing: Thing) -> None:
    """A cup with an ear to the holder's side."""
    paint = Paint(thing.tone, "rock")
    turn = np.linspace(-1.2, 1.2, 6)
    pen.tube([(0, 0.5 + 0.3 * np.sin(t), -0.36 - 0.26 * np.cos(t)) for t in turn], 0.05, paint)
    pen.lathe(
        [(0, 0.26), (0.04, 0.3), (0.5, 0.4), (1, 0.43)], paint, mouth=darker(thing.tone, 0.45)
    )


def goblet(pen: Pen, thing: Thing) -> None:
    """A goblet."""
    pen.lathe(
        [(0, 0.26), (0.04, 0.24), (0.08, 0.06), (0.42, 0.05), (0.52, 0.22), (0.72, 0.3), (1, 0.27)],
        Paint(thing.tone, "metal"),
        curve=True,
        mouth=(120, 36, 44),
    )


def bottle(pen: Pen, thing: Thing) -> None:
    """A bottle with a label."""
    pen.lathe(
        [(0, 0.15), (0.02, 0.165), (0.55, 0.165), (0.68, 0.13), (0.76, 0.055), (0.96, 0.055)],
        Paint(thing.tone, "glass"),
    )
    pen.lathe([(0.2, 0.168), (0.44, 0.168)], Paint((232, 220, 190), "paper", 0.5), nearer=0.2)
    pen.lathe([(0.93, 0.06), (1, 0.055)], Paint(WOOD), lid=paler(WOOD, 0.2), nearer=0.1)


def jug(pen: Pen, thing: Thing) -> None:
    """A jug, jar or vase."""
    paint = Paint(thing.tone, "rock")
    turn = np.linspace(-1.3, 1.3, 7)
    pen.tube([(0, 0.58 + 0.3 * np.sin(t), -0.24 - 0.2 * np.cos(t)) for t in turn], 0.04, paint)
    pen.lathe(
        [(0, 0.2), (0.1, 0.3), (0.36, 0.37), (0.6, 0.3), (0.8, 0.18), (0.92, 0.19), (1, 0.24)],
        paint,
        curve=True,
        mouth=darker(thing.tone, 0.5),
    )


def kettle(pen: Pen, thing: Thing) -> None:
    """A kettle or cauldron with a spout and a bail."""
    paint = Paint(thing.tone, "metal")
    pen.tube([(0, 0.26, 0.3), (0, 0.42, 0.46), (0, 0.54, 0.5)], [0.09, 0.06, 0.04], paint)
    pen.lathe(
        [(0, 0.3), (0.08, 0.38), (0.3, 0.42), (0.5, 0.32), (0.58, 0.2), (0.66, 0.05)],
        paint,
        curve=True,
    )
    _bail(pen, 0.45, 0.34, 0.5, 0.03, Paint(darker(thing.tone, 0.4), "metal"))


def plate(pen: Pen, thing: Thing) -> None:
    """A plate."""
    pen.lathe(
        [(0, 0.28), (0.05, 0.4), (0.09, 0.5)], Paint(thing.tone, "rock"), lid=paler(thing.tone, 0.3)
    )
    pen.spot((0, 0.085, 0), (0, 1, 0), 0.33, Paint(darker(thing.tone, 0.08), "rock", 0.4))


def bowl(pen: Pen, thing: Thing) -> None:
    """A bowl with something in it."""
    pen.lathe(
        [(0, 0.2), (0.04, 0.2), (0.16, 0.38), (0.4, 0.5)],
        Paint(thing.tone, "rock"),
        mouth=darker(thing.tone, 0.4),
    )
    pen.spot((0, 0.34, 0), (0, 1, 0), 0.4, Paint((196, 140, 78), "rock", 0.3))


def pan(pen: Pen, thing: Thing) -> None:
    """A pan with a long handle forward."""
    paint = Paint(thing.tone, "metal")
    pen.tube([(0, 0.12, -0.1), (0, 0.16, -0.62)], 0.03, Paint(darker(thing.tone, 0.3), "wood"))
    pen.lathe([(0, 0.26), (0.14, 0.34)], paint, at=(0, 0, 0.2), mouth=darker(thing.tone, 0.4))


def spoon(pen: Pen, thing: Thing) -> None:
    """A spoon."""
    pen.tube([(0, 0, 0), (0, 0.7, 0)], [0.035, 0.022], Paint(thing.tone, "metal"))
    pen.plate(
        [
            (np.cos(t) * 0.1, 0.84 + np.sin(t) * 0.16)
            for t in np.linspace(0, 6.28, 16, endpoint=False)
        ],
        0.03,
        Paint(thing.tone, "metal"),
        normal="z",
    )


def basket(pen: Pen, thing: Thing) -> None:
    """A woven basket with a bail."""
    weave = Paint(darker(thing.tone, 0.35), "crease", 0)
    pen.lathe(
        [(0, 0.3), (0.1, 0.36), (0.46, 0.44)], Paint(thing.tone), mouth=darker(thing.tone, 0.55)
    )
    turn = np.linspace(0, 2 * np.pi, 25)
    for y, r in ((0.12, 0.37), (0.24, 0.395), (0.36, 0.42)):
        _hoop(pen, y, r, 0.018, weave)
    for t in turn[::2]:
        base, top = (
            (np.cos(t) * 0.32, 0.02, np.sin(t) * 0.32),
            (np.cos(t) * 0.43, 0.44, np.sin(t) * 0.43),
        )
        if pen.view.facing((np.cos(t), 0, np.sin(t)), top) > 0.1:
            pen.stroke([base, top], 0.014, weave)
    _bail(pen, 0.44, 0.42, 0.5, 0.028, Paint(thing.tone))


def _hoop(pen: Pen, y: float, r: float, thick: float, paint: Paint) -> None:
    """The near half of a ring around a turned thing."""
    turn = np.linspace(0, 2 * np.pi, 49)[:-1]
    ring = np.stack([np.cos(turn) * r, np.full(48, y), np.sin(turn) * r], axis=1)
    way = pen.view.eye - np.array([0, y, 0])
    seen = ring @ (way * [1, 0, 1]) > 0
    start = int(np.argmax(seen & ~np.roll(seen, 1)))
    line = np.roll(ring, -start, axis=0)[np.roll(seen, -start)]
    if len(line) > 1:
        pen.stroke(line, thick, paint)


def bucket(pen: Pen, thing: Thing) -> None:
    """A bucket with water in it."""
    pen.lathe([(0, 0.26), (0.62, 0.38)], Paint(thing.tone, "metal"), mouth=darker(thing.tone, 0.5))
    pen.spot((0, 0.52, 0), (0, 1, 0), 0.35, Paint((112, 160, 190), "water", 0.3))
    _hoop(pen, 0.5, 0.36, 0.03, Paint(darker(thing.tone, 0.35), "metal", 0))
    _bail(pen, 0.58, 0.37, 0.42, 0.016, Paint(darker(STEEL, 0.4), "metal"))


def barrel(pen: Pen, thing: Thing) -> None:
    """A barrel with iron hoops."""
    pen.lathe(
        [(0, 0.28), (0.2, 0.34), (0.5, 0.37), (0.8, 0.34), (1, 0.28)],
        Paint(thing.tone),
        lid=paler(thing.tone, 0.15),
    )
    for t in np.linspace(0, 2 * np.pi, 13)[:-1]:
        out = (np.cos(t), 0, np.sin(t))
        if pen.view.facing(out, np.array(out) * 0.35 + [0, 0.5, 0]) > 0.12:
            line = [
                (out[0] * r, y, out[2] * r)
                for y, r in ((0, 0.28), (0.25, 0.35), (0.5, 0.37), (0.75, 0.35), (1, 0.28))
            ]
            pen.stroke(line, 0.01, Paint(darker(thing.tone, 0.35), "crease", 0))
    for y, r in ((0.12, 0.322), (0.36, 0.362), (0.64, 0.362), (0.88, 0.322)):
        _hoop(pen, y, r, 0.045, Paint(darker(STEEL, 0.45), "metal", 0.4))


def sack(pen: Pen, thing: Thing) -> None:
    """A tied sack."""
    cloth = Paint(thing.tone, "cloth")
    pen.lathe(
        [
            (0, 0.32),
            (0.06, 0.38),
            (0.3, 0.4),
            (0.55, 0.32),
            (0.74, 0.12),
            (0.78, 0.08),
            (0.86, 0.13),
            (0.96, 0.2),
        ],
        cloth,
        curve=True,
        mouth=darker(thing.tone, 0.4),
    )
    for x in (-0.2, 0.05, 0.22):
        pen.stroke(
            [(x * 0.3, 0.72, 0.1), (x * 0.8, 0.55, 0.3), (x, 0.4, 0.36)],
            0.016,
            Paint(darker(thing.tone, 0.4), "crease", 0),
        )
    _hoop(pen, 0.77, 0.1, 0.05, Paint(darker(thing.tone, 0.55), "cloth", 0.5))


def bag(pen: Pen, thing: Thing) -> None:
    """A satchel or handbag."""
    leather = Paint(thing.tone, "leather")
    turn = np.linspace(0, np.pi, 9)
    pen.tube(
        [(0.3 * np.cos(t), 0.6 + 0.38 * np.sin(t), 0) for t in turn],
        0.025,
        Paint(darker(thing.tone, 0.3), "leather"),
    )
    pen.box((0, 0.32, 0), (0.86, 0.64, 0.3), leather)
    if pen.view.facing((0, 0, 1), (0, 0.4, 0.15)) > 0:
        pen.face(
            [
                (-0.43, 0.64, 0.155),
                (0.43, 0.64, 0.155),
                (0.4, 0.36, 0.155),
                (0.0, 0.27, 0.155),
                (-0.4, 0.36, 0.155),
            ],
            Paint(darker(thing.tone, 0.15), "leather", 0.7),
            on=True,
        )
        pen.spot((0, 0.33, 0.16), (0, 0, 1), 0.05, Paint(BRASS, "metal", 0.6))


def suitcase(pen: Pen, thing: Thing) -> None:
    """A suitcase with straps."""
    leather = Paint(thing.tone, "leather")
    pen.tube(
        [(-0.14, 0.68, 0), (-0.12, 0.78, 0), (0.12, 0.78, 0), (0.14, 0.68, 0)],
        0.024,
        Paint(darker(thing.tone, 0.45), "leather"),
    )
    pen.box((0, 0.34, 0), (1.0, 0.68, 0.28), leather)
    for sign in (1, -1):
        if pen.view.facing((0, 0, sign), (0, 0.34, sign * 0.14)) > 0:
            for x in (-0.28, 0.28):
                z = sign * 0.142
                pen.face(
                    [
                        (x - 0.045, 0, z),
                        (x + 0.045, 0, z),
                        (x + 0.045, 0.68, z),
                        (x - 0.045, 0.68, z),
                    ],
                    Paint(darker(thing.tone, 0.4), "leather", 0.4),
                    on=True,
                )
                pen.spot((x, 0.46, z * 1.01), (0, 0, sign), 0.035, Paint(BRASS, "metal", 0.4))


def chest(pen: Pen, thing: Thing) -> None:
    """A wooden chest with a rounded lid and iron bands."""
    wood, iron = Paint(thing.tone), Paint(darker(STEEL, 0.5), "metal", 0.6)
    turn = np.linspace(0, np.pi, 9)
    pen.box((0, 0.2, 0), (1.0, 0.4, 0.58), wood)
    lid = [(0.29 * np.cos(t), 0.41 + 0.19 * np.sin(t)) for t in turn]
    pen.plate(lid, 1.0, Paint(paler(thing.tone, 0.08)), nearer=0.02, edge=paler(thing.tone, 0.03))
    if pen.view.facing((0, 0, 1), (0, 0.3, 0.29)) > 0:
        for x in (-0.34, 0.34):
            band = [
                (x - 0.045, 0, 0.295),
                (x + 0.045, 0, 0.295),
                (x + 0.045, 0.4, 0.295),
                (x - 0.045, 0.4, 0.295),
            ]
            pen.face(band, iron, on=True)
            for t0, t1 in itertools.pairwise(turn):
                quad = [
                    (x + s * 0.045, 0.41 + 0.195 * np.sin(t), 0.3 * np.cos(t))
                    for s, t in ((-1, t0), (1, t0), (1, t1), (-1, t1))
                ]
                pen.face(quad, Paint(iron.colour, "metal", 0), on=True)
        pen.face(
            [(-0.07, 0.3, 0.3), (0.07, 0.3, 0.3), (0.07, 0.48, 0.3), (-0.07, 0.48, 0.3)],
            Paint(BRASS, "metal"),
            on=True,
        )
        pen.spot((0, 0.39, 0.302), (0, 0, 1), 0.022, Paint(DARK, "metal", 0))


KINDS = {
    "cup": Kind(cup, "cup mug teacup beaker tankard", "#d9d3c4", (0, 0.5, -0.55)),
    "goblet": Kind(
        goblet, "goblet chalice grail wineglass glass tumbler trophy", "#c9a24a", (0, 0.3, 0)
    ),
    "bottle": Kind(bottle, "bottle flask wine potion vial phial medicine", "#4c7a5c", (0, 0.5, 0)),
    "jug": Kind(jug, "jug jar vase pitcher urn pot amphora", "#b4764c", (0, 0.58, -0.44)),
    "kettle": Kind(kettle, "kettle teapot cauldron coffeepot", "#5c6068", (0, 0.95, 0)),
    "plate": Kind(plate, "plate dish saucer tray", "#dfe2e0", (0, 0.06, -0.46)),
    "bowl": Kind(bowl, "bowl basin soup porridge", "#a8744a", (0, 0.1, 0)),
    "pan": Kind(pan, "pan frying-pan saucepan skillet", "#4a4c52", (0, 0.16, -0.55)),
    "spoon": Kind(spoon, "spoon ladle", "#b4b8be", (0, 0.25, 0)),
    "basket": Kind(basket, "basket hamper cradle", "#b98d4e", (0, 0.93, 0)),
    "bucket": Kind(bucket, "bucket pail churn", "#8b929c", (0, 0.99, 0)),
    "barrel": Kind(barrel, "barrel cask keg drum-barrel tub", "#8f6238", (0, 0.5, 0)),
    "sack": Kind(sack, "sack moneybag pouch purse bundle", "#b89a6c", (0, 0.8, 0)),
    "bag": Kind(
        bag,
        "bag satchel handbag rucksack backpack knapsack schoolbag",
        "#7c4f30",
        (0, 0.97, 0),
    ),
    "suitcase": Kind(
        suitcase, "suitcase case luggage trunk briefcase valise", "#8a5a38", (0, 0.77, 0)
    ),
    "chest": Kind(chest, "chest coffer treasure strongbox casket coffin", "#7c5230", (0, 0.3, 0.3)),
}
