"""The chain as rows: a file, to its right what it was made from, and so on."""

from __future__ import annotations

from collections import defaultdict
from html import escape
from typing import TYPE_CHECKING

from stillreel.trail.page.card import card, chip, tile
from stillreel.trail.page.words import RELATIONS, number
from stillreel.trail.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from stillreel.trail.page.nodes import Node, Use

_CROWD = 4
"""Files with nothing below them are drawn as tiles from this number on."""
_Alike = tuple[str, str, tuple[int, ...]]
"""Relation, kind, and what they were made from: files that agree are drawn together."""


def rows(nodes: Sequence[Node], checked: str) -> str:
    """Return what the first file was made from, a row for each piece."""
    top = nodes[0]
    draw = _Rows({node.number for node in _common(nodes)}, checked)
    items = "".join(f"<li{_hurt(use.node)}>{draw.one(use)}</li>" for use in top.uses)
    return f'<ol class="chain">{items}</ol>{_left_out(top)}'


def shared(nodes: Sequence[Node], checked: str) -> str:
    """Return the files that went into several others, each once."""
    common = _common(nodes)
    draw = _Rows({node.number for node in common}, checked)
    items = "".join(f"<li>{draw.branch(node, '', users=True)}</li>" for node in common)
    return f'<ul class="chain common">{items}</ul>' if items else ""


class _Rows:
    """Draws every file once, and leads to it from everywhere else."""

    def __init__(self, elsewhere: set[int], checked: str) -> None:
        self._elsewhere = elsewhere
        self._checked = checked
        self._drawn = set[int]()

    def one(self, use: Use) -> str:
        """Return a file with what lies below it, or a chip where its card is elsewhere."""
        node = use.node
        if node.number in self._elsewhere or node.number in self._drawn:
            return chip(node)
        return self.branch(node, use.relationship)

    def branch(self, node: Node, relation: str, *, users: bool = False) -> str:
        """Return a file and, to its right, what it was made from."""
        self._drawn.add(node.number)
        below = self._below(node)
        joined = bool(below)
        body = card(node, relation, self._checked, joined=joined, users=users)
        return f'<div class="branch">{body}{below}</div>'

    def _below(self, node: Node) -> str:
        items = [f"<li>{body}</li>" for body in self._groups(node.uses)]
        if node.left_out:
            items.append(f"<li>{_left_out(node)}</li>")
        return f"<ul>{''.join(items)}</ul>" if items else ""

    def _groups(self, uses: Iterable[Use]) -> Iterator[str]:
        here: dict[_Alike, list[Use]] = defaultdict(list)
        chips: list[str] = []
        for use in uses:
            if use.node.number in self._elsewhere or use.node.number in self._drawn:
                chips.append(self.one(use))
            else:
                here[_alike(use)].append(use)
        for (relation, _, below), group in here.items():
            if len(group) >= (2 if below else _CROWD):
                yield self._crowd(group, relation)
            else:
                yield from (self.one(use) for use in group)
        if chips:
            yield f'<div class="chips{" many" if len(chips) > 3 else ""}">{"".join(chips)}</div>'

    def _crowd(self, group: Sequence[Use], relation: str) -> str:
        """Return files that were made alike as tiles in one card."""
        self._drawn.update(use.node.number for use in group)
        first = group[0].node
        below = self._below(first)
        kind = number(len(group), plain(first.kind, 20))
        how = RELATIONS.get(relation, "")
        tiles = "".join(tile(use.node) for use in group)
        return (
            f'<div class="branch"><article class="cluster{" joined" if below else ""}">'
            f'<div class="kind">{escape(kind)}{f" <i>· {how}</i>" if how else ""}</div>'
            f'<div class="tiles">{tiles}</div></article>{below}</div>'
        )


def _common(nodes: Sequence[Node]) -> list[Node]:
    """Return the files that several others were made from, unless those are drawn as one."""
    crowds: dict[int, tuple[int, _Alike]] = {}
    for node in nodes:
        for use in node.uses:
            if len(use.node.used_by) == 1:
                crowds[use.node.number] = (node.number, _alike(use))
    return [
        node
        for node in nodes
        if len(node.used_by) > 1
        and len({crowds.get(one.number, one.number) for one in node.used_by}) > 1
    ]


def _alike(use: Use) -> _Alike:
    below = tuple(below.node.number for below in use.node.uses)
    return use.relationship, use.node.kind, below


def _hurt(node: Node) -> str:
    return ' class="hurt"' if node.broken or node.hurt else ""


def _left_out(node: Node) -> str:
    if not node.left_out:
        return ""
    return f'<p class="more">And {number(node.left_out, "other")}, too many to draw.</p>'
