"""The chain as a graph: one node for every file, however often it was used."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from stillreel.values.sniff import media_type

if TYPE_CHECKING:
    from collections.abc import Mapping

    from stillreel.trail.nouns import (
        Action,
        Credential,
        Facts,
        Ingredient,
        Relationship,
        Signer,
        State,
    )
    from stillreel.trail.page.nouns import Shown

_MOST = 1_800
"""Uses of a file that are drawn; a film of 50 clips that each read nine panels has 1,100."""
_KINDS = {"image": "picture", "video": "clip", "audio": "sound"}
BROKEN = frozenset({"Invalid", "Unreadable"})


@dataclass(slots=True, eq=False)
class Node:
    """One file of the chain."""

    number: int
    """From 0, the file that was asked about; nearer ones first."""
    title: str
    kind: str
    state: State
    facts: Facts
    signer: Signer
    claim_generator: str
    actions: tuple[Action, ...]
    manifest: str | None
    codes: tuple[str, ...] = ()
    thumbnail: bytes = b""
    uses: list[Use] = field(default_factory=list["Use"])
    """What it was made from."""
    used_by: list[Node] = field(default_factory=list["Node"])
    left_out: int = 0
    """Ingredients that are not drawn, because there are too many."""
    hurt: bool = False
    """Something that it was made from, near or far, does not hold."""

    @property
    def made_by(self) -> str:
        """Return who made its content, by the first action that names a program or model."""
        for action in self.actions:
            if action.model_name or action.software_agent:
                return action.model_name or action.software_agent or ""
        return self.claim_generator

    @property
    def source_type(self) -> str:
        """Return the source type of the first action, or nothing."""
        return next((one.digital_source_type or "" for one in self.actions), "")

    @property
    def broken(self) -> bool:
        """Tell whether it does not hold."""
        return self.state in BROKEN


@dataclass(frozen=True, slots=True)
class Use:
    """That one file was made from another."""

    relationship: Relationship
    node: Node


@dataclass(slots=True)
class _Graph:
    shown: Mapping[str, Shown]
    nodes: list[Node] = field(default_factory=list[Node])
    known: dict[object, Node] = field(default_factory=dict[object, Node])
    uses: int = 0


def graph(credential: Credential, shown: Mapping[str, Shown], title: str = "") -> list[Node]:
    """Return the nodes of a chain, the file itself first, then level by level.

    Two uses of one manifest are one node, unless they were found in different states: a sheet
    that was changed after the third clip was made is two.
    """
    made = _Graph(shown)
    top = _top(credential, shown, title)
    made.nodes.append(top)
    waiting = deque([(top, credential.ingredients)])
    while waiting:
        above, ingredients = waiting.popleft()
        for index, one in enumerate(ingredients):
            if made.uses >= _MOST:
                above.left_out = len(ingredients) - index
                break
            made.uses += 1
            node, new = _node(made, one)
            above.uses.append(Use(one.relationship, node))
            if above not in node.used_by:
                node.used_by.append(above)
            if new:
                waiting.append((node, one.ingredients))
    _hurt(made.nodes)
    return made.nodes


def _hurt(nodes: list[Node]) -> None:
    """Mark every file above a broken one."""
    waiting = [node for node in nodes if node.broken]
    while waiting:
        for above in waiting.pop().used_by:
            if not above.hurt:
                above.hurt = True
                waiting.append(above)


def _top(credential: Credential, shown: Mapping[str, Shown], title: str) -> Node:
    look = shown.get(credential.manifest or "")
    family = credential.media_type.partition("/")[0]
    kind = {"video": "film"}.get(family, _KINDS.get(family, "file"))
    return Node(
        number=0,
        title=title or credential.file.replace("\\", "/").rpartition("/")[2],
        kind=(look.kind if look else "") or kind,
        state=credential.state,
        facts=credential.facts,
        signer=credential.signer,
        claim_generator=credential.claim_generator or "",
        actions=credential.actions,
        manifest=credential.manifest,
        codes=credential.failure_codes,
        thumbnail=_picture(look),
    )


def _picture(look: Shown | None) -> bytes:
    if look is None or media_type(look.thumbnail[:32]) != "image/jpeg":
        return b""
    return look.thumbnail


def _node(made: _Graph, one: Ingredient) -> tuple[Node, bool]:
    key = (one.manifest, one.state, one.failure_codes)
    if one.manifest is not None and key in made.known:
        return made.known[key], False
    look = made.shown.get(one.manifest or "")
    family = (one.media_type or "").partition("/")[0]
    node = Node(
        number=len(made.nodes),
        title=one.title or "untitled",
        kind=(look.kind if look else "") or _KINDS.get(family, "file"),
        state=one.state,
        facts=one.facts,
        signer=one.signer,
        claim_generator=one.claim_generator or "",
        actions=one.actions,
        manifest=one.manifest,
        codes=one.failure_codes,
        thumbnail=_picture(look),
    )
    made.nodes.append(node)
    made.known[key] = node
    return node, True
