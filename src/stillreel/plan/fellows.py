"""Whom `the three`, `the four friends` and `Grandpa Otto` mean: people met before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.plan.lexicon import lexicon, word_set

if TYPE_CHECKING:
    from stillreel.plan.grammar import Sentence, Word
    from stillreel.plan.pronouns import Pronouns
    from stillreel.plan.roster import Roster
    from stillreel.plan.telling import Being

_FELLOWS = word_set("""
    friend companion comrade fellow musician traveller wanderer hero adventurer animal beast
    creature other
""")
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5}
_RECENT = 30


class Fellows:
    """Finds groups by their number."""

    def __init__(self, roster: Roster, pronouns: Pronouns) -> None:
        """Work on the given roster and memory of mentions."""
        self._roster = roster
        self._pronouns = pronouns

    def numbered(self, number: str) -> tuple[str, ...]:
        """Take `the three` for a three spoken of together, else for the last three spoken of."""
        many = _COUNTS.get(number, 0) or lexicon().number(number)
        if many < 2:
            return ()
        for mention in reversed(self._pronouns.mentions):
            if len(mention.ids) == many and all(map(self._single, mention.ids)):
                return mention.ids
        ids: list[str] = []
        for mention in reversed(self._pronouns.mentions[-_RECENT:]):
            ids += [one for one in mention.ids if one not in ids and self._single(one)]
        return tuple(reversed(ids[:many])) if many <= len(ids) else ()

    def counted(self, sentence: Sentence, word: Word) -> tuple[str, ...]:
        """Take `the four friends` for the four spoken of last, when no friends were met."""
        det, count = sentence.child(word, "det"), sentence.child(word, "nummod")
        definite = det is not None and det.lemma in ("the", "these", "those", "all")
        if count is None or not definite or not word.plural or word.lemma not in _FELLOWS:
            return ()
        return self.numbered(count.lemma)

    def _single(self, one: str) -> bool:
        being = self._roster.beings[one]
        return being.kind != "thing" and being.drawn and being.members == 1


def titled(roster: Roster, key: str) -> Being | None:
    """Return the Otto met before whom `grandpa otto` means, a grandfather from now on.

    Args:
        roster: everyone met.
        key: a name with a title, in lower case.
    """
    *titles, last = key.split() or [""]
    if not titles or not all(lexicon().person(one) for one in titles):
        return None
    for being in roster.beings.values():
        if being.named and last in being.aliases:
            being.aliases.add(key)
            roster.be(being, titles[-1])
            return being
    return None
