"""Routes that are slower, or somebody's subscription: one film on all, and the bill agrees."""

import json
from pathlib import Path

from commandline import stillreel

STORY = "A girl in a red coat runs through the snow and finds a small bird under a tree.\n"
PRICE = '[[model]]\nlabel = "2.0"\nprices = [{ usd = "0.02", per = "second" }]\n'
"""What a clip costs at the stand-in, which bills a subscription's credits."""
MAKE = {
    'sheets = ["lumen", "ink"]': 'sheets = ["nano-banana-batch", "nano-banana-interactions:2.1"]',
    'clips = ["animatic"]': 'clips = ["higgsfield-mcp"]',
    'ceiling_usd = "0.00"': 'ceiling_usd = "9.00"',
    'measure = "auto"': 'measure = "none"',
}
"""The pictures are test cards, and let through."""
FAULTS = ("gemini/busy", "gemini/no-image", "higgsfield-mcp/overload", "higgsfield-mcp/fail")


def test_a_film_is_made_whatever_goes_wrong_and_the_ledger_agrees_with_the_bill(
    tmp_path: Path,
) -> None:
    (tmp_path / "idea.md").write_text(STORY)
    film = tmp_path / "film"
    assert stillreel("new", tmp_path / "idea.md", film, "--height", 144).code == 0
    text = (film / "film.toml").read_text()
    for old, new in MAKE.items():
        assert old in text
        text = text.replace(old, new)
    (film / "film.toml").write_text(text)
    assert stillreel("plan", film).code == 0
    offers = tmp_path / "config" / "stillreel" / "offers"
    offers.mkdir(parents=True)
    (offers / "higgsfield-mcp.toml").write_text(PRICE)
    here = {"XDG_CONFIG_HOME": str(tmp_path / "config")}
    faults = [word for fault in FAULTS for word in ("--fault", fault)]
    said = stillreel("rehearse", film, "--pace", 600, "--json", *faults, **here)
    assert said.code == 0, said.err
    told = json.loads(said.out.splitlines()[-1])
    assert (told["clips"], told["failed"]) == (1, [])
    assert (told["duplicates"], told["lost"], told["unknown"]) == (0, 0, 0)
    assert told["spent_usd"] == told["billed_usd"] != "0.00"
