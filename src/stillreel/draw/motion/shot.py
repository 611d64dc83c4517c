"""One panel on its way to the encoder: sheets, camera and weather become frames."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stillreel.draw.box import meet
from stillreel.draw.motion.camera import place, rested, steadied
from stillreel.draw.motion.planar import Planar, even, frame_view, lay, put
from stillreel.draw.motion.stage import clear_rows, framed, merged

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from stillreel.draw.box import Box
    from stillreel.draw.motion.camera import Placed, Track
    from stillreel.draw.motion.sampling import Scratch
    from stillreel.draw.motion.stage import Sheet
    from stillreel.draw.motion.weather import Weather

    Buffer = NDArray[np.uint8]

_EDGE = 4
"""Frame pixels around a changed box that are put together anew as well."""


def _places(shot: Shot, width: int, height: int) -> list[tuple[Placed, ...]]:
    """Return where every sheet is, frame by frame."""
    by_sheet = [
        steadied(
            [place(view, sheet.near, shot.visible, shot.centre) for view in shot.track.views],
            (width / 2, height / 2),
        )
        for sheet in shot.sheets
    ]
    together = rested(list(zip(*by_sheet, strict=True)), width, height)
    # a sheet that may lag stays behind on its own, as long as nobody can see it
    alone = [
        rested([(places[index],) for places in together], width, height, sheet.slack)
        for index, sheet in enumerate(shot.sheets)
    ]
    return [tuple(each[0] for each in moment) for moment in zip(*alone, strict=True)]


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
    """The frames pictures are put together in, kept for a whole clip."""

    def __init__(self, width: int, height: int) -> None:
        """Hold frames of an even size in pixels."""
        import numpy as np

        self._clean = np.zeros((height * 3 // 2, width), np.uint8)
        self._shown = np.zeros_like(self._clean)
        self._behind = np.zeros_like(self._clean)
        self._width, self._height = width, height

    def play(self, shot: Shot, scratch: Scratch) -> Iterator[Buffer]:
        """Yield the encoder frames of a panel; each is valid until the next is asked for."""
        bench = _Bench(shot, frame_view(self._clean), frame_view(self._behind), scratch)
        shown = frame_view(self._shown)
        places = _places(shot, self._width, self._height)
        for index, placed in enumerate(places):
            after = places[index + 1] if index + 1 < len(places) else None
            bench.show(index, placed, stays=after is not None and after[0] == placed[0])
            if shot.weather.still and shot.caption is None:
                yield self._clean
                continue
            self._shown[:] = self._clean
            shot.weather.fall(shown, index)
            if shot.caption is not None:
                lay(shown, shot.caption)
            yield self._shown


class _Bench:
    """Puts the sheets of one shot together, only where something changed."""

    def __init__(self, shot: Shot, frame: Planar, behind: Planar, scratch: Scratch) -> None:
        self._sheets = shot.sheets
        self._frame = frame
        self._behind = behind
        self._scratch = scratch
        self._whole = frame.box
        self._last: tuple[Placed, ...] | None = None
        self._covered: list[Box | None] = []
        self._kept: Placed | None = None

    def show(self, index: int, placed: tuple[Placed, ...], *, stays: bool) -> None:
        """Bring the frame to a moment.

        Args:
            index: frame of the panel.
            placed: where every sheet is.
            stays: whether the backmost sheet will be in the same place on the next frame.
        """
        dirty = [sheet.advance(index) for sheet in self._sheets]
        spots = self._changed(dirty, placed)
        back = self._sheets[0]
        fixed = stays and not back.acted and len(self._sheets) > 1
        if spots and fixed and self._kept != placed[0]:
            back.cover(placed[0], self._behind, self._scratch, self._whole)
            self._kept = placed[0]
        for spot in spots:
            self._put(spot, placed)
        self._last = placed

    def _changed(self, dirty: list[list[Box]], placed: tuple[Placed, ...]) -> list[Box]:
        """Return the boxes of the frame that differ from what it shows now."""
        last, covered = self._last, self._covered
        self._covered = [
            None if index == 0 else sheet.extent(where)
            for index, (sheet, where) in enumerate(zip(self._sheets, placed, strict=True))
        ]
        if last is None or last[0] != placed[0]:
            return [self._whole]
        found: list[Box] = []
        for index, where in enumerate(placed):
            if where == last[index]:
                boxes = (framed(box, where) for box in dirty[index])
                found += [(b[0] - _EDGE, b[1] - _EDGE, b[2] + _EDGE, b[3] + _EDGE) for b in boxes]
                continue
            found += [box for box in (covered[index], self._covered[index]) if box is not None]
        inside = [meet(even(box), self._whole) for box in merged(found)]
        return merged([box for box in inside if box is not None])

    def _put(self, spot: Box, placed: tuple[Placed, ...]) -> None:
        rows = clear_rows(self._sheets, placed, self._whole[3])
        seen = meet(spot, (0, 0, self._whole[2], rows))
        if seen is not None and self._kept == placed[0]:
            put(self._frame, self._behind.part(seen))
        elif seen is not None:
            self._sheets[0].cover(placed[0], self._frame, self._scratch, seen)
        for sheet, where in zip(self._sheets[1:], placed[1:], strict=True):
            sheet.overlay(where, self._frame, self._scratch, spot)
