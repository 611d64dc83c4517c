from __future__ import annotations

import pytest

from stillreel.draw.set.words import noun_of, nouns_in


@pytest.mark.parametrize(
    ("feature", "noun"),
    [
        ("high stone wall", "wall"),
        ("twelve peach-trees", "tree"),
        ("peach trees", "tree"),
        ("notice-board", "notice-board"),
        ("soft green grass", "grass"),
        ("castle", "castle"),
        ("open casement", "window"),
        ("a little lamp", "lamp"),
        ("zeppelin", ""),
    ],
)
def test_a_feature_is_known_by_its_plain_noun(feature: str, noun: str) -> None:
    assert noun_of(feature) == noun


def test_features_keep_their_order_and_come_once() -> None:
    assert nouns_in(("stone wall", "trees", "old wall", "oak")) == ("wall", "tree")


def test_a_hole_in_the_wall_is_both_a_hole_and_a_wall() -> None:
    assert set(nouns_in(("hole in the wall",))) >= {"hole", "wall"}
