"""Draw one board per clip and cut its panels back out of the picture."""

from __future__ import annotations

import json
from dataclasses import astuple, replace
from typing import TYPE_CHECKING

from stillreel.grid.ask import ask_for, panel_ask, plates_of, references_for, wanted
from stillreel.grid.check import problems
from stillreel.grid.nouns import COLUMNS, ROWS, Grid
from stillreel.ledger.nouns import Score
from stillreel.measure import staged
from stillreel.plan.prompts import panel_prompt, render
from stillreel.values.digest import of_value
from stillreel.values.money import Money

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from stillreel.engine.work import Work
    from stillreel.measure.staged import Seen
    from stillreel.plan.nouns import ClipPlan, Plan
    from stillreel.plan.prompts import Prompt
    from stillreel.providers.offer import Offer
    from stillreel.sheet.nouns import Sheet
    from stillreel.values.take import StoredFile, Take

Box = tuple[int, int, int, int]
_CUT = "panels"
"""Kind of figure a board's cut is noted as: how sure it is, and the boxes."""
_SEEN = "people"
"""Kind of figure that says who was seen in the panels: the mean likeness, and each panel."""


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
    rival: bool = False,
    beside: Sequence[int] = (),
) -> Grid:
    """Return the board of a clip with its nine panels.

    Args:
        plan: the whole plan.
        clip: the clip the board is of.
        sheets: finished sheets by subject.
        work: where asks are carried out.
        front_end: id of who draws it.
        prompt: the written prompt.
        number: of the take; 1 for the first.
        offer: what the front-end can do.
        rival: whether it is drawn for a contest, whatever board a person chose.
        beside: numbers of takes that are asked for at the same time.

    Raises:
        BadOutput: the picture that came back is no 3x3 board.
    """
    references = references_for(prompt, sheets, work, offer.references_max)
    text = render(prompt, [one.label for one in references], offer.reference_syntax)
    ask, *others = (ask_for(plan, clip, text, one, references) for one in (number, *beside))
    take = await work.still(ask, front_end, rival=rival, beside=others)
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


async def look_at(
    plan: Plan,
    clip: ClipPlan,
    sheets: Mapping[str, Sheet],
    grid: Grid,
    work: Work,
    models: Path | None = None,
) -> tuple[Seen, ...]:
    """Return what every panel of a board shows of whom the plan has in it; looked at once a tier.

    Raises:
        MediaError: a panel cannot be read.
    """
    known, tier = work.noted(grid.take).get(_SEEN), staged.tier_of(models)
    if known is None or known.tier != tier:
        panels = tuple(work.path(file.digest) for file in grid.panels)
        found = await work.compute(
            staged.seen_in, panels, wanted(plan, clip), plates_of(sheets, work), models
        )
        mean = staged.mean_likeness(found) or (0.0, 0.0, 1.0)
        known = Score(grid.take.id, _SEEN, *mean, tier, json.dumps([astuple(one) for one in found]))
        work.note(known)
    return staged.read_back(known.detail)


async def set_back(
    plan: Plan,
    clip: ClipPlan,
    sheets: Mapping[str, Sheet],
    work: Work,
    grid: Grid,
    *,
    numbers: Mapping[int, int],
    offer: Offer,
) -> Grid:
    """Ask for single panels of a board again and return the board with them in their places.

    Args:
        plan: the whole plan.
        clip: the clip the board is of.
        sheets: finished sheets by subject.
        work: where asks are carried out.
        grid: the board as it is.
        numbers: take number of each panel asked again, by its index from 1.
        offer: of the front-end that drew the board, which draws the panels too.

    Raises:
        ProviderError: the front-end failed or refused.
    """
    takes: dict[int, Take] = {}
    for index, number in sorted(numbers.items()):
        prompt = panel_prompt(plan, clip, index)
        references = references_for(prompt, sheets, work, offer.references_max)
        text = render(prompt, [one.label for one in references], offer.reference_syntax)
        left, top, right, bottom = grid.boxes[index - 1]
        size = (right - left, bottom - top)
        ask = panel_ask(plan, clip, index, text, number, references, size)
        takes[index] = await work.still(ask, grid.take.provider)
    key = of_value(
        ["panels set back", grid.take.id, {str(at): one.id for at, one in takes.items()}]
    )
    board = work.recorded(key)
    if board is None:
        whole = work.path(grid.take.main.digest)
        fresh = {at: (work.path(one.main.digest), grid.boxes[at - 1]) for at, one in takes.items()}
        picture, panels = await work.compute(_pasted, whole, fresh)
        kept = [work.keep(picture, "image/png")]
        kept += [work.keep(data, "image/png", f"panel-{at}") for at, data in panels.items()]
        board = _again(grid, key, takes, tuple(kept))
        told = ", ".join(f"panel {at}" for at in takes)
        board = work.enter(board, f"{told} asked again and set back into take {grid.take.short}")
        sure = grid.confidence
        work.note(Score(key, _CUT, sure, sure, sure, "embedded", json.dumps(grid.boxes)))
    files = tuple(file for file in board.files if file.role.startswith("panel-"))
    return replace(grid, take=board, panels=files)


def panel_key(board: Take, index: int | str) -> str:
    """Return the name under which one panel of exactly this board is asked again."""
    return f"{board.subject}/{board.short}/{index}"


def _again(grid: Grid, key: str, takes: Mapping[int, Take], kept: tuple[StoredFile, ...]) -> Take:
    """Return the take of a board with new panels; what is not new is the old board's."""
    new = {file.role: file for file in kept}
    parameters = json.loads(grid.take.parameters)
    seeds = {str(at): one.seed for at, one in takes.items()}
    parameters["panel_seeds"] = parameters.get("panel_seeds", {}) | seeds
    return replace(
        grid.take,
        id=key,
        files=(new["main"], *(new.get(file.role, file) for file in grid.panels)),
        parameters=json.dumps(parameters, sort_keys=True),
        parents=(grid.take.main.digest, *(one.main.digest for one in takes.values())),
        spent=Money(),
        seconds=0.0,
    )


def _pasted(board: Path, fresh: Mapping[int, tuple[Path, Box]]) -> tuple[bytes, dict[int, bytes]]:
    """Put pictures into their boxes of a board; runs in a worker."""
    from stillreel.measure import pictures

    page = pictures.decode(board.read_bytes(), str(board))
    panels: dict[int, bytes] = {}
    for at, (path, (left, top, right, bottom)) in fresh.items():
        picture = pictures.decode(path.read_bytes(), str(path))
        size = (right - left, bottom - top)
        if (picture.shape[1], picture.shape[0]) != size:
            picture = pictures.filling(picture, *size)
        page[top:bottom, left:right] = picture
        panels[at] = pictures.encode_png(page[top:bottom, left:right])
    return pictures.encode_png(page), panels


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
