from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from stillreel.draw.stage import compose
from stillreel.draw.stage.block import head_of, turned
from stillreel.values.scene import Performer, Setting

if TYPE_CHECKING:
    from collections.abc import Callable

    from stillreel.draw.stage import Staged
    from stillreel.values.scene import Identity, PanelScene, Prop

WIDTH, HEIGHT = 640, 360


@pytest.fixture
def shoot(
    cast: tuple[Identity, ...], props: tuple[Prop, ...], make_panel: Callable[..., PanelScene]
) -> Callable[..., Staged]:
    def _shoot(size: str, *performers: Performer, **more: object) -> Staged:
        scene = make_panel(size, *performers, **more)
        return compose(scene, cast, props, width=WIDTH, height=HEIGHT)

    return _shoot


def rows(staged: Staged, *heights: float) -> list[float]:
    """Screen rows, as shares of the frame height, of points above the first body's feet."""
    mark = staged.marks[0]
    x, y, z = mark.origin
    seen, _ = staged.camera.project([(x, y + one, z) for one in heights])
    return [float(row) / HEIGHT for row in seen[:, 1]]


@pytest.mark.parametrize(
    ("size", "low", "high"),
    [("extreme-wide", 0.05, 0.15), ("wide", 0.30, 0.60), ("full", 0.75, 0.90)],
)
@pytest.mark.parametrize("angle", ["eye-level", "low", "high"])
def test_a_whole_figure_takes_its_share_of_the_frame(
    shoot: Callable[..., Staged], size: str, low: float, high: float, angle: str
) -> None:
    staged = shoot(size, Performer(id="mara"), angle=angle)
    top, foot = rows(staged, staged.marks[0].body.height, 0.0)
    assert low <= foot - top <= high
    assert 0 <= top < foot <= 1.0


@pytest.mark.parametrize(
    ("size", "share"),
    [("medium-wide", 0.28), ("medium", 0.54), ("medium-close-up", 0.69)],
)
def test_closer_sizes_cut_the_body_at_knee_waist_and_chest(
    shoot: Callable[..., Staged], size: str, share: float
) -> None:
    staged = shoot(size, Performer(id="mara"))
    body = staged.marks[0].body
    top, cut = rows(staged, body.height, share * body.height)
    assert 0.03 < top < 0.16
    assert 0.93 < cut < 1.07


def test_a_close_up_is_head_and_shoulders_and_an_extreme_one_is_the_face(
    shoot: Callable[..., Staged],
) -> None:
    close = shoot("close-up", Performer(id="mara"))
    body = close.marks[0].body
    centre, radius = body.head[1], body.head_radius
    crown, chin = rows(close, centre + radius, centre - radius)
    assert 0.5 < chin - crown < 0.75
    nearer = shoot("extreme-close-up", Performer(id="mara"))
    crown, chin = rows(nearer, centre + radius, centre - radius)
    assert chin - crown > 1.2
    eyes = rows(nearer, body.eye_height)[0]
    assert 0.2 < eyes < 0.6


def test_lenses_get_longer_as_shots_get_closer(shoot: Callable[..., Staged]) -> None:
    sizes = ("extreme-wide", "wide", "full", "medium", "close-up", "extreme-close-up")
    lenses = [shoot(size, Performer(id="mara")).camera.focal_mm for size in sizes]
    assert lenses == sorted(lenses)
    assert lenses[0] == 24
    assert lenses[-2:] == [85, 100]


@pytest.mark.parametrize("at", [-0.6, -0.3, 0.35, 0.6])
def test_a_performer_stands_where_the_panel_puts_it(
    shoot: Callable[..., Staged], at: float
) -> None:
    staged = shoot("wide", Performer(id="mara", at=at))
    left, _, right, _ = staged.boxes["mara"]
    assert abs((left + right) / 2 / WIDTH * 2 - 1 - at) < 0.12


def test_screen_left_is_left_and_the_line_is_kept_between_two(shoot: Callable[..., Staged]) -> None:
    staged = shoot(
        "full",
        Performer(id="mara", at=-0.4, facing="right", looks_at="kade"),
        Performer(id="kade", at=0.4, facing="left", looks_at="mara"),
    )
    assert staged.boxes["mara"][2] < staged.boxes["kade"][0]
    gaze = dict(zip([mark.performer.id for mark in staged.marks], staged.gazes, strict=True))
    assert gaze["mara"][0] > 0.5
    assert gaze["kade"][0] < -0.5
    ahead = [turned((0.0, 0.0, 1.0), mark.heading)[0] for mark in staged.marks]
    assert ahead[0] > 0.8
    assert ahead[1] < -0.8


def test_a_body_that_faces_camera_has_its_left_hand_on_the_right_of_the_frame(
    shoot: Callable[..., Staged],
) -> None:
    staged = shoot("full", Performer(id="mara"))
    mark = staged.marks[0]
    hand = np.add(mark.origin, turned((0.4, 1.0, 0.0), mark.heading))
    assert staged.camera.project(hand)[0][0, 0] > staged.camera.project(mark.origin)[0][0, 0]


def test_someone_who_looks_left_gets_room_before_the_face(shoot: Callable[..., Staged]) -> None:
    staged = shoot("medium", Performer(id="mara", facing="left"))
    head = staged.camera.project(head_of(staged.marks[0]))[0][0]
    assert head[0] > WIDTH * 0.55


def test_far_is_smaller_than_near(shoot: Callable[..., Staged]) -> None:
    staged = shoot(
        "wide",
        Performer(id="mara", at=-0.4),
        Performer(id="kade", at=0.4, depth="far"),
    )
    tall = {name: box[3] - box[1] for name, box in staged.boxes.items()}
    assert tall["kade"] < tall["mara"] * 0.75


def test_seven_in_a_frame_stay_inside_it_and_do_not_stand_in_each_other(
    shoot: Callable[..., Staged],
) -> None:
    staged = shoot("wide", Performer(id="children"), Performer(id="mara", at=0.7))
    assert len(staged.performers) == 7
    spots = [np.array(mark.origin) for mark in staged.marks]
    for index, one in enumerate(spots):
        assert all(np.linalg.norm(one - two) > 0.25 for two in spots[index + 1 :])
    left, _, right, _ = staged.boxes["children"]
    assert left >= 0
    assert right <= WIDTH


def test_seen_limits_how_many_of_a_group_are_in_frame(shoot: Callable[..., Staged]) -> None:
    staged = shoot("wide", Performer(id="children", seen=3))
    assert len(staged.performers) == 3


def test_a_giant_fits_in_the_wide_shot_that_opens_on_a_child(shoot: Callable[..., Staged]) -> None:
    staged = shoot("wide", Performer(id="boy", at=-0.4), Performer(id="giant", at=0.4))
    assert staged.boxes["giant"][1] > -0.02 * HEIGHT
    boy = staged.boxes["boy"][3] - staged.boxes["boy"][1]
    giant = staged.boxes["giant"][3] - staged.boxes["giant"][1]
    assert 3.8 < giant / boy < 6


def test_over_shoulder_puts_a_big_blurred_back_on_the_other_side(
    shoot: Callable[..., Staged],
) -> None:
    staged = shoot(
        "medium",
        Performer(id="mara", at=0.2, facing="front-left"),
        Performer(id="kade", facing="away"),
        over="kade",
    )
    shoulder = staged.stack.layers[-1]
    assert shoulder.kind == "foreground"
    assert shoulder.blur > 5
    points = np.concatenate([shape.points for shape in shoulder.shapes])
    assert points[:, 0].min() < 0
    assert WIDTH * 0.2 < points[:, 0].max() < WIDTH * 0.72
    assert staged.boxes["mara"][0] > WIDTH * 0.3


def test_a_low_angle_looks_up_and_a_high_one_down(shoot: Callable[..., Staged]) -> None:
    tilt = {
        angle: shoot("medium", Performer(id="mara"), angle=angle).camera.axes()[2][1]
        for angle in ("low", "eye-level", "high", "overhead")
    }
    assert tilt["low"] > 0.15 > abs(tilt["eye-level"])
    assert tilt["high"] < -0.3
    assert tilt["overhead"] < -0.85
    assert shoot("medium", Performer(id="mara"), angle="dutch").camera.roll != 0


def test_a_child_in_a_tree_sits_on_a_branch(shoot: Callable[..., Staged]) -> None:
    garden = Setting(id="garden", name="Garden", kind="garden", features=("tree",))
    staged = shoot("wide", Performer(id="children", does="sit", on="tree"), setting=garden)
    heights = [mark.origin[1] for mark in staged.marks if mark.supported]
    assert len(heights) >= 3
    assert min(heights) > 0.3
    assert len({mark.origin for mark in staged.marks}) == len(staged.marks)


def test_an_insert_frames_the_thing_in_the_hand(shoot: Callable[..., Staged]) -> None:
    staged = shoot("insert", Performer(id="kade", holds="axe"), focus="axe")
    left, top, right, bottom = staged.boxes["axe"]
    assert abs((left + right) / 2 - WIDTH / 2) < WIDTH * 0.12
    assert abs((top + bottom) / 2 - HEIGHT / 2) < HEIGHT * 0.15
    assert max((right - left) / WIDTH, (bottom - top) / HEIGHT) > 0.45


def test_an_insert_on_a_thing_nobody_holds_frames_it_alone(shoot: Callable[..., Staged]) -> None:
    staged = shoot("insert", focus="axe", props=("axe",))
    _, top, _, bottom = staged.boxes["axe"]
    assert 0.35 < (bottom - top) / HEIGHT < 0.9
    assert staged.performers == ()


def test_a_loose_prop_stands_beside_the_subject(shoot: Callable[..., Staged]) -> None:
    staged = shoot("full", Performer(id="mara", at=0.0), props=("axe",))
    axe, mara = staged.boxes["axe"], staged.boxes["mara"]
    assert axe[0] > mara[2] - 20 or axe[2] < mara[0] + 20


def test_layers_run_from_the_sky_to_the_lens(shoot: Callable[..., Staged]) -> None:
    rain = Setting(id="meadow", name="Meadow", kind="field", weather="rain")
    staged = shoot("wide", Performer(id="mara"), Performer(id="kade", depth="far"), setting=rain)
    kinds = [layer.kind for layer in staged.stack.layers]
    assert kinds[0] == "plate"
    assert kinds.index("figure") > max(i for i, kind in enumerate(kinds) if kind == "plate")
    assert staged.stack.layers[-1].name == "rain"
    figures = [layer.depth for layer in staged.stack.layers if layer.kind == "figure"]
    assert figures == sorted(figures, reverse=True)


def test_an_animal_is_framed_by_its_own_size(shoot: Callable[..., Staged]) -> None:
    staged = shoot("full", Performer(id="rex", facing="left"))
    left, top, right, bottom = staged.boxes["rex"]
    assert left >= -2
    assert right <= WIDTH + 2
    assert max((right - left) / WIDTH, (bottom - top) / HEIGHT) > 0.5


@pytest.mark.parametrize("facing", ["left", "front-right", "right"])
@pytest.mark.parametrize("size", ["medium-close-up", "close-up"])
def test_a_close_shot_of_an_animal_is_its_head_and_chest(
    shoot: Callable[..., Staged], size: str, facing: str
) -> None:
    staged = shoot(size, Performer.model_validate({"id": "rex", "facing": facing, "at": -0.12}))
    (mark,) = staged.marks
    head = head_of(mark)
    (x, y), *_ = staged.camera.project(head)[0]
    radius = mark.body.head_radius * staged.camera.scale_at(head)
    assert radius <= x <= WIDTH - radius
    assert 0.3 * HEIGHT < y < 0.65 * HEIGHT
    assert 2 * radius > 0.6 * HEIGHT
    assert (x > WIDTH / 2) == (facing == "left")


def test_a_running_dog_has_its_paws_and_its_shadow_in_a_full_shot(
    shoot: Callable[..., Staged],
) -> None:
    staged = shoot("full", Performer(id="rex", does="run", facing="right", at=-0.25))
    layer = next(layer for layer in staged.stack.layers if layer.name == "rex.0")
    body = np.concatenate([shape.points for shape in layer.shapes if shape.owner])
    assert 0.04 * WIDTH < body[:, 0].min() < body[:, 0].max() < 0.96 * WIDTH
    assert max(shape.points[:, 1].max() for shape in layer.shapes) < 0.96 * HEIGHT


@pytest.mark.parametrize(("who", "least"), [("mara", 0.12), ("rex", 0.08)])
def test_who_is_named_in_an_extreme_wide_shot_can_be_found(
    shoot: Callable[..., Staged], who: str, least: float
) -> None:
    staged = shoot("extreme-wide", Performer(id=who, at=-0.25))
    _, top, _, bottom = staged.boxes[who]
    assert (bottom - top) / HEIGHT > least


@pytest.mark.parametrize("angle", ["eye-level", "high"])
@pytest.mark.parametrize("does", ["lie", "sleep"])
def test_a_full_shot_of_somebody_who_lies_shows_them_from_head_to_foot(
    shoot: Callable[..., Staged], does: str, angle: str
) -> None:
    lies = Performer.model_validate({"id": "kade", "does": does, "facing": "front-left"})
    staged = shoot("full", lies, angle=angle)
    left, top, right, bottom = staged.boxes["kade"]
    assert left > 0
    assert top > 0
    assert right < WIDTH
    assert bottom < HEIGHT


def test_the_sheet_carries_the_overscan_it_was_asked_for(
    cast: tuple[Identity, ...], make_panel: Callable[..., PanelScene]
) -> None:
    scene = make_panel("full", Performer(id="mara"))
    plain = compose(scene, cast, width=WIDTH, height=HEIGHT)
    wide = compose(scene, cast, width=WIDTH, height=HEIGHT, overscan=(64, 36))
    assert (wide.stack.width, wide.stack.height) == (WIDTH + 128, HEIGHT + 72)
    assert wide.stack.visible == (64, 36, 64 + WIDTH, 36 + HEIGHT)
    moved = np.subtract(wide.boxes["mara"], plain.boxes["mara"])
    assert np.abs(moved - np.array([64, 36, 64, 36])).max() < 1.5


def test_a_body_is_drawn_again_as_in_the_still_or_at_another_moment(
    shoot: Callable[..., Staged],
) -> None:
    staged = shoot("full", Performer(id="mara", does="walk", facing="right"))
    still = next(layer for layer in staged.stack.layers if layer.name == "mara.0")
    again = staged.redraw("mara", 0)
    assert len(again.shapes) == len(still.shapes)
    for one, two in zip(again.shapes, still.shapes, strict=True):
        assert np.array_equal(one.points, two.points)
    later = staged.redraw("mara", 0, phase=0.3)
    both = zip(later.shapes, still.shapes, strict=False)
    assert any(not np.array_equal(a.points, b.points) for a, b in both)
    assert staged.stride("mara") > 0.8
    with pytest.raises(KeyError):
        staged.redraw("nobody", 0)


def test_a_place_without_people_is_a_picture_too(shoot: Callable[..., Staged]) -> None:
    staged = shoot("extreme-wide")
    assert staged.performers == ()
    assert staged.stack.layers
    assert 0 < staged.stack.horizon < HEIGHT


def test_composing_twice_gives_the_same_shapes(shoot: Callable[..., Staged]) -> None:
    first, second = (shoot("medium", Performer(id="mara", speaks=True)) for _ in range(2))
    for one, two in zip(first.stack.layers, second.stack.layers, strict=True):
        assert one.name == two.name
        assert all(
            np.array_equal(a.points, b.points) for a, b in zip(one.shapes, two.shapes, strict=True)
        )


@pytest.mark.parametrize("kind", ["room", "vehicle"])
@pytest.mark.parametrize("angle", ["eye-level", "high"])
def test_the_widest_view_of_a_room_fills_the_frame_with_the_room(
    shoot: Callable[..., Staged], kind: str, angle: str
) -> None:
    inside = Setting.model_validate({"id": "in", "name": "In", "kind": kind})
    staged = shoot("extreme-wide", Performer(id="boy"), setting=inside, angle=angle)
    assert staged.camera.position[2] < 7
    assert not any(layer.kind == "foreground" for layer in staged.stack.layers)


def test_several_of_a_group_in_a_tree_are_in_frame_at_sizes_that_can_be_read(
    shoot: Callable[..., Staged],
) -> None:
    garden = Setting(id="garden", name="Garden", kind="garden", features=("tree", "wall"))
    sitting = Performer(id="children", does="sit", on="tree")
    staged = shoot("medium", sitting, setting=garden)
    scales = sorted((one.scale for one in staged.performers), reverse=True)
    assert all(one.supported for one in staged.performers)
    assert scales[2] > 0.6 * scales[0]


@pytest.mark.parametrize("lead", ["boy", "rex"])
def test_nobody_beside_a_smaller_subject_loses_their_head(
    shoot: Callable[..., Staged], lead: str
) -> None:
    pair = (Performer(id=lead, at=-0.42), Performer(id="mara", at=0.42))
    staged = shoot("medium-wide", *pair, focus=lead)
    for mark in staged.marks:
        row = float(staged.camera.project(head_of(mark))[0][0, 1])
        assert 0 < row < HEIGHT


def test_who_talks_in_a_doorway_stands_on_the_floor(shoot: Callable[..., Staged]) -> None:
    room = Setting(id="room", name="Room", kind="room", features=("door", "table"))
    staged = shoot("full", Performer(id="mara", does="talk", on="door"), setting=room)
    (mark,) = staged.marks
    assert (mark.performer.does, mark.supported, mark.origin[1]) == ("talk", False, 0.0)


def test_three_sit_on_one_bench(shoot: Callable[..., Staged]) -> None:
    park = Setting(id="park", name="Park", kind="garden", features=("bench",))
    three = (
        Performer(id="mara", does="sit", on="bench", at=-0.5),
        Performer(id="boy", does="sit", on="bench"),
        Performer(id="kade", does="sit", on="bench", at=0.5),
    )
    staged = shoot("wide", *three, setting=park)
    assert all(mark.supported for mark in staged.marks)
    assert len({mark.origin for mark in staged.marks}) == 3


def test_one_who_climbs_is_on_the_ladder_and_stays_upright(shoot: Callable[..., Staged]) -> None:
    garden = Setting(id="garden", name="Garden", kind="garden", features=("ladder",))
    staged = shoot("wide", Performer(id="boy", does="reach", on="ladder"), setting=garden)
    (mark,) = staged.marks
    assert mark.performer.does == "reach"
    assert mark.origin[1] > 0.8
