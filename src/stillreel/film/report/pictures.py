"""Pictures for the report: reduced, coded as small JPEGs and written into the page itself."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

from stillreel.errors import MediaError
from stillreel.film.glimpse import ROWS, glimpses, jpeg, parts

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from stillreel.film.report.nouns import ClipBlock, ReportData

    Pixels = NDArray[np.uint8]

_MANY = 12
"""Up to so many boards keep their full width; more share the same weight."""
_QUALITY = 78


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
        return inlined(_read(path), self._wide(720))

    def board(self, path: Path) -> Inlined:
        """Return a board."""
        return inlined(_read(path), self._wide(1240))

    def poster(self, path: Path | None, clip: ClipBlock | None) -> Inlined | None:
        """Return the film's picture: the given one, or the middle of the first clip."""
        if path is not None:
            return inlined(_read(path), 1280)
        if clip is None:
            return None
        from stillreel.film.glimpse import frames_at

        middle = sum(clip.panels) // 2
        return inlined(frames_at(clip.path, (middle,), 1280)[0], 1280)

    def strip(self, clip: ClipBlock) -> Inlined:
        """Return the middle frame of every panel, side by side."""
        import numpy as np

        picture = glimpses(clip.path, clip.digest or str(clip.path), clip.panels, self._cache)
        tiles = [column[ROWS // 2] for column in parts(_read(picture), len(clip.panels))]
        gap = np.zeros((tiles[0].shape[0], 6, 3), np.uint8)
        row: list[Pixels] = []
        for tile in tiles:
            row += [tile, gap]
        return inlined(np.hstack(row[:-1]), self._wide(1800))

    def _wide(self, pixels: int) -> int:
        return max(320, round(pixels * self._share))


def inlined(picture: Pixels, width: int) -> Inlined:
    """Return BGR pixels, no wider than `width`, as a JPEG inside a `data:` URI."""
    import cv2
    import numpy as np

    if picture.shape[1] > width:
        high = max(1, round(picture.shape[0] * width / picture.shape[1]))
        small = cv2.resize(picture, (width, high), interpolation=cv2.INTER_AREA)
        picture = np.asarray(small, dtype=np.uint8)
    text = base64.b64encode(jpeg(picture, _QUALITY)).decode("ascii")
    return Inlined(f"data:image/jpeg;base64,{text}", picture.shape[1], picture.shape[0])


def _read(path: Path) -> Pixels:
    import cv2
    import numpy as np

    raw = np.fromfile(path, dtype=np.uint8) if path.is_file() else np.zeros(0, np.uint8)
    found = cv2.imdecode(raw, cv2.IMREAD_COLOR) if raw.size else None
    if found is None:
        raise MediaError("This picture cannot be read.", where=str(path))
    return np.asarray(found, dtype=np.uint8)
