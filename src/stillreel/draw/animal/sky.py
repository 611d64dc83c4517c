"""Wind, sun, moon and star with faces."""

from __future__ import annotations

from math import cos, pi, sin
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.marks import mix
from stillreel.draw.prop.contour import links, smooth
from stillreel.draw.prop.marker import plane
from stillreel.draw.prop.paint import darker, paler

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.animal.acting import Acting
    from stillreel.draw.animal.flesh import Flesh, Tone

    Array = NDArray[np.float64]


INK: Tone = (34, 28, 36)


TURN = 2 * pi


def show_face(flesh: Flesh, at: Array, size: float, tone: Tone, *, puff: float = 0.0) -> None:
    """Put two eyes, brows and a mouth on a ball of radius `size` that looks along +z."""
    flesh.live(lambda fresh, acting: _features(fresh, at, size, acting, tone, puff))


def _features(
    flesh: Flesh, at: Array, size: float, acting: Acting, tone: Tone, puff: float
) -> None:
    view = flesh.view
    pixels = view.pixels(size, at)
    if pixels < 2.5:
        return
    ink = darker(tone, 0.85)
    _eyes(flesh, at, size, acting, ink)
    _lips(flesh, at, size, acting, ink, puff)


def _eyes(flesh: Flesh, at: Array, size: float, acting: Acting, ink: Tone) -> None:
    view, pixels = flesh.view, flesh.view.pixels(size, at)
    shut = max(acting.blink, 1.0 if acting.action == "sleep" else 0.0) > 0.8
    slant = {"angry": 0.7, "determined": 0.4, "sad": -0.6, "afraid": -0.5}.get(acting.emotion, 0.12)
    for s in (1.0, -1.0):
        way = np.array([s * 0.36, 0.16, 0.92])
        eye = at + way * size * 0.99
        across, high = np.array([0.93, 0, -s * 0.36]), np.array([0, 1.0, 0])
        if view.facing(way, eye) < 0.05:
            continue
        if shut:
            turn = np.linspace(-1, 1, 6)
            lid = (
                eye
                + np.outer(turn * size * 0.16, across)
                - np.outer((1 - turn**2) * size * 0.07, high)
            )
            flesh.line(view.flat(lid), max(pixels * 0.06, 0.8), ink)
        else:
            flesh.spot(
                eye, way, (size * 0.16, size * 0.2), (250, 250, 246), "eye", outline=0.6, up=high
            )
            look = eye + across * acting.gaze[0] * size * 0.06 + high * acting.gaze[1] * size * 0.07
            flesh.spot(look, way, (size * 0.095, size * 0.12), ink, "eye", up=high)
            flesh.spot(
                look + high * size * 0.05, way, (size * 0.03, size * 0.03), (255, 255, 255), "eye"
            )
        brow = eye + high * size * 0.3
        ends = np.array(
            [
                brow + across * size * 0.24 * t + high * size * 0.13 * slant * s * t
                for t in (-1, 0, 1)
            ]
        )
        flesh.line(view.flat(ends), max(pixels * 0.085, 0.9), ink)


def _lips(flesh: Flesh, at: Array, size: float, acting: Acting, ink: Tone, puff: float) -> None:
    view, pixels = flesh.view, flesh.view.pixels(size, at)
    way = np.array([0.0, -0.38, 0.92])
    mouth = at + way * size * 0.98
    if view.facing(way, mouth) < 0.0:
        return
    opened = max(acting.mouth, puff)
    if opened > 0.12:
        flesh.spot(
            mouth,
            way,
            (size * (0.12 + 0.1 * opened), size * 0.22 * opened),
            ink,
            "mouth",
            outline=0.6,
        )
        return
    bend = {"happy": 0.13, "sad": -0.12, "afraid": -0.08, "angry": -0.1}.get(acting.emotion, 0.03)
    turn = np.linspace(-1, 1, 7)
    curve = (
        mouth
        + np.outer(turn * size * 0.28, [1, 0, 0])
        + np.outer(turn**2 * size * bend, [0, 1, 0])
        - np.outer(turn**2 * size * 0.06, [0, 0, 1])
    )
    flesh.line(view.flat(curve), max(pixels * 0.07, 0.8), ink, "mouth")


def wind(flesh: Flesh, acting: Acting, tone: Tone) -> None:
    """A puffed face in a cloud, its body trailing away in curls."""
    at, head = acting.phase, np.array([0.0, 0.8, 0.2])
    _streams(flesh, at, tone)
    _hood(flesh, at, tone, head)
    if flesh.view.facing((0, 0, 1), head) > -0.25:
        _cheeks(flesh, tone, head, smiling=acting.emotion == "happy")
        blow = 0.75 + 0.25 * sin(TURN * at) if acting.emotion != "happy" else 0.3
        show_face(flesh, head, 0.225, tone, puff=blow)
    _breath(flesh, at)


def _streams(flesh: Flesh, at: float, tone: Tone) -> None:
    view = flesh.view
    streams: list[tuple[Array, Tone]] = []
    for n in range(6):
        t = np.linspace(0, 1, 12)
        side = (n - 2.5) / 2.5
        turn = TURN * (at + n / 6)
        swirl = np.sin(t * 5.2 - turn) * 0.12 * t
        line = np.stack(
            [
                side * (0.2 + 0.85 * t) + swirl * 1.6,
                0.78
                + 0.16 * cos(n * 2.4)
                - 0.3 * t
                + 0.55 * t * cos(n * 2.1) ** 2
                + 0.13 * np.cos(t * 5.6 - turn),
                -0.1 - 1.15 * t,
            ],
            axis=1,
        )
        streams.append((line, mix(tone, (255, 255, 255), 0.2 + 0.5 * (n % 2))))
    for line, colour in sorted(streams, key=lambda pair: -view.depth(pair[0][6])):
        curve = smooth(line, 3)
        radii = np.interp(np.linspace(0, 1, len(curve)), [0, 0.25, 1], [0.1, 0.085, 0.008])
        flesh.polygon(
            flesh.ribbon(curve, radii),
            colour,
            "cloud",
            outline=0.7,
            form=view.pixels(0.05, line[4]),
            alpha=0.92,
        )


def _hood(flesh: Flesh, at: float, tone: Tone, head: Array) -> None:
    view = flesh.view
    turn = np.arange(11) / 11 * TURN
    crown = head + np.stack(
        [np.cos(turn) * 0.235, np.sin(turn) * 0.215 + 0.015, np.full(11, -0.09)], axis=1
    )
    swell = 0.13 + 0.025 * np.sin(TURN * at + np.arange(11) * 1.9)
    nape = head + np.array([((n - 2) * 0.1, 0.06 * (n % 2), -0.24) for n in range(5)])
    flat, size = view.circles(np.concatenate([crown, nape]), np.append(swell, np.full(5, 0.17)))
    puffs = links(flat, flat, size, size)
    pixels = view.pixels(0.24, head)
    flesh.put(puffs, paler(tone, 0.5), "cloud", form=pixels * 0.35, fillet=pixels * 0.05)


def _cheeks(flesh: Flesh, tone: Tone, head: Array, *, smiling: bool) -> None:
    pixels = flesh.view.pixels(0.24, head)
    cheeks = [head + np.array([s * 0.12, -0.06, 0.09]) for s in (1.0, -1.0)]
    pieces = flesh.chain([head], 0.22) + [p for spot in cheeks for p in flesh.chain([spot], 0.115)]
    brow = head + np.array([[0.1, 0.09, 0.145], [-0.1, 0.09, 0.145]])
    chin = head + np.array([[0, -0.1, 0.04], [0, -0.19, 0.11], [0, -0.205, 0.175]])
    pieces += flesh.chain(brow, 0.075) + flesh.chain(chin, [0.16, 0.105, 0.075])
    pale = mix(tone, (255, 255, 255), 0.28)
    flesh.put(
        pieces, pale, "cloud", outline=0.6, form=pixels * 0.35, fillet=pixels * 0.12, fine=200
    )
    nose = flesh.chain(
        [head + np.array([0, 0.03, 0.2]), head + np.array([0, -0.015, 0.245])], [0.032, 0.045]
    )
    flesh.put(nose, mix(tone, (255, 255, 255), 0.2), "cloud", outline=0.6, form=pixels * 0.12)
    if not smiling:
        lips = head + np.array([0, -0.095, 0.2])
        flesh.put(
            flesh.chain([lips, lips + np.array([0, -0.005, 0.05])], [0.06, 0.045]),
            mix(tone, (255, 255, 255), 0.24),
            "cloud",
            outline=0.7,
        )


def _breath(flesh: Flesh, at: float) -> None:
    """Put down three threads of air that leave the lips, swing and roll up at the end."""
    t = np.linspace(0, 1, 14)
    roll = np.linspace(0, 4.6, 12)
    for n in range(3):
        reach = 0.5 + 0.3 * ((at + n / 3) % 1.0)
        size, up = 0.045 + 0.012 * n, 1.0 if n else -1.0
        x = (n - 1) * (0.03 + 0.2 * t**1.4)
        y = 0.7 + (n - 1) * 0.11 * t + 0.04 * t * np.sin(TURN * (1.1 * t - at) + n * 2.1)
        z = 0.44 + reach * t
        thread = np.stack([x, y, z], axis=1)
        shrink = size * (1 - roll / 8)
        curl = np.stack(
            [
                np.full(12, x[-1]),
                y[-1] + up * (size - shrink * np.cos(roll)),
                z[-1] + shrink * np.sin(roll),
            ],
            axis=1,
        )
        line = smooth(np.concatenate([thread, curl[1:]]), 2)
        radii = np.interp(np.linspace(0, 1, len(line)), [0, 0.3, 1], [0.006, 0.012, 0.004])
        thread = flesh.ribbon(line, radii)
        flesh.polygon(thread, (250, 252, 255), "cloud", outline=0.4, alpha=0.85)


def _disc_face(flesh: Flesh, tone: Tone, head: Array, r: float, glow: float) -> None:
    pixels = flesh.view.pixels(r, head)
    flesh.put(flesh.chain([head], r), tone, "light", form=pixels * 0.25, glow=glow)
    for s in (1.0, -1.0):
        way = np.array([s * 0.6, -0.2, 0.78])
        flesh.spot(
            head + way * r * 0.99, way, (r * 0.17, r * 0.13), mix(tone, (236, 120, 80), 0.4), "skin"
        )
    show_face(flesh, head, r, tone)


def sun(flesh: Flesh, acting: Acting, tone: Tone) -> None:
    """A round face among flames."""
    head, r = np.array([0.0, 0.9, 0.0]), 0.26
    turn = TURN * acting.phase / 12
    way = flesh.view.eye - head
    aside, above = plane(way)
    for n in range(12):
        a = n / 12 * TURN + turn
        long = r * (1.75 if n % 2 else 1.45)
        across = above * cos(a) - aside * sin(a)
        out = aside * cos(a) + above * sin(a)
        rim = np.array(
            [
                head + out * r * 0.9 + across * r * 0.24,
                head + out * long + across * r * 0.1,
                head + out * r * 0.9 - across * r * 0.24,
            ]
        )
        flesh.polygon(
            flesh.view.flat(rim),
            mix(tone, (240, 130, 50), 0.35 if n % 2 else 0.1),
            "light",
            outline=0.8,
            glow=0.4,
        )
    _disc_face(flesh, tone, head, r, 0.35)


def moon(flesh: Flesh, _: Acting, tone: Tone) -> None:
    """A round pale face with seas."""
    head, r = np.array([0.0, 0.9, 0.0]), 0.3
    _disc_face(flesh, tone, head, r, 0.25)
    for x, y, size in (
        (-0.55, 0.55, 0.16),
        (0.62, 0.42, 0.11),
        (0.1, 0.72, 0.12),
        (-0.66, -0.3, 0.1),
    ):
        way = np.array([x, y, np.sqrt(max(0.05, 1 - x * x - y * y))])
        flesh.spot(head + way * r, way, (r * size, r * size * 0.8), darker(tone, 0.16), "rock")


def star(flesh: Flesh, acting: Acting, tone: Tone) -> None:
    """A five-pointed star with a face."""
    head = np.array([0.0, 0.75, 0.0])
    turn = np.linspace(0, TURN, 10, endpoint=False) + pi / 2 + 0.06 * sin(TURN * acting.phase)
    rim = np.array(
        [[cos(t) * r, 0.75 + sin(t) * r, 0.0] for t, r in zip(turn, [0.42, 0.21] * 5, strict=True)]
    )
    thick = np.array([0, 0, 0.1])
    pieces = [
        flesh.view.flat(
            np.array([rim[n - 1] + thick, rim[n] + thick, rim[n] - thick, rim[n - 1] - thick])
        )
        for n in range(10)
    ]
    pieces += [flesh.view.flat(rim + thick), flesh.view.flat(rim - thick)]
    flesh.put(
        pieces,
        tone,
        "light",
        form=flesh.view.pixels(0.06, head),
        glow=0.4,
        fillet=flesh.view.pixels(0.03, head),
    )
    show_face(flesh, head + np.array([0, 0, -0.08]), 0.19, tone)
