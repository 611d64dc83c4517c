"""Rivals side by side: takes of one subject, and the units of the bake-off."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from stillreel.measure.contest.nouns import KINDS
from stillreel.plan.scenes import board_scene

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from stillreel.ledger.book import Ledger
    from stillreel.ledger.store import FileStore
    from stillreel.measure.contest.nouns import Card, Pairing
    from stillreel.measure.staged import Seen
    from stillreel.plan.nouns import Plan
    from stillreel.production.bakeoff import Held
    from stillreel.production.folder import Folder
    from stillreel.production.nouns import Rival
    from stillreel.values.take import Take

    Pixels = NDArray[np.uint8]
    Edges = list[int]
    """Left, top, right, bottom in pixels."""

_WORTH_A_BOX = 0.08
"""How far two rivals' likeness in a panel must lie apart to be boxed."""
_BEHIND = (60, 70, 220)
"""BGR of a box around the worse of two panels."""


def rivals_sheet(folder: Folder, what: str, stage: str, rivals: tuple[Rival, ...]) -> Path:
    """Draw every take of a subject side by side and return the page.

    Raises:
        MediaError: a take cannot be read.
        StorageError: the folder cannot be written.
    """
    from stillreel.film.contact import Tile, contact_sheets
    from stillreel.film.glimpse import frames_at

    tiles: list[Tile] = []
    for rival in rivals:
        picture = rival.file
        if stage == "clip":
            frames = frames_at(rival.file, (0, 48, 96, 144, 192), 640)
            import numpy as np

            picture = np.vstack(frames)
        scores = ", ".join(f"{score.kind} {score.value:.2f}" for score in rival.scores)
        note = " ".join(part for part in (f"take {rival.number}", scores) if part)
        tiles.append(Tile(picture, f"{rival.provider} {rival.take}", note, picked=rival.current))
    stem = folder.out / f"compare-{what}{'-boards' if stage == 'grid' else ''}"
    cache = folder.hidden / "cache"
    return contact_sheets(f"{what}: takes", tiles, stem, cache, columns=min(3, len(tiles)))[0]


def contest_sheet(
    folder: Folder, plan: Plan, ledger: Ledger, store: FileStore, held: Held
) -> tuple[Path, ...]:
    """Draw every unit of a bake-off, its rivals side by side, and return the pages.

    A panel in which one rival keeps somebody's look clearly worse than the other, or shows another
    number of people than planned, is boxed. Of a clip the middle of every panel is shown.

    Raises:
        MediaError: a take cannot be read.
        StorageError: the folder cannot be written.
    """
    from stillreel.film.contact import Tile, contact_sheets

    tiles: list[Tile] = []
    clips = {clip.id: clip for clip in plan.clips}
    for unit in held.units:
        takes = [ledger.take(take) if take else None for take in unit.takes]
        seen = [_seen(ledger, take) for take in takes]
        for name, take, card, own in zip(held.rivals, takes, unit.cards, seen, strict=True):
            if take is None or card is None:
                continue
            best = [max((row[at] for row in seen if at in row), default=0.0) for at in range(10)]
            scores = (("identity", card.identity), ("attributes", card.attributes))
            note = ", ".join(f"{kind} {value:.2f}" for kind, value in scores if value is not None)
            if take.stage == "clip":
                if unit.subject not in clips:
                    continue
                panels = [one.frames for one in board_scene(plan, clips[unit.subject]).panels]
                picture, boxes = _middles(store, take, panels)
            else:
                picture, boxes = _page(store, ledger, take)
            _box(picture, boxes, own, best)
            tiles.append(Tile(picture, f"{unit.subject} {name}", note))
    columns = max(1, len(held.rivals))
    stem = folder.out / "compare-bakeoff"
    return contact_sheets("Bake-off", tiles, stem, folder.hidden / "cache", columns=columns)


def card_words(card: Card | None) -> str:
    """Return what a rival got for a unit, in a few words."""
    if card is None:
        return "not asked"
    if card.fault:
        return f"lost: {card.fault}"
    told = [(kind, card.of(kind)) for kind in KINDS if kind != "price"]
    return ", ".join(f"{kind} {score:.2f}" for kind, score in told if score is not None) or "-"


def interval_words(pair: Pairing) -> str:
    """Return how two rivals compare: mean difference, its range, and the evidence."""
    found = pair.verdict
    span = f", {found.interval[0]:+.3f} to {found.interval[1]:+.3f}" if found.interval else ""
    return (
        f"{pair.first} minus {pair.second}: {found.mean:+.3f}{span}; evidence "
        f"{found.e_value:.1f} of {found.threshold:.0f} from {found.units} units."
    )


def _seen(ledger: Ledger, take: Take | None) -> dict[int, float]:
    """Return the likeness of every panel in which somebody was compared."""
    from stillreel.measure.staged import read_back

    notes = {score.kind: score.detail for score in ledger.scores(take.id)} if take else {}
    found: tuple[Seen, ...] = read_back(notes["people"]) if "people" in notes else ()
    return {one.index: one.score for one in found if one.score is not None}


def _page(store: FileStore, ledger: Ledger, take: Take) -> tuple[Pixels, list[Edges]]:
    """Return a sheet or board, made smaller, and where its panels lie on it."""
    from stillreel.film.reduced import fitted, read

    whole = read(store.path(take.main.digest, take.main.media_type))
    picture = fitted(whole, 960)
    scale = picture.shape[1] / whole.shape[1]
    cut = next((one for one in ledger.scores(take.id) if one.kind == "panels"), None)
    boxes: list[Edges] = json.loads(cut.detail) if cut else []
    return picture, [[round(edge * scale) for edge in box] for box in boxes]


def _middles(store: FileStore, take: Take, panels: Sequence[int]) -> tuple[Pixels, list[Edges]]:
    """Return the middle frame of every panel of a clip as a page of three columns."""
    import numpy as np

    from stillreel.film.glimpse import frames_at, moments

    path = store.path(take.main.digest, take.main.media_type)
    frames = frames_at(path, moments(tuple(panels))[1::2], 320)
    height, width = frames[0].shape[:2]
    page = np.zeros((-(-len(frames) // 3) * height, 3 * width, 3), np.uint8)
    boxes: list[Edges] = []
    for at, frame in enumerate(frames):
        top, left = at // 3 * height, at % 3 * width
        page[top : top + height, left : left + width] = frame
        boxes.append([left, top, left + width, top + height])
    return page, boxes


def _box(picture: Pixels, boxes: Sequence[Edges], own: dict[int, float], best: list[float]) -> None:
    """Draw a box around every panel in which this rival is clearly behind."""
    import cv2

    for at, (left, top, right, bottom) in enumerate(boxes, 1):
        if at in own and best[at] - own[at] > _WORTH_A_BOX:
            cv2.rectangle(picture, (left, top), (right, bottom), _BEHIND, 3)
            place = (left + 8, top + 26)
            cv2.putText(picture, f"{own[at]:.2f}", place, 0, 0.7, _BEHIND, 2, cv2.LINE_AA)
