"""When a clause plays: time of day, season and weather, as its words tell them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.plan.lexicon import lexicon, word_set

if TYPE_CHECKING:
    from stillreel.plan.grammar import Sentence, Word
    from stillreel.plan.predicate import Clause
    from stillreel.plan.world import World
    from stillreel.values.scene import Season

_GENERIC = word_set("every each any no all other some")


class When:
    """Keeps the time, season and weather of a world."""

    def __init__(self, world: World) -> None:
        """Keep the given world's time."""
        self._w = world
        self._lex = lexicon()

    def hear_time(self, sentence: Sentence, clause: Clause) -> None:
        """Take the time of day from a clause's words."""
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
                    self._w.time = "day"
                continue
            if found != self._w.time and word.dep in ("pobj", "npadvmod"):
                self._w.lull()
            early = any(w.lemma in ("early", "grey") for w in sentence.children(word))
            self._w.time = "dawn" if early and found == "day" else found

    def hear_season(self, sentence: Sentence, clause: Clause) -> None:
        """Take the season from a clause's words, and the blossom it brings."""
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
            spot = self._w.spots.get(self._w.here)
            if spot is not None and spot.season == "winter":
                spot.season = "spring"
                self._w.weather.pop(self._w.here, None)
            self._w.build("blossom")
            self._w.bloomed[self._w.here] = None

    def _blossoms(self, sentence: Sentence, clause: Clause) -> bool:
        words = [sentence.words[i] for i in clause.words]
        blossoming = any(w.lemma in ("blossom", "bloom") and w.dep != "xcomp" for w in words)
        generic = (
            any(w.lemma in _GENERIC for w in words)
            or len({w.lemma for w in words if self._lex.season(w.lemma)}) > 0
        )
        return clause.mood == "real" and blossoming and not generic and bool(self._w.here)

    def _stated(self, sentence: Sentence, clause: Clause, season: Season) -> None:
        local = any(
            w.lemma in ("still", "only", "there", "always", "again") for w in sentence.words
        )
        subject = clause.subjects[0] if clause.subjects else None
        place = next(
            (s for s in self._w.spots.values() if subject is not None and s.head == subject.lemma),
            None,
        )
        here = self._w.spots.get(self._w.here)
        elsewhere = (
            any(w.lemma == "there" for w in sentence.words) and here is not None and here.indoors
        )
        if elsewhere and place is None and (outside := self._w.outdoors()) is not None:
            self._w.go(outside)
        target = place or ((self._w.outdoors() if elsewhere else here) if local else None)
        if target is None:
            self._everywhere(season)
            return
        target.season = season
        self._w.weather.pop(target.id, None)
        if season != "spring" and "blossom" in self._w.added.get(target.id, ()):
            self._w.added[target.id].remove("blossom")
        if season == "winter":
            self._w.weather[target.id] = "snow"

    def _everywhere(self, season: Season) -> None:
        self._w.season = season
        self._w.told_season = True
        if season == "spring":
            for place in self._w.bloomed:
                self._w.added.setdefault(place, [])
                if "blossom" not in self._w.added[place]:
                    self._w.added[place].append("blossom")
        for spot in self._w.spots.values():
            spot.season = None
        self._w.weather.clear()
        for features in self._w.added.values():
            if "blossom" in features and season in ("autumn", "winter"):
                features.remove("blossom")

    def hear_end(self, sentence: Sentence) -> None:
        """Clear the sky where a sentence says that the rain is over."""
        for word in sentence.words:
            verb = sentence.head(word)
            said = word.dep == "nsubj" and verb.lemma == "be" and self._lex.weather(word.lemma)
            if said and any(w.lemma in ("over", "past") for w in sentence.children(verb)):
                self._w.weather.pop(self._w.here, None)
                self._w.weather.pop("", None)

    def hear_weather(self, sentence: Sentence, clause: Clause) -> None:
        """Take the weather from a clause's words."""
        sunny = any(word.lemma in ("sun", "sunshine") for word in clause.subjects)
        if sunny and clause.mood == "real" and clause.lemma != "set":
            self._w.weather.pop(self._w.here, None)
            return
        lasting = clause.mood == "denied" and clause.lemma in ("let", "stop", "cease", "end")
        if lasting and (
            found := self._lex.weather(clause.subjects[0].lemma if clause.subjects else "")
        ):
            self._w.weather[""] = found
            return
        for i in clause.words:
            word = sentence.words[i]
            found = self._lex.weather(word.lemma)
            if (
                found is None
                or word.lemma in ("umbrella", "clear", "sun", "roar")
                or clause.mood != "real"
            ):
                continue
            if word.lemma in ("wet", "soaked") and word.dep == "amod":
                continue
            if clause.lemma in ("stop", "cease", "clear", "end") and word in clause.subjects:
                self._w.weather.pop(self._w.here, None)
                self._w.weather.pop("", None)
                continue
            if (
                _likened(sentence, word)
                or word.dep in ("compound", "poss")
                or (word.tag == "NNP" and word.dep == "dobj")
            ):
                continue
            if word.lemma == "hail":
                found = "snow"
            if found == "snow" and not self._w.told_season:
                self._w.season = "winter"
            frozen = word.lemma == "frost" and (word.i == 0 or word.text.islower())
            if frozen or (found == "wind" and self._w.weather.get(self._w.here) == "snow"):
                continue
            if found == "clear":
                self._w.weather.pop(self._w.here, None)
            else:
                self._w.weather[self._w.here] = found


def _likened(sentence: Sentence, word: Word) -> bool:
    """Say whether a word only likens: the rain of `a face like three days of rain`."""
    while word.head != word.i and not word.is_verb:
        word = sentence.head(word)
        if word.lemma in ("like", "as"):
            return True
    return False
