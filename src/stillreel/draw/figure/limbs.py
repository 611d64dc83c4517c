"""Arms and legs: bare, sleeved, trousered and shod."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.figure.sketch import chain, darker
from stillreel.draw.figure.view import cross, normalised

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.figure.proportion import Proportion
    from stillreel.draw.figure.skeleton import Skeleton
    from stillreel.draw.figure.sketch import RGB, Sketch
    from stillreel.draw.figure.wardrobe import Cloth, Wardrobe
    from stillreel.draw.marks import Role

    Array = NDArray[np.float64]


def material(cloth: Cloth) -> Role:
    """Return what a garment is made of."""
    if cloth.kind in ("boots", "shoes", "sandals"):
        return "leather"
    if cloth.kind in ("armour", "helmet", "crown"):
        return "metal"
    return "cloth"


def between(first: Array, second: Array, amount: float) -> Array:
    """Return the point `amount` of the way from one point to another."""
    return first + (second - first) * amount


def _arm_line(shape: Proportion, bones: Skeleton, side: int) -> tuple[list[Array], list[float]]:
    s, e, w = bones.shoulder[side], bones.elbow[side], bones.wrist[side]
    unit = shape.limb
    points = [s, between(s, e, 0.45), e, between(e, w, 0.3), w]
    radii = [0.034, 0.0275, 0.0225, 0.0245, 0.0160]
    return points, [radius * unit for radius in radii]


def bare_arm(
    pad: Sketch, shape: Proportion, bones: Skeleton, side: int, length: float
) -> list[Array]:
    """Return the screen groups of the skin below a sleeve that covers `length` of the arm."""
    points, radii = _arm_line(shape, bones, side)
    first = 0 if length < 0.5 else 2
    return chain(pad.view, points[first:], radii[first:])


def sleeve(
    pad: Sketch, shape: Proportion, bones: Skeleton, side: int, cloth: Cloth, length: float
) -> None:
    """Draw a sleeve that covers the fraction `length` of the arm."""
    points, radii = _arm_line(shape, bones, side)
    thick = _thickness(cloth) * shape.height
    wide = 0.035 * shape.height if cloth.kind == "robe" else 0.0
    at = np.array([0.0, 0.24, 0.53, 0.67, 1.0])
    keep = [i for i in range(5) if at[i] < length - 0.03]
    end = np.array([np.interp(length, at, [p[i] for p in points]) for i in range(3)])
    girth = float(np.interp(length, at, radii))
    line = [points[i] for i in keep] + [end]
    cuff = 0.004 * shape.height if length < 0.5 else 0.002 * shape.height
    widths = [radii[i] + thick + wide * at[i] ** 2 for i in keep] + [
        girth + thick + cuff + wide * length**2
    ]
    groups = chain(pad.view, line, widths)
    # A cut cuff instead of a round end: the last disc gives way to a ring square to the arm.
    along = line[-1] - line[-2]
    along = normalised(along)
    ring = _ring(end, along, widths[-1])
    last = pad.view.discs(line[-2][None], np.array([widths[-2]]))[0]
    groups[-1] = np.concatenate([last, pad.view.project(ring)])
    pad.solid(
        groups,
        material(cloth),
        cloth.colour,
        form=0.016 * shape.limb,
        outline=0.85,
        soften=0.006 * shape.height,
    )
    _sleeve_folds(pad, shape, bones, side, cloth, length)


def _sleeve_folds(
    pad: Sketch, shape: Proportion, bones: Skeleton, side: int, cloth: Cloth, length: float
) -> None:
    if pad.view.tall < 220 or length < 0.6:
        return
    elbow, wrist, shoulder = bones.elbow[side], bones.wrist[side], bones.shoulder[side]
    inward = between(shoulder, wrist, 0.5) - elbow
    size = float(np.linalg.norm(inward))
    if size < 1e-6:
        return
    inward = inward / size
    tone = darker(cloth.colour, 0.42)
    for up, width in ((0.05, 0.9), (-0.03, 0.7)):
        base = between(elbow, shoulder if up > 0 else wrist, abs(up) * 3)
        start = base + inward * 0.020 * shape.limb
        stop = base - inward * 0.002 * shape.limb + (shoulder - elbow) * up * 0.6
        pad.crease(pad.view.project(np.stack([start, stop])), tone, 0.0045 * shape.height * width)


def _thickness(cloth: Cloth) -> float:
    return {"coat": 0.010, "jacket": 0.009, "jumper": 0.008, "armour": 0.009}.get(cloth.kind, 0.005)


def _ring(centre: Array, along: Array, radius: float, sides: int = 14) -> Array:
    one = cross(along, np.array([0.31, 0.2, 0.93]))
    one = normalised(one)
    two = cross(along, one)
    turn = np.arange(sides) * (2 * np.pi / sides)
    return centre + radius * (np.cos(turn)[:, None] * one + np.sin(turn)[:, None] * two)


def _leg_line(shape: Proportion, bones: Skeleton, side: int) -> tuple[list[Array], list[float]]:
    h, k, a = bones.hip[side], bones.knee[side], bones.ankle[side]
    unit = shape.limb
    back = -bones.foot[side][:, 2] * (0.008 * unit)
    top = h + (bones.hips[:, 1] * 0.02 - bones.hips[:, 2] * 0.008) * unit
    points = [top, between(h, k, 0.35), k, between(k, a, 0.30) + back, a]
    soft = 1 + 0.06 * shape.soft
    radii = [0.045 * soft, 0.0445 * soft, 0.0325, 0.0335, 0.0195]
    return points, [radius * unit for radius in radii]


def leg_skin(pad: Sketch, shape: Proportion, bones: Skeleton, side: int, skin: RGB) -> None:
    """Draw the bare leg from hip to ankle."""
    points, radii = _leg_line(shape, bones, side)
    pad.solid(
        chain(pad.view, points, radii),
        "skin",
        skin,
        form=0.02 * shape.limb,
        outline=0.8,
        soften=0.006 * shape.height,
    )


def trouser_leg(
    pad: Sketch,
    shape: Proportion,
    bones: Skeleton,
    side: int,
    cloth: Cloth,
    seat: list[Array],
    *,
    tucked: bool,
) -> None:
    """Draw one leg of trousers or shorts with the seat; `tucked` into boots narrows the hem."""
    points, radii = _leg_line(shape, bones, side)
    tall = shape.height
    add = [0.004 * tall, 0.005 * tall, 0.009 * tall, 0.006 * tall, 0.016 * tall]
    if tucked:
        add[4] = 0.004 * tall
    widths = [r + more for r, more in zip(radii, add, strict=True)]
    if cloth.kind == "shorts":
        knee = between(points[1], points[2], 0.62)
        points, widths = [points[0], points[1], knee], [*widths[:2], widths[1] * 1.06]
    along = points[-1] - points[-2]
    along = normalised(along)
    groups = chain(pad.view, points, widths)
    hem = points[-1] + along * (0.012 * tall if cloth.kind == "trousers" else 0.0)
    last = pad.view.discs(points[-2][None], np.array([widths[-2]]))[0]
    groups[-1] = np.concatenate([last, pad.view.project(_ring(hem, along, widths[-1]))])
    pad.solid(
        groups + seat,
        "cloth",
        cloth.colour,
        form=0.02 * shape.limb,
        outline=0.85,
        soften=0.006 * tall,
    )
    if cloth.kind == "trousers" and pad.view.tall > 240:
        _knee_folds(pad, shape, bones, side, cloth)


def _knee_folds(pad: Sketch, shape: Proportion, bones: Skeleton, side: int, cloth: Cloth) -> None:
    knee, tone = bones.knee[side], darker(cloth.colour, 0.42)
    view = pad.view
    right = view.axes[0]
    down = bones.ankle[side] - knee
    down = normalised(down)
    sign = 1.0 if side == 0 else -1.0
    for k, (drop, start, stop) in enumerate(
        ((0.0, -0.85, 0.1), (0.035, 0.9, 0.1), (0.30, 0.9, 0.2))
    ):
        base = knee + down * drop * shape.height * 0.55
        unit = 0.03 * shape.limb * sign
        one = base + right * unit * start
        two = base + right * unit * stop + down * 0.012 * shape.height * (1 if k else -1)
        pad.crease(view.project(np.stack([one, two])), tone, 0.0042 * shape.height)


def foot(
    pad: Sketch, shape: Proportion, bones: Skeleton, side: int, wardrobe: Wardrobe, skin: RGB
) -> None:
    """Draw the foot with what is worn on it."""
    cloth = wardrobe.feet
    view, tall = pad.view, shape.height
    ankle, frame = bones.ankle[side], bones.foot[side]
    ahead, up = frame[:, 2], frame[:, 1]
    size, unit = shape.foot, shape.limb * (1 + 0.06 * shape.young)
    bare = cloth is None or cloth.kind in ("barefoot", "sandals")
    thick = 0.0 if bare else 0.004 * tall
    sole = -up * shape.ankle
    heel = ankle + sole * 0.46 - ahead * size * 0.20
    ball = ankle + sole * 0.55 + ahead * size * 0.46
    toe = ankle + sole * 0.64 + ahead * size * 0.66
    radii = np.array([0.0235, 0.0215, 0.0165, 0.024]) * unit + thick
    radii[:3] = np.minimum(radii[:3], shape.ankle * np.array([0.52, 0.45, 0.36]) + thick)
    discs = view.discs(np.stack([heel, ball, toe, ankle]), radii)
    groups = [
        np.concatenate([discs[0], discs[1]]),
        np.concatenate([discs[1], discs[2]]),
        np.concatenate([discs[3], discs[0]]),
        np.concatenate([discs[3], discs[1] * 0.5 + discs[1].mean(axis=0) * 0.5]),
    ]
    colour = skin if bare or cloth is None else cloth.colour
    if cloth is not None and cloth.kind == "boots":
        top = between(ankle, bones.knee[side], 0.42)
        along = normalised(bones.knee[side] - ankle)
        ring = view.project(_ring(top, along, 0.041 * unit))
        groups.append(np.concatenate([ring, discs[3]]))
    pad.solid(
        groups,
        "skin" if bare else "leather",
        colour,
        form=0.012 * unit,
        outline=0.9,
        soften=0.003 * tall,
    )
    if view.tall < 160:
        return
    if cloth is not None:
        _sole(pad, shape, bones, side, cloth, bare=bare)


def _sole(
    pad: Sketch, shape: Proportion, bones: Skeleton, side: int, cloth: Cloth, *, bare: bool
) -> None:
    """Draw the sole of a shoe, or the straps of a sandal."""
    view, tall, size = pad.view, shape.height, shape.foot
    ankle, frame = bones.ankle[side], bones.foot[side]
    ahead, up = frame[:, 2], frame[:, 1]
    sole = -up * shape.ankle
    if not bare:
        under = [
            ankle + sole * 0.97 + ahead * size * z + frame[:, 0] * x * size
            for z, x in (
                (-0.33, 0),
                (-0.1, 0.15),
                (0.46, 0.19),
                (0.78, 0.08),
                (0.78, -0.08),
                (0.46, -0.19),
                (-0.1, -0.15),
            )
        ]
        flat = np.stack(under)
        rim = np.concatenate([flat, flat + up * shape.ankle * 0.16])
        pad.solid([view.project(rim)], "leather", darker(cloth.colour, 0.5), outline=0.4)
    elif cloth.kind == "sandals":
        for z in (0.18, 0.50):
            strap = [
                ankle + sole * (0.9 - 0.75 * h) + ahead * size * z + frame[:, 0] * x * size
                for x, h in ((-0.17, 0.0), (-0.11, 0.75), (0.0, 0.95), (0.11, 0.75), (0.17, 0.0))
            ]
            pad.line(view.project(np.stack(strap)), cloth.colour, 0.011 * tall)


def yoke(
    pad: Sketch, shape: Proportion, bones: Skeleton, side: int, cloth: Cloth, reach: float
) -> None:
    """Cover the seam between sleeve and trunk on top of the shoulder, so that cloth is one."""
    radius = 0.034 * shape.limb * 0.80
    shoulder = bones.shoulder[side]
    inward = bones.neck - shoulder
    inner = shoulder + inward * reach - bones.chest[:, 1] * 0.020 * shape.height
    below = shoulder + inward * min(reach, 0.18) - bones.chest[:, 1] * 0.040 * shape.height
    discs = pad.view.discs(
        np.stack([shoulder, inner, below]), np.array([radius, radius * 0.8, radius * 0.7])
    )
    pad.solid([discs.reshape(-1, 2)], material(cloth), cloth.colour, outline=0.0)
