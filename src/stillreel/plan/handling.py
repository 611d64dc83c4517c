"""What is in hands, and what bodies rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.plan.lexicon import lexicon, word_set
from stillreel.plan.wording import full_noun

if TYPE_CHECKING:
    from stillreel.plan.grammar import Sentence, Word
    from stillreel.plan.memory import Found, Memory
    from stillreel.plan.predicate import Clause
    from stillreel.plan.telling import Thing
    from stillreel.values.scene import Action

_SMALL = word_set("sign flower candle boat mirror")
_LIGHT = _SMALL | word_set("ladder lamp flag chair rock log")
_GIVEN = word_set("give hand pass deliver")
_LEAPS = word_set("jump leap hop spring vault alight")
_CLIMBED = ("ladder", "tree", "rock", "stairs")
_RESTING = word_set("""
    sit stand lie sleep climb perch ride wait put lay kneel hide settle be hang rattle place
    set lift doze sing
""")


class Handling:
    """Keeps hands and seats in memory."""

    def __init__(self, memory: Memory) -> None:
        """Work on the given memory."""
        self._m = memory
        self._lex = lexicon()

    def thing(self, found: Found) -> Thing | None:
        """Return the thing a clause handles or sees."""
        for prep, word in found.clause.preps:
            sought = prep == "for" and found.clause.lemma == "reach" and word.i not in found.refs
            if sought and word.is_noun and self._lex.prop(word.lemma):
                self._m.thing_called(full_noun(found.sentence, word), word)
        for part in found.clause.objects:
            word = self._whole(found, part)
            if word.is_noun and word.i not in found.refs:
                noun = full_noun(found.sentence, word)
                if self._lex.prop(noun) or self._lex.prop(word.lemma):
                    feature = self._lex.feature(noun)
                    takes = self._lex.is_("take", found.clause.lemma)
                    if feature and feature not in (_LIGHT if takes else _SMALL):
                        continue
                    if self._worn(found, word):
                        continue
                    return self._m.thing_called(noun, word, tinted(found.sentence, word))
        return self._it(found)

    def vessel(self, found: Found) -> Thing | None:
        """Return the thing met before that something goes into or comes out of."""
        for prep, word in found.clause.preps:
            if prep in ("into", "in", "from", "over", "beside") and word.i not in found.refs:
                for thing in self._m.things.values():
                    if thing.kind == word.lemma:
                        return thing
        return None

    def _it(self, found: Found) -> Thing | None:
        """Return the thing that `it` is: `she reads the letter, folds it`."""
        for word in found.clause.objects:
            if word.lemma == "it" and word.i not in found.refs:
                return self._m.handled() if self._lex.is_("handle", found.clause.lemma) else None
        return None

    def _whole(self, found: Found, word: Word) -> Word:
        """Return the pear of `a piece of pear`."""
        if word.lemma not in ("piece", "slice", "half", "bit", "cup", "bowl", "glass"):
            return word
        for link in found.sentence.children(word, "prep"):
            noun = found.sentence.child(link, "pobj")
            if link.lemma == "of" and noun is not None and self._lex.prop(noun.lemma):
                return noun
        return word

    def brought(self, found: Found) -> Thing | None:
        """Return the thing somebody comes with: `she runs in with the pear`."""
        if found.clause.mood != "real":
            return None
        moves = self._lex.is_("motion", found.clause.lemma)
        for prep, word in found.clause.preps:
            if prep != "with" or not word.is_noun or word.i in found.refs or word.plural:
                continue
            if not (moves or self._in_hand(found, word)):
                continue
            noun = full_noun(found.sentence, word)
            prop = self._lex.prop(noun) or self._lex.prop(word.lemma)
            large = self._lex.feature(noun) and self._lex.feature(noun) not in _LIGHT
            if prop and not large and not self._worn(found, word):
                return self._m.thing_called(noun, word, tinted(found.sentence, word))
        return None

    def _in_hand(self, found: Found, word: Word) -> bool:
        """Say whether a phrase tells who holds a thing: `with a blue scarf in his hands`."""
        after = found.sentence.words[word.i + 1 : word.i + 4]
        return any(one.lemma in ("hand", "arm") for one in after) and after[0].lemma == "in"

    def given(self, found: Found, doers: tuple[str, ...], thing: Thing | None) -> str:
        """Hand a thing over to whom it is given, from the next beat on; return its id."""
        clause = found.clause
        takers = [one for one in found.others if self._m.people.beings[one].drawn]
        if (
            thing is None
            or clause.mood != "real"
            or clause.passive
            or clause.lemma not in _GIVEN
            or not takers
        ):
            return ""
        self._m.holds.pop(doers[0], None)
        if self._m.people.beings[takers[0]].kind == "human":
            self._m.holds[takers[0]] = thing.id
        return thing.id

    def _worn(self, found: Found, word: Word) -> bool:
        """Say whether a ring or a flower is part of someone's looks, not a thing in hand."""
        wearing = found.clause.lemma == "wear"
        wearing = wearing or (
            word.text.lower() == "glasses" and found.sentence.child(word, "poss") is not None
        )
        pierced = any(self._lex.body(w.lemma) for w in found.sentence.subtree(word))
        return wearing or (pierced and word.lemma in ("ring", "stud", "earring"))

    def set_up(self, clause: Clause, action: Action) -> None:
        """Let go of a ladder that is climbed: it stands there now."""
        nouns = {w.lemma for w in (*clause.objects, *(w for _, w in clause.preps))}
        if action not in ("climb", "sit"):
            return
        for one, held in tuple(self._m.holds.items()):
            if self._m.things[held].kind in nouns:
                del self._m.holds[one]

    def rest(self, found: Found, doers: tuple[str, ...]) -> None:
        """Remember on what bodies are: in the tree, on the chair, in bed."""
        clause = found.clause
        rest = ""
        for prep, word in clause.preps:
            if prep in ("on", "in", "into", "upon", "onto", "up", "at") or (prep == "of" and rest):
                noun = full_noun(found.sentence, word)
                names = (noun, word.text.lower(), word.lemma)
                rest = next((one for name in names if (one := self._lex.rest(name))), rest)
        if rest == "table" and "on" not in (prep for prep, _ in clause.preps):
            rest = self._beside_table()
        climbed = self._climbed(found)
        rest = climbed or rest or self._shared(found)
        rest = "boat" if clause.lemma in ("row", "sail", "paddle") else rest
        moved = found.others if clause.lemma in ("put", "lay", "place", "set", "lift") else doers
        on = climbed or rest == "boat" or "on" in (prep for prep, _ in clause.preps)
        if rest and (on or clause.lemma in _RESTING):
            for one in moved:
                self._m.on[one] = rest
        elif (self._lex.is_("motion", clause.lemma) and not _at_hand(clause)) or clause.lemma in (
            "stand",
            "kneel",
            "fall",
            "lie",
        ):
            afloat = clause.lemma in ("fall", "lie", "kneel", "stand") and not rest
            for one in doers:
                if not (afloat and self._m.on.get(one) == "boat"):
                    self._m.on.pop(one, None)

    def _beside_table(self) -> str:
        """Return what those sit on who sit at a table: in a room chairs stand round it."""
        world = self._m.world
        here = world.spots.get(world.here)
        if here is None or here.kind != "room":
            return "table"
        world.build("chair")
        return "chair"

    def _climbed(self, found: Found) -> str:
        """Return the ladder, tree, rock or stairs that is climbed, whoever has put it there."""
        clause = found.clause
        if self._lex.action(clause.lemma) != "climb" or clause.lemma in _LEAPS:
            return ""
        if clause.particle == "down" or any(prep == "down" for prep, _ in clause.preps):
            return ""
        onto = (w for prep, w in clause.preps if prep in ("up", "onto", "on", "into"))
        for word in (*clause.objects, *onto):
            noun = full_noun(found.sentence, word)
            rest = self._lex.rest(noun) or self._lex.rest(word.text.lower())
            if (rest or self._lex.rest(word.lemma)) in _CLIMBED:
                return rest or self._lex.rest(word.lemma)
        if clause.particle in ("in", "aboard") and "boat" in self._m.on.values():
            return "boat"
        world = self._m.world
        meant = any(w.lemma == "it" for w in clause.objects)
        return "ladder" if meant and "ladder" in world.added.get(world.here, ()) else ""

    def _shared(self, found: Found) -> str:
        """Return the bench of the one beside whom somebody sits down, or a seat in a vehicle."""
        if found.clause.lemma not in ("sit", "settle", "lie", "sleep", "doze", "slump", "perch"):
            return ""
        for prep, word in found.clause.preps:
            if prep in ("beside", "by", "near", "next", "to", "with", "against"):
                for one in found.refs.get(word.i, ()):
                    if self._m.on.get(one):
                        return self._m.on[one]
        here = self._m.world.spots.get(self._m.world.here)
        return "bench" if here is not None and here.kind == "vehicle" else ""


def _at_hand(clause: Clause) -> bool:
    """Say whether something is moved without going anywhere: `he pulled the thread tight`."""
    moved = clause.lemma in ("pull", "push", "slide", "drag", "take", "lead", "bring", "pass")
    return moved and bool(clause.objects) and not clause.preps


def tinted(sentence: Sentence, word: Word) -> str:
    """Return the colour a thing is told to have: `one yellow pear`; empty when none is told."""
    colours = (lexicon().colour(one.lemma) for one in sentence.children(word, "amod"))
    return next((one for one in colours if one), "")
