"""Where the camera stands and how it moves, by what happens in front of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.plan.framing import TALL
from stillreel.plan.staging import moving

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.plan.framing import Framing, Role
    from stillreel.plan.telling import Beat, Part
    from stillreel.values.scene import Angle, Move

_SHORT = 1.4
_HIGH = frozenset(("castle", "statue", "column", "tower", "lighthouse", "church", "moon", "star"))
_UPRIGHT_NOT = ("lie", "kneel", "sit", "sleep")


class Camera:
    """Chooses angles and moves."""

    def __init__(self, framing: Framing) -> None:
        """Take the framing, which knows everybody's height."""
        self._framing = framing

    def angle(self, beat: Beat, role: Role, parts: Sequence[Part]) -> Angle:
        """Return the angle of a shot."""
        if role == "above":
            return "high"
        height, beings = self._framing.height, self._framing.beings
        lead = parts[0].id if parts else ""
        tall = lead and height(lead) >= TALL
        small = lead and beings[lead].kind == "human" and height(lead) <= _SHORT
        giants = any(height(one.id) >= TALL for one in (*beat.parts, *beat.present))
        tender = role == "close" and bool(parts) and parts[0].emotion in ("sad", "happy", "afraid")
        upright = bool(parts) and parts[0].does not in _UPRIGHT_NOT
        if role in ("close", "medium", "full", "reaction") and tall and upright and not tender:
            return "low"
        if role in ("close", "medium", "reaction") and small and giants:
            return "high"
        raised = bool(parts) and (
            parts[0].on in ("tree", "roof", "wall") or parts[0].does == "climb"
        )
        if lead and raised and role in ("full", "medium"):
            return "low"
        down = len(parts) == 1 and parts[0].does in ("lie", "fall")
        return "high" if down and role in ("full", "medium", "master") else "eye-level"

    def move(self, beat: Beat, role: Role, parts: Sequence[Part]) -> Move:
        """Return how the camera moves in a shot, as if it were the only one."""
        turned = beat.paragraph % 2 == 1
        if role == "place":
            high = _HIGH & set(beat.moment.features)
            return (
                "crane-down"
                if high or beat.moment.weather == "snow"
                else ("pan-right" if turned else "pan-left")
            )
        if role == "above":
            return "crane-up" if turned else "crane-down"
        found = self._deed(beat, role, parts[0], turned=turned) if parts else "static"
        return found if found != "static" else self._near(beat, role, parts)

    def _deed(self, beat: Beat, role: Role, lead: Part, *, turned: bool) -> Move:  # noqa: PLR0911 - one per deed
        """Return the move that a deed asks for."""
        if role in ("detail", "reaction", "over") or beat.said is not None:
            return "static"
        if lead.does in ("dance", "embrace"):
            return "orbit-right" if turned else "orbit-left"
        if lead.does == "fight":
            return "handheld"
        if lead.does == "run":
            chased = len(beat.parts) > 1 or "chase" in beat.text
            return "handheld" if chased and role in ("medium", "close") else "track-right"
        if lead.does == "fall" and role in ("full", "medium", "master"):
            return "tilt-down"
        if lead.does in ("climb", "fly") and role in ("full", "medium", "master"):
            return "crane-up" if lead.does == "fly" else "tilt-up"
        if moving(lead.does) and role in ("full", "medium", "master") and beat.travel:
            return "track-right"
        if lead.does == "look" and " up" in beat.text:
            return "tilt-up"
        return "static"

    def _near(self, beat: Beat, role: Role, parts: Sequence[Part]) -> Move:
        """Return the move that a feeling or a discovery asks for."""
        felt = bool(parts) and parts[0].emotion not in ("neutral", "happy")
        if role in ("close", "reaction") and (beat.turn or felt):
            return "push"
        if role in ("close", "medium") and beat.kind in ("feeling", "look"):
            return "push"
        if role == "detail" and (beat.turn or beat.focus):
            return "push"
        return "tilt-up" if beat.kind == "portrait" and role == "full" else "static"
