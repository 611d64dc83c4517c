from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from stillreel.draw.animal import body, draw, usual_height, variant
from stillreel.draw.animal.acting import Acting
from stillreel.draw.animal.deed import LOOPS, pose_of
from stillreel.draw.animal.skeleton import build
from stillreel.draw.animal.stature import kind_of, pose_for
from stillreel.draw.lens import Camera
from stillreel.values.scene import Action, Emotion, Identity, Prop, words_of

if TYPE_CHECKING:
    from stillreel.draw.marks import Shape

HEADINGS = (0.0, 45.0, 90.0, 135.0, 180.0, -135.0, -90.0, -45.0)
BEASTS = (
    *("dog", "cat", "horse", "cow", "sheep", "goat", "pig", "wolf", "fox", "bear", "lion"),
    *("rabbit", "mouse", "deer", "donkey", "elephant", "dragon", "gryphon"),
)
BIRDS = ("bird", "linnet", "duck", "swan", "owl", "eagle")
OTHERS = ("fish", "snake", "frog")
THINGS = (
    *("north wind", "frost", "snow", "hail", "storm", "sun", "moon", "tree", "robot", "ghost"),
    *("star", "envy"),
)


def named(word: str, height: float | None = None) -> Identity:
    kind = "animal"
    if word in ("dog", "cat", "bird", "horse"):
        kind = word
    elif word in THINGS:
        kind = "thing"
    return Identity(
        id="beast",
        name=word,
        kind=kind,  # type: ignore[arg-type]
        species="" if kind == word else word,
        height_m=height or max(usual_height(word), 0.06),
    )


def camera_for(height: float, width: int = 640) -> Camera:
    away = height * 6
    return Camera((0.0, height * 0.6, away), (0.0, height * 0.5, 0.0), 50.0, width, width)


def box_of(shapes: tuple[Shape, ...]) -> tuple[float, float, float, float]:
    points = np.concatenate([shape.points for shape in shapes])
    left, top = points.min(axis=0)
    right, bottom = points.max(axis=0)
    return float(left), float(top), float(right), float(bottom)


@pytest.mark.parametrize("word", [*BEASTS, *BIRDS, *OTHERS, *THINGS])
def test_every_kind_is_drawn_from_every_side_within_its_body(word: str) -> None:
    who = named(word)
    camera = camera_for(who.height_m)
    scale = camera.scale_at((0.0, 0.0, 0.0))
    for turn, action in enumerate(("stand", "walk", "fly")):
        size = body(who, action, 0.3)
        reach = np.hypot(size.half_width, size.depth) * scale * 1.35
        for heading in HEADINGS[turn::3]:
            shapes = draw(who, camera, action=action, phase=0.3, heading=heading)
            assert shapes
            for shape in shapes:
                assert np.isfinite(shape.points).all()
                assert shape.points.dtype == np.float32
                assert shape.owner == "beast"
            left, top, right, bottom = box_of(shapes)
            ground = float(camera.project((0.0, 0.0, 0.0))[0][0][1])
            assert 320 - reach <= left
            assert right <= 320 + reach
            assert ground - top <= size.height * scale * 1.35
            assert bottom <= ground + who.height_m * scale * 0.5


@pytest.mark.parametrize("word", ["dog", "bird", "wind", "frog", "lion"])
def test_every_action_is_drawn(word: str) -> None:
    who = named(word)
    camera = camera_for(who.height_m, 320)
    actions: tuple[Action, ...] = words_of(Action)  # type: ignore[assignment]
    for action in actions:
        assert draw(who, camera, action=action, phase=0.4, heading=-60, mouth=0.6), action


@pytest.mark.parametrize("word", ["cat", "owl", "frost"])
def test_every_emotion_shows_in_the_face(word: str) -> None:
    who = named(word)
    camera = camera_for(who.height_m, 1200)
    emotions: tuple[Emotion, ...] = words_of(Emotion)  # type: ignore[assignment]
    faces = {
        emotion: b"".join(
            shape.points.tobytes()
            for shape in draw(who, camera, emotion=emotion, blink=0.3, gaze=(0.5, 0.2))
        )
        for emotion in emotions
    }
    assert faces["angry"] != faces["sad"]
    assert faces["neutral"] != faces["afraid"]


def test_the_head_is_on_the_left_of_the_frame_when_the_body_faces_left() -> None:
    who = named("horse")
    camera = camera_for(who.height_m)
    for heading, side in ((-90.0, -1), (90.0, 1)):
        shapes = draw(who, camera, heading=heading)
        eyes = [shape for shape in shapes if shape.role == "eye"]
        assert eyes
        assert side * (float(eyes[0].points[:, 0].mean()) - 320) > 40


def test_the_own_left_is_on_the_right_of_the_frame_when_the_body_faces_camera() -> None:
    who = named("dog")
    camera = camera_for(who.height_m, 1400)
    ahead = draw(who, camera, gaze=(0.0, 0.0))
    left = draw(who, camera, gaze=(1.0, 0.0))
    pupils = [
        np.mean([shape.points[:, 0].mean() for shape in shapes if shape.role == "eye"])
        for shapes in (ahead, left)
    ]
    assert pupils[1] > pupils[0]


def test_no_eye_is_seen_from_behind() -> None:
    for word in ("dog", "cat", "horse", "bird", "fox"):
        who = named(word)
        shapes = draw(who, camera_for(who.height_m), heading=180)
        assert not [shape for shape in shapes if shape.role == "eye"], word


def test_a_horse_is_taller_than_a_dog() -> None:
    assert usual_height("horse") > 2 * usual_height("dog")
    horse, dog = named("horse"), named("dog")
    assert body(horse).height > 2 * body(dog).height
    camera = camera_for(2.0)
    heights = [
        bottom - top
        for _, top, _, bottom in (box_of(draw(who, camera, heading=90)) for who in (horse, dog))
    ]
    assert heights[0] > 2 * heights[1]


def test_height_is_that_of_the_crown() -> None:
    for word in ("cow", "cat", "wolf"):
        assert body(named(word, 1.0)).head[1] == pytest.approx(0.9, abs=0.1)


def test_a_sitting_dog_has_its_seat_near_the_ground_and_its_head_up() -> None:
    dog = named("dog")
    assert body(dog, "sit").hip < 0.35 * body(dog, "stand").hip
    assert body(dog, "sit").eye_height > body(dog, "lie").eye_height


def test_a_grazing_horse_brings_its_head_down() -> None:
    horse = named("horse")
    assert body(horse, "eat").head[1] < 0.45 * body(horse, "stand").head[1]


def test_a_flying_bird_spreads_its_wings() -> None:
    bird = named("bird")
    camera = camera_for(bird.height_m)
    widths = []
    for action in ("stand", "fly"):
        left, _, right, _ = box_of(draw(bird, camera, action=action))  # type: ignore[arg-type]
        widths.append(right - left)
    assert widths[1] > 1.8 * widths[0]


def test_every_cycle_closes_and_moves_without_jumps() -> None:
    for action in sorted(LOOPS):
        assert_smooth(action)


def assert_smooth(action: Action) -> None:
    last = pose_of(action, 0.0)
    for step in range(1, 49):
        pose = pose_of(action, step / 48)
        moved = np.abs(np.subtract(pose.feet, last.feet)).max()
        assert moved < 0.16
        assert abs(pose.rise - last.rise) < 0.06
        last = pose
    first, end = pose_of(action, 0.0), pose_of(action, 0.99999)
    assert np.allclose(first.feet, end.feet, atol=0.01)
    assert first.rise == pytest.approx(end.rise, abs=0.01)


def test_a_walking_dog_never_lifts_more_than_two_feet() -> None:
    for step in range(40):
        feet = pose_of("walk", step / 40).feet
        assert sum(up > 0.01 for _, up, _ in feet) <= 2


def test_a_galloping_horse_has_a_moment_with_all_feet_off_the_ground() -> None:
    assert any(all(up > 0.01 for _, up, _ in pose_of("run", n / 40).feet) for n in range(40))


def test_the_same_moment_gives_the_same_bytes() -> None:
    for word in ("cat", "swan", "wind"):
        who = named(word)
        one, two = (
            draw(who, camera_for(who.height_m), action="walk", phase=0.37, heading=30)
            for _ in range(2)
        )
        assert len(one) == len(two)
        for a, b in zip(one, two, strict=True):
            assert a.points.tobytes() == b.points.tobytes()


@pytest.mark.parametrize("word", ["dog", "lion", "linnet", "frost", "robot", "frog"])
def test_a_blink_a_look_and_a_word_leave_the_body_as_it_is(word: str) -> None:
    who = named(word)
    camera = camera_for(who.height_m)
    still = draw(who, camera, heading=-30)
    moved = draw(who, camera, heading=-30, blink=1.0, mouth=0.8, gaze=(1.0, 0.0))
    kept = {id(shape) for shape in still} & {id(shape) for shape in moved}
    assert len(kept) >= len(still) / 3
    assert {id(shape) for shape in still} != {id(shape) for shape in moved}


def test_an_open_mouth_reaches_lower_than_a_shut_one() -> None:
    dog = named("dog")
    camera = camera_for(dog.height_m, 1200)
    shut = draw(dog, camera, heading=-90)
    wide = draw(dog, camera, heading=-90, mouth=0.9)
    red = [shape for shape in wide if shape.role == "mouth"]
    assert red
    assert not [shape for shape in shut if shape.role == "mouth"]
    assert len(wide) > len(shut)


def test_a_sitting_cat_lays_its_tail_round_its_feet() -> None:
    who = named("cat")
    _, kind = kind_of(who)
    tail = build(kind, pose_for(kind, Acting("sit"))).tail
    assert tail[3:, 1].max() < 0.2
    assert tail[:, 0].max() > kind.rump * kind.flat
    assert tail[-1, 2] > tail[0, 2] + 0.3


def test_a_falling_horse_folds_its_legs_and_ends_on_its_side() -> None:
    _, kind = kind_of(named("horse"))
    stood, buckled, down = (
        build(kind, pose_for(kind, Acting("fall", at))) for at in (0.0, 0.42, 1.0)
    )
    assert buckled.trunk[2][1] < 0.75 * stood.trunk[2][1]
    assert down.trunk[2][1] < 0.4
    assert abs(down.across[1]) > 0.9
    assert all(np.linalg.norm(leg[0] - leg[3]) < 0.95 for leg in down.legs)


def test_an_upright_owl_shows_both_eyes_to_the_camera() -> None:
    owl = named("owl")
    eyes = [s for s in draw(owl, camera_for(owl.height_m)) if s.role == "eye"]
    middle = np.array([float(shape.points[:, 0].mean()) for shape in eyes])
    assert (middle < 318).any()
    assert (middle > 322).any()


def test_members_of_a_group_differ_a_little() -> None:
    sheep = named("sheep")
    assert variant(sheep, 0) == sheep
    others = {(v.height_m, v.skin) for v in (variant(sheep, n) for n in range(5))}
    assert len(others) == 5
    assert all(0.9 < height / sheep.height_m < 1.1 for height, _ in others)


def test_a_coat_colour_that_was_chosen_is_kept() -> None:
    who = named("cat").model_copy(update={"skin": "#204060"})
    assert (0x20, 0x40, 0x60) in {s.colour for s in draw(who, camera_for(who.height_m))}


def test_a_dog_carries_a_stick_in_its_mouth() -> None:
    stick = Prop(id="stick", name="stick", kind="stick", size_m=0.5)
    dog = named("dog")
    camera = camera_for(dog.height_m)
    bare = draw(dog, camera, heading=-90)
    held = draw(dog, camera, heading=-90, holds=stick)
    assert len(held) > len(bare)


def test_a_plural_and_a_phrase_are_understood() -> None:
    assert usual_height("wolves pack") != 0
    assert usual_height("little grey mice") == usual_height("mouse")
    assert usual_height("old donkey") == usual_height("donkey")
