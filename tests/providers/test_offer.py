"""One offers file holds several models; a user's own file wins; every figure has a source."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import TYPE_CHECKING

import pytest

from stillreel.errors import NotConfigured
from stillreel.providers import registry
from stillreel.providers.offer import Offer, load

if TYPE_CHECKING:
    from pathlib import Path

REMOTE = [("stillreel.shelf.ark", "ark"), ("stillreel.shelf", "pollo")]
REMOTE += [("stillreel.shelf.nano_banana", n) for n in ("nano-banana", "nano-banana-batch")]
REMOTE += [("stillreel.shelf.nano_banana", "nano-banana-interactions")]
REMOTE += [("stillreel.shelf.gpt_image", name) for name in ("gpt-image", "gpt-image-batch")]
NO_FIGURES = {"provider", "dated", "makes", "version", "experimental", "sources", "model"}
NO_FIGURES |= {"label", "id", "reads", "reference_syntax"}


def test_a_simple_file_is_one_model() -> None:
    offer = load("stillreel.shelf", "lumen")
    assert (offer.provider, offer.label, offer.local) == ("lumen", "", True)
    with pytest.raises(NotConfigured, match="no model called 'fast'"):
        load("stillreel.shelf", "lumen", "fast")


def test_the_first_model_has_the_plain_name_and_shares_what_is_outside_the_tables() -> None:
    plain, fast = load("stillreel.shelf.ark", "ark"), load("stillreel.shelf.ark", "ark", "fast")
    assert (plain.provider, fast.provider) == ("ark", "ark:fast")
    assert load("stillreel.shelf.ark", "ark", plain.label).provider == "ark"
    assert plain.model != fast.model
    assert plain.base_url == fast.base_url
    assert plain.version != fast.version
    assert plain.resolutions[-1] == "4k"


def test_the_first_figure_that_fits_counts() -> None:
    offer = load("stillreel.shelf.ark", "ark", "2.5")
    assert offer.pixels("480p")["16:9"] == (854, 480)
    assert offer.pixels("480p")["1:1"] == (640, 640)
    price = load("stillreel.shelf.ark", "ark").price("1080p")
    assert price is not None
    assert price.usd == "7.7"


@pytest.mark.parametrize("name", ["gpt_image/gpt-image", "nano_banana/nano-banana"])
def test_a_paid_picture_is_waited_for_well_beyond_what_the_slow_ones_take(name: str) -> None:
    room, _, id_ = name.partition("/")
    package = f"stillreel.shelf.{room}"
    text = resources.files(package).joinpath(f"{id_}.offers.toml").read_text("utf-8")
    for model in tomllib.loads(text)["model"]:
        offer = load(package, id_, model["label"])
        assert offer.accept_longest >= offer.timeout >= 1.5 * offer.prior_seconds[1]


def test_a_users_file_wins_and_may_add_models(tmp_path: Path) -> None:
    mine = tmp_path / "ark.toml"
    mine.write_text(
        """
        timeout = 90
        [[model]]
        label = "fast"
        id = "my-endpoint"
        prices = [{ usd = "1.5", per = "million tokens", resolutions = ["480p"] }]
        [[model]]
        label = "house"
        id = "a-model-of-mine"
        """
    )
    fast = load("stillreel.shelf.ark", "ark", "fast", mine)
    assert (fast.model, fast.timeout) == ("my-endpoint", 90)
    assert [fast.price(one).usd for one in ("480p", "720p")] == ["1.5", "5.6"]  # pyright: ignore[reportOptionalMemberAccess]
    assert load("stillreel.shelf.ark", "ark", "house", mine).provider == "ark:house"
    assert load("stillreel.shelf.ark", "ark", "fast").timeout == 60


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("seconds = 'long'", "wrong seconds"),
        ("colour = 3", "wrong colour"),
        ("= 3", "cannot be read"),
    ],
)
def test_a_mistake_in_a_users_file_is_told_with_its_place(
    text: str, words: str, tmp_path: Path
) -> None:
    mine = tmp_path / "ark.toml"
    mine.write_text(text)
    with pytest.raises(NotConfigured, match=words) as told:
        load("stillreel.shelf.ark", "ark", "", mine)
    assert str(mine) in told.value.where


@pytest.mark.parametrize(("package", "name"), REMOTE)
def test_every_figure_has_a_source_with_a_date(package: str, name: str) -> None:
    text = resources.files(package).joinpath(f"{name}.offers.toml").read_text("utf-8")
    held = tomllib.loads(text)
    figures = set(held) | {key for model in held["model"] for key in model}
    for label in registry.labels(text):
        offer = load(package, name, label)
        told = {figure for source in offer.sources for figure in source.figures}
        assert figures - NO_FIGURES <= told
        assert told <= set(Offer.model_fields)


def test_the_models_of_a_provider_are_listed_by_name() -> None:
    names = registry.names()
    assert {"ark", "ark:fast", "ark:mini", "ark:2.5", "pollo", "pollo:mini"} <= set(names)
    assert "ark:2.0" not in names


def test_a_name_with_a_colon_is_that_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARK_API_KEY", "sk-0123456789abcdef")
    assert registry.motion("ark:fast").id == "ark:fast"
    assert registry.motion("ark:2.0").id == "ark"
    with pytest.raises(NotConfigured, match="no model called 'turbo'"):
        registry.motion("ark:turbo")


@pytest.mark.usefixtures("strangers")
def test_a_strangers_plain_provider_has_one_model() -> None:
    with pytest.raises(NotConfigured, match="has one model"):
        registry.still("crayon:blue")


def test_a_platform_without_a_key_or_a_price_says_what_to_set(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("ARK_API_KEY", raising=False)
    with pytest.raises(NotConfigured, match="set ARK_API_KEY"):
        registry.motion("ark")
    monkeypatch.setenv("POLLO_API_KEY", "pk-0123456789abcdef")
    with pytest.raises(NotConfigured, match="no price is published"):
        registry.motion("pollo")
    (tmp_path / "pollo.toml").write_text('prices = [{ usd = "0.80", per = "clip" }]')
    try:
        registry.offers_from(tmp_path)
        assert registry.motion("pollo").offer.prices[0].usd == "0.80"
        assert registry.motion("pollo:mini").offer.prices[0].usd == "0.80"
    finally:
        registry.offers_from(tmp_path / "nowhere")
