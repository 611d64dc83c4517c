"""The report."""

from __future__ import annotations

from fractions import Fraction
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from stillreel.errors import MediaError
from stillreel.film.report.ledger import duration
from stillreel.film.report.nouns import (
    BoardBlock,
    ClipBlock,
    FilmFacts,
    PanelCaption,
    PromptBlock,
    ReportData,
    SheetBlock,
    SheetSide,
    TakeRow,
)
from stillreel.film.report.page import clock, write_report
from stillreel.values.money import Money
from stillreel.values.problem import Problem

if TYPE_CHECKING:
    from pathlib import Path

    from stillreel.film.nouns import ClipFile

EVIL = '"><script>alert(1)</script>&'
VOID = {"meta", "img", "br", "link"}


class _Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.fixture
def data(tmp_path: Path, clips: tuple[ClipFile, ...]) -> ReportData:
    picture = tmp_path / "sheet.png"
    cv2.imwrite(str(picture), np.full((900, 1600, 3), 120, np.uint8))
    sides = (
        SheetSide("lumen", picture, 0.87, (0.81, 0.92), "embedded", chosen=True, digest="a" * 64),
        SheetSide("ink", picture, 0.71, None, "embedded", digest="b" * 64),
    )
    panels = tuple(
        PanelCaption(f"P{one}", "wide", "push", "1.1", EVIL, EVIL, "Giant") for one in range(1, 10)
    )
    return ReportData(
        title=f"Film {EVIL}",
        author="Oscar Wilde",
        style="storybook",
        film=FilmFacts(
            tmp_path / "film (1).mp4", Fraction(105), 1920, 1080, 24, 8, -14.0, -1.8, "f" * 64
        ),
        sheets=(SheetBlock("giant", "The Giant", "character", sides, "It held better.", EVIL),),
        boards=(BoardBlock("C01", EVIL, picture, "lumen", panels, "c" * 64),),
        clips=(ClipBlock("C01", EVIL, clips[0].path, (26,) * 8 + (32,), "animatic", 2, "d" * 64),),
        prompts=(PromptBlock("C01", "shot", EVIL),),
        takes=(
            TakeRow(
                "clip", "C01", "animatic", 1, True, 83.0, Money(1_250_000), "1.0", "d" * 64, EVIL
            ),
            TakeRow("clip", "C01", "animatic", 2, False, 7.0, Money(250_000), "1.0", "e" * 64),
        ),
        problems=(
            Problem("film.toml", 3, "ratio", EVIL, "Use 16:9.", "warning"),
            Problem("board/C01.toml", 0, "", "worse"),
        ),
        spent=Money(1_500_000),
        ceiling=Money(5_000_000),
        made_at="today",
    )


@pytest.fixture
def text(data: ReportData, tmp_path: Path) -> str:
    return write_report(data, tmp_path / "report.html", tmp_path / "cache").read_text()


def test_the_page_is_well_formed_and_needs_nothing_from_outside(text: str) -> None:
    page = _Page(text)
    assert page.open == []
    for tag, attributes in page.tags:
        assert tag not in {"script", "link", "iframe"}
        if tag == "img":
            assert attributes["src"].startswith("data:image/jpeg;base64,")
            assert attributes["alt"]
    assert "http:" not in text
    assert "https:" not in text


def test_every_word_from_outside_is_escaped(text: str) -> None:
    assert "<script" not in text
    assert sum(EVIL in word for word in _Page(text).words) >= 10


def test_the_rivals_stand_side_by_side_with_scores_and_the_pick(text: str) -> None:
    assert text.count("picked</span>") == 1
    assert "identity 0.87 (0.81 to 0.92)" in text
    assert "identity 0.71" in text
    assert "It held better." in text


def test_time_and_money_add_up(text: str) -> None:
    assert "1.50 USD" in text
    assert "1 min 30 s" in text
    assert "5.00 USD allowed" in text


def test_the_film_is_linked_relative_to_the_page_with_a_poster(text: str) -> None:
    page = _Page(text)
    video = next(attributes for tag, attributes in page.tags if tag == "video")
    assert video["src"] == "film%20%281%29.mp4"
    assert video["poster"].startswith("data:image/jpeg")


def test_errors_come_before_warnings(text: str) -> None:
    assert text.index("worse") < text.index("Use 16:9.")


def test_all_digests_are_in_the_page(text: str) -> None:
    assert all(letter * 64 in text for letter in "acdf")


def test_an_unfinished_film_still_has_a_report(tmp_path: Path) -> None:
    data = ReportData("Title", "", "", None)
    text = write_report(data, tmp_path / "report.html", tmp_path).read_text()
    assert "not cut yet" in text
    assert "Nothing to mend" in text


def test_a_picture_that_is_gone_is_named(data: ReportData, tmp_path: Path) -> None:
    (tmp_path / "sheet.png").unlink()
    with pytest.raises(MediaError, match="cannot be read"):
        write_report(data, tmp_path / "report.html", tmp_path / "cache")


def test_times_are_told_as_people_say_them() -> None:
    assert [duration(3.21), duration(42), duration(185)] == ["3.2 s", "42 s", "3 min 05 s"]
    assert clock(Fraction(1211, 2)) == "10:06"
