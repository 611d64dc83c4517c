"""The cut with the files it uses: what every timeline format is written from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from stillreel.film.nouns import PanelSpan, SpanKind, TakeFile

START_HOUR = 1
"""Timecode of the first frame: one hour, as cutting rooms expect."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One stretch of the timeline and the files that can fill it."""

    id: str
    """`title`, `credits`, or the clip id."""
    kind: SpanKind
    start: int
    """First frame in the film."""
    frames: int
    takes: tuple[TakeFile, ...]
    """At least one."""
    chosen: str
    """Id of the take that is in the film."""
    panels: tuple[PanelSpan, ...] = ()

    @property
    def media(self) -> TakeFile:
        """The take that is in the film."""
        return next((take for take in self.takes if take.id == self.chosen), self.takes[0])


@dataclass(frozen=True, slots=True)
class Reel:
    """The whole timeline."""

    title: str
    fps: int
    width: int
    height: int
    shots: tuple[Shot, ...]
    sound: Path | None

    @property
    def frames(self) -> int:
        """Length in frames."""
        return sum(shot.frames for shot in self.shots)

    @property
    def first_frame(self) -> int:
        """Frame number of the first frame's timecode."""
        return START_HOUR * 3600 * self.fps
