"""Has anything changed? Answered from sizes and times of files, without opening the film.

Imports nothing heavy: this is what makes a run with nothing to do cheap.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

import stillreel

if TYPE_CHECKING:
    from collections.abc import Iterable

    from stillreel.production.folder import Folder


def of_folder(folder: Folder, asked: str) -> str:
    """Return a digest of everything a finished run rests on, as it looks on disk.

    Args:
        folder: the project.
        asked: the parts of the command that change what is made, e.g. `until=film`.
    """
    home = Path(stillreel.__file__).parent
    seen = hashlib.sha256(asked.encode())
    for path in (*folder.inputs(), *sorted((home / "shelf").glob("*.toml"))):
        seen.update(_looks(path).encode())
    for root in (folder.out, folder.files):
        for line in sorted(_tree(root)):
            seen.update(line.encode())
    return seen.hexdigest()


def _looks(path: Path) -> str:
    found = path.stat()
    return f"{path}|{found.st_size}|{found.st_mtime_ns}\n"


def _tree(root: Path) -> Iterable[str]:
    waiting = [str(root)] if root.is_dir() else []
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                else:
                    found = entry.stat()
                    yield f"{entry.path}|{found.st_size}|{found.st_mtime_ns}\n"
