"""The page: what was made is replaced, what was written is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from stillreel.errors import UsageError
from stillreel.trail.survival import page, telling
from stillreel.trail.survival.nouns import Cell, Row, Subject

if TYPE_CHECKING:
    from pathlib import Path


def subject(name: str, score: float, outcome: str = "survived") -> Subject:
    bits = 32 if outcome == "survived" else 17
    cells = (
        Cell("manifest", "lost"),
        Cell("source-type", "survived"),
        Cell("aigc", "not testable", "a reason"),
        Cell("mark", outcome, "", bits, score),  # pyright: ignore[reportArgumentType]
    )
    return Subject(name, "still", (), 4.0, (Row("JPEG 50", cells),))


def test_figures_of_all_files_stand_in_one_cell() -> None:
    part = next(telling.parts([subject("a", 9.5), subject("b", 4.5, "lost"), subject("c", 7.0)]))
    assert part.rows[0] == (
        "JPEG 50",
        "lost",
        "survived",
        "not testable",
        "survived 2 of 3, lost 1 of 3 (17-32/32, score 4.5-9.5)",
    )


def test_the_file_that_differs_and_every_reason_are_named() -> None:
    found = list(telling.notes([subject("a", 9.5), subject("b", 4.5, "lost")]))
    assert found[0] == "JPEG 50: our pixel mark lost (17/32 bits, score 4.5) in b"
    assert found[1] == "not testable: a reason [AIGC key; whatever is done; a, b]"


def test_the_page_says_what_was_not_tested_and_claims_nothing_of_missing_signals(
    tmp_path: Path,
) -> None:
    path = tmp_path / "new.md"
    page.write(path, [subject("a", 9.5)], ["date: today"])
    text = path.read_text()
    assert "SynthID" in text
    assert "--ask-vendor" in text
    assert "never means that a picture was made without AI" in text


def test_only_the_made_part_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    path.write_text(f"Before.\n{page.BEGIN}\nold\n{page.END}\nAfter.\n")
    page.write(path, [subject("a", 9.5)], ["date: today"])
    text = path.read_text()
    assert text.startswith("Before.\n")
    assert text.endswith("\nAfter.\n")
    assert "old" not in text
    assert "| JPEG 50 | lost | survived | not testable | survived (32/32, score 9.5) |" in text


def test_a_page_of_somebody_else_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "mine.md"
    path.write_text("My novel.\n")
    with pytest.raises(UsageError, match="not written over"):
        page.write(path, [subject("a", 9.5)], [])
    assert path.read_text() == "My novel.\n"
