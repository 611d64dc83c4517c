"""An independent validator, which shares no code with the reader, agrees on what is intact."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

import throwaway
from stillreel.trail.read import read
from throwaway import Ingredient, authority, clip, flipped, picture

if TYPE_CHECKING:
    from pathlib import Path

    from stillreel.trail.nouns import Credential

FILES = {"image/png": picture(), "image/jpeg": picture(kind=".jpg"), "video/mp4": clip()}


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Give the validator a home of its own, in which it may note that it is to send nothing."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))


def both(
    folder: Path, data: bytes, kind: str, at: datetime = throwaway.NOW
) -> tuple[Credential, Any]:
    from encypher_c2pa import verify

    path = folder / "file"
    path.write_bytes(data)
    anchors = authority().anchors(folder)
    second = verify(
        path,
        kind,
        trust_pem=anchors.read_text(),
        validation_time=f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        telemetry=False,
        online=False,
    )
    return read(path, anchors=anchors, at=at), second


@pytest.mark.parametrize("kind", FILES)
def test_both_call_a_chain_of_three_intact_and_trusted(tmp_path: Path, kind: str) -> None:
    signer = authority().signer()
    still = signer.sign(picture(2))
    panel = signer.sign(picture(3), Ingredient("still", still, "inputTo"))
    film = signer.sign(FILES[kind], Ingredient("panel", panel), mime=kind)
    first, second = both(tmp_path, film, kind)
    assert first.worst == "Trusted"
    assert second["trust"]["status"] == "valid_for_supplied_material"
    assert second["integrity"] == "valid"


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_both_call_a_flipped_bit_broken_wherever_it_is(
    tmp_path: Path, kind: str, share: float
) -> None:
    signed = authority().signer().sign(FILES[kind], mime=kind)
    # The store stands at the front of each of these formats, and is some 3 KB long.
    at = 3400 + int(share * (len(signed) - 3400))
    first, second = both(tmp_path, flipped(signed, at), kind)
    assert first.state in {"Invalid", "Unreadable"}
    assert second["integrity"] == "invalid"


def test_both_call_what_has_ended_intact_and_no_longer_trusted(tmp_path: Path) -> None:
    signed = authority().signer(days=100).sign(picture())
    first, second = both(tmp_path, signed, "image/png", throwaway.NOW + timedelta(days=200))
    assert (first.facts.integrity.value, second["integrity"]) == ("intact", "valid")
    assert first.facts.time.value == "expired"
    assert second["trust"]["status"] == "not_valid_for_supplied_material"
