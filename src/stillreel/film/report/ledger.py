"""The accounting half of the report: takes, time, money, problems and digests as tables."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from stillreel.values.money import Money

if TYPE_CHECKING:
    from collections.abc import Iterable

    from stillreel.film.report.nouns import ContestBlock, ReportData, TakeRow
    from stillreel.values.problem import Problem

_SHORT = 12
"""Letters of a digest that are shown in a row."""


def takes(data: ReportData) -> str:
    """Return the table of every take with its time and price, and the totals."""
    if not data.takes:
        return ""
    rows = "".join(_take(row) for row in data.takes)
    seconds = sum(row.seconds for row in data.takes)
    total = _sum(data.takes, data.spent.currency)
    ceiling = f" of {data.ceiling} {data.ceiling.currency} allowed" if data.ceiling.micros else ""
    held = f", {data.held} {data.held.currency} held" if data.held.micros else ""
    return (
        f"<p>{len(data.takes)} takes, {duration(seconds)} of making, {total} {total.currency} "
        f"spent{escape(ceiling)}{escape(held)}.</p>"
        '<div class="scroll"><table><thead><tr><th>Stage</th><th>What</th><th>Made by</th>'
        '<th class="num">Take</th><th></th><th class="num">Time</th><th class="num">Price</th>'
        f"<th>Why</th><th>Digest</th></tr></thead><tbody>{rows}</tbody><tfoot><tr>"
        f'<td colspan="5">Together</td><td class="num">{duration(seconds)}</td>'
        f'<td class="num">{total}</td><td colspan="2"></td></tr></tfoot></table></div>'
    )


def contest(block: ContestBlock | None) -> str:
    """Return the bake-off: verdict, range, and what each rival got for every unit."""
    if block is None:
        return ""
    head = "".join(f'<th class="num">{escape(name)}</th>' for name in block.rivals)
    rows = "".join(
        f"<tr><td>{escape(subject)}</td>"
        f"{''.join(f'<td class=num>{escape(cell)}</td>' for cell in cells)}</tr>"
        for subject, cells in block.rows
    )
    paid = "".join(f'<td class="num">{one} {one.currency}</td>' for one in block.spent)
    table = (
        f'<div class="scroll"><table><thead><tr><th>Unit</th>{head}</tr></thead>'
        f"<tbody>{rows}</tbody><tfoot><tr><td>Cost in this film</td>{paid}</tr></tfoot>"
        "</table></div>"
        if block.rows
        else ""
    )
    span = f" {escape(block.interval)}" if block.interval else ""
    return f'<p class="why">{escape(block.verdict)}{span}</p>{table}'


def problems(found: tuple[Problem, ...]) -> str:
    """Return the list of what is to be mended, worst first."""
    if not found:
        return '<p class="fine">Nothing to mend was found.</p>'
    ordered = sorted(found, key=lambda one: (one.severity != "error", one.file, one.line))
    items = "".join(
        f'<li class="{one.severity}"><code>{escape(_place(one))}</code> {escape(one.message)}'
        f"{f'<br><span class=tag>{escape(one.hint)}</span>' if one.hint else ''}</li>"
        for one in ordered
    )
    errors = sum(one.severity == "error" for one in found)
    return (
        f"<p>{errors} to mend, {len(found) - errors} to look at.</p>"
        f'<ul class="problems">{items}</ul>'
    )


def provenance(data: ReportData) -> str:
    """Return the digests of the film and of all it was made from, parents before children."""
    rows: list[tuple[str, str, str, str]] = []
    for block in data.sheets:
        rows += [
            ("sheet", block.name, side.provider, side.digest)
            for side in block.sides
            if side.chosen and side.digest
        ]
    rows += [("board", one.clip, one.provider, one.digest) for one in data.boards if one.digest]
    rows += [("clip", one.id, one.provider, one.digest) for one in data.clips if one.digest]
    if data.film is not None and data.film.digest:
        rows.append(("film", data.title, data.program, data.film.digest))
    if not rows:
        return ""
    body = "".join(
        f"<tr><td>{escape(stage)}</td><td>{escape(name)}</td><td>{escape(maker)}</td>"
        f"<td><code>{escape(digest)}</code></td></tr>"
        for stage, name, maker, digest in rows
    )
    return (
        "<p>SHA-256 of every picture and clip as its maker delivered it, and of the film. Signed "
        "copies in out/ carry credentials besides, so their own digests differ: "
        "<code>stillreel trail</code> on this folder checks them and draws trail.html.</p>"
        '<div class="scroll"><table><thead><tr><th>Stage</th><th>What</th><th>Made by</th>'
        f"<th>Digest</th></tr></thead><tbody>{body}</tbody></table></div>"
    )


def duration(seconds: float) -> str:
    """Return a working time as `0.4 s`, `12 s` or `3 min 05 s`."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    return f"{whole} s" if whole < 60 else f"{whole // 60} min {whole % 60:02d} s"


def _take(row: TakeRow) -> str:
    badge = '<span class="badge">in the film</span>' if row.chosen else ""
    maker = f"{row.provider} {row.model}".strip()
    return (
        f"<tr><td>{escape(row.stage)}</td><td>{escape(row.subject)}</td><td>{escape(maker)}</td>"
        f'<td class="num">{row.number}</td><td>{badge}</td>'
        f'<td class="num">{duration(row.seconds)}</td><td class="num">{row.spent}</td>'
        f"<td>{escape(row.why)}</td><td><code>{escape(row.digest[:_SHORT])}</code></td></tr>"
    )


def _sum(rows: Iterable[TakeRow], currency: str) -> Money:
    return Money(sum(row.spent.micros for row in rows), currency)


def _place(one: Problem) -> str:
    return f"{one.file}:{one.line}" if one.line else one.file
