"""trail as a person and a build job meet it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from stillreel.cli.door import run
from throwaway import Ingredient, authority, flipped, picture

if TYPE_CHECKING:
    from pathlib import Path

PROMISED = {
    *("format", "file", "media_type", "state", "issuer", "claim_generator", "actions"),
    *("digital_source_types", "signed_time", "synthid", "aigc_label", "ingredients", "worst"),
}


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """A film with a clip in it that was made from a tampered still."""
    signer = authority().signer()
    still = flipped(signer.sign(picture(2)), -40)
    clip = signer.sign(picture(3), Ingredient("C23 still \x1b[2J", still, "inputTo"))
    path = tmp_path / "film.png"
    path.write_bytes(signer.sign(picture(4), Ingredient("C23", clip)))
    return path


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    path = tmp_path / "plain.png"
    path.write_bytes(picture())
    return path


def test_one_file_is_one_document_with_every_promised_key(
    plain: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["trail", str(plain), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert set(told) >= PROMISED
    assert (told["state"], told["worst"], told["synthid"]) == (
        "NoManifest",
        "NoManifest",
        "not-checkable",
    )


def test_several_files_are_results_of_one_document(
    plain: Path, film: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["trail", str(plain), str(film), "--json"]) == 3
    told = json.loads(capsys.readouterr().out)
    assert [one["worst"] for one in told["results"]] == ["NoManifest", "Invalid"]


def test_a_fault_deep_in_the_chain_ends_with_3_and_names_the_clip(
    film: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    anchors = authority().anchors(film.parent)
    assert run(["trail", str(film), "--anchors", str(anchors)]) == 3
    said = capsys.readouterr()
    assert f"{film}: Trusted (image/png)" in said.out
    assert "  worst        Invalid" in said.out
    assert "componentOf C23: Trusted" in said.out
    assert "Invalid, because of C23 > C23 still" in said.err
    assert "\x1b" not in said.out + said.err, "a title must not move the cursor"


def test_a_fault_of_the_file_itself_is_said_to_be_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "empty.png"
    path.write_bytes(b"")
    assert run(["trail", str(path)]) == 3
    assert "Unreadable, because of the file itself" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "No file is given"),
        ([".", "film.mp4"], "A project is followed by itself"),
        (["gone.png"], "No such file"),
    ],
)
def test_what_cannot_be_asked_is_a_sentence(
    words: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["trail", *words]) == 2
    assert sentence in capsys.readouterr().err
