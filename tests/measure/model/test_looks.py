"""The model tier on tiny networks: which model looks, what it says, and when it says nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import tiny

from stillreel.measure.model.detect import faces, people
from stillreel.measure.model.embed import embed
from stillreel.measure.model.identity import identity
from stillreel.measure.model.instances import instances
from stillreel.measure.model.kit import Kit, open_kit
from stillreel.measure.model.prepare import FACE_POINTS, aligned, fitted, tensor
from stillreel.measure.nouns import Box, IdentityScore, NotMeasurable

if TYPE_CHECKING:
    from pathlib import Path

    from stillreel.measure.model.card import ModelCard

RED, ORANGE, BLUE = (20, 20, 200), (20, 90, 200), (200, 20, 20)
SCALE = {"threshold": 0.9, "low": 0.2, "high": 1.0}


def plain(colour: tuple[int, int, int], height: int = 60, width: int = 40) -> np.ndarray:
    return np.full((height, width, 3), colour, np.uint8)


def kit_of(folder: Path, *models: tuple[ModelCard, bytes]) -> Kit:
    for card, data in models:
        tiny.lay(folder, card, data)
    return open_kit(folder, [card for card, _ in models])


def colour_kit(folder: Path, job: str = "general", **changed: object) -> Kit:
    return kit_of(folder, (tiny.card(job, job=job, **SCALE | changed), tiny.mean_colour()))


def yolo(rows: list[tuple[float, ...]]) -> bytes:
    return tiny.always({"output0": np.array([rows], np.float32).transpose(0, 2, 1)}, 64)


def yunet(cell: tuple[int, int], eyes_apart: float = 0.8) -> bytes:
    """Answers of a face detector that saw one face at a cell of the grid of stride 16."""
    answers: dict[str, np.ndarray] = {}
    for stride in (8, 16, 32):
        count = (64 // stride) ** 2
        for kind, width in (("cls", 1), ("obj", 1), ("bbox", 4), ("kps", 10)):
            answers[f"{kind}_{stride}"] = np.zeros((1, count, width), np.float32)
    at = cell[1] * 4 + cell[0]
    answers["cls_16"][0, at] = answers["obj_16"][0, at] = 0.9
    answers["bbox_16"][0, at] = (0, 0, np.log(2), np.log(2.5))
    five = np.array([(-0.4, -0.4), (0.4, -0.4), (0, 0), (-0.3, 0.5), (0.3, 0.5)]) * eyes_apart / 0.8
    answers["kps_16"][0, at] = five.reshape(-1)
    return tiny.always(answers, 64)


def test_a_picture_is_fed_as_its_card_says() -> None:
    card = tiny.card(mean=(0.5, 0.25, 0.0), std=(0.5, 0.5, 2.0))
    numbers = tensor([fitted(plain((255, 0, 51)), card).pixels], card)
    assert numbers.shape == (1, 3, 16, 16)
    assert numbers[0, :, 3, 3] == pytest.approx([(0.2 - 0.5) / 0.5, -0.5, 0.5], abs=1e-6)


def test_padding_keeps_proportions_and_leaves_grey_beside() -> None:
    fit = fitted(plain(RED, 60, 30), tiny.card(fit="pad"))
    assert (fit.left, fit.top) == (4, 0)
    assert tuple(fit.pixels[8, 0]) == (114, 114, 114)
    assert tuple(fit.pixels[8, 8]) == RED


def test_an_embedder_returns_vectors_of_length_one(tmp_path: Path) -> None:
    network = colour_kit(tmp_path).network("general")
    assert network is not None
    vectors = embed([plain(RED), plain(BLUE)], network)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1])
    expected = np.array([200, 20, 20]) / np.linalg.norm([200, 20, 20])
    assert vectors[0] == pytest.approx(expected, abs=1e-5)


def test_the_first_token_is_taken_where_a_model_answers_with_a_row_of_them(tmp_path: Path) -> None:
    kit = kit_of(tmp_path, (tiny.card(answer="first-token"), tiny.row_means()))
    network = kit.network("general")
    assert network is not None
    assert embed([plain(RED)], network)[0] == pytest.approx(np.full(16, 0.25), abs=1e-6)


def test_the_same_look_is_the_same_and_another_is_not(tmp_path: Path) -> None:
    kit = colour_kit(tmp_path)
    same, other = (identity(plain(RED), plain(one, 90, 70), kit) for one in (RED, BLUE))
    assert isinstance(same, IdentityScore)
    assert isinstance(other, IdentityScore)
    assert same.score == pytest.approx(1.0)
    assert same.same
    assert not other.same
    assert other.score < 0.2
    assert same.tier == "model"


def test_a_score_says_which_weights_made_it(tmp_path: Path) -> None:
    kit = colour_kit(tmp_path)
    score = identity(plain(RED), plain(ORANGE), kit)
    assert isinstance(score, IdentityScore)
    assert score.weights == (kit.weights[0].used,)
    assert score.weights[0].preprocessing == kit.weights[0].card.preprocessing
    assert 0 <= score.interval[0] <= score.score <= score.interval[1] <= 1


def test_what_an_embedding_cannot_tell_apart_has_no_score(tmp_path: Path) -> None:
    score = identity(plain(RED), plain(RED), colour_kit(tmp_path))
    assert isinstance(score, IdentityScore)
    unseen = {one.name for one in score.attributes if one.score is None}
    assert unseen == {"hair", "skin", "outfit", "marks"}


def test_a_model_without_a_threshold_gives_no_score(tmp_path: Path) -> None:
    kit = colour_kit(tmp_path, threshold=None)
    found = identity(plain(RED), plain(RED), kit)
    assert isinstance(found, NotMeasurable)
    assert "until it is calibrated" in found.reason


def test_a_drawn_pair_goes_to_the_model_for_drawings_and_to_no_other(tmp_path: Path) -> None:
    general = colour_kit(tmp_path / "general")
    found = identity(plain(RED), plain(RED), general, style="drawn")
    assert isinstance(found, NotMeasurable)
    assert "drawn figure is not here" in found.reason
    drawn = identity(plain(RED), plain(RED), colour_kit(tmp_path / "drawn", "drawn"), style="drawn")
    assert isinstance(drawn, IdentityScore)
    assert drawn.attributes[0].name == "drawn figure"


def test_the_style_model_chooses_where_the_style_was_not_told(tmp_path: Path) -> None:
    teller = tiny.card(
        "style", job="style", answer="classes", classes=("drawn", "photoreal"), floor=0.8
    )
    redder = np.array([[9, -9], [0, 0], [-9, 9]], np.float32)
    drawn = tiny.card("drawn", job="drawn", **SCALE)
    general = tiny.card("general", **SCALE)
    kit = kit_of(
        tmp_path,
        (teller, tiny.by_colour(redder)),
        (drawn, tiny.mean_colour()),
        (general, tiny.mean_colour()),
    )
    score = identity(plain(RED), plain(RED), kit)
    assert isinstance(score, IdentityScore)
    assert [one.model for one in score.weights] == ["drawn", "style"]
    unsure = identity(plain((90, 90, 90)), plain((90, 90, 90)), kit)
    assert isinstance(unsure, IdentityScore)
    assert unsure.weights[0].model == "general"


def face_kit(folder: Path, side: int = 64) -> Kit:
    boxes = tiny.card(
        "face-boxes", job="face-boxes", answer="yunet", size=(64, 64), fit="pad", floor=0.7
    )
    teller = tiny.card("face", job="face", size=(side, side), **SCALE)
    general = tiny.card("general", **SCALE)
    return kit_of(
        folder,
        (boxes, yunet((2, 2))),
        (teller, tiny.mean_colour()),
        (general, tiny.mean_colour()),
    )


def test_a_face_is_found_with_its_points_in_the_pictures_own_pixels(tmp_path: Path) -> None:
    finder = face_kit(tmp_path).network("face-boxes")
    assert finder is not None
    (face,) = faces(plain(RED, 128, 128), finder)
    # Stride 16, cell (2, 2): middle at 32, 32 of 64; twice and 2.5 times a stride; doubled.
    assert face.box == Box(32, 24, 96, 104)
    assert face.sure == pytest.approx(0.9, abs=1e-5)
    assert face.points[2] == pytest.approx((64, 64))


def test_a_photoreal_pair_goes_to_the_face_model_when_the_faces_are_large(tmp_path: Path) -> None:
    kit = face_kit(tmp_path)
    large, small = (plain(RED, side, side) for side in (128, 64))
    score = identity(large, large, kit, style="photoreal")
    assert isinstance(score, IdentityScore)
    assert [one.model for one in score.weights] == ["face", "face-boxes"]
    # In the small picture the face is 32 px wide, under the 40 a face model needs.
    score = identity(large, small, kit, style="photoreal")
    assert isinstance(score, IdentityScore)
    assert [one.model for one in score.weights] == ["general"]


def test_a_face_is_turned_and_scaled_upright() -> None:
    turn = np.array([[0, -1], [1, 0]], np.float32)
    points = (FACE_POINTS - 56) @ turn.T * 2 + 150
    picture = np.zeros((300, 300, 3), np.uint8)
    for x, y in points.round().astype(int):
        picture[y - 3 : y + 4, x - 3 : x + 4] = 255
    upright = aligned(picture, points, (112, 112))
    for x, y in FACE_POINTS.round().astype(int):
        assert upright[y, x].min() > 200


def test_people_are_counted_once_each_in_reading_order(tmp_path: Path) -> None:
    rows = [
        (48.0, 16.0, 12.0, 24.0, 0.8),
        (16.0, 16.0, 12.0, 24.0, 0.9),
        (16.5, 16.0, 12.0, 24.0, 0.7),
        (16.0, 48.0, 12.0, 24.0, 0.6),
        (48.0, 48.0, 12.0, 24.0, 0.2),
    ]
    finder = tiny.card("person", job="person", answer="yolo", size=(64, 64), fit="pad", floor=0.3)
    kit = kit_of(tmp_path, (finder, yolo(rows)))
    found = instances(plain(RED, 128, 128), kit)
    assert not isinstance(found, NotMeasurable)
    assert found.count == 3
    assert found.boxes == (Box(20, 8, 44, 56), Box(84, 8, 108, 56), Box(20, 72, 44, 120))
    assert found.confidence == pytest.approx(0.6)
    assert found.same_as_reference is None
    network = kit.network("person")
    assert network is not None
    assert [round(one.sure, 1) for one in people(plain(RED, 128, 128), network)] == [0.9, 0.8, 0.6]


def test_those_who_look_like_the_reference_are_counted_too(tmp_path: Path) -> None:
    rows = [(16.0, 32.0, 16.0, 40.0, 0.9), (48.0, 32.0, 16.0, 40.0, 0.9)]
    finder = tiny.card("person", job="person", answer="yolo", size=(64, 64), fit="pad", floor=0.3)
    general = tiny.card("general", **SCALE)
    kit = kit_of(tmp_path, (finder, yolo(rows)), (general, tiny.mean_colour()))
    page = plain((255, 255, 255), 128, 128)
    page[:, :64], page[:, 64:] = RED, BLUE
    found = instances(page, kit, like=plain(RED))
    assert not isinstance(found, NotMeasurable)
    assert (found.count, found.same_as_reference) == (2, 1)
    assert [one.model for one in found.weights] == ["person", "general"]


def test_a_missing_comparison_never_turns_into_a_count(tmp_path: Path) -> None:
    finder = tiny.card("person", job="person", answer="yolo", size=(64, 64), fit="pad", floor=0.3)
    kit = kit_of(tmp_path, (finder, yolo([(32.0, 32.0, 16.0, 40.0, 0.9)])))
    found = instances(plain(RED, 128, 128), kit, like=plain(RED))
    assert not isinstance(found, NotMeasurable)
    assert (found.count, found.same_as_reference) == (1, None)


def test_a_detector_for_drawings_is_not_tried_on_pictures_of_unknown_style(tmp_path: Path) -> None:
    finder = tiny.card("person", job="person", style="drawn", answer="yolo", size=(64, 64))
    kit = kit_of(tmp_path, (finder, yolo([(32.0, 32.0, 16.0, 40.0, 0.9)])))
    assert isinstance(instances(plain(RED), kit), NotMeasurable)
    assert not isinstance(instances(plain(RED), kit, style="drawn"), NotMeasurable)


@pytest.mark.parametrize("size", [(1, 1), (2, 300), (300, 2)])
def test_tiny_crops_are_scored_without_a_fault(tmp_path: Path, size: tuple[int, int]) -> None:
    score = identity(plain(RED, *size), plain(RED), colour_kit(tmp_path))
    assert isinstance(score, IdentityScore)
    assert score.same
