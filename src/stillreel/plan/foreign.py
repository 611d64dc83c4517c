# ruff: noqa: RUF001 - marks of other scripts are the subject
"""Stories in other languages: names, speech by its marks, and a small word list."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, cast

from stillreel.plan.lexicon import lexicon
from stillreel.plan.names import fresh, slug
from stillreel.plan.quotes import spans
from stillreel.plan.telling import Beat, Being, Part, Said, Thing
from stillreel.plan.world import World

if TYPE_CHECKING:
    from stillreel.brief.nouns import Element
    from stillreel.values.scene import Action, Emotion

LEMMATISED = ("de", "fr", "es", "it", "pt", "nl")
_SOLID = ("ja", "zh")
_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[^a-z])|(?<=[。！？])")
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_DASH = re.compile(r"^\s*[—–-]\s*(?=\S)")
_FEELINGS = frozenset(("happy", "sad", "angry", "afraid"))


class ForeignReader:
    """Reads paragraphs of one language and keeps the beats."""

    def __init__(self, language: str) -> None:
        """Start a story.

        Args:
            language: ISO 639-1 code; unknown ones are read by marks and capitals alone.
        """
        self.taken: set[str] = set()
        self.world = World(self.taken)
        self.beings: dict[str, Being] = {}
        self.things: dict[str, Thing] = {}
        self.beats: list[Beat] = []
        self._language = language
        self._words = _table(language)
        self._lex = lexicon()
        self._present: dict[str, int] = {}
        self._speaker = ""
        self._paragraph = 0

    def paragraph(self, element: Element) -> None:
        """Read one paragraph."""
        self._paragraph += 1
        lines = (element.line, max(element.end_line, element.line))
        for text, spoken in _pieces(element.text):
            if spoken:
                self._speech(text, lines)
                continue
            for sentence in _SENTENCE.split(text):
                if _WORD.search(sentence):
                    self._sentence(sentence.strip(), lines)

    def _sentence(self, sentence: str, lines: tuple[int, int]) -> None:
        found = self._meanings(sentence)
        here = self._who(sentence, found, lines[0])
        self._where(found, lines[0])
        action = next((one for word, _ in found if (one := self._action(word))), "stand")
        feeling: Emotion = self._lex.emotion(w for w, _ in found if w in _FEELINGS) or "neutral"
        said = any(word == "say" for word, _ in found)
        if said and here and self.beats and self.beats[-1].said and self.beats[-1].lines == lines:
            self._attribute(here[0])
            if len(_WORD.findall(sentence)) <= 5:
                return
        parts = tuple(
            Part(
                one,
                cast("Action", action) if at == 0 else "stand",
                feeling if at == 0 else "neutral",
                looks_at=here[0] if at else (here[1] if len(here) > 1 else ""),
            )
            for at, one in enumerate(here[:3])
        )
        self._add(sentence, lines, parts, said=None, words=tuple(word for word, _ in found))

    def _speech(self, text: str, lines: tuple[int, int]) -> None:
        who = (
            self._speaker
            if self._speaker in self.beings
            else next(iter(reversed(self._present)), "")
        )
        last = self.beats[-1] if self.beats else None
        if last and last.said and last.lines != lines and len(self._present) > 1:
            who = next((one for one in reversed(self._present) if one != last.said.who), who)
        parts = (Part(who, "talk"),) if who else ()
        name = self.beings[who].name if who else ""
        self._add(
            f"{name}: {text}" if name else text,
            lines,
            parts,
            said=Said(who, text, off=not who),
            words=("say",),
        )
        self._speaker = who

    def _attribute(self, who: str) -> None:
        """Give the speech just read to the one named after it."""
        last = self.beats[-1]
        if last.said is None or last.said.who == who:
            return
        others = tuple(part for part in last.parts if part.id not in (who, last.said.who))
        self.beats[-1] = replace(
            last,
            text=f"{self.beings[who].name}: {last.said.text}",
            parts=(Part(who, "talk"), *others),
            said=Said(who, last.said.text),
        )
        self._speaker = who

    def _meanings(self, sentence: str) -> list[tuple[str, str]]:
        """Return the English lemmas of the words that are known, with the words themselves."""
        if self._language in _SOLID:
            hits = [(sentence.find(word), word) for word in self._words if word in sentence]
            kept = [
                (at, word) for at, word in hits if not any(word != w and word in w for _, w in hits)
            ]
            return [(self._words[word], word) for _, word in sorted(kept)]
        found: list[tuple[str, str]] = []
        for word in _WORD.findall(sentence):
            for form in (word, word.lower(), _lemma(word, self._language)):
                meaning = self._words.get(form) or self._words.get(form.lower())
                if meaning:
                    found.append((meaning, word))
                    break
        return found

    def _who(self, sentence: str, found: list[tuple[str, str]], line: int) -> list[str]:
        here: list[tuple[int, str]] = []
        for meaning, word in found:
            if self._lex.person(meaning) or self._lex.animal(meaning):
                here.append((sentence.find(word), self._being(meaning, word, line).id))
        for match in _WORD.finditer(sentence):
            word = match.group(0)
            if self._is_name(word, match.start(), sentence):
                here.append((match.start(), self._named(word, line).id))
        ids = list(dict.fromkeys(one for _, one in sorted(here)))
        for one in ids:
            self._present.pop(one, None)
            self._present[one] = len(self.beats)
        if ids:
            self._speaker = ids[0]
        return ids

    def _is_name(self, word: str, start: int, sentence: str) -> bool:
        if not word[:1].isupper() or len(word) < 3 or word.isupper():
            return False
        if self._lex.name_gender(word):
            return True
        if any(being.named and being.name == word for being in self.beings.values()):
            return True
        inside = start > 0 and sentence[start - 2 : start - 1].isalpha()
        return inside and self._language not in ("de", *_SOLID)

    def _being(self, meaning: str, word: str, line: int) -> Being:
        for being in self.beings.values():
            if being.head == meaning:
                return being
        person = self._lex.person(meaning)
        being = Being(fresh(slug(meaning, "person"), self.taken), word, meaning)
        animal = self._lex.animal(meaning)
        if person is not None:
            being.age = person.age
            being.gender = None if person.presentation == "neutral" else person.presentation
            being.members = 5 if person.group else 1
        elif animal is not None:
            being.kind, being.species = animal, meaning
        being.height_m = self._lex.height(meaning)
        being.lines.append(line)
        self.beings[being.id] = being
        return being

    def _named(self, word: str, line: int) -> Being:
        for being in self.beings.values():
            if being.named and being.name == word:
                return being
        name = fresh(slug(word, f"person-{len(self.beings) + 1}"), self.taken)
        being = Being(name, word, word.lower(), named=True, gender=self._lex.name_gender(word))
        being.lines.append(line)
        self.beings[being.id] = being
        return being

    def _where(self, found: list[tuple[str, str]], line: int) -> None:
        for meaning, word in found:
            if self._lex.place(meaning):
                self.world.go(self.world.spot(meaning, line, name=word))
                self._present.clear()
            self.world.time = self._lex.time(meaning) or self.world.time
            self.world.season = self._lex.season(meaning) or self.world.season
            weather = self._lex.weather(meaning)
            if weather:
                self.world.weather[self.world.here] = weather

    def _action(self, word: str) -> Action | None:
        return (
            self._lex.action(word)
            if not self._lex.place(word) and not self._lex.person(word)
            else None
        )

    def _add(
        self,
        text: str,
        lines: tuple[int, int],
        parts: tuple[Part, ...],
        *,
        said: Said | None,
        words: tuple[str, ...],
    ) -> None:
        features = tuple(one for word in words if (one := self._lex.feature(word)))[:3]
        ids = {part.id for part in parts}
        present = tuple(
            Part(one)
            for one, when in self._present.items()
            if one not in ids and len(self.beats) - when < 5
        )
        self.beats.append(
            Beat(
                kind="speech" if said else "action" if parts else "scenery",
                text=text,
                lines=lines,
                moment=self.world.moment(features),
                parts=parts,
                present=present[:2],
                said=said,
                sounds=self._lex.sounds(words),
                weight=1.0 if parts else 0.7,
                paragraph=self._paragraph,
            )
        )


def _pieces(text: str) -> list[tuple[str, bool]]:
    """Cut a paragraph into narration and speech, by quotation marks or by dashes."""
    if _DASH.match(text) and not spans(text):
        parts = re.split(r"\s*[—–]\s*", _DASH.sub("", text))
        return [(part.strip(), at % 2 == 0) for at, part in enumerate(parts) if part.strip(" .,")]
    found: list[tuple[str, bool]] = []
    reached = 0
    for start, end in spans(text):
        found.append((text[reached:start], False))
        found.append((text[start + 1 : end].strip(' “”"«»‹›„「」『』'), True))
        reached = end
    found.append((text[reached:], False))
    return [(part.strip(" ,"), spoken) for part, spoken in found if _WORD.search(part)]


def _lemma(word: str, language: str) -> str:
    if language not in LEMMATISED:
        return word
    import simplemma

    return str(simplemma.lemmatize(word, lang=language))


@cache
def _table(language: str) -> dict[str, str]:
    text = resources.files("stillreel.plan").joinpath("words/foreign.toml").read_text("utf-8")
    table = cast("dict[str, dict[str, str]]", tomllib.loads(text)).get(language, {})
    return {word: meaning for meaning, words in table.items() for word in words.split()}
