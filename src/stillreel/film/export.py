"""The film as other programs want it: otio, otioz, fcpxml, fcp7, edl, srt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from stillreel.errors import NotConfigured, ProjectError, UsageError
from stillreel.film.ask import cut_list, reel
from stillreel.film.conform import keep
from stillreel.film.edl import edl
from stillreel.film.fcpxml import fcpxml
from stillreel.film.subtitles import cues, text_of
from stillreel.film.timeline import address, timeline, write_otio, write_otioz

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from stillreel.film.media import Reel
    from stillreel.film.nouns import ClipFile, CutSettings
    from stillreel.plan.nouns import Plan

Form = Literal["otio", "otioz", "fcpxml", "fcp7", "edl", "srt"]
FORMS: tuple[Form, ...] = get_args(Form)
_SUFFIX: dict[Form, str] = {
    "otio": "otio",
    "otioz": "otioz",
    "fcpxml": "fcpxml",
    "fcp7": "xml",
    "edl": "edl",
    "srt": "srt",
}


def export(
    plan: Plan,
    clips: Sequence[ClipFile],
    settings: CutSettings,
    form: Form,
    out: Path | None = None,
) -> Path:
    """Write the film's timeline, or its subtitles, in another program's format.

    The media named are those that `cut` left beside the film.

    Args:
        plan: what is told.
        clips: the chosen takes, in the order of the film.
        settings: the same that cut the film.
        form: which format.
        out: file to write; None writes into the film's folder.

    Returns:
        The file written.

    Raises:
        UsageError: there is no such format.
        ProjectError: subtitles are asked of a film in which nobody speaks.
        NotConfigured: the format needs the `interchange` extra.
        StorageError: the disk is full, or the folder cannot be written.
    """
    if form not in FORMS:
        raise UsageError(
            f"There is no export format called {form!r}.",
            next_step=f"Choose one of {', '.join(FORMS)}.",
        )
    target = out or settings.out / f"{settings.name}.{_SUFFIX[form]}"
    order = cut_list(plan, clips, settings)
    if form == "srt":
        spoken = cues(plan, order)
        if not spoken:
            raise ProjectError(
                "Nobody speaks in this film, so there are no subtitles.", where=plan.title
            )
        keep(text_of(spoken, plan.fps, "srt").encode(), target)
        return target
    _write(reel(plan, clips, settings, order), form, target)
    return target


def _write(cut: Reel, form: Form, target: Path) -> None:
    if form == "otio":
        write_otio(cut, target, address)
    elif form == "otioz":
        write_otioz(cut, target)
    elif form == "fcpxml":
        keep(fcpxml(cut).encode(), target)
    elif form == "edl":
        keep(edl(cut).encode(), target)
    else:
        keep(_fcp7(cut).encode(), target)


def _fcp7(cut: Reel) -> str:
    import opentimelineio as otio

    if "fcp_xml" not in otio.adapters.available_adapter_names():
        raise NotConfigured(
            "Final Cut Pro 7 XML needs the interchange extra, which is not installed.",
            next_step='Install it with `pip install "stillreel[interchange]"`.',
        )
    return str(otio.adapters.write_to_string(timeline(cut, address), adapter_name="fcp_xml"))
