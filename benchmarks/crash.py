"""Kill a rehearsed production at random instants and count what the vendors billed.

    .venv/bin/python benchmarks/crash.py --films 20 --kills 50
    .venv/bin/python benchmarks/crash.py --provider pollo --films 4 --kills 25
    .venv/bin/python benchmarks/crash.py --workers 3 --films 4 --kills 50

Each film is `benchmarks/crashing/film.py` in a process of its own, killed with SIGKILL at a random
instant and started again, so often; then it is left to finish. The stand-in vendors live in this
process and are never killed. Printed: clips lost, jobs billed beyond one for a clip, create calls
seen twice, unknown jobs that the ledger does not show, money above the ceiling, how long after a
start the vendor was first met, and how long after a worker's death another asks about its jobs.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

HERE = Path(__file__).parent
sys.path += [str(HERE.parent / "tools"), str(HERE / "crashing")]
STAND_IN = {"ark": "ark", "pollo": "pollo"}
KEYS = {"ARK_API_KEY": "rehearsal", "POLLO_API_KEY": "rehearsal"}
PRICE = 'dated = 2026-11-27\nprices = [{ per = "clip", usd = "1.20" }]\n'


@dataclass
class Counts:
    """What was counted over all films."""

    films: int = 0
    kills: int = 0
    clips: int = 0
    lost: int = 0
    extra: int = 0
    posts: int = 0
    unknown: int = 0
    hidden: int = 0
    over: int = 0
    first: list[float] = field(default_factory=list)
    first_cpu: list[float] = field(default_factory=list)
    adopted: list[float] = field(default_factory=list)


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--films", type=int, default=20)
    words.add_argument("--kills", type=int, default=50, help="for each film")
    words.add_argument("--clips", type=int, default=40)
    words.add_argument("--provider", default="ark", choices=sorted(STAND_IN))
    words.add_argument("--pace", type=float, default=40.0)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--workers", type=int, default=0, help="that share a Postgres database")
    chosen = words.parse_args()
    counts, chance = Counts(), random.Random(chosen.seed)
    for number in range(chosen.films):
        with Vendors(chosen.pace, chosen.seed + number) as vendors:
            (_shared_film if chosen.workers else _film)(chosen, chance, vendors, counts)
        sys.stderr.write(f"film {number + 1} of {chosen.films}: {counts.kills} kills so far\n")
    return _report(chosen, counts)


class Vendors:
    """The stand-ins, served from a thread of this process."""

    def __init__(self, pace: float, seed: int) -> None:
        from adoption import Ear

        from stillreel.rehearsal.clock import Scaled
        from stillreel.rehearsal.house import app
        from stillreel.rehearsal.stage import Conditions

        self.house = app(Scaled(pace), Conditions(seed=seed, slots=20, limits=False))
        self.ear = Ear(self.house)
        self.port = 0
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait(30)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._task.cancel)
        self._thread.join(10)

    def bill(self) -> object:
        async def read() -> object:
            return self.house.stage.meter.bill()

        return asyncio.run_coroutine_threadsafe(read(), self._loop).result(30)

    def _serve(self) -> None:
        from stillreel.rehearsal.house import serve

        def ready(port: int) -> None:
            self.port = port
            self._ready.set()

        async def run() -> None:
            await serve(0, self.ear, ready=ready)

        self._task = self._loop.create_task(run())
        try:
            self._loop.run_until_complete(self._task)
        except asyncio.CancelledError:
            return


def _prepared(chosen: argparse.Namespace, vendors: Vendors) -> tuple[Path, dict[str, str]]:
    """Return a project folder and the environment in which providers reach the stand-ins."""
    folder = Path(tempfile.mkdtemp(prefix="stillreel-crash-"))
    (folder / "film.toml").write_text(
        f'format = 1\n[make]\nclips = ["{chosen.provider}"]\n[money]\nceiling_usd = "1000.00"\n'
    )
    own = folder / "config" / "stillreel" / "offers" / "pollo.toml"
    own.parent.mkdir(parents=True)
    own.write_text(PRICE)
    around = dict(os.environ) | KEYS | {"XDG_CONFIG_HOME": str(folder / "config")}
    around |= {
        f"STILLREEL_{one.upper()}_BASE_URL": f"http://127.0.0.1:{vendors.port}/{mount}"
        for one, mount in STAND_IN.items()
    }
    return folder, around


def _line(chosen: argparse.Namespace, folder: Path) -> list[str]:
    line = [sys.executable, str(HERE / "crashing" / "film.py"), str(folder), "--told"]
    line += ["--clips", str(chosen.clips), "--provider", chosen.provider]
    return [*line, "--pace", str(chosen.pace)]


def _shared_film(
    chosen: argparse.Namespace, chance: random.Random, vendors: Vendors, counts: Counts
) -> None:
    """Kill workers, the film or the database at random, and start again whoever is down."""
    from adoption import NAME, adopted, still_open, until_held
    from database import server

    folder, around = _prepared(chosen, vendors)
    worker = [str(Path(sys.executable).parent / "stillreel"), "worker"]
    worker += ["--pace", str(chosen.pace)]
    with server() as base:
        around["STILLREEL_DATABASE_URL"] = base.url
        crew: dict[str, subprocess.Popen[str]] = {}
        lines = {"film": _line(chosen, folder)}
        lines |= {f"worker {n}": worker for n in range(chosen.workers)}

        def stand_up() -> bool:
            for name, line in lines.items():
                one = crew.get(name)
                if one is not None and one.poll() is None:
                    continue
                if name == "film" and one is not None and one.returncode == 0:
                    return True
                crew[name] = subprocess.Popen(
                    line,
                    env=around | {NAME: name},
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    text=True,
                )
            return False

        for _ in range(chosen.kills):
            if stand_up():
                break
            time.sleep(chance.uniform(0.3, 2.5))
            victim = chance.choice([*lines, "database"])
            if victim == "database":
                base.crash()
                base.start()
            else:
                # Every other time: a second death may also come before the first is noticed.
                timed, theirs = victim != "film" and chance.random() < 0.5, []
                if timed:
                    victim, theirs = until_held(base.url, victim)
                crew[victim].kill()
                crew[victim].wait()
                died = time.monotonic()
                if theirs and (theirs := still_open(base.url, theirs)):
                    counts.adopted.append(adopted(vendors.ear, theirs, died))
                    sys.stderr.write(f"{victim}'s jobs: {counts.adopted[-1]:.2f} s\n")
            counts.kills += 1
        end = time.monotonic() + 600
        while not stand_up() and time.monotonic() < end:
            time.sleep(0.5)
        for one in crew.values():
            one.kill()
            one.wait()
        _count(folder, chosen, vendors, counts, base.url)
    shutil.rmtree(folder)


def _film(
    chosen: argparse.Namespace, chance: random.Random, vendors: Vendors, counts: Counts
) -> None:
    folder, around = _prepared(chosen, vendors)
    line = _line(chosen, folder)
    code = 1
    for kill in range(chosen.kills):
        # The first start of a film is no recovery.
        code = _once(line, around, counts if kill else Counts(), chance.uniform(0.3, 2.5))
        counts.kills += code != 0
        if code == 0:
            # done before all kills: the rest falls on a film that has nothing to do
            break
    while code != 0:
        code = _once(line, around, counts, 600.0)
        if code == 1:
            break
    _count(folder, chosen, vendors, counts)
    shutil.rmtree(folder)


def _once(line: list[str], around: dict[str, str], counts: Counts, after: float) -> int:
    """Run the film for so many seconds at most and return its exit code; -9 when killed."""
    asked = {"STILLREEL_ASKED_AT": str(time.time())}
    child = subprocess.Popen(
        line, env=around | asked, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        out, err = child.communicate(timeout=after)
    except subprocess.TimeoutExpired:
        child.kill()
        out, err = child.communicate()
    for told in out.splitlines():
        if told.startswith("first "):
            _, wall, cpu = told.split()
            counts.first.append(float(wall))
            counts.first_cpu.append(float(cpu))
    if child.returncode not in {0, -9}:
        sys.stderr.write(err[-600:])
    return child.returncode


def _count(
    folder: Path,
    chosen: argparse.Namespace,
    vendors: Vendors,
    counts: Counts,
    database: str = "",
) -> None:
    from stillreel.production.buying import spend_book
    from stillreel.production.folder import Folder

    time.sleep(2)
    bill = vendors.bill()
    with sqlite3.connect(folder / ".stillreel" / "ledger.db") as db:
        takes = db.execute("SELECT count(*) FROM takes WHERE stage = 'clip'").fetchone()[0]
    db.close()
    spend = spend_book(Folder(folder), database)
    jobs = spend.all()
    spend.close()
    unknown = sum(1 for job in jobs if job.state == "unknown")
    counts.films += 1
    counts.clips += takes
    counts.unknown += unknown
    counts.lost += chosen.clips - takes - unknown
    counts.extra += bill.duplicates
    counts.posts += bill.double_posts
    # a job that the vendor billed and that is neither a take nor shown as unknown
    counts.hidden += max(0, bill.billed - takes - unknown)
    counts.over += sum(job.price.micros for job in jobs) > 1_000_000_000


def _report(chosen: argparse.Namespace, counts: Counts) -> int:
    print(f"vendor            {chosen.provider}")
    print(f"films             {counts.films} of {chosen.clips} clips, {counts.kills} kills")
    print(f"clips recorded    {counts.clips}")
    print(f"clips lost        {counts.lost}  (goal 0)")
    print(f"extra billed jobs {counts.extra}  (goal 0)")
    print(f"create calls seen twice {counts.posts}  (goal 0)")
    print(f"unknown, shown    {counts.unknown}  (goal 0 where the vendor can look up)")
    print(f"billed and hidden {counts.hidden}  (goal 0)")
    print(f"over the ceiling  {counts.over}  (goal 0)")
    if counts.first:
        print(f"start to vendor   {_spread(counts.first)}  (goal 0.7, 1.5)")
        print(f"  of it on a core {_spread(counts.first_cpu)}")
    if counts.adopted:
        print(f"dead peer's work  {_spread(counts.adopted)}  (goal 3)")
    bad = counts.lost or counts.extra or counts.posts or counts.hidden or counts.over
    return 1 if bad else 0


def _spread(times: list[float]) -> str:
    p95 = sorted(times)[min(len(times) - 1, int(len(times) * 0.95))]
    told = f"median {statistics.median(times):.2f} s, p95 {p95:.2f} s, worst {max(times):.2f} s"
    return f"{told}, {len(times)} times"


if __name__ == "__main__":
    sys.exit(main())
