"""A person's own offers file is found where the desktop keeps such things; old ones are told."""

import json
from datetime import timedelta
from pathlib import Path

from commandline import stillreel
from stillreel.cli import tools
from stillreel.providers import registry

OWN = """\
dated = 2026-11-27
prices = [{ per = "clip", usd = "1.20" }]
"""


def test_a_price_of_ones_own_makes_a_platform_ready(tmp_path: Path) -> None:
    around = {"XDG_CONFIG_HOME": str(tmp_path), "POLLO_API_KEY": "x"}

    def state() -> tuple[str, str]:
        said = stillreel("providers", "--json", **around)
        rows = json.loads(said.out)["providers"]
        row = next(one for one in rows if one["id"] == "pollo")
        return row["state"], row["reason"]

    before, why = state()
    assert before == "not configured"
    assert "price" in why
    folder = tmp_path / "stillreel" / "offers"
    folder.mkdir(parents=True)
    (folder / "pollo.toml").write_text(OWN)
    assert state() == ("ready", "experimental")


def test_old_figures_are_told_by_name_and_fresh_ones_in_one_line() -> None:
    dated = {one.id: registry.offer(one.id).dated for one in registry.listed() if one.makes}
    first = min(dated.values())
    assert tools.ages(first) == ("All prices and limits were read in the last 60 days.",)
    assert tools.ages(first + timedelta(days=60)) == tools.ages(first)
    late = tools.ages(first + timedelta(days=61))
    oldest = [name for name, day in dated.items() if day == first]
    assert late == tuple(
        f"{name}: its prices and limits were read 61 days ago; look again" for name in oldest
    )


def test_looking_at_ages_always_says_something_and_leaves_the_document_alone() -> None:
    said, plain = (stillreel("providers", "--json", *more) for more in (("--check-age",), ()))
    assert said.out == plain.out
    assert said.err.strip()
    assert not plain.err
