"""One panel on its way to the encoder: sheets, camera and weather become frames."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stillreel.draw.motion.camera import place, steadied
from stillreel.draw.motion.planar import Planar, frame_view, lay
from stillreel.draw.motion.stage import clear_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from stillreel.draw.motion.camera import Placed, Track
    from stillreel.draw.motion.sampling import Scratch
    from stillreel.draw.motion.stage import Sheet
    from stillreel.draw.motion.weather import Weather

    Buffer = NDArray[np.uint8]


def _places(shot: Shot, middle: tuple[float, float]) -> list[tuple[Placed, ...]]:
    """Return where every sheet is, frame by frame."""
    by_sheet = [
        steadied(
            [place(view, sheet.near, shot.visible, shot.centre) for view in shot.track.views],
            middle,
        )
        for sheet in shot.sheets
    ]
    return list(zip(*by_sheet, strict=True))


@dataclass(frozen=True, slots=True)
class Shot:
    """Everything one panel needs to be shown."""

    sheets: tuple[Sheet, ...]
    """Back to front; the first one is opaque."""
    track: Track
    visible: tuple[int, int, int, int]
    """The frame inside the sheets, in pixels; even."""
    centre: tuple[float, float]
    """Point of the sheets the camera goes toward."""
    weather: Weather
    caption: Planar | None = None
    """Lettering in frame pixels, burned in last."""


class Screen:
    """The two frames pictures are put together in, kept for a whole clip."""

    def __init__(self, width: int, height: int) -> None:
        """Hold frames of an even size in pixels."""
        import numpy as np

        self._clean = np.zeros((height * 3 // 2, width), np.uint8)
        self._shown = np.zeros_like(self._clean)

    def play(self, shot: Shot, scratch: Scratch) -> Iterator[Buffer]:
        """Yield the encoder frames of a panel; each is valid until the next is asked for."""
        clean, shown = frame_view(self._clean), frame_view(self._shown)
        height, width = clean.y.shape
        last = None
        for index, placed in enumerate(_places(shot, (width / 2, height / 2))):
            changed = [sheet.advance(index) for sheet in shot.sheets]
            if any(changed) or placed != last:
                rows = clear_rows(shot.sheets, placed, height)
                shot.sheets[0].cover(placed[0], clean, scratch, rows)
                for sheet, where in zip(shot.sheets[1:], placed[1:], strict=True):
                    sheet.overlay(where, clean, scratch)
                if shot.weather.still and shot.caption is not None:
                    lay(clean, shot.caption)
                last = placed
            if shot.weather.still:
                yield self._clean
                continue
            self._shown[:] = self._clean
            shot.weather.fall(shown, index)
            if shot.caption is not None:
                lay(shown, shot.caption)
            yield self._shown
