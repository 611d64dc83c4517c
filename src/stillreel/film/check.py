"""What may disturb a film before and after it is cut: pure, returns problems."""

from __future__ import annotations

from difflib import get_close_matches
from fractions import Fraction
from typing import TYPE_CHECKING

from stillreel.film.sound import words
from stillreel.film.sound.loudness import CEILING_DBTP, TARGET_LUFS, TOLERANCE_LU
from stillreel.values.problem import Problem
from stillreel.values.timecode import frames_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from stillreel.film.nouns import ClipFile, Film
    from stillreel.plan.nouns import ClipPlan, Panel, Plan

_READ_LETTERS = 25
"""Letters a second beyond which nobody reads a subtitle to its end."""


def check_cut(plan: Plan, clips: Sequence[ClipFile]) -> list[Problem]:
    """Return what is wrong with cutting these clips: missing ones, wrong lengths, hasty words."""
    given = {clip.id: clip for clip in clips}
    found: list[Problem] = []
    for clip in plan.clips:
        file = f"board/{clip.id}.toml"
        if clip.id not in given:
            found.append(
                Problem(
                    file,
                    0,
                    "",
                    f"Clip {clip.id} is not in the film.",
                    "Run the clip stage, then cut again.",
                    "warning",
                )
            )
        else:
            found.extend(_lengths(plan, clip, given[clip.id], file))
        for place, panel in enumerate(clip.panel, 1):
            found.extend(_panel(panel, f"panel.{place}", file))
    return found


def check_film(film: Film) -> list[Problem]:
    """Return what is wrong with a finished film: its length, its loudness, its peaks."""
    found: list[Problem] = []
    name = film.path.name
    if film.frames != film.cut.frames:
        message = f"The film has {film.frames} frames; its clips have {film.cut.frames}."
        found.append(Problem(name, 0, "frames", message, "Cut the film again."))
    heard = film.loudness
    if heard is not None and abs(heard.integrated - TARGET_LUFS) > TOLERANCE_LU:
        message = f"The film measures {heard.integrated:.1f} LUFS instead of {TARGET_LUFS:.0f}."
        hint = "A film that is almost silent cannot be made that loud."
        found.append(Problem(name, 0, "loudness", message, hint, "warning"))
    if heard is not None and heard.true_peak > CEILING_DBTP:
        message = f"Its true peak is {heard.true_peak:.1f} dBTP, over {CEILING_DBTP:.0f}."
        found.append(Problem(name, 0, "peak", message, "Cut the film again."))
    return found


def _lengths(plan: Plan, clip: ClipPlan, given: ClipFile, file: str) -> Iterable[Problem]:
    planned = frames_of(Fraction(clip.seconds), plan.fps)
    if abs(given.frames - planned) > 1:
        yield Problem(
            file,
            0,
            "seconds",
            f"The clip has {given.frames} frames; {planned} are planned.",
            "The cut follows the clip; redo it, or change its seconds.",
            "warning",
        )


def _panel(panel: Panel, key: str, file: str) -> Iterable[Problem]:
    if panel.line is not None:
        letters = len(panel.line.text) / max(0.1, float(Fraction(panel.seconds)))
        if letters > _READ_LETTERS:
            yield Problem(
                file,
                0,
                f"{key}.line",
                f"{len(panel.line.text)} letters in {panel.seconds} s are too many to read.",
                "Shorten the line, or give the panel more time.",
                "warning",
            )
    known = {*words.EFFECT_OF, *words.BED_OF, *words.SILENT}
    for word in panel.sound:
        if words.noun_of(word) not in known:
            near = get_close_matches(words.noun_of(word), sorted(known), 1)
            yield Problem(
                file,
                0,
                f"{key}.sound",
                f"No sound is known for {word!r}, so nothing is heard.",
                f"Did you mean {near[0]!r}?" if near else "Choose a plainer noun.",
                "warning",
            )
