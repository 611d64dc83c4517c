"""Spans: a score in pieces that can be played on their own, so that a change costs one piece."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from stillreel.film.sound.mix import RELEASE, RING, placed
from stillreel.film.sound.nouns import RATE, Score
from stillreel.values.digest import of_value

if TYPE_CHECKING:
    from stillreel.film.sound.mix import Said

SPAN = 16 * RATE
"""Samples of a span: whole mixing blocks, limiter chunks and AAC frames."""
MARGIN = RATE
"""Samples heard around a span, so that meter, limiter and coder are settled when it begins."""


@dataclass(frozen=True, slots=True)
class Span:
    """One piece of the track, with everything that sounds in it."""

    start: int
    """First sample."""
    stop: int
    """Sample after the last."""
    last: bool
    part: Score
    """What sounds between `low` and `high`; its times are those of the whole track."""
    key: str
    """Digest of all that."""

    @property
    def low(self) -> int:
        """First sample that is played."""
        return max(0, self.start - MARGIN)

    @property
    def high(self) -> int:
        """Sample after the last that is played."""
        return self.part.samples


def spans_of(score: Score) -> tuple[Span, ...]:
    """Return the whole track as spans of `SPAN` samples, the last one shorter.

    Raises:
        NotConfigured: a line is to be spoken and the `voice` extra is missing.
    """
    said = placed(score)
    found: list[Span] = []
    for start in range(0, score.samples, SPAN):
        stop = min(start + SPAN, score.samples)
        low, high = max(0, start - MARGIN), min(stop + MARGIN, score.samples)
        last = stop == score.samples
        part = _heard(score, said, low, high)
        found.append(Span(start, stop, last, part, of_value([start, stop, last, part])))
    return tuple(found)


def _heard(score: Score, said: tuple[Said, ...], low: int, high: int) -> Score:
    return replace(
        score,
        samples=high,
        beds=tuple(one for one in score.beds if one.start < high and one.end + one.fade_out > low),
        hits=tuple(one for one in score.hits if low - RING < one.at < high),
        tones=tuple(one for one in score.tones if low - RING < one.at < high),
        chords=tuple(one for one in score.chords if one.start < high and one.end + RELEASE > low),
        speech=tuple(one.line for one in said if one.touches(low, high)),
    )
