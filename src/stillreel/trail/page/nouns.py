"""What the page shows beside the credential."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Chain:
    """The verdict on the hash chain of a film's events."""

    links: int
    """Events that were looked at."""
    head: str = ""
    """Hash of the last event, which the film's manifest names."""
    broken: str = ""
    """The first broken link by its name, `event 41 (chosen C07)`; empty where it is whole."""
    why: str = ""
    """What is wrong with it, as a sentence."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a viewer is shown of one file of the chain."""

    thumbnail: bytes = b""
    """JPEG, about 160 pixels wide; anything else is not shown."""
    kind: str = ""
    """sheet, plate, panel, board, clip, film; by its media type, if left out."""
