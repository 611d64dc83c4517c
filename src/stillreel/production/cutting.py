"""The last stage: clips, sound and titles become a film, with everything a person takes away."""

from __future__ import annotations

import json
import os
import shutil
import time
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from stillreel.engine.together import together
from stillreel.errors import MediaError
from stillreel.ledger.store import storage_error
from stillreel.production.disclosing import lay_pack
from stillreel.production.finishing import Finishing, mark_id
from stillreel.production.open import utc_now
from stillreel.values import digest as digests
from stillreel.values.take import StoredFile, Take

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from stillreel.clip.nouns import ClipTake
    from stillreel.engine.walk import Walk
    from stillreel.film.nouns import ClipFile, CutSettings, Film
    from stillreel.ledger.book import Ledger
    from stillreel.production.open import Opened
    from stillreel.production.signing import Signing
    from stillreel.production.stages import Stages
    from stillreel.values.problem import Problem

VERSION = "1"
"""Changes whenever the same clips would give another film."""


@dataclass(frozen=True, slots=True)
class CutFilm:
    """The film as it lies in out/."""

    path: Path
    identity: str
    """Digest of everything that made it."""
    digest: str
    """SHA-256 of the file."""
    made: bool
    """False when the same film was there already."""
    seconds: Fraction
    width: int
    height: int
    loudness: float | None
    """LUFS; None for a silent film."""
    true_peak: float | None
    """dBTP."""
    mark: str = ""
    """Number that its pixels carry, in hex; empty where they carry none."""
    problems: tuple[Problem, ...] = ()
    """What a person should look at; none of it kept the film from being cut."""


async def lay_sound(opened: Opened, work: Walk, busy: Callable[[], bool]) -> None:
    """Make the spans of the sound track ahead of the cut.

    They follow from the plan alone, so they can be made beside the last clips.

    Args:
        opened: the project.
        work: where they are made: one after another while it is busy, then on every core.
        busy: whether clips are still being made.
    """
    from stillreel.film.ask import cut_list
    from stillreel.film.make import mastering
    from stillreel.film.nouns import ClipFile
    from stillreel.film.sound.track import Errand
    from stillreel.plan.scenes import panel_frames

    plan, folder = opened.plan, opened.folder.out / "clips"
    lengths = [(clip.id, panel_frames(plan, clip)) for clip in plan.clips]
    clips = [ClipFile(name, folder / f"{name}.mp4", sum(all_), all_) for name, all_ in lengths]
    settings = cut_settings(opened)
    master = await work.compute(mastering, plan, cut_list(plan, clips, settings), settings)
    while master is not None and (errands := list(master.missing())):
        while errands and busy():
            await work.compute(Errand.run, errands.pop(0))
        await together(*(work.compute(Errand.run, errand) for errand in errands))


async def cut_film(
    opened: Opened,
    ledger: Ledger,
    work: Walk,
    stages: Stages,
    signing: Signing | None,
    name: str = "film",
) -> CutFilm:
    """Cut the film from its clips, unless exactly that film is there already.

    Args:
        opened: the project.
        ledger: where the film is recorded.
        work: where it is cut.
        stages: the clips in hand.
        signing: signs the clips and the film; None leaves them as they are.
        name: file name without ending; `probe` keeps a trial beside the film.

    Raises:
        StorageError: the disk is full or the folder cannot be written.
        MediaError: a clip cannot be read.
    """
    from stillreel.film.check import check_cut

    moved = [stages.clips[clip.id] for clip in opened.plan.clips if clip.id in stages.clips]
    clips = tuple(
        await together(*(_clip_file(opened, ledger, work, one, signing) for one in moved))
    )
    taken = tuple(one.take for one in moved)
    film = await _cut(opened, ledger, work, clips, taken, signing, name)
    if name == "probe":
        return film
    lay_pack(opened, ledger, film, taken, signing)
    return replace(film, problems=(*check_cut(opened.plan, clips), *film.problems))


async def _cut(
    opened: Opened,
    ledger: Ledger,
    work: Walk,
    clips: tuple[ClipFile, ...],
    taken: tuple[Take, ...],
    signing: Signing | None,
    name: str,
) -> CutFilm:
    """Return the film of exactly these clips: the one that is there, or a new one."""
    from stillreel.engine.reasons import why
    from stillreel.film.check import check_film
    from stillreel.film.make import cut

    settings = replace(cut_settings(opened, name), unfinished=True)
    marked = opened.settings.disclosure.mark
    parts = {
        "plan": digests.of_value(opened.plan),
        "clips": digests.of_parts(f"{clip.id}={clip.chosen}" for clip in clips),
        "settings": digests.of_value(_plain(settings)),
        "disclosure": signing.words if signing else digests.of_value([marked]),
        "program": VERSION,
    }
    identity = digests.of_value(parts)
    there = _there(settings, ledger, identity)
    if there is not None:
        return there
    began = time.monotonic()
    film = await work.compute(cut, opened.plan, clips, settings)
    found = check_film(film)
    wrong = [problem for problem in found if problem.severity == "error"]
    if wrong:
        raise MediaError(wrong[0].message, where=str(film.path), next_step=wrong[0].hint)
    facts = {**_facts(film), "mark": f"{mark_id(identity):06x}" if marked else ""}
    last = Finishing(opened, ledger, work, signing, identity, name)
    film = replace(film, path=await last.finish(film.path, taken))
    told: dict[str, object] = {"parts": parts, "facts": facts}
    lasted = time.monotonic() - began
    take = _take(ledger, film, name, identity, told, lasted)
    before = ledger.latest("film", name, take.provider)
    ledger.record(take, why(json.loads(before.parameters)["parts"] if before else None, parts))
    ledger.set_current("film", name, identity, "cut from the current clips")
    return replace(_cut_film(settings, take, made=True), problems=tuple(found))


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


def clip_name(take: Take, chosen: str) -> str:
    """Return the file name of a clip's take in out/clips/; the chosen one has the plain name."""
    if take.id == chosen:
        return f"{take.subject}.mp4"
    return f"{take.subject}-{take.provider}-{take.number}-{take.short}.mp4"


async def _clip_file(
    opened: Opened, ledger: Ledger, work: Walk, clip: ClipTake, signing: Signing | None
) -> ClipFile:
    from stillreel.film.nouns import ClipFile, TakeFile

    folder = opened.folder.out / "clips"
    takes: list[TakeFile] = []
    for take in ledger.takes("clip", clip.clip):
        if not work.sound(take.main):
            continue
        path = folder / clip_name(take, clip.take.id)
        link(await signing.take(take) if signing else work.path(take.main.digest), path)
        takes.append(TakeFile(take.short, path, take.provider))
    return ClipFile(
        id=clip.clip,
        path=folder / f"{clip.clip}.mp4",
        frames=clip.frames,
        panels=clip.panels,
        takes=tuple(takes),
        chosen=clip.take.short,
    )


def cut_settings(opened: Opened, name: str = "film") -> CutSettings:
    """Return how this film is put together."""
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
        label=opened.settings.disclosure.label,
        name=name,
    )


def _plain(settings: CutSettings) -> dict[str, object]:
    return {
        name: getattr(settings, name)
        for name in settings.__dataclass_fields__
        if name not in {"out", "cache", "unfinished"}
    }


def _there(settings: CutSettings, ledger: Ledger, identity: str) -> CutFilm | None:
    recorded = ledger.take(identity)
    path = settings.out / f"{settings.name}.mp4"
    if recorded is None or not path.is_file() or path.stat().st_size != recorded.main.size:
        return None
    if digests.of_file(path) != recorded.main.digest:
        ledger.say("damaged", stage="film", subject=settings.name, message=f"{path.name} changed")
        return None
    ledger.set_current("film", settings.name, identity, "as it was")
    return _cut_film(settings, recorded, made=False)


def _cut_film(settings: CutSettings, take: Take, *, made: bool) -> CutFilm:
    facts = json.loads(take.parameters)["facts"]
    return CutFilm(
        path=settings.out / f"{settings.name}.mp4",
        identity=take.id,
        digest=take.main.digest,
        made=made,
        seconds=Fraction(facts["seconds"]),
        width=facts["width"],
        height=facts["height"],
        loudness=facts["loudness"],
        true_peak=facts["true_peak"],
        mark=facts["mark"],
    )


def _facts(film: Film) -> dict[str, object]:
    heard = film.loudness
    return {
        "seconds": str(film.seconds),
        "width": film.width,
        "height": film.height,
        "loudness": heard.integrated if heard else None,
        "true_peak": heard.true_peak if heard else None,
    }


def _take(
    ledger: Ledger,
    film: Film,
    name: str,
    identity: str,
    parameters: dict[str, object],
    seconds: float,
) -> Take:
    return Take(
        id=identity,
        stage="film",
        subject=name,
        provider="stillreel",
        model=f"cut {VERSION}",
        number=1,
        files=(StoredFile(digests.of_file(film.path), "video/mp4", film.path.stat().st_size),),
        parameters=json.dumps(parameters, sort_keys=True),
        parents=tuple(one.take_id for one in ledger.current("clip")),
        seconds=round(seconds, 3),
        made_at=utc_now(),
    )
