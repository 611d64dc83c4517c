"""Validation codes as sentences that a film person understands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.trail.nouns import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from stillreel.trail.nouns import Facts, Fault

_SAID = {
    "assertion.dataHash.mismatch": "The content was changed after it was signed.",
    "assertion.bmffHash.mismatch": "The content was changed after it was signed.",
    "assertion.boxesHash.mismatch": "The content was changed after it was signed.",
    "assertion.hashedURI.mismatch": "An assertion was changed after it was signed.",
    "assertion.action.malformed": "Its list of actions is not as C2PA wants it.",
    "assertion.missing": "An assertion that was signed is not there.",
    "claim.hardBindings.missing": "Nothing binds the manifest to the content.",
    "claimSignature.mismatch": "The signature does not fit the claim.",
    "claimSignature.missing": "The claim is not signed.",
    "claimSignature.outsideValidity": "It was signed when the certificate was not valid.",
    "signingCredential.untrusted": "The signer is on no trust list that was used.",
    "signingCredential.expired": "The signer's certificate has ended, and no authority on the "
    "list says that it signed before.",
    "signingCredential.invalid": "The signer's certificate is of a kind that may not sign.",
    "signingCredential.ocsp.revoked": "The signer's certificate was revoked.",
    "timeStamp.mismatch": "The time-stamp is of something else.",
    "timeStamp.untrusted": "The time-stamping authority is on no list that was used.",
    "ingredient.manifest.missing": "The manifest of an ingredient is not there.",
    "ingredient.manifest.mismatch": "The manifest of an ingredient was changed.",
    "ingredient.claimSignature.mismatch": "The signature of an ingredient was changed.",
}
_QUIET = {"timeStamp.validated", "timeStamp.trusted"}


def sentence(code: str) -> str:
    """Return a C2PA validation code as a sentence; an unknown one is given as it is."""
    return _SAID.get(code, f"The validator found {code}.")


def of_facts(facts: Facts) -> Iterator[Finding]:
    """Yield a finding for every code that speaks against a file."""
    for fact in (facts.integrity, facts.signature, facts.trust, facts.time):
        yield from (Finding(code, sentence(code)) for code in fact.codes if code not in _QUIET)


def of_faults(faults: Iterable[Fault]) -> Iterator[Finding]:
    """Yield a finding for every ingredient at fault, which names the way to it."""
    for one in faults:
        why = " ".join(sentence(code) for code in one.codes)
        way = " > ".join(one.path)
        yield Finding("stillreel.ingredient", f"Ingredient {way} is {one.state}: {why}")
