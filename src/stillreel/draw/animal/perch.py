"""What birds do, and where their parts are at each moment of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import cos, pi, sin
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.animal.skeleton import turned
from stillreel.draw.body import Body

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.animal.acting import Acting
    from stillreel.draw.animal.fowl import Fowl
    from stillreel.values.scene import Identity

    Array = NDArray[np.float64]


TURN = 2 * pi


@dataclass(frozen=True, slots=True)
class Perch:
    """Where everything of a bird is in one moment; local frame own left, up, forward."""

    trunk: Array
    head: Array
    face: Array
    neck: Array
    frame: Array
    """Rows of the trunk."""
    feet: tuple[Array, Array]
    hips: tuple[Array, Array]
    spread: float
    beat: float
    lids: float
    beak: float
    fan: float


@dataclass(frozen=True, slots=True)
class _Mode:
    """What an action asks of a bird's body."""

    upright: float
    high: float = 0.0
    yaw: float = 0.0
    nod: float = 0.0
    spread: float = 0.0
    beat: float = 0.0
    lids: float = 0.0
    beak: float = 0.0
    reach: float = 0.0
    step: float = 0.0
    flying: bool = False


_RESTS = frozenset({"sit", "lie", "sleep", "kneel", "embrace"})


def _aloft(kind: Fowl, action: str, at: float) -> _Mode:
    wave, beat = sin(TURN * at), cos(TURN * at)
    if action in ("dance", "fight"):
        mode = _Mode(kind.upright + 18, 0.12 + 0.05 * wave)
    else:
        mode = _Mode(14.0, 0.75 - 0.06 * wave)
    return replace(mode, spread=1.0, beat=beat, flying=True)


def _mode(kind: Fowl, acting: Acting) -> _Mode:
    action, at = acting.action, acting.phase % 1.0
    wave, still = sin(TURN * at), _Mode(kind.upright)
    if action in ("fly", "run", "fall", "dance", "fight"):
        return _aloft(kind, action, at)
    if action in _RESTS or acting.supported:
        low = replace(still, high=-kind.leg * 0.75)
        return replace(low, lids=1.0, yaw=60.0, nod=-18.0) if action == "sleep" else low
    peck = 0.5 - 0.5 * cos(TURN * at)
    step = replace(still, step=wave, reach=0.07 * sin(2 * TURN * at))
    look = replace(still, yaw=62 * max(-1.0, min(1.0, wave * 2.2)))
    call = _Mode(kind.upright + 6, beak=0.5 + 0.5 * sin(2 * TURN * at), nod=14.0)
    lean = replace(still, reach=0.12, nod=4.0)
    modes: dict[str, _Mode] = {
        **dict.fromkeys(("walk", "carry", "work", "climb"), step),
        **dict.fromkeys(("look", "turn"), look),
        **dict.fromkeys(("talk", "cry", "laugh", "play"), call),
        **dict.fromkeys(("reach", "point"), lean),
        "swim": _Mode(min(kind.upright, 10.0), -kind.leg - 0.1 + 0.015 * wave),
        "eat": _Mode(kind.upright * 0.3 - 26 * peck, nod=-50.0 - 20 * peck, reach=0.1),
        "wave": replace(still, spread=0.55, beat=wave * 0.6),
    }
    return modes.get(action, replace(still, high=0.006 * wave))


def perch_of(kind: Fowl, acting: Acting) -> Perch:
    """Return where the parts of a bird are at a moment; trunk lengths, standing on y = 0."""
    mode = _mode(kind, acting)
    eating, swimming = acting.action == "eat", acting.action == "swim"
    frame = turned(mode.upright, 0.0)
    hip = np.array([0.0, kind.leg + kind.girth * 0.86 + mode.high, 0.0])
    centre = hip + np.array([0.0, 0.0, 0.06]) @ frame
    trunk = centre + np.outer([-0.48, -0.28, 0.0, 0.28, 0.44], frame[2])
    if swimming:
        trunk[:, 1] = np.maximum(trunk[:, 1], 0.02)
    head, neck = _neck(kind, mode, trunk[3], frame, eating=eating)
    sad = -14.0 if acting.emotion == "sad" else 0.0
    face = turned(mode.nod + sad, mode.yaw)
    hips = tuple(
        hip + np.array([side * kind.girth * 0.42, -kind.girth * 0.35, 0.0]) @ frame
        for side in (1.0, -1.0)
    )
    feet = tuple(
        root + np.array([0.0, -0.12, -0.16])
        if mode.flying or swimming
        else _foot(kind, mode, side, acting.phase)
        for side, root in zip((1.0, -1.0), hips, strict=True)
    )
    return Perch(
        trunk,
        head,
        face,
        neck,
        frame,
        (feet[0], feet[1]),
        (hips[0], hips[1]),
        mode.spread,
        mode.beat,
        max(mode.lids, acting.blink),
        max(mode.beak, acting.mouth),
        1.0 if mode.flying else 0.0,
    )


def _neck(
    kind: Fowl, mode: _Mode, shoulder: Array, frame: Array, *, eating: bool
) -> tuple[Array, Array]:
    base = shoulder + frame[1] * kind.girth * 0.42
    long = kind.neck > 0.2
    lift = min(mode.upright + (62 if long else 40), 96)
    if mode.flying and long:
        lift = 14.0
    way = turned(-46, 0)[2] if eating else turned(lift, mode.yaw * 0.25)[2]
    head = base + way * (kind.neck + kind.head * 0.7 + mode.reach)
    head[1] = max(head[1], kind.head * 1.05)
    if not long or mode.flying:
        return head, np.linspace(base, head, 4)
    bow = np.array([0.0, 0.0, -0.2 * kind.neck])
    rise = head - base
    return head, np.array([base, base + rise * 0.35 - bow, base + rise * 0.72 + bow, head])


def _foot(kind: Fowl, mode: _Mode, side: float, phase: float) -> Array:
    lift = max(0.0, 0.12 * cos(TURN * phase) * side) if mode.step else 0.0
    return np.array([side * kind.girth * 0.42, lift, 0.05 + 0.22 * mode.step * side])


def unit(kind: Fowl, height_m: float) -> float:
    """Return metres per trunk length of a bird whose crown stands at `height_m`."""
    from stillreel.draw.animal.acting import Acting

    perch = perch_of(kind, Acting())
    return height_m / float(perch.head[1] + kind.head)


def body_of(identity: Identity, kind: Fowl, acting: Acting) -> Body:
    """Return the measures of a posed bird in metres."""
    scale = unit(kind, identity.height_m)
    perch = perch_of(kind, acting)
    long = kind.wing * perch.spread
    high = max(float(perch.head[1]) + kind.head * 1.35, float(perch.trunk[3][1]) + long * 1.02)
    back = perch.trunk[0] - perch.frame[2] * (kind.tail + 0.1)
    ahead = float(perch.head[2]) + kind.head + kind.beak_long
    deep = max(ahead, abs(float(back[2])) + 0.25, kind.girth + 0.3, long * 0.8)
    head = perch.head * scale
    return Body(
        height=max(high, float(back[1]) + 0.2) * scale,
        eye_height=float(perch.head[1] + 0.1 * kind.head) * scale,
        head=(float(head[0]), float(head[1]), float(head[2])),
        head_radius=kind.head * scale * 1.2,
        half_width=max(kind.girth * 1.35, 0.35 + long * 1.1) * scale,
        depth=deep * scale,
        hip=max(float(perch.hips[0][1]) - kind.girth * 0.5, 0.0) * scale,
    )
