"""Beats into shots: which picture tells it, from how near, from where, with what movement."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, Literal

from stillreel.plan.pacing import WORDS_PER_SECOND
from stillreel.plan.quotes import chunks
from stillreel.plan.staging import moving
from stillreel.plan.telling import Part, Said

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from stillreel.plan.telling import Beat, BeatKind, Being, Thing
    from stillreel.values.scene import Angle, Emotion, Move, ShotSize

Role = Literal["place", "master", "full", "medium", "close", "reaction", "detail", "over", "above"]

_ROLES: dict[BeatKind, tuple[Role, ...]] = {
    "action": ("full", "medium", "close", "reaction", "detail", "over", "master", "above"),
    "look": ("medium", "close", "over", "reaction", "master", "detail"),
    "feeling": ("close", "medium", "reaction", "full", "detail", "above"),
    "portrait": ("full", "close", "medium", "detail", "above", "reaction"),
    "scenery": ("place", "detail", "master", "above", "medium", "close"),
    "detail": ("detail", "close", "medium", "reaction", "master", "above"),
    "still": ("medium", "master", "close", "reaction", "above", "detail"),
    "speech": ("medium", "close", "over", "reaction", "master", "full"),
}
_SIZES: dict[Role, ShotSize] = {
    "place": "extreme-wide",
    "master": "wide",
    "full": "full",
    "medium": "medium",
    "close": "close-up",
    "reaction": "medium-close-up",
    "detail": "insert",
    "over": "medium-close-up",
    "above": "wide",
}
_SECONDS: dict[Role, Fraction] = {
    "place": Fraction(17, 10),
    "master": Fraction(15, 10),
    "full": Fraction(14, 10),
    "medium": Fraction(13, 10),
    "close": Fraction(12, 10),
    "reaction": Fraction(11, 10),
    "detail": Fraction(11, 10),
    "over": Fraction(13, 10),
    "above": Fraction(14, 10),
}
_REACTS: dict[Emotion, str] = {
    "angry": "stiffens",
    "afraid": "draws back",
    "happy": "brightens",
    "sad": "looks down",
    "surprised": "starts",
    "determined": "watches closely",
    "neutral": "watches",
}
_ANSWERS: dict[Emotion, Emotion] = {
    "angry": "afraid",
    "afraid": "surprised",
    "happy": "happy",
    "sad": "sad",
    "surprised": "surprised",
    "determined": "neutral",
    "neutral": "neutral",
}
_TALL, _SHORT = 2.4, 1.4


@dataclass(frozen=True, slots=True)
class Shot:
    """One panel before it is staged."""

    role: Role
    size: ShotSize
    angle: Angle
    move: Move
    text: str
    parts: tuple[Part, ...]
    beat: Beat
    seconds: Fraction
    focus: str = ""
    over: str = ""
    props: tuple[str, ...] = ()
    said: Said | None = None


class Director:
    """Chooses shots for beats; knows who everybody is."""

    def __init__(
        self, beings: Mapping[str, Being], things: Mapping[str, Thing], *, english: bool
    ) -> None:
        """Take the cast and the things of the story, and whether it is told in English."""
        self._beings = beings
        self._things = things
        self._english = english
        self._last: list[ShotSize] = []

    def cover(self, beat: Beat, many: int, part: int, *, opening: bool) -> list[Shot]:
        """Return `many` shots of one beat.

        Args:
            beat: what happens.
            many: number of shots.
            part: which part of a beat told over several clips this is, 0 for the first.
            opening: the place is new, so that it must be shown first.
        """
        if beat.said is not None and part == 0:
            return self._speech(beat, many, opening=opening)
        roles: list[Role] = [role for role in _ROLES[beat.kind] if self._can(beat, role)]
        roles = roles or ["master"]
        if not opening and not part and many == 1:
            return [self._shot(beat, self._single(beat, roles), first=True, again=0)]
        if part:
            turned = part * 2 % len(roles)
            roles = roles[turned:] + roles[:turned]
        if opening and roles[0] not in ("place", "master"):
            roles = ["place" if many > 1 else "master", *roles]
        elif (
            beat.kind == "action"
            and many > 2
            and part == 0
            and len(beat.parts) + len(beat.present) > 1
        ):
            roles = ["master", *(role for role in roles if role != "master")]
        chosen: list[Role] = [roles[i % len(roles)] for i in range(many)]
        return [
            self._shot(beat, role, first=i == 0 and part == 0, again=i // len(roles))
            for i, role in enumerate(chosen)
        ]

    def seen(self, size: ShotSize) -> None:
        """Remember the size of a shot that was taken, so that the next one differs."""
        self._last.append(size)

    def _single(self, beat: Beat, roles: list[Role]) -> Role:
        """Choose the one shot of a beat by the rhythm of the shots before it."""
        lead = beat.parts[0] if beat.parts else None
        if beat.kind == "detail" and (beat.focus or not lead):
            return "detail"
        if beat.kind == "scenery" or lead is None:
            wide = self._last[-1:] == ["extreme-wide"]
            return "master" if wide else "place"
        options: list[Role] = ["full", "medium", "close", "master"]
        if beat.kind in ("feeling", "portrait", "look"):
            options = ["close", "medium", "full"]
        elif beat.turn and not moving(lead.does):
            options = ["medium", "close", "full"]
        elif moving(lead.does) or beat.travel:
            options = ["full", "master", "medium"]
        elif len(beat.parts) > 1 or lead.does in (
            "talk",
            "reach",
            "embrace",
            "look",
            "cry",
            "laugh",
            "eat",
        ):
            options = ["medium", "close", "full", "over"]
        options = [role for role in options if role in roles or role == "master"]
        recent = [_tier(size) for size in self._last[-2:]]
        for role in options:
            size = self._size(beat, role, 0)
            if size != (self._last or [""])[-1] and not (
                len(recent) == 2 and set(recent) == {_tier(size)}
            ):
                return role
        return options[0]

    def _speech(self, beat: Beat, many: int, *, opening: bool) -> list[Shot]:
        said = beat.said
        if said is None:
            return []
        opened = opening and many > 1
        extra: tuple[Role, ...] = ("place",) if opened else ()
        room = many - len(extra)
        words = max(len(said.text.split()), 1)
        pieces = list(chunks(said.text, max(ceil(words / room) + 1, 4)))
        while len(pieces) > room:
            at = min(range(len(pieces) - 1), key=lambda i: len(pieces[i]) + len(pieces[i + 1]))
            pieces[at : at + 2] = [f"{pieces[at]} {pieces[at + 1]}"]
        listener = self._other(beat)
        shots = [self._shot(beat, role, first=True, again=0) for role in extra]
        for index, piece in enumerate(pieces):
            away = bool(listener) and index % 3 == 2
            role = self._speech_role(beat, index, bool(listener), away, opening and many == 1)
            shot = self._shot(beat, role, first=index == 0 and not extra, again=0)
            seconds = max(
                Fraction(len(piece.split())) / WORDS_PER_SECOND + Fraction(1, 4), Fraction(9, 10)
            )
            hidden = said.off or away or all(one.id != said.who for one in shot.parts)
            shots.append(replace(shot, said=replace(said, text=piece, off=hidden), seconds=seconds))
        others: tuple[Role, ...] = (
            ("reaction", "close", "master", "over", "full")
            if listener
            else ("close", "medium", "full", "detail")
        )
        roles: list[Role] = [role for role in others if self._can(beat, role)]
        roles = roles or ["master"]
        for index in range(many - len(shots)):
            role = roles[index % len(roles)]
            shots.append(self._shot(beat, role, first=False, again=index // len(roles)))
        return shots

    def _speech_role(self, beat: Beat, index: int, listened: bool, away: bool, wide: bool) -> Role:
        if not beat.parts:
            return "place"
        if wide:
            return "master"
        if away:
            return "reaction"
        if index:
            return "close"
        over = listened and beat.paragraph % 2 == 1 and self._can(beat, "over")
        if over and self._last[-1:] != ["medium-close-up"]:
            return "over"
        return "close" if _tier((self._last or ["wide"])[-1]) == "middle" else "medium"

    def _can(self, beat: Beat, role: Role) -> bool:
        someone = bool(beat.parts)
        if role == "reaction":
            return bool(self._other(beat))
        if role == "over":
            other = self._other(beat)
            return (
                bool(other)
                and all(
                    self._beings[one].kind == "human"
                    and self._beings[one].members == 1
                    and self._height(one) < _TALL
                    for one in (other,)
                )
                and bool(beat.parts)
                and self._beings[beat.parts[0].id].kind == "human"
            )
        if role == "detail":
            return bool(beat.focus or beat.things or self._held(beat)) or (
                someone and self._beings[beat.parts[0].id].kind == "human"
            )
        if role in ("full", "medium", "close"):
            return someone
        return True

    def _other(self, beat: Beat) -> str:
        """Return who may react: the one it is done to, else someone else who is there."""
        lead = beat.parts[0].id if beat.parts else ""
        for part in beat.parts[1:]:
            if part.id != lead and self._beings[part.id].kind != "thing":
                return part.id
        for part in beat.present:
            if part.id != lead and self._beings[part.id].kind in ("human", "dog", "cat", "horse"):
                return part.id
        return ""

    def _held(self, beat: Beat) -> str:
        return next((part.holds for part in beat.parts if part.holds), "")

    def _shot(self, beat: Beat, role: Role, *, first: bool, again: int) -> Shot:
        if role == "place" and beat.parts and again:
            role = "master"
        size = self._size(beat, role, again)
        parts, focus, over = self._framed(beat, role)
        props = self._props(beat, role)
        text = beat.text if first else self._told(beat, role, focus)
        return Shot(
            role=role,
            size=size,
            angle=self._angle(beat, role, parts),
            move=self._move(beat, role, parts),
            text=text,
            parts=parts,
            beat=beat,
            seconds=_SECONDS[role],
            focus=focus,
            over=over,
            props=props,
        )

    def _size(self, beat: Beat, role: Role, again: int) -> ShotSize:
        size = _SIZES[role]
        if role == "detail" and not (beat.focus or beat.things or self._held(beat)):
            return "extreme-close-up"
        if role == "medium" and len(beat.parts) > 1:
            size = "medium-wide"
        if role == "close" and beat.parts:
            fellows = [p for p in beat.parts[1:2] if p.does == beat.parts[0].does]
            if fellows or self._beings[beat.parts[0].id].members > 1:
                size = "medium-close-up"
        if role == "reaction" and (again or beat.turn):
            size = "close-up"
        if role == "full" and beat.travel and beat.kind == "action" and len(beat.parts) > 1:
            size = "wide"
        return size

    def _framed(self, beat: Beat, role: Role) -> tuple[tuple[Part, ...], str, str]:  # noqa: PLR0911 - one per role
        """Return who is in frame, what it is composed on, and over whose shoulder we look."""
        doing = {part.id for part in beat.parts}
        everyone = (*beat.parts, *(part for part in beat.present if part.id not in doing))
        lead = beat.parts[0] if beat.parts else None
        thing = beat.focus or self._held(beat) or next(iter(beat.things), "")
        if role in ("place", "master", "above"):
            return everyone, "", ""
        if role == "reaction":
            other = self._other(beat)
            return (self._reacting(beat, other),), other, ""
        if role == "detail":
            if thing:
                holders = tuple(part for part in beat.parts if part.holds == thing)
                return holders, thing, ""
            return ((lead,), lead.id, "") if lead else (everyone[:1], "", "")
        if role == "over" and lead:
            other = self._other(beat)
            pair = (
                replace(lead, looks_at=other),
                replace(self._idle(beat, other), looks_at=lead.id),
            )
            return pair, lead.id, other
        if role == "close" and lead:
            fellows = tuple(
                p for p in beat.parts[1:2] if p.does == lead.does and p.emotion == lead.emotion
            )
            return (lead, *fellows), lead.id, ""
        if role == "medium" and beat.parts:
            return beat.parts[:2], beat.parts[0].id, ""
        return beat.parts or everyone, lead.id if lead else "", ""

    def _idle(self, beat: Beat, one: str) -> Part:
        known = (part for part in (*beat.parts[1:], *beat.present) if part.id == one)
        return next(known, Part(one, "stand", "neutral"))

    def _reacting(self, beat: Beat, other: str) -> Part:
        lead = beat.parts[0] if beat.parts else None
        emotion = _ANSWERS[lead.emotion] if lead else "neutral"
        if beat.turn and emotion == "neutral":
            emotion = "surprised"
        part = self._idle(beat, other)
        does = part.does if part.does in ("sit", "lie", "embrace") else "look"
        looks = lead.id if lead and lead.id != other else ""
        return replace(part, does=does, emotion=emotion, looks_at=looks)

    def _props(self, beat: Beat, role: Role) -> tuple[str, ...]:
        held = {part.holds for part in beat.parts}
        if role in ("close", "reaction", "over"):
            return ()
        return tuple(one for one in beat.things if one not in held)[:3]

    def _told(self, beat: Beat, role: Role, focus: str) -> str:
        name = self._name(beat.parts[0].id) if beat.parts else ""
        if not self._english:
            return beat.text
        if role == "reaction":
            other = self._other(beat)
            emotion = self._reacting(beat, other).emotion
            verb = _REACTS[emotion]
            if self._beings[other].members > 1:
                verb = {"draws back": "draw back", "watches closely": "watch closely"}.get(
                    verb, _plural(verb)
                )
            if beat.said is not None and name:
                return f"{_capital(self._name(other))} {verb} as {name} speaks."
            return f"{_capital(self._name(other))} {verb}. {beat.text}"
        if role == "detail":
            thing = self._things.get(focus)
            return (
                f"{_capital(thing.name)}, near. {beat.text}"
                if thing
                else f"The eyes of {name}. {beat.text}"
            )
        lead = {
            "close": f"Close on {name}.",
            "over": f"Over the shoulder of {self._name(self._other(beat))}."
            if role == "over"
            else "",
            "above": "From above.",
            "master": "Wider.",
            "place": "The whole place.",
            "full": f"{_capital(name)}, head to foot.",
            "medium": f"Nearer to {name}.",
        }[role]
        return f"{lead} {beat.text}"

    def _angle(self, beat: Beat, role: Role, parts: Sequence[Part]) -> Angle:
        if role == "above":
            return "high"
        lead = parts[0].id if parts else ""
        tall = lead and self._height(lead) >= _TALL
        small = lead and self._beings[lead].kind == "human" and self._height(lead) <= _SHORT
        giants = any(
            self._height(one) >= _TALL for one in (p.id for p in (*beat.parts, *beat.present))
        )
        tender = role == "close" and bool(parts) and parts[0].emotion in ("sad", "happy", "afraid")
        upright = bool(parts) and parts[0].does not in ("lie", "kneel", "sit", "sleep")
        if role in ("close", "medium", "full", "reaction") and tall and upright and not tender:
            return "low"
        if role in ("close", "medium", "reaction") and small and giants:
            return "high"
        if lead and parts[0].on in ("tree", "roof", "wall") and role in ("full", "medium"):
            return "low"
        if parts and parts[0].does == "lie" and role in ("full", "medium", "master"):
            return "high"
        return "eye-level"

    def _move(  # noqa: PLR0911 - one per reason
        self, beat: Beat, role: Role, parts: Sequence[Part]
    ) -> Move:
        lead = parts[0] if parts else None
        if role == "place":
            return "pan-right" if beat.paragraph % 2 else "pan-left"
        if role == "above":
            return "crane-down"
        if lead and moving(lead.does) and role in ("full", "medium") and beat.travel:
            return "track-right"
        if role == "close" and (beat.turn or beat.kind in ("feeling", "look")):
            return "push"
        if role == "detail" and beat.turn:
            return "push"
        if beat.kind == "portrait" and role == "full":
            return "tilt-up"
        return "static"

    def _height(self, one: str) -> float:
        being = self._beings[one]
        return being.height_m or (1.2 if being.age == "child" else 1.7)

    def _name(self, one: str) -> str:
        return self._beings[one].name


def _tier(size: str) -> str:
    if size in ("extreme-wide", "wide", "full"):
        return "wide"
    return "middle" if size in ("medium-wide", "medium") else "near"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _plural(verb: str) -> str:
    if verb.endswith(("ches", "sses")):
        return verb[:-2]
    first, *rest = verb.split(" ")
    return " ".join([first.removesuffix("s"), *rest])
