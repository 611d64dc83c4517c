"""Whole scripts, element by element, and the same scripts read by other people's readers."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from stillreel.brief import Element, check, read, read_bytes

SCRIPTS = Path(__file__).parents[1] / "data" / "scripts"


def test_the_torture_script_is_read_line_by_line() -> None:
    brief = read(SCRIPTS / "lighthouse.fountain")
    told = [(one.line, one.end_line, one.kind, one.text) for one in brief.elements]
    assert told == [
        (1, 3, "title", "The Lamp at ÉTRETAT A Short Film"),
        (14, 14, "section", "Act One"),
        (16, 16, "synopsis", "A keeper waits for a ship."),
        (18, 18, "section", "The night"),
        (20, 20, "heading", "EXT. LIGHTHOUSE - NIGHT"),
        (
            22,
            23,
            "action",
            "Rain. The lamp turns, slowly, and the sea\nanswers in black and white.",
        ),
        (25, 25, "action", "    An indented line stays indented."),
        (27, 27, "character", "ÉLOÏSE"),
        (28, 28, "parenthetical", "under her breath"),
        (29, 31, "dialogue", "I count the turns.\n\nEvery one of them."),
        (33, 33, "character", "OLD PÈRE"),
        (34, 34, "dialogue", "Nobody asked you to."),
        (34, 34, "note", "He means: thank you."),
        (36, 38, "note", "A note on its own line\n\nthat has two paragraphs"),
        (40, 40, "heading", "I/E. LAMP ROOM - CONTINUOUS"),
        (42, 42, "character", "McCabe"),
        (43, 43, "dialogue", "Is anyone there?"),
        (44, 45, "lyric", "Over the water, over the foam,\nWho will come to carry me home?"),
        (47, 47, "action", "THE RADIO CRACKLES."),
        (49, 50, "action", "SILENCE\nTHEN MORE SILENCE"),
        (52, 52, "transition", "CUT TO:"),
        (54, 54, "heading", "THE SHIP, FROM ABOVE"),
        (56, 56, "action", "...and then it is gone."),
        (58, 58, "transition", "Dissolve to black."),
        (60, 60, "centered", "THE SEA"),
        (61, 61, "centered", "A poem"),
        (63, 64, "action", "23\nis only a number."),
        (66, 66, "character", "R2D2"),
        (67, 67, "dialogue", "Beep."),
        (69, 69, "page-break", ""),
        (71, 71, "heading", "int. cellar - day"),
        (73, 73, "action", "He types *star* and snake_case_name, dials *69 and then *23."),
        (75, 75, "transition", "FADE OUT."),
    ]
    assert [one.scene_number for one in brief.elements if one.kind == "heading"] == [
        "1",
        "1A",
        "I-2.b",
        "",
    ]
    assert check(brief) == []


PLAIN = """\
INT. KITCHEN - DAY #3#

Mara chops onions.
The kettle screams.

MARA
(not looking up)
Is it raining?

TOM (O.S.)
It is always raining.

MARA ^
Always.

EXT. GARDEN - NIGHT

ÉMILE
Bonsoir.

CUT TO:

I/E CAR - CONTINUOUS

> THE END <
"""


def test_screenplain_reads_the_same_from_a_plain_script() -> None:
    from screenplain.parsers import fountain
    from screenplain.types import Action, Dialog, DualDialog, Slug, Transition

    def flat(paragraph: object) -> list[tuple[str, str]]:
        if isinstance(paragraph, DualDialog):
            return [*flat(paragraph.left), *flat(paragraph.right)]
        if isinstance(paragraph, Slug):
            return [("heading", str(paragraph.line))]
        if isinstance(paragraph, Transition):
            return [("transition", str(paragraph.line))]
        if isinstance(paragraph, Dialog):
            blocks = [
                ("parenthetical" if inside else "dialogue", str(words).strip("()"))
                for inside, words in paragraph.blocks
            ]
            name = str(paragraph.character).partition(" (")[0]
            return [("character", name), *blocks]
        assert isinstance(paragraph, Action)
        kind = "centered" if paragraph.centered else "action"
        return [(kind, "\n".join(str(line) for line in paragraph.lines))]

    theirs = [pair for one in fountain.parse(io.StringIO(PLAIN)) for pair in flat(one)]
    brief = _read(PLAIN)
    assert [(one.kind, one.text) for one in brief] == theirs


def test_fountain_py_reads_the_same_from_a_plain_script() -> None:
    from fountain.elements import ElementType, FountainElement
    from fountain.parser import FountainParser

    def flat(element: FountainElement) -> list[tuple[str, str]]:
        if element.type is ElementType.DUAL_DIALOGUE:
            told = element.metadata
            sides = ["left_character", "left_dialogue", "right_character", "right_dialogue"]
            parts = [told[side] for side in sides]
            found: list[tuple[str, str]] = []
            for part in parts:
                for one in part if isinstance(part, list) else [part]:
                    assert isinstance(one, FountainElement)
                    found += flat(one)
            return found
        kind = {"scene_heading": "heading"}.get(element.type.value, element.type.value)
        return [(kind, element.text.strip("()"))]

    # This reader takes accented capitals for action, so that speech is left out here.
    script = PLAIN.replace("ÉMILE", "EMILE")
    theirs = [pair for one in FountainParser().parse(script).elements for pair in flat(one)]
    ours = [(one.kind, one.text) for one in _read(script)]
    assert ours == theirs


def _read(script: str) -> tuple[Element, ...]:
    return read_bytes(script.encode(), "plain.fountain").elements


@pytest.mark.parametrize("name", ["lighthouse.fountain", "lantern.fdx", "fox.md"])
def test_lines_of_a_sample_never_run_backwards(name: str) -> None:
    brief = read(SCRIPTS / name)
    lines = [element.line for element in brief.elements]
    assert lines == sorted(lines)
    assert all(element.line <= element.end_line for element in brief.elements)
