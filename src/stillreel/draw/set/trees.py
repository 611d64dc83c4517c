"""Trees: a 3-D skeleton with clusters of leaves, blossom or snow, the same from every side."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.marks import mix
from stillreel.draw.set.easel import Style
from stillreel.draw.set.ground import cast_shadow
from stillreel.draw.set.shapes import limb, lobes, pebble

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.set.easel import Easel, Tone
    from stillreel.draw.set.piece import Piece
    from stillreel.draw.set.tints import Tints


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A tree of height 1: limbs, leaf clusters and seats."""

    limbs: tuple[tuple[NDArray[np.float64], NDArray[np.float64]], ...]
    """(N, 3) spine and (N,) radii, trunk first."""
    clusters: NDArray[np.float64]
    """(M, 4) centre and radius."""
    seats: NDArray[np.float64]
    """(K, 3) places on the low limbs."""


@lru_cache(maxsize=128)
def skeleton(seed: int, kind: str = "round") -> Skeleton:
    """Return the skeleton of one tree; the same seed is the same tree."""
    rng = np.random.default_rng(seed)
    fork, spread = {"oak": (0.32, 0.52), "poplar": (0.2, 0.14), "birch": (0.4, 0.26)}.get(
        kind, (0.34, 0.42)
    )
    lean = rng.uniform(-0.05, 0.05, 2)
    crown = np.array([lean[0], fork, lean[1]])
    trunk = np.array([[0, -0.01, 0], [lean[0] * 0.2, fork * 0.45, lean[1] * 0.4], crown])
    thick = {"oak": 0.055, "birch": 0.026, "poplar": 0.03}.get(kind, 0.042)
    limbs = [(trunk, np.array([1.5, 1.0, 0.86]) * thick)]
    clusters: list[tuple[float, float, float, float]] = []
    seats: list[NDArray[np.float64]] = []
    count = 6
    start = float(rng.uniform(0, 2 * np.pi))
    for index in range(count):
        angle = start + index * 2.39996
        rise = float(rng.uniform(0.12, 0.24)) if index < 3 else float(rng.uniform(0.34, 0.5))
        reach = spread * float(rng.uniform(0.8, 1.05)) * (1.0 if index < 3 else 0.62)
        tip = crown + (np.cos(angle) * reach, rise, np.sin(angle) * reach)
        elbow = crown + (np.cos(angle) * reach * 0.52, rise * 0.34, np.sin(angle) * reach * 0.52)
        spine = np.array([crown + (0, -0.03, 0), (crown + elbow) / 2 + (0, -0.008, 0), elbow,
                          (elbow + tip) / 2 + (0, 0.012, 0), tip])
        limbs.append((spine, np.array([0.72, 0.6, 0.5, 0.36, 0.16]) * thick))
        if index < 3:
            seats.append(elbow + (0, 0.4 * thick, 0))
        radius = float(rng.uniform(0.15, 0.19)) * (0.6 if kind in {"poplar", "birch"} else 1.0)
        clusters.append((float(tip[0]), float(tip[1]) + 0.04, float(tip[2]), radius))
        mid = elbow + (tip - elbow) * 0.35
        clusters.append((float(mid[0]), float(mid[1]) + 0.13, float(mid[2]), radius * 0.82))
        for side in (-0.5, 0.55):
            twig = elbow + (tip - elbow) * 0.4
            out = angle + side * 1.5
            end = twig + (np.cos(out) * reach * 0.36, rise * 0.4 + 0.06, np.sin(out) * reach * 0.36)
            limbs.append((np.array([twig, (twig + end) / 2 + (0, 0.012, 0), end]),
                          np.array([0.3, 0.2, 0.09]) * thick))
    clusters.append((float(crown[0]), 0.86, float(crown[2]), 0.17))
    clusters.append((float(crown[0]) + 0.02, 0.66, float(crown[2]) + 0.04, 0.22))
    return Skeleton(tuple(limbs), np.array(clusters), np.array(seats))


def tree_seed(seed: int, index: int) -> int:
    """Return the seed of the tree number `index` of a place."""
    return (seed * 131 + index * 977 + 17) & 0x7FFFFFFF


def draw_tree(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw one tree with the leaves, blossom or snow of its season."""
    at = np.asarray(piece.at, dtype=np.float64)
    height = piece.size
    if not easel.seen(at + (0, height * 0.5, 0), height * 0.75):
        return
    if piece.kind == "pine":
        draw_pine(easel, piece, tints)
        return
    bones = skeleton(tree_seed(easel.seed, piece.index), piece.kind)
    pixels = easel.scale(at) * height / easel.unit
    easel.begin(at)
    cast_shadow(easel, piece.at, height * 0.34, height * 0.5)
    bare = tints.bare and piece.kind != "blooming"
    clusters = bones.clusters * height
    clusters[:, :3] += at
    deep = np.array([easel.depth(c[:3]) for c in clusters])
    middle = easel.depth(at)
    order = np.argsort(-deep)
    if not bare:
        for index in order[deep[order] > middle]:
            _cluster(easel, clusters[index], int(index), tints, piece, back=True, pixels=pixels)
    _limbs(easel, bones, at, height, tints, pixels, bare=bare)
    if not bare:
        for index in order[deep[order] <= middle]:
            _cluster(easel, clusters[index], int(index), tints, piece, back=False, pixels=pixels)


def _limbs(easel: Easel, bones: Skeleton, at: NDArray[np.float64], height: float, tints: Tints,
           pixels: float, *, bare: bool) -> None:
    count = len(bones.limbs) if bare and pixels > 120 else (7 if pixels > 60 else 4)
    tone = mix(tints.trunk, (190, 204, 226), 0.22) if tints.white and bare else tints.trunk
    style = Style("trunk", tone, outline=0.8)
    main = [bones.limbs[0], *(bones.limbs[i] for i in range(1, len(bones.limbs), 3))]
    twigs = [bones.limbs[i] for i in range(1, len(bones.limbs)) if (i - 1) % 3]
    for index, (spine, radii) in enumerate(([*twigs, *main[1:], main[0]]) if count > 8
                                           else [*main[1:count], main[0]]):
        world = spine * height + at
        limb(easel, world, radii * height, style)
        if tints.white and pixels > 90 and index >= 0:
            _snow_on(easel, world, radii * height, tints)


def _snow_on(easel: Easel, spine: NDArray[np.float64], radii: NDArray[np.float64],
             tints: Tints) -> None:
    """Lay snow along the upper side of a limb that is not too steep."""
    rise = spine[-1] - spine[0]
    if rise[1] > 1.3 * float(np.hypot(rise[0], rise[2])) or len(spine) < 3:
        return
    line = spine.copy()
    line[:, 1] += radii * 0.75
    easel.line(line, float(radii.mean()) * 1.1, Style("snow", tints.snow, outline=0.0), 1.0)


def _cluster(easel: Easel, cluster: NDArray[np.float64], index: int, tints: Tints, piece: Piece,
             *, back: bool, pixels: float) -> None:
    centre, radius = cluster[:3], float(cluster[3])
    blooming = tints.blooming or piece.kind == "blooming"
    ramp = tints.blossom if blooming else tints.foliage
    lift = float(np.clip((centre[1] - piece.at[1]) / piece.size * 1.25 - 0.25, 0, 1))
    if back:
        base = mix(ramp[0], tints.foliage[0], 0.45 if blooming else 0.3)
        tone: Tone = mix(base, ramp[1], lift * 0.3)
    else:
        tone = mix(ramp[0], ramp[1], 0.35 + lift * 0.6)
    role = "blossom" if blooming else "foliage"
    easel.ball(centre, radius, lobes(index % 12, 9), Style(role, tone, outline=0.5,
               shade=0.45 if back else 0.0), form=0.34)
    if back or pixels < 150:
        return
    _dabs(easel, centre, radius, index, tints, ramp, pixels, blooming=blooming)


def _dabs(easel: Easel, centre: NDArray[np.float64], radius: float, index: int, tints: Tints,
          ramp: tuple[Tone, ...], pixels: float, *, blooming: bool) -> None:
    rng = np.random.default_rng(index + 5)
    count = 5 if pixels < 420 else 9
    key = easel.key
    for step in range(count):
        angle, out = float(rng.uniform(0, 2 * np.pi)), float(rng.uniform(0.15, 0.85))
        dx, dy = np.cos(angle) * out, np.sin(angle) * out
        lit = dx * key[0] + dy * key[1] > -0.1
        size = radius * float(rng.uniform(0.10, 0.2))
        spot = centre + easel.right * dx * radius + np.array([0, dy * radius, 0])
        tone = ramp[-1] if lit and step % 2 else (ramp[-2] if lit else ramp[0])
        if blooming and step % 4 == 3:
            tone = tints.foliage[2]
        easel.ball(spot, size, pebble(step + index % 3, 7) if size * easel.scale(spot) > 3
                   else pebble(step, 5), Style("blossom" if blooming else "foliage", tone,
                                               outline=0.12, shade=0.0 if lit else 0.4))


def draw_pine(easel: Easel, piece: Piece, tints: Tints) -> None:
    """Draw a conifer of drooping tiers, snow-laden in winter."""
    at = np.asarray(piece.at, dtype=np.float64)
    height = piece.size
    rng = np.random.default_rng(tree_seed(easel.seed, piece.index))
    pixels = easel.scale(at) * height / easel.unit
    easel.begin(at)
    cast_shadow(easel, piece.at, height * 0.2, height * 0.4)
    limb(easel, at + np.array([[0, 0, 0], [0, height * 0.3, 0]]),
         np.array([0.03, 0.025]) * height, Style("trunk", tints.trunk, outline=0.7))
    green = mix((44, 84, 66), tints.foliage[0], 0.25)
    tiers = 5 if pixels > 120 else 3
    for tier in range(tiers):
        low = 0.12 + 0.78 * tier / tiers
        top = min(low + 1.25 * 0.88 / tiers, 1.0)
        half = 0.24 * (1 - tier / tiers * 0.82) * float(rng.uniform(0.92, 1.08))
        teeth = 5
        edge = [(-half + 2 * half * i / (teeth * 2), low - (0.02 if i % 2 else -0.022))
                for i in range(teeth * 2 + 1)]
        outline = np.array([(0.0, top), *edge[::-1]]) * height
        form = half * height * easel.scale(at) * 0.3
        easel.card(at, outline, Style("foliage", mix(green, tints.foliage[1], tier / tiers * 0.4),
                                      form=form, outline=0.6))
        if tints.white:
            cap = np.array([(0.0, top), (half * 0.62, low + 0.07), (half * 0.35, low + 0.045),
                            (half * 0.1, low + 0.075), (-half * 0.2, low + 0.04),
                            (-half * 0.66, low + 0.07)]) * height
            easel.card(at, cap, Style("snow", tints.snow, outline=0.2, form=form * 0.5))
