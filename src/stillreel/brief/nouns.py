"""What the story says, element by element, each with its line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Form = Literal["prose", "fountain", "fdx"]

ElementKind = Literal[
    "title",
    "heading",
    "action",
    "character",
    "dialogue",
    "parenthetical",
    "lyric",
    "transition",
    "centered",
    "section",
    "synopsis",
    "note",
    "page-break",
]


@dataclass(frozen=True, slots=True)
class Element:
    """One element of the story."""

    kind: ElementKind
    text: str
    """Plain words, emphasis marks removed."""
    line: int
    """1-based line where the element begins in the file."""
    end_line: int
    """1-based last line of the element."""
    speaker: str = ""
    """Who says it, for dialogue, parentheticals and lyrics inside a speech; without extensions."""
    extension: str = ""
    """`V.O.`, `O.S.`, `CONT'D`, for a character cue."""
    dual: bool = False
    """Spoken at the same time as the speech before it."""
    scene_number: str = ""
    """For a heading, as written between `#` signs."""
    depth: int = 0
    """Level of a section heading, 1 at the top."""
    styled: str = ""
    """The words with their emphasis marks, where they had any."""


@dataclass(frozen=True, slots=True)
class Brief:
    """A story that has been read."""

    file: str
    """Name of the file it was read from, for messages."""
    form: Form
    title: str
    author: str
    language: str
    """ISO 639-1 code guessed from the words; `en` when there is too little to tell."""
    digest: str
    """SHA-256 of the file's bytes."""
    elements: tuple[Element, ...]
    title_page: tuple[tuple[str, str], ...] = ()
    """Title-page keys and values in their order."""
