"""Who does what: the clauses of a sentence, in the order things happen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from stillreel.plan.lexicon import lexicon, word_set
from stillreel.plan.moods import Moods
from stillreel.plan.portions import Portions
from stillreel.plan.predicate import Predicates
from stillreel.plan.subjects import Subjects

if TYPE_CHECKING:
    from stillreel.plan.grammar import Sentence, Word
    from stillreel.plan.predicate import Clause, Mood

_TEMPORAL = word_set("when as while after before once where")
_REPORTED = word_set("that why whether if how")
_POSTURES = word_set("sit lie stand kneel lean crouch squat sleep perch")
_CLAUSES = word_set("advcl relcl ccomp xcomp acl parataxis conj pcomp dep")


def clauses(sentence: Sentence) -> tuple[Clause, ...]:
    """Return the clauses that can be told as pictures, in the order things happen."""
    return tuple(_Teller(sentence).tell())


class _Teller:
    """Walks one tree of a sentence."""

    def __init__(self, sentence: Sentence) -> None:
        self._s = sentence
        self._lex = lexicon()
        self._doers = Subjects(sentence)
        self._moods = Moods(sentence)
        self._predicates = Predicates(sentence)
        self._portions = Portions(sentence)

    def tell(self) -> list[Clause]:
        root = self._s.root
        question = any(word.text == "?" for word in self._s.words[-2:])
        found = self._portions.share(self._visit(root, (), "unreal" if question else "real"))
        kept: list[Clause] = []
        spare: set[int] = set()
        for clause in found:
            if self._idle(clause, found):
                words = (self._s.words[i] for i in clause.words)
                if clause.lemma != "be":
                    spare |= {
                        w.i for w in words if w.tag[0] not in "VM" and w.tag not in ("CC", "TO")
                    }
                continue
            own = {*clause.words, *spare} if kept == [] or spare else {*clause.words}
            kept.append(replace(clause, words=tuple(sorted(own))))
            spare = set()
        return kept

    def _idle(self, clause: Clause, every: list[Clause]) -> bool:
        """Drop the `went` of `went and played`, `school was over`, and what every spring brings."""
        sharing = [
            one for one in every if one.subjects == clause.subjects and one.verb.dep == "conj"
        ]
        after = any(
            one.verb.i > clause.verb.i and one.verb.head == clause.verb.i for one in sharing
        )
        bare = not (clause.preps or clause.objects or clause.particle or clause.attribute)
        there = self._s.child(clause.verb, "expl") is not None
        if clause.lemma in ("go", "come", "turn", "get") and bare and after and not there:
            return True
        if clause.lemma == "be" and clause.particle == "over":
            return True
        seasons = {self._lex.season(w.lemma) for w in self._s.words} - {None}
        mine = any(self._lex.season(self._s.words[i].lemma) for i in clause.words)
        return len(seasons) > 1 and mine and bool(clause.preps) and clause.lemma != "be"

    def _visit(self, verb: Word, subjects: tuple[Word, ...], mood: Mood) -> list[Clause]:
        """Return the clauses of `verb` and of the verbs below it."""
        if not (verb.is_verb or verb.tag == "MD" or verb.dep == "ROOT"):
            return self._below(verb, subjects, mood)
        found = self._doers.of(verb)
        own = subjects if set(found) < set(subjects) else found or subjects
        core, mood = self._moods.core(verb, mood)
        inner = own if core is verb else self._doers.of(core) or own
        mood = self._moods.mood(core, mood, chained=core is not verb)
        clause = self._predicates.clause(core, verb, inner, mood)
        before, after = self._around(core, verb, inner, mood)
        return [*before, clause, *after]

    def _below(self, word: Word, subjects: tuple[Word, ...], mood: Mood) -> list[Clause]:
        found: list[Clause] = []
        for child in self._s.children(word):
            if child.is_verb and child.dep == "relcl":
                hidden = (w for w in self._s.children(child, "ccomp") if self._s.child(w, "expl"))
                for one in hidden:
                    found += self._visit(one, (), mood)
            elif child.is_verb:
                found += self._visit(child, subjects, mood)
            elif not child.is_verb:
                found += self._below(child, subjects, mood)
        return found

    def _around(
        self, core: Word, verb: Word, subjects: tuple[Word, ...], mood: Mood
    ) -> tuple[list[Clause], list[Clause]]:
        """Return the clauses that happen before and after the clause of `core`."""
        before: list[Clause] = []
        after: list[Clause] = []
        links = [*self._s.children(verb)]
        if core is not verb:
            links += [one for one in self._s.children(core) if one is not verb]
        for link in sorted(links, key=lambda one: one.i):
            if link is core or link is verb:
                continue
            if (link.is_verb and link.dep in _CLAUSES) or (link.tag == "MD" and link.dep == "conj"):
                early, clauses_ = self._sub(link, core, subjects, mood)
                (before if early else after).extend(clauses_)
            elif link.dep in ("attr", "acomp") and link.tag == "VBG":
                doer = self._s.child(link, "compound", "nsubj", "nsubjpass")
                after += self._visit(link, (doer,), mood) if doer is not None else []
            else:
                (before if link.i < core.i else after).extend(self._in_nouns(link, mood))
        return before, after

    def _in_nouns(self, word: Word, mood: Mood) -> list[Clause]:
        """Find `a linnet singing outside`, `the Giant lying dead` inside a noun phrase."""
        found: list[Clause] = []
        for child in self._s.children(word):
            if child.dep == "acl" and child.tag == "VBG" and word.is_noun:
                found += self._visit(child, (word,), mood)
            elif child.is_verb and self._so_that(child, word):
                found += self._visit(child, (), mood)
            elif child.dep == "relcl" and self._fronted(child, word):
                found += self._visit(child, (), mood)
                top = word
                while top.dep != "prep" or self._s.head(top) is not self._s.root:
                    if top.head == top.i:
                        break
                    top = self._s.head(top)
                self._portions.fronts[child.i] = top
            elif not child.is_verb:
                found += self._in_nouns(child, mood)
        return found

    def _so_that(self, verb: Word, word: Word) -> bool:
        """Tell the result in `so frightened that they all ran away`."""
        mark = self._s.child(verb, "mark")
        if mark is None or mark.lemma != "that" or not self._doers.of(verb):
            return False
        near = (*self._s.children(word, "advmod"), *self._s.children(self._s.head(word), "advmod"))
        return any(w.lemma in ("so", "such") for w in near) and word.dep in (
            "acomp",
            "advmod",
            "attr",
            "pobj",
        )

    def _fronted(self, verb: Word, noun: Word) -> bool:
        """Tell `through a hole the children had crept in` from a clause that describes a noun."""
        subject = self._s.child(verb, "nsubj")
        if subject is None or not subject.is_noun or self._s.child(subject, "det") is None:
            return False
        linked = any(w.tag in ("WDT", "WP", "WRB") for w in self._s.subtree(verb))
        return not linked and noun.dep == "pobj" and noun.i < self._s.root.i

    def _sub(
        self, link: Word, core: Word, subjects: tuple[Word, ...], mood: Mood
    ) -> tuple[bool, list[Clause]]:
        """Return the clauses below `link`, and whether they come before the clause of `core`."""
        mark = self._s.child(link, "mark")
        when = next((w for w in self._s.children(link, "advmod") if w.tag == "WRB"), None)
        link_word = mark or when
        word = link_word.lemma if link_word else ""
        if link.dep in ("conj", "parataxis", "dep"):
            own = self._doers.of(link)
            fresh: Mood = "real" if own and mood != "unreal" else mood
            return False, self._visit(link, (*self._listed(core, link), *own) or subjects, fresh)
        if link.dep == "advcl":
            if (met := self._met(link, core)) is not None:
                subjects = (met,)
            return self._adverbial(link, core, word), (
                self._visit(link, subjects, mood) if self._happens(link, word) else []
            )
        if link.dep == "ccomp":
            return link.i < core.i, self._content(link, core, subjects, mood, word)
        if link.dep == "xcomp" and not self._infinitive(link) and link.tag == "VBG":
            return False, self._visit(link, subjects, mood)
        return False, []

    def _met(self, link: Word, core: Word) -> Word | None:
        """Return the cat of `they came to a cat, sitting by the road`: she sits, not they."""
        if link.tag != "VBG" or link.lemma not in _POSTURES or link.i < core.i + 2:
            return None
        at = link.i - (2 if self._s.words[link.i - 1].text == "," else 1)
        noun = self._s.words[at]
        new = any(w.lemma in ("a", "an", "another") for w in self._s.children(noun, "det"))
        return noun if noun.is_noun and new and noun.dep in ("pobj", "dobj") else None

    def _adverbial(self, link: Word, core: Word, word: str) -> bool:
        """Say whether an adverbial clause comes first in time."""
        if word not in _TEMPORAL or word == "before":
            return False
        meanwhile = word in ("as", "while") and link.tag != "VBG"
        earlier = word in ("when", "after", "once") and core.tag != "VBG"
        return link.i < core.i or meanwhile or earlier

    def _happens(self, link: Word, word: str) -> bool:
        """Say whether an adverbial clause tells what happens, not a reason or a condition."""
        if any(w.lemma == "if" for w in self._s.children(link, "mark", "advmod")):
            return False
        holders = self._s.children(self._s.head(link), "advmod")
        if word == "as" and any(w.lemma == "as" for w in holders):
            return False
        if word in _TEMPORAL or word in ("till", "until"):
            return True
        return not word and link.tag in ("VBG", "VBD", "VBN") and not self._infinitive(link)

    def _content(
        self, link: Word, core: Word, subjects: tuple[Word, ...], mood: Mood, word: str
    ) -> list[Clause]:
        """Return what is perceived, let or told in a clause that is an object."""
        if self._lex.is_("perceive", core.lemma) and word not in _REPORTED:
            inner = self._visit(link, (), "unreal" if mood == "denied" else mood)
            return [replace(one, seen=True) for one in inner]
        if core.lemma in ("let", "make", "have", "leave"):
            return self._visit(link, self._s.children(core, "dobj"), mood)
        plain = not word and self._doers.of(link) and not self._lex.is_("mental", core.lemma)
        if plain or (word == "that" and core.lemma == "be"):
            return self._visit(link, subjects, mood)
        return []

    def _listed(self, core: Word, link: Word) -> tuple[Word, ...]:
        """Find subjects hung elsewhere: `it was winter, and the Wind, and the Snow danced`."""
        if core.lemma != "be" or not self._doers.of(link):
            return ()
        nouns = [w for w in self._s.children(core, "conj") if w.is_noun and core.i < w.i < link.i]
        attribute = self._s.child(core, "attr")
        if attribute is not None:
            nouns += [w for w in self._s.children(attribute, "conj") if w.is_noun and w.i < link.i]
        if nouns:
            self._portions.hung |= {noun.i for noun in nouns}
        return tuple(one for noun in nouns for one in self._doers.joined(noun))

    def _infinitive(self, verb: Word) -> bool:
        return any(w.tag == "TO" for w in self._s.children(verb, "aux"))
