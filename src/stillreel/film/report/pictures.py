"""Pictures for the report: reduced, coded as small JPEGs and written into the page itself."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

from stillreel.film.glimpse import ROWS, frames_at, glimpses, parts
from stillreel.film.reduced import fitted, kept, mark, read, reduced
from stillreel.measure.pictures import look

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from stillreel.film.report.nouns import ClipBlock, ReportData

    Pixels = NDArray[np.uint8]

_MANY = 12
"""Up to so many boards keep their full width; more share the same weight."""
_QUALITY = 78
_POSTER = 1280


@dataclass(frozen=True, slots=True)
class Inlined:
    """One picture as the page carries it."""

    address: str
    """A `data:` URI."""
    width: int
    height: int


class Album:
    """Finds, reduces and inlines the pictures of one report."""

    def __init__(self, data: ReportData, cache: Path) -> None:
        """Choose widths so that the whole page stays light whatever the film's length."""
        import cv2

        cv2.setNumThreads(1)
        self._cache = cache
        self._share = min(1.0, sqrt(_MANY / max(_MANY, len(data.boards), len(data.sheets))))

    def sheet(self, path: Path) -> Inlined:
        """Return a sheet."""
        return inlined(reduced(path, self._wide(720), _QUALITY, self._cache))

    def board(self, path: Path) -> Inlined:
        """Return a board."""
        return inlined(reduced(path, self._wide(1240), _QUALITY, self._cache))

    def poster(self, path: Path | None, clip: ClipBlock | None) -> Inlined | None:
        """Return the film's picture: the given one, or the middle of the first clip."""
        if path is not None:
            return inlined(reduced(path, _POSTER, _QUALITY, self._cache))
        if clip is None:
            return None
        middle = sum(clip.panels) // 2

        def made() -> Pixels:
            return frames_at(clip.path, (middle,), _POSTER)[0]

        return inlined(kept([*mark(clip.path), middle], _QUALITY, self._cache, made))

    def strip(self, clip: ClipBlock) -> Inlined:
        """Return the middle frame of every panel, side by side."""
        import numpy as np

        picture = glimpses(clip.path, clip.digest or str(clip.path), clip.panels, self._cache)
        wide = self._wide(1800)

        def made() -> Pixels:
            tiles = [column[ROWS // 2] for column in parts(read(picture), len(clip.panels))]
            gap = np.zeros((tiles[0].shape[0], 6, 3), np.uint8)
            row = [part for tile in tiles for part in (tile, gap)]
            return fitted(np.hstack(row[:-1]), wide)

        return inlined(kept([*mark(picture), "strip", wide], _QUALITY, self._cache, made))

    def _wide(self, pixels: int) -> int:
        return max(320, round(pixels * self._share))


def inlined(picture: Path) -> Inlined:
    """Return a JPEG inside a `data:` URI."""
    data = picture.read_bytes()
    facts = look(data, str(picture))
    text = base64.b64encode(data).decode("ascii")
    return Inlined(f"data:image/jpeg;base64,{text}", facts.width, facts.height)
