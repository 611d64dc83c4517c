"""The command line as a user runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

IDEA = "A girl in a red coat runs through the snow. She finds a small bird under a tree.\n"


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    def json(self) -> dict[str, object]:
        """Return the last JSON document on stdout."""
        return json.loads(self.out.strip().splitlines()[-1])


def stillreel(*words: str | Path, cwd: Path | None = None, **environment: str) -> Said:
    """Run one command as a user would."""
    done = subprocess.run(
        [sys.executable, "-m", "stillreel", *map(str, words)],
        capture_output=True,
        text=True,
        cwd=cwd,
        env={**os.environ, "CI": "true", **environment},
        timeout=300,
        check=False,
    )
    return Said(done.returncode, done.stdout, done.stderr)
