"""Clips on the command line: what was ordered, and what was found, as a row of JSON."""

from __future__ import annotations

from dataclasses import asdict, astuple, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from stillreel.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from stillreel.measure.clip.nouns import ClipFacts, Ordered
    from stillreel.measure.nouns import Span

_LONGEST = 20
"""Letters of a size or number on the command line."""


def order_of(board: Path | None, *, size: str, fps: str, seconds: str, cuts: str) -> Ordered | None:
    """Return what was ordered, or None; a word on the command line wins over the board.

    Raises:
        UsageError: a word is no size, rate, length or list of cuts.
        ProjectError: the board lies in no film, or the film has problems.
    """
    from stillreel.measure.clip.nouns import Ordered
    from stillreel.production.checks import ordered

    if not (board or size or fps or seconds or cuts):
        return None
    known = ordered(board) if board else Ordered()
    if size:
        known = replace(known, size=_size(size))
    if fps:
        known = replace(known, fps=_number("fps", fps))
    rate = known.fps
    if rate is None and (seconds or cuts):
        raise UsageError(
            "A length or cuts are ordered in frames of a rate.", next_step="Add --fps, e.g. 24."
        )
    if rate and seconds:
        known = replace(known, frames=round(_number("seconds", seconds) * rate))
    if rate and cuts:
        times = () if cuts == "none" else cuts.split(",")
        at = tuple(round(_number("cuts", one) * rate) for one in times)
        known = replace(known, cuts=at, heads=())
    return known


def row_of(file: Path, found: ClipFacts) -> dict[str, object]:
    """Return what was found of a clip as a row, times in seconds."""
    rate = found.fps
    return {
        "file": str(file),
        "cuts": [round(float(cut / rate), 3) for cut in found.cuts],
        "black": _times(found.black, rate),
        "frozen": _times(found.frozen, rate),
        "clones": _times(found.clones, rate),
        "drift": round(found.creep, 4),
        "width": found.width,
        "height": found.height,
        "fps": f"{rate.numerator}/{rate.denominator}",
        "seconds": round(float(found.seconds), 3),
        "flicker": _times(found.flicker, rate),
        "blur": _times(found.blur, rate),
        "drifting": _times(found.drifting, rate),
        "drift_by_shot": [
            {
                "shot": _times((one.shot,), rate)[0],
                "slope": [round(value, 5) for value in one.slope],
                "shift": [[gap, round(value, 3)] for gap, value in one.apart],
            }
            for one in found.drift
        ],
        "letterbox": [
            {"at": _times((bars.shot,), rate)[0], "picture": list(astuple(bars.picture))}
            for bars in found.letterbox
        ],
        "heads": [
            {
                "at": _times((one.span,), rate)[0],
                "count": "not_measurable" if one.count is None else one.count,
            }
            for one in found.heads
        ],
        "wrong": [asdict(one) for one in found.wrong],
    }


def told_of(row: Mapping[str, object], found: ClipFacts) -> list[str]:
    """Return a row of a clip, see `row_of`, as lines of text."""
    told = f"{row['width']}x{row['height']}, {row['fps']} fps, {row['seconds']} s"
    lines = [f"{row['file']}: {told}, cuts at {row['cuts']}"]
    faults = ("black", "frozen", "flicker", "blur", "drifting", "clones", "letterbox")
    lines += [f"  {name}: {row[name]}" for name in faults if row[name]]
    return lines + [f"  {one.what}: {one.wanted} ordered, {one.found} found" for one in found.wrong]


def _times(spans: Sequence[Span], rate: Fraction) -> list[list[float]]:
    return [[round(float(s.first / rate), 3), round(float(s.last / rate), 3)] for s in spans]


def _size(text: str) -> tuple[int, int]:
    wide, _, high = text.lower().partition("x")
    if not (wide.isdecimal() and high.isdecimal() and len(text) <= _LONGEST):
        raise UsageError(
            f"{text[:40]!r} is no size.", next_step="Write width x height, like 1920x1080."
        )
    return int(wide), int(high)


def _number(what: str, text: str) -> Fraction:
    try:
        # an exponent could ask for a number that fills the memory
        found = Fraction(text.strip() if len(text) <= _LONGEST and "e" not in text.lower() else "")
    except (ValueError, ZeroDivisionError):
        found = Fraction(-1)
    if found <= 0:
        raise UsageError(
            f"{text[:40]!r} is no number for --{what}.",
            next_step="Write one like 24, 12.5 or 24000/1001.",
        )
    return found
