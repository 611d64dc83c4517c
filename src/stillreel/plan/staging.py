"""Where bodies stand and look: the axis of a scene, screen direction, eyelines, head counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from stillreel.values.scene import Performer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.plan.telling import Being, Part
    from stillreel.values.scene import Action, Depth, Facing, ShotSize

MOST_BODIES = 7
_MOVING = frozenset(("walk", "run", "ride", "fly", "swim", "climb", "carry"))
_CLOSE = frozenset(("close-up", "extreme-close-up", "medium-close-up"))
_GROUP_SEEN = {
    "extreme-close-up": 1,
    "close-up": 1,
    "medium-close-up": 2,
    "medium": 3,
    "medium-wide": 4,
}
_SHARED = ("bench", "bed", "boat", "sofa")
_BESIDE = (-0.2, 0.2)
"""Where two are who share a seat."""
_PLACES = {1: (0.0,), 2: (-0.42, 0.42), 3: (-0.55, 0.5, 0.0), 4: (-0.6, 0.6, -0.15, 0.25)}


@dataclass(slots=True)
class Stage:
    """One scene's axis: who is on which side of the frame, for as long as the scene lasts."""

    beings: dict[str, Being]
    sides: dict[str, int] = field(default_factory=dict[str, int])
    """-1 frame left, 1 frame right."""

    def side(self, one: str) -> int:
        """Return someone's side; newcomers take the emptier one, and keep it."""
        if one not in self.sides:
            balance = sum(self.sides.values())
            self.sides[one] = 1 if balance < 0 else -1
        return self.sides[one]

    def place(
        self, parts: Sequence[Part], size: ShotSize, *, leaving: bool, lead: str, speaker: str = ""
    ) -> tuple[Performer, ...]:
        """Put performers into a frame.

        Args:
            parts: who does what, the most important first.
            size: size of the shot, which bounds how many fit.
            leaving: whether the lead goes out of the scene.
            lead: id of the one the beat is about.
            speaker: id of the one whose spoken line is heard, if any.
        """
        for part in parts:
            self.side(part.id)
        kept = self._bounded(parts, size)
        joined = list(self.sides)
        ordered = sorted(
            range(len(kept)), key=lambda i: (self.side(kept[i][0].id), joined.index(kept[i][0].id))
        )
        spots = sorted(_PLACES[min(len(kept), 4)]) if kept else []
        if len(kept) == 2 and kept[0][0].on == kept[1][0].on in _SHARED:
            spots = list(_BESIDE)
        found: dict[str, Performer] = {}
        for rank, index in enumerate(ordered):
            part, seen = kept[index]
            at = spots[min(rank, len(spots) - 1)]
            if len(kept) == 1:
                at = self._alone(part, size)
            found[part.id] = Performer(
                id=part.id,
                does=part.does,
                facing=self._facing(part, at, kept, spots, ordered, leaving and part.id == lead),
                emotion=part.emotion,
                at=round(at, 2),
                depth=self._depth(part, size, index),
                speaks=part.id == speaker or part.loud,
                holds=part.holds,
                on=part.on,
                looks_at=part.looks_at,
                seen=seen,
            )
        return tuple(found[part.id] for part, _ in kept)

    def _bounded(self, parts: Sequence[Part], size: ShotSize) -> list[tuple[Part, int]]:
        """Keep as many as the frame holds; groups show fewer of themselves in close shots."""
        kept: list[tuple[Part, int]] = []
        bodies = 0
        for part in parts[:4]:
            members = self.beings[part.id].members
            show = min(members, _GROUP_SEEN.get(size, members), MOST_BODIES - bodies)
            if show < 1:
                break
            bodies += show
            kept.append((part, 0 if show == members else show))
        return kept

    def _alone(self, part: Part, size: ShotSize) -> float:
        if size == "insert":
            return 0.0
        lead = 0.12 if size in _CLOSE else 0.25
        return round(self.side(part.id) * lead, 2)

    def _facing(
        self,
        part: Part,
        at: float,
        kept: list[tuple[Part, int]],
        spots: list[float],
        ordered: list[int],
        leaving: bool,
    ) -> Facing:
        toward = -self.side(part.id)
        for rank, index in enumerate(ordered):
            if kept[index][0].id == part.looks_at and spots[min(rank, len(spots) - 1)] != at:
                toward = 1 if spots[min(rank, len(spots) - 1)] > at else -1
        hunted = part.does in _MOVING and any(
            other.looks_at == part.id and other.does == part.does for other, _ in kept
        )
        if hunted and not part.looks_at:
            toward = self.side(part.id)
        if part.away:
            return "front-left" if toward > 0 else "front-right"
        if leaving:
            return "left" if self.side(part.id) < 0 else "right"
        if part.does in _MOVING:
            return "right" if toward > 0 else "left"
        return "front-right" if toward > 0 else "front-left"

    def _depth(self, part: Part, size: ShotSize, index: int) -> Depth:
        if size == "extreme-wide" and index:
            return "far"
        if index >= 2 and size in ("wide", "full", "extreme-wide", "medium-wide"):
            return "far"
        if self.beings[part.id].members > 1 and index:
            return "far" if size in ("wide", "extreme-wide") else "middle"
        return "middle"


def moving(action: Action) -> bool:
    """Say whether an action takes a body across the frame."""
    return action in _MOVING
