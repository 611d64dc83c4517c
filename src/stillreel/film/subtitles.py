"""Subtitles: spoken lines as cues with exact times, in SRT and VTT beside the film."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.film.conform import keep
from stillreel.film.nouns import SubtitleCue

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from stillreel.film.nouns import CutList, PanelSpan
    from stillreel.plan.nouns import Plan

LETTERS = 42
"""Most letters of one line."""
_LINES = 2
_LEAST_SECONDS = 1
"""Shortest time a cue stays, where the film leaves it that long."""
_LETTERS_A_SECOND = 17
"""What a reader manages; longer lines may run on into a panel where nobody speaks."""
_GAP = 2
"""Frames between two cues, so that a change is seen."""


def cues(plan: Plan, cut: CutList) -> tuple[SubtitleCue, ...]:
    """Return the cues of the film, in order, never overlapping."""
    names = {one.id: one.name for one in plan.cast}
    spoken = [span for span in cut.panels if span.panel.line and span.panel.line.text.strip()]
    found: list[SubtitleCue] = []
    for place, span in enumerate(spoken):
        line = span.panel.line
        if line is None:
            continue
        pages = _pages(line.text)
        limit = spoken[place + 1].start if place + 1 < len(spoken) else cut.frames
        end = _end(cut, span, pages, limit)
        found.extend(_timed(pages, span.start, end, names.get(line.who, "")))
    return tuple(found)


def milliseconds(frames: int, fps: int) -> int:
    """Return the time of a frame's beginning in whole milliseconds, rounded up.

    Rounding up keeps a cue from showing on the last frame before its own.
    """
    return -(-frames * 1000 // fps)


def write_subtitles(cues: Sequence[SubtitleCue], fps: int, stem: Path) -> tuple[Path, ...]:
    """Write `stem`.srt and `stem`.vtt and return them; nothing without cues.

    Raises:
        StorageError: the disk is full, or the folder cannot be written.
    """
    if not cues:
        return ()
    srt, vtt = stem.with_suffix(".srt"), stem.with_suffix(".vtt")
    keep(text_of(cues, fps, "srt").encode(), srt)
    keep(text_of(cues, fps, "vtt").encode(), vtt)
    return srt, vtt


def text_of(cues: Sequence[SubtitleCue], fps: int, form: str) -> str:
    """Return cues as the text of an `srt` or `vtt` file."""
    import pysubs2

    document = pysubs2.SSAFile()
    for cue in cues:
        event = pysubs2.SSAEvent(start=milliseconds(cue.start, fps), end=milliseconds(cue.end, fps))
        event.plaintext = "\n".join(cue.lines)
        document.append(event)
    return document.to_string(form)


def _pages(text: str) -> tuple[tuple[str, ...], ...]:
    """Break words into pages of at most two lines, at the ends of sentences where they fit."""
    pages: list[tuple[str, ...]] = []
    rest = " ".join(text.split())
    while rest:
        page, rest = _page(rest)
        pages.append(page)
    return tuple(pages)


def _page(text: str) -> tuple[tuple[str, ...], str]:
    lines = _wrapped(text)
    if len(lines) <= _LINES:
        return _balanced(text), ""
    fits = " ".join(lines[:_LINES])
    stop = max((fits.rfind(mark) for mark in (". ", "! ", "? ", "; ", ": ", ", ")), default=-1)
    if stop >= len(fits) // 2:
        head = fits[: stop + 1]
        return _balanced(head), text[len(head) :].strip()
    return tuple(lines[:_LINES]), " ".join(lines[_LINES:])


def _wrapped(text: str) -> list[str]:
    lines: list[str] = []
    for word in text.split(" "):
        pieces = [word[at : at + LETTERS] for at in range(0, len(word), LETTERS)] or [""]
        for piece in pieces:
            if lines and len(lines[-1]) + 1 + len(piece) <= LETTERS and piece is pieces[0]:
                lines[-1] += f" {piece}"
            else:
                lines.append(piece)
    return lines


def _balanced(text: str) -> tuple[str, ...]:
    """Return one line, or two of about the same length."""
    if len(text) <= LETTERS:
        return (text,)
    words = text.split(" ")
    splits = [(" ".join(words[:place]), " ".join(words[place:])) for place in range(1, len(words))]
    fitting = [split for split in splits if max(map(len, split)) <= LETTERS]
    if not fitting:
        return tuple(_wrapped(text)[:_LINES])
    return min(fitting, key=lambda split: abs(len(split[0]) - len(split[1])))


def _end(cut: CutList, span: PanelSpan, pages: tuple[tuple[str, ...], ...], limit: int) -> int:
    letters = sum(len(line) for page in pages for line in page)
    wanted = max(letters * cut.fps // _LETTERS_A_SECOND, len(pages) * _LEAST_SECONDS * cut.fps)
    return max(min(span.start + max(span.frames, wanted), limit), span.start + len(pages))


def _timed(pages: tuple[tuple[str, ...], ...], start: int, end: int, who: str) -> list[SubtitleCue]:
    """Share the time over the pages by their letters."""
    weights = [sum(map(len, page)) or 1 for page in pages]
    whole, reached = sum(weights), 0
    timed: list[SubtitleCue] = []
    for page, weight in zip(pages, weights, strict=True):
        first = start + (end - start) * reached // whole
        reached += weight
        last = start + (end - start) * reached // whole
        timed.append(SubtitleCue(first, max(first + 1, last - _GAP), page, who))
    return timed
