# ruff: noqa: RUF001 - typographic marks end speeches
"""Who says what to whom, in prose and in scripts."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from stillreel.plan.lexicon import lexicon, word_set
from stillreel.plan.telling import Part, Said
from stillreel.plan.wording import tidy

if TYPE_CHECKING:
    from stillreel.plan.memory import Found, Memory
    from stillreel.plan.pronouns import Refs
    from stillreel.values.scene import Emotion

_HEARTFELT = word_set("""
    happy glad sorry sad afraid frightened angry hate furious unhappy scared terrified
    wonderful selfish lonely miserable delighted
""")
_AWAY = re.compile(
    r"\b(?:not|without) (?:even )?look(?:ing|s)? (?:at|up|round)"
    r"|\blooking away|\bturn(?:s|ing)? away"
)
_SELF = re.compile(
    r"\b[Mm]y name(?:'s|’s| is) ([A-Z]\w+(?: [A-Z]\w+)?)|\bI(?:'m|’m| am) ([A-Z]\w+)\b"
)
_VOCATIVE = re.compile(r",\s+([A-Z][a-z]+)[.!?,]|^([A-Z][a-z]+),")


class Speaking:
    """Turns speech into beats."""

    def __init__(self, memory: Memory) -> None:
        """Work on the given memory."""
        self._m = memory
        self._lex = lexicon()

    def speech(
        self, who: str, text: str, lines: tuple[int, int], manner: str = "", *, off: bool = False
    ) -> None:
        """Add a speech of a script."""
        self._m.lines = lines
        feeling = self._lex.emotion(_words(manner)) or self._spoken_feeling(text)
        last = self._m.speaker
        near = last if last != who and self._m.is_here(last) else self._faced(who)
        other = near or self._m.people.last_two(who)
        away = bool(_AWAY.search(manner))
        seen = self._m.is_here(other) and not away
        part = Part(
            who,
            self._m.posture.speaks(who),
            feeling,
            looks_at=other if seen else "",
            on=self._m.on.get(who, ""),
            holds=self._m.holds.get(who, ""),
            away=away,
        )
        name = self._m.name_of((who,))
        told = tidy(f"{name} speaks{', ' + manner if manner else ''}")
        unseen = off and not self._m.is_here(who)
        hearer = (
            near if unseen and self._m.is_here(near) else self._m.listener(who) if unseen else ""
        )
        if hearer:
            told = tidy(f"{self._m.name_of((hearer,))} hears {name}")
        self._called(text, other, who)
        self._m.people.speak_of((who,))
        self._m.people.beings[who].acts += 1
        self._m.add(
            "speech",
            told,
            (replace(self._m.standing(hearer), does=self._m.posture.shown(hearer, "look")),)
            if hearer
            else (part,)
            if not off
            else (),
            said=Said(who, text, off=off),
            weight=_spoken(text),
        )
        self._m.speaker = who

    def say(self, found: Found, doers: tuple[str, ...]) -> None:
        """Add a speech with the clause that tells who says it."""
        words = _words(found.text)
        feeling = self._lex.emotion(
            w for w in words if w not in ("cry", "cried")
        ) or self._spoken_feeling(found.said)
        target = next((one for one in found.others if self._m.is_here(one)), "")
        if not target and doers:
            other = self._faced(doers[0]) or self._m.people.last_two(doers[0])
            target = other if other and self._m.is_here(other) else ""
        self._called(
            found.said, target or (self._m.people.last_two(doers[0]) if doers else ""), *doers[:1]
        )
        parts = [
            Part(
                one,
                self._m.posture.speaks(one),
                feeling,
                looks_at=target,
                on=self._m.on.get(one, ""),
                holds=self._m.holds.get(one, ""),
            )
            for one in doers
        ]
        if target:
            parts.append(self._m.standing(target, looks_at=doers[0] if doers else ""))
        for one in doers:
            self._m.people.beings[one].acts += 1
            self._m.people.beings[one].did.add("say")
        self._m.speaker = doers[0] if doers else ""
        who = doers[0] if doers else ""
        text = found.text
        if len(text.split()) < 6 and doers:
            to = f" to {self._m.name_of((target,))}" if target and target not in doers else ""
            verb = "speak" if self._m.people.group(doers) else "speaks"
            text = tidy(f"{self._m.name_of(doers)} {verb}{to}")
        text = text or tidy("A voice speaks")
        self._m.add(
            "speech",
            text,
            tuple(parts),
            said=Said(who, _clean(found.said), off=not who),
            weight=_spoken(found.said),
        )
        thing = who and self._m.people.beings[who].kind == "thing"
        self._m.it = (who, self._m.people.beings[who].name) if thing else ("", "")

    def unattributed(self, speaker: str, text: str) -> None:
        """Add a speech of which nobody is named as the speaker."""
        if speaker and not self._m.people.beings[speaker].drawn:
            speaker = ""
        other = self._m.people.last_two(speaker)
        self._called(text, other, speaker)
        parts: tuple[Part, ...] = ()
        if speaker:
            looks = other if self._m.is_here(other) else ""
            parts = (
                Part(
                    speaker,
                    self._m.posture.speaks(speaker),
                    self._spoken_feeling(text),
                    looks_at=looks,
                    on=self._m.on.get(speaker, ""),
                ),
            )
            if looks:
                parts = (*parts, self._m.standing(looks, looks_at=speaker))
        verb = "speak" if speaker and self._m.people.group((speaker,)) else "speaks"
        told = tidy(f"{self._m.name_of((speaker,)) if speaker else 'a voice'} {verb}")
        self._m.add(
            "speech",
            told,
            parts,
            said=Said(speaker, _clean(text), off=not speaker),
            weight=_spoken(text),
        )
        self._m.speaker = speaker

    def _faced(self, who: str) -> str:
        """Return whom a speaker has just turned to: the one they kneel beside or look at."""
        for beat in reversed(self._m.beats[-4:]):
            if beat.parts and beat.parts[0].id == who:
                seen = beat.parts[0].looks_at
                return seen if seen in self._m.people.beings and self._m.is_here(seen) else ""
        return ""

    def _called(self, text: str, listener: str, speaker: str = "") -> None:
        """Learn names from `Where is the money, Vivian?` and `My name is Vivian`."""
        told = _SELF.search(text)
        name = (told.group(1) or told.group(2)) if told else ""
        being = self._m.people.beings.get(speaker)
        strange = self._lex.person(name.lower()) is None and bool(name)
        sure = told is not None and bool(told.group(1) or self._lex.name_gender(name))
        if being is not None and strange and sure and not being.named and being.kind == "human":
            self._m.people.christen(being, name)
        for match in _VOCATIVE.finditer(text):
            self._m.people.call(match.group(1) or match.group(2), listener)

    def turn_taker(self, refs: Refs) -> str:
        """Guess who speaks when nobody is named: someone of this sentence, else the other one."""
        for ids in refs.values():
            if ids and self._m.people.beings[ids[0]].kind == "human" and ids[0] != self._m.speaker:
                return ids[0]
        return self._m.people.last_two(self._m.speaker)

    def _spoken_feeling(self, text: str) -> Emotion:
        found = self._lex.emotion(one for one in _words(text) if one in _HEARTFELT)
        if found:
            return found
        return "surprised" if "!" in text and "?" in text else "neutral"


def _clean(text: str) -> str:
    bare = " ".join(text.split()).rstrip(",;:— ")
    return bare if bare[-1:] in '.!?…"”’)' else f"{bare}."


def _words(text: str) -> list[str]:
    return [one.strip(".,;:!?“”\"'()").lower() for one in text.split()]


def _spoken(text: str) -> float:
    return 0.8 + len(text.split()) / 9
