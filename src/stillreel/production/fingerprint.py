"""Has anything changed? Answered from sizes and times of files, without opening the film.

Imports nothing heavy: this is what makes a run with nothing to do cheap.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

import stillreel
from stillreel.providers import registry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from stillreel.production.folder import Folder


def of_folder(folder: Folder, asked: str) -> str:
    """Return a digest of everything a finished run rests on, as it looks on disk.

    Args:
        folder: the project.
        asked: the parts of the command that change what is made, e.g. `until=film`.
    """
    seen = hashlib.sha256(asked.encode())
    for path in (*folder.inputs(), *_offers()):
        seen.update(_looks(path).encode())
    for root in (folder.out, folder.files):
        for line in sorted(_tree(root)):
            seen.update(line.encode())
    return seen.hexdigest()


def of_inputs(folder: Folder, *, prompts: bool) -> str:
    """Return a digest of how the files look that a person edits.

    Args:
        folder: the project.
        prompts: only the written prompts, which a run brings up to date itself; else all others.
    """
    of_prompts = folder.root / "prompts"
    paths = [one for one in folder.inputs() if one.is_relative_to(of_prompts) == prompts]
    return hashlib.sha256("".join(map(_looks, paths)).encode()).hexdigest()


def _offers() -> list[Path]:
    """Return the bundled offers files and a user's own: another version makes other takes."""
    shelf, own = Path(stillreel.__file__).parent / "shelf", registry.own_offers()
    found = [*shelf.glob("*.toml"), *shelf.glob("*/*.toml"), *(own.glob("*.toml") if own else ())]
    return sorted(found)


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
