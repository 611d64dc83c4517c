"""Working copies: what a file carries itself, and a copy of it that carries the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stillreel.trail.mark.nouns import Mark
from stillreel.trail.mark.write import writer
from stillreel.trail.read import read
from stillreel.trail.signing.keys import studio_key
from stillreel.trail.signing.nouns import Agent, Made
from stillreel.trail.signing.sign import FileSigner
from stillreel.trail.signing.tags import Aigc, tag
from stillreel.trail.survival import clips, stills
from stillreel.trail.survival.nouns import SIGNALS, Carrier, Heard, Seen
from stillreel.values import digest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from stillreel.trail.mark.nouns import Reading
    from stillreel.trail.signing.nouns import Identity, SourceType
    from stillreel.trail.survival.nouns import Ask, Kind, Signal

_SOURCE_TYPE: SourceType = "trainedAlgorithmicMedia"
_CRF = 18
_GOOD = {"Trusted", "Valid"}


@dataclass(frozen=True, slots=True)
class Wardrobe:
    """Where working copies are made, and by whom they are signed; both are thrown away."""

    folder: Path
    now: datetime
    ask: Ask | None = None
    """Asks a vendor; nobody is asked without it."""

    @property
    def identity(self) -> Identity:
        """A key that nobody trusts and that lies in the folder."""
        return studio_key(self.folder / "key", now=self.now)


def seen(
    path: Path,
    kind: Kind,
    signals: tuple[Signal, ...],
    *,
    of_still: bool = False,
    ask: Ask | None = None,
) -> Seen:
    """Return what a file carries.

    Args:
        path: a picture or clip.
        kind: which of them.
        signals: those that are looked for; searching the pixels takes seconds.
        of_still: whether it was made of a still; its first frame is then searched by itself too,
            and the better of both readings counts.
        ask: asks a vendor about a still, or about three frames of a clip.

    Raises:
        UsageError: it cannot be read.
        MediaError: it cannot be decoded.
        ProviderError: the vendor does not answer.
    """
    held = read(path)
    return Seen(
        state=held.state,
        manifest=held.manifest,
        source_type=held.metadata_source_type,
        aigc=held.aigc_label,
        mark=_reading(path, kind, of_still=of_still) if "mark" in signals else None,
        vendor=_heard(path, kind, ask) if ask and "vendor" in signals else None,
    )


def carriers(path: Path, kind: Kind, place: Wardrobe) -> Iterator[Carrier]:
    """Yield what is changed: the file for the signals it carries, a working copy for the others.

    Only a manifest that holds before anything is done counts as carried.

    Raises:
        UsageError: the file cannot be read.
        MediaError: it cannot be decoded.
        ProviderError: a vendor that is asked does not answer.
    """
    vendor: tuple[Signal, ...] = ("vendor",) if place.ask else ()
    found = seen(path, kind, ("mark", *vendor), ask=place.ask)
    own: tuple[Signal, ...] = tuple(signal for signal in SIGNALS if carried(found, signal))
    number = found.mark.id if found.mark else None
    yield Carrier(path, found, (*own, *vendor), None if number is None else Mark(number))
    rest: tuple[Signal, ...] = tuple(signal for signal in SIGNALS if signal not in own)
    if rest:
        mark = Mark(int(digest.of_file(path)[:6], 16))
        copy = dressed(path, kind, mark if "mark" in rest else None, place)
        yield Carrier(copy, seen(copy, kind, rest), rest, mark)


def carried(what: Seen, signal: Signal) -> bool:
    """Say whether a signal is there and valid."""
    return {
        "manifest": what.state in _GOOD,
        "source-type": what.source_type is not None,
        "aigc": what.aigc is not None,
        "mark": what.mark is not None and what.mark.id is not None,
        "vendor": what.vendor is not None and what.vendor.found > 0,
    }[signal]


def dressed(path: Path, kind: Kind, mark: Mark | None, place: Wardrobe) -> Path:
    """Return a working copy with a mark, both tags and a manifest, in the order of a film.

    A still becomes a PNG; of a clip at most 12 seconds are encoded again, without sound. What the
    tags say is made up: the copy never leaves the folder.

    Raises:
        UsageError: the file cannot be read.
        MediaError: it cannot be decoded.
    """
    suffix = ".png" if kind == "still" else ".mp4"
    bare, tagged, signed = (
        place.folder / f"{step}{suffix}" for step in ("marked", "tagged", "signed")
    )
    if kind == "still":
        stills.save(bare, _marked(path, mark))
    else:
        write = writer(mark, *clips.size(path)) if mark else None
        clips.encode(path, bare, _CRF, write)
    tag(bare, tagged, _SOURCE_TYPE, Aigc(producer="survival bench", produce_id="0"))
    made = Made(
        kind="panel" if kind == "still" else "clip",
        title="working copy",
        source_type=_SOURCE_TYPE,
        agents=(Agent("survival bench"),),
        at=place.now,
    )
    with FileSigner(place.identity) as signer:
        signer.sign(tagged, signed, made, now=place.now)
    return signed


def _marked(path: Path, mark: Mark | None) -> stills.Pixels:
    """Return the pixels of a still with a mark in their luma."""
    import cv2
    import numpy as np

    picture = stills.pixels(path)
    if mark is None:
        return picture
    parts = np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2YCrCb), np.uint8)
    light = np.ascontiguousarray(parts[..., 0])
    writer(mark, light.shape[1], light.shape[0])(light)
    parts[..., 0] = light
    return np.asarray(cv2.cvtColor(parts, cv2.COLOR_YCrCb2BGR), np.uint8)


def _reading(path: Path, kind: Kind, *, of_still: bool) -> Reading:
    from stillreel.trail.mark.read import read as read_mark

    if kind == "still":
        return read_mark([stills.luma(path)])
    whole = read_mark(path)
    if not of_still:
        return whole
    first = read_mark([clips.first_luma(path)])
    return max(whole, first, key=lambda one: (one.id is not None, one.score))


def _heard(path: Path, kind: Kind, ask: Ask) -> Heard:
    pictures = [path.read_bytes()] if kind == "still" else clips.three_frames(path)
    return Heard(sum(ask(one) for one in pictures), len(pictures))
