"""Puppets: bodies drawn pose by pose, each pose once, and put where they have walked to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stillreel.draw.box import Box, meet
from stillreel.draw.motion.planar import Planar, even, from_bgra
from stillreel.draw.motion.sampling import Scratch, sample

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from stillreel.draw.look import Look
    from stillreel.draw.marks import Layer, Shape, Stack
    from stillreel.draw.motion.performance import Beat, Pose
    from stillreel.draw.motion.planar import Plane

_KEPT = 0.4
"""Share of a drawing that may be new before it is painted afresh."""
BREATH = 0.006
"""How much taller a body is with its lungs full."""
_EDGE = 28
"""Pixels around what changed that are painted too, because rims and outlines look around."""


@dataclass(frozen=True, slots=True)
class Step:
    """Where a drawing goes, relative to where it was drawn."""

    right: float = 0.0
    """Pixels."""
    down: float = 0.0
    scale: float = 1.0
    """Growth about the vanishing point: somebody who comes nearer."""
    breath: float = 0.0
    """0..1: how far the chest is lifted."""


@dataclass(slots=True)
class _Drawn:
    layer: Layer
    picture: Planar | None


class Puppet:
    """One body of a panel as an actor of a sheet.

    Args:
        draw: gives the display list of a pose.
        look: paints it.
        stack: the panel it belongs to.
        beats: what it shows, frame by frame.
        steps: where it is, frame by frame.
        centre: vanishing point of the panel in sheet pixels.
    """

    def __init__(
        self,
        draw: Callable[[Pose], Layer],
        *,
        look: Look,
        stack: Stack,
        beats: Sequence[Beat],
        steps: Sequence[Step],
        centre: tuple[float, float],
    ) -> None:
        self._draw = draw
        self._look = look
        self._stack = stack
        self._beats = beats
        self._steps = steps
        self._centre = centre
        self._drawn: dict[Pose, _Drawn] = {}
        self._last: tuple[Pose, Step] | None = None
        self._shown: Planar | None = None
        self.drawings = 0
        """How many poses were painted so far."""

    @property
    def span(self) -> float:
        """How far it gets to the right over the panel, in pixels."""
        return self._steps[-1].right - self._steps[0].right

    def at(self, frame: int) -> Planar | None:
        """Return the drawing of a frame in place."""
        beat, step = self._beats[frame], self._steps[frame]
        key = (beat.pose, step)
        if key != self._last:
            self._last = key
            picture = self._painted(beat.pose).picture
            self._shown = None if picture is None else _placed(picture, step, self._centre)
        return self._shown

    def _painted(self, pose: Pose) -> _Drawn:
        if pose not in self._drawn:
            layer = self._draw(pose)
            near = next((d for p, d in self._drawn.items() if p.phase == pose.phase), None)
            self._drawn[pose] = _Drawn(layer, self._picture(layer, near))
            self.drawings += 1
        return self._drawn[pose]

    def _picture(self, layer: Layer, near: _Drawn | None) -> Planar | None:
        if near is not None and near.picture is not None:
            mended = self._mended(layer, near.layer, near.picture)
            if mended is not None:
                return mended
        box = self._box(layer.shapes, self._look.reach(layer, self._stack) + 2)
        return None if box is None else self._paint(layer, box)

    def _mended(self, layer: Layer, old: Layer, picture: Planar) -> Planar | None:
        """Repaint only what differs from an earlier drawing, when that is little."""
        changed = _changed(layer.shapes, old.shapes)
        if not changed:
            return picture
        spot = self._box(changed, self._look.reach(layer, self._stack) + 2)
        inside = None if spot is None else meet(spot, picture.box)
        if inside is None:
            return None
        area = (inside[2] - inside[0]) * (inside[3] - inside[1])
        if area > _KEPT * picture.y.size or inside != spot:
            return None
        wide = meet(
            even((inside[0] - _EDGE, inside[1] - _EDGE, inside[2] + _EDGE, inside[3] + _EDGE)),
            picture.box,
        )
        if wide is None:
            return None
        fresh = self._paint(layer, wide).part(inside)
        whole = picture.copy()
        for (plane, _), (target, _) in zip(
            fresh.planes(), whole.part(inside).planes(), strict=True
        ):
            target[:] = plane
        return whole

    def _paint(self, layer: Layer, box: Box) -> Planar:
        pixels = self._look.paint(layer, self._stack, box)
        sheet = (0, 0, self._stack.width, self._stack.height)
        inside = meet(box, sheet)
        if inside is not None:
            rows = slice(inside[1] - box[1], inside[3] - box[1])
            columns = slice(inside[0] - box[0], inside[2] - box[0])
            pixels[rows, columns] = self._look.finish(pixels[rows, columns], self._stack, inside)
        return from_bgra(pixels, box[0], box[1])

    def _box(self, shapes: Sequence[Shape], margin: float) -> Box | None:
        """Return an even box around shapes, kept near the sheet."""
        points = [shape.points for shape in shapes if len(shape.points)]
        if not points:
            return None
        low = [min(float(p[:, axis].min()) for p in points) - margin for axis in (0, 1)]
        high = [max(float(p[:, axis].max()) for p in points) + margin for axis in (0, 1)]
        low[1] -= 1.5 * BREATH * (high[1] - low[1])
        spare = self._spare()
        near = (-spare[0], -spare[1], self._stack.width + spare[0], self._stack.height + spare[1])
        return meet(
            even((int(low[0]), int(low[1]), int(high[0]) + 1, int(high[1]) + 1)), even(near)
        )

    def _spare(self) -> tuple[int, int]:
        """Return how far beyond the sheet a body must be drawn because it moves in."""
        right = max(abs(step.right) for step in self._steps)
        down = max(abs(step.down) for step in self._steps)
        return int(right) + 4, int(down) + 4


def _placed(picture: Planar, step: Step, centre: tuple[float, float]) -> Planar:
    if step.breath > 0:
        return _lifted(picture, 1 + BREATH * step.breath)
    if step.scale == 1.0:
        return picture.moved(round(step.right / 2) * 2, round(step.down / 2) * 2)
    left = centre[0] + (picture.left - centre[0]) * step.scale + step.right
    top = centre[1] + (picture.top - centre[1]) * step.scale + step.down
    return _grown(picture, step.scale, (left, top))


def _grown(picture: Planar, scale: float, corner: tuple[float, float]) -> Planar:
    """Return a picture resized, its corner at the even pixel nearest to `corner`."""
    import cv2
    import numpy as np

    height, width = picture.y.shape
    half = (max(1, round(width * scale / 2)), max(1, round(height * scale / 2)))
    full = (half[0] * 2, half[1] * 2)
    planes = [
        np.asarray(
            cv2.resize(plane, full if step == 1 else half, interpolation=cv2.INTER_LINEAR), np.uint8
        )
        for plane, step in picture.planes()
    ]
    return Planar(*planes, left=round(corner[0] / 2) * 2, top=round(corner[1] / 2) * 2)


def _lifted(picture: Planar, stretch: float) -> Planar:
    """Return a picture drawn out upward, its lower edge in place; its upper edge must be empty."""
    import numpy as np

    height = picture.y.shape[0]
    scratch = Scratch()
    made: list[Plane] = []
    for plane, step in picture.planes():
        made.append(np.empty_like(plane))
        down = height / step * (1 - stretch)
        # a pixel more or less is not seen in a breath, and the quick way takes whole ones
        sample(plane, (1.0, stretch), (0.0, down), made[-1], scratch, fine=2.0)
    return Planar(*made, left=picture.left, top=picture.top)


def _changed(new: Sequence[Shape], old: Sequence[Shape]) -> list[Shape]:
    """Return the shapes of two drawings that are not in both, from either side."""
    if len(new) == len(old):
        pairs = zip(new, old, strict=True)
        return [shape for a, b in pairs if not _alike(a, b) for shape in (a, b)]
    # lids come and go: what stands before and after them is the same
    short = min(len(new), len(old))
    first = next((i for i in range(short) if not _alike(new[i], old[i])), short)
    last = next(
        (i for i in range(short - first) if not _alike(new[-1 - i], old[-1 - i])), short - first
    )
    return [*new[first : len(new) - last], *old[first : len(old) - last]]


def _alike(first: Shape, second: Shape) -> bool:
    import numpy as np

    if first is second:
        return True
    return (
        first.role == second.role
        and first.colour == second.colour
        and first.alpha == second.alpha
        and first.points.shape == second.points.shape
        and np.array_equal(first.points, second.points)
        and len(first.holes) == len(second.holes)
        and all(np.array_equal(a, b) for a, b in zip(first.holes, second.holes, strict=True))
    )
