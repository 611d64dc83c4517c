"""Whom `the three`, `the four friends` and `Grandpa Otto` mean: people met before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.plan.lexicon import lexicon, word_set

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from stillreel.plan.grammar import Sentence, Word
    from stillreel.plan.pronouns import Pronouns, Refs
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
        many = _count(number)
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
        """Take `the four friends` for the four spoken of last, `the children` for those met."""
        det, count = sentence.child(word, "det"), sentence.child(word, "nummod")
        definite = det is not None and det.lemma in ("the", "these", "those", "all")
        if not definite or not word.plural:
            return ()
        if count is None:
            return self._alike(word.lemma)
        return self.numbered(count.lemma) if _meant(word) else ()

    def listed(self, sentence: Sentence, word: Word) -> tuple[Word, ...]:
        """Return the names of `three children, Lotte, Ben and little Ola`: all, or none."""
        behind = sentence.words[word.i + 1 :]
        if not (word.plural and _meant(word)) or not behind or behind[0].text != ",":
            return ()
        names: list[Word] = []
        before = behind[0]
        for one in behind[1:]:
            if one.is_noun and one.text[:1].isupper():
                if not before.is_noun:
                    names.append(one)
            elif one.text != "," and one.lemma != "and" and not one.tag.startswith("JJ"):
                break
            before = one
        count = sentence.child(word, "nummod")
        told = _count(count.lemma) if count is not None else len(names)
        return tuple(names) if len(names) > 1 and len(names) == told else ()

    def met(
        self,
        names: Sequence[Word],
        noun: str,
        read: Callable[[Word], tuple[str, ...]],
        refs: Refs,
    ) -> tuple[str, ...]:
        """Read the names behind a noun, which says what they all are; return who they are."""
        for name in names:
            refs[name.i] = read(name)
        found = tuple(one for name in names for one in refs[name.i])
        for one in found:
            self._roster.be(self._roster.beings[one], noun)
        return found

    def _alike(self, lemma: str) -> tuple[str, ...]:
        """Return those last spoken of together of whom each may be called so."""
        fits = {one.id for one in self._roster.broader(lemma, set())}
        for mention in reversed(self._pronouns.mentions[-_RECENT:]):
            if len(mention.ids) > 1 and fits.issuperset(mention.ids):
                return mention.ids
        return ()

    def _single(self, one: str) -> bool:
        being = self._roster.beings[one]
        return being.kind != "thing" and being.drawn and being.members == 1


def _count(number: str) -> int:
    return _COUNTS.get(number, 0) or lexicon().number(number)


def _meant(word: Word) -> bool:
    return word.lemma in _FELLOWS or lexicon().person(word.lemma) is not None


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
