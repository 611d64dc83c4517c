"""Who does what: the clauses of a sentence, and whether each really happens."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from stillreel.plan.lexicon import lexicon, word_set
from stillreel.plan.subjects import Subjects

if TYPE_CHECKING:
    from stillreel.plan.grammar import Sentence, Word

Mood = Literal["real", "attempt", "stopped", "absent", "denied", "unreal", "before"]
"""`absent`: the doer is not there; `denied`: there, but does not; `before`: long done."""

_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_TEMPORAL = word_set("when as while after before once where")
_REPORTED = word_set("that why whether if how")
_MODALS = word_set("will would shall should may might must can could 'll 'd ought cannot")
_BODILY = word_set("reach climb run walk open lift stand move speak swim fly see hear touch play")
_CLAUSES = word_set("advcl relcl ccomp xcomp acl parataxis conj pcomp dep")
_PAST_STATES = word_set("be have stay say tell know think live see hear love promise mean")


@dataclass(frozen=True, slots=True)
class Clause:
    """One predicate with what belongs to it."""

    verb: Word
    lemma: str
    particle: str
    subjects: tuple[Word, ...]
    objects: tuple[Word, ...]
    preps: tuple[tuple[str, Word], ...]
    """Preposition and the noun it governs."""
    mood: Mood
    passive: bool
    words: tuple[int, ...]
    """Positions of its own words, without the clauses told apart from it."""
    seen: bool = False
    """Perceived by the subject of the clause before it."""
    attribute: Word | None = None
    """What the subject is, after `be`, `become`, `grow`, `feel`."""


def clauses(sentence: Sentence) -> tuple[Clause, ...]:
    """Return the clauses that can be told as pictures, in the order things happen."""
    return tuple(_Teller(sentence).tell())


class _Teller:
    """Walks one tree of a sentence."""

    def __init__(self, sentence: Sentence) -> None:
        self._s = sentence
        self._lex = lexicon()
        self._doers = Subjects(sentence)
        self._fronts: dict[int, Word] = {}
        """The phrase that opens a clause the parser hung below it, by the clause's verb."""
        self._hung: set[int] = set()
        """Subjects that the parser hung on another clause."""

    def tell(self) -> list[Clause]:
        root = self._s.root
        question = any(word.text == "?" for word in self._s.words[-2:])
        found = self._with_words(self._visit(root, (), "unreal" if question else "real"))
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
        if clause.lemma in ("go", "come", "turn", "get") and bare and after:
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
        core, mood = self._core(verb, mood)
        inner = own if core is verb else self._doers.of(core) or own
        mood = self._mood(core, mood, chained=core is not verb)
        clause = self._clause(core, verb, inner, mood)
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

    def _core(self, verb: Word, mood: Mood) -> tuple[Word, Mood]:  # noqa: PLR0911 - one per verb class
        """Follow `used to`, `began to`, `tried to`, `stopped -ing` to the verb that is seen."""
        inner = self._s.child(verb, "xcomp")
        if inner is None or not inner.is_verb:
            inner = next(
                (w for w in self._s.children(verb, "dobj", "ccomp") if w.tag == "VBG"), None
            )
        if inner is None or self._doers.of(inner):
            return verb, mood
        if verb.lemma in ("forget", "refuse", "neglect"):
            return inner, "denied" if mood == "real" else mood
        if self._lex.is_("stop", verb.lemma):
            return inner, "stopped" if mood == "real" else mood
        if verb.lemma in ("try", "attempt", "struggle"):
            return inner, "attempt" if mood == "real" else mood
        if verb.lemma == "fail":
            return inner, "attempt"
        if inner.lemma not in ("be", "have") and self._lex.action(inner.lemma) is None:
            return verb, mood
        if self._lex.is_("begin", verb.lemma) or (
            verb.lemma in ("go", "come") and inner.tag == "VBG"
        ):
            return self._core(inner, mood)
        return verb, mood

    def _mood(self, verb: Word, mood: Mood, *, chained: bool) -> Mood:  # noqa: PLR0911 - one per mood
        if mood not in ("real", "attempt"):
            return mood
        holder = self._s.head(verb) if chained else verb
        around = (*self._s.children(verb), *(self._s.children(holder) if chained else ()))
        denied = any(word.dep == "neg" or word.lemma in ("never", "hardly") for word in around)
        modal = next((w for w in around if w.dep == "aux" and w.tag == "MD"), None)
        nobody = any(
            w.lemma in ("nobody", "none", "nothing", "no-one") for w in around if w.dep in _SUBJECTS
        )
        no_one = any(
            one.lemma == "no"
            for w in around
            if w.dep in (*_SUBJECTS, "attr")
            for one in self._s.children(w, "det")
        )
        gone = verb.lemma in ("go", "vanish") and self._s.child(verb, "auxpass") is not None
        state = self._s.child(verb, "acomp")
        gone = gone or (
            verb.lemma == "be"
            and state is not None
            and state.lemma in ("go", "gone", "absent", "missing")
        )
        if nobody or no_one or gone:
            return "absent"
        if denied:
            weary = any(w.lemma in ("more", "longer") for w in self._s.subtree(verb))
            if modal is not None and modal.lemma in ("can", "could") and verb.lemma in _BODILY:
                return "denied" if weary else "attempt"
            passive = self._s.child(verb, "auxpass") is not None
            gone = self._lex.is_("never", verb.lemma) and (passive or not self._animate_state(verb))
            return "absent" if gone else "denied"
        if modal is not None and modal.lemma in _MODALS:
            return (
                "real"
                if modal.lemma in ("can", "could") and verb.lemma in ("see", "hear")
                else "unreal"
            )
        if self._pluperfect(verb):
            return "before"
        return mood

    def _animate_state(self, verb: Word) -> bool:
        return verb.lemma in ("see", "know", "have", "find", "be")

    def _pluperfect(self, verb: Word) -> bool:
        had = any(w.lemma == "have" and w.tag == "VBD" for w in self._s.children(verb, "aux"))
        if not had or verb.tag != "VBN":
            return False
        lasting = any(w.lemma == "for" for w in self._s.children(verb, "prep"))
        return lasting or verb.lemma in _PAST_STATES

    def _clause(self, core: Word, verb: Word, subjects: tuple[Word, ...], mood: Mood) -> Clause:
        s = self._s
        chain = (core,) if core is verb else (verb, core)
        particle = next((w.lemma for w in s.children(core, "prt")), "")
        if not particle:
            particle = next(
                (w.lemma for w in s.children(core, "advmod") if w.lemma in _PARTICLES), ""
            )
        objects = [
            one
            for link in s.children(core, "dobj", "dative", "oprd")
            if link not in subjects and not link.is_verb
            for one in self._doers.joined(link)
        ]
        preps = [pair for link in chain for pair in self._preps(link)]
        attribute = s.child(core, "attr", "acomp", "oprd")
        if attribute in subjects:
            attribute = s.child(core, "acomp")
        bare = (
            core.tag == "VBN"
            and core.head != core.i
            and s.child(core, "aux", "auxpass") is None
            and not objects
        )
        passive = bare or s.child(core, "auxpass") is not None
        return Clause(
            verb=core,
            lemma=core.lemma,
            particle=particle,
            subjects=subjects,
            objects=tuple(objects),
            preps=tuple(preps),
            mood=mood,
            passive=passive,
            words=(),
            attribute=attribute,
        )

    def _preps(self, word: Word) -> list[tuple[str, Word]]:
        found: list[tuple[str, Word]] = []
        for link in self._s.children(word, "prep", "agent", "advmod", "prt", "dative", "conj"):
            if link.is_verb or link.is_noun:
                continue
            noun = self._s.child(link, "pobj")
            if noun is not None:
                for one in self._doers.joined(noun):
                    found.append((link.lemma, one))
                    found += [
                        (sub.lemma, deep)
                        for sub in self._s.children(one, "prep")
                        for deep in self._s.children(sub, "pobj")
                    ]
            for deeper in self._s.children(link, "prep", "advmod", "conj"):
                far = self._s.child(deeper, "pobj")
                if far is not None:
                    found.append((deeper.lemma if deeper.lemma != "of" else link.lemma, far))
        for noun in self._s.children(word, "dobj"):
            found += [
                (sub.lemma, deep)
                for sub in self._s.children(noun, "prep")
                for deep in self._s.children(sub, "pobj")
            ]
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
                self._fronts[child.i] = top
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
            return self._adverbial(link, core, word), (
                self._visit(link, subjects, mood) if self._happens(link, word) else []
            )
        if link.dep == "ccomp":
            return link.i < core.i, self._content(link, core, subjects, mood, word)
        if link.dep == "xcomp" and not self._infinitive(link) and link.tag == "VBG":
            return False, self._visit(link, subjects, mood)
        return False, []

    def _adverbial(self, link: Word, core: Word, word: str) -> bool:
        """Say whether an adverbial clause comes first in time."""
        if word not in _TEMPORAL or word == "before":
            return False
        meanwhile = word in ("as", "while") and link.tag != "VBG"
        earlier = word in ("when", "after", "once") and core.tag != "VBG"
        return link.i < core.i or meanwhile or earlier

    def _happens(self, link: Word, word: str) -> bool:
        """Say whether an adverbial clause tells what happens, not a reason or a condition."""
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
            self._hung |= {noun.i for noun in nouns}
        return tuple(one for noun in nouns for one in self._doers.joined(noun))

    def _infinitive(self, verb: Word) -> bool:
        return any(w.tag == "TO" for w in self._s.children(verb, "aux"))

    def _with_words(self, found: list[Clause]) -> list[Clause]:
        """Give every clause its own words: its subtree without the clauses below it."""
        verbs = {clause.verb.i for clause in found}
        heads: set[int] = set()
        for clause in found:
            top = clause.verb
            while top.dep in ("xcomp", "dobj", "ccomp"):
                up = self._s.head(top)
                if up.i in verbs or up is top or not up.is_verb:
                    break
                top = up
            heads.add(top.i)
        heads |= {front.i for front in self._fronts.values()} | self._hung
        told: list[Clause] = []
        for clause in found:
            top = clause.verb
            while top.i not in heads:
                top = self._s.head(top)
            own = set(self._gather(top, heads))
            front = self._fronts.get(clause.verb.i)
            if front is not None:
                own |= set(self._gather(front, heads))
                noun = self._s.child(front, "pobj")
                if noun is not None:
                    more = [
                        (w.lemma, d)
                        for w in self._s.children(noun, "prep")
                        for d in self._s.children(w, "pobj")
                    ]
                    clause = replace(clause, preps=(*clause.preps, (front.lemma, noun), *more))  # noqa: PLW2901
            told.append(replace(clause, words=tuple(sorted(own))))
        return [self._seeing(one, told[at + 1 :]) for at, one in enumerate(told)]

    def _seeing(self, clause: Clause, later: list[Clause]) -> Clause:
        """Give `he saw` the words of what he saw."""
        if (
            not later
            or not later[0].seen
            or clause.seen
            or not self._lex.is_("perceive", clause.lemma)
        ):
            return clause
        return replace(clause, words=tuple(sorted({*clause.words, *later[0].words})))

    def _gather(self, word: Word, heads: set[int]) -> list[int]:
        own = [word.i]
        for child in self._s.children(word):
            if child.i not in heads:
                own += self._gather(child, heads)
        return own


_PARTICLES = word_set("up down out off away back in over forward")
