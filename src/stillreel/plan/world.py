"""Where and when: places, times, seasons, weather and what stands there, carried forward."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.plan.lexicon import lexicon, word_set
from stillreel.plan.names import fresh, slug
from stillreel.plan.telling import Moment, Spot
from stillreel.plan.wording import full_noun

if TYPE_CHECKING:
    from stillreel.plan.clauses import Clause
    from stillreel.plan.grammar import Sentence, Word
    from stillreel.values.scene import PlaceKind, Season, TimeOfDay, Weather

_IN = word_set("""
    in at on inside through across over about around round near by under behind along beside
    within upon outside up down into
""")
_TO = word_set("to into toward towards onto")
_FROM = word_set("from out of about for with like")
_ACROSS = word_set("at over toward towards through to into")
_WATCHING = word_set("look gaze stare talk speak think see hear give point")
_AROUND = word_set("round around outside behind over beyond past")
_GENERIC = word_set("every each any no all other some")
_DWELLINGS = word_set("house castle cottage palace hut home cabin tower farm inn")
_OUTDOORS = word_set("garden street forest field sea mountain desert sky open")


class World:
    """The state of the story's world between two clauses."""

    def __init__(self, taken: set[str]) -> None:
        """Start nowhere, on a summer's day."""
        self.spots: dict[str, Spot] = {}
        self.here = ""
        self.time: TimeOfDay = "day"
        self.season: Season = "summer"
        self.weather: dict[str, Weather] = {}
        self.added: dict[str, list[str]] = {}
        self.standing: dict[str, list[str]] = {}
        """Ids of signs and the like that were put up, by place."""
        self.fixed = False
        """Whether only headings change the place, as in a script."""
        self.home = ""
        """Noun phrase of the dwelling the story speaks of: `the castle`."""
        self.told_season = False
        self._taken = taken
        self._trail: list[str] = []
        self._bloomed: dict[str, None] = {}
        self._lex = lexicon()

    def moment(self, extra: tuple[str, ...] = (), weather: Weather | None = None) -> Moment:
        """Return where and when we are.

        Args:
            extra: features seen in this beat alone.
            weather: weather of this beat alone.
        """
        spot = self.spots.get(self.here)
        outside = self.outdoors() if spot is not None and spot.indoors else None
        season = (
            (spot.season if spot else None) or (outside.season if outside else None) or self.season
        )
        features = list(self.added.get(self.here, ()))
        own = spot.features if spot else []
        features += [one for one in extra if one not in features and one not in own]
        indoors = spot is not None and spot.indoors
        found = weather or self.weather.get(self.here) or self.weather.get("") or "clear"
        return Moment(
            place=self.here,
            time=self.time,
            season=season,
            weather="clear" if indoors else found,
            features=tuple(features),
        )

    def go(self, spot: Spot) -> None:
        """Move to a place; the weather of the open air comes along to a new one."""
        before = self.outdoors()
        if (
            before is not None
            and spot.id not in self._trail
            and not spot.indoors
            and spot.season is None
        ):
            weather = self.weather.get(before.id)
            if weather and before.season is None:
                self.weather.setdefault(spot.id, weather)
        self.here = spot.id
        if spot.id in self._trail:
            self._trail.remove(spot.id)
        self._trail.append(spot.id)

    def outdoors(self) -> Spot | None:
        """Return the open-air place we were in last."""
        return next(
            (self.spots[one] for one in reversed(self._trail) if not self.spots[one].indoors), None
        )

    def spot(self, noun: str, line: int, *, name: str = "", kind: PlaceKind | None = None) -> Spot:
        """Return the place a noun names, making it when it is new."""
        for spot in self.spots.values():
            if spot.head == noun:
                return spot
        found = (
            kind
            or self._lex.place(noun.rsplit("-", maxsplit=1)[-1])
            or self._lex.place(noun)
            or "open"
        )
        shown = name or f"the {noun}"
        spot = Spot(
            fresh(slug(shown, f"place-{len(self.spots) + 1}"), self._taken), shown, noun, found
        )
        spot.features = list(self._lex.place_features(noun, found))
        spot.indoors = found in ("room", "hall", "vehicle")
        spot.lines.append(line)
        self.spots[spot.id] = spot
        return spot

    def listen(self, sentence: Sentence, clause: Clause, line: int) -> None:
        """Take place, time, season and weather from a clause that really happens."""
        self._hear_time(sentence, clause)
        self._hear_place(sentence, clause, line)
        self._hear_season(sentence, clause)
        self._hear_weather(sentence, clause)

    def build(self, feature: str) -> None:
        """Let a feature stand here from now on."""
        spot = self.spots.get(self.here)
        if spot is None or feature in spot.features:
            return
        self.added.setdefault(self.here, [])
        if feature not in self.added[self.here]:
            self.added[self.here].append(feature)

    def destroy(self, feature: str) -> None:
        """Let a feature that was built be gone from now on, with the signs on it."""
        for place, features in self.added.items():
            if feature in features:
                features.remove(feature)
                if feature in ("wall", "fence", "gate"):
                    self.standing.pop(place, None)

    def features_in(self, sentence: Sentence, clause: Clause) -> tuple[str, ...]:
        """Return the features a clause names, in order."""
        found: list[str] = []
        for i in clause.words if self._shows(clause) else ():
            word = sentence.words[i]
            if word.is_noun and word.dep not in ("poss", "compound"):
                feature = self._lex.feature(full_noun(sentence, word)) or self._lex.feature(
                    word.text.lower()
                )
                feature = feature or self._lex.feature(word.lemma)
                if (
                    feature
                    and feature not in found
                    and feature != "sign"
                    and not self._generic(sentence, word)
                ):
                    found.append(feature)
        return tuple(found[:3])

    def _shows(self, clause: Clause) -> bool:
        return clause.mood != "denied" and clause.lemma not in (
            "forget",
            "refuse",
            "lack",
            "want",
            "need",
            "miss",
        )

    def _hear_place(self, sentence: Sentence, clause: Clause, line: int) -> None:
        if self.fixed:
            return
        going = self._by_preposition(sentence, clause, line) or self._by_noun(
            sentence, clause, line
        )
        going = going or self._by_adverb(sentence, clause, line)
        if going is not None:
            self.go(going)

    def _by_preposition(self, sentence: Sentence, clause: Clause, line: int) -> Spot | None:
        motion = self._lex.is_("motion", clause.lemma)
        watching = clause.lemma in _WATCHING
        going: Spot | None = None
        for prep, noun in clause.preps:
            away = prep in _FROM and not (prep == "about" and motion)
            far = watching and prep in _ACROSS and noun.lemma not in ("window", "casement", "door")
            if away or far or (prep in _TO and not motion):
                continue
            going = self._place_of(sentence, noun, prep, line) or going
        return going

    def _by_noun(self, sentence: Sentence, clause: Clause, line: int) -> Spot | None:
        going: Spot | None = None
        moved = self._lex.is_("motion", clause.lemma) or clause.lemma == "reach"
        for noun in clause.objects if moved and clause.lemma not in ("leave", "flee") else ():
            known = any(spot.head == noun.lemma for spot in self.spots.values())
            if known or self._lex.place(noun.lemma):
                going = going or self._place_of(sentence, noun, "in", line)
        what = clause.attribute
        for noun in clause.subjects if what is not None else ():
            if self._lex.place(noun.lemma) and not self._generic(sentence, noun):
                going = going or self.spot(noun.lemma, line)
        if going is None and what is not None and what.is_noun and clause.lemma == "be":
            named = self._lex.place(what.lemma) or what.lemma == "corner"
            going = self._place_of(sentence, what, "in", line) if named else None
        return going

    def _by_adverb(self, sentence: Sentence, clause: Clause, line: int) -> Spot | None:
        words = {sentence.words[i].lemma for i in clause.words}
        if words & {"downstairs", "upstairs", "indoors"}:
            spot = self.spots.get(self.here)
            return spot if spot and spot.indoors else self._inside("downstairs", line)
        here = self.spots.get(self.here)
        if clause.lemma in ("row", "sail", "paddle") and (here is None or here.kind != "sea"):
            return self.spot("sea", line)
        if "home" in words and self._lex.is_("motion", clause.lemma):
            return self.spot("home", line, name="home", kind="room")
        return None

    def _place_of(  # noqa: PLR0911 - a list of questions, the surest first
        self, sentence: Sentence, noun: Word, prep: str, line: int
    ) -> Spot | None:
        if self._generic(sentence, noun):
            return None
        lemma = full_noun(sentence, noun)
        if noun.lemma == "corner":
            return self._corner(sentence, noun, line)
        known = next((s for s in self.spots.values() if s.head in (lemma, noun.lemma)), None)
        if known is not None and not (self._lex.feature(noun.lemma) and prep in _AROUND):
            return known
        room = self._lex.indoors(noun.lemma)
        if room and prep != "outside" and noun.lemma != "floor":
            spot = self.spots.get(self.here)
            return spot if spot and spot.indoors else self._inside(noun.lemma, line)
        if self._lex.place(noun.lemma) or self._lex.place(lemma):
            head = lemma if self._lex.place(lemma) else noun.lemma
            return self.spot(head, line)
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
        ):
            return self.spot(noun.text.lower(), line, name=noun.text, kind="street")
        return None

    def _where_stands(self, feature: str, prep: str) -> Spot | None:
        here = self.spots.get(self.here)
        if here is None or feature in here.features or feature in self.added.get(self.here, ()):
            return None
        if prep in _AROUND and here.kind in ("street", "field"):
            return None
        for spot in (self.spots[one] for one in reversed(self._trail)):
            if feature in spot.features or feature in self.added.get(spot.id, ()):
                return spot
        return None

    def _corner(self, sentence: Sentence, noun: Word, line: int) -> Spot | None:
        of = next(
            (w for p in sentence.children(noun, "prep") for w in sentence.children(p, "pobj")), None
        )
        base = None
        if of is not None:
            base = next((s for s in self.spots.values() if s.head == of.lemma), None)
        base = base or self.spots.get(self.here)
        if base is None or base.head.startswith("corner"):
            return base
        head = f"corner of {base.name}"
        for spot in self.spots.values():
            if spot.head == head:
                return spot
        spot = self.spot(head, line, name=f"the {head}", kind=base.kind)
        self._taken.discard(spot.id)
        del self.spots[spot.id]
        spot.id = fresh(f"{base.id}-corner", self._taken)
        spot.features = [
            one for one in base.features if one in ("tree", "grass", "wall", "lamp")
        ] or ["wall"]
        self.added[spot.id] = list(self.added.get(base.id, ()))
        spot.indoors = base.indoors
        spot.season = base.season
        self.spots[spot.id] = spot
        return spot

    def _inside(self, noun: str, line: int) -> Spot:
        """Return the room that a bed, a window or a stair implies."""
        rooms = [spot for spot in self.spots.values() if spot.indoors]
        wanted = self._lex.indoors(noun) or "room"
        for spot in reversed(rooms):
            if spot.head == wanted or "room" in (spot.kind, wanted):
                if noun in ("bed", "bedside") and "bed" not in spot.features:
                    spot.features.append("bed")
                return spot
        home = next((s for s in reversed(tuple(self.spots.values())) if s.head in _DWELLINGS), None)
        where = home.name if home else self.home
        name = f"the {wanted} in {where}" if where else f"the {wanted}"
        spot = self.spot(wanted, line, name=name, kind="room")
        spot.features = list(self._lex.place_features(wanted, "room"))
        spot.indoors = True
        return spot

    def _generic(self, sentence: Sentence, noun: Word) -> bool:
        det = sentence.child(noun, "det", "predet")
        return det is not None and det.lemma in _GENERIC

    def _hear_time(self, sentence: Sentence, clause: Clause) -> None:
        for i in clause.words:
            word = sentence.words[i]
            found = self._lex.time(word.lemma)
            if found is None or word.dep == "dobj":
                continue
            if word.lemma == "day":
                det = sentence.child(word, "det", "nummod", "amod")
                if det is not None and det.lemma in (
                    "one",
                    "next",
                    "that",
                    "all",
                    "every",
                    "follow",
                ):
                    self.time = "day"
                continue
            early = any(w.lemma in ("early", "grey") for w in sentence.children(word))
            self.time = "dawn" if early and found == "day" else found

    def _hear_season(self, sentence: Sentence, clause: Clause) -> None:
        named = [
            sentence.words[i] for i in clause.words if self._lex.season(sentence.words[i].lemma)
        ]
        every = {self._lex.season(word.lemma) for word in sentence.words} - {None}
        for word in named:
            season = self._lex.season(word.lemma)
            if season is None:
                continue
            if word in clause.subjects and clause.mood == "real":
                if clause.lemma in ("come", "arrive", "return", "begin", "be"):
                    self._everywhere(season)
            elif word is clause.attribute:
                self._stated(sentence, clause, season)
            elif len(every) == 1 and word.dep in (
                "npadvmod",
                "compound",
                "pobj",
                "nmod",
                "amod",
                "poss",
            ):
                up = sentence.head(word)
                timely = (
                    word.dep == "npadvmod"
                    or self._lex.time(up.lemma)
                    or up.lemma in ("day", "in", "during", "that", "one", "of")
                )
                if timely and clause.mood == "real":
                    self._everywhere(season)
        if self._blossoms(sentence, clause):
            spot = self.spots.get(self.here)
            if spot is not None and spot.season == "winter":
                spot.season = "spring"
                self.weather.pop(self.here, None)
            self.build("blossom")
            self._bloomed[self.here] = None

    def _blossoms(self, sentence: Sentence, clause: Clause) -> bool:
        words = [sentence.words[i] for i in clause.words]
        blossoming = any(w.lemma in ("blossom", "bloom") and w.dep != "xcomp" for w in words)
        generic = (
            any(w.lemma in _GENERIC for w in words)
            or len({w.lemma for w in words if self._lex.season(w.lemma)}) > 0
        )
        return clause.mood == "real" and blossoming and not generic and bool(self.here)

    def _stated(self, sentence: Sentence, clause: Clause, season: Season) -> None:
        local = any(
            w.lemma in ("still", "only", "there", "always", "again") for w in sentence.words
        )
        subject = clause.subjects[0] if clause.subjects else None
        place = next(
            (s for s in self.spots.values() if subject is not None and s.head == subject.lemma),
            None,
        )
        here = self.spots.get(self.here)
        elsewhere = (
            any(w.lemma == "there" for w in sentence.words) and here is not None and here.indoors
        )
        if elsewhere and place is None and (outside := self.outdoors()) is not None:
            self.go(outside)
        target = place or ((self.outdoors() if elsewhere else here) if local else None)
        if target is None:
            self._everywhere(season)
            return
        target.season = season
        self.weather.pop(target.id, None)
        if season != "spring" and "blossom" in self.added.get(target.id, ()):
            self.added[target.id].remove("blossom")
        if season == "winter":
            self.weather[target.id] = "snow"

    def _everywhere(self, season: Season) -> None:
        self.season = season
        self.told_season = True
        if season == "spring":
            for place in self._bloomed:
                self.added.setdefault(place, [])
                if "blossom" not in self.added[place]:
                    self.added[place].append("blossom")
        for spot in self.spots.values():
            spot.season = None
        self.weather.clear()
        for features in self.added.values():
            if "blossom" in features and season in ("autumn", "winter"):
                features.remove("blossom")

    def _hear_weather(self, sentence: Sentence, clause: Clause) -> None:
        for i in clause.words:
            word = sentence.words[i]
            found = self._lex.weather(word.lemma)
            if (
                found is None
                or word.lemma in ("umbrella", "clear", "sun", "roar")
                or clause.mood != "real"
            ):
                continue
            up = sentence.head(word)
            if clause.lemma in ("stop", "cease", "clear", "end") and word in clause.subjects:
                self.weather.pop(self.here, None)
                continue
            if (
                up.lemma in ("like", "as")
                or word.dep in ("compound", "poss")
                or (word.tag == "NNP" and word.dep == "dobj")
            ):
                continue
            if word.lemma == "hail":
                found = "snow"
            if found == "snow" and not self.told_season:
                self.season = "winter"
            if found == "wind" and self.weather.get(self.here) == "snow":
                continue
            if found == "clear":
                self.weather.pop(self.here, None)
            else:
                self.weather[self.here] = found
