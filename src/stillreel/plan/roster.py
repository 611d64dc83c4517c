"""Newcomers: what their nouns, adjectives and titles say about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.plan.lexicon import lexicon, word_set
from stillreel.plan.looks import looks_of
from stillreel.plan.names import fresh, slug
from stillreel.plan.portrait import phrases_of
from stillreel.plan.telling import Being

if TYPE_CHECKING:
    from stillreel.plan.grammar import Sentence, Word

_SHOWN = word_set("little old young")
TRADES = ("er", "or", "ist", "man", "woman", "smith", "wright", "herd", "ess", "monger", "boy")
"""Endings of nouns for people at work."""
_NUMBERS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}


class Roster:
    """Everyone met so far, by id."""

    def __init__(self, taken: set[str]) -> None:
        """Start with nobody; ids are taken from, and added to, `taken`."""
        self.beings: dict[str, Being] = {}
        self.taken = taken
        self._lex = lexicon()

    def call(self, name: str, one: str) -> None:
        """Give someone the name they were just called by, if they had none."""
        being = self.beings.get(one)
        gender = self._lex.name_gender(name)
        if being is None or being.named or being.kind != "human" or being.members > 1:
            return
        if gender is None or being.gender not in (gender, None):
            return
        if any(
            other.named and name.lower() in other.name.lower() for other in self.beings.values()
        ):
            return
        being.aliases |= {name.lower(), being.head}
        being.name, being.named, being.gender = name, True, gender

    def christen(self, being: Being, name: str) -> None:
        """Give someone the name the story has for them; the old noun still finds them."""
        being.aliases |= {being.head, *(part.lower() for part in name.split() if len(part) > 2)}
        being.name, being.named = name, True
        being.gender = being.gender or self._lex.name_gender(name.split(maxsplit=1)[0])

    def hear(self, being: Being, phrase: str) -> None:
        """Keep words about how someone looks; age and sex are taken at once."""
        if phrase in being.looks:
            return
        being.looks.append(phrase)
        if being.kind != "human":
            return
        looks = looks_of((phrase,))
        if looks.age is not None and being.age == "adult":
            being.age = looks.age
        being.gender = being.gender or looks.gender

    def be(self, being: Being, lemma: str) -> None:
        """Learn from a noun what someone is: `waitress`, `lamplighter`, `boy`."""
        person = self._lex.person(lemma)
        if person is None or being.kind != "human":
            return
        being.role = being.role or lemma
        if not being.gender and person.presentation != "neutral":
            being.gender = person.presentation
        if being.age == "adult":
            being.age = person.age

    def animate(self, being: Being, lemma: str) -> None:
        """Let a thing or an animal that turned out to speak be what its noun says."""
        if not being.did and being.kind == "human" and not self._lex.person(lemma):
            being.named = False
            self.as_person(being, lemma)

    def broader(self, lemma: str, adjectives: set[str]) -> list[Being]:
        """Return all whom `the child`, `the man`, `the bird` may mean."""
        wanted = self._lex.person(lemma)
        kind = self._lex.animal(lemma)
        fits: list[Being] = []
        for being in self.beings.values():
            if being.members > 1 or not being.drawn:
                continue
            right = wanted is not None and being.gender == wanted.presentation
            young = being.age == "child" and being.kind == "human"
            young = young and being.head not in ("prince", "princess", "king", "queen")
            beast = being.kind not in ("human", "thing")
            if lemma in ("child", "boy", "girl", "lad"):
                fit = young and (lemma == "child" or right or being.gender is None)
            elif lemma in ("man", "woman", "gentleman", "lady", "fellow"):
                ages = ("elder",) if adjectives & self._lex.old else ("adult", "elder")
                own = being.named or (being.age == "elder" and being.kind == "human")
                fit = own and right and being.age in ages
            elif lemma in ("bird", "animal", "beast", "creature"):
                fit = being.kind == kind or (lemma != "bird" and beast)
            else:
                fit = False
            if fit:
                fits.append(being)
        return fits

    def introduced(
        self, sentence: Sentence, word: Word, lemma: str, line: int, *, name: str = ""
    ) -> Being:
        """Return a new being for a noun met for the first time.

        Args:
            sentence: where it is met.
            word: the noun.
            lemma: its lemma.
            line: line of the story.
            name: the name given beside the noun, if any.
        """
        adjectives = self.adjectives(sentence, word)
        before = sentence.children(word, "compound")
        capital = word.text[:1].isupper() and word.i > 0
        proper = (
            word.tag.startswith("NNP")
            and not self._lex.person(lemma)
            and not self._lex.thing(lemma)
        )
        proper = proper and not self._lex.season(lemma) and not self._lex.animal(lemma)
        titles = [w.text for w in before if w.tag.startswith("NNP") or proper]
        given = name
        if given:
            proper = False
        elif proper:
            name = " ".join([*titles, word.text])
        else:
            shown = [w.text.lower() for w in sentence.children(word, "amod") if w.lemma in _SHOWN][
                :1
            ]
            kept = [w.text for w in before if w.text[:1].isupper() and capital] or [
                w.text for w in before
            ]
            noun = word.text if capital else word.text.lower()
            name = " ".join(["the", *shown, *kept, noun])
        being = self.new(name, lemma, line, named=bool(proper or given))
        being.adjectives |= adjectives
        being.aliases.update(w.text.lower() for w in (*before, word) if proper and len(w.text) > 3)
        if given:
            being.aliases |= {given.lower(), lemma}
            being.gender = self._lex.name_gender(given)
        numbers = [_NUMBERS.get(w.lemma, 0) for w in sentence.children(word, "nummod")]
        self.as_person(being, lemma, plural=word.plural)
        if being.members > 1 and numbers and numbers[0]:
            being.members = numbers[0]
        if proper:
            being.gender = self._lex.name_gender(
                (titles or [word.text])[0]
            ) or self._lex.name_gender(word.text)
            being.gender = {"Mr.": "masculine", "Mrs.": "feminine", "Miss": "feminine"}.get(
                name.split()[0], being.gender
            )  # pyright: ignore[reportAttributeAccessIssue]
        if adjectives & self._lex.old and being.kind == "human" and being.age == "adult":
            being.age = "elder"
        if adjectives & {"little", "small", "tiny"} and being.age == "child" and being.members == 1:
            being.height_m = 1.05
        being.drawn = not self._lex.season(lemma)
        self.describe(sentence, word, being)
        return being

    def as_person(self, being: Being, lemma: str, *, plural: bool = False) -> None:
        """Give a being the age, size and kind of its noun."""
        person = self._lex.person(lemma)
        animal = self._lex.animal(lemma)
        if person:
            being.age = person.age
            told = None if person.presentation == "neutral" else person.presentation
            being.gender = told or being.gender
            if person.group or plural:
                being.members = (
                    5
                    if person.group and lemma not in ("family", "couple", "twins", "parents")
                    else 3
                )
                being.members = 2 if lemma in ("couple", "twins", "parents") else being.members
        elif animal:
            being.kind, being.species = animal, lemma
            being.members = 4 if plural else 1
        elif self._lex.thing(lemma) or not (being.named or being.role or self.trade(lemma)):
            being.kind = "thing"
            being.species = being.name.removeprefix("the ").lower()
        being.gender = being.gender or self._lex.gender(lemma)
        being.height_m = self._lex.height(lemma)

    def describe(self, sentence: Sentence, word: Word, being: Being) -> None:
        """Keep what a noun phrase says about how someone looks."""
        for phrase in phrases_of(sentence, word):
            self.hear(being, phrase)

    def new(self, name: str, head: str, line: int, *, named: bool) -> Being:
        """Return a new being with a fresh id."""
        wanted = slug(name, f"person-{len(self.beings) + 1}")
        being = Being(fresh(wanted, self.taken), name, head, named=named)
        being.lines.append(line)
        self.beings[being.id] = being
        return being

    def called(self, name: str) -> bool:
        """Say whether somebody met before has that name."""
        return any(one.named and name.lower() in one.aliases for one in self.beings.values())

    def narrator(self) -> str:
        """Return the id of the one who says `I`."""
        for being in self.beings.values():
            if being.role == "narrator":
                return being.id
        being = self.new("the narrator", "narrator", 1, named=False)
        being.role = "narrator"
        return being.id

    def adjectives(self, sentence: Sentence, word: Word) -> set[str]:
        """Return the lemmas that qualify a noun."""
        return {one.lemma for one in sentence.children(word, "amod", "nummod")} | {
            one.text.lower() for one in sentence.children(word, "compound")
        }

    def trade(self, lemma: str) -> bool:
        """Say whether an unknown noun is shaped like somebody's work: `ringmaster`."""
        shaped = lemma.endswith(TRADES) and len(lemma) > 4
        return shaped and not (self._lex.prop(lemma) or self._lex.feature(lemma))

    def age(self, lemma: str) -> str:
        """Return the age a noun for a person implies, or an empty text."""
        person = self._lex.person(lemma)
        return person.age if person else ""
