"""A title from outside is one line that reads as it was written."""

from __future__ import annotations

import pytest

from stillreel.trail.plain import plain


@pytest.mark.parametrize(
    ("told", "line"),
    [
        ("Mara\r\nand the\tgiant ", "Mara and the giant"),
        ("clip\u202egpj.exe", "clipgpj.exe"),
        ("\x1b[2Jgone\x00", "[2Jgone"),
        ("Die Bärin von Łódź 秋", "Die Bärin von Łódź 秋"),
        ("\U0001f468\u200d\U0001f467", "\U0001f468\u200d\U0001f467"),
        ("\ud800 alone", "alone"),
    ],
)
def test_control_and_direction_letters_go_and_every_script_stays(told: str, line: str) -> None:
    assert plain(told) == line


def test_what_is_too_long_is_cut_and_shows_it() -> None:
    assert plain("ab" * 50, 10) == "ababababa…"
    assert len(plain("x" * 1_000_000)) == 160
