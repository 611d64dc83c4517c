"""A judge on the bench: priced before it is asked, kept in a film's ledger, paid for once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from commandline import IDEA
from stillreel.cli.door import run
from stillreel.providers import registry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MODULE = '''
"""A judge of a package that stillreel has never heard of."""
import json
from datetime import date

from stillreel.providers.offer import Offer
from stillreel.providers.seam import Delivered, Job, Quote, Status
from stillreel.values.money import Money


class Owl:
    id = "owl"
    offer = Offer(provider="owl", dated=date(2026, 1, 1), makes="judge", model="owl", version="1",
                  concurrency=60)

    def status(self):
        return Status("ready")

    def quote(self, ask):
        return Quote(Money(), Money(1_000))

    async def submit(self, ask, key):
        told = json.dumps({"seen": "changed" if "made-up" in ask.prompt else "present"})
        files = (Delivered(told.encode(), "application/json"),)
        return Job("owl", key, "1", "succeeded", Money(1_000), files=files)

    async def poll(self, job):
        return job

    async def fetch(self, job):
        return job.files

    async def find(self, key):
        return None

    async def cancel(self, job):
        return job
'''


@pytest.fixture
def owl(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Install a package with a judge that costs a tenth of a cent a question."""
    site = tmp_path / "site"
    info = site / "owl_package-1.0.dist-info"
    info.mkdir(parents=True)
    (site / "owl_package.py").write_text(MODULE)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: owl-package\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[stillreel.providers]\nowl = owl_package:Owl\n")
    monkeypatch.syspath_prepend(str(site))
    registry.forget()
    yield
    registry.forget()


@pytest.fixture
def labels(tmp_path: Path) -> Path:
    """Thirty labelled questions about one picture."""
    picture = np.full((120, 60, 3), 230, np.uint8)
    picture[10:110, 20:40] = (60, 90, 160)
    cv2.imwrite(str(tmp_path / "one.png"), picture)
    pair = (
        '[[pair]]\nreference = "one.png"\ncandidate = "one.png"\nattribute = "hat"\n'
        'zone = "whole"\nexpected = "hat {at}"\nseverity = "visible"\nseen = "{truth}"\n'
    )
    truths = ("present", "present", "absent")
    text = "\n".join(pair.format(at=at, truth=truths[at % 3]) for at in range(30))
    (tmp_path / "labels.toml").write_text(text)
    return tmp_path / "labels.toml"


def said(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, dict[str, object]]:
    code = run([*map(str, words), "--json"])
    return code, json.loads(capsys.readouterr().out.splitlines()[-1])


@pytest.mark.usefixtures("owl")
def test_what_a_judge_costs_is_in_the_film_and_is_paid_once(
    tmp_path: Path, labels: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    film = tmp_path / "film"
    (tmp_path / "idea.md").write_text(IDEA)
    assert run(["new", str(tmp_path / "idea.md"), str(film)]) == 0
    capsys.readouterr()
    words = ("bench", "judge", "owl", "--labels", labels, "--film", film)
    code, told = said(capsys, *words)
    assert (code, told["high_usd"], told["asked"]) == (4, "0.12", False)
    code, told = said(capsys, *words, "--max-spend", "0.12")
    assert code == 0
    assert told["judge"] == "owl"
    _, status = said(capsys, "status", film)
    assert (status["spent_usd"], status["held_usd"]) == ("0.12", "0.00")
    # All is on record now: the same bench costs nothing and needs no consent.
    code, again = said(capsys, *words)
    assert (code, again["kappa"]) == (0, told["kappa"])
    _, status = said(capsys, "status", film)
    assert status["spent_usd"] == "0.12"
