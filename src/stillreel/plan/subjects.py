"""Who does a verb, also where the order of words or the parser hides it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.plan.lexicon import lexicon

if TYPE_CHECKING:
    from stillreel.plan.grammar import Sentence, Word

_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_POSTURES = ("stand", "sit", "lie", "hang", "live", "dwell", "kneel", "sleep")


class Subjects:
    """Finds the subjects of one sentence."""

    def __init__(self, sentence: Sentence) -> None:
        """Work on the given sentence."""
        self._s = sentence
        self._lex = lexicon()

    def of(self, verb: Word) -> tuple[Word, ...]:
        """Return who does a verb, by sense rather than by form."""
        subject = self._s.child(verb, *_SUBJECTS) or self._stray(verb)
        if subject is not None and (
            subject.tag == "RB" or subject.lemma in ("downstairs", "upstairs")
        ):
            subject = None
        if subject is None and not verb.tag.startswith("VB"):
            return ()
        swapped = (
            subject is not None and subject.lemma in ("it", "them") and verb.lemma in _POSTURES
        )
        if subject is None or swapped or subject.lemma in ("there", "here"):
            subject = self._inverted(verb) or subject
        return () if subject is None else self.joined(subject)

    def _stray(self, verb: Word) -> Word | None:
        """Find a subject the parser hung on the auxiliary, or took for a measure of time."""
        for helper in self._s.children(verb, "aux", "auxpass"):
            subject = self._s.child(helper, *_SUBJECTS)
            if subject is not None:
                return subject
        if verb.head != verb.i or not verb.is_verb:
            return None
        loose = [w for w in self._s.children(verb, "npadvmod", "dep") if w.is_noun and w.i < verb.i]
        fits = [w for w in loose if not (self._lex.time(w.lemma) or self._lex.season(w.lemma))]
        return next((w for w in reversed(fits) if self._lex.action(verb.lemma)), None)

    def _inverted(self, verb: Word) -> Word | None:
        """Find the subject of `in it stood a little boy`, `downstairs ran the Giant`."""
        if verb.tag not in ("VBD", "VBZ", "VBP", "VBG"):
            return None
        said = self._saying(verb)
        if said is not None:
            return said
        front = any(
            w.i < verb.i and w.dep in ("prep", "advmod", "expl", "nsubj")
            for w in self._s.children(verb)
        )
        links = self._s.children(verb, "attr", "dobj", "nsubj", "npadvmod")
        after = next((w for w in links if w.i > verb.i and w.is_noun), None)
        if not front or after is None:
            return None
        motion = self._lex.is_("motion", verb.lemma) or verb.lemma in (
            "be",
            "stand",
            "sit",
            "lie",
            "hang",
            "live",
            "dwell",
        )
        return after if motion else None

    def _saying(self, verb: Word) -> Word | None:
        """Find who spoke in `“Why?” asked Ada`."""
        quoted = any(word.text == "”" for word in self._s.words[: verb.i])
        if not quoted or not self._lex.is_("say", verb.lemma):
            return None
        links = self._s.children(verb, "dobj", "npadvmod")
        return next((one for one in links if verb.i < one.i <= verb.i + 3), None)

    def joined(self, noun: Word) -> tuple[Word, ...]:
        """Return a noun with the nouns it is listed with."""
        return (
            noun,
            *(
                one
                for c in self._s.children(noun, "conj")
                if not c.is_verb
                for one in self.joined(c)
            ),
        )
