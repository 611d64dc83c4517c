"""Draw one board per clip and cut its panels back out of the picture."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from stillreel.grid.ask import ask_for, references_for
from stillreel.grid.check import problems
from stillreel.grid.nouns import COLUMNS, ROWS, Grid
from stillreel.ledger.nouns import Score
from stillreel.plan.prompts import render

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from stillreel.engine.work import Work
    from stillreel.plan.nouns import ClipPlan, Plan
    from stillreel.plan.prompts import Prompt
    from stillreel.providers.offer import Offer
    from stillreel.sheet.nouns import Sheet

Box = tuple[int, int, int, int]
_CUT = "panels"
"""Kind of figure a board's cut is noted as: how sure it is, and the boxes."""


async def draw(
    plan: Plan,
    clip: ClipPlan,
    sheets: Mapping[str, Sheet],
    work: Work,
    *,
    front_end: str,
    prompt: Prompt,
    number: int,
    offer: Offer,
) -> Grid:
    """Return the board of a clip with its nine panels.

    Raises:
        BadOutput: the picture that came back is no 3x3 board.
    """
    references = references_for(prompt, sheets, work, offer.references_max)
    text = render(prompt, [one.label for one in references], offer.reference_syntax)
    ask = ask_for(plan, clip, text, number, references)
    take = await work.still(ask, front_end)
    known = work.noted(take).get(_CUT)
    panels = tuple(file for file in take.files if file.role.startswith("panel-"))
    if known is None or not panels:
        path_of_board = work.path(take.main.digest)
        boxes, confidence, pictures = await work.compute(_cut, path_of_board)
        panels = tuple(
            work.keep(data, "image/png", f"panel-{index}") for index, data in enumerate(pictures, 1)
        )
        take = work.attach(take, panels)
        known = Score(
            take.id, _CUT, confidence, confidence, confidence, "embedded", json.dumps(boxes)
        )
        work.note(known)
    boxes, confidence = tuple(_box(box) for box in json.loads(known.detail)), known.value
    return Grid(clip.id, take, panels, boxes, confidence, problems(clip.id, boxes, confidence))


def _box(numbers: list[int]) -> Box:
    left, top, right, bottom = numbers
    return left, top, right, bottom


def _cut(path: Path) -> tuple[tuple[Box, ...], float, tuple[bytes, ...]]:
    """Find the panels of a board and cut them out; runs in a worker."""
    from stillreel.measure import pictures
    from stillreel.measure.page import panels

    image = pictures.decode(path.read_bytes(), str(path))
    cut = panels.panels(image, (ROWS, COLUMNS))
    boxes = tuple((box.left, box.top, box.right, box.bottom) for box in cut.boxes)
    crops = tuple(
        pictures.encode_png(image[top:bottom, left:right]) for left, top, right, bottom in boxes
    )
    return boxes, cut.confidence, crops
