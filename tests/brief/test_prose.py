"""Stories in prose: title, author, sections and paragraphs where they stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from stillreel.brief import read, read_bytes

SCRIPTS = Path(__file__).parents[1] / "data" / "scripts"


def shapes(text: str, name: str = "story.txt") -> list[tuple[str, str, int, int]]:
    found = read_bytes(text.encode(), name).elements
    return [(one.kind, one.text, one.line, one.end_line) for one in found]


def test_a_markdown_story_is_read_line_by_line() -> None:
    brief = read(SCRIPTS / "fox.md")
    assert (brief.title, brief.author) == ("The Fox and the Well", "M. Reed")
    assert [(one.line, one.kind, one.text) for one in brief.elements] == [
        (4, "title", "The Fox and the Well"),
        (7, "action", "In two parts."),
        (9, "section", "One"),
        (11, "action", "A fox looks into a well. The moon looks back."),
        (14, "action", '"Come down," says the moon.'),
        (16, "action", "first she laughs"),
        (17, "action", "then she leans in"),
        (19, "page-break", ""),
        (21, "note", "make this darker"),
        (22, "section", "Two"),
        (24, "action", "Morning. The well is dry."),
    ]


@pytest.mark.parametrize(
    ("byline", "author"),
    [
        ("by Oscar Wilde, 1888", "Oscar Wilde"),
        ("*by Oscar Wilde (1888)*", "Oscar Wilde"),
        ("Written by Ada Q.", "Ada Q."),
        ("von Wilhelm Hauff", "Wilhelm Hauff"),
        ("Author: Ada Quill", "Ada Quill"),
    ],
)
def test_the_line_under_the_title_names_the_author(byline: str, author: str) -> None:
    brief = read_bytes(f"# A Tale\n\n{byline}\n\nRain fell.\n".encode(), "tale.md")
    assert brief.author == author
    assert [one.kind for one in brief.elements] == ["title", "action"]


def test_a_sentence_that_begins_with_by_is_story() -> None:
    brief = read_bytes(b"# A Tale\n\nRain fell.\n\nBy morning the road was gone.\n", "tale.md")
    assert brief.author == ""
    assert len(brief.elements) == 3


def test_a_plain_text_story_has_its_first_short_line_as_title() -> None:
    assert shapes("The Red Kite\n\nIt flew\nall day.\n") == [
        ("title", "The Red Kite", 1, 1),
        ("action", "It flew all day.", 3, 4),
    ]


def test_one_line_is_a_story_with_the_files_name_as_title() -> None:
    brief = read_bytes(b"A boy finds a whale on the roof", "night-whale.txt")
    assert brief.title == "Night Whale"
    assert [one.kind for one in brief.elements] == ["action"]


def test_a_library_preamble_and_licence_are_left_out() -> None:
    text = (
        "The Project Gutenberg eBook of Tales\n\nTitle: The Tin Soldier\n\nAuthor: H. Andersen\n\n"
        "*** START OF THE PROJECT GUTENBERG EBOOK TALES ***\n\nThere were once soldiers.\n\n"
        "*** END OF THE PROJECT GUTENBERG EBOOK TALES ***\n\nLicence follows.\n"
    )
    brief = read_bytes(text.encode(), "tin.txt")
    assert (brief.title, brief.author) == ("The Tin Soldier", "H. Andersen")
    assert [(one.text, one.line) for one in brief.elements] == [("There were once soldiers.", 9)]


def test_plain_text_that_is_clearly_a_script_is_read_as_one() -> None:
    brief = read_bytes(b"INT. ROOM - DAY\n\nMARA\nHello.\n", "scene.txt")
    assert brief.form == "fountain"
    assert [one.kind for one in brief.elements] == ["heading", "character", "dialogue"]


def test_shouting_in_prose_does_not_make_it_a_script() -> None:
    assert read_bytes(b"The Wall\n\nHe read:\n\nTRESPASSERS\n\nWILL BE\n", "a.txt").form == "prose"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The children were playing in the garden when he came back.", "en"),
        ("Jeden Nachmittag gingen die Kinder in den Garten des Riesen und spielten.", "de"),
        ("Tous les après-midi, les enfants allaient jouer dans le jardin du géant.", "fr"),
        ("Todas las tardes los niños iban a jugar en el jardín del gigante.", "es"),
        ("Ogni pomeriggio i bambini andavano a giocare nel giardino del gigante.", "it"),
        ("Todas as tardes as crianças iam brincar no jardim do gigante.", "pt"),
        ("Elke middag gingen de kinderen in de tuin van de reus spelen.", "nl"),
        ("Každé odpoledne si děti chodily hrát do zahrady a byl to krásný den.", "cs"),
        ("Каждый день дети играли в саду великана, и он был рад.", "ru"),
        ("Щодня діти їли яблука в саду велетня.", "uk"),
        ("Κάθε απόγευμα τα παιδιά έπαιζαν στον κήπο.", "el"),
        ("毎日の午後、子供たちは巨人の庭で遊んでいました。", "ja"),
        ("每天下午孩子们都到巨人的花园里去玩。", "zh"),
        ("아이들은 매일 오후 거인의 정원에서 놀았다.", "ko"),
        ("كان الأطفال يلعبون كل يوم في حديقة العملاق.", "ar"),
        ("Whale.", "en"),
        ("12345", "en"),
    ],
)
def test_the_language_is_told_from_the_words(text: str, code: str) -> None:
    assert read_bytes(text.encode(), "a.md").language == code
