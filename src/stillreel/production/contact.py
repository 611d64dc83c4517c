"""Rival takes of one subject on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from stillreel.production.folder import Folder
    from stillreel.production.nouns import Rival


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
