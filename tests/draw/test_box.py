"""Boxes around shapes, and where boxes meet."""

from __future__ import annotations

import numpy as np

from stillreel.draw.box import bounds, join, meet
from stillreel.draw.marks import Shape


def test_the_box_around_shapes_holds_every_point_and_stroke() -> None:
    line = Shape(np.array([[3.5, 4], [90, 44]], np.float32), "mark", (0, 0, 0), False, 6.0)
    leaf = Shape(np.array([[20, 25], [100, 60], [30, 85]], np.float32), "foliage", (10, 90, 40))
    left, top, right, bottom = bounds([leaf, line], 1.0) or (0, 0, 0, 0)
    assert left <= 3.5 - 3
    assert top <= 4 - 3
    assert right >= 100
    assert bottom >= 85


def test_boxes_meet_where_they_overlap_and_join_around_both() -> None:
    first, second = (0, 0, 10, 10), (6, -4, 20, 8)
    assert meet(first, second) == (6, 0, 10, 8)
    assert meet(first, (10, 0, 20, 10)) is None
    assert join(first, second) == (0, -4, 20, 10)
