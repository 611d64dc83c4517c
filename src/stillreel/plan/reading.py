"""English stories into beats: clause by clause, who does what to whom, where and when."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from stillreel.plan.acting import Acting
from stillreel.plan.clauses import clauses
from stillreel.plan.lexicon import lexicon, word_set
from stillreel.plan.memory import Found, Memory
from stillreel.plan.people import owner
from stillreel.plan.showing import Showing
from stillreel.plan.speaking import Speaking
from stillreel.plan.wording import clause_text, stand_ins, tidy

if TYPE_CHECKING:
    from stillreel.plan.brackets import Introduction
    from stillreel.plan.grammar import Sentence, Word
    from stillreel.plan.predicate import Clause
    from stillreel.plan.pronouns import Refs
    from stillreel.plan.quotes import Masked

_STATES = word_set("be become grow feel seem look get turn sound remain stay")
_POSTURES = word_set("kneel sit stand lie crouch bend stoop stop")
_NEAR = word_set("to behind before near beside towards toward by up")


class Reader:
    """Reads paragraphs one after the other and keeps the beats."""

    def __init__(self) -> None:
        """Start a story in which nothing has happened."""
        self.memory = Memory()
        self._m = self.memory
        self._speaking = Speaking(self.memory)
        self._acting = Acting(self.memory)
        self._showing = Showing(self.memory, self._acting)
        self._lex = lexicon()

    def paragraph(
        self, masked: Masked, sentences: tuple[Sentence, ...], lines: tuple[int, int]
    ) -> None:
        """Read one paragraph of prose or of action."""
        self._m.paragraph += 1
        self._m.lines = lines
        self._m.holds.clear()
        if self._is_sign(masked.text):
            return
        opening = sentences[0].words[:14] if sentences else ()
        if any(self._lex.time(word.lemma) and word.dep in ("npadvmod", "pobj") for word in opening):
            self._m.scene.clear()
            self._m.on.clear()
            self._m.poses.clear()
        spoke = ""
        for sentence in sentences:
            end = sentence.words[-1].start + 1
            quoted = [q.text for q in masked.quotes if sentence.words[0].start <= q.start <= end]
            spoke = self._sentence(sentence, " ".join(quoted), spoke) or spoke

    def introduce(self, who: Introduction, line: int) -> None:
        """Take the looks that stand in brackets behind a name."""
        people = self._m.people
        role = self._lex.person(who.name.lower()) is not None
        people.hear(people.meet(f"the {who.name}" if role else who.name, line), who.looks)

    def newcomer(self, who: str) -> None:
        """Let someone be present from now on."""
        self._m.scene[who] = (self._m.world.here, len(self._m.beats))

    def empty_scene(self) -> None:
        """Let nobody be present: a new scene of a script begins."""
        self._m.scene.clear()
        self._m.on.clear()
        self._m.holds.clear()
        self._m.paragraph += 1

    def speech(
        self,
        who: str,
        text: str,
        lines: tuple[int, int],
        manner: str = "",
        *,
        off: bool = False,
    ) -> None:
        """Add a speech of a script."""
        self._speaking.speech(who, text, lines, manner, off=off)

    def _sentence(self, sentence: Sentence, quoted: str, spoke: str) -> str:
        """Read one sentence; return the speaker if somebody spoke."""
        told = clauses(sentence)
        happens = {i for c in told if c.mood not in ("unreal", "before") for i in c.words}
        happens |= {
            word.i for c in told if c.mood not in ("unreal", "before") for word in c.subjects
        }
        unreal = frozenset(range(len(sentence.words))) - happens
        subjects = frozenset(word.i for clause in told for word in clause.subjects)
        refs = self._m.people.read(sentence, self._m.lines[0], unreal, subjects)
        self._home(sentence)
        speaker = ""
        hidden = stand_ins(sentence)
        rest = quoted
        for clause in told:
            if clause.mood in ("unreal", "before"):
                continue
            if clause.seen and clause.verb.tag == "VB" and not self._lively(clause, refs):
                continue
            mine = rest if self._speaks(clause, hidden) else ""
            found = self._found(sentence, clause, refs, mine)
            if mine:
                rest = ""
                speaker = found.doers[0] if found.doers else ""
            self._clause(found)
        if rest:
            speaker = spoke or self._speaking.turn_taker(refs)
            self._speaking.unattributed(speaker, rest)
        return speaker

    def _lively(self, clause: Clause, refs: Refs) -> bool:
        return any(word.i in refs for word in clause.subjects)

    def _speaks(self, clause: Clause, hidden: frozenset[int]) -> bool:
        if not hidden:
            return False
        if self._lex.is_("say", clause.lemma):
            return True
        return any(i in hidden for i in clause.words) and self._lex.is_("mental", clause.lemma)

    def _found(self, sentence: Sentence, clause: Clause, refs: Refs, said: str) -> Found:
        doers: list[str] = []
        framed = (
            clause.lemma == "be"
            and clause.attribute is not None
            and not any(w.i in refs for w in clause.subjects)
        )
        named = self.joined(sentence, clause.attribute) if framed and clause.attribute else ()
        if (
            any(word.lemma in ("all", "both") and word.i not in refs for word in clause.subjects)
            and self._m.beats
        ):
            doers = [part.id for part in self._m.beats[-1].parts[:1]]
        for word in named if any(w.i in refs for w in named) else clause.subjects:
            ids = refs.get(word.i) or owner(sentence, word, refs)
            if not ids and word.lemma == "it" and self._m.it[0] in self._m.people.beings:
                ids = (self._m.it[0],)
            if not ids and said and word.is_noun:
                being = self._m.people.meet(f"the {word.text}", self._m.lines[0])
                self._m.people.animate(being, word.lemma)
                ids = (being.id,)
            doers += [one for one in ids if one not in doers]
        if not clause.subjects and clause.verb.tag in ("VBD", "VBZ", "VBP"):
            nouns = [i for i in clause.words if i < clause.verb.i and sentence.words[i].is_noun]
            doers = list(next((refs[i] for i in reversed(nouns) if i in refs), ()))
        others: list[str] = []
        along: list[str] = []
        for word in clause.objects:
            ids = refs.get(word.i) or owner(sentence, word, refs)
            others += [one for one in ids if one not in (*doers, *others)]
        for prep, word in clause.preps:
            ids = refs.get(word.i) or owner(sentence, word, refs)
            target = (
                along
                if prep == "with"
                else others
                if prep in (*_NEAR, "at", "on", "round", "around", "over", "from", "about", "above")
                else []
            )
            target += [one for one in ids if one not in (*doers, *others, *along)]
        text = clause_text(sentence, clause, refs, self._m.name_of)
        text = text if not self._m.it[1] else _it_named(text, self._m.it[1])
        if clause.passive:
            agents = [one for prep, w in clause.preps if prep == "by" for one in refs.get(w.i, ())]
            if agents:
                doers, others = agents, [*doers, *(one for one in others if one not in agents)]
        return Found(sentence, clause, refs, tuple(doers), tuple(others), tuple(along), text, said)

    def joined(self, sentence: Sentence, noun: Word) -> tuple[Word, ...]:
        """Return a noun with the nouns it is listed with."""
        return (
            noun,
            *(
                one
                for link in sentence.children(noun, "conj")
                for one in self.joined(sentence, link)
            ),
        )

    def _clause(self, found: Found) -> None:
        clause = found.clause
        if self._lex.action(clause.lemma) is None and clause.lemma not in ("be", "have", *_STATES):
            if clause.passive:
                return
            last = self._m.beats[-1] if self._m.beats else None
            if (
                last
                and last.parts
                and found.doers
                and last.parts[0].id == found.doers[0]
                and not found.said
            ):
                return
        doers = tuple(one for one in found.doers if self._m.people.beings[one].drawn)
        if (
            found.doers
            and not doers
            and not found.said
            and self._m.inside()
            and not self._m.world.fixed
        ):
            self._m.world.go(self._m.world.outdoors() or self._m.world.spots[self._m.world.here])
        if clause.mood == "absent":
            for one in found.doers:
                self._m.scene.pop(one, None)
            if found.text:
                self._m.add("still", found.text, (), weight=0.35)
            return
        self._place(found, doers)
        if clause.mood == "real":
            self._grow_old(found)
            doers = tuple(one for one in found.doers if self._m.people.beings[one].drawn)
        short = self._lex.is_("perceive", clause.lemma) and len(found.text.split()) < 4
        if short and not found.others and not clause.objects:
            return
        if found.said:
            self._speaking.say(found, doers)
        elif doers:
            self._acting.act(found, doers)
        else:
            self._showing.show(found)
        self._showing.consequences(found)

    def _place(self, found: Found, doers: tuple[str, ...]) -> None:
        """Move to where the clause plays."""
        before, season = self._m.world.here, self._m.world.moment().season
        self._m.world.listen(found.sentence, found.clause, self._m.lines[0])
        if before == self._m.world.here and season != self._m.world.moment().season:
            self._thaw(found.clause)
        for one in doers:
            if self._m.scene.get(one, (self._m.world.here, 0))[0] != self._m.world.here:
                self._m.on.pop(one, None)
                self._m.poses.pop(one, None)
        if self._m.world.here != before or not doers or self._m.world.fixed:
            return
        if self._joins(found):
            return
        here = self._m.world.spots.get(self._m.world.here)
        forces = all(self._m.people.beings[one].kind == "thing" for one in doers)
        outside = self._m.world.outdoors()
        if here and here.indoors and forces and outside:
            self._m.world.go(outside)
            return
        motion = self._lex.is_("motion", found.clause.lemma) and found.clause.mood != "denied"
        whose = found.others if motion else doers
        near = (
            not motion
            or any(prep in _NEAR for prep, _ in found.clause.preps)
            or bool(found.clause.objects)
        )
        for one in whose if near else ():
            place, when = self._m.scene.get(one, ("", -99))
            spot = self._m.world.spots.get(place)
            if spot is None or len(self._m.beats) - when > 24:
                continue
            here = self._m.world.spots.get(self._m.world.here)
            if (
                spot.indoors
                or spot.id.endswith("-corner")
                or (here and here.indoors and not motion)
            ):
                self._m.world.go(spot)
                return

    def _joins(self, found: Found) -> bool:
        """Go where the one is beside whom somebody kneels, sits or stands."""
        if found.clause.lemma not in _POSTURES or found.clause.mood != "real":
            return False
        for prep, word in found.clause.preps:
            for one in found.refs.get(word.i, ()) if prep in _NEAR else ():
                spot = self._m.world.spots.get(self._m.scene.get(one, ("", 0))[0])
                if spot is not None and spot.id != self._m.world.here:
                    self._m.world.go(spot)
                    return True
        return False

    def _thaw(self, clause: Clause) -> None:
        """Tell a described change from the paragraph's first beat here: it was so all along."""
        if clause.verb.tag != "VBN" and clause.lemma != "be":
            return
        now = self._m.world.moment()
        if now.season == "winter" or "blossom" not in now.features:
            return
        for at, beat in enumerate(self._m.beats):
            if beat.paragraph == self._m.paragraph and beat.moment.place == now.place:
                features = tuple(dict.fromkeys((*beat.moment.features, *now.features)))
                moment = replace(
                    beat.moment, season=now.season, weather=now.weather, features=features
                )
                present = tuple(
                    p for p in beat.present if self._m.people.beings[p.id].kind != "thing"
                )
                self._m.beats[at] = replace(beat, moment=moment, present=present)
        for one in [one for one in self._m.scene if self._m.people.beings[one].kind == "thing"]:
            self._m.scene.pop(one)

    def _grow_old(self, found: Found) -> None:
        clause = found.clause
        attribute = clause.attribute
        if (
            attribute is None
            or not self._lex.is_("grow", clause.lemma)
            or attribute.lemma not in ("old", "aged", "grey")
        ):
            return
        for one in found.doers:
            being = self._m.people.beings[one]
            if being.age in ("adult", "teen") and being.members == 1:
                old = self._m.people.aged(being, self._m.lines[0])
                found.doers = tuple(old.id if each == one else each for each in found.doers)
                for table in (self._m.on, self._m.holds):
                    table.pop(one, None)
                if one in self._m.scene:
                    self._m.scene[old.id] = self._m.scene.pop(one)
                self._m.speaker = old.id if self._m.speaker == one else self._m.speaker

    def _is_sign(self, text: str) -> bool:
        """Take lines of capitals after a sign as the words on it."""
        bare = text.strip()
        if self._m.sign is None or not bare.isupper() or len(bare.split()) > 12:
            return False
        first = not self._m.sign.text
        self._m.sign.text = f"{self._m.sign.text} {bare}".strip()
        if first:
            self._m.add(
                "detail",
                tidy(f"{self._m.sign.name} reads"),
                (),
                focus=self._m.sign.id,
                things=(self._m.sign.id,),
                weight=1.0,
                turn=True,
            )
        last = self._m.beats[-1]
        self._m.beats[-1] = replace(
            last,
            text=f"The {self._m.sign.kind} reads: {self._m.sign.text}",
            lines=(last.lines[0], self._m.lines[1]),
        )
        return True

    def _home(self, sentence: Sentence) -> None:
        for word in sentence.words:
            if (
                word.lemma in ("castle", "cottage", "palace", "hut", "cabin", "tower")
                and word.is_noun
            ):
                self._m.world.home = f"the {word.lemma}"


def _it_named(text: str, name: str) -> str:
    for start in ("It ", "it "):
        if text.startswith(start):
            return f"{name[0].upper()}{name[1:]} {text[len(start) :]}"
    return text
