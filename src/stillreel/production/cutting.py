"""The last stage: clips, sound and titles become a film, with everything a person takes away."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from stillreel.ledger.store import storage_error
from stillreel.production.open import utc_now
from stillreel.values import digest as digests
from stillreel.values.take import StoredFile, Take

if TYPE_CHECKING:
    from pathlib import Path

    from stillreel.clip.nouns import ClipTake
    from stillreel.engine.walk import Walk
    from stillreel.film.nouns import ClipFile, CutSettings, Film
    from stillreel.ledger.book import Ledger
    from stillreel.production.open import Opened
    from stillreel.production.stages import Stages

VERSION = "1"
"""Changes whenever the same clips would give another film."""


@dataclass(frozen=True, slots=True)
class CutFilm:
    """The film as it lies in out/."""

    path: Path
    seconds: Fraction
    made: bool
    """False when the same film was there already."""


async def cut_film(opened: Opened, ledger: Ledger, work: Walk, stages: Stages) -> CutFilm:
    """Cut the film from its clips, unless exactly that film is there already.

    Raises:
        StorageError: the disk is full or the folder cannot be written.
        MediaError: a clip cannot be read.
    """
    from stillreel.engine.reasons import why
    from stillreel.film.make import cut

    clips = tuple(
        _clip_file(opened, ledger, work, stages.clips[clip.id])
        for clip in opened.plan.clips
        if clip.id in stages.clips
    )
    settings = _settings(opened)
    parts = {
        "plan": digests.of_value(opened.plan),
        "clips": digests.of_parts(f"{clip.id}={clip.chosen}" for clip in clips),
        "settings": digests.of_value(_plain(settings)),
        "program": VERSION,
    }
    identity = digests.of_value(parts)
    there = _there(opened, ledger, identity)
    if there is not None:
        return there
    began = work.now()
    film = await work.compute(cut, opened.plan, clips, settings)
    take = _take(ledger, film, identity, parts, work.now() - began)
    before = ledger.latest("film", "film", take.provider)
    ledger.record(take, why(json.loads(before.parameters)["parts"] if before else None, parts))
    ledger.set_current("film", "film", identity, "cut from the current clips")
    return CutFilm(film.path, film.seconds, made=True)


def link(source: Path, target: Path) -> None:
    """Make `target` the same file as `source`: a hard link where the disk can, else a copy.

    Raises:
        StorageError: the disk is full or the folder cannot be written.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists() and target.samefile(source):
            return
        target.unlink(missing_ok=True)
        try:
            os.link(source, target)
        except OSError:
            # Other disk, or a file system without links.
            shutil.copyfile(source, target)
    except OSError as error:
        raise storage_error(error, target) from error


def _clip_file(opened: Opened, ledger: Ledger, work: Walk, clip: ClipTake) -> ClipFile:
    from stillreel.film.nouns import ClipFile, TakeFile

    folder = opened.folder.out / "clips"
    takes: list[TakeFile] = []
    for take in ledger.takes("clip", clip.clip):
        if not work.sound(take.main):
            continue
        chosen = take.id == clip.take.id
        name = clip.clip if chosen else f"{clip.clip}-{take.provider}-{take.number}-{take.short}"
        link(work.path(take.main.digest), folder / f"{name}.mp4")
        takes.append(TakeFile(take.short, folder / f"{name}.mp4", take.provider))
    return ClipFile(
        id=clip.clip,
        path=folder / f"{clip.clip}.mp4",
        frames=clip.frames,
        panels=clip.panels,
        takes=tuple(takes),
        chosen=clip.take.short,
    )


def _settings(opened: Opened) -> CutSettings:
    from stillreel.clip.ask import picture_size
    from stillreel.film.nouns import CutSettings

    wanted = opened.settings.film
    width, height = picture_size(opened.plan.ratio, wanted.height)
    return CutSettings(
        out=opened.folder.out,
        cache=opened.folder.hidden / "cache",
        width=width,
        height=height,
        quality=wanted.quality,
        title=wanted.titles,
        credits=wanted.titles,
        voice=wanted.voice,
    )


def _plain(settings: CutSettings) -> dict[str, object]:
    return {
        name: getattr(settings, name)
        for name in settings.__dataclass_fields__
        if name not in {"out", "cache"}
    }


def _there(opened: Opened, ledger: Ledger, identity: str) -> CutFilm | None:
    recorded = ledger.take(identity)
    path = opened.folder.film
    if recorded is None or not path.is_file() or path.stat().st_size != recorded.main.size:
        return None
    if digests.of_file(path) != recorded.main.digest:
        ledger.say("damaged", stage="film", subject="film", message="out/film.mp4 was changed")
        return None
    ledger.set_current("film", "film", identity, "as it was")
    return CutFilm(path, Fraction(json.loads(recorded.parameters)["seconds"]), made=False)


def _take(ledger: Ledger, film: Film, identity: str, parts: dict[str, str], seconds: float) -> Take:
    return Take(
        id=identity,
        stage="film",
        subject="film",
        provider="stillreel",
        model=f"cut {VERSION}",
        number=1,
        files=(StoredFile(digests.of_file(film.path), "video/mp4", film.path.stat().st_size),),
        parameters=json.dumps({"parts": parts, "seconds": str(film.seconds)}, sort_keys=True),
        parents=tuple(one.take_id for one in ledger.current("clip")),
        seconds=round(seconds, 3),
        made_at=utc_now(),
    )
