"""The four facts and the verdict in the words of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from stillreel.trail.page.nodes import BROKEN
from stillreel.trail.plain import plain
from stillreel.trail.signing.homemade import MARK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from stillreel.trail.nouns import Credential, Facts
    from stillreel.trail.page.nodes import Node
    from stillreel.trail.page.nouns import Chain

Tone = Literal["good", "warn", "bad", "none"]
SIGNS: dict[Tone, str] = {"good": "✓", "warn": "!", "bad": "✗", "none": "?"}
"""A sign beside every colour: not everybody sees colours."""

_SAID: dict[str, dict[str, tuple[Tone, str]]] = {
    "Integrity": {
        "intact": ("good", "content intact"),
        "broken": ("bad", "content changed"),
        "unknown": ("none", "content unchecked"),
    },
    "Signature": {
        "good": ("good", "signature holds"),
        "bad": ("bad", "signature is false"),
        "unknown": ("none", "signature unchecked"),
    },
    "Trust": {
        "listed": ("good", "signer on the list"),
        "unlisted": ("warn", "signer on no list"),
        "refused": ("bad", "certificate refused"),
        "revoked": ("bad", "certificate revoked"),
        "unknown": ("none", "signer unchecked"),
    },
    "Time": {
        "stamped": ("good", "time stamped"),
        "stamped-unlisted": ("warn", "stamp from no list"),
        "unstamped": ("warn", "no time-stamp"),
        "bad-stamp": ("bad", "time-stamp is false"),
        "expired": ("bad", "certificate ended"),
        "unknown": ("none", "time unchecked"),
    },
}
RELATIONS = {
    "parentOf": "original",
    "inputTo": "input",
    "componentOf": "in the cut",
    "unknown": "",
}
SOURCES = {
    "algorithmicMedia": "drawn by rules",
    "trainedAlgorithmicMedia": "made by a trained model",
    "compositeWithTrainedAlgorithmicMedia": "rules and a trained model",
    "compositeSynthetic": "partly synthetic",
    "humanEdits": "edited by a person",
    "digitalCapture": "filmed",
}


class Said(NamedTuple):
    """One of the four facts, as the page words it."""

    name: str
    tone: Tone
    words: str


class Headline(NamedTuple):
    """What stands at the top of the page."""

    tone: Tone
    word: str
    sentence: str


def four(facts: Facts) -> tuple[Said, Said, Said, Said]:
    """Return integrity, signature, trust and time in words."""
    return (
        Said("Integrity", *_SAID["Integrity"][facts.integrity.value]),
        Said("Signature", *_SAID["Signature"][facts.signature.value]),
        Said("Trust", *_SAID["Trust"][facts.trust.value]),
        Said("Time", *_SAID["Time"][facts.time.value]),
    )


def tone(node: Node) -> Tone:
    """Return how a file stands as a whole."""
    if node.broken:
        return "bad"
    return "good" if node.state == "Trusted" else "warn"


def headline(credential: Credential, nodes: Sequence[Node], chain: Chain | None) -> Headline:
    """Return the verdict on the whole: the worst of the files and of the ledger."""
    if credential.state in {"NoManifest", "Unreadable"}:
        word = "Not signed" if credential.state == "NoManifest" else "Unreadable"
        return Headline("bad", word, _found(credential))
    wrong = sum(node.broken for node in nodes)
    if credential.worst in BROKEN:
        many = f"{wrong} of {number(len(nodes), 'file')} in this chain"
        said = f"{many} {'does' if wrong == 1 else 'do'} not hold."
        return Headline("bad", "Broken", said if wrong else "A file too far to draw does not hold.")
    if chain is not None and chain.broken:
        return Headline("bad", "Broken", "Every file holds, but the ledger's chain does not.")
    kept = "Nothing that was signed was changed."
    if credential.worst == "Trusted":
        said = f"{kept} Every signer is on a trust list."
        return Headline("good", "Whole", " ".join([said, *_bare(nodes)]))
    return Headline(
        "warn", "Whole, with remarks", " ".join([kept, *_unlisted(nodes), *_bare(nodes)])
    )


def ledger(chain: Chain | None) -> Said:
    """Return the verdict on the ledger."""
    if chain is None:
        return Said("Ledger", "none", "not looked at")
    if chain.broken:
        return Said("Ledger", "bad", f"broken at {plain(chain.broken)}")
    return Said("Ledger", "good", f"whole, {number(chain.links, 'event')}")


def number(count: int, thing: str) -> str:
    """Return `1 file` or `7 files`."""
    return f"{count} {thing}" if count == 1 else f"{count:,} {thing}s"


def _unlisted(nodes: Sequence[Node]) -> Iterator[str]:
    found = [node for node in nodes if node.facts.trust.value == "unlisted"]
    if not found:
        return
    names = list(dict.fromkeys(signer(node) for node in found))
    more = f"; {number(len(names) - 3, 'other')}" if len(names) > 3 else ""
    yield (
        f"{number(len(found), 'signature')} by signers on no trust list "
        f"({'; '.join(names[:3])}{more}): that shows change, not who signed."
    )


def _bare(nodes: Sequence[Node]) -> Iterator[str]:
    found = sum(node.state == "NoManifest" for node in nodes)
    if found:
        yield f"{number(found, 'file')} came in without credentials."


def signer(node: Node) -> str:
    """Return who signed a file, as its certificate says; on no list anybody can write that."""
    one = node.signer
    name = one.common_name if one.issuer == MARK else one.issuer or one.common_name
    return plain(name or "somebody unnamed", 60)


def _found(credential: Credential) -> str:
    told = [plain(finding.sentence, 300) for finding in credential.findings]
    return " ".join(told) or "There is no more to say about it."
