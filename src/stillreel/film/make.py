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
from stillreel.film.conform import conformed, house_form, keep
from stillreel.film.nouns import Film, Loudness
from stillreel.film.sound.score import write_score
from stillreel.film.sound.track import TRACK_VERSION, record
from stillreel.film.subtitles import cues, write_subtitles
from stillreel.film.timeline import beside, write_otio
from stillreel.film.titles import card_clip
from stillreel.values.digest import of_value

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from stillreel.film.assemble import StreamForm
    from stillreel.film.nouns import ClipFile, CutList, CutSettings, Span
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
    path = settings.out / f"{settings.name}.mp4"
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
    """Make the sound track beside the film, unless the same one was made before.

    It depends on the plan and the lengths of the clips only, so it can be made while the clips are
    still being drawn; `cut` then finds it in the cache.

    Returns:
        What the meter says of it; None when the film is silent.

    Raises:
        NotConfigured: a scratch voice is asked and its extra is missing.
        StorageError: the disk is full, or the folder cannot be written.
    """
    target = sound_path(settings)
    if not (settings.sound or settings.music or settings.voice):
        target.unlink(missing_ok=True)
        return None
    score = write_score(plan, order, settings)
    key = of_value([TRACK_VERSION, score])[:24]
    kept, figures = settings.cache / f"sound-{key}.m4a", settings.cache / f"sound-{key}.txt"
    with storing(target):
        settings.cache.mkdir(parents=True, exist_ok=True)
        settings.out.mkdir(parents=True, exist_ok=True)
        if not (kept.exists() and figures.exists()):
            part = kept.with_name(f".{kept.name}.part")
            try:
                told = record(score, part)
                part.replace(kept)
            finally:
                part.unlink(missing_ok=True)
            keep(_figures(told).encode(), figures)
        shutil.copyfile(kept, target)
        return _loudness(figures.read_text("utf-8"))


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
        card = title_card(plan, span.frames)
    else:
        card = credit_card(plan, span.frames, settings.credit_lines)
    made = card_clip(card, settings, plan.fps)
    target = card_path(settings, span.id)
    with storing(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(made, target)
    return made


def _figures(told: Loudness | None) -> str:
    return f"{told.integrated} {told.true_peak} {told.range}" if told else "silent"


def _loudness(text: str) -> Loudness | None:
    if text == "silent":
        return None
    integrated, peak, spread = (float(part) for part in text.split())
    return Loudness(integrated, peak, spread)


def _silent(_step: str, _done: int, _total: int) -> None:
    """Report nothing."""
