"""Panels are cut where they are, and single pictures stay whole."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from pages import furthest, page, picture

from stillreel.errors import MediaError, UsageError
from stillreel.measure.nouns import Box
from stillreel.measure.page.panels import panels
from stillreel.measure.pictures import decode, encode_jpeg


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize(
    "made",
    [
        {},
        {"colour": (24, 22, 20)},
        {"frame": 3},
        {"gutter": 4, "margin": 8},
        {"gutter": 3, "margin": 0},
        {"gutter": 0, "margin": 0},
    ],
    ids=["white", "dark", "framed", "thin", "full-bleed", "no-gutter"],
)
def test_a_page_of_nine_is_cut_to_the_pixel(made: dict[str, object], known: bool) -> None:
    image, truth = page(960, 720, 3, 3, **made)
    cut = panels(image, (3, 3) if known else None)
    assert (cut.rows, cut.cols, cut.grid) == (3, 3, True)
    assert furthest(cut.boxes, truth) <= 1
    assert cut.confidence > 0.7


def test_a_large_page_is_cut_at_its_own_size() -> None:
    image, truth = page(2700, 1560, 3, 3, gutter=31, margin=41, frame=4)
    assert furthest(panels(image, (3, 3)).boxes, truth) <= 1


@pytest.mark.parametrize("layout", [(2, 2), (1, 4), (4, 2), (5, 3)])
def test_other_layouts_are_found_without_being_told(layout: tuple[int, int]) -> None:
    image, truth = page(1000, 900, *layout)
    cut = panels(image)
    assert (cut.rows, cut.cols) == layout
    assert furthest(cut.boxes, truth) <= 1


def test_captions_and_titles_are_left_outside() -> None:
    image, truth = page(960, 900, 3, 3, below=34, margin=60)
    cv2.putText(image, "THE STORY SO FAR", (300, 40), 0, 1, (0, 0, 0), 2)
    for layout in ((3, 3), None):
        assert furthest(panels(image, layout).boxes, truth) <= 1


def test_compression_moves_no_edge_by_more_than_a_pixel() -> None:
    image, truth = page(960, 720, 3, 3)
    again = decode(encode_jpeg(image, 80))
    assert furthest(panels(again, (3, 3)).boxes, truth) <= 1


def test_panels_of_one_row_may_differ_from_the_next() -> None:
    image = np.full((800, 900, 3), 255, np.uint8)
    truth = [Box(20, 20, 440, 380), Box(460, 20, 880, 380), Box(20, 400, 880, 780)]
    for at, box in enumerate(truth):
        image[box.top : box.bottom, box.left : box.right] = picture(box.width, box.height, at)
    cut = panels(image)
    assert furthest(cut.boxes, truth) <= 1
    assert (cut.rows, cut.cols, cut.grid) == (2, 2, False)


def test_panels_as_pale_as_the_page_are_still_found() -> None:
    image, truth = page(960, 720, 3, 3, colour=(228, 236, 240))
    for box in truth[::2]:
        image[box.top : box.bottom, box.left : box.right] = (218, 231, 238)
        cv2.circle(image, (box.left + 80, box.top + 90), 50, (30, 30, 40), -1)
    assert furthest(panels(image, (3, 3)).boxes, truth) <= 1


@pytest.mark.parametrize("seed", range(6))
def test_a_single_picture_stays_whole(seed: int) -> None:
    cut = panels(picture(960, 640, 100 + seed))
    assert (cut.boxes, cut.grid) == ((Box(0, 0, 960, 640),), False)


def test_a_horizon_is_no_seam_between_panels() -> None:
    image = picture(900, 600, 7)
    image[:330] = np.linspace(250, 200, 330)[:, None, None].astype(np.uint8)
    image[330:, :, 1] = np.maximum(image[330:, :, 1], 120)
    cv2.circle(image, (450, 330), 160, (40, 60, 200), -1)
    assert len(panels(image).boxes) == 1


def test_an_order_that_was_not_followed_is_unsure() -> None:
    sure = panels(page(960, 720, 3, 3)[0], (3, 3)).confidence
    assert panels(picture(960, 720, 3), (3, 3)).confidence < 0.5 < sure


@pytest.mark.parametrize("size", [(1, 1), (2, 300), (5, 5), (40, 30)])
def test_tiny_pictures_are_whole(size: tuple[int, int]) -> None:
    image = np.zeros((size[1], size[0], 3), np.uint8)
    assert panels(image).boxes == (Box(0, 0, *size),)


@pytest.mark.parametrize("grey", [0, 128, 255])
def test_a_blank_board_is_cut_somehow_and_unsure(grey: int) -> None:
    cut = panels(np.full((540, 960, 3), grey, np.uint8), (3, 3))
    assert len(cut.boxes) == 9
    assert all(box.width > 100 and box.height > 60 for box in cut.boxes)
    assert cut.confidence < 0.5


@pytest.mark.parametrize("layout", [(0, 0), (0, 3), (3, -1)])
def test_a_layout_without_panels_is_refused(layout: tuple[int, int]) -> None:
    with pytest.raises(UsageError, match="no panels"):
        panels(page(300, 300, 3, 3)[0], layout)


def test_a_picture_too_small_for_its_layout_is_refused() -> None:
    with pytest.raises(MediaError, match="too small"):
        panels(np.zeros((20, 20, 3), np.uint8), (3, 3))


def test_the_same_page_is_always_cut_the_same_way() -> None:
    image, _ = page(960, 720, 3, 3, gutter=0, margin=0)
    assert panels(image) == panels(image.copy())


@pytest.mark.parametrize("style", ["lumen", "ink"])
def test_our_own_boards_are_cut_to_the_pixel(style: str) -> None:
    from stillreel.draw import look
    from stillreel.draw.page.board import panel_boxes
    from stillreel.draw.page.sheet import drawn
    from stillreel.values.scene import BoardScene, PanelScene, Setting

    kinds = ("garden", "sea", "room", "street", "mountain", "sky", "desert", "castle", "open")
    times = ("day", "night", "dusk")
    scenes = tuple(
        PanelScene(id=f"P{at}", setting=Setting(id="a", name="A", kind=kind, time=times[at % 3]))
        for at, kind in enumerate(kinds)
    )
    pencil = look.named(style)
    assert pencil is not None
    image = drawn(BoardScene(id="C01", panels=scenes), pencil, 960, 540)
    truth = [Box(*box) for box in panel_boxes(960, 540, "16:9")]
    assert furthest(panels(image, (3, 3)).boxes, truth) <= 1
