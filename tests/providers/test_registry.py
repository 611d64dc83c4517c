"""Bundled and foreign providers come through the same door."""

from pathlib import Path

import pytest

from stillreel.errors import NotConfigured
from stillreel.providers import registry


@pytest.mark.usefixtures("strangers")
def test_a_strangers_provider_is_found_and_ready() -> None:
    assert "crayon" in registry.names()
    assert registry.still("crayon").offer.model == "crayon 1"


@pytest.mark.usefixtures("strangers")
def test_a_provider_that_cannot_load_is_broken_and_says_why() -> None:
    row = next(one for one in registry.listed() if one.id == "broken")
    assert row.status.state == "broken"
    assert "extra [broken]" in row.status.reason
    with pytest.raises(NotConfigured, match=r"extra \[broken\]"):
        registry.still("broken")


def test_the_bundled_providers_are_ready() -> None:
    states = {one.id: one.status.state for one in registry.listed()}
    assert {name: states.get(name) for name in ("lumen", "ink", "animatic")} == dict.fromkeys(
        ("lumen", "ink", "animatic"), "ready"
    )


def test_what_is_experimental_is_listed_as_such() -> None:
    told = {one.id: one.status.reason for one in registry.listed()}
    assert told["pollo"].startswith("experimental; no key")
    assert told["gpt-image:2.6-flare"].startswith("experimental")
    assert not told["ark"].startswith("experimental")


@pytest.mark.parametrize("name", ["ark", "hand-off", "diffusers-video"])
def test_a_user_takes_a_provider_out_of_use_and_says_why(name: str, tmp_path: Path) -> None:
    (tmp_path / f"{name}.toml").write_text('disabled = "the client wants no bytes in that country"')
    registry.offers_from(tmp_path)
    try:
        row = next(one for one in registry.listed() if one.id == name)
        assert row.status.state == "disabled"
        assert "no bytes in that country" in row.status.reason
        with pytest.raises(NotConfigured, match="is disabled: the client wants"):
            registry.motion(name)
    finally:
        registry.offers_from(tmp_path / "nowhere")


def test_a_misspelt_provider_is_told_which_there_are() -> None:
    with pytest.raises(NotConfigured, match="lumin"):
        registry.still("lumin")


@pytest.mark.usefixtures("strangers")
def test_a_front_end_is_no_platform() -> None:
    with pytest.raises(NotConfigured, match="no platform"):
        registry.motion("crayon")
