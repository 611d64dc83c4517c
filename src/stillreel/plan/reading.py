"""English stories into beats: clause by clause, who does what to whom, where and when."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from stillreel.plan.clauses import clauses
from stillreel.plan.lexicon import lexicon
from stillreel.plan.names import fresh, slug
from stillreel.plan.people import People, owner
from stillreel.plan.telling import Beat, Part, Said, Thing
from stillreel.plan.wording import clause_text, full_noun, listed, stand_ins, tidy
from stillreel.plan.world import World

if TYPE_CHECKING:
    from stillreel.plan.clauses import Clause
    from stillreel.plan.grammar import Sentence, Word
    from stillreel.plan.people import Refs
    from stillreel.plan.quotes import Masked
    from stillreel.plan.telling import BeatKind
    from stillreel.values.scene import Action, Emotion

_TURNS = frozenset(
    "build destroy knock kiss embrace die kneel melt discover kill break wound vanish weep rescue marry dare".split(
        " "
    )
)
_RESTING = frozenset(
    "sit stand lie sleep climb perch ride wait put lay kneel hide settle be hang rattle place set lift doze sing".split(
        " "
    )
)
_STATES = frozenset("be become grow feel seem look get turn sound remain stay".split(" "))
_HEARTFELT = frozenset(
    "happy glad sorry sad afraid frightened angry hate furious unhappy scared terrified wonderful selfish lonely miserable delighted".split(
        " "
    )
)
_NEAR = frozenset("to behind before near beside towards toward by up".split(" "))
_MEMORY = 8


_VOCATIVE = re.compile(r",\s+([A-Z][a-z]+)[.!?,]|^([A-Z][a-z]+),")


@dataclass(slots=True)
class _Found:
    """A clause with whom and what it is about."""

    sentence: Sentence
    clause: Clause
    refs: Refs
    doers: tuple[str, ...]
    others: tuple[str, ...]
    """Beings the verb is done to, or towards."""
    along: tuple[str, ...]
    """Beings who do the same, after `with`."""
    text: str
    said: str


class Reader:
    """Reads paragraphs one after the other and keeps the beats."""

    def __init__(self) -> None:
        """Start a story in which nothing has happened."""
        self.taken: set[str] = set()
        self.people = People(self.taken)
        self.world = World(self.taken)
        self.things: dict[str, Thing] = {}
        self.beats: list[Beat] = []
        self.speaker = ""
        self._lex = lexicon()
        self._on: dict[str, str] = {}
        self._holds: dict[str, str] = {}
        self._scene: dict[str, tuple[str, int]] = {}
        self._poses: dict[str, Action] = {}
        self._it: tuple[str, str] = ("", "")
        """What `it` is: an id of a thing or being, and its noun phrase."""
        self._paragraph = 0
        self._lines = (0, 0)
        self._sign: Thing | None = None

    def paragraph(
        self, masked: Masked, sentences: tuple[Sentence, ...], lines: tuple[int, int]
    ) -> None:
        """Read one paragraph of prose or of action."""
        self._paragraph += 1
        self._lines = lines
        self._holds.clear()
        if self._is_sign(masked.text):
            return
        opening = sentences[0].words[:14] if sentences else ()
        if any(self._lex.time(word.lemma) and word.dep in ("npadvmod", "pobj") for word in opening):
            self._scene.clear()
            self._on.clear()
            self._poses.clear()
        spoke = ""
        for sentence in sentences:
            end = sentence.words[-1].start + 1
            quoted = [q.text for q in masked.quotes if sentence.words[0].start <= q.start <= end]
            spoke = self._sentence(sentence, " ".join(quoted), spoke) or spoke

    def speech(
        self, who: str, text: str, lines: tuple[int, int], manner: str = "", *, off: bool = False
    ) -> None:
        """Add a speech of a script."""
        self._lines = lines
        feeling = self._lex.emotion(_words(manner)) or self._spoken_feeling(text)
        other = self.people.last_two(who)
        part = Part(who, "talk", feeling, looks_at=other if self._is_here(other) else "")
        name = self._name((who,))
        told = tidy(f"{name} speaks{', ' + manner if manner else ''}")
        self._called(text, other)
        self.people.speak_of((who,))
        self.people.beings[who].acts += 1
        self._add(
            "speech",
            told,
            (part,) if not off else (),
            said=Said(who, text, off=off),
            weight=_spoken(text),
        )
        self.speaker = who

    def newcomer(self, who: str) -> None:
        """Let someone be present from now on."""
        self._scene[who] = (self.world.here, len(self.beats))

    def empty_scene(self) -> None:
        """Let nobody be present: a new scene of a script begins."""
        self._scene.clear()
        self._on.clear()
        self._holds.clear()
        self._paragraph += 1

    def _sentence(self, sentence: Sentence, quoted: str, spoke: str) -> str:
        """Read one sentence; return the speaker if somebody spoke."""
        told = clauses(sentence)
        happens = {i for c in told if c.mood not in ("unreal", "before") for i in c.words}
        happens |= {
            word.i for c in told if c.mood not in ("unreal", "before") for word in c.subjects
        }
        unreal = frozenset(range(len(sentence.words))) - happens
        subjects = frozenset(word.i for clause in told for word in clause.subjects)
        refs = self.people.read(sentence, self._lines[0], unreal, subjects)
        self._home(sentence)
        speaker = ""
        hidden = stand_ins(sentence)
        rest = quoted
        for clause in told:
            if clause.mood in ("unreal", "before"):
                continue
            mine = rest if self._speaks(sentence, clause, hidden) else ""
            found = self._found(sentence, clause, refs, mine)
            if mine:
                rest = ""
                speaker = found.doers[0] if found.doers else ""
            self._clause(found)
        if rest:
            speaker = spoke or self._turn_taker(refs)
            self._unattributed(speaker, rest)
        return speaker

    def _speaks(self, sentence: Sentence, clause: Clause, hidden: frozenset[int]) -> bool:
        if not hidden:
            return False
        if self._lex.is_("say", clause.lemma):
            return True
        return any(i in hidden for i in clause.words) and self._lex.is_("mental", clause.lemma)

    def _found(self, sentence: Sentence, clause: Clause, refs: Refs, said: str) -> _Found:
        doers: list[str] = []
        framed = (
            clause.lemma == "be"
            and clause.attribute is not None
            and not any(w.i in refs for w in clause.subjects)
        )
        named = self._joined(sentence, clause.attribute) if framed and clause.attribute else ()
        if (
            any(word.lemma in ("all", "both") and word.i not in refs for word in clause.subjects)
            and self.beats
        ):
            doers = [part.id for part in self.beats[-1].parts[:1]]
        for word in named if any(w.i in refs for w in named) else clause.subjects:
            ids = refs.get(word.i) or owner(sentence, word, refs)
            if not ids and word.lemma == "it" and self._it[0] in self.people.beings:
                ids = (self._it[0],)
            if not ids and said and word.is_noun:
                being = self.people.meet(f"the {word.text}", self._lines[0])
                self.people.animate(being, word.lemma)
                ids = (being.id,)
            doers += [one for one in ids if one not in doers]
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
        text = clause_text(sentence, clause, refs, self._name)
        text = text if not self._it[1] else _it_named(text, self._it[1])
        if clause.passive:
            agents = [one for prep, w in clause.preps if prep == "by" for one in refs.get(w.i, ())]
            if agents:
                doers, others = agents, [*doers, *(one for one in others if one not in agents)]
        return _Found(sentence, clause, refs, tuple(doers), tuple(others), tuple(along), text, said)

    def _joined(self, sentence: Sentence, noun: Word) -> tuple[Word, ...]:
        return (
            noun,
            *(
                one
                for link in sentence.children(noun, "conj")
                for one in self._joined(sentence, link)
            ),
        )

    def _clause(self, found: _Found) -> None:
        clause = found.clause
        if self._lex.action(clause.lemma) is None and clause.lemma not in ("be", "have", *_STATES):
            if clause.passive:
                return
            last = self.beats[-1] if self.beats else None
            if (
                last
                and last.parts
                and found.doers
                and last.parts[0].id == found.doers[0]
                and not found.said
            ):
                return
        doers = tuple(one for one in found.doers if self.people.beings[one].drawn)
        if found.doers and not doers and not found.said and self._inside() and not self.world.fixed:
            self.world.go(self.world.outdoors() or self.world.spots[self.world.here])
        if clause.mood == "absent":
            for one in found.doers:
                self._scene.pop(one, None)
            if found.text:
                self._add("still", found.text, (), weight=0.35)
            return
        self._place(found, doers)
        if clause.mood == "real":
            self._grow_old(found)
            doers = tuple(one for one in found.doers if self.people.beings[one].drawn)
        short = self._lex.is_("perceive", clause.lemma) and len(found.text.split()) < 4
        if short and not found.others and not clause.objects:
            return
        if found.said:
            self._say(found, doers)
        elif doers:
            self._act(found, doers)
        else:
            self._show(found)
        self._consequences(found)

    def _place(self, found: _Found, doers: tuple[str, ...]) -> None:
        """Move to where the clause plays."""
        before, season = self.world.here, self.world.moment().season
        self.world.listen(found.sentence, found.clause, self._lines[0])
        if before == self.world.here and season != self.world.moment().season:
            self._thaw(found.clause)
        for one in doers:
            if self._scene.get(one, (self.world.here, 0))[0] != self.world.here:
                self._on.pop(one, None)
                self._poses.pop(one, None)
        if self.world.here != before or not doers or self.world.fixed:
            return
        here = self.world.spots.get(self.world.here)
        forces = all(self.people.beings[one].kind == "thing" for one in doers)
        outside = self.world.outdoors()
        if here and here.indoors and forces and outside:
            self.world.go(outside)
            return
        motion = self._lex.is_("motion", found.clause.lemma) and found.clause.mood != "denied"
        whose = found.others if motion else doers
        near = (
            not motion
            or any(prep in _NEAR for prep, _ in found.clause.preps)
            or bool(found.clause.objects)
        )
        for one in whose if near else ():
            place, when = self._scene.get(one, ("", -99))
            spot = self.world.spots.get(place)
            if spot is None or len(self.beats) - when > 24:
                continue
            here = self.world.spots.get(self.world.here)
            if (
                spot.indoors
                or spot.id.endswith("-corner")
                or (here and here.indoors and not motion)
            ):
                self.world.go(spot)
                return

    def _thaw(self, clause: Clause) -> None:
        """A described change was so all along: tell it from the paragraph's first beat in this place."""
        if clause.verb.tag != "VBN" and clause.lemma != "be":
            return
        now = self.world.moment()
        for at, beat in enumerate(self.beats):
            if beat.paragraph == self._paragraph and beat.moment.place == now.place:
                features = tuple(dict.fromkeys((*beat.moment.features, *now.features)))
                moment = replace(
                    beat.moment, season=now.season, weather=now.weather, features=features
                )
                present = tuple(p for p in beat.present if self.people.beings[p.id].kind != "thing")
                self.beats[at] = replace(beat, moment=moment, present=present)
        for one in [one for one in self._scene if self.people.beings[one].kind == "thing"]:
            self._scene.pop(one)

    def _say(self, found: _Found, doers: tuple[str, ...]) -> None:
        words = _words(found.text)
        feeling = self._lex.emotion(
            w for w in words if w not in ("cry", "cried")
        ) or self._spoken_feeling(found.said)
        target = next((one for one in found.others if self._is_here(one)), "")
        if not target and doers:
            other = self.people.last_two(doers[0])
            target = other if other and self._is_here(other) else ""
        self._called(found.said, target or (self.people.last_two(doers[0]) if doers else ""))
        parts = [
            Part(
                one,
                "talk",
                feeling,
                looks_at=target,
                on=self._on.get(one, ""),
                holds=self._holds.get(one, ""),
            )
            for one in doers
        ]
        if target:
            parts.append(self._standing(target, looks_at=doers[0] if doers else ""))
        for one in doers:
            self.people.beings[one].acts += 1
        self.speaker = doers[0] if doers else ""
        who = doers[0] if doers else ""
        text = found.text
        if len(text.split()) < 6 and doers:
            to = f" to {self._name((target,))}" if target and target not in doers else ""
            text = tidy(
                f"{self._name(doers)} {'speaks' if not self.people.group(doers) else 'speak'}{to}"
            )
        text = text or tidy("A voice speaks")
        self._add(
            "speech",
            text,
            tuple(parts),
            said=Said(who, _clean(found.said), off=not who),
            weight=_spoken(found.said),
        )
        thing = who and self.people.beings[who].kind == "thing"
        self._it = (who, self.people.beings[who].name) if thing else ("", "")

    def _unattributed(self, speaker: str, text: str) -> None:
        if speaker and not self.people.beings[speaker].drawn:
            speaker = ""
        other = self.people.last_two(speaker)
        self._called(text, other)
        parts: tuple[Part, ...] = ()
        if speaker:
            looks = other if self._is_here(other) else ""
            parts = (
                Part(
                    speaker,
                    "talk",
                    self._spoken_feeling(text),
                    looks_at=looks,
                    on=self._on.get(speaker, ""),
                ),
            )
            if looks:
                parts = (*parts, self._standing(looks, looks_at=speaker))
        told = tidy(f"{self._name((speaker,)) if speaker else 'a voice'} speaks")
        self._add(
            "speech",
            told,
            parts,
            said=Said(speaker, _clean(text), off=not speaker),
            weight=_spoken(text),
        )
        self.speaker = speaker

    def _called(self, text: str, listener: str) -> None:
        """Learn the listener's name from `Where is the money, Vivian?`."""
        for match in _VOCATIVE.finditer(text):
            self.people.call(match.group(1) or match.group(2), listener)

    def _turn_taker(self, refs: Refs) -> str:
        """Guess who speaks when nobody is named: someone of this sentence, else the other one."""
        for ids in refs.values():
            if ids and self.people.beings[ids[0]].kind == "human" and ids[0] != self.speaker:
                return ids[0]
        return self.people.last_two(self.speaker)

    def _act(self, found: _Found, doers: tuple[str, ...]) -> None:
        clause = found.clause
        action = self._action(clause)
        thing = self._thing(found)
        self._rest(found, doers)
        action = self._posed(clause, doers, action)
        feeling = self._feeling(found)
        others = [one for one in found.others if self.people.beings[one].drawn]
        target = next(iter(others), "") or (thing.id if thing else "")
        kind, weight = self._kind(found, action)
        if found.others and action in ("reach", "carry", "embrace", "fight", "kneel", "work"):
            weight += 0.4
        holding = thing.id if thing and self._lex.is_("take", clause.lemma) else ""
        parts: list[Part] = []
        for one in (*doers, *found.along):
            if holding and one == doers[0]:
                self._holds[one] = holding
            if not self.people.beings[one].drawn:
                continue
            self.people.beings[one].acts += 1
            self.people.beings[one].did.add(clause.lemma)
            parts.append(
                Part(
                    one,
                    action,
                    feeling,
                    looks_at=target if target != one else "",
                    on=self._on.get(one, ""),
                    holds=self._holds.get(one, ""),
                )
            )
        for one in found.others:
            if self.people.beings[one].drawn and self._touches(found, one):
                parts.append(self._standing(one, looks_at=doers[0], embraced=action == "embrace"))
        turn = (
            clause.lemma in _TURNS
            or "suddenly" in found.text.lower()
            or "dead" in found.text.lower()
        )
        weight += 0.4 if turn else 0.0
        focus = thing.id if thing and kind in ("action", "look") else ""
        self._add(
            kind,
            found.text,
            tuple(parts),
            focus=focus,
            things=(thing.id,) if thing else (),
            weight=weight,
            travel=self._travel(clause),
            turn=turn,
            found=found,
        )
        self._it = ("", "")

    def _posed(self, clause: Clause, doers: tuple[str, ...], action: Action) -> Action:
        """Keep someone lying, sitting or kneeling until they do something else."""
        still = (
            action == "stand"
            and clause.lemma != "stand"
            and (clause.passive or clause.lemma in _STATES)
        )
        if still:
            return self._poses.get(doers[0], action)
        for one in doers:
            if action in ("sit", "lie", "kneel", "sleep"):
                self._poses[one] = action
            elif action not in ("look", "talk", "cry", "laugh") and clause.mood == "real":
                self._poses.pop(one, None)
            if action in ("play", "dance", "embrace", "lie", "sleep"):
                self._holds.pop(one, None)
        return action

    def _touches(self, found: _Found, one: str) -> bool:
        """Say whether the other being must be in the picture: not if only thought or spoken of."""
        if self._lex.is_("mental", found.clause.lemma) and not self._is_here(one):
            return False
        place, when = self._scene.get(one, ("", -99))
        there, here = self.world.spots.get(place), self.world.spots.get(self.world.here)
        moving = self._lex.is_("motion", found.clause.lemma)
        apart = there is not None and here is not None and there.indoors != here.indoors
        if apart and not moving and len(self.beats) - when < 16:
            return False
        about = any(
            prep in ("about", "of", "from") and one in found.refs.get(w.i, ())
            for prep, w in found.clause.preps
        )
        return not about or self._is_here(one)

    def _kind(self, found: _Found, action: Action) -> tuple[BeatKind, float]:
        clause = found.clause
        if clause.mood in ("denied", "stopped"):
            return "still", 0.45
        if clause.lemma in _STATES and (clause.attribute is not None or clause.lemma == "be"):
            return ("feeling", 0.6) if self._feeling(found) != "neutral" else ("portrait", 0.5)
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

    def _show(self, found: _Found) -> None:
        """Tell a clause whose subject is nobody: a place, a feature, a thing, the weather."""
        clause = found.clause
        if not found.text:
            return
        subject = clause.subjects[0] if clause.subjects else None
        if subject is not None and subject.is_noun:
            noun = full_noun(found.sentence, subject)
            shown = self._lex.feature(noun) or self._lex.feature(subject.lemma)
            singular = not subject.plural and self._lex.prop(subject.lemma) and not shown
            if singular or (subject.lemma == "flower" and not subject.plural):
                thing = self._thing_called(noun, subject)
                self._it = (thing.id, f"the {noun}")
            else:
                self._it = ("", "")
        focus = self._it[0] if self._it[0] in self.things else ""
        holders = [
            one
            for one in found.others
            if self._touches(found, one) and self.people.beings[one].drawn
        ]
        prints = [
            one for w in found.clause.subjects for one in owner(found.sentence, w, found.refs)
        ]
        parts = tuple(self._standing(one) for one in dict.fromkeys((*holders, *prints)))
        if any(w in found.text for w in ("hand", "palm", "finger")):
            parts = tuple(replace(part, does="reach") for part in parts)
        minds = [one for i in clause.words for one in found.refs.get(i, ()) if self._is_here(one)]
        if not parts and not focus and subject is not None and subject.lemma == "it" and minds:
            if clause.attribute is None or not clause.attribute.is_noun:
                part = replace(self._standing(minds[0]), emotion=self._feeling(found))
                self._add("feeling", found.text, (part,), weight=0.5, found=found)
                return
        kind: BeatKind = "detail" if focus or parts else "scenery"
        if kind == "scenery" and clause.lemma == "be" and not self._shows_something(found):
            return
        seen = self._thing(found)
        things = tuple(dict.fromkeys(one for one in (focus, seen.id if seen else "") if one))
        self._add(kind, found.text, parts, focus=focus, things=things, weight=0.6, found=found)

    def _inside(self) -> bool:
        here = self.world.spots.get(self.world.here)
        return here is not None and here.indoors

    def _shows_something(self, found: _Found) -> bool:
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

    def _action(self, clause: Clause) -> Action:
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
        if found == "cry" and clause.preps and clause.preps[0][0] == "to":
            return "talk"
        if clause.passive and found not in ("sit", "lie", "stand"):
            return "stand"
        return found

    def _feeling(self, found: _Found) -> Emotion:
        words = [found.sentence.words[i] for i in found.clause.words]
        lemmas = [w.lemma for w in words if w.dep != "poss" and not self._mere_season(w)]
        feeling = self._lex.emotion([found.clause.lemma, *lemmas]) or "neutral"
        if found.clause.mood == "attempt" and feeling in ("neutral", "happy"):
            return "determined"
        if found.clause.mood == "denied":
            return (
                "sad"
                if feeling == "happy" or self._lex.is_("mental", found.clause.lemma)
                else "neutral"
            )
        return feeling

    def _mere_season(self, word: Word) -> bool:
        return word.lemma in ("beautiful", "lovely", "delightful") and word.dep == "amod"

    def _spoken_feeling(self, text: str) -> Emotion:
        found = self._lex.emotion(one for one in _words(text) if one in _HEARTFELT)
        if found:
            return found
        return "surprised" if "!" in text and "?" in text else "neutral"

    def _thing(self, found: _Found) -> Thing | None:
        """Return the thing a clause handles or sees."""
        for word in found.clause.objects:
            if word.is_noun and word.i not in found.refs:
                noun = full_noun(found.sentence, word)
                if self._lex.prop(noun) or self._lex.prop(word.lemma):
                    if self._lex.feature(noun) not in (
                        "",
                        "sign",
                        "flower",
                        "candle",
                        "boat",
                        "mirror",
                    ):
                        continue
                    return self._thing_called(noun, word)
        return None

    def _thing_called(self, noun: str, word: Word) -> Thing:
        kind = noun if self._lex.prop(noun) else word.lemma
        for thing in self.things.values():
            if thing.kind in (kind, noun) or thing.kind.endswith(f"-{word.lemma}"):
                return thing
        looks = self._lex.prop(kind) or self._lex.prop(word.lemma)
        name = fresh(slug(noun, f"thing-{len(self.things) + 1}"), self.taken)
        thing = Thing(
            name,
            f"the {noun}",
            kind,
            looks.size_m if looks else 0.3,
            looks.colour if looks else "#8a6a45",
        )
        thing.lines.append(self._lines[0])
        self.things[name] = thing
        return thing

    def _rest(self, found: _Found, doers: tuple[str, ...]) -> None:
        """Remember on what bodies are: in the tree, on the chair, in bed."""
        clause = found.clause
        rest = ""
        for prep, word in clause.preps:
            if prep in ("on", "in", "into", "upon", "onto", "up", "at") or (prep == "of" and rest):
                noun = full_noun(found.sentence, word)
                names = (noun, word.text.lower(), word.lemma)
                rest = next((one for name in names if (one := self._lex.rest(name))), rest)
        moved = found.others if clause.lemma in ("put", "lay", "place", "set", "lift") else doers
        if rest and (clause.lemma in _RESTING or "on" in (p for p, _ in clause.preps)):
            for one in moved:
                self._on[one] = rest
        elif self._lex.is_("motion", clause.lemma) or clause.lemma in (
            "stand",
            "kneel",
            "fall",
            "lie",
        ):
            for one in doers:
                self._on.pop(one, None)

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

    def _consequences(self, found: _Found) -> None:
        """Change the world by what was done: walls built and broken, clothes described."""
        clause = found.clause
        if clause.mood != "real":
            return
        for word in clause.objects:
            noun = full_noun(found.sentence, word)
            feature = self._lex.feature(noun) or self._lex.feature(word.lemma)
            if self._lex.is_("build", clause.lemma) and (feature or self._lex.written(noun)):
                if self._lex.written(noun):
                    self._put_up(self._thing_called(noun, word))
                elif feature and self._lex.action(clause.lemma, clause.particle) == "work":
                    self.world.build(feature)
            if feature and self._lex.is_("destroy", clause.lemma):
                self.world.destroy(feature)
        if self._lex.is_("drop", clause.lemma) and clause.objects:
            for one in found.doers:
                self._holds.pop(one, None)
        self._looks(found)

    def _put_up(self, thing: Thing) -> None:
        self.world.standing.setdefault(self.world.here, [])
        if thing.id not in self.world.standing[self.world.here]:
            self.world.standing[self.world.here].append(thing.id)
        self._sign = thing

    def _looks(self, found: _Found) -> None:
        """Keep what a clause says about how its subject looks."""
        clause = found.clause
        if not found.doers:
            return
        being = self.people.beings[found.doers[0]]
        lemmas = [found.sentence.words[i].lemma for i in clause.words]
        worn = self._lex.is_("wear", clause.lemma) and (clause.passive or clause.lemma == "wear")
        body = any(
            one in ("hair", "beard", "eye", "eyes", "face", "cloak", "breath") for one in lemmas
        )
        state = clause.lemma == "be" and clause.attribute is not None
        if worn or (body and clause.lemma in ("be", "have")) or (state and body):
            being.looks.append(found.text)
            being.worn += lemmas
        elif state or any(
            w.text.lower() == "her" or w.text.lower() == "his" for w in found.sentence.words
        ):
            cloaks = [
                i
                for i, w in enumerate(found.sentence.words)
                if self._lex.garment(w.lemma) and w.dep == "pobj"
            ]
            for i in cloaks:
                word = found.sentence.words[i]
                poss = found.sentence.child(word, "poss")
                if poss is not None and being.id in found.refs.get(poss.i, ()):
                    being.worn += [
                        w.lemma for w in sorted(found.sentence.subtree(word), key=lambda w: w.i)
                    ]
            if state and clause.attribute is not None:
                being.worn.append(clause.attribute.lemma)

    def _grow_old(self, found: _Found) -> None:
        clause = found.clause
        attribute = clause.attribute
        if (
            attribute is None
            or not self._lex.is_("grow", clause.lemma)
            or attribute.lemma not in ("old", "aged", "grey")
        ):
            return
        for one in found.doers:
            being = self.people.beings[one]
            if being.age in ("adult", "teen") and being.members == 1:
                old = self.people.aged(being, self._lines[0])
                found.doers = tuple(old.id if each == one else each for each in found.doers)
                for table in (self._on, self._holds):
                    table.pop(one, None)
                if one in self._scene:
                    self._scene[old.id] = self._scene.pop(one)
                self.speaker = old.id if self.speaker == one else self.speaker

    def _standing(self, one: str, *, looks_at: str = "", embraced: bool = False) -> Part:
        does: Action = "embrace" if embraced else self._poses.get(one, "stand")
        rest = self._on.get(one, "")
        if rest in ("chair", "bench", "tree") and not embraced:
            does = "sit"
        if rest == "bed":
            does = "lie"
        return Part(
            one,
            does,
            "neutral",
            looks_at=looks_at if looks_at != one else "",
            on=rest,
            holds=self._holds.get(one, ""),
        )

    def _is_sign(self, text: str) -> bool:
        """Take lines of capitals after a sign as the words on it."""
        bare = text.strip()
        if self._sign is None or not bare.isupper() or len(bare.split()) > 12:
            return False
        first = not self._sign.text
        self._sign.text = f"{self._sign.text} {bare}".strip()
        if first:
            self._add(
                "detail",
                tidy(f"{self._sign.name} reads"),
                (),
                focus=self._sign.id,
                things=(self._sign.id,),
                weight=1.0,
                turn=True,
            )
        last = self.beats[-1]
        self.beats[-1] = replace(
            last,
            text=f"The {self._sign.kind} reads: {self._sign.text}",
            lines=(last.lines[0], self._lines[1]),
        )
        return True

    def _home(self, sentence: Sentence) -> None:
        for word in sentence.words:
            if (
                word.lemma in ("castle", "cottage", "palace", "hut", "cabin", "tower")
                and word.is_noun
            ):
                self.world.home = f"the {word.lemma}"

    def _is_here(self, one: str) -> bool:
        place, when = self._scene.get(one, ("", -99))
        return bool(one) and place == self.world.here and len(self.beats) - when <= _MEMORY

    def _passing(self, one: str) -> bool:
        """Say whether a force of nature has done its part and need not stand about."""
        return self.people.beings[one].kind == "thing" and len(self.beats) - self._scene[one][1] > 2

    def _name(self, ids: tuple[str, ...]) -> str:
        return listed([self.people.beings[one].name for one in ids])

    def _add(
        self,
        kind: BeatKind,
        text: str,
        parts: tuple[Part, ...],
        *,
        said: Said | None = None,
        focus: str = "",
        things: tuple[str, ...] = (),
        weight: float = 1.0,
        travel: str = "",
        turn: bool = False,
        found: _Found | None = None,
    ) -> None:
        doing = {part.id for part in parts}
        present = tuple(
            self._standing(one)
            for one in self._scene
            if one not in doing and self._is_here(one) and not self._passing(one)
        )
        extra = self.world.features_in(found.sentence, found.clause) if found else ()
        lemmas = [found.sentence.words[i].lemma for i in found.clause.words] if found else []
        windy = any(self.people.beings[p.id].species.endswith("wind") for p in parts[:1])
        standing = self.world.standing.get(self.world.here, ())
        beat = Beat(
            kind=kind,
            text=text,
            lines=self._lines,
            moment=self.world.moment(extra, "wind" if windy else None),
            parts=_once(parts),
            present=present,
            said=said,
            focus=focus,
            things=tuple(dict.fromkeys((*things, *standing))),
            sounds=self._lex.sounds(
                w for w in lemmas if not (w == "break" and "blossom" in lemmas)
            ),
            weight=weight,
            travel=travel,  # pyright: ignore[reportArgumentType]
            paragraph=self._paragraph,
            turn=turn,
        )
        self.beats.append(beat)
        for part in parts:
            if travel == "out" and part is parts[0]:
                for one in doing:
                    self._scene.pop(one, None)
            elif travel != "out":
                self._scene[part.id] = (self.world.here, len(self.beats))


def _once(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    seen: dict[str, Part] = {}
    for part in parts:
        seen.setdefault(part.id, part)
    return tuple(seen.values())


def _clean(text: str) -> str:
    bare = " ".join(text.split()).rstrip(",;:— ")
    return bare if bare[-1:] in '.!?…"”’)' else f"{bare}."


def _words(text: str) -> list[str]:
    return [one.strip(".,;:!?“”\"'()").lower() for one in text.split()]


def _spoken(text: str) -> float:
    return 0.8 + len(text.split()) / 9


def _it_named(text: str, name: str) -> str:
    for start in ("It ", "it "):
        if text.startswith(start):
            return f"{name[0].upper()}{name[1:]} {text[len(start) :]}"
    return text
