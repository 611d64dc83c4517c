"""A Postgres server of one's own on loopback, for tests and benchmarks; gone when it is let go."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

_PLACES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
_PATIENCE = 30.0


def binary(name: str) -> str | None:
    """Return where a program of Postgres lies, or None where Postgres is not installed."""
    found = [place / name for place in _PLACES if (place / name).is_file()]
    return str(found[0]) if found else shutil.which(name)


class Server:
    """A server that can be killed and started again."""

    def __init__(self, folder: Path) -> None:
        """Make an empty database cluster in `folder`."""
        self.folder = folder
        # Postgres does not run as root.
        self._user = "postgres" if os.geteuid() == 0 else None
        if self._user:
            known = pwd.getpwnam(self._user)
            os.chown(folder, known.pw_uid, known.pw_gid)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = int(free.getsockname()[1])
        self._run(["initdb", "-D", str(folder / "data"), "-A", "trust", "-U", "film", "-N"])
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address of its database."""
        return f"postgresql://film@127.0.0.1:{self._port}/postgres"

    def start(self) -> None:
        """Start the server and wait until it answers."""
        line = [binary("postgres"), "-D", str(self.folder / "data"), "-p", str(self._port)]
        line += ["-h", "127.0.0.1", "-k", str(self.folder), "-c", "max_connections=200"]
        self._process = subprocess.Popen(
            [str(word) for word in line],
            user=self._user,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        ready = [str(binary("pg_isready")), "-h", "127.0.0.1", "-p", str(self._port), "-q"]
        end = time.monotonic() + _PATIENCE
        while subprocess.run(ready, check=False).returncode != 0:
            if time.monotonic() > end:
                raise TimeoutError("Postgres did not start")
            time.sleep(0.05)

    def crash(self) -> None:
        """Stop the server as a power cut would: it recovers from its log when started again."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(_PATIENCE)
            self._process = None

    def _run(self, words: Sequence[str]) -> None:
        program = str(binary(words[0]))
        subprocess.run(
            [program, *words[1:]], user=self._user, cwd=self.folder, check=True, capture_output=True
        )


@contextmanager
def server() -> Generator[Server]:
    """Serve an empty database until the block ends."""
    folder = Path(tempfile.mkdtemp(prefix="stillreel-pg-"))
    made = Server(folder)
    made.start()
    try:
        yield made
    finally:
        made.crash()
        shutil.rmtree(folder, ignore_errors=True)
