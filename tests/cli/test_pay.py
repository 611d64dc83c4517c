"""What is said of a job that was to be stopped."""

from stillreel.cli.pay import cancelled
from stillreel.ledger.spend.nouns import PaidJob


def stopped(state: str, charged: int | None) -> str:
    facts = {"state": state, "reserved": 2_000_000, "charged": charged, "ask": ""}
    return cancelled(PaidJob("film", "p", 1, "clip", "C01", "ark", "tag", **facts))


def test_a_vendor_that_does_not_stop_a_job_is_told() -> None:
    told = "C01 is running, 2.00 USD: ark did not stop it, and it may have to be paid"
    assert stopped("running", None) == told
    assert stopped("cancelled", 0) == "C01 is cancelled, 0.00 USD"
