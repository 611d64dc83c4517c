"""How well pages are cut: real pictures with labels, hard pages made here, and our own boards."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import astuple, dataclass
from pathlib import Path
from statistics import fmean, median
from typing import TYPE_CHECKING

from stillreel.draw import look
from stillreel.draw.page.board import panel_boxes
from stillreel.draw.page.sheet import drawn
from stillreel.measure.nouns import Box
from stillreel.measure.page.panels import panels
from stillreel.measure.pictures import decode, encode_jpeg
from stillreel.values.scene import BoardScene, Identity, PanelScene, Setting, SheetScene

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from stillreel.measure.nouns import Image, PanelCut

    Row = tuple[str, str, str, bool]

HARD = Path(__file__).parents[2] / "tests" / "measure"
KINDS = ("garden", "sea", "room", "street", "mountain", "sky", "desert", "castle", "open")


@dataclass(frozen=True)
class Outcome:
    """One cut beside the truth."""

    name: str
    overlap: float
    """Mean IoU over the larger count."""
    right: bool
    """The count is right."""
    perfect: bool
    """And every panel is at IoU 0.9 or better."""
    close: bool
    """And every edge is within 3 px or 1 % of its panel's longer side."""
    sure: float
    seconds: float
    tags: tuple[str, ...] = ()


def outcome(
    name: str,
    image: Image,
    truth: Sequence[Box],
    layout: tuple[int, int] | None,
    tags: Sequence[str] = (),
) -> Outcome:
    """Cut one page and compare."""
    start = time.process_time()
    cut = panels(image, layout)
    spent = time.process_time() - start
    pairs = list(matched(cut, truth))
    right = len(cut.boxes) == len(truth)
    overlaps = [ours.overlap(theirs) for ours, theirs in pairs]
    whole = right and len(pairs) == len(truth)
    return Outcome(
        name,
        sum(overlaps) / max(len(cut.boxes), len(truth)),
        right,
        whole and min(overlaps, default=0) >= 0.9,
        whole and all(near(ours, theirs) for ours, theirs in pairs),
        cut.confidence,
        spent,
        tuple(tags),
    )


def matched(cut: PanelCut, truth: Sequence[Box]) -> Iterator[tuple[Box, Box]]:
    """Yield boxes with their labels, the best overlaps first, each used once."""
    ranked = sorted(
        ((a.overlap(b), i, j) for i, a in enumerate(cut.boxes) for j, b in enumerate(truth)),
        reverse=True,
    )
    ours, theirs = set[int](), set[int]()
    for overlap, i, j in ranked:
        if overlap > 0 and i not in ours and j not in theirs:
            ours.add(i)
            theirs.add(j)
            yield cut.boxes[i], truth[j]


def near(ours: Box, theirs: Box) -> bool:
    """Say whether all edges are within 3 px or 1 %."""
    most = max(3.0, 0.01 * max(theirs.width, theirs.height))
    return all(abs(a - b) <= most for a, b in zip(astuple(ours), astuple(theirs), strict=True))


def labelled(folder: Path, *, known: bool) -> list[Outcome]:
    """Cut the labelled pictures: regular pages with their layout, or all with no hint."""
    labels = json.loads((folder / "labels.json").read_text("utf-8"))
    files = {one["id"]: one["file"] for one in labels["images"]}
    done: list[Outcome] = []
    for grid in labels["grids"]:
        regular = "x" in grid["layout"] and grid["layout"] != "1x1"
        if known and not regular:
            continue
        rows, cols = (int(one) for one in grid["layout"].split("x")) if regular else (0, 0)
        image = decode((folder / files[grid["image"]]).read_bytes(), grid["image"])
        truth = [Box(*box) for box in grid["panels"]]
        layout = (rows, cols) if known else None
        done.append(outcome(grid["image"], image, truth, layout, grid["tags"]))
    return done


def hard(*, known: bool, count: int) -> list[Outcome]:
    """Cut pages that are made here."""
    sys.path.insert(0, str(HARD))
    from hardpages import hard_page

    made = (hard_page(seed) for seed in range(count))
    return [
        outcome(page.kind, page.image, page.boxes, page.layout if known else None)
        for page in made
        if page.layout or not known
    ]


def own(*, sides: tuple[int, int] = (1280, 720)) -> Iterator[tuple[str, Outcome]]:
    """Cut our own boards, and leave our own panels and character sheets whole."""
    width, height = sides
    cast = (Identity(id="mara", name="Mara"),)
    for style in look.names():
        pencil = look.named(style)
        assert pencil is not None
        scenes = tuple(
            PanelScene(id=f"P{at}", setting=Setting(id="a", name="A", kind=kind))
            for at, kind in enumerate(KINDS)
        )
        page = drawn(BoardScene(id="C01", panels=scenes, cast=cast), pencil, width, height)
        truth = [Box(*box) for box in panel_boxes(width, height, "16:9")]
        for quality in (95, 70):
            again = decode(encode_jpeg(page, quality))
            yield "board", outcome(style, again, truth, (3, 3))
        for box in truth:
            yield "whole", outcome(style, box.crop(page), [Box(0, 0, box.width, box.height)], None)
        sheet = drawn(SheetScene(character=cast[0]), pencil, width, height)
        yield "whole", outcome(style, sheet, [Box(0, 0, width, height)], None)


def rows(folder: Path, *, made: int = 90) -> Iterable[Row]:
    """Yield (figure, value, goal, met) for every figure of cutting pages."""
    ordered, free = labelled(folder, known=True), labelled(folder, known=False)
    pages = [one for one in free if "single_image" not in one.tags]
    yield from _shares("layout given", ordered, (1.0, 0.97, None, 0.9))
    yield from _shares("no hint", pages, (0.85, 0.9, 0.7, None))
    singles = [one for one in free if "single_image" in one.tags]
    yield _row("single pictures left whole", fmean(one.right for one in singles), 1.0)
    captioned = [one for one in ordered if "caption" in one.tags]
    yield _row("caption pages, perfect", fmean(one.perfect for one in captioned), 0.7)
    spent = median(one.seconds for one in free)
    yield "median CPU per page", f"{spent:.2f} s", "1 s", spent <= 1
    yield from _flags("labelled pages", ordered + pages)
    hard_ordered, hard_free = hard(known=True, count=made), hard(known=False, count=made)
    yield from _shares("hard pages, layout given", hard_ordered, (1.0, 0.97, None, 0.9))
    yield from _shares("hard pages, no hint", hard_free, (0.85, 0.9, 0.7, None))
    yield from _flags("hard pages", hard_ordered + hard_free)
    ours = list(own())
    boards = [one for kind, one in ours if kind == "board"]
    yield _row("our boards, close", fmean(one.close for one in boards), 1.0)
    wholes = [one for kind, one in ours if kind == "whole"]
    yield _row("our panels and sheets left whole", fmean(one.right for one in wholes), 1.0)


def _shares(name: str, done: Sequence[Outcome], goals: tuple[float | None, ...]) -> Iterator[Row]:
    values = (
        ("count", fmean(one.right for one in done)),
        ("mean IoU", fmean(one.overlap for one in done)),
        ("perfect", fmean(one.perfect for one in done)),
        ("within 3 px or 1 %", fmean(one.close for one in done)),
    )
    for (what, value), goal in zip(values, goals, strict=True):
        if goal is not None:
            yield _row(f"{name}, {what}", value, goal)


def _flags(name: str, done: Sequence[Outcome]) -> Iterator[Row]:
    failed = [one.sure < 0.5 for one in done if not one.perfect]
    good = [one.sure < 0.5 for one in done if one.perfect]
    if failed:
        yield _row(f"{name}, failures flagged ({len(failed)})", fmean(failed), 0.8)
    false = fmean(good) if good else 0.0
    yield f"{name}, successes flagged", f"{false:.3f}", "<= 0.100", false <= 0.1


def _row(name: str, value: float, goal: float) -> Row:
    return name, f"{value:.3f}", f">= {goal:.3f}", value >= goal


if __name__ == "__main__":
    FOLDER = Path(__file__).parents[3] / "shared" / "data" / "vision-public"
    for figure, value, goal, met in rows(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER):
        print(f"{figure:48} {value:>8} {goal:>10} {'met' if met else 'missed'}")
