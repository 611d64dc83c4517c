"""What the camera does during a panel: eased, small, and different for near and far.

A move is given by four things at every moment: how far the lens turned (everything shifts alike),
how far the camera travelled sideways and up (near things shift more), and how far it went in (near
things grow more). Amounts are those of a steady operator: a few percent of the frame per second.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from stillreel.values.scene import Move

    _Maker = Callable[[list[float], float, float, float], tuple[list["View"], bool]]
    """Makes the views of a move from its time line, the frame's width and height, and its reach;
    says as well whether near and far move differently."""


@dataclass(frozen=True, slots=True)
class View:
    """The camera at one frame, relative to where the still was drawn."""

    turn: tuple[float, float] = (0.0, 0.0)
    """Pixels the whole picture shifts: right, down."""
    travel: tuple[float, float] = (0.0, 0.0)
    """Pixels that things at the subject's distance shift: right, down."""
    zoom: float = 1.0
    """How much larger things at the subject's distance are."""
    lens: float = 1.0
    """How much larger everything is, whatever its distance."""


@dataclass(frozen=True, slots=True)
class Track:
    """The whole move of one panel."""

    views: tuple[View, ...]
    """One per frame."""
    parallax: bool
    """Whether near and far move differently."""

    @property
    def held(self) -> bool:
        """Whether the camera never moves."""
        return all(view == self.views[0] for view in self.views)


def eased(t: float) -> float:
    """Return 0..1 for 0..1: starts and ends gently, but never stands still inside a shot."""
    smooth = t * t * (3 - 2 * t)
    return 0.45 * t + 0.55 * smooth


FOLLOW = 0.11
"""Most a camera that goes along with a walker moves to either side, in frame widths."""


def track(
    move: Move,
    frames: int,
    width: int,
    height: int,
    fps: int,
    *,
    seed: int = 0,
    follow: float = 0.0,
) -> Track:
    """Return the camera of a panel, frame by frame.

    Args:
        move: what the plan asks for.
        frames: length of the panel.
        width: of the frame in pixels.
        height: of the frame in pixels.
        fps: frames per second; longer panels travel further, but not in proportion.
        seed: shapes a handheld camera's unrest.
        follow: pixels the subject walks in the direction of a tracking camera, which then keeps
            level with it as far as the sheets reach.
    """
    reach = min(1.35, max(0.7, sqrt(frames / fps / 1.4)))
    along = [eased(i / max(1, frames - 1)) for i in range(frames)]
    maker = _MOVES[move]
    if move == "handheld":
        return Track(_handheld(frames, width, fps, seed), parallax=False)
    if follow > 0 and move in {"track-left", "track-right"}:
        half = min(follow / 2, FOLLOW * width) * (1 if move == "track-left" else -1)
        even = [2 * i / max(1, frames - 1) - 1 for i in range(frames)]
        return Track(tuple(View(travel=(half * t, 0.0)) for t in even), parallax=True)
    views, parallax = maker(along, width * reach, height * reach, reach)
    return Track(tuple(views), parallax)


def breath(frames: int) -> Track:
    """Return the faint approach that keeps a picture alive in which nothing moves."""
    along = (eased(i / max(1, frames - 1)) for i in range(frames))
    return Track(tuple(View(lens=1.04 * 1.018**t) for t in along), parallax=False)


def _static(along: list[float], *_: float) -> tuple[list[View], bool]:
    return [View() for _step in along], False


def _push(along: list[float], _w: float, _h: float, reach: float) -> tuple[list[View], bool]:
    grown = 1 + 0.085 * reach
    return [View(zoom=grown**t, lens=1.04) for t in along], True


def _pull(along: list[float], _w: float, _h: float, reach: float) -> tuple[list[View], bool]:
    grown = 1 + 0.085 * reach
    return [View(zoom=grown ** (1 - t), lens=1.04) for t in along], True


def _pan(sign: float) -> _Maker:
    def make(along: list[float], width: float, _h: float, _r: float) -> tuple[list[View], bool]:
        span = 0.055 * width
        return [View(turn=(sign * span * (2 * t - 1), 0.0)) for t in along], False

    return make


def _tilt(sign: float) -> _Maker:
    def make(along: list[float], _w: float, height: float, _r: float) -> tuple[list[View], bool]:
        span = 0.065 * height
        # Mostly above the framed picture: a tilt that starts below it cuts hats and hair.
        ends = (-0.4, 1.6) if sign > 0 else (1.6, -0.4)
        return [View(turn=(0.0, span * (ends[0] + (ends[1] - ends[0]) * t))) for t in along], False

    return make


def _slide(sign: float) -> _Maker:
    def make(along: list[float], width: float, _h: float, _r: float) -> tuple[list[View], bool]:
        span = 0.045 * width
        return [View(travel=(sign * span * (2 * t - 1), 0.0)) for t in along], True

    return make


def _orbit(sign: float) -> _Maker:
    def make(along: list[float], width: float, _h: float, _r: float) -> tuple[list[View], bool]:
        span = 0.05 * width
        return [
            View(
                travel=(sign * span * (2 * t - 1), 0.0),
                turn=(-sign * span * (2 * t - 1), 0.0),
            )
            for t in along
        ], True

    return make


def _crane(sign: float) -> _Maker:
    def make(along: list[float], _w: float, height: float, _r: float) -> tuple[list[View], bool]:
        span = 0.06 * height
        return [
            View(
                travel=(0.0, sign * span * (2 * t - 1)),
                turn=(0.0, -0.35 * sign * span * (2 * t - 1)),
            )
            for t in along
        ], True

    return make


_MOVES = {
    "static": _static,
    "handheld": _static,
    "push": _push,
    "pull": _pull,
    "pan-left": _pan(1),
    "pan-right": _pan(-1),
    "tilt-up": _tilt(1),
    "tilt-down": _tilt(-1),
    "track-left": _slide(1),
    "track-right": _slide(-1),
    "orbit-left": _orbit(1),
    "orbit-right": _orbit(-1),
    "crane-up": _crane(1),
    "crane-down": _crane(-1),
}


def _handheld(frames: int, width: int, fps: int, seed: int) -> tuple[View, ...]:
    """A shoulder: slow sway, a little breath, never a jerk; the same for the same seed."""
    import numpy as np

    rng = np.random.default_rng([seed & 0xFFFFFFFF, 7])
    times = np.arange(frames) / fps
    sway = np.zeros((2, frames))
    for rate, size in ((0.45, 1.0), (0.9, 0.5), (1.7, 0.22)):
        phase = rng.uniform(0, 2 * np.pi, size=2)
        for axis in range(2):
            pace = rate * (1 + 0.17 * axis)
            sway[axis] += size * np.sin(2 * np.pi * pace * times + phase[axis])
    span = 0.0042 * width
    return tuple(
        View(turn=(float(sway[0, i]) * span, float(sway[1, i]) * span * 0.8)) for i in range(frames)
    )


@dataclass(frozen=True, slots=True)
class Placed:
    """Where one plane's sheet goes in the frame: x -> x * scale + shift."""

    scale: float
    shift: tuple[float, float]


def place(
    view: View,
    near: float,
    visible: tuple[int, int, int, int],
    centre: tuple[float, float],
) -> Placed:
    """Return how a plane is put into the frame.

    Args:
        view: the camera at this frame.
        near: subject's distance divided by the plane's: 1 at the subject, 0 at infinity.
        visible: the frame inside the sheet, in sheet pixels.
        centre: point of the sheet that stays put when the camera goes in, in sheet pixels.
    """
    # going in by z brings a plane at distance d from d to d - z
    gone = 1 - 1 / view.zoom
    scale = view.lens / (1 - min(gone * near, 0.9))
    right = view.turn[0] + view.travel[0] * near
    down = view.turn[1] + view.travel[1] * near
    middle = (centre[0] - visible[0], centre[1] - visible[1])
    return Placed(
        scale,
        (
            middle[0] - centre[0] * scale + right,
            middle[1] - centre[1] * scale + down,
        ),
    )


_QUICK = 1.8
"""Pixels per frame from which whole pixels are good enough."""
_SPREAD = 1.04
"""Enlargement at which every part of a picture falls differently between the pixels."""


def steadied(places: list[Placed], middle: tuple[float, float]) -> list[Placed]:
    """Return the places of a sheet so that its sharpness does not pulse as it slides.

    A picture between two pixels is softer than one that lies on them. Quick slides go by whole
    pixels; slow ones, where that would be seen as steps, are enlarged a little, which spreads all
    the in-between places over the picture at every moment.

    Args:
        places: one per frame.
        middle: centre of the frame in frame pixels.
    """
    if len(places) < 2 or any(abs(place.scale - 1) > 1e-9 for place in places):
        return places
    far = [
        max(abs(b.shift[0] - a.shift[0]), abs(b.shift[1] - a.shift[1])) for a, b in pairwise(places)
    ]
    if max(far) < 1e-6:
        return places
    if sum(far) / len(far) >= _QUICK:
        return [Placed(1.0, (float(round(p.shift[0])), float(round(p.shift[1])))) for p in places]
    return [
        Placed(
            _SPREAD,
            (
                middle[0] + (p.shift[0] - middle[0]) * _SPREAD,
                middle[1] + (p.shift[1] - middle[1]) * _SPREAD,
            ),
        )
        for p in places
    ]


def overscan(
    move: Move, frames: int, width: int, height: int, fps: int, *, follow: float = 0.0
) -> tuple[int, int]:
    """Return how many pixels beyond the frame a move needs: at either side, above and below."""
    if move == "static":
        return 0, 0
    whole = track(move, frames, width, height, fps, follow=follow)
    across = down = 0.0
    for view in whole.views:
        for near in (0.0, 1.0, 1.6):
            scale = view.lens / (1 - min((1 - 1 / view.zoom) * near, 0.9))
            spare = (1 - 1 / scale) / 2
            right = abs(view.turn[0] + view.travel[0] * near) / scale - spare * width
            below = abs(view.turn[1] + view.travel[1] * near) / scale - spare * height
            across, down = max(across, right), max(down, below)
    return _roomy(across), _roomy(down)


def _roomy(pixels: float) -> int:
    return 0 if pixels <= 0 else -(-int(pixels + 3) // 2) * 2


REST = 0.25
"""Pixels no part of the picture may be from where it should be when a frame is shown again."""


def rested(
    moments: list[tuple[Placed, ...]], width: int, height: int, slack: float = REST
) -> list[tuple[Placed, ...]]:
    """Return the places of sheets with those repeated that nobody can tell from the next.

    A frame that is shown again costs neither sampling nor, much, encoding.

    Args:
        moments: the places of all sheets that move together, frame by frame.
        width: of the frame in pixels.
        height: of the frame.
        slack: pixels any corner of the frame may lag behind.
    """
    shown: list[tuple[Placed, ...]] = []
    for places in moments:
        last = shown[-1] if shown else places
        near = all(_lag(a, b, width, height) <= slack for a, b in zip(last, places, strict=True))
        shown.append(last if near else places)
    return shown


def _lag(first: Placed, second: Placed, width: int, height: int) -> float:
    """Return how far apart two places put the same point of the frame, at most, in pixels."""
    grown = second.scale / first.scale
    moved = (
        second.shift[axis] - first.shift[axis] * grown + (grown - 1) * corner
        for axis, side in ((0, width), (1, height))
        for corner in (0, side)
    )
    return max(abs(pixels) for pixels in moved)
