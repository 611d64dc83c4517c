"""Wings of skin, for the kinds of story that have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.prop.paint import darker

if TYPE_CHECKING:
    from stillreel.draw.animal.flesh import Flesh, Tone
    from stillreel.draw.animal.pose import Pose
    from stillreel.draw.animal.skeleton import Skeleton


def leather_wing(flesh: Flesh, bones: Skeleton, side: float, pose: Pose, coat: Tone) -> None:
    """Put down one wing: folded at rest, spread and beating in the air."""
    root = bones.trunk[3] + bones.up * bones.girth[3] * 0.7 + bones.across * side * 0.1
    spread = 0.25 + 0.75 * pose.wings
    lift = 0.75 + 0.5 * pose.beat * pose.wings
    back = np.array([0.0, 0.0, -1.0])
    out = bones.across * side
    high = bones.up
    elbow = root + out * 0.35 * spread + high * 0.55 * lift + back * 0.2
    hand = elbow + out * 0.85 * spread + high * 0.35 * lift + back * 0.15
    tips = [
        hand + out * 0.5 * spread + high * (0.1 - 0.35 * (1 - pose.wings)) + back * 0.75,
        hand + out * 0.05 * spread + high * -0.35 + back * 1.0,
        elbow + out * 0.1 * spread + high * -0.5 + back * 1.0,
        root + back * 0.9 + high * -0.05,
    ]
    rim = [root, elbow, hand]
    for number, tip in enumerate(tips):
        rim.append(tip)
        if number < 3:
            rim.append((tip + tips[number + 1]) / 2 * 0.75 + elbow * 0.25)
    flat = flesh.view.flat(np.array(rim))
    flesh.polygon(flat, darker(coat, 0.28), "leather", outline=1.0, form=3.0)
    width = max(flesh.view.pixels(0.02, hand), 0.8)
    for tip in tips[:3]:
        start = hand if tip is not tips[2] else elbow
        flesh.line(flesh.view.flat([start, tip]), width, darker(coat, 0.5))
    flesh.put(flesh.chain([root, elbow, hand], [0.06, 0.05, 0.035]), coat)
