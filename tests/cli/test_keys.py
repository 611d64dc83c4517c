"""Keys are shown by where they came from and their end; offers say when they are old."""

import json

from commandline import stillreel

SECRET = "sk-planted-0123456789abcdWXYZ"


def test_a_key_is_shown_by_its_source_and_last_four_characters_only() -> None:
    said = stillreel("keys", "--json", ARK_API_KEY=SECRET)
    rows = {row["id"]: row for row in json.loads(said.out)["keys"]}
    assert rows["ark"]["key"] == "ARK_API_KEY (...WXYZ)"
    assert rows["fal"]["key"] == "none"
    assert SECRET[:-4] not in said.out + said.err
    assert "lumen" not in rows


def test_no_command_shows_a_planted_key() -> None:
    for words in (["providers"], ["providers", "--json"], ["keys"], ["doctor"]):
        said = stillreel(*words, ARK_API_KEY=SECRET, FAL_KEY=SECRET, OPENAI_API_KEY=SECRET)
        assert SECRET[:-4] not in said.out + said.err
