"""People spoken of together, and pronouns that come before their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.plan.lexicon import lexicon, word_set
from stillreel.plan.pronouns import Mention

if TYPE_CHECKING:
    from stillreel.plan.grammar import Sentence
    from stillreel.plan.pronouns import Pronouns, Refs

_SUBJECTS = word_set("nsubj nsubjpass csubj")


class Joins:
    """Adds to what one sentence speaks of."""

    def __init__(self, pronouns: Pronouns) -> None:
        """Work on the given memory of mentions."""
        self._pronouns = pronouns

    def join_lists(self, sentence: Sentence, refs: Refs) -> None:
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
                self._pronouns.mentions.append(
                    Mention(
                        tuple(ids),
                        self._pronouns.number,
                        subject=word.dep in _SUBJECTS or word.dep == "attr",
                        plural=True,
                    )
                )

    def join_in(self, sentence: Sentence, refs: Refs) -> None:
        """Let whoever goes with them be one of them from now on: `the cat went with them`."""
        for word in sentence.words:
            link = sentence.head(word)
            verb = sentence.head(link)
            if word.i not in refs or link.lemma != "with" or not word.is_pronoun:
                continue
            doer = sentence.child(verb, *_SUBJECTS)
            if doer is None and verb.dep == "conj":
                doer = sentence.child(sentence.head(verb), *_SUBJECTS)
            goes = lexicon().is_("motion", verb.lemma) and doer is not None and doer.i in refs
            if doer is not None and goes:
                ids = tuple(dict.fromkeys((*refs[word.i], *refs[doer.i])))
                self._pronouns.mentions.append(
                    Mention(ids, self._pronouns.number, subject=True, plural=True)
                )

    def look_ahead(self, sentence: Sentence, refs: Refs) -> None:
        """Give `as they were coming, the children played` its forward meaning."""
        for word in sentence.words:
            if word.is_pronoun and word.i not in refs and word.dep in _SUBJECTS:
                verb = sentence.head(word)
                if verb.dep != "advcl":
                    continue
                subject = sentence.child(sentence.head(verb), *_SUBJECTS)
                if subject is not None and subject.i in refs and subject.i > word.i:
                    refs[word.i] = refs[subject.i]
