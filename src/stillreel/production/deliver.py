"""The export verb: the cut as other programs want it, and its stills."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING, cast

from stillreel.engine.together import together
from stillreel.engine.vault import Vault
from stillreel.errors import ProjectError
from stillreel.ledger import lock
from stillreel.production.cutting import cut_settings, link
from stillreel.production.open import ledger_of, open_film, utc_now
from stillreel.production.signing import damaged, signing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from stillreel.film.export import Form
    from stillreel.film.nouns import ClipFile
    from stillreel.ledger.book import Ledger
    from stillreel.production.folder import Folder
    from stillreel.production.open import Opened
    from stillreel.production.orders import SigningKeys
    from stillreel.values.take import StoredFile, Take


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


def export_stills(folder: Folder, keys: SigningKeys) -> tuple[Path, ...]:
    """Lay every plate and panel of the film into out/stills, signed where film.toml says so.

    Raises:
        ProjectError: nothing has been drawn yet, or another run holds the folder.
        Damaged: a picture no longer matches its digest.
        StorageError: the folder cannot be written.
    """
    opened = open_film(folder.root)
    who = f"process {os.getpid()}, since {utc_now()[:19]} UTC"
    with lock.held(folder.hidden, who), ledger_of(folder) as (ledger, store):
        drawn = [
            ledger.take(one.take_id) for one in (*ledger.current("sheet"), *ledger.current("grid"))
        ]
        cut = [(take, file) for take in drawn if take for file in take.files[1:]]
        if not cut:
            raise ProjectError(
                "No plate and no panel has been cut yet.",
                where=str(folder.root),
                next_step=f"Draw them first: stillreel run {folder.root} --until grid",
            )
        return asyncio.run(_leave(opened, ledger, Vault(ledger, store), cut, keys))


async def _leave(
    opened: Opened,
    ledger: Ledger,
    vault: Vault,
    cut: Sequence[tuple[Take, StoredFile]],
    keys: SigningKeys,
) -> tuple[Path, ...]:
    with signing(keys, opened.settings.disclosure, ledger, vault) as signs:

        async def leave(take: Take, file: StoredFile) -> Path:
            made = vault.whole(file) if signs is None else await signs.cut(take, file)
            if made is None:
                raise damaged(take, file)
            target = opened.folder.out / "stills" / f"{take.subject}-{file.role}{made.suffix}"
            link(made, target)
            return target

        return tuple(await together(*(leave(*one) for one in cut)))


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
