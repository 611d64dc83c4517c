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


def test_a_key_in_two_halves_is_found_and_each_key_is_shown_once() -> None:
    said = stillreel(
        "keys", "--json", HF_API_KEY="id-0123456789", HF_API_SECRET="secret-012345WXYZ"
    )
    rows = json.loads(said.out)["keys"]
    halves = next(row for row in rows if row["id"] == "higgsfield")
    assert halves["key"] == "HF_API_KEY and HF_API_SECRET (...WXYZ)"
    assert halves["looked_for"] == "HF_KEY (as ID:SECRET), or HF_API_KEY and HF_API_SECRET"
    assert "ark:fast" not in {row["id"] for row in rows}


def test_every_provider_that_is_not_ready_says_what_to_set() -> None:
    rows = json.loads(stillreel("providers", "--json", XDG_CONFIG_HOME="/nowhere/.config").out)[
        "providers"
    ]
    lacking = {row["id"]: row["reason"] for row in rows if row["state"] != "ready"}
    for id_ in ("ark", "fal", "gpt-image", "ltx", "nano-banana", "replicate", "runway"):
        assert "no key: set " in lacking[id_]
    assert "/nowhere/.config/stillreel/offers/pollo.toml" in lacking["pollo"]
    assert 'model = [{ label = "fast", prices = [' in lacking["runway:fast"]
