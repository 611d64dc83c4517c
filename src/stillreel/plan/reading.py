"""English stories into beats: clause by clause, who does what to whom, where and when."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from stillreel.plan.acting import Acting
from stillreel.plan.clauses import clauses
from stillreel.plan.finding import Finding
from stillreel.plan.kin import departed
from stillreel.plan.lexicon import lexicon, word_set
from stillreel.plan.memory import Found, Memory
from stillreel.plan.placing import Placing
from stillreel.plan.showing import Showing
from stillreel.plan.speaking import Speaking
from stillreel.plan.wording import stand_ins, tidy

if TYPE_CHECKING:
    from stillreel.plan.brackets import Introduction
    from stillreel.plan.grammar import Sentence
    from stillreel.plan.predicate import Clause
    from stillreel.plan.pronouns import Refs
    from stillreel.plan.quotes import Masked

_STATES = word_set("be become grow feel seem look get turn sound remain stay")


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
        self._placing = Placing(self.memory)
        self._finding = Finding(self.memory)

    def paragraph(
        self, masked: Masked, sentences: tuple[Sentence, ...], lines: tuple[int, int]
    ) -> None:
        """Read one paragraph of prose or of action."""
        self._m.paragraph += 1
        self._m.lines = lines
        if not self._m.world.fixed:
            self._m.holds.clear()
        if self._is_sign(masked.text):
            return
        opening = sentences[0].words[:14] if sentences else ()
        if any(self._lex.time(word.lemma) and word.dep in ("npadvmod", "pobj") for word in opening):
            self._m.scene.clear()
            self._m.posture.pass_time()
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
        self._m.posture.clear()
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
        unreal = frozenset(range(len(sentence.words))) - happens | departed(sentence)
        subjects = frozenset(word.i for clause in told for word in clause.subjects)
        refs = self._m.people.read(sentence, self._m.lines[0], unreal, subjects)
        self._placing.home(sentence)
        self._m.world.clear_up(sentence)
        speaker = ""
        hidden = stand_ins(sentence)
        rest = quoted
        for clause in told:
            if clause.mood == "before":
                self._m.world.darken(clause)
            if clause.mood in ("unreal", "before"):
                continue
            if clause.seen and clause.verb.tag == "VB" and not self._lively(clause, refs):
                continue
            mine = rest if self._speaks(clause, hidden) else ""
            found = self._finding.find(sentence, clause, refs, mine)
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
            self._showing.absent(found)
            return
        self._placing.place(found, doers)
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
