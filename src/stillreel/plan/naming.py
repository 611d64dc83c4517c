"""Which being a noun means: one already met, one only now named, or somebody new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.plan.lexicon import lexicon, word_set

if TYPE_CHECKING:
    from stillreel.plan.grammar import Sentence, Word
    from stillreel.plan.pronouns import Pronouns, Refs
    from stillreel.plan.roster import Roster
    from stillreel.plan.telling import Being

_SUBJECTS = word_set("nsubj nsubjpass csubj")
_TELLING = word_set("old young first second third last tall fat blind elder eldest youngest oldest")
_NOBODY = word_set("""
    yes year eve god lord heaven sunday monday tuesday wednesday thursday friday saturday
    english french german latin
""")
_LOOSE = word_set("companion friend one other people person figure human")
_MADE = word_set("robot scarecrow snowman puppet")
_REACHED = word_set("reach leave enter visit near approach quit")
"""What is done to towns: a name behind it that is nobody's is a place."""
_NEAR = 4
"""Sentences within which a name may belong to someone just introduced."""


class Naming:
    """Finds the being of a noun among everyone met so far."""

    def __init__(self, roster: Roster, pronouns: Pronouns) -> None:
        """Work on the given roster and memory of mentions."""
        self._roster = roster
        self._pronouns = pronouns
        self._lex = lexicon()

    def name_in(self, sentence: Sentence, word: Word) -> Word | None:
        """Return the name given right beside a noun: `a boy called Tom`, `his dog, Pip`."""
        if word.tag.startswith("NNP") or word.plural:
            return None
        for link in sentence.children(word, "acl"):
            if link.lemma in ("name", "call", "know"):
                named = sentence.child(link, "oprd", "attr", "dobj", "appos")
                if named is not None and named.text[:1].isupper():
                    return named
        for named in sentence.children(word, "appos"):
            free = self._free(named) or self._roster.called(named.text)
            if named.tag == "NNP" and named.text[:1].isupper() and free:
                return named
        return None

    def beside(self, word: Word, refs: Refs) -> Being | None:
        """Return whom an apposition is about: the dog of `Pip, his small brown dog`."""
        if word.dep != "appos":
            return None
        ids = refs.get(word.head, ())
        being = self._roster.beings[ids[0]] if len(ids) == 1 else None
        lemma = self.lemma(word)
        known = self._lex.person(lemma) or self._lex.animal(lemma)
        # `the dog behind the door, the cat on the hearth`: two beasts in a list, not one renamed
        other = any(b.head == lemma and b is not being for b in self._roster.beings.values())
        if being is None or not known or other or being.members > 1 or word.plural:
            return None
        if self._lex.animal(lemma) and being.kind == "human" and being.acts == 0:
            self._roster.as_person(being, lemma)
        being.aliases.add(lemma)
        self._roster.be(being, lemma)
        return being

    def known(  # noqa: PLR0911 - the surest match first
        self, sentence: Sentence, word: Word, lemma: str
    ) -> Being | None:
        """Return the being met before that a noun means, or None."""
        named = next(
            (b for b in self._roster.beings.values() if b.named and word.text.lower() in b.aliases),
            None,
        )
        if named is not None and word.text[:1].isupper():
            return named
        det = sentence.child(word, "det")
        indefinite = det is not None and det.lemma in ("a", "an", "another", "some")
        every = det is not None and det.lemma in ("every", "each")
        if every or (indefinite and _each(sentence, word)):
            age = self._roster.age(lemma)
            group = next(
                (b for b in self._roster.beings.values() if b.members > 1 and b.age == age), None
            )
            if group is not None or indefinite:
                return group
        adjectives = self._roster.adjectives(sentence, word)
        same = self._same(word, lemma)
        special = adjectives & _TELLING
        if special:
            exact = [being for being in same if special <= being.adjectives]
            same = exact or [being for being in same if not being.adjectives & _TELLING]
            if exact:
                return exact[-1]
        waiting = [being for being in same if not being.acts and not being.did and being.drawn]
        if indefinite and waiting and self._lex.person(lemma) is not None:
            return waiting[-1]
        if indefinite:
            beside = word.dep in ("attr", "appos")
            return self._alias(sentence, word, lemma, same) if beside else None
        if same:
            return max(same, key=lambda being: self._pronouns.last(being.id))
        person = self._lex.person(lemma)
        plural = (person.group or word.plural) if person else word.plural
        fits = [] if plural else self._roster.broader(lemma, adjectives)
        return max(fits, key=lambda being: self._pronouns.last(being.id)) if fits else None

    def unnamed(self, word: Word) -> Being | None:
        """Return someone just introduced whom a name met for the first time must belong to."""
        gender = self._lex.name_gender(word.text)
        if gender is None or not (word.tag == "NNP" and word.dep != "compound"):
            return None
        now = self._pronouns.number
        fits = [
            being
            for being in self._roster.beings.values()
            if not being.named
            and being.kind == "human"
            and being.members == 1
            and being.gender == gender
            and being.drawn
            and being.role != "narrator"
            and 0 < now - being.met <= _NEAR
        ]
        return fits[-1] if len(fits) == 1 else None

    def is_being(self, sentence: Sentence, word: Word, lemma: str) -> bool:  # noqa: PLR0911 - a list of questions
        """Say whether a noun met for the first time is somebody."""
        if word.dep in ("npadvmod", "appos") and self._lex.season(lemma):
            return False
        if self._lex.person(lemma) or self._lex.animal(lemma):
            return lemma not in _LOOSE or word.dep in _SUBJECTS
        capital = word.text[:1].isupper() and not word.text.isupper()
        if capital and (self._lex.thing(lemma) or self._lex.season(lemma)):
            return word.i > 0 and sentence.child(word, "det") is not None
        if lemma in _MADE:
            return True
        if word.tag not in ("NNP", "NNPS") or not capital:
            return self._trade(sentence, word, lemma)
        if self._lex.name_gender(word.text.split("-")[0]):
            return True
        if word.i == 0 and word.tag == "NNPS":
            return False
        if sentence.head(word).lemma in _REACHED and word.dep == "dobj":
            return False
        acts = sentence.head(word).is_verb and word.dep in ("nsubj", "nsubjpass", "dobj", "dative")
        return self._free(word) and (acts or word.dep == "conj")

    def lemma(self, word: Word) -> str:
        """Return a noun's lemma, or its form where that is a word of its own: `children`."""
        text = word.text.lower()
        return text if self._lex.person(text) or self._lex.animal(text) else word.lemma

    def mere_frame(self, sentence: Sentence, word: Word, lemma: str) -> bool:
        """Tell the `people` of `the only people who were pleased were the Snow and the Frost`."""
        verb = sentence.head(word)
        attribute = sentence.child(verb, "attr")
        return (
            lemma in _LOOSE
            and word.dep in _SUBJECTS
            and verb.lemma == "be"
            and attribute is not None
            and attribute.text[:1].isupper()
        )

    def _trade(self, sentence: Sentence, word: Word, lemma: str) -> bool:
        """Take a noun we do not know for a person when it has a name, or works and walks."""
        if word.plural or not word.is_noun or self._listed(lemma):
            return False
        if self.name_in(sentence, word) is not None:
            return True
        verb = sentence.head(word)
        article = sentence.child(word, "det", "poss") is not None
        lively = self._lex.is_("alive", verb.lemma)
        if not article or word.dep not in ("nsubj", "conj") or not lively:
            return False
        return self._roster.trade(lemma)

    def _listed(self, lemma: str) -> bool:
        lex = self._lex
        return bool(
            lex.place(lemma)
            or lex.prop(lemma)
            or lex.time(lemma)
            or lex.season(lemma)
            or lex.feature(lemma)
            or lex.weather(lemma)
            or lex.garment(lemma)
            or lex.thing(lemma)
            or lemma in _NOBODY
        )

    def _free(self, word: Word) -> bool:
        """Say whether a capital word is no place, thing, time or weather: free to be a name."""
        if self._lex.name_gender(word.text):
            return True
        lemma = word.lemma
        return not (
            self._lex.place(lemma)
            or self._lex.prop(lemma)
            or self._lex.time(lemma)
            or self._lex.season(lemma)
            or self._lex.feature(lemma)
            or self._lex.weather(lemma)
            or self._lex.thing(lemma)
            or lemma in _NOBODY
        )

    def _same(self, word: Word, lemma: str) -> list[Being]:
        person = self._lex.person(lemma)
        plural = (person.group or word.plural) if person else word.plural
        return [
            being
            for being in self._roster.beings.values()
            if (being.head == lemma or lemma in being.aliases)
            and (being.members > 1) == plural
            and (
                being.kind != "thing"
                or word.text[:1].isupper()
                or being.species == being.head == "robot"
            )
        ]

    def _alias(self, sentence: Sentence, word: Word, lemma: str, same: list[Being]) -> Being | None:
        """Take `Mara was a waitress` as another word for Mara."""
        subject = (
            sentence.child(sentence.head(word), *_SUBJECTS)
            if word.dep == "attr"
            else sentence.head(word)
        )
        if same:
            return same[-1]
        if subject is None or subject is word:
            return None
        for mention in reversed(self._pronouns.mentions[-6:]):
            if mention.sentence == self._pronouns.number and len(mention.ids) == 1:
                being = self._roster.beings[mention.ids[0]]
                person = self._lex.person(lemma)
                if being.members > 1 and not word.plural:
                    return None
                if being.kind == "human" and person is not None:
                    being.aliases.add(lemma)
                    self._roster.be(being, lemma)
                return being
        return None


def _each(sentence: Sentence, word: Word) -> bool:
    return any(one.lemma in ("every", "each") for one in sentence.words[: word.i])
