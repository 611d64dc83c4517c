"""Plants of hot lands, and the leaves that frame a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.marks import mix
from stillreel.draw.set.easel import Style
from stillreel.draw.set.ground import cast_shadow
from stillreel.draw.set.shapes import above, limb, lobes, normals, ring

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.set.easel import Easel
    from stillreel.draw.set.piece import Piece
    from stillreel.draw.set.tints import Tints


def draw_palm(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a leaning palm with drooping fronds."""
    at = np.asarray(piece.at, dtype=np.float64)
    tall = piece.size
    if not easel.seen(above(at, tall / 2), tall):
        return
    easel.begin(at)
    cast_shadow(easel, piece.at, tall * 0.2, tall * 0.5)
    lean = -1.0 if piece.index % 2 else 1.0
    rise = np.linspace(0, 1, 6)
    spine = at + np.stack([lean * tall * 0.22 * rise**2, tall * rise, rise * 0], axis=1)
    limb(
        easel,
        spine,
        np.linspace(0.05, 0.026, 6) * tall,
        Style("trunk", (140, 108, 78), outline=0.7),
    )
    head = spine[-1]
    green = mix((62, 122, 72), tints.foliage[1], 0.3)
    for index, angle in enumerate(np.linspace(0, 2 * np.pi, 9, endpoint=False)):
        way = np.array([np.cos(angle), 0, np.sin(angle)])
        t = np.linspace(0, 1, 7)[:, None]
        mid = (
            head
            + way * t * tall * 0.42
            + np.array([0, 1, 0]) * (tall * 0.16 * t - tall * 0.34 * t * t)
        )
        wide = np.sin(np.linspace(0.3, np.pi, 7)) * tall * 0.042
        screen, deep = easel.project(mid)
        if deep.min() < 0.3:
            continue
        half = (wide * easel.camera.pixels_per_tangent / deep)[:, None]
        up = np.array([[0.0, -1.0]])
        outline = np.concatenate([screen + up * half, (screen - up * half * 0.7)[::-1]])
        tone = mix(green, (176, 204, 96), 0.3 if index % 2 else 0.0)
        easel.flat(outline, Style("foliage", tone, outline=0.6, shade=0.25 if way[2] < 0 else 0.0))
    for x in (-0.03, 0.03):
        easel.ball(
            above(head + easel.right * x * tall, -0.03 * tall),
            0.03 * tall,
            ring(10),
            Style("wood", (110, 74, 48), outline=0.4),
            form=0.4,
        )


def draw_cactus(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a ribbed cactus with two raised arms."""
    at = np.asarray(piece.at, dtype=np.float64)
    tall = piece.size
    easel.begin(at)
    cast_shadow(easel, piece.at, tall * 0.16, tall * 0.5)
    green = Style("foliage", mix((88, 128, 84), tints.foliage[1], 0.2), outline=0.8)
    for side, low, high in ((-1, 0.38, 0.72), (1, 0.28, 0.6)):
        arm = (
            at
            + np.array(
                [
                    [0, low, 0],
                    [side * 0.16, low, 0],
                    [side * 0.22, low + 0.06, 0],
                    [side * 0.23, high, 0],
                ]
            )
            * tall
        )
        limb(easel, arm, np.array([0.05, 0.055, 0.055, 0.045]) * tall, green)
    limb(
        easel,
        at + np.array([[0, 0, 0], [0, 0.5, 0], [0, 0.94, 0], [0, 1, 0]]) * tall,
        np.array([0.08, 0.085, 0.075, 0.03]) * tall,
        green,
    )
    for x in (-0.035, 0.0, 0.035):
        easel.line(
            easel.lift(at, np.array([(x, 0.06), (x, 0.9)]) * tall),
            0.012 * tall,
            Style("crease", mix(green.colour, (30, 60, 40), 0.4), outline=0.2),
        )


def frame_leaves(easel: Easel, tints: Tints, *, blossoming: bool) -> None:
    """Hang a branch into the upper corner and stand blades in the lower one, out of focus."""
    rng = easel.rng("frame")
    size = float(easel.camera.height)
    left = bool(rng.random() < 0.5)
    sign = 1.0 if left else -1.0
    off_x, off_y = easel.camera.offset
    corner = np.array([off_x if left else off_x + easel.camera.width, off_y])
    easel.begin(np.asarray(easel.camera.position) + easel.ahead * 1.6, "foreground")
    bark = Style("trunk", mix(tints.trunk, (24, 20, 34), 0.45), outline=0.4, shade=0.5)
    reach = np.array([size * sign, size])
    spine = corner + np.array([(-0.3, -0.06), (0.1, 0.05), (0.28, 0.08), (0.50, 0.15)]) * reach
    fork = corner + np.array([(0.06, 0.04), (0.15, 0.15), (0.20, 0.27)]) * reach
    high = corner + np.array([(0.2, 0.065), (0.36, 0.03), (0.5, 0.035)]) * reach
    for path, wide in ((spine, 0.026), (fork, 0.016), (high, 0.012)):
        _twig(easel, path, size * wide, bark)
    if tints.bare and not blossoming:
        for path in (spine, fork, high):
            if tints.white:
                rows = np.linspace(0, len(path) - 1, 14)
                fine = np.stack(
                    [np.interp(rows, np.arange(len(path)), path[:, axis]) for axis in (0, 1)],
                    axis=1,
                )
                heap = size * (0.011 + 0.007 * np.sin(np.arange(14) * 2.1))
                heap *= np.linspace(1.1, 0.4, 14)
                top = fine - np.stack([np.zeros(14), heap], axis=1)
                easel.flat(
                    np.concatenate([top, fine[::-1]]), Style("snow", tints.snow, outline=0.0)
                )
            for part in (0.3, 0.5, 0.7, 0.9):
                root = path[0] + (path[-1] - path[0]) * part
                end = root + np.array([sign * 0.05, 0.035 if part > 0.4 else -0.04]) * size
                _twig(easel, np.array([root, (root + end) / 2, end]), size * 0.006, bark)
        return
    _leaf_frame(easel, tints, rng, spine, fork, high, size, blossoming=blossoming, left=left)


def _leaf_frame(
    easel: Easel,
    tints: Tints,
    rng: np.random.Generator,
    spine: NDArray[np.float64],
    fork: NDArray[np.float64],
    high: NDArray[np.float64],
    size: float,
    *,
    blossoming: bool,
    left: bool,
) -> None:
    """Hang leaves or blossom on the framing branch."""
    ramp = tints.blossom if blossoming else tints.foliage
    draws = rng.uniform(0, 1, (46, 5))
    for index, (along, across, turn, grow, hue) in enumerate(draws):
        path = (spine, spine, fork, high)[index % 4]
        at = along * (len(path) - 1)
        knee = min(int(at), len(path) - 2)
        spot = path[knee] + (path[knee + 1] - path[knee]) * (at - knee)
        spot = spot + np.array([across - 0.5, 0.25 + 0.5 * abs(hue - 0.5)]) * size * 0.07
        tone = mix(ramp[int(hue * 0.999 * len(ramp))], (40, 34, 70), 0.16)
        radius = size * (0.017 + 0.016 * grow)
        leaf = lobes(index % 8, 5, 0.3) if blossoming and index % 5 else _leaf(turn * np.pi)
        if blossoming and not index % 5:
            tone = mix(tints.foliage[1], (40, 34, 70), 0.16)
        easel.flat(
            spot + leaf * radius,
            Style(
                "blossom" if blossoming else "foliage",
                tone,
                outline=0.3,
                shade=0.18,
                form=radius * 0.3,
            ),
        )
    _blades(easel, tints, not left, rng, size)


def _blades(easel: Easel, tints: Tints, left: bool, rng: np.random.Generator, size: float) -> None:
    off_x, off_y = easel.camera.offset
    base = off_x if left else off_x + easel.camera.width
    sign = 1.0 if left else -1.0
    dark = mix(tints.foliage[0], (16, 26, 40), 0.4)
    for index in range(11):
        x = base + sign * float(rng.uniform(-0.04, 0.36)) * size
        tall = size * float(rng.uniform(0.22, 0.36)) * (1.2 - abs(x - base) / size * 1.6)
        lean = float(rng.uniform(-0.4, 0.5)) * tall
        wide = size * 0.011
        foot = off_y + easel.camera.height + size * 0.12
        easel.flat(
            np.array(
                [
                    (x - wide, foot),
                    (x + lean * 0.4 - wide * 0.7, foot - tall * 0.6),
                    (x + lean, foot - tall),
                    (x + lean * 0.4 + wide, foot - tall * 0.6),
                    (x + wide, foot),
                ]
            ),
            Style(
                "foliage", mix(dark, tints.foliage[1], 0.12 * (index % 3)), outline=0.2, shade=0.3
            ),
        )


def _twig(easel: Easel, spine: NDArray[np.float64], width: float, style: Style) -> None:
    side = normals(spine)
    half = np.linspace(width, width * 0.25, len(spine))[:, None] / 2
    easel.flat(np.concatenate([spine + side * half, (spine - side * half)[::-1]]), style)


def _leaf(turn: float) -> NDArray[np.float64]:
    shape = np.array([(-1.3, 0), (-0.5, 0.42), (0.4, 0.36), (1.3, 0), (0.4, -0.36), (-0.5, -0.42)])
    c, s = np.cos(turn), np.sin(turn)
    return shape @ np.array([[c, s], [-s, c]])
