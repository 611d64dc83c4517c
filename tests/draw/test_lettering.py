from __future__ import annotations

import numpy as np

from stillreel.draw import lettering


def test_a_longer_line_is_wider_and_a_bigger_one_taller() -> None:
    short, long = lettering.measure("wall", 20), lettering.measure("wall and garden", 20)
    assert 0 < short[0] < long[0]
    assert lettering.measure("wall", 40)[1] > short[1]


def test_lines_are_wrapped_to_the_width_and_lose_no_word() -> None:
    text = "Every afternoon the children used to go and play in the garden"
    lines = lettering.wrap(text, 18, 180)
    assert len(lines) > 2
    assert all(lettering.measure(line, 18)[0] <= 180 for line in lines)
    assert " ".join(lines) == text


def test_text_cut_at_the_most_lines_ends_in_an_ellipsis() -> None:
    lines = lettering.wrap("one two three four five six seven eight", 18, 90, most=2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")


def test_a_script_without_spaces_is_wrapped_between_its_letters() -> None:
    lines = lettering.wrap("子供たちは毎日午後になると庭で遊びました", 20, 120)
    assert len(lines) > 1
    assert all(lettering.measure(line, 20)[0] <= 120 for line in lines)


def test_words_leave_ink_where_they_are_set() -> None:
    image = np.full((60, 200, 3), 255, np.uint8)
    width = lettering.draw(image, "Giant", (100, 40), 24, (0, 0, 0), align="centre")
    dark = np.nonzero(image.min(axis=2) < 128)[1]
    assert abs((dark.min() + dark.max()) / 2 - 100) < 4
    assert abs((dark.max() - dark.min()) - width) < 6


def test_accents_cyrillic_greek_and_ideographs_can_be_drawn() -> None:
    assert lettering.unsupported("Ágnes, Żółć, Straße, Ёжик, Ελλάδα, 日本語, 한국어 — “…”") == ""


def test_letters_the_face_lacks_are_named_and_never_boxes() -> None:
    assert lettering.unsupported("snow ☃ x ☃") == "☃"
    assert "ع" in lettering.unsupported("العربية")


def written(text: str, size: int) -> np.ndarray:
    width, height = lettering.measure(text, size)
    image = np.zeros((height, width + 2, 3), np.uint8)
    lettering.draw(image, text, (1, round(size * 0.95)), size, (255, 255, 255))
    return image[..., 0]


def test_hebrew_runs_from_right_to_left() -> None:
    first = written("אב", 28)
    letters = [written(letter, 28) for letter in "אב"]
    assert first.shape[1] > max(one.shape[1] for one in letters)
    right = first[:, first.shape[1] // 2 :]
    aleph, bet = letters
    cut = min(right.shape[1], aleph.shape[1], bet.shape[1])

    def like(one: np.ndarray) -> float:
        return float(np.abs(right[:, -cut:].astype(int) - one[:, -cut:]).mean())

    assert like(aleph) < like(bet)


def test_words_have_soft_edges() -> None:
    cover = written("Mara", 40)
    assert cover.max() == 255
    assert ((cover > 20) & (cover < 235)).any()
