"""Trees: a 3-D skeleton with clusters of leaves, blossom or snow, the same from every side."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.marks import mix
from stillreel.draw.set.conifer import draw_pine
from stillreel.draw.set.easel import Style
from stillreel.draw.set.ground import cast_shadow
from stillreel.draw.set.piece import tree_seed
from stillreel.draw.set.shapes import above, limb, lobes, pebble

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.marks import Role
    from stillreel.draw.set.easel import Easel, Tone
    from stillreel.draw.set.piece import Piece
    from stillreel.draw.set.tints import Tints

_BUILDS: dict[str, tuple[float, float, float, float]] = {
    "round": (0.33, 0.44, 0.036, 1.0),
    "oak": (0.32, 0.50, 0.050, 1.0),
    "birch": (0.40, 0.24, 0.022, 0.66),
    "poplar": (0.20, 0.13, 0.026, 0.62),
}
"""Height of the fork, reach of the limbs, trunk radius, size of the leaf clusters."""


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A tree of height 1: limbs, twigs, leaf clusters and seats."""

    limbs: tuple[tuple[NDArray[np.float64], NDArray[np.float64]], ...]
    """(N, 3) spine and (N,) radii, trunk first, then main limbs."""
    twigs: tuple[NDArray[np.float64], ...]
    """(N, 3) paths that go out and back along the fine twigs of one limb."""
    clusters: NDArray[np.float64]
    """(M, 4) centre and radius."""
    seats: NDArray[np.float64]
    """(K, 3) places on the low limbs."""


@lru_cache(maxsize=256)
def skeleton(seed: int, kind: str = "round") -> Skeleton:
    """Return the skeleton of one tree; the same seed is the same tree."""
    rng = np.random.default_rng(seed)
    fork, spread, thick, leaf = _BUILDS.get(kind, _BUILDS["round"])
    lean = rng.uniform(-0.05, 0.05, 2)
    crown = np.array([lean[0], fork, lean[1]])
    trunk = np.array(
        [
            [0, -0.01, 0],
            [lean[0] * 0.1, fork * 0.22, lean[1] * 0.1],
            [lean[0] * 0.4, fork * 0.6, lean[1] * 0.5],
            crown,
        ]
    )
    limbs = [(trunk, np.array([1.55, 1.05, 0.86, 0.8]) * thick)]
    twigs: list[NDArray[np.float64]] = []
    clusters: list[tuple[float, float, float, float]] = []
    seats: list[NDArray[np.float64]] = []
    start = float(rng.uniform(0, 2 * np.pi))
    for index in range(7):
        low = index < 4
        angle = start + index * 2.39996
        rise = float(rng.uniform(0.10, 0.22)) if low else float(rng.uniform(0.36, 0.5))
        reach = spread * float(rng.uniform(0.82, 1.05)) * (1.0 if low else 0.55)
        tip = crown + np.array([np.cos(angle) * reach, rise, np.sin(angle) * reach])
        elbow = crown + (tip - crown) * (0.5, 0.26, 0.5)
        spine = np.array(
            [
                crown - (0, 0.03, 0),
                (crown + elbow) / 2 - (0, 0.006, 0),
                elbow,
                (elbow + tip) / 2 + (0, 0.02, 0),
                tip,
            ]
        )
        limbs.append((spine, np.array([0.62, 0.5, 0.4, 0.26, 0.07]) * thick))
        if low:
            seats.append(above(elbow, 0.4 * thick))
        twigs.append(_sprays(rng, elbow, tip, angle, reach))
        radius = float(rng.uniform(0.165, 0.2)) * leaf
        clusters.append((float(tip[0]), float(tip[1]) + 0.02, float(tip[2]), radius))
        mid = elbow + (tip - elbow) * 0.3
        clusters.append((float(mid[0]), float(mid[1]) + 0.15, float(mid[2]), radius * 0.9))
    clusters.append((float(crown[0]), 0.87, float(crown[2]), 0.17 * leaf))
    clusters.append((float(crown[0]) + 0.02, 0.64, float(crown[2]) + 0.03, 0.23 * leaf))
    return Skeleton(tuple(limbs), tuple(twigs), np.array(clusters), np.array(seats))


def _sprays(
    rng: np.random.Generator,
    elbow: NDArray[np.float64],
    tip: NDArray[np.float64],
    angle: float,
    reach: float,
) -> NDArray[np.float64]:
    """Return one path out and back over the twigs of a limb."""
    path: list[NDArray[np.float64]] = []
    for part, side in ((0.25, -1), (0.4, 1), (0.6, -1), (0.78, 1), (0.95, -1), (1.0, 1)):
        root = above(elbow + (tip - elbow) * part, 0.02 * (1 - abs(2 * part - 1)))
        out = angle + side * float(rng.uniform(0.5, 1.2))
        size = 0.16 * (1.15 - part * 0.5) * float(rng.uniform(0.7, 1.2))
        end = root + np.array(
            [
                np.cos(out) * size * 0.8,
                size * float(rng.uniform(0.4, 0.9)),
                np.sin(out) * size * 0.8,
            ]
        )
        knee = (root + end) / 2 + (0, 0.012, 0)
        side_end = (
            knee
            + (end - knee) * 0.7
            + (np.sin(out) * size * 0.3, size * 0.1, -np.cos(out) * size * 0.3)
        )
        path += [root, knee, end, knee, side_end, knee, root]
    del reach
    return np.array(path)


def draw_tree(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw one tree with the leaves, blossom or snow of its season."""
    at = np.asarray(piece.at, dtype=np.float64)
    height = piece.size
    if not easel.seen(above(at, height * 0.5), height * 0.75):
        return
    if piece.kind == "pine":
        draw_pine(easel, piece, tints)
        return
    bones = skeleton(tree_seed(easel.seed, piece.index), piece.kind)
    pixels = easel.scale(at) * height / easel.unit * (0.5 if easel.soft else 1.0)
    cast_shadow(easel, piece.at, height * 0.34, height * 0.5)
    bare = tints.bare and piece.kind != "blooming" and not tints.blooming
    if bare:
        _bones(easel, bones, at, height, tints, pixels, bare=True)
        return
    clusters = bones.clusters * height
    clusters[:, :3] += at
    deep = (clusters[:, :3] - np.asarray(easel.camera.position)) @ easel.camera.axes()[2]
    behind = deep > float(np.median(deep)) + height * 0.02
    if easel.depth(at) < easel.stage - 3.2:
        pixels = min(pixels, 300.0)
    if pixels > 90:
        _leaves(easel, clusters[behind], tints, piece, back=True, pixels=pixels)
    _bones(easel, bones, at, height, tints, pixels, bare=False)
    front = clusters[~behind]
    order = np.argsort(-deep[~behind])
    _leaves(easel, front[order], tints, piece, back=False, pixels=pixels)


def _bones(
    easel: Easel,
    bones: Skeleton,
    at: NDArray[np.float64],
    height: float,
    tints: Tints,
    pixels: float,
    *,
    bare: bool,
) -> None:
    tone = mix(tints.trunk, (176, 190, 214), 0.18) if tints.white and bare else tints.trunk
    style = Style("trunk", tone, outline=0.8)
    count = len(bones.limbs) if bare or pixels > 230 else 5
    if bare:
        frost = mix(tone, (226, 234, 248), 0.55) if tints.white else tone
        fine = Style("trunk", frost, outline=0.3)
        for path in bones.twigs[: len(bones.twigs) if pixels > 60 else 3]:
            easel.line(path * height + at, 0.0045 * height, fine, 0.9)
    for spine, radii in (*bones.limbs[1:count], bones.limbs[0]):
        world = spine * height + at
        limb(easel, world, radii * height, style)
        if tints.white and bare and pixels > 70:
            _snow_on(easel, world, radii * height, tints)


def _snow_on(
    easel: Easel, spine: NDArray[np.float64], radii: NDArray[np.float64], tints: Tints
) -> None:
    """Lay snow along the upper side of a limb that is not too steep."""
    rise = spine[-1] - spine[0]
    if rise[1] > 1.6 * float(np.hypot(rise[0], rise[2])) or len(spine) < 5:
        return
    line = spine.copy()
    line[:, 1] += radii * 0.8
    limb(easel, line, np.maximum(radii * 0.55, 0.012), Style("snow", tints.snow, outline=0.2))


def _leaves(
    easel: Easel,
    clusters: NDArray[np.float64],
    tints: Tints,
    piece: Piece,
    *,
    back: bool,
    pixels: float,
) -> None:
    """Draw clusters as three values: body, lit crown, and dabs where they are near enough."""
    blooming = tints.blooming or piece.kind == "blooming"
    role: Role = "blossom" if blooming else "foliage"
    tilt = _tilt(tints.blossom if blooming else tints.foliage, piece)
    units: list[NDArray[np.float64]] = []
    styles: list[Style] = []
    spots: list[NDArray[np.float64]] = []
    radii: list[float] = []
    glow_way = easel.right * easel.key[0] * 0.34 + np.array(
        [0.0, 0.34 * abs(easel.key[1]) + 0.06, 0]
    )
    for index, cluster in enumerate(clusters):
        centre, radius = cluster[:3], float(cluster[3])
        lift = min(max((float(centre[1]) - piece.at[1]) / piece.size * 1.5 - 0.55, 0.0), 1.0)
        shape = lobes((piece.index * 3 + index) % 12, 9)
        if back:
            tone = mix(tilt[0], (112, 84, 132) if blooming else (24, 54, 62), 0.30)
            spots.append(centre)
            radii.append(radius)
            units.append(shape)
            styles.append(Style(role, mix(tone, tilt[1], lift * 0.35), 0.0, 0.3, 0.5))
            continue
        spots.append(centre)
        radii.append(radius)
        units.append(shape)
        styles.append(Style(role, mix(tilt[0], tilt[1], 0.45 + lift * 0.5), 0.36, 0.0, 0.6))
        if pixels > 200:
            spots.append(centre + glow_way * radius)
            radii.append(radius * 0.62)
            units.append(lobes((index + 5) % 12, 8))
            styles.append(Style(role, mix(tilt[1], tilt[2], 0.35 + lift * 0.5), outline=0.0))
        if pixels > 560:
            _dabs(
                easel,
                centre,
                radius,
                index,
                (tints.foliage, tilt, role, pixels),
                (spots, radii, units, styles),
            )
    easel.balls(np.array(spots).reshape(-1, 3), np.array(radii), units, styles)


def _tilt(ramp: tuple[Tone, ...], piece: Piece) -> tuple[Tone, ...]:
    """Give every tree its own hue within the season."""
    lean: Tone = ((255, 226, 150), (160, 70, 110), (70, 110, 120), (255, 250, 240))[piece.index % 4]
    return tuple(mix(tone, lean, 0.09) for tone in ramp)


def _dabs(
    easel: Easel,
    centre: NDArray[np.float64],
    radius: float,
    index: int,
    paint: tuple[tuple[Tone, ...], tuple[Tone, ...], Role, float],
    into: tuple[list[NDArray[np.float64]], list[float], list[NDArray[np.float64]], list[Style]],
) -> None:
    foliage, ramp, role, pixels = paint
    spots, radii, units, styles = into
    dots = _dots(index, 3 if pixels < 900 else 13)
    centres = centre + dots[:, :1] * radius * easel.right
    centres[:, 1] += dots[:, 1] * radius
    dull = mix(ramp[0], (90, 60, 120), 0.12)
    for step, (dx, dy, size) in enumerate(dots.tolist()):
        lit = dx * easel.key[0] + dy * easel.key[1] > -0.1
        tone = ramp[-1] if lit else dull
        if role == "blossom" and step % 4 == 3:
            tone = foliage[2]
        spots.append(centres[step])
        radii.append(radius * size)
        units.append(lobes(step + index % 3, 5, 0.3) if role == "blossom" else pebble(step, 7))
        styles.append(Style(role, tone, 0.0, 0.0 if lit else 0.3, 0.1))


@lru_cache(maxsize=64)
def _dots(index: int, count: int) -> NDArray[np.float64]:
    """Return where dabs lie on a cluster and how large they are, (count, 3) in its radii."""
    draws = np.random.default_rng(index + 5).uniform(size=(count, 3))
    angle, out = draws[:, 0] * 2 * np.pi, 0.2 + 0.68 * draws[:, 1]
    return np.stack([np.cos(angle) * out, np.sin(angle) * out, 0.045 + 0.05 * draws[:, 2]], axis=1)
