"""Nine panels from the beats of one clip: coverage, variety, staging, light, lengths."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.plan.farewell import farewell
from stillreel.plan.nouns import ClipPlan, Line, Panel
from stillreel.plan.pacing import lengths
from stillreel.plan.rhythm import Rhythm, calmed
from stillreel.plan.shots import Director
from stillreel.plan.staging import Stage
from stillreel.plan.titles import title_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal

    from stillreel.plan.rhythm import Picture
    from stillreel.plan.shots import Shot
    from stillreel.plan.telling import Beat, Moment, Telling
    from stillreel.values.scene import Performer

_SEATS = frozenset(("bench", "chair", "boat", "rock", "table", "ladder", "stairs"))
_AMBIENCE = {"rain": "rain", "wind": "wind", "snow": "wind"}


class Board:
    """Turns groups of beats into clips, one after the other."""

    def __init__(self, telling: Telling) -> None:
        """Take the story; the first clip comes next."""
        self._beings = {being.id: being for being in telling.beings}
        self._spots = {spot.id: spot for spot in telling.spots}
        self._things = {thing.id for thing in telling.things}
        self._pictures: set[Picture] = set()
        self._director = Director(
            self._beings,
            {thing.id: thing for thing in telling.things},
            self._spots,
            self._pictures,
            english=telling.english,
        )
        self._rhythm = Rhythm(self._things, self._pictures)
        self._titles: set[str] = set()
        self._place = ""
        self._when = ("", "")
        self._known: set[str] = set()
        self._stage = Stage(self._beings)

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
        self._pictures.clear()
        for beat, count, part in zip(beats, many, parts, strict=True):
            opening = self._enter(beat)
            covered = self._director.cover(beat, count, part, opening=opening)
            for shot in covered:
                tuned = self._rhythm.tuned(shot)
                self._director.seen(tuned.size)
                shots.append((tuned, self._stage))
        quiet = calmed([shot for shot, _ in shots])
        shots = [(shot, stage) for shot, (_, stage) in zip(quiet, shots, strict=True)]
        if last:
            shots[-1] = (self._last(quiet), shots[-1][1])
        total, seconds = lengths([shot.seconds for shot, _ in shots])
        panels = tuple(
            self._panel(f"P{index}", shot, stage, length)
            for index, ((shot, stage), length) in enumerate(zip(shots, seconds, strict=True), 1)
        )
        title = title_of(beats, self._titles)
        self._titles.add(title)
        return ClipPlan(id=f"C{number:02}", title=title, seconds=total, panel=panels)

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

    def _last(self, shots: Sequence[Shot]) -> Shot:
        """Return the shot the film ends with."""
        return farewell(shots[-1], self._director.everyone(shots[-1].beat), shots[:-1])

    def _panel(self, name: str, shot: Shot, stage: Stage, seconds: str) -> Panel:
        beat, moment = shot.beat, shot.beat.moment
        lead = beat.parts[0].id if beat.parts else ""
        speaker = shot.said.who if shot.said and not shot.said.off else ""
        who = stage.place(
            shot.parts, shot.size, leaving=beat.travel == "out", lead=lead, speaker=speaker
        )
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
            features=tuple(one for one in moment.features if one not in spot.features)
            + _seats(who, (*moment.features, *spot.features), spot.kind),
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


def _seats(who: Sequence[Performer], there: tuple[str, ...], kind: str) -> tuple[str, ...]:
    """Return what somebody rests on that the place would not show by itself."""
    if kind == "vehicle":
        return ()
    seats = dict.fromkeys(one.on for one in who if one.on in _SEATS and one.on not in there)
    return tuple(seats)
