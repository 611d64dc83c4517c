"""A second copy of somebody that pops up inside a shot, told without knowing what a person is.

What appears from one frame to the next and stays is cut out; when the same picture, mirrored or a
little larger or smaller, stands elsewhere in the frame, there are two of it. A copy that is there
from the first to the last frame of a shot, or in another pose, needs somebody who counts heads.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from stillreel.measure.nouns import Box, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from stillreel.measure.clip.cuts import Moment
    from stillreel.measure.clip.glance import Glance, Small

    Mask = NDArray[np.uint8]

_MORE, _FLOOR = 1.2, 10.0
"""What appears changes this many times as much as before and after, and this much more (0..255)."""
_AREA, _MOST_AREA = 0.015, 0.4
"""Share of the frame a copy covers, at least and at most."""
_TALL, _FULL = 0.12, 0.4
"""Share of the frame's shorter side a copy is high at least, and of its own box it fills."""
_TRIES, _OPEN = 2, 4
"""Largest changed places that are looked at, and pairs that are followed at once."""
_SAME, _STILL_SAME, _NEW = 0.75, 0.7, 0.3
"""Correlation with the other copy at first and later on, and how much less with what was there."""
_FALLS = 0.12
"""How far below its mean the correlation of a pair may fall."""
_SURE, _SURER, _LARGE = 0.8, 0.15, 0.1
"""Mean correlation a pair must have over its time; how much more if it is tiny, as small shapes are
alike by chance; and the share of the frame from which a copy is not small."""
_LASTS, _LOST = 16, 3
"""Frames a pair must last, and frames in a row in which it may differ."""
_AGAIN = 0.93
"""Overlap from which a place is one that was looked at."""
_PLAIN = 10.0
"""Deviation (0..255) of a place too plain to be somebody."""
_SCALES, _HOPE = (1.0, 0.85, 1.18), 0.4
"""Sizes a copy may have, and the correlation below which another size is not worth a try."""
_HUE, _FINE, _SMOOTH = 2.0, 1.0, 4.0
"""How much more a step of chroma counts than one of light, and the pixels over which light is
evened out: a little, since a copy rarely falls on the same pixels, and a lot, to leave details."""
_SLACK = 2
"""Pixels the other copy may stray from where it was."""


@dataclass(slots=True)
class _Pair:
    """Two places of the frame that show the same."""

    box: Box
    mask: Mask
    whole: int
    """Pixels of the frame."""
    scale: float
    mirrored: bool
    other: tuple[int, int]
    """Left and top of the other place."""
    since: int
    last: int
    """The last frame in which they were the same."""
    total: float = 0.0
    """Sum of their correlations in the frames in which they were."""
    times: int = 0

    @property
    def sure(self) -> bool:
        """Whether they were alike enough, for their size, and for long enough."""
        share = self.mask.sum() / self.whole
        needed = _SURE + _SURER * max(0.0, 1 - share / _LARGE)
        lasted = self.last + 1 - self.since >= _LASTS
        return bool(lasted and self.total >= needed * self.times)


class Copies:
    """Watches the frames of a clip, shot by shot."""

    def __init__(self) -> None:
        """Start before the first frame."""
        self._open: list[_Pair] = []
        self.found: list[Span] = []

    def close(self) -> None:
        """End a shot."""
        for pair in self._open:
            self._end(pair)
        self._open = []

    def look(self, moment: Moment) -> None:
        """Take the next frame."""
        now, before = moment.now, moment.before
        if moment.cut or before is None or moment.earlier is None or moment.later is None:
            self.close()
            return
        if now.grey.shape != moment.later.grey.shape:
            return
        if self._open:
            self._follow(now)
        if now.most < _FLOOR or len(self._open) >= _OPEN:
            return
        for box, mask in _places(moment.earlier, before, now, moment.later):
            if all(pair.box.overlap(box) < 0.3 for pair in self._open):
                pair = _doubled(now, before, box, mask)
                self._open += [] if pair is None else [pair]

    def _follow(self, now: Glance) -> None:
        picture = _colours(now)
        going: list[_Pair] = []
        for pair in self._open:
            score = _score(picture, pair)
            mean = pair.total / pair.times if pair.times else 0.0
            if score >= max(_STILL_SAME, mean - _FALLS):
                pair.last = now.index
                pair.total += score
                pair.times += 1
            if now.index - pair.last >= _LOST:
                self._end(pair)
            else:
                going.append(pair)
        self._open = going

    def _end(self, pair: _Pair) -> None:
        if pair.sure:
            self.found.append(Span(pair.since, pair.last + 1))


def _places(
    earlier: Glance, before: Glance, now: Glance, later: Glance
) -> Iterator[tuple[Box, Mask]]:
    """Yield where something may have appeared that stays, with its outline."""
    jump, usual = _step(before, now), _step(earlier, before)
    after = _step(now, later)
    kept = jump > _MORE * np.maximum(usual, after) + _FLOOR
    moved = np.minimum(jump, _step(before, later)) > _MORE * usual + _FLOOR
    # what appears may hold still or move on; and it may have holes, or stand close to others
    seen: list[Box] = []
    for changed, hole in ((kept, 5), (moved, 3), (moved, 7)):
        if changed.mean() < _AREA:
            continue
        for box, mask in _outlines(changed, hole):
            if all(box.overlap(other) < _AGAIN for other in seen):
                seen.append(box)
                yield box, mask


def _outlines(changed: NDArray[np.bool_], hole: int) -> Iterator[tuple[Box, Mask]]:
    """Yield the largest changed places, with holes of so many pixels closed."""
    import cv2

    square = np.ones((hole, hole), np.uint8)
    closed = cv2.morphologyEx(changed.astype(np.uint8), cv2.MORPH_CLOSE, square)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(closed)
    sizes = np.asarray(stats)[1:, cv2.CC_STAT_AREA]
    low = _TALL * min(changed.shape)
    for number in np.argsort(-sizes, kind="stable")[:_TRIES] + 1:
        left, top, width, height, area = (int(one) for one in np.asarray(stats)[number])
        if not _AREA <= area / changed.size <= _MOST_AREA or height < low or width < low / 3:
            continue
        box = Box(left, top, left + width, top + height)
        whole = np.ascontiguousarray(box.crop(np.asarray(labels)) == number).astype(np.uint8)
        lines, _ = cv2.findContours(whole, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
        outline = np.asarray(cv2.drawContours(whole, lines, -1, 1, -1), np.uint8)
        if outline.mean() >= _FULL:
            yield box, outline


def _step(one: Glance, two: Glance) -> Small:
    """Return the change of light, or of chroma where that is more, of every pixel."""
    import cv2

    hue = _HUE * np.abs(one.hue - two.hue).max(axis=0)
    light = np.abs(one.grey - two.grey)
    wide = cv2.resize(hue, light.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.maximum(light, np.asarray(wide, np.float32))


def _doubled(now: Glance, before: Glance, box: Box, mask: Mask) -> _Pair | None:
    """Return where else in a frame stands what has just appeared in a box of it."""
    picture, other = _colours(now), _colours(before)
    patch = np.ascontiguousarray(box.crop(picture))
    if float(box.crop(now.grey)[mask > 0].std()) < _PLAIN:
        return None
    known = _alike(patch, np.ascontiguousarray(box.crop(other)), mask)
    best: tuple[float, _Pair | None] = (max(_SAME, known + _NEW), None)
    for mirrored in (False, True):
        for scale in _SCALES:
            one, shape = _turned(patch, mask, scale, mirrored=mirrored)
            score, place = _best(picture, one, shape, box)
            if score < _HOPE:
                break
            if score > best[0]:
                best = (
                    score,
                    _Pair(box, mask, now.grey.size, scale, mirrored, place, now.index, now.index),
                )
    return best[1]


def _score(picture: Small, pair: _Pair) -> float:
    """Return how alike the two places of a pair are in another frame."""
    import cv2

    patch = np.ascontiguousarray(pair.box.crop(picture))
    one, shape = _turned(patch, pair.mask, pair.scale, mirrored=pair.mirrored)
    left, top = (max(0, at - _SLACK) for at in pair.other)
    area = picture[
        top : top + shape.shape[0] + 2 * _SLACK, left : left + shape.shape[1] + 2 * _SLACK
    ]
    if area.shape[0] < shape.shape[0] or area.shape[1] < shape.shape[1]:
        return 0.0
    full = np.repeat(shape[:, :, None], 3, axis=2).astype(np.float32)
    area = np.ascontiguousarray(area)
    scores = np.asarray(cv2.matchTemplate(area, one, cv2.TM_CCOEFF_NORMED, mask=full))
    scores = scores[np.isfinite(scores) & (scores <= 1.01)]
    return float(scores.max(initial=0.0))


def _turned(patch: Small, mask: Mask, scale: float, *, mirrored: bool) -> tuple[Small, Mask]:
    """Return a patch and its outline mirrored and scaled."""
    import cv2

    if mirrored:
        patch, mask = np.ascontiguousarray(patch[:, ::-1]), np.ascontiguousarray(mask[:, ::-1])
    if scale == 1.0:
        return patch, mask
    size = max(3, round(mask.shape[1] * scale)), max(3, round(mask.shape[0] * scale))
    small = cv2.resize(patch, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    shape = cv2.resize(mask, size, interpolation=cv2.INTER_NEAREST)
    return np.asarray(small, np.float32), np.asarray(shape, np.uint8)


def _best(picture: Small, patch: Small, mask: Mask, box: Box) -> tuple[float, tuple[int, int]]:
    """Return the best correlation of a patch with the picture off its own box, and where."""
    import cv2

    height, width = mask.shape
    if height > picture.shape[0] or width > picture.shape[1]:
        return 0.0, (0, 0)
    shape = np.repeat(mask[:, :, None], 3, axis=2).astype(np.float32)
    scores = np.asarray(cv2.matchTemplate(picture, patch, cv2.TM_CCOEFF_NORMED, mask=shape))
    rows, columns = np.mgrid[: scores.shape[0], : scores.shape[1]]
    near = (np.abs(columns - box.left) < 0.7 * width) & (np.abs(rows - box.top) < 0.7 * height)
    scores = np.where(near | ~np.isfinite(scores) | (scores > 1.01), -1.0, scores)
    top, left = divmod(int(scores.argmax()), scores.shape[1])
    return float(scores[top, left]), (left, top)


def _alike(one: Small, two: Small, mask: Mask) -> float:
    """Return the correlation of two pictures inside an outline."""
    first, second = (part[mask > 0] - part[mask > 0].mean(axis=0) for part in (one, two))
    size = float(np.sqrt((first**2).sum() * (second**2).sum()))
    return float((first * second).sum()) / size if size > 1e-6 else 0.0


def _colours(glance: Glance) -> Small:
    """Return details of light, and chroma, of a small picture, (rows, columns, 3)."""
    import cv2

    size = glance.grey.shape[::-1]
    hue = [cv2.resize(plane, size, interpolation=cv2.INTER_LINEAR) * _HUE for plane in glance.hue]
    fine, smooth = (cv2.GaussianBlur(glance.grey, (0, 0), over) for over in (_FINE, _SMOOTH))
    detail = np.asarray(fine, np.float32) - np.asarray(smooth, np.float32)
    return np.ascontiguousarray(np.stack([detail, *hue], axis=-1), np.float32)
