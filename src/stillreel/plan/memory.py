"""What a reader of English keeps in mind: who, where, with what, and the beats so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stillreel.plan.lexicon import lexicon
from stillreel.plan.names import fresh, slug
from stillreel.plan.people import People
from stillreel.plan.posture import HELD, Posture
from stillreel.plan.telling import Beat, Part, Said, Thing
from stillreel.plan.wording import listed
from stillreel.plan.world import World

if TYPE_CHECKING:
    from stillreel.plan.grammar import Sentence, Word
    from stillreel.plan.predicate import Clause
    from stillreel.plan.pronouns import Refs
    from stillreel.plan.telling import BeatKind
    from stillreel.values.scene import Action

_MEMORY = 8


@dataclass(slots=True)
class Found:
    """A clause with whom and what it is about."""

    sentence: Sentence
    clause: Clause
    refs: Refs
    doers: tuple[str, ...]
    others: tuple[str, ...]
    """Beings the verb is done to, or towards."""
    along: tuple[str, ...]
    """Beings who do the same, after `with`."""
    text: str
    said: str


class Memory:
    """The state of a story between two clauses."""

    def __init__(self) -> None:
        """Start a story in which nothing has happened."""
        self.taken: set[str] = set()
        self.people = People(self.taken)
        self.world = World(self.taken)
        self.things: dict[str, Thing] = {}
        self.beats: list[Beat] = []
        self.speaker = ""
        """Id of who spoke last."""
        self.on: dict[str, str] = {}
        self.holds: dict[str, str] = {}
        self.scene: dict[str, tuple[str, int]] = {}
        """Where each being was last seen, and at which beat."""
        self.posture = Posture(self)
        self.it: tuple[str, str] = ("", "")
        """What `it` is: an id of a thing or being, and its noun phrase."""
        self.paragraph = 0
        self.people.attend(self.is_here)
        self.lines: tuple[int, int] = (0, 0)
        self.sign: Thing | None = None
        self.last_thing = ""
        """Id of the thing handled last."""
        self._handled_at = -9
        self.lex = lexicon()

    def inside(self) -> bool:
        """Say whether we are indoors."""
        here = self.world.spots.get(self.world.here)
        return here is not None and here.indoors

    def thing_called(self, noun: str, word: Word, colour: str = "") -> Thing:
        """Return the thing a noun names, making it when it is new.

        Args:
            noun: its noun with what it is compounded of.
            word: the noun.
            colour: the colour the story gives it there, or an empty text.
        """
        kind = noun if self.lex.prop(noun) else word.lemma
        for thing in self.things.values():
            if thing.kind in (kind, noun) or thing.kind.endswith(f"-{word.lemma}"):
                self._handled(thing.id)
                thing.colour = colour or thing.colour
                return thing
        looks = self.lex.prop(kind) or self.lex.prop(word.lemma)
        name = fresh(slug(noun, f"thing-{len(self.things) + 1}"), self.taken)
        thing = Thing(
            name,
            f"the {noun}",
            kind,
            looks.size_m if looks else 0.3,
            colour or (looks.colour if looks else "#8a6a45"),
        )
        thing.lines.append(self.lines[0])
        self.things[name] = thing
        self._handled(name)
        return thing

    def handled(self) -> Thing | None:
        """Return the thing handled just before, which `it` may mean."""
        fresh_enough = len(self.beats) - self._handled_at <= 2
        return self.things.get(self.last_thing) if fresh_enough else None

    def _handled(self, name: str) -> None:
        self.last_thing, self._handled_at = name, len(self.beats)

    def put_up(self, thing: Thing) -> None:
        """Let a sign stand here from now on."""
        self.world.standing.setdefault(self.world.here, [])
        if thing.id not in self.world.standing[self.world.here]:
            self.world.standing[self.world.here].append(thing.id)
        self.sign = thing

    def standing(self, one: str, *, looks_at: str = "", embraced: bool = False) -> Part:
        """Return someone who is merely there, in the pose they were left in."""
        does: Action = "embrace" if embraced else self.posture.of(one)
        rest = self.on.get(one, "")
        if rest in ("chair", "bench", "tree") and not embraced and does not in ("sleep", "lie"):
            does = "sit"
        if rest == "bed":
            does = "lie"
        return Part(
            one,
            does,
            "neutral",
            looks_at=looks_at if looks_at != one else "",
            on=rest,
            holds=self.holds.get(one, ""),
        )

    def is_here(self, one: str) -> bool:
        """Say whether someone was seen in this place a short while ago."""
        place, when = self.scene.get(one, ("", -99))
        return bool(one) and place == self.world.here and len(self.beats) - when <= _MEMORY

    def listener(self, but: str) -> str:
        """Return who was seen here last, other than the given one; empty when nobody was."""
        here = [one for one in self.scene if one != but and self.is_here(one)]
        return max(here, key=lambda one: self.scene[one][1], default="")

    def passing(self, one: str) -> bool:
        """Say whether a force of nature has done its part and need not stand about."""
        return self.people.beings[one].kind == "thing" and len(self.beats) - self.scene[one][1] > 2

    def name_of(self, ids: tuple[str, ...]) -> str:
        """Return the noun phrase for some ids."""
        return listed([self.people.beings[one].name for one in ids])

    def add(
        self,
        kind: BeatKind,
        text: str,
        parts: tuple[Part, ...],
        *,
        said: Said | None = None,
        focus: str = "",
        things: tuple[str, ...] = (),
        weight: float = 1.0,
        travel: str = "",
        turn: bool = False,
        found: Found | None = None,
    ) -> None:
        """Add a beat at this moment, with everyone who is there."""
        doing = {part.id for part in parts}
        present = tuple(
            self.standing(one)
            for one in self.scene
            if one not in doing and self.is_here(one) and not self.passing(one)
        )
        extra = self.world.features_in(found.sentence, found.clause) if found else ()
        held = {self.things[part.holds].kind for part in parts if part.holds in self.things}
        extra = tuple(one for one in extra if one not in held)
        lemmas = [found.sentence.words[i].lemma for i in found.clause.words] if found else []
        quiet = "blossom" in lemmas or any(part.does in ("reach", "work") for part in parts[:1])
        windy = any(self.people.beings[p.id].species.endswith("wind") for p in parts[:1])
        standing = self.world.standing.get(self.world.here, ())
        beat = Beat(
            kind=kind,
            text=text,
            lines=self.lines,
            moment=self.world.moment(extra, "wind" if windy else None),
            parts=_once(parts),
            present=present,
            said=said,
            focus=focus,
            things=tuple(dict.fromkeys((*things, *standing))),
            sounds=self.lex.sounds(w for w in lemmas if not (w == "break" and quiet)),
            weight=weight,
            travel=travel,  # pyright: ignore[reportArgumentType]
            paragraph=self.paragraph,
            turn=turn,
        )
        self.beats.append(beat)
        for part in parts:
            if travel == "out" and part is parts[0]:
                for one in doing:
                    self.scene.pop(one, None)
            elif travel != "out":
                if self.posture.of(part.id) == "stand" and part.does not in HELD:
                    self.posture.rise(part.id)
                self.scene[part.id] = (self.world.here, len(self.beats))


def _once(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    seen: dict[str, Part] = {}
    for part in parts:
        seen.setdefault(part.id, part)
    return tuple(seen.values())
