"""What grows on a coat: patches, stripes, a pale belly, manes and wool."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.marks import mix, rgb
from stillreel.draw.prop.contour import circle, links, smooth
from stillreel.draw.prop.paint import darker, paler

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.animal.flesh import Chain, Flesh, Tone
    from stillreel.draw.animal.quad import Quad
    from stillreel.draw.animal.skeleton import Skeleton

    Array = NDArray[np.float64]


def tinted(coat: Tone, amount: float) -> Tone:
    """Return the coat paler by `amount`, or darker where it is negative."""
    return paler(coat, amount) if amount >= 0 else darker(coat, -amount)


def _skin(bones: Skeleton, flat: float, along: Array, around: Array) -> Array:
    """Return places on the trunk: `along` 0 rump to 1 chest, `around` degrees from own left up."""
    share = np.linspace(0, 1, 5)
    turn = np.radians(around)
    middle = np.stack([np.interp(along, share, bones.trunk[:, axis]) for axis in range(3)], axis=1)
    deep = np.interp(along, share, bones.girth)
    half = np.outer(np.cos(turn) * deep * flat, bones.across)
    return middle + half + np.outer(np.sin(turn) * deep, bones.up)


def _put(
    flesh: Flesh, bones: Skeleton, flat: float, rims: list[tuple[Array, Array]], colour: Tone
) -> None:
    """Put down the patches whose middles face the camera; rims are as `_skin` takes them."""
    along = np.array([rim[0].mean() for rim in rims])
    around = np.array([rim[1].mean() for rim in rims])
    centres = _skin(bones, flat, along, around)
    axes = _skin(bones, 1e-3, along, np.zeros(len(rims)))
    seen = [
        rim
        for rim, centre, axis in zip(rims, centres, axes, strict=True)
        if flesh.view.facing(centre - axis, centre) > 0.12
    ]
    if not seen:
        return
    places = _skin(
        bones, flat, np.concatenate([r[0] for r in seen]), np.concatenate([r[1] for r in seen])
    )
    ends = np.cumsum([len(rim[0]) for rim in seen])[:-1]
    for piece in np.split(flesh.view.flat(places), ends):
        flesh.polygon(piece, colour)


def _oval(
    centre: tuple[float, float], size: tuple[float, float], rough: float = 0.0, seed: int = 0
) -> tuple[Array, Array]:
    turn = np.linspace(0, 2 * np.pi, 18, endpoint=False)
    swell = 1 + rough * (np.sin(3 * turn + seed) + 0.6 * np.sin(5 * turn + 2.3 * seed))
    along = np.clip(centre[0] + size[0] * np.cos(turn) * swell, -0.12, 1.12)
    return along, centre[1] + size[1] * np.sin(turn) * swell


def pattern(flesh: Flesh, bones: Skeleton, kind: Quad, coat: Tone, *, far: bool = False) -> None:
    """Put down what marks the trunk; `far` leaves out what is too small to be seen."""
    mark = rgb(kind.mark) if kind.mark else darker(coat, 0.3)
    if kind.belly:
        pale = mix(coat, (246, 236, 220), kind.belly)
        low = [_oval((0.56, side), (0.5, 24)) for side in (-62.0, 242.0)]
        _put(flesh, bones, kind.flat, low, pale)
        if not far:
            _bib(flesh, bones, kind, pale)
    if kind.pattern == "saddle":
        rims = [_oval((0.42, side), (0.46, 40), 0.07, 2) for side in (62.0, 118.0)]
    elif kind.pattern == "patches":
        rims = _patches()
    elif kind.pattern == "spots" and not far:
        rims = [
            _oval(
                ((number * 0.381966) % 1.0, -35 + (number * 77.0) % 250), (0.035, 11), 0.1, number
            )
            for number in range(26)
        ]
    elif kind.pattern == "stripes" and not far:
        rims = _stripes()
    else:
        return
    _put(flesh, bones, kind.flat, rims, mark)


def _patches() -> list[tuple[Array, Array]]:
    spots = ((0.12, 58, 0.2, 44), (0.62, 20, 0.17, 40), (0.9, 78, 0.13, 34), (0.36, -30, 0.1, 22))
    return [
        _oval((a + 0.03 * (turn > 90), turn), (w, h), 0.13, number)
        for number, (a, t, w, h) in enumerate(spots)
        for turn in (t, 180 - t)
    ]


def _bib(flesh: Flesh, bones: Skeleton, kind: Quad, pale: Tone) -> None:
    """Put down a pale throat and chest, where they are seen from the front or the side."""
    ahead = bones.trunk[-1] - bones.trunk[-2]
    ahead = ahead / max(float(np.linalg.norm(ahead)), 1e-9)
    way = ahead - bones.up * 0.35
    if kind.belly < 0.4 or flesh.view.facing(way, bones.trunk[-1]) < 0.0:
        return
    rise = bones.neck[2] - bones.neck[0]
    rise = rise / max(float(np.linalg.norm(rise)), 1e-9)
    throat = way - rise * float(way @ rise)
    throat = throat / max(float(np.linalg.norm(throat)), 1e-9)
    line = [bones.trunk[-1] + way * kind.chest * 0.32]
    line += [bones.neck[n] + throat * bones.neck_r[n] * 0.42 for n in (0, 1, 2)]
    radii = [kind.chest * 0.56, *(bones.neck_r[n] * 0.55 for n in (0, 1, 2))]
    width = flesh.view.pixels(kind.chest, bones.trunk[-1])
    pieces = flesh.chain(line, radii)
    flesh.put(pieces, pale, outline=0.0, form=width * 0.15, fillet=width * 0.1, fine=120)


def _stripes() -> list[tuple[Array, Array]]:
    step = np.linspace(0, 1, 7)
    wide = 0.026 * (1 - step) ** 0.6
    rims: list[tuple[Array, Array]] = []
    for number in range(7):
        lean = 0.06 + number * 0.145 + 0.05 * step
        low = 8.0 + 14 * (number % 2)
        for sign in (1, -1):
            turn = 90 - sign * (90 - low) * step
            along = np.concatenate([lean + wide, (lean - wide)[::-1]])
            rims.append((along, np.concatenate([turn, turn[::-1]])))
    return rims


def wool(flesh: Flesh, bones: Skeleton, kind: Quad) -> list[Array]:
    """Return the pieces of a fleece: tufts all over the trunk and the neck."""
    turn = np.arange(0, 360, 40.0)
    tufts: list[Array] = []
    for number, place in enumerate(np.linspace(-0.06, 1.04, 6)):
        around = turn + 20 * (number % 2)
        spots = _skin(bones, kind.flat, np.full(len(turn), np.clip(place, 0, 1)), around)
        spots = spots + (bones.trunk[-1] - bones.trunk[0]) * (place - np.clip(place, 0, 1))
        middle = spots.mean(axis=0)
        tufts.append(middle + (spots - middle) * (0.8 if number in (0, 5) else 1.0))
    spots = np.concatenate([*tufts, bones.neck[:3]])
    sizes = np.append(np.full(len(spots) - 3, 0.075), [0.16, 0.15, 0.13])
    flat, radii = flesh.view.circles(spots, sizes)
    return links(flat, flat, radii, radii)


def crest(flesh: Flesh, bones: Skeleton, kind: Quad, hair: Tone, *, hanging: bool) -> None:
    """Put down a mane: the ridge behind the neck, or the locks that hang to the own right."""
    poll = bones.head + np.array([0.0, 0.85, -0.3]) @ bones.frame * kind.skull
    back = (
        bones.trunk[-1]
        + bones.up * bones.girth[-1] * 0.98
        - (bones.trunk[-1] - bones.trunk[0]) * 0.04
    )
    out = bones.neck[1:3] - bones.head
    nape = np.cross(bones.frame[0], out)
    nape /= np.maximum(np.linalg.norm(nape, axis=1), 1e-9)[:, None]
    nape *= np.sign(nape @ (back - bones.neck[0]) + 1e-9)[:, None]
    ridge = smooth(
        [poll, *(bones.neck[2:0:-1] + nape[::-1] * bones.neck_r[2:0:-1, None] * 0.95), back], 4
    )
    if not hanging:
        flesh.put(
            flesh.chain(ridge, np.linspace(0.035, 0.03, len(ridge))), hair, "hair", form=2, fine=120
        )
        return
    side = -bones.frame[0]
    if flesh.view.facing(side, bones.neck[1]) <= 0.05:
        return
    count = len(ridge)
    length = 0.15 + 0.05 * np.sin(np.arange(count) * 2.1)
    length[0], length[-1] = 0.09, 0.07
    fall = np.array([0.0, -1.0, 0.0]) * 0.85 + (bones.neck[0] - bones.head) * 0.12
    tips = ridge + np.outer(length, fall) + np.outer(np.full(count, 0.085), side)
    edge = ridge + np.outer(np.full(count, 0.03), side) + np.array([0, 0.02, 0])
    flat = flesh.view.flat(
        np.concatenate([edge, smooth(_locks(edge, np.asarray(tips, dtype=np.float64)), 3)])
    )
    flesh.polygon(flat, hair, "hair", outline=0.8, form=flesh.view.pixels(0.04, bones.neck[1]))


def _locks(edge: Array, tips: Array) -> Array:
    """Return the ragged lower edge of hanging hair, from the last lock to the first."""
    points: list[Array] = []
    for number in range(len(tips) - 1, -1, -2):
        points.append(tips[number])
        if number > 1:
            points.append(tips[number - 1] * 0.72 + edge[number - 1] * 0.28)
    return np.array(points)


def ruff(flesh: Flesh, bones: Skeleton, kind: Quad, hair: Tone) -> None:
    """Put down a lion's mane around the head and down the chest."""
    size = kind.skull
    chains: list[Chain] = []
    round_ = circle(13)
    for back, wide, tuft in ((-0.1, 1.42, 0.42), (-0.8, 1.55, 0.5)):
        ring = np.column_stack([round_[:, 0] * wide, round_[:, 1] * wide - 0.25, np.full(13, back)])
        centre = bones.head + np.array([0, -0.2, back]) @ bones.frame * size
        chains.append((centre[None], np.array([wide * size])))
        inner = bones.head + ring @ bones.frame * size
        tips = bones.head + (ring * [1.28, 1.28, 1] + [0, -0.12, -0.25]) @ bones.frame * size
        thick = np.array([tuft * size, 0.08 * size])
        chains += [(np.array(pair), thick) for pair in zip(inner, tips, strict=True)]
    breast = np.array([bones.neck[1], bones.trunk[-1] + [0, -0.06, 0.1]])
    chains.append((breast, np.array([0.2, 0.13])))
    pieces = [piece for found in flesh.chains(chains) for piece in found]
    flesh.put(pieces, hair, "hair", form=flesh.view.pixels(size, bones.head) * 0.4, fine=240)
