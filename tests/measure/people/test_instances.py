"""People are counted where they stand apart, and not at all where a copy could hide."""

from __future__ import annotations

import time

import cv2
import numpy as np
import pytest
from pages import figure, page, picture
from papers import CREAM, blank, put

from stillreel.measure.nouns import Box
from stillreel.measure.people.instances import Instances, instances


def matches(found: Instances, truth: list[Box]) -> bool:
    pairs = zip(found.boxes, truth, strict=True)
    return all(a.overlap(b) > 0.75 for a, b in pairs)


@pytest.mark.parametrize("colour", [CREAM, (255, 255, 255), (60, 50, 46), (40, 66, 220)])
def test_views_on_any_plain_paper_are_counted_in_reading_order(colour: tuple[int, ...]) -> None:
    image = blank(colour=colour)
    truth = [put(image, x, 560, 460, turn=turn) for x, turn in ((150, 0), (420, -90), (700, 180))]
    found = instances(image)
    assert (found.count, found.page, found.tier) == (3, "plain sheet", "embedded")
    assert matches(found, truth)


def test_words_swatches_and_rules_are_nobody() -> None:
    image = blank()
    truth = [put(image, x, 540, 400) for x in (250, 700)]
    cv2.putText(image, "MARA, ALL VIEWS", (30, 60), 0, 1.4, (20, 20, 20), 4)
    cv2.rectangle(image, (850, 60), (930, 110), (160, 40, 40), -1)
    cv2.line(image, (480, 0), (480, 599), (90, 90, 90), 2)
    found = instances(image)
    assert found.count == 2
    assert matches(found, truth)


def test_a_garment_without_a_wearer_is_not_counted() -> None:
    image = blank()
    put(image, 250, 540, 440)
    cv2.rectangle(image, (600, 150), (760, 340), (110, 90, 30), -1)
    cv2.rectangle(image, (630, 150), (730, 200), (60, 50, 20), -1)
    assert instances(image).count == 1


def test_paper_shaded_like_a_photograph_is_still_a_page() -> None:
    image = blank()
    down, across = np.mgrid[0:600, 0:1000]
    light = 0.8 + 0.2 * (down / 600 + across / 1000) / 2
    image[:] = (image * light[:, :, None]).astype(np.uint8)
    for x in (200, 500, 800):
        put(image, x, 560, 420)
    assert instances(image).count == 3


def test_every_cell_of_a_grid_of_pictures_counts_once_and_not_for_sure() -> None:
    image, boxes = page(900, 700, 3, 3)
    found = instances(image)
    assert found.page == "grid of cells"
    assert found.count == len(boxes)
    assert found.confidence < 0.5


def test_a_busy_scene_is_not_measurable() -> None:
    image = picture(960, 540, 3)
    for x in (300, 600):
        figure(image, x, 500, 300)
    found = instances(image)
    assert found.count is None
    assert found.page == "busy scene"
    assert found.confidence == 0


@pytest.mark.parametrize("step", [60, 90, 120])
def test_two_copies_that_touch_are_never_said_to_be_one(step: int) -> None:
    image = blank()
    put(image, 400, 560, 500)
    put(image, 400 + step, 560, 500, turn=-20)
    assert instances(image).count != 1


def test_one_figure_on_a_plain_page_is_one() -> None:
    image = blank()
    truth = put(image, 500, 560, 500)
    found = instances(image)
    assert found.count == 1
    assert matches(found, [truth])


def test_boxes_keep_their_place_on_a_large_sheet() -> None:
    image = blank()
    truth = [put(image, x, 560, 460) for x in (250, 700)]
    large = cv2.resize(image, None, fx=3, fy=3, interpolation=cv2.INTER_LINEAR)
    found = instances(large)
    scaled = [Box(3 * b.left, 3 * b.top, 3 * b.right, 3 * b.bottom) for b in truth]
    assert matches(found, scaled)


def test_only_those_like_the_reference_are_counted_as_the_same() -> None:
    image = blank()
    mara = put(image, 250, 560, 460)
    figure(image, 700, 560, 440, hair=(200, 60, 40), coat=(40, 200, 60), legs=(200, 40, 160))
    reference = image[mara.top - 8 : mara.bottom + 8, mara.left - 8 : mara.right + 8].copy()
    found = instances(image, like=reference)
    assert found.same_as_reference is not None
    assert found.same_as_reference <= 1
    assert instances(image).same_as_reference is None


@pytest.mark.parametrize("size", [(1, 1), (3, 400), (47, 47), (64, 64)])
def test_nothing_to_see_is_not_measurable(size: tuple[int, int]) -> None:
    found = instances(np.full((*size, 3), 200, np.uint8))
    assert found.count is None
    assert found.boxes == ()


def test_the_same_picture_gives_the_same_answer() -> None:
    image = blank()
    for x in (200, 500, 800):
        put(image, x, 560, 420)
    assert instances(image) == instances(image.copy())


def test_a_sheet_is_counted_quickly() -> None:
    image = blank(1024, 683)
    for x in (150, 400, 650, 900):
        put(image, x, 640, 480)
    start = time.process_time()
    instances(image)
    assert time.process_time() - start < 1.5
