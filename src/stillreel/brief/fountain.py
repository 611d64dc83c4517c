"""Fountain scripts, the whole published syntax, with a line number on every element."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from stillreel.brief.emphasis import plain
from stillreel.brief.lines import Line, lift
from stillreel.brief.nouns import Element, ElementKind
from stillreel.brief.titlepage import title_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.brief.titlepage import Entry

_SLUG = re.compile(r"(?:INT|EXT|EST|INT\.?/EXT|EXT\.?/INT|I/E)[. ]", re.IGNORECASE)
_NUMBER = re.compile(r"#([\w.\-]+)#$")
_PAGE_BREAK = re.compile(r"={3,}$")
_TRANSITION = re.compile(r"(?:.*\W)?TO:$")
_MOST_EXTENSIONS = 8


@dataclass(frozen=True, slots=True)
class Script:
    """What a screenplay says, before it is dressed as a `Brief`."""

    elements: tuple[Element, ...]
    title_page: tuple[tuple[str, str], ...] = ()


def read_fountain(text: str) -> Script:
    """Return the elements and title page of a Fountain script; no text is refused."""
    lines, notes = lift(text)
    entries, start = title_page(lines)
    reader = _Reader(lines, start)
    reader.walk()
    elements = [*_title(entries), *reader.elements]
    elements += [Element("note", note.text, note.first, note.last) for note in notes]
    elements.sort(key=lambda element: element.line)
    pairs = tuple((entry.key, plain("\n".join(entry.values))[0]) for entry in entries)
    return Script(tuple(elements), pairs)


def cue_of(text: str) -> tuple[str, str, bool]:
    """Return a cue's name, its extensions without brackets, and whether it is dual."""
    text = text.strip()
    dual = text.endswith("^")
    name = text.rstrip("^").rstrip() if dual else text
    extensions: list[str] = []
    while name.endswith(")") and len(extensions) < _MOST_EXTENSIONS:
        start = name.rfind("(")
        if start <= 0:
            break
        extensions.insert(0, name[start + 1 : -1].strip())
        name = name[:start].rstrip()
    return name, ", ".join(extensions), dual


def _title(entries: Sequence[Entry]) -> list[Element]:
    for entry in entries:
        if entry.key.lower() == "title" and entry.values:
            words, styled = plain(" ".join(entry.values))
            return [Element("title", words, entry.first, entry.last, styled=styled)]
    return []


def _is_upper(name: str) -> bool:
    """True for capitals of any script; the German sharp s has no capital people type."""
    return name.replace("ß", "").isupper()


@dataclass(slots=True)
class _Reader:
    """A walk down the lines, one element at a time."""

    lines: Sequence[Line]
    at: int
    elements: list[Element] = field(default_factory=list[Element])

    def walk(self) -> None:
        """Read every element from the current line to the end."""
        while self.at < len(self.lines):
            if self.lines[self.at].blank:
                self.at += 1
                continue
            if not (self._forced() or self._natural()):
                self._action()

    def _blank_at(self, at: int) -> bool:
        return not 0 <= at < len(self.lines) or self.lines[at].blank

    def _add(self, kind: ElementKind, words: str, first: Line, last: Line | None = None) -> Element:
        bare, styled = plain(words)
        end = (last or first).last
        element = Element(kind, bare, first.first, end, styled=styled)
        self.elements.append(element)
        return element

    def _amend(self, element: Element) -> None:
        self.elements[-1] = element

    def _forced(self) -> bool:
        """Read an element that its first character decides, wherever it stands."""
        line = self.lines[self.at]
        text = line.text.strip()
        mark = text[0]
        if mark == "~":
            self._lyric("")
            return True
        if _PAGE_BREAK.match(text):
            self._add("page-break", "", line)
        elif mark == "#" and text.strip("#").strip():
            depth = len(text) - len(text.lstrip("#"))
            self._amend(replace(self._add("section", text[depth:].strip(), line), depth=depth))
        elif mark == "=" and text[1:2] != "=" and text[1:].strip():
            self._add("synopsis", text[1:].strip(), line)
        elif mark == ">" and text[-1] == "<" and len(text) > 1:
            self._add("centered", text[1:-1].strip(), line)
        elif mark == ">" and text[1:].strip():
            self._add("transition", text[1:].strip(), line)
        else:
            return False
        self.at += 1
        return True

    def _natural(self) -> bool:
        """Read a heading, transition or speech, which all need an empty line before them."""
        if not self._blank_at(self.at - 1):
            return False
        line = self.lines[self.at]
        text = line.text.strip()
        alone = self._blank_at(self.at + 1)
        upper = _is_upper(text)
        if text[0] == "." and text[1:2].isalnum():
            self._heading(line, text[1:])
        elif _SLUG.match(text) and (alone or upper):
            self._heading(line, text)
        elif upper and _TRANSITION.match(line.text.lstrip()) and line.text.endswith(":"):
            self._add("transition", text, line)
        elif not alone and self._is_cue(text):
            self._speech()
            return True
        else:
            return False
        self.at += 1
        return True

    def _heading(self, line: Line, text: str) -> None:
        number = ""
        if found := _NUMBER.search(text):
            number = found[1]
            text = text[: found.start()]
        self._amend(replace(self._add("heading", text.strip(), line), scene_number=number))

    def _is_cue(self, text: str) -> bool:
        if text[0] == "@":
            return any(letter.isalpha() for letter in text)
        if text[0] == "!":
            return False
        name, _, _ = cue_of(text)
        return bool(name) and _is_upper(plain(name)[0])

    def _speech(self) -> None:
        """Read a cue and everything said until an empty line."""
        line = self.lines[self.at]
        text = line.text.strip()
        name, extension, caret = cue_of(text[1:] if text[0] == "@" else text)
        dual = caret and bool(self.elements) and self.elements[-1].speaker != ""
        cue = self._add("character", name, line)
        name = cue.text
        self._amend(replace(cue, speaker=name, extension=extension, dual=dual))
        self.at += 1
        while self.at < len(self.lines):
            line = self.lines[self.at]
            text = line.text.strip()
            if (line.blank and not line.holds) or _PAGE_BREAK.match(text) or text[:1] == "!":
                break
            if line.blank:
                self.at += 1
            elif text[0] == "~":
                self._lyric(name, dual=dual)
            elif _is_parenthetical(text):
                self._amend(
                    replace(
                        self._add("parenthetical", text[1:-1].strip(), line),
                        speaker=name,
                        dual=dual,
                    )
                )
                self.at += 1
            else:
                self._dialogue(name, dual=dual)

    def _dialogue(self, name: str, *, dual: bool) -> None:
        first = last = self.lines[self.at]
        words: list[str] = []
        gap = 0
        while self.at < len(self.lines):
            line = self.lines[self.at]
            text = line.text.strip()
            if line.blank and not line.holds:
                break
            if text[:1] in {"~", "!"} or _PAGE_BREAK.match(text) or _is_parenthetical(text):
                break
            self.at += 1
            if line.blank:
                gap += 1
                continue
            words += [""] * gap + [text]
            gap = 0
            last = line
        said = self._add("dialogue", "\n".join(words), first, last)
        self._amend(replace(said, speaker=name, dual=dual))

    def _lyric(self, name: str, *, dual: bool = False) -> None:
        first = last = self.lines[self.at]
        words: list[str] = []
        while self.at < len(self.lines) and self.lines[self.at].text.lstrip().startswith("~"):
            last = self.lines[self.at]
            words.append(last.text.strip()[1:].strip())
            self.at += 1
        sung = self._add("lyric", "\n".join(words), first, last)
        self._amend(replace(sung, speaker=name, dual=dual))

    def _action(self) -> None:
        """Read lines until an empty one, or one whose first character decides otherwise."""
        first = last = self.lines[self.at]
        words: list[str] = []
        while True:
            last = self.lines[self.at]
            text = last.text.expandtabs(4).rstrip()
            words.append(text.lstrip()[1:] if text.lstrip()[:1] == "!" else text)
            self.at += 1
            if self._blank_at(self.at) or self._interrupts(self.lines[self.at].text.strip()):
                break
        if any(word.strip() for word in words):
            self._add("action", "\n".join(words), first, last)

    @staticmethod
    def _interrupts(text: str) -> bool:
        if text[0] == "#":
            return bool(text.strip("#").strip())
        if text[0] == "=":
            return bool(_PAGE_BREAK.match(text)) or (text[1:2] != "=" and bool(text[1:].strip()))
        return text[0] == "~" or (text[0] == ">" and bool(text[1:].strip()))


def _is_parenthetical(text: str) -> bool:
    """True when one pair of brackets holds the whole line."""
    if text[:1] != "(" or text[-1:] != ")":
        return False
    depth = 0
    for at, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if not depth:
            return at == len(text) - 1
    return False
