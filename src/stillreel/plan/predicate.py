"""One predicate with everything that belongs to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from stillreel.plan.lexicon import word_set
from stillreel.plan.subjects import Subjects

if TYPE_CHECKING:
    from stillreel.plan.grammar import Sentence, Word

Mood = Literal["real", "attempt", "stopped", "absent", "denied", "unreal", "before"]
"""`absent`: the doer is not there; `denied`: there, but does not; `before`: long done."""


_PARTICLES = word_set("up down out off away back in over forward")


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


class Predicates:
    """Builds the clauses of one sentence."""

    def __init__(self, sentence: Sentence) -> None:
        """Work on the given sentence."""
        self._s = sentence
        self._doers = Subjects(sentence)

    def clause(self, core: Word, verb: Word, subjects: tuple[Word, ...], mood: Mood) -> Clause:
        """Return the clause of a verb; `core` is the verb seen, `verb` the one it hangs on."""
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
                for link in self._s.children(noun, "prep")
                for sub in (link, *self._onward(link))
                for deep in self._s.children(sub, "pobj")
            ]
        return found

    def _onward(self, link: Word) -> tuple[Word, ...]:
        """Return the `into` of `head first from the roof into the street`, read as the roof's."""
        nouns = self._s.children(link, "pobj")
        return tuple(
            deep
            for noun in nouns
            for deep in self._s.children(noun, "prep")
            if link.lemma == "from" and deep.lemma in ("into", "onto", "to")
        )
