"""Identity by colour: the same clothes in other light, other clothes, and what cannot be seen."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from pages import figure, picture

from stillreel.measure.likeness.identity import identity
from stillreel.measure.likeness.palette import match


def person(ground: int = 235, **colours: tuple[int, int, int]) -> np.ndarray:
    image = np.full((420, 240, 3), ground, np.uint8)
    figure(image, 120, 400, 370, **colours)
    return image


def by_name(score: object) -> dict[str, float | None]:
    return {one.name: one.score for one in score.attributes}


def test_a_picture_is_like_itself() -> None:
    score = identity(person(), person())
    assert score.score == pytest.approx(1.0)
    assert score.same
    assert score.tier == "embedded"


@pytest.mark.parametrize("light", [0.6, 0.8])
def test_dimmed_light_changes_little(light: float) -> None:
    dimmed = (person() * light).astype(np.uint8)
    assert identity(person(), dimmed).score > 0.85


def test_a_colour_that_more_light_cuts_off_at_white_is_still_the_same() -> None:
    # A pale coat and fair hair reach white; what is left of their colour is not another coat.
    pale = {"coat": (170, 190, 235), "hair": (140, 200, 230)}
    reference = person(150, **pale)
    bright = np.clip(reference * 1.45, 0, 255).astype(np.uint8)
    assert identity(reference, bright).score > 0.9
    assert identity(bright, reference).score > 0.9
    other = person(150, coat=(190, 130, 70), hair=(140, 200, 230))
    assert identity(other, bright).score < 0.6


@pytest.mark.parametrize(("part", "colour"), [("hair", (130, 165, 205)), ("skin", (120, 170, 120))])
def test_hair_and_skin_are_found_when_they_take_on_another_kind_of_colour(
    part: str, colour: tuple[int, int, int]
) -> None:
    # Hair of the colour of skin stays hair, and skin that is no colour of skin stays skin.
    named = by_name(identity(person(), person(**{part: colour})))
    assert named[part] is not None
    assert named[part] < 0.7


def test_another_size_and_another_page_change_nothing() -> None:
    other = cv2.resize(person(180), (480, 840), interpolation=cv2.INTER_AREA)
    assert identity(person(), other).same


def test_another_coat_is_seen_on_the_upper_body_alone() -> None:
    named = by_name(identity(person(), person(coat=(40, 40, 190))))
    assert named["upper"] < 0.5
    assert named["outfit"] == named["upper"]
    assert named["hair"] > 0.9
    assert named["lower"] > 0.9


def test_the_more_a_colour_drifts_the_lower_the_score() -> None:
    base = np.array((110, 90, 30))
    scores = [
        identity(person(), person(coat=tuple(int(c) for c in base + step * np.array((-6, 0, 12)))))
        for step in (0, 0.75, 1.5, 2.25, 3)
    ]
    values = [by_name(score)["upper"] for score in scores]
    assert values == sorted(values, reverse=True)
    assert scores[-1].score < scores[0].score
    assert values[0] - values[-1] > 0.2


def test_another_person_is_not_the_same() -> None:
    other = person(hair=(60, 200, 230), coat=(60, 60, 200), legs=(200, 190, 60))
    score = identity(person(), other)
    assert not score.same
    assert score.score < 0.4


def test_the_interval_holds_the_score_and_is_repeatable() -> None:
    first, again = (identity(person(), picture(240, 420, 5)) for _ in range(2))
    assert first == again
    assert 0 <= first.interval[0] <= first.score <= first.interval[1] <= 1


def test_what_this_tier_cannot_see_has_no_score() -> None:
    named = by_name(identity(person(), person()))
    assert {name for name, value in named.items() if value is None} == {
        "face",
        "marks",
        "tattoo",
        "piercing",
    }


def test_without_colour_it_never_says_same() -> None:
    grey = cv2.cvtColor(cv2.cvtColor(person(), cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR)
    score = identity(grey, grey)
    assert not score.same
    assert by_name(score)["colour"] is None
    assert score.interval[1] - score.interval[0] >= 0.5


@pytest.mark.parametrize("size", [(1, 1), (3, 8), (9, 200)])
def test_tiny_and_plain_crops_are_scored_without_a_fault(size: tuple[int, int]) -> None:
    image = np.full((*size, 3), 90, np.uint8)
    assert 0 <= identity(image, person()).score <= 1


def test_planned_colours_are_found_and_missing_ones_are_named() -> None:
    worn = match(person(), ("#1e5a6e", "#28283c", "#d2a082", "#00ff00"))
    assert worn.found == (1.0, 1.0, 1.0, 0.0)
    assert worn.score == pytest.approx(0.75)
    assert worn.interval[0] <= worn.score <= worn.interval[1]


def test_no_planned_colours_are_all_there() -> None:
    assert match(person(), ()).score == 1.0
