"""What an offer makes of an ask for a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pictured import board_ask
from stillreel.errors import NotConfigured, Refused
from stillreel.providers import stills
from stillreel.providers.figures import Canvas
from stillreel.providers.offer import Offer
from stillreel.values.money import Money

if TYPE_CHECKING:
    from pathlib import Path

OFFER = Offer.model_validate(
    {
        "provider": "somebody",
        "dated": "2026-11-27",
        "makes": "still",
        "model": "m",
        "version": "1",
        "resolutions": ["1K", "2K"],
        "sizes": [
            {"resolution": "1K", "ratio": "16:9", "pixels": [1376, 768]},
            {"resolution": "2K", "ratio": "16:9", "pixels": [2752, 1536]},
        ],
        "references_max": 3,
        "quotas": [{"kind": "people", "most": 2}],
        "prices": [{"usd": "2.5", "per": "million tokens", "of": "words"}],
    }
)
RULES = Canvas(step=16, longest=3840, ratio=3.0, area=(655_360, 8_294_400))


def test_the_smallest_listed_size_that_is_not_below_what_is_asked(tmp_path: Path) -> None:
    for size, resolution in (((1280, 720), "1K"), ((1600, 900), "2K"), ((9000, 5000), "2K")):
        assert stills.listed(board_ask(tmp_path, 0, size), OFFER).resolution == resolution
    with pytest.raises(Refused, match="900x900 is none"):
        stills.listed(board_ask(tmp_path, 0, (900, 900)), OFFER)


@pytest.mark.parametrize("wide", range(400, 4000, 333))
@pytest.mark.parametrize("high", [400, 905, 2160])
def test_every_free_size_keeps_to_the_rules_and_near_the_shape(
    wide: int, high: int, tmp_path: Path
) -> None:
    ask, offer = board_ask(tmp_path, 0, (wide, high)), OFFER.model_copy(update={"canvas": RULES})
    if max(wide, high) > 3.1 * min(wide, high):
        with pytest.raises(Refused, match="3 times the shorter"):
            stills.free(ask, offer)
        return
    width, height = stills.free(ask, offer)
    assert width % 16 == height % 16 == 0
    assert 655_360 <= width * height <= 8_294_400
    assert max(width, height) <= min(3840, 3 * min(width, height))
    assert abs(width / height * high / wide - 1) < 0.05


def test_references_are_counted_in_all_and_by_kind(tmp_path: Path) -> None:
    assert len(stills.sent(board_ask(tmp_path, 2), OFFER)) == 2
    with pytest.raises(Refused, match="3 pictures of people; somebody takes 2"):
        stills.sent(board_ask(tmp_path, 3), OFFER)
    with pytest.raises(Refused, match="carries 4 pictures; somebody takes 3"):
        stills.sent(board_ask(tmp_path, 4), OFFER)


def test_tokens_cost_what_the_offer_says_and_nothing_is_guessed() -> None:
    assert stills.cost(OFFER, {"words": 1000}) == Money(2500)
    with pytest.raises(NotConfigured, match="no price per million tokens of thoughts"):
        stills.cost(OFFER, {"thoughts": 1})
