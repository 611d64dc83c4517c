"""Emphasis marks taken off: bold, italic, underline and their escapes, one line at a time."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(r"\\[*_\\]|\*+|_+")


@dataclass(slots=True)
class _Run:
    """A run of one mark: how many are left to pair, and where it stands in the output."""

    mark: str
    left: int
    slot: int
    opens: bool
    closes: bool


def plain(text: str) -> tuple[str, str]:
    """Return the words without emphasis marks, and the text as written if it had any (else "").

    Pairs never cross a line break, marks beside a space are literal, an underscore inside a word
    is literal, and a backslash keeps the mark that follows it.
    """
    if "*" not in text and "_" not in text and "\\" not in text:
        return text, ""
    bare = "\n".join(_line(line) for line in text.split("\n"))
    return bare, (text if bare != text else "")


def _line(line: str) -> str:
    pieces: list[str] = []
    runs: list[_Run] = []
    reached = 0
    for found in _TOKEN.finditer(line):
        pieces.append(line[reached : found.start()])
        reached = found.end()
        token = found.group()
        if token[0] == "\\":
            pieces.append(token[1])
            continue
        runs.append(_run(line, found, len(pieces)))
        pieces.append("")
    pieces.append(line[reached:])
    _pair(runs)
    for run in runs:
        pieces[run.slot] = run.mark * run.left
    return "".join(pieces)


def _run(line: str, found: re.Match[str], slot: int) -> _Run:
    start, end = found.span()
    before = line[start - 1] if start else " "
    after = line[end] if end < len(line) else " "
    opens = not after.isspace()
    closes = not before.isspace()
    if line[start] == "_":
        opens = opens and not before.isalnum()
        closes = closes and not after.isalnum()
    return _Run(line[start], end - start, slot, opens, closes)


def _pair(runs: list[_Run]) -> None:
    """Match closers with the nearest opener of the same mark, at most three marks deep."""
    waiting: dict[str, list[_Run]] = {"*": [], "_": []}
    for run in runs:
        openers = waiting[run.mark]
        if run.closes:
            while run.left and openers:
                opener = openers[-1]
                taken = min(run.left, opener.left, 3)
                opener.left -= taken
                run.left -= taken
                if not opener.left:
                    openers.pop()
        if run.opens and run.left:
            openers.append(run)
