"""Worker processes: where pictures are drawn, moved and measured.

Workers start while the plan is still being read, so that their imports cost no waiting. They never
touch the store or the ledger: bytes go back to the one process that writes.
"""

from __future__ import annotations

import asyncio
import itertools
import multiprocessing
import os
import signal
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from importlib import import_module
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from stillreel.errors import MediaError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from stillreel.providers.ask import Ask
    from stillreel.providers.seam import Delivered, Job

P = ParamSpec("P")
R = TypeVar("R")

_BETWEEN = 6
"""Jobs of a worker after which it gives freed memory back."""
_JOBS = itertools.count(1)

_POLL_SECONDS = 2.0


class Hands:
    """A pool of worker processes that is rebuilt once if a worker is killed."""

    def __init__(self, workers: int) -> None:
        """Start lazily with `workers` processes."""
        self.workers = max(1, workers)
        self._pool: ProcessPoolExecutor | None = None
        self._lone: Hands | None = None

    @property
    def lone(self) -> Hands:
        """One worker beside the others, for what fills the machine's memory."""
        if self._lone is None:
            self._lone = Hands(1)
        return self._lone

    def warm(self, providers: tuple[str, ...], modules: tuple[str, ...] = ()) -> None:
        """Start the workers now and let them load these providers and modules."""
        for _ in range(self.workers):
            self._open().submit(_load, providers, modules)

    async def do(self, call: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a picklable function in a worker.

        Raises:
            MediaError: workers died twice in a row on this call.
        """
        loop = asyncio.get_running_loop()
        for last in (False, True):
            pool = self._open()
            try:
                return await loop.run_in_executor(pool, _call, call, args, kwargs)
            except BrokenProcessPool as error:
                if self._pool is pool:
                    self._pool = None
                    pool.shutdown(wait=False, cancel_futures=True)
                if last:
                    raise MediaError(
                        "A worker process was killed twice on the same job, most likely for "
                        "want of memory.",
                        next_step="Run again with fewer workers (--workers 1) or a smaller height.",
                    ) from error
        raise AssertionError

    def kill(self) -> None:
        """Stop the workers in the middle of their jobs; nothing they make is half recorded."""
        if self._pool is not None or self._lone is not None:
            for process in multiprocessing.active_children():
                process.terminate()

    def close(self) -> None:
        """Stop the workers; jobs that have not begun are dropped."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None
        if self._lone is not None:
            self._lone.close()

    def _open(self) -> ProcessPoolExecutor:
        if self._pool is None:
            from stillreel.providers import registry

            # Spawned, not forked: a forked copy of a process with threads may hang.
            self._pool = ProcessPoolExecutor(
                self.workers,
                multiprocessing.get_context("spawn"),
                initializer=_begin,
                initargs=(registry.own_offers(),),
            )
        return self._pool


def perform(provider: str, makes: str, ask: Ask, key: str) -> tuple[Job, tuple[Delivered, ...]]:
    """Carry one ask through a provider that runs on this machine; called inside a worker."""
    from stillreel.providers import registry

    found = registry.still(provider) if makes == "still" else registry.motion(provider)
    try:
        return asyncio.run(carry(found, ask, key))
    finally:
        give_back()


async def carry(provider: object, ask: Ask, key: str) -> tuple[Job, tuple[Delivered, ...]]:
    """Submit once, wait until the job is settled, and fetch what it made."""
    from typing import Any, cast

    able = cast("Any", provider)
    job: Job = await able.submit(ask, key)
    while job.state in {"queued", "running", "unknown"}:
        await asyncio.sleep(_POLL_SECONDS)
        job = await able.poll(job)
    files = job.files or (await able.fetch(job) if job.state == "succeeded" else ())
    return job, tuple(files)


def _begin(offers: Path | None) -> None:
    # Ctrl-C reaches the whole process group; only the parent decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    if offers is not None:
        from stillreel.providers import registry

        registry.offers_from(offers)
    import cv2

    cv2.setNumThreads(1)


def give_back() -> None:
    """Return freed memory to the system, now and then: pictures leave gaps that nothing else fits.

    Called after every job. Done after every one, as the pieces of clips are short, asking for the
    same memory again costs 3 % of a film's CPU.
    """
    if next(_JOBS) % _BETWEEN:
        return
    import ctypes

    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def _leave_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        # A killed parent reads no answers; a worker that lived on would never be asked again.
        os._exit(1)


def _load(providers: tuple[str, ...], modules: tuple[str, ...]) -> None:
    from stillreel.providers import registry

    for name in providers:
        registry.preload(name)
    for name in modules:
        import_module(name)
    # Long enough that each idle worker takes one warm-up, not one worker all of them.
    time.sleep(0.05)


def _call(call: Callable[..., R], args: tuple[object, ...], kwargs: dict[str, object]) -> R:
    return call(*args, **kwargs)
