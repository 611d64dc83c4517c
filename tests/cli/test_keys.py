"""Keys are shown by where they came from and their end; offers say when they are old."""

import json
from datetime import UTC, datetime
from pathlib import Path

from commandline import stillreel
from stillreel.trail.signing.keys import studio_key

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


def test_doctor_says_who_signs_and_makes_no_key(tmp_path: Path) -> None:
    home = {"XDG_CONFIG_HOME": str(tmp_path)}
    said = stillreel("doctor", "--json", **home)
    where = tmp_path / "stillreel" / "signing"
    told = {"key": f"none yet: the first film makes one, self-signed, in {where}"}
    assert (said.code, said.json()["signing"]) == (0, told)
    assert not list(tmp_path.iterdir())
    key = studio_key(where, now=datetime.now(UTC))
    said = stillreel("doctor", STILLREEL_TIME_STAMPS="http://tsa.invalid", **home)
    assert f"signing key     {key.name}\n" in said.out
    assert f"signing until   {key.not_after:%Y-%m-%d}\n" in said.out
    assert "signing time    http://tsa.invalid\n" in said.out


def test_doctor_tells_a_certificate_that_cannot_sign(tmp_path: Path) -> None:
    (tmp_path / "chain.pem").write_text("no certificate")
    both = dict.fromkeys(
        ("STILLREEL_SIGN_CHAIN", "STILLREEL_SIGN_KEY"), str(tmp_path / "chain.pem")
    )
    said = stillreel("doctor", "--json", **both)
    assert (said.code, said.json()["ok"]) == (6, False)
    assert "not a PEM file" in str(said.json()["signing"])
