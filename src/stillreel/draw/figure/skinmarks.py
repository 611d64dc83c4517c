"""Tattoos, piercings, scars, freckles, moles and patches, on the side and place they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.figure.sketch import darker, lighter
from stillreel.draw.figure.view import cross, normalised
from stillreel.draw.marks import mix, rgb

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from stillreel.draw.figure.face import Face
    from stillreel.draw.figure.proportion import Proportion
    from stillreel.draw.figure.skeleton import Skeleton
    from stillreel.draw.figure.sketch import RGB, Sketch
    from stillreel.values.scene import Mark, Side

    Array = NDArray[np.float64]

_PLACES: dict[str, tuple[float, float]] = {
    "cheek": (0.205, 0.330),
    "brow": (0.165, 0.600),
    "nose": (0.044, 0.325),
    "chin": (0.06, 0.085),
}
_TURN = np.linspace(0, 2 * np.pi, 13)[:-1]


def side_of(side: Side) -> float:
    """Return +1 for the own left, -1 for the own right, 0 for the middle."""
    return {"left": 1.0, "right": -1.0, "centre": 0.0}[side]


def face_marks(face: Face, marks: Sequence[Mark]) -> None:
    """Draw every mark of the face; freckles and patches before the rest."""
    for mark in sorted(marks, key=lambda m: m.kind not in ("freckles", "patch")):
        if mark.kind == "freckles":
            _freckles(face)
        elif mark.kind == "patch" and mark.where in ("brow", "cheek"):
            _eye_patch(face, mark)
        elif mark.where in _PLACES:
            x, v = _PLACES[mark.where]
            _one(face, mark, side_of(mark.side) * x, v)
        elif mark.where == "ear":
            _earring(face, mark)


def _one(face: Face, mark: Mark, x: float, v: float) -> None:
    if mark.kind == "tattoo":
        _tattoo(face, mark, x, v)
    elif mark.kind == "scar":
        t = np.linspace(-1, 1, 7)
        line_x, line_v = x + 0.03 * t + 0.008 * t**2, v + 0.085 * t
        face.stroke(line_x, line_v, lighter(mix(face.of.skin, (226, 120, 112), 0.45), 0.1), 0.020)
        face.stroke(line_x, line_v, darker(mix(face.of.skin, (190, 70, 66), 0.4), 0.15), 0.007)
        if face.pixels > 60:
            for k in (-0.55, 0.0, 0.55):
                cross = np.array([-0.022, 0.022])
                face.stroke(
                    x + 0.03 * k + cross,
                    v + 0.085 * k + 0.3 * cross,
                    darker(face.of.skin, 0.4),
                    0.006,
                )
    elif mark.kind == "piercing":
        _ring(face, face.skull.face(np.array([x]), np.array([v]), 0.045)[0], rgb(mark.colour))
    elif mark.kind == "mole":
        face.patch(
            x + 0.016 * np.cos(_TURN), v - 0.02 + 0.015 * np.sin(_TURN), "mark", (74, 44, 36)
        )
    elif mark.kind == "patch":
        face.patch(x + 0.06 * np.cos(_TURN), v + 0.05 * np.sin(_TURN), "mark", rgb(mark.colour))


def _tattoo(face: Face, mark: Mark, x: float, v: float) -> None:
    colour, words = rgb(mark.colour), mark.design.lower()
    sign = 1.0 if x >= 0 else -1.0
    if "chevron" in words or not words:
        count = 3 if "triple" in words or not words else 2 if "double" in words else 1
        for k in range(count):
            u = np.array([-1.0, 0.0, 1.0])
            face.stroke(
                x + 0.048 * u + sign * 0.012,
                v + 0.045 - 0.052 * k - 0.034 * (1 - np.abs(u)),
                colour,
                0.017,
            )
        if "dot" in words or count == 3:
            face.patch(
                x + sign * 0.012 + 0.012 * np.cos(_TURN),
                v + 0.075 + 0.012 * np.sin(_TURN),
                "mark",
                colour,
            )
    elif "star" in words or "sun" in words:
        turn = np.linspace(0, 2 * np.pi, 11)[:-1] + np.pi / 2
        size = np.where(np.arange(10) % 2 == 0, 0.06, 0.025)
        face.patch(x + size * np.cos(turn), v + size * np.sin(turn), "mark", colour)
    elif any(word in words for word in ("line", "stripe", "bar")):
        for k in (-1, 0, 1):
            face.stroke(
                np.array([x - 0.055, x + 0.055]), np.array([v, v]) + 0.035 * k, colour, 0.015
            )
    elif any(word in words for word in ("tear", "drop", "dot")):
        face.patch(x + 0.020 * np.cos(_TURN), v + 0.05 + 0.030 * np.sin(_TURN), "mark", colour)
    else:
        t = np.linspace(0, 1, 12)
        face.stroke(
            x + 0.055 * (1 - t) * np.cos(t * 9), v + 0.055 * (1 - t) * np.sin(t * 9), colour, 0.015
        )


def _freckles(face: Face) -> None:
    if face.pixels < 50:
        return
    tone = mix(face.of.skin, (150, 82, 48), 0.55)
    for k in range(22):
        x = -0.25 + 0.5 * ((k * 0.618) % 1.0)
        v = 0.325 + 0.075 * np.sin(k * 2.7) - 0.03 * abs(x)
        size = 0.008 + 0.003 * np.sin(k * 1.3)
        turn = _TURN[::2]
        face.patch(x + size * np.cos(turn), v + size * np.sin(turn), "mark", tone)


def _eye_patch(face: Face, mark: Mark) -> None:
    side = side_of(mark.side) or 1.0
    colour = rgb(mark.colour)
    x = side * face.eye_x + 0.115 * np.cos(_TURN)
    face.patch(x, face.eye_v + 0.092 * np.sin(_TURN) - 0.01, "leather", colour, lift=0.03)
    t = np.linspace(-1.35, 0.55, 15)
    face.stroke(side * (face.eye_x + 0.30 * t), face.eye_v + 0.05 - 0.15 * t, colour, 0.022)


def _ring(face: Face, centre: Array, colour: RGB) -> None:
    if face.pixels < 36:
        return
    view, skull = face.view, face.skull
    world = skull.world(centre)
    normal = skull.frame @ np.array([np.sign(centre[0]) * 0.75, 0.0, 0.65])
    if float(view.facing(world[None], (normal / np.linalg.norm(normal))[None])[0]) < 0.05:
        return
    disc = view.discs(world[None], np.array([0.022 * skull.unit]))[0]
    steel = lighter(colour, 0.72) if max(colour) < 120 else colour
    face.pad.line(np.concatenate([disc, disc[:1]]), steel, 0.011 * skull.unit, role="metal")


def _earring(face: Face, mark: Mark) -> None:
    side = side_of(mark.side) or 1.0
    wide = float(np.interp(0.4, face.skull.rows[:, 0], face.skull.rows[:, 1]))
    if face.camera[0] * side < -0.25:
        return
    centre = face.skull.world(np.array([side * (wide + 0.035), 0.335, -0.05]))
    disc = face.view.discs(centre[None], np.array([0.026 * face.skull.unit]))[0]
    colour = rgb(mark.colour)
    steel = lighter(colour, 0.6) if max(colour) < 120 else colour
    if mark.kind == "piercing":
        face.pad.line(
            np.concatenate([disc, disc[:1]]), steel, 0.012 * face.skull.unit, role="metal"
        )
    else:
        face.pad.flat(disc, "mark", colour)


def limb_marks(
    pad: Sketch, shape: Proportion, bones: Skeleton, side: int, marks: Sequence[Mark], *, bare: bool
) -> None:
    """Draw marks of one arm or hand, where skin is bare."""
    for mark in marks:
        sign = side_of(mark.side) or 1.0
        if (sign > 0) != (side == 0) or mark.where not in ("arm", "hand"):
            continue
        if mark.where == "arm" and not bare:
            continue
        hand = bones.hand[side]
        if mark.where == "arm":
            along = bones.wrist[side] - bones.elbow[side]
            centre = bones.elbow[side] + along * 0.45
            out, size = hand[:, 1], 0.023 * shape.limb
        else:
            along = hand[:, 2] * shape.hand
            centre = bones.wrist[side] + along * 0.28
            out, size = hand[:, 1], 0.012 * shape.limb
        spot = centre + out * size
        if float(pad.view.facing(spot[None], out[None])[0]) < 0.1:
            continue
        down = along / np.linalg.norm(along)
        _limb_mark(pad, mark, spot, down, cross(out, down), 0.016 * shape.height)


def _limb_mark(pad: Sketch, mark: Mark, spot: Array, down: Array, side: Array, size: float) -> None:
    colour = rgb(mark.colour)
    if mark.kind == "tattoo":
        for k in (-1, 0, 1):
            row = spot + down * size * 0.9 * k
            line = np.stack(
                [row - side * size * 0.7, row + down * size * 0.5, row + side * size * 0.7]
            )
            pad.line(pad.view.project(line), colour, size * 0.28, role="mark")
    elif mark.kind == "scar":
        line = np.stack(
            [spot - down * size * 1.5, spot + side * size * 0.2, spot + down * size * 1.5]
        )
        pad.line(pad.view.project(line), (206, 110, 104), size * 0.3, role="mark")
    else:
        pad.solid(
            list(pad.view.discs(spot[None], np.array([size * 0.35]))), "mark", colour, outline=0.0
        )


def neck_marks(pad: Sketch, shape: Proportion, bones: Skeleton, marks: Sequence[Mark]) -> None:
    """Draw marks on the neck."""
    for mark in marks:
        if mark.where != "neck":
            continue
        sign = side_of(mark.side)
        frame = bones.chest
        out = frame[:, 0] * sign * 0.85 + frame[:, 2] * (0.55 if sign else 1.0)
        out = normalised(out)
        spot = bones.neck + frame[:, 1] * shape.neck * 0.75 + out * shape.neck_radius
        if float(pad.view.facing(spot[None], out[None])[0]) > 0.1:
            side = cross(out, frame[:, 1])
            _limb_mark(pad, mark, spot, -frame[:, 1], side, 0.010 * shape.height)
