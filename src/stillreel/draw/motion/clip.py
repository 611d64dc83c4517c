"""A whole clip: nine panels one after another, drawn or flat, as MP4 bytes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stillreel.draw.motion import camera, drawn, flat
from stillreel.draw.motion.encode import Encoder
from stillreel.draw.motion.sampling import Scratch
from stillreel.draw.motion.shot import Screen, Shot
from stillreel.draw.motion.stage import Sheet
from stillreel.draw.motion.weather import Weather
from stillreel.errors import MediaError
from stillreel.values.digest import of_parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stillreel.draw.look import Look
    from stillreel.draw.motion.planar import Planar
    from stillreel.draw.motion.shot import Buffer
    from stillreel.values.scene import BoardScene, PanelScene
    from stillreel.values.take import Quality

_AHEAD = 4
"""Frames drawn before the encoder is waited for."""


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
    cores: int = 1
    """Cores to use: with two, one draws while the other encodes; the bytes are the same."""


def animate(order: Order) -> bytes:
    """Return the clip as MP4: every panel for its frames, cuts in between, a key frame on each.

    Raises:
        MediaError: the size is odd, a picture cannot be read, or the encoder fails.
    """
    encoder = Encoder(order.width, order.height, order.fps, order.quality)
    if order.cores > 1:
        _side_by_side(order, encoder)
    else:
        for first, frame in pictures(order):
            encoder.add(frame, key=first)
    return encoder.finish()


def _side_by_side(order: Order, encoder: Encoder) -> None:
    """Draw in this thread while another encodes; x264 runs without Python's lock."""
    from concurrent.futures import Future, ThreadPoolExecutor

    with ThreadPoolExecutor(1) as bench:
        waiting: list[Future[None]] = []
        for first, frame in pictures(order):
            # The pictures share one buffer, so what waits to be encoded is a copy.
            waiting.append(bench.submit(encoder.add, frame.copy(), key=first))
            if len(waiting) > _AHEAD:
                waiting.pop(0).result()
        for done in waiting:
            done.result()


def pictures(order: Order) -> Iterator[tuple[bool, Buffer]]:
    """Yield the encoder frames of a clip, each with whether it begins a panel."""
    import cv2

    cv2.setNumThreads(1)
    if order.width % 2 or order.height % 2:
        raise MediaError(
            f"A clip of {order.width}x{order.height} pixels cannot be encoded.",
            where=order.board.id,
            next_step="Choose an even picture size.",
        )
    screen, scratch = Screen(order.width, order.height), Scratch()
    for number, panel in enumerate(order.board.panels):
        shot = _shot(order, panel, number)
        for index, frame in enumerate(screen.play(shot, scratch)):
            yield index == 0, frame
        # Its sheets must be gone before those of the next shot are painted.
        del shot


def _shot(order: Order, panel: PanelScene, number: int) -> Shot:
    caption = _caption(order, panel)
    if order.look is None:
        return _flat_shot(order, panel, number, caption)
    from stillreel.draw.stage.compose import compose
    from stillreel.draw.stage.gate import settled_by

    settled = settled_by(order.board.panels, number)
    spare = drawn.overscan(panel, order.width, order.height, order.fps)
    staged = compose(
        panel,
        order.board.cast,
        order.board.props,
        width=order.width,
        height=order.height,
        overscan=spare,
        look_seed=order.seeds[number] if order.seeds else 0,
        settled=settled,
    )
    return drawn.shot(
        panel,
        staged,
        order.look,
        order.fps,
        caption=caption,
        settled=settled,
        full=order.quality == "publish",
    )


def _flat_shot(order: Order, panel: PanelScene, number: int, caption: Planar | None) -> Shot:
    width, height, fps = order.width, order.height, order.fps
    if number >= len(order.pictures):
        raise MediaError(
            f"Panel {number + 1} has no picture to move.",
            where=panel.id,
            next_step="Hand in one picture for each panel of the board.",
        )
    seed = int(of_parts([panel.id, panel.setting.id])[:8], 16)
    track = camera.track(panel.move, panel.frames, width, height, fps, seed=seed)
    if track.held:
        track = camera.breath(panel.frames)
    right, down = camera.overscan(panel.move, panel.frames, width, height, fps)
    whole = flat.opened(
        order.pictures[number], width + 2 * right, height + 2 * down, f"{order.board.id} {panel.id}"
    )
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
    return Shot(tuple(sheets), track, visible, centre, weather, caption)


def _caption(order: Order, panel: PanelScene) -> Planar | None:
    if not order.caption or not panel.line:
        return None
    from stillreel.draw.motion.caption import lettered

    return lettered(panel.line, order.width, order.height)
