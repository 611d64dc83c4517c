"""The nouns of survival: signals, changes, and what became of one under the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

    from stillreel.trail.mark.nouns import Mark, Reading
    from stillreel.trail.nouns import AigcLabel, State

Signal = Literal["manifest", "source-type", "aigc", "mark", "vendor"]
"""C2PA manifest; XMP or IPTC digital source type; the AIGC key; our mark in the pixels; the mark
that a vendor finds there by its own check."""
SIGNALS: tuple[Signal, ...] = ("manifest", "source-type", "aigc", "mark")
"""Those that need nobody else."""
Ask = Callable[[bytes], bool]
"""Asks a vendor whether a picture, PNG, JPEG or WebP, carries its mark."""
Kind = Literal["still", "clip"]
Outcome = Literal["survived", "lost", "broken", "not testable"]
"""broken: it is there, and is not valid or says something else."""


class Sample(NamedTuple):
    """A file that is tried, and what it is called in the answer."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is done to a picture or clip."""

    name: str
    make: Callable[[Path, Path], None]
    """Writes the changed file, from the source to the target; a `StillreelError` says why that is
    not possible."""
    suffix: str = ""
    """Of the target; that of the source where empty."""
    moves: bool = False
    """Whether it makes a clip of a still."""
    redrawn: str = ""
    """Why no pixel of the source can be in the result, where that is known; a mark cannot be
    tested then."""
    caution: str = ""
    """What must be said with whatever is found lost."""


class Heard(NamedTuple):
    """In how many pictures of a file a vendor found its own mark."""

    found: int
    asked: int


@dataclass(frozen=True, slots=True)
class Seen:
    """The signals that one file carries."""

    state: State
    manifest: str | None
    """Label of the active manifest."""
    source_type: str | None
    aigc: AigcLabel | None
    mark: Reading | None
    """None where it was not looked for."""
    vendor: Heard | None = None
    """None where nobody was asked."""


@dataclass(frozen=True, slots=True)
class Carrier:
    """A file that is changed, and the signals that are followed in it."""

    path: Path
    seen: Seen
    """What it carries before anything is done to it."""
    signals: tuple[Signal, ...]
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """What became of one signal under one change."""

    signal: Signal
    outcome: Outcome
    told: str = ""
    """What was found in its place, or why it cannot be tested."""
    bits: int | None = None
    """Of a mark: how many of its 32 bits are right, 16 being chance."""
    score: float | None = None
    """Of a mark: how far the pilot stands out; below 6 nothing is claimed."""


@dataclass(frozen=True, slots=True)
class Row:
    """What became of every signal under one change."""

    change: str
    cells: tuple[Cell, ...]
    """One for each of `SIGNALS`, in that order, and one more where a vendor was asked."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One file under all changes."""

    name: str
    kind: Kind
    own: tuple[Signal, ...]
    """Signals that the file itself carries; the others were given to a working copy."""
    unmarked: float | None
    """Score of the file before it was marked: what the reader says where there is no mark."""
    rows: tuple[Row, ...]
