from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest

from stillreel.draw import ink, lumen
from stillreel.draw.page.board import board_page, panel_boxes, ratio_of
from stillreel.values.scene import BoardScene, Identity, PanelScene, Performer, Setting

if TYPE_CHECKING:
    from stillreel.draw.look import Look


@pytest.fixture(scope="module")
def scene() -> BoardScene:
    place = Setting(id="meadow", name="Meadow", kind="open")
    sizes = ("extreme-wide", "wide", "full", "medium", "close-up", "wide", "full", "medium", "wide")
    panels = tuple(
        PanelScene.model_validate(
            {
                "id": f"C01.P{index}",
                "size": size,
                "setting": place,
                "performers": (Performer(id="mara"),),
                "action": f"Mara, picture {index}.",
            }
        )
        for index, size in enumerate(sizes, 1)
    )
    return BoardScene(id="C01", panels=panels, cast=(Identity(id="mara", name="Mara"),))


@pytest.mark.parametrize("ratio", ["16:9", "9:16", "1:1", "4:3", "21:9"])
def test_nine_panels_have_the_ratio_of_the_film_and_even_gutters(ratio: str) -> None:
    boxes = panel_boxes(1920, 1080, ratio)
    assert len(boxes) == 9
    for left, top, right, bottom in boxes:
        assert abs((right - left) / (bottom - top) - float(ratio_of(ratio))) < 0.02
        assert left >= 0
        assert top >= 0
        assert right <= 1920
        assert bottom <= 1080
    across = {
        two[0] - one[2] for row in range(3) for one, two in pairwise(boxes[row * 3 : row * 3 + 3])
    }
    down = {boxes[i + 3][1] - boxes[i][3] for i in range(6)}
    assert len(across) == 1
    assert len(down) == 1
    assert across == down


@pytest.mark.parametrize("look", [lumen, ink])
def test_gutters_are_one_flat_tone_with_nothing_in_them(scene: BoardScene, look: Look) -> None:
    page = board_page(scene, look, 480, 270)
    line = 2
    boxes = panel_boxes(480, 270, "16:9")
    gutter = page[:, boxes[0][2] + line : boxes[1][0] - line]
    assert gutter.size > 0
    assert (gutter == np.array(look.PAGE[::-1])).all()
    between = page[boxes[0][3] + line : boxes[3][1] - line]
    assert (between == np.array(look.PAGE[::-1])).all()


def test_a_board_is_the_same_twice_and_other_with_another_seed(scene: BoardScene) -> None:
    first = board_page(scene, ink, 320, 180)
    assert np.array_equal(first, board_page(scene, ink, 320, 180))
    assert not np.array_equal(first, board_page(scene, ink, 320, 180, seed=9))
