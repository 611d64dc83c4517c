"""Nine panels from the beats of one clip: coverage, variety, staging, light, lengths."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from stillreel.plan.nouns import ClipPlan, Line, Panel
from stillreel.plan.pacing import lengths
from stillreel.plan.shots import Director
from stillreel.plan.staging import Stage

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal

    from stillreel.plan.shots import Shot
    from stillreel.plan.telling import Beat, Moment, Telling
    from stillreel.values.scene import Move, ShotSize

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
_MOST_MOVES = 5
_AMBIENCE = {"rain": "rain", "wind": "wind", "snow": "wind"}


class Board:
    """Turns groups of beats into clips, one after the other."""

    def __init__(self, telling: Telling) -> None:
        """Take the story; the first clip comes next."""
        self._beings = {being.id: being for being in telling.beings}
        self._spots = {spot.id: spot for spot in telling.spots}
        self._things = {thing.id for thing in telling.things}
        self._director = Director(
            self._beings, {thing.id: thing for thing in telling.things}, english=telling.english
        )
        self._place = ""
        self._when = ("", "")
        self._known: set[str] = set()
        self._stage = Stage(self._beings)
        self._sizes: list[ShotSize] = []

    def clip(
        self,
        number: int,
        beats: Sequence[Beat],
        many: Sequence[int],
        parts: Sequence[int],
        *,
        last: bool,
    ) -> ClipPlan:
        """Return one clip.

        Args:
            number: position in the film, from 1.
            beats: what happens in it.
            many: panels for each beat, nine in all.
            parts: which part of its beat each is.
            last: the film ends with this clip.
        """
        shots: list[tuple[Shot, Stage]] = []
        for beat, count, part in zip(beats, many, parts, strict=True):
            opening = self._enter(beat)
            covered = self._director.cover(beat, count, part, opening=opening)
            shots.extend((self._varied(shot), self._stage) for shot in covered)
        shots = self._calmed(shots)
        if last:
            shots[-1] = (self._farewell(shots[-1][0]), shots[-1][1])
        total, seconds = lengths([shot.seconds for shot, _ in shots])
        panels = tuple(
            self._panel(f"P{index}", shot, stage, length)
            for index, ((shot, stage), length) in enumerate(zip(shots, seconds, strict=True), 1)
        )
        shown = [beat for beat in beats if beat.said is None and beat.parts] or list(beats)
        heaviest = max(shown, key=lambda beat: (beat.turn, beat.weight, -len(beat.text)))
        return ClipPlan(
            id=f"C{number:02}", title=_title(heaviest.text), seconds=total, panel=panels
        )

    def _enter(self, beat: Beat) -> bool:
        """Note where we are; a new place is a new scene with a new axis."""
        when = (beat.moment.time, beat.moment.season)
        new_place = beat.moment.place != self._place
        opening = new_place or when != self._when
        if new_place:
            self._stage = Stage(self._beings)
        self._place, self._when = beat.moment.place, when
        known = beat.moment.place in self._known
        self._known.add(beat.moment.place)
        return opening and not (known and beat.said is not None)

    def _varied(self, shot: Shot) -> Shot:
        """Keep three equal sizes from following each other."""
        size = shot.size
        if len(self._sizes) > 1 and self._sizes[-1] == self._sizes[-2] == size:
            size = self._neighbour(size, bool(shot.parts), shot.focus in self._things)
        self._sizes.append(size)
        self._director.seen(size)
        return replace(shot, size=size)

    def _neighbour(self, size: ShotSize, peopled: bool, thing: bool) -> ShotSize:
        if size == "insert":
            return "medium" if peopled else "wide"
        if thing and not peopled:
            return "insert"
        at = _LADDER.index(size)
        options = [at - 1, at + 1] if at > 2 else [at + 1, at - 1]
        for option in options:
            if 0 <= option < len(_LADDER) and _LADDER[option] != self._sizes[-1]:
                return _LADDER[option]
        return "medium"

    def _calmed(self, shots: list[tuple[Shot, Stage]]) -> list[tuple[Shot, Stage]]:
        """Let a third of the panels stand still, and no movement follow its like."""
        found: list[tuple[Shot, Stage]] = []
        moves = 0
        before: Move = "static"
        for shot, stage in shots:
            move = shot.move
            if move != "static" and (move == before or moves >= _MOST_MOVES):
                move = "static"
            moves += move != "static"
            before = move
            found.append((replace(shot, move=move), stage))
        if moves == 0:
            at = max(
                range(len(found)),
                key=lambda i: (found[i][0].beat.turn, found[i][0].role == "close"),
            )
            found[at] = (replace(found[at][0], move="push"), found[at][1])
        return found

    def _farewell(self, shot: Shot) -> Shot:
        size: ShotSize = "wide" if shot.size not in ("insert", "extreme-wide") else shot.size
        return replace(shot, move="pull", size=size, seconds=shot.seconds + Fraction(1, 2))

    def _panel(self, name: str, shot: Shot, stage: Stage, seconds: str) -> Panel:
        beat, moment = shot.beat, shot.beat.moment
        lead = beat.parts[0].id if beat.parts else ""
        who = stage.place(shot.parts, shot.size, leaving=beat.travel == "out", lead=lead)
        ids = {one.id for one in who}
        who = tuple(
            one.model_copy(
                update={"looks_at": one.looks_at if self._visible(one.looks_at, ids, shot) else ""}
            )
            for one in who
        )
        move = shot.move
        if move.startswith("track") and who:
            move = "track-left" if who[0].facing == "left" else "track-right"
        spot = self._spots[moment.place]
        return Panel(
            id=name,
            size=shot.size,
            angle=shot.angle,
            move=move,
            seconds=seconds,
            action=shot.text,
            who=who,
            place=moment.place,
            features=tuple(one for one in moment.features if one not in spot.features),
            hides=moment.hides,
            time=moment.time,
            season=moment.season,
            weather=moment.weather,
            key=self._key(moment),
            mood=self._mood(shot),
            focus=shot.focus if shot.focus in ids or shot.focus in self._things else "",
            over=shot.over if shot.over in ids else "",
            props=shot.props,
            line=Line(who=shot.said.who, text=shot.said.text, off=shot.said.off)
            if shot.said
            else None,
            sound=self._sound(shot),
            source=beat.lines,
        )

    def _visible(self, one: str, ids: set[str], shot: Shot) -> bool:
        near = {part.id for part in shot.beat.parts} | {part.id for part in shot.beat.present}
        return one in ids or one in near or one in self._things

    def _key(self, moment: Moment) -> Literal["left", "right", "front", "back", "top"]:
        if moment.time in ("dusk", "dawn"):
            return "back"
        return "left" if len(moment.place) % 2 else "right"

    def _mood(self, shot: Shot) -> Literal["warm", "cool", "neutral", "harsh", "dim"]:
        moment = shot.beat.moment
        if moment.time == "night":
            return "dim"
        if shot.beat.parts and shot.beat.parts[0].emotion == "angry":
            return "harsh"
        if moment.season == "winter" or moment.weather in ("rain", "fog", "snow"):
            return "cool"
        if moment.time in ("dusk", "dawn") or moment.season in ("spring", "summer"):
            return "warm"
        return "neutral"

    def _sound(self, shot: Shot) -> tuple[str, ...]:
        moment = shot.beat.moment
        heard = list(shot.beat.sounds) if shot.beat.parts or shot.beat.kind == "detail" else []
        ambience = _AMBIENCE.get(moment.weather, "")
        green = self._spots[moment.place].kind in ("garden", "forest", "field")
        if (
            green
            and not ambience
            and moment.time == "day"
            and moment.season in ("spring", "summer")
        ):
            ambience = "birds"
        if ambience and ambience not in heard:
            heard.append(ambience)
        return tuple(heard[:3])


def _title(text: str) -> str:
    first = text.split(". ", maxsplit=1)[0]
    words = first.rstrip(".!?").split()
    for prefix in ("Suddenly", "So", "And", "But"):
        if words and words[0] == prefix:
            words = words[1:]
    short = " ".join(words[:8]).rstrip(",;:")
    return short[:1].upper() + short[1:] if short else "Untitled"
