"""Who is who: mentions of beings, and the pronouns that stand for them."""

from __future__ import annotations

from dataclasses import dataclass
from math import log1p
from typing import TYPE_CHECKING

from stillreel.plan.lexicon import BODY_PARTS, lexicon
from stillreel.plan.names import fresh, slug
from stillreel.plan.telling import Being

if TYPE_CHECKING:
    from stillreel.plan.grammar import Sentence, Word
    from stillreel.values.scene import Presentation

Refs = dict[int, tuple[str, ...]]
"""Ids that a word of a sentence stands for, by the word's position."""

_HE = frozenset("he him his himself".split(" "))
_SHE = frozenset("she her hers herself".split(" "))
_THEY = frozenset("they them their theirs themselves 'em".split(" "))
_ME = frozenset("i me my mine myself".split(" "))
_WE = frozenset("we us our ours ourselves".split(" "))
_SUBJECTS = frozenset("nsubj nsubjpass csubj".split(" "))
_TELLING = frozenset(
    "old young first second third last tall fat blind elder eldest youngest oldest".split(" ")
)
_SHOWN = frozenset("little old young".split(" "))
_NUMBERS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_LOOSE = frozenset("companion friend one other people person figure human".split(" "))


@dataclass(slots=True)
class _Mention:
    ids: tuple[str, ...]
    sentence: int
    subject: bool
    plural: bool
    text: str = ""
    """Words for something that is nobody, such as `the trees`."""


class People:
    """Everyone met so far, and who was spoken of last."""

    def __init__(self, taken: set[str]) -> None:
        """Start with nobody.

        Args:
            taken: ids in use in the whole plan; new ones are added.
        """
        self.beings: dict[str, Being] = {}
        self._taken = taken
        self._mentions: list[_Mention] = []
        self._number = 0
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
        self._number += 1
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
        being = self._new(name, key.split()[-1], line, named=person is None)
        being.aliases.add(key)
        being.aliases.update(part for part in key.split() if len(part) > 2)
        being.gender = gender or self._lex.name_gender(key.split()[0])
        if person is not None:
            self._as_person(being, key.split()[-1])
        return being

    def speak_of(self, ids: tuple[str, ...]) -> None:
        """Remember that these were the subject just now."""
        self._mentions.append(_Mention(ids, self._number, subject=True, plural=len(ids) > 1))

    def group(self, ids: tuple[str, ...]) -> bool:
        """Say whether ids are several bodies."""
        return len(ids) > 1 or any(self.beings[one].members > 1 for one in ids)

    def call(self, name: str, one: str) -> None:
        """Give someone the name they were just called by, if they had none."""
        being = self.beings.get(one)
        gender = self._lex.name_gender(name)
        if being is None or being.named or being.kind != "human" or being.members > 1:
            return
        if gender is None or being.gender not in (gender, None):
            return
        if any(other.named and name.lower() in other.name.lower() for other in self.beings.values()):
            return
        being.aliases |= {name.lower(), being.head}
        being.name, being.named, being.gender = name, True, gender

    def animate(self, being: Being, lemma: str) -> None:
        """Let a thing or an animal that turned out to speak be what its noun says."""
        if not being.did and being.kind == "human" and not self._lex.person(lemma):
            being.named = False
            self._as_person(being, lemma)

    def last_two(self, but: str) -> str:
        """Return who was spoken of last besides `but`, the likely other side of a dialogue."""
        for mention in reversed(self._mentions[-12:]):
            for one in mention.ids:
                if one != but and self.beings[one].drawn:
                    return one
        return ""

    def aged(self, being: Being, line: int) -> Being:
        """Return the same being grown old, as a new member of the cast."""
        noun = being.name.removeprefix("the ")
        old = self._new(
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
        for mention in self._mentions:
            mention.ids = tuple(old.id if one == being.id else one for one in mention.ids)
        being.head = f"{being.head} before"
        being.aliases = set()
        being.named = False
        return old

    def _pronoun(self, sentence: Sentence, word: Word, refs: Refs) -> tuple[str, ...]:
        lemma = word.text.lower()
        if lemma in _ME | _WE:
            return (self._narrator(),) if lemma in _ME else self._narrators()
        if lemma in _HE | _SHE:
            gender: Presentation = "masculine" if lemma in _HE else "feminine"
            found = self._best(sentence, word, refs, plural=False, gender=gender)
        elif lemma in _THEY:
            found = self._best(sentence, word, refs, plural=True, gender=None)
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

    def _best(
        self,
        sentence: Sentence,
        word: Word,
        refs: Refs,
        *,
        plural: bool,
        gender: Presentation | None,
    ) -> _Mention | None:
        clash = self._clashing(sentence, word, refs)
        verb = sentence.head(word).lemma
        best: tuple[float, _Mention] | None = None
        for back, mention in enumerate(reversed(self._mentions[-60:])):
            stale = not mention.ids and self._number - mention.sentence > 1
            if mention.plural != plural or stale:
                continue
            if clash & set(mention.ids) or not self._fits(mention, gender):
                continue
            if not mention.ids and self._needs_mind(verb):
                continue
            score = self._score(mention, verb) - back * 0.02
            if not mention.ids and word.dep == "dobj" and mention.sentence == self._number:
                score += 3.0 if not mention.subject else 0.0
            if best is None or score > best[0]:
                best = (score, mention)
        if best is None and plural:
            return self._pair(clash)
        return best[1] if best else None

    def _score(self, mention: _Mention, verb: str) -> float:
        back = self._number - mention.sentence
        score = (
            3.0 - min(back, 12) + (1.0 if back == 0 else 0.0) - (0.7 if not mention.ids else 0.0)
        )
        if mention.subject:
            score += 1.5
        for one in mention.ids:
            being = self.beings[one]
            score += 0.3 * log1p(being.acts)
            score -= 2.2 if being.kind == "thing" and not mention.plural else 0
            score -= 1.5 if being.kind not in ("human", "thing") and not mention.plural else 0
            score -= 1.0 if being.head == "people" else 0
            score += 2.0 if verb in being.did and being.members > 1 else 0
        return score

    def _needs_mind(self, verb: str) -> bool:
        return any(self._lex.is_(kind, verb) for kind in ("say", "mental", "perceive"))

    def _fits(self, mention: _Mention, gender: Presentation | None) -> bool:
        if gender is None:
            return True
        if len(mention.ids) != 1:
            return False
        return self.beings[mention.ids[0]].gender in (gender, None)

    def _clashing(self, sentence: Sentence, word: Word, refs: Refs) -> set[str]:
        """Return ids an object pronoun cannot mean: the subject of its own verb."""
        if (
            word.dep in _SUBJECTS
            or word.tag == "PRP$"
            or word.text.lower().endswith(("self", "selves"))
        ):
            return self._described(sentence, word, refs)
        up = sentence.head(word)
        while (
            up.dep in ("prep", "pobj", "dative", "agent", "conj")
            and not up.is_verb
            and up.head != up.i
        ):
            up = sentence.head(up)
        while True:
            subject = sentence.child(up, *_SUBJECTS)
            if subject is not None:
                return set(refs.get(subject.i, ()))
            steered = up.dep == "xcomp" and sentence.child(sentence.head(up), "dobj") is not None
            if up.head == up.i or up.dep not in ("conj", "xcomp", "advcl") or steered:
                return set()
            up = sentence.head(up)

    def _described(self, sentence: Sentence, word: Word, refs: Refs) -> set[str]:
        """Return the noun a relative clause describes: `the boy he had loved` is not he."""
        verb = sentence.head(word)
        if word.dep in _SUBJECTS and verb.dep == "relcl":
            return set(refs.get(verb.head, ()))
        return set()

    def _pair(self, clash: set[str]) -> _Mention | None:
        """Take `they` for the two persons spoken of last."""
        ids: list[str] = []
        for mention in reversed(self._mentions[-10:]):
            if self._number - mention.sentence > 3:
                break
            for one in mention.ids:
                if one not in ids and one not in clash and self.beings[one].kind != "thing":
                    ids.append(one)
        if len(ids) < 2:
            return None
        return _Mention(tuple(reversed(ids[:2])), self._number, subject=True, plural=True)

    def _noun(self, sentence: Sentence, word: Word, line: int, *, met: bool) -> tuple[str, ...]:
        lemma = self._lemma(word)
        det = sentence.child(word, "det")
        if (det is not None and det.lemma == "no") or self._mere_frame(sentence, word, lemma):
            return ()
        found = self._known(sentence, word, lemma)
        if found is None and met and self._is_being(sentence, word, lemma):
            found = self._introduced(sentence, word, lemma, line)
        if found is None:
            self._note_nobody(sentence, word)
            return ()
        if word.dep in ("attr", "appos"):
            self._describe(sentence, word, found)
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

    def _known(self, sentence: Sentence, word: Word, lemma: str) -> Being | None:
        named = next((b for b in self.beings.values() if b.named and word.text.lower() in b.aliases), None)
        if named is not None and word.text[:1].isupper():
            return named
        det = sentence.child(word, "det")
        indefinite = det is not None and det.lemma in ("a", "an", "another", "some")
        adjectives = self._adjectives(sentence, word)
        person = self._lex.person(lemma)
        plural = (person.group or word.plural) if person else word.plural
        if indefinite and self._each(sentence, word):
            return next(
                (b for b in self.beings.values() if b.members > 1 and b.age == self._age(lemma)),
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
        if indefinite:
            return (
                None
                if not (word.dep in ("attr", "appos"))
                else self._alias(sentence, word, lemma, same)
            )
        if same:
            return max(same, key=lambda being: self._last(being.id))
        return None if plural else self._broader(lemma)

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
        for mention in reversed(self._mentions[-6:]):
            if mention.sentence == self._number and len(mention.ids) == 1:
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

    def _broader(self, lemma: str) -> Being | None:
        """Find whom `the child`, `the man`, `the bird` means."""
        wanted = self._lex.person(lemma)
        kind = self._lex.animal(lemma)
        fits: list[Being] = []
        for being in self.beings.values():
            if being.members > 1 or not being.drawn:
                continue
            if (
                lemma in ("child", "boy", "girl", "lad")
                and being.age == "child"
                and being.kind == "human"
            ):
                if lemma == "child" or (wanted and being.gender in (wanted.presentation, None)):
                    fits.append(being)
            elif lemma in ("man", "woman", "gentleman", "lady", "fellow") and being.named:
                if wanted and being.gender == wanted.presentation and being.age == "adult":
                    fits.append(being)
            elif lemma in ("bird", "animal", "beast", "creature") and kind:
                if being.kind == kind or (lemma != "bird" and being.kind not in ("human", "thing")):
                    fits.append(being)
        return max(fits, key=lambda being: self._last(being.id)) if fits else None

    def _is_being(self, sentence: Sentence, word: Word, lemma: str) -> bool:
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
        known = (
            known or self._lex.season(lemma) or self._lex.feature(lemma) or self._lex.weather(lemma)
        )
        return (
            not known
            and word.dep in ("nsubj", "nsubjpass", "dobj", "dative", "poss", "conj")
            and lemma != "yes"
        )

    def _introduced(self, sentence: Sentence, word: Word, lemma: str, line: int) -> Being:
        adjectives = self._adjectives(sentence, word)
        before = sentence.children(word, "compound")
        capital = word.text[:1].isupper() and word.i > 0
        proper = (
            word.tag.startswith("NNP")
            and not self._lex.person(lemma)
            and not self._lex.thing(lemma)
        )
        proper = proper and not self._lex.season(lemma) and not self._lex.animal(lemma)
        titles = [w.text for w in before if w.tag.startswith("NNP") or proper]
        if proper:
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
        being = self._new(name, lemma, line, named=proper)
        being.adjectives |= adjectives
        being.aliases.update(w.text.lower() for w in (*before, word) if proper and len(w.text) > 3)
        numbers = [_NUMBERS.get(w.lemma, 0) for w in sentence.children(word, "nummod")]
        self._as_person(being, lemma, plural=word.plural)
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
        self._describe(sentence, word, being)
        return being

    def _as_person(self, being: Being, lemma: str, *, plural: bool = False) -> None:
        person = self._lex.person(lemma)
        animal = self._lex.animal(lemma)
        if person:
            being.age = person.age
            being.gender = None if person.presentation == "neutral" else person.presentation
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
        elif self._lex.thing(lemma) or not being.named:
            being.kind = "thing"
            being.species = being.name.removeprefix("the ").lower()
        being.gender = being.gender or self._lex.gender(lemma)
        being.height_m = self._lex.height(lemma)

    def _describe(self, sentence: Sentence, word: Word, being: Being) -> None:
        """Keep adjectives and `with`/`in` phrases that say how someone looks."""
        for link in sentence.children(word, "amod", "prep", "acl"):
            phrase = sorted(sentence.subtree(link), key=lambda one: one.i)
            if link.dep == "prep" and link.lemma not in ("with", "in"):
                continue
            if link.dep == "acl" and link.lemma not in ("dress", "wrap", "clothe", "wear", "clad"):
                continue
            being.worn += [one.lemma for one in phrase]
            if link.dep != "amod":
                being.looks.append(" ".join(one.text for one in phrase))

    def _new(self, name: str, head: str, line: int, *, named: bool) -> Being:
        wanted = slug(name, f"person-{len(self.beings) + 1}")
        being = Being(fresh(wanted, self._taken), name, head, named=named)
        being.lines.append(line)
        self.beings[being.id] = being
        return being

    def _narrator(self) -> str:
        for being in self.beings.values():
            if being.role == "narrator":
                return being.id
        being = self._new("the narrator", "narrator", 1, named=False)
        being.role = "narrator"
        return being.id

    def _narrators(self) -> tuple[str, ...]:
        me = self._narrator()
        other = self.last_two(me)
        return (me, other) if other else (me,)

    def _note(self, word: Word, ids: tuple[str, ...]) -> None:
        subject = word.dep in _SUBJECTS or word.dep == "attr" or word.i in self._doers
        self._mentions.append(_Mention(ids, self._number, subject=subject, plural=self.group(ids)))

    def _note_nobody(self, sentence: Sentence, word: Word) -> None:
        if not word.plural or word.dep not in (*_SUBJECTS, "dobj", "pobj", "conj"):
            return
        if word.lemma in ("year", "day", "hour", "time", "minute", "other"):
            return
        mention = _Mention((), self._number, subject=word.dep in _SUBJECTS, plural=True)
        mention.text = (
            f"the {word.text.lower()}" if sentence.child(word, "det") else word.text.lower()
        )
        self._mentions.append(mention)

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
                self._mentions.append(
                    _Mention(
                        tuple(ids),
                        self._number,
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

    def _adjectives(self, sentence: Sentence, word: Word) -> set[str]:
        return {one.lemma for one in sentence.children(word, "amod", "nummod")} | {
            one.text.lower() for one in sentence.children(word, "compound")
        }

    def _each(self, sentence: Sentence, word: Word) -> bool:
        return any(one.lemma in ("every", "each") for one in sentence.words[: word.i])

    def _age(self, lemma: str) -> str:
        person = self._lex.person(lemma)
        return person.age if person else ""

    def _lemma(self, word: Word) -> str:
        text = word.text.lower()
        return text if self._lex.person(text) or self._lex.animal(text) else word.lemma

    def _last(self, name: str) -> int:
        for back, mention in enumerate(reversed(self._mentions)):
            if name in mention.ids:
                return -back
        return -len(self._mentions) - 1


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
