"""How long a story runs, how many clips it takes, and which beats share one."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from stillreel.plan.quotes import chunks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.plan.telling import Beat

PANELS = 9
WORDS_PER_SECOND = Fraction(26, 10)
_SHORTEST, _LONGEST = Fraction(10), Fraction(15)
_FACTOR, _POWER = 0.19, 0.576
_MOST_CLIPS = 50
_CENTI = 100


def clip_count(words: int, spoken: int, *, script: bool) -> int:
    """Return how many clips a story of `words` words takes.

    A one-line idea is one clip, a page four to eight, and long stories are condensed. In a script
    every spoken word is kept, so dialogue can ask for more.
    """
    wanted = round(_FACTOR * max(words, 1) ** _POWER)
    if script:
        seconds = spoken / float(WORDS_PER_SECOND) + (words - spoken) / 6
        wanted = max(round(_FACTOR * max(words - spoken, 1) ** _POWER), round(seconds / 12.5))
    return min(max(wanted, 1), _MOST_CLIPS)


def spoken_words(beats: Sequence[Beat]) -> int:
    """Return how many words are spoken in all."""
    return sum(len(beat.said.text.split()) for beat in beats if beat.said)


def shortened(beats: Sequence[Beat], clips: int) -> tuple[Beat, ...]:
    """Cut long speeches of prose at their own pauses; speech fills half the film at most."""
    room = int(clips * 13 * float(WORDS_PER_SECOND) * 0.5)
    most = 24
    while most > 7 and sum(min(len(b.said.text.split()), most) for b in beats if b.said) > room:
        most -= 1
    return tuple(_cut(beat, most) for beat in beats)


def _cut(beat: Beat, most: int) -> Beat:
    if beat.said is None or len(beat.said.text.split()) <= most:
        return beat
    kept = ""
    for part in chunks(beat.said.text, 5):
        longer = f"{kept} {part}".strip()
        if kept and len(longer.split()) > most:
            break
        kept = longer
    said = replace(beat.said, text=kept.rstrip(",;:— "))
    return replace(beat, said=said, weight=speech_weight(said.text))


def speech_weight(text: str) -> float:
    """Return how many panels a speech fills."""
    return max(0.9, len(_spoken(text)) / float(WORDS_PER_SECOND) / 1.35)


def _spoken(text: str) -> list[str]:
    words = text.split()
    return (
        words
        if len(words) > 1 or len(text) < 8
        else [text[i : i + 3] for i in range(0, len(text), 3)]
    )


def grouped(beats: Sequence[Beat], clips: int) -> tuple[tuple[Beat, ...], ...]:
    """Share beats over `clips` clips, evenly by weight, cutting where the story does.

    Args:
        beats: at least `clips` of them, in order.
        clips: number of groups, each with at least one beat.
    """
    sums = [0.0]
    for beat in beats:
        sums.append(sums[-1] + beat.weight)
    mean = sums[-1] / clips
    count = len(beats)
    seams = [0.0, *(_seam(a, b) for a, b in pairwise(beats)), 0.0]
    far = 1e9
    best = [0.0] + [far] * count
    back: list[list[int]] = []
    window = max(18, 4 * count // clips)
    for group in range(1, clips + 1):
        row = [far] * (count + 1)
        came = [0] * (count + 1)
        for end in range(group, count - (clips - group) + 1):
            for start in range(max(group - 1, end - window), end):
                if best[start] >= far:
                    continue
                off = (sums[end] - sums[start]) / mean - 1
                cost = best[start] + off * off + seams[end]
                if cost < row[end]:
                    row[end], came[end] = cost, start
        best = row
        back.append(came)
    cuts = [count]
    for came in reversed(back):
        cuts.append(came[cuts[-1]])
    cuts.reverse()
    return tuple(tuple(beats[a:b]) for a, b in pairwise(cuts))


def _seam(before: Beat, after: Beat) -> float:
    """Return how much it hurts to cut between two beats."""
    cost = 0.12
    if before.moment.place != after.moment.place:
        cost -= 0.10
    if before.paragraph == after.paragraph:
        cost += 0.10
    if before.said and after.said:
        cost += 0.05
    return cost


def spread(beats: Sequence[Beat], least: int) -> tuple[tuple[Beat, int], ...]:
    """Return at least `least` beats, the weightiest told in several parts.

    Returns:
        Beats with the number of the part each tells, 0 for the first.
    """
    parts = [1] * len(beats)
    while sum(parts) < least:
        at = max(range(len(beats)), key=lambda i: (beats[i].weight / parts[i], -i))
        parts[at] += 1
    return tuple(
        (beat, part) for beat, many in zip(beats, parts, strict=True) for part in range(many)
    )


def merged(beats: Sequence[Beat]) -> tuple[Beat, ...]:
    """Join the lightest neighbours until at most nine beats are left."""
    left = list(beats)
    while len(left) > PANELS:
        costs = [(_join_cost(a, b), i) for i, (a, b) in enumerate(pairwise(left))]
        _, at = min(costs)
        left[at : at + 2] = [_joined(left[at], left[at + 1])]
    return tuple(left)


def _join_cost(first: Beat, second: Beat) -> float:
    cost = min(first.weight, second.weight) + len(f"{first.text} {second.text}".split()) / 40
    if first.moment.place != second.moment.place:
        cost += 3
    if (first.moment.season, first.moment.time) != (second.moment.season, second.moment.time):
        cost += 1.5
    if first.said and second.said:
        cost += 4
    if first.turn or second.turn:
        cost += 1
    if first.parts and second.parts and first.parts[0].id != second.parts[0].id:
        cost += 0.6
    return cost


def _joined(first: Beat, second: Beat) -> Beat:
    lead, other = (first, second) if first.weight >= second.weight else (second, first)
    ids = {part.id for part in lead.parts}
    said = lead.said or other.said
    parts = (*lead.parts, *(part for part in other.parts if part.id not in ids))
    if said and said.who and not (lead.said) and other.said:
        talk = tuple(part for part in other.parts if part.id == said.who)
        parts = (*talk, *(part for part in parts if part.id != said.who))
    return replace(
        lead,
        text=f"{first.text} {second.text}",
        lines=(min(first.lines[0], second.lines[0]), max(first.lines[1], second.lines[1])),
        parts=parts,
        said=said,
        focus=lead.focus or other.focus,
        things=tuple(dict.fromkeys((*lead.things, *other.things))),
        sounds=tuple(dict.fromkeys((*lead.sounds, *other.sounds)))[:2],
        weight=lead.weight + 0.3 * other.weight,
        turn=lead.turn or other.turn,
    )


def shares(beats: Sequence[Beat]) -> tuple[int, ...]:
    """Return how many panels each beat gets; at least one each, nine in all."""
    many = [1] * len(beats)
    while sum(many) < PANELS:
        at = max(range(len(beats)), key=lambda i: (beats[i].weight / many[i], -i))
        many[at] += 1
    return tuple(many)


def lengths(wanted: Sequence[Fraction]) -> tuple[str, tuple[str, ...]]:
    """Fit the wanted panel lengths into a clip of 10 to 15 seconds.

    Returns:
        The clip's length and the panels' lengths as decimal texts that add up exactly.
    """
    total = sum(wanted, Fraction(0))
    length = min(max(total, _SHORTEST), _LONGEST)
    whole = int(length * 2 + Fraction(1, 2)) * _CENTI // 2
    marks = [0]
    reached = Fraction(0)
    for one in wanted:
        reached += one
        marks.append(int(reached / total * whole + Fraction(1, 2)))
    return _text(whole), tuple(_text(b - a) for a, b in pairwise(marks))


def _text(centiseconds: int) -> str:
    whole, rest = divmod(centiseconds, _CENTI)
    return f"{whole}.{rest:02}".rstrip("0").rstrip(".") if rest else str(whole)
