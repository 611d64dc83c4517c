"""A robot of boxes, jointed like a person."""

from __future__ import annotations

from math import cos, sin
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.animal.sky import TURN
from stillreel.draw.prop.paint import Paint, darker
from stillreel.draw.prop.solid import Pen

if TYPE_CHECKING:
    from stillreel.draw.animal.acting import Acting
    from stillreel.draw.animal.flesh import Flesh, Tone


def robot(flesh: Flesh, acting: Acting, tone: Tone) -> None:
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
        pen.face(_plate(0.09, 0.47, 0.6), dark, on=True)
        for x in (-0.05, 0.0, 0.05):
            pen.spot(
                (x, 0.535, 0.104),
                (0, 0, 1),
                0.016,
                glow if x else Paint((240, 110, 80), "light", 0.4, glow=0.5),
            )
    pen.tube([(0, 0.68, 0), (0, 0.74, 0)], 0.045, dark)
    pen.box((0, 0.84, 0), (0.25, 0.2, 0.2), body, nearer=0.05)
    if flesh.view.facing((0, 0, 1), (0, 0.84, 0.1)) > 0.02:
        pen.face(_plate(0.1, 0.79, 0.91), dark, on=True)
    pen.tube([(0, 0.94, 0), (0, 1.02, 0)], 0.01, dark)
    pen.ball((0, 1.03, 0), 0.025, Paint((240, 110, 80), "light", 0.8, glow=0.6))
    flesh.shapes += pen.shapes()
    flesh.live(_screen)


def _plate(half: float, low: float, high: float) -> list[tuple[float, float, float]]:
    return [(-half, low, 0.102), (half, low, 0.102), (half, high, 0.102), (-half, high, 0.102)]


def _screen(flesh: Flesh, acting: Acting) -> None:
    """Show eyes and mouth on the plate of the head."""
    pen = Pen(flesh.view, flesh.owner)
    glow = Paint((140, 226, 240), "light", 0.6, glow=0.6)
    lamp = Paint((26, 30, 36), "eye", 0.6)
    shut = acting.blink > 0.8 or acting.action == "sleep"
    for x in (-0.05, 0.05):
        spot = (x + acting.gaze[0] * 0.012, 0.86 + acting.gaze[1] * 0.01, 0.104)
        pen.spot(spot, (0, 0, 1), (0.033, 0.008 if shut else 0.033), lamp)
        pen.spot(spot, (0, 0, 1), (0.03, 0.005 if shut else 0.03), glow)
    wide = 0.008 + 0.016 * acting.mouth
    pen.spot((0, 0.765, 0.104), (0, 0, 1), (0.053, wide + 0.003), lamp)
    pen.spot((0, 0.765, 0.104), (0, 0, 1), (0.05, wide), glow)
    flesh.shapes += pen.shapes()
