"""The trail verb of a project: its film back to the sheets, and its ledger event by event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stillreel.errors import MediaError, ProjectError
from stillreel.ledger.store import write_atomic
from stillreel.production.open import ledger_of, settings_of
from stillreel.values import digest as digests

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from stillreel.ledger.book import Ledger
    from stillreel.ledger.chain import Chain
    from stillreel.ledger.store import FileStore
    from stillreel.production.folder import Folder
    from stillreel.trail.nouns import Credential, Ingredient
    from stillreel.trail.page.nouns import Shown

_WIDE = 160
"""Pixels of a picture on the page."""
_BAD = frozenset({"Invalid", "Unreadable"})


@dataclass(frozen=True, slots=True)
class Followed:
    """Where a film came from, as far as it can be proved today."""

    credential: Credential
    """Of the film in out/, down to its sheets."""
    chain: Chain
    """The events of its ledger."""
    doubts: tuple[str, ...]
    """What does not agree, each a sentence; empty where everything does."""
    page: Path
    """The picture of it: out/trail.html."""


def follow(folder: Folder, anchors: Path | None = None) -> Followed:
    """Verify the film of a project and its ledger, and draw the chain.

    Args:
        folder: the project.
        anchors: PEM file of further certificates to trust.

    Raises:
        ProjectError: there is no film yet.
        StorageError: the page cannot be written.
    """
    from importlib.metadata import version

    from stillreel.trail.page.draw import trail_page
    from stillreel.trail.page.nouns import Chain as Verdict
    from stillreel.trail.read import read

    film = folder.out / "film.mp4"
    if not film.is_file():
        raise ProjectError(
            "There is no film yet whose trail could be followed.",
            where=str(film),
            next_step=f"Make it first: stillreel run {folder.root}",
        )
    title = settings_of(folder).title
    credential = read(film, anchors=anchors)
    with ledger_of(folder) as (ledger, store):
        chain = ledger.chain()
        doubts = tuple(_doubts(credential, chain, ledger, film))
        shown = _shown(credential, ledger, store, film)
    where = f"event {chain.broken}" if chain.broken else "a take" if chain.why else ""
    verdict = Verdict(chain.length, chain.head, where, chain.why)
    program = f"stillreel {version('stillreel')}"
    page = folder.out / "trail.html"
    html = trail_page(credential, shown, verdict, title=title, program=program)
    write_atomic(page, html.encode())
    return Followed(credential, chain, doubts, page)


def _doubts(credential: Credential, chain: Chain, ledger: Ledger, film: Path) -> Iterator[str]:
    if not chain.holds():
        yield f"The ledger is broken: {chain.why}."
    if credential.worst in _BAD:
        named = "; ".join(" > ".join(one.path) for one in credential.faults)
        yield f"The film is {credential.worst}{f': {named}' if named else ''}."
    takes = [ledger.take(one.take_id) for one in ledger.current("film") if one.subject == "film"]
    if takes and takes[0] is not None and digests.of_file(film) != takes[0].main.digest:
        yield "The film in out/ is not the one that the ledger recorded."
    head = credential.ledger_head
    if head and head not in {event.link for event in ledger.events()}:
        yield "The film names an event of the ledger that is not there: events were cut off."


def _shown(
    credential: Credential, ledger: Ledger, store: FileStore, film: Path
) -> dict[str, Shown]:
    """Return a small picture and the kind of every file of ours in the chain, by its manifest."""
    from stillreel.trail.page.nouns import Shown

    known = ledger.signed_copies()
    found: dict[str, Shown] = {}
    if credential.manifest:
        found[credential.manifest] = Shown(_small(film), "film")
    for label in dict.fromkeys(_labels(credential.ingredients)):
        copy = known.get(label)
        if copy is None:
            continue
        path = store.path(copy.file.digest, copy.file.media_type)
        found[label] = Shown(_small(path), copy.kind)
    return found


def _labels(ingredients: tuple[Ingredient, ...]) -> Iterator[str]:
    for one in ingredients:
        if one.manifest:
            yield one.manifest
        yield from _labels(one.ingredients)


def _small(path: Path) -> bytes:
    """Return a JPEG of a picture, or of a moment of a clip; nothing where it cannot be read."""
    import cv2

    from stillreel.film.glimpse import frames_at

    try:
        if path.suffix == ".mp4":
            picture = frames_at(path, (48,), _WIDE)[0]
        else:
            read = cv2.imread(str(path), cv2.IMREAD_REDUCED_COLOR_4)
            if read is None:
                return b""
            high = max(1, round(_WIDE * read.shape[0] / read.shape[1]))
            picture = cv2.resize(read, (_WIDE, high), interpolation=cv2.INTER_AREA)
    except MediaError:
        return b""
    done, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 80])
    return data.tobytes() if done else b""
