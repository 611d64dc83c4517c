"""`trail.html`: where a film came from, drawn; one file, no scripts, nothing from outside.

What a file says of itself is text of strangers: every word is made plain and escaped, pictures
are taken only where their bytes are JPEG, and the page's own policy allows nothing else.
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from html import escape
from typing import TYPE_CHECKING

from stillreel.trail.page.card import card, fault
from stillreel.trail.page.nodes import graph
from stillreel.trail.page.style import CSS
from stillreel.trail.page.tree import rows, shared
from stillreel.trail.page.words import SIGNS, headline, ledger, number, signer
from stillreel.trail.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from stillreel.trail.nouns import Credential
    from stillreel.trail.page.nodes import Node
    from stillreel.trail.page.nouns import Chain, Shown

_LARGEST = 1_900_000
"""Bytes of the page up to which there are pictures; the nearest to the film come first."""
_FAULTS = 12
"""Broken files that are named at the top; all are marked below."""


def trail_page(
    credential: Credential,
    shown: Mapping[str, Shown] | None = None,
    chain: Chain | None = None,
    *,
    title: str = "",
    program: str = "",
) -> str:
    """Return the page of one film, or of any other file, as HTML.

    Args:
        credential: what was read of the file and all it was made from.
        shown: a thumbnail and a kind for the manifests that have one, by label.
        chain: the verdict on the ledger; None where there is none.
        title: of the film; the name of the file, if left out.
        program: who made the page, name and version.
    """
    nodes = graph(credential, shown or {}, title)
    head = f"{_verdict(credential, nodes, chain)}{_facts(credential, nodes, chain)}"
    body = f"{head}{_glance(nodes[0])}</header><main>{_body(credential, nodes)}</main>"
    style = CSS + _pictures(nodes, _LARGEST - len(body.encode()) - len(CSS))
    allowed = b64encode(sha256(style.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; img-src data:; style-src 'sha256-{allowed}'; "
        "base-uri 'none'; form-action 'none'"
    )
    name = escape(plain(nodes[0].title))
    made = f"Made with {escape(plain(program))}. " if program else ""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{name} · trail</title><style>{style}</style></head><body>"
        f'<header><p class="eyebrow">Where it came from</p><h1>{name}</h1>'
        f"{body}<footer><p>{made}{_LEGEND}</p></footer></body></html>\n"
    )


_LEGEND = (
    "Four things are checked of every file, and kept apart: whether the content is the one that "
    "was signed, whether the signature is the signer's, whether the signer is on a trust list, "
    "and whether an authority says when it was signed. A file without credentials was not "
    "necessarily made by hand, and one with credentials is not necessarily true: they say where "
    "it came from. The pictures are small copies for orientation and prove nothing."
)


def _pictures(nodes: Iterable[Node], most: int) -> str:
    """Return one style for every picture, so that a sheet used fifty times is there once."""
    styles: list[str] = []
    for node in nodes:
        data = b64encode(node.thumbnail).decode()
        most -= len(data)
        if most < 0:
            break
        if data:
            styles.append(f".p{node.number}{{background-image:url(data:image/jpeg;base64,{data})}}")
    return "\n".join(styles)


def _verdict(credential: Credential, nodes: Sequence[Node], chain: Chain | None) -> str:
    mood, word, sentence = headline(credential, nodes, chain)
    broken = [node for node in nodes if node.broken]
    items = [f"<li>{fault(node)}</li>" for node in broken[:_FAULTS]]
    if not broken:
        items += [f"<li>{escape(_way(one.path))}</li>" for one in credential.faults[:_FAULTS]]
    if len(broken) > _FAULTS:
        items.append(f"<li>And {number(len(broken) - _FAULTS, 'other')}, marked below.</li>")
    if chain is not None and chain.broken:
        why = f": {escape(plain(chain.why, 300))}" if chain.why else "."
        items.append(f"<li><b>Ledger</b>, at {escape(plain(chain.broken))}{why}</li>")
    listed = f"<ul>{''.join(items)}</ul>" if items else ""
    return (
        f'<div class="verdict {mood}" role="status"><b class="{mood}">{SIGNS[mood]} {word}</b>'
        f"<p>{escape(sentence)}</p>{listed}</div>"
    )


def _way(path: Sequence[str]) -> str:
    return " > ".join(plain(title, 60) for title in path)


def _facts(credential: Credential, nodes: Sequence[Node], chain: Chain | None) -> str:
    told = ledger(chain)
    signed = sum(node.manifest is not None for node in nodes)
    head = f"head {plain(chain.head)[:16]}" if chain and chain.head else ""
    cells = [
        ("Files in the chain", str(len(nodes)), f"{signed} with credentials"),
        ("Signed by", signer(nodes[0]) if credential.manifest else "nobody", _when(credential)),
        ("Ledger", f"{SIGNS[told.tone]} {told.words}", head),
        ("Checked", _day(credential.checked_at), f"trust lists of {credential.lists_snapshot}"),
    ]
    rows = "".join(
        f"<div><dt>{name}</dt><dd>{escape(value)}<small>{escape(more)}</small></dd></div>"
        for name, value, more in cells
    )
    return f'<dl class="facts">{rows}</dl>'


def _when(credential: Credential) -> str:
    if not credential.manifest:
        return ""
    listed = credential.facts.trust.value == "listed"
    at = credential.signer.signed_time
    when = f"at {_day(plain(at))}" if at else "no authority says when"
    return when if listed else f"as the certificate says, on no trust list; {when}"


def _day(moment: str) -> str:
    """Return `2026-11-27 16:04 UTC` of an ISO 8601 moment in UTC."""
    return f"{moment[:10]} {moment[11:16]} UTC" if len(moment) > 16 else moment


def _glance(top: Node) -> str:
    """Return the pieces of the film as a strip of little pictures that lead to their rows."""
    pieces = [use.node for use in top.uses]
    if len(pieces) < 2:
        return ""
    items = "".join(
        f'<li><a href="#n{node.number}" class="{"bad" if node.broken or node.hurt else ""}">'
        f'<span class="pic p{node.number}"></span>'
        f"{SIGNS['bad'] + ' ' if node.broken or node.hurt else ''}"
        f"{escape(plain(node.title))}</a></li>"
        for node in pieces
    )
    return f'<ol class="glance" aria-label="At a glance">{items}</ol>'


def _body(credential: Credential, nodes: Sequence[Node]) -> str:
    top = nodes[0]
    checked = f"{_day(credential.checked_at)}, trust lists of {credential.lists_snapshot}"
    head = "Film" if top.kind == "film" else "File"
    body = f"<section><h2>{head}</h2>{card(top, '', checked, top=True)}</section>"
    if top.uses:
        body += (
            f"<section><h2>Made from</h2><p>{_order(top)} What a file was made from stands to its "
            "right; a dashed frame leads to one that several share.</p>"
            f"{rows(nodes, checked)}</section>"
        )
    common = shared(nodes, checked)
    if common:
        body += (
            "<section><h2>Shared</h2><p>Sheets and pictures that went into more than one of "
            f"them.</p>{common}</section>"
        )
    return body


def _order(top: Node) -> str:
    placed = sum(use.relationship == "componentOf" for use in top.uses)
    return f"{number(placed, 'piece')}, in the order of the film." if placed else ""
