"""The report as HTML: every section from its values, every word escaped."""

from __future__ import annotations

import os
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from stillreel.film.conform import keep
from stillreel.film.report.ledger import contest, problems, provenance, takes
from stillreel.film.report.pictures import Album, Inlined
from stillreel.film.report.style import CSS

if TYPE_CHECKING:
    from fractions import Fraction
    from pathlib import Path

    from stillreel.film.report.nouns import (
        BoardBlock,
        ClipBlock,
        FilmFacts,
        PanelCaption,
        PromptBlock,
        ReportData,
        SheetBlock,
        SheetSide,
    )


def write_report(data: ReportData, out: Path, cache: Path) -> Path:
    """Write the report as one self-contained HTML file and return it.

    Args:
        data: what it shows.
        out: the file, e.g. `out/report.html`; links to the film are relative to it.
        cache: folder of pictures that need not be made again.

    Raises:
        MediaError: a picture or clip it shows cannot be read.
        StorageError: the disk is full, or the folder cannot be written.
    """
    keep(page(data, out.parent, Album(data, cache)).encode(), out)
    return out


def page(data: ReportData, folder: Path, album: Album) -> str:
    """Return the whole page; `folder` is where it will lie."""
    sections = [
        ("Sheets", _sheets(data.sheets, album)),
        ("Bake-off", contest(data.contest)),
        ("Boards", _boards(data.boards, album)),
        ("Clips", _clips(data.clips, album, folder)),
        ("Prompts", _prompts(data.prompts)),
        ("Takes", takes(data)),
        ("Problems", problems(data.problems)),
        ("Provenance", provenance(data)),
    ]
    shown = [(name, body) for name, body in sections if body]
    links = "".join(f'<li><a href="#{name.lower()}">{name}</a></li>' for name, _ in shown)
    bodies = "".join(
        f'<section id="{name.lower()}" aria-labelledby="h-{name.lower()}">'
        f'<h2 id="h-{name.lower()}">{name}</h2>{body}</section>'
        for name, body in shown
    )
    made = f"Made {escape(data.made_at)} with {escape(data.program)}." if data.made_at else ""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(data.title)} · report</title><style>{CSS}</style></head><body>"
        f'{_header(data, album, folder)}<nav aria-label="Sections"><ul>{links}</ul></nav>'
        f"<main>{bodies}</main><footer>{made} Pictures in this page are reduced; the originals "
        "are in the project, named by digest.</footer></body></html>\n"
    )


def image(picture: Inlined, words: str) -> str:
    """Return an image element with its words for those who cannot see it."""
    return (
        f'<img src="{picture.address}" width="{picture.width}" height="{picture.height}" '
        f'alt="{escape(words)}" loading="lazy">'
    )


def link(path: Path, folder: Path) -> str:
    """Return the address of a file as seen from the folder the report lies in."""
    return quote(os.path.relpath(path, folder).replace(os.sep, "/"))


def _header(data: ReportData, album: Album, folder: Path) -> str:
    by = " · ".join(
        escape(part)
        for part in (f"after the story by {data.author}" if data.author else "", data.style)
        if part
    )
    head = (
        '<header><p class="eyebrow">Film report</p>'
        f'<h1>{escape(data.title)}</h1><p class="by">{by}</p>'
    )
    if data.film is None:
        return f"{head}<p>The film is not cut yet.</p></header>"
    first = data.clips[0] if data.clips else None
    poster = album.poster(data.film.poster, first)
    return f"{head}{_hero(data.film, poster, folder)}{_facts(data, data.film)}</header>"


def _hero(film: FilmFacts, poster: Inlined | None, folder: Path) -> str:
    address = link(film.path, folder)
    still = f' poster="{poster.address}"' if poster else ""
    size = f' width="{film.width}" height="{film.height}"'
    files = "".join(
        f'<li><a href="{link(path, folder)}">{escape(path.name)}</a></li>'
        for path in (film.path, *film.beside)
    )
    return (
        f'<figure class="hero"><video controls preload="none" src="{address}"{still}{size}>'
        f'<a href="{address}">Play the film</a></video>'
        f'<figcaption><ul class="files">{files}</ul></figcaption></figure>'
    )


def _facts(data: ReportData, film: FilmFacts) -> str:
    facts = [
        ("Length", clock(film.seconds), "minutes"),
        ("Clips", str(film.clips), f"{9 * film.clips} panels"),
        ("Picture", f"{film.width} x {film.height}", f"{film.fps} frames a second"),
    ]
    if film.loudness is not None:
        peak = f"true peak {film.true_peak:.1f} dBTP" if film.true_peak is not None else ""
        facts.append(("Loudness", f"{film.loudness:.1f} LUFS", peak))
    facts.append(("Takes", str(len(data.takes)), "kept, none overwritten"))
    held = f"{data.held} held" if data.held.micros else ""
    facts.append(("Spent", f"{data.spent} {data.spent.currency}", held))
    cells = "".join(
        f"<div><dt>{name}</dt><dd>{escape(value)}<small>{escape(more)}</small></dd></div>"
        for name, value, more in facts
    )
    return f'<dl class="facts">{cells}</dl>'


def clock(seconds: Fraction) -> str:
    """Return a length as `1:45` or `10:09`, rounded to the nearest second."""
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02d}"


def _sheets(blocks: tuple[SheetBlock, ...], album: Album) -> str:
    if not blocks:
        return ""
    cards = "".join(_sheet(block, album) for block in blocks)
    return (
        "<p>Every character, place and prop was drawn by the rivals from the same words; "
        f"the framed one goes into the film.</p>{cards}"
    )


def _sheet(block: SheetBlock, album: Album) -> str:
    sides = "".join(_side(block, side, album) for side in block.sides)
    why = f'<p class="why">{escape(block.reason)}</p>' if block.reason else ""
    note = f" · {escape(block.note)}" if block.note else ""
    return (
        f'<article class="card"><div class="head"><h3>{escape(block.name)}</h3>'
        f'<span class="tag">{escape(block.kind)}{note}</span></div>'
        f'<div class="pair">{sides}</div>{why}</article>'
    )


def _side(block: SheetBlock, side: SheetSide, album: Album) -> str:
    badge = ' <span class="badge">picked</span>' if side.chosen else ""
    words = f"{block.name}, sheet drawn by {side.provider}"
    return (
        f'<figure class="side{" picked" if side.chosen else ""}">'
        f"{image(album.sheet(side.picture), words)}<figcaption>"
        f"<b>{escape(side.provider)}</b>{badge}{_score(side)}</figcaption></figure>"
    )


def _score(side: SheetSide) -> str:
    if side.score is None:
        return ""
    spread = f" ({side.interval[0]:.2f} to {side.interval[1]:.2f})" if side.interval else ""
    tier = f" · {escape(side.tier)}" if side.tier else ""
    return (
        f'<div class="score"><span class="bar"><i style="width:{100 * side.score:.0f}%"></i></span>'
        f"<span>identity {side.score:.2f}{spread}{tier}</span></div>"
    )


def _boards(blocks: tuple[BoardBlock, ...], album: Album) -> str:
    if not blocks:
        return ""
    cards = "".join(
        f'<article class="card board">{_head(block.clip, block.title, "")}'
        f'<span class="tag">drawn by {escape(block.provider)}</span>'
        f"</div>{image(album.board(block.picture), f'Board of {block.title}')}"
        f'<ol class="panels">{"".join(map(_panel, block.panels))}</ol></article>'
        for block in blocks
    )
    return f"<p>Nine panels a clip, cut back out of the picture before anything moves.</p>{cards}"


def _panel(panel: PanelCaption) -> str:
    how = " · ".join(part for part in (panel.size, panel.move, f"{panel.seconds} s") if part)
    line = ""
    if panel.line:
        who = f"{escape(panel.who)}: " if panel.who else ""
        line = f"{who}<q>{escape(panel.line)}</q>"
    remark = f'<span class="remark">{escape(panel.remark)}</span>' if panel.remark else ""
    return (
        f'<li><span class="how">{escape(panel.id)} · {escape(how)}</span>'
        f"{escape(panel.action)} {line}{remark}</li>"
    )


def _clips(blocks: tuple[ClipBlock, ...], album: Album, folder: Path) -> str:
    if not blocks:
        return ""
    cards = "".join(
        f'<article class="card strip">{_head(block.id, block.title, link(block.path, folder))}'
        f'<span class="tag">moved by {escape(block.provider)}, {_count(block.takes, "take")}</span>'
        f"</div>{image(album.strip(block), f'One frame of every panel of {block.title}')}"
        f"{_remark(block.remark)}</article>"
        for block in blocks
    )
    return f"<p>The middle frame of every panel, as it moves in the film.</p>{cards}"


def _head(name: str, title: str, address: str) -> str:
    """Open the head of a card; whoever calls closes it."""
    mark = f'<a class="id" href="{address}">' if address else '<span class="id">'
    end = "</a>" if address else "</span>"
    return f'<div class="head">{mark}{escape(name)}{end}<h3>{escape(title)}</h3>'


def _remark(text: str) -> str:
    return f'<p class="remark">{escape(text)}</p>' if text else ""


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _prompts(blocks: tuple[PromptBlock, ...]) -> str:
    if not blocks:
        return ""
    entries = "".join(
        f'<details><summary><span class="id">{escape(block.subject)}</span> {escape(block.kind)} '
        f'<span class="tag">{len(block.text.split())} words</span></summary>'
        f"<pre>{escape(block.text)}</pre></details>"
        for block in blocks
    )
    return f"<p>Word for word as they were sent.</p>{entries}"
