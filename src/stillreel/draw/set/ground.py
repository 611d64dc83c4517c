"""The ground: two sheets out to the horizon, hills beyond, and what grows or lies flat on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.marks import mix
from stillreel.draw.set.easel import Style
from stillreel.draw.set.shapes import above, disc, normals, pebble, ring
from stillreel.draw.set.view import MID_FROM

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.marks import Role
    from stillreel.draw.set.easel import Easel, Tone
    from stillreel.draw.set.tints import Tints

_REACH = 900.0


def draw_ground(
    easel: Easel, near: Tone, far: Tone, role: Role = "ground", *, rolling: bool = False
) -> None:
    """Draw the ground from behind the camera to the horizon, as a far and a near sheet.

    A `rolling` near sheet ends in a low swell instead of a straight edge.
    """
    split = max(easel.stage + MID_FROM, 6.0)
    middle = mix(far, near, 0.5)
    easel.begin(None, "mid", 0)
    easel.face(_strip(easel, split * 0.9, _REACH), Style(role, far, outline=0.0, to=middle))
    easel.begin(None, "near", 0)
    easel.face(
        _strip(easel, -_REACH / 6, split, swell=0.22 if rolling else 0.0),
        Style(role, middle, outline=0.0, to=near),
    )


def _strip(easel: Easel, start: float, end: float, swell: float = 0.0) -> NDArray[np.float64]:
    eye = np.asarray(easel.camera.position, dtype=np.float64).copy()
    eye[1] = 0.0
    side, ahead = easel.right * _REACH, easel.ahead
    edge = [eye + ahead * end - side, eye + ahead * end + side]
    if swell:
        across = np.linspace(-1.6 * end, 1.6 * end, 49)
        middle = eye + ahead * end + across[:, None] * easel.right
        wave = np.sin(middle[:, 0] * 0.31 + middle[:, 2] * 0.11)
        wave = wave + 0.5 * np.sin(middle[:, 0] * 0.83 + 1.3)
        middle[:, 1] = swell * np.clip(0.35 + 0.5 * wave, 0.0, 1.0)
        edge = [edge[0], *middle, edge[1]]
    return np.array([*edge, eye + ahead * start + side, eye + ahead * start - side])


def ridge(
    easel: Easel,
    name: str,
    distance: float,
    height: float,
    colour: Tone,
    *,
    role: Role = "far",
    jag: float = 0.0,
    base: Tone | None = None,
    snow: Tone | None = None,
    floor: float = 0.0,
) -> None:
    """Draw hills or peaks all round, `distance` metres away and up to `height` metres high."""
    rng = easel.rng("ridge", name)
    phases = rng.uniform(0, 2 * np.pi, 6)
    rates = np.array([2, 3, 5, 9, 17, 31], dtype=np.float64)
    weight = np.array([1, 0.8, 0.5, 0.25, 0.12 + jag, 0.05 + jag])
    heading = np.arctan2(easel.ahead[0], -easel.ahead[2])
    angle = heading + np.linspace(-1.35, 1.35, 110)
    swing = (np.sin(angle[:, None] * rates + phases) * weight).sum(axis=1) / weight.sum()
    rise = height * (floor + (1 - floor) * (0.5 + 0.5 * swing))
    if jag:
        teeth = np.abs(((angle * 9.0 + phases[0]) % 1.0) - 0.5) + 0.5 * np.abs(
            ((angle * 23.0 + phases[1]) % 1.0) - 0.5
        )
        rise = rise * (1 - jag) + height * jag * teeth * 1.6
    top = np.stack([np.sin(angle) * distance, rise, -np.cos(angle) * distance], axis=1)
    foot = top[::-1].copy()
    foot[:, 1] = -2.0
    easel.begin(None, "far", 2)
    easel.face(np.concatenate([top, foot]), Style(role, colour, outline=0.35, to=base or colour))
    if snow is not None:
        cap = top[::-1].copy()
        drip = 0.22 + 0.13 * np.sin(np.arange(len(top)) * 2.3) * np.sin(np.arange(len(top)) * 0.9)
        cap[:, 1] = np.maximum(rise[::-1] - height * drip * 0.8, rise[::-1] * 0.35)
        easel.face(np.concatenate([top, cap]), Style("snow", snow, outline=0.15))


def patch(easel: Easel, x: float, z: float, rx: float, rz: float, style: Style) -> None:
    """Draw a flat irregular patch on the ground."""
    if not easel.seen((x, 0.0, z), max(rx, rz)):
        return
    easel.begin_ground((x, 0.0, z))
    disc(easel, (x, 0.0, z), rx, rz, style)


def cast_shadow(easel: Easel, at: tuple[float, float, float], radius: float, length: float) -> None:
    """Draw the soft shadow a thing throws on the ground, away from the key light."""
    key = easel.light.key
    fall = min(length / max(key[1], 0.35), length * 2.2) * 0.5
    way = (-key[0] * fall, -key[2] * fall)
    x, z = at[0] + way[0], at[2] + way[1]
    if not easel.seen((x, 0.0, z), radius):
        return
    disc(
        easel,
        (x, 0.004, z),
        radius + abs(way[0]) * 0.5,
        radius * 0.7 + abs(way[1]) * 0.4,
        Style("shadow", (40, 44, 80), outline=0.0, alpha=0.30),
    )


def scatter(
    easel: Easel, name: str, count: int, span: tuple[float, float, float, float]
) -> NDArray[np.float64]:
    """Return fixed world points on the ground of x0, x1, z0, z1 that this camera can see."""
    rng = easel.rng("scatter", name)
    world = np.zeros((count, 3))
    world[:, 0] = rng.uniform(span[0], span[1], count)
    world[:, 2] = rng.uniform(span[2], span[3], count)
    screen, deep = easel.project(world)
    keep = (
        (deep > 0.6)
        & (screen[:, 0] > -20)
        & (screen[:, 0] < easel.width + 20)
        & (screen[:, 1] > -20)
        & (screen[:, 1] < easel.height + 20)
    )
    return world[keep]


def tufts(easel: Easel, tints: Tints, count: int, span: tuple[float, float, float, float]) -> None:
    """Draw sparse tufts of grass where they are large enough to be read, denser at the sides."""
    points = scatter(easel, "tufts", count, span)
    points = points[np.argsort(points @ easel.ahead)][: 12 if easel.soft else 64]
    for index, at in enumerate(points[::-1]):
        seedling = (int(at[0] * 977) + int(at[2] * 613)) % 97
        size = 0.12 + 0.16 * seedling / 97
        if easel.scale(at) * size < 6.0 * easel.unit:
            continue
        tone = tints.grass_light if index % 3 else mix(tints.grass, (24, 62, 48), 0.34)
        lean = (seedling % 7 - 3) * 0.06
        blades = (
            np.array(
                [
                    (-0.42, 0),
                    (-0.8 + lean, 0.62),
                    (-0.2, 0.2),
                    (-0.3 + lean, 0.9),
                    (-0.02, 0.25),
                    (0.12 + lean, 1.05),
                    (0.2, 0.22),
                    (0.5 + lean, 0.8),
                    (0.32, 0.15),
                    (0.85 + lean, 0.5),
                    (0.45, 0),
                ]
            )
            * size
        )
        easel.card(
            at,
            blades,
            Style("foliage", tone, outline=0.3, shade=0.1, to=mix(tone, tints.grass, 0.65)),
        )


def flowers(
    easel: Easel, tones: tuple[Tone, ...], count: int, span: tuple[float, float, float, float]
) -> None:
    """Draw flowers like stars standing over the grass, in drifts of one colour."""
    points = scatter(easel, "flowers", count, span)
    if not len(points):
        return
    points = points[np.argsort(points @ easel.ahead)][: 24 if easel.soft else 64][::-1]
    heads: list[NDArray[np.float64]] = []
    radii: list[float] = []
    units: list[NDArray[np.float64]] = []
    styles: list[Style] = []
    for rank, at in enumerate(points):
        scale = easel.scale(at)
        kind = int(abs(np.sin(at[0] * 0.7) + np.sin(at[2] * 0.9 + 1.0)) * 2.2) % len(tones)
        head = above(at, 0.13 + 0.07 * abs(float(np.sin(at[0] * 31))))
        big = scale * 0.06 > 4.0 * easel.unit and rank >= len(points) - 36
        if big:
            easel.line([at, head], 0.012, Style("foliage", (74, 128, 62), outline=0.0))
        heads.append(head)
        radii.append(0.062)
        units.append(star(kind) if big else pebble(kind, 6))
        styles.append(Style("blossom", tones[kind], outline=0.3 if big else 0.0))
        if big:
            heads.append(head)
            radii.append(0.02)
            units.append(ring(8))
            styles.append(Style("blossom", (250, 206, 92), outline=0.0))
    easel.balls(np.array(heads), np.array(radii), units, styles)


def star(variant: int) -> NDArray[np.float64]:
    """Return a flower's outline of radius 1 with five petals."""
    angle = np.linspace(0, 2 * np.pi, 20, endpoint=False) + variant * 0.4
    reach = 0.66 + 0.36 * np.cos(angle * 5)
    return np.stack([np.cos(angle) * reach, np.sin(angle) * reach * 0.9], axis=1)


def litter(
    easel: Easel,
    name: str,
    tones: tuple[Tone, ...],
    count: int,
    span: tuple[float, float, float, float],
) -> None:
    """Draw fallen leaves or petals lying on the ground."""
    rng = easel.rng("litter", name)
    points = scatter(easel, name, count, span)
    points = points[np.argsort(points @ easel.ahead)][: 10 if easel.soft else 34]
    for index, at in enumerate(points):
        wide = 0.06 * float(rng.uniform(0.7, 1.4))
        if easel.scale(at) * wide < 1.0 * easel.unit:
            continue
        disc(
            easel,
            (float(at[0]), 0.005, float(at[2])),
            wide,
            wide * 0.6,
            Style("blossom", tones[index % len(tones)], outline=0.15),
            6,
        )


def road(easel: Easel, points: NDArray[np.float64], width: float, style: Style) -> None:
    """Draw a path along (N, 2) metres x, z on the ground."""
    side = normals(points) * (width / 2)
    world = np.zeros((len(points), 3))
    world[:, 0], world[:, 2] = points[:, 0], points[:, 1]
    near = np.array([easel.depth(at) < easel.stage + MID_FROM - 0.3 for at in world])
    lift = np.zeros((len(points), 3))
    lift[:, 0], lift[:, 2] = side[:, 0], side[:, 1]
    for band, keep in (("mid", ~near | np.roll(~near, -1) | np.roll(~near, 1)), ("near", near)):
        if keep.sum() > 1:
            easel.begin(None, "mid" if band == "mid" else "near", 0)
            easel.face(np.concatenate([(world + lift)[keep], (world - lift)[keep][::-1]]), style)


def drifts(easel: Easel, tints: Tints, count: int) -> None:
    """Heap the snow into low rounded drifts with a blue side."""
    rng = easel.rng("drifts")
    for _ in range(count):
        x, z = float(rng.uniform(-17, 17)), float(rng.uniform(-17, 32))
        wide, tall = float(rng.uniform(1.0, 3.0)), float(rng.uniform(0.10, 0.3))
        if abs(x) < 3.2 and z > -4.5:
            tall *= 0.35
        at = (x, 0.0, z)
        if not easel.seen(at, wide) or easel.depth(at) < 2.0:
            continue
        easel.begin_ground(at)
        turn = np.linspace(np.pi, 0, 11)
        mound = np.stack([np.cos(turn) * wide, np.sin(turn) ** 1.4 * tall], axis=1)
        foot = np.array([(wide * 1.1, -0.04), (0.0, -0.09), (-wide * 1.1, -0.04)])
        easel.card(
            at,
            np.concatenate([mound, foot]),
            Style("snow", tints.snow, outline=0.12, to=tints.grass),
        )
        lee = np.stack(
            [np.cos(turn) * wide, np.sin(turn) ** 1.4 * tall * 0.45 - tall * 0.02], axis=1
        )
        side = 0.55 if easel.key[0] < 0 else -0.55
        easel.card(
            at,
            np.concatenate(
                [lee[2:9] * (0.6, 1.0) + (side * wide * 0.4, 0), [(side * wide * 0.4, -0.05)]]
            ),
            Style("snow", tints.snow_shade, outline=0.0, alpha=0.45, to=tints.grass),
        )


def puddles(easel: Easel, tints: Tints, count: int) -> None:
    """Leave rain standing on the ground in flat pools that mirror the sky."""
    rng = easel.rng("puddles")
    for _ in range(count):
        x, z = float(rng.uniform(-9, 9)), float(rng.uniform(-12, 7))
        wide = float(rng.uniform(0.6, 1.7))
        if easel.depth((x, 0.0, z)) < 1.5 or not easel.seen((x, 0.0, z), wide):
            continue
        easel.begin_ground((x, 0.0, z))
        disc(
            easel,
            (x, 0.006, z),
            wide,
            wide * 0.42,
            Style("water", mix(tints.water, tints.grass, 0.4), outline=0.3, alpha=0.85),
        )


def fireflies(easel: Easel, count: int) -> None:
    """Let fireflies hang over the grass of a summer night."""
    points = scatter(easel, "fireflies", count, (-9.0, 9.0, -9.0, 0.5))
    if not len(points):
        return
    points[:, 1] = 0.25 + 1.5 * np.abs(np.sin(points[:, 0] * 7.0))
    easel.begin(None, "near", 2)
    easel.balls(
        points,
        np.full(len(points), 0.022),
        [ring(8)] * len(points),
        [Style("glow", (232, 255, 150), outline=0.0, glow=0.9)] * len(points),
    )
