"""Things and forces that act: frost, snow, hail, tree, robot, ghost, spirit, those of the sky."""

from __future__ import annotations

from math import sin
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.animal.flesh import Flesh
from stillreel.draw.animal.robe import cloaked, ghost
from stillreel.draw.animal.robot import robot
from stillreel.draw.animal.sky import TURN, moon, star, sun, wind
from stillreel.draw.animal.tree import tree
from stillreel.draw.body import Body
from stillreel.draw.marks import rgb

if TYPE_CHECKING:
    from stillreel.draw.animal.acting import Acting
    from stillreel.draw.animal.flesh import Still
    from stillreel.draw.prop.view import View
    from stillreel.values.scene import Identity


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


def still_of(identity: Identity, view: View, acting: Acting, coat: str = "") -> Still:
    """Return the body; the view's scale is metres per body height."""
    kind = _kind(identity.species or identity.name)
    lifted = view.within((0.0, _lift(kind, acting), 0.0), np.eye(3))
    flesh = Flesh(lifted, identity.id)
    tone = rgb(coat or _COLOURS[kind])
    made = {
        "wind": wind,
        "sun": sun,
        "moon": moon,
        "star": star,
        "tree": tree,
        "robot": robot,
        "ghost": ghost,
    }.get(kind)
    if made is not None:
        made(flesh, acting, tone)
    else:
        cloaked(flesh, acting, tone, kind, rgb(identity.accent))
    return flesh.still()
