"""Trust on disk: what a judge earned, kept until its version changes."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, cast

from stillreel.errors import ProjectError, StorageError
from stillreel.measure.judge.nouns import Trust

if TYPE_CHECKING:
    from pathlib import Path


_MOST_BYTES = 65_536


def keep(trust: Trust, path: Path) -> None:
    """Write what a judge earned as a small JSON file, and its folder where there is none.

    Raises:
        StorageError: it cannot be written there.
    """
    content = {**asdict(trust), "dated": trust.dated.isoformat()}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content, indent=2) + "\n", "utf-8")
    except OSError as error:
        raise StorageError(
            f"What the judge earned could not be written: {error.strerror}.",
            where=str(path),
            next_step="Run it again with --keep and a file that you may write.",
        ) from error


def trust_in(path: Path) -> Trust | None:
    """Read what a judge earned; None where nothing was kept.

    Raises:
        ProjectError: the file is not what `keep` wrote.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES)
        held = cast("dict[str, str | int | float]", json.loads(data))
        return Trust(
            judge=str(held["judge"]),
            model=str(held["model"]),
            kappa=float(held["kappa"]),
            count=int(held["count"]),
            labels=str(held["labels"]),
            dated=date.fromisoformat(str(held["dated"])),
        )
    except FileNotFoundError:
        return None
    except (OSError, ArithmeticError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise ProjectError(
            "This is no record of a judge's trust.",
            where=str(path),
            next_step="Delete it and run `stillreel bench judge` again.",
        ) from error
