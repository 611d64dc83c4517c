"""The verb of the cutting room: clips become a film."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from stillreel.film.nouns import ClipFile, CutSettings, Film
    from stillreel.plan.nouns import Plan


def cut(
    plan: Plan,
    clips: Sequence[ClipFile],
    settings: CutSettings,
    *,
    report: Callable[[str, int, int], None] | None = None,
) -> Film:
    """Assemble the film with titles, sound, subtitles and timeline.

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
    raise NotImplementedError
