"""The door: what is refused and how, and what never happens whatever comes in."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from stillreel.brief import check, read, read_bytes
from stillreel.errors import Unreadable, UsageError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("name", "data", "where", "says"),
    [
        ("a.md", b"", "a.md", "empty"),
        ("a.md", b" \r\n\t\n", "a.md", "empty"),
        ("a.fountain", b"\xef\xbb\xbf", "a.fountain", "empty"),
        ("a.md", b"One.\nTwo.\nCaf\xe9.\n", "a.md:3", "0xE9"),
        ("a.md", b"One.\r\nT\x00wo.", "a.md:2", "binary"),
        ("a.md", b"One.\n" * 2_000_000, "a.md", "larger than 2 MB"),
        ("a.fdx", b"<" * 10_000_000, "a.fdx", "larger than 8 MB"),
        ("a.md", b"\x89PNG\r\n\x1a\n....", "a.md", "PNG"),
        ("a.txt", b"%PDF-1.7\n", "a.txt", "PDF"),
        ("story.docx", b"PK\x03\x04word/", "story.docx", "zip"),
        ("a.txt", b"{\\rtf1 Hello}", "a.txt", "Rich Text"),
        ("a.txt", b"\xff\xd8\xff\xe0JFIF", "a.txt", "JPEG"),
        ("a.txt", b"\0\0\0\x18ftypmp42", "a.txt", "film"),
        ("a.py", b"print('hello')", "a.py", ".py"),
        ("a.txt", "One.".encode("utf-16")[:-1], "a.txt:1", "UTF-16"),
    ],
)
def test_what_is_no_story_is_refused_in_one_sentence(
    name: str, data: bytes, where: str, says: str
) -> None:
    with pytest.raises(Unreadable) as caught:
        read_bytes(data, name)
    assert says in caught.value.what
    assert caught.value.what.endswith(".")
    assert caught.value.where == where
    assert caught.value.next_step


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_text_with_a_byte_order_mark_is_read(codec: str) -> None:
    brief = read_bytes("Ein Bär.\r\n\r\nEr schläft.".encode(codec), "a.txt")
    assert [(one.text, one.line) for one in brief.elements] == [("Ein Bär.", 1), ("Er schläft.", 3)]


def test_a_missing_file_and_a_folder_are_usage_mistakes(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such story"):
        read(tmp_path / "none.md")
    with pytest.raises(UsageError, match="folder"):
        read(tmp_path)


def test_reading_writes_nothing(tmp_path: Path) -> None:
    story = tmp_path / "s.md"
    story.write_bytes(zlib.compress(b"x" * 1000))
    with pytest.raises(Unreadable):
        read(story)
    assert list(tmp_path.iterdir()) == [story]


def test_a_file_is_known_by_its_own_name_and_digest(tmp_path: Path) -> None:
    story = tmp_path / "the-well.md"
    story.write_text("# The Well\n\nIt is dry.\n", encoding="utf-8")
    brief = read(story)
    assert brief.file == "the-well.md"
    assert brief == read_bytes(story.read_bytes(), "the-well.md")
    assert len(brief.digest) == 64


@pytest.mark.parametrize(
    ("script", "key", "line", "severity"),
    [
        ("Title: Nothing\n", "action", 0, "error"),
        ("INT. A\n\nMARA\nHi.\n", "action", 0, "warning"),
        ("INT. A #1#\n\nRain.\n\nINT. B #1#\n\nSnow.\n", "heading", 5, "warning"),
        ("INT. A\nRain.\n", "heading", 1, "warning"),
        ("Rain.\n\nSnow /* here.\n", "boneyard", 3, "warning"),
        ("Rain. [[why\n\nSnow.\n", "note", 1, "warning"),
        ("Rain.\n\nMARA\n!Bang.\n", "character", 3, "warning"),
    ],
)
def test_problems_carry_their_line_and_a_way_out(
    script: str, key: str, line: int, severity: str
) -> None:
    (problem,) = check(read_bytes(script.encode(), "a.fountain"))
    assert (problem.file, problem.key, problem.line, problem.severity) == (
        "a.fountain",
        key,
        line,
        severity,
    )
    assert problem.hint


PIECES = st.sampled_from(
    [
        *("\n", "\n\n", "\r\n", " ", "  ", "\t", "INT. ", "EXT/INT ", "MARA", "é", "Ж", "(", ")"),
        *("/*", "*/", "[[", "]]", "#", "=", "===", "~", ">", "<", "!", "@", ".", "^", "*", "**"),
        *(
            "_",
            "\\",
            "TO:",
            "Title: ",
            "by ",
            "---",
            "- ",
            "1. ",
            "```",
            "<!--",
            "-->",
            "a b",
            "\x0b",
        ),
        *("![", "](", "#1#", "\u2028", "\x85", "ß", "李"),
    ]
)
STORIES = st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=300)


@given(text=STORIES, name=st.sampled_from(["a.md", "a.txt", "a.fountain"]))
@example(text="---\n---", name="a.md")
@example(text="[[[[]]", name="a.fountain")
@example(text="\n*/ /*", name="a.fountain")
def test_any_text_is_read_or_refused_and_lines_never_run_backwards(text: str, name: str) -> None:
    data = text.encode()
    try:
        brief = read_bytes(data, name)
    except Unreadable as refusal:
        assert refusal.next_step  # noqa: PT017 - a refusal is one of two right answers
        return
    count = len(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    reached = 1
    for element in brief.elements:
        assert reached <= element.line <= element.end_line <= count
        assert element.text or element.kind in {"page-break", "note", "lyric", "centered"}
        reached = element.line
    assert brief == read_bytes(data, name)
    check(brief)
