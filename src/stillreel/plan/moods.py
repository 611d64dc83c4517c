"""Whether a verb really happens: tried, stopped, denied, only wished, or long done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.plan.lexicon import lexicon, word_set
from stillreel.plan.subjects import Subjects

if TYPE_CHECKING:
    from stillreel.plan.grammar import Sentence, Word
    from stillreel.plan.predicate import Mood

_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_MODALS = word_set("will would shall should may might must can could 'll 'd ought cannot")
_BODILY = word_set("reach climb run walk open lift stand move speak swim fly see hear touch play")
_PAST_STATES = word_set("be have stay say tell know think live see hear love promise mean")


class Moods:
    """Judges the verbs of one sentence."""

    def __init__(self, sentence: Sentence) -> None:
        """Work on the given sentence."""
        self._s = sentence
        self._lex = lexicon()
        self._doers = Subjects(sentence)

    def core(self, verb: Word, mood: Mood) -> tuple[Word, Mood]:  # noqa: PLR0911 - one per verb class
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
            return self.core(inner, mood)
        return verb, mood

    def mood(self, verb: Word, mood: Mood, *, chained: bool) -> Mood:  # noqa: PLR0911 - one per mood
        """Return the mood of a verb, from the mood of what it hangs on."""
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
        lasting = lasting or any(
            w.lemma in ("before", "ago", "already") for w in self._s.subtree(verb)
        )
        return lasting or verb.lemma in _PAST_STATES
