"""Time as whole frames at an exact rate."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise


def frames_of(seconds: Fraction | int | str, fps: int) -> int:
    """Return the number of frames nearest to `seconds` at `fps` (halves round up)."""
    exact = Fraction(seconds) * fps
    return int(exact + Fraction(1, 2))


def timecode(frames: int, fps: int) -> str:
    """Return non-drop SMPTE timecode `HH:MM:SS:FF`."""
    seconds, rest = divmod(frames, fps)
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours:02}:{minute:02}:{second:02}:{rest:02}"


def split_frames(total: int, weights: tuple[int, ...]) -> tuple[int, ...]:
    """Share `total` frames over `weights`, exactly, each share at least one frame.

    Shares are the differences of rounded cumulative sums, so they always add up to `total`.
    """
    whole = sum(weights)
    marks = [0]
    reached = 0
    for index, weight in enumerate(weights, 1):
        reached += weight
        mark = int(Fraction(total * reached, whole) + Fraction(1, 2))
        marks.append(max(mark, marks[-1] + 1) if index < len(weights) else total)
    return tuple(later - earlier for earlier, later in pairwise(marks))
