"""Clips go to the platform that the router names, and wait while none is free."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rehearsed import clip_ask
from stillreel.errors import GateError, NotConfigured
from stillreel.ledger.spend.nouns import PaidJob
from stillreel.production.dispatch import Dispatcher, Past, left_out
from stillreel.providers import registry
from stillreel.providers.ask import MotionAsk
from stillreel.values.money import Money

NAMES = ("ark", "ark:fast")


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARK_API_KEY", "a-key")


NOW = 1_000_000.0


def dispatcher(
    left: str = "100.00",
    names: tuple[str, ...] = NAMES,
    *,
    jobs: tuple[PaidJob, ...] = (),
    hedge: bool = False,
) -> Dispatcher:
    return Dispatcher(
        names,
        "film",
        jobs=lambda: jobs,
        hedge=hedge,
        left=lambda: Money.parse(left),
        clips=0,
        prefer="fast",
        now=lambda: NOW,
    )


def asks(folder: Path, clip: str) -> dict[str, MotionAsk]:
    ask = replace(clip_ask(folder), subject=clip)
    return dict.fromkeys(NAMES, ask)


def test_one_platform_needs_no_router(tmp_path: Path) -> None:
    one = dispatcher(names=("ark",))
    assert asyncio.run(one.platform("C01", asks(tmp_path, "C01"), {})) == "ark"


def test_the_quicker_platform_goes_first_and_full_ones_make_clips_wait(tmp_path: Path) -> None:
    slots = sum(registry.offer(name).concurrency for name in NAMES)

    async def crowd() -> tuple[list[str], int, str]:
        desk = dispatcher()
        names = [f"C{n:02}" for n in range(slots + 1)]
        tasks = [
            asyncio.create_task(desk.platform(name, asks(tmp_path, name), {})) for name in names
        ]
        for _ in range(20):
            await asyncio.sleep(0)
        done = [name for name, task in zip(names, tasks, strict=True) if task.done()]
        waiting = next(task for task in tasks if not task.done())
        desk.ended(done[0], made=True)
        return [task.result() for task in tasks if task.done()], len(done), await waiting

    chosen, sent, last = asyncio.run(crowd())
    assert sent <= slots
    assert chosen[0] == "ark:fast"
    assert last in NAMES


def test_a_platform_that_failed_a_clip_does_not_get_it_again(tmp_path: Path) -> None:
    barred = {"ark:fast": "a face too real"}
    assert asyncio.run(dispatcher().platform("C01", asks(tmp_path, "C01"), barred)) == "ark"


def test_a_film_that_cannot_be_paid_stops_before_anything_is_sent(tmp_path: Path) -> None:
    with pytest.raises(GateError, match="No platform can take C01"):
        asyncio.run(dispatcher("0.10").platform("C01", asks(tmp_path, "C01"), {}))


def under_way(clip: str, since: float) -> PaidJob:
    """A job that ark has had for so many seconds."""
    at = datetime.fromtimestamp(NOW - since, UTC).isoformat()
    facts = {"state": "running", "vendor_id": "1", "created_at": at, "sent_at": at}
    return PaidJob("film", clip, 1, "clip", clip, "ark", "tag", reserved=1, ask="", **facts)


def called(folder: Path, since: float, left: str, *, hedge: bool) -> str:
    """Where a clip that ark has had for so long is ordered too; empty for nowhere."""

    async def ask() -> str:
        desk = dispatcher(left, jobs=(under_way("C01", since),), hedge=hedge)
        late = desk.late("C01", asks(folder, "C01"), {})
        await asyncio.sleep(0)
        told = late.result() if late.done() else ""
        desk.ended("C01", made=True)
        return told

    return asyncio.run(ask())


def test_a_clip_that_is_late_is_ordered_elsewhere_only_where_the_film_hedges(
    tmp_path: Path,
) -> None:
    assert called(tmp_path, 3_000.0, "100.00", hedge=True) == "ark:fast"
    assert called(tmp_path, 3_000.0, "100.00", hedge=False) == ""


def test_a_clip_that_is_not_late_or_that_the_money_does_not_cover_is_ordered_once(
    tmp_path: Path,
) -> None:
    assert called(tmp_path, 10.0, "100.00", hedge=True) == ""
    assert called(tmp_path, 3_000.0, "0.10", hedge=True) == ""


def test_a_platform_without_its_key_is_seen_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ARK_API_KEY")
    registry.forget()
    assert [one.key for one in Past((), NAMES, "film").options()] == [False, False]
    registry.forget()


def test_a_platform_that_is_not_ready_is_left_out_with_its_reason_and_the_others_go_on(
    tmp_path: Path,
) -> None:
    names = ("pollo:mini", "ark")
    assert left_out(("pollo:mini",)) == {}
    (told,) = left_out(names).values()
    assert told.startswith("no key: set POLLO_API_KEY; no price is published")
    ask = clip_ask(tmp_path)
    both = dict.fromkeys(names, ask)
    assert asyncio.run(dispatcher(names=names).platform("C01", both, {})) == "ark"
    with pytest.raises(NotConfigured, match="No platform of this film is ready: pollo, pollo:mini"):
        asyncio.run(dispatcher(names=("pollo", "pollo:mini")).platform("C01", both, {}))
