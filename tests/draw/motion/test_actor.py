"""Puppets: each pose drawn once, and little changes painted as little changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from stillreel.draw.look import named
from stillreel.draw.motion.actor import Puppet, Step
from stillreel.draw.motion.performance import Beat, Pose
from stillreel.draw.stage import compose
from stillreel.values.scene import Identity, PanelScene, Performer, Setting

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
