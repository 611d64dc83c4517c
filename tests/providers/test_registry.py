"""Bundled and foreign providers come through the same door."""

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


def test_a_misspelt_provider_is_told_which_there_are() -> None:
    with pytest.raises(NotConfigured, match="lumin"):
        registry.still("lumin")


@pytest.mark.usefixtures("strangers")
def test_a_front_end_is_no_platform() -> None:
    with pytest.raises(NotConfigured, match="no platform"):
        registry.motion("crayon")
