"""Contact sheets: everything a stage made on one page, labelled, at most 2000 pixels a side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stillreel.draw import lettering
from stillreel.film.conform import keep
from stillreel.film.glimpse import ROWS, parts
from stillreel.film.reduced import fitted, jpeg, read, reduced
from stillreel.values.timecode import timecode

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from stillreel.film.nouns import CutList

    Pixels = NDArray[np.uint8]

MOST_PIXELS = 2000
_WIDTH = 1920
_MARGIN = 36
_GAP = 14
_HEAD = 84
_FOOT = 40
_QUALITY = 88
_KEPT_QUALITY = 94
_PAPER = (30, 31, 36)
_BRIGHT = (240, 236, 226)
_QUIET = (164, 162, 158)
_ACCENT = (226, 178, 98)


@dataclass(frozen=True, slots=True)
class Tile:
    """One picture of a contact sheet."""

    picture: Path | Pixels
    """A file, or BGR pixels."""
    label: str
    note: str = ""
    """A second, quieter line."""
    picked: bool = False
    """Framed as the one that was chosen."""


@dataclass(frozen=True, slots=True)
class ClipGlimpse:
    """A clip as `glimpse.glimpses` pictured it."""

    id: str
    title: str
    picture: Path
    panels: int


def contact_sheets(
    title: str, tiles: Sequence[Tile], stem: Path, cache: Path, *, columns: int = 4
) -> tuple[Path, ...]:
    """Lay tiles in reading order and return the pages: `stem`.jpg, `stem`-2.jpg, ...

    Args:
        title: head of every page.
        tiles: the pictures.
        stem: where the pages go, without ending.
        cache: folder where reduced pictures are kept, so that pages are quick to lay again.
        columns: most tiles in a row.

    Raises:
        MediaError: a picture cannot be read.
        StorageError: the disk is full, or the folder cannot be written.
    """
    import cv2

    cv2.setNumThreads(1)
    if not tiles:
        return ()
    columns = max(1, min(columns, len(tiles)))
    wide = (_WIDTH - 2 * _MARGIN - (columns - 1) * _GAP) // columns
    rows: list[list[tuple[Tile, Pixels]]] = []
    for place, tile in enumerate(tiles):
        if place % columns == 0:
            rows.append([])
        rows[-1].append((tile, _sized(tile.picture, wide, cache)))
    strips = [_row(row, wide) for row in rows]
    return _pages(title, strips, stem)


def clip_sheets(title: str, clips: Sequence[ClipGlimpse], stem: Path) -> tuple[Path, ...]:
    """Lay every clip as a band of its panels, first and middle frame; return the pages.

    Raises:
        MediaError: a picture cannot be read.
        StorageError: the disk is full, or the folder cannot be written.
    """
    import cv2
    import numpy as np

    cv2.setNumThreads(1)
    strips: list[Pixels] = []
    for clip in clips:
        tiles = parts(read(clip.picture), clip.panels)
        wide = (_WIDTH - 2 * _MARGIN - (clip.panels - 1) * 4) // clip.panels
        columns = [np.vstack([fitted(tile, wide) for tile in column]) for column in tiles]
        band = np.full((columns[0].shape[0] + 42, _WIDTH, 3), _PAPER[::-1], np.uint8)
        lettering.draw(band, clip.id, (_MARGIN, 26), 22, _ACCENT, weight=lettering.SEMIBOLD)
        lettering.draw(band, clip.title, (_MARGIN + 70, 26), 20, _BRIGHT)
        for place, column in enumerate(columns):
            left = _MARGIN + place * (wide + 4)
            band[36 : 36 + column.shape[0], left : left + wide] = column
            name = f"P{place + 1}"
            lettering.draw(band, name, (left + 7, 57), 15, _PAPER, weight=lettering.BOLD)
            lettering.draw(band, name, (left + 6, 56), 15, _BRIGHT, weight=lettering.SEMIBOLD)
        strips.append(band)
    return _pages(title, strips, stem) if strips else ()


def film_tiles(cut: CutList, clips: Sequence[ClipGlimpse]) -> tuple[Tile, ...]:
    """Return the middle frame of every panel of the film, labelled with its timecode."""
    by_id = {clip.id: parts(read(clip.picture), clip.panels) for clip in clips}
    tiles: list[Tile] = []
    seen: dict[str, int] = {}
    for span in cut.panels:
        place = seen.get(span.clip, 0)
        seen[span.clip] = place + 1
        if span.clip in by_id and place < len(by_id[span.clip]):
            picture = by_id[span.clip][place][ROWS // 2]
            at = timecode(span.start, cut.fps)
            tiles.append(Tile(picture, f"{span.clip}.{span.panel.id}", f"{at}  {span.panel.size}"))
    return tuple(tiles)


def _sized(picture: Path | Pixels, wide: int, cache: Path) -> Pixels:
    import numpy as np

    if not isinstance(picture, np.ndarray):
        picture = read(reduced(picture, wide, _KEPT_QUALITY, cache))
    return picture if picture.shape[1] == wide else fitted(picture, wide)


def _row(row: list[tuple[Tile, Pixels]], wide: int) -> Pixels:
    import cv2
    import numpy as np

    size = max(14, min(22, wide // 15))
    noted = any(tile.note for tile, _ in row)
    limit = MOST_PIXELS - _HEAD - _FOOT - 4 * size
    pictures = [
        (tile, picture if picture.shape[0] <= limit else _cropped(picture, limit, wide))
        for tile, picture in row
    ]
    high = max(picture.shape[0] for _, picture in pictures)
    text = round(size * (3.1 if noted else 1.8))
    strip = np.full((high + text + _GAP, _WIDTH, 3), _PAPER[::-1], np.uint8)
    for place, (tile, picture) in enumerate(pictures):
        left = _MARGIN + place * (wide + _GAP)
        strip[: picture.shape[0], left : left + wide] = picture
        if tile.picked:
            corner = (left + wide - 1, picture.shape[0] - 1)
            cv2.rectangle(strip, (left, 0), corner, _ACCENT[::-1], 4)
        y = high + round(size * 1.25)
        colour = _ACCENT if tile.picked else _BRIGHT
        _line(strip, tile.label, (left, y), size, colour, wide)
        _line(strip, tile.note, (left, y + round(size * 1.25)), round(size * 0.86), _QUIET, wide)
    return strip


def _cropped(picture: Pixels, limit: int, wide: int) -> Pixels:
    """Return a tall picture made to fit the page, on paper of the row's width."""
    import numpy as np

    small = fitted(picture, max(1, wide * limit // picture.shape[0]))
    sheet = np.full((small.shape[0], wide, 3), _PAPER[::-1], np.uint8)
    left = (wide - small.shape[1]) // 2
    sheet[:, left : left + small.shape[1]] = small
    return sheet


def _line(
    strip: Pixels,
    text: str,
    at: tuple[int, int],
    size: int,
    colour: tuple[int, int, int],
    wide: int,
) -> None:
    if text:
        shown = lettering.wrap(text, size, wide, most=1)[0]
        lettering.draw(strip, shown, at, size, colour)


def _pages(title: str, strips: Sequence[Pixels], stem: Path) -> tuple[Path, ...]:
    import numpy as np

    pages: list[list[Pixels]] = [[]]
    high = _HEAD + _FOOT
    for strip in strips:
        if pages[-1] and high + strip.shape[0] > MOST_PIXELS:
            pages.append([])
            high = _HEAD + _FOOT
        pages[-1].append(strip)
        high += strip.shape[0]
    made: list[Path] = []
    for number, page in enumerate(pages, 1):
        head = np.full((_HEAD, _WIDTH, 3), _PAPER[::-1], np.uint8)
        lettering.draw(head, title, (_MARGIN, 52), 30, _BRIGHT, weight=lettering.SEMIBOLD)
        if len(pages) > 1:
            spot = (_WIDTH - _MARGIN, 52)
            lettering.draw(head, f"{number} / {len(pages)}", spot, 20, _QUIET, align="right")
        foot = np.full((_FOOT - _GAP, _WIDTH, 3), _PAPER[::-1], np.uint8)
        name = f"{stem.name}.jpg" if number == 1 else f"{stem.name}-{number}.jpg"
        path = stem.with_name(name)
        keep(jpeg(np.vstack([head, *page, foot]), _QUALITY), path)
        made.append(path)
    return tuple(made)
