# ruff: noqa: RUF001 - typographic marks stand in scripts
"""Screenplays into beats: headings give place and time, cues give people, actions are read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stillreel.plan.brackets import lifted
from stillreel.plan.lexicon import lexicon
from stillreel.plan.quotes import Masked

if TYPE_CHECKING:
    from stillreel.brief.nouns import Brief, Element
    from stillreel.plan.brackets import Introduction
    from stillreel.plan.grammar import Sentence
    from stillreel.plan.reading import Reader
    from stillreel.values.scene import PlaceKind, Presentation

_HEAD = re.compile(
    r"^\s*(INT\.?/EXT\.?|EXT\.?/INT\.?|I/E\.?|INT\.?|EXT\.?|EST\.?)\s*[.:-]?\s*", re.IGNORECASE
)
_TIMES = {
    "day": "day",
    "morning": "day",
    "afternoon": "day",
    "noon": "day",
    "dawn": "dawn",
    "sunrise": "dawn",
    "dusk": "dusk",
    "evening": "dusk",
    "sunset": "dusk",
    "night": "night",
    "midnight": "night",
}
_READ = ("action", "centered")
_OUTSIDE: dict[str, tuple[PlaceKind, str]] = {
    "vehicle": ("street", "lamp bench"),
    "room": ("street", "house door"),
    "hall": ("street", "house door column"),
}
"""What is seen of a place that is usually inside, from outside."""
_FADE = re.compile(
    r"^\s*(?:FADE (?:IN|OUT|TO BLACK)|THE END|CUT TO BLACK)\s*[.:]?\s*$", re.IGNORECASE
)
_KNOWN_AS = re.compile(r"\b([a-z]+),? ([A-Z][A-Z'’-]+[A-Z])\b(?! [A-Z]{2})")
"""What somebody is, and the name in capitals right behind it: `her dog BISCUIT`, `a cat, MOTH`."""
_TITLES = frozenset({"mr", "mrs", "ms", "dr", "st"})
_CAPS = re.compile(r"\b[A-Z][A-Z'’.-]*[A-Z]\b")


class ScriptReader:
    """Walks the elements of a screenplay and drives a reader of English."""

    def __init__(self, reader: Reader, brief: Brief) -> None:
        """Take the reader that keeps the beats, and the script."""
        self._reader = reader
        self._brief = brief
        self._lex = lexicon()
        self._introduced: dict[int, tuple[Introduction, ...]] = {}
        self._cues: dict[str, str] = {}
        self.names: dict[str, Presentation] = {}
        """Names of this script, lower case, for the parser."""
        for one in brief.elements:
            if one.kind == "character":
                self._learn(_cue(one.text))
            elif one.kind in _READ:
                self._introduced[id(one)] = lifted(one.text)[1]
                for who in self._introduced[id(one)]:
                    self._learn(who.name)
                self._beasts(one)

    def masked(self) -> tuple[tuple[Element, Masked], ...]:
        """Return the action paragraphs with capitals calmed, ready to be parsed."""
        return tuple(
            (one, Masked(self._calm(lifted(one.text)[0]), ()))
            for one in self._brief.elements
            if one.kind in _READ and one.text.strip() and not _FADE.match(one.text)
        )

    def read(self, parsed: dict[int, tuple[Masked, tuple[Sentence, ...]]]) -> None:
        """Read the whole script.

        Args:
            parsed: sentences of the action paragraphs, by position of the element.
        """
        self._reader.memory.world.fixed = True
        for one in self._brief.elements:
            if one.kind == "character":
                self._meet(_cue(one.text), one.line)
        manner = extension = ""
        for index, one in enumerate(self._brief.elements):
            lines = (one.line, max(one.end_line, one.line))
            if one.kind == "heading":
                self._scene(one.text, one.line)
            elif one.kind == "character":
                manner, extension = "", one.extension
                self._meet(_cue(one.text), one.line)
            elif one.kind == "parenthetical":
                manner = one.text.strip("() ")
            elif one.kind in ("dialogue", "lyric") and one.speaker:
                told = (one.extension or extension).upper()
                off = any(mark in told for mark in ("V.O", "O.S", "O.C"))
                being = self._meet(_cue(one.speaker), one.line)
                if not off:
                    self._reader.newcomer(being)
                self._reader.speech(being, " ".join(one.text.split()), lines, manner, off=off)
                manner = ""
            elif index in parsed:
                masked, sentences = parsed[index]
                self._introduce(one)
                self._reader.paragraph(masked, sentences, lines)

    def _scene(self, heading: str, line: int) -> None:
        bare = _HEAD.sub("", heading).strip(" .#")
        inside = heading.strip().upper().startswith(("INT", "I/E"))
        where, _, when = bare.rpartition(" - ")
        if not where:
            where, when = bare, ""
        world = self._reader.memory.world
        before = world.time
        for word in re.findall(r"[a-z]+", when.lower()):
            if word in _TIMES:
                world.time = _TIMES[word]  # pyright: ignore[reportAttributeAccessIssue]
        if before == "night" and world.time != "night":
            world.weather.clear()
        words = re.findall(r"[a-z][a-z'’-]*", where.lower().split(" - ")[0])
        known = next((word for word in reversed(words) if self._lex.place(word)), "")
        kind = (self._lex.place(known) if known else None) or ("room" if inside else "street")
        modern = kind == "castle" and any(self._lex.place(word) == "room" for word in words)
        outside = None if inside else _OUTSIDE.get("room" if modern else kind)
        kind = outside[0] if outside else kind
        name = " ".join(words) or "place"
        article = "" if re.search(r"['’]s\b|^(?:my|his|her)\b", name) else "the "
        shown = " ".join(
            w[:1].upper() + w[1:] if w.split("'")[0].upper() in self._cues else w for w in words
        )
        spot = world.spot(name, line, name=f"{article}{shown or name}", kind=kind)
        spot.indoors = inside
        if outside:
            spot.features = outside[1].split()
        elif known and not spot.lines[1:]:
            spot.features = list(self._lex.place_features(known, str(kind)))
        built = kind in ("garden", "field") and any(self._lex.place(w) == "room" for w in words)
        if built and not inside:
            spot.features += [one for one in ("house", "door") if one not in spot.features]
        for word in words:
            weather = self._lex.weather(word)
            if weather:
                world.weather[spot.id] = weather
        world.go(spot)
        self._reader.empty_scene()

    def _meet(self, name: str, line: int) -> str:
        people = self._reader.memory.people
        shown = name.title()
        person = self._lex.person(name.lower().split()[-1]) if name else None
        being = people.meet(f"the {name.lower()}" if person and " " not in name else shown, line)
        return being.id

    def _learn(self, name: str) -> None:
        """Remember a cue as a name, or as a role such as `baker`."""
        words = name.split()
        role = len(words) == 1 and self._lex.person(name.lower()) is not None
        for word in (one.rstrip(".") for one in words):
            self._cues.setdefault(word.upper(), word.lower() if role else word.title())
            known = self._lex.person(word.lower()) or word.lower() in self._lex.old | _TITLES
            if not role and not known:
                gender = self._lex.name_gender(word) or "masculine"
                self.names.setdefault(word.lower(), gender)

    def _beasts(self, element: Element) -> None:
        """Meet the animals whose names stand in capitals behind what they are."""
        for match in _KNOWN_AS.finditer(element.text):
            noun, name = match.groups()
            if self._lex.animal(noun) and not self._lex.person(name.lower()):
                self._learn(name)
                self._reader.memory.people.animal(name.title(), noun, element.line)

    def _introduce(self, element: Element) -> None:
        """Tell people's looks from the brackets behind their names."""
        people = self._reader.memory.people
        for one in self._introduced.get(id(element), ()):
            being = people.beings[self._meet(one.name, element.line)]
            people.hear(being, one.looks)

    def _calm(self, text: str) -> str:
        """Write cue names in capitals as names, and other shouted words in lower case."""

        def calmed(match: re.Match[str]) -> str:
            word = match.group(0)
            if word in self._cues:
                return self._cues[word]
            return word.title() if self._lex.name_gender(word) else word.lower()

        return re.sub(r"\s+", " ", _CAPS.sub(calmed, text)).strip()


def _cue(text: str) -> str:
    bare = re.sub(r"\(.*?\)", "", text).strip(" ^@")
    return " ".join(bare.split()) or "VOICE"
