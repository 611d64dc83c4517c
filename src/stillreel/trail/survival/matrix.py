"""The matrix: every change is made to every file, and every signal is looked for afterwards."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from stillreel.errors import StillreelError, UsageError
from stillreel.trail.survival import clips, dress, stills
from stillreel.trail.survival.nouns import SIGNALS, Cell, Row, Subject
from stillreel.values.sniff import media_type_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from stillreel.trail.survival.nouns import Ask, Carrier, Change, Kind, Sample, Seen, Signal

MOST_FILES = 12
_FRAMES = 3
"""Frames of a clip that a vendor is asked about."""
_ORDER: tuple[Signal, ...] = (*SIGNALS, "vendor")
_IN_PIXELS: frozenset[Signal] = frozenset({"mark", "vendor"})
_UNCARRIED: dict[Signal, str] = {
    "mark": "it cannot be read from the working copy before anything is done to it",
    "vendor": "the vendor finds no mark of its own in the file before anything is done to it",
}


def survey(
    files: Sequence[Sample],
    motions: Sequence[Change],
    now: datetime,
    tell: Callable[[str], None],
    ask: Ask | None = None,
) -> Iterator[Subject]:
    """Yield each file with what became of every signal under every change.

    Everything is done in temporary folders; no file is touched and nothing leaves this machine,
    unless a change of `motions` sends it somewhere.

    Args:
        files: PNG, JPEG or WebP stills, and clips; at most `MOST_FILES`.
        motions: changes beyond the usual ones that stills go through, as being moved.
        now: with its time zone.
        tell: told what is being tried.
        ask: asks a vendor for its own mark; nobody is asked unless given.

    Raises:
        UsageError: there are too many, or a file cannot be read.
        MediaError: a file cannot be decoded.
        ProviderError: a vendor that is asked does not answer for the file itself.
    """
    if len(files) > MOST_FILES:
        raise UsageError(
            f"{len(files)} files are too many: {MOST_FILES} are tried at once.",
            next_step="Name fewer; one still and one clip of each kind tell most.",
        )
    for _, path in files:
        # What cannot be tried is said before minutes are spent on the others.
        _ = stills.pixels(path) if _kind(path) == "still" else clips.first_luma(path)
    for sample in files:
        with TemporaryDirectory(prefix="stillreel-survival-") as folder:
            place = dress.Wardrobe(Path(folder), now, ask)
            yield tried(sample, _changes(_kind(sample.path), motions), place, tell)


def most_asked(files: Sequence[Sample], motions: Sequence[Change]) -> int:
    """Return how many pictures a vendor is asked about at most.

    Raises:
        MediaError: a file cannot be read.
    """
    count = 0
    for sample in files:
        kind = _kind(sample.path)
        for change in _changes(kind, motions):
            if not change.redrawn:
                count += _FRAMES if kind == "clip" or change.moves else 1
        count += _FRAMES if kind == "clip" else 1
    return count


def _kind(path: Path) -> Kind:
    return "still" if media_type_of(path).startswith("image/") else "clip"


def _changes(kind: Kind, motions: Sequence[Change]) -> tuple[Change, ...]:
    return (*stills.changes(), *motions) if kind == "still" else clips.changes()


def tried(
    sample: Sample, changes: Sequence[Change], place: dress.Wardrobe, tell: Callable[[str], None]
) -> Subject:
    """Return what becomes of the signals of one file under some changes.

    Args:
        sample: the file.
        changes: what is done to it, each by itself.
        place: an empty folder, and who is asked.
        tell: told what is being tried.

    Raises:
        StillreelError: as `survey` does.
    """
    kind = _kind(sample.path)
    tell(f"{sample.name}: read, marked, tagged and signed")
    carriers = list(dress.carriers(sample.path, kind, place))
    plain = carriers[0].seen.mark
    rows: list[Row] = []
    for change in changes:
        tell(f"{sample.name}: {change.name}")
        found = [cell for one in carriers for cell in _under(change, one, kind, place)]
        rows.append(Row(change.name, tuple(sorted(found, key=lambda c: _ORDER.index(c.signal)))))
    unmarked = plain.score if plain is not None and plain.id is None else None
    own: tuple[Signal, ...] = tuple(signal for signal in SIGNALS if signal in carriers[0].signals)
    return Subject(sample.name, kind, own, unmarked, tuple(rows))


def _under(change: Change, carrier: Carrier, kind: Kind, place: dress.Wardrobe) -> Iterator[Cell]:
    """Yield what became of the signals that one carrier is there for."""
    if not carrier.signals:
        return
    target = place.folder / f"changed{change.suffix or carrier.path.suffix}"
    target.unlink(missing_ok=True)
    looked: tuple[Signal, ...] = tuple(
        signal
        for signal in carrier.signals
        if dress.carried(carrier.seen, signal) and not (change.redrawn and signal in _IN_PIXELS)
    )
    became: Kind = "clip" if change.moves else kind
    try:
        change.make(carrier.path, target)
        after = dress.seen(target, became, looked, of_still=change.moves, ask=place.ask)
    except StillreelError as error:
        yield from (Cell(signal, "not testable", error.what) for signal in carrier.signals)
        return
    for signal in carrier.signals:
        cell = _cell(signal, carrier, after, change)
        cautious = cell.outcome == "lost" and not cell.told
        yield replace(cell, told=change.caution) if cautious else cell


def _cell(signal: Signal, carrier: Carrier, after: Seen, change: Change) -> Cell:
    before = carrier.seen
    if not dress.carried(before, signal):
        return Cell(
            signal, "not testable", _UNCARRIED.get(signal, "the working copy cannot be given it")
        )
    if change.redrawn and signal in _IN_PIXELS:
        return Cell(signal, "not testable", change.redrawn)
    if signal == "manifest":
        return _manifest(before, after)
    if signal == "source-type":
        return _value(signal, before.source_type, after.source_type)
    if signal == "aigc":
        return _value(signal, before.aigc, after.aigc)
    return _vendor(after) if signal == "vendor" else _mark(carrier, after)


def _manifest(before: Seen, after: Seen) -> Cell:
    if after.state == "NoManifest":
        return Cell("manifest", "lost")
    if after.state in {"Invalid", "Unreadable"}:
        return Cell("manifest", "broken", f"it is there and is {after.state}")
    if after.manifest == before.manifest:
        return Cell("manifest", "survived")
    return Cell("manifest", "lost", "another manifest is there in its place")


def _value(signal: Signal, before: object, after: object) -> Cell:
    if after is None:
        return Cell(signal, "lost")
    if after != before:
        return Cell(signal, "broken", "it says something else")
    return Cell(signal, "survived")


def _vendor(after: Seen) -> Cell:
    heard = after.vendor
    assert heard is not None
    told = f"found in {heard.found} of {heard.asked} frames" if heard.asked > 1 else ""
    return Cell("vendor", "survived" if heard.found else "lost", told)


def _mark(carrier: Carrier, after: Seen) -> Cell:
    reading, mark = after.mark, carrier.mark
    assert reading is not None
    assert mark is not None
    score = round(reading.score, 1)
    if len(reading.bits) != len(mark.bits):
        return Cell("mark", "lost", "", None, score)
    bits = sum(a == b for a, b in zip(mark.bits, reading.bits, strict=True))
    if reading.id == mark.id:
        return Cell("mark", "survived", "", bits, score)
    if reading.id is not None:
        return Cell("mark", "broken", f"it reads as another number, {reading.id}", bits, score)
    return Cell("mark", "lost", "", bits, score)
