"""Prose stories, plain or Markdown: title, author, sections and paragraphs with their lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from stillreel.brief.emphasis import plain
from stillreel.brief.lines import split_lines
from stillreel.brief.nouns import Element, ElementKind

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEADING = re.compile(r"(#{1,6})[ \t]+(.*)")
_RULE = re.compile(r"(?:[*\-_=~#\u2042\u2014][ \t]*){3,}")
_ITEM = re.compile(r"(?:[-*+\u2022]|\d{1,3}[.)])[ \t]+")
_QUOTE = re.compile(r"(?:>[ \t]?)+")
_SLUG = re.compile(r"(?:INT|EXT|EST|INT\.?/EXT|EXT\.?/INT|I/E)[. ]")
_LINK = re.compile(r"!?\[([^\[\]\n]{0,400})\]\([^()\s]{0,400}(?:[ \t]+\"[^\"\n]{0,200}\")?\)")
_TAG = re.compile(
    r"</?(?:br|p|em|i|b|strong|u|span|div|center)(?: [^<>\n]{0,200})?/?>", re.IGNORECASE
)
_BYLINE = re.compile(
    r"(?:written |a story |a tale |story )?(?:by|von|par|por|di|av|af|door|przez)[ \t:]+(\S.*)",
    re.IGNORECASE,
)
_AUTHOR = re.compile(r"(?:authors?|autore?|auteur|verfasser)[ \t]*:[ \t]*(\S.*)", re.IGNORECASE)
_DATED = re.compile(r"(.*\S)[ \t]*[,(\[][ \t]*((?:c\.[ \t]*)?\d{4})[)\]]?[ \t]*")
_START = re.compile(r"\*{3} ?START OF (?:THE|THIS) PROJECT GUTENBERG", re.IGNORECASE)
_END = re.compile(r"(?:\*{3} ?)?END OF (?:THE|THIS) PROJECT GUTENBERG", re.IGNORECASE)
_FIELD = re.compile(r"(title|author|date|language)[ \t]*:[ \t]*(\S.*)", re.IGNORECASE)
_SENTENCE_END = tuple('.!?…:;,”\u2019»"。\uff01\uff1f')
_TITLE_WORDS = 12
_BYLINE_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Prose:
    """What a prose story says, before it is dressed as a `Brief`."""

    elements: tuple[Element, ...]
    title: str = ""
    author: str = ""
    title_page: tuple[tuple[str, str], ...] = ()


def read_prose(text: str) -> Prose:
    """Return the elements, title and author of a story in prose; no text is refused."""
    rows = split_lines(text)
    reader = _Reader(rows)
    reader.skip_front()
    reader.walk()
    return reader.result()


@dataclass(slots=True)
class _Reader:
    """A walk down the rows, one block at a time."""

    rows: Sequence[str]
    at: int = 0
    end: int = 0
    elements: list[Element] = field(default_factory=list[Element])
    facts: dict[str, str] = field(default_factory=dict[str, str])
    kinds: set[str] = field(default_factory=set[str])

    def skip_front(self) -> None:
        """Take front matter and a library's preamble off the story, keeping what they tell."""
        self.end = len(self.rows)
        first = next((at for at, row in enumerate(self.rows) if row.strip()), 0)
        if self.rows[first].strip() == "---":
            close = next(
                (
                    at
                    for at in range(first + 1, min(first + 60, self.end))
                    if self.rows[at].strip() in {"---", "..."}
                ),
                0,
            )
            fields = self.rows[first + 1 : close]
            if close and all(":" in row or row[:1] in " \t-" for row in fields if row.strip()):
                self._facts_in(fields)
                self.at = close + 1
        for at, row in enumerate(self.rows):
            if _START.match(row.strip()):
                self._facts_in(self.rows[:at])
                self.at = at + 1
            elif _END.match(row.strip()) and at > self.at:
                self.end = at
                break

    def _facts_in(self, rows: Sequence[str]) -> None:
        for row in rows:
            if found := _FIELD.fullmatch(row.strip()):
                self.facts.setdefault(found[1].lower(), found[2].strip(" \t'\""))

    def walk(self) -> None:
        """Read every block from the current row to the end."""
        while self.at < self.end:
            row = self.rows[self.at].strip()
            if not row or row.startswith("```"):
                self.at += 1
            elif row.startswith("<!--"):
                self._comment()
            elif found := _HEADING.fullmatch(row):
                self._section(found[2].rstrip("# \t"), len(found[1]), self.at, self.at)
            elif _RULE.fullmatch(row):
                self._add("page-break", "", self.at, self.at)
                self.at += 1
            else:
                self._paragraph()

    def _add(self, kind: ElementKind, words: str, first: int, last: int) -> None:
        words = _TAG.sub("", _LINK.sub(_link_text, words))
        bare, styled = plain(words)
        bare = " ".join(bare.split())
        if bare or kind == "page-break":
            self.elements.append(Element(kind, bare, first + 1, last + 1, styled=styled.strip()))
            self.kinds.add(kind)

    def _comment(self) -> None:
        first = self.at
        while self.at < self.end - 1 and "-->" not in self.rows[self.at]:
            self.at += 1
        words = " ".join(row.strip() for row in self.rows[first : self.at + 1])
        self._add("note", words.removeprefix("<!--").partition("-->")[0], first, self.at)
        self.at += 1

    def _section(self, words: str, depth: int, first: int, last: int) -> None:
        untitled = not self.kinds & {"title", "action"}
        before = len(self.elements)
        if _SLUG.match(words):
            self._add("heading", words, first, last)
        elif depth == 1 and untitled:
            self._add("title", words, first, last)
        else:
            self._add("section", words, first, last)
            if len(self.elements) > before:
                self.elements[-1] = replace(self.elements[-1], depth=depth)
        self.at = last + 1

    def _paragraph(self) -> None:
        first = self.at
        words: list[str] = []
        while self.at < self.end:
            row = self.rows[self.at].strip()
            if words and row and not row.strip("=-") and len(row) >= 3:
                self._section(" ".join(words), 1 if row[0] == "=" else 2, first, self.at)
                return
            if not row or (words and _starts_block(row)):
                break
            words.append(_QUOTE.sub("", row, count=1) if row[0] == ">" else row)
            self.at += 1
        last = self.at - 1
        text = _ITEM.sub("", words[0], count=1) if _ITEM.match(words[0]) else words[0]
        text = " ".join([text, *words[1:]]).strip()
        if len(words) == 1 and _SLUG.match(text) and text.isupper():
            self._add("heading", text, first, last)
        elif not (self._byline(text, first, last) or self._plain_title(text, first, last)):
            self._add("action", text, first, last)

    def _byline(self, text: str, first: int, last: int) -> bool:
        """Take `by Oscar Wilde, 1888` under the title as the author."""
        told = self.kinds - {"note"}
        if "author" in self.facts or told - {"title", "section"} or last - first > 1:
            return False
        words = plain(text)[0].strip(" \t()")
        found = _AUTHOR.fullmatch(words) or (_BYLINE.fullmatch(words) if told else None)
        if not found or len(words) > _BYLINE_LENGTH or found[1].endswith(("!", "?", ":", ";", ",")):
            return False
        author = found[1]
        if dated := _DATED.fullmatch(author):
            author = dated[1].rstrip(" ,(")
            self.facts.setdefault("date", dated[2])
        self.facts["author"] = author
        return True

    def _plain_title(self, text: str, first: int, last: int) -> bool:
        """Take a short first line that is no sentence, with a story under it, as the title."""
        if self.kinds - {"note"} or last > first or not text:
            return False
        words = text.split()
        if len(words) > _TITLE_WORDS or text.endswith(_SENTENCE_END) or text[0] in "“\"'«—-":
            return False
        if all(not self.rows[at].strip() for at in range(self.at, self.end)):
            return False
        self._add("title", text, first, last)
        return True

    def result(self) -> Prose:
        """Return what was read, the facts about it in title-page order."""
        heading = next((e.text for e in self.elements if e.kind == "title"), "")
        title = heading or self.facts.get("title", "")
        author = self.facts.get("author", "")
        page = (("Title", title), ("Author", author), ("Date", self.facts.get("date", "")))
        pairs = tuple(pair for pair in page if pair[1])
        return Prose(tuple(self.elements), title, author, pairs)


def _starts_block(row: str) -> bool:
    if row[0] == "#":
        return bool(_HEADING.fullmatch(row))
    return bool(row.startswith(("<!--", "```")) or _ITEM.match(row) or _RULE.fullmatch(row))


def _link_text(found: re.Match[str]) -> str:
    return "" if found[0].startswith("!") else found[1]
