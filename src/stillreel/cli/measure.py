"""measure: the measuring tools on any picture or clip; no project needed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import cyclopts
from cyclopts import Parameter

from stillreel.cli import show

if TYPE_CHECKING:
    from stillreel.measure.nouns import Image

Json = Annotated[bool, Parameter(name="--json", negative="")]

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
def clip(*files: Path, as_json: Json = False) -> int:
    """Measure clips: size, rate, length, cuts, black and frozen stretches.

    Args:
        files: video files.
        as_json: answer as JSON.
    """
    from stillreel.measure.clip.facts import facts

    results: list[dict[str, object]] = []
    for file in files:
        found = facts(file)
        rate = found.fps
        results.append(
            {
                "file": str(file),
                "cuts": [round(float(cut / rate), 3) for cut in found.cuts],
                "black": [[float(one.first / rate), float(one.last / rate)] for one in found.black],
                "frozen": [
                    [float(one.first / rate), float(one.last / rate)] for one in found.frozen
                ],
                "width": found.width,
                "height": found.height,
                "fps": f"{rate.numerator}/{rate.denominator}",
                "seconds": round(float(found.frames / rate), 3),
            }
        )
    if as_json:
        show.document({"results": results})
    for row in () if as_json else results:
        show.lines(
            [
                (
                    f"{row['file']}: {row['width']}x{row['height']} {row['fps']} "
                    f"{row['seconds']} s, cuts at {row['cuts']}"
                )
            ]
        )
    return 0


def _picture(file: Path) -> Image:
    from stillreel.errors import UsageError
    from stillreel.measure import pictures

    try:
        data = file.read_bytes()
    except OSError as error:
        raise UsageError(
            f"The picture cannot be read: {error.strerror}.",
            where=str(file),
            next_step="Check the path.",
        ) from error
    return pictures.decode(data, str(file))


def _layout(text: str) -> tuple[int, int] | None:
    from stillreel.errors import UsageError

    if not text:
        return None
    rows, _, columns = text.lower().partition("x")
    if not (rows.isdigit() and columns.isdigit()):
        raise UsageError(f"{text!r} is no layout.", next_step="Write rows x columns, like 3x3.")
    return int(rows), int(columns)
