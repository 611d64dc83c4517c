"""Read a large or packed manifest store in a process of its own, which may not grow at will.

A few megabytes of well-formed manifests can be made to unfold into gigabytes. Small stores cannot,
and are read where they are asked for; all others are read here, where a limit or a crash ends a
child and not the film.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path

from stillreel.trail import trust
from stillreel.trail.parsed import table, text
from stillreel.trail.store import Store, Unread, load

_MEMORY = 2 << 30
"""Bytes of address space; c2pa hashes a film in two buffers of 256 MB."""
_PATIENCE = 180.0
"""Seconds; the largest films take a few."""
_ANSWER = 32 << 20
"""Bytes of an answer; a film of 150 clips has some 5 MB."""
_REFUSED = 3


def load_apart(
    path: Path, media_type: str, anchors: Path | None, *, memory: int = _MEMORY
) -> Store:
    """Read and validate the manifest store of a file in a child process.

    Args:
        path: the file.
        media_type: by its bytes.
        anchors: a PEM file of further certificates to trust.
        memory: bytes of address space that the child may take.

    Raises:
        Unread: there is none, it cannot be read, or not within these bounds.
    """
    words = [
        str(memory),
        media_type,
        str(path.absolute()),
        str(anchors.absolute() if anchors else ""),
    ]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module, no shell
            [sys.executable, "-m", "stillreel.trail.apart", *words],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Unread(f"Bounds: it takes more than {_PATIENCE:.0f} s") from error
    if done.returncode not in {0, _REFUSED}:
        raise Unread(f"Bounds: it needs more than {memory >> 20} MB, or breaks the reader")
    told = table(json.loads(done.stdout))
    if done.returncode == _REFUSED:
        raise Unread(text(told.get("refusal")) or "")
    ends = {label: end for label, one in table(told.get("ends")).items() if (end := text(one))}
    return Store(table(told.get("document")), ends)


def _main(memory: str, media_type: str, path: str, anchors: str) -> int:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    context = trust.context(Path(anchors) if anchors else None)
    try:
        with Path(path).open("rb") as stream:
            store = load(stream, media_type, context)
        answer = json.dumps(store._asdict())
        if len(answer) > _ANSWER:
            raise Unread(f"Bounds: it unfolds to {len(answer)} bytes")  # noqa: TRY301
    except Unread as error:
        sys.stdout.write(json.dumps({"refusal": str(error)}))
        return _REFUSED
    sys.stdout.write(answer)
    return 0


if __name__ == "__main__":
    sys.exit(_main(*sys.argv[1:]))
