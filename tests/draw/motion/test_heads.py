"""Whoever goes down or up keeps the head in the frame: on the still, and all through the clip."""

from __future__ import annotations

import pytest

from stillreel.draw.motion import camera, drawn, troupe
from stillreel.draw.stage import Staged, compose
from stillreel.draw.stage.gate import Settled, settled_by
from stillreel.values.scene import (
    Action,
    Angle,
    Facing,
    Identity,
    Move,
    PanelScene,
    Performer,
    Setting,
    ShotSize,
)

TOM = Identity(id="tom", name="Tom")
PLAIN = Setting(id="plain", name="the plain")
W, H, FPS = 384, 216, 24
ACTIONS: tuple[Action, ...] = ("fall", "lie", "sit", "kneel", "climb")
SIZES: tuple[ShotSize, ...] = ("full", "medium-wide", "medium", "medium-close-up", "close-up")


def _panel(
    does: Action,
    size: ShotSize,
    facing: Facing = "front-right",
    angle: Angle = "eye-level",
    move: Move = "static",
) -> PanelScene:
    acts = Performer(id="tom", does=does, facing=facing, at=-0.25)
    return PanelScene(
        id="C01.P2",
        size=size,
        angle=angle,
        move=move,
        frames=34,
        setting=PLAIN,
        performers=(acts,),
        focus="tom",
    )


def _staged(panel: PanelScene, settled: Settled = frozenset()) -> Staged:
    spare = drawn.overscan(panel, W, H, FPS)
    return compose(panel, [TOM], (), width=W, height=H, overscan=spare, settled=settled)


def _phases(panel: PanelScene, staged: Staged, settled: Settled = frozenset()) -> list[float]:
    (beats,) = troupe.acting(panel, staged, FPS, settled=settled).values()
    return [beat.pose.phase / 48 for beat in beats]


def _inside(box: tuple[float, float, float, float]) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= W and box[3] <= H


@pytest.mark.parametrize("does", ACTIONS)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("facing", ["front-right", "left", "camera"])
def test_the_head_is_in_frame_on_the_still_and_at_the_start_middle_and_end_of_the_clip(
    does: Action, size: ShotSize, facing: Facing
) -> None:
    moves: tuple[Move, ...] = ("static", "tilt-down", "push")
    for move in moves:
        panel = _panel(does, size, facing, move=move)
        staged = _staged(panel)
        left, top, *_ = staged.stack.visible
        (body,) = staged.performers
        x0, y0, x1, y1 = staged.head("tom", 0, body.phase)
        assert _inside((x0 - left, y0 - top, x1 - left, y1 - top))
        centre = ((x0 + x1) / 2, (y0 + y1) / 2)
        views = camera.track(move, panel.frames, W, H, FPS).views
        phases = _phases(panel, staged)
        for frame in (0, panel.frames // 2, panel.frames - 1):
            box = staged.head("tom", 0, phases[frame])
            put = camera.place(views[frame], 1.0, staged.stack.visible, centre)
            seen = [side * put.scale + put.shift[axis % 2] for axis, side in enumerate(box)]
            assert _inside((seen[0], seen[1], seen[2], seen[3])), (move, frame)


@pytest.mark.parametrize("angle", ["high", "low"])
@pytest.mark.parametrize("size", ["full", "medium", "close-up"])
def test_the_head_of_who_falls_is_in_frame_from_above_and_from_below(
    angle: Angle, size: ShotSize
) -> None:
    panel = _panel("fall", size, angle=angle)
    staged = _staged(panel)
    for phase in _phases(panel, staged):
        assert _inside(staged.head("tom", 0, phase))
    assert staged.camera.position[1] > 0.1


@pytest.mark.parametrize("size", SIZES)
def test_a_fall_begins_in_the_pose_of_its_board_panel_and_ends_on_the_ground(
    size: ShotSize,
) -> None:
    panel = _panel("fall", size)
    staged = _staged(panel)
    phases = _phases(panel, staged)
    assert phases[0] == pytest.approx(staged.performers[0].phase, abs=1 / 48)
    assert phases[-1] == 1.0


def test_nobody_falls_twice_on_the_board_or_in_the_clip() -> None:
    panels = (_panel("fall", "full"), _panel("fall", "full"))
    assert settled_by(panels, 0) == frozenset()
    settled = settled_by(panels, 1)
    assert settled == {("tom", "fall")}
    staged = _staged(panels[1], settled)
    assert staged.performers[0].phase == 1.0
    assert set(_phases(panels[1], staged, settled)) == {1.0}
    assert _inside(staged.head("tom", 0, 1.0))


@pytest.mark.parametrize(("facing", "still"), [("right", 0.0), ("left", 0.5)])
def test_a_climber_whose_face_is_seen_reaches_with_the_farther_arm(
    facing: Facing, still: float
) -> None:
    panel = _panel("climb", "medium", facing)
    staged = _staged(panel)
    assert staged.performers[0].phase == still
    off = [abs((phase - still + 0.5) % 1 - 0.5) for phase in _phases(panel, staged)]
    assert 0.05 < max(off) < 0.17
