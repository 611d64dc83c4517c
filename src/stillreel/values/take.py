"""A take: one result of one ask, with everything that made it. Never overwritten."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from stillreel.values.money import Money

if TYPE_CHECKING:
    from pathlib import Path

Stage = Literal["sheet", "grid", "clip", "film", "judge", "plan"]
STAGES: tuple[Stage, ...] = ("sheet", "grid", "clip", "film")

Quality = Literal["draft", "publish"]
"""How a moving picture is encoded: `draft` fast, `publish` small and clean."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file of the store, known by what is in it."""

    digest: str
    """SHA-256 of the bytes, in hex."""
    media_type: str
    """Sniffed from the bytes: `image/png`, `video/mp4`."""
    size: int
    """Bytes."""
    role: str = "main"
    """What the file is to its take: `main`, `plate-face`, `panel-3`."""


@dataclass(frozen=True, slots=True)
class Footage:
    """Some frames of a clip: bytes just made, or a stretch of a file that is there already."""

    source: bytes | Path
    """A whole clip."""
    frames: int
    """How many frames of it are meant."""
    first: int = 0
    """The first of them."""


@dataclass(frozen=True, slots=True)
class Take:
    """One result of one ask."""

    id: str
    """Digest of everything that made it: prompt, references, model, parameters, seed, number."""
    stage: Stage
    subject: str
    """Stable id of what it shows: `mara`, `C07`, `film`."""
    provider: str
    model: str
    """Exact model or program version."""
    number: int
    """1 for the first take of a subject by a provider; a redo makes the next."""
    files: tuple[StoredFile, ...]
    prompt: str = ""
    seed: int = 0
    parameters: str = "{}"
    """Everything else of the ask, as canonical JSON."""
    parents: tuple[str, ...] = ()
    """Digests of the files it was made from."""
    spent: Money = Money()
    seconds: float = 0.0
    """Wall seconds it took to make."""
    made_at: str = ""
    """UTC, ISO 8601."""

    @property
    def main(self) -> StoredFile:
        """The file the take is about."""
        return self.files[0]

    @property
    def short(self) -> str:
        """The first ten digits of the id: enough for a person to name it."""
        return self.id[:10]
