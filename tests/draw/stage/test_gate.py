"""What is done is done: nobody sits down twice, whatever was shown in between."""

from __future__ import annotations

import pytest

from stillreel.draw.stage.gate import settled_by
from stillreel.values.scene import Action, PanelScene, Performer, Setting

ROOM = Setting(id="room", name="the room", kind="room")
YARD = Setting(id="yard", name="the yard", kind="garden")


def shot(setting: Setting, **does: Action) -> PanelScene:
    performers = tuple(Performer(id=one, does=action) for one, action in does.items())
    return PanelScene(id="P", setting=setting, performers=performers)


@pytest.mark.parametrize("action", ["sit", "kneel", "lie", "sleep"])
def test_a_pose_is_not_taken_again_after_a_cutaway(action: Action) -> None:
    panels = (shot(ROOM, ada=action), shot(YARD, bo="run"), shot(ROOM, ada=action))
    assert ("ada", action) in settled_by(panels, 2)


def test_who_got_up_or_went_elsewhere_sits_down_anew() -> None:
    panels = (shot(ROOM, ada="sit"), shot(ROOM, ada="walk"), shot(ROOM, ada="sit"))
    assert ("ada", "sit") not in settled_by(panels, 2)
    panels = (shot(ROOM, ada="sit"), shot(ROOM, bo="look"), shot(YARD, ada="sit"))
    assert ("ada", "sit") not in settled_by(panels, 2)


def test_a_reach_may_be_done_again_after_another_picture() -> None:
    panels = (shot(ROOM, ada="reach"), shot(ROOM, bo="look"), shot(ROOM, ada="reach"))
    assert ("ada", "reach") in settled_by(panels, 1)
    assert ("ada", "reach") not in settled_by(panels, 2)
