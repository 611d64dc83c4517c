"""The ensemble: every body of a shot brought to its place around the subject."""

from __future__ import annotations

from dataclasses import replace
from math import cos, radians, sin
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.stage import aim, block
from stillreel.draw.stage.cast import body_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.draw.lens import Camera
    from stillreel.draw.set import Anchor
    from stillreel.draw.stage.block import Mark
    from stillreel.draw.stage.gate import Gate
    from stillreel.draw.stage.support import Supports
    from stillreel.values.scene import Identity, PanelScene, Performer, ShotSize

Part = tuple["Performer", "Identity"]

_FEW: frozenset[ShotSize] = frozenset({"medium", "medium-close-up"})
"""Sizes that show only as many of a group as find room."""
_BED = 1.2
"""Half the length in metres of the longest body a bed holds."""
_RESTING = frozenset({"sit", "stand", "lie", "sleep", "kneel", "walk", "climb", "fall"})
"""What a body can do on a support; anything else is done sitting."""


def lead_of(part: Part, gate: Gate) -> Mark:
    """Return the body the frame is built on: of a group, its tallest member in frame."""
    performer, identity = part
    group = block.members(performer, identity)
    bodies = [block.posed(performer, identity, i, gate, group) for i in range(group)]
    return max(bodies, key=lambda mark: (mark.body.height, -mark.member))


def partners(panel: PanelScene, playing: Sequence[Part], lead: Mark, gate: Gate) -> list[Mark]:
    """Return the leading bodies of everyone else in frame, posed but not placed."""
    away = {lead.performer.id, panel.over}
    return [lead_of(part, gate) for part in playing if part[0].id not in away]


def tallest_of(panel: PanelScene, playing: Sequence[Part], lead: Mark, gate: Gate) -> Mark:
    """Return whose height sets the frame: in a wide shot a giant must fit beside a child."""
    if panel.size not in {"extreme-wide", "wide", "full"}:
        return lead
    others = partners(panel, playing, lead, gate)
    tallest = max([lead, *others], key=lambda mark: mark.body.height)
    return tallest if tallest.body.height > 1.35 * lead.body.height else lead


def rested(mark: Mark, support: Anchor | None) -> Mark:
    """Put a body on its support: the seat under the hips, or the soles on the top."""
    if support is None:
        return mark
    if not support.seat and support.position[1] <= 0.0:
        # A doorway or a hearth is floor to stand on.
        return replace(mark, origin=support.position)
    does = mark.performer.does
    dozes = does == "sleep" and support.noun == "chair"
    if dozes or (does not in _RESTING and support.noun != "ladder"):
        # Nobody lies across a chair: who sleeps there sits with a sunken head.
        told = {"does": "sit", "emotion": "sad" if dozes else mark.performer.emotion}
        mark = replace(mark, performer=mark.performer.model_copy(update=told), phase=1.0)
    does = mark.performer.does
    body = body_of(mark.identity, does, mark.phase, supported=True)
    x, y, z = support.position
    level = y - body.hip if support.seat and does == "sit" else y
    turn = mark.heading
    if does in block.LYING and body.depth > _BED:
        # Too long for the bed: seen along its length it would be all soles and knees.
        turn = 88.0
    return replace(mark, origin=(x, level, z), supported=True, body=body, heading=turn)


def gathered(
    panel: PanelScene,
    playing: Sequence[Part],
    lead: Mark,
    camera: Camera,
    stage: Supports,
    gate: Gate,
) -> list[Mark]:
    """Return every body of the shot in its place, the one over whose shoulder we look last."""
    ahead = block.lean(lead, gate) if panel.size in block.FACES else np.zeros(3)
    x, y, z = (np.array(lead.origin) + ahead).tolist()
    away = aim.level_distance(camera, (x, y, z))
    lead_at = aim.place_of(panel, lead)
    basis = block.REACH[lead.performer.depth]
    marks: list[Mark] = []
    shoulder: list[Mark] = []
    for performer, identity in playing:
        is_lead = performer.id == lead.performer.id
        if performer.id == panel.over and not is_lead:
            shoulder.append(_shoulder(performer, identity, camera, lead_at, gate, away))
            continue
        group = 1 if panel.size in block.CLOSE else block.members(performer, identity)
        reach = away
        if not is_lead:
            reach = max(away * block.REACH[performer.depth] / basis, away - 4.0, 0.6)
        at = lead_at if is_lead else performer.at
        around = lead if is_lead else None
        if panel.size in _FEW:
            group = min(group, _room(lead if is_lead else None, identity, camera, reach))
        marks += clump((performer, identity), around, group, camera, stage, gate, at, reach)
    placed = block.spread_out(marks, camera, gate, inside=panel.size in aim.WHOLE, keep=lead)
    return [*placed, *shoulder]


def _room(lead: Mark | None, identity: Identity, camera: Camera, reach: float) -> int:
    """Return how many of a group fit shoulder to shoulder across the frame at a distance."""
    tall = lead.body.height if lead is not None else identity.height_m
    wide = camera.width / camera.pixels_per_tangent * reach
    return max(int(wide / max(0.36 * tall, 0.05)), 1)


def clump(
    part: Part,
    lead: Mark | None,
    group: int,
    camera: Camera,
    stage: Supports,
    gate: Gate,
    at: float,
    reach: float,
) -> list[Mark]:
    """Place all bodies of one performer around its place on screen.

    Args:
        part: the performer and who that is.
        lead: the subject of the shot, when it is one of these bodies.
        group: how many bodies.
        camera: the camera of the shot.
        stage: what they may rest on.
        gate: the frame.
        at: place across the frame, -1..1.
        reach: metres from the camera along the ground.
    """
    performer, identity = part
    chosen = list(range(group))
    if lead is not None and lead.member not in chosen:
        chosen[0] = lead.member
    bodies = [block.posed(performer, identity, i, gate, group) for i in chosen]
    if lead is not None and group == 1:
        bodies = [replace(lead, group=1)]
    places = block.rows(group)
    if lead is not None:
        # The subject takes the middle of its group.
        bodies.sort(key=lambda body: body.member != lead.member)
        places = sorted(places, key=lambda place: abs(place[0]))
    step = _step(bodies, places, camera, reach)
    turn = radians(gate.yaw)
    right = np.array([cos(turn), 0.0, -sin(turn)])
    ahead = -np.array([sin(turn), 0.0, cos(turn)])
    middle = np.array(block.on_ground(camera, gate.yaw, at, reach))
    placed: list[Mark] = []
    for body, (across, back) in zip(bodies, places, strict=True):
        if lead is not None and body.member == lead.member and lead.supported:
            placed.append(replace(lead, group=group))
            continue
        support = stage.nearest(performer, camera, at if group == 1 else None, body.member)
        if support is not None:
            placed.append(rested(body, support))
            continue
        spot = middle + right * across * step + ahead * back * step - block.lean(body, gate)
        placed.append(replace(body, origin=(float(spot[0]), 0.0, float(spot[2]))))
    return placed


def _step(
    bodies: Sequence[Mark], places: Sequence[tuple[float, float]], camera: Camera, reach: float
) -> float:
    """Return metres between neighbours of a group: a shoulder's width, or what the frame allows."""
    tall = max(mark.body.height for mark in bodies)
    wide = max(mark.body.half_width for mark in bodies)
    room = 0.92 * camera.width / camera.pixels_per_tangent * reach
    outer = [place[0] for place in places]
    return min(0.62 * max(0.35 * tall, 1.4 * wide), room / (max(outer) - min(outer) + 1.2))


def _shoulder(
    performer: Performer,
    identity: Identity,
    camera: Camera,
    lead_at: float,
    gate: Gate,
    reach: float,
) -> Mark:
    """Place the one we look past: close to the lens, on the other side, turned to the subject."""
    upright = performer.model_copy(update={"does": "stand", "holds": ""})
    mark = block.posed(upright, identity, 0, gate, 1)
    away = max(6.4 * mark.body.head_radius, 0.55)
    if away > 0.55 * reach:
        # A giant over a child would stand beyond the child: cheat it smaller and nearer, as a
        # set would with a big costume close to the lens; on screen only its outline counts.
        share = max(0.55 * reach / away, 0.05)
        smaller = identity.model_copy(update={"height_m": identity.height_m * share})
        mark = block.posed(upright, smaller, 0, gate, 1)
        away *= share
    side = -1.0 if lead_at >= 0 else 1.0
    # Along the line of sight, so that the head stays beside the subject when we look up or down.
    ahead = camera.axes()[2]
    slope = float(ahead[1]) / max(float(np.hypot(ahead[0], ahead[2])), 0.2)
    x, _, z = block.on_ground(camera, gate.yaw, side * 0.84, away)
    level = camera.position[1] + slope * away
    level += 0.1 * mark.body.head_radius - mark.body.head[1]
    heading = 180.0 + side * -24.0 + gate.yaw
    return replace(mark, origin=(x, level, z), heading=heading, supported=True)
