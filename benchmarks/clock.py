"""Run a command and read the operating system's own account of it."""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

STILLREEL = [sys.executable, "-m", "stillreel"]


@dataclass(frozen=True)
class Account:
    """What one run of a command cost, its children included."""

    wall: float
    """Seconds."""
    cpu: float
    """User and system seconds of the process and all children it waited for."""
    peak_mb: float
    """Most memory held at one moment by the process and its children together, in MB."""
    alone_mb: float
    """Most memory of the largest single process, in MB."""


def run(command: list[str], *, cwd: Path | None = None) -> Account:
    """Run a command to its end; its output is thrown away.

    Raises:
        subprocess.CalledProcessError: it failed.
    """
    began = time.monotonic()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    child = subprocess.Popen(
        command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    watch = _Watch(child.pid)
    watch.start()
    _, said = child.communicate()
    wall = time.monotonic() - began
    watch.stop()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command, stderr=said)
    cpu = (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)
    return Account(wall, cpu, watch.peak / 1024, after.ru_maxrss / 1024)


def repeat(command: list[str], times: int, *, cwd: Path | None = None) -> list[Account]:
    """Run a command several times after one run that is not counted."""
    run(command, cwd=cwd)
    return [run(command, cwd=cwd) for _ in range(times)]


def median(accounts: list[Account], what: str) -> float:
    """Return the median of one figure over several runs."""
    return statistics.median(getattr(account, what) for account in accounts)


class _Watch(threading.Thread):
    """Adds up the memory of a process and its descendants, several times a second."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid = pid
        self.peak = 0
        self._done = threading.Event()

    def run(self) -> None:
        while not self._done.wait(0.1):
            self.peak = max(self.peak, sum(_held_kb(pid) for pid in _family(self.pid)))

    def stop(self) -> None:
        self._done.set()
        self.join()


def _family(pid: int) -> list[int]:
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        found.append(one)
        try:
            for task in Path(f"/proc/{one}/task").iterdir():
                children = (task / "children").read_text()
                waiting.extend(int(word) for word in children.split())
        except OSError:
            continue
    return found


def _held_kb(pid: int) -> int:
    # Proportional set size counts pages that workers share only once.
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    except OSError:
        return 0
    return 0
