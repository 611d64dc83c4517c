"""Whole clips, small: cuts on the frame, the same bytes twice, life in every panel."""

from __future__ import annotations

import io
import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

import av
import cv2
import numpy as np
import pytest

from stillreel.draw.look import named
from stillreel.draw.motion.clip import Order, animate, pictures
from stillreel.errors import MediaError
from stillreel.values.scene import (
    Action,
    BoardScene,
    Identity,
    Move,
    PanelScene,
    Performer,
    Setting,
    ShotSize,
    Weather,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

GARDEN = Setting(id="garden", name="Garden", kind="garden", features=("tree", "wall"))
MARA = Identity(id="mara", name="Mara")
W, H = 256, 144


def _panel(
    number: int,
    size: ShotSize = "wide",
    move: Move = "static",
    frames: int = 12,
    weather: Weather = "clear",
    **performer: object,
) -> PanelScene:
    return PanelScene(
        id=f"P{number}",
        size=size,
        move=move,
        frames=frames,
        setting=GARDEN.model_copy(update={"weather": weather}),
        performers=(Performer.model_validate({"id": "mara", **performer}),) if performer else (),
    )


BOARD = BoardScene(
    id="C01",
    panels=(
        _panel(1, "wide", "pan-left", 9),
        _panel(2, "full", "static", 14, does="walk", facing="right"),
        _panel(3, "close-up", "push", 11, does="look", facing="front-left"),
        _panel(4, "medium", "orbit-right", 8, "rain", does="stand", facing="front-right"),
    ),
    cast=(MARA,),
)


def _frames(board: BoardScene, look: str = "lumen") -> list[NDArray[np.uint8]]:
    order = Order(board, W, H, 24, look=named(look))
    return [frame[:H].copy() for _, frame in pictures(order)]


def _decoded(data: bytes) -> list[NDArray[np.uint8]]:
    with av.open(io.BytesIO(data)) as box:
        return [frame.to_ndarray()[:H] for frame in box.decode(video=0)]


def _gap(one: NDArray[np.uint8], two: NDArray[np.uint8]) -> float:
    return float(np.abs(one.astype(int) - two).mean())


@pytest.mark.parametrize("look", ["lumen", "ink"])
def test_cuts_fall_exactly_on_the_panel_frames(look: str) -> None:
    data = animate(Order(BOARD, W, H, 24, look=named(look)))
    frames = _decoded(data)
    lengths = [panel.frames for panel in BOARD.panels]
    assert len(frames) == sum(lengths)
    gaps = [_gap(a, b) for a, b in itertools.pairwise(frames)]
    cuts = set(np.cumsum(lengths)[:-1] - 1)
    smallest_cut = min(gaps[i] for i in cuts)
    assert smallest_cut > 1.5 * max(gap for i, gap in enumerate(gaps) if i not in cuts)
    with av.open(io.BytesIO(data)) as box:
        keys = {packet.pts // 512 for packet in box.demux(video=0) if packet.is_keyframe}
    assert {0, *(int(i) + 1 for i in cuts)} <= keys


def test_the_same_order_gives_the_same_bytes() -> None:
    order = Order(BOARD, W, H, 24, look=named("lumen"))
    assert animate(order) == animate(order)


@pytest.mark.parametrize("does", ["walk", "run", "wave", "sit", "talk", "fall"])
def test_bodies_that_act_move(does: Action) -> None:
    board = BoardScene(
        id="C01",
        panels=(_panel(1, "full", frames=20, does=does, facing="front-right"),),
        cast=(MARA,),
    )
    frames = _frames(board)
    assert max(_gap(frames[0], frame) for frame in frames) > 0.2


def test_a_body_does_not_sit_down_twice() -> None:
    sits = {"does": "sit", "facing": "front-right"}
    board = BoardScene(
        id="C01",
        panels=(_panel(1, "full", frames=24, **sits), _panel(2, "full", frames=24, **sits)),
        cast=(MARA,),
    )
    frames = _frames(board)
    assert _gap(frames[0], frames[23]) > 4 * _gap(frames[24], frames[47])


def test_nothing_moves_but_the_body_when_the_camera_is_static() -> None:
    board = BoardScene(
        id="C01",
        panels=(_panel(1, "full", frames=16, does="wave", facing="camera"),),
        cast=(MARA,),
    )
    frames = _frames(board)
    assert all(np.array_equal(frame[:, :40], frames[0][:, :40]) for frame in frames)


def test_an_empty_static_panel_still_breathes() -> None:
    frames = _frames(BoardScene(id="C01", panels=(_panel(1, frames=20),)))
    assert all(_gap(a, b) < 6 for a, b in itertools.pairwise(frames))
    assert _gap(frames[0], frames[-1]) > 0.3


def test_the_first_frame_of_a_static_panel_is_the_still_of_the_board() -> None:
    from stillreel.draw.stage import compose

    panel = _panel(1, "medium", does="stand", facing="front-left")
    look = named("lumen")
    assert look is not None
    still = look.flatten(compose(panel, (MARA,), width=W, height=H).stack)
    grey = cv2.transform(still, np.array([[0.0620, 0.6142, 0.1826, 16.0]] * 3))[..., 0]
    first = _frames(BoardScene(id="C01", panels=(panel,), cast=(MARA,)))[0]
    assert _gap(first, grey) < 2.5


def _stills(count: int) -> tuple[bytes, ...]:
    rng = np.random.default_rng(9)
    made = []
    for _ in range(count):
        small = rng.integers(0, 255, (9, 16, 3), dtype=np.uint8)
        made.append(cv2.imencode(".png", cv2.resize(small, (320, 180)))[1].tobytes())
    return tuple(made)


def test_flat_pictures_are_moved_without_a_look() -> None:
    frames = _decoded(animate(Order(BOARD, W, H, 24, pictures=_stills(4))))
    assert len(frames) == 42
    assert all(_gap(frames[start], frames[start + 7]) > 0.2 for start in (0, 9, 23, 34))


def test_a_missing_picture_is_named() -> None:
    with pytest.raises(MediaError, match="Panel 4"):
        animate(Order(BOARD, W, H, 24, pictures=_stills(3)))


def test_spoken_words_are_burned_in_when_asked() -> None:
    said = _panel(1, "close-up", does="talk", speaks=True, facing="camera").model_copy(
        update={"line": "How selfish I have been!"}
    )
    board = BoardScene(id="C01", panels=(said,), cast=(MARA,))
    order = Order(board, W, H, 24, look=named("lumen"))
    plain = [frame[:H].copy() for _, frame in pictures(order)]
    lettered = [frame[:H].copy() for _, frame in pictures(replace(order, caption=True))]
    for bare, worded in zip(plain, lettered, strict=True):
        assert np.array_equal(bare[: H // 2], worded[: H // 2])
        assert _gap(bare[H * 3 // 4 :], worded[H * 3 // 4 :]) > 1


def test_an_odd_size_is_refused() -> None:
    with pytest.raises(MediaError, match="even"):
        animate(Order(BOARD, 255, 144, 24, look=named("lumen")))
