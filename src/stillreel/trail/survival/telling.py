"""The survival matrix as tables, for a terminal and for a page, with what could not be tested."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, get_args

from stillreel.trail.survival.nouns import SIGNALS, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from stillreel.trail.survival.nouns import Cell, Kind, Signal, Subject

NAMES: dict[Signal, str] = {
    "manifest": "C2PA manifest",
    "source-type": "XMP source type",
    "aigc": "AIGC key",
    "mark": "our pixel mark",
    "vendor": "the vendor's own pixel mark",
}
_MODELS = (
    "nothing here asks one. What a stand-in returns is made by us and shows only what our client "
    "does with a clip; the embedded backends move the still's own pixels, which a model that draws "
    "the scene anew does not."
)
_SYNTHID = "there is no reader for them that works offline."
_CHECK = (
    "it needs a key and takes the pictures to the vendor, so nobody was asked; `--ask-vendor` says "
    "what it would send."
)
_PLATFORMS = "nothing was uploaded."


def untested(subjects: Sequence[Subject]) -> tuple[tuple[str, str], ...]:
    """Return what was not tested at all, and why."""
    asked = any(c.signal == "vendor" for one in subjects for row in one.rows for c in row.cells)
    return (
        ("real image-to-video models", _MODELS),
        ("marks of vendors that nobody was asked about, SynthID among them", _SYNTHID),
        *(() if asked else (("a vendor's own provenance check", _CHECK),)),
        ("what platforms do with an upload", _PLATFORMS),
    )


HONESTY = (
    "Lost means that our readers no longer find the signal. It never means that a picture was made "
    "without AI."
)


class Part(NamedTuple):
    """The table of all stills, or of all clips."""

    kind: Kind
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def parts(subjects: Sequence[Subject]) -> Iterator[Part]:
    """Yield a table for the stills and one for the clips: a line for each change."""
    kinds: tuple[Kind, ...] = ("still", "clip")
    for kind in kinds:
        chosen = [one for one in subjects if one.kind == kind]
        if not chosen:
            continue
        signals: list[Signal] = [cell.signal for cell in chosen[0].rows[0].cells]
        rows = [
            (row.change, *(summed(_cells(chosen, row.change, signal)) for signal in signals))
            for row in chosen[0].rows
        ]
        head = (f"{kind}: what is done", *(NAMES[signal] for signal in signals))
        yield Part(kind, head, tuple(rows))


def summed(cells: Sequence[Cell]) -> str:
    """Return what became of one signal under one change in all files."""
    counts = {name: sum(cell.outcome == name for cell in cells) for name in get_args(Outcome)}
    words = [
        name if count == len(cells) else f"{name} {count} of {len(cells)}"
        for name, count in counts.items()
        if count
    ]
    read = [cell for cell in cells if cell.outcome != "not testable"]
    bits = sorted(cell.bits for cell in read if cell.bits is not None)
    scores = sorted(cell.score for cell in read if cell.score is not None)
    figures = f" ({_span(bits)}/32, score {_span(scores)})" if bits and scores else ""
    return ", ".join(words) + figures


def carried(subjects: Sequence[Subject]) -> Iterator[str]:
    """Yield a line on each file: which signals it brought, and the mark reader's word without."""
    for one in subjects:
        own = ", ".join(NAMES[signal] for signal in one.own) or "none"
        given = ", ".join(NAMES[signal] for signal in SIGNALS if signal not in one.own)
        line = f"{one.name} ({one.kind}): its own {own}; given to a working copy: {given or 'none'}"
        if one.unmarked is not None:
            line += f"; mark score before marking {one.unmarked:.1f}"
        yield line


def notes(subjects: Sequence[Subject]) -> Iterator[str]:
    """Yield what stands behind the tables: every reason once, and files that differ from others."""
    reasons: dict[str, list[_Place]] = {}
    for subject in subjects:
        for row in subject.rows:
            for cell in row.cells:
                place = _Place(subject, row.change, cell)
                if cell.told:
                    reasons.setdefault(f"{cell.outcome}: {cell.told}", []).append(place)
                elif cell.outcome != "survived" and _differs(subjects, place):
                    yield f"{row.change}: {_figures(cell)} in {subject.name}"
    for reason, places in reasons.items():
        changes = dict.fromkeys(one.change for one in places)
        most = max(len(one.subject.rows) for one in places)
        where = ", ".join(changes) if len(changes) < most else "whatever is done"
        signals = ", ".join(dict.fromkeys(NAMES[one.cell.signal] for one in places))
        files = ", ".join(dict.fromkeys(one.subject.name for one in places))
        yield f"{reason} [{signals}; {where}; {files}]"


class _Place(NamedTuple):
    subject: Subject
    change: str
    cell: Cell


def _differs(subjects: Sequence[Subject], place: _Place) -> bool:
    """Say whether other files of the kind came out another way."""
    alike = [one for one in subjects if one.kind == place.subject.kind]
    return len({one.outcome for one in _cells(alike, place.change, place.cell.signal)}) > 1


def _figures(cell: Cell) -> str:
    figures = "" if cell.bits is None else f" ({cell.bits}/32 bits, score {cell.score})"
    return f"{NAMES[cell.signal]} {cell.outcome}{figures}"


def _cells(subjects: Sequence[Subject], change: str, signal: Signal) -> list[Cell]:
    return [
        cell
        for subject in subjects
        for row in subject.rows
        if row.change == change
        for cell in row.cells
        if cell.signal == signal
    ]


def _span(values: Sequence[float]) -> str:
    first, last = values[0], values[-1]
    return f"{first:g}" if first == last else f"{first:g}-{last:g}"
