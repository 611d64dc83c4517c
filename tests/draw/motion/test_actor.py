"""Puppets: each pose drawn once, and little changes painted as little changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from stillreel.draw.look import named
from stillreel.draw.motion.actor import Puppet, Step
from stillreel.draw.motion.performance import Beat, Pose
from stillreel.draw.motion.walk import Ground, steps
from stillreel.draw.stage import compose
from stillreel.values.scene import Action, Identity, PanelScene, Performer, Setting

if TYPE_CHECKING:
    from stillreel.draw.marks import Layer
    from stillreel.draw.motion.planar import Planar
    from stillreel.draw.stage import Staged

PANEL = PanelScene(
    id="P1",
    size="medium-close-up",
    setting=Setting(id="garden", name="Garden", kind="garden"),
    performers=(Performer(id="mara", facing="front-left"),),
)
MARA = Identity(id="mara", name="Mara")


def _staged() -> Staged:
    return compose(PANEL, (MARA,), width=480, height=270)


def _puppet(staged: Staged, look: str, beats: list[Beat], steps: list[Step]) -> Puppet:
    painter = named(look)
    assert painter is not None

    def draw(pose: Pose) -> Layer:
        mouth = None if pose.mouth < 0 else pose.mouth / 2
        return staged.redraw("mara", 0, mouth=mouth, blink=float(pose.blink))

    return Puppet(
        draw, look=painter, stack=staged.stack, beats=beats, steps=steps, centre=(240.0, 130.0)
    )


def _shown(look: str, *poses: Pose) -> Planar:
    beats = [Beat(pose, 0.0) for pose in poses]
    puppet = _puppet(_staged(), look, beats, [Step()] * len(beats))
    for frame in range(len(beats)):
        last = puppet.at(frame)
    assert last is not None
    return last


@pytest.mark.parametrize("look", ["lumen", "ink"])
@pytest.mark.parametrize("pose", [Pose(0, mouth=2), Pose(0, blink=1)])
def test_a_mended_drawing_is_the_drawing_made_afresh(look: str, pose: Pose) -> None:
    mended, fresh = _shown(look, Pose(0), pose), _shown(look, pose)
    left, top, right, bottom = (
        max(mended.left, fresh.left),
        max(mended.top, fresh.top),
        min(mended.box[2], fresh.box[2]),
        min(mended.box[3], fresh.box[3]),
    )
    both = [picture.part((left, top, right, bottom)).y.astype(int) for picture in (mended, fresh)]
    assert np.abs(both[0] - both[1]).mean() < 0.25
    assert (np.abs(both[0] - both[1]) > 24).mean() < 0.002


def test_a_pose_is_painted_once_however_often_it_is_shown() -> None:
    poses = [Pose(0), Pose(0, mouth=2), Pose(0), Pose(0, mouth=2), Pose(0)]
    puppet = _puppet(_staged(), "lumen", [Beat(p, 0.0) for p in poses], [Step()] * 5)
    seen = [puppet.at(frame) for frame in range(5)]
    assert puppet.drawings == 2
    assert len({id(picture) for picture in seen}) >= 2


def test_the_same_drawing_is_handed_out_while_nothing_changes() -> None:
    puppet = _puppet(_staged(), "lumen", [Beat(Pose(0), 0.0)] * 4, [Step()] * 4)
    assert len({id(puppet.at(frame)) for frame in range(4)}) == 1


def test_a_body_is_shown_where_it_has_walked_to_and_as_large() -> None:
    steps = [Step(), Step(right=30.0), Step(scale=1.2), Step(breath=1.0)]
    puppet = _puppet(_staged(), "lumen", [Beat(Pose(0), 0.0)] * 4, steps)
    there = [puppet.at(frame) for frame in range(4)]
    assert all(picture is not None for picture in there)
    still, walked, grown, lifted = (picture for picture in there if picture is not None)
    assert walked.left - still.left == 30
    assert grown.y.shape[1] == pytest.approx(still.y.shape[1] * 1.2, abs=2)
    assert lifted.box == still.box

    def crown(picture: Planar) -> int:
        assert picture.through is not None
        return int(np.flatnonzero((picture.through < 100).any(axis=1))[0])

    assert 0 <= crown(still) - crown(lifted) <= 4


@pytest.mark.parametrize("does", ["walk", "run"])
def test_the_planted_foot_hardly_slides(does: Action) -> None:
    """Over the first eighth of a cycle the still's lower foot carries the body."""
    panel = PanelScene(
        id="P1",
        size="full",
        frames=24,
        setting=Setting(id="garden", name="Garden", kind="garden"),
        performers=(Performer(id="mara", does=does, facing="right"),),
    )
    staged = compose(panel, (Identity(id="mara", name="Mara"),), width=640, height=360)
    (body,) = staged.performers
    one = panel.performers[0]
    beats = [Beat(Pose(0), cycles) for cycles in (0.0, 0.125)]
    ground = Ground(body.scale, 12, staged.stride("mara"))
    path = steps(one, beats, ground, feet=True, width=640)

    def heel(phase: float) -> float:
        layer = staged.redraw("mara", 0, phase=phase % 1)
        points = np.vstack([s.points for s in layer.shapes if s.owner and len(s.points)])
        low = points[points[:, 1] > points[:, 1].max() - 3]
        return float(low[:, 0].min())

    back = heel(body.phase) - heel(body.phase + 0.125)
    gone = path[1].right - path[0].right
    assert abs(back - gone) < 0.04 * body.scale
