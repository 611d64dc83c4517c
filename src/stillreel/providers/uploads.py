"""Pictures that lie at a vendor: each is brought there once, whoever asks, until it runs out.

What is known lies in the cache folder of whoever runs this, one small file for each picture, so
that another process and the next run know it too. A file that cannot be read or written costs
another upload, and nothing else: it is never an error.
"""

from __future__ import annotations

import asyncio
import fcntl
import math
import os
import re
import time
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from weakref import WeakValueDictionary

from pydantic import BaseModel, ValidationError

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping

AGAIN = "Run again: the pictures are brought there anew."
"""What to do where a vendor cannot find a picture that was brought to it."""
_PICTURE = r"(?:asset|file|image|media|photo|picture|reference|upload|url)\w*\b(?!-to-)"
_GONE = r"not found|does not exist|no longer|expired|unreachable|not (?:confirmed|uploaded)"
_TRIED = (
    r"(?:failed|unable|cannot|can't|could not|couldn't) (?:to |be )?"
    r"(?:access|download|fetch|f[io]u?nd|load|open|reach|read|retriev)\w*"
)
MISSING = rf"{_PICTURE}.{{0,160}}?({_GONE}|{_TRIED})|{_TRIED}.{{0,40}}?{_PICTURE}|invalid media.?id"
"""How vendors say, in lower case, that they cannot find a picture."""
_LOOK_S = 0.1
"""Between two tries to take hold of a file that another process holds."""
_MOST_BYTES = 16_384


class _Copy(BaseModel):
    """Where a picture lies at the vendor."""

    place: str
    since: float
    """Seconds since the epoch when it was begun to be brought there."""


class Uploads:
    """What was brought to one vendor on one account."""

    def __init__(
        self, folder: Path | None, kept: float, clock: Callable[[], float] = time.time
    ) -> None:
        """Know what a folder knows.

        Args:
            folder: holds a file for each picture; None where this process alone may know.
            kept: seconds for which a picture is taken to lie at the vendor.
            clock: tells seconds since the epoch.
        """
        self._folder, self._kept, self._clock = folder, kept, clock
        self._known: dict[str, _Copy] = {}
        self._forgotten = -math.inf
        self._turns: WeakValueDictionary[tuple[object, str], asyncio.Lock] = WeakValueDictionary()
        self._clear(clock() - kept)

    async def place(self, digest: str, bring: Callable[[], Awaitable[str]]) -> str:
        """Return where a picture lies; whoever asks meanwhile waits for the same upload.

        Args:
            digest: of the picture's bytes.
            bring: brings it to the vendor and returns where it lies there; its errors pass.
        """
        turn = self._turns.setdefault((asyncio.get_running_loop(), digest), asyncio.Lock())
        async with turn, _held(self._folder and self._folder / digest) as file:
            found = (self._known.get(digest), file and _read(file))
            copy = next((one for one in found if one and self._lies(one)), None)
            if copy is None:
                since = self._clock()
                copy = _Copy(place=await bring(), since=since)
                if file:
                    _write(file, copy)
            self._known[digest] = copy
            return copy.place

    def forget(self) -> None:
        """Trust nothing that was brought there so far: which picture is gone is seldom told."""
        self._forgotten = self._clock()
        self._known.clear()
        self._clear(math.inf)

    def _lies(self, copy: _Copy) -> bool:
        now = self._clock()
        return copy.since >= self._forgotten and 0 <= now - copy.since < self._kept

    def _clear(self, before: float) -> None:
        """Remove the files that were written before some moment."""
        files: list[Path] = []
        with suppress(OSError):
            files = list(self._folder.iterdir()) if self._folder else []
        for file in files:
            with suppress(OSError):
                if file.stat().st_mtime < before:
                    file.unlink()


def home(environment: Mapping[str, str]) -> Path | None:
    """Return where a person's cache keeps what was uploaded, by what their environment says."""
    own = (Path(environment.get("XDG_CACHE_HOME", "")), Path(environment.get("HOME", ""), ".cache"))
    return next((one / "stillreel" / "uploads" for one in own if one.is_absolute()), None)


def missing(said: str) -> bool:
    """Say whether a vendor's words are that it cannot find a picture."""
    return re.search(MISSING, said.lower()) is not None


@asynccontextmanager
async def _held(path: Path | None) -> AsyncGenerator[BinaryIO | None]:
    """Hold a file that no other process holds; None where there is none to be had."""
    file = path and _opened(path)
    if not file:
        yield None
        return
    try:
        while not _taken(file):  # noqa: ASYNC110 - another process sets no event here
            await asyncio.sleep(_LOOK_S)
        yield file
    finally:
        with suppress(OSError):
            file.close()


def _opened(path: Path) -> BinaryIO | None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b", buffering=0)
    except OSError:
        return None


def _taken(file: BinaryIO) -> bool:
    """Take hold of a file, or say that another process holds it; some disks know no such thing."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        pass
    return True


def _read(file: BinaryIO) -> _Copy | None:
    try:
        return _Copy.model_validate_json(file.read(_MOST_BYTES))
    except (OSError, ValidationError):
        return None


def _write(file: BinaryIO, copy: _Copy) -> None:
    """Write all of it, or what no reader takes: nobody reads a file that another one holds."""
    with suppress(OSError):
        file.seek(0)
        file.truncate()
        file.write(copy.model_dump_json().encode())
