"""Beats into shots: which picture tells it, from how near, from where, with what movement."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from stillreel.plan.camera import Camera
from stillreel.plan.captions import Captions
from stillreel.plan.framing import Framing
from stillreel.plan.pacing import WORDS_PER_SECOND
from stillreel.plan.quotes import chunks
from stillreel.plan.rhythm import picture
from stillreel.plan.staging import moving

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from stillreel.plan.framing import Role
    from stillreel.plan.rhythm import Picture
    from stillreel.plan.telling import Beat, BeatKind, Being, Part, Said, Spot, Thing
    from stillreel.values.scene import Angle, Move, ShotSize

_ROLES: dict[BeatKind, tuple[Role, ...]] = {
    "action": ("full", "reaction", "detail", "close", "over", "master", "medium", "above"),
    "look": ("medium", "reaction", "detail", "close", "over", "master"),
    "feeling": ("close", "medium", "reaction", "master", "detail", "above"),
    "portrait": ("full", "close", "detail", "medium", "above", "reaction"),
    "scenery": ("place", "detail", "master", "above", "medium", "close"),
    "detail": ("detail", "close", "medium", "reaction", "master", "above", "full"),
    "still": ("medium", "reaction", "master", "close", "detail", "above"),
    "speech": ("medium", "close", "over", "reaction", "master", "full"),
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
_SETUPS: tuple[Role, ...] = ("master", "over", "over", "close", "medium", "over", "close")
"""How an exchange between two is covered, line after line; `master` is the two-shot."""


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
    """Chooses shots for beats."""

    def __init__(
        self,
        beings: Mapping[str, Being],
        things: Mapping[str, Thing],
        spots: Mapping[str, Spot],
        pictures: set[Picture],
        *,
        english: bool,
    ) -> None:
        """Take everyone and everything of the story.

        Args:
            beings: everyone, by id.
            things: every thing, by id.
            spots: every place, by id.
            pictures: those of the clip so far, which are not taken again.
            english: whether English words may be set before the story's own.
        """
        self._pictures = pictures
        self._framing = Framing(beings, things)
        self._camera = Camera(self._framing)
        self._captions = Captions(self._framing, spots, english=english)
        self._last: list[ShotSize] = []
        self._exchange: tuple[str, frozenset[str]] = ("", frozenset())
        self._turn = 0

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
        roles: list[Role] = [role for role in _ROLES[beat.kind] if self._framing.can(beat, role)]
        roles = roles or ["master"]
        if not opening and not part and many == 1:
            role = self._single(beat, roles)
            if beat.kind == "scenery" and not beat.parts:
                return [self._bare(beat, role)]
            if beat.kind == "still" and not beat.parts:
                return [self._new(beat, roles, (), first=True, again=0)]
            return [self._shot(beat, role, first=True, again=0)]
        if part:
            turned = part * 2 % len(roles)
            roles = roles[turned:] + roles[:turned]
        if opening and roles[0] not in ("place", "master"):
            roles = ["place" if many > 1 else "master", *roles]
        shots: list[Shot] = []
        for i in range(many):
            turned = i % len(roles)
            order = roles[turned:] + roles[:turned]
            shots.append(
                self._new(beat, order, shots, first=i == 0 and not part, again=i // len(roles))
            )
        return _fallen(shots, done=part > 0)

    def seen(self, size: ShotSize) -> None:
        """Remember the size of a shot that was taken, so that the next one differs."""
        self._last.append(size)

    def everyone(self, beat: Beat) -> tuple[Part, ...]:
        """Return all who are there in a beat, the doers first."""
        return self._framing.everyone(beat)

    def _new(
        self, beat: Beat, roles: Sequence[Role], before: Sequence[Shot], *, first: bool, again: int
    ) -> Shot:
        """Return the shot of the first role that makes a picture the clip does not have yet."""
        taken = self._pictures | {picture(shot) for shot in before}
        views: list[Shot] = []
        for role in roles:
            views.append(self._shot(beat, role, first=first, again=again))
            if role == "reaction" and beat.kind == "still":
                views.append(self._shot(beat, role, first=first, again=again + 1))
            if role == "reaction" and len(beat.present) > 1:
                turned = replace(beat, present=(*beat.present[1:], beat.present[0]))
                views.append(self._shot(turned, role, first=first, again=again))
        lead = beat.parts[0].id if first and beat.parts else ""
        told = [one for one in views if not lead or any(part.id == lead for part in one.parts)]
        return next((view for view in told if picture(view) not in taken), (told or views)[0])

    def _bare(self, beat: Beat, role: Role) -> Shot:
        """Return a look at a place, each time another: with those who are there, empty, at one."""
        shot = self._shot(beat, role, first=True, again=0)
        views = [shot, replace(shot, size="extreme-wide", parts=(), focus="")]
        if self._framing.can(beat, "reaction"):
            views.insert(1, self._shot(beat, "reaction", first=True, again=0))
        new = (view for view in views if picture(view) not in self._pictures)
        return next(new, shot)

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
        elif lead.does == "fall":
            options = ["full", "master"]
        elif lead.does in ("fight", "work", "climb", "kneel"):
            options = ["full", "master", "medium"]
        elif self._framing.two(beat.parts[1:]) == "full":
            options = ["medium", "master", "full"]
        elif beat.turn and not moving(lead.does):
            options = ["medium", "close", "full"]
        elif moving(lead.does) or beat.travel:
            options = ["full", "master", "medium"]
        elif len(beat.parts) > 1 or lead.does in _INTIMATE:
            options = ["medium", "close", "full", "over"]
        options = [role for role in options if role in roles or role == "master"]
        recent = [tier(size) for size in self._last[-2:]]
        fresh: list[Role] = [
            role
            for role in options
            if picture(self._shot(beat, role, first=True, again=0)) not in self._pictures
        ]
        for role in fresh:
            size = self._framing.size(beat, role, 0)
            if size != (self._last or [""])[-1] and not (
                len(recent) == 2 and set(recent) == {tier(size)}
            ):
                return role
        return (fresh or options)[0]

    def _speech(self, beat: Beat, many: int, *, opening: bool) -> list[Shot]:
        said = beat.said
        if said is None:
            return []
        extra: tuple[Role, ...] = ("place",) if opening and many > 1 else ()
        pieces = _pieces(said.text, many - len(extra))
        listener = self._framing.other(beat)
        shots = [self._shot(beat, role, first=False, again=0) for role in extra]
        for index, piece in enumerate(pieces):
            away = bool(listener) and index % 3 == 2
            role = self._speech_role(beat, index, away=away, wide=opening and many == 1)
            shot = self._spoken(beat, role, first=index == 0)
            seconds = max(
                Fraction(len(piece.split())) / WORDS_PER_SECOND + Fraction(1, 4), Fraction(9, 10)
            )
            hidden = said.off or away or all(one.id != said.who for one in shot.parts)
            shots.append(replace(shot, said=replace(said, text=piece, off=hidden), seconds=seconds))
        others: tuple[Role, ...] = ("reaction", "detail", "master", "close", "over")
        roles: list[Role] = [role for role in others if self._framing.can(beat, role)]
        for index in range(many - len(shots)):
            turned = index % len(roles)
            order = roles[turned:] + roles[:turned]
            views = [self._hushed(beat, role, index // len(roles)) for role in order]
            taken = self._pictures | {picture(shot) for shot in shots}
            shots.append(next((view for view in views if picture(view) not in taken), views[0]))
        return shots

    def _spoken(self, beat: Beat, role: Role, *, first: bool) -> Shot:
        """Return the shot of a line; the two-shot holds the speaker and the listener alone."""
        shot = self._shot(beat, role, first=first, again=0)
        if role == "master" and beat.parts and self._framing.other(beat):
            pair = self._framing.pair(beat)
            size = self._framing.two(pair)
            return replace(shot, size=size, parts=pair, focus=pair[0].id, text=beat.text)
        if role == "over" and self._turn % 2:
            return replace(shot, size="medium")
        return shot if role in ("reaction", "place") else replace(shot, text=beat.text)

    def _hushed(self, beat: Beat, role: Role, again: int) -> Shot:
        """Return a shot of a speech in which nothing is said: nobody's lips move."""
        shot = self._shot(beat, role, first=False, again=again)
        parts = tuple(
            replace(one, does="look") if one.does == "talk" and not one.loud else one
            for one in shot.parts
        )
        mine = role in ("close", "over") and bool(beat.parts)
        return replace(shot, parts=parts, text=self._captions.silent(beat) if mine else shot.text)

    def _speech_role(self, beat: Beat, index: int, *, away: bool, wide: bool) -> Role:
        if not beat.parts:
            return "place"
        other = self._framing.other(beat)
        exchange = (beat.moment.place, frozenset((beat.parts[0].id, other)))
        if exchange != self._exchange:
            self._exchange, self._turn = exchange, 0
        elif not index:
            self._turn += 1
        if wide:
            return "master"
        if away:
            return "reaction"
        if index:
            return "close"
        if not other:
            return "close" if tier((self._last or ["wide"])[-1]) == "middle" else "medium"
        role = _SETUPS[self._turn % len(_SETUPS)]
        return role if role != "over" or self._framing.can(beat, "over") else "medium"

    def _shot(self, beat: Beat, role: Role, *, first: bool, again: int) -> Shot:
        if role == "place" and beat.parts and again:
            role = "master"
        parts, focus, over = self._framing.framed(beat, role)
        text = beat.text if first else self._captions.told(beat, role, focus, parts)
        return Shot(
            role=role,
            size=self._framing.size(beat, role, again),
            angle=self._camera.angle(beat, role, parts),
            move=self._camera.move(beat, role, parts),
            text=text,
            parts=parts,
            beat=beat,
            seconds=_SECONDS[role],
            focus=focus,
            over=over,
            props=self._framing.props(beat, role),
        )


_INTIMATE = ("talk", "reach", "embrace", "look", "cry", "laugh", "eat")


def _fallen(shots: Sequence[Shot], *, done: bool) -> list[Shot]:
    """Let whoever was seen to fall lie in the further shots of their fall."""
    found: list[Shot] = []
    for shot in shots:
        falls = any(part.does == "fall" for part in shot.parts) and shot.role != "place"
        lying = (replace(one, does="lie") if one.does == "fall" else one for one in shot.parts)
        found.append(replace(shot, parts=tuple(lying)) if falls and done else shot)
        done = done or falls
    return found


def _pieces(text: str, room: int) -> list[str]:
    """Cut a speech into at most `room` parts at its own pauses."""
    words = max(len(text.split()), 1)
    pieces = list(chunks(text, max(ceil(words / room) + 1, 4)))
    while len(pieces) > room:
        at = min(range(len(pieces) - 1), key=lambda i: len(pieces[i]) + len(pieces[i + 1]))
        pieces[at : at + 2] = [f"{pieces[at]} {pieces[at + 1]}"]
    return pieces


def tier(size: str) -> str:
    """Return whether a size is `wide`, `middle` or `near`."""
    if size in ("extreme-wide", "wide", "full"):
        return "wide"
    return "middle" if size in ("medium-wide", "medium") else "near"
