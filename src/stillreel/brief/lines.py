"""A script's lines with boneyards dropped and notes lifted out, each knowing where it stood."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import NamedTuple

_BREAK = re.compile(r"\r\n|\r")
_OPENING = re.compile(r"/\*|\[\[")
_PARAGRAPH_END = re.compile(r"\n ?(?=\n)")


class Line(NamedTuple):
    """One line as the reader sees it; a removal may have joined several lines of the file."""

    text: str
    first: int
    """1-based line of the file where it begins."""
    last: int
    """1-based line of the file where it ends."""

    @property
    def blank(self) -> bool:
        """True when nothing but spaces is on the line."""
        return not self.text or self.text.isspace()

    @property
    def holds(self) -> bool:
        """True for a line of two or more spaces, which keeps a speech together."""
        return self.blank and len(self.text.expandtabs(4)) >= 2


class Note(NamedTuple):
    """The words between `[[` and `]]`."""

    text: str
    first: int
    """1-based line of the file where it begins."""
    last: int
    """1-based line of the file where it ends."""


def split_lines(text: str) -> list[str]:
    """Return the lines as editors count them: CRLF, LF or CR, and nothing else, ends a line."""
    return _BREAK.sub("\n", text).split("\n")


def lift(text: str) -> tuple[list[Line], list[Note]]:
    """Return the lines that are left, and the notes, of a script's whole text."""
    text = _BREAK.sub("\n", text)
    weave = _Weave(text)
    for start, end, is_note in _removals(text):
        weave.keep(start)
        weave.drop(end, is_note=is_note)
    weave.keep(len(text))
    weave.flush()
    return weave.lines, weave.notes


def _removals(text: str) -> list[tuple[int, int, bool]]:
    """Return `(start, end, is_note)` of every closed boneyard and note, in order.

    A note may not cross an empty line unless two spaces stand on it; whatever is never closed is
    ordinary text. The next closing mark is remembered, so the whole scan stays linear.
    """
    ends = [found.start() for found in _PARAGRAPH_END.finditer(text)]
    found: list[tuple[int, int, bool]] = []
    next_note_close = next_boneyard_close = reached = 0
    while opening := _OPENING.search(text, reached):
        start = opening.start()
        inside = reached = opening.end()
        if opening.group() == "/*":
            if 0 <= next_boneyard_close < inside:
                next_boneyard_close = text.find("*/", inside)
            if next_boneyard_close >= 0:
                reached = next_boneyard_close + 2
                found.append((start, reached, False))
            continue
        if 0 <= next_note_close < inside:
            next_note_close = text.find("]]", inside)
        at = bisect_left(ends, start)
        limit = ends[at] if at < len(ends) else len(text)
        if 0 <= next_note_close <= limit:
            reached = next_note_close + 2
            found.append((start, reached, True))
    return found


@dataclass(slots=True)
class _Weave:
    """The lines being put together while the text is walked once from start to end."""

    text: str
    lines: list[Line] = field(default_factory=list[Line])
    notes: list[Note] = field(default_factory=list[Note])
    reached: int = 0
    number: int = 1
    first: int = 1
    parts: list[str] = field(default_factory=list[str])

    def keep(self, end: int) -> None:
        """Take the text up to `end` as it stands."""
        rows = self.text[self.reached : end].split("\n")
        self.parts.append(rows[0])
        for row in rows[1:]:
            self.flush()
            self.number += 1
            self.first = self.number
            self.parts.append(row)
        self.reached = end

    def drop(self, end: int, *, is_note: bool) -> None:
        """Leave out the text up to `end`, remembering its words when it is a note."""
        first = self.number
        self.number += self.text.count("\n", self.reached, end)
        if is_note:
            words = self.text[self.reached + 2 : end - 2].split("\n")
            tidy = "\n".join(row.strip() for row in words).strip()
            self.notes.append(Note(tidy, first, self.number))
        self.reached = end

    def flush(self) -> None:
        """End the line: one that only held removed text is no line at all."""
        if len(self.parts) == 1:
            self.lines.append(Line(self.parts[0], self.first, self.number))
        elif joined := _joined(self.parts):
            self.lines.append(Line(joined, self.first, self.number))
        self.parts.clear()


def _joined(parts: list[str]) -> str:
    """Join what stood around removals without doubled or hanging spaces."""
    out = [parts[0]]
    spaced = parts[0].endswith((" ", "\t")) or not parts[0]
    for part in parts[1:]:
        piece = part.lstrip(" \t") if spaced else part
        if piece:
            out.append(piece)
            spaced = piece.endswith((" ", "\t"))
    return "".join(out).rstrip()
