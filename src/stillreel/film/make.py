"""The verb of the cutting room: clips become a film."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from stillreel.draw.motion.encode import TICKS
from stillreel.film.ask import (
    card_path,
    credit_card,
    cut_list,
    reel,
    sound_path,
    title_card,
)
from stillreel.film.assemble import assemble, storing
from stillreel.film.conform import conformed, house_form
from stillreel.film.nouns import Film
from stillreel.film.sound.score import write_score
from stillreel.film.sound.track import Mastering
from stillreel.film.subtitles import cues, write_subtitles
from stillreel.film.timeline import beside, write_otio
from stillreel.film.titles import card_clip

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from stillreel.film.assemble import StreamForm
    from stillreel.film.nouns import ClipFile, CutList, CutSettings, Loudness, Span
    from stillreel.plan.nouns import Plan

    Report = Callable[[str, int, int], None]

_STEPS = ("sound", "titles", "clips", "film", "timeline")


def cut(
    plan: Plan, clips: Sequence[ClipFile], settings: CutSettings, *, report: Report | None = None
) -> Film:
    """Assemble the film with titles, sound, subtitles and timeline.

    What did not change since the last cut (cards, conformed clips, sound) is taken from the cache;
    the film itself is written anew and replaces the old one only when it is whole.

    Args:
        plan: what is told; its clips need not all be present.
        clips: the chosen takes, in the order of the film.
        settings: where to, how large, and with what sound.
        report: called with step name, steps done and steps in all.

    Raises:
        ProjectError: nothing to cut, or a clip the plan does not know.
        StorageError: the disk is full, or the folder cannot be written.
        MediaError: a clip cannot be decoded or encoded.
        NotConfigured: a scratch voice is asked and its extra is missing.
    """
    tell = report or _silent
    order = cut_list(plan, clips, settings)
    with storing(settings.out):
        settings.out.mkdir(parents=True, exist_ok=True)
        settings.cache.mkdir(parents=True, exist_ok=True)
    tell(_STEPS[0], 0, len(_STEPS))
    heard = lay_sound(plan, order, settings)
    tell(_STEPS[1], 1, len(_STEPS))
    house = house_form(settings, plan.fps)
    files, changed = _pictures(plan, order, clips, settings, house, tell)
    tell(_STEPS[3], 3, len(_STEPS))
    path = settings.path
    sound = sound_path(settings) if heard is not None else None
    frames = assemble(files, sound, path, ticks=TICKS, title=plan.title)
    tell(_STEPS[4], 4, len(_STEPS))
    spoken = write_subtitles(cues(plan, order), plan.fps, settings.out / settings.name)
    otio = settings.out / f"{settings.name}.otio"
    write_otio(reel(plan, clips, settings, order), otio, beside(settings.out))
    tell("done", len(_STEPS), len(_STEPS))
    return Film(
        path=path,
        frames=frames,
        fps=plan.fps,
        width=settings.width,
        height=settings.height,
        cut=order,
        loudness=heard,
        sound=sound,
        subtitles=spoken,
        timeline=otio,
        conformed=changed,
    )


def lay_sound(plan: Plan, order: CutList, settings: CutSettings) -> Loudness | None:
    """Lay the sound track beside the film; spans that sound as they did before are kept ones.

    It depends on the plan and the lengths of the clips only, so `mastering` can have its spans made
    beside each other before the cut.

    Returns:
        What the meter says of it; None when the film is silent.

    Raises:
        NotConfigured: a scratch voice is asked and its extra is missing.
        StorageError: the disk is full, or the folder cannot be written.
    """
    target = sound_path(settings)
    master = mastering(plan, order, settings)
    if master is None:
        target.unlink(missing_ok=True)
        return None
    while errands := master.missing():
        for errand in errands:
            errand.run()
    return master.join(target)


def mastering(plan: Plan, order: CutList, settings: CutSettings) -> Mastering | None:
    """Return the sound track as what is still to be made of it; None when the film has no sound.

    Raises:
        NotConfigured: a scratch voice is asked and its extra is missing.
        StorageError: the folder cannot be written.
    """
    if not (settings.sound or settings.music or settings.voice):
        return None
    with storing(settings.out):
        settings.cache.mkdir(parents=True, exist_ok=True)
        settings.out.mkdir(parents=True, exist_ok=True)
    return Mastering(write_score(plan, order, settings), settings.cache)


def _pictures(
    plan: Plan,
    order: CutList,
    clips: Sequence[ClipFile],
    settings: CutSettings,
    house: StreamForm,
    tell: Report,
) -> tuple[list[Path], tuple[str, ...]]:
    """Return the files of the film in order, all in the house form, and which were conformed."""
    by_id = {clip.id: clip for clip in clips}
    files: list[Path] = []
    changed: list[str] = []
    for span in order.spans:
        if span.kind != "clip":
            files.append(_card(plan, span, settings))
            continue
        clip = by_id[span.id]
        file, made = conformed(clip.path, clip.frames, house, settings, plan.fps)
        files.append(file)
        changed += [clip.id] if made else []
        tell(_STEPS[2], 2, len(_STEPS))
    return files, tuple(changed)


def _card(plan: Plan, span: Span, settings: CutSettings) -> Path:
    if span.kind == "title":
        card = title_card(plan, span.frames, settings.label)
    else:
        card = credit_card(plan, span.frames, settings.credit_lines)
    made = card_clip(card, settings, plan.fps)
    target = card_path(settings, span.id)
    with storing(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(made, target)
    return made


def _silent(_step: str, _done: int, _total: int) -> None:
    """Report nothing."""
