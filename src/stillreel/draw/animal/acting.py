"""One moment of one body: what it does, feels and holds, and where it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stillreel.values.scene import Action, Emotion, Prop


@dataclass(frozen=True, slots=True)
class Acting:
    """One moment of one body; fields as in `draw.animal.draw`."""

    action: Action = "stand"
    phase: float = 0.0
    emotion: Emotion = "neutral"
    gaze: tuple[float, float] = (0.0, 0.0)
    mouth: float = 0.0
    blink: float = 0.0
    holds: Prop | None = None
    supported: bool = False
