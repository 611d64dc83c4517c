"""Facts of a clip in one pass: size, rate, length, cuts, and what is wrong with each shot.

Memory does not grow with the film: a few small frames wait until it is known whether they begin a
shot, and of a shot a few figures for each frame are kept until it ends.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from stillreel.errors import MediaError
from stillreel.measure.clip import order
from stillreel.measure.clip.copies import Copies
from stillreel.measure.clip.cuts import Window
from stillreel.measure.clip.drift import faults
from stillreel.measure.clip.glance import glance, lines_of
from stillreel.measure.clip.nouns import ClipFacts, Heads, Ordered, Wrong
from stillreel.measure.clip.reel import opened
from stillreel.measure.clip.shot import CHAPTER, Found, Shot
from stillreel.measure.nouns import Span

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from stillreel.measure.clip.cuts import Moment
    from stillreel.measure.clip.glance import Glance
    from stillreel.measure.clip.reel import Planes, Reel
    from stillreel.measure.nouns import Image

    Count = Callable[[Image], int | None]
    """Counts the depictions of a character in a picture, or says None where it cannot."""

_LOOKS = 2
"""Times a second heads are counted."""
_RATE = 24
"""Frames per second where the header says nothing."""
_EDGES = 6
"""Every how many frames the edges are looked at for bars."""


def facts(
    source: Path | bytes,
    ordered: Ordered | None = None,
    *,
    count: Count | None = None,
    most: int | None = None,
    where: str = "",
    cores: int = 2,
) -> ClipFacts:
    """Measure a clip, one frame in memory at a time.

    Args:
        source: the file, or its bytes.
        ordered: what was ordered; nothing is wrong without it.
        count: counts heads in a frame, at most 720 pixels wide or high; called twice a second.
        most: depictions a frame may show where the order plans no heads: 1 when `count` counts
            those that look like one reference. None lets any number pass.
        where: what to call it in errors; the path if empty.
        cores: threads that decode.

    Raises:
        MediaError: it is no film, has no picture or no frames, is damaged, cut short or too large.
    """
    import cv2

    cv2.setNumThreads(1)
    with opened(source, where, cores=cores) as reel:
        watch = _Watch(count, max(1, round((reel.guess or _RATE) / _LOOKS)))
        for planes in reel:
            watch.take(planes)
        watch.finish()
    if not reel.frames or reel.rate <= 0:
        raise MediaError(
            "The clip has no frames."
            if not reel.frames
            else "The clip does not say how fast it runs.",
            where=reel.name,
            next_step="Make it again.",
        )
    return watch.told(reel, ordered or Ordered(), most)


class _Watch:
    """Everything that is watched while a film runs."""

    def __init__(self, count: Count | None, every: int) -> None:
        self._count, self._every = count, every
        self._window, self._copies = Window(), Copies()
        self._found = Found()
        self._cuts: list[int] = []
        self._heads: list[Heads] = []
        self._shot: Shot | None = None
        self._frames = 0

    def take(self, planes: Planes) -> None:
        """Look at the next frame."""
        now = glance(self._frames, planes)
        if self._frames % _EDGES == 0:
            now.lines = lines_of(planes)
        if self._count is not None and self._frames % self._every == 0 and not now.dark:
            now.count, now.counted = self._count(planes.picture()), True
        self._frames += 1
        for moment in self._window.push(now):
            self._pass(moment)

    def finish(self) -> None:
        """Judge what waits."""
        for moment in self._window.flush():
            self._pass(moment)
        self._close(last=True)
        self._copies.close()

    def _pass(self, moment: Moment) -> None:
        now = moment.now
        if moment.cut:
            self._cuts.append(now.index)
        self._copies.look(moment)
        if moment.cut or self._shot is None or len(self._shot) >= CHAPTER:
            self._close(last=moment.cut)
            self._shot = Shot(now.index)
        self._shot.add(now)
        if now.counted:
            self._heads_at(now, fresh=moment.cut)

    def _close(self, *, last: bool) -> None:
        if self._shot is not None:
            self._shot.judge(self._found, last=last)

    def _heads_at(self, now: Glance, *, fresh: bool) -> None:
        last = self._heads[-1] if self._heads else None
        span = Span(now.index, now.index + self._every)
        cut = bool(self._cuts) and last is not None and self._cuts[-1] > last.span.first
        if last is not None and last.count == now.count and not fresh and not cut:
            self._heads[-1] = Heads(Span(last.span.first, span.last), now.count)
            return
        if last is not None:
            end = self._cuts[-1] if cut else now.index
            self._heads[-1] = Heads(Span(last.span.first, min(last.span.last, end)), last.count)
        self._heads.append(Heads(span, now.count))

    def told(self, reel: Reel, ordered: Ordered, most: int | None) -> ClipFacts:
        """Return everything that was found."""
        found, frames, rate = self._found, reel.frames, reel.rate
        heads = tuple(
            Heads(Span(one.span.first, min(one.span.last, frames)), one.count)
            for one in self._heads
        )
        if most is not None and not ordered.heads:
            ordered = replace(ordered, heads=(most,))
        crowd = order.too_many(ordered, heads, rate)
        wrong = order.differences(
            ordered,
            size=reel.size,
            sizes=reel.sizes,
            square=reel.square,
            rate=rate,
            frames=frames,
            cuts=self._cuts,
        )
        wrong += tuple(
            Wrong(
                "heads",
                str(order.planned_heads(ordered, one.span.first, rate)),
                f"{one.count} from frame {one.span.first} to {one.span.last}",
            )
            for one in crowd
        )
        drifting, creep = faults(found.lines, frames)
        return ClipFacts(
            *reel.size,
            rate,
            frames,
            tuple(self._cuts),
            joined(found.black),
            joined(found.frozen),
            joined(found.flicker),
            joined(found.blur),
            tuple(found.bars),
            tuple(one.drift for one in found.lines),
            drifting,
            creep,
            joined([*self._copies.found, *(one.span for one in crowd)]),
            heads,
            wrong,
        )


def joined(spans: list[Span]) -> tuple[Span, ...]:
    """Return runs in order, those that touch or overlap made one."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.first, one.last)):
        if found and span.first <= found[-1].last:
            found[-1] = Span(found[-1].first, max(found[-1].last, span.last))
        else:
            found.append(span)
    return tuple(found)
