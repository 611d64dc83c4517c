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
_LIST = re.compile(
    r"(?:[Tt]he |[Aa]n? )?\w+(?: \w+)?,(?: \w+){1,3}, "
    r"|(?:\w+ ){1,3}\w+, (?:the|an?) \w+(?: \w+)?(?:,| and\b)"
)
"""A row of names at the head of a sentence, which makes no title."""
_LEADS = re.compile(r"^(?:Suddenly|So|And|But|Then|At last|Just as|Now|Yet),?\s+", re.IGNORECASE)
_LOOSE = frozenset(
    (
        *_JOINTS.split(),
        *["the", "a", "an", "his", "her", "their", "its", "my", "all", "every", "no"],
    )
)
_STRONG = ("fall", "fight", "embrace", "cry", "dance", "fly", "swim", "run")
_VAGUE = re.compile(
    r"(?:He|She|It|They|In|At|On|One|That|Every|There|Through|With|No matter|When|While|As|If|After"
    r"|Before|Although|Though)\b"
)
_STOP = r"(?<!\bMr\.)(?<!\bMrs\.)(?<!\bMs\.)(?<!\bDr\.)(?<!\bSt\.)"
"""Behind no title of a person, whose full stop ends nothing."""
_IDLE = ("stand", "sit", "look", "talk", "laugh")
_MOST = 7


def title_of(beats: Sequence[Beat], taken: set[str]) -> str:
    """Return a title for the clip of these beats.

    Args:
        beats: what happens in the clip.
        taken: titles in use, which are passed over.
    """
    shown = [beat for beat in beats if beat.text and not beat.said]
    told = shown or list(beats)
    late = {id(beat): 0.4 * at / len(told) for at, beat in enumerate(told)}
    for beat in sorted(
        told, key=lambda one: (_worth(one) + late[id(one)], -len(one.text)), reverse=True
    ):
        title = _cut(_sentence(beat))
        if title and title not in taken:
            return title
    return _cut(beats[0].text) or "Untitled"


def _worth(beat: Beat) -> float:
    """Return how much of its clip a beat tells: deeds that change something, told in few words."""
    lead = beat.parts[0].does if beat.parts else "stand"
    alone = len(beat.parts) < 2
    told = _sentence(beat)
    words = len(_cut(told).split())
    worth = min(beat.weight, 1.4) + 1.2 * beat.turn + 0.7 * (lead in _STRONG)
    worth += 0.6 * (beat.kind == "action") - 0.8 * (lead in _IDLE and alone) + 0.5 * (not alone)
    worth -= 0.9 * (lead == "carry" and alone) + 0.9 * (" had " in told)
    worth -= 0.9 * (words < 3) + 1.2 * (len(told.split()) > _MOST + 2)
    worth -= 1.5 * bool(_VAGUE.match(told))
    return worth


def _sentence(beat: Beat) -> str:
    """Return the words of a beat that name its deed: of a fall, those that end it."""
    if beat.parts and beat.parts[0].does == "fall":
        return re.split(rf"(?<=[.!?…]){_STOP}\s+", beat.text.strip())[-1]
    return beat.text


def _cut(text: str) -> str:
    """Shorten a sentence to a title without breaking off inside a phrase."""
    first = re.split(rf"(?<=[.!?…。！？]){_STOP}\s+", text.strip())[0]
    bare = _LEADS.sub("", first).strip(" .,;:!")
    words = bare.split()
    if len(words) > _MOST and _LIST.match(bare):
        return ""
    bare = re.sub(r", (?:an?|the|his|her) [^,]+, ", " ", bare, count=1)
    words = bare.split()
    if len(words) <= _MOST + 1:
        return bare[:1].upper() + bare[1:]
    ends = [m.start() for m in _BREAK.finditer(bare) if 2 < len(bare[: m.start()].split()) <= _MOST]
    short = bare[: ends[-1]] if ends else " ".join(words[:_MOST])
    kept = short.strip(" ,;:—").split()
    while len(kept) > 1 and (kept[-1].lower() in _LOOSE or kept[-1].endswith(("’s", "'s"))):
        kept.pop()
    short = " ".join(kept)
    return short[:1].upper() + short[1:]
