"""measure: the measuring tools on any picture or clip; no project needed."""

from __future__ import annotations

from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import cyclopts
from cyclopts import Parameter

from stillreel.cli import show

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from fractions import Fraction

    from stillreel.measure.nouns import Image, Span

Json = Annotated[bool, Parameter(name="--json", negative="")]

_SMALLEST = 32
"""Pixels of the shorter side; nothing can be told of a smaller picture."""

app = cyclopts.App(name="measure", help="Measure any picture or clip.", version_flags=[])


@app.command
def panels(*files: Path, layout: str = "", as_json: Json = False) -> int:
    """Find the panels of boards: boxes in pixels, reading order.

    Args:
        files: pictures.
        layout: rows x columns when known, e.g. 3x3.
        as_json: answer as JSON.
    """
    from stillreel.measure.page import panels as finder

    known = _layout(layout)
    lines: list[str] = []
    results: list[dict[str, object]] = []
    for file in files:
        cut = finder.panels(_picture(file), known)
        boxes = [[box.left, box.top, box.right, box.bottom] for box in cut.boxes]
        results.append(
            {
                "file": str(file),
                "grid": cut.grid,
                "rows": cut.rows,
                "cols": cut.cols,
                "panels": boxes,
                "confidence": round(cut.confidence, 3),
            }
        )
        lines += [
            f"{file}: {cut.rows}x{cut.cols}, confidence {round(cut.confidence, 3)}",
            *(f"  {box}" for box in boxes),
        ]
    if as_json:
        show.document({"results": results})
    else:
        show.lines(lines)
    return 0


@app.command
def instances(
    *files: Path, like: Path | None = None, cut: Path | None = None, as_json: Json = False
) -> int:
    """Count how often a character is depicted in sheets, panels or frames.

    Where it cannot be told, as in a busy scene, the answer is not_measurable, never a guess.

    Args:
        files: pictures.
        like: picture of one figure; counts also the depictions that look like it.
        cut: folder for one clean single view cut out of each picture, as NAME-single.png.
        as_json: answer as JSON.
    """
    from stillreel.measure.people.instances import instances as count

    known = _picture(like) if like is not None else None
    lines: list[str] = []
    results: list[dict[str, object]] = []
    for file in files:
        picture = _picture(file)
        found = count(picture, known)
        row: dict[str, object] = {
            "file": str(file),
            "count": _told(found.count),
            "boxes": [list(astuple(box)) for box in found.boxes],
            "same_as_reference": None if known is None else _told(found.same_as_reference),
            "confidence": round(found.confidence, 3),
            "tier": found.tier,
            "page": found.page,
        }
        if cut is not None:
            row["single"] = _single(picture, cut / f"{file.stem}-single.png")
        results.append(row)
        same = f", {row['same_as_reference']} like the reference" if known is not None else ""
        lines.append(f"{file}: {row['count']}{same} ({found.page}, sure to {row['confidence']})")
        if cut is not None:
            lines.append(f"  {row['single'] or 'no clean single view could be cut'}")
    if as_json:
        show.document({"results": results})
    else:
        show.lines(lines)
    return 0


@app.command
def identity(reference: Path, *files: Path, as_json: Json = False) -> int:
    """Score how much the character in each picture looks like the reference.

    Args:
        reference: picture of one figure.
        files: pictures to compare with it.
        as_json: answer as JSON.
    """
    from stillreel.measure.likeness import identity as scorer

    known = _picture(reference)
    results: list[dict[str, object]] = []
    for file in files:
        found = scorer.identity(known, _picture(file))
        results.append(
            {
                "reference": str(reference),
                "file": str(file),
                "score": round(found.score, 3),
                "interval": [round(found.interval[0], 3), round(found.interval[1], 3)],
                "same": found.same,
                "tier": found.tier,
                "attributes": {
                    one.name: "not_measurable" if one.score is None else round(one.score, 3)
                    for one in found.attributes
                },
            }
        )
    if as_json:
        show.document({"results": results})
    for row in () if as_json else results:
        same = "same" if row["same"] else "different"
        show.lines([f"{row['file']}: {row['score']} {row['interval']} {same} ({row['tier']})"])
    return 0


@app.command
def clip(*files: Path, like: Path | None = None, as_json: Json = False) -> int:
    """Measure clips: size, rate, length, cuts, and what is wrong with them, with times in seconds.

    Args:
        files: video files.
        like: picture of one figure; frames are searched for more than one that looks like it.
        as_json: answer as JSON.
    """
    from stillreel.measure.clip.facts import facts

    known = _picture(like) if like is not None else None
    lines: list[str] = []
    results: list[dict[str, object]] = []
    for file in files:
        found = facts(file, count=_heads(known), most=None if known is None else 1)
        rate = found.fps
        row: dict[str, object] = {
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
            "letterbox": [
                {"at": _times((bars.shot,), rate)[0], "picture": list(astuple(bars.picture))}
                for bars in found.letterbox
            ],
            "heads": [
                {"at": _times((one.span,), rate)[0], "count": _told(one.count)}
                for one in found.heads
            ],
        }
        results.append(row)
        size = f"{row['width']}x{row['height']}, {row['fps']} fps, {row['seconds']} s"
        lines.append(f"{file}: {size}, cuts at {row['cuts']}")
        faults = ("black", "frozen", "flicker", "blur", "drifting", "clones", "letterbox")
        lines += [f"  {name}: {row[name]}" for name in faults if row[name]]
    if as_json:
        show.document({"results": results})
    else:
        show.lines(lines)
    return 0


def _times(spans: Sequence[Span], rate: Fraction) -> list[list[float]]:
    return [[round(float(s.first / rate), 3), round(float(s.last / rate), 3)] for s in spans]


def _heads(like: Image | None) -> Callable[[Image], int | None]:
    from stillreel.measure.people.instances import instances

    def count(frame: Image) -> int | None:
        found = instances(frame, like)
        return found.count if like is None else found.same_as_reference

    return count


def _told(count: int | None) -> int | str:
    return "not_measurable" if count is None else count


def _single(picture: Image, target: Path) -> str:
    from stillreel.ledger.store import write_atomic
    from stillreel.measure.people.single import single
    from stillreel.measure.pictures import encode_png

    found = single(picture)
    if found is None:
        return ""
    write_atomic(target, encode_png(found.picture))
    return str(target)


def _picture(file: Path) -> Image:
    from stillreel.errors import MediaError, UsageError
    from stillreel.measure import pictures

    try:
        data = file.read_bytes()
    except OSError as error:
        raise UsageError(
            f"The picture cannot be read: {error.strerror}.",
            where=str(file),
            next_step="Check the path.",
        ) from error
    picture = pictures.decode(data, str(file))
    if min(picture.shape[:2]) < _SMALLEST:
        raise MediaError(
            f"The picture is {picture.shape[1]} x {picture.shape[0]} pixels, too small to measure.",
            where=str(file),
            next_step=f"Give one with at least {_SMALLEST} pixels a side.",
        )
    return picture


def _layout(text: str) -> tuple[int, int] | None:
    from stillreel.errors import UsageError

    if not text:
        return None
    rows, _, columns = text.lower().partition("x")
    if not (rows.isdigit() and columns.isdigit()):
        raise UsageError(f"{text!r} is no layout.", next_step="Write rows x columns, like 3x3.")
    return int(rows), int(columns)
