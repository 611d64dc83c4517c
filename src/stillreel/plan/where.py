"""Where a clause plays: the place its words name, inside or outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.plan.lexicon import lexicon, word_set
from stillreel.plan.names import fresh
from stillreel.plan.wording import full_noun

if TYPE_CHECKING:
    from stillreel.plan.grammar import Sentence, Word
    from stillreel.plan.predicate import Clause
    from stillreel.plan.telling import Spot
    from stillreel.plan.world import World

_TO = word_set("to into toward towards onto")
_FROM = word_set("from out of about for with like")
_ACROSS = word_set("at over toward towards through to into")
_WATCHING = word_set("look gaze stare talk speak think see hear give point")
_AROUND = word_set("round around outside behind over beyond past")
_GENERIC = word_set("every each any no all other some")
_DWELLINGS = word_set("house castle cottage palace hut home cabin tower farm inn")
_BUILT = word_set("""
    house cottage hut cabin inn tavern church palace castle school shop chapel temple barn mill
    tower hospital hotel station bank prison museum theatre store bakery pub farm-house
""")
_FALLS = word_set("fall tumble plunge plummet sink dive")
_DATES = word_set("march may monday tuesday wednesday thursday friday saturday sunday")
_PANES = word_set("window casement")
_INTO = word_set("in into inside within through")


class Where:
    """Moves a world from place to place."""

    def __init__(self, world: World) -> None:
        """Move the given world."""
        self._w = world
        self._lex = lexicon()

    def hear(self, sentence: Sentence, clause: Clause, line: int) -> None:
        """Go where a clause's words say it plays."""
        going = self._by_preposition(sentence, clause, line) or self._by_noun(
            sentence, clause, line
        )
        going = going or self._by_adverb(sentence, clause, line)
        if going is not None:
            self._w.go(going)

    def _by_preposition(self, sentence: Sentence, clause: Clause, line: int) -> Spot | None:
        motion = self._lex.is_("motion", clause.lemma) or clause.lemma in (*_FALLS, "get")
        watching = clause.lemma in _WATCHING
        going: Spot | None = None
        for prep, noun in clause.preps:
            away = prep in _FROM and not (prep == "about" and motion)
            far = watching and prep in _ACROSS and noun.lemma not in ("window", "casement", "door")
            if away or far or (prep in _TO and not motion):
                continue
            outside = self._before(noun, prep, going)
            going = outside or self._place_of(sentence, noun, prep, line) or going
        return going

    def _by_noun(self, sentence: Sentence, clause: Clause, line: int) -> Spot | None:
        going: Spot | None = None
        moved = self._lex.is_("motion", clause.lemma) or clause.lemma == "reach"
        for noun in clause.objects if moved and clause.lemma not in ("leave", "flee") else ():
            known = any(spot.head == noun.lemma for spot in self._w.spots.values())
            if known or self._lex.place(noun.lemma):
                going = going or self._place_of(sentence, noun, "in", line)
        what = clause.attribute
        for noun in clause.subjects if what is not None else ():
            if self._lex.place(noun.lemma) and not generic(sentence, noun):
                going = going or self._w.spot(noun.lemma, line)
        if going is None and what is not None and what.is_noun and clause.lemma == "be":
            named = self._lex.place(what.lemma) or what.lemma == "corner"
            going = self._place_of(sentence, what, "in", line) if named else None
        return going

    def _by_adverb(self, sentence: Sentence, clause: Clause, line: int) -> Spot | None:
        words = {sentence.words[i].lemma for i in clause.words}
        if words & {"downstairs", "upstairs", "indoors"}:
            spot = self._w.spots.get(self._w.here)
            return spot if spot and spot.indoors else self._inside("downstairs", line)
        inward = words & {"in", "inside"} and self._lex.is_("motion", clause.lemma)
        if inward and self._w.outside_of and not clause.preps:
            return self._w.spot(self._w.outside_of, line, kind="room")
        here = self._w.spots.get(self._w.here)
        if clause.lemma in ("row", "sail", "paddle") and (here is None or here.kind != "sea"):
            return self._w.spot("sea", line)
        if "home" in words and self._lex.is_("motion", clause.lemma):
            return self._w.spot("home", line, name="home", kind="room")
        return None

    def _place_of(  # noqa: PLR0911 - a list of questions, the surest first
        self, sentence: Sentence, noun: Word, prep: str, line: int
    ) -> Spot | None:
        if generic(sentence, noun):
            return None
        lemma = full_noun(sentence, noun)
        if noun.lemma == "roof" and prep not in ("onto", "to", "across", "over"):
            return None
        if noun.lemma == "corner":
            return self._corner(sentence, noun, line)
        known = next((s for s in self._w.spots.values() if s.head in (lemma, noun.lemma)), None)
        if known is not None and not (self._lex.feature(noun.lemma) and prep in _AROUND):
            return known
        if self._lex.place(noun.lemma) == "vehicle" and prep not in (*_INTO, "on", "aboard"):
            return None
        room = self._lex.indoors(noun.lemma)
        if room and prep in _TO and noun.lemma in _PANES and self._before_house():
            return None
        if room and prep != "outside" and noun.lemma != "floor":
            spot = self._w.spots.get(self._w.here)
            return spot if spot and spot.indoors else self._inside(noun.lemma, line)
        if self._lex.place(noun.lemma) or self._lex.place(lemma):
            head = lemma if self._lex.place(lemma) else noun.lemma
            return self._w.spot(head, line)
        feature = (
            self._lex.feature(lemma)
            or self._lex.feature(noun.text.lower())
            or self._lex.feature(noun.lemma)
        )
        if feature:
            return self._where_stands(feature, prep)
        proper = (
            noun.tag == "NNP" and noun.text[:1].isupper() and not self._lex.name_gender(noun.text)
        )
        other = self._lex.season(lemma) or self._lex.time(lemma) or self._lex.person(lemma)
        if (
            proper
            and prep in ("in", "to", "at", "into")
            and not other
            and not self._lex.thing(lemma)
            and lemma not in _DATES
        ):
            return self._w.spot(noun.text.lower(), line, name=noun.text, kind="street")
        return None

    def _before(self, noun: Word, prep: str, going: Spot | None) -> Spot | None:
        """Stay outside of a house one comes to: it stands in the open place we are in."""
        door = noun.lemma in ("doorway", "doorstep", "door", "threshold")
        if not door and (noun.lemma not in _BUILT or prep in _INTO or prep == "at"):
            return None
        here = going or self._w.spots.get(self._w.here)
        if noun.lemma == "bank" and here is not None and here.kind == "sea":
            return None
        if door or here is None or here.indoors:
            return here if door else None
        kept = self._w.added.setdefault(here.id, [])
        kept += [one for one in ("house", "door") if one not in (*here.features, *kept)]
        self._w.outside_of = noun.lemma
        return here

    def _before_house(self) -> bool:
        """Say whether we are in the open before a house, and see its windows from there."""
        here = self._w.spots.get(self._w.here)
        return here is not None and not here.indoors and "house" in self._w.added.get(here.id, ())

    def _where_stands(self, feature: str, prep: str) -> Spot | None:
        here = self._w.spots.get(self._w.here)
        if (
            here is None
            or feature in here.features
            or feature in self._w.added.get(self._w.here, ())
        ):
            return None
        if prep in _AROUND and here.kind in ("street", "field"):
            return None
        for spot in (self._w.spots[one] for one in reversed(self._w.trail)):
            if feature in spot.features or feature in self._w.added.get(spot.id, ()):
                return spot
        return None

    def _corner(self, sentence: Sentence, noun: Word, line: int) -> Spot | None:
        of = next(
            (w for p in sentence.children(noun, "prep") for w in sentence.children(p, "pobj")), None
        )
        base = None
        if of is not None:
            base = next((s for s in self._w.spots.values() if s.head == of.lemma), None)
        base = base or self._w.spots.get(self._w.here)
        if base is None or base.head.startswith("corner"):
            return base
        head = f"corner of {base.name}"
        for spot in self._w.spots.values():
            if spot.head == head:
                return spot
        spot = self._w.spot(head, line, name=f"the {head}", kind=base.kind)
        self._w.taken.discard(spot.id)
        del self._w.spots[spot.id]
        spot.id = fresh(f"{base.id}-corner", self._w.taken)
        spot.features = [
            one for one in base.features if one in ("tree", "grass", "wall", "lamp")
        ] or ["wall"]
        self._w.added[spot.id] = list(self._w.added.get(base.id, ()))
        spot.indoors = base.indoors
        spot.season = base.season
        self._w.spots[spot.id] = spot
        return spot

    def _inside(self, noun: str, line: int) -> Spot:
        """Return the room that a bed, a window or a stair implies."""
        rooms = [spot for spot in self._w.spots.values() if spot.indoors]
        wanted = self._lex.indoors(noun) or "room"
        for spot in reversed(rooms):
            if spot.head == wanted or "room" in (spot.kind, wanted):
                if noun in ("bed", "bedside") and "bed" not in spot.features:
                    spot.features.append("bed")
                return spot
        home = next(
            (s for s in reversed(tuple(self._w.spots.values())) if s.head in _DWELLINGS), None
        )
        where = home.name if home else self._w.home
        name = f"the {wanted} in {where}" if where else f"the {wanted}"
        spot = self._w.spot(wanted, line, name=name, kind="room")
        spot.features = list(self._lex.place_features(wanted, "room"))
        spot.indoors = True
        return spot


def generic(sentence: Sentence, noun: Word) -> bool:
    """Say whether `every garden` or `no house` is meant, not one that is there."""
    det = sentence.child(noun, "det", "predet")
    return det is not None and det.lemma in _GENERIC
