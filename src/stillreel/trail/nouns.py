"""What a file's credentials say: who made it, is it intact, what does it declare."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

State = Literal["Trusted", "Valid", "Invalid", "Unreadable", "NoManifest"]
"""Trusted: all holds and the signer is on a list. Valid: all holds, the signer is on none.
Invalid: a hash, the signature or its time fails. Unreadable: there is something that cannot be
read. NoManifest: nothing is signed."""

Integrity = Literal["intact", "broken", "unknown"]
"""Whether content and assertions are the ones that were signed."""
Signature = Literal["good", "bad", "unknown"]
"""Whether the signature over the claim is the signer's."""
Trust = Literal["listed", "unlisted", "refused", "revoked", "unknown"]
"""Whether the signer chains to a list; refused is a certificate that C2PA does not allow."""
Time = Literal["stamped", "stamped-unlisted", "unstamped", "bad-stamp", "expired", "unknown"]
"""Who says when it was signed: an authority on the list, another one, nobody; expired is a
certificate that has ended with no listed authority to say that it was used before."""

Synthid = Literal["declared-by-name", "declared-unnamed-watermark", "not-declared"]
"""What the manifest says of a watermark; what the pixels hold is another question."""

Relationship = Literal["parentOf", "componentOf", "inputTo", "unknown"]

_Value = TypeVar("_Value", bound=str)


@dataclass(frozen=True)
class Fact(Generic[_Value]):
    """One finding, and the C2PA validation codes that it rests on."""

    value: _Value
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Facts:
    """Four findings that are kept apart, because they fail for different reasons."""

    integrity: Fact[Integrity] = Fact("unknown")
    signature: Fact[Signature] = Fact("unknown")
    trust: Fact[Trust] = Fact("unknown")
    time: Fact[Time] = Fact("unknown")


@dataclass(frozen=True)
class Finding:
    """Something found out while reading, as a code and as a sentence."""

    code: str
    """A C2PA validation code, or `stillreel.` and a word of ours."""
    sentence: str


@dataclass(frozen=True)
class Signer:
    """Who signed a manifest, as its certificate says."""

    issuer: str | None = None
    """The organisation the certificate was given to."""
    common_name: str | None = None
    alg: str | None = None
    not_after: str | None = None
    """When the certificate ends, ISO 8601."""
    signed_time: str | None = None
    """When it was signed, as a time-stamping authority says, ISO 8601."""


@dataclass(frozen=True)
class Action:
    """One thing that was done to the content, as the manifest declares."""

    name: str
    digital_source_type: str | None = None
    """The last word of the IPTC or C2PA term: trainedAlgorithmicMedia and the like."""
    software_agent: str | None = None
    when: str | None = None
    description: str | None = None
    model_name: str | None = None


@dataclass(frozen=True)
class AigcLabel:
    """The implicit label of GB 45438-2025: the fields of the key `AIGC`, in the file's order."""

    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Ingredient:
    """Something the content was made from, judged by its own manifest where it has one."""

    title: str | None
    relationship: Relationship
    manifest: str | None
    """The label of its manifest in the file's manifest store; None where it has none."""
    state: State
    facts: Facts
    failure_codes: tuple[str, ...] = ()
    media_type: str | None = None
    signer: Signer = Signer()
    claim_generator: str | None = None
    actions: tuple[Action, ...] = ()
    ingredients: tuple[Ingredient, ...] = ()


@dataclass(frozen=True)
class Fault:
    """An ingredient that makes the whole worse, and the way to it through the titles."""

    path: tuple[str, ...]
    state: State
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Credential:
    """All that is known of one file's provenance, as it was found at one moment."""

    file: str
    media_type: str
    """By the bytes, never by the name."""
    state: State
    facts: Facts
    checked_at: str
    """ISO 8601, UTC: verdicts change as certificates end and lists move."""
    lists_snapshot: str
    """The date of the trust lists used."""
    worst: State
    """The worst state over the file and every ingredient; see `verify.worst_of`."""
    findings: tuple[Finding, ...] = ()
    faults: tuple[Fault, ...] = ()
    signer: Signer = Signer()
    claim_generator: str | None = None
    claim_version: int | None = None
    actions: tuple[Action, ...] = ()
    digital_source_types: tuple[str, ...] = ()
    software_agents: tuple[str, ...] = ()
    model_name: str | None = None
    synthid: Synthid = "not-declared"
    watermark_actions: tuple[str, ...] = ()
    aigc_label: AigcLabel | None = None
    metadata_source_type: str | None = None
    """XMP or IPTC DigitalSourceType beside the manifest; anybody can write it."""
    manifest: str | None = None
    ledger_head: str | None = None
    """Hash of the last event of the ledger, where the manifest of a film of ours names it."""
    manifests: int = 0
    remote_manifest: str | None = None
    """The address at which a manifest is said to lie; it is never fetched."""
    failure_codes: tuple[str, ...] = ()
    informational_codes: tuple[str, ...] = ()
    ingredient_failure_codes: tuple[str, ...] = ()
    """What the validator finds now in any ingredient, beyond what its signer had recorded."""
    ingredients: tuple[Ingredient, ...] = ()
