"""Staged panels: whether a picture shows whom the plan has in it, and as they look."""

from __future__ import annotations

import json
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING

from stillreel.errors import MediaError
from stillreel.measure import tiers
from stillreel.measure.nouns import IdentityScore

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from stillreel.measure.likeness.colours import Cloud
    from stillreel.measure.nouns import Image, Tier

_NEAR = frozenset({"full", "medium-wide", "medium", "medium-close-up", "close-up"})
"""Shot sizes in which a single figure is large enough to be compared."""
_BESIDE = 2
"""Others of the cast a panel is compared with, too."""
_LEAST_ROOM = 0.1
"""Where a sheet's own views are no more alike than strangers, nothing finer can be told."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom the plan has in one panel."""

    index: int
    """1 to 9."""
    size: str
    """Shot size."""
    people: tuple[str, ...]
    """Ids; somebody seen from behind or lying is there, but is not compared."""
    count: int | None
    """Depictions there should be; None where the plan has a crowd."""
    compared: str = ""
    """Id of the one person whose look is compared; empty where nobody's is."""
    alike: bool = True
    """False where an animal or a thing is among people, which may be too small or too unlike them
    to be counted: that fewer are seen then tells nothing."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What one panel shows."""

    index: int
    count: int | None
    """Depictions found; None where they cannot be counted."""
    who: str = ""
    """Id of the person who was compared."""
    score: float | None = None
    """Likeness 0..1; None where it is not measurable."""
    low: float = 0.0
    high: float = 1.0
    attributes: tuple[tuple[str, float | None], ...] = ()
    """Name and score of every attribute; None where this tier cannot see it."""
    others: float | None = None
    """Mean likeness of the same panel to others of the cast: what style and place alone give."""


def comparable(size: str) -> bool:
    """Say whether a single figure in a shot of this size is large enough to be compared."""
    return size in _NEAR


def seen(
    pictures: Sequence[Image],
    wanted: Sequence[Wanted],
    plates: Mapping[str, Path],
    models: Path | None = None,
) -> tuple[Seen, ...]:
    """Look at every panel for the people the plan has in it.

    Args:
        pictures: the panels, or frames of a clip, (h, w, 3) BGR.
        wanted: whom each should show, in the same order.
        plates: a clean view of every person who can be compared, by id.
        models: folder of learned weights, for the model tier; None for the embedded one.

    Raises:
        MediaError: a plate cannot be read.
        NotConfigured: the model tier is asked for and cannot look.
    """
    eye = _Colours(plates) if models is None else _Models(plates, models)
    found: list[Seen] = []
    for picture, one in zip(pictures, wanted, strict=True):
        count = eye.count(picture) if one.people else None
        if one.compared not in plates:
            found.append(Seen(one.index, count))
            continue
        names = (one.compared, *_beside(one.compared, sorted(plates)))
        likeness, *beside = eye.compare(picture, names)
        if likeness is None or not likeness.coloured:
            found.append(Seen(one.index, count, one.compared))
            continue
        told = tuple((part.name, part.score) for part in likeness.attributes)
        scores = [other.score for other in beside if other is not None]
        others = fmean(scores) if scores else None
        found.append(
            Seen(one.index, count, one.compared, likeness.score, *likeness.interval, told, others)
        )
    return tuple(found)


class _Colours:
    """The embedded tier: a panel as a whole is held against the plates."""

    def __init__(self, plates: Mapping[str, Path]) -> None:
        self._plates = plates
        self._known: dict[str, Cloud] = {}

    def count(self, picture: Image) -> int | None:
        return tiers.sure_headcount(picture)

    def compare(self, picture: Image, names: Sequence[str]) -> list[IdentityScore | None]:
        from stillreel.measure.likeness.colours import cloud
        from stillreel.measure.likeness.identity import compare

        for name in names:
            if name not in self._known:
                self._known[name] = cloud(_plate(self._plates[name]))
        shown = cloud(picture)
        return [compare(self._known[name], shown) for name in names]


class _Models:
    """The model tier: the one person a detector sees in a panel is held against the plates."""

    def __init__(self, plates: Mapping[str, Path], folder: Path) -> None:
        from stillreel.measure.model.kit import kept_kit

        self._plates = plates
        self._kit = kept_kit(folder)

    def count(self, picture: Image) -> int | None:
        return tiers.sure_headcount(picture, self._kit)

    def compare(self, picture: Image, names: Sequence[str]) -> list[IdentityScore | None]:
        figure = tiers.lone(picture, self._kit)
        if figure is None:
            return [None] * len(names)
        pairs = (tiers.likeness(_plate(self._plates[one]), figure, self._kit) for one in names)
        return [one if isinstance(one, IdentityScore) else None for one in pairs]


def tier_of(models: Path | None) -> Tier:
    """Return which tier measures with these models, or without any."""
    return "embedded" if models is None else "model"


def _plate(path: Path) -> Image:
    from stillreel.measure import pictures as reader

    return reader.decode(path.read_bytes(), str(path))


def _beside(name: str, names: Sequence[str]) -> tuple[str, ...]:
    """Return up to two others of the cast, the next ones in order."""
    at = names.index(name)
    return tuple(dict.fromkeys((*names[at + 1 :], *names[:at])))[:_BESIDE]


def seen_in(
    panels: Sequence[Path],
    wanted: Sequence[Wanted],
    plates: Mapping[str, Path],
    models: Path | None = None,
) -> tuple[Seen, ...]:
    """Read the panels of a board and look at them; see `seen`."""
    from stillreel.measure import pictures as reader

    return seen(
        [reader.decode(one.read_bytes(), str(one)) for one in panels], wanted, plates, models
    )


def seen_in_clip(
    clip: Path,
    moments: Sequence[int],
    wanted: Sequence[Wanted],
    plates: Mapping[str, Path],
    models: Path | None = None,
) -> tuple[Seen, ...]:
    """Look at one frame of every panel of a clip, by frame number; see `seen`.

    Raises:
        MediaError: the clip cannot be decoded, or ends before the last moment.
    """
    import av
    import av.error
    import numpy as np

    found: dict[int, Image] = {}
    try:
        with av.open(f"file:{clip}") as box:
            for number, frame in enumerate(box.decode(video=0)):
                if number in moments:
                    found[number] = np.asarray(frame.to_ndarray(format="bgr24"), dtype=np.uint8)
                if number >= max(moments):
                    break
    except av.error.FFmpegError as error:
        raise MediaError("This clip cannot be decoded.", where=str(clip)) from error
    if len(found) < len(set(moments)):
        raise MediaError("This clip ends before its last panel.", where=str(clip))
    return seen([found[moment] for moment in moments], wanted, plates, models)


def read_back(text: str) -> tuple[Seen, ...]:
    """Return what was noted as the JSON of a list of `Seen` tuples."""
    return tuple(
        Seen(index, count, who, score, low, high, tuple((a, b) for a, b in told), others)
        for index, count, who, score, low, high, told, others in json.loads(text)
    )


def mean_likeness(found: Sequence[Seen]) -> tuple[float, float, float] | None:
    """Return the mean likeness over panels with its bounds, or None where nobody was compared."""
    scored = [one for one in found if one.score is not None]
    if not scored:
        return None
    values = [one.score for one in scored if one.score is not None]
    return fmean(values), fmean([one.low for one in scored]), fmean([one.high for one in scored])


def held(found: Sequence[Seen], on_sheet: Mapping[str, float]) -> float | None:
    """Return how well a look holds, 0..1: likeness beyond what style and place alone would give.

    Two drawings without colour are alike whomever they show; so 0 is as like as anybody else of the
    cast is, and 1 as like as the views on the person's own sheet are to each other.

    Args:
        found: the panels.
        on_sheet: likeness between the views of each person's own sheet, by id.
    """
    shares: list[float] = []
    for one in found:
        if one.score is not None:
            base = one.others or 0.0
            room = max(_LEAST_ROOM, on_sheet.get(one.who, 1.0) - base)
            shares.append(min(1.0, max(0.0, (one.score - base) / room)))
    return fmean(shares) if shares else None


def mean_attributes(found: Sequence[Seen]) -> float | None:
    """Return the mean over all attributes that could be seen, or None."""
    scores = [score for one in found for _, score in one.attributes if score is not None]
    return fmean(scores) if scores else None


def plan_match(found: Sequence[Seen], wanted: Sequence[Wanted]) -> float | None:
    """Return the share of panels with the planned headcount, of those that could be counted."""
    pairs = [
        (one.count, want.count)
        for one, want in zip(found, wanted, strict=True)
        if one.count is not None
        and want.count is not None
        and (want.alike or one.count >= want.count)
    ]
    return sum(a == b for a, b in pairs) / len(pairs) if pairs else None
