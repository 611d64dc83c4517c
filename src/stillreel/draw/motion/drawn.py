"""From a composed panel to a shot: plates merged into few sheets, bodies as puppets on them."""

from __future__ import annotations

from dataclasses import replace
from math import exp
from statistics import fmean
from typing import TYPE_CHECKING

from stillreel.draw.box import Box, meet
from stillreel.draw.motion import camera, performance, troupe, walk
from stillreel.draw.motion.planar import Planar, even, from_bgr, from_bgra
from stillreel.draw.motion.shot import Shot
from stillreel.draw.motion.stage import Item, Sheet
from stillreel.draw.motion.weather import Weather
from stillreel.values.digest import of_parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.draw.look import Look
    from stillreel.draw.marks import Layer, Stack
    from stillreel.draw.motion.actor import Puppet
    from stillreel.draw.motion.troupe import Staged
    from stillreel.draw.stage.gate import Settled
    from stillreel.values.scene import PanelScene, Performer

PARTICLES = frozenset({"rain", "snow", "leaves"})
"""Layers of a still that show falling things: in motion they fall by themselves."""
_FAR = frozenset({"sky", "far", "mid"})
"""Set bands that stand well behind the subject."""
_SET = _FAR | {"near"}


_IN = frozenset({"push", "pull"})
"""Moves along the line of sight: the frame's edges hide what they do to near and far."""
_SHARP = 0.4 / 1080
"""Frame heights the backmost sheet may lag behind the camera: less than can be seen."""
_SOFT = 1.3 / 1080
"""The same behind a face, where the lens leaves the place out of focus."""
_GROUND = frozenset({"ground", "water", "snow"})
"""What lies flat: shapes of these roles reach up to the horizon."""


def shot(
    panel: PanelScene,
    staged: Staged,
    look: Look,
    fps: int,
    *,
    caption: Planar | None = None,
    settled: Settled = frozenset(),
    full: bool = False,
) -> Shot:
    """Return the shot of a composed panel, painted by a look.

    Args:
        panel: what happens.
        staged: the panel as layers, with bodies that can be drawn again.
        look: paints them.
        fps: frames per second.
        caption: lettering in frame pixels.
        settled: who has already done what, in the panel before: nobody sits down twice.
        full: whether every body moves on twos, whatever that costs.
    """
    stack = staged.stack
    visible = stack.visible
    width, height = visible[2] - visible[0], visible[3] - visible[1]
    seed = int(of_parts([panel.id, panel.setting.id])[:8], 16)
    puppets = troupe.puppets(
        panel, staged, look, troupe.acting(panel, staged, fps, settled=settled, full=full)
    )
    follow = _followed(panel, puppets)
    track = camera.track(panel.move, panel.frames, width, height, fps, seed=seed, follow=follow)
    weather = Weather(panel.setting, width, height, fps, seed=seed)
    if track.held and not puppets and weather.still:
        track = camera.breath(panel.frames)
    layers = [layer for layer in stack.layers if layer.name not in PARTICLES]
    goes_in = panel.move in _IN
    feet = any(troupe.feet_seen(staged, body) for body in staged.performers)
    groups = _groups(
        layers,
        _subject_depth(panel, staged),
        grounded=feet,
        parallax=track.parallax and not (goes_in and performance.is_close(panel.size)),
        framed=not goes_in,
    )
    slack = height * (_SOFT if performance.is_close(panel.size) else _SHARP)
    sheets = [
        _sheet(
            near, members, puppets, look, stack, opaque=index == 0, slack=0.0 if index else slack
        )
        for index, (near, members) in enumerate(groups)
    ]
    return Shot(tuple(sheets), track, visible, _centre(panel, stack), weather, caption)


def overscan(panel: PanelScene, width: int, height: int, fps: int) -> tuple[int, int]:
    """Return how many pixels of picture beyond the frame a panel's camera needs, each side."""
    walks = any(
        p.does in performance.TRAVELS and _heads_with(panel.move, p) for p in panel.performers
    )
    follow = camera.FOLLOW * 2 * width if walks else 0.0
    return camera.overscan(panel.move, panel.frames, width, height, fps, follow=follow)


def _heads_with(move: str, performer: Performer) -> bool:
    across = walk.HEADING[performer.facing][0]
    return (move == "track-right" and across > 0.5) or (move == "track-left" and across < -0.5)


def _followed(panel: PanelScene, puppets: dict[str, Puppet]) -> float:
    """Return how far the leading walker gets in the direction the camera tracks, in pixels."""
    if panel.move not in {"track-left", "track-right"}:
        return 0.0
    sign = 1 if panel.move == "track-right" else -1
    return max((sign * puppet.span for puppet in puppets.values()), default=0.0)


def _subject_depth(panel: PanelScene, staged: Staged) -> float:
    wanted = panel.focus or (panel.performers[0].id if panel.performers else "")
    found = {layer.name: layer.depth for layer in staged.stack.layers}
    depths = [found[body.layer] for body in staged.performers if body.id == wanted]
    depths = depths or [found[body.layer] for body in staged.performers]
    plates = [layer.depth for layer in staged.stack.layers if layer.kind == "plate"]
    return min(depths) if depths else min(plates, default=10.0)


def _groups(
    layers: Sequence[Layer], subject: float, *, grounded: bool, parallax: bool, framed: bool
) -> list[tuple[float, list[Layer]]]:
    """Sort layers into what lies far, on the stage, and in front; one group without parallax.

    Where feet are seen, the ground moves with them. Where they are not, the whole set lies behind.
    What frames the picture in front has a sheet of its own only when `framed`.
    """
    behind = _FAR if grounded or not any(layer.kind == "figure" for layer in layers) else _SET
    if not parallax:
        return [(1.0, list(layers))]
    far: list[Layer] = []
    stage: list[Layer] = []
    front: list[Layer] = []
    for layer in layers:
        if not stage and not front and (layer.name in behind or layer.opaque):
            far.append(layer)
        elif front or (framed and layer.kind == "foreground" and layer.depth < subject * 0.85):
            front.append(layer)
        else:
            stage.append(layer)
    if not far or not stage:
        return [(1.0, list(layers))]
    weights = [exp(-layer.depth / 60) for layer in far]
    away = fmean([subject / max(layer.depth, subject) for layer in far], weights=weights)
    # the ground goes on behind the stage, or a gap would open at its edge when the two part
    far += [_ground(layer) for layer in stage if layer.kind == "plate"]
    groups = [(min(away, 0.5), far), (1.0, stage)]
    if front:
        nearest = min(layer.depth for layer in front if layer.kind == "foreground")
        groups.append((min(1.5, subject / max(nearest, 0.3)), front))
    return groups


def _ground(layer: Layer) -> Layer:
    return replace(layer, shapes=tuple(s for s in layer.shapes if s.role in _GROUND))


def _sheet(
    near: float,
    members: list[Layer],
    puppets: dict[str, Puppet],
    look: Look,
    stack: Stack,
    *,
    opaque: bool,
    slack: float,
) -> Sheet:
    first = next((i for i, layer in enumerate(members) if layer.name in puppets), len(members))
    whole = (0, 0, stack.width, stack.height)
    painted = look.paint_all(members[:first], stack, whole, opaque=opaque)
    finished = look.finish(painted, stack, whole)
    bottom = from_bgr(finished) if opaque else from_bgra(finished)
    items: list[Item] = []
    still: list[Layer] = []
    for layer in members[first:]:
        if layer.name in puppets:
            _add(items, still, look, stack)
            still = []
            items.append(puppets[layer.name])
        else:
            still.append(layer)
    _add(items, still, look, stack)
    return Sheet(near, bottom, items, slack)


def _add(items: list[Item], still: list[Layer], look: Look, stack: Stack) -> None:
    """Paint the plates between two puppets as one drawing, no larger than it must be."""
    box = bounds(still, look, stack)
    if box is not None:
        pixels = look.finish(look.paint_all(still, stack, box), stack, box)
        items.append(from_bgra(pixels, box[0], box[1]))


def bounds(layers: Sequence[Layer], look: Look, stack: Stack) -> Box | None:
    """Return the even box on the sheet that some layers' paint can touch, or None."""
    boxes = [
        _around(layer, look.reach(layer, stack) + 1)
        for layer in layers
        if any(len(shape.points) for shape in layer.shapes)
    ]
    if not boxes:
        return None
    spot = (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
    return meet(even(spot), (0, 0, stack.width // 2 * 2, stack.height // 2 * 2))


def _around(layer: Layer, margin: float) -> Box:
    points = [shape.points for shape in layer.shapes if len(shape.points)]
    wide = max(shape.width for shape in layer.shapes) / 2 + margin
    return (
        int(min(float(p[:, 0].min()) for p in points) - wide) - 1,
        int(min(float(p[:, 1].min()) for p in points) - wide) - 1,
        int(max(float(p[:, 0].max()) for p in points) + wide) + 1,
        int(max(float(p[:, 1].max()) for p in points) + wide) + 1,
    )


def _centre(panel: PanelScene, stack: Stack) -> tuple[float, float]:
    """Return the point a push goes toward: the head of the subject, kept off the frame's edge."""
    left, top, right, bottom = stack.visible
    wanted = panel.focus or (panel.performers[0].id if panel.performers else "")
    box = stack.boxes.get(wanted)
    if box is None:
        return (left + right) / 2, (top + bottom) / 2
    x = (box[0] + box[2]) / 2
    y = box[1] + 0.22 * (box[3] - box[1])
    wide, high = right - left, bottom - top
    return (
        min(max(x, left + 0.3 * wide), right - 0.3 * wide),
        min(max(y, top + 0.3 * high), bottom - 0.3 * high),
    )
