"""Title card and end credit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from stillreel.film.assemble import form_of, frames_in
from stillreel.film.conform import house_form
from stillreel.film.emblem import emblem
from stillreel.film.titles import Card, card_clip, paint
from stillreel.plan.nouns import Place
from stillreel.values.scene import PlaceKind, TimeOfDay, words_of

if TYPE_CHECKING:
    from stillreel.film.nouns import CutSettings


def test_a_card_has_the_form_of_every_other_clip(settings: CutSettings) -> None:
    clip = card_clip(Card("Title", (), None, 48), settings, 24)
    assert form_of(clip) == house_form(settings, 24)
    assert frames_in(clip) == 48


@pytest.mark.parametrize("size", [(1280, 720), (720, 1280), (720, 720), (1680, 720)])
def test_words_stay_inside_the_frame_in_every_ratio(size: tuple[int, int]) -> None:
    card = Card(
        "The Remarkable and Very Long Adventures of a Little Tin Kettle",
        ("by somebody",) * 4,
        None,
        48,
    )
    paper, whole = paint(card, *size, 0)
    changed = np.abs(whole.astype(int) - paper).max(axis=2) > 30
    rows, columns = np.flatnonzero(changed.any(axis=1)), np.flatnonzero(changed.any(axis=0))
    short = min(size)
    assert columns[0] > short * 0.06
    assert columns[-1] < size[0] - short * 0.06
    assert rows[0] > short * 0.06
    assert rows[-1] < size[1] - short * 0.06


def test_every_kind_of_place_has_an_emblem_of_its_own() -> None:
    seen = set()
    for kind in words_of(PlaceKind):
        picture, cover = emblem(Place(id="x", name="x", kind=kind), 60, 0)
        assert picture.shape == (60, 60, 3)
        assert cover[30, 30] == 255
        assert cover[0, 0] == 0
        seen.add(picture.tobytes())
    assert len(seen) >= 9


def test_night_is_darker_than_day() -> None:
    light = {
        time: emblem(Place(id="x", name="x", kind="garden", time=time), 60, 0)[0].mean()
        for time in words_of(TimeOfDay)
    }
    assert light["night"] < light["dusk"] < light["day"]


def test_the_same_card_is_drawn_the_same() -> None:
    card = Card("Title", ("one",), Place(id="x", name="x", kind="forest"), 24)
    assert np.array_equal(paint(card, 320, 180, 0)[1], paint(card, 320, 180, 0)[1])
