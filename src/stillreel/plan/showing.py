"""Clauses about nobody: places, features, things; and what deeds change in the world."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from stillreel.plan.handling import tinted
from stillreel.plan.lexicon import lexicon, word_set
from stillreel.plan.people import owner
from stillreel.plan.portrait import carried, owned, told_by
from stillreel.plan.wording import full_noun

if TYPE_CHECKING:
    from stillreel.plan.acting import Acting
    from stillreel.plan.memory import Found, Memory
    from stillreel.plan.predicate import Clause
    from stillreel.plan.telling import BeatKind


_NOBODY = word_set("nobody none nothing neither noone")
_SILENCE = word_set("silence stillness quiet hush pause")
_STIRS = word_set("speak say move happen stir answer reply talk come change be")


_COMING = word_set("train car boat cart")
"""Features that come and go."""
_STAYS = word_set("wait stand stop halt arrive come pull draw lie")


class Showing:
    """Turns clauses about things and places into beats, and lets deeds have their consequences."""

    def __init__(self, memory: Memory, acting: Acting) -> None:
        """Work on the given memory."""
        self._m = memory
        self._acting = acting
        self._lex = lexicon()

    def show(self, found: Found) -> None:
        """Tell a clause whose subject is nobody: a place, a feature, a thing, the weather."""
        clause = found.clause
        if not found.text:
            return
        if hushed(clause):
            self.hush(found.text)
            return
        subject = clause.subjects[0] if clause.subjects else None
        if subject is not None and subject.is_noun:
            noun = full_noun(found.sentence, subject)
            shown = self._lex.feature(noun) or self._lex.feature(subject.lemma)
            singular = not subject.plural and self._lex.prop(subject.lemma) and not shown
            if singular or (subject.lemma == "flower" and not subject.plural):
                thing = self._m.thing_called(noun, subject, tinted(found.sentence, subject))
                self._m.it = (thing.id, f"the {noun}")
            else:
                self._m.it = ("", "")
        focus = self._m.it[0] if self._m.it[0] in self._m.things else ""
        holders = [
            one
            for one in found.others
            if self._acting.touches(found, one) and self._m.people.beings[one].drawn
        ]
        prints = [
            one for w in found.clause.subjects for one in owner(found.sentence, w, found.refs)
        ]
        parts = tuple(self._m.standing(one) for one in dict.fromkeys((*holders, *prints)))
        if any(w in found.text for w in ("hand", "palm", "finger")):
            parts = tuple(replace(part, does="reach") for part in parts)
        minds = [one for i in clause.words for one in found.refs.get(i, ()) if self._m.is_here(one)]
        inward = not parts and not focus and subject is not None and subject.lemma == "it"
        if inward and minds and (clause.attribute is None or not clause.attribute.is_noun):
            part = replace(self._m.standing(minds[0]), emotion=self._acting.feeling(found))
            self._m.add("feeling", found.text, (part,), weight=0.5, found=found)
            return
        kind: BeatKind = "detail" if focus or parts else "scenery"
        if kind == "scenery" and clause.lemma == "be" and not self._shows_something(found):
            return
        seen = self._acting.thing(found)
        things = tuple(dict.fromkeys(one for one in (focus, seen.id if seen else "") if one))
        self._m.add(kind, found.text, parts, focus=focus, things=things, weight=0.6, found=found)

    def absent(self, found: Found) -> None:
        """Tell that somebody is not there, or that nobody does anything."""
        if found.text and hushed(found.clause):
            self.hush(found.text)
        elif found.text:
            self._m.add("still", found.text, (), weight=0.35)

    def hush(self, text: str) -> None:
        """Hold on those who are there; a silence after a silence is the same one."""
        last = self._m.beats[-1] if self._m.beats else None
        here = any(self._m.is_here(one) for one in self._m.scene)
        still = last is not None and last.kind == "still" and not last.parts
        if last is not None and last.moment.place == self._m.world.here and (still or not here):
            lines = (last.lines[0], max(last.lines[1], self._m.lines[1]))
            self._m.beats[-1] = replace(last, text=f"{last.text} {text}", lines=lines)
        else:
            self._m.add("still", text, (), weight=0.4)
            lead = last.parts[0].id if last is not None and last.parts else ""
            new = self._m.beats[-1]
            listeners = tuple(sorted(new.present, key=lambda part: part.id == lead))
            self._m.beats[-1] = replace(new, present=listeners)

    def _shows_something(self, found: Found) -> bool:
        """Keep `there were twelve peach-trees`, drop `it was so long since`."""
        words = [found.sentence.words[i] for i in found.clause.words]
        return any(
            self._lex.feature(w.lemma)
            or self._lex.place(w.lemma)
            or self._lex.season(w.lemma)
            or self._lex.weather(w.lemma)
            or self._lex.prop(w.lemma)
            or w.lemma in ("sight", "scene", "silence", "morning", "night", "evening")
            for w in words
            if w.is_noun or w.tag == "JJ"
        )

    def consequences(self, found: Found) -> None:
        """Change the world by what was done: walls built and broken, clothes described."""
        clause = found.clause
        if clause.mood != "real":
            return
        for word in clause.objects:
            noun = full_noun(found.sentence, word)
            feature = self._lex.feature(noun) or self._lex.feature(word.lemma)
            if self._lex.is_("build", clause.lemma) and (feature or self._lex.written(noun)):
                if self._lex.written(noun):
                    self._m.put_up(self._m.thing_called(noun, word))
                elif feature and self._lex.action(clause.lemma, clause.particle) == "work":
                    self._m.world.build(feature)
            if feature == "ladder" and clause.lemma in ("lean", "prop", "set", "put", "place"):
                self._m.world.build(feature)
            if feature and self._lex.is_("destroy", clause.lemma):
                self._m.world.destroy(feature)
        self._come_and_go(found)
        if self._lex.is_("drop", clause.lemma) and clause.objects:
            for one in found.doers:
                self._m.holds.pop(one, None)
        self._looks(found)

    def _come_and_go(self, found: Found) -> None:
        """Let a train stand here from the moment it waits until it leaves."""
        clause = found.clause
        fronted = [w for w in found.sentence.words[: clause.verb.i] if w.i in clause.words]
        for word in clause.subjects or fronted:
            feature = self._lex.feature(word.lemma) if word.i not in found.refs else ""
            if feature in _COMING and clause.lemma in _STAYS:
                self._m.world.build(feature)
            elif feature in _COMING and self._lex.is_("leave", clause.lemma):
                self._m.world.destroy(feature)

    def _looks(self, found: Found) -> None:
        """Keep what a clause says about how someone looks."""
        people, clause = self._m.people, found.clause
        for one, words in owned(found.sentence, clause, found.refs):
            people.hear(people.beings[one], words)
        if len(found.doers) != 1:
            return
        being = people.beings[found.doers[0]]
        told = told_by(found.sentence, clause)
        if told:
            people.hear(being, told)
        for holder, words in carried(found.sentence, clause):
            ids = found.refs.get(holder.i, ()) if holder is not None else ()
            people.hear(people.beings[ids[0]] if ids else being, words)


def hushed(clause: Clause) -> bool:
    """Say whether a clause tells that nothing is done: `nobody spoke`, `silence`."""
    if clause.verb.lemma in _SILENCE and not clause.subjects:
        return True
    named = clause.attribute if clause.lemma == "be" else None
    if named is not None and named.lemma in _SILENCE:
        return True
    subject = clause.subjects[0] if clause.subjects else None
    if subject is None:
        return False
    no_one = subject.lemma == "one" and clause.words[:1] != (subject.i,)
    return (subject.lemma in _NOBODY or no_one) and clause.lemma in _STIRS
