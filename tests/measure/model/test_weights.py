"""Weights: a yes to the licence first, one download, one digest for ever, and work offline."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest
import tiny

from stillreel.errors import Damaged, NotConfigured, StorageError
from stillreel.measure.model.card import catalogue
from stillreel.measure.model.kit import open_kit
from stillreel.measure.model.network import Network
from stillreel.measure.model.weights import fetch, here, no_one, public_hub

if TYPE_CHECKING:
    from pathlib import Path

    from stillreel.measure.model.card import ModelCard


def yes(card: ModelCard) -> bool:
    return bool(card.licence)


def test_nothing_is_fetched_without_a_yes(tmp_path: Path) -> None:
    hub = tiny.Cupboard(tiny.mean_colour())
    with pytest.raises(NotConfigured, match="not agreed to") as told:
        fetch(tiny.card(), tmp_path, no_one, hub)
    assert hub.asked == []
    assert "CC0-1.0" in told.value.where
    assert list(tmp_path.iterdir()) == []


def test_the_licence_and_what_nobody_checked_are_shown_before_the_yes(tmp_path: Path) -> None:
    shown: list[str] = []

    def ask(card: ModelCard) -> bool:
        shown.append(card.terms)
        return True

    fetch(tiny.card(), tmp_path, ask, tiny.Cupboard(tiny.mean_colour()))
    assert len(shown) == 1
    assert "Licence: CC0-1.0" in shown[0]
    assert "Not verified: repo, file, licence, preprocessing" in shown[0]


def test_what_was_fetched_is_recorded_and_not_asked_for_again(tmp_path: Path) -> None:
    hub = tiny.Cupboard(tiny.mean_colour())
    weights = fetch(tiny.card(), tmp_path, yes, hub)
    again = fetch(tiny.card(), tmp_path, no_one, hub)
    assert hub.asked == [("someone/tiny", "main", "onnx/model.onnx")]
    assert weights == again
    assert weights.used.revision == "0123abc"
    assert weights.used.sha256 == hub.sha256
    assert weights.used.licence == "CC0-1.0"
    record = json.loads((tmp_path / "tiny" / "record.json").read_text())
    assert record["repo"] == "someone/tiny"
    assert record["sha256"] == hub.sha256
    assert not (tmp_path / "fetching" / "tiny").exists()


def test_weights_laid_in_the_folder_by_hand_work_offline(tmp_path: Path) -> None:
    tiny.lay(tmp_path, tiny.card(), tiny.mean_colour())
    weights = here(tiny.card(), tmp_path)
    assert weights is not None
    assert weights.used.revision == "laid here by hand"
    kit = open_kit(tmp_path, [tiny.card()])
    assert [one.card.id for one in kit.weights] == ["tiny"]


def test_a_file_that_is_not_the_one_on_its_card_is_refused_and_not_kept(tmp_path: Path) -> None:
    card = tiny.card(sha256="0" * 64)
    with pytest.raises(Damaged, match="not the file on its card"):
        fetch(card, tmp_path, yes, tiny.Cupboard(tiny.mean_colour()))
    assert here(card, tmp_path) is None


def test_weights_that_changed_after_the_download_are_refused(tmp_path: Path) -> None:
    weights = fetch(tiny.card(), tmp_path, yes, tiny.Cupboard(tiny.mean_colour()))
    weights.path.write_bytes(tiny.row_means())
    with pytest.raises(Damaged, match="not the file they should be"):
        here(tiny.card(), tmp_path)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "weights").write_text("a file is in the way")
    with pytest.raises(StorageError, match="cannot be kept"):
        fetch(tiny.card(), tmp_path / "weights", yes, tiny.Cupboard(tiny.mean_colour()))


def test_a_no_leaves_one_model_out_and_keeps_the_others(tmp_path: Path) -> None:
    cards = [tiny.card("one"), tiny.card("two")]
    hub = tiny.Cupboard(tiny.mean_colour())
    kit = open_kit(tmp_path, cards, lambda card: card.id == "two", hub)
    assert [weights.card.id for weights in kit.weights] == ["two"]
    assert len(hub.asked) == 1


def test_the_public_hub_tells_the_commit_it_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import huggingface_hub

    def serve(repo: str, file: str, *, revision: str, cache_dir: Path, token: bool) -> str:
        assert (repo, revision, token) == ("someone/tiny", "main", False)
        path = cache_dir / "models--someone--tiny" / "snapshots" / "abc123" / file
        path.parent.mkdir(parents=True)
        path.write_bytes(tiny.mean_colour())
        return str(path)

    monkeypatch.setattr(huggingface_hub, "hf_hub_download", serve)
    weights = fetch(tiny.card(), tmp_path, yes)
    assert weights.used.revision == "abc123"


def test_a_hub_that_cannot_be_reached_is_told_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import huggingface_hub
    from huggingface_hub.errors import LocalEntryNotFoundError

    def nobody(*_: object, **__: object) -> str:
        raise LocalEntryNotFoundError("no network")

    monkeypatch.setattr(huggingface_hub, "hf_hub_download", nobody)
    with pytest.raises(NotConfigured, match="could not be fetched") as told:
        fetch(tiny.card(), tmp_path, yes)
    assert "lay it in the folder" in told.value.next_step
    assert here(tiny.card(), tmp_path) is None


def test_without_any_weights_the_tier_says_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(NotConfigured, match=r"stillreel\[model\]"):
        open_kit(tmp_path)


def test_without_the_extra_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny.lay(tmp_path, tiny.card(), tiny.mean_colour())
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    monkeypatch.setitem(sys.modules, "huggingface_hub", None)
    with pytest.raises(NotConfigured, match=r"onnxruntime is not installed.*stillreel\[model\]"):
        open_kit(tmp_path, [tiny.card()]).network("general")
    with pytest.raises(NotConfigured, match=r"stillreel\[model\]"):
        public_hub("someone/tiny", "main", "model.onnx", tmp_path)


@pytest.mark.parametrize("data", [b"", b"no network at all", tiny.mean_colour()[:40]])
def test_a_file_that_is_no_network_is_told_in_a_sentence(tmp_path: Path, data: bytes) -> None:
    tiny.lay(tmp_path, tiny.card(), data)
    weights = here(tiny.card(), tmp_path)
    assert weights is not None
    with pytest.raises(Damaged, match="cannot be run"):
        Network(weights)


def test_every_card_has_a_licence_and_a_preprocessing_of_its_own() -> None:
    cards = catalogue().model
    assert {card.job for card in cards} == {
        "person",
        "face-boxes",
        "face",
        "drawn",
        "general",
        "style",
    }
    assert len({card.id for card in cards}) == len(cards)
    assert all(card.licence for card in cards)
    assert all("licence" in card.verified or "licence" in card.unverified for card in cards)
    assert cards[0].preprocessing == cards[0].model_copy().preprocessing
    wider = cards[0].model_copy(update={"size": (320, 320)})
    assert wider.preprocessing != cards[0].preprocessing
