"""measure: the measuring tools on any picture or clip; no project needed."""

from __future__ import annotations

from dataclasses import asdict, astuple, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import cyclopts
from cyclopts import Parameter

from stillreel.cli import learned, show
from stillreel.measure.nouns import IdentityScore

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from stillreel.measure.nouns import Image, NotMeasurable

Tier = Literal["embedded", "model"]
Style = Literal["photoreal", "drawn"]
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
    return _answered(results, lines, as_json=as_json)


@app.command
def instances(
    *files: Path,
    like: Path | None = None,
    cut: Path | None = None,
    tier: Tier = "embedded",
    style: Style | None = None,
    weights: Path | None = None,
    as_json: Json = False,
) -> int:
    """Count how often a character is depicted in sheets, panels or frames.

    Where it cannot be told, as in a busy scene, the answer is not_measurable, never a guess.

    Args:
        files: pictures.
        like: picture of one figure; counts also the depictions that look like it.
        cut: folder for one clean single view cut out of each picture, as NAME-single.png.
        tier: embedded, or model: learned weights from the extra `model`, which finds people.
        style: what the pictures are, photoreal or drawn; the model tier finds out if left out.
        weights: folder of the learned weights; ~/.stillreel/models unless told.
        as_json: answer as JSON.
    """
    from stillreel.measure import tiers
    from stillreel.measure.model.kit import COMPARING, COUNTING

    jobs = COUNTING if like is None else (*COUNTING, *COMPARING)
    kit = learned.kit_of(tier, jobs, style, weights)
    known = _picture(like) if like is not None else None
    lines: list[str] = []
    results: list[dict[str, object]] = []
    for file in files:
        picture = _picture(file)
        found = tiers.headcount(picture, kit, known, style)
        row: dict[str, object] = {
            "file": str(file),
            "count": _told(found.count),
            "boxes": [list(astuple(box)) for box in found.boxes],
            "same_as_reference": None if known is None else _told(found.same_as_reference),
            "confidence": round(found.confidence, 3),
            "tier": found.tier,
            "page": found.page,
            "weights": [asdict(one) for one in found.weights],
        }
        if cut is not None:
            row["single"] = _single(picture, cut / f"{file.stem}-single.png")
        results.append(row)
        same = f", {row['same_as_reference']} like the reference" if known is not None else ""
        seen = found.page or f"{found.tier} tier"
        lines.append(f"{file}: {row['count']}{same} ({seen}, sure to {row['confidence']})")
        if cut is not None:
            lines.append(f"  {row['single'] or 'no clean single view could be cut'}")
    return _answered(results, lines, as_json=as_json)


@app.command
def identity(
    reference: Path,
    *files: Path,
    tier: Tier = "embedded",
    style: Style | None = None,
    weights: Path | None = None,
    as_json: Json = False,
) -> int:
    """Score how much the character in each picture looks like the reference.

    Args:
        reference: picture of one figure.
        files: pictures to compare with it.
        tier: embedded, or model: learned weights from the extra `model`, which see faces too.
        style: what the pictures are, photoreal or drawn; the model tier finds out if left out.
        weights: folder of the learned weights; ~/.stillreel/models unless told.
        as_json: answer as JSON.
    """
    from stillreel.measure import tiers
    from stillreel.measure.model.kit import COMPARING

    kit = learned.kit_of(tier, COMPARING, style, weights)
    known = _picture(reference)
    lines: list[str] = []
    results: list[dict[str, object]] = []
    for file in files:
        found = tiers.likeness(known, _picture(file), kit, style)
        row = {"reference": str(reference), "file": str(file), **_likeness(found)}
        results.append(row)
        if isinstance(found, IdentityScore):
            same = "same" if found.same else "different"
            lines.append(f"{file}: {row['score']} {row['interval']} {same} ({found.tier})")
        else:
            lines.append(f"{file}: not_measurable, {found.reason} ({found.tier})")
    return _answered(results, lines, as_json=as_json)


@app.command
def clip(
    *files: Path,
    like: Path | None = None,
    board: Path | None = None,
    size: str = "",
    fps: str = "",
    seconds: str = "",
    cuts: str = "",
    as_json: Json = False,
) -> int:
    """Measure clips: size, rate, length, cuts, and what is wrong with them, with times in seconds.

    Args:
        files: video files.
        like: picture of one figure; frames are searched for more than one that looks like it.
        board: a film's board/C07.toml; its clip is what was ordered.
        size: width x height that was ordered, e.g. 1920x1080.
        fps: rate that was ordered, e.g. 24 or 24000/1001.
        seconds: length that was ordered; needs the rate.
        cuts: seconds at which cuts were ordered, e.g. 1.5,3.25, or none; needs the rate.
        as_json: answer as JSON.
    """
    from stillreel.cli.clips import order_of, row_of
    from stillreel.measure.clip.facts import facts

    known = _picture(like) if like is not None else None
    ordered = order_of(board, size=size, fps=fps, seconds=seconds, cuts=cuts)
    if ordered is not None and known is not None:
        # the board plans everybody, but one look is counted
        ordered = replace(ordered, heads=())
    lines: list[str] = []
    results: list[dict[str, object]] = []
    for file in files:
        found = facts(file, ordered, count=_heads(known), most=None if known is None else 1)
        row = row_of(file, found)
        results.append(row)
        told = f"{row['width']}x{row['height']}, {row['fps']} fps, {row['seconds']} s"
        lines.append(f"{file}: {told}, cuts at {row['cuts']}")
        faults = ("black", "frozen", "flicker", "blur", "drifting", "clones", "letterbox")
        lines += [f"  {name}: {row[name]}" for name in faults if row[name]]
        lines += [f"  {one.what}: {one.wanted} ordered, {one.found} found" for one in found.wrong]
    return _answered(results, lines, as_json=as_json)


def _answered(results: Sequence[dict[str, object]], lines: Sequence[str], *, as_json: bool) -> int:
    if as_json:
        show.document({"results": results})
    else:
        show.lines(lines)
    return 0


def _likeness(found: IdentityScore | NotMeasurable) -> dict[str, object]:
    if not isinstance(found, IdentityScore):
        return {
            "score": None,
            "interval": None,
            "same": None,
            "tier": found.tier,
            "attributes": {},
            "not_measurable": found.reason,
        }
    return {
        "score": round(found.score, 3),
        "interval": [round(found.interval[0], 3), round(found.interval[1], 3)],
        "same": found.same,
        "tier": found.tier,
        "attributes": {
            one.name: "not_measurable" if one.score is None else round(one.score, 3)
            for one in found.attributes
        },
        "weights": [asdict(one) for one in found.weights],
    }


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
