"""Which words of a sentence belong to which of its clauses."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from stillreel.plan.lexicon import lexicon

if TYPE_CHECKING:
    from stillreel.plan.grammar import Sentence, Word
    from stillreel.plan.predicate import Clause


class Portions:
    """Shares out the words of one sentence."""

    def __init__(self, sentence: Sentence) -> None:
        """Work on the given sentence."""
        self._s = sentence
        self._lex = lexicon()
        self.fronts: dict[int, Word] = {}
        """The phrase that opens a clause the parser hung below it, by the clause's verb."""
        self.hung: set[int] = set()
        """Subjects that the parser hung on another clause."""

    def share(self, found: list[Clause]) -> list[Clause]:
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
        heads |= {front.i for front in self.fronts.values()} | self.hung
        told: list[Clause] = []
        for clause in found:
            top = clause.verb
            while top.i not in heads:
                top = self._s.head(top)
            own = set(self._gather(top, heads))
            front = self.fronts.get(clause.verb.i)
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
