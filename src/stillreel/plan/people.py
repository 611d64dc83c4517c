"""Who is who: mentions of beings, and the pronouns that stand for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.plan.lexicon import BODY_PARTS, lexicon, word_set
from stillreel.plan.pronouns import Mention, Pronouns
from stillreel.plan.roster import Roster

if TYPE_CHECKING:
    from stillreel.plan.grammar import Sentence, Word
    from stillreel.plan.pronouns import Refs
    from stillreel.plan.telling import Being
    from stillreel.values.scene import Presentation

_HE = word_set("he him his himself")
_SHE = word_set("she her hers herself")
_THEY = word_set("they them their theirs themselves 'em")
_ME = word_set("i me my mine myself")
_WE = word_set("we us our ours ourselves")
_SUBJECTS = word_set("nsubj nsubjpass csubj")
_TELLING = word_set("old young first second third last tall fat blind elder eldest youngest oldest")
_NOBODY = word_set("""
    yes year eve god lord heaven sunday monday tuesday wednesday thursday friday saturday
    english french german latin
""")
_LOOSE = word_set("companion friend one other people person figure human")


class People:
    """Everyone met so far, and who was spoken of last."""

    def __init__(self, taken: set[str]) -> None:
        """Start with nobody.

        Args:
            taken: ids in use in the whole plan; new ones are added.
        """
        self._roster = Roster(taken)
        self._pronouns = Pronouns(self._roster)
        self.beings = self._roster.beings
        self.call = self._roster.call
        self.animate = self._roster.animate
        self.group = self._pronouns.group
        self._doers: frozenset[int] = frozenset()
        self._lex = lexicon()

    def read(
        self, sentence: Sentence, line: int, unreal: frozenset[int], subjects: frozenset[int]
    ) -> Refs:
        """Find every being of a sentence.

        Args:
            sentence: the parsed sentence, speeches masked.
            line: line of the story, remembered for newcomers.
            unreal: positions of words in clauses that do not happen; nobody new is met there.
            subjects: positions of the words that do something, by sense rather than by form.
        """
        self._pronouns.number += 1
        self._doers = subjects
        refs: Refs = {}
        for word in sentence.words:
            if word.i in refs:
                continue
            if word.is_pronoun:
                refs[word.i] = self._pronoun(sentence, word, refs)
            elif word.is_noun and (word.dep != "compound" or word.i in subjects):
                refs[word.i] = self._noun(sentence, word, line, met=word.i not in unreal)
            if not refs.get(word.i):
                refs.pop(word.i, None)
        self._join_lists(sentence, refs)
        self._look_ahead(sentence, refs)
        return refs

    def meet(self, name: str, line: int, *, gender: Presentation | None = None) -> Being:
        """Return the being called `name`, making it when it is new (a cue of a script)."""
        key = name.lower()
        for being in self.beings.values():
            if being.named and (being.name.lower() == key or key in being.aliases):
                return being
        person = self._lex.person(key.split()[-1]) if key else None
        for being in self.beings.values():
            if person and being.head == key.split()[-1] and not being.named:
                return being
        being = self._roster.new(name, key.split()[-1], line, named=person is None)
        being.aliases.add(key)
        being.aliases.update(part for part in key.split() if len(part) > 2)
        being.gender = gender or self._lex.name_gender(key.split()[0])
        if person is not None:
            self._roster.as_person(being, key.split()[-1])
        return being

    def speak_of(self, ids: tuple[str, ...]) -> None:
        """Remember that these were the subject just now."""
        self._pronouns.mentions.append(
            Mention(ids, self._pronouns.number, subject=True, plural=len(ids) > 1)
        )

    def last_two(self, but: str) -> str:
        """Return who was spoken of last besides `but`, the likely other side of a dialogue."""
        for mention in reversed(self._pronouns.mentions[-12:]):
            for one in mention.ids:
                if one != but and self.beings[one].drawn:
                    return one
        return ""

    def aged(self, being: Being, line: int) -> Being:
        """Return the same being grown old, as a new member of the cast."""
        noun = being.name.removeprefix("the ")
        old = self._roster.new(
            f"old {noun}" if being.named else f"the old {noun}", being.head, line, named=being.named
        )
        old.id = old.id
        for name in ("kind", "species", "members", "gender", "height_m", "role"):
            setattr(old, name, getattr(being, name))
        old.looks, old.worn = list(being.looks), list(being.worn)
        old.adjectives = being.adjectives | {"old"}
        old.aliases = set(being.aliases)
        old.did = set(being.did)
        old.age, old.like = "elder", being.id
        for mention in self._pronouns.mentions:
            mention.ids = tuple(old.id if one == being.id else one for one in mention.ids)
        being.head = f"{being.head} before"
        being.aliases = set()
        being.named = False
        return old

    def _pronoun(self, sentence: Sentence, word: Word, refs: Refs) -> tuple[str, ...]:
        lemma = word.text.lower()
        if lemma in _ME | _WE:
            return (self._roster.narrator(),) if lemma in _ME else self._narrators()
        if lemma in _HE | _SHE:
            gender: Presentation = "masculine" if lemma in _HE else "feminine"
            found = self._pronouns.best(sentence, word, refs, plural=False, gender=gender)
        elif lemma in _THEY:
            found = self._pronouns.best(sentence, word, refs, plural=True, gender=None)
        else:
            return ()
        if found is None:
            return ()
        if len(found.ids) == 1 and lemma in _HE | _SHE:
            being = self.beings[found.ids[0]]
            being.gender = being.gender or ("masculine" if lemma in _HE else "feminine")
        if found.ids:
            self._note(word, found.ids)
        return found.ids

    def _noun(self, sentence: Sentence, word: Word, line: int, *, met: bool) -> tuple[str, ...]:
        lemma = self._lemma(word)
        det = sentence.child(word, "det")
        if (det is not None and det.lemma == "no") or self._mere_frame(sentence, word, lemma):
            return ()
        found = self._known(sentence, word, lemma)
        if found is None and met and self._is_being(sentence, word, lemma):
            found = self._roster.introduced(sentence, word, lemma, line)
        if found is None:
            self._note_nobody(sentence, word)
            return ()
        if word.dep in ("attr", "appos"):
            self._roster.describe(sentence, word, found)
        if line not in found.lines:
            found.lines.append(line)
        if word.dep not in ("attr", "appos"):
            self._note(word, (found.id,))
        return (found.id,)

    def _mere_frame(self, sentence: Sentence, word: Word, lemma: str) -> bool:
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

    def _known(self, sentence: Sentence, word: Word, lemma: str) -> Being | None:  # noqa: PLR0911 - the surest match first
        named = next(
            (b for b in self.beings.values() if b.named and word.text.lower() in b.aliases), None
        )
        if named is not None and word.text[:1].isupper():
            return named
        det = sentence.child(word, "det")
        indefinite = det is not None and det.lemma in ("a", "an", "another", "some")
        adjectives = self._roster.adjectives(sentence, word)
        person = self._lex.person(lemma)
        plural = (person.group or word.plural) if person else word.plural
        if indefinite and self._each(sentence, word):
            return next(
                (
                    b
                    for b in self.beings.values()
                    if b.members > 1 and b.age == self._roster.age(lemma)
                ),
                None,
            )
        same = [
            being
            for being in self.beings.values()
            if (being.head == lemma or lemma in being.aliases)
            and (being.members > 1) == plural
            and (
                being.kind != "thing"
                or word.text[:1].isupper()
                or being.species == being.head == "robot"
            )
        ]
        special = adjectives & _TELLING
        if special:
            exact = [being for being in same if special <= being.adjectives]
            same = exact or [being for being in same if not being.adjectives & _TELLING]
            if exact:
                return exact[-1]
        waiting = [being for being in same if not being.acts and not being.did and being.drawn]
        if indefinite and waiting and person is not None:
            return waiting[-1]
        if indefinite:
            return (
                None
                if word.dep not in ("attr", "appos")
                else self._alias(sentence, word, lemma, same)
            )
        if same:
            return max(same, key=lambda being: self._pronouns.last(being.id))
        fits = [] if plural else self._roster.broader(lemma)
        return max(fits, key=lambda being: self._pronouns.last(being.id)) if fits else None

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
                being = self.beings[mention.ids[0]]
                person = self._lex.person(lemma)
                if being.kind == "human" and person is not None:
                    being.aliases.add(lemma)
                    being.role = being.role or lemma
                    if not being.gender and person.presentation != "neutral":
                        being.gender = person.presentation
                    if being.named:
                        being.age = person.age if person.age != "adult" else being.age
                return being
        return None

    def _is_being(self, sentence: Sentence, word: Word, lemma: str) -> bool:  # noqa: PLR0911 - a list of questions
        if word.dep in ("npadvmod", "appos") and self._lex.season(lemma):
            return False
        if self._lex.person(lemma) or self._lex.animal(lemma):
            return lemma not in _LOOSE or word.dep in _SUBJECTS
        capital = word.text[:1].isupper() and not word.text.isupper()
        if capital and (self._lex.thing(lemma) or self._lex.season(lemma)):
            return word.i > 0 and sentence.child(word, "det") is not None
        if lemma in ("robot", "scarecrow", "snowman", "puppet"):
            return True
        if word.tag not in ("NNP", "NNPS") or not capital:
            return False
        if self._lex.name_gender(word.text.split("-")[0]):
            return True
        known = self._lex.place(lemma) or self._lex.prop(lemma) or self._lex.time(lemma)
        known = known or self._lex.season(lemma) or self._lex.feature(lemma)
        known = known or self._lex.weather(lemma) or lemma in _NOBODY
        acts = sentence.head(word).is_verb and word.dep in ("nsubj", "nsubjpass", "dobj", "dative")
        return not known and (acts or word.dep == "conj")

    def _narrators(self) -> tuple[str, ...]:
        me = self._roster.narrator()
        other = self.last_two(me)
        return (me, other) if other else (me,)

    def _note(self, word: Word, ids: tuple[str, ...]) -> None:
        subject = word.dep in _SUBJECTS or word.dep == "attr" or word.i in self._doers
        self._pronouns.mentions.append(
            Mention(ids, self._pronouns.number, subject=subject, plural=self._pronouns.group(ids))
        )

    def _note_nobody(self, sentence: Sentence, word: Word) -> None:
        if not word.plural or word.dep not in (*_SUBJECTS, "dobj", "pobj", "conj"):
            return
        if word.lemma in ("year", "day", "hour", "time", "minute", "other"):
            return
        mention = Mention((), self._pronouns.number, subject=word.dep in _SUBJECTS, plural=True)
        mention.text = (
            f"the {word.text.lower()}" if sentence.child(word, "det") else word.text.lower()
        )
        self._pronouns.mentions.append(mention)

    def _join_lists(self, sentence: Sentence, refs: Refs) -> None:
        """Let `the Snow and the Frost` be spoken of together."""
        for word in sentence.words:
            if word.dep == "conj" or word.i not in refs or not word.is_noun:
                continue
            ids = list(refs[word.i])
            link = sentence.child(word, "conj")
            while link is not None and link.i in refs:
                ids += [one for one in refs[link.i] if one not in ids]
                link = sentence.child(link, "conj")
            if len(ids) > 1:
                self._pronouns.mentions.append(
                    Mention(
                        tuple(ids),
                        self._pronouns.number,
                        subject=word.dep in _SUBJECTS or word.dep == "attr",
                        plural=True,
                    )
                )

    def _look_ahead(self, sentence: Sentence, refs: Refs) -> None:
        """Give `as they were coming, the children played` its forward meaning."""
        for word in sentence.words:
            if word.is_pronoun and word.i not in refs and word.dep in _SUBJECTS:
                verb = sentence.head(word)
                if verb.dep != "advcl":
                    continue
                subject = sentence.child(sentence.head(verb), *_SUBJECTS)
                if subject is not None and subject.i in refs and subject.i > word.i:
                    refs[word.i] = refs[subject.i]

    def _each(self, sentence: Sentence, word: Word) -> bool:
        return any(one.lemma in ("every", "each") for one in sentence.words[: word.i])

    def _lemma(self, word: Word) -> str:
        text = word.text.lower()
        return text if self._lex.person(text) or self._lex.animal(text) else word.lemma


def owner(sentence: Sentence, word: Word, refs: Refs) -> tuple[str, ...]:
    """Return whose heart, face or hand a noun is, or nobody."""
    if word.lemma not in BODY_PARTS and word.text.lower() not in BODY_PARTS:
        return ()
    for link in sentence.children(word, "poss"):
        if link.i in refs:
            return refs[link.i]
    for link in sentence.children(word, "prep"):
        deep = sentence.child(link, "pobj")
        if deep is not None and deep.i in refs:
            return refs[deep.i]
        if deep is not None:
            return owner(sentence, deep, refs)
    return ()
