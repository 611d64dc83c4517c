"""Who is in the frame: doers, those who react, the thing in a hand, and how near we are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from stillreel.plan.posture import HELD
from stillreel.plan.telling import Part

if TYPE_CHECKING:
    from collections.abc import Mapping

    from stillreel.plan.telling import Beat, Being, Thing
    from stillreel.values.scene import Emotion, ShotSize

Role = Literal["place", "master", "full", "medium", "close", "reaction", "detail", "over", "above"]
"""What a shot is for; `master` shows everybody, `over` looks over a shoulder."""

TALL = 2.4
"""Height in metres from which somebody is a giant to the camera."""

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
_ANSWERS: dict[Emotion, Emotion] = {
    "angry": "afraid",
    "afraid": "surprised",
    "happy": "happy",
    "sad": "sad",
    "surprised": "surprised",
    "determined": "neutral",
    "neutral": "neutral",
}
_BUSY = ("run", "fall", "fight", "dance", "sleep", "swim", "ride")
_LIVELY = ("human", "dog", "cat", "horse", "bird", "animal")


class Framing:
    """Decides what a shot of a beat holds; knows who everybody is."""

    def __init__(self, beings: Mapping[str, Being], things: Mapping[str, Thing]) -> None:
        """Take the cast and the things of the story."""
        self.beings = beings
        self.things = things

    def can(self, beat: Beat, role: Role) -> bool:
        """Say whether a beat has what a shot of this role shows."""
        someone = bool(beat.parts)
        if role == "reaction":
            return bool(self.other(beat))
        if role == "over":
            other = self.other(beat)
            return (
                bool(other) and someone and self._facing(other) and self._facing(beat.parts[0].id)
            )
        if role == "detail":
            thing = bool(beat.focus or beat.things or self.held(beat))
            return thing or (someone and self._speaking_eyes(beat))
        if role in ("full", "medium", "close"):
            return someone
        return True

    def other(self, beat: Beat) -> str:
        """Return who may react: the one it is done to, else someone else who is there."""
        lead = beat.parts[0].id if beat.parts else ""
        force = bool(lead) and self.beings[lead].kind == "thing"
        for part in beat.parts[1:]:
            if part.id != lead and (force or self.beings[part.id].kind != "thing"):
                return part.id
        looked_at = beat.parts[0].looks_at if beat.parts else ""
        if any(part.id == looked_at for part in beat.present):
            return looked_at
        for part in beat.present:
            if part.id != lead and self.beings[part.id].kind in _LIVELY:
                return part.id
        return ""

    def held(self, beat: Beat) -> str:
        """Return the id of a thing that somebody of the beat holds, or an empty text."""
        return next((part.holds for part in beat.parts if part.holds), "")

    def size(self, beat: Beat, role: Role, again: int) -> ShotSize:
        """Return how near a role stands to its beat; `again` counts repeats of the role."""
        size = _SIZES[role]
        if role == "detail" and not (beat.focus or beat.things or self.held(beat)):
            return "extreme-close-up"
        if role == "medium" and len(beat.parts) > 1:
            size = self.two(beat.parts)
        elif role == "medium" and beat.parts and beat.parts[0].does == "kneel":
            size = "medium-wide"
        if role == "close" and beat.parts:
            lead = beat.parts[0]
            fellows = [p for p in beat.parts[1:2] if p.does == lead.does and self._level(lead, p)]
            if fellows or self.beings[beat.parts[0].id].members > 1:
                size = "medium-close-up"
        if role == "reaction" and (again or beat.turn):
            size = "close-up"
        if role == "full" and beat.travel and beat.kind == "action" and len(beat.parts) > 1:
            size = "wide"
        return size

    def two(self, parts: tuple[Part, ...]) -> ShotSize:
        """Return how near a shot of two stands: whoever lies is as wide as they are tall."""
        flat = any(part.does in ("lie", "sleep") for part in parts)
        low = not all(self._level(parts[0], one, 1.9) for one in parts[1:2])
        return "full" if flat or low else "medium-wide"

    def framed(self, beat: Beat, role: Role) -> tuple[tuple[Part, ...], str, str]:  # noqa: PLR0911 - one per role
        """Return who is in frame, what it is composed on, and over whose shoulder we look."""
        everyone = self.everyone(beat)
        lead = beat.parts[0] if beat.parts else None
        thing = beat.focus or self.held(beat) or next(iter(beat.things), "")
        if role in ("place", "master", "above"):
            return everyone, "", ""
        if role == "reaction":
            other = self.other(beat)
            return (self.reacting(beat, other),), other, ""
        if role == "detail":
            if thing:
                return tuple(part for part in beat.parts if part.holds == thing), thing, ""
            eyes = lead is not None and not lead.loud and lead.does not in HELD
            still = (replace(lead, does="look"),) if lead and eyes else everyone[:1]
            return still, still[0].id if still else "", ""
        if role == "over" and lead:
            other = self.other(beat)
            pair = (
                lead if lead.away else replace(lead, looks_at=other),
                replace(self._idle(beat, other), looks_at=lead.id),
            )
            return pair, lead.id, other
        if role == "close" and lead:
            fellows = tuple(
                p
                for p in beat.parts[1:2]
                if p.does == lead.does and p.emotion == lead.emotion and self._level(lead, p)
            )
            return (lead, *fellows), lead.id, ""
        if role == "medium" and beat.parts:
            target = beat.parts[0].looks_at
            second = next((p for p in beat.parts[1:] if p.id == target), None)
            pair = (beat.parts[0], second) if second else beat.parts[:2]
            return pair, beat.parts[0].id, ""
        return beat.parts or everyone, lead.id if lead else "", ""

    def pair(self, beat: Beat) -> tuple[Part, ...]:
        """Return the speaker and the one who listens, looking at each other."""
        lead, other = beat.parts[0], self.other(beat)
        seen = lead if lead.away else replace(lead, looks_at=other)
        return (seen, replace(self._idle(beat, other), looks_at=lead.id))

    def reacting(self, beat: Beat, other: str) -> Part:
        """Return how someone takes what the beat tells."""
        lead = beat.parts[0] if beat.parts else None
        emotion = _ANSWERS[lead.emotion] if lead else "neutral"
        if beat.turn and emotion == "neutral":
            emotion = "surprised"
        part = self._idle(beat, other)
        does = part.does if part.does in (*HELD, "embrace") else "look"
        looks = lead.id if lead and lead.id != other and does != "sleep" else ""
        return replace(part, does=does, emotion=emotion, looks_at=looks)

    def props(self, beat: Beat, role: Role) -> tuple[str, ...]:
        """Return the ids of things seen besides those in hands."""
        held = {part.holds for part in beat.parts}
        if role in ("close", "reaction", "over"):
            return ()
        return tuple(one for one in beat.things if one not in held)[:3]

    def height(self, one: str) -> float:
        """Return someone's height in metres, roughly."""
        being = self.beings[one]
        return being.height_m or (1.2 if being.age == "child" else 1.7)

    def name(self, one: str) -> str:
        """Return someone's name as it stands inside a sentence."""
        return self.beings[one].name

    def everyone(self, beat: Beat) -> tuple[Part, ...]:
        """Return all who are there, the doers first, nobody both young and old."""
        doing = {part.id for part in beat.parts}
        younger = {self.beings[part.id].like for part in (*beat.parts, *beat.present)}
        others = (part for part in beat.present if part.id not in doing | younger)
        return (*beat.parts, *others)

    def _speaking_eyes(self, beat: Beat) -> bool:
        """Say whether the eyes alone tell something: a look or a feeling of one person."""
        lead = beat.parts[0]
        being = self.beings[lead.id]
        told = beat.kind in ("look", "feeling") or lead.emotion != "neutral"
        return being.kind == "human" and being.members == 1 and told and lead.does not in _BUSY

    def _level(self, one: Part, other: Part, much: float = 1.5) -> bool:
        """Say whether two heads are about as high, so that both are in a near shot."""
        heights = sorted((self.height(one.id), self.height(other.id)))
        return heights[1] < much * heights[0]

    def _facing(self, one: str) -> bool:
        being = self.beings[one]
        return being.kind == "human" and being.members == 1 and self.height(one) < TALL

    def _idle(self, beat: Beat, one: str) -> Part:
        known = (part for part in (*beat.parts[1:], *beat.present) if part.id == one)
        return next(known, Part(one, "stand", "neutral"))
