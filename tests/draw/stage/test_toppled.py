"""Someone who falls stays in the picture: the head in close shots, the whole body in wide ones."""

from __future__ import annotations

import pytest

from stillreel.draw.stage import block, compose
from stillreel.values.scene import Identity, PanelScene, Performer, Setting, ShotSize

STREET = Setting(id="street", name="the street", kind="street")
TOM = Identity(id="tom", name="Tom")
W, H = 608, 342


@pytest.mark.parametrize("size", ["full", "medium", "medium-close-up", "close-up"])
@pytest.mark.parametrize("facing", ["left", "right", "front-right"])
def test_the_head_of_someone_who_falls_is_in_the_frame(size: ShotSize, facing: str) -> None:
    falls = Performer.model_validate({"id": "tom", "does": "fall", "facing": facing})
    panel = PanelScene(id="P1", size=size, setting=STREET, performers=(falls,))
    staged = compose(panel, [TOM], (), width=W, height=H)
    (x, y), *_ = staged.camera.project([block.head_of(staged.marks[0])])[0]
    assert 0.05 * W < x < 0.95 * W
    assert 0 < y < H
