"""Judge a file and everything it was made from: four facts each, and the worst of all."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, cast

from stillreel.trail import declared
from stillreel.trail.nouns import Fact, Facts, Fault, Ingredient
from stillreel.trail.parsed import table, tables, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from stillreel.trail.nouns import Integrity, Relationship, Signature, State, Time, Trust
    from stillreel.trail.parsed import Json

_DEEPEST = 64
_MOST = 50_000
"""Ingredients of one file, counted as often as they are shown."""
_RANK: dict[State, int] = {"Trusted": 0, "Valid": 1, "NoManifest": 1, "Invalid": 2, "Unreadable": 3}
_MANIFEST = re.compile(r"^self#jumbf=/c2pa/([^/]+)")
_FINE = re.compile(r"\.(match|validated|trusted|insideValidity|notRevoked|accessible)$")
_ASIDE = re.compile(
    r"ocsp\.(skipped|inaccessible)$|unknownProvenance$|^timeStamp\.|^timeOfSigning\."
    r"|additionalExclusionsPresent$|^algorithm\.deprecated$"
)
_BAD = re.compile(
    r"^(assertion|claim|claimSignature|signingCredential|ingredient|manifest)\."
    r".*(mismatch|missing|invalid|malformed|revoked|expired|outsideValidity)$"
)
ENDED = "signingCredential.expired"
MISSING = "ingredient.manifest.missing"


class Overgrown(Exception):
    """A manifest store whose ingredients are nested too deep, or in a ring."""


class Codes(NamedTuple):
    """C2PA validation codes, by what they mean for the verdict."""

    success: frozenset[str] = frozenset()
    informational: frozenset[str] = frozenset()
    failure: frozenset[str] = frozenset()

    def __or__(self, other: object) -> Codes:
        """Return the codes of both."""
        if not isinstance(other, Codes):
            return NotImplemented
        return Codes(*(mine | theirs for mine, theirs in zip(self, other, strict=True)))


def codes_of(results: Json) -> Codes:
    """Return the codes of a C2PA status map: success, informational, failure."""
    return Codes(
        *(
            frozenset(code for row in tables(results.get(kind)) if (code := text(row.get("code"))))
            for kind in ("success", "informational", "failure")
        )
    )


def facts_of(codes: Codes, *, ended: bool = False) -> Facts:
    """Return the four facts that validation codes amount to.

    Args:
        codes: what a validator found about one manifest.
        ended: the signer's certificate had ended when this was checked.
    """
    stamped = "timeStamp.trusted" in codes.success and "timeStamp.untrusted" not in (
        codes.informational | codes.failure
    )
    kinds: dict[str, set[str]] = {"integrity": set(), "signature": set(), "trust": set()}
    time: set[str] = set()
    for code in codes.failure:
        if code in {ENDED, "claimSignature.outsideValidity"} or code.startswith("time"):
            time.add(code)
        elif code.startswith("claimSignature."):
            kinds["signature"].add(code)
        elif code.startswith("signingCredential."):
            kinds["trust"].add(code)
        else:
            kinds["integrity"].add(code)
    if ended and not stamped:
        time.add(ENDED)
    said = {code for code in codes.success | codes.informational if code.startswith("timeStamp.")}
    return Facts(
        Fact(_integrity(codes, kinds["integrity"]), _sorted(kinds["integrity"])),
        Fact(_signature(codes, kinds["signature"]), _sorted(kinds["signature"])),
        Fact(_trust(codes, kinds["trust"]), _sorted(kinds["trust"])),
        Fact(_time(codes, time, stamped=stamped), _sorted(time | said)),
    )


def state_of(facts: Facts) -> State:
    """Return the state that four facts amount to: nothing broken, then whether it is trusted."""
    bad = (
        facts.integrity.value == "broken"
        or facts.signature.value == "bad"
        or facts.trust.value in {"refused", "revoked"}
        or facts.time.value in {"expired", "bad-stamp"}
    )
    if bad:
        return "Invalid"
    return "Trusted" if facts.trust.value == "listed" else "Valid"


def ended(not_after: str | None, at: datetime) -> bool:
    """Tell whether a certificate had ended at a moment; one without an end has not."""
    try:
        return not_after is not None and datetime.fromisoformat(not_after) < at
    except (ValueError, TypeError):
        return False


def worst_of(state: State, ingredients: Iterable[Ingredient]) -> State:
    """Return the worst state of a file and all its ingredients.

    A file without a readable manifest has that as its answer. Otherwise an ingredient that is
    Invalid, or whose manifest is gone from the store, makes the whole Invalid, however good the
    file's own signature is. An ingredient that never had a manifest breaks no promise: it makes
    the whole Valid at best where its content is in the file (parentOf, componentOf), because
    then part of what one sees comes from nobody; one that was only shown to a model (inputTo)
    changes nothing, which is also where the C2PA standard draws the line.
    """
    worst: State = state
    waiting = list(ingredients)
    while waiting and worst != "NoManifest":
        one = waiting.pop()
        waiting += one.ingredients
        if one.state == "NoManifest" and one.relationship == "inputTo":
            continue
        found: State = "Valid" if one.state == "NoManifest" else one.state
        worst = max(worst, found, key=_RANK.__getitem__)
    return worst


def faults_of(ingredients: Iterable[Ingredient], above: tuple[str, ...] = ()) -> tuple[Fault, ...]:
    """Return every ingredient at fault, with the titles that lead to it."""
    found: list[Fault] = []
    for one in ingredients:
        path = (*above, one.title or one.manifest or one.relationship)
        if _RANK[one.state] >= _RANK["Invalid"]:
            found.append(Fault(path, one.state, one.failure_codes))
        found += faults_of(one.ingredients, path)
    return tuple(found)


class Tree:
    """The ingredients of a manifest store, each judged by what was recorded and what is found."""

    def __init__(
        self,
        manifests: Mapping[str, Json],
        deltas: Iterable[Json],
        ends: Mapping[str, str],
        at: datetime,
    ) -> None:
        """Take a reader's findings.

        Args:
            manifests: the manifests of the store by label.
            deltas: what the validator found about ingredients, beyond what was recorded.
            ends: when the certificate of each manifest's signer ends, by label.
            at: when this is checked.
        """
        self._manifests = manifests
        self._ends = ends
        self._at = at
        self._now: dict[str, Codes] = {}
        self._done: dict[str, tuple[Ingredient, ...]] = {}
        self._open: set[str] = set()
        self._sizes: dict[str, int] = {}
        for row in deltas:
            self._sort(text(row.get("ingredientAssertionURI")) or "", row)

    def ingredients(self, label: str) -> tuple[Ingredient, ...]:
        """Return what the manifest with this label was made from, all the way down.

        Raises:
            Overgrown: the tree is in a ring, too deep or too large to walk.
        """
        if label in self._done:
            return self._done[label]
        if label in self._open or len(self._open) >= _DEEPEST:
            raise Overgrown
        self._open.add(label)
        rows = tables(table(self._manifests.get(label)).get("ingredients"))
        found = tuple(self._ingredient(label, row) for row in rows)
        self._open.discard(label)
        self._sizes[label] = sum(1 + self._sizes.get(one.manifest or "", 0) for one in found)
        if self._sizes[label] > _MOST:
            raise Overgrown
        self._done[label] = found
        return found

    def _ingredient(self, parent: str, row: Json) -> Ingredient:
        label = text(row.get("active_manifest"))
        uri = f"self#jumbf=/c2pa/{parent}/c2pa.assertions/{text(row.get('label')) or ''}"
        found = self._now.get(uri, Codes())
        if label is not None:
            found |= self._now.get(label, Codes())
        codes = _together(_recorded(row), found)
        if label is not None and label not in self._manifests:
            codes |= Codes(failure=frozenset({MISSING}))
        manifest = table(self._manifests.get(label or ""))
        end = self._ends.get(label or "")
        signer = declared.signer(manifest, end)
        if signer.signed_time is None:
            # Anybody can record a time-stamp that is not there.
            codes = codes._replace(success=codes.success - {"timeStamp.trusted"})
        facts = facts_of(codes, ended=ended(end, self._at))
        unsigned = label is None and not codes.failure
        what = declared.declared(manifest)
        failures = codes.failure | ({ENDED} if facts.time.value == "expired" else set())
        return Ingredient(
            title=text(row.get("title")),
            relationship=_relationship(row),
            manifest=label,
            state="NoManifest" if unsigned else state_of(facts),
            facts=Facts() if unsigned else facts,
            failure_codes=_sorted(failures),
            media_type=text(row.get("format")),
            signer=signer,
            claim_generator=what.claim_generator,
            actions=what.actions,
            ingredients=self.ingredients(label) if label and label in self._manifests else (),
        )

    def _sort(self, uri: str, row: Json) -> None:
        """File codes under the ingredient they were found for, and the manifest they speak of.

        The validator looks at a manifest once, however many ingredients it stands behind.
        """
        results = table(row.get("validationDeltas"))
        self._now[uri] = self._now.get(uri, Codes()) | codes_of(results)
        for kind in ("success", "informational", "failure"):
            for status in tables(results.get(kind)):
                place = _MANIFEST.match(text(status.get("url")) or "")
                if place and not uri.startswith(f"{place[0]}/"):
                    one = codes_of({kind: [status]})
                    self._now[place[1]] = self._now.get(place[1], Codes()) | one


def _recorded(row: Json) -> Codes:
    """Return what the signer found when the ingredient was added.

    Older signers kept one list. A failure is one in whatever list it was recorded: a code that
    is on record is not told again by the validator.
    """
    kept = codes_of(table(table(row.get("validation_results")).get("activeManifest")))
    listed = {
        code for one in tables(row.get("validation_status")) if (code := text(one.get("code")))
    }
    fine = {code for code in listed if _FINE.search(code)}
    aside = {code for code in listed if _ASIDE.search(code)} - fine
    bad = {code for code in kept.success | kept.informational if _BAD.search(code)}
    return Codes(
        (kept.success | fine) - bad,
        (kept.informational | aside) - bad,
        kept.failure | (listed - fine - aside) | bad,
    )


def _together(recorded: Codes, found: Codes) -> Codes:
    """Join both; on whether a signer or a time-stamp is trusted, what is found now decides."""
    listed, unlisted = "signingCredential.trusted", "signingCredential.untrusted"
    if listed in found.success and unlisted not in found.failure:
        recorded = recorded._replace(failure=recorded.failure - {unlisted})
    if unlisted in found.failure:
        recorded = recorded._replace(success=recorded.success - {listed})
    if "timeStamp.trusted" in found.success:
        recorded = recorded._replace(informational=recorded.informational - {"timeStamp.untrusted"})
    return recorded | found


def _integrity(codes: Codes, failed: set[str]) -> Integrity:
    if failed:
        return "broken"
    return "intact" if any(code.endswith(".match") for code in codes.success) else "unknown"


def _signature(codes: Codes, failed: set[str]) -> Signature:
    if failed:
        return "bad"
    return "good" if "claimSignature.validated" in codes.success else "unknown"


def _trust(codes: Codes, failed: set[str]) -> Trust:
    if any("revoked" in code.lower() for code in failed):
        return "revoked"
    if failed - {"signingCredential.untrusted"}:
        return "refused"
    if failed:
        return "unlisted"
    return "listed" if "signingCredential.trusted" in codes.success else "unknown"


def _time(codes: Codes, failed: set[str], *, stamped: bool) -> Time:
    if failed:
        return "bad-stamp" if all(code.startswith("time") for code in failed) else "expired"
    if stamped:
        return "stamped"
    return "stamped-unlisted" if "timeStamp.validated" in codes.success else "unstamped"


def _relationship(row: Json) -> Relationship:
    said = text(row.get("relationship"))
    known = said in {"parentOf", "componentOf", "inputTo"}
    return cast("Relationship", said) if known else "unknown"


def _sorted(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(codes))
