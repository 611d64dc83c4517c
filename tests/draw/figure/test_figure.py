"""The figure rig: bodies stand where they should, and show who they are on the proper side."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

from stillreel.draw.figure import body, draw, variant
from stillreel.draw.lens import Camera
from stillreel.values.scene import (
    Action,
    Beard,
    Emotion,
    Garment,
    Hair,
    HairStyle,
    Identity,
    Mark,
    Prop,
    Worn,
    words_of,
)

if TYPE_CHECKING:
    from stillreel.draw.marks import Shape

WIDTH, HEIGHT = 640, 720
SCAR = (226, 120, 112)


def camera(*, tall: float = 1.8, focal: float = 60.0, y: float | None = None) -> Camera:
    away = tall / 0.8 * focal / 36 * WIDTH / HEIGHT
    middle = tall / 2 if y is None else y
    return Camera((0, middle, away), (0, middle, 0), focal, WIDTH, HEIGHT)


def close(person: Identity) -> Camera:
    measures = body(person, "stand", 0.0)
    at = measures.head[1]
    away = measures.head_radius * 2 / 0.6 * 85 / 36 * WIDTH / HEIGHT
    return Camera((0, at, away), (0, at, 0), 85, WIDTH, HEIGHT)


def person(**changes: object) -> Identity:
    return Identity.model_validate({"id": "mara", "name": "Mara", **changes})


def box(shapes: tuple[Shape, ...]) -> tuple[float, float, float, float]:
    points = np.concatenate([shape.points for shape in shapes])
    low, high = points.min(axis=0), points.max(axis=0)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def of_colour(shapes: tuple[Shape, ...], colour: tuple[int, int, int]) -> list[Shape]:
    return [shape for shape in shapes if shape.colour == colour]


def fingerprint(shapes: tuple[Shape, ...]) -> str:
    seen = hashlib.sha256()
    for shape in shapes:
        seen.update(shape.points.tobytes())
        seen.update(repr((shape.role, shape.colour, shape.width, shape.alpha)).encode())
    return seen.hexdigest()


def test_a_standing_adult_fills_its_height_in_metres() -> None:
    lens = camera()
    left, top, right, bottom = box(draw(person(height_m=1.7), lens, action="stand", phase=0.0))
    pixels = lens.scale_at((0, 0.85, 0))
    assert 1.64 < (bottom - top) / pixels < 1.84
    assert right - left < 0.5 * (bottom - top)


def test_a_child_is_drawn_smaller_than_an_adult_but_with_a_larger_share_of_head() -> None:
    child = body(person(age="child", height_m=1.1), "stand", 0.0)
    adult = body(person(age="adult", height_m=1.75), "stand", 0.0)
    assert child.height < adult.height
    assert child.head_radius / child.height > 1.25 * adult.head_radius / adult.height


def test_a_giant_is_a_man_scaled_up() -> None:
    man, giant = person(height_m=1.8), person(height_m=5.4)
    assert body(giant, "stand", 0.0).height == pytest.approx(3 * body(man, "stand", 0.0).height)
    near = box(draw(man, camera(tall=6)))
    far = box(draw(giant, camera(tall=6)))
    assert (far[3] - far[1]) / (near[3] - near[1]) == pytest.approx(3, rel=0.15)


def test_an_elder_stoops() -> None:
    young = body(person(height_m=1.7), "stand", 0.0)
    old = body(person(height_m=1.7, age="elder"), "stand", 0.0)
    assert old.height < young.height
    assert old.head[2] > young.head[2] + 0.05


@pytest.mark.parametrize("action", words_of(Action))
def test_every_action_draws_and_stays_finite(action: Action) -> None:
    for phase in (0.0, 0.3, 0.7, 1.0):
        shapes = draw(person(), camera(tall=3), action=action, phase=phase, heading=40)
        assert len(shapes) > 15
        assert all(np.isfinite(shape.points).all() for shape in shapes)
        assert {shape.owner for shape in shapes} == {"mara"}


ONCE = {"turn", "sit", "kneel", "lie", "fall"}


@pytest.mark.parametrize("action", [word for word in words_of(Action) if word not in ONCE])
def test_a_cycle_ends_where_it_began(action: Action) -> None:
    first = draw(person(), camera(tall=3), action=action, phase=0.0, heading=30)
    last = draw(person(), camera(tall=3), action=action, phase=1.0, heading=30)
    assert fingerprint(first) == fingerprint(last)


@pytest.mark.parametrize("action", words_of(Action))
def test_a_body_moves_without_jumps(action: Action) -> None:
    from stillreel.draw.figure.acts import pose_of
    from stillreel.draw.figure.proportion import measures_of
    from stillreel.draw.figure.skeleton import build

    shape = measures_of(person(height_m=1.0))
    before = None
    for step in range(201):
        bones = build(shape, pose_of(action, step / 200), (0, 0, 0), 0)
        now = np.stack([*bones.wrist, *bones.ankle, *bones.elbow, *bones.knee, bones.skull])
        if before is not None:
            assert np.abs(now - before).max() < 0.075
        before = now


@pytest.mark.parametrize("action", ["stand", "walk", "turn", "sit", "kneel", "talk", "look"])
def test_feet_do_not_sink_into_the_ground(action: Action) -> None:
    from stillreel.draw.figure.acts import pose_of
    from stillreel.draw.figure.proportion import measures_of
    from stillreel.draw.figure.skeleton import build

    shape = measures_of(person(height_m=1.0))
    for step in range(40):
        bones = build(shape, pose_of(action, step / 40), (0, 0, 0), 0)
        assert min(float(ankle[1]) for ankle in bones.ankle) > 0.03


def test_the_feet_of_a_walk_take_turns_in_front() -> None:
    from stillreel.draw.figure.acts import pose_of

    assert pose_of("walk", 0.0).foot_l[2] > 0.3 > pose_of("walk", 0.0).foot_r[2]
    assert pose_of("walk", 0.5).foot_r[2] > 0.3 > pose_of("walk", 0.5).foot_l[2]
    ahead = pose_of("walk", 0.0)
    assert ahead.hand_l[2] < ahead.hand_r[2]


def scarred(side: str) -> Identity:
    return person(marks=(Mark.model_validate({"kind": "mole", "where": "cheek", "side": side}),))


MOLE = (74, 44, 36)


def mole_x(side: str, heading: float) -> float | None:
    who = scarred(side)
    found = of_colour(draw(who, close(who), heading=heading), MOLE)
    return float(found[0].points[:, 0].mean()) if found else None


def test_a_mark_on_the_left_cheek_is_at_frame_right_when_facing_the_camera() -> None:
    at = mole_x("left", 0)
    assert at is not None
    assert at > WIDTH / 2
    other = mole_x("right", 0)
    assert other is not None
    assert other < WIDTH / 2


@pytest.mark.parametrize(
    ("heading", "left_seen", "right_seen"),
    [(-90, True, False), (-45, True, False), (90, False, True), (180, False, False)],
)
def test_a_cheek_is_seen_only_from_its_own_side(
    heading: float, left_seen: bool, right_seen: bool
) -> None:
    if abs(heading) != 45:
        assert (mole_x("left", heading) is not None) == left_seen
    else:
        assert mole_x("left", heading) is not None
    if heading != -45:
        assert (mole_x("right", heading) is not None) == right_seen


def test_a_prop_is_held_in_the_right_hand() -> None:
    lamp = Prop(id="lamp", name="lamp", kind="lantern", size_m=0.3)
    for heading, wanted in ((0, -1), (180, 1)):
        shapes = draw(person(), camera(tall=2), heading=heading, holds=lamp)
        held = [shape for shape in shapes if shape.owner == "lamp"]
        assert held
        middle = float(np.mean([shape.points[:, 0].mean() for shape in held]))
        assert (middle - WIDTH / 2) * wanted > 10


@pytest.mark.parametrize("heading", [0, 90, -45])
@pytest.mark.parametrize("action", ["stand", "carry", "talk"])
def test_a_long_thing_keeps_its_length_in_the_hand(heading: float, action: Action) -> None:
    ladder = Prop(id="ladder", name="ladder", kind="ladder", size_m=2.4)
    seen = camera(tall=3.2)
    shapes = draw(person(), seen, action=action, heading=heading, holds=ladder)
    rows = np.concatenate([shape.points for shape in shapes if shape.owner == "ladder"])[:, 1]
    metres = float(rows.max() - rows.min()) / seen.scale_at((0, 1, 0))
    assert 1.5 < metres < 3.0


def test_a_body_facing_frame_left_has_its_nose_at_the_left() -> None:
    who = person(hair=Hair(style="bald"))
    for heading, sign in ((-90, -1), (90, 1)):
        shapes = draw(who, close(who), heading=heading)
        eyes = [shape for shape in shapes if shape.role == "eye"]
        skin = [shape for shape in shapes if shape.role == "skin"]
        at = np.concatenate([shape.points for shape in eyes])[:, 0].mean()
        head = max(skin, key=lambda shape: len(shape.points)).points[:, 0]
        assert (at - (head.min() + head.max()) / 2) * sign > 0


def test_no_face_is_drawn_on_the_back_of_a_head() -> None:
    who = person()
    assert not [s for s in draw(who, close(who), heading=180) if s.role in ("eye", "mouth")]
    assert [s for s in draw(who, close(who), heading=0) if s.role == "mouth"]


@pytest.mark.parametrize("style", words_of(HairStyle))
def test_every_hairstyle_is_its_own_drawing(style: HairStyle) -> None:
    who = person(hair=Hair(style=style, colour="#aa3311"))
    hair = of_colour(draw(who, close(who), heading=30), (170, 51, 17))
    assert bool(hair) == (style != "bald")
    other = person(hair=Hair(style="short" if style != "short" else "bob", colour="#aa3311"))
    assert fingerprint(draw(who, close(who))) != fingerprint(draw(other, close(other)))


@pytest.mark.parametrize("kind", words_of(Beard))
def test_every_beard_is_its_own_drawing(kind: Beard) -> None:
    who = person(presentation="masculine", hair=Hair(style="short", beard=kind))
    bare = person(presentation="masculine", hair=Hair(style="short"))
    same = fingerprint(draw(who, close(who))) == fingerprint(draw(bare, close(bare)))
    assert same == (kind == "none")


@pytest.mark.parametrize("garment", [word for word in words_of(Garment) if word != "barefoot"])
def test_every_garment_is_seen_in_its_colour(garment: Garment) -> None:
    who = person(outfit=(Worn(garment=garment, colour="#13c7e5"),))
    shapes = draw(who, camera(), heading=20)
    assert of_colour(shapes, (0x13, 0xC7, 0xE5))


def test_a_top_hat_stands_higher_than_a_hat() -> None:
    tops = {
        garment: box(
            draw(
                person(outfit=(Worn.model_validate({"garment": garment, "colour": "#13c7e5"}),)),
                camera(),
            )
        )[1]
        for garment in ("hat", "top-hat")
    }
    assert tops["top-hat"] < tops["hat"] - 8


@pytest.mark.parametrize("garment", ["hat", "top-hat"])
def test_a_brim_seen_from_below_leaves_the_eyes_free(garment: Garment) -> None:
    import cv2

    who = person(eyes="#00ff00", outfit=(Worn(garment=garment, colour="#13c7e5"),))
    below = Camera((0, 0.9, 2.0), (0, 1.55, 0), 85, WIDTH, HEIGHT)
    shapes = draw(who, below)
    irises = [at for at, shape in enumerate(shapes) if shape.colour == (0, 255, 0)]
    assert len(irises) >= 2
    for at in irises:
        x, y = shapes[at].points.mean(axis=0)
        for later in shapes[at:]:
            if later.role == "cloth" and len(later.points) > 2:
                outline = later.points.astype(np.float32)
                assert cv2.pointPolygonTest(outline, (float(x), float(y)), measureDist=False) < 0


def test_bare_feet_are_skin() -> None:
    who = person(outfit=(Worn(garment="barefoot", colour="#000000"),))
    low = max(draw(who, camera()), key=lambda shape: float(shape.points[:, 1].max()))
    assert low.role == "skin"


@pytest.mark.parametrize("emotion", [word for word in words_of(Emotion) if word != "neutral"])
def test_every_emotion_changes_the_face(emotion: Emotion) -> None:
    who = person()
    assert fingerprint(draw(who, close(who), emotion=emotion)) != fingerprint(draw(who, close(who)))


def test_blink_hides_the_iris_and_gaze_moves_it() -> None:
    who = person(eyes="#00ff00")
    shut = draw(who, close(who), blink=1.0)
    assert not of_colour(shut, (0, 255, 0))
    left = of_colour(draw(who, close(who), gaze=(1.0, 0.0)), (0, 255, 0))
    right = of_colour(draw(who, close(who), gaze=(-1.0, 0.0)), (0, 255, 0))
    assert left[0].points[:, 0].mean() > right[0].points[:, 0].mean() + 3


def test_a_figure_in_a_wide_shot_is_drawn_with_far_fewer_shapes() -> None:
    far = draw(person(), camera(tall=16))
    near = draw(person(), camera(tall=2))
    assert len(far) < 0.6 * len(near)
    assert sum(len(s.points) for s in far) < 0.6 * sum(len(s.points) for s in near)


def test_a_close_up_draws_nothing_that_is_far_outside_the_frame() -> None:
    who = person()
    for shape in draw(who, close(who)):
        assert np.abs(shape.points - [WIDTH / 2, HEIGHT / 2]).max() < 4 * HEIGHT


def test_members_of_a_group_differ_and_stay_the_same_group() -> None:
    group = person(id="children", age="child", height_m=1.1, members=7)
    members = [variant(group, index) for index in range(7)]
    assert len({(m.hair.style, m.hair.colour, m.height_m, m.skin) for m in members}) == 7
    assert {m.id for m in members} == {"children"}
    assert {m.age for m in members} == {"child"}
    assert all(abs(m.height_m - 1.1) < 0.2 for m in members)
    assert members[3] == variant(group, 3)


def test_the_same_words_draw_the_same_bytes() -> None:
    code = (
        "import sys; sys.path.insert(0, '.');"
        "from stillreel.draw.figure import draw;from stillreel.draw.lens import Camera;"
        "from stillreel.values.scene import Identity;import hashlib;"
        "s=draw(Identity(id='a',name='A'),Camera((0,1,4),(0,1,0),50,640,360),action='walk',phase=.3);"
        "print(hashlib.sha256(b''.join(x.points.tobytes() for x in s)).hexdigest())"
    )
    runs = {
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout
        for _ in range(2)
    }
    assert len(runs) == 1


def test_a_supported_sitter_rests_on_the_origin_and_lets_the_shins_hang() -> None:
    lens = camera(tall=3, y=0.0)
    _, top, _, bottom = box(draw(person(), lens, action="sit", phase=0.5, supported=True))
    middle = HEIGHT / 2
    pixels = lens.scale_at((0, 0, 0))
    assert (bottom - middle) / pixels > 0.25
    assert (middle - top) / pixels > 0.65


def test_only_the_features_are_new_when_a_body_blinks_and_speaks() -> None:
    who = person(presentation="masculine", hair=Hair(style="short", beard="short"))
    open_eyed = draw(who, camera(), phase=0.2)
    for blink, mouth in ((0.5, 0.0), (1.0, 0.0), (0.0, 0.8)):
        blinking = draw(who, camera(), phase=0.2, blink=blink, mouth=mouth)
        kept = {id(shape) for shape in open_eyed} & {id(shape) for shape in blinking}
        moved = [shape for shape in blinking if id(shape) not in kept]
        assert len(kept) > 0.5 * len(open_eyed)
        assert fingerprint(blinking) != fingerprint(open_eyed)
        head = np.concatenate([shape.points for shape in moved])
        assert float(head[:, 1].max()) < HEIGHT * 0.35


def test_a_drawing_does_not_depend_on_what_was_drawn_before() -> None:
    from stillreel.draw.figure.figure import forget

    who = person()
    forget()
    first = fingerprint(draw(who, camera(), action="walk", phase=0.4, blink=0.5))
    forget()
    draw(who, camera(), action="walk", phase=0.4, mouth=0.7)
    draw(person(height_m=1.2), camera(), action="run", phase=0.4)
    assert fingerprint(draw(who, camera(), action="walk", phase=0.4, blink=0.5)) == first
