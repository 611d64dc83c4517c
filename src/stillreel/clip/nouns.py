"""The words of the clip room: how a clip is wanted, what came back, and what a probe says of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

    from stillreel.providers.ask import ReadMode
    from stillreel.values.problem import Problem
    from stillreel.values.take import Quality, StoredFile, Take


@dataclass(frozen=True, slots=True)
class ClipSettings:
    """How clips are wanted, the same for a whole film."""

    height: int = 1080
    """Pixels of the shorter side; the longer one follows from the film's ratio."""
    quality: Quality = "draft"
    read: ReadMode = "grid"
    """How the platform is handed the stills."""
    caption: bool = False
    """Whether spoken lines are burned in."""


@dataclass(frozen=True, slots=True)
class Probe:
    """What a probe says of a clip that was delivered."""

    width: int
    """Pixels."""
    height: int
    """Pixels."""
    fps: Fraction
    """Frames per second, exact."""
    frames: int
    cuts: tuple[int, ...] = ()
    """First frame of every shot but the first, where they were measured."""


@dataclass(frozen=True, slots=True)
class ClipTake:
    """One take of one clip, with what was found wrong with it."""

    clip: str
    """Clip id, e.g. `C07`."""
    take: Take
    panels: tuple[int, ...]
    """Frames of each panel as ordered, in reading order."""
    problems: tuple[Problem, ...] = ()

    @property
    def file(self) -> StoredFile:
        """The clip's bytes in the store."""
        return self.take.main

    @property
    def frames(self) -> int:
        """Length as ordered, in frames."""
        return sum(self.panels)
