"""CMX 3600 edit list: one picture track, one sound, unique reels, panels as locators."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stillreel.values.timecode import timecode

if TYPE_CHECKING:
    from stillreel.film.media import Reel, Shot

_REEL_LETTERS = 8


def edl(reel: Reel) -> str:
    """Return the reel as the text of an `.edl` file, with a one-hour start."""
    lines = [f"TITLE: {_plain(reel.title)[:70]}", "FCM: NON-DROP FRAME", ""]
    for number, shot in enumerate(reel.shots, 1):
        lines.extend(_event(number, shot, reel))
    if reel.sound is not None:
        start = reel.first_frame
        lines.append(
            f"{len(reel.shots) + 1:03d}  {'SOUND':<8} AA    C        "
            f"{_span(0, reel.frames, reel.fps)} {_span(start, reel.frames, reel.fps)}"
        )
        lines.append(f"* FROM CLIP NAME: {reel.sound.name}")
    return "\n".join(lines) + "\n"


def reel_name(shot: Shot) -> str:
    """Return the reel of a shot: at most eight letters, different for every shot."""
    return re.sub(r"[^A-Z0-9]", "", shot.id.upper())[:_REEL_LETTERS] or "AX"


def _event(number: int, shot: Shot, reel: Reel) -> list[str]:
    source = _span(0, shot.frames, reel.fps)
    record = _span(reel.first_frame + shot.start, shot.frames, reel.fps)
    lines = [
        f"{number:03d}  {reel_name(shot):<8} V     C        {source} {record}",
        f"* FROM CLIP NAME: {shot.media.path.name}",
    ]
    for panel in shot.panels:
        at = timecode(reel.first_frame + panel.start, reel.fps)
        words = _plain(panel.panel.action)[:60]
        lines.append(f"* LOC: {at} GREEN   {panel.panel.id} {words}".rstrip())
    return lines


def _span(start: int, frames: int, fps: int) -> str:
    return f"{timecode(start, fps)} {timecode(start + frames, fps)}"


def _plain(text: str) -> str:
    return " ".join(text.split())
