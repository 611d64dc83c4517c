from __future__ import annotations

import pytest

from stillreel.draw.page.board import panel_boxes
from stillreel.grid.ask import board_size


@pytest.mark.parametrize("ratio", ["16:9", "9:16", "1:1", "4:3", "21:9"])
def test_the_margins_of_a_board_are_as_wide_as_its_gutters(ratio: str) -> None:
    width, height = board_size(ratio)
    boxes = panel_boxes(width, height, ratio)
    gutter = boxes[1][0] - boxes[0][2]
    assert boxes[3][1] - boxes[0][3] == gutter
    assert boxes[0][:2] == (gutter, gutter)
    assert (width - boxes[8][2], height - boxes[8][3]) == (gutter, gutter)
    assert max(width, height) <= 1920


@pytest.mark.parametrize("ratio", ["16:9", "9:16", "21:9"])
def test_panels_of_a_board_are_even_sized_and_of_the_ratio(ratio: str) -> None:
    across, down = (int(part) for part in ratio.split(":"))
    for left, top, right, bottom in panel_boxes(*board_size(ratio), ratio):
        wide, high = right - left, bottom - top
        assert (wide % 2, high % 2) == (0, 0)
        assert wide / high == pytest.approx(across / down, rel=0.005)
