"""Whom `he`, `she` and `they` mean: by gender, number, nearness and role."""

from __future__ import annotations

from dataclasses import dataclass
from math import log1p
from typing import TYPE_CHECKING

from stillreel.plan.lexicon import lexicon, word_set

if TYPE_CHECKING:
    from collections.abc import Callable

    from stillreel.plan.grammar import Sentence, Word
    from stillreel.plan.roster import Roster
    from stillreel.values.scene import Presentation

_WINGED = word_set("fly flap perch hatch bark purr neigh gallop wag swoop alight nest")
_AWAY = 1.2
"""What it counts against someone not to be in the scene, and not spoken of just now."""
_SURE = 1.2
"""What it counts for someone to be known as a man or a woman, where others may be either."""
_SUBJECTS = word_set("nsubj nsubjpass csubj")


Refs = dict[int, tuple[str, ...]]
"""Ids that a word of a sentence stands for, by the word's position."""


@dataclass(slots=True)
class Mention:
    """Somebody, or something, spoken of once."""

    ids: tuple[str, ...]
    sentence: int
    subject: bool
    plural: bool
    pronoun: bool = False
    """Whether by a pronoun: whom the telling stays with."""
    text: str = ""
    """Words for something that is nobody, such as `the trees`."""


class Pronouns:
    """Who was spoken of, and whom a pronoun therefore means."""

    def __init__(self, roster: Roster) -> None:
        """Start with nobody spoken of."""
        self._roster = roster
        self.mentions: list[Mention] = []
        self._here: Callable[[str], bool] = lambda _one: True
        self.number = 0
        """Number of the sentence being read."""
        self._lex = lexicon()

    def attend(self, here: Callable[[str], bool]) -> None:
        """Take what says whether someone is in the present scene."""
        self._here = here

    def group(self, ids: tuple[str, ...]) -> bool:
        """Say whether ids are several bodies."""
        return len(ids) > 1 or any(self._roster.beings[one].members > 1 for one in ids)

    def speak_of(self, ids: tuple[str, ...]) -> None:
        """Remember that these were the subject just now."""
        self.mentions.append(Mention(ids, self.number, subject=True, plural=len(ids) > 1))

    def last_two(self, but: str) -> str:
        """Return who was spoken of last besides `but`, the likely other side of a dialogue."""
        for mention in reversed(self.mentions[-12:]):
            for one in mention.ids:
                if one != but and self._roster.beings[one].drawn:
                    return one
        return ""

    def best(
        self,
        sentence: Sentence,
        word: Word,
        refs: Refs,
        *,
        plural: bool,
        gender: Presentation | None,
    ) -> Mention | None:
        """Return the mention a pronoun most likely means, or None."""
        clash = self._clashing(sentence, word, refs)
        verb = sentence.head(word).lemma
        best: tuple[float, Mention] | None = None
        for back, mention in enumerate(reversed(self.mentions[-60:])):
            stale = not mention.ids and self.number - mention.sentence > 1
            if mention.plural != plural or stale:
                continue
            if clash & set(mention.ids) or not self._fits(mention, gender):
                continue
            if not mention.ids and self._needs_mind(verb):
                continue
            score = self._score(mention, verb) - back * 0.02 - min(back, 6) * 0.06
            if gender is not None and self._roster.beings[mention.ids[0]].gender == gender:
                score += _SURE
            if not mention.ids and word.dep == "dobj" and mention.sentence == self.number:
                score += 3.0 if not mention.subject else 0.0
            if best is None or score > best[0]:
                best = (score, mention)
        if best is None and plural:
            return self._pair(clash)
        return best[1] if best else None

    def _score(self, mention: Mention, verb: str) -> float:
        back = self.number - mention.sentence
        score = (
            3.0 - min(back, 12) + (1.0 if back == 0 else 0.0) - (0.7 if not mention.ids else 0.0)
        )
        if mention.subject or (mention.pronoun and back == 1 and not mention.plural):
            score += 1.5
        if mention.pronoun and back == 1 and not mention.plural:
            score += 0.6 if mention.subject else 0.3
        if mention.ids:
            acts = [log1p(self._roster.beings[one].acts) for one in mention.ids]
            score += 0.3 * sum(acts) / len(acts)
        for one in mention.ids:
            being = self._roster.beings[one]
            score -= 2.2 if being.kind == "thing" and not mention.plural else 0
            person = being.kind in ("human", "thing") or being.name.split()[-1][:1].isupper()
            person = person or "say" in being.did
            beast = not person and not mention.plural
            score -= 1.5 if beast and not being.personal else 0
            score -= _AWAY if back > 2 and not self._here(one) else 0.0
            score -= 1.0 if being.head == "people" else 0
            score -= 3.0 if verb in _WINGED and being.kind == "human" else 0
            score += 2.0 if verb in being.did and being.members > 1 else 0
        return score

    def _needs_mind(self, verb: str) -> bool:
        return any(self._lex.is_(kind, verb) for kind in ("say", "mental", "perceive"))

    def _fits(self, mention: Mention, gender: Presentation | None) -> bool:
        if gender is None:
            return True
        if len(mention.ids) != 1:
            return False
        return self._roster.beings[mention.ids[0]].gender in (gender, None)

    def _clashing(self, sentence: Sentence, word: Word, refs: Refs) -> set[str]:
        """Return ids an object pronoun cannot mean: the subject of its own verb."""
        if (
            word.dep in _SUBJECTS
            or word.tag == "PRP$"
            or word.text.lower().endswith(("self", "selves"))
        ):
            return self._described(sentence, word, refs)
        up = sentence.head(word)
        while (
            up.dep in ("prep", "pobj", "dative", "agent", "conj")
            and not up.is_verb
            and up.head != up.i
        ):
            up = sentence.head(up)
        while True:
            subject = sentence.child(up, *_SUBJECTS)
            if subject is not None:
                return set(refs.get(subject.i, ()))
            steered = up.dep == "xcomp" and sentence.child(sentence.head(up), "dobj") is not None
            if up.head == up.i or up.dep not in ("conj", "xcomp", "advcl") or steered:
                return set()
            up = sentence.head(up)

    def _described(self, sentence: Sentence, word: Word, refs: Refs) -> set[str]:
        """Return the noun a relative clause describes: `the boy he had loved` is not he."""
        verb = sentence.head(word)
        if word.dep in _SUBJECTS and verb.dep == "relcl":
            return set(refs.get(verb.head, ()))
        return set()

    def _pair(self, clash: set[str]) -> Mention | None:
        """Take `they` for the two persons spoken of last, and the beast that is with them."""
        ids: list[str] = []
        for mention in reversed(self.mentions[-10:]):
            if self.number - mention.sentence > 3:
                break
            for one in mention.ids:
                if one not in ids and one not in clash and self._roster.beings[one].kind != "thing":
                    ids.append(one)
        if len(ids) < 2:
            return None
        people = [one for one in ids if self._roster.beings[one].kind == "human"]
        beasts = [one for one in ids if one not in people]
        pair = [*beasts[:1], *reversed(people[:2])] if len(people) > 1 else [*reversed(ids[:2])]
        return Mention(tuple(pair), self.number, subject=True, plural=True)

    def last(self, name: str) -> int:
        """Return how recently someone was spoken of; larger is later."""
        for back, mention in enumerate(reversed(self.mentions)):
            if name in mention.ids:
                return -back
        return -len(self.mentions) - 1
