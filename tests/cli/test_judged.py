"""The judge tier where it has earned trust: priced, asked on a film's account, and deciding."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from stillreel.cli.door import run
from stillreel.measure.judge.keep import keep
from stillreel.measure.judge.nouns import Trust
from stillreel.providers import registry

if TYPE_CHECKING:
    from collections.abc import Iterator

MODULE = '''
"""A judge that sees what changed from the bytes of the crops it is shown."""
import json
from datetime import date
from pathlib import Path

from stillreel.providers.offer import Offer
from stillreel.providers.seam import Delivered, Job, Quote, Status
from stillreel.values.money import Money

MADE_UP = ("bright", "magenta", "turquoise")


class Hawk:
    id = "hawk"
    offer = Offer(provider="hawk", dated=date(2026, 1, 1), makes="judge", model="hawk", version="1",
                  concurrency=60)

    def status(self):
        return Status("ready")

    def quote(self, ask):
        return Quote(Money(), Money(1_000))

    async def submit(self, ask, key):
        with Path(__file__).with_name("asked").open("a") as log:
            log.write(ask.subject + "\\n")
        shown = {one.role: one.data for one in ask.pictures}
        expected = ask.prompt.partition("Expected: ")[2].partition(". Does")[0]
        alike = shown["reference-part"] == shown["candidate-part"]
        nods = Path(__file__).with_name("nods").exists()
        made_up = expected.startswith(MADE_UP) or "all clothes" in expected
        seen = "present" if nods or (alike and not made_up) else "changed"
        told = json.dumps({"seen": seen, "how": "" if alike else "it is blue"})
        files = (Delivered(told.encode(), "application/json"),)
        return Job("hawk", key, key[:8], "succeeded", Money(1_000), files=files)

    async def poll(self, job):
        return job

    async def fetch(self, job):
        return job.files

    async def find(self, key):
        return None

    async def cancel(self, job):
        return job
'''
MARA = """
id = "mara"
name = "Mara"
hair = { style = "braids", colour = "#b8322a" }
outfit = [{ garment = "jacket", colour = "#35659a" }, { garment = "boots", colour = "#43301f" }]
"""
QUESTIONS = 8
"""Of Mara's checklist: skin, hair (2), age, build, eyes, jacket, boots."""
PRICE = "0.018"
"""Of the checklist and its trap in both orders."""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Install a package with a judge that costs a tenth of a cent a question."""
    site = tmp_path / "site"
    info = site / "hawk_package-1.0.dist-info"
    info.mkdir(parents=True)
    (site / "hawk_package.py").write_text(MODULE)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: hawk-package\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[stillreel.providers]\nhawk = hawk_package:Hawk\n")
    monkeypatch.syspath_prepend(str(site))
    monkeypatch.delitem(sys.modules, "hawk_package", raising=False)
    registry.forget()
    yield site
    registry.forget()


def figure(jacket: tuple[int, int, int] = (60, 90, 160)) -> np.ndarray:
    image = np.full((200, 100, 3), 235, np.uint8)
    image[6:50, 35:65] = (40, 50, 180)
    image[50:120, 25:75] = jacket
    image[120:196, 35:65] = (80, 75, 74)
    return image


@pytest.fixture
def scene(site: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A film with Mara in its cast, and pictures of her and of one whose jacket is another."""
    tmp_path = site.parent
    for name, image in (("ref", figure()), ("same", figure()), ("other", figure((200, 60, 30)))):
        cv2.imwrite(str(tmp_path / f"{name}.png"), image)
    (tmp_path / "idea.md").write_text("A girl runs through the snow.\n")
    assert run(["new", str(tmp_path / "idea.md"), str(tmp_path / "film")]) == 0
    (tmp_path / "film" / "cast").mkdir()
    (tmp_path / "film" / "cast" / "mara.toml").write_text(MARA)
    capsys.readouterr()
    return tmp_path


@pytest.fixture
def trust(scene: Path) -> Path:
    """What a bench wrote of the judge."""
    kept = scene / "trust.json"
    keep(Trust("hawk", "hawk 1", 0.82, 30, "digest", date(2026, 11, 27)), kept)
    return kept


def benched(scene: Path) -> None:
    """Let the judge earn leave to decide."""
    pair = (
        '[[pair]]\nreference = "ref.png"\ncandidate = "{name}.png"\nattribute = "jacket"\n'
        'zone = "upper"\nexpected = "jacket {at}"\nseen = "{truth}"\n'
    )
    truths = (("same", "present"), ("other", "changed"))
    text = "\n".join(
        pair.format(at=at, name=truths[at % 2][0], truth=truths[at % 2][1]) for at in range(30)
    )
    (scene / "labels.toml").write_text(text)
    words = ("bench", "judge", "hawk", "--labels", scene / "labels.toml", "--max-spend", "1")
    assert run([*map(str, words), "--keep", str(scene / "trust.json")]) == 0


def words(scene: Path, *more: str | Path) -> list[str]:
    said = ("measure", "identity", scene / "ref.png", *more, "--tier", "judge", "--judge", "hawk")
    rest = ("--trust", scene / "trust.json", "--film", scene / "film", "--who", "mara")
    return [str(one) for one in (*said, *rest)]


def said(
    capsys: pytest.CaptureFixture[str], words: list[str], *more: str
) -> tuple[int, dict[str, object]]:
    code = run([*words, *more, "--json"])
    return code, json.loads(capsys.readouterr().out)


def asked(scene: Path) -> list[str]:
    log = scene / "site" / "asked"
    return log.read_text().split() if log.exists() else []


def test_a_judge_that_agreed_with_labels_decides(
    scene: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    benched(scene)
    assert "may decide" in capsys.readouterr().out
    asking = words(scene, scene / "same.png", scene / "other.png")
    code, answer = said(capsys, asking, "--max-spend", "1")
    assert code == 0
    same, other = answer["results"]
    assert [one["decides"] for one in (same, other)] == [True, True]
    assert [one["same"] for one in (same, other)] == [True, False]
    assert (same["score"], same["tier"], same["judge"]) == (1.0, "judge", "hawk")
    assert (same["model"], same["kappa"], same["why"]) == ("hawk 1", 1.0, "")
    assert same["interval"][0] >= 0.5
    assert len(same["attributes"]) == QUESTIONS
    assert other["attributes"]["jacket"] == 0.0
    (jacket,) = (one for one in other["seen"] if one["attribute"] == "jacket")
    assert (jacket["outcome"], jacket["how"]) == ("changed", "it is blue")
    assert run([*asking]) == 0
    told = capsys.readouterr().out
    assert "same.png: 1.0" in told
    assert "  jacket: changed, it is blue" in told


@pytest.mark.usefixtures("trust")
def test_the_price_is_told_first_and_nothing_is_asked_without_a_yes(
    scene: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asking = words(scene, scene / "same.png")
    for more in ((), ("--max-spend", "0.017")):
        code, answer = said(capsys, asking, *more)
        assert (code, answer["asked"], answer["high_usd"]) == (4, False, PRICE)
        assert (answer["questions"], answer["decides"]) == (2 * QUESTIONS + 2, True)
    assert run(asking) == 4
    assert f"up to {PRICE} USD" in capsys.readouterr().err
    assert asked(scene) == []


@pytest.mark.usefixtures("trust")
def test_the_film_pays_and_the_same_pair_is_paid_once(
    scene: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asking = words(scene, scene / "same.png")
    code, first = said(capsys, asking, "--max-spend", PRICE)
    assert code == 0
    # All is on record now: it costs nothing and needs no yes.
    assert said(capsys, asking) == (0, first)
    assert len(asked(scene)) == 2 * QUESTIONS + 2
    _, status = said(capsys, ["status", str(scene / "film")])
    assert (status["spent_usd"], status["held_usd"]) == (PRICE, "0.00")


def test_without_leave_of_its_own_a_judge_tells_what_it_saw_and_decides_nothing(
    scene: Path, trust: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asking, held = words(scene, scene / "same.png"), json.loads(trust.read_text())
    trust.unlink()
    code, answer = said(capsys, asking)
    assert (code, answer["decides"]) == (4, False)
    why = "has not agreed with labels yet"
    assert why in answer["why"]
    code, answer = said(capsys, asking, "--max-spend", "1")
    (row,) = answer["results"]
    assert (code, row["decides"], row["same"], row["score"]) == (0, False, None, 1.0)
    assert why in row["why"]
    trust.write_text(json.dumps(held | {"model": "hawk 0"}))
    assert run(asking) == 0
    told = capsys.readouterr().out
    assert "undecided" in told
    assert "hawk 0 of hawk has leave to decide, not hawk 1" in told


@pytest.mark.usefixtures("trust")
def test_a_judge_that_falls_for_the_trap_gives_no_score(
    scene: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (scene / "site" / "nods").touch()
    code, answer = said(capsys, words(scene, scene / "same.png"), "--max-spend", "1")
    (row,) = answer["results"]
    assert (code, row["score"], row["same"], row["decides"]) == (0, None, None, False)
    assert "made up" in row["not_measurable"]


@pytest.mark.usefixtures("trust")
def test_a_picture_that_cannot_be_read_is_told_and_the_others_are_judged(
    scene: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asking = words(scene, scene / "none.png", scene / "same.png")
    code, answer = said(capsys, asking)
    assert (code, answer["asked"], len(answer["errors"])) == (4, False, 1)
    code, answer = said(capsys, asking, "--max-spend", PRICE)
    assert code == 3
    assert [Path(one["file"]).name for one in answer["results"]] == ["same.png"]
    assert [Path(one["where"]).name for one in answer["errors"]] == ["none.png"]
    assert run(words(scene, scene / "none.png")) == 3


@pytest.mark.usefixtures("trust")
def test_a_bust_is_asked_about_what_it_shows_and_its_trap_too(
    scene: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asking = [*words(scene, scene / "same.png"), "--view", "bust"]
    code, answer = said(capsys, asking, "--max-spend", "1")
    (row,) = answer["results"]
    assert (code, row["decides"]) == (0, True)
    assert not {"boots", "jacket"} & set(row["attributes"])
    assert "hair colour" in row["attributes"]


@pytest.mark.parametrize("missing", ["--judge", "--trust", "--film", "--who"])
def test_what_a_judge_needs_is_said_in_a_sentence(
    scene: Path, capsys: pytest.CaptureFixture[str], missing: str
) -> None:
    asking = words(scene, scene / "same.png")
    at = asking.index(missing)
    assert run(asking[:at] + asking[at + 2 :]) == 2
    assert f"A judge cannot be asked without {missing}." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("old", "new", "code", "told"),
    [
        ("mara", "tom", 2, "Nobody of this film's cast is called 'tom'"),
        ("hawk", "kite", 6, "There is no provider called 'kite'"),
        ("judge", "embedded", 2, "--judge, --trust, --film, --who are of use to a judge only"),
    ],
)
def test_words_that_do_not_fit_are_refused(
    scene: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, code: int, told: str
) -> None:
    asking = [new if one == old else one for one in words(scene, scene / "same.png")]
    assert run(asking) == code
    assert told in capsys.readouterr().err


def test_an_amount_that_is_no_money_is_a_usage_error(
    scene: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bench = ["bench", "judge", "hawk"]
    for asking in (words(scene, scene / "same.png"), bench):
        assert run([*asking, "--max-spend", "abc"]) == 2
        assert "'abc' is not an amount of money" in capsys.readouterr().err


def test_a_file_of_trust_that_is_none_is_refused_before_anything_is_asked(
    scene: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asking = words(scene, scene / "same.png")
    for text in ("[" * 60_000, '{"judge": "hawk"}', ""):
        (scene / "trust.json").write_text(text)
        assert run([*asking, "--max-spend", "1"]) == 3
        assert "no record of a judge's trust" in capsys.readouterr().err
    assert asked(scene) == []


def test_a_group_is_nobody_that_a_judge_can_compare(
    scene: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = scene / "film" / "cast" / "mara.toml"
    path.write_text(MARA.replace('name = "Mara"', 'name = "the children"\nmembers = 3'))
    assert run(words(scene, scene / "same.png")) == 2
    assert "the children are 3" in capsys.readouterr().err
