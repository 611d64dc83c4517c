"""What was delivered held against what was ordered: pure, one word for each difference."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from stillreel.measure.clip.nouns import Wrong

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from stillreel.measure.clip.nouns import Heads, Ordered

NEAR_CUT = 2
"""Frames a measured cut may lie beside the planned one."""


def differences(
    ordered: Ordered,
    *,
    size: tuple[int, int],
    sizes: Iterable[tuple[int, int]],
    square: bool,
    rate: Fraction,
    frames: int,
    cuts: Sequence[int],
) -> tuple[Wrong, ...]:
    """Return how a clip differs from its order.

    Args:
        ordered: what was ordered.
        size: width and height in pixels of the first frame.
        sizes: every size met.
        square: whether pixels are square.
        rate: frames per second.
        frames: length.
        cuts: first frame of every shot but the first.
    """
    found: list[Wrong] = []
    if ordered.size is not None:
        others = sorted({size, *sizes} - {ordered.size})
        if others:
            told = ", ".join(f"{wide}x{high}" for wide, high in others)
            found.append(Wrong("size", f"{ordered.size[0]}x{ordered.size[1]}", told))
        if not square:
            found.append(Wrong("shape", "square pixels", "pixels that are not square"))
    if ordered.fps is not None and rate != ordered.fps:
        found.append(Wrong("fps", str(Fraction(ordered.fps)), str(rate)))
    wanted = Fraction(ordered.fps) if ordered.fps is not None else rate
    if ordered.frames is not None and round(frames / rate * wanted) != ordered.frames:
        length = f"{round(frames / rate * wanted)} frames"
        found.append(Wrong("length", f"{ordered.frames} frames", length))
    if ordered.cuts is not None:
        at = [round(cut / rate * wanted) for cut in cuts]
        found += [
            Wrong("cut", f"a cut at frame {cut}", "none")
            for cut in ordered.cuts
            if all(abs(cut - one) > NEAR_CUT for one in at)
        ]
        found += [
            Wrong("jump", "no cut", f"a cut at frame {one}")
            for one in at
            if all(abs(cut - one) > NEAR_CUT for cut in ordered.cuts)
        ]
    return tuple(found)


def planned_heads(ordered: Ordered, index: int, rate: Fraction) -> int | None:
    """Return how many depictions are planned for a frame, or None where nobody planned it."""
    if not ordered.heads:
        return None
    wanted = Fraction(ordered.fps) if ordered.fps is not None else rate
    at = index / rate * wanted
    shot = sum(cut <= at for cut in ordered.cuts or ())
    return ordered.heads[min(shot, len(ordered.heads) - 1)]


def too_many(ordered: Ordered, runs: Iterable[Heads], rate: Fraction) -> list[Heads]:
    """Return the runs that show more people than planned, for longer than one look."""
    found: list[Heads] = []
    for run in runs:
        planned = planned_heads(ordered, (run.span.first + run.span.last) // 2, rate)
        long = run.span.last - run.span.first > rate * Fraction(3, 4)
        if planned is not None and run.count is not None and run.count > planned and long:
            found.append(run)
    return found
