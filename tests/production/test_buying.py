"""What a film buys with is laid out before anybody knows what can be bought."""

import pytest

from stillreel.ledger.spend.nouns import PaidJob
from stillreel.production.buying import lanes_of
from stillreel.production.settings import FilmSettings, Make


def test_every_paid_provider_has_a_lane_whether_or_not_it_has_its_key_and_price(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ARK_API_KEY", "a-key")
    monkeypatch.delenv("FAL_KEY", raising=False)
    make = Make(sheets=("lumen",), boards="gpt-image", clips=("ark", "fal", "pollo", "animatic"))
    before = PaidJob("film", "p", 1, "clip", "C01", "ltx", "tag", "running", 1, "")
    lanes = lanes_of(FilmSettings(make=make), (before,))
    assert sorted(lane.provider for lane in lanes) == ["ark", "fal", "gpt-image", "ltx", "pollo"]
    assert all(lane.concurrency >= 1 for lane in lanes)


def test_what_judged_has_a_lane_only_while_it_is_under_way() -> None:
    done = PaidJob("film", "p", 1, "judge", "mara", "llm", "tag", "verified", 1, "")
    assert lanes_of(FilmSettings(make=Make(sheets=("ink",), clips=("animatic",))), (done,)) == ()
