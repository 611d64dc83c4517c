"""What the law of some places asks for, what was done for it in a film, and what was not.

The rules are told as they were read on `READ`; they move, and none of this is legal advice.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stillreel.trail.disclosure.nouns import Label, Told

READ = "2026-11-23"
NOTICE = f"Not legal advice. Rules as read on {READ}; they change, and places differ."
_LETTERS = Fraction(1, 20)
_SECONDS = 2


@dataclass(frozen=True, slots=True)
class Line:
    """One rule, and where a film stands."""

    rule: str
    asks: str
    who: str
    done: tuple[str, ...]
    not_done: tuple[str, ...]
    remark: str
    source: str
    since: str
    """From when it holds, ISO 8601."""


def lines(told: Told) -> tuple[Line, ...]:
    """Return where a film stands with each rule."""
    return (_marking(told), _telling(told), _china(told))


def _marking(told: Told) -> Line:
    done, missing = _split(_machine_readable(told))
    remark = "The makers of the models mark their own outputs; their files are kept untouched."
    if not told.by_model:
        remark = (
            "It speaks of the output of AI systems. No trained model made pictures or sound of "
            "this film; the marks say how it was drawn all the same."
        )
    return Line(
        rule="EU AI Act, Article 50(2)",
        asks="outputs of AI systems marked so that machines can read and detect it",
        who="the provider of the AI system",
        done=done,
        not_done=missing,
        remark=remark,
        source="Regulation (EU) 2024/1689; Article 111(4) as in Regulation (EU) 2026/1744; "
        "Code of Practice of 10 June 2026",
        since="2026-08-02",
    )


def _telling(told: Told) -> Line:
    label = told.label
    shown = f"a label that can be seen: {label.text}" if label else ""
    remark = (
        "Asked for where pictures could be taken for real people, places or events. For a film "
        "that is evidently art or fiction a notice that does not spoil it is enough: the opening "
        "or end card, or the description (credits.txt)."
    )
    if not told.by_model:
        remark = (
            "It speaks of what AI made or changed so that it could be taken for real. No trained "
            "model made pictures or sound of this film."
        )
    return Line(
        rule="EU AI Act, Article 50(4)",
        asks="deep fakes disclosed as made or changed by AI",
        who="the deployer: whoever makes the film",
        done=(shown,) if shown else (),
        not_done=() if shown else ("no label that can be seen is in the picture",),
        remark=remark,
        source="Regulation (EU) 2024/1689; Commission guidelines of 20 July 2026",
        since="2026-08-02",
    )


def _china(told: Told) -> Line:
    implicit = ("the metadata key AIGC is in the file", "the metadata key AIGC is not in the file")
    done, missing = _split([(told.aigc, *implicit), *_explicit(told.label, told.fps)])
    remark = "Uploading to a service in China, say so there as well: the service must ask."
    if not told.by_model:
        remark = (
            "It speaks of content that AI made. No trained model made pictures or sound of this "
            "film; a key that calls it AI-made would be wrong."
        )
    return Line(
        rule="China, GB 45438-2025",
        asks="a label that can be seen (letters of at least 5 % of the short side, at least 2 s "
        "from the start) and the metadata key AIGC",
        who="services and uploaders",
        done=done,
        not_done=missing,
        remark=remark,
        source="GB 45438-2025 and the measures on labelling",
        since="2025-09-01",
    )


def _machine_readable(told: Told) -> Iterator[tuple[bool, str, str]]:
    signed = told.certificate
    who = ""
    if signed:
        kind = "a home-made certificate on no trust list" if signed.home_made else signed.name
        who = f"a C2PA manifest signed with {kind}"
    yield signed is not None, who, "the film carries no C2PA manifest"
    stamped = signed is not None and signed.time_stamped
    yield (
        stamped,
        "the signature is dated by a time-stamping authority",
        "no time-stamping authority dated the signature",
    )
    source = f"XMP digital source type {told.source_type}"
    yield told.xmp, source, "the XMP metadata names no digital source type"
    mark = (
        f"an invisible mark of our own in the picture, id {told.pixel_mark}; others cannot read it"
    )
    yield bool(told.pixel_mark), mark, "no invisible mark is in the picture"


def _explicit(label: Label | None, fps: int) -> Iterator[tuple[bool, str, str]]:
    if label is None:
        yield False, "", "no label that can be seen is in the picture"
        return
    percent = float(label.height * 100)
    size = f"the letters of the label are {percent:.1f} % of the short side"
    yield label.height >= _LETTERS, size, f"{size}: less than 5 %"
    seconds = float(Fraction(label.end - label.start, fps))
    time = f"the label is shown for {seconds:.1f} s from the start"
    soon = label.start == 0
    where = time if soon else f"the label is not there from the start but for {seconds:.1f} s later"
    yield soon and label.end >= _SECONDS * fps, time, f"{where}: not the first 2 s"


def _split(
    points: Iterator[tuple[bool, str, str]] | list[tuple[bool, str, str]],
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    found = list(points)
    done = tuple(yes for holds, yes, _ in found if holds)
    return done, tuple(no for holds, _, no in found if not holds)
