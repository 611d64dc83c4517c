"""The door of the room: a file or bytes in, a `Brief` out, or one clear sentence."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from stillreel.brief.emphasis import plain
from stillreel.brief.fdx import read_fdx
from stillreel.brief.fountain import Script, read_fountain
from stillreel.brief.language import language_of
from stillreel.brief.nouns import Brief
from stillreel.brief.prose import read_prose
from stillreel.brief.sniff import FDX_LIMIT, form_of, refuse_other_kinds, text_of
from stillreel.errors import Unreadable, UsageError
from stillreel.values.digest import of_bytes

if TYPE_CHECKING:
    from stillreel.brief.nouns import Element

_SPOKEN = frozenset(("action", "dialogue", "lyric", "synopsis"))


def read(path: Path) -> Brief:
    """Read a story from a file: prose, Fountain or FDX, told by its name and its words.

    Raises:
        UsageError: there is no such file.
        Unreadable: it is empty, too big, not text, of another kind, or cannot be opened.
    """
    name = path.as_posix()
    try:
        with path.open("rb") as stream:
            data = stream.read(FDX_LIMIT + 1)
    except FileNotFoundError as error:
        raise UsageError(
            "There is no such story.", where=name, next_step="Check the name of the file."
        ) from error
    except IsADirectoryError as error:
        raise UsageError(
            "This is a folder, not a story.", where=name, next_step="Name the story file in it."
        ) from error
    except OSError as error:
        raise Unreadable(
            f"The story cannot be opened: {error.strerror}.",
            where=name,
            next_step="Check who may read the file.",
        ) from error
    return read_bytes(data, path.name)


def read_bytes(data: bytes, name: str) -> Brief:
    """Read a story from bytes; `name` decides its form by suffix and is used in messages.

    Raises:
        Unreadable: it is empty, too big, not text, or of another kind.
    """
    refuse_other_kinds(data, name)
    text = text_of(data, name)
    if not text.strip():
        raise Unreadable("The file is empty.", where=name, next_step="Write a story in it first.")
    form = form_of(text, name)
    title = author = ""
    if form == "prose":
        prose = read_prose(text)
        elements, page = prose.elements, prose.title_page
        title, author = prose.title, prose.author
    else:
        script = read_fountain(text) if form == "fountain" else read_fdx(data, name)
        elements, page = script.elements, script.title_page
        title, author = _front(script)
    return Brief(
        file=name,
        form=form,
        title=title or _title_from(name),
        author=author,
        language=language_of(_sample(elements)),
        digest=of_bytes(data),
        elements=elements,
        title_page=page,
    )


def _front(script: Script) -> tuple[str, str]:
    page: dict[str, str] = {}
    for key, value in script.title_page:
        page.setdefault(key.lower(), " ".join(value.split("\n")))
    return plain(page.get("title", ""))[0], page.get("author", "") or page.get("authors", "")


def _sample(elements: tuple[Element, ...]) -> str:
    spoken = [element.text for element in elements if element.kind in _SPOKEN]
    return "\n".join(spoken or [element.text for element in elements])


def _title_from(name: str) -> str:
    """Return a title made of a file's name: `the-selfish-giant.txt` is The Selfish Giant."""
    words = PurePath(name).stem.replace("-", " ").replace("_", " ").split()
    return " ".join(word[:1].upper() + word[1:] for word in words) or "Untitled"
