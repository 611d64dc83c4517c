"""Final Draft scripts: what each paragraph becomes, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from stillreel.brief import check, read, read_bytes
from stillreel.errors import Unreadable

LANTERN = Path(__file__).parents[1] / "data" / "scripts" / "lantern.fdx"


def paragraphs(inside: str) -> bytes:
    return f"<FinalDraft><Content>\n{inside}\n</Content></FinalDraft>".encode()


def test_every_paragraph_becomes_its_element() -> None:
    brief = read(LANTERN)
    assert (brief.form, brief.title, brief.author) == ("fdx", "The Lantern", "R. Quill")
    assert [(one.line, one.kind, one.text, one.speaker, one.dual) for one in brief.elements] == [
        (4, "heading", "EXT. HARBOUR - DAWN", "", False),
        (6, "synopsis", "Ana finds the lantern.", "", False),
        (10, "action", "Ana lifts a lantern & looks out to sea.", "", False),
        (12, "note", "Which lantern?", "", False),
        (14, "character", "ANA", "ANA", False),
        (15, "parenthetical", "softly", "ANA", False),
        (16, "dialogue", "Not this one.", "ANA", False),
        (19, "character", "BEN", "BEN", False),
        (20, "dialogue", "Wait!", "BEN", False),
        (21, "character", "ANA", "ANA", True),
        (22, "dialogue", "Go!", "ANA", True),
        (25, "transition", "CUT TO:", "", False),
        (26, "page-break", "", "", False),
        (26, "heading", "INT. BOAT - DAY", "", False),
        (27, "action", "CLOSE ON THE LANTERN", "", False),
        (29, "lyric", "Row, row.", "", False),
        (30, "centered", "THE END", "", False),
        (35, "title", "The Lantern", "", False),
    ]
    headings = [one.scene_number for one in brief.elements if one.kind == "heading"]
    assert headings == ["1", "2A"]
    assert brief.elements[2].styled == "Ana lifts a **lantern** & looks out to sea."
    assert brief.elements[4].extension == "V.O."
    assert check(brief) == []


BOMB = (
    b'<?xml version="1.0"?>\n<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>\n'
    b"<FinalDraft><Content><Paragraph><Text>&b;</Text></Paragraph></Content></FinalDraft>"
)


@pytest.mark.parametrize(
    ("data", "line", "says"),
    [
        (BOMB, 2, "DTD or entities"),
        (b'<!DOCTYPE x SYSTEM "file:///etc/passwd">\n<FinalDraft/>', 1, "DTD or entities"),
        (b"<FinalDraft>\n<Content>\n</FinalDraft>", 3, "not well formed"),
        (b"<FinalDraft>\n&unknown;</FinalDraft>", 2, "not well formed"),
        (b"<html><body/></html>", 0, "web page"),
        (b"<Other><Content/></Other>", 1, "no Final Draft script"),
        (b'<?xml version="1.0" encoding="klingon"?><FinalDraft/>', 1, "encoding"),
        (b"<FinalDraft><Content>" + b"<a>" * 100 + b"</a>" * 100, 1, "nested"),
    ],
)
def test_what_is_no_honest_script_is_refused_with_its_line(
    data: bytes, line: int, says: str
) -> None:
    with pytest.raises(Unreadable) as caught:
        read_bytes(data, "bad.fdx")
    assert says in caught.value.what
    assert caught.value.where == (f"bad.fdx:{line}" if line else "bad.fdx")
    assert caught.value.next_step


def test_utf_16_scripts_are_read() -> None:
    text = (
        '<?xml version="1.0" encoding="UTF-16"?><FinalDraft><Content>'
        '<Paragraph Type="Action"><Text>Ёлка.</Text></Paragraph></Content></FinalDraft>'
    )
    assert read_bytes(text.encode("utf-16"), "a.fdx").elements[0].text == "Ёлка."


def test_a_line_nobody_says_is_a_problem_with_its_line() -> None:
    brief = read_bytes(
        paragraphs(
            '<Paragraph Type="Action"><Text>Rain.</Text></Paragraph>\n'
            '<Paragraph Type="Dialogue"><Text>Who speaks?</Text></Paragraph>'
        ),
        "a.fdx",
    )
    assert [(one.line, one.key, one.severity) for one in check(brief)] == [
        (3, "dialogue", "warning")
    ]


def test_outlines_keep_their_level() -> None:
    brief = read_bytes(
        paragraphs('<Paragraph Type="Outline 2"><Text>Middle</Text></Paragraph>'), "a.fdx"
    )
    assert (brief.elements[0].kind, brief.elements[0].depth) == ("section", 2)
