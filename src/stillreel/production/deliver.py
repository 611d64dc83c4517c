"""The export verb: the cut as other programs want it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from stillreel.errors import ProjectError
from stillreel.production.cutting import cut_settings
from stillreel.production.open import ledger_of, open_film

if TYPE_CHECKING:
    from pathlib import Path

    from stillreel.film.export import Form
    from stillreel.film.nouns import ClipFile
    from stillreel.ledger.book import Ledger
    from stillreel.production.folder import Folder
    from stillreel.production.open import Opened


def export(folder: Folder, form: str) -> tuple[Path, ...]:
    """Write the film's timeline or subtitles in another program's format.

    Raises:
        ProjectError: the film has not been made, or nobody speaks in it.
        NotConfigured: the format needs an extra.
        StorageError: the folder cannot be written.
    """
    from stillreel.film.export import export as write

    opened = open_film(folder.root)
    with ledger_of(folder) as (ledger, _):
        clips = clip_files(opened, ledger)
    return (write(opened.plan, clips, cut_settings(opened), cast("Form", form)),)


def clip_files(opened: Opened, ledger: Ledger) -> tuple[ClipFile, ...]:
    """Return the clips of the film as they lie in out/clips/.

    Raises:
        ProjectError: a clip has not been made yet.
    """
    from stillreel.film.nouns import ClipFile, TakeFile
    from stillreel.plan.scenes import panel_frames
    from stillreel.production.cutting import clip_name

    folder = opened.folder.out / "clips"
    used = {one.subject: one.take_id for one in ledger.current("clip")}
    found: list[ClipFile] = []
    for clip in opened.plan.clips:
        path = folder / f"{clip.id}.mp4"
        if clip.id not in used or not path.is_file():
            raise ProjectError(
                f"{clip.id} has not been made yet, so the cut is not whole.",
                where=str(path),
                next_step=f"Make it first: stillreel run {opened.folder.root}",
            )
        frames = panel_frames(opened.plan, clip)
        takes = tuple(
            TakeFile(take.short, folder / clip_name(take, used[clip.id]), take.provider)
            for take in ledger.takes("clip", clip.id)
        )
        there = tuple(take for take in takes if take.path.is_file())
        chosen = used[clip.id][:10]
        found.append(ClipFile(clip.id, path, sum(frames), frames, there, chosen))
    return tuple(found)
