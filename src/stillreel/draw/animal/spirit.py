"""Things and forces that act: frost, snow, hail, tree, robot, ghost, spirit, those of the sky."""

from __future__ import annotations

import itertools
from math import cos, sin
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.animal.flesh import Flesh
from stillreel.draw.animal.sky import INK, TURN, moon, show_face, star, sun, wind
from stillreel.draw.body import Body
from stillreel.draw.marks import mix, rgb
from stillreel.draw.prop.contour import smooth
from stillreel.draw.prop.paint import Paint, darker, paler
from stillreel.draw.prop.solid import Pen
from stillreel.draw.prop.view import cross

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.animal.acting import Acting
    from stillreel.draw.animal.flesh import Tone
    from stillreel.draw.marks import Shape
    from stillreel.draw.prop.view import View
    from stillreel.values.scene import Identity

    Array = NDArray[np.float64]


_WORDS = {
    "wind": "wind breeze gale storm tempest air cloud hurricane whirlwind thunder",
    "frost": "frost ice icicle",
    "snow": "snow winter blizzard snowflake",
    "hail": "hail hailstone sleet rain autumn",
    "sun": "sun spring summer light dawn day fire flame",
    "moon": "moon night",
    "star": "star comet",
    "tree": "tree oak willow forest bush wood",
    "robot": "robot android machine automaton computer drone",
    "ghost": "ghost phantom spectre wraith shade",
    "spirit": "spirit death time fate",
}


_BY_WORD = {word: kind for kind, words in _WORDS.items() for word in words.split()}


_COLOURS = {
    "wind": "#a9bdd0",
    "frost": "#bfdcea",
    "snow": "#eef2f7",
    "hail": "#8f9aae",
    "sun": "#f4c04a",
    "moon": "#dfe2ee",
    "star": "#f7dc86",
    "tree": "#7a5638",
    "robot": "#8f9aa6",
    "ghost": "#eef0f2",
    "spirit": "#5c5670",
}


_FLOATS = {"wind": 0.35, "sun": 0.4, "moon": 0.4, "star": 0.3, "ghost": 0.08}


_MEASURES = {
    "wind": ((0.0, 0.8, 0.2), 0.24, 0.75, 1.75),
    "sun": ((0.0, 0.9, 0.1), 0.34, 0.62, 0.62),
    "moon": ((0.0, 0.9, 0.1), 0.34, 0.62, 0.62),
    "star": ((0.0, 0.8, 0.1), 0.3, 0.62, 0.62),
    "tree": ((0.0, 0.48, 0.1), 0.14, 0.6, 0.6),
    "robot": ((0.0, 0.85, 0.0), 0.13, 0.42, 0.42),
}


def _kind(word: str) -> str:
    for part in reversed(word.lower().replace("-", " ").split()):
        for form in (part, part.removesuffix("s")):
            if form in _BY_WORD:
                return _BY_WORD[form]
    return "spirit"


def knows(word: str) -> bool:
    """Say whether a species word means one of these."""
    return _kind(word) != "spirit" or "spirit" in word.lower()


def usual_height(word: str) -> float:
    """Return the usual height in metres."""
    return {"tree": 4.0, "robot": 1.6, "wind": 2.4, "sun": 2.0, "moon": 2.0}.get(_kind(word), 1.8)


def body_of(identity: Identity, acting: Acting) -> Body:
    """Return the measures of a posed body in metres."""
    kind, tall = _kind(identity.species or identity.name), identity.height_m
    head, radius, wide, deep = _MEASURES.get(kind, ((0.0, 0.86, 0.04), 0.12, 0.62, 0.62))
    lift = _lift(kind, acting) * 1.0
    return Body(
        height=tall * (1.28 + lift),
        eye_height=tall * (head[1] + lift),
        head=(0.0, tall * (head[1] + lift), tall * head[2]),
        head_radius=tall * radius,
        half_width=tall * wide,
        depth=tall * deep,
        hip=tall * 0.4,
    )


def _lift(kind: str, acting: Acting) -> float:
    wave = sin(TURN * acting.phase)
    fly = 0.3 if acting.action == "fly" and kind not in ("robot", "tree") else 0.0
    return fly + (0.025 * wave if kind in _FLOATS else 0.0)


def shapes_of(identity: Identity, view: View, acting: Acting, coat: str = "") -> tuple[Shape, ...]:
    """Return the shapes; the view's scale is metres per body height."""
    kind = _kind(identity.species or identity.name)
    lifted = view.within((0.0, _lift(kind, acting), 0.0), np.eye(3))
    flesh = Flesh(lifted, identity.id)
    tone = rgb(coat or _COLOURS[kind])
    made = {
        "wind": wind,
        "sun": sun,
        "moon": moon,
        "star": star,
        "tree": _tree,
        "robot": _robot,
        "ghost": _ghost,
    }.get(kind)
    if made is not None:
        made(flesh, acting, tone)
    else:
        _cloaked(flesh, acting, tone, kind, rgb(identity.accent))
    return tuple(flesh.shapes)


def _cloak(
    flesh: Flesh, acting: Acting, tone: Tone, rows: tuple[tuple[float, float], ...], jag: float
) -> None:
    """A robe around the y axis: (height, radius) rows from hem to shoulders."""
    wave = TURN * acting.phase
    turn = np.linspace(0, TURN, 24, endpoint=False)
    pieces: list[Array] = []
    rings: list[Array] = []
    for number, (y, r) in enumerate(rows):
        ripple = 1 + (0.07 * np.sin(turn * 6 + wave) if number == 0 else 0.0)
        drop = jag * np.abs(np.sin(turn * 4)) if number == 0 else np.zeros(24)
        rings.append(
            np.stack(
                [np.cos(turn) * r * ripple, y - drop, np.sin(turn) * r * 0.82 * ripple], axis=1
            )
        )
    for low, high in itertools.pairwise(rings):
        for n in range(24):
            quad = np.array([low[n], low[(n + 1) % 24], high[(n + 1) % 24], high[n]])
            pieces.append(flesh.view.flat(quad))
    pixels = flesh.view.pixels(rows[0][1], (0, 0.3, 0))
    flesh.put(pieces, tone, "cloth", form=pixels * 0.35, fine=320)
    for n in range(0, 24, 4):
        out = np.array([cos(turn[n]), 0, sin(turn[n])])
        if flesh.view.facing(out, out * 0.2 + np.array([0, 0.3, 0])) > 0.2:
            line = np.array([ring[n] * [0.985, 1, 0.985] for ring in rings[:-1]])
            flesh.line(flesh.view.flat(smooth(line, 3)), pixels * 0.03, darker(tone, 0.32))


def _arms(flesh: Flesh, acting: Acting, tone: Tone, hand: Tone, far: bool) -> None:
    wave = sin(TURN * acting.phase)
    lift = {
        "reach": 0.3,
        "point": 0.3,
        "wave": 0.36,
        "dance": 0.3,
        "fly": 0.22,
        "fight": 0.26,
        "work": 0.1,
        "embrace": 0.16,
    }.get(acting.action, 0.0)
    for s in (1.0, -1.0):
        if (flesh.view.facing((s, 0, 0.25), (s * 0.2, 0.6, 0)) < 0) != far:
            continue
        shoulder = np.array([s * 0.13, 0.68, 0.0])
        elbow = np.array([s * (0.24 + 0.3 * lift), 0.55 + lift * 0.5, 0.05])
        palm = np.array(
            [s * (0.3 + 0.5 * lift), 0.42 + lift * 1.3 + 0.015 * wave * s, 0.14 + 0.2 * lift]
        )
        flesh.put(
            flesh.chain([shoulder, elbow, palm], [0.07, 0.07, 0.085]),
            darker(tone, 0.06),
            "cloth",
            form=flesh.view.pixels(0.03, elbow),
        )
        flesh.put(
            flesh.chain([palm, palm + (palm - elbow) * 0.25], [0.042, 0.03]),
            hand,
            "skin",
            outline=0.8,
        )


def _crystals(
    flesh: Flesh, at: Array, spread: float, long: float, tone: Tone, count: int, *, up: float = 0.5
) -> None:
    """A crown of sharp crystals around a point."""
    spikes: list[tuple[float, Array]] = []
    for n in range(count):
        turn = n / count * TURN + 0.3
        out = np.array([cos(turn), up + 0.35 * (n % 2), sin(turn)])
        out /= np.linalg.norm(out)
        root = at + np.array([cos(turn), 0, sin(turn)]) * spread
        tip = root + out * long * (1.0 if n % 2 else 0.65)
        side = cross(out, [0, 1, 0])
        side /= max(float(np.linalg.norm(side)), 1e-9)
        wide = long * 0.14
        rim = np.array(
            [
                root - side * wide,
                root + side * wide,
                (root + tip) / 2 + side * wide * 1.2,
                tip,
                (root + tip) / 2 - side * wide * 1.2,
            ]
        )
        spikes.append((flesh.view.depth(root), rim))
    for _, rim in sorted(spikes, key=lambda pair: -pair[0]):
        flat = flesh.view.flat(rim)
        flesh.polygon(flat, paler(tone, 0.35), "glass", outline=0.8)
        flesh.polygon(flat[[1, 2, 3]], darker(tone, 0.12), "glass")


def _cloaked(flesh: Flesh, acting: Acting, tone: Tone, kind: str, accent: Tone) -> None:
    """A hooded figure; frost is crystal, snow is fur, hail is armour of grey."""
    cold = kind in ("frost", "snow", "hail")
    face = paler(tone, 0.55) if cold else mix(tone, (220, 206, 196), 0.6)
    head = np.array([0.0, 0.84, 0.04])
    view = flesh.view
    _arms(flesh, acting, tone, face, far=True)
    if kind == "frost":
        _crystals(flesh, np.array([0, 0.7, -0.02]), 0.17, 0.24, tone, 9, up=0.8)
    _cloak(
        flesh,
        acting,
        tone,
        ((0.02, 0.36), (0.3, 0.25), (0.56, 0.17), (0.72, 0.15), (0.78, 0.07)),
        0.05 if kind != "snow" else 0.0,
    )
    pixels = view.pixels(0.12, head)
    if kind == "snow":
        for y, r, count, puff in ((0.05, 0.35, 16, 0.06), (0.73, 0.15, 12, 0.055)):
            pieces = [
                p
                for n in range(count)
                for p in flesh.chain(
                    [[cos(n / count * TURN) * r, y, sin(n / count * TURN) * r * 0.85]], puff
                )
            ]
            flesh.put(pieces, (252, 253, 255), "snow", outline=0.8, form=pixels * 0.2)
    if kind == "hail":
        for n in range(14):
            turn, y = n * 2.4, 0.12 + 0.042 * n
            r = np.interp(y, [0, 0.3, 0.56, 0.72], [0.37, 0.26, 0.18, 0.15])
            out = np.array([cos(turn), 0, sin(turn)])
            spot = out * r * [1, 1, 0.84] + [0, y, 0]
            if view.facing(out, spot) > 0.1:
                flesh.put(
                    flesh.chain([spot], 0.026),
                    (232, 238, 246),
                    "glass",
                    outline=0.6,
                    form=pixels * 0.08,
                )
    hood = flesh.chain(
        [
            head + np.array([0, 0.0, -0.03]),
            head + np.array([0, 0.05, -0.05]),
            head + np.array([0, 0.15, -0.1]),
        ],
        [0.14, 0.125, 0.02],
    )
    flesh.put(hood, darker(tone, 0.12), "cloth", form=pixels * 0.3)
    if view.facing((0, 0, 1), head) > -0.2:
        inside = head + np.array([0, -0.01, 0.025])
        flesh.put(flesh.chain([inside], 0.112), darker(tone, 0.55), "cloth", outline=0.5)
        flesh.put(
            flesh.chain(
                [head + np.array([0, -0.015, 0.045]), head + np.array([0, -0.06, 0.05])],
                [0.094, 0.07],
            ),
            face,
            "skin",
            outline=0.6,
            form=pixels * 0.2,
        )
        show_face(flesh, head + np.array([0, -0.015, 0.05]), 0.094, acting, tone)
        if kind in ("snow", "hail", "frost"):
            beard = flesh.chain(
                [
                    head + np.array([0, -0.1, 0.1]),
                    head + np.array([0, -0.2, 0.12]),
                    head + np.array([0, -0.3, 0.1]),
                ],
                [0.05, 0.04, 0.008],
            )
            flesh.put(
                beard,
                (246, 249, 253),
                "glass" if kind == "frost" else "hair",
                outline=0.7,
                form=pixels * 0.15,
            )
    if kind == "frost":
        _crystals(flesh, head + np.array([0, 0.09, -0.03]), 0.09, 0.17, tone, 7, up=1.6)
    elif kind == "hail":
        _crystals(flesh, head + np.array([0, 0.1, -0.03]), 0.1, 0.09, darker(tone, 0.2), 8, up=1.0)
    else:
        knot = np.array([0, 0.72, 0.16])
        flesh.spot(knot, np.array([0, 0.1, 1.0]), (0.032, 0.032), accent, "metal", outline=0.7)
    _arms(flesh, acting, tone, face, far=False)


def _ghost(flesh: Flesh, acting: Acting, tone: Tone) -> None:
    """A sheet with two dark eyes."""
    head = np.array([0.0, 0.82, 0.0])
    rows = (
        (0.08, 0.34),
        (0.35, 0.26),
        (0.6, 0.2),
        (0.74, 0.165),
        (0.86, 0.15),
        (0.94, 0.1),
        (0.985, 0.02),
    )
    _arms_sheet(flesh, acting, tone)
    _cloak(flesh, acting, tone, rows, 0.09)
    for s in (1.0, -1.0):
        way = np.array([s * 0.4, 0.05, 0.9])
        spot = head + way * [0.155, 0.155, 0.13]
        flesh.spot(
            spot,
            way,
            (0.03, 0.045 if acting.blink < 0.8 else 0.008),
            INK,
            "eye",
            up=np.array([0, 1.0, 0]),
        )
    mouth = np.array([0, 0.72, 0.137])
    flesh.spot(mouth, np.array([0, 0, 1.0]), (0.026, 0.018 + 0.035 * acting.mouth), INK, "mouth")


def _arms_sheet(flesh: Flesh, acting: Acting, tone: Tone) -> None:
    wave = sin(TURN * acting.phase)
    for s in (1.0, -1.0):
        flesh.put(
            flesh.chain(
                [
                    [s * 0.14, 0.62, 0.05],
                    [s * 0.3, 0.58 + 0.03 * wave, 0.16],
                    [s * 0.36, 0.5 + 0.03 * wave, 0.2],
                ],
                [0.09, 0.075, 0.04],
            ),
            tone,
            "cloth",
            form=flesh.view.pixels(0.03),
        )


def _tree(flesh: Flesh, acting: Acting, tone: Tone) -> None:
    """A tree with a face and branches for arms."""
    sway = 0.02 * sin(TURN * acting.phase)
    green = (92, 130, 72)
    view = flesh.view
    pieces = flesh.chain(
        [[0, 0.15, 0], [0, 0.24, 0], [0, 0.5, 0], [sway, 0.7, 0]], [0.145, 0.125, 0.12, 0.09]
    )
    for n in range(5):
        a = n / 5 * TURN + 0.5
        pieces += flesh.chain(
            [[cos(a) * 0.06, 0.12, sin(a) * 0.06], [cos(a) * 0.27, 0.025, sin(a) * 0.27]],
            [0.09, 0.025],
        )
    wave = {"wave": 0.2, "reach": 0.15, "point": 0.15, "dance": 0.2}.get(acting.action, 0.0)
    for s in (1.0, -1.0):
        pieces += flesh.chain(
            [
                [s * 0.08, 0.5, 0],
                [s * 0.26, 0.52 + wave * 0.5, 0.06],
                [s * 0.4, 0.5 + wave + sway, 0.12],
            ],
            [0.05, 0.035, 0.014],
        )
        pieces += flesh.chain(
            [[s * 0.3, 0.52 + wave * 0.6, 0.08], [s * 0.36, 0.6 + wave, 0.05]], [0.022, 0.01]
        )
    blobs = [
        (-0.2, 0.74, 0.0, 0.17),
        (0.2, 0.74, 0.0, 0.17),
        (0, 0.7, -0.18, 0.17),
        (0, 0.88, 0.0, 0.17),
        (-0.12, 0.86, 0.08, 0.14),
        (0.13, 0.85, 0.08, 0.14),
        (0, 0.73, 0.17, 0.13),
    ]
    back = [blob for blob in blobs if view.depth(blob[:3]) > view.depth((0, 0.72, 0))]
    for x, y, z, r in sorted(back, key=lambda b: -view.depth(b[:3])):
        flesh.put(
            flesh.chain([[x + sway * 2, y, z]], r),
            darker(green, 0.2),
            "foliage",
            form=view.pixels(r * 0.3),
        )
    flesh.put(pieces, tone, "trunk", form=view.pixels(0.05), fillet=view.pixels(0.02))
    for blob in sorted(blobs, key=lambda b: -view.depth(b[:3])):
        if blob not in back:
            x, y, z, r = blob
            flesh.put(
                flesh.chain([[x + sway * 2, y, z]], r), green, "foliage", form=view.pixels(r * 0.35)
            )
    show_face(flesh, np.array([0, 0.44, 0.0]), 0.118, acting, tone)
    nose = flesh.chain([[0, 0.43, 0.1], [0, 0.4, 0.14]], [0.02, 0.026])
    if view.facing((0, 0, 1), (0, 0.43, 0.1)) > -0.1:
        flesh.put(nose, darker(tone, 0.12), "trunk", outline=0.7)


def _robot(flesh: Flesh, acting: Acting, tone: Tone) -> None:
    """A robot of boxes, jointed like a person."""
    at, walk = acting.phase, acting.action in ("walk", "run", "carry", "dance")
    step = sin(TURN * at) * (0.12 if walk else 0.0)
    lift = {"reach": 1.2, "point": 1.2, "wave": 2.3, "dance": 2.0, "fight": 1.0, "carry": 0.8}.get(
        acting.action, 0.1
    )
    pen = Pen(flesh.view, flesh.owner)
    body, dark = Paint(tone, "metal"), Paint(darker(tone, 0.35), "metal")
    glow = Paint((140, 226, 240), "light", 0.6, glow=0.6)
    for s in (1.0, -1.0):
        z = step * s
        pen.tube(
            [(s * 0.08, 0.4, 0), (s * 0.08, 0.22, z * 0.5 + 0.02), (s * 0.08, 0.08, z)], 0.035, dark
        )
        pen.box((s * 0.08, 0.035, z + 0.03), (0.11, 0.07, 0.19), body)
        swing = -step * s * 1.2
        a = lift if s > 0 or acting.action in ("dance", "carry") else 0.1
        elbow = np.array([s * 0.21, 0.62 - 0.14 * cos(a), 0.14 * sin(a) + swing * 0.5])
        hand = elbow + np.array(
            [0.0, -0.14 * cos(a * 1.1), 0.14 * sin(a * 1.1) + 0.03 + swing * 0.5]
        )
        pen.ball((s * 0.19, 0.64, 0), 0.05, body)
        pen.tube([(s * 0.2, 0.63, 0), elbow, hand], 0.03, dark)
        pen.box(hand, (0.07, 0.08, 0.07), body)
    pen.box((0, 0.54, 0), (0.32, 0.28, 0.2), body, nearer=0.03)
    if flesh.view.facing((0, 0, 1), (0, 0.54, 0.1)) > 0.02:
        pen.face(
            [(-0.09, 0.47, 0.102), (0.09, 0.47, 0.102), (0.09, 0.6, 0.102), (-0.09, 0.6, 0.102)],
            dark,
            on=True,
        )
        for x in (-0.05, 0.0, 0.05):
            pen.spot(
                (x, 0.535, 0.104),
                (0, 0, 1),
                0.016,
                glow if x else Paint((240, 110, 80), "light", 0.4, glow=0.5),
            )
    pen.tube([(0, 0.68, 0), (0, 0.74, 0)], 0.045, dark)
    pen.box((0, 0.84, 0), (0.25, 0.2, 0.2), body, nearer=0.05)
    shut = acting.blink > 0.8 or acting.action == "sleep"
    if flesh.view.facing((0, 0, 1), (0, 0.84, 0.1)) > 0.02:
        pen.face(
            [(-0.1, 0.79, 0.102), (0.1, 0.79, 0.102), (0.1, 0.91, 0.102), (-0.1, 0.91, 0.102)],
            dark,
            on=True,
        )
        for x in (-0.05, 0.05):
            pen.spot(
                (x + acting.gaze[0] * 0.012, 0.86 + acting.gaze[1] * 0.01, 0.104),
                (0, 0, 1),
                (0.03, 0.005 if shut else 0.03),
                glow,
            )
        pen.spot((0, 0.765, 0.104), (0, 0, 1), (0.05, 0.008 + 0.016 * acting.mouth), glow)
    pen.tube([(0, 0.94, 0), (0, 1.02, 0)], 0.01, dark)
    pen.ball((0, 1.03, 0), 0.025, Paint((240, 110, 80), "light", 0.8, glow=0.6))
    flesh.shapes += pen.shapes()
