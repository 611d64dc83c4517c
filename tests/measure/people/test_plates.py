"""Single views come out of a sheet whole, named, and without their neighbours."""

from __future__ import annotations

import cv2
import numpy as np
from pages import figure

from stillreel.measure.nouns import Box
from stillreel.measure.people.plates import cut


def sheet(columns: tuple[int, ...] = (150, 330, 510, 690)) -> tuple[np.ndarray, list[Box]]:
    image = np.full((700, 1200, 3), (222, 230, 236), np.uint8)
    bodies = [figure(image, x, 640, 420) for x in columns]
    return image, bodies


def holds(outer: Box, inner: Box) -> bool:
    return (
        outer.left <= inner.left
        and outer.top <= inner.top
        and outer.right >= inner.right
        and outer.bottom >= inner.bottom
    )


def test_a_turnaround_is_cut_left_to_right() -> None:
    image, bodies = sheet()
    plates = cut(image)
    assert [plate.role for plate in plates] == ["front", "three-quarter", "side", "back"]
    for plate, body in zip(plates, bodies, strict=True):
        assert plate.clean
        assert holds(plate.box, body)
        assert plate.box.area < 2 * body.area


def test_faces_come_after_bodies_and_swatches_and_words_not_at_all() -> None:
    image, _ = sheet()
    for x in (900, 1060):
        cv2.circle(image, (x, 150), 60, (30, 60, 140), -1)
        cv2.circle(image, (x, 165), 40, (130, 160, 210), -1)
    cv2.rectangle(image, (850, 400), (920, 440), (40, 160, 40), -1)
    cv2.rectangle(image, (940, 400), (1010, 440), (160, 40, 40), -1)
    cv2.putText(image, "coat", (942, 450), 0, 0.7, (20, 20, 20), 2)
    cv2.putText(image, "MARA", (40, 60), 0, 1, (20, 20, 20), 2)
    plates = cut(image)
    assert [plate.role for plate in plates[4:]] == ["face", "other"]
    assert holds(plates[4].box, Box(840, 90, 960, 210))


def test_three_views_are_front_side_and_back() -> None:
    image, _ = sheet((200, 450, 700))
    assert [plate.role for plate in cut(image)] == ["front", "side", "back"]


def test_a_figure_cut_off_by_the_sheet_is_not_clean() -> None:
    image, _ = sheet((30, 330, 510, 690))
    assert [plate.clean for plate in cut(image)] == [False, True, True, True]


def test_a_low_wide_animal_is_found_under_taller_heads() -> None:
    image = np.full((700, 1200, 3), 235, np.uint8)
    for x in (150, 350, 560, 760):
        cv2.ellipse(image, (x, 600), (75, 40), 0, 0, 360, (60, 90, 130), -1)
        cv2.circle(image, (x + 60, 570), 25, (50, 70, 110), -1)
    for x in (960, 1100):
        cv2.ellipse(image, (x, 150), (60, 75), 0, 0, 360, (60, 90, 130), -1)
        cv2.circle(image, (x, 160), 25, (20, 20, 20), -1)
    roles = [plate.role for plate in cut(image)]
    assert roles == ["front", "three-quarter", "side", "back", "face", "other"]


def test_an_empty_page_has_no_plates() -> None:
    assert cut(np.full((300, 400, 3), 240, np.uint8)) == ()


def test_plates_keep_their_place_on_a_large_sheet() -> None:
    image, bodies = sheet()
    large = cv2.resize(image, (3600, 2100), interpolation=cv2.INTER_NEAREST)
    for plate, body in zip(cut(large), bodies, strict=True):
        scaled = Box(*(3 * edge for edge in (body.left, body.top, body.right, body.bottom)))
        assert holds(plate.box, scaled)
