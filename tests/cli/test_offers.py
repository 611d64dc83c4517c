"""A person's own offers file is found where the desktop keeps such things."""

import json
from pathlib import Path

from commandline import stillreel

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
    assert state() == ("ready", "")
