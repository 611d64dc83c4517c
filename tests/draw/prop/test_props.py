from __future__ import annotations

from math import cos, radians, sin
from typing import TYPE_CHECKING

import numpy as np
import pytest

from stillreel.draw.lens import Camera
from stillreel.draw.prop import KINDS, known, reach, shapes_at, standing
from stillreel.draw.prop.contour import area, capsules, disc, hull, union
from stillreel.draw.prop.view import View
from stillreel.values.scene import Prop

if TYPE_CHECKING:
    from stillreel.draw.marks import Shape

CAMERA = Camera((0.0, 1.2, 5.0), (0.0, 0.4, 0.0), 50.0, 800, 600)


def made(kind: str, **more: object) -> Prop:
    return Prop.model_validate({"id": "it", "name": kind, "kind": kind, "size_m": 1.0, **more})


def box_of(shapes: tuple[Shape, ...]) -> tuple[float, float, float, float]:
    points = np.concatenate([shape.points for shape in shapes])
    left, top = points.min(axis=0)
    right, bottom = points.max(axis=0)
    return float(left), float(top), float(right), float(bottom)


def test_at_least_ninety_kinds_can_be_drawn() -> None:
    assert len(KINDS) >= 90


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_is_drawn_from_every_side_and_rests_on_the_ground(kind: str) -> None:
    centre = CAMERA.project((0.0, 0.5, 0.0))[0][0]
    scale = CAMERA.scale_at((0.0, 0.5, 0.0))
    for heading in (0, 80, 160, 250):
        turn = radians(heading)
        shapes = shapes_at(
            made(kind),
            CAMERA,
            origin=(0.0, 0.5, 0.0),
            up=(0.0, cos(0.4), sin(0.4)),
            forward=(sin(turn), 0.0, cos(turn)),
            owner="hand",
        )
        assert shapes
        assert {shape.owner for shape in shapes} == {"hand"}
        left, top, right, bottom = box_of(shapes)
        far = 1.75 * scale
        assert centre[0] - far < left
        assert right < centre[0] + far
        assert centre[1] - far < top
        assert bottom < centre[1] + far
    assert_rests(kind)


def assert_rests(kind: str) -> None:
    shapes = standing(made(kind), CAMERA, at=(0.0, 0.0, 0.0), heading=20)
    _, _, _, bottom = box_of(shapes)
    scale = CAMERA.scale_at((0.0, 0.0, 0.0))
    ground = float(CAMERA.project((0.0, 0.0, 0.0))[0][0][1])
    assert bottom < ground + 0.4 * scale
    if KINDS[kind].rest == "up":
        assert bottom > ground - 0.35 * scale


@pytest.mark.parametrize(
    ("noun", "kind"),
    [
        ("axe", "axe"),
        ("hatchets", "axe"),
        ("walking stick", "staff"),
        ("Knives", "knife"),
        ("notice-board", "notice-board"),
        ("notice_board", "notice-board"),
        ("sign", "notice-board"),
        ("box of matches", "box"),
        ("old oak chest", "chest"),
        ("cherries", "apple"),
        ("bouquet of roses", "bouquet"),
        ("teddy bear", ""),
        ("fishing rod", "fishing-rod"),
        ("pocketwatch", "watch"),
        ("flowers", "bouquet"),
        ("leaves", "leaf"),
        ("glasses", "glasses"),
        ("glass", "goblet"),
        ("quantum flux", ""),
        ("", ""),
    ],
)
def test_a_noun_finds_the_kind_that_stands_for_it(noun: str, kind: str) -> None:
    expected = "doll" if noun == "teddy bear" else kind
    assert known(noun) == expected


def test_every_kind_knows_its_own_name() -> None:
    for kind in KINDS:
        assert known(kind) == kind


def test_a_notice_board_carries_its_words() -> None:
    board = made("notice-board", text="TRESPASSERS WILL BE PROSECUTED")
    bare = made("notice-board", text="I")
    marks = [
        [s for s in standing(prop, CAMERA, at=(0.0, 0.0, 0.0)) if s.role == "mark"]
        for prop in (board, bare)
    ]
    assert len(marks[0]) >= 27
    assert len(marks[1]) == 1
    from_behind = standing(board, CAMERA, at=(0.0, 0.0, 0.0), heading=180)
    assert not [shape for shape in from_behind if shape.role == "mark"]


def test_words_read_from_left_to_right() -> None:
    prop = made("notice-board", text="LI")
    letters = [s for s in standing(prop, CAMERA, at=(0.0, 0.0, 0.0)) if s.role == "mark"]
    widths = [float(np.ptp(s.points[:, 0])) for s in letters]
    wide, slim = (letters[i] for i in (int(np.argmax(widths)), int(np.argmin(widths))))
    assert wide.points[:, 0].mean() < slim.points[:, 0].mean()


def test_an_unknown_thing_is_a_parcel_with_its_name_on_it() -> None:
    shapes = standing(made("zorblax"), CAMERA, at=(0.0, 0.0, 0.0))
    assert [shape for shape in shapes if shape.role == "mark"]


def test_the_edge_of_an_axe_points_forward() -> None:
    for ahead in (1.0, -1.0):
        shapes = shapes_at(
            made("axe"), CAMERA, origin=(0, 0.3, 0), up=(0, 1, 0), forward=(ahead, 0, 0), owner="x"
        )
        steel = np.concatenate([s.points for s in shapes if s.role == "metal"])
        wood = np.concatenate([s.points for s in shapes if s.role == "wood"])
        assert ahead * (steel[:, 0].mean() - wood[:, 0].mean()) > 5


def test_a_thing_twice_as_long_is_drawn_twice_as_high() -> None:
    heights = []
    for size in (0.5, 1.0):
        _, top, _, bottom = box_of(standing(made("bottle", size_m=size), CAMERA, at=(0, 0, 0)))
        heights.append(bottom - top)
    assert heights[1] == pytest.approx(2 * heights[0], rel=0.08)


def test_grip_and_top_add_up_to_the_length() -> None:
    below, above = reach(made("shovel", size_m=1.1))
    assert below + above == pytest.approx(1.1)
    assert 0 < below < 1.1


def test_a_chosen_colour_is_kept_and_an_unchosen_one_is_the_kinds_own() -> None:
    red = standing(made("cup", colour="#c02030"), CAMERA, at=(0, 0, 0))
    plain = standing(made("cup"), CAMERA, at=(0, 0, 0))
    assert (0xC0, 0x20, 0x30) in {shape.colour for shape in red}
    assert (0xD9, 0xD3, 0xC4) in {shape.colour for shape in plain}


def test_the_same_thing_gives_the_same_bytes() -> None:
    one, two = (standing(made("bicycle"), CAMERA, at=(0, 0, 0), heading=30) for _ in range(2))
    for a, b in zip(one, two, strict=True):
        assert a.points.tobytes() == b.points.tobytes()


def test_a_view_agrees_with_the_camera() -> None:
    points = np.array([[0.3, 0.2, -0.4], [1.0, 2.0, 0.5]])
    flat, depth = View(CAMERA).project(points)
    expected, far = CAMERA.project(points)
    assert np.allclose(flat, expected, atol=1 / 32)
    assert np.allclose(depth, far)


def test_the_union_of_two_overlapping_discs_has_the_area_of_both_less_the_lens() -> None:
    r, gap = 60.0, 60.0
    pieces = [disc((100, 100), r, 180), disc((100 + gap, 100), r, 180)]
    lens = 2 * r * r * np.arccos(gap / (2 * r)) - gap / 2 * np.sqrt(4 * r * r - gap * gap)
    found = union(pieces)
    assert len(found) == 1
    assert area(found[0][0]) == pytest.approx(2 * np.pi * r * r - lens, rel=0.02)


def test_a_ring_of_pieces_leaves_a_hole() -> None:
    turn = np.linspace(0, 2 * np.pi, 13)
    ring = np.stack([200 + 80 * np.cos(turn), 200 + 80 * np.sin(turn)], axis=1)
    outline, holes = union(capsules(ring, np.full(13, 12.0)))[0]
    assert len(holes) == 1
    assert area(holes[0]) < area(outline)


def test_a_hull_is_convex_and_holds_every_point() -> None:
    points = np.random.default_rng(4).normal(size=(80, 2)) * 50
    ring = hull(points)
    edge = np.roll(ring, -1, axis=0) - ring
    turn = edge[:, 0] * np.roll(edge[:, 1], -1) - edge[:, 1] * np.roll(edge[:, 0], -1)
    assert (turn > 0).all() or (turn < 0).all()
