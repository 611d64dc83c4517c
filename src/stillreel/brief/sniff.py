"""What a story file really is: its text, its form, or one clear sentence why it is neither."""

from __future__ import annotations

import codecs
import re
from pathlib import PurePath
from typing import TYPE_CHECKING

from stillreel.brief.lines import split_lines
from stillreel.errors import Unreadable

if TYPE_CHECKING:
    from stillreel.brief.nouns import Form

TEXT_LIMIT = 2_000_000
"""Largest prose or Fountain file, in bytes: about 300,000 words."""
FDX_LIMIT = 8_000_000
"""Largest FDX file, in bytes; its markup weighs more than its words."""

_SUFFIXES: dict[str, Form | None] = {
    ".md": "prose",
    ".markdown": "prose",
    ".txt": None,
    ".text": None,
    "": None,
    ".fountain": "fountain",
    ".spmd": "fountain",
    ".fdx": "fdx",
}
_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a zip archive (.docx, .odt, .epub and .fadein files are such archives)"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Word document"),
    (b"{\\rtf", "a Rich Text document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"OggS", "an Ogg sound file"),
    (b"ID3", "an MP3 sound file"),
    (b"fLaC", "a FLAC sound file"),
    (b"\x1aE\xdf\xa3", "a Matroska film"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)
_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NEXT = "Give a story as .md, .txt, .fountain or .fdx."
_SLUG = re.compile(r"(?:INT|EXT|EST|INT\.?/EXT|EXT\.?/INT|I/E)[. ]")
_TITLE_KEY = re.compile(r"(?:title|credit|authors?|draft date|source|contact):", re.IGNORECASE)


def refuse_other_kinds(data: bytes, name: str) -> None:
    """Refuse what is too big, empty or no text, before any of it is read as a story.

    Raises:
        Unreadable: with the kind of file it was taken for.
    """
    suffix = PurePath(name).suffix.lower()
    limit = FDX_LIMIT if suffix == ".fdx" else TEXT_LIMIT
    if len(data) > limit:
        raise Unreadable(
            f"The story is larger than {limit // 1_000_000} MB.",
            where=name,
            next_step="Give one story, or one part of it, at a time.",
        )
    kind = _kind_of(data)
    if kind:
        raise Unreadable(f"This is {kind}, not a story in text.", where=name, next_step=_NEXT)
    if suffix not in _SUFFIXES:
        raise Unreadable(f"Stories are not read from {suffix} files.", where=name, next_step=_NEXT)
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise Unreadable("The file is empty.", where=name, next_step="Write a story in it first.")


def text_of(data: bytes, name: str) -> str:
    """Return the text of UTF-8 bytes, or of UTF-16 or UTF-32 with a byte order mark.

    Raises:
        Unreadable: the bytes are not text; names the first bad byte and its line.
    """
    encoding = next((codec for mark, codec in _BOMS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, errors="replace")
        raise Unreadable(
            f"Byte 0x{data[error.start]:02X} on this line is not {_label(encoding)}.",
            where=f"{name}:{len(split_lines(before))}",
            next_step="Save the file as UTF-8 in your editor and try again.",
        ) from error
    at = text.find("\x00")
    if at >= 0:
        raise Unreadable(
            "The file holds binary data, not text.",
            where=f"{name}:{len(split_lines(text[:at]))}",
            next_step=_NEXT,
        )
    return text


def form_of(text: str, name: str) -> Form:
    """Return the form a file's name promises, or for plain text the one its words show."""
    promised = _SUFFIXES.get(PurePath(name).suffix.lower())
    if promised:
        return promised
    if "<FinalDraft" in text[:2000]:
        return "fdx"
    return "fountain" if _looks_like_fountain(text) else "prose"


def _kind_of(data: bytes) -> str:
    for magic, kind in _KINDS:
        if data.startswith(magic):
            return kind
    if data[:4] == b"RIFF":
        return {b"WEBP": "a WebP picture", b"WAVE": "a WAV sound file"}.get(
            data[8:12], "a media file"
        )
    if data[4:8] == b"ftyp":
        return "an MP4 or QuickTime film"
    start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "a web page"
    return ""


def _label(encoding: str) -> str:
    return encoding.removesuffix("-sig").upper()


def _looks_like_fountain(text: str) -> bool:
    """True for a scene heading that stands alone, or a known title page over a speaker's cue."""
    rows = [row.strip() for row in split_lines(text)]
    blank_before = True
    titled = bool(rows) and bool(_TITLE_KEY.match(rows[0]))
    for at, row in enumerate(rows):
        follows = rows[at + 1] if at + 1 < len(rows) else ""
        if blank_before and row.isupper():
            if _SLUG.match(row):
                return True
            if titled and follows and not follows.isupper():
                return True
        blank_before = not row
    return False
