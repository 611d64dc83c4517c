"""Whose father, son or name it is, so that `his father` and `her name` are of those we know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.plan.lexicon import word_set

if TYPE_CHECKING:
    from stillreel.plan.grammar import Sentence, Word
    from stillreel.plan.pronouns import Refs
    from stillreel.plan.roster import Roster
    from stillreel.plan.telling import Being
    from stillreel.values.scene import Presentation

_PARENTS: dict[str, Presentation] = {
    **dict.fromkeys(("father", "dad", "papa", "daddy"), "masculine"),
    **dict.fromkeys(("mother", "mum", "mom", "mama", "mummy"), "feminine"),
}
_DEPARTED = word_set("parent grandparent father dad papa mother mum mom mama husband wife")
_CHILDREN: dict[str, Presentation] = {"son": "masculine", "daughter": "feminine"}
_YOUNG = word_set("little small young baby")


def departed(sentence: Sentence) -> frozenset[int]:
    """Return the positions of kin of whom a sentence only says that they are dead."""
    found: set[int] = set()
    for word in sentence.words:
        state = sentence.child(word, "acomp") if word.lemma == "be" else None
        had = any(w.lemma == "have" for w in sentence.children(word, "aux"))
        if (state is not None and state.lemma == "dead") or (word.lemma == "die" and had):
            for subject in sentence.children(word, "nsubj"):
                kin = {w.i for w in sentence.subtree(subject) if w.lemma in _DEPARTED}
                found |= kin if subject.lemma in _DEPARTED else set()
    return frozenset(found)


class Kin:
    """Remembers who is whose child, and finds whose name is told."""

    def __init__(self, roster: Roster) -> None:
        """Work on the given roster."""
        self._roster = roster
        self._parents: dict[str, list[str]] = {}

    def known(self, sentence: Sentence, word: Word, lemma: str, refs: Refs) -> Being | None:
        """Return the parent or child that a noun with an owner means, when the story told of it."""
        owner = self._owner(sentence, word, refs)
        if not owner:
            return None
        gender = _PARENTS.get(lemma) or _CHILDREN.get(lemma)
        if lemma in _PARENTS:
            ids = self._parents.get(owner, [])
        else:
            ids = [one for one, parents in self._parents.items() if owner in parents]
        fits = [self._roster.beings[one] for one in ids if one in self._roster.beings]
        return next((one for one in fits if one.gender in (gender, None)), None)

    def called(self, sentence: Sentence, word: Word, refs: Refs) -> Being | None:
        """Return the being of `the girl's name was Lotte`, called so from now on."""
        verb = sentence.head(word)
        subject = sentence.child(verb, "nsubj")
        if word.dep not in ("attr", "oprd") or verb.lemma != "be" or subject is None:
            return None
        if subject.lemma != "name" or not word.text[:1].isupper():
            return None
        ids = [one for link in sentence.children(subject, "poss") for one in refs.get(link.i, ())]
        being = self._roster.beings[ids[0]] if len(ids) == 1 else None
        if being is not None and not being.named:
            self._roster.christen(being, word.text)
        return being

    def note(self, sentence: Sentence, word: Word, lemma: str, refs: Refs, found: Being) -> None:
        """Remember what a noun with an owner says; the child of someone old is grown up."""
        owner = self._owner(sentence, word, refs)
        if not owner or owner == found.id or lemma not in (*_PARENTS, *_CHILDREN):
            return
        child, parent = (owner, found.id) if lemma in _PARENTS else (found.id, owner)
        parents = self._parents.setdefault(child, [])
        if parent not in parents:
            parents.append(parent)
        told = self._roster.adjectives(sentence, word) & _YOUNG
        if lemma in _CHILDREN and not told and self._roster.beings[owner].age == "elder":
            found.age = "adult" if found.age == "child" else found.age

    def _owner(self, sentence: Sentence, word: Word, refs: Refs) -> str:
        for link in sentence.children(word, "poss"):
            ids = refs.get(link.i, ())
            if len(ids) == 1:
                return ids[0]
        return ""
