"""Kinds without four legs to walk on: fish, snakes and frogs."""

from __future__ import annotations

from math import cos, pi, sin
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.animal.flesh import Flesh
from stillreel.draw.body import Body
from stillreel.draw.marks import mix, rgb
from stillreel.draw.prop.contour import smooth
from stillreel.draw.prop.paint import darker, paler
from stillreel.draw.prop.view import cross

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.animal.acting import Acting
    from stillreel.draw.animal.flesh import Still, Tone
    from stillreel.draw.prop.view import View
    from stillreel.values.scene import Identity

    Array = NDArray[np.float64]

INK: Tone = (28, 24, 26)
_TURN = 2 * pi
_WORDS = {
    "fish": "fish shark whale dolphin salmon trout carp goldfish eel minnow pike cod seal",
    "snake": "snake serpent viper cobra adder python worm caterpillar",
    "frog": "frog toad tadpole tortoise turtle",
}
_BY_WORD = {word: kind for kind, words in _WORDS.items() for word in words.split()}
_USUAL = {"fish": 0.22, "snake": 0.3, "frog": 0.12}
_COATS = {"fish": "#5f8aa0", "snake": "#6f8a44", "frog": "#6a9a48"}


def _kind(word: str) -> str:
    for part in reversed(word.lower().replace("-", " ").split()):
        found = _BY_WORD.get(part) or _BY_WORD.get(part.removesuffix("s"))
        if found:
            return found
    return ""


def knows(word: str) -> bool:
    """Say whether a species word means one of these kinds."""
    return bool(_kind(word))


def usual_height(word: str) -> float:
    """Return the usual height in metres."""
    return _USUAL.get(_kind(word), 0.2)


def body_of(identity: Identity) -> Body:
    """Return the measures of a posed body in metres."""
    kind, tall = _kind(identity.species), identity.height_m
    high, head, wide, deep = {
        "fish": (1.75, (0.0, 1.0, 0.85), 0.75, 1.75),
        "snake": (1.1, (0.0, 0.88, 0.3), 0.9, 1.5),
        "frog": (1.75, (0.0, 0.75, 0.42), 0.95, 1.4),
    }[kind]
    radius = {"fish": 0.4, "snake": 0.14, "frog": 0.36}[kind]
    return Body(
        height=tall * high,
        eye_height=tall * head[1],
        head=(0.0, tall * head[1], tall * head[2]),
        head_radius=tall * radius,
        half_width=tall * wide,
        depth=tall * deep,
        hip=tall * 0.2,
    )


def still_of(identity: Identity, view: View, acting: Acting, coat: str = "") -> Still:
    """Return the body; the view's scale is metres per body height."""
    flesh = Flesh(view, identity.id)
    kind = _kind(identity.species)
    tone = rgb(coat or _COATS[kind])
    {"fish": _fish, "snake": _snake, "frog": _frog}[kind](flesh, acting, tone)
    return flesh.still()


def _eye(flesh: Flesh, at: Array, way: Array, size: float, coat: Tone) -> None:
    flesh.live(lambda fresh, acting: _show_eye(fresh, at, way, size, acting, coat))


def _show_eye(flesh: Flesh, at: Array, way: Array, size: float, acting: Acting, coat: Tone) -> None:
    pixels = flesh.view.pixels(size, at)
    if flesh.view.facing(way, at) < 0.05:
        return
    if max(acting.blink, 1.0 if acting.action == "sleep" else 0.0) > 0.8:
        side = cross([0, 1, 0], way)
        flesh.line(
            flesh.view.flat([at - side * size, at + side * size]), max(pixels * 0.3, 0.8), INK
        )
        return
    flesh.spot(at, way, (size * 1.15, size * 1.15), darker(coat, 0.6), "eye")
    flesh.spot(at, way, (size, size), (238, 226, 180), "eye")
    flesh.spot(at, way, (size * 0.6, size * 0.6), INK, "eye")
    if pixels > 2.5:
        flesh.spot(
            at + np.array([0, size * 0.35, 0]),
            way,
            (size * 0.22, size * 0.22),
            (255, 252, 244),
            "eye",
        )


def _fish(flesh: Flesh, acting: Acting, coat: Tone) -> None:
    view, wave = flesh.view, _TURN * acting.phase
    z = np.linspace(1.25, -1.0, 7)
    sway = 0.16 * np.sin(wave + (1.25 - z) * 1.6) * np.linspace(0.1, 1.0, 7)
    high = 1.0 + (0.0 if acting.action == "swim" else 0.03 * sin(wave))
    spine = np.stack([sway, np.full(7, high), z], axis=1)
    deep = np.array([0.12, 0.34, 0.5, 0.48, 0.34, 0.2, 0.1])
    pixels = view.pixels(0.4, spine[2])
    side = np.array([1.0, 0, 0]) if view.facing((1, 0, 0), spine[2]) > 0 else np.array([-1.0, 0, 0])
    body = smooth(np.column_stack([spine, deep]), 3)
    fin = darker(coat, 0.25)
    for rim in _fins(spine):
        flesh.polygon(view.flat(smooth(rim, 3)), fin, "feather", outline=0.8)
    flesh.put(
        flesh.oval_chain(body[:, :3], body[:, 3], 0.5, np.array([0, 1.0, 0])),
        coat,
        "skin",
        form=pixels * 0.4,
        fillet=pixels * 0.08,
    )
    low = spine[1:6] - np.outer(deep[1:6] * 0.42, [0, 1, 0])
    flesh.put(
        flesh.oval_chain(low, deep[1:6] * 0.5, 0.5, np.array([0, 1.0, 0])),
        paler(coat, 0.55),
        "skin",
        outline=0.0,
    )
    _gill(flesh, spine, side, 0.2 * cos(wave), (fin, darker(coat, 0.5)))
    for s in (1.0, -1.0):
        spot = spine[0] + np.array([s * 0.15, 0.12, -0.2])
        _eye(flesh, spot, np.array([s, 0.1, 0.35]), 0.09, coat)

    def mouth(fresh: Flesh, now: Acting) -> None:
        line = [
            spine[0] + side * 0.06 + [0, -0.04, 0.1],
            spine[0] + side * 0.12 + [0, -0.12 - 0.1 * now.mouth, -0.08],
        ]
        fresh.line(view.flat(np.array(line)), pixels * 0.09, darker(coat, 0.6))

    flesh.live(mouth)


def _fins(spine: Array) -> tuple[Array, Array]:
    """Return the rims of the tail and of the fin on the back."""
    bend = spine[-1, 0]
    fork = [(0, 0.05, 0.15), (bend, 0.55, -0.55), (bend, 0, -0.3), (bend, -0.55, -0.55)]
    back = [spine[2] + [0, 0.4, 0], spine[3] + [0, 0.75, 0], spine[3] + [0, 0.66, -0.3]]
    return (
        spine[-1] + np.array([*fork, (0, -0.05, 0.15)]),
        np.array([*back, spine[5] + [0, 0.14, 0]]),
    )


def _gill(flesh: Flesh, spine: Array, side: Array, flap: float, tones: tuple[Tone, Tone]) -> None:
    """Put down gill and near fin; the tones are those of fin and gill."""
    view, pixels = flesh.view, flesh.view.pixels(0.4, spine[2])
    gill = [
        spine[1] + side * 0.2 + [0, 0.22, -0.12],
        spine[1] + side * 0.24 + [0, 0, -0.2],
        spine[1] + side * 0.2 + [0, -0.22, -0.1],
    ]
    if view.facing(side, spine[2]) > 0.2:
        flesh.line(view.flat(smooth(np.array(gill), 3)), pixels * 0.08, tones[1])
    pec = np.array(
        [
            spine[2] + side * 0.25 + [0, -0.05, 0.15],
            spine[2] + side * (0.45 + flap) + [0, -0.2, -0.25],
            spine[2] + side * 0.3 + [0, -0.3, -0.1],
        ]
    )
    flesh.polygon(view.flat(pec), tones[0], "feather", outline=0.7)


def _snake(flesh: Flesh, acting: Acting, coat: Tone) -> None:
    view, wave = flesh.view, _TURN * acting.phase
    moving = acting.action in ("walk", "run", "swim", "climb", "fight")
    share = np.linspace(0, 1, 16)
    z = -1.3 + 1.5 * share
    x = 0.5 * np.sin(share * 9.0 - (wave if moving else 0.0)) * (1 - share * 0.6)
    ground = np.stack([x, np.full(16, 0.1), z], axis=1)
    low = acting.action in ("sleep", "lie", "eat")
    nod = 0.04 * sin(wave)
    neck = [[nod, 0.3, 0.32], [nod, 0.62, 0.22], [nod, 0.85, 0.25]]
    if low:
        neck = [[nod, 0.1, 0.35], [nod + 0.05, 0.11, 0.5], [nod, 0.13, 0.65]]
    line = smooth(np.concatenate([ground, neck]), 3)
    radii = np.interp(
        np.linspace(0, 1, len(line)), [0, 0.25, 0.6, 0.9, 1], [0.015, 0.09, 0.115, 0.085, 0.08]
    )
    pixels = view.pixels(0.11, line[len(line) // 2])
    flesh.put(flesh.chain(line, radii), coat, "skin", form=pixels * 0.7, fine=360)
    if pixels > 3:
        for n in range(4, len(line) - 6, 3):
            top = line[n] + [0, radii[n] * 0.9, 0]
            flesh.spot(
                top,
                np.array([0, 1.0, 0.35]),
                (radii[n] * 0.55, radii[n] * 0.7),
                darker(coat, 0.35),
                "skin",
            )
    head = line[-1]
    skull = [head, head + np.array([0, 0.01, 0.16]), head + np.array([0, -0.02, 0.27])]
    flesh.put(flesh.chain(skull, [0.125, 0.12, 0.065]), coat, "skin", form=pixels * 0.5)
    if acting.phase % 0.5 < 0.2 and not low:
        tongue = np.array(
            [
                head + np.array([0, -0.04, 0.32]),
                head + np.array([0, -0.05, 0.44]),
                head + np.array([0.03, -0.04, 0.5]),
            ]
        )
        flesh.line(view.flat(tongue), max(pixels * 0.12, 0.8), (190, 50, 50), "mouth")
    for s in (1.0, -1.0):
        _eye(
            flesh,
            head + np.array([s * 0.1, 0.06, 0.12]),
            np.array([s, 0.35, 0.4]),
            0.035,
            coat,
        )


def _frog(flesh: Flesh, acting: Acting, coat: Tone) -> None:
    view, wave = flesh.view, _TURN * acting.phase
    jump = max(0.0, sin(wave)) if acting.action in ("walk", "run", "fly", "play", "dance") else 0.0
    stretched = acting.action == "swim" or jump > 0.3
    up = np.array([0, 0.45 * jump, 0])
    pixels = view.pixels(0.4, (0, 0.4, 0))
    rump, chest = np.array([0, 0.28, -0.3]) + up, np.array([0, 0.5, 0.12]) + up
    head = np.array([0, 0.7, 0.4]) + up
    sides = sorted((1.0, -1.0), key=lambda s: -view.depth(rump + np.array([s, 0, 0])))
    for number, s in enumerate(sides):
        if number == 1:
            _frog_trunk(flesh, rump, chest, head, coat)
        _frog_hind(flesh, rump, s, darker(coat, 0.18), stretched=stretched)
        if number == 0 and view.facing((0, 0, 1), chest) < -0.2:
            continue
        off = np.array([0, 0.2, 0.2]) + up if stretched else np.zeros(3)
        _frog_fore(flesh, chest, s, coat, off)

    def mouth(fresh: Flesh, now: Acting) -> None:
        lip = np.linspace(-1, 1, 9)
        curve = np.stack(
            [
                lip * 0.38,
                head[1] - 0.1 - 0.1 * now.mouth + 0.05 * lip**2,
                head[2] + 0.36 * np.sqrt(1 - 0.86 * lip**2),
            ],
            axis=1,
        )
        fresh.line(view.flat(curve), max(pixels * 0.06, 0.8), darker(coat, 0.6))

    if view.facing((0, 0, 1), head) > -0.3:
        flesh.live(mouth)
    for s in (1.0, -1.0):
        bump = head + np.array([s * 0.22, 0.28, 0.04])
        flesh.put(flesh.chain([bump], 0.15), coat, "skin", form=pixels * 0.1)
        way = np.array([s * 0.55, 0.25, 0.8])
        _eye(flesh, bump + way / np.linalg.norm(way) * 0.145, way, 0.1, coat)


def _frog_trunk(flesh: Flesh, rump: Array, chest: Array, head: Array, coat: Tone) -> None:
    view, pixels = flesh.view, flesh.view.pixels(0.4, (0, 0.4, 0))
    pale = mix(coat, (240, 236, 200), 0.65)
    flesh.put(
        flesh.chain([rump, chest, head], [0.34, 0.38, 0.34])
        + flesh.chain(
            [head + np.array([0.14, -0.06, 0.1]), head + np.array([-0.14, -0.06, 0.1])],
            0.27,
        ),
        coat,
        "skin",
        form=pixels * 0.4,
        fillet=pixels * 0.1,
    )
    if view.facing((0, -0.2, 1), head) > -0.2:
        flesh.put(
            flesh.chain(
                [chest + np.array([0, -0.12, 0.14]), head + np.array([0, -0.2, 0.12])],
                [0.24, 0.2],
            ),
            pale,
            "skin",
            outline=0.0,
        )


def _frog_hind(flesh: Flesh, rump: Array, s: float, dark: Tone, *, stretched: bool) -> None:
    pixels = flesh.view.pixels(0.4, (0, 0.4, 0))
    hip, foot = rump + np.array([s * 0.26, -0.02, 0.02]), np.array([s * 0.52, 0.05, 0.12])
    knee = rump + np.array([s * 0.5, 0.2, 0.28])
    ankle = np.array([s * 0.44, 0.07, -0.25])
    if stretched:
        knee, ankle, foot = (
            rump + np.array([s * 0.36, -0.02, -0.35]),
            rump + np.array([s * 0.3, -0.08, -0.75]),
            rump + np.array([s * 0.4, -0.1, -1.05]),
        )
    thigh = flesh.chain([hip, knee], [0.2, 0.13]) + flesh.chain([knee, ankle], [0.12, 0.06])
    thigh += flesh.chain([ankle, foot], [0.06, 0.05])
    flesh.put(thigh, dark, "skin", form=pixels * 0.15)
    for x, z in ((0.14, 0.14), (0.02, 0.2), (-0.1, 0.16)):
        flesh.put(
            flesh.chain(
                [foot, foot + np.array([s * x, -0.01, z if not stretched else -z])],
                [0.045, 0.035],
            ),
            dark,
            "skin",
            outline=0.6,
        )


def _frog_fore(flesh: Flesh, chest: Array, s: float, coat: Tone, off: Array) -> None:
    pixels = flesh.view.pixels(0.4, (0, 0.4, 0))
    hand = np.array([s * 0.34, 0.04, 0.5]) + off
    flesh.put(
        flesh.chain(
            [
                chest + np.array([s * 0.28, -0.12, 0.1]),
                chest + np.array([s * 0.42, -0.28, 0.12]),
                hand,
            ],
            [0.11, 0.075, 0.06],
        ),
        coat,
        "skin",
        form=pixels * 0.1,
    )
    for x in (0.1, 0.0, -0.08):
        flesh.put(
            flesh.chain([hand, hand + np.array([s * x, -0.01, 0.12])], [0.05, 0.035]),
            coat,
            "skin",
            outline=0.6,
        )
