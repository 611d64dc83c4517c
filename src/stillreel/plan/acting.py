"""What beings do: poses, feelings, things in hand, what they rest on."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from stillreel.plan.handling import Handling
from stillreel.plan.lexicon import lexicon, word_set
from stillreel.plan.telling import Part

if TYPE_CHECKING:
    from stillreel.plan.grammar import Word
    from stillreel.plan.memory import Found, Memory
    from stillreel.plan.predicate import Clause
    from stillreel.plan.telling import BeatKind
    from stillreel.values.scene import Action, Emotion

_TURNS = word_set("""
    build destroy knock kiss embrace die kneel melt discover kill break wound vanish weep
    rescue marry dare
""")
_PARTS = word_set("break tear cut split snap")
_PIECES = word_set("two half halve piece part slice bread loaf cake biscuit crust")
_CHASES = word_set("chase pursue follow hunt lead")
_FACES = word_set("open close rub lift raise stretch shut turn shake")
_WATER = word_set("river water sea lake pond stream pool ocean waves")
_STATES = word_set("be become grow feel seem look get turn sound remain stay")


_STEPS: dict[str, Action] = {"stairs": "walk", "boat": "sit"}
"""What climbing is on some things."""


class Acting:
    """Turns clauses about beings into beats."""

    def __init__(self, memory: Memory) -> None:
        """Work on the given memory."""
        self._m = memory
        self._lex = lexicon()
        self._handling = Handling(memory)
        self.thing = self._handling.thing

    def act(self, found: Found, doers: tuple[str, ...]) -> None:
        """Add the beat of a clause that beings do."""
        clause = found.clause
        action = "embrace" if _hugs(found) else self._action(clause)
        if self._over(found) and self._m.posture.of(doers[0]) != "stand":
            action = "stand"
        thing, vessel = self._handling.thing(found), self._handling.vessel(found)
        self._m.posture.note(found, doers, action)
        self._handling.rest(found, doers)
        self._let_go(doers, action)
        feeling = self.feeling(found)
        others = [one for one in found.others if self._m.people.beings[one].drawn]
        target = next(iter(others), "") or (thing.id if thing else "")
        kind, weight = self._kind(found, action)
        if found.others and action in ("reach", "carry", "embrace", "fight", "kneel", "work"):
            weight += 0.4
        takes = self._lex.is_("take", clause.lemma) or clause.lemma in ("read", "unfold", "fold")
        holding = thing.id if thing and takes and clause.mood == "real" else ""
        self._handling.set_up(clause, action)
        brought = None if thing else self._handling.brought(found)
        if brought:
            thing, holding = brought, brought.id
        if holding:
            self._m.holds[doers[0]] = holding
        parts = self._doing(found, doers, action, feeling, target)
        parts += self._touched(found, doers, action)
        given = self._handling.given(found, doers, thing)
        if given:
            parts = [replace(one, holds="" if at else given) for at, one in enumerate(parts)]
        turn = (
            (clause.lemma in _TURNS and not _in_pieces(clause))
            or "suddenly" in found.text.lower()
            or "dead" in found.text.lower()
        )
        weight += 0.4 if turn else 0.0
        focus = thing.id if thing and kind in ("action", "look") else ""
        text = found.text
        if thing and any(w.lemma == "it" and w.i not in found.refs for w in clause.objects):
            text = re.sub(r"\bit\b", thing.name, text, count=1)
        self._m.add(
            kind,
            text,
            tuple(parts),
            focus=focus,
            things=tuple(dict.fromkeys(one.id for one in (thing, vessel) if one)),
            weight=weight,
            travel=self._travel(clause),
            turn=turn,
            found=found,
        )
        self._m.it = ("", "")

    def _doing(
        self, found: Found, doers: tuple[str, ...], action: Action, feeling: Emotion, target: str
    ) -> list[Part]:
        """Return those who do it, who have done it from now on."""
        lemma = found.clause.lemma
        loud = self._lex.is_("loud", lemma) and found.clause.mood == "real" and action == "talk"
        parts: list[Part] = []
        for one in (*doers, *found.along):
            being = self._m.people.beings[one]
            if not being.drawn:
                continue
            being.acts += 1
            being.did.add(lemma)
            on = self._m.on.get(one, "")
            steps = _STEPS.get(on, action) if action == "climb" else action
            parts.append(
                Part(
                    one,
                    self._m.posture.shown(one, steps),
                    feeling,
                    looks_at=target if target != one else "",
                    on=on,
                    holds=self._m.holds.get(one, ""),
                    loud=loud,
                )
            )
        return parts

    def _touched(self, found: Found, doers: tuple[str, ...], action: Action) -> list[Part]:
        """Return those it is done to, who run as well when they are chased."""
        touched = [
            self._m.standing(one, looks_at=doers[0], embraced=action == "embrace")
            for one in found.others
            if self._m.people.beings[one].drawn and self.touches(found, one)
        ]
        after = any(prep == "after" for prep, _ in found.clause.preps)
        chased = found.clause.lemma in _CHASES or (after and action in ("run", "walk"))
        if chased and found.clause.mood == "real":
            return [replace(one, does=action, looks_at="", on="") for one in touched]
        return touched

    def _over(self, found: Found) -> bool:
        """Say whether a clause tells what was done before: `he had stepped on a thorn`."""
        links = found.sentence.children(found.clause.verb, "aux")
        return found.clause.verb.tag == "VBN" and any(
            w.lemma == "have" and w.tag == "VBD" for w in links
        )

    def _let_go(self, doers: tuple[str, ...], action: Action) -> None:
        """Empty the hands of those who need them."""
        if action in ("play", "dance", "embrace", "lie", "sleep"):
            for one in doers:
                self._m.holds.pop(one, None)

    def touches(self, found: Found, one: str) -> bool:
        """Say whether the other being must be in the picture: not if only thought or spoken of."""
        if self._lex.is_("mental", found.clause.lemma) and not self._m.is_here(one):
            return False
        place, when = self._m.scene.get(one, ("", -99))
        there, here = self._m.world.spots.get(place), self._m.world.spots.get(self._m.world.here)
        moving = self._lex.is_("motion", found.clause.lemma)
        apart = there is not None and here is not None and there.indoors != here.indoors
        if apart and not moving and len(self._m.beats) - when < 16:
            return False
        about = any(
            prep in ("about", "of", "from") and one in found.refs.get(w.i, ())
            for prep, w in found.clause.preps
        )
        return not about or self._m.is_here(one)

    def _kind(self, found: Found, action: Action) -> tuple[BeatKind, float]:
        clause = found.clause
        if clause.mood in ("denied", "stopped"):
            return "still", 0.45
        if clause.lemma in _STATES and (clause.attribute is not None or clause.lemma == "be"):
            return ("feeling", 0.6) if self.feeling(found) != "neutral" else ("portrait", 0.5)
        if self._lex.is_("wear", clause.lemma) and clause.passive:
            return "portrait", 0.6
        if self._lex.is_("perceive", clause.lemma) or clause.lemma in (
            "look",
            "gaze",
            "stare",
            "watch",
            "listen",
        ):
            return "look", 0.7
        if self._lex.is_("mental", clause.lemma):
            return "feeling", 0.5
        return "action", 0.7 if clause.mood == "attempt" or action in ("stand", "look") else 1.0

    def _action(self, clause: Clause) -> Action:  # noqa: PLR0911 - the surest match first
        if clause.mood in ("stopped", "denied"):
            return "stand"
        if clause.lemma in ("be", "have") or (
            clause.lemma in _STATES and clause.attribute is not None
        ):
            return "stand"
        if clause.lemma == "go" and any(
            prep == "to" and w.lemma == "sleep" for prep, w in clause.preps
        ):
            return "sleep"
        found = self._lex.action(clause.lemma, clause.particle) or "stand"
        if found in ("climb", "fall"):
            found = _landing(clause, found)
        if clause.lemma in _PARTS and _in_pieces(clause):
            return "reach"
        hand = any(w.lemma in ("hand", "arm", "finger") for w in clause.objects)
        dropped = clause.lemma in ("drop", "topple", "slip", "slide", "crash")
        if (found == "fall" and clause.objects and dropped) or (found == "carry" and hand):
            return "reach"
        if clause.lemma == "reach" and any(self._lex.place(w.lemma) for w in clause.objects):
            return "walk"
        if clause.lemma in _FACES and any(
            w.lemma in ("eye", "head", "neck") for w in clause.objects
        ):
            return "look"
        if found == "cry" and clause.preps and clause.preps[0][0] == "to":
            return "talk"
        if clause.passive and found not in ("sit", "lie", "stand"):
            return "stand"
        return found

    def feeling(self, found: Found) -> Emotion:
        """Return the feeling a clause shows."""
        words = [found.sentence.words[i] for i in found.clause.words]
        lemmas = [w.lemma for w in words if w.dep != "poss" and not _mere_word(w)]
        own = [] if found.clause.lemma == "cross" else [found.clause.lemma]
        feeling = self._lex.emotion([*own, *lemmas]) or "neutral"
        if found.clause.mood == "attempt" and feeling in ("neutral", "happy"):
            return "determined"
        if found.clause.mood == "denied":
            return (
                "sad"
                if feeling == "happy" or self._lex.is_("mental", found.clause.lemma)
                else "neutral"
            )
        return feeling

    def _travel(self, clause: Clause) -> str:
        handling = clause.objects and clause.lemma in (
            "take",
            "bring",
            "carry",
            "drag",
            "pull",
            "push",
        )
        if not self._lex.is_("motion", clause.lemma) or clause.mood != "real" or handling:
            return ""
        if clause.particle in ("away", "off") or self._lex.is_("leave", clause.lemma):
            return "out"
        if clause.particle in ("back", "in") or self._lex.is_("arrive", clause.lemma):
            return "in"
        return "along"


def _in_pieces(clause: Clause) -> bool:
    """Say whether something is shared out rather than destroyed: `breaks the bread in two`."""
    nouns = (*clause.objects, *(word for _, word in clause.preps))
    return any(word.lemma in _PIECES for word in nouns)


def _landing(clause: Clause, action: Action) -> Action:
    """Return what a leap or a fall is where it ends: in the water, on the knees, asleep."""
    nouns = {word.lemma for _, word in clause.preps}
    if clause.lemma in ("jump", "leap", "dive", "plunge") and nouns & _WATER:
        return "swim"
    if action == "fall" and "knee" in nouns:
        return "kneel"
    if action == "fall" and clause.attribute is not None:
        return "sleep" if clause.attribute.lemma == "asleep" else "stand"
    return action


def _mere_word(word: Word) -> bool:
    """Tell `a long coat` and `a lovely garden` from longing and from loveliness felt."""
    if word.lemma == "long":
        return not word.is_verb
    if word.lemma == "cross":
        return word.is_verb
    return word.lemma in ("beautiful", "lovely", "delightful") and word.dep == "amod"


def _hugs(found: Found) -> bool:
    """Say whether an arm is put round somebody."""
    arm = next((word for word in found.clause.objects if word.lemma == "arm"), None)
    if arm is None or found.clause.mood != "real":
        return False
    after = found.sentence.words[arm.i + 1 : arm.i + 3]
    return any(word.lemma in ("round", "around", "about") for word in after)
