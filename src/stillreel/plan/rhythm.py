"""The rhythm of a row of shots: sizes that vary, people seen whole first, a camera that rests."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from stillreel.plan.shots import Shot
    from stillreel.values.scene import Angle, Move, ShotSize

_LADDER: tuple[ShotSize, ...] = (
    "extreme-wide",
    "wide",
    "full",
    "medium-wide",
    "medium",
    "medium-close-up",
    "close-up",
    "extreme-close-up",
)
_WHOLE = ("wide", "full", "medium-wide")
_MOST_MOVES = 5
_FORGOTTEN = 20
"""Panels after which someone must be seen whole again."""


_ANGLES: tuple[Angle, ...] = ("low", "high", "eye-level")

Picture = tuple[frozenset[tuple[str, str]], str, str, str]
"""What tells panels of a clip apart: who does what, size, angle; what and where if nobody."""


def picture(shot: Shot) -> Picture:
    """Return what the eye would know a shot by."""
    who = frozenset((part.id, part.does) for part in shot.parts)
    moment = shot.beat.moment
    bare = f"{moment.place} {moment.time} {moment.season} {shot.focus}"
    return who, shot.size, shot.angle, "" if who else bare


class Rhythm:
    """Remembers the shots so far and tunes the next one to them."""

    def __init__(self, things: Container[str], pictures: set[Picture]) -> None:
        """Start before the first shot.

        Args:
            things: ids of props.
            pictures: those of the clip so far, to which every shot's is added.
        """
        self._things = things
        self._pictures = pictures
        self._taken: list[tuple[ShotSize, frozenset[str]]] = []
        self._whole: dict[str, int] = {}

    def tuned(self, shot: Shot) -> Shot:
        """Return a shot whose size follows well on the sizes before it."""
        shot = self._entered(shot)
        who = frozenset(part.id for part in shot.parts)
        size = shot.size
        if self._stale(size, who) or picture(shot) in self._pictures:
            size = self._neighbour(shot, who)
            shot = replace(shot, size=size)
        for angle in _ANGLES:
            if picture(shot) in self._pictures:
                shot = replace(shot, angle=angle)
        self._pictures.add(picture(shot))
        self._taken.append((size, who))
        if size in _WHOLE:
            self._whole |= dict.fromkeys(who, len(self._taken))
        return shot

    def _entered(self, shot: Shot) -> Shot:
        """Show someone who comes in from head to foot before we go near."""
        new = [part.id for part in shot.parts if self._unseen(part.id)]
        near = shot.size not in (*_WHOLE, "extreme-wide", "insert")
        if not new or not near:
            return shot
        size: ShotSize = "full" if len(shot.parts) == 1 else "medium-wide"
        if self._taken and self._taken[-1][0] == size:
            size = "medium-wide" if size == "full" else "full"
        return replace(shot, size=size, over="")

    def _unseen(self, one: str) -> bool:
        return len(self._taken) - self._whole.get(one, -99) > _FORGOTTEN

    def _stale(self, size: ShotSize, who: frozenset[str]) -> bool:
        if self._taken[-1:] == [(size, who)]:
            return True
        return len(self._taken) > 1 and all(one[0] == size for one in self._taken[-2:])

    def _neighbour(self, shot: Shot, who: frozenset[str]) -> ShotSize:
        size, thing = shot.size, shot.focus in self._things
        if size == "insert":
            return "medium" if who else "wide"
        if thing and not who:
            return "insert"
        at = _LADDER.index(size)
        lain = len(who) > 1 and any(part.does in ("lie", "sleep") for part in shot.parts)
        # A pair shown whole is uneven, or lies: nearer, one of them would lose the head.
        pair = size == "full" and len(who) == 2
        steps = (-1, 1, -2, 2) if at > 2 or lain or pair else (1, -1, 2, -2)
        for step in steps:
            option = at + step
            if not 0 <= option < len(_LADDER) or self._stale(_LADDER[option], who):
                continue
            if picture(replace(shot, size=_LADDER[option])) not in self._pictures:
                return _LADDER[option]
        return "medium"


def calmed(shots: Sequence[Shot]) -> list[Shot]:
    """Let at least a third of nine shots stand still, and no movement follow its like."""
    found: list[Shot] = []
    moves = 0
    before: Move = "static"
    for shot in shots:
        move = shot.move
        if move != "static" and (move == before or moves >= _MOST_MOVES):
            move = "static"
        moves += move != "static"
        before = move
        found.append(replace(shot, move=move))
    if moves == 0 and found:
        at = max(range(len(found)), key=lambda i: (found[i].beat.turn, found[i].role == "close"))
        found[at] = replace(found[at], move="push")
    return found
