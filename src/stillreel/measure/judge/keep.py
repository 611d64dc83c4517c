"""Trust on disk: what a judge earned, kept until its version changes."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, cast

from stillreel.errors import ProjectError
from stillreel.measure.judge.nouns import Trust

if TYPE_CHECKING:
    from pathlib import Path


def keep(trust: Trust, path: Path) -> None:
    """Write what a judge earned as a small JSON file."""
    content = {**asdict(trust), "dated": trust.dated.isoformat()}
    path.write_text(json.dumps(content, indent=2) + "\n", "utf-8")


def trust_in(path: Path) -> Trust | None:
    """Read what a judge earned; None where nothing was kept.

    Raises:
        ProjectError: the file is not what `keep` wrote.
    """
    try:
        held = cast("dict[str, str | int | float]", json.loads(path.read_text("utf-8")))
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
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ProjectError(
            "This is no record of a judge's trust.",
            where=str(path),
            next_step="Delete it and run `stillreel bench judge` again.",
        ) from error
