"""One clean view is cut out of a sheet of many."""

from __future__ import annotations

import cv2
import numpy as np
from papers import blank, put

from stillreel.measure.people.instances import instances
from stillreel.measure.people.single import single


def test_the_cut_holds_one_figure_whole_and_nobody_else() -> None:
    image = blank()
    bodies = [put(image, x, 560, 440, turn=turn) for x, turn in ((180, 0), (480, -90), (800, 180))]
    one = single(image)
    assert one is not None
    assert one.clean
    assert max(one.box.overlap(body) for body in bodies) > 0.8
    assert instances(one.picture).count == 1


def test_what_reaches_into_the_box_is_painted_out() -> None:
    image = blank()
    body = put(image, 300, 560, 480)
    cv2.putText(image, "KEEP", (body.right - 20, 330), 0, 1.2, (20, 20, 160), 5)
    cv2.rectangle(image, (body.left - 4, 60), (body.left + 10, 200), (20, 160, 20), -1)
    one = single(image)
    assert one is not None
    assert instances(one.picture).count == 1


def test_a_large_sheet_is_cut_at_its_own_size() -> None:
    image = blank()
    body = put(image, 500, 560, 480)
    large = cv2.resize(image, None, fx=2, fy=2)
    one = single(large)
    assert one is not None
    assert one.picture.shape[:2] == (one.box.height, one.box.width)
    assert abs(one.box.width - 2 * body.width) < 0.2 * one.box.width


def test_a_page_without_anybody_gives_nothing() -> None:
    assert single(blank()) is None
    assert single(np.zeros((1, 1, 3), np.uint8)) is None
