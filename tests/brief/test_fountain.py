"""The Fountain reader against the published syntax, rule by rule."""

from __future__ import annotations

import pytest

from stillreel.brief import Element, read_bytes


def elements(script: str) -> tuple[Element, ...]:
    return read_bytes(script.encode(), "script.fountain").elements


def shapes(script: str) -> list[tuple[str, str, int]]:
    return [(element.kind, element.text, element.line) for element in elements(script)]


@pytest.mark.parametrize(
    "heading",
    [
        "INT. HOUSE - DAY",
        "EXT. HOUSE - DAY",
        "EST. HOUSE - DAY",
        "INT./EXT. HOUSE - DAY",
        "INT/EXT. HOUSE - DAY",
        "INT/EXT HOUSE - DAY",
        "I/E HOUSE - DAY",
        "I/E. HOUSE - DAY",
        "INT HOUSE - DAY",
        "int. house - day",
        "Ext. Ångström Straße - Nacht",
    ],
)
def test_every_published_prefix_makes_a_scene_heading(heading: str) -> None:
    assert shapes(f"{heading}\n\nRain.") == [("heading", heading, 1), ("action", "Rain.", 3)]


def test_a_word_that_only_begins_like_a_prefix_is_action() -> None:
    assert shapes("INTERNAL affairs arrive.\n")[0][0] == "action"
    assert shapes("EXTRAS mill about.\n")[0][0] == "action"


def test_a_heading_with_no_empty_line_after_it_is_no_speaker() -> None:
    assert shapes("INT. HOUSE - DAY\nMara walks in.") == [
        ("heading", "INT. HOUSE - DAY", 1),
        ("action", "Mara walks in.", 2),
    ]


def test_a_single_period_forces_a_heading_and_an_ellipsis_does_not() -> None:
    assert shapes(".SNIPER SCOPE POV\n\n...and so\n\n.. no\n\n. no") == [
        ("heading", "SNIPER SCOPE POV", 1),
        ("action", "...and so", 3),
        ("action", ".. no", 5),
        ("action", ". no", 7),
    ]


@pytest.mark.parametrize("number", ["1", "1A", "1a", "1-A", "I-1-A", "110A", "1."])
def test_scene_numbers_are_taken_off_the_heading(number: str) -> None:
    (heading,) = elements(f"INT. HOUSE - DAY - FLASHBACK (1944) #{number}#\n")
    assert heading.text == "INT. HOUSE - DAY - FLASHBACK (1944)"
    assert heading.scene_number == number


def test_a_forced_heading_takes_a_number_too() -> None:
    (heading,) = elements(".ROOF #7b#")
    assert (heading.text, heading.scene_number) == ("ROOF", "7b")


@pytest.mark.parametrize(
    "name", ["STEEL", "R2D2", "ÉLOÏSE", "ИВАН", "ΣΟΦΙΑ", "MÜLLER'S SOHN", "DR. K-9", "GROßVATER"]
)
def test_capitals_of_any_alphabet_are_speakers(name: str) -> None:
    cue, said = elements(f"{name}\nThe man's a myth!")
    assert (cue.kind, cue.text, said.kind, said.speaker) == ("character", name, "dialogue", name)


@pytest.mark.parametrize("line", ["23", "Steel", "--- 5 ---", "李明"])
def test_a_line_without_capital_letters_is_no_speaker(line: str) -> None:
    assert [kind for kind, _, _ in shapes(f"{line}\nHello.")] == ["action"]


@pytest.mark.parametrize("name", ["McCLANE", "李明", "narrator"])
def test_an_at_sign_forces_a_speaker_and_keeps_its_letters(name: str) -> None:
    cue, said = elements(f"@{name}\nYippie ki-yay!")
    assert (cue.kind, cue.text, said.speaker) == ("character", name, name)


def test_capitals_followed_by_an_empty_line_are_action() -> None:
    assert shapes("STEEL\n\nWalks.") == [("action", "STEEL", 1), ("action", "Walks.", 3)]


def test_capitals_right_under_action_are_action() -> None:
    assert shapes("He looks up.\nSTEEL\nWalks.") == [("action", "He looks up.\nSTEEL\nWalks.", 1)]


@pytest.mark.parametrize(
    ("cue", "extension"),
    [
        ("MOM (O. S.)", "O. S."),
        ("HANS (on the radio)", "on the radio"),
        ("BRICK (V.O.) (CONT'D)", "V.O., CONT'D"),
        ("@McCabe (filtered)", "filtered"),
    ],
)
def test_extensions_leave_the_name_alone(cue: str, extension: str) -> None:
    name, said = elements(f"{cue}\nHello.")
    assert name.extension == extension
    assert "(" not in name.text
    assert said.speaker == name.text


def test_indented_elements_are_read_as_if_they_were_not() -> None:
    kinds = [kind for kind, _, _ in shapes("\tINT. HOUSE - DAY\n\n\t\tBRICK\n   \t(wry)\n  Hi.\n")]
    assert kinds == ["heading", "character", "parenthetical", "dialogue"]


def test_action_keeps_its_indent_and_its_line_breaks() -> None:
    assert shapes("\tA sign:\n\t\tSALE\n\nNext.") == [
        ("action", "    A sign:\n        SALE", 1),
        ("action", "Next.", 4),
    ]


def test_an_exclamation_mark_forces_action() -> None:
    assert shapes("!SCANNING THE AISLES...\nWhere is that pit boss?") == [
        ("action", "SCANNING THE AISLES...\nWhere is that pit boss?", 1)
    ]


def test_forced_action_ends_a_speech() -> None:
    assert shapes("BRICK\nHello.\n!THE DOOR SLAMS.") == [
        ("character", "BRICK", 1),
        ("dialogue", "Hello.", 2),
        ("action", "THE DOOR SLAMS.", 3),
    ]


def test_two_spaces_keep_an_empty_line_inside_a_speech() -> None:
    script = "DEALER\nTen.\nFour.\nHit or stand sir?\n  \nMonkey face.\n\nAction."
    assert shapes(script) == [
        ("character", "DEALER", 1),
        ("dialogue", "Ten.\nFour.\nHit or stand sir?\n\nMonkey face.", 2),
        ("action", "Action.", 8),
    ]


def test_an_empty_line_or_a_single_space_ends_a_speech() -> None:
    assert [kind for kind, _, _ in shapes("DEALER\nTen.\n \nFour.")] == [
        "character",
        "dialogue",
        "action",
    ]


def test_parentheticals_stand_anywhere_in_a_speech() -> None:
    said = elements("STEEL\n(starting the engine)\nSo much for retirement!\n(beat)\nGo (now).\n")
    assert [(one.kind, one.text) for one in said[1:]] == [
        ("parenthetical", "starting the engine"),
        ("dialogue", "So much for retirement!"),
        ("parenthetical", "beat"),
        ("dialogue", "Go (now)."),
    ]
    assert {one.speaker for one in said} == {"STEEL"}


def test_a_line_with_two_bracketed_parts_is_speech() -> None:
    assert elements("STEEL\n(a) or (b)")[1].kind == "dialogue"


@pytest.mark.parametrize("cue", ["STEEL^", "STEEL ^", "STEEL (O.S.)   ^", "@Steel ^"])
def test_a_caret_makes_the_second_speech_dual(cue: str) -> None:
    first, _, second, said = elements(f"BRICK\nScrew retirement.\n\n{cue}\nScrew retirement.")
    assert (first.dual, second.dual, said.dual) == (False, True, True)
    assert "^" not in second.text


def test_a_caret_with_no_speech_before_it_is_only_dropped() -> None:
    cue, said = elements("STEEL^\nHello.")
    assert (cue.text, cue.dual, said.dual) == ("STEEL", False, False)


def test_lyrics_stand_alone_or_inside_a_speech() -> None:
    alone = elements("~Willy Wonka!\n~Everybody give a cheer!")
    assert [(one.kind, one.text, one.speaker) for one in alone] == [
        ("lyric", "Willy Wonka!\nEverybody give a cheer!", "")
    ]
    _, spoken, sung = elements("BRICK\nListen:\n~La la.")
    assert (spoken.text, sung.kind, sung.text, sung.speaker) == (
        "Listen:",
        "lyric",
        "La la.",
        "BRICK",
    )


def test_capitals_ending_in_to_colon_between_empty_lines_are_a_transition() -> None:
    assert shapes("He argues...\n\nCUT TO:\n\nSMASH-CUT TO:\n\nEXT. POOL\n")[1:3] == [
        ("transition", "CUT TO:", 3),
        ("transition", "SMASH-CUT TO:", 5),
    ]


@pytest.mark.parametrize("line", ["CUT TO: ", "Cut to:", "CUT TO BLACK.", "FADE IN:", "GOTO:"])
def test_what_only_resembles_a_transition_is_action(line: str) -> None:
    assert [kind for kind, _, _ in shapes(f"Rain.\n\n{line}\n\nMore.")] == ["action"] * 3


def test_a_greater_than_sign_forces_a_transition() -> None:
    assert shapes("Brick and Steel regard one another.\n\n> Burn to White.")[1] == (
        "transition",
        "Burn to White.",
        3,
    )


def test_text_between_angle_signs_is_centred() -> None:
    assert shapes(">THE END<\n> *also this* <") == [
        ("centered", "THE END", 1),
        ("centered", "also this", 2),
    ]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("*italics*", "italics"),
        ("**bold**", "bold"),
        ("***bold italics***", "bold italics"),
        ("_underline_", "underline"),
        ("_**all** of it_", "all of it"),
        ("_*nested*_ and **more *of* it**", "nested and more of it"),
        ("He dialed *69 and then *23, and hung up.", "He dialed *69 and then *23, and hung up."),
        ("He dialed *69 and then 23*, and hung up.", "He dialed 69 and then 23, and hung up."),
        (r"Steel enters the code: \*9765\*", "Steel enters the code: *9765*"),
        (r"\_not underlined\_", "_not underlined_"),
        ("3 * 4 * 5", "3 * 4 * 5"),
        ("snake_case_name", "snake_case_name"),
        ("*one line\nnot the next*", "*one line\nnot the next*"),
    ],
)
def test_emphasis_is_taken_off_as_published(written: str, words: str) -> None:
    (action,) = elements(written)
    assert action.text == words
    assert action.styled == (written if written != words else "")


def test_notes_leave_the_text_and_keep_their_line() -> None:
    script = (
        "Brick enters. [[Rework this.]] He sits.\n\n[[One\ntwo]]\n\nBRICK [[or Steel?]]\nHello.\n"
    )
    assert shapes(script) == [
        ("action", "Brick enters. He sits.", 1),
        ("note", "Rework this.", 1),
        ("note", "One\ntwo", 3),
        ("character", "BRICK", 6),
        ("note", "or Steel?", 6),
        ("dialogue", "Hello.", 7),
    ]


def test_a_note_crosses_an_empty_line_only_over_two_spaces() -> None:
    assert shapes("[[One\n  \ntwo]]\n") == [("note", "One\n\ntwo", 1)]
    assert shapes("[[One\n\ntwo]]\n") == [("action", "[[One", 1), ("action", "two]]", 3)]


def test_a_note_inside_a_speech_does_not_break_it() -> None:
    assert shapes("BRICK\nOne.\n[[hm]]\nTwo.") == [
        ("character", "BRICK", 1),
        ("dialogue", "One.\nTwo.", 2),
        ("note", "hm", 3),
    ]


def test_a_boneyard_is_as_if_it_did_not_exist_and_lines_still_count() -> None:
    script = (
        "One.\n/*\nINT. CUT SCENE\n\n*/\nTwo. /* not */ Three.\n\n"
        "/* x */\nBRICK\nHi /* a\n\nb */there.\n"
    )
    assert shapes(script) == [
        ("action", "One.\nTwo. Three.", 1),
        ("character", "BRICK", 9),
        ("dialogue", "Hi there.", 10),
    ]
    assert elements(script)[2].end_line == 12


def test_a_boneyard_never_closed_is_text() -> None:
    assert shapes("One /* two.\n\nThree.") == [
        ("action", "One /* two.", 1),
        ("action", "Three.", 3),
    ]


def test_sections_and_synopses_need_no_empty_lines() -> None:
    script = "# Act\n= Set up.\n## Sequence\n\n= Brick and Steel meet.\n\n### Scene\n"
    assert [(one.kind, one.text, one.depth) for one in elements(script)] == [
        ("section", "Act", 1),
        ("synopsis", "Set up.", 0),
        ("section", "Sequence", 2),
        ("synopsis", "Brick and Steel meet.", 0),
        ("section", "Scene", 3),
    ]


def test_three_or_more_equals_signs_break_the_page() -> None:
    assert [kind for kind, _, _ in shapes("One.\n\n===\n\nTwo.\n=====\n==\n")] == [
        "action",
        "page-break",
        "action",
        "page-break",
        "action",
    ]


def test_the_title_page_takes_values_on_one_line_or_many() -> None:
    script = (
        "Title:\n\t_**BRICK & STEEL**_\n\t_**FULL RETIRED**_\nCredit: Written by\n"
        "Author: Stu Maschwitz\nDraft date: 1/20/2012\nContact:\n    Next Level\n"
        "    Tel: 555\n\nEXT. PATIO - DAY\n"
    )
    brief = read_bytes(script.encode(), "script.fountain")
    assert brief.title_page == (
        ("Title", "BRICK & STEEL\nFULL RETIRED"),
        ("Credit", "Written by"),
        ("Author", "Stu Maschwitz"),
        ("Draft date", "1/20/2012"),
        ("Contact", "Next Level\nTel: 555"),
    )
    assert (brief.title, brief.author) == ("BRICK & STEEL FULL RETIRED", "Stu Maschwitz")
    assert [(one.kind, one.line, one.end_line) for one in brief.elements] == [
        ("title", 1, 3),
        ("heading", 11, 11),
    ]


@pytest.mark.parametrize("opening", ["FADE IN:", "He said: go.\nThen he left."])
def test_a_first_line_with_a_colon_is_not_always_a_title_page(opening: str) -> None:
    brief = read_bytes(f"{opening}\n\nEXT. POOL - DAY\n".encode(), "pool.fountain")
    assert brief.title_page == ()
    assert brief.title == "Pool"
    assert [element.kind for element in brief.elements] == ["action", "heading"]


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_any_line_ending_counts_the_same(end: str) -> None:
    script = end.join(["One.", "", "BRICK", "Hi.", "", "Two."])
    assert [line for _, _, line in shapes(script)] == [1, 3, 4, 6]
