"""How a run is to be done, and whether there is anything to do."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from stillreel.production import fingerprint, glance
from stillreel.production.nouns import Outcome
from stillreel.values.money import Money

if TYPE_CHECKING:
    from pathlib import Path

    from stillreel.engine.route.nouns import Prefer
    from stillreel.production.folder import Folder


@dataclass(frozen=True, slots=True)
class SigningKeys:
    """Where the certificate and key lie that sign what leaves a film."""

    folder: Path
    """Of this machine's own key, made on first use."""
    chain: Path | None = None
    """PEM file of a person's own certificates; needs `key`."""
    key: Path | None = None
    time_stamps: str = ""
    """Address of an RFC 3161 time-stamping service."""


@dataclass(frozen=True, slots=True)
class Orders:
    """How a run is to be done."""

    until: str = "film"
    only: tuple[str, ...] | None = None
    """Ids of clips to carry; None carries all."""
    workers: int = field(default_factory=lambda: os.cpu_count() or 1)
    max_spend: Money | None = None
    """Most this film may cost, instead of the ceiling in film.toml when that is higher."""
    wait: bool = False
    """Queue behind another run on the same folder instead of giving up."""
    database: str = ""
    """Address of a Postgres database that workers share; empty keeps all in the folder."""
    prefer: Prefer | None = None
    """What the router looks for, instead of what film.toml says."""
    signs: SigningKeys | None = None
    """Whose certificate signs what leaves; None signs nothing, whatever film.toml says."""
    pace: float = 1.0
    """How many times faster than a real one the vendors' clock runs, in rehearsal."""

    @property
    def words(self) -> str:
        """The orders that change what is made, for the fingerprint."""
        return f"until={self.until} only={self.only}"


def nothing_to_do(folder: Folder, orders: Orders) -> Outcome | None:
    """Return the last outcome again when nothing has changed since, judged by sizes and times."""
    last = glance.last_run(folder)
    if last is None or not last.fingerprint:
        return None
    if last.fingerprint != fingerprint.of_folder(folder, orders.words):
        return None
    summary = last.summary
    film = str(summary["film"])
    return Outcome(
        state="nothing to do",
        film=folder.root / film if film else None,
        clips=int(str(summary["clips"])),
        seconds=Fraction(str(summary["seconds"])),
        spent=Money(int(str(summary["micros"]))),
        made=0,
    )


def mark_of(folder: Folder, orders: Orders, outcome: Outcome) -> str:
    """Return what `nothing_to_do` knows a run by that made all it was asked for; else nothing."""
    whole = orders.only is None and outcome.state in {"done", "partial"}
    return fingerprint.of_folder(folder, orders.words) if whole else ""


def summary(outcome: Outcome) -> dict[str, object]:
    """Return of an outcome what `nothing_to_do` tells again."""
    return {
        "film": "out/film.mp4" if outcome.film else "",
        "clips": outcome.clips,
        "seconds": str(outcome.seconds),
        "micros": outcome.spent.micros,
    }
