"""Where and when: places, times, seasons, weather and what stands there, carried forward."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.plan.lexicon import lexicon, word_set
from stillreel.plan.names import fresh, slug
from stillreel.plan.telling import Moment, Spot
from stillreel.plan.when import When
from stillreel.plan.where import Where, generic
from stillreel.plan.wording import full_noun

if TYPE_CHECKING:
    from stillreel.plan.grammar import Sentence, Word
    from stillreel.plan.predicate import Clause
    from stillreel.values.scene import PlaceKind, Season, TimeOfDay, Weather

_BECOMES = word_set("be become get grow turn fall")


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
        self.outside_of = ""
        """Noun of the house we stand before; empty when there is none."""
        self.told_season = False
        self.taken = taken
        self.trail: list[str] = []
        self.bloomed: dict[str, None] = {}
        self._lex = lexicon()
        self._where = Where(self)
        self._when = When(self)

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
        """Move to a place; the weather of the open air comes along to a new one, rain to any."""
        before = self.outdoors()
        open_air = not spot.indoors and spot.season is None
        if before is not None and open_air and before.season is None:
            weather = self.weather.get(before.id)
            wet = weather in ("rain", "snow", "fog") and self.weather.get(spot.id) in (None, "wind")
            if weather and (wet or spot.id not in self.trail):
                self.weather.setdefault(spot.id, weather)
                self.weather[spot.id] = weather if wet else self.weather[spot.id]
        self.here = spot.id
        if spot.id in self.trail:
            self.trail.remove(spot.id)
        self.trail.append(spot.id)

    def outdoors(self) -> Spot | None:
        """Return the open-air place we were in last."""
        return next(
            (self.spots[one] for one in reversed(self.trail) if not self.spots[one].indoors), None
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
            fresh(slug(shown, f"place-{len(self.spots) + 1}"), self.taken), shown, noun, found
        )
        spot.features = list(self._lex.place_features(noun, found))
        spot.indoors = found in ("room", "hall", "vehicle")
        spot.lines.append(line)
        self.spots[spot.id] = spot
        return spot

    def listen(self, sentence: Sentence, clause: Clause, line: int) -> None:
        """Take place, time, season and weather from a clause that really happens."""
        self._when.hear_time(sentence, clause)
        if not self.fixed:
            self._where.hear(sentence, clause, line)
        self._when.hear_season(sentence, clause)
        self._when.hear_weather(sentence, clause)

    def clear_up(self, sentence: Sentence) -> None:
        """Let the weather end that a sentence says is over."""
        self._when.hear_end(sentence)

    def darken(self, clause: Clause) -> None:
        """Let it be night where `it had already become dark`."""
        state = clause.attribute
        if state is not None and state.lemma == "dark" and clause.lemma in _BECOMES:
            self.time = "night"

    def lull(self) -> None:
        """Let the wind drop with the time of day."""
        for place in [one for one, weather in self.weather.items() if weather == "wind"]:
            del self.weather[place]

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
            mere = word.text in ("swings", "waves") and not sentence.children(word, "det")
            mere = mere or self._apart(sentence, word)
            if word.is_noun and not mere and word.dep not in ("poss", "compound"):
                feature = self._lex.feature(full_noun(sentence, word)) or self._lex.feature(
                    word.text.lower()
                )
                feature = feature or self._lex.feature(word.lemma)
                if (
                    feature
                    and feature not in found
                    and feature != "sign"
                    and not generic(sentence, word)
                ):
                    found.append(feature)
        return tuple(found[:3])

    def _apart(self, sentence: Sentence, word: Word) -> bool:
        """Say whether a word only tells what somebody is like: the wave of a tattoo."""
        while word.head != word.i:
            if word.dep in ("appos", "acl") and not word.is_verb:
                return True
            word = sentence.head(word)
        return False

    def _shows(self, clause: Clause) -> bool:
        return clause.mood != "denied" and clause.lemma not in (
            "forget",
            "refuse",
            "lack",
            "want",
            "need",
            "miss",
        )
