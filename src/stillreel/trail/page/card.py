"""One file on the page: a card with everything, or a chip that leads to it."""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import TYPE_CHECKING

from stillreel.trail import sentences
from stillreel.trail.page.words import RELATIONS, SIGNS, SOURCES, four, signer
from stillreel.trail.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stillreel.trail.page.nodes import Node

_FEW = 12
"""Users of a shared file that are named."""


def card(
    node: Node,
    relation: str,
    checked: str,
    *,
    top: bool = False,
    joined: bool = False,
    users: bool = False,
) -> str:
    """Return the card of a file.

    Args:
        node: the file.
        relation: how it went into the file to its left; empty where it stands alone.
        checked: when, and by which lists.
        top: it is the file that was asked about.
        joined: a line leads on from it.
        users: name the files that it went into.
    """
    mood = " bad" if node.broken else ""
    shape = f"node{mood}{' top' if top else ''}{' joined' if joined else ''}"
    name = (
        f'<div class="kind">{_kind(node, relation)}</div>'
        f'<div class="title"><bdi>{escape(plain(node.title))}</bdi></div>'
    )
    told = f"{_by(node)}{_checks(node)}{_wrong(node)}{_users(node) if users else ''}"
    body = (name + told, "") if top else (name, told)
    return (
        f'<article class="{shape}" id="n{node.number}"><div class="face">{_picture(node)}'
        f'<div class="body">{body[0]}</div></div>{body[1]}{_more(node, checked)}</article>'
    )


def chip(node: Node) -> str:
    """Return a small link to the card of a file."""
    return (
        f'<a class="chip{" bad" if node.broken else ""}" href="#n{node.number}">{_picture(node)}'
        f"<span><b><bdi>{escape(plain(node.title, 60))}</bdi></b>"
        f'<span class="kind">{_kind(node, "")}</span> {signs(node)}</span></a>'
    )


def tile(node: Node) -> str:
    """Return a file as one of many alike."""
    return (
        f'<div class="tile{" bad" if node.broken else ""}" id="n{node.number}">{_picture(node)}'
        f"<bdi>{escape(plain(node.title, 60))}</bdi> {signs(node)}{_wrong(node)}</div>"
    )


def fault(node: Node) -> str:
    """Return a broken file and why, with a link and the way to it."""
    way = [node]
    while way[0].used_by and len(way) < 8 and way[0].used_by[0].number:
        way.insert(0, way[0].used_by[0])
    path = escape(" > ".join(plain(one.title, 60) for one in way))
    others = len(node.used_by) - 1
    also = f" (and in {others} more)" if others > 0 else ""
    return f'<a href="#n{node.number}"><bdi>{path}</bdi></a>{also}: {escape(_why(node))}'


def signs(node: Node) -> str:
    """Return the four facts as signs alone."""
    if node.state == "NoManifest":
        return '<span class="signs none">no credentials</span>'
    said = four(node.facts)
    words = ", ".join(one.words for one in said)
    marks = "".join(f'<span class="{one.tone}">{SIGNS[one.tone]}</span>' for one in said)
    return f'<span class="signs" role="img" aria-label="{words}" title="{words}">{marks}</span>'


def _picture(node: Node) -> str:
    bare = "" if node.thumbnail else "no picture"
    return f'<span class="pic p{node.number}">{bare}</span>'


def _kind(node: Node, relation: str) -> str:
    how = RELATIONS.get(relation, "")
    badge = ' <span class="badge">broken</span>' if node.broken else ""
    return f"{escape(plain(node.kind, 20))}{f' <i>· {how}</i>' if how else ''}{badge}"


def _by(node: Node) -> str:
    how = SOURCES.get(node.source_type, "")
    maker = plain(node.made_by, 80)
    told = " · ".join(part for part in (maker, how) if part)
    if node.manifest is None:
        return '<div class="by">nobody signed it</div>'
    return f'<div class="by">{escape(told)}</div>' if told else ""


def _checks(node: Node) -> str:
    if node.state == "NoManifest":
        return '<ul class="checks"><li class="none">? no credentials</li></ul>'
    items = "".join(
        f'<li class="{one.tone}" title="{one.name}">{SIGNS[one.tone]} {one.words}</li>'
        for one in four(node.facts)
    )
    return f'<ul class="checks">{items}</ul>'


def _wrong(node: Node) -> str:
    if node.broken:
        return f'<p class="wrong">{escape(_why(node))}</p>'
    return '<p class="wrong far">Made from something that is broken.</p>' if node.hurt else ""


def _why(node: Node) -> str:
    known = {"signingCredential.untrusted"} if len(node.codes) > 1 else set[str]()
    said = dict.fromkeys(sentences.sentence(code) for code in node.codes if code not in known)
    return plain(" ".join(said) or f"It is {node.state}.", 300)


def _users(node: Node) -> str:
    if len(node.used_by) < 2:
        return ""
    links = ", ".join(
        f'<a href="#n{one.number}"><bdi>{escape(plain(one.title, 30))}</bdi></a>'
        for one in node.used_by[:_FEW]
    )
    rest = len(node.used_by) - _FEW
    return f'<div class="by">in {links}{f" and {rest} more" if rest > 0 else ""}</div>'


def _more(node: Node, checked: str) -> str:
    if node.manifest is None:
        return ""
    rows = "".join(
        f"<dt>{name}</dt><dd><bdi>{escape(plain(value, 300))}</bdi></dd>"
        for name, value in _details(node, checked)
        if value
    )
    return f"<details><summary>More</summary><dl>{rows}</dl></details>"


def _details(node: Node, checked: str) -> Iterator[tuple[str, str]]:
    yield "state", node.state
    yield "checked", checked
    listed = node.facts.trust.value == "listed"
    yield "signed by", signer(node) + ("" if listed else ", as the certificate says")
    yield "signed at", node.signer.signed_time or ""
    yield "certificate", f"until {node.signer.not_after}" if node.signer.not_after else ""
    yield "program", node.claim_generator
    done = Counter(one.name.removeprefix("c2pa.") for one in node.actions)
    yield "actions", ", ".join(f"{name} x {n}" if n > 1 else name for name, n in done.items())
    made = [f"{use.node.title} ({RELATIONS[use.relationship] or 'used'})" for use in node.uses]
    yield "made from", ", ".join(made[:_FEW]) + (" ..." if len(made) > _FEW else "")
    yield "codes", ", ".join(node.codes)
    yield "manifest", node.manifest or ""
