"""A whole clip: nine panels one after another, drawn or flat, as MP4 bytes.

Each panel is encoded by itself from an order that holds nothing but what it is made of, so that its
bytes are the same whatever stands around it, and whoever makes it, when and where.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stillreel.draw.motion import camera, drawn, flat
from stillreel.draw.motion.encode import Encoder
from stillreel.draw.motion.join import join
from stillreel.draw.motion.sampling import Scratch
from stillreel.draw.motion.shot import Screen, Shot
from stillreel.draw.motion.stage import Sheet
from stillreel.draw.motion.weather import Weather
from stillreel.errors import MediaError
from stillreel.values.digest import of_parts
from stillreel.values.take import Footage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stillreel.draw.look import Look
    from stillreel.draw.motion.planar import Planar
    from stillreel.draw.motion.shot import Buffer
    from stillreel.draw.stage.gate import Settled
    from stillreel.values.scene import BoardScene, Identity, PanelScene, Prop
    from stillreel.values.take import Quality


@dataclass(frozen=True, slots=True)
class Order:
    """One clip to be moved."""

    board: BoardScene
    width: int
    """Pixels, even."""
    height: int
    """Pixels, even."""
    fps: int
    quality: Quality = "draft"
    caption: bool = False
    """Whether spoken lines are burned in."""
    look: Look | None = None
    """Style the board was drawn in; None moves the flat pictures."""
    pictures: tuple[bytes, ...] = ()
    """The panels as PNG or JPEG, in order; needed without a look."""
    seeds: tuple[int, ...] = ()
    """Seed each panel was drawn with; 0 where none is given."""


@dataclass(frozen=True, slots=True)
class PanelOrder:
    """One panel to be moved: all that it is made of besides the look or picture, and no more."""

    panel: PanelScene
    cast: tuple[Identity, ...]
    """Who is in it."""
    props: tuple[Prop, ...]
    """What is in it."""
    settled: Settled
    """Which of its actions the panels before it have finished."""
    seed: int
    width: int
    height: int
    fps: int
    quality: Quality
    caption: bool


def alone(order: Order, number: int) -> PanelOrder:
    """Return the order for one panel of a clip, counted from 0."""
    from stillreel.draw.stage.gate import settled_by

    board = order.board
    panel = board.panels[number]
    acting = {(one.id, one.does) for one in panel.performers}
    names = {panel.focus, panel.over, *panel.props}
    names |= {name for one in panel.performers for name in (one.id, one.holds)}
    return PanelOrder(
        panel=panel,
        cast=tuple(one for one in board.cast if one.id in names),
        props=tuple(one for one in board.props if one.id in names),
        settled=settled_by(board.panels, number) & acting,
        seed=order.seeds[number] if order.seeds else 0,
        width=order.width,
        height=order.height,
        fps=order.fps,
        quality=order.quality,
        caption=order.caption,
    )


def animate(order: Order) -> bytes:
    """Return the clip as MP4: every panel for its frames, cuts in between, a key frame on each.

    Raises:
        MediaError: the size is odd, a picture cannot be read, or the encoder fails.
    """
    made = [
        move(alone(order, number), order.look, _picture(order, number))
        for number in range(len(order.board.panels))
    ]
    lengths = [panel.frames for panel in order.board.panels]
    return join(
        [Footage(*one) for one in zip(made, lengths, strict=True)], order.fps, order.quality
    )


def move(order: PanelOrder, look: Look | None, picture: bytes = b"") -> bytes:
    """Return one panel as an MP4 of its own, ready to be joined with others.

    Args:
        order: what is moved.
        look: style the panel was drawn in; None moves the flat picture.
        picture: the panel as PNG or JPEG; needed without a look.

    Raises:
        MediaError: the size is odd, the picture cannot be read, or the encoder fails.
    """
    encoder = Encoder(order.width, order.height, order.fps, order.quality)
    for index, frame in enumerate(_played(order, look, picture)):
        encoder.add(frame, key=index == 0)
    return encoder.finish()


def pictures(order: Order) -> Iterator[tuple[bool, Buffer]]:
    """Yield the encoder frames of a clip, each with whether it begins a panel."""
    for number in range(len(order.board.panels)):
        played = _played(alone(order, number), order.look, _picture(order, number))
        for index, frame in enumerate(played):
            yield index == 0, frame


def _picture(order: Order, number: int) -> bytes:
    if order.look is not None:
        return b""
    if number >= len(order.pictures):
        raise MediaError(
            f"Panel {number + 1} has no picture to move.",
            where=order.board.panels[number].id,
            next_step="Hand in one picture for each panel of the board.",
        )
    return order.pictures[number]


def _played(order: PanelOrder, look: Look | None, picture: bytes) -> Iterator[Buffer]:
    import cv2

    cv2.setNumThreads(1)
    if order.width % 2 or order.height % 2:
        raise MediaError(
            f"A clip of {order.width}x{order.height} pixels cannot be encoded.",
            where=order.panel.id,
            next_step="Choose an even picture size.",
        )
    shot = _flat_shot(order, picture) if look is None else _drawn_shot(order, look)
    yield from Screen(order.width, order.height).play(shot, Scratch())


def _drawn_shot(order: PanelOrder, look: Look) -> Shot:
    from stillreel.draw.stage.compose import compose

    spare = drawn.overscan(order.panel, order.width, order.height, order.fps)
    staged = compose(
        order.panel,
        order.cast,
        order.props,
        width=order.width,
        height=order.height,
        overscan=spare,
        look_seed=order.seed,
        settled=order.settled,
    )
    return drawn.shot(
        order.panel,
        staged,
        look,
        order.fps,
        caption=_caption(order),
        settled=order.settled,
        full=order.quality == "publish",
    )


def _flat_shot(order: PanelOrder, picture: bytes) -> Shot:
    panel, width, height, fps = order.panel, order.width, order.height, order.fps
    seed = int(of_parts([panel.id, panel.setting.id])[:8], 16)
    track = camera.track(panel.move, panel.frames, width, height, fps, seed=seed)
    if track.held:
        track = camera.breath(panel.frames)
    right, down = camera.overscan(panel.move, panel.frames, width, height, fps)
    whole = flat.opened(picture, width + 2 * right, height + 2 * down, panel.id)
    box = flat.planned_box(panel)
    near = panel.size in flat.CUT
    mask = flat.subject(whole, box) if track.parallax and near else None
    behind, cut = flat.split(whole, mask)
    sheets = [Sheet(1.0 if cut is None else flat.BEHIND, behind)]
    if cut is not None:
        sheets.append(Sheet(1.0, cut))
    visible = (right, down, right + width, down + height)
    centre = (
        right + width * min(max((box[0] + box[2]) / 2, 0.3), 0.7),
        down + height * min(max(box[1] + 0.25 * (box[3] - box[1]), 0.3), 0.7),
    )
    # the falling of rain and snow is painted in the picture already, if it is there at all
    weather = Weather(panel.setting, width, height, fps, seed)
    return Shot(tuple(sheets), track, visible, centre, weather, _caption(order))


def _caption(order: PanelOrder) -> Planar | None:
    if not order.caption or not order.panel.line:
        return None
    from stillreel.draw.motion.caption import lettered

    return lettered(order.panel.line, order.width, order.height)
