"""Composing a panel: camera, blocking, light and layers of one shot."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from stillreel.draw import light as gaffer
from stillreel.draw import set as sets
from stillreel.draw.marks import Layer, Shape, Stack
from stillreel.draw.stage import aim, block, frame, shot, things
from stillreel.draw.stage.block import Mark, Point, seed_of
from stillreel.draw.stage.cast import leg_of, shapes_of
from stillreel.draw.stage.shadow import Bulk, under
from stillreel.draw.stage.weather import weather_layers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.draw.lens import Camera
    from stillreel.draw.marks import Light
    from stillreel.draw.stage.gate import Settled
    from stillreel.values.scene import Identity, PanelScene, Prop, ShotSize

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Placed:
    """One body on the sheet, as the motion needs it."""

    id: str
    member: int
    layer: str
    """Name of its layer in the stack."""
    scale: float
    """Pixels per metre at its feet."""
    feet: tuple[float, float]
    """Where its feet are on the sheet, pixels."""
    phase: float
    """The moment of its action that the still shows."""
    does: str
    speaks: bool
    supported: bool


@dataclass(frozen=True, slots=True)
class Staged:
    """A composed panel: the layers, the camera that saw them, and who can be drawn again."""

    stack: Stack
    camera: Camera
    performers: tuple[Placed, ...]
    marks: tuple[Mark, ...]
    props: tuple[Prop, ...]
    size: ShotSize
    gazes: tuple[tuple[float, float], ...] = ()
    over: str = ""
    focus_depth: float = 1.0
    boxes: dict[str, Box] = field(default_factory=dict[str, Box])

    def redraw(
        self,
        performer: str,
        member: int,
        *,
        phase: float | None = None,
        mouth: float | None = None,
        blink: float = 0.0,
        gaze: tuple[float, float] | None = None,
    ) -> Layer:
        """Draw one body again at another moment of its action.

        Args:
            performer: id of the performer.
            member: which of a group, from 0.
            phase: 0..1 of the action; None for the moment of the still.
            mouth: 0 closed to 1 open; None as in the still.
            blink: 0 open eyes to 1 closed.
            gaze: where the eyes go, right and up; None as in the still.
        """
        mark = self._mark(performer, member)
        return figure_layer(
            self,
            mark,
            phase=mark.phase if phase is None else phase,
            mouth=mouth,
            blink=blink,
            gaze=self.gazes[self.marks.index(mark)] if gaze is None else gaze,
        )

    def head(self, performer: str, member: int, phase: float) -> Box:
        """Return the box on the sheet around a body's head at a moment of its action, pixels."""
        mark = self._mark(performer, member)
        spot = block.head_of(mark, phase)
        (x, y), *_ = self.camera.project(spot)[0].tolist()
        size = mark.body.head_radius * self.camera.scale_at(spot)
        return x - size, y - size, x + size, y + size

    def _mark(self, performer: str, member: int) -> Mark:
        for mark in self.marks:
            if mark.performer.id == performer and mark.member == member:
                return mark
        message = f"{performer} ({member}) is not in this panel"
        raise KeyError(message)

    def stride(self, performer: str, member: int = 0) -> float:
        """Return the metres a body travels in one cycle of its walk or run; 0 when it stays."""
        mark = self._mark(performer, member)
        return block.STRIDE.get(mark.performer.does, 0.0) * leg_of(mark.identity)


def compose(
    panel: PanelScene,
    cast: Sequence[Identity],
    props: Sequence[Prop] = (),
    *,
    width: int,
    height: int,
    overscan: tuple[int, int] = (0, 0),
    look_seed: int = 0,
    settled: Settled = frozenset(),
) -> Staged:
    """Return a panel as a stack of layers with its camera.

    Args:
        panel: the shot.
        cast: everyone who may be in it.
        props: every prop that may be in it.
        width: pixels of the visible frame.
        height: pixels of the visible frame.
        overscan: extra pixels on each side, across and down, for the camera to move in.
        look_seed: another seed, another drawing of the same shot.
        settled: who has done what in the panel before: nobody falls twice.
    """
    offset = (float(overscan[0]), float(overscan[1]))
    plan = shot.plan(panel, cast, props, width, height, offset, settled)
    camera = plan.camera
    light = gaffer.light_of(panel.setting)
    sheet = (width + 2 * overscan[0], height + 2 * overscan[1])
    place = seed_of("place", panel.setting.id)
    plates = sets.layers(
        panel.setting,
        camera,
        light,
        width=sheet[0],
        height=sheet[1],
        seed=place,
        wide=panel.size in {"extreme-wide", "wide"} and not panel.over,
    )
    visible = (overscan[0], overscan[1], overscan[0] + width, overscan[1] + height)
    stack = Stack(
        sheet[0], sheet[1], visible, (), light, _horizon(camera), seed_of(panel.id, look_seed)
    )
    staged = Staged(
        stack,
        camera,
        (),
        plan.marks,
        tuple(props),
        panel.size,
        tuple(aim.gaze_of(mark, plan.marks, camera) for mark in plan.marks),
        panel.over,
        plan.focus_depth,
    )
    return _assembled(staged, plan, plates, panel)


def _assembled(
    staged: Staged, plan: shot.Plan, plates: tuple[Layer, ...], panel: PanelScene
) -> Staged:
    figures = [
        (mark, figure_layer(staged, mark, phase=mark.phase, mouth=None, blink=0.0, gaze=gaze))
        for mark, gaze in zip(staged.marks, staged.gazes, strict=True)
    ]
    loose = things.prop_layers(
        plan.things, staged.camera, panel, plan.focus_depth, staged.stack.light
    )
    acting = [layer for _, layer in figures if layer.kind == "figure"] + loose
    acting.sort(key=lambda layer: -layer.depth)
    shoulder = [layer for _, layer in figures if layer.kind == "foreground"]
    size = panel.size
    back = [
        replace(
            p,
            blur=max(
                p.blur, frame.defocus(size, p.depth, plan.focus_depth, standing_on=p.name == "near")
            ),
        )
        for p in plates
        if p.kind == "plate"
    ]
    front = [
        replace(p, blur=max(p.blur, frame.defocus(size, p.depth, plan.focus_depth) * 1.2))
        for p in plates
        if p.kind != "plate"
    ]
    air = weather_layers(
        panel.setting,
        staged.stack.light,
        width=staged.stack.width,
        height=staged.stack.height,
        seed=staged.stack.seed,
    )
    boxes = _boxes([*(layer for _, layer in figures), *loose])
    stack = replace(staged.stack, layers=(*back, *acting, *front, *shoulder, *air), boxes=boxes)
    placed = tuple(_placed(staged.camera, mark, layer) for mark, layer in figures)
    return replace(staged, stack=stack, performers=placed, boxes=boxes)


def figure_layer(
    staged: Staged,
    mark: Mark,
    *,
    phase: float,
    mouth: float | None,
    blink: float,
    gaze: tuple[float, float],
) -> Layer:
    """Return the layer of one body: its contact shadow, then the body."""
    held = next((p for p in staged.props if p.id == mark.performer.holds), None)
    speaking = 0.45 if mark.performer.speaks else 0.0
    shapes = shapes_of(
        mark.identity,
        staged.camera,
        action=mark.performer.does,
        phase=phase,
        origin=mark.origin,
        heading=mark.heading,
        emotion=mark.performer.emotion,
        gaze=gaze,
        mouth=speaking if mouth is None else mouth,
        blink=blink,
        holds=block.in_hand(held, mark.identity) if held is not None else None,
        supported=mark.supported,
        seed=_side(mark, staged.camera),
    )
    depth = float(staged.camera.project(mark.origin)[1][0])
    shoulder = mark.performer.id == staged.over
    if shoulder:
        shapes = tuple(replace(s, shade=1.0) for s in shapes)
        blur = 9.0
    else:
        away = frame.defocus(staged.size, max(depth, 0.3), staged.focus_depth)
        blur = away * 0.7 if away > 1.5 else 0.0
        shapes = (*_contact(mark, staged.camera, staged.stack.light), *shapes)
    return Layer(
        name=f"{mark.performer.id}.{mark.member}",
        kind="foreground" if shoulder else "figure",
        depth=max(depth, 0.3),
        shapes=shapes,
        blur=blur,
    )


def _side(mark: Mark, camera: Camera) -> int:
    """Return the seed that picks one of two mirrored poses; down flat, the face is toward us."""
    if mark.performer.does not in block.LYING:
        return seed_of(mark.identity.id, mark.member)
    right = camera.axes()[0]
    return int(float(np.dot(block.turned((0.0, 0.0, 1.0), mark.heading), right)) > 0)


def _contact(mark: Mark, camera: Camera, light: Light) -> tuple[Shape, ...]:
    """Return the shadow under a body on the ground."""
    if mark.supported or mark.performer.does in {"fly", "swim", "climb"}:
        return ()
    body = mark.body
    bulk = Bulk(body.half_width, max(body.depth, body.half_width * 0.5), body.height)
    weight = 0.45 if mark.identity.kind == "thing" else 1.0
    return under(camera, light, mark.origin, mark.heading, bulk, weight)


def _boxes(layers: Sequence[Layer]) -> dict[str, Box]:
    found: dict[str, Box] = {}
    for layer in layers:
        for shape in layer.shapes:
            if not shape.owner:
                continue
            low, high = shape.points.min(axis=0), shape.points.max(axis=0)
            owner = layer.name.split(".")[0] if layer.kind != "plate" else shape.owner
            for name in {owner, shape.owner}:
                old = found.get(name, (1e9, 1e9, -1e9, -1e9))
                found[name] = (
                    min(old[0], float(low[0])),
                    min(old[1], float(low[1])),
                    max(old[2], float(high[0])),
                    max(old[3], float(high[1])),
                )
    return found


def _placed(camera: Camera, mark: Mark, layer: Layer) -> Placed:
    feet = camera.project(mark.origin)[0][0]
    return Placed(
        id=mark.performer.id,
        member=mark.member,
        layer=layer.name,
        scale=camera.scale_at(mark.origin),
        feet=(float(feet[0]), float(feet[1])),
        phase=mark.phase,
        does=mark.performer.does,
        speaks=mark.performer.speaks,
        supported=mark.supported,
    )


def _horizon(camera: Camera) -> float:
    """Return the screen row of the horizon under the middle of the frame."""
    ahead = camera.axes()[2]
    flat = np.array([ahead[0], 0.0, ahead[2]])
    flat /= max(float(np.linalg.norm(flat)), 1e-6)
    far: Point = tuple((np.array(camera.position) + flat * 1e4).tolist())
    return float(camera.project(far)[0][0, 1])
