"""Planning a shot: who is the subject, which camera shows it, and where everyone else goes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw.stage import aim, block, ensemble, frame, things
from stillreel.draw.stage.gate import Gate, Settled
from stillreel.draw.stage.support import Supports, supports
from stillreel.values.scene import Performer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.draw.lens import Camera
    from stillreel.draw.stage.block import Mark, Point
    from stillreel.draw.stage.ensemble import Part
    from stillreel.draw.stage.things import Thing
    from stillreel.values.scene import Identity, PanelScene, Prop


_LEGS = 1.3
"""How far the feet of a lying body are from its middle, measured by the way to its head."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Camera and blocking of one shot."""

    camera: Camera
    marks: tuple[Mark, ...]
    things: tuple[Thing, ...]
    focus_depth: float
    """Metres from the camera to the subject."""


def plan(
    panel: PanelScene,
    cast: Sequence[Identity],
    props: Sequence[Prop],
    width: int,
    height: int,
    offset: tuple[float, float],
    settled: Settled = frozenset(),
) -> Plan:
    """Return the camera and the blocking of a panel."""
    gate = Gate(width, height, offset, aim.yaw_of(panel), panel.size, settled)
    playing = _playing(panel, cast)
    stage = supports(panel.setting)
    known = {prop.id: prop for prop in props}
    subject = _subject(panel, playing)
    focus = known.get(panel.focus)
    if focus is not None and not any(performer.holds == focus.id for performer, _ in playing):
        return _on_thing(panel, focus, playing, stage, gate)
    if subject is None:
        camera = aim.on_nothing(panel, gate)
        loose = things.scattered(panel, known, camera, gate, ())
        return Plan(camera, (), loose, aim.axis_depth(camera, (0.0, 0.0, 0.0)))
    lead = ensemble.rested(ensemble.lead_of(subject, gate), stage.first(subject[0]))
    if focus is not None and panel.size == "insert":
        return _on_held(panel, lead, focus, stage, gate)
    tallest = ensemble.tallest_of(panel, playing, lead, gate)
    shoulder = _behind(panel, playing, gate)
    others = ensemble.partners(panel, playing, lead, gate)
    camera = aim.on_body(panel, lead, tallest, shoulder, others, gate)
    marks = ensemble.gathered(panel, playing, lead, camera, stage, gate)
    if panel.size != "extreme-close-up":
        camera = _kept(camera, marks, whole=panel.size in aim.WHOLE)
    loose = things.scattered(panel, known, camera, gate, marks)
    return Plan(camera, tuple(marks), loose, aim.axis_depth(camera, lead.origin))


def _kept(camera: Camera, marks: Sequence[Mark], *, whole: bool) -> Camera:
    """Return the camera moved so that who falls or lies has the head in frame, all the way down.

    Where whole bodies are shown, the feet are kept too.
    """
    down = [m for m in marks if m.performer.does in block.LYING and (whole or not m.supported)]
    spots = [
        (
            block.head_of(mark, mark.phase + (1 - mark.phase) * part),
            _around(mark, part, whole=whole),
        )
        for mark in down
        for part in (0.0, 0.25, 0.5, 0.75, 1.0)
    ]
    if whole:
        spots += [(_feet(mark), 0.1 * mark.identity.height_m) for mark in down]
        upright = [mark for mark in marks if down and mark not in down and not mark.supported]
        spots += [(block.head_of(mark), 1.3 * mark.body.head_radius) for mark in upright]
    return frame.kept(camera, spots) if spots else camera


def _around(mark: Mark, part: float, *, whole: bool) -> float:
    """Return the room in metres for a head and a hat, and at last for the arms on the ground."""
    return 0.17 * mark.identity.height_m if whole and part == 1 else 1.25 * mark.body.head_radius


def _feet(mark: Mark) -> Point:
    """Return where the feet of somebody are who falls, or who lies with the middle on the mark."""
    if mark.performer.does == "fall":
        return mark.origin
    x, y, z = (np.array(mark.origin) - _LEGS * block.toppled(mark)).tolist()
    return x, y, z


def _playing(panel: PanelScene, cast: Sequence[Identity]) -> list[Part]:
    """Return who is in frame: a close shot belongs to its subject (and to the shoulder)."""
    everyone = block.cast_list(panel, cast)
    if panel.over and not any(performer.id == panel.over for performer, _ in everyone):
        shoulder = next((identity for identity in cast if identity.id == panel.over), None)
        if shoulder is not None:
            everyone.append((Performer(id=shoulder.id, facing="away", depth="near"), shoulder))
    subject = _subject(panel, everyone)
    if panel.size not in block.CLOSE or subject is None:
        return everyone
    return [part for part in everyone if part[0].id in {subject[0].id, panel.over}]


def _subject(panel: PanelScene, playing: Sequence[Part]) -> Part | None:
    for part in playing:
        if panel.focus and panel.focus in {part[0].id, part[0].holds}:
            return part
    return next((part for part in playing if part[0].id != panel.over), None)


def _behind(panel: PanelScene, playing: Sequence[Part], gate: Gate) -> Mark | None:
    shoulder = next((part for part in playing if part[0].id == panel.over), None)
    if shoulder is None:
        return None
    upright = shoulder[0].model_copy(update={"does": "stand"})
    return block.posed(upright, shoulder[1], 0, gate, 1)


def _on_held(panel: PanelScene, lead: Mark, held: Prop, stage: Supports, gate: Gate) -> Plan:
    """Build the frame on a thing in a hand, or on the thing alone when the hand is hidden."""
    found = things.camera_on_hand(panel, lead, held, gate)
    if found is None:
        return _on_thing(panel, held, (), stage, gate)
    camera, centre = found
    return Plan(camera, (lead,), (), aim.axis_depth(camera, centre))


def _on_thing(
    panel: PanelScene, prop: Prop, playing: Sequence[Part], stage: Supports, gate: Gate
) -> Plan:
    """Build the frame on a prop that lies or stands in the place."""
    level = 0.0 if prop.size_m > 0.7 else stage.table()
    camera = things.camera_on(panel, prop, level, gate)
    origin = (0.0, level, 0.0)
    away = aim.level_distance(camera, origin)
    marks: list[Mark] = []
    if panel.size not in block.CLOSE:
        for part in playing:
            if part[0].id == panel.over:
                continue
            reach = away * block.REACH[part[0].depth] + 0.5
            at = part[0].at if abs(part[0].at) > 0.3 else 0.5
            group = block.members(*part)
            marks += ensemble.clump(part, None, group, camera, stage, gate, at, reach)
        marks = block.spread_out(marks, camera, gate, inside=panel.size in aim.WHOLE, keep=None)
    thing = things.Thing(prop, origin, gate.yaw + things.TURN)
    return Plan(camera, tuple(marks), (thing,), aim.axis_depth(camera, origin))
