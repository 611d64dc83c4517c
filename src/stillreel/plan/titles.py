# ruff: noqa: RUF001 - full-width marks end sentences too
"""Titles of clips: the most telling sentence of each, cut where a reader would."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.plan.telling import Beat

_JOINTS = """
    and but so that as when while where who which for because to into in on at from with of under
    over through by beside behind before after between across along toward towards about round till
    until
"""
_BREAK = re.compile(rf",|;|:|—|\b(?:{'|'.join(_JOINTS.split())})\b")
_LEADS = re.compile(r"^(?:Suddenly|So|And|But|Then|At last|Just as|Now|Yet),?\s+", re.IGNORECASE)
_LOOSE = frozenset(
    (
        *_JOINTS.split(),
        *["the", "a", "an", "his", "her", "their", "its", "my", "all", "every", "no"],
    )
)
_IDLE = ("stand", "sit", "look", "talk", "laugh")
_MOST = 7


def title_of(beats: Sequence[Beat], taken: set[str]) -> str:
    """Return a title for the clip of these beats.

    Args:
        beats: what happens in the clip.
        taken: titles in use, which are passed over.
    """
    shown = [beat for beat in beats if beat.text and not beat.said]
    for beat in sorted(shown or list(beats), key=_worth, reverse=True):
        title = _cut(beat.text)
        if title and title not in taken:
            return title
    return _cut(beats[0].text) or "Untitled"


def _worth(beat: Beat) -> tuple[float, int]:
    lead = beat.parts[0].does if beat.parts else "stand"
    words = len(_cut(beat.text).split())
    worth = beat.weight + 1.2 * beat.turn + 0.4 * bool(beat.focus or beat.things)
    worth += 0.6 * (beat.kind == "action") - 0.8 * (lead in _IDLE)
    worth += (
        0.5 * (len(beat.parts) > 1) - 0.9 * (words < 3) - 1.2 * (len(beat.text.split()) > _MOST + 2)
    )
    worth -= 1.5 * bool(re.match(r"(?:He|She|It|They|In|There|Through|With)\b", beat.text))
    return worth, -len(beat.text)


def _cut(text: str) -> str:
    """Shorten a sentence to a title without breaking off inside a phrase."""
    first = re.split(r"(?<=[.!?…。！？])\s+", text.strip())[0]
    bare = _LEADS.sub("", first).strip(" .,;:!")
    words = bare.split()
    if len(words) <= _MOST:
        return bare[:1].upper() + bare[1:]
    ends = [m.start() for m in _BREAK.finditer(bare) if 2 < len(bare[: m.start()].split()) <= _MOST]
    short = bare[: ends[-1]] if ends else " ".join(words[:_MOST])
    kept = short.strip(" ,;:—").split()
    while len(kept) > 1 and (kept[-1].lower() in _LOOSE or kept[-1].endswith(("’s", "'s"))):
        kept.pop()
    short = " ".join(kept)
    return short[:1].upper() + short[1:]
