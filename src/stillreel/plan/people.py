"""Who is who: mentions of beings, and the pronouns that stand for them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from stillreel.plan.fellows import Fellows, titled
from stillreel.plan.joins import Joins
from stillreel.plan.kin import Kin
from stillreel.plan.lexicon import BODY_PARTS, lexicon, word_set
from stillreel.plan.naming import Naming
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
        self.christen = self._roster.christen
        self.hear = self._roster.hear
        self.animate = self._roster.animate
        self._joins = Joins(self._pronouns)
        self._naming = Naming(self._roster, self._pronouns)
        self._kin = Kin(self._roster)
        self._fellows = Fellows(self._roster, self._pronouns)
        self.attend = self._pronouns.attend
        self.group = self._pronouns.group
        self.speak_of = self._pronouns.speak_of
        self.last_two = self._pronouns.last_two
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
        self._alone = partial(_alone, self._naming, subjects, unreal)
        refs: Refs = {}
        for word in sentence.words:
            if word.i in refs:
                continue
            if word.is_pronoun:
                refs[word.i] = self._pronoun(sentence, word, refs)
            elif word.is_noun and (word.dep != "compound" or word.i in subjects):
                refs[word.i] = self._noun(sentence, word, line, refs, met=word.i not in unreal)
            elif word.tag == "CD" and word.dep in _SUBJECTS:
                refs[word.i] = self._fellows.numbered(word.lemma)
                if refs[word.i]:
                    self._note(word, refs[word.i])
            if not refs.get(word.i):
                refs.pop(word.i, None)
        self._joins.join_lists(sentence, refs)
        self._joins.join_in(sentence, refs)
        self._joins.look_ahead(sentence, refs)
        return refs

    def meet(self, name: str, line: int) -> Being:
        """Return the being called `name`, making it when it is new (a cue of a script)."""
        key = name.lower()
        for being in self.beings.values():
            if being.named and (being.name.lower() == key or key in being.aliases):
                return being
        if (other := titled(self._roster, key)) is not None:
            return other
        person = self._lex.person(key.split()[-1]) if key else None
        for being in self.beings.values():
            if person and being.head == key.split()[-1] and not being.named:
                return being
        being = self._roster.new(name, key.split()[-1], line, named=person is None)
        being.aliases.add(key)
        being.aliases.update(part for part in key.split() if len(part) > 2)
        being.gender = self._lex.name_gender(key.split()[0])
        if person is not None:
            self._roster.as_person(being, key.split()[-1])
        return being

    def animal(self, name: str, noun: str, line: int) -> Being:
        """Return the animal of a name, met as what it is: the dog Biscuit."""
        being = self.meet(name, line)
        being.head = noun
        being.aliases.add(noun)
        self._roster.as_person(being, noun)
        return being

    def aged(self, being: Being, line: int) -> Being:
        """Return the same being grown old, as a new member of the cast."""
        noun = being.name.removeprefix("the ")
        old = self._roster.new(
            f"old {noun}" if being.named else f"the old {noun}", being.head, line, named=being.named
        )
        for name in ("kind", "species", "members", "gender", "height_m", "role"):
            setattr(old, name, getattr(being, name))
        old.looks = list(being.looks)
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
            being.personal = True
        if found.ids:
            self._note(word, found.ids)
        return found.ids

    def _noun(
        self, sentence: Sentence, word: Word, line: int, refs: Refs, *, met: bool
    ) -> tuple[str, ...]:
        lemma = self._naming.lemma(word)
        if names := self._fellows.listed(sentence, word):
            read = partial(self._noun, sentence, line=line, refs=refs, met=met)
            return self._note(word, self._fellows.met(names, lemma, read, refs))
        det = sentence.child(word, "det")
        if (det is not None and det.lemma == "no") or self._naming.mere_frame(
            sentence, word, lemma
        ):
            return ()
        found = self._kin.called(sentence, word, refs) or self._kin.known(
            sentence, word, lemma, refs
        )
        found = found or self._named_beside(sentence, word, lemma, line, met=met)
        found = found or self._naming.beside(word, refs)
        found = found or self._naming.known(sentence, word, lemma)
        if found is None and (fellows := self._fellows.counted(sentence, word)):
            self._note(word, fellows)
            return fellows
        if found is None and met and self._naming.is_being(sentence, word, lemma):
            found = self._naming.unnamed(word)
            if found is not None:
                self._roster.christen(found, word.text)
            else:
                found = self._roster.introduced(sentence, word, lemma, line)
                found.met = self._pronouns.number
        if found is None:
            if (mention := _unnamed(sentence, word, self._pronouns.number)) is not None:
                self._pronouns.mentions.append(mention)
            return ()
        self._kin.note(sentence, word, lemma, refs, found)
        if word.dep in ("attr", "appos"):
            self._roster.describe(sentence, word, found)
        if line not in found.lines:
            found.lines.append(line)
        if word.dep not in ("attr", "appos") or self._alone(sentence, word):
            self._note(word, (found.id,))
        return (found.id,)

    def _named_beside(
        self, sentence: Sentence, word: Word, lemma: str, line: int, *, met: bool
    ) -> Being | None:
        """Return the being of `a boy called Tom` or `the baker, old Anna`, named from now on."""
        name = self._naming.name_in(sentence, word)
        if name is None:
            return None
        key = name.text.lower()
        being = next((b for b in self.beings.values() if b.named and key in b.aliases), None)
        other = self._naming.known(sentence, word, lemma)
        if being is None and other is not None and not other.named and other.members == 1:
            being = other
        if being is None:
            trade = self._naming.is_being(sentence, word, lemma)
            if not met or not trade:
                return None
            being = self._roster.introduced(sentence, word, lemma, line, name=name.text)
        else:
            self._roster.be(being, lemma)
            self._roster.describe(sentence, word, being)
        if not being.named:
            self._roster.christen(being, name.text)
        being.aliases |= {lemma, key}
        self._roster.describe(sentence, name, being)
        return being

    def _narrators(self) -> tuple[str, ...]:
        me = self._roster.narrator()
        other = self.last_two(me)
        return (me, other) if other else (me,)

    def _note(self, word: Word, ids: tuple[str, ...]) -> tuple[str, ...]:
        subject = word.dep in _SUBJECTS or word.dep == "attr" or word.i in self._doers
        self._pronouns.mentions.append(
            Mention(
                ids,
                self._pronouns.number,
                subject=subject,
                plural=self._pronouns.group(ids),
                pronoun=word.tag == "PRP" and word.dep in ("nsubj", "dobj"),
            )
        )
        return ids


def _alone(
    naming: Naming, doers: frozenset[int], unreal: frozenset[int], sentence: Sentence, word: Word
) -> bool:
    """Say whether `there was a girl` brings her alone, so that whoever follows is she."""
    others = (w for w in sentence.subtree(word) if w.is_noun and w.i not in unreal)
    return word.i in doers and not any(
        naming.is_being(sentence, w, w.lemma) for w in others if w.i != word.i
    )


def _unnamed(sentence: Sentence, word: Word, number: int) -> Mention | None:
    """Return a plural that is nobody of the cast, so that `they` can mean it; None for others."""
    if not word.plural or word.dep not in (*_SUBJECTS, "dobj", "pobj", "conj"):
        return None
    if word.lemma in ("year", "day", "hour", "time", "minute", "other"):
        return None
    mention = Mention((), number, subject=word.dep in _SUBJECTS, plural=True)
    told = word.text.lower()
    mention.text = f"the {told}" if sentence.child(word, "det") else told
    return mention


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
