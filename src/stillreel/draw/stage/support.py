"""What bodies rest on: the anchors a set offers, handed out so that nobody sits on another."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from stillreel.draw import set as sets
from stillreel.draw.stage.block import seed_of

if TYPE_CHECKING:
    from stillreel.draw.lens import Camera
    from stillreel.draw.set import Anchor
    from stillreel.values.scene import Performer, Setting


_TOGETHER = 0.06
"""What a metre of distance counts against a seat: a group sits in the nearest trees."""


@dataclass(slots=True)
class Supports:
    """The anchors of one place while a shot is being blocked."""

    free: list[Anchor]
    _taken: set[tuple[float, float, float]] = field(default_factory=set[tuple[float, float, float]])

    def first(self, performer: Performer) -> Anchor | None:
        """Return the anchor the subject of the shot takes, or None to stay on the ground."""
        options = [a for a in self._fitting(performer) if abs(a.position[0]) < 7]
        if not options:
            return None
        wish = performer.at * 2.5
        pick = min(
            options,
            key=lambda a: (abs(a.position[0] - wish) + 0.35 * abs(a.position[2]), a.position),
        )
        self._taken.add(pick.position)
        return pick

    def nearest(
        self, performer: Performer, camera: Camera, at: float | None, member: int
    ) -> Anchor | None:
        """Return the free anchor that is seen nearest to `at`; for None, any that is in frame."""
        best: tuple[float, Anchor] | None = None
        for anchor in self._fitting(performer):
            screen, depth = camera.project(anchor.position)
            x = (float(screen[0, 0]) - camera.offset[0]) / camera.width * 2 - 1
            y = (float(screen[0, 1]) - camera.offset[1]) / camera.height
            if depth[0] < 0.5 or abs(x) > 0.93 or not 0.06 < y < 1.0:
                continue
            wish = at if at is not None else ((seed_of(performer.id, member) % 200) - 100) / 110
            far = 0.02 if at is not None else _TOGETHER
            score = abs(x - wish) + far * float(depth[0])
            if best is None or score < best[0]:
                best = (score, anchor)
        if best is None:
            return None
        self._taken.add(best[1].position)
        return best[1]

    def table(self) -> float:
        """Return the height of a table top of the place, or 0 for the ground."""
        heights = [a.position[1] for a in self.free if a.noun == "table"]
        return heights[0] if heights else 0.0

    def _fitting(self, performer: Performer) -> list[Anchor]:
        if not performer.on:
            return []
        on = performer.on
        if on == "wall" and performer.does == "climb":
            # Up its face, hands towards the top: sitting is for the top itself.
            on = "wall-face" if any(a.noun == "wall-face" for a in self.free) else on
        return [a for a in self.free if a.noun == on and a.position not in self._taken]


def supports(setting: Setting) -> Supports:
    """Return the supports of a place, all free."""
    return Supports(list(sets.anchors(setting, seed_of("place", setting.id))))
