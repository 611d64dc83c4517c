"""measure: the measuring tools on any picture or clip; no project needed."""

from __future__ import annotations

from dataclasses import asdict, astuple, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import cyclopts
from cyclopts import Parameter

from stillreel.cli import learned
from stillreel.cli.measured import Answer, likeness_row, picture, regular
from stillreel.measure.nouns import IdentityScore

if TYPE_CHECKING:
    from collections.abc import Callable

    from stillreel.measure.nouns import Image

Tier = Literal["embedded", "model"]
AnyTier = Literal["embedded", "model", "judge"]
View = Literal["full", "half", "bust"]
Style = Literal["photoreal", "drawn"]
Json = Annotated[bool, Parameter(name="--json", negative="")]

_LONGEST = 12
"""Letters of a layout."""

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

    answer = Answer(files)
    known = _layout(layout)
    for file in files:
        with answer.one():
            cut = finder.panels(picture(file), known)
            boxes = [[box.left, box.top, box.right, box.bottom] for box in cut.boxes]
            row: dict[str, object] = {
                "file": str(file),
                "grid": cut.grid,
                "rows": cut.rows,
                "cols": cut.cols,
                "panels": boxes,
                "confidence": round(cut.confidence, 3),
            }
            answer.results.append(row)
            size = f"{cut.rows}x{cut.cols}"
            answer.lines.append(f"{file}: {size}, confidence {row['confidence']}")
            answer.lines += [f"  {box}" for box in boxes]
    return answer.tell(as_json=as_json)


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

    answer = Answer(files)
    jobs = COUNTING if like is None else (*COUNTING, *COMPARING)
    kit = learned.kit_of(tier, jobs, style, weights)
    known = picture(like) if like is not None else None
    for file in files:
        with answer.one():
            image = picture(file)
            found = tiers.headcount(image, kit, known, style)
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
            answer.results.append(row)
            same = f", {row['same_as_reference']} like the reference" if known is not None else ""
            seen = found.page or f"{found.tier} tier"
            told = f"{file}: {row['count']}{same} ({seen}, sure to {row['confidence']})"
            answer.lines.append(told)
            if cut is not None:
                row["single"], row["clean"] = _single(image, cut / f"{file.stem}-single.png")
                answer.lines.append(f"  {_cut(row)}")
    return answer.tell(as_json=as_json)


@app.command
def identity(
    reference: Path,
    *files: Path,
    tier: AnyTier = "embedded",
    style: Style | None = None,
    weights: Path | None = None,
    judge: str | None = None,
    trust: Path | None = None,
    film: Path | None = None,
    who: str | None = None,
    view: View | None = None,
    max_spend: str | None = None,
    as_json: Json = False,
) -> int:
    """Score how much the character in each picture looks like the reference.

    Args:
        reference: picture of one figure.
        files: pictures to compare with it.
        tier: embedded; model: learned weights from the extra `model`, which see faces too; or
            judge: a vision model fills in the checklist of a film's character, for money.
        style: what the pictures are, photoreal or drawn; the model tier finds out if left out.
        weights: folder of the learned weights; ~/.stillreel/models unless told.
        judge: id of the judge.
        trust: what `bench judge --keep` wrote; without leave in it the judge does not decide.
        film: project folder; its ledger pays the judge, and keeps every answer.
        who: id of one of its cast, who is to be seen in all pictures.
        view: how much of the figure the pictures show: full, half or bust; full unless told.
        max_spend: most the judge may cost in US dollars; without it the price is told, and nothing
            is asked without a yes.
        as_json: answer as JSON.
    """
    from stillreel.cli import judged
    from stillreel.measure import tiers
    from stillreel.measure.model.kit import COMPARING

    words = judged.Words(judge, trust, film, who, max_spend, view)
    if tier == "judge":
        return judged.identity(reference, files, words, as_json=as_json)
    words.unused()
    answer = Answer(files)
    kit = learned.kit_of(tier, COMPARING, style, weights)
    known = picture(reference)
    for file in files:
        with answer.one():
            found = tiers.likeness(known, picture(file), kit, style)
            row = {"reference": str(reference), "file": str(file), **likeness_row(found)}
            answer.results.append(row)
            if isinstance(found, IdentityScore):
                told = f"{row['score']} {row['interval']} {'same' if found.same else 'different'}"
            else:
                told = f"not_measurable, {found.reason}"
            answer.lines.append(f"{file}: {told} ({found.tier})")
    return answer.tell(as_json=as_json)


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
    from stillreel.cli.clips import order_of, row_of, told_of
    from stillreel.measure.clip.facts import facts

    answer = Answer(files)
    known = picture(like) if like is not None else None
    ordered = order_of(board, size=size, fps=fps, seconds=seconds, cuts=cuts)
    if ordered is not None and known is not None:
        # the board plans everybody, but one look is counted
        ordered = replace(ordered, heads=())
    for file in files:
        with answer.one():
            regular(file)
            found = facts(file, ordered, count=_heads(known), most=None if known is None else 1)
            row = row_of(file, found)
            answer.results.append(row)
            answer.lines += told_of(row, found)
    return answer.tell(as_json=as_json)


def _cut(row: dict[str, object]) -> str:
    """Return what became of the cut of a sheet, in words."""
    if not row["single"]:
        return "no clean single view could be cut"
    return f"{row['single']}{'' if row['clean'] else ' (not clean: others were painted out)'}"


def _heads(like: Image | None) -> Callable[[Image], int | None]:
    from stillreel.measure import tiers

    return lambda frame: tiers.sure_headcount(frame, like=like)


def _told(count: int | None) -> int | str:
    return "not_measurable" if count is None else count


def _single(image: Image, target: Path) -> tuple[str, bool | None]:
    """Cut one single view out of a sheet; return its path, and whether nobody was painted out."""
    from stillreel.ledger.store import write_atomic
    from stillreel.measure.people.single import single
    from stillreel.measure.pictures import encode_png

    found = single(image)
    if found is None:
        return "", None
    write_atomic(target, encode_png(found.picture))
    return str(target), found.clean


def _layout(text: str) -> tuple[int, int] | None:
    from stillreel.errors import UsageError

    if not text:
        return None
    rows, _, columns = text.lower().partition("x")
    if not (rows.isdecimal() and columns.isdecimal() and len(text) <= _LONGEST):
        raise UsageError(
            f"{text[:40]!r} is no layout.", next_step="Write rows x columns, like 3x3."
        )
    return int(rows), int(columns)
