"""What carrying paid jobs costs: CPU beside the vendors' own time, memory, and jobs a second.

    .venv/bin/python benchmarks/orchestration.py [--jobs 40 5000] [--postgres --workers 4]

The vendor answers at once from memory, so that all that is measured is ours: the spend ledger, the
engine, the store. With --postgres, so many worker processes share a database of their own, and the
share of each is printed.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import multiprocessing
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path += [str(ROOT / "tests"), str(ROOT / "tools")]


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--jobs", type=int, nargs="+", default=[40, 5000])
    words.add_argument("--lanes", type=int, default=100)
    words.add_argument("--postgres", action="store_true")
    words.add_argument("--workers", type=int, default=4)
    chosen = words.parse_args()
    for count in chosen.jobs:
        if chosen.postgres:
            _shared(count, chosen.lanes, chosen.workers)
            continue
        # a process for each size, so that memory is its own
        one = multiprocessing.get_context("spawn").Process(
            target=_alone, args=(count, chosen.lanes)
        )
        one.start()
        one.join()
    return 0


def _alone(count: int, lanes: int) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        url = f"sqlite:///{folder / 'ledger.db'}"
        engine = f"sqlite:///{folder / 'engine.db'}"
        asyncio.run(_measured(folder, url, engine, count, lanes))


async def _measured(folder: Path, url: str, engine_url: str, count: int, lanes: int) -> None:
    spend, engine, jobs = _prepared(folder, url, engine_url, count, lanes, None)
    began, cpu = time.monotonic(), time.process_time()
    await engine.open()
    opened = time.process_time() - cpu
    ended = await asyncio.gather(*(engine.carry(job, fresh=True) for job in jobs))
    wall, cpu = time.monotonic() - began, time.process_time() - cpu
    await engine.close()
    assert {job.state for job in ended} == {"verified"}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{count} jobs on SQLite: {wall:.1f} s wall, {cpu:.2f} CPU-s of which {opened:.2f} to open "
        f"the engine, {1000 * (cpu - opened) / count:.1f} CPU-ms a job, {peak} MB"
    )
    spend.close()


def _prepared(folder: Path, url: str, engine_url: str, count: int, lanes: int, slot: object):  # noqa: ANN202
    from kiln import Clock, Kiln
    from stillreel.engine.durable import Engine
    from stillreel.engine.launch import Lane
    from stillreel.engine.purchase import Buyer
    from stillreel.engine.record import Home
    from stillreel.ledger.spend.book import SpendBook
    from stillreel.ledger.store import FileStore
    from stillreel.production.open import utc_now

    clock = Clock()
    kiln = Kiln(clock, words=["running", "succeeded"])
    spend = SpendBook(url, utc_now)
    home = Home(folder, FileStore(folder / "files"))
    tags = (f"sr-{os.getpid()}-{n}" for n in itertools.count())
    buyer = Buyer(
        spend,
        home=lambda _: home,
        provider=lambda _: kiln,
        watch=clock.watch,
        tag=lambda: next(tags),
        owner=getattr(slot, "name", "alone"),
        sleep=clock.sleep,
    )
    engine = Engine(buyer, spend, url=engine_url, lanes=[Lane("kiln", lanes)], slot=slot, grain=0.2)
    jobs = [_job(spend, folder, next(tags), n) for n in range(count)]
    return spend, engine, jobs


def _job(spend, folder: Path, tag: str, number: int):  # noqa: ANN001, ANN202
    from kiln import PRICE
    from stillreel.engine import asks
    from stillreel.ledger.spend.nouns import Caps, PaidJob
    from stillreel.providers.ask import StillAsk
    from stillreel.values import digest as digests

    ask = StillAsk(f"C{number:04}", "board", "one man", 320, 180, seed=number, take=1)
    text = asks.written(ask, folder)
    job = PaidJob(
        film="film",
        purchase=f"take-{number}",
        attempt=1,
        stage="clip",
        subject=ask.subject,
        provider="kiln",
        tag=tag,
        state="intent",
        reserved=PRICE.micros,
        ask=digests.of_parts((text,)),
    )
    return spend.reserve(job, text, lambda: Caps(10**12))


def _shared(count: int, lanes: int, workers: int) -> None:
    from database import server

    with tempfile.TemporaryDirectory() as place, server() as base:
        folder, url = Path(place), base.url.replace("postgresql://", "postgresql+psycopg://")
        context = multiprocessing.get_context("spawn")
        gate, told = context.Barrier(workers + 1), context.Queue()
        crew = [
            context.Process(target=_worker, args=(folder, url, lanes // workers, gate, told))
            for _ in range(workers)
        ]
        asyncio.run(_fill(folder, url, count, lanes))
        for one in crew:
            one.start()
        gate.wait()
        began = time.monotonic()
        _until_done(url, count)
        wall = time.monotonic() - began
        gate.wait()
        cpus = [told.get() for _ in crew]
        for one in crew:
            one.join()
        shares = _shares(url)
    even = count / workers
    off = max(abs(share - even) for share in shares) / even
    print(
        f"{count} jobs on Postgres, {workers} workers: {wall:.1f} s wall, "
        f"{1000 * sum(cpus) / count:.1f} CPU-ms a job in the workers, shares {shares}, "
        f"{100 * off:.0f} % from even"
    )


async def _fill(folder: Path, url: str, count: int, lanes: int) -> None:
    """Hand all jobs over, as a film does, without carrying any."""
    from stillreel.engine.slots import Slot

    slot = Slot(url)
    spend, engine, jobs = _prepared(folder, url, url, count, lanes, slot)
    engine._works = False  # noqa: SLF001 - a film that leaves the work to others
    await engine.open()
    for job in jobs:
        await engine._hand_over(job, fresh=True)  # noqa: SLF001
    await engine.close()
    spend.close()
    slot.close()


def _worker(folder: Path, url: str, lanes: int, gate, told) -> None:  # noqa: ANN001
    asyncio.run(_work(folder, url, lanes, gate, told))


async def _work(folder: Path, url: str, lanes: int, gate, told) -> None:  # noqa: ANN001
    from stillreel.engine.slots import Slot

    slot = Slot(url)
    spend, engine, _ = _prepared(folder, url, url, 0, lanes, slot)
    gate.wait()
    await engine.open()
    cpu = time.process_time()
    done = asyncio.get_running_loop().run_in_executor(None, gate.wait)
    while not done.done():
        await engine.rest(0.2)
    told.put(time.process_time() - cpu)
    await engine.close()
    spend.close()
    slot.close()


def _until_done(url: str, count: int) -> None:
    from stillreel.ledger.spend.book import SpendBook
    from stillreel.production.open import utc_now

    spend = SpendBook(url, utc_now)
    while len(spend.all("film", ("verified",))) < count:
        time.sleep(0.5)
    spend.close()


def _shares(url: str) -> list[int]:
    from collections import Counter

    from stillreel.ledger.spend.book import SpendBook
    from stillreel.production.open import utc_now

    spend = SpendBook(url, utc_now)
    found = Counter(job.owner for job in spend.all("film"))
    spend.close()
    return sorted(found.values())


if __name__ == "__main__":
    sys.exit(main())
