"""Clips by the token: published bills, and what is not known stays not known."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from rehearsed import clip_ask
from stillreel.errors import NotConfigured
from stillreel.providers import metered
from stillreel.providers.offer import Offer
from stillreel.values.money import Money

if TYPE_CHECKING:
    from pathlib import Path


def offer(**more: Any) -> Offer:
    told: dict[str, Any] = {
        "provider": "acme",
        "dated": date(2026, 11, 27),
        "makes": "motion",
        "model": "acme-1",
        "version": "1",
        "seconds": (4, 15),
        "resolutions": ("720p",),
        "sizes": [
            {"resolution": "720p", "ratio": "16:9", "pixels": (1280, 720)},
            {"resolution": "720p", "ratio": "4:3", "pixels": (1112, 834)},
        ],
        "prices": [{"usd": "7", "per": "million tokens"}],
    }
    return Offer.model_validate({**told, **more})


def test_a_quote_holds_the_bill_with_one_frame_more_and_the_one_without(tmp_path: Path) -> None:
    quote = metered.quote(clip_ask(tmp_path, frames=14), offer())
    # A measured bill of 6 s: 1280 * 720 * (24 * 6 + 1) / 1024 tokens; without the frame 129,600.
    assert (quote.low.micros, quote.high.micros) == (129_600 * 7, 130_500 * 7)


@pytest.mark.parametrize(
    ("told", "tokens"),
    [
        ({"resolution": "720p", "aspect_ratio": "16:9", "duration": 5}, 108_000),
        ({"resolution": "720p", "aspect_ratio": "9:16", "duration": "5"}, 108_000),
        ({"resolution": "720p", "aspect_ratio": "3:4", "duration": 4}, 86_944),
        ({"resolution": "720p", "aspect_ratio": "auto", "duration": 5}, None),
        ({"resolution": "720p", "aspect_ratio": "16:9", "duration": "auto"}, None),
        ({"resolution": "8k", "aspect_ratio": "16:9", "duration": 5}, None),
        ({}, None),
    ],
    ids=str,
)
def test_a_clip_is_worth_what_its_own_fields_say(
    told: dict[str, object], tokens: int | None
) -> None:
    found = metered.worth(told, offer())
    assert found == (None if tokens is None else Money(tokens * 7))


def test_without_a_price_per_token_there_is_no_guess(tmp_path: Path) -> None:
    sold_otherwise = offer(prices=[{"usd": "0.40", "per": "second"}])
    with pytest.raises(NotConfigured, match="no price per million tokens at 720p"):
        metered.quote(clip_ask(tmp_path), sold_otherwise)
