"""A clause with the beings it is about: who does it, to whom, and with whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.plan.lexicon import word_set
from stillreel.plan.memory import Found
from stillreel.plan.people import owner
from stillreel.plan.wording import clause_text

if TYPE_CHECKING:
    from stillreel.plan.grammar import Sentence, Word
    from stillreel.plan.memory import Memory
    from stillreel.plan.predicate import Clause
    from stillreel.plan.pronouns import Refs

_NEAR = word_set("to behind before near beside towards toward by up")
_ABOUT = word_set("at after on round around over from about above")


class Finding:
    """Finds who is meant in clauses."""

    def __init__(self, memory: Memory) -> None:
        """Work on the given memory."""
        self._m = memory

    def find(self, sentence: Sentence, clause: Clause, refs: Refs, said: str) -> Found:
        """Return a clause with whom it is about.

        Args:
            sentence: where the clause stands.
            clause: the clause.
            refs: whom the words of the sentence mean.
            said: words spoken in it, if any.
        """
        doers = self._doers(sentence, clause, refs, said)
        others, along = self._touched(sentence, clause, refs, doers)
        text = clause_text(sentence, clause, refs, self._m.name_of)
        text = text if not self._m.it[1] else _it_named(text, self._m.it[1])
        if clause.passive:
            agents = [one for prep, w in clause.preps if prep == "by" for one in refs.get(w.i, ())]
            if agents:
                doers, others = agents, [*doers, *(one for one in others if one not in agents)]
        return Found(sentence, clause, refs, tuple(doers), tuple(others), tuple(along), text, said)

    def _doers(self, sentence: Sentence, clause: Clause, refs: Refs, said: str) -> list[str]:
        """Return who does it."""
        doers: list[str] = []
        framed = (
            clause.lemma == "be"
            and clause.attribute is not None
            and not any(w.i in refs for w in clause.subjects)
        )
        named = self.joined(sentence, clause.attribute) if framed and clause.attribute else ()
        if (
            any(word.lemma in ("all", "both") and word.i not in refs for word in clause.subjects)
            and self._m.beats
        ):
            doers = [part.id for part in self._m.beats[-1].parts[:1]]
        for word in named if any(w.i in refs for w in named) else clause.subjects:
            ids = refs.get(word.i) or owner(sentence, word, refs)
            if not ids and word.lemma == "it" and self._m.it[0] in self._m.people.beings:
                ids = (self._m.it[0],)
            if not ids and said and word.is_noun and word.lemma not in ("voice", "voices"):
                being = self._m.people.meet(f"the {word.text}", self._m.lines[0])
                self._m.people.animate(being, word.lemma)
                ids = (being.id,)
            doers += [one for one in ids if one not in doers]
        if not clause.subjects and clause.verb.tag in ("VBD", "VBZ", "VBP"):
            nouns = [i for i in clause.words if i < clause.verb.i and sentence.words[i].is_noun]
            doers = list(next((refs[i] for i in reversed(nouns) if i in refs), ()))
        return doers

    def _touched(
        self, sentence: Sentence, clause: Clause, refs: Refs, doers: list[str]
    ) -> tuple[list[str], list[str]]:
        """Return to whom it is done or who is near, and who does it along with the doers."""
        others: list[str] = []
        along: list[str] = []
        for word in clause.objects:
            ids = refs.get(word.i) or owner(sentence, word, refs)
            others += [one for one in ids if one not in (*doers, *others)]
        for prep, word in clause.preps:
            ids = refs.get(word.i) or owner(sentence, word, refs)
            near = others if prep in _NEAR or prep in _ABOUT else []
            target = along if prep == "with" else near
            target += [one for one in ids if one not in (*doers, *others, *along)]
        return others, along

    def joined(self, sentence: Sentence, noun: Word) -> tuple[Word, ...]:
        """Return a noun with the nouns it is listed with."""
        return (
            noun,
            *(
                one
                for link in sentence.children(noun, "conj")
                for one in self.joined(sentence, link)
            ),
        )


def _it_named(text: str, name: str) -> str:
    for start in ("It ", "it "):
        if text.startswith(start):
            return f"{name[0].upper()}{name[1:]} {text[len(start) :]}"
    return text
